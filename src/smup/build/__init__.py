"""Assembles a release from figures and definitions; computes nothing of its own."""

from smup.build.errors import BuildError
from smup.build.figures import Figures
from smup.build.release import build_release

__all__ = ["BuildError", "Figures", "build_release"]
