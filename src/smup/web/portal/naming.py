"""How units and spans of years are called on pages."""

from smup.present.places import kind_name, level_name, title, where

__all__ = ["kind_name", "level_name", "title", "where", "year_span"]


def year_span(years: list[int]) -> str:
    """Years with data as runs: "2024", "2015, 2019, 2023", "1995–2022, 2024"; "" for none."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
