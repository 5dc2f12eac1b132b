"""What reports of some units are written from, without the rest of a report."""

from smup.reports.definition import Definition
from smup.reports.looking import matter_of
from smup.reports.matter import Matter
from smup.store.releases import Release


def matter_for(release: Release, *units: str, **asked: object) -> Matter:
    """Of a full unit report, unless another ``kind`` is asked for."""
    content = {"kind": "unit", "units": units} | asked
    return matter_of(release, Definition.model_validate(content))
