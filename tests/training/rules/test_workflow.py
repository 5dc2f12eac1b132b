"""The tables of statuses: whole, owned, recorded; and registrations in particular."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import smup
from smup.training.rules.workflow import (
    START,
    Holds,
    NotPossible,
    Owner,
    Workflow,
    names,
    workflow,
)
from smup.training.rules.workflow.diagram import mermaid, pages

PACKAGE = Path(smup.__file__).parent
REGISTRATION = workflow("registration")
PLACE = {"qualified", "offered", "agreement_sent", "agreement_returned", "in_training", "completed"}
CLAIM = {"reserve", "to_confirm"}
CLOSED = {"refused", "withdrawn", "withdrawn_by_organiser", "lapsed"}
REOPENED = {"refused", "withdrawn"}  # rule 1: a formal refusal, or the unit's own withdrawal
OPEN = (PLACE | CLAIM) - {"completed"}


def test_the_things_that_have_a_table() -> None:
    assert set(names()) == {
        "agreement", "edition", "enrolment", "invitation", "participant", "question",
        "registration", "stage", "training",
    }  # fmt: skip


@pytest.mark.parametrize("name", names())
def test_every_status_can_be_reached_and_only_a_final_one_is_the_end(name: str) -> None:
    table = workflow(name)
    reached, new = {START}, {START}
    while new:
        new = {
            transition.target(status)
            for status in new
            for transition in table.actions(status)
        } - reached  # fmt: skip
        reached |= new
    assert reached - {START} == set(table.statuses)
    for status, one in table.statuses.items():
        leaves = any(t.target(status) != status for t in table.actions(status))
        assert one.final is not leaves
        if one.final:
            assert one.owner is Owner.NOBODY


@pytest.mark.parametrize("name", names())
def test_every_way_is_recorded_and_belongs_to_somebody(name: str) -> None:
    for one in workflow(name).transitions:
        assert one.verb.startswith(f"training.{name}.")
        assert one.who
        assert (one.permission is not None) == (Owner.ORGANISER in one.who)
    verbs = [one.verb for one in workflow(name).transitions]
    assert len(set(verbs)) == len(verbs)


def test_permissions_and_letters_are_those_there_are() -> None:
    roles = yaml.safe_load((PACKAGE / "accounts" / "roles.yaml").read_text(encoding="utf-8"))
    letters = {path.stem for path in (PACKAGE / "mailing" / "letters").glob("*.yaml")}
    for name in names():
        for one in workflow(name).transitions:
            assert one.permission is None or one.permission in roles["permissions"]
            assert one.letter is None or one.letter in letters, one.letter


def test_what_registrations_hold() -> None:
    assert REGISTRATION.holding(Holds.PLACE) == PLACE
    assert REGISTRATION.holding(Holds.CLAIM) == CLAIM
    assert REGISTRATION.holding(Holds.PLACE, Holds.CLAIM) == PLACE | CLAIM
    assert REGISTRATION.holding(Holds.NOTHING) == CLOSED


# Written from the rules: who leads a registration from where to where.
WAYS = {
    (START, "submit", "unit"): {"qualified", "reserve"},
    ("reserve", "offer", "organiser"): {"offered"},
    ("offered", "accept_offer", "unit"): {"qualified"},
    ("offered", "lapse", "system"): {"lapsed"},
    ("reserve", "carry_over", "system"): {"to_confirm"},
    ("to_confirm", "confirm", "unit"): {"qualified", "reserve"},
    ("to_confirm", "lapse", "system"): {"lapsed"},
    ("qualified", "send_agreement", "organiser"): {"agreement_sent"},
    ("agreement_sent", "return_agreement", "unit"): {"agreement_returned"},
    ("agreement_sent", "return_agreement", "organiser"): {"agreement_returned"},
    ("agreement_sent", "extend_agreement", "organiser"): {"agreement_sent"},
    ("agreement_sent", "withdraw_place", "organiser"): {"withdrawn_by_organiser"},
    ("agreement_returned", "accept_agreement", "organiser"): {"in_training"},
    ("agreement_returned", "send_back_agreement", "organiser"): {"agreement_sent"},
    ("in_training", "complete", "organiser"): {"completed"},
    ("in_training", "complete", "system"): {"completed"},
    ("refused", "correct_people", "unit"): {"refused"},
    **{(status, "withdraw", "unit"): {"withdrawn"} for status in OPEN},
    **{(status, "refuse", "organiser"): {"refused"} for status in OPEN - {"in_training"}},
    **{(status, "move", "organiser"): {status} for status in OPEN},
    **{(status, "reopen", "organiser"): {"qualified", "reserve"} for status in REOPENED},
}


def test_the_ways_of_a_registration() -> None:
    found: dict[tuple[str, str, str], set[str]] = {}
    for status in (START, *REGISTRATION.statuses):
        for one in REGISTRATION.actions(status):
            for who in one.who:
                found.setdefault((status, one.action, who), set()).add(one.target(status))
    assert found == WAYS


def test_the_result_always_goes_out_by_mail() -> None:
    """Rule 10: qualified, reserve and refused are told, however they came about."""
    for one in REGISTRATION.transitions:
        if one.to in ("qualified", "reserve", "refused"):
            expected = "registration-reopened" if one.action == "reopen" else f"result-{one.to}"
            assert one.letter == expected


def test_decisions_against_a_unit_or_over_it_need_a_reason() -> None:
    assert {one.action for one in REGISTRATION.transitions if one.needs_reason} == {
        "refuse", "reopen", "move", "withdraw_place", "extend_agreement", "send_back_agreement",
    }  # fmt: skip


def test_a_way_that_is_there() -> None:
    assert REGISTRATION.may("qualified", "send_agreement").to == "agreement_sent"
    assert REGISTRATION.may(START, "submit", "reserve").letter == "result-reserve"
    assert REGISTRATION.may("reserve", "move").target("reserve") == "reserve"


def test_a_way_that_is_not_there() -> None:
    with pytest.raises(NotPossible, match=r"„Wycofaj zgłoszenie”.*„zakończone”") as caught:
        REGISTRATION.may("completed", "withdraw")
    assert "“Withdraw the registration” is not possible" in caught.value.sentence("en")
    with pytest.raises(NotPossible, match="jeszcze nie ma"):
        REGISTRATION.may(START, "withdraw")
    with pytest.raises(NotPossible):
        REGISTRATION.may("to_confirm", "confirm", "offered")


def test_what_nobody_knows_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        REGISTRATION.may("qualified", "celebrate")
    with pytest.raises(KeyError):
        REGISTRATION.may("lost", "withdraw")
    with pytest.raises(ValueError, match="which"):
        REGISTRATION.may(START, "submit")


def test_what_a_unit_may_do_itself() -> None:
    assert [one.action for one in REGISTRATION.actions("offered", Owner.UNIT)] == [
        "accept_offer",
        "withdraw",
    ]
    assert [one.action for one in REGISTRATION.actions("refused", Owner.UNIT)] == ["correct_people"]


def sound() -> dict[str, Any]:
    """A small table without fault."""
    return {
        "name": {"pl": "Rzecz", "en": "Thing"},
        "statuses": {
            "open": {"name": {"pl": "otwarta", "en": "open"}, "owner": "unit"},
            "done": {"name": {"pl": "gotowa", "en": "done"}, "owner": "nobody", "final": True},
        },
        "transitions": [way("begin", "start", "open"), way("finish", "open", "done")],
    }


def way(action: str, source: str, to: str, **more: Any) -> dict[str, Any]:
    return {
        "action": action,
        "name": {"pl": "Zrób", "en": "Do"},
        "from": [source],
        "to": to,
        "who": ["unit"],
        "verb": f"training.thing.{action}",
    } | more


def test_a_sound_table_is_read() -> None:
    assert Workflow.model_validate(sound()).may("open", "finish").to == "done"


@pytest.mark.parametrize(
    ("faulty", "told"),
    [
        (way("lose", "open", "lost"), "unknown status lost"),
        (way("find", "lost", "open"), "unknown status lost"),
        (way("stay", "start", "same"), "unknown status"),
        (way("reopen", "done", "open"), "final"),
        (way("finish", "open", "done"), "twice"),
        (way("decide", "open", "done", who=["organiser"]), "permission"),
        (way("decide", "open", "done", permission="training.decide"), "permission"),
        (way("wait", "open", "done", who=["nobody"]), "nobody"),
        (way("wait", "open", "done", who=[]), "who"),
        (way("wait", "open", "done", verb=""), "verb"),
        (way("wait", "open", "done", verb="done"), "verb"),
        (way("wait", "open", "done", colour="red"), "colour"),
    ],
)
def test_a_faulty_way_is_refused(faulty: dict[str, Any], told: str) -> None:
    table = sound()
    table["transitions"].append(faulty)
    with pytest.raises(ValueError, match=told):
        Workflow.model_validate(table)


def test_statuses_nobody_owns_reaches_or_leaves_are_refused() -> None:
    lost, stuck, unowned = sound(), sound(), sound()
    lost["statuses"]["lost"] = lost["statuses"]["done"]
    stuck["statuses"]["done"] = stuck["statuses"]["done"] | {"final": False}
    del unowned["statuses"]["open"]["owner"]
    for table, told in ((lost, "no way leads to lost"), (stuck, "done: final"), (unowned, "owner")):
        with pytest.raises(ValueError, match=told):
            Workflow.model_validate(table)


def test_the_diagram_has_every_status_and_every_way() -> None:
    assert mermaid(Workflow.model_validate(sound())) == "\n".join(
        [
            "stateDiagram-v2",
            '    state "open" as open',
            '    state "done" as done',
            "    [*] --> open: begin",
            "    open --> done: finish",
            "    done --> [*]",
        ]
    )
    drawn = mermaid(REGISTRATION)
    for (status, action, who), targets in WAYS.items():
        for target in targets - {status}:
            start = "[*]" if status == START else status
            assert f"    {start} --> {target}: {action}\n" in drawn, who


def test_the_page_in_the_repository_is_the_one_the_tables_make(root: Path) -> None:
    for name, text in pages().items():
        assert (root / name).read_text(encoding="utf-8") == text
