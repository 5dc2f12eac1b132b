"""Assembles a release from the tidy tables and the definitions; computes nothing of its own."""

from smup.build.errors import BuildError
from smup.build.release import build_release

__all__ = ["BuildError", "build_release"]
