"""Every fault of form is named with its file, its line and what to do."""

from pathlib import Path

import pytest

from smup.catalogue import CatalogueErrors, load_catalogue
from smup.catalogue.load import digest
from tests.helpers.small_catalogue import FILES, PEOPLE, PUPILS, VARIABLES, change, write


def faults(root: Path) -> list[str]:
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(root)
    assert str(caught.value) == "\n".join(map(str, caught.value.errors))
    return [str(error) for error in caught.value.errors]


def test_a_sound_catalogue_is_read_whole(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path))
    assert list(catalogue.areas) == ["edukacja", "kontekst"]
    assert catalogue.services["szkoly"].area == "edukacja"
    assert list(catalogue.variables) == ["ludnosc", "uczniowie", "wydatki", "uczniowie_w_roku"]
    assert [v.id for v in catalogue.inputs] == ["ludnosc", "uczniowie", "wydatki"]
    assert catalogue.indicators["udzial-uczniow"].area == "edukacja"
    assert catalogue.indicators["udzial-uczniow"].formula == "100 * uczniowie / ludnosc"
    assert catalogue.sources["rejestr"].files == ({"path": "rejestr.csv", "anything": [1, 2]},)
    assert catalogue.measures["procent"].scale == 0.01


CASES = [
    # file, what stands there, what a person wrote instead, the key named, what the message says
    (PUPILS, "unit: procent", "units: procent", "units", "nieznany klucz „units”", "„unit”"),
    (PUPILS, "decimals: 1", "decimals: dużo", "decimals", "oczekiwano liczby całkowitej", "„dużo”"),
    (PUPILS, "decimals: 1", "decimals: 9", "decimals", "za duża (najwyżej 6)", "„9”"),
    (PUPILS, "better: neither", "better: highr", "better", "niedozwolona wartość", "„higher”"),
    (PUPILS, "dimension: quantity", "dimension: ilosc", "dimension", "niedozwolona", "„quality”"),
    (PUPILS, "aggregate: ratio_of_sums", "aggregate: mean", "aggregate", "zły zapis", "„mean”"),
    (
        PUPILS,
        "reviewed: 2026-11-22",
        "reviewed: wczoraj",
        "steward.reviewed",
        "oczekiwano daty",
        "",
    ),
    (PUPILS, "en: Share of pupils}", "eng: Share of pupils}", "name.eng", "nieznany klucz", "„en”"),
    (PUPILS, "gives: 25", "gives: ćwierć", "example.gives", "oczekiwano liczby", "„ćwierć”"),
    (PUPILS, "[ludnosc]", "ludnosc", "context", "oczekiwano listy", "„ludnosc”"),
    (
        PUPILS,
        "name: {pl: Uczniowie – udział, en: Share of pupils}",
        "name: X",
        "name",
        "kluczy",
        "",
    ),
    (VARIABLES, "unit: zl", "jednostka: zl", "wydatki.jednostka", "nieznany klucz", ""),
    (VARIABLES, "wydatki:", "Wydatki:", "Wydatki.id", "zły zapis", "„Wydatki”"),
    ("measures.yaml", "scale: 0.01", "skala: 0.01", "procent.skala", "nieznany klucz", "„scale”"),
    ("areas.yaml", "number: 1", "number: jeden", "edukacja.number", "liczby całkowitej", "„jeden”"),
    ("groups/rodzaj.yaml", "kinds: [", "kind: [", "wiejskie.kind", "nieznany klucz", "„kinds”"),
    ("sources/rejestr.yaml", "licence:", "license:", "license", "nieznany klucz", "„licence”"),
    ("services/edukacja.yaml", "[gmina]", "[gminy]", "szkoly.levels.0", "niedozwolona", "„gmina”"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "message", "hint"), CASES)
def test_a_fault_names_file_line_key_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, key: str, message: str, hint: str
) -> None:
    root = write(tmp_path)
    line = change(root, file, old, new)
    found = [f for f in faults(root) if f.startswith(f"catalogue/{file}:{line}: [{key}] ")]
    assert len(found) == 1, faults(root)
    assert message in found[0]
    assert hint in found[0]


def test_a_missing_translation_is_named(tmp_path: Path) -> None:
    root = write(tmp_path)
    line = change(root, PUPILS, "{pl: Nie mówi o szkołach., en: It does not tell about schools.}",
                  "{pl: Nie mówi o szkołach.}")  # fmt: skip
    assert faults(root) == [
        f"catalogue/{PUPILS}:{line}: [limitations.en] brakuje klucza „en”; dopisz go"
    ]


def test_an_empty_translation_is_named(tmp_path: Path) -> None:
    root = write(tmp_path)
    line = change(root, PUPILS, "en: It does not tell about schools.", 'en: "  "')
    assert faults(root) == [
        f"catalogue/{PUPILS}:{line}: [limitations.en] tekst jest pusty; wpisz go"
    ]


def test_a_missing_key_points_at_the_definition(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, VARIABLES, "  unit: zl\n", "")
    line = FILES[VARIABLES].splitlines().index("wydatki:") + 1
    assert faults(root) == [
        f"catalogue/{VARIABLES}:{line}: [wydatki.unit] brakuje klucza „unit”; dopisz go"
    ]


def test_all_faults_are_told_at_once_in_order(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, "better: neither", "better: highr")
    change(root, PUPILS, "decimals: 1", "decimal: 1")
    change(root, "areas.yaml", "number: 1", "numer: 1")
    found = faults(root)
    assert [f.split(":")[0] for f in found] == ["catalogue/areas.yaml"] * 2 + [
        f"catalogue/{PUPILS}"
    ] * 3
    assert found == sorted(found, key=lambda f: (f.split(":")[0], int(f.split(":")[1])))


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    line = change(root, PUPILS, "decimals: 1\n", "decimals: 1\ndecimals: 2\n")
    assert faults(root) == [
        f"catalogue/{PUPILS}:{line + 1}: [decimals] klucz podano dwa razy "
        f"(pierwszy raz w wierszu {line}); usuń jeden"
    ]


def test_an_id_in_two_files_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    again = FILES[VARIABLES].split("uczniowie:")[0]
    (root / "variables" / "kontekst.yaml").write_text(again, encoding="utf-8")
    (found,) = faults(root)
    assert found.startswith("catalogue/variables/kontekst.yaml:1: [ludnosc] identyfikator")
    assert f"catalogue/{VARIABLES}:1" in found


def test_an_indicator_id_in_two_areas_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "indicators" / "edukacja" / "ludnosc.yaml").write_text(FILES[PEOPLE], encoding="utf-8")
    (found,) = faults(root)
    assert "identyfikator „ludnosc” jest już w catalogue/indicators/edukacja/ludnosc.yaml" in found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: [pl", "błąd zapisu YAML"),
        ("name: {pl: x\nunit: y", "błąd zapisu YAML"),
        ("a: b: c", "błąd zapisu YAML"),
        ("- a\n- b\n", "plik powinien zawierać klucze"),
        ("", "plik powinien zawierać klucze"),
        ("a: &x [*x]", "błąd zapisu YAML"),
        ("a: !!python/object:os.system x", "błąd zapisu YAML"),
    ],
)
def test_broken_yaml_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    root = write(tmp_path)
    (root / PUPILS).write_text(text, encoding="utf-8")
    (found,) = faults(root)
    assert found.startswith(f"catalogue/{PUPILS}:")
    assert message in found


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / PUPILS).write_bytes(FILES[PUPILS].encode("cp1250", errors="replace"))
    (found,) = faults(root)
    assert "nie jest w UTF-8" in found


def test_a_file_nobody_reads_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "indicator").mkdir()
    (root / "indicator" / "x.yaml").write_text("a: 1", encoding="utf-8")
    (root / "areas.yml").write_text("a: 1", encoding="utf-8")
    first, second = faults(root)
    assert first.startswith("catalogue/areas.yml:1:")
    assert "najbliższe znane: „areas.yaml”" in first
    assert "najbliższe znane: „indicators”" in second


def test_a_folder_of_no_area_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "indicators" / "edukcja").mkdir()
    (root / PUPILS).rename(root / "indicators" / "edukcja" / "udzial-uczniow.yaml")
    (found,) = faults(root)
    assert "nie ma obszaru „edukcja” w areas.yaml; najbliższe znane: „edukacja”" in found


def test_a_key_that_follows_from_the_place_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    line = change(root, PUPILS, "service: szkoly", "service: szkoly\narea: kontekst")
    (found,) = faults(root)
    assert found.startswith(f"catalogue/{PUPILS}:{line + 1}: [area] klucz „area” wynika z nazwy")


def test_a_missing_file_or_folder_is_one_sentence(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "measures.yaml").unlink()
    (found,) = faults(root)
    assert found.startswith("catalogue/measures.yaml:1: brakuje tego pliku")
    (none,) = faults(tmp_path / "nowhere")
    assert "nie ma takiego folderu" in none


def test_digest_sees_every_byte_and_every_name(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a"), write(tmp_path / "b")
    assert digest(one) == digest(two) == load_catalogue(one).digest
    (one / PUPILS).write_text(FILES[PUPILS] + "\n", encoding="utf-8")
    (two / PUPILS).rename(two / "indicators" / "edukacja" / "inne.yaml")
    assert len({digest(one), digest(two), digest(write(tmp_path / "c"))}) == 3


def test_display_order(tmp_path: Path) -> None:
    """By dimension (contextual last), then the order given, then the Polish alphabet."""
    root = write(tmp_path)
    (root / PUPILS).unlink()
    base = FILES[PUPILS].replace("Uczniowie – udział", "{name}")
    contextual = base.replace("role: monitoring\ndimension: quantity\n", "role: contextual\n")
    for name, text in {
        "a": contextual.replace("{name}", "Żaba"),
        "b": contextual.replace("{name}", "Zebra"),
        "c": contextual.replace("{name}", "Ćma"),
        "d": contextual.replace("{name}", "Ćwik") + "order: 1\n",
        "e": base.replace("{name}", "Zdrowie"),
        "f": base.replace("{name}", "Atom").replace("quantity", "availability"),
    }.items():
        (root / "indicators" / "edukacja" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert list(load_catalogue(root).indicators) == ["e", "f", "d", "c", "b", "a", "ludnosc"]


def test_listing_leaves_drafts_out(tmp_path: Path) -> None:
    root = write(tmp_path)
    change(root, PUPILS, "status: published", "status: draft")
    catalogue = load_catalogue(root)
    assert [i.id for i in catalogue.indicators_of()] == ["ludnosc"]
    assert catalogue.indicators_of(service="szkoly") == ()
    assert [s.id for s in catalogue.services_of("edukacja")] == ["szkoly"]
