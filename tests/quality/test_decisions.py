"""What was decided about findings."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from smup.catalogue.quality import Decision
from smup.quality import finding
from smup.quality.decisions import stated, undecided

JUMP = finding(
    "skok-wartosci", "bdl", "bdl.csv", "zmienna: 1, 9", unit="0201", year=2020, variable="zmienna"
)
FILE = finding("brak-pliku", "spis", "spis.csv", "nie ma pliku")


def decision(code: str, about: str, unit=None, year=None, state="explained") -> Decision:
    return Decision(
        code=code,
        about=about,
        unit=unit,
        year=year,
        state=state,
        reason="Nowa szkoła.",
        who="redakcja",
        day=date(2026, 1, 2),
    )


def test_a_decision_is_joined_by_code_variable_unit_and_year():
    right = decision("skok-wartosci", "zmienna", "0201", 2020)
    others = [
        decision("samotne-zero", "zmienna", "0201", 2020),
        decision("skok-wartosci", "inna", "0201", 2020),
        decision("skok-wartosci", "zmienna", "0202", 2020),
        decision("skok-wartosci", "zmienna", "0201", 2021),
    ]
    assert [one.state for one in stated([JUMP], others)] == ["open"]
    (one,) = stated([JUMP], [*others, right])
    assert (one.state, one.decision) == ("explained", right)


def test_a_finding_about_a_file_is_known_by_its_source():
    (one,) = stated([FILE], [decision("brak-pliku", "spis", state="wrong_rule")])
    assert one.state == "wrong_rule"


def test_a_decision_whose_finding_is_gone_is_a_finding():
    gone = decision("samotne-zero", "zmienna", "0201", 2020)
    (one,) = undecided([JUMP, FILE], [gone, decision("brak-pliku", "spis")])
    assert (one.code, one.severity, one.unit) == ("decyzja-bez-uwagi", "info", "0201")
    assert "samotne-zero" in one.message


def test_what_a_correction_mended_is_gone_because_of_it():
    assert undecided([], [decision("samotne-zero", "zmienna", "0201", 2020, "corrected")]) == []


@given(st.text(max_size=5), st.integers(0, 9))
def test_the_id_of_a_finding_does_not_depend_on_its_words(message: str, row: int):
    again = finding(
        "skok-wartosci", "x", "y", message, row=row, unit="0201", year=2020, variable="zmienna"
    )
    assert again.id == JUMP.id
    assert len(JUMP.id) == 10
    assert again.id != finding("skok-wartosci", "x", "y", "", unit="0201", year=2020).id
