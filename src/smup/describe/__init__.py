"""What the catalogue says, for people: pages of plain blocks in both languages.

One description, many faces: ``smup.documents`` makes Markdown, HTML and PDF of the same blocks.
Nothing here depends on figures or on a clock, so the same catalogue gives the same words.
"""

from smup.describe.book import methodology
from smup.describe.glossary import glossary_page
from smup.describe.indicator import indicator_page
from smup.describe.method import method_page
from smup.describe.service import service_page
from smup.describe.speaker import Speaker
from smup.describe.variable import variable_page

__all__ = [
    "Speaker",
    "glossary_page",
    "indicator_page",
    "method_page",
    "methodology",
    "service_page",
    "variable_page",
]
