"""Forms and stages that keep every rule, to break one at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from smup.territory import Kind as UnitKind
from smup.training.rules.form import Form, UnitFacts, check
from smup.training.rules.headcount import Consent
from smup.training.rules.kinds import Kind, Participant
from smup.training.rules.queues import QueueKey
from smup.training.rules.refusal import Refusal
from smup.training.rules.settings import EditionSettings
from smup.training.rules.stages import StageRules

AREAS = ("edukacja", "kultura-i-rekreacja", "ochrona-srodowiska")
ONLINE = QueueKey(Kind.ONLINE)
NOW = datetime(2022, 3, 10, 12, tzinfo=UTC)
LIPINKI = UnitFacts("120505", UnitKind.GMINA_WIEJSKA)


_STAGE = StageRules(
    number=1,
    announced=datetime(2022, 2, 15, 8, tzinfo=UTC),
    opens=datetime(2022, 3, 1, 8, tzinfo=UTC),
    closes=datetime(2022, 4, 15, 8, tzinfo=UTC),
    areas=AREAS,
    quarters=("2022-Q2",),
    kinds=(Kind.ONLINE, Kind.IN_PERSON),
    only_reserve=False,
    capacities={ONLINE: 100} | {QueueKey(Kind.IN_PERSON, area): 20 for area in AREAS},
)


def stage(**changes: Any) -> StageRules:
    return replace(_STAGE, **changes)


def people(*chosen: str) -> tuple[Participant, ...]:
    """``online:edukacja`` -> a person; the names are invented."""
    made = []
    for i, text in enumerate(chosen):
        kind, _, area = text.partition(":")
        made.append(Participant(f"Imię{i}", f"Nazwisko{i}", Kind(kind) if kind else None, area))
    return tuple(made)


_FORM = Form(
    unit="120505",
    nip="526-10-40-828",
    office_name="Urząd Gminy w Lipinkach",
    office_address="Lipinki 53\n38-305 Lipinki",
    headcount=40,
    contact_name="Anna Przykładowa",
    contact_phone="18 447 70 00 wew. 12",
    contact_email="gmina@lipinki.example",
    participants=people("online:edukacja"),
    accepts_rules=True,
    declares_employees=True,
)


def form(**changes: Any) -> Form:
    return replace(_FORM, **changes)


def broken(
    sent: Form,
    edition: EditionSettings,
    *,
    at: StageRules | None = None,
    unit: UnitFacts | None = LIPINKI,
    already: bool = False,
    on_pilot_list: bool = False,
    nip_of_another: bool = False,
    now: datetime = NOW,
    consent: Consent | None = None,
    no_stage: bool = False,
) -> tuple[Refusal, ...]:
    """What ``check`` finds wrong, an open stage being meant unless said otherwise."""
    return check(
        sent,
        edition,
        None if no_stage else at or stage(),
        unit=unit,
        already=already,
        on_pilot_list=on_pilot_list,
        nip_of_another=nip_of_another,
        now=now,
        consent=consent,
    )


def told(refusals: Sequence[Refusal]) -> list[tuple[int, str, str]]:
    """Rule, key and field of each; that it can be said in both languages is seen on the way."""
    for one in refusals:
        assert "{" not in one.sentence("pl") + one.sentence("en")
    return [(one.rule, one.key, one.field) for one in refusals]
