"""Search by name and code, against a plain scan of all names."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.territory import Kind, Level, Territory, search, suggest


def found(territory: Territory, text: str, limit: int = 20) -> list[str]:
    return [hit.unit.code for hit in search(territory, text, limit)]


@pytest.mark.parametrize("text", ["boleslawiec", "Bolesławiec", "BOLESŁAWIEC ", "bolesławiec"])
def test_the_three_boleslawiec_come_first(territory: Territory, text: str) -> None:
    assert found(territory, text)[:3] == ["020101", "101801", "020102"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bolesławiec gmina wiejska", "020102"),
        ("gmina miejska Bolesławiec", "020101"),
        ("Bolesławiec (gmina miejsko-wiejska)", "101801"),
        ("boleslawiec wieruszowski", "101801"),
        ("Bolesławiec, powiat wieruszowski, łódzkie", "101801"),
        ("powiat bolesławiecki", "0201"),
        ("warsz", "1465"),
        ("m.st. Warszawa", "1465"),
        ("m. st. Warszawa", "1465"),
        ("Miasto Stołeczne Warszawa", "1465"),
        ("powiat leg", "1408"),
        ("województwo lubuskie", "08"),
        ("lodz", "1061"),
        ("Słupia (Konecka)", "260506"),
        ("jeleniogórski", "0206"),
        ("polska", "PL"),
        ("ostrowice", "320304"),
        ("szczawa", "120713"),
    ],
)
def test_what_people_type_finds_what_they_mean(territory: Territory, text: str, code: str) -> None:
    assert found(territory, text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1465", "1465"),
        ("146501", "1465"),
        ("1465011", "1465"),
        ("071412865011", "1465"),
        ("020101", "020101"),
        (" 0201011 ", "020101"),
        ("pl", "PL"),
    ],
)
def test_codes_and_aliases_find_exactly_one(territory: Territory, text: str, code: str) -> None:
    (hit,) = search(territory, text)
    assert (hit.unit.code, hit.score) == (code, 1.0)


def test_a_former_name_is_found_and_said(territory: Territory) -> None:
    hits = {hit.unit.code: hit for hit in search(territory, "Słupsk")}
    assert hits["2263"].former is None  # the city
    assert hits["221208"].former == "Słupsk"  # gmina Redzikowo since
    assert hits["2263"].score > hits["221208"].score


@pytest.mark.parametrize("text", ["", "  ", "?!", "qwertyuiop", "1408G", "999999", "gmina wiejska"])
def test_nothing_is_found_for_nothing(territory: Territory, text: str) -> None:
    assert search(territory, text) == []


def test_limit(territory: Territory) -> None:
    everything = found(territory, "b", 10_000)
    assert len(everything) > 100
    assert found(territory, "b", 7) == everything[:7]


def test_a_town_stands_before_gminas_and_powiats_of_equal_match(territory: Territory) -> None:
    kinds = [hit.unit.kind for hit in search(territory, "elbl", 3)]
    assert kinds == [Kind.MIASTO, Kind.GMINA_WIEJSKA, Kind.POWIAT]


def test_an_abolished_unit_comes_after_existing_ones_of_equal_match(territory: Territory) -> None:
    hits = search(territory, "ostro", 100)
    beginnings = [hit.unit.code for hit in hits if hit.score == hits[0].score]
    assert len(beginnings) > 10
    assert beginnings[-1] == "320304"


def plain(text: str) -> list[str]:
    """Words of a text without diacritics, written apart from the code under test."""
    bare = unicodedata.normalize("NFD", text.lower().replace("ł", "l"))
    return re.findall("[a-z0-9]+", "".join(c for c in bare if unicodedata.category(c) != "Mn"))


@settings(deadline=None)
@given(data=st.data())
def test_every_unit_is_found_by_any_beginning_of_its_name(
    territory: Territory, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from([u for u in territory if u.levels]))
    typed = unit.name[: data.draw(st.integers(1, len(unit.name)))]
    if typed.strip():
        assert unit.code in found(territory, typed, 10_000)


@settings(deadline=None)
@given(data=st.data())
def test_one_word_finds_what_a_scan_of_all_names_finds(
    territory: Territory, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(territory.of_level(Level.GMINA)))
    word = data.draw(st.sampled_from(plain(unit.name)))
    start = word[: data.draw(st.integers(1, len(word)))]
    former = {c.unit: c.before for c in territory.changes if c.what == "zmiana-nazwy"}
    expected = {
        u.code
        for u in territory
        if u.levels
        and any(w.startswith(start) for w in plain(f"{u.name} {former.get(u.code, '')}"))
    }
    if territory.get(start.upper()) is None:
        assert set(found(territory, start, 10_000)) == expected


@settings(deadline=None)
@given(data=st.data())
def test_scores_fall_and_no_unit_comes_twice(territory: Territory, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from([u for u in territory if u.levels]))
    hits = search(territory, f"{unit.name} gmina", 10_000)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.unit.code for h in hits}) == len(hits)
    assert all(h.unit.levels for h in hits)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bolesawiec", "Bolesławiec"),
        ("warzsawa", "Warszawa"),
        ("powiat ligionowski", "legionowski"),
    ],
)
def test_a_misspelt_name_gets_suggestions(territory: Territory, text: str, name: str) -> None:
    assert search(territory, text) == []
    assert suggest(territory, text)[0].name == name


def test_no_suggestions_for_what_resembles_nothing(territory: Territory) -> None:
    assert suggest(territory, "xqvjk") == []
    assert suggest(territory, "") == []
