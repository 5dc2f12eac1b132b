"""A small document with every block there is, for tests of the writers."""

from dataclasses import replace
from datetime import date

from smup.documents.blocks import (
    Cell,
    Chart,
    Code,
    Column,
    DataTable,
    Facts,
    Formula,
    Items,
    Lang,
    Link,
    Paragraph,
    Picture,
    Placeholder,
    Section,
    Strong,
    Table,
)
from smup.documents.document import Document, Slide, TitlePage, Words

FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
LONG_NAME = (
    "Odsetek dzieci w wieku 3–5 lat objętych wychowaniem przedszkolnym w placówkach prowadzonych "
    "przez gminę w relacji do wszystkich dzieci w tym wieku zameldowanych na pobyt stały"
)
HOSTILE = (
    "<script>alert(1)</script> #let x = 1; *gwiazdki* _podkreślenia_ $a^2$ \\textbf{tex} "
    '{{ pole }} {% if %} =HYPERLINK("http://a") &amp; ]]> `kod` @etykieta // koniec'
)
GAP = "brak danych – sprawozdanie jeszcze nie wpłynęło"

WORDS = {
    "pl": Words(
        contents="Spis treści",
        page="Strona",
        figure="Rysunek",
        table="Tabela",
        data="Dane",
        notes="O danych",
        own_text="Miejsce na własny tekst",
        numbers="Wszystkie liczby",
        skip="Przejdź do treści",
        search="Szukaj w tabeli",
        shown="Widoczne wiersze: {n} z {all}",
        download="Pobierz jako CSV",
        exact="Liczby są pełne, zaokrąglone tylko w wyglądzie.",
        gaps="Brak liczby ma powód i nie jest zerem.",
        reason="Powód braku",
        terms="Wolno korzystać, podając źródło.",
    ),
    "en": Words(
        contents="Contents",
        page="Page",
        figure="Figure",
        table="Table",
        data="Data",
        notes="About the data",
        own_text="A place for your own text",
        numbers="All numbers",
        skip="Skip to content",
        search="Search the table",
        shown="Rows shown: {n} of {all}",
        download="Download as CSV",
        exact="Numbers are exact, rounded in appearance only.",
        gaps="A missing number has its reason and is not a zero.",
        reason="Why missing",
        terms="May be reused with source stated.",
    ),
}

LINE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 220" width="640" height="220" '
    f'font-family="{FONT}">'
    '<g stroke="#c3cad3" stroke-width="1"><path d="M60 20H620M60 100H620M60 180H620"/></g>'
    '<g font-size="14" fill="#525a64"><text x="50" y="25" text-anchor="end">75</text>'
    '<text x="50" y="105" text-anchor="end">70</text>'
    '<text x="50" y="185" text-anchor="end">65</text>'
    '<text x="60" y="206" text-anchor="middle">2021</text>'
    '<text x="340" y="206" text-anchor="middle">2023</text>'
    '<text x="620" y="206" text-anchor="end">2025</text></g>'
    '<path d="M60 150L200 130L340 90" fill="none" stroke="#0b5394" stroke-width="2.5"/>'
    '<path d="M480 70L620 40" fill="none" stroke="#0b5394" stroke-width="2.5"/>'
    '<circle cx="340" cy="90" r="4" fill="#0b5394"/>'
    '<text x="345" y="80" font-size="14" font-weight="600" fill="#0b5394">Żółć 70,6</text>'
    '<path d="M60 140L200 142L340 120L480 118L620 95" fill="none" stroke="#525a64" '
    'stroke-width="1.5" stroke-dasharray="4 3"/></svg>'
)
BAR_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 150" width="640" height="150" '
    f'font-family="{FONT}">'
    '<rect x="180" y="10" width="420" height="28" fill="#0b5394"/>'
    '<rect x="180" y="54" width="310" height="28" fill="#c3cad3"/>'
    '<rect x="180" y="98" width="265" height="28" fill="#c3cad3"/>'
    '<g font-size="14" fill="#1b1f24"><text x="170" y="29" text-anchor="end">Gżegżółki</text>'
    '<text x="170" y="73" text-anchor="end">Ćmielów</text>'
    '<text x="170" y="117" text-anchor="end">Świętajno</text></g></svg>'
)

YEARS = DataTable(
    caption="Wartości wskaźnika w latach 2021–2025",
    columns=(
        Column("Rok"),
        Column("Gżegżółki", unit="%", number=True),
        Column("Mediana grupy", unit="%", number=True),
    ),
    rows=(
        (Cell("2021"), Cell("66,9", 66.875, 1), Cell("67,5", 67.5, 1)),
        (Cell("2022"), Cell("68,1", 68.125, 1), Cell("67,4", 67.4, 1)),
        (Cell("2023"), Cell("70,6", 70.625, 1), Cell("68,8", 68.8, 1)),
        (Cell("2024"), Cell(GAP, gap=True), Cell("68,9", 68.9, 1)),
        (Cell("2025"), Cell("73,8", 73.75, 1), Cell("70,3", 70.3, 1)),
    ),
    foot="Źródło: sprawozdanie SIO; wydanie 2026-05-04.",
)
BARS = DataTable(
    caption="Powierzchnia na mieszkańca",
    columns=(Column("Gmina"), Column("Powierzchnia", unit="m²", number=True)),
    rows=(
        (Cell("Gżegżółki"), Cell("1 234 567", 1234567.0)),
        (Cell("Ćmielów"), Cell("910 000", 910000.0)),
        (Cell("Świętajno"), Cell("-778 900", -778900.0)),
    ),
    foot="Źródło: GUS.",
    mine=frozenset({0}),
)
FIGURES = DataTable(
    caption="Najważniejsze wskaźniki edukacji na tle innych",
    columns=(
        Column("Wskaźnik"),
        Column("Rok"),
        Column("Gżegżółki", number=True),
        Column("Mediana sąsiadów", number=True),
        Column("Miejsce", unit="na 2 479", number=True),
    ),
    rows=(
        (Cell(LONG_NAME), Cell("2025"), Cell("73,8", 73.75, 1), Cell("70,3", 70.3, 1),
         Cell("312", 312.0)),
        (Cell("Wydatki na ucznia (zł)"), Cell("2024"), Cell("12 345,67", 12345.67, 2),
         Cell("11 000,10", 11000.1, 2), Cell("87", 87.0)),
        (Cell("Uczniowie na oddział"), Cell("2024"), Cell("0,0", 0.0, 1), Cell("18,4", 18.4, 1),
         Cell("1–3")),
        (Cell("Wynik egzaminu ósmoklasisty"), Cell("2025"), Cell(GAP, gap=True),
         Cell("tajemnica statystyczna", gap=True), Cell("–", gap=True)),
    ),
    foot="Źródło: GUS, CKE; wydanie 2026-05-04. Mediany liczone bez braków.",
    mine=frozenset({1}),
)  # fmt: skip
LINE = Picture(
    svg=LINE_SVG,
    alt="Wykres: wartość rośnie z 66,9% w roku 2021 do 73,8% w 2025; brak roku 2024.",
    caption="Więcej dzieci w przedszkolach niż w połowie grupy",
    foot="Źródło: SIO; wydanie 2026-05-04.",
    data=YEARS,
    chart=Chart("line", categories=0, series=(1, 2)),
)
BAR = Picture(
    svg=BAR_SVG,
    alt="Wykres słupkowy: Gżegżółki mają największą powierzchnię z trzech gmin.",
    caption="Powierzchnia trzech gmin",
    foot="Źródło: GUS.",
    data=BARS,
    chart=Chart("bar", categories=0, series=(1,)),
)
FORMULA = Formula(
    mathml=(
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mtext>dzieci w przedszkolach'
        "</mtext><mtext>dzieci w wieku 3–5 lat</mtext></mfrac><mo>×</mo><mn>100</mn></math>"
    ),
    words="dzieci w przedszkolach przez dzieci w wieku 3–5 lat razy 100",
    text="dzieci_przedszkola / dzieci_3_5 * 100",
)

SECTIONS = (
    Section(
        "known",
        "Co wiadomo i za który rok",
        (
            Paragraph(("Za rok 2025 znamy ", Strong("18 z 64 wskaźników"), "."), role="answer"),
            Paragraph(("Pozostałe pojawią się we wrześniu 2026.",)),
            Paragraph(("Dane za 2024 są wstępne.",), role="note"),
            Paragraph(("Zażółć gęślą jaźń – ŻÓŁĆ, ąćęłńóśźż.",), role="quiet"),
            Items((("Finanse: dane za 2025",), ("Edukacja: dane za 2024",))),
            Items((("Najpierw dane",), ("Potem ", Code("smup report"))), ordered=True),
        ),
    ),
    Section(
        "area:edukacja",
        "Edukacja",
        (
            Paragraph(
                (
                    "Zobacz ",
                    Link("metodologię", "method"),
                    " na końcu.",
                )
            ),
            Section(
                "przedszkola",
                "Wychowanie przedszkolne",
                (
                    Paragraph(("Udział rośnie czwarty rok.",)),
                    LINE,
                    FIGURES,
                    Section(
                        "przedszkola-szczegoly",
                        "Szczegóły",
                        (Paragraph(("Trzeci poziom nagłówków.",)), BAR),
                    ),
                ),
            ),
        ),
    ),
    Section(
        "own",
        "Realizacja polityk, programów i strategii",
        (
            Placeholder(
                "polityki",
                "Opisz, które programy gmina realizowała i z jakim skutkiem.",
                "art. 28aa ust. 2 ustawy o samorządzie gminnym",
            ),
            Placeholder(
                "budzet-obywatelski",
                "Podsumuj budżet obywatelski.",
                "art. 5a",
                own=(Paragraph((HOSTILE,)), Items((("Plac zabaw",), ("Ścieżka rowerowa",)))),
            ),
        ),
    ),
    Section(
        "method",
        "Metodologia i źródła",
        (
            FORMULA,
            Facts(
                (
                    (("Źródło",), (("GUS, Bank Danych Lokalnych",), ("stan na 4 maja 2026",))),
                    (("Bardzo długa nazwa tego, o czym mowa w tym wierszu",), (("wstępne",),)),
                )
            ),
            Table(
                ("Znak", "Znaczenie"),
                ((("–",), ("nie wystąpiło",)), (("b.d.",), (Strong("brak"), " danych"))),
                "Znaki umowne",
            ),
        ),
    ),
)

SLIDES = (
    Slide("Raport o gminie Gżegżółki", (("Wydanie 2026-05-04",),)),
    Slide("Za rok 2025 znamy 18 z 64 wskaźników", (("Reszta we wrześniu 2026.",),)),
    Slide("Więcej dzieci w przedszkolach niż w połowie grupy", shown=LINE),
    Slide("Edukacja na tle sąsiadów", shown=FIGURES),
    Slide("Powierzchnia trzech gmin", (("Największa w powiecie.",),), shown=BAR),
    Slide("Źródła", (("GUS",), ("SIO",))),
)


def sample(
    *, mark: str = "Dane zmyślone – nie do użytku", contents: bool = True, lang: Lang = "pl"
) -> Document:
    """Every block, three levels of headings and two pictures; the same each time."""
    facts = (
        (("Jednostka",), (("gmina Gżegżółki, powiat ostródzki",),)),
        (("Lata",), (("2021–2025",),)),
        (("Wydanie danych",), (("2026-05-04",),)),
    )
    return Document(
        title_page=TitlePage(
            title="Raport o stanie gminy Gżegżółki",
            subtitle="za rok 2025",
            office="Urząd Gminy w Gżegżółkach",
            facts=facts,
            mark=mark,
        ),
        lang=lang,
        edition="Wydanie 2026-05-04",
        made=date(2026, 5, 4),
        words=WORDS[lang],
        sections=SECTIONS,
        slides=SLIDES,
        contents=contents,
    )


def with_blocks(*blocks: Paragraph | Items | DataTable | Picture | Placeholder) -> Document:
    """The sample with one section of these blocks instead of its own."""
    return replace(sample(), sections=(Section("jedyny", "Jedyny rozdział", blocks),), slides=())
