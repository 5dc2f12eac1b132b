"""Indicators and measures for tests of words and charts, made with what matters in each."""

from typing import Any

from smup.catalogue import Indicator, Measure

_WORDS = {"pl": "tekst próbny", "en": "sample text"}


def indicator(**other: Any) -> Indicator:
    """A complete contextual indicator; ``other`` replaces any of its fields."""
    fields: dict[str, Any] = {
        "id": "probny",
        "area": "kontekst",
        "name": {"pl": "Wskaźnik próbny", "en": "Sample indicator"},
        "question": _WORDS,
        "role": "contextual",
        "unit": "promil",
        "decimals": 1,
        "better": "neither",
        "scope": "territory",
        "cities": "both",
        "kinds": ["gmina"],
        "formula": "a / b",
        "aggregate": "ratio_of_sums",
        "change": "absolute",
        "what_it_shows": _WORDS,
        "limitations": _WORDS,
        "example": {"given": {"a": 1, "b": 2}, "gives": 0.5},
        "steward": {"owner": "x", "reviewed": "2026-01-01", "review_by": "2027-01-01"},
        "status": "published",
    }
    return Indicator.model_validate(fields | other)


def measure(symbol: str = "‰", per: str | None = None) -> Measure:
    fields: dict[str, Any] = {
        "id": "m",
        "name": _WORDS,
        "symbol": {"pl": symbol, "en": symbol},
        "dimension": {},
    }
    # A symbol may be a single character: texts of the catalogue ask for more elsewhere.
    if per:
        fields["per"] = {"pl": per, "en": per}
    return Measure.model_validate(fields)
