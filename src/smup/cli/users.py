"""People who may sign in."""

import click

from smup.cli.context import as_json, print_json


@click.group()
def user() -> None:
    """Osoby, które mogą się zalogować.

    \b
    Przykład: smup user add anna@example.org --role admin
    """


@user.command()
@click.argument("email", metavar="E-MAIL")
@click.option("--role", required=True, help="admin, coordinator, organiser, trainer, auditor.")
@click.option("--organisation", help="Organizacja, np. ZMP; bez niej rola dotyczy wszystkich.")
@as_json
def add(email: str, role: str, organisation: str | None, json_: bool) -> None:
    """Załóż konto albo dodaj rolę i wypisz jednorazowy odnośnik do hasła, ważny 24 godziny.

    \b
    Przykład: smup user add anna@example.org --role admin
              smup user add jan@example.org --role organiser --organisation ZMP --json
    """
    from datetime import timedelta

    from django.utils import timezone

    from smup.web.config.server import migrate

    migrate()
    from django.conf import settings

    from smup.accounts.actor import SYSTEM
    from smup.accounts.people import START_HOURS, invite
    from smup.web.accounts.letters import start_address

    who, token = invite(email, role, organisation, SYSTEM)
    link = start_address(settings.SMUP_ADDRESS or "http://localhost:8000", "pl", token)
    until = timezone.localtime(timezone.now() + timedelta(hours=START_HOURS))
    if json_:
        print_json(
            {
                "email": who.email,
                "role": role,
                "organisation": organisation and organisation.lower(),
                "link": link,
                "valid_until": until.isoformat(timespec="seconds"),
            }
        )
        return
    click.echo(f"Konto {who.email}, rola {role}. Odnośnik działa raz, do {until:%Y-%m-%d %H:%M}:")
    click.echo(link)
