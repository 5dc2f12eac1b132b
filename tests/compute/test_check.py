"""Every fault of meaning in a definition has a message with file, line and remedy."""

from pathlib import Path

import pytest

from smup.catalogue import load_catalogue
from smup.compute.check import check_catalogue
from tests.helpers.small_catalogue import PEOPLE, PUPILS, VARIABLES, change, write


def found(root: Path) -> list[str]:
    return [str(error) for error in check_catalogue(load_catalogue(root))]


def test_a_sound_catalogue_has_no_faults(tmp_path: Path) -> None:
    assert found(write(tmp_path)) == []


FORMULA = "formula: 100 * uczniowie / ludnosc"
# what is wrong: file changed, what stood there, what stands there now, what the message says,
# and the key named (with its file, where that is another one)
CASES = {
    "syntax": (
        PUPILS,
        FORMULA,
        "formula: 100 * (uczniowie",
        "znak 17: oczekiwano „)”",
        "udzial-uczniow: formula",
    ),
    "unknown variable": (
        PUPILS,
        FORMULA,
        "formula: 100 * uczniwie / ludnosc",
        "nie ma zmiennej „uczniwie”; najbliższe znane: „uczniowie”",
        "udzial-uczniow: formula",
    ),
    "unknown indicator": (
        PUPILS,
        FORMULA,
        "formula: 100 * uczniowie / @ludnsc",
        "nie ma wskaźnika „ludnsc”; najbliższe znane: „ludnosc”",
        "udzial-uczniow: formula",
    ),
    "circle": (
        PUPILS,
        FORMULA,
        "formula: '@udzial-uczniow'",
        "odwołują się do siebie w kółko: udzial-uczniow → udzial-uczniow; usuń jedno z odwołań",
        "udzial-uczniow: formula",
    ),
    "wrong dimension": (
        PUPILS,
        FORMULA,
        "formula: uczniowie",
        "wzór daje jednostkę [os]",
        "udzial-uczniow: formula",
    ),
    "forgotten factor": (
        PUPILS,
        FORMULA,
        "formula: uczniowie / ludnosc",
        "pomnożyć przez 100",
        "udzial-uczniow: formula",
    ),
    "mixed scopes": (
        PUPILS,
        FORMULA,
        "formula: wydatki / ludnosc",
        "wskaźnik ma zakres „territory”, a zmienna „wydatki” ma „body”",
        "udzial-uczniow: scope",
    ),
    "dimension without a word": (
        "services/edukacja.yaml",
        "    quality: {pl: Nikt nie mierzy., en: Nobody measures it.}\n",
        "",
        "usługa nie ma wskaźnika w wymiarze „quality”; dodaj go albo napisz w „missing”",
        "szkoly: missing",
    ),
    "dimension explained away": (
        "services/edukacja.yaml",
        "  missing:\n",
        "  missing:\n    quantity: {pl: Brak., en: None.}\n",
        "wskaźnik w wymiarze „quantity” istnieje; usuń to wyjaśnienie",
        "szkoly: missing.quantity",
    ),
    "service not translated": (
        "services/edukacja.yaml",
        "en: The act on schools.",
        "en: Ustawa o szkołach.",
        "tekst angielski jest taki sam jak polski; przetłumacz go",
        "szkoly: legal_basis.en",
    ),
    "neither source nor formula": (
        VARIABLES,
        '  sources: [{source: rejestr}]\n  reference_day: "09-30"',
        '  reference_day: "09-30"',
        "zmienna ma albo źródła („sources”), albo wzór („derived”); zostaw jedno",
        "uczniowie",
    ),
    "derived from what is derived": (
        VARIABLES,
        "derived: (8 * uczniowie[-1] + 4 * uczniowie) / 12",
        "derived: uczniowie_w_roku[-1]",
        "nie ma zmiennej ze źródłem „uczniowie_w_roku”",
        "uczniowie_w_roku: derived",
    ),
    "derived from an indicator": (
        VARIABLES,
        "derived: (8 * uczniowie[-1] + 4 * uczniowie) / 12",
        'derived: "@ludnosc"',
        "zmienna nie może powstać ze wskaźnika „@ludnosc”; użyj zmiennych",
        "uczniowie_w_roku: derived",
    ),
    "derived in another unit": (
        VARIABLES,
        "derived: (8 * uczniowie[-1] + 4 * uczniowie) / 12",
        "derived: uczniowie / ludnosc",
        "wartości tak liczonej nie wolno sumować; wpisz „additive: false”",
        "uczniowie_w_roku: derived",
    ),
    "derived of another scope": (
        VARIABLES,
        "derived: (8 * uczniowie[-1] + 4 * uczniowie) / 12",
        "derived: wydatki",
        "„wydatki” ma inny zakres (scope) niż ta zmienna; uzgodnij je",
        "uczniowie_w_roku: derived",
    ),
    "broken derivation": (
        VARIABLES,
        "derived: (8 * uczniowie[-1] + 4 * uczniowie) / 12",
        "derived: (uczniowie",
        "oczekiwano „)”",
        "uczniowie_w_roku: derived",
    ),
    "unknown budget code": (
        VARIABLES,
        'chapters: ["80101"]',
        'chapters: ["80199"]',
        "nie ma rozdziału 80199 w catalogue/budget; popraw kod albo dopisz go tam",
        "wydatki: sources.0.budget.chapters.0",
    ),
    "archived without a reason": (
        PEOPLE,
        "status: published",
        "status: archived",
        "status „archived” i klucz „archived” (last_year, reason) występują tylko razem",
        "ludnosc: status",
    ),
    "unknown successor": (
        PEOPLE,
        "status: published",
        "status: archived\narchived: {last_year: 2024, successor: ludnosci, "
        "reason: {pl: Tak., en: So.}}",
        "nie ma wskaźnika „ludnosci”; najbliższe znane: „ludnosc”",
        "ludnosc: archived.successor",
    ),
    "does not say why it matters": (
        PEOPLE,
        "why_it_matters: {pl: Każdy to wie., en: Everybody knows.}\n",
        "",
        "opublikowany wskaźnik mówi, dlaczego jest ważny; dopisz klucz „why_it_matters”",
        "ludnosc",
    ),
    "reason without mixing": (
        PUPILS,
        "scope: territory",
        "scope: territory\nmixed_scope_reason: {pl: Tak., en: So.}",
        "wzór nie miesza zakresów; usuń powód",
        "udzial-uczniow: mixed_scope_reason",
    ),
    "kind without data": (
        VARIABLES,
        "uczniowie:\n  name: {pl: uczniowie, en: pupils}\n  unit: os\n  additive: true\n"
        "  scope: territory\n  kinds: [gmina, miasto-na-prawach-powiatu]",
        "uczniowie:\n  name: {pl: uczniowie, en: pupils}\n  unit: os\n  additive: true\n"
        "  scope: territory\n  kinds: [gmina]",
        "zmiennej „uczniowie” nie ma dla rodzaju „miasto-na-prawach-powiatu”; usuń go z listy",
        "udzial-uczniow: kinds.1",
    ),
    "powiat not added up": (
        PUPILS,
        "aggregate: ratio_of_sums",
        "aggregate: none",
        "nie ma dla rodzaju „powiat”",
        "udzial-uczniow: kinds.2",
    ),
    "sum of a ratio": (
        PUPILS,
        "aggregate: ratio_of_sums",
        "aggregate: sum",
        "„sum” wymaga sumy zmiennych; dla ilorazu wpisz „ratio_of_sums”",
        "udzial-uczniow: aggregate",
    ),
    "ratio of sums of a count": (
        PEOPLE,
        "aggregate: sum",
        "aggregate: ratio_of_sums",
        "„ratio_of_sums” wymaga ilorazu wyrażeń liniowych",
        "ludnosc: aggregate",
    ),
    "adding up what is no count": (
        VARIABLES,
        "ludnosc:\n  name: {pl: ludność, en: population}\n  unit: os\n  additive: true",
        "ludnosc:\n  name: {pl: ludność, en: population}\n  unit: os\n  additive: false",
        "zmiennej „ludnosc” nie wolno sumować",
        "ludnosc: aggregate",
    ),
    "unknown weight": (
        PUPILS,
        "aggregate: ratio_of_sums",
        "aggregate: 'weighted: ludnos'",
        "nie ma zmiennej „ludnos”; najbliższe znane: „ludnosc”",
        "udzial-uczniow: aggregate",
    ),
    "interval without counts": (
        PEOPLE,
        "aggregate: sum",
        "interval: binomial\naggregate: sum",
        "przedziału „binomial” nie da się policzyć",
        "ludnosc: interval",
    ),
    "example with a missing number": (
        PUPILS,
        "given: {uczniowie: 30, ludnosc: 120}",
        "given: {uczniowe: 30, ludnosc: 120}",
        "przykład nie podaje wartości „uczniowie”; najbliższe znane: „uczniowe”",
        "udzial-uczniow: example.given",
    ),
    "example with a needless number": (
        PUPILS,
        "given: {uczniowie: 30, ludnosc: 120}",
        "given: {uczniowie: 30, ludnosc: 120, wydatki: 1}",
        "nie używa „wydatki”",
        "udzial-uczniow: example.given.wydatki",
    ),
    "example with another result": (
        PUPILS,
        "gives: 25",
        "gives: 25.1",
        "wzór daje 25.0, a przykład podaje 25.1; popraw jedno z nich",
        "udzial-uczniow: example.gives",
    ),
    "example divided by zero": (
        PUPILS,
        "given: {uczniowie: 30, ludnosc: 120}",
        "given: {uczniowie: 30, ludnosc: 0}",
        "przykład dzieli przez zero",
        "udzial-uczniow: example",
    ),
    "unknown unit": (
        PUPILS,
        "unit: procent",
        "unit: procenty",
        "nie ma jednostki miary „procenty”; najbliższe znane: „procent”",
        "udzial-uczniow: unit",
    ),
    "unknown unit of a variable": (
        VARIABLES,
        "unit: zl\n",
        "unit: zloty\n",
        "nie ma jednostki miary „zloty”",
        "wydatki: unit",
    ),
    "unknown service": (
        PUPILS,
        "service: szkoly",
        "service: szkola",
        "nie ma usługi „szkola”; najbliższe znane: „szkoly”",
        "udzial-uczniow: service",
    ),
    "service of another area": (
        PEOPLE,
        "role: contextual",
        "role: contextual\nservice: szkoly",
        "usługa „szkoly” należy do obszaru „edukacja”, a plik leży w „kontekst”",
        "ludnosc: service",
    ),
    "no service": (
        PUPILS,
        "service: szkoly\n",
        "",
        "tylko obszar neutralny nie ma usług",
        "udzial-uczniow",
    ),
    "unknown context": (
        PUPILS,
        "context: [ludnosc]",
        "context: [ludnosci]",
        "nie ma wskaźnika „ludnosci”; najbliższe znane: „ludnosc”",
        "udzial-uczniow: context.0",
    ),
    "itself as context": (
        PUPILS,
        "context: [ludnosc]",
        "context: [udzial-uczniow]",
        "podaje sam siebie jako kontekst",
        "udzial-uczniow: context.0",
    ),
    "dead source": (
        VARIABLES,
        "sources: [{source: rejestr, budget",
        "sources: [{source: rejest, budget",
        "nie ma źródła „rejest”; najbliższe znane: „rejestr”",
        "wydatki: sources.0.source",
    ),
    "monitoring without dimension": (
        PUPILS,
        "dimension: quantity\n",
        "",
        "wskaźnik monitorujący ma wymiar; dopisz klucz „dimension”",
        "udzial-uczniow: role",
    ),
    "contextual with dimension": (
        PEOPLE,
        "role: contextual",
        "role: contextual\ndimension: quality",
        "wskaźnik kontekstowy nie opisuje usługi w wymiarze",
        "ludnosc: dimension",
    ),
    "target direction without target": (
        PUPILS,
        "better: neither",
        "better: target",
        "wymaga klucza „target”",
        "udzial-uczniow: better",
    ),
    "target without its direction": (
        PUPILS,
        "better: neither",
        "better: neither\ntarget: {at: at_most, value: 15, basis: {pl: Ustawa., en: Act.}}",
        "ma sens tylko z „better: target”",
        "udzial-uczniow: target",
    ),
    "review before the last one": (
        PUPILS,
        "review_by: 2028-11-22",
        "review_by: 2026-11-22",
        "termin przeglądu jest nie późniejszy niż ostatni przegląd",
        "udzial-uczniow: steward.review_by",
    ),
    "changed without a note": (
        PUPILS,
        "status: published",
        "status: published\nversion: 2",
        "dopisz klucz „change_note”",
        "udzial-uczniow: version",
    ),
    "points of what is no percentage": (
        PEOPLE,
        "change: percent",
        "change: percentage_points",
        "w punktach procentowych zmieniają się tylko wartości w procentach",
        "ludnosc: change",
    ),
    "cities beside nobody": (
        PUPILS,
        "kinds: [gmina, miasto-na-prawach-powiatu, powiat]",
        "kinds: [gmina, miasto-na-prawach-powiatu]",
        "miasta mają być porównywane z „powiat”, a tego rodzaju nie ma w „kinds”",
        "udzial-uczniow: cities",
    ),
    "empty text of a published card": (
        PUPILS,
        "pl: Nie mówi o szkołach.",
        "pl: …",
        "opublikowana definicja nie może mieć pustego tekstu",
        "udzial-uczniow: limitations.pl",
    ),
    "untranslated text": (
        PUPILS,
        "en: It does not tell about schools.",
        "en: Nie mówi o szkołach.",
        "tekst angielski jest taki sam jak polski; przetłumacz go",
        "udzial-uczniow: limitations.en",
    ),
    "two indicators of one name": (
        PUPILS,
        "pl: Uczniowie – udział",
        "pl: LUDNOŚĆ",
        "taką samą nazwę ma wskaźnik",
        "ludnosc: name.pl",
    ),
    "function as a variable": (
        VARIABLES,
        "wydatki:",
        "sum:",
        "„sum” jest nazwą funkcji we wzorach; zmień nazwę",
        "sum",
    ),
    "two areas of one number": (
        "areas.yaml",
        "number: null",
        "number: 1",
        "numer 1 ma już obszar „edukacja”",
        "kontekst: number",
    ),
    "unknown kind in a group": (
        "groups/rodzaj.yaml",
        "[gmina-wiejska]",
        "[gmina-wiejskie]",
        "nie ma rodzaju jednostki „gmina-wiejskie”; najbliższe znane: „gmina-wiejska”",
        "wiejskie: kinds.0",
    ),
    "empty group": (
        "groups/rodzaj.yaml",
        "  kinds:",
        "  population_from: 10\n  population_below: 10\n  kinds:",
        "przedział ludności od 10 do mniej niż 10 jest pusty",
        "wiejskie: population_from",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, case: str) -> None:
    file, old, new, message, key = CASES[case]
    root = write(tmp_path)
    change(root, file, old, new)
    named = {"udzial-uczniow": PUPILS, "ludnosc": PEOPLE}.get(key.partition(":")[0], file)
    place = f"catalogue/{named}:{line_of(root / named, key)}: [{key}] "
    assert any(m.startswith(place) and message in m for m in found(root)), found(root)


def line_of(path: Path, key: str) -> int:
    """The line of ``key`` as a reader finds it: each step is looked for below the one before."""
    lines = path.read_text(encoding="utf-8").splitlines()
    one, _, steps = key.partition(": ")
    own_file = path.stem == one
    at = 0 if own_file else lines.index(f"{one}:")
    for step in steps.split("."):
        if step and not step.isdigit():
            at = next(n for n, line in enumerate(lines[at:], at) if f"{step}:" in line)
    return at + 1


def test_lines_of_faults(tmp_path: Path) -> None:
    """The line is that of the key, or of the definition where the key is absent."""
    root = write(tmp_path)
    formula = change(root, PUPILS, FORMULA, "formula: uczniowie / ludnosc")
    gives = change(root, PUPILS, "gives: 25", "gives: 25.1")
    context = change(root, PUPILS, "[ludnosc]", "[\n  ludnosc,\n  ludnosci,\n]")
    lines = {e.key: e.line for e in check_catalogue(load_catalogue(root))}
    assert lines == {
        "udzial-uczniow: formula": formula,
        "udzial-uczniow: context.1": context + 2,
        "udzial-uczniow: example.gives": gives + 3,
    }


def test_a_published_indicator_does_not_stand_on_a_draft(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, FORMULA, "formula: 100 * uczniowie / @ludnosc")
    change(root, PUPILS, "{uczniowie: 30, ludnosc: 120}", '{uczniowie: 30, "@ludnosc": 120}')
    assert found(root) == []
    change(root, PEOPLE, "status: published", "status: draft")
    assert [m for m in found(root) if "nie może zależeć od „ludnosc” (status draft)" in m]


def test_mixed_scopes_are_let_through_with_a_reason(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, FORMULA, "formula: wydatki / ludnosc")
    change(root, PUPILS, "unit: procent", "unit: zl_os")
    change(root, PUPILS, "change: percentage_points", "change: percent")
    change(root, PUPILS, "{uczniowie: 30, ludnosc: 120}", "{wydatki: 3000, ludnosc: 120}")
    assert len(found(root)) == 1
    reason = "scope: territory\nmixed_scope_reason: {pl: Na mieszkańca., en: Per inhabitant.}"
    change(root, PUPILS, "scope: territory", reason)
    assert found(root) == []


def test_a_circle_of_two_is_named(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, FORMULA, "formula: 100 * @ludnosc / ludnosc")
    change(root, PEOPLE, "formula: ludnosc", "formula: '@udzial-uczniow'")
    (message,) = found(root)
    assert "w kółko: " in message
    assert "udzial-uczniow → ludnosc" in message or "ludnosc → udzial-uczniow" in message


def test_a_broken_formula_does_not_hide_other_faults(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PEOPLE, "formula: ludnosc", "formula: ludnosc +")
    change(root, PUPILS, FORMULA, "formula: uczniowie / @ludnosc")
    change(root, PUPILS, "better: neither", "better: target")
    assert {m.split("] ")[0].rpartition(" ")[2] for m in found(root)} == {"formula", "better"}


def test_spending_per_head_is_not_efficiency(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, FORMULA, "formula: wydatki / ludnosc")
    change(root, PUPILS, "unit: procent", "unit: zl_os")
    change(root, PUPILS, "change: percentage_points", "change: percent")
    change(root, PUPILS, "interval: binomial", "interval: none")
    change(root, PUPILS, "{uczniowie: 30, ludnosc: 120}", "{wydatki: 3000, ludnosc: 120}")
    reason = "scope: territory\nmixed_scope_reason: {pl: Na mieszkańca., en: Per inhabitant.}"
    change(root, PUPILS, "scope: territory", reason)
    change(root, PUPILS, "dimension: quantity", "dimension: efficiency")
    assert [m for m in found(root) if "„ludnosc” nie jest efektem usługi" in m]
    change(root, PUPILS, "wydatki / ludnosc", "wydatki / uczniowie")
    change(root, PUPILS, "wydatki: 3000, ludnosc: 120", "wydatki: 3000, uczniowie: 120")
    assert not [m for m in found(root) if "nie jest efektem usługi" in m]


def test_one_national_indicator_is_one_of_ours(tmp_path: Path) -> None:
    root = write(tmp_path)
    same = "status: published\nsmup: [{id: 16, kinds: [gmina]}]"
    change(root, PUPILS, "status: published", same)
    assert found(root) == []
    change(root, PEOPLE, "status: published", same)
    (message,) = found(root)
    assert "numer 16 w krajowym SMUP ma już wskaźnik" in message


def test_a_derived_variable_stands_for_its_formula(tmp_path: Path) -> None:
    """The example gives what sources publish: last year's pupils and this year's."""
    root = write(tmp_path)
    change(root, PUPILS, FORMULA, "formula: 100 * uczniowie_w_roku / ludnosc")
    change(root, PUPILS, "interval: binomial", "interval: none")
    given = '{"uczniowie[-1]": 36, uczniowie: 18, ludnosc: 120}'  # (8*36 + 4*18)/12 = 30
    change(root, PUPILS, "{uczniowie: 30, ludnosc: 120}", given)
    assert found(root) == []


def test_a_distance_from_the_country(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, "aggregate: ratio_of_sums", "against: country\naggregate: ratio_of_sums")
    assert any("podaje się w przykładzie tylko razem z kluczem „against”" in m for m in found(root))
    assert any("przedziału różnicy względem kraju nie liczymy" in m for m in found(root))
    change(root, PUPILS, "interval: binomial", "interval: none")
    change(root, PUPILS, "  gives: 25", "  country: 20.5\n  gives: 4.5")
    assert found(root) == []
    change(root, PUPILS, "aggregate: ratio_of_sums", "aggregate: none")
    assert any("wymaga wartości kraju" in m for m in found(root))


def test_a_distance_does_not_stand_in_a_formula(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, "aggregate: ratio_of_sums", "against: country\naggregate: ratio_of_sums")
    change(root, PEOPLE, "formula: ludnosc", 'formula: "ludnosc * @udzial-uczniow"')
    assert any("jest różnicą względem kraju i nie może stać we wzorze" in m for m in found(root))
