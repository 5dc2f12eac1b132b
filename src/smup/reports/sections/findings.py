"""What stands out: the strongest and the weakest places, in the sentences of the portal."""

from collections.abc import Mapping, Sequence

from smup.documents import Block, Items, Line, Paragraph, Section, Strong, line
from smup.reports.matter import Matter
from smup.telling.strings import strings
from smup.telling.units.company import basis_of
from smup.telling.units.findings import findings as told_of
from smup.telling.units.standing import Standing

FEWER = 4  # findings of a side on a paper of two pages


def findings(matter: Matter, _: str = "") -> Section | None:
    """Both sides, the good one first; None where the unit is compared with nobody."""
    t = strings(matter.lang)
    basis = basis_of(matter.release, matter.unit)
    if basis == "nobody" or not any(one.has_place for one in matter.told):
        return None
    strong, weak = (lines[: FEWER if matter.is_short else None]
                    for lines in sides(matter, matter.told))  # fmt: skip
    blocks: list[Block] = []
    if not strong and not weak:
        blocks.append(Paragraph((t["findings_none"],)))
    else:
        blocks += _side("findings-strong", t["findings_strong"], t["findings_none_strong"], strong)
        blocks += _side("findings-weak", t["findings_weak"], t["findings_none_weak"], weak)
    note = Paragraph((t[f"findings_note_{basis}"],), "quiet")
    return Section("findings", t["findings_title"], (*blocks, note))


def sides(matter: Matter, found: Sequence[Standing]) -> tuple[list[Line], list[Line]]:
    """Strong and weak findings among these standings, each a line that begins with its name."""
    basis = basis_of(matter.release, matter.unit)
    told = told_of(matter.release, matter.unit, found, basis, matter.role, matter.lang, matter.upto)
    return _lines(told["strong"]), _lines(told["weak"])


def _lines(told: Sequence[Mapping[str, str]]) -> list[Line]:
    return [line(Strong(f"{one['name']}: "), one["words"]) for one in told]


def _side(ident: str, heading: str, none: str, lines: list[Line]) -> list[Block]:
    said = Items(tuple(lines)) if lines else Paragraph((none,))
    return [Section(ident, heading, (said,))]
