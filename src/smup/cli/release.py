"""Releases: build, list, show, verify, approve, activate, compare two, send and fetch."""

import getpass
import sys

import click

from smup.cli.context import as_json, on_cluster, places, print_json, progress_bar

SHOWN = 20  # problems printed for a person; a script gets all of them


@click.group()
def release() -> None:
    """Wydania danych: niezmienne, całe, sprawdzalne."""


@release.command()
@on_cluster
@as_json
def build(cluster: str | None, json_: bool) -> None:
    """Zbuduj wydanie z data/ i katalogu, sprawdź je i uczyń bieżącym.

    Robotnicy klastra muszą mieć to samo wydanie programu i widzieć folder magazynu (SMUP_HOME) pod
    tą samą ścieżką. Klaster wykonuje, co mu każą: stawiaj go tylko w zaufanej sieci.

    \b
    Przykład: smup release build
    """
    from smup.build import build_release

    info = build_release(places.root, places.home, progress_bar(), cluster=cluster)
    print_json(info.as_dict()) if json_ else click.echo(
        f"Wydanie {info.id}: {info.indicators} wskaźników, {info.values} wartości."
    )


@release.command("list")
@as_json
def list_(json_: bool) -> None:
    """Wypisz wydania.

    \b
    Przykład: smup release list --json
    """
    from smup.store.pending import Pending

    found = (*places.releases.list(), *Pending(places.home).list())
    if json_:
        print_json([info.as_dict() for info in found])
        return
    for info in found:
        mark = "*" if info.active else "?" if info.pending else " "
        nature = "  DANE ZMYŚLONE" if info.synthetic else ""
        click.echo(
            f"{mark} {info.id}  {info.created}  {info.indicators} wsk.  {info.values} wart.{nature}"
            f"{'  czeka na zatwierdzenie' if info.pending else ''}"
        )
    if not found:
        click.echo("Nie ma jeszcze żadnego wydania: smup release build.")


@release.command()
@click.argument("id_", metavar="[ID]", required=False)
@as_json
def show(id_: str | None, json_: bool) -> None:
    """Pokaż wydanie (domyślnie bieżące).

    \b
    Przykład: smup release show
    """
    info = places.releases.info(id_)
    if json_:
        print_json(info.as_dict())
        return
    for key, value in info.as_dict().items():
        click.echo(f"{key}: {value}")


@release.command()
@click.argument("id_", metavar="[ID]", required=False)
@as_json
@click.pass_context
def verify(ctx: click.Context, id_: str | None, json_: bool) -> None:
    """Sprawdź sumy kontrolne i spójność wydania.

    \b
    Przykład: smup release verify
    """
    problems = places.releases.verify(id_)
    if json_:
        print_json({"id": places.releases.info(id_).id, "problems": problems, "ok": not problems})
    else:
        for problem in problems[:SHOWN]:
            click.echo(problem)
        if len(problems) > SHOWN:
            click.echo(f"… i {len(problems) - SHOWN} dalszych (wszystkie: --json)")
        click.echo("Wydanie jest uszkodzone." if problems else "Wydanie jest poprawne.")
    ctx.exit(1 if problems else 0)


@release.command()
@click.argument("id_", metavar="ID")
@as_json
def activate(id_: str, json_: bool) -> None:
    """Uczyń wydanie bieżącym.

    \b
    Przykład: smup release activate 2025-01-01-1a2b3c4d
    """
    places.releases.activate(id_)
    info = places.releases.info(id_)
    print_json(info.as_dict()) if json_ else click.echo(f"Bieżące wydanie: {info.id}.")


@release.command()
@click.argument("id_", metavar="ID")
@click.option("--yes", is_flag=True, help="Nie pytaj o potwierdzenie.")
@click.option("--dry-run", is_flag=True, help="Pokaż tylko, co by się zmieniło.")
@click.option("--why", default="", metavar="POWÓD", help="Co sprawdzono.")
@as_json
def approve(id_: str, yes: bool, dry_run: bool, why: str, json_: bool) -> None:
    """Pokaż, co zmieni wydanie, które czeka, i uczyń je bieżącym.

    \b
    Przykład: smup release approve 2025-01-01-1a2b3c4d --dry-run
    """
    from smup.cli.proposals import as_dict, lines
    from smup.store.pending import Pending
    from smup.sync.proposal import proposal

    found = proposal(places.home, id_)
    if not json_:
        click.echo("\n".join(lines(found)))
    asks = not (yes or dry_run or json_) and sys.stdin.isatty()
    if not dry_run and (not asks or click.confirm("Zatwierdzić to wydanie?")):
        Pending(places.home).approve(id_, getpass.getuser(), why)
        if not json_:
            click.echo(f"Bieżące wydanie: {id_}.")
    if json_:
        print_json(as_dict(found))


@release.command()
@click.argument("id_", metavar="ID")
@click.option("--why", required=True, metavar="POWÓD", help="Co jest w nim nie tak.")
@as_json
def refuse(id_: str, why: str, json_: bool) -> None:
    """Odrzuć wydanie, które czeka na zatwierdzenie; zostanie usunięte.

    \b
    Przykład: smup release refuse 2025-01-01-1a2b3c4d --why "Gdynia dziesięć razy za mała"
    """
    from smup.store.pending import Pending

    Pending(places.home).refuse(id_, getpass.getuser(), why)
    print_json({"id": id_, "refused": why}) if json_ else click.echo(f"Odrzucono wydanie {id_}.")


@release.command()
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--only", metavar="PLIK", help="Tylko ten plik, np. xlsx/edukacja.xlsx.")
@as_json
def bulk(id_: str | None, only: str | None, json_: bool) -> None:
    """Zrób pliki zbiorcze wydania (domyślnie bieżącego): SQLite, CSV w ZIP, pliki obszarów.

    Bez tego polecenia każdy z nich powstaje, gdy ktoś po raz pierwszy o niego zapyta.

    \b
    Przykład: smup release bulk
    """
    from smup.formats.bulk.make import make_all
    from smup.language import plural

    opened = places.releases.open(id_) if id_ else places.release
    made = make_all(opened, places.home, progress_bar(), only)
    print_json(
        {"id": opened.id, "files": {name: one.size for name, one in made.items()}}
    ) if json_ else click.echo(
        f"Wydanie {opened.id}: {len(made)} {plural(len(made), 'plik', 'pliki', 'plików')}, "
        f"{sum(one.size for one in made.values()) / 1e6:.1f} MB."
    )


@release.command()
@click.argument("before")
@click.argument("after")
@as_json
def diff(before: str, after: str, json_: bool) -> None:
    """Co zmieniło się między dwoma wydaniami i dlaczego; także tymi, które czekają.

    \b
    Przykład: smup release diff 2024-12-31-aaaaaaaa 2025-01-01-bbbbbbbb
    """
    from smup.store.pending import Pending
    from smup.store.releases import difference

    waiting = Pending(places.home)
    old, new = (
        waiting.open(one) if one in waiting.ids() else places.releases.open(one)
        for one in (before, after)
    )
    result = difference(old, new, why=True)
    if json_:
        print_json(result.as_dict())
        return
    click.echo(result.describe())


snapshots_option = click.option("--snapshots", is_flag=True, help="Także migawki źródeł.")


@release.command()
@click.argument("url")
@click.argument("id_", metavar="[ID]", required=False)
@snapshots_option
@as_json
def push(url: str, id_: str | None, snapshots: bool, json_: bool) -> None:
    """Wyślij sprawdzone wydanie (domyślnie bieżące) pod adres i wskaż je tam jako bieżące.

    Adres to folder (file:///srv/smup) albo magazyn obiektów (s3://zasobnik/smup, z pakietem s3fs).
    Przerwane wysyłanie podejmuje się, powtarzając polecenie.

    \b
    Przykład: smup release push file:///srv/smup
    """
    from smup.store.remote import Remote

    remote, report = Remote(url), progress_bar()
    files = remote.push_snapshots(places.home / "snapshots", report) if snapshots else 0
    sent = remote.push(places.releases, id_, report)
    print_json({"id": sent, "url": url, "snapshots": files}) if json_ else click.echo(
        f"Wydanie {sent} jest pod adresem {url}."
    )


@release.command()
@click.argument("url")
@click.argument("id_", metavar="[ID]", required=False)
@snapshots_option
@as_json
def pull(url: str, id_: str | None, snapshots: bool, json_: bool) -> None:
    """Pobierz i sprawdź wydanie spod adresu; bez ID: tamtejsze bieżące, które stanie się bieżącym.

    Wydanie o podanym ID trafia tylko do magazynu: uczyni je bieżącym `smup release activate`.

    \b
    Przykład: smup release pull file:///srv/smup
    """
    from smup.store.remote import Remote

    remote, report = Remote(url), progress_bar()
    files = remote.pull_snapshots(places.home / "snapshots", report) if snapshots else 0
    fetched = remote.pull(places.releases, id_, report)
    print_json({"id": fetched, "url": url, "snapshots": files}) if json_ else click.echo(
        f"Wydanie {fetched} jest w magazynie {places.home}."
    )
