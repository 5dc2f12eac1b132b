"""Where the repository and the store are, decided once from the environment."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Paths:
    """``root`` holds catalogue/ and territory/; ``home`` releases, the database and secrets."""

    root: Path
    home: Path

    @property
    def database(self) -> Path:
        return self.home / "smup.sqlite3"

    @property
    def static(self) -> Path:
        return self.home / "static"

    @property
    def secret(self) -> Path:
        return self.home / "secret-key"


@cache
def paths() -> Paths:
    """SMUP_ROOT (the repository this package lies in) and SMUP_HOME (``var`` in it)."""
    root = Path(os.environ.get("SMUP_ROOT", ROOT)).resolve()
    return Paths(root=root, home=Path(os.environ.get("SMUP_HOME", root / "var")).resolve())
