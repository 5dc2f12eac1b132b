"""The organisers' desk: who waits, who decides, what happens on a training day."""
