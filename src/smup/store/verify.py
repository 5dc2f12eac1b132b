"""Is a release on disk exactly what its manifest says, and do its files agree?"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from smup.panel import Panel, Status
from smup.store import layout, record
from smup.store.answers import answer_damages, answer_files
from smup.store.files import digests, files_below
from smup.store.lineage import lineage_damages


def damages(folder: Path, release: str) -> list[str]:
    """Everything wrong with the release in ``folder``, one Polish sentence each; [] when sound.

    First the bytes against the manifest; only when these are as written, the meaning: shapes,
    labels, the cubes against the Parquet record, the transposed copy against the cube.
    """
    found = byte_damages(folder, release)
    return found or meaning_damages(folder)


def same_bytes(folder: Path) -> bool:
    """Is every byte of the release in ``folder`` what the id in the folder's name stands for?"""
    return not byte_damages(folder, folder.name)


def byte_damages(folder: Path, release: str) -> list[str]:
    """Files that are missing, changed or not named in the manifest."""
    try:
        raw = (folder / layout.MANIFEST).read_bytes()
        named = layout.release_id(raw)
        manifest = layout.read_json(folder / layout.MANIFEST)
    except (OSError, ValueError, KeyError):
        return [f"nieczytelny plik {layout.MANIFEST}"]
    if named != release:
        return [f"plik {layout.MANIFEST} należy do wydania {named} albo został zmieniony"]
    expected: dict[str, dict[str, Any]] = manifest["files"]
    answers: dict[str, str] = manifest["answers"]
    present = set(files_below(folder))
    known = {layout.MANIFEST, layout.BUILD, *expected, *answer_files(answers, folder)}
    found = [f"brak pliku {name}" for name in sorted(set(expected) - present)]
    found += [f"plik {name} nie należy do wydania" for name in sorted(present - known)]
    for name, digest in digests(folder, sorted(set(expected) & present)).items():
        if digest != expected[name]["sha256"]:
            found.append(f"plik {name} ma inną sumę kontrolną niż w manifeście")
    return found + answer_damages(folder, release, answers)


def meaning_damages(folder: Path) -> list[str]:
    """Disagreements between files whose bytes are as written."""
    with ThreadPoolExecutor() as pool:  # reading and comparing leave the interpreter free
        found = pool.map(lambda name: _panel_damages(folder, name), layout.PANELS)
        panels = [damage for each in found for damage in each]
        return panels + _comparison_damages(folder) + lineage_damages(folder)


def _comparison_damages(folder: Path) -> list[str]:
    from smup.store.positions import open_positions  # takes a second to import
    from smup.store.variation import open_variation

    try:
        open_positions(folder / layout.POSITIONS)
        open_variation(folder / layout.VARIATION)
    except (OSError, ValueError, KeyError) as error:
        return [f"pozycje są niespójne ({error})"]
    return []


def _panel_damages(folder: Path, name: str) -> list[str]:
    cubes = folder / "cubes" / name
    try:
        panel = checked_panel(folder, name)
        found = record.differences(panel, folder / f"{name}.parquet")
        if (cubes / record.BY_UNIT).is_dir():
            found += record.turned_differences(panel, cubes)
    except (OSError, ValueError, KeyError) as error:
        return [f"kostka {name} jest niespójna ({error})"]
    return found


def checked_panel(folder: Path, name: str) -> Panel:
    """The cube with every cell looked at. Raises ValueError where value and status disagree, or
    where a status is none that we know."""
    labels = layout.labels_of(folder)[name]
    panel = record.open_cubes(folder / "cubes" / name, labels, Panel)
    unknown = set(np.unique(panel.status).tolist()) - set(Status)
    if unknown:
        raise ValueError(f"nieznane statusy: {sorted(unknown)}")
    return panel
