"""The worked example of the methodology, reckoned by hand."""

from smup.describe.borders import border_numbers


def test_the_example_of_other_borders() -> None:
    """40 000 less 30 % is 28 000; the 12 000 are with 20 000 others; nobody is lost."""
    plain = {
        k: str(v).replace("\xa0", "").replace("\u202f", "") for k, v in border_numbers("pl").items()
    }
    assert plain["border_a_then"].replace(" ", "") == "28000"
    assert plain["border_c_then"].replace(" ", "") == "32000"
    assert plain["border_all"].replace(" ", "") == "60000"
    assert plain["border_share"] == "30"
