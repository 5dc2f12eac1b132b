"""One indicator over all units: the ranking, rows of indicators, what was revised."""
