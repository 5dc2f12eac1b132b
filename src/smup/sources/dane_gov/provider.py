"""dane.gov.pl as a source of files: what ``live`` of a source names becomes its tidy table."""

from dataclasses import dataclass, field

from smup.catalogue import Source
from smup.fetch.errors import FetchError, QuotaSpent
from smup.ingest.mapping import FileMapping, MappingError
from smup.ingest.pipeline import Supplied, Surroundings, mappings_of, read_source, surroundings
from smup.ingest.table import SourceError
from smup.ingest.tables import put
from smup.quality import Finding, finding
from smup.sources.dane_gov.answers import Resource
from smup.sources.dane_gov.asking import ID, Asker, about
from smup.sources.provider import Desk, Outcome, Plan, Progress, Step

EXAMPLES = 5


class DaneGov:
    """``run`` writes a table a source, whole or not at all: a file that changed leaves the old."""

    id = ID

    def plan(self, desk: Desk) -> Plan:
        """Nobody is asked; a file is thought to be due whenever what is said of it is."""
        asker = Asker(desk.fetcher, desk.today)
        steps = []
        for source, resources in _live(desk).items():
            due = sum(asker.due(about(number)) for number in resources.values())
            detail = f"zasoby {', '.join(str(number) for number in resources.values())}"
            # of each resource: what is said of it, its file; and once what else its dataset has
            steps.append(Step(f"pliki źródła {source}", 2 * due + (1 if due else 0), detail))
        nothing = "Żadne źródło nie wskazuje zasobu dane.gov.pl (klucz live w catalogue/sources)."
        return Plan(ID, tuple(steps), () if steps else (nothing,))

    def run(self, desk: Desk, progress: Progress) -> Outcome:
        run = _Run(desk, Asker(desk.fetcher, desk.today))
        before, sources = desk.fetcher.asked(), list(_live(desk))
        if not sources:
            return Outcome(ID, 0, (), ())
        try:
            around = surroundings(desk.root, desk.territory)
            mappings = mappings_of(sources, desk.catalogue, around.conventions)
            for done, (source, files) in enumerate(mappings.items()):
                progress("źródła", done, len(mappings))
                run.source(desk.catalogue.sources[source], files, around)
            progress("źródła", len(mappings), len(mappings))
        except (QuotaSpent, MappingError) as error:
            run.unfinished = str(error)
        asked = desk.fetcher.asked() - before
        return Outcome(ID, asked, tuple(run.tables), tuple(run.findings), run.unfinished)


def _live(desk: Desk) -> dict[str, dict[str, int]]:
    """Source -> path of a file -> number of the resource it comes from."""
    sources = desk.catalogue.sources.values()
    return {one.id: one.live.dane_gov for one in sources if one.live is not None}


@dataclass
class _Run:
    """One run and what it has so far."""

    desk: Desk
    asker: Asker
    tables: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unfinished: str = ""

    def source(self, source: Source, files: tuple[FileMapping, ...], around: Surroundings) -> None:
        """Fetch and read the files of one source. Raises QuotaSpent."""
        resources: dict[int, Resource] = {}
        numbers = source.live.dane_gov if source.live else {}

        def supply(mapping: FileMapping) -> Supplied:
            try:
                resource = self.asker.resource(numbers[mapping.path])
                resources[resource.number] = resource
                answer = self.asker.file(resource)
            except QuotaSpent:
                raise
            except FetchError as error:
                self.unfinished = self.unfinished or str(error)
                raise SourceError("brak-odpowiedzi", str(error)) from error
            return Supplied(answer.content, answer.digest, answer.retrieved.date())

        read = read_source(source, files, supply, around)
        self.findings += read.findings
        if not read.broken and put(self.desk.home, source.id, read.meta, read.facts, read.findings):
            self.tables.append(source.id)
        self._news(source, resources)

    def _news(self, source: Source, resources: dict[int, Resource]) -> None:
        """Tell of resources in the same datasets that no source names. Raises QuotaSpent."""
        named = {number for known in _live(self.desk).values() for number in known.values()}
        for dataset in sorted({one.dataset for one in resources.values() if one.dataset}):
            try:
                others = [one for one in self.asker.beside(dataset) if one.number not in named]
            except QuotaSpent:
                raise
            except FetchError as error:
                self.findings.append(finding("brak-odpowiedzi", source.id, "", str(error)))
                continue
            if others:
                newest = sorted(others, key=lambda one: -one.number)[:EXAMPLES]
                shown = "; ".join(f"{one.number} „{one.attributes.title}”" for one in newest)
                detail = f"zbiór {dataset}: {len(others)} poza źródłami, najnowsze: {shown}"
                self.findings.append(finding("nowy-zasob", source.id, "", detail))
