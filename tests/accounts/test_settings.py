"""Settings of the login: a provider of OpenID Connect, second factors sealed, cookies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEEN = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test.client import Client
page = Client(SERVER_NAME="localhost").get("/konto/logowanie")
print(page.headers["Content-Security-Policy"])
print(page.content.decode())
print(Client(SERVER_NAME="localhost").get("/konto/zewnetrzne/zalozenie").status_code)
"""


def test_a_provider_is_offered_where_the_settings_name_one(tmp_path: Path, root: Path) -> None:
    environ = os.environ | {
        "SMUP_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "smup.web.config.settings",
        "SMUP_OIDC_URL": "https://login.example.org/.well-known/openid-configuration",
        "SMUP_OIDC_CLIENT": "smup",
        "SMUP_OIDC_SECRET": "tajne",
        "SMUP_OIDC_NAME": "Urząd Przykładowy",
        "SMUP_DEBUG": "1",  # static files are not collected here
    }
    found = subprocess.run(
        [sys.executable, "-c", SEEN], env=environ, cwd=root, capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr[-2000:]
    assert "form-action 'self' https://login.example.org;" in found.stdout
    assert "Urząd Przykładowy" in found.stdout
    assert '/konto/zewnetrzne/oidc/login/"' in found.stdout


@pytest.mark.parametrize(
    "given",
    [
        {"SMUP_OIDC_URL": "https://x.example.org"},
        {"SMUP_OIDC_URL": "http://x.example.org", "SMUP_OIDC_CLIENT": "a", "SMUP_OIDC_SECRET": "b"},
    ],
)
def test_half_a_provider_is_refused(given: dict[str, str]) -> None:
    from smup.web.config.oidc import oidc

    with pytest.raises(ValueError, match="SMUP_OIDC"):
        oidc(given)


def test_without_a_provider_there_is_none() -> None:
    from smup.web.config.oidc import oidc

    assert oidc({}) is None


def test_secrets_of_second_factors_are_sealed(settings_of: None) -> None:
    from allauth.mfa.adapter import get_adapter

    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert get_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
