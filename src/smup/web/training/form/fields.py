"""The fields of the form: their names in a page, what was typed in them, and the form of the rules.

A draft keeps what was typed as it was typed, by the names below; the form is made from it.
"""

import re
from collections.abc import Iterable, Mapping

from smup.training.rules.form import MOST_PARTICIPANTS, Form
from smup.training.rules.kinds import Participant
from smup.training.rules.queues import Kind

Typed = Mapping[str, str]

UNIT, PICKED = "jst", "jst-wybor"  # what was typed, and which of several units of such a name
ACCEPTS, DECLARES = "akceptuje", "oswiadcza"
HEADCOUNT = "zatrudnienie"
# Field of ``rules.form.Form`` -> name in the page.
NAMES = {
    "unit": UNIT,
    "nip": "nip",
    "office_name": "urzad",
    "office_address": "adres",
    "headcount": HEADCOUNT,
    "contact_name": "kontakt_imie_nazwisko",
    "contact_phone": "kontakt_telefon",
    "contact_email": "kontakt_email",
    "declares_employees": DECLARES,
    "accepts_rules": ACCEPTS,
}
SEX = "plec"
PERSON = {"name": "imie", "surname": "nazwisko", "sex": SEX, "kind": "rodzaj", "area": "obszar"}
KINDS = {"online": Kind.ONLINE, "stacjonarne": Kind.IN_PERSON}
MOST_KEPT = 2_000  # characters of one field of a draft; no field may be so long when it is sent

_PERSON = re.compile(rf"uczestnik-([1-9]\d?)-({'|'.join(PERSON.values())})")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def typed_in(sent: Mapping[str, str]) -> dict[str, str]:
    """What of a request belongs to the form, by name, whole."""
    known = {*NAMES.values(), PICKED}
    return {
        name: str(value) for name, value in sent.items() if name in known or _is_of_a_person(name)
    }


def to_keep(typed: Typed) -> dict[str, str]:
    """The same for a draft: nothing in it is longer than anybody types."""
    return {name: value[:MOST_KEPT] for name, value in typed.items() if value}


def person_field(number: int, field: str) -> str:
    """``field`` of ``Participant``; people are numbered from 1."""
    return f"uczestnik-{number}-{PERSON[field]}"


def people_typed(typed: Typed) -> int:
    """The number of the last person of whom anything was typed."""
    found = (_PERSON.fullmatch(name) for name, value in typed.items() if value.strip())
    return max((int(one[1]) for one in found if one), default=0)


def form_of(typed: Typed, unit: str) -> Form:
    """The form as the rules see it; ``unit`` is the code of the unit that was meant."""
    return Form(
        unit=unit,
        nip=_text(typed, "nip"),
        office_name=_text(typed, "office_name"),
        office_address=_text(typed, "office_address"),
        headcount=headcount_of(typed),
        contact_name=_text(typed, "contact_name"),
        contact_phone=_text(typed, "contact_phone"),
        contact_email=_text(typed, "contact_email"),
        participants=people_of(typed),
        accepts_rules=bool(typed.get(ACCEPTS)),
        declares_employees=bool(typed.get(DECLARES)),
    )


def people_of(typed: Typed) -> tuple[Participant, ...]:
    """Everybody of whom anything was typed, and who stands before them."""
    return tuple(person_of(typed, n) for n in range(1, people_typed(typed) + 1))


def person_of(typed: Typed, number: int) -> Participant:
    """The person of this number, from 1."""

    def text(field: str) -> str:
        return _trimmed(typed.get(person_field(number, field), ""))

    kind = KINDS.get(text("kind"))
    return Participant(text("name"), text("surname"), kind, text("area"), text("sex"))


def headcount_of(typed: Typed) -> int | None:
    """A whole number; spaces between digits do no harm. None for anything else."""
    digits = _SPACES.sub("", typed.get(HEADCOUNT, ""))
    return int(digits) if _NUMBER.fullmatch(digits) else None


def without_person(typed: Typed, number: int) -> dict[str, str]:
    """The same without this person; those after it move up."""
    left = [n for n in range(1, people_typed(typed) + 1) if n != number]
    others = {name: value for name, value in typed.items() if not _PERSON.fullmatch(name)}
    return others | {
        person_field(place, field): typed.get(person_field(n, field), "")
        for place, n in enumerate(left, start=1)
        for field in PERSON
    }


def page_name(field: str) -> str:
    """Where on a page a refusal of ``field`` belongs: the name of a control, or "" for what is said
    of the form or of all people together."""
    if field.startswith("participants."):
        _, index, part = field.split(".")
        return person_field(int(index) + 1, part)
    return NAMES.get(field, "")


def names_of(fields: Iterable[str]) -> set[str]:
    return {NAMES[field] for field in fields}


def _is_of_a_person(name: str) -> bool:
    found = _PERSON.fullmatch(name)
    return found is not None and int(found[1]) <= MOST_PARTICIPANTS + 1


def _text(typed: Typed, field: str) -> str:
    return _trimmed(typed.get(NAMES[field], ""))


def _trimmed(text: str) -> str:
    """Without what cannot be seen at its ends and without signs that end a line."""
    return _SPACES.sub(" ", text.replace("\0", "")).strip()
