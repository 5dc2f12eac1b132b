"""What is said where a service, or this door, refuses: the place, the reason, what to do."""

from smup.fetch.errors import FetchError, Refused
from smup.fetch.providers import Access
from smup.fetch.request import Request

_KEY_REFUSED = (401, 403)


def place(request: Request, access: Access) -> str:
    """The service and the exact request, to begin a sentence with."""
    return f"{access.settings.name.pl}, {request.method} {request.address(access.base)}"


def refusal(request: Request, access: Access, status: int) -> FetchError:
    """The service says no with a status that another attempt would not change."""
    if status in _KEY_REFUSED:
        name = access.id.upper().replace("-", "_")
        return Refused(
            f"{place(request, access)}: usługa odmawia dostępu (kod {status}); sprawdź klucz "
            f"(SMUP_KEY_{name} albo plik keys/{access.id}).",
            status,
        )
    return Refused(f"{place(request, access)}: usługa odrzuca zapytanie (kod {status}).", status)


def unknown_user(request: Request, access: Access, status: int, reason: str) -> FetchError:
    """A refusal told in SOAP; its text is the service's own, so the key is taken out of it."""
    for secret in filter(None, (access.key or "").split(":", 1)):
        reason = reason.replace(secret, "…")
    return Refused(
        f"{place(request, access)}: usługa odmawia („{reason}”); sprawdź użytkownika i hasło "
        f"(SMUP_KEY_{access.id.upper()} albo plik keys/{access.id}, w postaci użytkownik:hasło).",
        status,
    )


def strange(request: Request, access: Access, origin: str) -> FetchError:
    """An address that is not of this service: a redirect, or a link in an answer."""
    return Refused(
        f"{place(request, access)}: adres {origin} nie należy do tej "
        "usługi (hosts w catalogue/providers.yaml), więc nie został otwarty.",
        0,
    )


def too_large(request: Request, access: Access, status: int) -> FetchError:
    return Refused(
        f"{place(request, access)}: odpowiedź ma ponad {access.settings.largest} bajtów; nie "
        "zapisano jej (granicę podaje largest w catalogue/providers.yaml).",
        status,
    )
