"""What the rules say of a form that is still being filled in; sending it asks them again."""

from dataclasses import dataclass
from datetime import datetime

from smup.territory import Unit
from smup.training.actions.programme import meant, rules_of
from smup.training.models import Consent as GivenConsent
from smup.training.models import Edition, PilotUnit, Registration
from smup.training.rules.form import Form, UnitFacts, check
from smup.training.rules.headcount import Consent
from smup.training.rules.nip import check_nip
from smup.training.rules.refusal import Refusal
from smup.training.rules.stages import StageRules


@dataclass(frozen=True)
class Circumstances:
    """What beside the form itself decides whether it can be accepted."""

    stage: StageRules | None
    consent: Consent | None
    already: bool
    on_pilot_list: bool
    nip_of_another: bool


ALONE = Circumstances(None, None, False, False, False)  # for what nobody else has a part in


def circumstances(edition: Edition, form: Form, now: datetime) -> Circumstances:
    """As they are now; a few small questions to the database."""
    stage = meant(edition, now)
    given = GivenConsent.objects.filter(edition=edition, unit=form.unit).first()
    nip = check_nip(form.nip)
    same_nip = Registration.objects.filter(edition=edition, nip=nip).exclude(unit=form.unit)
    return Circumstances(
        stage=rules_of(stage) if stage else None,
        consent=Consent(given.persons, given.reason) if given else None,
        already=Registration.objects.filter(edition=edition, unit=form.unit).exists(),
        on_pilot_list=PilotUnit.objects.filter(edition=edition, unit=form.unit).exists(),
        nip_of_another=isinstance(nip, str) and same_nip.exists(),
    )


def checked(
    edition: Edition, form: Form, unit: Unit | None, now: datetime, around: Circumstances
) -> tuple[Refusal, ...]:
    """Every rule the form breaks as it stands."""
    return check(
        form,
        edition.rules,
        around.stage,
        unit=UnitFacts(unit.code, unit.kind) if unit else None,
        already=around.already,
        on_pilot_list=around.on_pilot_list,
        now=now,
        consent=around.consent,
        nip_of_another=around.nip_of_another,
    )
