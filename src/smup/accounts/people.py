"""What is done to accounts: each action checks, writes and records in one transaction."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from smup.accounts import audit, links
from smup.accounts.actor import Actor, person
from smup.accounts.models import Membership, Organisation, Person, normalised
from smup.accounts.roles import ADMIN, table
from smup.language import Lang

START, START_HOURS = "accounts.start", 24  # the link of an invitation
RESET, RESET_HOURS = "accounts.reset", 2  # the link of a forgotten password
REFUSALS: dict[str, dict[Lang, str]] = {
    "email": {
        "pl": "To nie jest adres e-mail. Wpisz go w postaci nazwa@urzad.pl.",
        "en": "This is not an e-mail address. Write it as name@office.pl.",
    },
    "role": {
        "pl": "Nie ma takiej roli. Są: {known}.",
        "en": "There is no such role. There are: {known}.",
    },
    "organisation": {
        "pl": "Nie ma takiej organizacji. Są: {known}.",
        "en": "There is no such organisation. There are: {known}.",
    },
    "last_admin": {
        "pl": "To jedyny czynny administrator. Najpierw nadaj tę rolę innej osobie.",
        "en": "This is the only active administrator. Give the role to somebody else first.",
    },
    "yourself": {
        "pl": "Własnego konta nie można wyłączyć. Poproś innego administratora.",
        "en": "You cannot switch off your own account. Ask another administrator.",
    },
    "why": {"pl": "Podaj powód: zostanie w dzienniku.", "en": "Give a reason: it is recorded."},
    "inactive": {
        "pl": "To konto jest wyłączone. Najpierw je włącz.",
        "en": "This account is switched off. Switch it on first.",
    },
}


class Refused(ValueError):
    """An action that cannot be taken; ``key`` names the field or rule it is about."""

    def __init__(self, key: str, **fields: str) -> None:
        self.key, self.fields = key, fields
        super().__init__(self.sentence("pl"))

    def sentence(self, lang: Lang) -> str:
        return REFUSALS[self.key][lang].format(**self.fields)


def invite(
    email: str,
    role: str,
    organisation: str | None,
    actor: Actor,
    *,
    name: str = "",
    lang: Lang = "pl",
    now: datetime | None = None,
) -> tuple[Person, str]:
    """A person with a role, and the token of the link by which they set their password.

    Somebody who is there already gains the role; earlier links stop working. Raises Refused.
    """
    address = normalised(email)
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("email") from None
    with transaction.atomic():
        who = Person.objects.filter(email=address).first()
        if who is None:
            who = Person.objects.create_user(address, name=name.strip(), lang=lang)
            audit.record(actor, "accounts.person.invited", _about(who), after={"email": address})
        give_role(who, role, organisation, actor)
        return who, fresh_link(who, actor, now=now)


def fresh_link(who: Person, actor: Actor, *, now: datetime | None = None) -> str:
    """The token of a new link to set a password; earlier ones stop working. Raises Refused."""
    if not who.is_active:
        raise Refused("inactive")
    with transaction.atomic():
        links.withdraw(START, _about(who))
        audit.record(actor, "accounts.link.issued", _about(who))
        return links.issue(START, _about(who), START_HOURS, once=True, now=now)


def reset_link(email: str, *, now: datetime | None = None) -> tuple[Person, str] | None:
    """For somebody who forgot the password; None where no active account has that e-mail."""
    who = Person.objects.filter(email=normalised(email), is_active=True).first()
    if who is None:
        return None
    with transaction.atomic():
        links.withdraw(RESET, _about(who))
        return who, links.issue(RESET, _about(who), RESET_HOURS, once=True, now=now)


def of_link(token: str, now: datetime | None = None) -> tuple[Person, str]:
    """Whose link to set a password it is, and its purpose; it is not used up. Raises
    links.LinkRefused."""
    for purpose in (START, RESET):
        try:
            return _whose(links.peek(token, purpose, now)), purpose
        except links.LinkRefused:
            continue
    raise links.LinkRefused


def set_password(token: str, password: str, now: datetime | None = None) -> Person:
    """Use up a link: the password is set, the e-mail known to be theirs. Raises
    links.LinkRefused."""
    with transaction.atomic():
        who, purpose = of_link(token, now)
        links.redeem(token, purpose, now)
        who.set_password(password)
        who.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(
            user=who, email=who.email, defaults={"verified": True, "primary": True}
        )
        audit.record(person(who), "accounts.password.set", _about(who))
    return who


def give_role(who: Person, role: str, organisation: str | None, actor: Actor) -> None:
    """A role in an organisation (its id), or everywhere; given twice it counts once. Raises
    Refused."""
    if role not in table().roles:
        raise Refused("role", known=", ".join(table().roles))
    where = None if organisation is None else _organisation(organisation)
    with transaction.atomic():
        _, made = Membership.objects.get_or_create(person=who, role=role, organisation=where)
        if made:
            after = {"role": role, "organisation": where and where.pk}
            audit.record(actor, "accounts.role.given", _about(who), after=after)


def take_role(membership: Membership, actor: Actor, why: str) -> None:
    """End a role. Raises Refused without a reason, and for the last administrator."""
    _reason(why)
    with transaction.atomic():
        who = membership.person
        if membership.role == ADMIN:
            _keep_an_admin(who)
        before = {"role": membership.role, "organisation": membership.organisation_id}
        audit.record(actor, "accounts.role.taken", _about(who), before=before, why=why.strip())
        membership.delete()


def switch_off(who: Person, actor: Actor, why: str) -> None:
    """Nobody signs in with this account any more; open sessions end. Raises Refused."""
    _reason(why)
    if actor.kind == "person" and actor.id == who.pk:
        raise Refused("yourself")
    with transaction.atomic():
        _keep_an_admin(who)
        _set_active(who, False, "accounts.person.off", actor, why)
        links.withdraw(START, _about(who))
        links.withdraw(RESET, _about(who))


def switch_on(who: Person, actor: Actor, why: str) -> None:
    """The account works again. Raises Refused without a reason."""
    _reason(why)
    with transaction.atomic():
        _set_active(who, True, "accounts.person.on", actor, why)


def reset_second_factor(who: Person, actor: Actor, why: str) -> None:
    """For somebody who lost it; a new one is asked for at the next sign-in. Raises Refused."""
    _reason(why)
    with transaction.atomic():
        Authenticator.objects.filter(user=who).delete()
        audit.record(actor, "accounts.second_factor.reset", _about(who), why=why.strip())


def _set_active(who: Person, active: bool, what: str, actor: Actor, why: str) -> None:
    if who.is_active == active:
        return
    who.is_active = active
    who.save(update_fields=["is_active"])
    audit.record(
        actor,
        what,
        _about(who),
        before={"active": not active},
        after={"active": active},
        why=why.strip(),
    )


def _keep_an_admin(who: Person) -> None:
    """Locks the administrators, so that two cannot take the role from each other at once."""
    admins = Membership.objects.select_for_update().filter(role=ADMIN, person__is_active=True)
    held = set(admins.values_list("person_id", flat=True))
    if held == {who.pk}:
        raise Refused("last_admin")


def _organisation(name: str) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(pk=name.lower()).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("pk", flat=True)) or "–"
        raise Refused("organisation", known=known)
    return found


def _reason(why: str) -> None:
    if not why.strip():
        raise Refused("why")


def _about(who: Person) -> str:
    return f"person:{who.pk}"


def _whose(about: str) -> Person:
    """Raises links.LinkRefused where the account is gone or switched off."""
    who: Person | None = Person.objects.filter(
        pk=about.removeprefix("person:"), is_active=True
    ).first()
    if who is None:
        raise links.LinkRefused
    return who
