"""The register as a source: once a year a newer edition of the units, for a person to activate."""

from datetime import date

from smup.fetch.errors import FetchError, QuotaSpent
from smup.ingest.edition_store import EditionStore
from smup.ingest.editions import newest_day
from smup.quality import Finding, finding
from smup.sources.provider import Desk, Outcome, Plan, Progress, Step
from smup.sources.teryt.service import ID, Catalogue, Service

_REQUESTS = 2  # the description of the service and one question; both are kept


class Teryt:
    """TERC of the current year, when the active edition is older and none is waiting."""

    id = ID

    def plan(self, desk: Desk) -> Plan:
        day = wanted(desk)
        if day is None:
            return Plan(ID, (), ("Jednostki są z wydania rejestru za ten rok.",))
        if not desk.fetcher.providers[ID].key:
            return Plan(ID, (), (_NO_KEY,))
        return Plan(ID, (Step(f"Rejestr TERC na {day}", _REQUESTS),))

    def run(self, desk: Desk, progress: Progress) -> Outcome:
        """Fetch the register and prepare the inactive edition; units in force stay as they are."""
        day = wanted(desk)
        if day is None:
            return Outcome(ID, 0, (), ())
        if not desk.fetcher.providers[ID].key:
            return Outcome(ID, 0, (), (), _NO_KEY)
        before = desk.fetcher.asked()
        progress("TERYT", 0, _REQUESTS)
        findings: tuple[Finding, ...] = ()
        unfinished = ""
        try:
            found = Service(desk.fetcher).catalogue(day)
            prepare(desk, found)
        except QuotaSpent as error:
            unfinished = str(error)
        except (FetchError, ValueError) as error:  # the latter: it cannot follow the active one
            unfinished = str(error)
            findings = (finding("nieczytelny-plik", ID, f"TERC {day}", str(error)),)
        asked = desk.fetcher.asked() - before
        progress("TERYT", _REQUESTS, _REQUESTS)
        return Outcome(ID, asked, (), findings, unfinished)


def wanted(desk: Desk) -> date | None:
    """The day of the register to ask for: this year's, unless it is in force or waits already."""
    day = date(desk.today.year, 1, 1)
    active = newest_day(desk.root / "territory")
    store = EditionStore(desk.root / "territory", desk.home)
    return day if day > active and day not in store.waiting() else None


def prepare(desk: Desk, found: Catalogue) -> None:
    """The edition in the store, from the register as it was fetched."""
    name = found.name if found.name.lower().endswith(".zip") else f"{found.name}.zip"
    EditionStore(desk.root / "territory", desk.home).prepare(name, found.content)


_NO_KEY = (
    "Rejestr TERYT wymaga użytkownika i hasła: ustaw SMUP_KEY_TERYT=użytkownik:hasło albo wskaż "
    "pobrany plik (smup territory next PLIK)."
)

PROVIDER = Teryt()
