"""SDMX REST 2.1 and 3.0 over a release: structures, data, availability."""
