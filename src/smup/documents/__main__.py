"""A book as JSON on standard input, its PDF on standard output (see ``pdf``)."""

import sys

from smup.documents.pdf import typeset

(made,) = typeset(sys.stdin.buffer.read().decode(), "pdf", pdf_standards=["ua-1"])
sys.stdout.buffer.write(made)
