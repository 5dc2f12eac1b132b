"""The text on secrecy says what the code does, with an example that is true."""

import numpy as np
import pytest

from smup.catalogue import Catalogue
from smup.compute.secrecy_levels import Hiding, open_totals
from smup.describe import Speaker, method_page
from smup.describe.secrecy import FIVE, secrecy_numbers
from smup.documents import Section
from smup.documents.blocks import lines_of, plain
from smup.language import Lang
from smup.panel.grouping import Grouping


def is_told(counts: tuple[int, ...], limit: int = 3) -> bool:
    """Would a województwo of gminas with these counts, alone in its country, tell their sum?"""
    values = np.array([[*counts, sum(counts), sum(counts)]], float)
    hiding = Hiding.nothing(values.shape)
    units = [str(at) for at in range(len(counts))]
    columns = {code: at for at, code in enumerate((*units, "region", "country"))}
    steps = [Grouping.of({row: units}, columns) for row in ("region", "country")]
    members = np.arange(values.shape[1]) < len(counts)
    hiding.hide(members & (values > 0) & (values < limit), 1.0, limit - 1.0)
    return bool(open_totals(hiding, values, steps)[0, columns["region"]])


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_limits_are_those_of_the_rules(catalogue: Catalogue, lang: Lang) -> None:
    blocks = method_page(Speaker(catalogue, lang)).blocks
    (shown,) = (b for b in blocks if isinstance(b, Section) and b.id == "tajemnica")
    text = "\n".join(plain(line) for line in lines_of(shown.blocks))
    fewer = {"pl": "mniej niż", "en": "fewer than"}[lang]
    for rule in catalogue.secrecy.values():
        assert f"{getattr(rule.name, lang)}: {fewer} {rule.below}" in text


def test_the_worked_example(catalogue: Catalogue) -> None:
    numbers = secrecy_numbers(catalogue, "pl")
    assert (numbers["secret_whole"], numbers["secret_known"], numbers["secret_rest"]) == (23, 19, 4)
    assert numbers["secret_count"] == 3
    assert is_told(FIVE)
    assert not is_told((1, 1, 1, 12, 7))
    assert not is_told((2, 2, 2, 12, 7))
    assert not is_told((1, 2, 12, 7))
    assert is_told((12, 7, 0))


def test_a_catalogue_without_rules_has_a_text(catalogue: Catalogue) -> None:
    bare = catalogue.model_copy(update={"secrecy": {}})
    assert secrecy_numbers(bare, "en")["secret_rules"] == "–"
