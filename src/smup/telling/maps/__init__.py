"""Maps of an indicator: what is looked at, shapes, classes, controls and pictures."""
