"""A whole edition replayed through the actions with invented people, and what checks its result."""
