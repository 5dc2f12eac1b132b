"""Something of a finished edition that breaks a rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """``check`` is the name of what was checked, ``about`` the row, ``told`` what is wrong."""

    check: str
    about: str
    told: str

    def as_dict(self) -> dict[str, str]:
        return {"check": self.check, "about": self.about, "told": self.told}
