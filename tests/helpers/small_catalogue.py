"""A sound catalogue of a few definitions on disk, to be broken in one place by a test."""

from pathlib import Path

FILES = {
    "areas.yaml": """\
edukacja:
  number: 1
  name: {pl: Edukacja, en: Education}
  summary: {pl: Szkoły., en: Schools.}
kontekst:
  number: null
  name: {pl: Kontekst, en: Context}
  summary: {pl: Tło., en: Background.}
""",
    "measures.yaml": """\
os:
  name: {pl: osoba, en: person}
  symbol: {pl: os., en: persons}
  dimension: {os: 1}
zl:
  name: {pl: złoty, en: złoty}
  symbol: {pl: zł, en: PLN}
  dimension: {zl: 1}
zl_os:
  name: {pl: złoty na osobę, en: złoty per person}
  symbol: {pl: zł/os., en: PLN/person}
  dimension: {zl: 1, os: -1}
procent:
  name: {pl: procent, en: per cent}
  symbol: {pl: "%", en: "%"}
  dimension: {}
  scale: 0.01
""",
    "services/edukacja.yaml": """\
szkoly:
  name: {pl: Szkoły podstawowe, en: Primary schools}
  levels: [gmina]
  what: {pl: Gmina prowadzi szkoły., en: The gmina runs schools.}
  duty: {pl: Obowiązek gminy., en: A duty of the gmina.}
  legal_basis: {pl: Ustawa o szkołach., en: The act on schools.}
  delivery: {pl: Szkoły własne., en: Own schools.}
  comparing: {pl: Z sąsiadami., en: With neighbours.}
  missing:
    quality: {pl: Nikt nie mierzy., en: Nobody measures it.}
    availability: {pl: Nikt nie liczy., en: Nobody counts it.}
    efficiency: {pl: Nikt nie podaje kosztów., en: Nobody tells the cost.}
""",
    "variables/edukacja.yaml": """\
ludnosc:
  name: {pl: ludność, en: population}
  unit: os
  additive: true
  scope: territory
  kinds: [gmina, miasto-na-prawach-powiatu]
  sources: [{source: rejestr}]
  reference_day: "12-31"
uczniowie:
  name: {pl: uczniowie, en: pupils}
  unit: os
  additive: true
  scope: territory
  kinds: [gmina, miasto-na-prawach-powiatu]
  sources: [{source: rejestr}]
  reference_day: "09-30"
wydatki:
  name: {pl: wydatki, en: spending}
  unit: zl
  additive: true
  scope: body
  kinds: [gmina, miasto-na-prawach-powiatu]
  sources: [{source: rejestr, budget: {chapters: ["80101"]}}]
  reference_day: rok
uczniowie_w_roku:
  name: {pl: uczniowie w roku, en: pupils in the year}
  unit: os
  additive: true
  scope: territory
  kinds: [gmina, miasto-na-prawach-powiatu]
  derived: (8 * uczniowie[-1] + 4 * uczniowie) / 12
  reference_day: rok
""",
    "indicators/edukacja/udzial-uczniow.yaml": """\
name: {pl: Uczniowie – udział, en: Share of pupils}
question: {pl: Jaka część mieszkańców to uczniowie?, en: What share of inhabitants are pupils?}
service: szkoly
role: monitoring
dimension: quantity
unit: procent
decimals: 1
better: neither
scope: territory
cities: both
kinds: [gmina, miasto-na-prawach-powiatu, powiat]
formula: 100 * uczniowie / ludnosc
aggregate: ratio_of_sums
change: percentage_points
interval: binomial
what_it_shows: {pl: Uczniowie wśród mieszkańców., en: Pupils among inhabitants.}
why_it_matters: {pl: Szkoły kosztują., en: Schools cost money.}
limitations: {pl: Nie mówi o szkołach., en: It does not tell about schools.}
context: [ludnosc]
example:
  given: {uczniowie: 30, ludnosc: 120}
  gives: 25
steward: {owner: edukacja, reviewed: 2026-11-22, review_by: 2028-11-22}
status: published
""",
    "indicators/kontekst/ludnosc.yaml": """\
name: {pl: Ludność, en: Population}
question: {pl: Ile osób tu mieszka?, en: How many people live here?}
role: contextual
unit: os
decimals: 0
better: neither
scope: territory
cities: both
kinds: [gmina, miasto-na-prawach-powiatu, powiat]
formula: ludnosc
aggregate: sum
change: percent
what_it_shows: {pl: Liczba mieszkańców., en: The number of inhabitants.}
why_it_matters: {pl: Każdy to wie., en: Everybody knows.}
limitations: {pl: Stan na koniec roku., en: At the end of the year.}
example: {given: {ludnosc: 120}, gives: 120}
steward: {owner: kontekst, reviewed: 2026-11-22, review_by: 2028-11-22}
status: published
""",
    "lifecycle.yaml": """\
draft:
  name: {pl: szkic, en: draft}
  meaning: {pl: W przygotowaniu., en: Being prepared.}
  next: [preview, published]
preview:
  name: {pl: podgląd, en: preview}
  meaning: {pl: Do sprawdzenia., en: To be verified.}
  next: [published, archived]
published:
  name: {pl: opublikowany, en: published}
  meaning: {pl: Obowiązuje., en: In force.}
  next: [archived]
archived:
  name: {pl: archiwalny, en: archived}
  meaning: {pl: Zakończony., en: Ended.}
  next: []
""",
    "budget/rozdzialy.csv": """\
# Klasyfikacja budżetowa
code,name_pl,name_en,valid_from,valid_to,kind,note
80101,Szkoły podstawowe,Primary schools,,,,
""",
    "groups/rodzaj.yaml": """\
wiejskie:
  name: {pl: gminy wiejskie, en: rural gminas}
  kinds: [gmina-wiejska]
""",
    "sources/rejestr.yaml": """\
title: {pl: Rejestr, en: Register}
publisher: Urząd
licence: domena publiczna
files:
  - {path: rejestr.csv, anything: [1, 2]}
""",
    "statuses.yaml": """\
gus:
  name: {pl: znaki GUS, en: signs of GUS}
  signs:
    "-": {status: zero, meaning: zjawisko nie wystąpiło}
""",
}
PUPILS = "indicators/edukacja/udzial-uczniow.yaml"
PEOPLE = "indicators/kontekst/ludnosc.yaml"
VARIABLES = "variables/edukacja.yaml"


def write(folder: Path) -> Path:
    """The catalogue below ``folder``; returns ``folder``/catalogue."""
    root = folder / "catalogue"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def change(root: Path, name: str, old: str, new: str) -> int:
    """Replace ``old``, which must stand exactly once, and say on which line it stood."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
