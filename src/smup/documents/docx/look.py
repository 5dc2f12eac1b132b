"""How a Word document looks: our styles, or an office's own with ours where it has none.

Our own look is a template like any other, kept in ``base/`` as the parts of a file.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path

from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart

from smup.documents.packing import packed

_BASE = Path(__file__).with_name("base")
_PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package.rels",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.rels",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
}
_NAMING = ("w:basedOn", "w:next", "w:link")  # what leads from a style to another


@cache
def our_look() -> bytes:
    """A Word file without words in our own look."""
    return packed((name, (_BASE / file).read_bytes()) for name, file in _PARTS.items())


def styles_of(word: WordFile) -> dict[str, str]:
    """The id in this file for each of our styles.

    A style counts as the same by its name, as Word keeps it: "heading 1" in a file of any
    language. What the file lacks is added from ours.
    """
    theirs = word.styles.element
    ids = {_name(style): style.get(qn("w:styleId"), "") for style in _styles(theirs)}
    taken = set(ids.values())
    found, missing = {}, []
    for style in _our_styles():
        own, name = style.get(qn("w:styleId"), ""), _name(style)
        if name in ids:
            found[own] = ids[name]
        else:
            found[own] = own if own not in taken else f"Smup{own}"
            missing.append(deepcopy(style))
    for style in missing:
        theirs.append(_renamed(style, found))
    return found


def numbering_of(word: WordFile, styles: dict[str, str]) -> "Numbering":
    """The lists of the file, with ours where its styles of lists have none."""
    lists = Numbering(_numbering(word))
    for own, pattern in (("ListBullet", 0), ("ListNumber", 1)):
        style = next(s for s in _styles(word.styles.element)
                     if s.get(qn("w:styleId")) == styles[own])  # fmt: skip
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        known = lists.pattern_of(numbers.get(qn("w:val"), "")) if numbers is not None else None
        if known is None:
            known = lists.added(pattern)
            _count_by(style, lists.new(known))
        if own == "ListNumber":
            lists.ordered = known
    return lists


class Numbering:
    """The part of a file that says how its lists count; ``ordered`` is the pattern of 1, 2, 3."""

    def __init__(self, element: BaseOxmlElement) -> None:
        self._element = element
        self.ordered = ""

    def pattern_of(self, number: str) -> str | None:
        """The pattern of a list, None for a list there is not."""
        for one in self._element.findall(qn("w:num")):
            if one.get(qn("w:numId")) == number:
                return _value(one, "w:abstractNumId")
        return None

    def added(self, which: int) -> str:
        """The id of one of our patterns, put into this file."""
        pattern = deepcopy(_ours("numbering.xml").findall(qn("w:abstractNum"))[which])
        free = self._free("w:abstractNum", "w:abstractNumId")
        pattern.set(qn("w:abstractNumId"), free)
        self._element.insert(len(self._element.findall(qn("w:abstractNum"))), pattern)
        return free

    def new(self, pattern: str) -> int:
        """The number of a new list of a pattern, which counts on."""
        free = self._free("w:num", "w:numId")
        made = f'<w:num {_W} w:numId="{free}"><w:abstractNumId w:val="{pattern}"/></w:num>'
        last = max((i for i, one in enumerate(self._element)
                    if one.tag in (qn("w:num"), qn("w:abstractNum"))), default=-1)  # fmt: skip
        self._element.insert(last + 1, parse_xml(made))
        return int(free)

    def counted(self) -> int:
        """The number of a new list that begins at 1."""
        number = self.new(self.ordered)
        begin = f'<w:lvlOverride {_W} w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        made = next(one for one in self._element.findall(qn("w:num"))
                    if one.get(qn("w:numId")) == str(number))  # fmt: skip
        made.append(parse_xml(begin))
        return number

    def _free(self, tag: str, key: str) -> str:
        taken = [int(one.get(qn(key), "0")) for one in self._element.findall(qn(tag))]
        return str(max(taken, default=0) + 1)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _numbering(word: WordFile) -> BaseOxmlElement:
    """The numbering of the file; an empty one where it has none."""
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            part = relation.target_part
            assert isinstance(part, NumberingPart)
            known: BaseOxmlElement = part.element
            return known
    made = NumberingPart(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        parse_xml(f"<w:numbering {_W}/>"),
        word.part.package,
    )
    word.part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    fresh: BaseOxmlElement = made.element
    return fresh


def _count_by(style: BaseOxmlElement, number: int) -> None:
    settings = style.find(qn("w:pPr"))
    if settings is None:
        settings = parse_xml(f"<w:pPr {_W}/>")
        look = style.find(qn("w:rPr"))
        style.append(settings) if look is None else look.addprevious(settings)
    for old in settings.findall(qn("w:numPr")):
        settings.remove(old)
    settings.insert(0, parse_xml(f'<w:numPr {_W}><w:numId w:val="{number}"/></w:numPr>'))


def _styles(styles: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    yield from styles.findall(qn("w:style"))


def _our_styles() -> list[BaseOxmlElement]:
    return list(_styles(_ours("styles.xml")))


@cache
def _ours(file: str) -> BaseOxmlElement:
    element = parse_xml((_BASE / file).read_bytes())
    assert isinstance(element, BaseOxmlElement)
    return element


def _name(style: BaseOxmlElement) -> str:
    """With its type: a paragraph and a table may bear one name."""
    return f"{style.get(qn('w:type'), 'paragraph')} {_value(style, 'w:name').casefold()}"


def _value(element: BaseOxmlElement, tag: str) -> str:
    child = element.find(qn(tag))
    return child.get(qn("w:val"), "") if child is not None else ""


def _renamed(style: BaseOxmlElement, ids: dict[str, str]) -> BaseOxmlElement:
    """Our style with ids as they are in another file, where it is nobody's default."""
    style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"), "")])
    style.attrib.pop(qn("w:default"), None)
    for tag in _NAMING:
        for one in style.findall(qn(tag)):
            one.set(qn("w:val"), ids[one.get(qn("w:val"), "")])
    return style
