"""The generated reference: complete, deterministic, readable."""

import re

from smup.catalogue import Catalogue
from smup.compute.describe import reference


def test_every_indicator_and_service_has_its_section(catalogue: Catalogue) -> None:
    pages = reference(catalogue)
    assert set(pages) == {"docs/reference/indicators.md", "docs/reference/services.md"}
    anchors = {
        path: re.findall(r'^### <a id="([^"]+)">', text, re.M) for path, text in pages.items()
    }
    assert anchors["docs/reference/indicators.md"] == list(catalogue.indicators)
    assert anchors["docs/reference/services.md"] == list(catalogue.services)


def test_the_same_catalogue_gives_the_same_text(catalogue: Catalogue) -> None:
    again = Catalogue.model_validate(catalogue.model_dump())
    assert reference(again) == reference(catalogue)


def test_every_link_has_a_target(catalogue: Catalogue) -> None:
    pages = reference(catalogue)
    indicators = pages["docs/reference/indicators.md"]
    targets = re.findall(r"\]\(#([^)]+)\)", indicators)
    targets += re.findall(r"\]\(indicators\.md#([^)]+)\)", pages["docs/reference/services.md"])
    assert set(targets) == set(catalogue.indicators)


def test_a_section_says_what_is_divided_by_what(catalogue: Catalogue) -> None:
    text = reference(catalogue)["docs/reference/indicators.md"]
    section = text.split('<a id="gestosc-zaludnienia">')[1].split("###")[0]
    assert "100 × „ludność” ÷ „powierzchnia w hektarach”" in section
    assert "`100 * ludnosc / powierzchnia_ha`" in section
    assert "100 × 36\u00a0795 ÷ 2\u00a0285 = 1\u00a0610,3 os./km²" in section
    assert (
        "miasta na prawach powiatu porównujemy: razem z gminami i – osobno – z powiatami" in section
    )
