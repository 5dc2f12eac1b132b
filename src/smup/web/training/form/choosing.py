"""Which unit was meant: a code, a name only one unit has, or one picked among several."""

import re
from dataclasses import dataclass
from datetime import date

from smup.language import Lang, fold
from smup.telling.naming import title
from smup.territory import Unit
from smup.training import register
from smup.web.training.form.fields import PICKED, UNIT, Typed

_CODE = re.compile(r"(?:.*\[)?(\d{2}|\d{4}|\d{6,7})\]?", re.DOTALL)
MOST_TYPED = 100  # characters of a name


@dataclass(frozen=True)
class Choice:
    """``unit`` is the one meant, None while that is open; ``among`` those it may be."""

    unit: Unit | None
    among: tuple[Unit, ...] = ()

    @property
    def code(self) -> str:
        return self.unit.code if self.unit else ""


def choice(typed: Typed, on: date) -> Choice:
    """What the fields of the unit say."""
    text = typed.get(UNIT, "").strip()[-MOST_TYPED:]
    if not text:
        return Choice(None)
    if code := _CODE.fullmatch(text):
        return Choice(register.unit_of(code[1], on))
    among = tuple(register.found(text, on))
    picked = next((one for one in among if one.code == typed.get(PICKED)), None)
    if picked:
        return Choice(picked, among)
    named = [one for one in among if fold(title(one)) == fold(text)]
    if len(named) == 1 or len(among) == 1:
        return Choice((named or among)[0])
    return Choice(None, among)


def as_typed(unit: Unit, lang: Lang) -> str:
    """The text that means this unit and no other."""
    return f"{register.told(unit, lang)} [{unit.code}]"
