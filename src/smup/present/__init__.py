"""Numbers made readable: formats, sentences, tables, charts and maps as SVG.

Pure functions of plain values: nothing here knows of requests, files or a release. Charts are made
from small frozen specs; the same SVG serves a page, a report and the API. All text is Polish or
English by the ``lang`` argument.
"""
