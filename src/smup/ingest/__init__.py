"""Official files into snapshots and the tidy tables of the project.

One mapping file a source (``catalogue/sources/<id>.yaml``); a module in ``quirks`` only where a
mapping cannot say it. Territory and geometry are made here too, from registers and boundaries.
"""

from smup.ingest.pipeline import SourceReport, UnknownSource, run

__all__ = ["SourceReport", "UnknownSource", "run"]
