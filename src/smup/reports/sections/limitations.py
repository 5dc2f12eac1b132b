"""What the figures of a report do not say."""

from smup.documents import Items, Line, Section
from smup.panel.status import Flag
from smup.present.values import flag_words
from smup.reports.matter import Matter
from smup.telling.strings import strings
from smup.telling.units.company import basis_of
from smup.territory import Kind


def limitations(matter: Matter, _: str = "") -> Section:
    """What holds for this unit and these figures; those of single indicators stand with them."""
    t = strings(matter.lang)
    keys = ["report_limit_years", "report_limit_gaps", "report_limit_judged"]
    if basis_of(matter.release, matter.unit) == "nobody":
        keys.append("report_limit_alone")
    else:
        keys += ["report_limit_place", "report_limit_many"]
    if matter.unit.kind is Kind.MIASTO:
        keys.append("report_limit_city")
    if matter.unit.kind is Kind.GMINY_POWIATU:
        keys.append("report_limit_sum")
    if matter.unit.kind is Kind.WOJEWODZTWO:
        keys.append("report_limit_sum_larger")
    lines: list[Line] = [(t[key],) for key in keys]
    if matter.release.synthetic:
        lines.insert(0, (t["synthetic_words"],))
    lines += [(words,) for words in _flagged(matter)]
    return Section("limitations", t["report_limitations"], (Items(tuple(lines)),))


def _flagged(matter: Matter) -> list[str]:
    """Which marks stand beside how many of the values told."""
    t = strings(matter.lang)
    found = []
    for flag in Flag:
        marked = [one for one in matter.told if one.value is not None and one.flags & flag]
        if marked:
            names = "; ".join(getattr(one.indicator.name, matter.lang) for one in marked[:8])
            more = f" (+{len(marked) - 8})" if len(marked) > 8 else ""
            mark = flag_words(int(flag), matter.lang)[0]
            found.append(t["report_limit_flag"].format(mark=mark, names=names + more))
    return found
