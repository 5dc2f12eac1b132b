"""SDMX: structures and data of a release in its encodings, CSV, XML and JSON."""
