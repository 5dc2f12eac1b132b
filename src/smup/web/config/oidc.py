"""Signing in through a provider of OpenID Connect, described by the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PROVIDER = "oidc"  # in addresses: /konto/zewnetrzne/oidc/login/callback/ is to be registered there


@dataclass(frozen=True)
class Oidc:
    """``url`` is where the provider describes itself; ``name`` stands on the button."""

    url: str
    client: str
    secret: str
    name: str

    @property
    def apps(self) -> list[str]:
        return ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]

    @property
    def origin(self) -> str:
        """Scheme and host to which the form of the login may lead."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def providers(self) -> dict[str, Any]:
        """What allauth wants to know."""
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}


def oidc(environ: Mapping[str, str]) -> Oidc | None:
    """The provider of ``SMUP_OIDC_URL``, ``_CLIENT``, ``_SECRET`` and ``_NAME``; None without a
    URL. Raises ValueError when only a part is given or the URL is no https."""
    url = environ.get("SMUP_OIDC_URL", "")
    if not url:
        return None
    client, secret = environ.get("SMUP_OIDC_CLIENT", ""), environ.get("SMUP_OIDC_SECRET", "")
    if not client or not secret:
        raise ValueError("SMUP_OIDC_URL: podaj też SMUP_OIDC_CLIENT i SMUP_OIDC_SECRET.")
    if urlsplit(url).scheme != "https" or not urlsplit(url).netloc:
        raise ValueError("SMUP_OIDC_URL: podaj adres https://…")
    return Oidc(url, client, secret, environ.get("SMUP_OIDC_NAME", "OpenID Connect"))
