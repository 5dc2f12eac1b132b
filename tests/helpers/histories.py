"""Histories of a tiny country whose land is a handful of cells: what really happened, cell by cell,
beside what a ledger of successions says of it."""

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from smup.territory import Kind, Level, Succession, Unit
from smup.territory.successions import What

FIRST = 2000
CELLS = 12
Land = dict[str, frozenset[int]]


@dataclass(frozen=True)
class Happened:
    """``years[i]`` is the land of every unit at the end of year FIRST + i; ``sizes`` of cells."""

    years: list[Land]
    sizes: list[int]
    rows: list[Succession]
    units: list[Unit]

    def size(self, cells: frozenset[int]) -> int:
        return sum(self.sizes[cell] for cell in cells)


@st.composite
def histories(draw: st.DrawFn, *, whole_only: bool = False, all_known: bool = False) -> Happened:
    """Three gminas of four cells each, and up to five changes, one a year."""
    land: Land = {f"0101{n:02}": frozenset(range(4 * n - 4, 4 * n)) for n in (1, 2, 3)}
    sizes = draw(st.lists(st.integers(1, 9), min_size=CELLS, max_size=CELLS))
    years, rows, ends, begins, former = [dict(land)], [], {}, {}, {}
    kinds = ["merge", "renumbered"] + ([] if whole_only else ["split", "part", "dissolve", "back"])
    for at in range(1, draw(st.integers(1, 5)) + 1):
        day, code = date(FIRST + at, 1, 1), f"0101{at + 10}"
        kind = draw(st.sampled_from(kinds))
        unit = draw(st.sampled_from(sorted(land)))
        cells = sorted(land[unit])
        others = sorted(set(land) - {unit})
        size = sum(sizes[c] for c in cells)

        def row(
            to: str,
            what: str,
            moved: frozenset[int] = frozenset(),
            of: str | None = None,
            unit: str = unit,
            day: date = day,
            size: int = size,
        ) -> Succession:
            known = moved and (all_known or draw(st.booleans()))
            share = sum(sizes[c] for c in moved) / size if known else None
            return Succession(Level.GMINA, unit, to, day, What(what), of, share, None, "", "")

        if kind == "merge" and others:
            to = draw(st.sampled_from(others))
            former[unit] = land[unit]
            rows.append(row(to, "merge"))
            land[to] |= land.pop(unit)
            ends[unit] = day
        elif kind == "renumbered":
            rows.append(row(code, "renumbered"))
            land[code], ends[unit], begins[code] = land.pop(unit), day, day
        elif kind in ("split", "part") and len(cells) > 1:
            moved = frozenset(cells[: draw(st.integers(1, len(cells) - 1))])
            if kind == "part" and others:
                to = draw(st.sampled_from(others))
                rows.append(row(to, "part", moved))
                land[to] |= moved
            else:
                rows.append(row(code, "split", moved))
                land[code], begins[code] = moved, day
            land[unit] -= moved
        elif kind == "dissolve" and len(others) > 1 and len(cells) > 1:
            moved = frozenset(cells[: draw(st.integers(1, len(cells) - 1))])
            rows.append(row(others[0], "part", moved))
            rows.append(row(others[1], "part", land[unit] - moved))
            land[others[0]] |= moved
            land[others[1]] |= land.pop(unit) - moved
            ends[unit] = day
        elif kind == "back":
            inside = [old for old, was in former.items() if was < land[unit]]
            if inside:
                moved = former[inside[0]]
                rows.append(row(code, "split", moved, inside[0]))
                land[unit] -= moved
                land[code], begins[code] = moved, day
        years.append(dict(land))
    codes = sorted({code for year in years for code in year})
    units = [
        Unit(c, c, Kind.GMINA_WIEJSKA, "0101", "01", begins.get(c), ends.get(c)) for c in codes
    ]
    return Happened(years, sizes, rows, units)
