"""A contract as a process of its own on a free port.

An application is a class with ``answer(question) -> Reply`` and attributes that ``change`` may set
while it runs. ``Serving("tests.contract.bdl:Bdl", {...})`` starts one; ``asked`` counts questions.
"""

import http.client
import importlib
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from tests.contract import clock

ROOT = Path(__file__).resolve().parents[2]
CONTROL = "/-/"


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    params: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    def one(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.params if key == name), default)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.params if key == name]


@dataclass(frozen=True)
class Reply:
    """``cut``: how many bytes of the body are sent before the connection breaks; ``drop``: no
    answer at all, the connection closes; ``slow`` seconds between the halves of the body."""

    status: int = 200
    body: bytes = b""
    media: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    drop: bool = False
    slow: float = 0.0


class Application(Protocol):
    def answer(self, question: Question) -> Reply: ...


def as_json(value: object, status: int = 200, **headers: str) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Reply(status, body, headers={k.replace("_", "-"): v for k, v in headers.items()})


class Quota:
    """429 with Retry-After when any window is full; time is that of the clock in ``folder``."""

    def __init__(self, limits: Mapping[int, int], folder: Path | None) -> None:
        self._limits, self._folder = dict(limits), folder
        self._sent: list[float] = []
        self.refused = 0

    def refusal(self) -> Reply | None:
        """Count a question; the refusal, when it is one too many (then it is not counted)."""
        now = time.time() if self._folder is None else clock.read(self._folder)
        waits = [
            self._sent[-limit] + seconds - now
            for seconds, limit in self._limits.items()
            if len(self._sent) >= limit and self._sent[-limit] > now - seconds
        ]
        if not waits:
            self._sent.append(now)
            return None
        self.refused += 1
        told = {"errorResult": "Too many requests", "errorReason": "quota"}
        return as_json(told, 429, Retry_After=str(int(max(waits)) + 1))


class Serving:
    """The application ``place`` ("module:Class") with ``settings``, as a context."""

    def __init__(self, place: str, settings: Mapping[str, Any] | None = None) -> None:
        self._place, self._settings = place, dict(settings or {})
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Serving":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it, on the port it had before if it ran before (its memory is new)."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.contract.serving"),
                *(self._place, json.dumps(self._settings), str(self.port)),
            ],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    def change(self, **settings: Any) -> None:
        """Set attributes of the running application."""
        self._control("POST", "change", json.dumps(settings))

    def asked(self) -> Counter[str]:
        """How often each question ("GET /path?query") was answered with 200 or 204/304/404."""
        return Counter(json.loads(self._control("GET", "asked")))

    def read(self, name: str) -> Any:
        """An attribute of the running application (JSON)."""
        return json.loads(self._control("GET", f"read/{name}"))

    def _control(self, method: str, what: str, body: str = "") -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, CONTROL + what, body)
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, text
            return text
        finally:
            connection.close()


def _handler(application: Application) -> type[BaseHTTPRequestHandler]:
    answered: Counter[str] = Counter()
    alone = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path.startswith(CONTROL):
                self._send(self._controlled(body))
                return
            parts = urlsplit(self.path)
            question = Question(
                self.command,
                parts.path,
                tuple(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                body,
            )
            with alone:
                reply = application.answer(question)
                whole = reply.cut is None and not reply.drop
                if whole and reply.status in (200, 204, 304, 404):
                    answered[f"{self.command} {self.path}"] += 1
            self._send(reply)

        def _controlled(self, body: bytes) -> Reply:
            what = self.path.removeprefix(CONTROL)
            with alone:
                if what == "change":
                    for name, value in json.loads(body).items():
                        assert hasattr(application, name), name
                        setattr(application, name, value)
                    return as_json({})
                if what == "asked":
                    return as_json(answered)
                return as_json(getattr(application, what.removeprefix("read/")))

        def _send(self, reply: Reply) -> None:
            if reply.drop:
                self.close_connection = True
                return
            self.send_response(reply.status)
            if reply.status not in (204, 304):
                self.send_header("Content-Type", reply.media)
                self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.status in (204, 304):
                return
            body = reply.body if reply.cut is None else reply.body[: reply.cut]
            if reply.slow:
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                time.sleep(reply.slow)
                body = body[len(body) // 2 :]
            self.wfile.write(body)
            if reply.cut is not None:
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Quiet: what was asked is counted."""

    return Handler


def main(place: str, settings: str, port: str) -> None:
    module, _, name = place.partition(":")
    application = getattr(importlib.import_module(module), name)(**json.loads(settings))
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), _handler(application))
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
