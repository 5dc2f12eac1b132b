"""The page of a service: who is responsible, its indicators by dimension, what is missing."""

from smup.catalogue import Catalogue, Dimension
from smup.describe import Speaker, service_page, variable_page
from smup.documents import Facts
from smup.documents.blocks import lines_of, plain


def test_every_service_shows_four_dimensions_filled_or_explained(catalogue: Catalogue) -> None:
    speaker = Speaker(catalogue, "pl")
    for service in catalogue.services.values():
        page = service_page(speaker, service.id)
        (shown,) = (s for s in page.sections if s.id == "wskazniki")
        (facts,) = shown.blocks
        assert isinstance(facts, Facts)
        rows = {plain(name): [plain(line) for line in lines] for name, lines in facts.rows}
        for dimension in Dimension:
            lines = rows[speaker.say(f"dimension_{dimension}").capitalize()]
            own = [
                i.name.pl
                for i in catalogue.indicators.values()
                if i.service == service.id and i.dimension is dimension and i.is_shown
            ]
            if own:
                assert lines == own
            elif dimension in service.missing:
                assert lines == [service.missing[dimension].pl]
            else:
                assert len(lines) == 1
        text = "\n".join(plain(line) for line in lines_of(page.blocks))
        for told in (service.duty, service.legal_basis, service.delivery, service.comparing):
            assert told.pl in text


def test_a_variable_names_the_indicators_that_use_it(catalogue: Catalogue) -> None:
    page = variable_page(Speaker(catalogue, "pl"), "ludnosc")
    text = "\n".join(plain(line) for line in lines_of(page.blocks))
    assert catalogue.indicators["gestosc-zaludnienia"].name.pl in text
    assert "72305" in text
