"""How units, spans of years and sizes of files are called on pages."""

from collections.abc import Sequence

from smup.language import Lang, format_number
from smup.present.places import kind_name, level_name, title, where
from smup.territory import Unit

__all__ = [
    "file_size",
    "kind_name",
    "level_name",
    "title",
    "told_apart",
    "where",
    "year_span",
]

_MEGA = 1_000_000


def told_apart(units: Sequence[Unit], lang: Lang) -> list[str]:
    """Names in their order; units of one name with their kind, of one kind with their code."""
    names = [title(unit, lang) for unit in units]
    with_kind = [
        f"{name} ({kind_name(u.kind, lang)})" for name, u in zip(names, units, strict=True)
    ]
    return [
        name
        if names.count(name) == 1
        else longer
        if with_kind.count(longer) == 1
        else f"{name} ({unit.code})"
        for name, longer, unit in zip(names, with_kind, units, strict=True)
    ]


def year_span(years: list[int]) -> str:
    """Years with data as runs: "2024", "2015, 2019, 2023", "1995–2022, 2024"; "" for none."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def file_size(size: int, lang: Lang) -> str:
    """``size`` in bytes as people read it: "638 kB", "16,3 MB"; never less than 1 kB."""
    if size < _MEGA:
        return f"{format_number(max(size / 1000, 1), 0, lang)}\u00a0kB"
    return f"{format_number(size / _MEGA, 1, lang)}\u00a0MB"
