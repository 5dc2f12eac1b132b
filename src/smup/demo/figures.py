"""The whole synthetic country as the figures a release is built from."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from smup.build.figures import Figures
from smup.build.variables import applicable, flag_breaks
from smup.catalogue import Catalogue, Variable
from smup.demo.chance import generator
from smup.demo.country import YEARS, Country, base_units, make_country
from smup.demo.cube import Cube
from smup.demo.gaps import tell
from smup.demo.profiles import FOLDER, Profile, load_profiles
from smup.demo.sizes import ANCHORED, invented_sizes, real_sizes
from smup.demo.values import drifting, invent, settle
from smup.panel import Panel, Status
from smup.panel.grouping import existence
from smup.panel.panel import Values
from smup.store.draft import Progress
from smup.store.tidy import read_tables
from smup.territory import Territory

STAGE = "wymyślanie danych"
DATED = f"{YEARS[-1]}-12-31"  # a release is dated by what its figures speak of, not by the clock
_TYPICAL = {"ludnosc": 5_000.0, "powierzchnia_ha": 12_000.0}  # where no table gives any size


def synthetic_figures(
    root: Path,
    home: Path,  # nothing is read from the store: what it holds is official or of another seed
    catalogue: Catalogue,
    territory: Territory,
    progress: Progress,
    *,
    seed: int,
) -> Figures:
    """Invented figures for every variable of the catalogue that is not derived.

    The same definitions, profiles, units and seed give the same figures. Raises CatalogueErrors
    when the profiles of ``root``/demo do not fit the catalogue.
    """
    profiles = load_profiles(root / FOLDER, catalogue)
    sizes = _sizes(root, territory, seed)
    country = make_country(territory, sizes, seed)
    cube = Cube.blank(
        tuple(variable.id for variable in catalogue.inputs),
        tuple(territory.units),
        tuple(unit.code for unit in country.units),
    )
    made: dict[str, Values] = {}
    for done, (name, profile) in enumerate(profiles.items()):
        progress(STAGE, done, len(profiles))
        variable = catalogue.variables[name]
        made[name] = _values(profile, variable, country, sizes, made, seed)
        rng = None if name in ANCHORED else generator(seed, f"gaps {name}")
        cube.put(name, tell(profile, variable, country, made[name], rng))
    progress(STAGE, len(profiles), len(profiles))
    _hide_impossible(cube, catalogue, territory)
    panel = cube.panel()
    flag_breaks(panel, catalogue)
    return Figures(panel, [_source(root / FOLDER, panel, seed)], [], synthetic=True)


def _sizes(root: Path, territory: Territory, seed: int) -> Mapping[str, Values]:
    """Invented population and area of every unit."""
    tables, units = read_tables(root / "data"), base_units(territory)
    return {
        name: invented_sizes(units, real_sizes(tables, name), name, _TYPICAL[name], seed)
        for name in ANCHORED
    }


def _values(
    profile: Profile,
    variable: Variable,
    country: Country,
    sizes: Mapping[str, Values],
    made: Mapping[str, Values],
    seed: int,
) -> Values:
    """[year, unit] of one variable; ``made`` holds those it is measured by."""
    if profile.less:
        return np.asarray(made[str(profile.of)] - sum(made[other] for other in profile.less))
    if profile.id not in sizes:
        base = None if profile.of is None else made[profile.of]
        return invent(profile, variable, country, base, seed)
    rng = generator(seed, profile.id)
    values = sizes[profile.id] * np.exp(drifting(profile, country, rng))
    return settle(profile, variable, country, values, values, rng)


def _hide_impossible(cube: Cube, catalogue: Catalogue, territory: Territory) -> None:
    """Reasons that follow from definitions alone: other kinds of unit, no such unit that year."""
    kinds = np.array([territory.units[unit].kind.value for unit in cube.units])
    gone = ~existence(territory, YEARS, cube.units)
    for variable in catalogue.inputs:
        others = np.broadcast_to(~applicable(variable, kinds), gone.shape)
        cube.hide(variable.id, others, Status.NOT_APPLICABLE)
        cube.hide(variable.id, gone, Status.NOT_EXISTING)


def _source(folder: Path, panel: Panel, seed: int) -> dict[str, Any]:
    """The one source of invented figures: the profiles they were drawn from."""
    files = [
        {
            "file": f"{FOLDER}/{path.name}",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "dated": DATED,
            "retrieved": DATED,
        }
        for path in sorted(folder.glob("*.yaml"))
    ]
    return {
        "id": "dane-zmyslone",
        "title": f"Dane zmyślone na potrzeby pokazu (ziarno {seed})",
        "publisher": "SMUP",
        "licence": "CC0 1.0",
        "files": files,
        "rows": int(panel.has_value.sum()),
    }
