"""The table that says how uncertainty is shown: read whole, refused with reasons, optional."""

from pathlib import Path

import pytest

from smup.catalogue import Catalogue, CatalogueErrors, load_catalogue
from smup.catalogue.methods import Uncertainty
from tests.helpers.small_catalogue import write

SOUND = """level: 0.9
funnel_levels: [0.9, 0.99]
winsorised: 0.05
minimum_denominator: {binomial: 25, poisson: 30}
"""


def test_the_table_is_read(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "uncertainty.yaml").write_text(SOUND, "utf-8")
    found = load_catalogue(root).uncertainty
    assert (found.level, found.funnel_levels, found.winsorised) == (0.9, (0.9, 0.99), 0.05)
    assert found.minimum_denominator == {"binomial": 25, "poisson": 30}


def test_a_catalogue_may_do_without(tmp_path: Path) -> None:
    assert load_catalogue(write(tmp_path)).uncertainty == Uncertainty()


def test_the_shipped_table_holds_the_usual_limits(catalogue: Catalogue) -> None:
    """Spiegelhalter's 95 and 99.8 %, ten per cent winsorised."""
    shipped = catalogue.uncertainty
    assert (shipped.level, shipped.funnel_levels, shipped.winsorised) == (0.95, (0.95, 0.998), 0.1)
    assert "uncertainty/uncertainty" in catalogue.places


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("level: 0.9\n", "level: 95\n", "level"),
        ("[0.9, 0.99]", "[0.99, 0.9]", "granice lejka"),
        ("winsorised: 0.05", "winsorised: 0.5", "winsorised"),
        ("{binomial: 25, poisson: 30}", "{binomial: 25}", "klucze binomial i poisson"),
        ("poisson: 30", "poisson: -1", "nie może być ujemny"),
        ("winsorised", "winsorized", "nieznany klucz"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    root = write(tmp_path)
    (root / "uncertainty.yaml").write_text(SOUND.replace(old, new), "utf-8")
    with pytest.raises(CatalogueErrors, match=message) as caught:
        load_catalogue(root)
    assert "uncertainty.yaml" in str(caught.value)
