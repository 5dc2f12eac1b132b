"""`smup peers`: which units are alike, and why."""

from typing import TYPE_CHECKING

import click

from smup.cli.context import as_json, places, print_json, the_unit
from smup.cli.lazy import Refused
from smup.language.numbers import format_number

if TYPE_CHECKING:
    from smup.catalogue import Catalogue
    from smup.catalogue.methods import PeerFeature
    from smup.compare.peers import Peer, Peers

REASONS = {
    "not_existing": "jednostka nie istnieje w roku {year}",
    "not_compared": "dla jednostek tego rodzaju nie szuka się podobnych",
    "unknown_place": "o jednostce wiadomo za mało: brakuje ponad połowy wagi cech",
    "nobody": "nie ma innej jednostki tego rodzaju",
}


@click.command()
@click.argument("unit")
@click.option("--area", help="Obszar usług; bez niego zestaw wspólny.")
@click.option("--k", type=int, default=15, show_default=True, help="Ile jednostek.")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="CECHA=WAGA",
    help="Własna waga cechy (0 pomija); można podać kilka razy.",
)
@click.option("--explain", is_flag=True, help="Pokaż cechy, ich lata, wagi i udziały.")
@click.option(
    "--variant",
    type=click.Choice(["smup", "cipfa"]),
    default="smup",
    show_default=True,
    help="cipfa: metoda klasyczna (standaryzacja z, bez wag, odległość 0–1).",
)
@as_json
def peers(
    unit: str,
    area: str | None,
    k: int,
    weights: tuple[str, ...],
    explain: bool,
    variant: str,
    json_: bool,
) -> None:
    """Wypisz jednostki podobne (bez --json tabelą).

    \b
    Przykład: smup peers Hel
              smup peers 1465 --area edukacja --explain
              smup peers Hel --k 5 --weight ludnosc=4 --weight saldo-migracji=0 --json
    """
    from smup.compare.peers import DEFAULT_K, peers_of

    code, changed = the_unit(unit).code, dict(map(_weight, weights))
    if k != DEFAULT_K or changed or variant != "smup":
        found = peers_of(places.release.frame, code, area, k, changed, variant=variant)
    else:
        found = places.release.peers(code, area)
    if json_:
        print_json(found.to_dict() | ({"synthetic": True} if places.release.synthetic else {}))
        return
    show(found, explain)


def _weight(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise Refused(f"„{text}”: podaj cechę i wagę, np. ludnosc=2.") from None


def show(found: "Peers", explain: bool) -> None:
    """The list as a table; with ``explain`` the features first and the shares of each peer."""
    if found.reason is not None:
        click.echo(f"Brak jednostek podobnych: {REASONS[found.reason].format(year=found.year)}.")
        return
    units = places.release.territory.units
    if found.outside:
        click.echo("Jednostka jest osobną klasą; podobne są spoza niej: najbliższe duże miasta.")
    if explain:
        _features(found)
    click.echo(f"{'':<7} {'':<28} {'odległość':>10} {'stałość':>8}")
    for peer in found.peers:
        distance = format_number(peer.distance, 3)
        steady = format_number(100 * peer.stability, 0)
        click.echo(f"{peer.unit:<7} {units[peer.unit].name:<28} {distance:>10} {steady:>7}%")
        if explain:
            click.echo(f"        {_shares(peer)}")


def _features(found: "Peers") -> None:
    known = _known(places.release.catalogue)
    click.echo(f"{'cecha':<70} {'rok':>4} {'waga':>6} {'wartość':>12}")
    for one in found.features:
        feature = known[one.id]
        value = "–" if one.value is None else format_number(one.value, feature.decimals)
        weight = format_number(100 * one.weight, 0)
        click.echo(f"{feature.name.pl:<70} {one.year:>4} {weight:>5}% {value:>12}")


def _shares(peer: "Peer") -> str:
    known = _known(places.release.catalogue)
    largest = sorted(peer.contributions.items(), key=lambda pair: -pair[1])[:3]
    return "różni: " + ", ".join(
        f"{known[name].name.pl} {format_number(100 * share, 0)}%" for name, share in largest
    )


def _known(catalogue: "Catalogue") -> dict[str, "PeerFeature"]:
    from smup.compare.peers.features import all_features

    return all_features(catalogue)
