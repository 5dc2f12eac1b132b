"""A copy of verified releases and snapshots at an fsspec URL: a folder, an object store, memory.

::

    <URL>/published/<id>/...          every file of a release, as in the store; never changed
    <URL>/published/<id>/manifest.json    written last: a release without it is not whole yet
    <URL>/published/current           the id of the release to serve, put at once after all that
    <URL>/snapshots/<2 digits>/<sha256>[.json|.zst]

What was copied before a break is not copied again. Nothing that comes from there is believed: the
manifest is checked against the id and every file against the manifest before a release gets its
place in a store.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from smup.store import layout
from smup.store.answers import COMPRESSED
from smup.store.draft import Progress, place, silent
from smup.store.errors import LISTED, BuildBusy, DamagedRelease, StoreError
from smup.store.files import Locked, files_below, locked, point, sync_tree
from smup.store.nature import is_synthetic, refuse_mixing
from smup.store.releases import Releases
from smup.store.snapshots import Snapshots
from smup.store.verify import damages

PUBLISHED, SNAPSHOTS = "published", "snapshots"
PARTIAL = ".pull-"  # a release half fetched; no reader looks at it, the next fetching goes on
MANY = 16  # objects on their way at once: they wait for the network, not for the processor
PUSHING, PULLING = "wysyłanie", "pobieranie"
SNAPSHOT = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}(\.json|\.zst)?")


class RemoteError(StoreError):
    """The place at the URL cannot be reached, or does not hold what is asked."""


class Remote:
    """Releases and snapshots at ``url``, say ``s3://bucket/smup`` or ``file:///srv/smup``."""

    def __init__(self, url: str) -> None:
        """Raises RemoteError for an address fsspec cannot open."""
        from fsspec.core import url_to_fs

        self.url = url.rstrip("/")
        try:
            self._fs, root = url_to_fs(self.url)
        except (ValueError, ImportError, OSError) as error:
            raise RemoteError(
                f"Nie można otworzyć adresu {url} ({error}) – podaj go w postaci file:///folder "
                "albo s3://zasobnik/folder (pakiet s3fs)."
            ) from error
        self._root = str(root).rstrip("/")

    def ids(self) -> tuple[str, ...]:
        """Whole releases held there, oldest source date first."""
        found = self._sizes(PUBLISHED)
        whole = {PurePosixPath(name).parts[0] for name in found if name.endswith("/manifest.json")}
        return tuple(sorted(name for name in whole if layout.ID.fullmatch(name)))

    def current_id(self) -> str | None:
        """The release to serve; None where nothing was published."""
        try:
            found = self._read(f"{PUBLISHED}/{layout.CURRENT}").decode().strip()
        except FileNotFoundError:
            return None
        if not layout.ID.fullmatch(found):
            raise RemoteError(f"{self.url}/{PUBLISHED}/{layout.CURRENT} nie nazywa wydania.")
        return found

    def push(
        self, releases: Releases, release: str | None = None, progress: Progress = silent
    ) -> str:
        """Copy a release that verifies, the current one by default, and point at it; its id.

        Raises DamagedRelease for one that does not verify, MixedStore where official and invented
        figures would meet, RemoteError when the place fails.
        """
        release = releases.info(release).id
        if found := releases.verify(release):
            raise DamagedRelease(release, found)
        folder = releases.folder / release
        with _told(self.url):
            self._refuse_mixing(is_synthetic(layout.read_json(folder / layout.MANIFEST)), release)
            if release not in self.ids():  # what is whole there is never written again
                names = [name for name in files_below(folder) if name != layout.MANIFEST]
                self._upload(folder, f"{PUBLISHED}/{release}", names, progress)
                self._upload(folder, f"{PUBLISHED}/{release}", [layout.MANIFEST], silent)
            self._point(release)
        return release

    def pull(
        self, releases: Releases, release: str | None = None, progress: Progress = silent
    ) -> str:
        """Fetch a release and check it; its id.

        Without ``release`` it is the one to serve there, and it serves here too; one asked for is
        only put beside the others. Raises RemoteError when there is no such release, it does not
        verify or the place fails; MixedStore; BuildBusy while the store is being built.
        """
        with _told(self.url):
            wanted = release or self.current_id()
            if wanted is None or wanted not in self.ids():
                known = ", ".join(self.ids()[::-1][:3]) or "żadne"
                raise RemoteError(
                    f"Pod adresem {self.url} nie ma wydania {wanted or 'bieżącego'} (są: {known})."
                )
            releases.folder.mkdir(parents=True, exist_ok=True)
            try:
                with locked(releases.folder / layout.LOCK, wait=False):
                    self._fetch(releases, wanted, progress)
                    if release is None:
                        point(releases.folder / layout.CURRENT, wanted)
            except Locked as error:
                raise BuildBusy(error.holder) from None
        return wanted

    def push_snapshots(self, folder: Path, progress: Progress = silent) -> int:
        """Copy every snapshot in ``folder``; how many files lie there."""
        names = files_below(folder) if folder.is_dir() else []
        with _told(self.url):
            self._upload(folder, SNAPSHOTS, names, progress)
        return len(names)

    def pull_snapshots(self, folder: Path, progress: Progress = silent) -> int:
        """Fetch every snapshot into ``folder``; how many files there are.

        Raises RemoteError for bytes that are not what their name says.
        """
        with _told(self.url):
            names = [name for name in self._sizes(SNAPSHOTS) if SNAPSHOT.fullmatch(name)]
            self._download(SNAPSHOTS, names, folder, progress)
        for path in (folder / name for name in names if not name.endswith(".json")):
            if not Snapshots(folder).sound(path.stem):
                path.unlink()
                raise RemoteError(f"Migawka {path.stem} pod adresem {self.url} jest uszkodzona.")
        return len(names)

    def _refuse_mixing(self, synthetic: bool, release: str) -> None:
        for other in self.ids():
            if is_synthetic(self._manifest(other)) != synthetic:
                here, there = ("zmyślone", "urzędowe") if synthetic else ("urzędowe", "zmyślone")
                raise RemoteError(
                    f"Wydanie {release} zawiera dane {here}, a pod adresem {self.url} jest wydanie "
                    f"{other} ({there}) – danych tych nie wolno mieszać: podaj inny adres."
                )

    def _manifest(self, release: str) -> dict[str, Any]:
        raw = self._read(f"{PUBLISHED}/{release}/{layout.MANIFEST}")
        try:
            if layout.release_id(raw) == release:
                return dict(orjson.loads(raw))
        except (ValueError, KeyError, TypeError):
            pass
        raise RemoteError(f"Manifest wydania {release} pod adresem {self.url} jest uszkodzony.")

    def _fetch(self, releases: Releases, release: str, progress: Progress) -> None:
        """Bring a release into its place, by way of a folder where a break leaves what it has."""
        if release in releases.ids() and not releases.verify(release):
            return
        manifest = self._manifest(release)
        refuse_mixing(releases.folder, is_synthetic(manifest), release)
        partial = releases.folder / f"{PARTIAL}{release}"
        partial.mkdir(exist_ok=True)
        self._download(f"{PUBLISHED}/{release}", _files_of(manifest), partial, progress)
        found = damages(partial, release)
        if not found:
            sync_tree(partial)
            place(partial, releases.folder / release)
        shutil.rmtree(partial, ignore_errors=True)
        if found:
            raise RemoteError(
                f"Pobrane wydanie {release} jest uszkodzone: {'; '.join(found[:LISTED])} – pobrane "
                "pliki usunięto; pobierz je jeszcze raz albo wyślij ponownie pod inny adres."
            )

    def _upload(self, folder: Path, target: str, names: Sequence[str], progress: Progress) -> None:
        """Send files that are not there in their full size."""
        held = self._sizes(target)
        missing = [name for name in names if held.get(name) != (folder / name).stat().st_size]
        for parent in {str(PurePosixPath(self._at(f"{target}/{name}")).parent) for name in missing}:
            self._fs.makedirs(parent, exist_ok=True)

        def send(name: str) -> None:
            self._fs.put_file(str(folder / name), self._at(f"{target}/{name}"))

        _all(send, missing, progress, PUSHING)

    def _download(
        self, source: str, names: Sequence[str], folder: Path, progress: Progress
    ) -> None:
        """Fetch those of ``names`` that are held there and are not here in their full size."""
        sizes = self._sizes(source)
        held = (name for name in names if name in sizes)
        missing = [name for name in held if _size(folder / name) != sizes[name]]
        for parent in {(folder / name).parent for name in missing}:
            parent.mkdir(parents=True, exist_ok=True)

        def fetch(name: str) -> None:
            self._fs.get_file(self._at(f"{source}/{name}"), str(folder / name))

        _all(fetch, missing, progress, PULLING)

    def _point(self, release: str) -> None:
        """Name the release to serve: moved in whole, as not every place writes at once."""
        target = self._at(f"{PUBLISHED}/{layout.CURRENT}")
        self._fs.pipe_file(f"{target}.new", f"{release}\n".encode())
        self._fs.mv(f"{target}.new", target)

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _read(self, name: str) -> bytes:
        return bytes(self._fs.cat_file(self._at(name)))

    def _sizes(self, below: str) -> dict[str, int]:
        """Size of every object below, by its path from there."""
        start = self._at(below)
        self._fs.invalidate_cache()
        found: dict[str, dict[str, Any]] = self._fs.find(start, detail=True)
        return {path.split(f"{start}/", 1)[1]: int(one["size"]) for path, one in found.items()}


def _files_of(manifest: Mapping[str, Any]) -> list[str]:
    """What a release may consist of. Raises RemoteError for a name that leads out of its folder."""
    answers = list(manifest["answers"])
    twins = [name + COMPRESSED for name in answers]
    names = [layout.MANIFEST, layout.BUILD, *manifest["files"], *answers, *twins]
    for name in names:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise RemoteError(f"Manifest wydania nazywa plik spoza jego folderu: {name}.")
    return names


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _all(work: Callable[[str], None], names: Sequence[str], progress: Progress, stage: str) -> None:
    """Do all of it, many at once. The first exception is raised here."""
    progress(stage, 0, len(names))
    with ThreadPoolExecutor(MANY) as pool:
        for done, _ in enumerate(pool.map(work, names), 1):
            progress(stage, done, len(names))


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Failures of the place in words."""
    try:
        yield
    except OSError as error:
        raise RemoteError(
            f"Magazyn pod adresem {url} nie odpowiada ({type(error).__name__}: {error}) – powtórz "
            "polecenie: to, co już przeszło, nie pójdzie drugi raz."
        ) from error
