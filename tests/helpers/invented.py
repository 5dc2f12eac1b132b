"""A small catalogue with profiles, for invented figures on the real territory or the tiny one."""

from pathlib import Path

from tests.helpers.tiny_root import VARIABLES, write_root

VARIABLE = """{id}:
  name: {{pl: {id}, en: {id}}}
  unit: {unit}
  additive: {additive}
  scope: {scope}
  kinds: [{kinds}]
  sources: [{{source: spis}}]
  reference_day: {day}
{more}
"""
EVERY_KIND = "gmina, miasto-na-prawach-powiatu, powiat"
PROFILES = """ludnosc: {of: 1, rate: 9000, trend: -0.004, noise: 0.004, whole: true}
powierzchnia_ha: {of: 1, rate: 12000, noise: 0}
"""


def variable(
    id_: str,
    *,
    unit: str = "os",
    additive: bool = True,
    scope: str = "territory",
    kinds: str = EVERY_KIND,
    day: str = '"12-31"',
    **more: object,
) -> str:
    """The definition of a variable; ``more`` are further keys."""
    lines = "\n".join(f"  {key}: {value}" for key, value in more.items())
    words = {"id": id_, "unit": unit, "additive": str(additive).lower(), "scope": scope}
    return VARIABLE.format(**words, kinds=kinds, day=day, more=lines)


def write_invented(folder: Path, variables: str = "", profiles: str = "") -> Path:
    """A whole small repository with these variables and profiles beside the two of sizes."""
    write_root(folder)
    (folder / "catalogue/variables/kontekst.yaml").write_text(VARIABLES + variables, "utf-8")
    (folder / "demo/profiles").mkdir(parents=True)
    (folder / "demo/profiles/kontekst.yaml").write_text(PROFILES + profiles, "utf-8")
    return folder
