"""What is to be made: one form of one report of one release. Its name says all of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from smup.reports.cache import path_of
from smup.reports.files import FORMS

_ID = re.compile(
    r"(?P<definition>[0-9a-f]{24})-(?P<form>[a-z]+)(?:-(?P<template>[0-9a-f]{16}))?"
    r"-(?P<release>\d{4}-\d{2}-\d{2}-[0-9a-f]{8})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Job:
    """``definition`` and ``template`` are digests, ``template`` is "" without an office's own;
    ``release`` is an id. Raises ValueError for what these cannot be: they name files."""

    definition: str
    release: str
    form: str
    template: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"no job: {self.id!r}")

    @property
    def id(self) -> str:
        """Letters, digits and hyphens; the same job has the same id in every process."""
        return "-".join(filter(None, (self.definition, self.form, self.template, self.release)))

    def file(self, home: Path) -> Path:
        """Where its file stands, made or not."""
        return path_of(home, self.release, self.definition, self.form, self.template or None)


def read_job(text: str) -> Job | None:
    """The job of an id; None for what is no id of one."""
    found = _ID.fullmatch(text)
    if found is None or found["form"] not in FORMS:
        return None
    return Job(found["definition"], found["release"], found["form"], found["template"] or "")


def jobs_folder(home: Path) -> Path:
    """Locks of files that are being made and notes of those that could not be."""
    return home / "report-jobs"
