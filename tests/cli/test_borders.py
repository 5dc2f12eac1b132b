"""``smup values --territory`` and what ``smup unit`` says of successors, as a person meets them."""

from tests.cli.test_commands import Home, answer, smup


def test_values_on_todays_borders_say_how_they_were_made(built_home: Home) -> None:
    """In 2012 the powiat had 177 604 people, Wałbrzych among them; 33 % of them are outside it."""
    asked = ("values", "ludnosc", "--unit", "0221", "--year", "2012", "--territory", "current")
    assert answer(built_home, *asked) == [
        {
            "unit": "0221",
            "year": 2012,
            "value": 58_449.0,
            "status": "observed",
            "flags": ["estimated", "bridged"],
            "bridged": "apportioned",
            "share": {"0221": 0.3291},
        }
    ]
    assert "z podziału" in smup(built_home, *asked).stdout


def test_values_on_the_borders_of_a_year_are_summed(built_home: Home) -> None:
    asked = ("values", "ludnosc", "--unit", "0221", "--year", "2013", "--territory", "2005")
    (row,) = answer(built_home, *asked)
    assert (row["value"], row["bridged"], row["share"]) == (57_834 + 117_926, "summed", None)


def test_values_as_published_are_told_only_where_asked(built_home: Home) -> None:
    asked = ("values", "ludnosc", "--unit", "0221", "--year", "2012")
    (row,) = answer(built_home, *asked)
    assert "bridged" not in row
    (row,) = answer(built_home, *asked, "--territory", "published")
    assert (row["value"], row["bridged"]) == (177_604, "exact")


def test_an_indicator_that_waits_for_data_has_no_values_on_any_borders(built_home: Home) -> None:
    found = answer(built_home, "indicators")
    waiting = next(one["id"] for one in found if not one["years"])
    assert answer(built_home, "values", waiting, "--unit", "0221", "--territory", "current") == []


def test_unknown_borders_are_refused(built_home: Home) -> None:
    for wrong in (("--territory", "1800"), ("--territory", "current", "--prices", "2020")):
        done = smup(built_home, "values", "ludnosc", "--unit", "0221", *wrong)
        assert done.returncode == 2
        assert "granic" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_abolished_unit_names_its_successors(built_home: Home) -> None:
    found = answer(built_home, "unit", "320304")["successors"]
    assert [(one["unit"], one["share_area"]) for one in found] == [
        ("320302", 0.43),
        ("320306", 0.57),
    ]
    shown = smup(built_home, "unit", "320304").stdout
    assert "→ 320306 Złocieniec (2019-01-01)" in shown
    assert "57 % powierzchni" in shown
