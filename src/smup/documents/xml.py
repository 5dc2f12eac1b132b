"""Words inside XML, whatever they are."""

import re
from xml.sax.saxutils import escape

# What XML 1.0 cannot hold: control characters, halves of a pair, two that are no characters.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """The words as text or as an attribute in double quotes; what XML cannot hold is left out."""
    return escape(_IMPOSSIBLE.sub("", text), {'"': "&quot;"})
