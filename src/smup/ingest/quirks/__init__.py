"""Sources whose rows a mapping cannot describe; a mapping names its module by ``quirk``.

A quirk module has one function ``extract(table, context)`` that yields figures, as
``smup.ingest.figures.extract`` does for all other files.
"""
