"""Two people, or one twice, at the same thing: the second decides on what the first left.

What was last recorded of it goes along in every form. It is compared under the lock of the edition,
in the transaction of the decision, so that nothing comes between.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TypeVar

from django.db.models import Max

from smup.accounts.models import Event

SEEN = "widziane"  # the hidden field
Thing = TypeVar("Thing")
Result = TypeVar("Result")


class Meanwhile(Exception):
    """The thing is no longer as it was seen."""


def seen_of(about: Iterable[str]) -> Mapping[str, str]:
    """Thing (``registration:12``) -> what a form about it carries: its last recorded event."""
    named = list(about)
    last = Event.objects.filter(about__in=named).values_list("about").annotate(Max("pk")).order_by()
    found = {about: str(event) for about, event in last}
    return {one: found.get(one, "0") for one in named}


def unchanged(
    held: AbstractContextManager[Thing],
    about: str,
    seen: str,
    do: Callable[[Thing], Result],
    *,
    under_lock: bool = True,
) -> Result:
    """Do it to the thing as ``held`` gives it under the lock, if nothing was recorded of it since
    it was seen. Raises Meanwhile.

    Without ``under_lock`` what ``do`` calls has to look at the status under a lock of its own.
    """
    with held as now:
        if seen != seen_of([about])[about]:
            raise Meanwhile
        if under_lock:
            return do(now)
    return do(now)


def last_event(about: str) -> Event | None:
    """What was last recorded of the thing itself."""
    found: Event | None = Event.objects.filter(about=about).order_by("-pk").first()
    return found
