"""The national SMUP service as a source: its dictionaries, then the figures our catalogue names."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from smup.fetch.errors import FetchError, Refused
from smup.fetch.fetcher import Answer
from smup.language import plural
from smup.quality import Finding, finding
from smup.sources.national import answers, published, suggestions
from smup.sources.national.asking import ID, Asker, card_of, values_in
from smup.sources.national.dictionaries import Dictionaries
from smup.sources.national.lists import INDICATORS, Lists
from smup.sources.national.published import Line
from smup.sources.national.reading import Tally, Wanted, joined, lines_of, wanted
from smup.sources.provider import Desk, Outcome, Plan, Progress, Step

NO_ACCESS = (401, 403)


class National:
    """``run`` writes ``compared/smup.csv`` at its end, or leaves it as it is; no tidy table."""

    id = ID

    def plan(self, desk: Desk) -> Plan:
        """Nobody is asked: years and areas not known yet are estimated."""
        asker = Asker(desk.fetcher, desk.today)
        lists = Lists(asker, desk)
        lacking = lists.lacking()
        asked = _numbers(wanted(desk.catalogue.indicators.values()))
        numbers = [number for number in asked if not lacking(number)]
        years = lists.years_kept()
        cards = sum(asker.due(card_of(number)) for number in numbers)
        values = sum(asker.due(values_in(n, year), year) for n in numbers for year in years)
        count = f"{len(numbers)} {plural(len(numbers), 'wskaźnik', 'wskaźniki', 'wskaźników')}"
        period = f"lata {years[0]}–{years[-1]}" if years else "bez lat"
        steps = (
            Step("słowniki: jednostki, flagi, lata, obszary, usługi, wskaźniki", lists.due()),
            Step("metryczki wskaźników", cards, count),
            Step("wartości", values, f"{count}, {period}"),
        )
        nothing = "Katalog nie wskazuje żadnego wskaźnika krajowego (klucz smup wskaźnika)."
        return Plan(ID, steps, () if asked else (nothing,))

    def run(self, desk: Desk, progress: Progress) -> Outcome:
        before = desk.fetcher.asked()
        run = _Run(desk, progress)
        written, unfinished = False, ""
        try:
            run.ask_and_read()
            written = run.write()
        except FetchError as error:
            unfinished = str(error)
        tables = (published.NAME,) if written else ()
        asked = desk.fetcher.asked() - before
        return Outcome(ID, asked, tables, tuple(run.findings), unfinished)


def _numbers(asked: list[Wanted]) -> list[int]:
    return list(dict.fromkeys(one.national for one in asked))


@dataclass
class _Run:
    """One run and what it has so far; ``meta`` names the answers the lines were read from."""

    desk: Desk
    progress: Progress
    findings: list[Finding] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    lines: list[Line] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)

    def ask_and_read(self) -> None:
        """Raises FetchError where the rest cannot be asked."""
        asker = Asker(self.desk.fetcher, self.desk.today)
        lists = Lists(asker, self.desk, findings=self.findings)
        known = lists.all(self.progress)
        self._name(lists.answers)
        suggestions.write(self.desk.home, known.indicators.values(), self.desk.catalogue)
        catalogue = self.desk.catalogue.indicators.values()
        there = [one for one in wanted(catalogue) if self._is_there(one, known)]
        self._cards(asker, _numbers(there))
        questions = [(one, year) for one in there for year in known.years]
        for done, (one, year) in enumerate(questions):
            self.progress("wartości", done, len(questions))
            self._figures(asker, one, year, known)
        self.progress("wartości", len(questions), len(questions))

    def write(self) -> bool:
        """Write the table; was it other than before? After it the findings are whole."""
        settings = self.desk.fetcher.providers[ID].settings
        lines = joined(self.lines, self.tally)
        self.findings += self.tally.findings()
        meta = [
            ("source", ID),
            ("publisher", settings.publisher),
            ("title", "Wskaźniki opublikowane w krajowym SMUP, do porównania z naszymi"),
            ("licence", settings.licence),
            *self.meta,
        ]
        return published.write(self.desk.home, meta, lines)

    def _is_there(self, one: Wanted, known: Dictionaries) -> bool:
        """Does the service have the indicator, and under the name it had the last time?"""
        listed = known.indicators.get(one.national)
        if listed is None:
            detail = (
                f"{one.indicator}: numeru {one.national} nie ma na liście krajowych wskaźników; "
                "popraw klucz smup wskaźnika"
            )
            self.findings.append(finding("brak-wskaznika", ID, INDICATORS, detail))
            return False
        self.meta.append(("national", f"{one.national} {listed.name}"))
        old = published.header(published.path_in(self.desk.home)).get("national", ())
        names = {text.partition(" ")[0]: text.partition(" ")[2] for text in old}
        before = names.get(str(one.national), listed.name)
        if before != listed.name:
            detail = (
                f"wskaźnik krajowy {one.national} ({one.indicator}) nazywał się „{before}”, "
                f"a nazywa „{listed.name}”; sprawdź, czy mierzy to samo"
            )
            self.findings.append(finding("zmieniona-nazwa", ID, INDICATORS, detail))
        return True

    def _cards(self, asker: Asker, numbers: list[int]) -> None:
        """Kept for people: the fields of a flashcard were never seen, so that none is read."""
        for done, number in enumerate(numbers):
            self.progress("metryczki", done, len(numbers))
            self._answers(partial(asker.card, number))

    def _figures(self, asker: Asker, one: Wanted, year: int, known: Dictionaries) -> None:
        check = answers.values_of(one.national, year * 10_000 + 1231)
        found = self._answers(partial(asker.values, one.national, year, check, known.capacity))
        told = [answers.read_values(answer.content) for answer in found if answer.content]
        for name in sorted({name for _, strange in told for name in strange}):
            self.tally.add("nowe-pole", one.national, f"nieopisane pole „{name}”", str(year))
        rows = [row for rows, _ in told for row in rows]
        self.lines += lines_of(rows, one, known, self.desk.territory, self.tally)

    def _answers(self, ask: Callable[[], list[Answer]]) -> list[Answer]:
        """What came; nothing, and a finding, for a question the service does not accept.

        Everything else that fails is raised: it would fail for the next question, too.
        """
        try:
            found = ask()
        except Refused as error:
            if error.status in NO_ACCESS:
                raise
            self.findings.append(finding("brak-odpowiedzi", ID, "", str(error)))
            return []
        self._name(found)
        return found

    def _name(self, found: list[Answer]) -> None:
        for answer in found:
            asked = answer.request.address("").lstrip("/")
            if answer.digest:
                self.meta += [("file", asked), ("sha256", answer.digest)]
            else:
                self.meta.append(("empty", asked))
