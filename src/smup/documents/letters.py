"""The letters our fonts and those of Typst can draw together.

PDF/A forbids a letter without a drawing: one of them and Typst gives up the whole file, and some
marks of other scripts make it break. So what cannot be drawn is shown as the sign for that: �.
"""

import re
from unicodedata import normalize

# Latin with its marks, Greek, Cyrillic, Hebrew, Arabic, and signs; a test sets them all
_RANGES = (
    "\t\n\u0020-\u007e\u00a0-\u017f\u0391-\u03a1\u03a3-\u03c9\u0401-\u044f\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"
    "\u2010-\u2027\u2030-\u203a\u2070\u2074-\u2079\u2080-\u2089\u20a0-\u20bf\u2103\u2109\u2113\u2116\u2122"
    "\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2610-\u2612\u2713\u2717\ufffd"
)
_OTHER = re.compile(f"[^{_RANGES}]")


def drawable(text: str) -> str:
    """The text with whole letters (NFC) in place of letter and mark, the rest that cannot be drawn
    as �."""
    return _OTHER.sub("\ufffd", text if text.isascii() else normalize("NFC", text))
