"""Definitions of the catalogue with everything filled in that a test does not care about."""

from datetime import date
from typing import Any

from smup.catalogue import Area, Catalogue, Group, Indicator, Text, Variable

TEXT = Text(pl="Opis na potrzeby testów.", en="A text for the tests.")


def an_indicator(name: str, formula: str, **changes: Any) -> Indicator:
    """A published ratio of gminas and cities, one decimal, unless ``changes`` say otherwise."""
    settings: dict[str, Any] = {
        "id": name,
        "area": "kontekst",
        "name": TEXT,
        "question": TEXT,
        "role": "contextual",
        "unit": "procent",
        "decimals": 1,
        "better": "higher",
        "scope": "territory",
        "cities": "both",
        "kinds": ("gmina", "miasto-na-prawach-powiatu", "powiat"),
        "formula": formula,
        "aggregate": "ratio_of_sums",
        "change": "absolute",
        "what_it_shows": TEXT,
        "limitations": TEXT,
        "example": {"given": {}, "gives": 0},
        "steward": {
            "owner": "zespół",
            "reviewed": date(2026, 11, 22),
            "review_by": date(2028, 11, 22),
        },
        "status": "published",
    }
    return Indicator.model_validate(settings | changes)


def a_group(name: str, *kinds: str, low: int | None = None, below: int | None = None) -> Group:
    return Group(id=name, name=TEXT, kinds=kinds, population_from=low, population_below=below)


def a_catalogue(*indicators: Indicator, groups: tuple[Group, ...] = ()) -> Catalogue:
    area = Area(id="kontekst", number=None, name=TEXT, summary=TEXT)
    variables: dict[str, Variable] = {}
    return Catalogue(
        areas={area.id: area},
        services={},
        measures={},
        variables=variables,
        indicators={i.id: i for i in indicators},
        groups={g.id: g for g in groups},
        sources={},
        digest="0" * 64,
    )
