"""Usual variation on disk says what was worked out, and a file that does not fit is refused."""

from pathlib import Path

import numpy as np
import pytest

from smup.store.variation import open_variation, write_variation
from smup.territory import Level
from tests.compare.series import GMINAS, START, figures
from tests.compare.test_variation import variation

FRAME = figures({unit: [1.0 * at, 3.0, 2.0, 5.0, 4.0, 9.0] for at, unit in enumerate(GMINAS)})


def test_what_is_opened_is_what_was_written(tmp_path: Path) -> None:
    written = variation(FRAME)
    for name in ("one", "two"):
        write_variation(tmp_path / name, {Level.GMINA: written})
    opened = open_variation(tmp_path / "one")[Level.GMINA]
    assert (opened.items, opened.years, opened.parts) == (
        ("x",),
        FRAME.indicators.years,
        written.parts,
    )
    for part in written.parts:
        one, other = (each.of("x", part, START + 5) for each in (written, opened))
        np.testing.assert_array_equal(one.common, other.common)
        np.testing.assert_array_equal(one.deviation, other.deviation)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_release_without_has_none(tmp_path: Path) -> None:
    assert open_variation(tmp_path / "nothing") == {}


def test_an_array_of_another_shape_is_refused(tmp_path: Path) -> None:
    write_variation(tmp_path, {Level.GMINA: variation(FRAME)})
    np.save(tmp_path / "gmina.common.npy", np.zeros((1, 1, 1)))
    with pytest.raises(ValueError, match="inny kształt"):
        open_variation(tmp_path)
