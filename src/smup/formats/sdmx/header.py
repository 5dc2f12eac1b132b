"""What every SDMX message begins with: which release, when, and whether its figures are invented.

``Test`` is the word of SDMX for messages that are not to be taken for true.
"""

from typing import Any

from smup.formats.extract import Extract
from smup.formats.sdmx.model import AGENCY

_NAME = {"pl": "Wskaźniki usług publicznych", "en": "Indicators of public services"}
_INVENTED = {"pl": "dane fikcyjne", "en": "invented figures"}

MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def name(about: Extract, lang: str) -> str:
    """ "Indicators of public services, 2026-11-22-…", with a warning where figures are invented."""
    warning = f" – {_INVENTED[lang]}" if about.synthetic else ""
    return f"{_NAME[lang]}, {about.release}{warning}"


def json_meta(about: Extract, schema: str) -> dict[str, Any]:
    """The ``meta`` of SDMX-JSON."""
    return {
        "schema": schema,
        "id": _id(about),
        "prepared": about.created.isoformat(timespec="seconds"),
        "test": about.synthetic,
        "contentLanguages": sorted(_NAME, key=lambda lang: lang != about.lang),
        "name": name(about, about.lang),
        "names": {lang: name(about, lang) for lang in _NAME},
        "sender": {"id": AGENCY},
    }


def xml_header(about: Extract, structure: str = "") -> str:
    """The ``Header`` of SDMX-ML 2.1; ``structure`` is how its data are packed.

    It bears no name: readers in use (sdmx1) refuse data whose header has one.
    """
    return (
        f"<mes:Header><mes:ID>{_id(about)}</mes:ID>"
        f"<mes:Test>{str(about.synthetic).lower()}</mes:Test>"
        f"<mes:Prepared>{about.created.isoformat(timespec='seconds')}</mes:Prepared>"
        f'<mes:Sender id="{AGENCY}"/>{structure}</mes:Header>'
    )


def _id(about: Extract) -> str:
    return f"{AGENCY}-{about.release}"
