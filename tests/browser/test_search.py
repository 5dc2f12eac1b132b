"""Asking a plain question: the answer stands in the first suggestion, by mouse, keys and voice."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Open = Callable[..., Page]


def test_the_answer_stands_in_the_first_suggestion(open_page: Open) -> None:
    page = open_page("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("ilu mieszkańców ma Hel")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Hel: Ludność")
    expect(first).to_contain_text("os. (2024)")
    expect(page.get_by_role("status").first).to_contain_text("Podpowiedzi:")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/jst/221101/wskaznik/ludnosc$"))


def test_a_question_is_answered_without_script(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("gdzie jest największe bezrobocie")
    page.get_by_role("button", name="Szukaj").click()
    answer = page.locator("section.answer")
    expect(answer.get_by_role("row")).to_have_count(5)
    answer.get_by_role("link", name="Otwórz mapę i całą kolejność").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bezrobotni")


def test_the_examples_on_the_start_page_lead_to_answers(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("link", name="żłobki w Białymstoku").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Białystok")
