"""The edition of the rules of participation, and a form that keeps all of them."""

import pytest

from smup.training.rules.settings import EditionSettings, edition_text, parse


@pytest.fixture(scope="session")
def edition() -> EditionSettings:
    return parse(edition_text("2022-2023"))
