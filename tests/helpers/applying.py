"""The registration form as somebody fills it in, step by step or all at once."""

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test.client import Client

FORM = "/szkolenia/zgloszenie"
NIP = "526-10-40-828"
KRAKOW = "1261"
# What is typed on each step for a unit that sends two people.
STEPS: dict[int, dict[str, str]] = {
    1: {"jst": KRAKOW, "nip": NIP},
    2: {"urzad": "Urząd Miasta", "adres": "ul. Polna 1, 00-001 Wzorowo", "zatrudnienie": "100"},
    3: {
        "kontakt_imie_nazwisko": "Maria Wzorowa",
        "kontakt_telefon": "22 555 00 00",
        "kontakt_email": "maria@example.org",
    },
    4: {},
    5: {"akceptuje": "tak", "oswiadcza": "tak"},
}


def people(*chosen: tuple[str, str], surname: str = "Przykładowa") -> dict[str, str]:
    """Fields of participants by kind (``online``, ``stacjonarne``) and area."""
    sent = {}
    for n, (kind, area) in enumerate(chosen, start=1):
        sent |= {
            f"uczestnik-{n}-imie": "Anna",
            f"uczestnik-{n}-nazwisko": f"{surname}{n}",
            f"uczestnik-{n}-rodzaj": kind,
            f"uczestnik-{n}-obszar": area,
        }
    return sent


STEPS[4] = people(("online", "edukacja"), ("online", "kultura-i-rekreacja"))
WHOLE = {name: value for step in STEPS.values() for name, value in step.items()}


@dataclass
class Filling:
    """One draft in one browser."""

    client: "Client"
    secret: str
    prefix: str = ""
    seen: list[Any] = field(default_factory=list)

    @classmethod
    def begin(cls, client: "Client", prefix: str = "") -> "Filling":
        answer = client.get(f"{prefix}{FORM}?nowe=1")
        assert answer.status_code == 200, answer.status_code
        return cls(client, value_of(answer, "szkic"), prefix)

    def post(self, **sent: str) -> Any:
        """Fields with hyphens are given as a dictionary to ``send``."""
        return self.send(sent)

    def send(self, sent: dict[str, str], **more: str) -> Any:
        answer = self.client.post(self.prefix + FORM, {"szkic": self.secret, **sent, **more})
        self.seen.append(answer)
        return answer

    def on(self, step: int, **other: str) -> Any:
        """Fill a step in, with ``other`` values where given, and go on."""
        return self.send({**STEPS[step], **other}, strona=str(step), krok="dalej")

    def fill(self, until: int = 4) -> None:
        for step in range(1, until + 1):
            answer = self.on(step)
            assert answer.status_code == 303, (step, troubles(answer))

    def finish(self, **other: str) -> Any:
        return self.send({**STEPS[5], **other}, strona="5", krok="wyslij")

    def at_once(self, **other: str) -> Any:
        """Everything in one question, as a program sends it."""
        return self.send({**WHOLE, **other}, krok="wyslij")


def value_of(answer: Any, name: str) -> str:
    """The value a field of the page has."""
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', answer.content.decode())
    assert found is not None, name
    value = re.search(r'value="([^"]*)"', found[0])
    return html.unescape(value[1]) if value else ""


def troubles(answer: Any) -> dict[str, str]:
    """Control -> the sentence beside it."""
    found = re.findall(r'id="([\w-]+)-blad"[^>]*>([^<]*)<', answer.content.decode())
    return {name: html.unescape(sentence) for name, sentence in found}


def text(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())
