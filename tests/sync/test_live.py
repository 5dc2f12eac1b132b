"""The smoke against real services, here against one that answers and ports where nobody listens."""

import os
import subprocess
import sys
from pathlib import Path

from smup.catalogue.document import read_document
from tests.contract.serving import ROOT, Question, Reply, Serving, as_json
from tests.helpers.real_server import free_port

NAMES = tuple(read_document(ROOT / "catalogue" / "providers.yaml", "providers.yaml").data)


class Anything:
    """Answers whatever is asked; refuses the paths that end with ``refused``."""

    def __init__(self) -> None:
        self.refused = "/nothing"

    def answer(self, question: Question) -> Reply:
        return as_json({}, 403) if question.path.endswith(self.refused) else as_json({"a": 1})


def _live(address: str, home: Path) -> subprocess.CompletedProcess[str]:
    where = {f"SMUP_PROVIDER_{name.upper().replace('-', '_')}": address for name in NAMES}
    return subprocess.run(
        [sys.executable, "-m", "smup.sync.live"],
        env=os.environ | where | {"SMUP_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_service_is_asked_once_and_nothing_is_kept(tmp_path: Path) -> None:
    with Serving("tests.sync.test_live:Anything") as service:
        done = _live(service.address, tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert [line.partition(":")[0] for line in done.stdout.splitlines()] == list(NAMES)
        assert service.asked().total() == len(NAMES)
        assert list(tmp_path.iterdir()) == []
        service.change(refused="areas-list")
        done = _live(service.address, tmp_path)
        assert done.returncode == 1
        assert "areas-list" in done.stdout
        assert "kod 403" in done.stdout


def test_without_a_network_it_says_so(tmp_path: Path) -> None:
    done = _live(f"http://127.0.0.1:{free_port()}", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Nie ma sieci" in done.stdout
