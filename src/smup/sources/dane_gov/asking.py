"""Questions to the portal: about a resource, for its file, for what else is in its dataset."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from smup.fetch.errors import Refused, Unsound
from smup.fetch.fetcher import Answer, Fetcher
from smup.fetch.request import Request
from smup.sources.dane_gov.answers import One, Page, Resource, a_file, read

ID = "dane-gov"
ON_PAGE = 100  # the most the portal gives
MOST_PAGES = 50
_HEADERS = (("Accept", "application/vnd.api+json"), ("Accept-Language", "pl"))
_GONE = (404, 410)


def about(resource: int) -> Request:
    return Request(ID, f"resources/{resource}", headers=_HEADERS)


def file_at(address: str) -> Request:
    return Request(ID, address)


def page_of(dataset: str, page: int) -> Request:
    params = (("page", str(page)), ("per_page", str(ON_PAGE)))
    return Request(ID, f"datasets/{dataset}/resources", params, headers=_HEADERS)


@dataclass(frozen=True)
class Asker:
    """Asks for what is not kept, or was last confirmed too long ago."""

    fetcher: Fetcher
    today: date

    def due(self, request: Request) -> bool:
        """Would the portal be asked?"""
        kept = self.fetcher.kept(request)
        again = timedelta(days=self.fetcher.providers[ID].settings.asking.again_days)
        return kept is None or self.today - kept.confirmed.date() >= again

    def resource(self, number: int, *, again: bool = False) -> Resource:
        """What the portal says of a resource. Raises FetchError."""
        request = about(number)
        check = partial(_check_resource, number)
        answer = self.fetcher.get(request, check=check, again=again or self.due(request))
        return read(One, answer.content).data

    def file(self, resource: Resource) -> Answer:
        """The file of a resource; one that has moved since is looked for once more.

        Raises FetchError.
        """
        try:
            return self._file(resource.address)
        except Refused as error:
            if error.status not in _GONE:
                raise
            moved = self.resource(resource.number, again=True)
            if moved.address == resource.address:
                raise
            return self._file(moved.address)

    def beside(self, dataset: str) -> list[Resource]:
        """The resources of a dataset, each once: one may stand on two pages. Raises FetchError."""
        found = {one.number: one for page in self._pages(dataset) for one in page.data}
        return list(found.values())

    def _file(self, address: str) -> Answer:
        request = file_at(address)
        return self.fetcher.get(request, check=a_file, again=self.due(request))

    def _pages(self, dataset: str) -> Iterator[Page]:
        for number in range(1, MOST_PAGES + 1):
            request = page_of(dataset, number)
            answer = self.fetcher.get(request, check=_check_page, again=self.due(request))
            page = read(Page, answer.content)
            yield page
            if page.links.next is None:
                return


def _check_resource(number: int, content: bytes) -> None:
    told = read(One, content).data
    if told.number != number:
        raise Unsound(f"pytano o zasób {number}, a przyszedł {told.id}")
    if not told.address.startswith(("https://", "http://")):
        raise Unsound(f"zasób {number} nie podaje adresu pliku, który dałoby się pobrać")


def _check_page(content: bytes) -> None:
    read(Page, content)
