"""Many units that send their forms at the same moment, over HTTP, to the real server.

Each comes from an address of its own, with a draft it filled in before. Whoever gets no answer asks
again with the same form, as a person does who presses the button once more.
"""

import asyncio
import re
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import islice
from urllib.parse import urlencode

from tests.helpers.recruiting import gminas, nips

FORM = "/szkolenia/zgloszenie"
LONGEST = 900.0  # seconds after which a rush has failed
_HIDDEN = re.compile(r'name="(szkic|csrfmiddlewaretoken)" value="([^"]+)"')
_AGAIN = 0.1  # seconds before asking a server that is not there once more


@dataclass
class Unit:
    """One unit: what it sends, and every answer to it."""

    code: str
    nip: str
    address: str
    people: int = 1
    cookie: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    seconds: float = 0.0  # of the answer that came
    broken: int = 0  # times it asked and got no answer

    @property
    def accepted(self) -> bool:
        return self.statuses[-1:] == [303]

    def body(self) -> str:
        """The whole form, as the last step sends it."""
        data = {
            **self.hidden,
            "krok": "wyslij",
            "jst": self.code,
            "nip": self.nip,
            "urzad": f"Urząd {self.code}",
            "adres": "ul. Polna 1, 00-001 Wzorowo",
            "zatrudnienie": {1: "40", 2: "100"}[self.people],
            "kontakt_imie_nazwisko": "Maria Wzorowa",
            "kontakt_telefon": "22 555 00 00",
            "kontakt_email": f"u{self.code}@example.org",
            "akceptuje": "1",
            "oswiadcza": "1",
        }
        for number in range(1, self.people + 1):
            start = f"uczestnik-{number}"
            data |= {
                f"{start}-imie": "Anna",
                f"{start}-nazwisko": f"Przykładowa {self.code}",
                f"{start}-rodzaj": "online",
                f"{start}-obszar": "edukacja",
            }
        return urlencode(data)


def units(how_many: int) -> list[Unit]:
    """Units of the register, each with a NIP and a network address."""
    return [
        Unit(code, nip, f"10.{n // 65536}.{n // 256 % 256}.{n % 256}")
        for n, (code, nip) in enumerate(
            zip(gminas(how_many), islice(nips(), how_many), strict=True)
        )
    ]


def prepare(port: int, asking: Sequence[Unit], at_once: int = 32) -> None:
    """Have every unit open the form; each then holds a draft."""
    _run(_all(asking, at_once, lambda unit: _open(port, unit)))


def send(
    port: int,
    asking: Sequence[Unit],
    at_once: int = 32,
    answered: Callable[[int], None] = lambda _: None,
) -> float:
    """Have every unit send its form until it is answered; how many seconds all took.

    ``answered`` is called after every answer with their number so far.
    """
    begun, count = time.perf_counter(), 0

    async def one(unit: Unit) -> None:
        nonlocal count
        await _send(port, unit)
        count += 1
        answered(count)

    _run(_all(asking, at_once, one))
    return time.perf_counter() - begun


def _run(work: Coroutine[object, object, None]) -> None:
    """To its end, in a thread of its own: a test in a browser leaves a loop running in ours."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _all(asking: Sequence[Unit], at_once: int, do: Callable[[Unit], object]) -> None:
    """``do`` for every unit in its order, ``at_once`` of them at a time."""
    waiting = iter(asking)

    async def worker() -> None:
        for unit in waiting:
            await do(unit)  # type: ignore[misc]

    async with asyncio.timeout(LONGEST):
        await asyncio.gather(*(worker() for _ in range(min(at_once, len(asking)))))


async def _open(port: int, unit: Unit) -> None:
    status, headers, body = await _ask(port, unit, "GET", f"{FORM}?nowe=1")
    assert status == 200, (status, body[:500])
    cookies = SimpleCookie()
    for line in headers:
        if line.lower().startswith("set-cookie:"):
            cookies.load(line.partition(":")[2].strip())
    unit.cookie = "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
    unit.hidden = dict(_HIDDEN.findall(body))
    assert set(unit.hidden) == {"szkic", "csrfmiddlewaretoken"}


async def _send(port: int, unit: Unit) -> None:
    while True:
        begun = time.perf_counter()
        try:
            status, _, _ = await _ask(port, unit, "POST", FORM, unit.body())
        except (OSError, EOFError, ValueError):  # refused, broken off, half an answer
            unit.broken += 1
            await asyncio.sleep(_AGAIN)
            continue
        unit.seconds = time.perf_counter() - begun
        unit.statuses.append(status)
        return


async def _ask(
    port: int, unit: Unit, method: str, path: str, body: str = ""
) -> tuple[int, list[str], str]:
    """Status, lines of the head and body of one answer. Raises OSError, EOFError, ValueError."""
    head = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"X-Forwarded-For: {unit.address}",
    ]
    if unit.cookie:
        head.append(f"Cookie: {unit.cookie}")
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        await writer.drain()
        top = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        told = (await reader.read()).decode(errors="replace")
    finally:
        writer.close()
    return int(top[0].split()[1]), top[1:], told
