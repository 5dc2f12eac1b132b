"""Profiles say what invented figures look like; every fault has a place and a way out."""

from pathlib import Path

import pytest

from smup.catalogue import CatalogueErrors, load_catalogue
from smup.demo.profiles import FOLDER, Profile, load_profiles
from tests.helpers.invented import variable, write_invented


def load(tmp_path: Path, variables: str, profiles: str) -> dict[str, Profile]:
    root = write_invented(tmp_path, variables, profiles)
    return dict(load_profiles(root / FOLDER, load_catalogue(root / "catalogue")))


def faults(tmp_path: Path, variables: str, profiles: str) -> list[str]:
    with pytest.raises(CatalogueErrors) as refused:
        load(tmp_path, variables, profiles)
    return [str(error) for error in refused.value.errors]


def test_a_line_says_all(tmp_path: Path) -> None:
    found = load(tmp_path, variable("dzieci"), "dzieci: {of: ludnosc, rate: 0.2, at_most: 1.0}\n")
    assert found["dzieci"] == Profile(id="dzieci", of="ludnosc", rate=0.2, at_most=1.0)
    assert found["dzieci"].spread == 0.2
    assert found["ludnosc"].of is None


def test_what_is_measured_by_another_comes_after_it(tmp_path: Path) -> None:
    names = ["a_trzecie", "b_drugie", "c_pierwsze"]
    of = {"a_trzecie": "b_drugie", "b_drugie": "c_pierwsze", "c_pierwsze": "ludnosc"}
    lines = "".join(f"{name}: {{of: {of[name]}, rate: 0.5}}\n" for name in names)
    order = list(load(tmp_path, "".join(map(variable, names)), lines))
    assert order.index("ludnosc") < order.index("c_pierwsze") < order.index("b_drugie")
    assert order.index("b_drugie") < order.index("a_trzecie")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dzieci: {of: ludnosc, rate: 0.2, sprad: 1}", "nieznany klucz „sprad”; najbliższe znane"),
        ("dzieci: {of: ludnosc}", "brakuje klucza „rate”"),
        ("dzieci: {rate: 0.2}", "brakuje klucza „of”"),
        ("dzieci: {of: ludnosc, rate: dużo}", "oczekiwano liczby"),
        ("dzieci: {of: 2, rate: 0.2}", "oczekiwano tekstu"),
        ("dzieci: {of: ludnosc, rate: 0}", "rate równe 0"),
        ("dzieci: {of: ludnosc, rate: 0.2, at_most: 0.1}", "między 0 a at_most"),
        ("dzieci: {of: ludnosc, rate: -0.2, at_most: 0.1}", "między 0 a at_most"),
        ("dzieci: {of: ludnosc, rate: 0.2, zero: 1.2}", "zero"),
        ("dzieci: {of: ludnosc, rate: 0.2, spread: -1}", "za mała"),
        ("dzieci: {of: ludnoscc, rate: 0.2}", "„ludnoscc” nie istnieje; wskaż inną; najbliższe"),
        ("dzieci: {of: podwojone, rate: 0.2}", "„podwojone” jest wyliczana"),
        ("dzieci: {of: ludnosc, rate: 1, less: [nic]}", "„nic” nie istnieje; wskaż inną"),
        ("dzieci: {of: ludnosc, rate: 1, less: [ludnosc], zero: 0.1}", "reszta wynika z odejm"),
        ("dzieci: {of: ludnosc, rate: 0.5, less: [ludnosc]}", "rate wynosi 1"),
        ("dzieci: 0.2", "oczekiwano kluczy z wartościami"),
    ],
)
def test_a_fault_is_told_with_file_line_and_key(tmp_path: Path, line: str, said: str) -> None:
    variables = variable("dzieci") + variable("podwojone", derived="2 * ludnosc").replace(
        "  sources: [{source: spis}]\n", ""
    )
    (error,) = faults(tmp_path, variables, line + "\n")
    assert error.startswith("demo/profiles/kontekst.yaml:3: [dzieci")
    assert said in error


def test_a_variable_without_a_profile_is_an_error_of_its_file(tmp_path: Path) -> None:
    (error,) = faults(tmp_path, variable("dzieci"), "")
    assert error.startswith("demo/profiles/kontekst.yaml:1: [dzieci] brakuje profilu")


def test_a_profile_of_nothing_is_refused(tmp_path: Path) -> None:
    (error,) = faults(
        tmp_path, variable("dzieci"), "dzieci: {of: 1, rate: 1}\ndzici: {of: 1, rate: 1}\n"
    )
    assert "kontekst.yaml:4: [dzici] nie ma takiej zmiennej; najbliższe znane: „dzieci”" in error


def test_a_derived_variable_has_no_figures_of_its_own(tmp_path: Path) -> None:
    derived = variable("podwojone", derived="2 * ludnosc").replace(
        "  sources: [{source: spis}]\n", ""
    )
    (error,) = faults(tmp_path, derived, "podwojone: {of: 1, rate: 1}\n")
    assert "wyliczana" in error
    assert "usuń profil" in error


def test_a_circle_is_named(tmp_path: Path) -> None:
    lines = "jaja: {of: kury, rate: 2}\nkury: {of: jaja, rate: 0.5}\n"
    (error,) = faults(tmp_path, variable("jaja") + variable("kury"), lines)
    assert "w kółko" in error
    assert "jaja" in error
    assert "kury" in error


def test_a_second_profile_names_the_first(tmp_path: Path) -> None:
    root = write_invented(tmp_path, "", "")
    areas = root / "catalogue" / "areas.yaml"
    areas.write_text(areas.read_text("utf-8").replace("kontekst:", "kontekst: &a", 1), "utf-8")
    areas.write_text(areas.read_text("utf-8") + "inne: *a\n", "utf-8")
    (root / FOLDER / "inne.yaml").write_text("ludnosc: {of: 1, rate: 1}\n", "utf-8")
    (root / FOLDER / "obce.yaml").write_text("{}\n", "utf-8")
    with pytest.raises(CatalogueErrors) as refused:
        load_profiles(root / FOLDER, load_catalogue(root / "catalogue"))
    double, foreign = (str(error) for error in refused.value.errors)
    assert "kontekst.yaml:1: [ludnosc] zmienna ma już profil w demo/profiles/inne.yaml:1" in double
    assert "nie ma obszaru „obce”" in foreign
