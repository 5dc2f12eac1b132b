"""Workers that are killed or told to end: every letter arrives once or is left to a person."""

import os
import random
import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.mailing.helpers import Mail, put, states
from tests.mailing.post_office import PostOffice
from tests.mailing.workers import Nursery, worker

LETTERS, KILLS = 60, 12
WAIT = 30.0  # seconds after which a test gives up


class Killer:
    """Kills a process at the n-th stage the mail server sees, just before the server answers."""

    def __init__(self, office: PostOffice) -> None:
        self.done = threading.Event()
        self._left, self._process, self._lock = 0, 0, threading.Lock()
        office.on_stage = self._see

    def aiming(self) -> threading.Lock:
        return self._lock

    def aim(self, process: int, stages: int) -> None:
        self.done.clear()
        self._process, self._left = process, stages

    def _see(self, stage: str) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(self._process, signal.SIGKILL)
                self.done.set()


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_nothing_is_lost_and_nothing_goes_twice(
    mail: Mail, office: PostOffice, database: dict[str, Any], seed: int
) -> None:
    chance = random.Random(seed)
    now = datetime.now(UTC)
    for number in range(LETTERS):
        put(number, now=now)
    killer = Killer(office)
    with Nursery(database) as nursery:
        for _ in range(KILLS):
            with killer.aiming():  # no stage passes before it is known whom to kill
                process = nursery.start()
                killer.aim(process, chance.randint(1, 16))  # four stages for each message
            assert killer.done.wait(WAIT)
    later = now + timedelta(days=1)
    while mail.round_(later):
        pass
    mail.round_(later + mail.sending.LEASE * 2)
    found = mail.Message.objects.in_bulk(field_name="key")
    arrived = [one["Message-ID"] for one in office.letters]
    assert len(arrived) == len(set(arrived))
    assert {one.state for one in found.values()} == {"sent", "uncertain"}
    sent = {mail.message_id(key, "example.pl") for key, one in found.items() if one.state == "sent"}
    assert sent <= set(arrived)
    assert len(sent) >= LETTERS - KILLS
    assert len(found) == LETTERS


def test_told_to_end_it_finishes_what_is_in_hand(
    mail: Mail, office: PostOffice, database: dict[str, Any]
) -> None:
    now = datetime.now(UTC)
    numbers = [put(number, now=now) for number in range(5)]
    told = threading.Event()
    office.on_stage = lambda stage: told.set() if stage == "taken" else None
    office.slow = 1.0
    with worker(database) as process:
        assert told.wait(WAIT)
        process.terminate()
        assert process.wait(WAIT) == 0
    assert len(office.mailbox) < 5
    found = states()
    assert [found[number] for number in numbers] == [
        "sent" if place < len(office.mailbox) else "waiting" for place in range(5)
    ]


def test_told_to_end_it_does_not_wait_for_a_server_that_never_answers(
    mail: Mail, office: PostOffice, database: dict[str, Any]
) -> None:
    number = put(1, now=datetime.now(UTC))
    told = threading.Event()
    office.on_stage = lambda stage: told.set() if stage == "taken" else None
    office.slow = 3 * WAIT
    with worker(database) as process:
        assert told.wait(WAIT)
        process.terminate()
        assert process.wait(WAIT) == 0
    assert states() == {number: "sending"}
    mail.round_(datetime.now(UTC) + mail.sending.LEASE * 2)
    assert states() == {number: "uncertain"}
