"""How allauth meets this portal: no sign-up, mail through our outbox, clients as we count them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from smup.web.accounts import letters
from smup.web.config.client_address import client_address, one_client


class AccountAdapter(DefaultAccountAdapter):
    """Hooks of allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network counted as one client; a client that cannot be known is one of its own."""
        return one_client(client_address(request.META)) or "0.0.0.0"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only notices come this way: links to set a password are ours (``start``)."""
        letters.notice(self.request, template_prefix, email)
