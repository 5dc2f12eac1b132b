"""Orders on standard input, their PDFs on standard output (see ``press``)."""

import sys

from smup.documents.press import serve

serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]))
