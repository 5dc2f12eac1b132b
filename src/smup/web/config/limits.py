"""What one answer may hold, whichever face gives it."""

MOST_CELLS = 200_000  # cells of one answer made on request; more are in the bulk files
