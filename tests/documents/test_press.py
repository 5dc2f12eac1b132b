"""The process that sets documents: made anew when it has grown, died or belongs to another."""

import os
from collections.abc import Iterator

import pytest

from smup.documents.pdf import report_order
from smup.documents.press import Press
from smup.documents.typesetting import CannotSet, Order, typeset
from tests.documents.sample import sample


@pytest.fixture
def a_press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


def order(edition: str = "wydanie") -> Order:
    asked = report_order(sample())
    return {**asked, "data": {**asked["data"], "edition": edition}}


def test_it_sets_what_this_process_would(a_press: Press) -> None:
    assert a_press.pdf(order()) == typeset(order())


def test_one_process_sets_one_document_after_another(a_press: Press) -> None:
    first = a_press.pdf(order("a"))
    serving = a_press.process
    assert a_press.pdf(order("b")) != first
    assert a_press.pdf(order("a")) == first
    assert a_press.process == serving


def test_one_that_has_grown_makes_way_for_another() -> None:
    soon_full = Press(most=1)
    first = soon_full.pdf(order())
    assert soon_full.process is None
    assert soon_full.pdf(order()) == first


def test_what_typst_refuses_is_said_and_the_next_is_set(a_press: Press) -> None:
    refused = order()
    refused["data"] = {**refused["data"], "title": ""}
    with pytest.raises(CannotSet, match="title"):
        a_press.pdf(refused)
    assert a_press.pdf(order()).startswith(b"%PDF")


def test_one_that_died_is_replaced(a_press: Press) -> None:
    a_press.pdf(order())
    assert a_press.process is not None
    os.kill(a_press.process, 9)
    with pytest.raises(CannotSet, match="died"):
        a_press.pdf(order())
    assert a_press.pdf(order()).startswith(b"%PDF")


def test_a_fork_starts_its_own(a_press: Press) -> None:
    first = a_press.pdf(order())
    child = os.fork()
    if child == 0:
        own = a_press.pdf(order()) == first
        a_press.close()
        os._exit(0 if own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert a_press.pdf(order()) == first
