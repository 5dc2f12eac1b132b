"""Kinds of training, areas and queues in words."""

from functools import cache

import yaml
from django.conf import settings

from smup.language import Lang
from smup.training.rules.queues import Kind, QueueKey
from smup.training.rules.words import Words

_KINDS = {
    Kind.ONLINE: Words(pl="online", en="online"),
    Kind.IN_PERSON: Words(pl="stacjonarnie", en="in person"),
}


def kind_name(kind: str, lang: Lang) -> str:
    """ "stacjonarnie". Raises ValueError for no kind."""
    return _KINDS[Kind(kind)].of(lang)


def queue_name(queue: QueueKey, lang: Lang) -> str:
    """ "online" or "stacjonarnie, Edukacja"."""
    kind = kind_name(queue.kind, lang)
    return kind if queue.area is None else f"{kind}, {area_name(queue.area, lang)}"


def area_name(area: str, lang: Lang) -> str:
    """The name of an area of the catalogue. Raises KeyError."""
    return _areas()[area].of(lang)


@cache
def _areas() -> dict[str, Words]:
    """Names alone: reading all definitions of the catalogue would take seconds."""
    file = settings.SMUP_ROOT / "catalogue" / "areas.yaml"
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {area: Words.model_validate(said["name"]) for area, said in read.items()}
