"""``/raporty`` and ``/raport/…``: what the form keeps, what its links lead to, how it refuses."""

import os
import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from django.test.client import Client
from pypdf import PdfReader

from smup.store.releases import Release
from smup.web.reporting.kept import Templates
from tests.web.pages import words

pytestmark = pytest.mark.xdist_group("site")
PROFILE = "/raporty?rodzaj=profile&jst=1465"


@pytest.fixture
def client(home: Path) -> Client:
    """A browser on a page of ours says so itself."""
    return Client(SERVER_NAME="localhost", headers={"sec-fetch-site": "same-origin"})


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    content: bytes = response.content
    return content.decode()


def fields(html: str) -> dict[str, list[str]]:
    """What a browser would send of the form, untouched."""
    form = html[html.index('<form id="budowa"') :]
    form = form[: form.index("</form>")]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    ticked = re.findall(r'name="(rozdzial|tlo)" value="([^"]+)" checked', form)
    written = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    chosen = re.findall(r'<option value="([^"]+)" selected>', form)
    found: dict[str, list[str]] = {}
    for name, value in [*hidden, *ticked, *written]:
        found.setdefault(name, []).append(unescape(value))
    found["jezyk"] = [one for one in chosen if one in ("pl", "en")]
    return found


def sent(client: Client, address: str, **more: str | list[str]) -> str:
    """The address of the report that the form of ``address`` leads to."""
    response = client.post("/raporty", fields(page(client, address)) | more)
    assert response.status_code == 303, words(response.content.decode())
    return str(response.headers["Location"])


def definition(client: Client, report: str) -> dict[str, object]:
    text = client.get(f"{report}.yaml").content.decode()
    loaded: dict[str, object] = yaml.safe_load(text)
    return loaded


def taken(client: Client, address: str) -> bytes:
    """The file, whether it is made at once or waited for."""
    for _ in range(60):
        response = client.get(address)
        if response.status_code == 200:
            return bytes(response.getvalue())
        assert response.status_code == 303, words(response.content.decode())
    raise AssertionError(f"{address} was not made")


def headers(client: Client, address: str) -> dict[str, str]:
    """Of a file that is there."""
    response = client.get(address)
    response.close()
    assert response.status_code == 200
    return dict(response.headers)


def test_an_untouched_form_keeps_what_is_asked_for_and_nothing_else(client: Client) -> None:
    """So the report grows with its kind: new sections of a later program are in it."""
    assert definition(client, sent(client, PROFILE)) == {"kind": "profile", "units": ["1465"]}


def test_the_form_says_everything_a_definition_can(client: Client) -> None:
    report = sent(
        client,
        PROFILE,
        rozdzial=["known", "sources"],
        kolejnosc=["sources", "known", "portrait", "findings", "key-figures"],
        tlo=["kraj"],
        od="2019",
        do="2024",
        jezyk="en",
        urzad="Urząd m.st. Warszawy",
        sesja="XII sesja",
        **{"uwaga:known": "Pierwszy.\r\n\r\n- punkt"},
    )
    assert definition(client, report) == {
        "kind": "profile",
        "units": ["1465"],
        "lang": "en",
        "years": [2019, 2024],
        "comparators": ["kraj"],
        "sections": ["sources", "known"],
        "office": {"name": "Urząd m.st. Warszawy", "session": "XII sesja"},
        "comments": {"known": "Pierwszy.\n\n- punkt"},
    }


def test_the_same_report_has_the_same_address(client: Client) -> None:
    assert sent(client, PROFILE) == sent(client, PROFILE)


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ({"nizej": "known"}, ["portrait", "known"]),
        ({"wyzej": "portrait"}, ["portrait", "known"]),
        ({"wyzej": "known"}, ["known", "portrait"]),
    ],
)
def test_a_section_moves_without_a_script_and_nothing_typed_is_lost(
    client: Client, move: dict[str, str], order: list[str]
) -> None:
    asked = fields(page(client, PROFILE)) | {"uwaga:known": "Zostaje", "tlo": ["powiat"]}
    response = client.post("/raporty", asked | move)
    assert response.status_code == 200
    now = fields(response.content.decode())
    assert now["kolejnosc"][:2] == order
    assert now["uwaga:known"] == ["Zostaje"]
    assert now["tlo"] == ["powiat"]


def test_a_saved_report_can_be_changed(client: Client) -> None:
    report = sent(client, PROFILE, rozdzial=["sources"], urzad="Urząd Miasta")
    html = page(client, report)
    edit = re.search(r'href="(/raporty\?definicja=[0-9a-f]{24})"', html)
    assert edit is not None
    form = page(client, edit[1])
    assert fields(form)["rozdzial"] == ["sources"]
    assert len(fields(form)["kolejnosc"]) == 5  # those left out can be put back
    assert 'value="Urząd Miasta"' in form


def test_a_definition_is_opened_as_text_and_as_a_file(client: Client) -> None:
    text = "kind: profile\nunits: ['1465']\noffice: {name: Urząd}\n"
    first = client.post("/raporty/definicja", {"yaml": text})
    file = BytesIO(text.encode())
    file.name = "raport.yaml"
    second = client.post("/raporty/definicja", {"plik": file})
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "kind: wszystko\nunits: ['1465']",
            "kind: niedozwolona wartość „wszystko”",
        ),
        ("kind: profile\nunits: ['1465']\nkolor: red", "kolor: nieznany klucz „kolor”"),
        ("kind: profile\nunits: ['9999']", "nie ma jednostki o kodzie 9999"),
        ("kind: profile\nunits: ['1465']\nsections: [nic]", "rozdziału „nic”"),
        ("- a", "definicja ma być listą pól"),
        ("!!python/object/apply:os.system ['true']", "definicja ma być listą pól"),
        ("a: &a [x]\nb: [*a, *a]\n", "wiersz 2: odwołania"),
        ("x" * 20_000, "dłuższa niż 16000 bajtów"),
    ],
)
def test_a_wrong_definition_is_refused_in_words(client: Client, text: str, told: str) -> None:
    response = client.post("/raporty/definicja", {"yaml": text})
    assert response.status_code == 400
    assert told in words(response.content.decode())


def test_a_form_on_somebody_elses_page_keeps_nothing(client: Client, home: Path) -> None:
    before = set((home / "definitions").glob("*")) if (home / "definitions").is_dir() else set()
    asked = fields(page(client, PROFILE)) | {"urzad": "Obcy"}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://example.org"}):
        foreign = Client(SERVER_NAME="localhost", headers=headers)
        assert foreign.post("/raporty", asked).status_code == 403
    after = set((home / "definitions").glob("*")) if (home / "definitions").is_dir() else set()
    assert after == before


def test_hostile_words_are_read_as_they_were_typed(client: Client) -> None:
    hostile = '<script>alert(1)</script> #let x = 1 {{ 7*7 }} & "'
    report = sent(client, PROFILE, urzad=hostile, **{"uwaga:known": hostile})
    for address in (report, f"{report}/podglad"):
        html = page(client, address)
        assert "<script>alert" not in html
        assert unescape(html).count(hostile) >= 1
    pages = PdfReader(BytesIO(taken(client, f"{report}.pdf"))).pages
    text = " ".join(one.extract_text() for one in pages)
    assert "<script>alert(1)</script>" in text


def test_the_page_of_a_report_leads_to_files_of_every_format(
    client: Client, release: Release
) -> None:
    report = sent(client, "/raporty?rodzaj=profile&jst=020101")
    html = page(client, report)
    forms = re.findall(rf'href="{report}\.(\w+)" rel="nofollow"', html)
    assert forms == ["pdf", "docx", "odt", "html", "dossier", "xlsx", "pptx"]
    pdf = taken(client, f"{report}.pdf")
    assert pdf.startswith(b"%PDF-")
    assert zipfile.is_zipfile(BytesIO(taken(client, f"{report}.docx")))
    told = headers(client, f"{report}.pdf")
    assert told["Content-Disposition"] == (
        f'attachment; filename="profil-jednostki-020101-boleslawiec-{release.id}.pdf"'
    )
    again = client.get(f"{report}.pdf", headers={"if-none-match": told["ETag"]})
    assert again.status_code == 304


def test_a_file_of_a_release_never_changes_and_says_so(client: Client, release: Release) -> None:
    report = sent(client, PROFILE)
    taken(client, f"{report}.html")
    assert headers(client, f"{report}.html")["Cache-Control"] == "public, no-cache"
    pinned = headers(client, f"{report}.html?wydanie={release.id}")
    assert pinned["Cache-Control"] == "public, max-age=31536000, immutable"


def test_one_click_on_the_page_of_a_unit_gives_its_profile(client: Client) -> None:
    html = page(client, "/jst/020101")
    links = re.findall(r'href="(/raporty/plik\.pdf\?[^"]+)"', html)
    assert len(links) == 2  # profile and full report
    text = PdfReader(BytesIO(taken(client, unescape(links[0])))).pages[0].extract_text()
    assert "Bolesławiec" in text


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/jst/1465/usluga/szkoly-podstawowe", "service"),
        ("/porownaj?jst=020101,020102", "comparison"),
    ],
)
def test_other_pages_offer_their_reports(client: Client, address: str, kind: str) -> None:
    html = page(client, address)
    assert re.search(rf'href="/raporty/plik\.docx\?rodzaj={kind}&amp;', html)


def test_the_country_has_no_report(client: Client) -> None:
    assert "/raporty?" not in page(client, "/jst/PL")
    assert "Nie ma jednostek" in page(client, "/raporty?rodzaj=profile&jst=PL")


def test_a_unit_of_another_level_is_told_what_can_be(client: Client) -> None:
    assert "nie pisze się dla tej jednostki" in page(client, "/raporty?rodzaj=state&jst=02")
    assert "nie pisze się" in page(client, "/raporty/plik.pdf?rodzaj=state&jst=02", 400)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/raport/0123", 404),
        ("/raport/zz.pdf", 404),
        ("/raport/..%2F..%2Fsecret-key", 404),
        ("/raporty?definicja=000000000000000000000000", 404),
        ("/raporty?rodzaj=nic", 200),
        ("/raporty?rodzaj=service&jst=1465&usluga=nic", 200),
        ("/raporty/plik.exe?rodzaj=profile&jst=1465", 404),
        ("/raporty/plik.pdf", 400),
        ("/raporty/plik.pdf?rodzaj=profile&jst=9999", 400),
        ("/en/raporty/plik.pdf?rodzaj=comparison&jst=1465", 400),
    ],
)
def test_any_address_gives_a_page_that_helps(client: Client, address: str, status: int) -> None:
    html = page(client, address, status)
    assert "<h1" in html


def test_units_are_suggested_that_the_kind_is_written_for(client: Client) -> None:
    found = client.get("/raporty/podpowiedzi.json?rodzaj=state&q=dolnośląskie").json()
    assert found == {"suggestions": []}
    found = client.get("/raporty/podpowiedzi.json?rodzaj=state&q=gdynia").json()["suggestions"]
    assert found[0]["href"] == "/raporty?rodzaj=state&jst=2262"


def test_units_of_one_name_are_told_apart(client: Client) -> None:
    html = words(page(client, "/raporty?rodzaj=comparison&jst=020101,020102"))
    assert "Bolesławiec (gmina miejska)" in html
    assert "Bolesławiec (gmina wiejska)" in html


def test_a_hostile_template_is_refused_and_not_kept(client: Client, home: Path) -> None:
    report = sent(client, PROFILE)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/vbaProject.bin", b"macro")
    packed.seek(0)
    packed.name = "wzor.docx"
    response = client.post(report, {"wzor": packed})
    assert response.status_code == 400
    assert 'class="notice"' in response.content.decode()
    assert not list(home.glob("templates/*"))


def test_an_own_template_is_used_and_never_given_back(client: Client, home: Path) -> None:
    from docx import Document

    own = Document()
    own.sections[0].header.paragraphs[0].text = "Gmina Przykładowa"
    packed = BytesIO()
    own.save(packed)
    packed.seek(0)
    packed.name = "wzor.docx"
    report = sent(client, PROFILE)
    response = client.post(report, {"wzor": packed})
    assert response.status_code == 303, words(response.content.decode())
    made = Document(BytesIO(taken(client, response.headers["Location"])))
    assert "Gmina Przykładowa" in made.sections[0].header.paragraphs[0].text
    (kept,) = home.glob("templates/*")
    assert client.get(f"/files/latest/{kept.name}").status_code == 404


def test_a_template_is_forgotten_when_its_time_is_over(tmp_path: Path) -> None:
    from docx import Document

    packed = BytesIO()
    Document().save(packed)
    templates = Templates(tmp_path)
    kept = templates.keep(packed.getvalue())
    templates.clear()
    assert templates.has(kept)
    (file,) = templates.folder.iterdir()
    os.utime(file, (0, 0))
    templates.clear()
    assert not templates.has(kept)


@pytest.mark.parametrize("name", ["/../../../evil/x", "../x", "x" * 300, "a\0b", "0" * 16])
def test_the_name_of_a_template_is_a_name_and_no_path(
    client: Client, home: Path, name: str
) -> None:
    report = sent(client, PROFILE)
    before = set(home.parent.rglob("*.failed"))
    response = client.get(f"{report}.docx", {"wzor": name})
    assert response.status_code == 400
    assert "nie jest już przechowywany" in words(response.content.decode())
    assert set(home.parent.rglob("*.failed")) == before


@pytest.mark.parametrize(
    ("size", "status", "told"),
    [(4_500_000, 400, "To nie jest dokument Worda"), (6_000_000, 413, "najwyżej 5 MB")],
)
def test_a_large_template_is_answered_with_a_page(
    client: Client, size: int, status: int, told: str
) -> None:
    report = sent(client, PROFILE)
    file = BytesIO(b"x" * size)
    file.name = "wzor.docx"
    response = client.post(report, {"wzor": file})
    assert response.status_code == status
    assert told in words(response.content.decode())


def test_both_languages_say_the_same(client: Client) -> None:
    assert "Which report" in page(client, "/en/raporty")
    assert 'value="en" selected' in page(client, "/en/raporty?rodzaj=profile&jst=1465")
    report = sent(client, PROFILE)
    assert 'lang="pl">Profil jednostki' in page(client, f"/en{report}")
