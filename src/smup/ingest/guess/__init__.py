"""What a table nobody described says: a mapping proposed from its bytes, with the reasons.

Nothing is decided here that the file leaves open: what two answers fit becomes a question.
"""

from smup.ingest.guess.understanding import Understanding
from smup.ingest.guess.whole import understand

__all__ = ["Understanding", "understand"]
