"""The Django application: templates, those of the login included."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class AccountPagesConfig(AppConfig):
    """Registered by the settings of the portal."""

    name = "smup.web.accounts"
    label = "web_accounts"

    def ready(self) -> None:
        post_save.connect(_factor_saved, sender="mfa.Authenticator", dispatch_uid="factor-saved")


def _factor_saved(instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    """Record a new factor in the transaction that saves it: only its owner can add one."""
    from smup.accounts import actor, audit

    if created and not raw:
        owner = instance.user
        kind = {"factor": str(instance.type)}
        audit.record(
            actor.person(owner), "accounts.second_factor.added", f"person:{owner.pk}", after=kind
        )
