"""Whose a unit is unless a person decides otherwise (rule 2)."""

from smup.territory import Kind
from smup.training.rules.settings import EditionSettings


def organiser_for(kind: Kind, settings: EditionSettings) -> str:
    """Id of the organiser. Every kind that may take part has one.

    Raises ValueError for a kind that may not (a województwo, the country).
    """
    for name, organiser in settings.organisers.items():
        if kind in organiser.kinds:
            return name
    raise ValueError(f"units of the kind {kind} take no part")
