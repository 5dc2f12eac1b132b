"""``/raporty``: what a report is to say, its saved definition, and its files."""
