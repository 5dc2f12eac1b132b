"""The bare addresses of the interfaces lead on, for programs and for people."""

import pytest
from django.test import Client

ROOTS = (
    "/api/v1",
    "/api/1.0.0",
    "/pxweb/api/v2",
    "/sdmx",
    "/sdmx/2.1",
    "/sdmx/3.0",
)


@pytest.mark.parametrize("door", [*ROOTS, *(f"{root}/" for root in ROOTS)])
def test_a_program_is_told_addresses_that_answer(client: Client, door: str) -> None:
    answer = client.get(door)
    assert answer.status_code == 200
    assert "Accept" in answer["Vary"]
    addresses = answer.json()["addresses"]
    assert addresses
    for address in addresses:
        assert address.startswith(f"http://localhost{door.rstrip('/')}/")
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("door", ROOTS)
def test_a_browser_is_led_to_the_page_that_explains_it(client: Client, door: str) -> None:
    page = client.get(door, headers={"accept": "text/html,*/*;q=0.8"}, follow=True)
    assert page.status_code == 200
    (at, status), *more = page.redirect_chain
    assert status == 302
    assert not more
    anchor = at.partition("#")[2]
    assert f'id="{anchor}"' in page.content.decode() if anchor else at == "/api/opis"
    again = client.get(door).json()  # the two answers are not taken for one another
    assert "addresses" in again
