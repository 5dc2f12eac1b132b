"""Judging a form: the rules beside what the database says of its unit; it writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from smup.territory import Unit
from smup.training.actions.consenting import consent_of
from smup.training.actions.programme import meant, rules_of
from smup.training.models import Edition, Registration, Stage
from smup.training.rules.form import Form, UnitFacts, check
from smup.training.rules.headcount import Consent
from smup.training.rules.nip import check_nip
from smup.training.rules.refusal import Refusal
from smup.training.rules.stages import StageRules


@dataclass(frozen=True)
class Circumstances:
    """What beside the form itself decides whether it can be accepted."""

    meant: Stage | None
    stage: StageRules | None  # the same stage as the rules know it
    consent: Consent | None
    already: bool
    on_pilot_list: bool
    nip_of_another: bool


# For what nobody else has a part in.
ALONE = Circumstances(None, None, None, False, False, False)


def alike(edition: Edition, form: Form, unit: Unit | None, key: str = "") -> list[Registration]:
    """Registrations of the same unit or tax number, or made of the draft of this ``key``."""
    same = Q(draft_key=key) | Q(unit=unit.code if unit else "") | Q(nip=digits(form.nip))
    return list(edition.registrations.filter(same).only("draft_key", "unit", "nip"))


def circumstances(
    edition: Edition,
    form: Form,
    unit: Unit | None,
    now: datetime,
    others: Collection[Registration],
) -> Circumstances:
    """As they are now, where ``others`` are the registrations ``alike``."""
    stage = meant(edition, now)
    code, nip = unit.code if unit else "", digits(form.nip)
    return Circumstances(
        meant=stage,
        stage=None if stage is None else rules_of(stage),
        consent=consent_of(edition, code),
        already=any(one.unit == code for one in others),
        on_pilot_list=edition.pilot_units.filter(unit=code).exists(),
        nip_of_another=any(one.unit != code and one.nip == nip for one in others),
    )


def judged(
    edition: Edition, form: Form, unit: Unit | None, now: datetime, around: Circumstances
) -> tuple[Refusal, ...]:
    """Every rule the form breaks as it stands."""
    return check(
        form,
        edition.rules,
        around.stage,
        unit=None if unit is None else UnitFacts(unit.code, unit.kind),
        already=around.already,
        on_pilot_list=around.on_pilot_list,
        now=now,
        consent=around.consent,
        nip_of_another=around.nip_of_another,
    )


def digits(nip: str) -> str:
    """The number as it is kept; "" for what is none, which nobody else has."""
    found = check_nip(nip)
    return "" if isinstance(found, Refusal) else found
