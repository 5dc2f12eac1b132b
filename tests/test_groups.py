"""Tests that share a server, a browser or a site run in one process, also where many run tests."""

import os

import pytest


@pytest.mark.xdist_group("site")
def test_a_group_is_told_to_those_who_hand_out_tests(request: pytest.FixtureRequest) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@site")
