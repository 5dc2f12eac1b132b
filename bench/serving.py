"""A store and a server for the rooms that measure the portal."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER = (
    "import sys; from pathlib import Path; from smup.web.config.server import serve; "
    "serve('127.0.0.1', int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))"
)


def store_of_its_own(folder: Path) -> Path:
    """``folder`` with the releases and borders of the store in use, or a release built here."""
    from smup.store.releases import Releases

    given = Path(os.environ.get("SMUP_HOME", ROOT / "var")).resolve()
    if Releases(given).current_id() is None:
        from smup.build import build_release

        build_release(ROOT, folder, None)
        _borders(folder)
        return folder
    for name in ("releases", "geometry"):
        if (given / name).is_dir():
            (folder / name).symlink_to(given / name)
    return folder


def _borders(folder: Path) -> None:
    """Borders where the official files are at hand; tiles otherwise."""
    from smup.ingest import boundaries, geometry
    from smup.territory import load_territory

    data = Path(os.environ.get("SMUP_DATA", ROOT.parent / "shared/data"))
    if boundaries.find(data):
        geometry.build(data, load_territory(ROOT / "territory"), folder / "geometry")


@contextmanager
def served(home: Path, port: int) -> Iterator[str]:
    """The address of the portal on the store ``home``, as ``smup up`` serves it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port), str(home), str(ROOT)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SMUP_HOSTS": "127.0.0.1", "SMUP_LIMITS": "0"},
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()  # says that it answers
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)
