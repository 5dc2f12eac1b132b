"""Ready questions for an empty page: real ones, each showing another thing the page can do."""

from smup.language import Lang
from smup.store.releases import Release
from smup.telling.strings import strings
from smup.web.portal.explorer import question as q
from smup.web.portal.explorer.question import Question

_CITIES = ("1465", "1261", "0264", "1061", "3064", "2261")  # Warszawa … Gdańsk
EXAMPLES: tuple[tuple[str, Question], ...] = (
    (
        "leaving",
        Question(
            indicators=("saldo-migracji-na-1000",),
            voivodeships=("14",),
            level="gmina",
            years="ostatnie-1",
            picture="mapa",
            sort="saldo-migracji-na-1000.2024",
        ),
    ),
    (
        "alike",
        Question(
            indicators=("bezrobotni-na-1000-mieszkancow",),
            alike="1462",
            years="ostatnie-10",
            columns=q.YEARS,
            picture="linia",
        ),
    ),
    (
        "wages",
        Question(
            indicators=("wynagrodzenie-przecietne", "bezrobotni-na-1000-mieszkancow"),
            level="powiat",
            years="ostatnie-1",
            picture="rozrzut",
        ),
    ),
    (
        "cities",
        Question(
            indicators=("ludnosc",),
            units=_CITIES,
            years=q.ALL_YEARS,
            columns=q.YEARS,
            picture="linia",
        ),
    ),
    (
        "rural",
        Question(
            indicators=("frekwencja-sejm", "dochody-wlasne-na-mieszkanca"),
            kinds=("gmina-wiejska",),
            population=(5000, 10000),
            years=q.ALL_YEARS,
            picture="rozklad",
        ),
    ),
)


def examples(release: Release, lang: Lang) -> list[dict[str, str]]:
    """The ready questions whose indicators have data in this release."""
    t = strings(lang)
    return [
        {
            "words": t[f"explorer_example_{name}"],
            "note": t[f"explorer_example_{name}_note"],
            "href": question.href(lang),
        }
        for name, question in EXAMPLES
        if all(one in release.indicators.item_index for one in question.indicators)
    ]
