"""An empty deck of our look: 16:9, a title slide, a slide of words, a slide of words beside a
picture; every place for words is a real placeholder."""

import re
from functools import cache
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches

from smup.documents.native import COLOURS, INK, SECOND

TITLE, WORDS, BESIDE = 0, 1, 2  # layouts
FONT = "Calibri"
_NAMES = ("title", "words", "words-beside")
_KEPT = (0, 1, 3)  # of the layouts python-pptx brings
_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_NS_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_BEFORE = f'<a:spcBef {_NS}><a:spcPts val="900"/></a:spcBef>'

# left, top, width, height in inches
_ALL = (0.7, 0.62, 11.93, 1.1)
_BODY = (0.7, 1.85, 11.93, 4.75)
_LEFT, _RIGHT = (0.7, 1.85, 3.5, 4.75), (4.5, 1.85, 8.13, 4.75)
_FOOTER, _NUMBER = (0.7, 6.95, 10.5, 0.32), (11.63, 6.95, 1.0, 0.32)
_FIRST, _SECOND_LINE = (1.1, 2.3, 11.0, 1.5), (1.1, 3.95, 11.0, 2.2)
_SIZES = (2000, 1800, 1600, 1400, 1400)  # of the levels of a list, in hundredths of a point
_TITLE_SIZE, _FIRST_SIZE, _FOOT_SIZE = 2800, 4000, 1000


def empty_deck() -> Deck:
    """A deck without slides, its layouts being ``TITLE``, ``WORDS`` and ``BESIDE``."""
    return Presentation(BytesIO(_template()))


@cache
def _template() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    master = deck.slide_master
    for at in reversed(range(len(deck.slide_layouts))):
        if at not in _KEPT:
            deck.slide_layouts.remove(deck.slide_layouts[at])
    _theme(master.part)
    _letters(master._element)
    _places(master, {"title": _ALL, "body": _BODY, "ftr": _FOOTER, "sldNum": _NUMBER})
    master.shapes._spTree.insert(2, _bar(0.7, 0.45, 0.6, 0.05))
    for layout, name in zip(deck.slide_layouts, _NAMES, strict=True):
        layout._element.cSld.set("name", name)
        _plain(layout)
    first, _, beside = deck.slide_layouts
    _places(first, {"ctrTitle": _FIRST, "subTitle": _SECOND_LINE})
    _styled(first, "ctrTitle", f'<a:defRPr sz="{_FIRST_SIZE}" b="1"/>')
    _styled(first, "subTitle", f'<a:buNone/><a:defRPr sz="{_SIZES[0]}"/>', ' marL="0" indent="0"')
    _by_index(beside, {1: _LEFT, 2: _RIGHT})
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _theme(master: Part) -> None:
    """Colours and letters of the theme, which charts and tables take theirs from."""
    (theme,) = (one.target_part for one in master.rels.values() if one.reltype.endswith("/theme"))
    colours = {f"accent{at}": colour for at, colour in enumerate(COLOURS, start=1)}
    text = theme.blob.decode()
    for name, colour in (colours | {"dk2": SECOND, "hlink": COLOURS[0]}).items():
        text = re.sub(
            rf"(<a:{name}>)<a:\w+ [^>]*/>", rf'\1<a:srgbClr val="{colour}"/>', text, count=1
        )
    dark = f'<a:dk1><a:srgbClr val="{INK}"/></a:dk1>'
    text = re.sub(r"<a:dk1>.*?</a:dk1>", dark, text, count=1)
    theme._blob = text.replace('name="Office Theme"', 'name="SMUP"', 1).encode()


def _letters(master: Any) -> None:
    """Titles to the left and half bold; lists smaller, with room between."""
    styles = master.find(".//{*}txStyles")
    title = styles.find("{*}titleStyle/{*}lvl1pPr")
    title.set("algn", "l")
    title.find("{*}defRPr").set("sz", str(_TITLE_SIZE))
    title.find("{*}defRPr").set("b", "1")
    for level, size in enumerate(_SIZES, start=1):
        found = styles.find(f"{{*}}bodyStyle/{{*}}lvl{level}pPr")
        found.find("{*}defRPr").set("sz", str(size))
        if level == 1:
            found.set("marL", "228600")
            found.set("indent", "-228600")
            found.replace(found.find("{*}spcBef"), parse_xml(_BEFORE))


def _places(page: Any, wanted: dict[str, tuple[float, float, float, float]]) -> None:
    """Puts the placeholders of these types where they belong, and drops the one of a date."""
    for shape in list(page.placeholders):
        kind = shape._element.ph.get("type", "obj")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
        elif kind in wanted:
            _put(shape, wanted[kind])
            body = shape._element.txBody.bodyPr
            body.set("anchor", "b" if kind == "ctrTitle" else "t")
            for side in ("lIns", "rIns"):
                body.set(side, "0")
            body.set("tIns", "0")
        if kind in ("ftr", "sldNum"):
            _small(shape, right=kind == "sldNum")


def _by_index(page: Any, wanted: dict[int, tuple[float, float, float, float]]) -> None:
    for shape in page.placeholders:
        if shape.placeholder_format.idx in wanted:
            _put(shape, wanted[shape.placeholder_format.idx])


def _plain(layout: Any) -> None:
    """Leaves places and sizes to the master."""
    for shape in list(layout.placeholders):
        if shape._element.ph.get("type") == "dt":
            shape._element.getparent().remove(shape._element)
            continue
        for style in shape._element.findall(".//{*}lstStyle"):
            for child in list(style):
                style.remove(child)


def _put(shape: Any, place: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(Inches(one)) for one in place)


def _small(shape: Any, *, right: bool) -> None:
    style = shape._element.find(".//{*}lstStyle")
    for child in list(style):
        style.remove(child)
    side = "r" if right else "l"
    style.append(
        parse_xml(
            f'<a:lvl1pPr {_NS} algn="{side}"><a:defRPr sz="{_FOOT_SIZE}"><a:solidFill>'
            f'<a:schemeClr val="tx2"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )


def _styled(layout: Any, kind: str, inside: str, of_paragraph: str = "") -> None:
    """Gives the first level of a placeholder letters of its own."""
    level = parse_xml(f"<a:lvl1pPr {_NS}{of_paragraph}>{inside}</a:lvl1pPr>")
    for shape in layout.placeholders:
        if shape._element.ph.get("type") == kind:
            shape._element.find(".//{*}lstStyle").append(level)


def _bar(left: float, top: float, width: float, height: float) -> Any:
    """A short line of the accent colour above every title."""
    x, y, w, h = (int(Inches(one)) for one in (left, top, width, height))
    return parse_xml(
        f"<p:sp {_NS_P} {_NS}><p:nvSpPr>"
        f'<p:cNvPr id="99" name="line"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/>'
        f"</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
