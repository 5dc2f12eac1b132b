"""The letters of documents: fonts kept beside the code, so that a file looks the same, and has the
same bytes, wherever it is made.

Source Sans Pro under the SIL Open Font License (``fonts/LICENSE.txt``), regular, semibold, italic.
"""

from pathlib import Path

FOLDER = Path(__file__).with_name("fonts")
FAMILY = "Source Sans Pro"
FILES = tuple(FOLDER / f"SourceSansPro-{cut}.ttf" for cut in ("Regular", "Semibold", "It"))
