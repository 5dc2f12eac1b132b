"""Lists of similar units against a naive twin, other libraries, and what must never change them."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smup.catalogue.methods import PeersAlone
from smup.compare import ComparisonError, compare_unit
from smup.compare.peers import Peers, PeersError, all_peers, peers_of
from smup.compare.peers.features import great_circle
from smup.compare.peers.kernel import differences, distances
from smup.compare.peers.runs import RUNS, factors, runs
from smup.compare.peers.space import space_of
from smup.compare.peers.standard import classic, robust
from smup.territory import Kind, Unit
from tests.compare.alike import Row, a_frame, a_set, naive_peers
from tests.compare.conftest import MakeFrame
from tests.helpers.definitions import an_indicator

CODES = tuple(f"0201{n:02}" for n in range(1, 13))
number = st.integers(-50, 50).map(float)
row = st.fixed_dictionaries(
    {"ludnosc": st.integers(1, 99_999).map(float), "a": number},
    optional={"b": number, "c": number},
)
countries = st.lists(row, min_size=2, max_size=12).map(
    lambda rows: dict(zip(CODES, rows, strict=False))
)
weights_of = st.fixed_dictionaries(
    dict.fromkeys(("a", "b", "c", "ludnosc"), st.sampled_from((0.0, 0.5, 1.0, 3.0)))
).filter(lambda w: any(w.values()))


def some_country() -> dict[str, Row]:
    rng = np.random.default_rng(7)
    return {
        code: {
            "a": float(rng.normal()),
            "b": float(rng.normal()),
            "c": float(rng.normal()),
            "ludnosc": float(rng.integers(2000, 90_000)),
        }
        for code in CODES
    }


@given(countries, weights_of, st.integers(1, 12))
@settings(deadline=None)
def test_the_list_is_that_of_the_naive_twin(
    rows: dict[str, Row], weights: dict[str, float], k: int
) -> None:
    frame = a_frame(rows)
    for unit in rows:
        found = peers_of(frame, unit, k=k, weights=weights)
        expected = naive_peers(rows, unit, weights, k)
        assert [p.distance for p in found.peers] == pytest.approx(
            [d for _, d in expected], abs=1e-9
        )
        if len({round(d, 6) for _, d in naive_peers(rows, unit, weights, 99)}) == len(rows) - 1:
            assert list(found.codes) == [code for code, _ in expected]


@given(countries, weights_of)
@settings(deadline=None)
def test_contributions_are_shares_of_one_and_stability_is_a_share(
    rows: dict[str, Row], weights: dict[str, float]
) -> None:
    frame = a_frame(rows)
    for unit in rows:
        for peer in peers_of(frame, unit, weights=weights).peers:
            assert math.fsum(peer.contributions.values()) == pytest.approx(1.0)
            assert all(share >= 0 for share in peer.contributions.values())
            assert 0 <= peer.stability <= 1


@given(countries, st.sampled_from((0.001, 60.0, 1e6)))
@settings(deadline=None)
def test_the_unit_of_measure_does_not_matter(rows: dict[str, Row], factor: float) -> None:
    other = {code: {n: v * factor for n, v in row.items()} for code, row in rows.items()}
    for unit in rows:
        before, after = peers_of(a_frame(rows), unit), peers_of(a_frame(other), unit)
        assert [p.distance for p in after.peers] == pytest.approx(
            [p.distance for p in before.peers], abs=1e-6
        )


@given(countries, st.randoms())
@settings(deadline=None)
def test_the_order_of_units_does_not_matter(rows: dict[str, Row], random: object) -> None:
    shuffled = dict(reversed(rows.items()))
    for unit in rows:
        assert peers_of(a_frame(shuffled), unit) == peers_of(a_frame(rows), unit)


def test_a_unit_of_another_kind_changes_nothing() -> None:
    rows = some_country()
    town = Unit("020199", "Miasto", Kind.GMINA_MIEJSKA, "0201", "02")
    more = a_frame({**rows, "020199": {"a": 9.0, "ludnosc": 5.0}}, units=(town,))
    for unit in rows:
        assert peers_of(more, unit) == peers_of(a_frame(rows), unit)
    assert peers_of(more, "020199").reason == "nobody"


def test_lists_are_asymmetric() -> None:
    rows: dict[str, Row] = {
        c: {"a": float(x)} for c, x in zip(CODES, (0, 1, 1.5, 1.8), strict=False)
    }
    frame = a_frame(rows)
    assert peers_of(frame, CODES[0], k=1).codes == (CODES[1],)
    assert peers_of(frame, CODES[1], k=1).codes == (CODES[2],)


def test_distances_are_those_of_scikit_learn() -> None:
    from sklearn.metrics.pairwise import nan_euclidean_distances

    rng = np.random.default_rng(3)
    points = np.where(rng.random((5, 40)) < 0.15, np.nan, rng.normal(size=(5, 40)))
    squares, partly, out = np.empty((5, 40)), np.empty(40, np.int32), np.empty(40)
    expected = nan_euclidean_distances(points.T) ** 2 / 5
    for at in range(40):
        count = differences(points, at, squares, partly)
        distances(squares, points, at, partly[:count], np.ones(5), False, out)
        told = np.isfinite(out)
        np.testing.assert_allclose(out[told], expected[at][told], atol=1e-12)
        both = (~np.isnan(points) & ~np.isnan(points[:, [at]])).sum(axis=0)
        np.testing.assert_array_equal(told, both >= 2.5)


def test_the_list_is_that_of_nearest_neighbors_of_scikit_learn() -> None:
    from sklearn.neighbors import NearestNeighbors

    rows = some_country()
    frame = a_frame(rows)
    space = space_of(frame, 2024)
    model = NearestNeighbors(n_neighbors=5).fit(space.scores[0])
    apart, near = model.kneighbors()
    for at, unit in enumerate(space.units):
        found = peers_of(frame, unit, k=5)
        assert list(found.codes) == [space.units[n] for n in near[at]]
        assert [p.distance for p in found.peers] == pytest.approx(apart[at] / 2)  # root of 4


def test_cipfa_is_z_scores_euclid_and_the_farthest_at_one() -> None:
    from scipy.spatial.distance import cdist
    from scipy.stats import zscore

    rows = some_country()
    values = np.array([[row[n] for n in ("a", "b", "c", "ludnosc")] for row in rows.values()])
    apart = cdist(zscore(values), zscore(values))
    frame = a_frame(rows)
    for at, unit in enumerate(rows):
        found = peers_of(frame, unit, k=11, variant="cipfa")
        expected = np.sort(apart[at])[1:] / apart[at].max()
        np.testing.assert_allclose([p.distance for p in found.peers], expected)
        assert found.peers[-1].distance == pytest.approx(1.0)


def test_robust_scores_are_modified_z_scores() -> None:
    values = np.array([2.0, 3.0, 4.0, 6.0, 8.0, 9.0, 90.0, np.nan])
    among = np.ones(8, bool)
    expected = [0.6745 * (v - 6) / 3 for v in values[:6]]
    np.testing.assert_allclose(robust(values, among)[:6], expected)
    assert robust(values, among)[6] == 3.5
    assert np.isnan(robust(values, among)[7])
    # half are equal: MAD is 0, the mean absolute deviation of 0, 0, 0, 6 is 1.5
    few = np.array([1.0, 1.0, 1.0, 7.0])
    np.testing.assert_allclose(robust(few, among[:4]), [0, 0, 0, 6 / (1.5 * 1.253314)])
    assert robust(np.full(3, 5.0), among[:3]).tolist() == [0, 0, 0]
    assert np.isnan(classic(np.full(3, np.nan), among[:3])).all()


def test_stability_by_doing_every_run_again() -> None:
    rows = some_country()
    before = {2023: {c: {n: v * 1.5 for n, v in row.items() if n == "a"} | {"b": 1.0 * i}
                     for i, (c, row) in enumerate(rows.items())}}  # fmt: skip
    frame = a_frame(rows, earlier=before)
    space = space_of(frame, 2024)
    weights, versions = runs(space, 0, np.ones(4))
    assert weights.shape == (1 + RUNS, 4)
    assert sorted(set(versions.tolist())) == [0, 1]
    assert (weights[1:5] == 0).sum() == 4  # each feature left out once
    for at, unit in enumerate(space.units):
        found = peers_of(frame, unit, k=4)
        for peer in found.peers:
            kept = 0
            for run in range(1, 1 + RUNS):
                scores = space.scores[versions[run]]
                apart = (weights[run] * (scores - scores[at]) ** 2).sum(axis=1)
                apart[at] = np.inf
                nearest = np.argsort(apart, kind="stable")[:4]
                kept += space.place[peer.unit] in nearest
            assert peer.stability == kept / RUNS


def test_factors_are_between_a_half_and_two_and_even() -> None:
    found = factors(500, 6)
    assert found.min() >= 0.5
    assert found.max() <= 2
    np.testing.assert_allclose(np.log2(found).mean(axis=0), 0, atol=0.02)


def test_a_frozen_list_is_the_live_one() -> None:
    rows = some_country()
    frame = a_frame(rows, a_set(), a_set("kontekst", a=5.0, b=0.0))
    tables = all_peers(frame, threads=1)
    assert tables is not None
    for unit in rows:
        for area in (None, "kontekst"):
            frozen = tables.peers_of(frame.territory.units[unit], area)
            assert frozen == peers_of(frame, unit, area)
    assert peers_of(frame, CODES[0]).codes != peers_of(frame, CODES[0], "kontekst").codes
    assert "b" not in {f.id for f in peers_of(frame, CODES[0], "kontekst").features}


def test_a_class_of_its_own_has_large_cities_for_peers_and_is_nobodys_peer() -> None:
    rows: dict[str, Row] = {
        f"{n:02}61": {"ludnosc": size, "a": float(n)}
        for n, size in zip(range(2, 12, 2), (1.8e6, 8e5, 6e5, 1e5, 5e4), strict=True)
    }
    units = tuple(Unit(c, f"Miasto {c}", Kind.MIASTO, None, c[:2]) for c in rows)
    common = a_set(alone=PeersAlone(units=("0261",), among_population_from=500_000))
    frame = a_frame(rows, common, units=units)
    alone = peers_of(frame, "0261")
    assert alone.outside
    assert sorted(alone.codes) == ["0461", "0661"]
    for other in list(rows)[1:]:
        assert "0261" not in peers_of(frame, other).codes
        assert not peers_of(frame, other).outside


def test_a_feature_is_of_the_newest_year_most_have_it_in() -> None:
    rows = {c: dict(row) for c, row in some_country().items()}
    before = {2023: {c: {"b": row.pop("b")} for c, row in rows.items()}}
    rows[CODES[0]]["b"] = 1.0  # one of twelve is not enough
    found = peers_of(a_frame(rows, earlier=before), CODES[1])
    assert {f.id: f.year for f in found.features}["b"] == 2023
    assert {f.id: f.year for f in found.features}["a"] == 2024


def test_bad_figures_give_a_reason_and_no_list() -> None:
    rows = some_country()
    gone = Unit("020150", "Dawna", Kind.GMINA_WIEJSKA, "0201", "02", None, date(2020, 1, 1))
    new = Unit("020151", "Nowa", Kind.GMINA_WIEJSKA, "0201", "02", date(2024, 1, 1))
    land = Unit("02", "Dolina", Kind.WOJEWODZTWO, None, "02")
    frame = a_frame({**rows, "020151": {"a": 1.0}}, units=(gone, new, land))
    assert peers_of(frame, "020150").reason == "not_existing"
    assert peers_of(frame, "02").reason == "not_compared"
    assert peers_of(frame, "020151").reason == "unknown_place"  # one feature of four
    assert peers_of(a_frame({CODES[0]: rows[CODES[0]]}), CODES[0]).reason == "nobody"
    assert peers_of(a_frame({c: {} for c in CODES}), CODES[0]).reason == "unknown_place"
    alike = peers_of(a_frame({c: {"a": 1.0, "b": 2.0} for c in CODES}), CODES[0], k=3)
    assert [p.distance for p in alike.peers] == [0, 0, 0]
    assert alike.peers[0].contributions == {"a": 0.5, "b": 0.5}
    zero = {c: {**row, "ludnosc": 0.0} for c, row in rows.items()}
    assert "ludnosc" in {f.id for f in peers_of(a_frame(zero), CODES[0]).features}
    assert all("ludnosc" not in p.contributions for p in peers_of(a_frame(zero), CODES[0]).peers)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"unit": "nie-ma"}, "Nie ma jednostki"),
        ({"area": "kontexst"}, "najbliższe znane: „kontekst”"),
        ({"k": 0}, "od 1 do 100"),
        ({"weights": {"x": 1.0}}, "Nie ma cechy „x”"),
        ({"weights": {"a": -1.0}}, "liczbą od 0"),
        ({"weights": {"a": math.nan}}, "liczbą od 0"),
        ({"features": ()}, "Żadna cecha"),
        ({"features": ("x",)}, "Nie ma cechy „x”"),
        ({"year": 1900}, "Lata: 2022–2024"),
        ({"variant": "x"}, "Nie ma wariantu"),
        ({"variant": "cipfa", "weights": {"a": 2.0}}, "CIPFA"),
    ],
)
def test_a_wrong_question_is_refused(more: dict[str, object], message: str) -> None:
    def ask(unit: str = CODES[0], **rest: object) -> Peers:
        return peers_of(a_frame(some_country()), unit, **rest)  # type: ignore[arg-type]

    with pytest.raises(PeersError, match=message):
        ask(**more)  # type: ignore[arg-type]


def test_great_circles() -> None:
    # Warszawa – Kraków, 252 km by published coordinates; a quarter of the equator
    cities = np.array([[21.0122, 52.2297], [19.9450, 50.0647]])
    assert great_circle(cities[0], cities[1]) == pytest.approx(252, abs=1)
    equator = great_circle(np.array([0.0, 0.0]), np.array([90.0, 0.0]))
    assert equator == pytest.approx(math.pi / 2 * 6371.0088)


def test_peers_and_a_list_are_comparators(frame: MakeFrame) -> None:
    codes = ("020102", "020202", "020203", "040102", "040103")  # rural gminas of the country
    given = {("a", 2024, c): float(n) for n, c in enumerate(codes, 1)}
    given |= {("ludnosc", 2024, c): 100.0 * n for n, c in enumerate(codes, 1)}
    made = frame(an_indicator("udzial", "a / ludnosc"), given=given)
    made = type(made)(
        made.catalogue.model_copy(update={"peers": {"common": a_set()}}),
        made.territory,
        made.indicators,
        made.variables,
    )
    found = compare_unit(made, "020102", "udzial", units=("040103", "020101", "0401032"))
    peers, listed = found.comparator("peers"), found.comparator("list")
    assert peers is not None
    assert set(peers.members) == set(codes[1:])
    assert set(peers.members) == set(peers_of(made, "020102").codes)
    assert listed is not None
    assert listed.members == ("020101", "040103")
    assert [c.id for c in found.comparators][-1] == "list"
    with pytest.raises(ComparisonError, match="nie jest porównywana w roli"):
        compare_unit(made, "020102", "udzial", units=("0201",))
    with pytest.raises(ComparisonError, match="z listy"):
        compare_unit(made, "020102", "udzial", units=("nie-ma",))
