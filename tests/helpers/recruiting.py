"""An edition with one stage, and units that send forms: the least that recruitment needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from smup.language.dates import ZONE

if TYPE_CHECKING:
    from smup.training.models import Edition, Registration, Stage
    from smup.training.rules.form import Form

OPENING = datetime(2022, 1, 10, 9, tzinfo=ZONE)
AREAS = ("edukacja", "kultura-i-rekreacja")
PLACES = {("online", ""): 6, ("in_person", "edukacja"): 2, ("in_person", "kultura-i-rekreacja"): 2}


def edition(*, slug: str = "2022-2023", keeps_turn: bool = True) -> "Edition":
    """The edition of 2022-2023 with both organisers."""
    from smup.accounts.models import Organisation
    from smup.training.models import Edition
    from smup.training.rules.settings import edition_text, parse

    text = edition_text("2022-2023")
    for name, organiser in parse(text).organisers.items():
        Organisation.objects.get_or_create(
            id=name, defaults={"name": organiser.name, "short": organiser.short}
        )
    turn = "true" if keeps_turn else "false"
    text = text.replace("keeps_turn: true", f"keeps_turn: {turn}")
    made: Edition = Edition.objects.create(slug=slug, settings=text, state="published")
    return made


def asking_sex(of: "Edition") -> "Edition":
    """The same edition, one whose project has to report the sex of participants."""
    of.settings = of.settings.replace("ask_sex: false", "ask_sex: true")
    of.save(update_fields=("settings",))
    return of


def stage(
    of: "Edition",
    number: int = 1,
    places: Mapping[tuple[str, str], int] = PLACES,
    opens: datetime = OPENING,
    days: int = 31,
    **more: object,
) -> "Stage":
    """An announced stage that is open from ``opens``."""
    from smup.training.models import Capacity, Stage

    made: Stage = Stage.objects.create(
        edition=of,
        number=number,
        state="announced",
        announced_at=opens - timedelta(days=14),
        opens=opens,
        closes=opens + timedelta(days=days),
        quarters=["2022-Q1"],
        areas=list(AREAS),
        **more,
    )
    Capacity.objects.bulk_create(
        Capacity(stage=made, kind=kind, area=area, persons=persons)
        for (kind, area), persons in places.items()
    )
    return made


def gminas(how_many: int) -> list[str]:
    """Codes of gminas that exist, always the same."""
    from smup.territory import Kind
    from smup.training.register import register

    found = [unit.code for unit in register() if unit.kind is Kind.GMINA_WIEJSKA]
    step = len(found) // how_many
    return found[:: max(step, 1)][:how_many]


def nips() -> Iterator[str]:
    """Numbers with a right checksum, each once."""
    weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
    for number in range(100_000_001, 1_000_000_000):
        digits = [int(sign) for sign in str(number)]
        check = sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if check < 10:
            yield f"{number}{check}"


ONLINE, IN_PERSON = ("online", "edukacja"), ("in_person", "edukacja")
_HEADCOUNTS = {1: 40, 2: 100, 3: 200, 4: 400, 5: 700}


def form(
    unit: str, nip: str, people: Sequence[tuple[str, str]] = (ONLINE,), **more: object
) -> "Form":
    """A good form that sends ``people``, each by kind and area."""
    from smup.training.rules.form import Form
    from smup.training.rules.kinds import Participant
    from smup.training.rules.queues import Kind

    names = cycle(("Anna", "Jan", "Ewa", "Piotr", "Zofia"))
    given: dict[str, object] = {
        "unit": unit,
        "nip": nip,
        "office_name": f"Urząd {unit}",
        "office_address": "ul. Polna 1, 00-001 Wzorowo",
        "headcount": _HEADCOUNTS[len(people)],
        "contact_name": "Maria Wzorowa",
        "contact_phone": "22 555 00 00",
        "contact_email": f"u{unit}@example.org",
        "participants": tuple(
            Participant(next(names), f"Przykładowa{unit}", Kind(kind), area)
            for kind, area in people
        ),
        "accepts_rules": True,
        "declares_employees": True,
    }
    return Form(**(given | more))  # type: ignore[arg-type]


def send(
    to: "Edition",
    sent: "Form",
    now: datetime = OPENING + timedelta(hours=1),
) -> "Registration":
    """A form through a draft of its own, as a visitor sends it."""
    from smup.accounts.actor import VISITOR
    from smup.training.actions import drafting, submitting

    secret = drafting.begin(to, "pl", now)
    return submitting.submit(secret, sent, lang="pl", actor=VISITOR, now=now)
