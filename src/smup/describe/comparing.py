"""The reader's second question: may I compare my gmina with a city.

Answered for every pair of kinds by what the comparison itself does (``smup.compare.groups``).
"""

from smup.catalogue import Indicator
from smup.describe.speaker import Speaker
from smup.documents import Block, Fact, Facts, Paragraph, Section, Strong, line

SECTION = "porownanie"
_CITY = "miasto-na-prawach-powiatu"


def comparing(speaker: Speaker, one: Indicator) -> Section:
    """Yes or no first, then why, then every pair."""
    allowed, reason = verdict(one)
    answer = line(Strong(speaker.say("yes" if allowed else "no")), " ", speaker.say(reason))
    blocks: list[Block] = [Paragraph(answer, "answer")]
    if one.cities_note:
        blocks.append(Paragraph((speaker.text(one.cities_note),)))
    blocks.append(Facts(tuple(_pairs(speaker, one))))
    return Section(SECTION, speaker.say("comparing"), tuple(blocks))


def verdict(one: Indicator) -> tuple[bool, str]:
    """May a gmina be compared with a city with powiat rights, and the key of the reason."""
    if "gmina" not in one.kinds:
        if _CITY not in one.kinds:
            return False, "only_powiats"
        return False, "powiat_task" if one.cities != "apart" else "powiat_task_apart"
    if _CITY not in one.kinds:
        return False, "no_cities"
    if one.cities in ("both", "with_gminas"):
        return True, f"compared_{one.scope}"
    if one.cities == "with_powiats":
        return False, "city_as_powiat"
    return False, f"apart_{one.scope}"


def _pairs(speaker: Speaker, one: Indicator) -> list[Fact]:
    """The pairs that stand in one comparison, and those that never do."""
    rows: list[Fact] = []
    for key, wanted in (("together", True), ("never_together", False)):
        said = [
            speaker.say(f"pair_{pair}") for pair, allowed in pairs(one).items() if allowed == wanted
        ]
        if said:
            rows.append(((speaker.say(key),), (("; ".join(said),),)))
    return rows


def pairs(one: Indicator) -> dict[str, bool]:
    """Which kinds stand in one comparison; only pairs of which the indicator knows a side."""
    gmina, city, powiat = (kind in one.kinds for kind in ("gmina", _CITY, "powiat"))
    found = {}
    if gmina:
        found["gmina_town"] = True
        found["gmina_city"] = city and one.cities in ("both", "with_gminas")
    if powiat:
        found["powiat_city"] = city and one.cities in ("both", "with_powiats")
    if city:
        found["city_city"] = True
    return found
