"""`smup report`: a document to hand in, of one unit or of all."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smup.cli.context import as_json, on_cluster, places, print_json, progress_bar, the_unit
from smup.cli.lazy import Refused
from smup.cli.report_options import (
    definition_asked,
    forms_asked,
    kind_asked,
    place_asked,
    template_asked,
)
from smup.language import plural

if TYPE_CHECKING:
    from smup.reports.batch import Done, Job
    from smup.reports.definition import Definition
    from smup.store.releases import Release

SHOWN = 20  # failures printed for a person; all stand in the manifest
PLACE = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("unit", metavar="[JEDNOSTKA]", required=False)
@click.option(
    "--kind",
    metavar="RODZAJ",
    help="profile, unit, area, service, comparison, indicator, state, education, social, waste.",
)
@click.option(
    "--format",
    "forms",
    metavar="FORMATY",
    help="pdf, docx, odt, html, dossier, xlsx, pptx; kilka po przecinku.",
)
@click.option("--out", type=PLACE, help="Plik albo folder; domyślnie bieżący folder.")
@click.option("--area", help="Obszar, np. edukacja.")
@click.option("--service", help="Usługa.")
@click.option("--indicator", help="Wskaźnik.")
@click.option("--with", "others", multiple=True, metavar="JEDNOSTKA", help="Z kim porównać.")
@click.option("--role", type=click.Choice(["gmina", "powiat"]), help="Rola miasta.")
@click.option("--years", metavar="LATA", help="Pierwszy i ostatni rok, np. 2019-2024.")
@click.option("--lang", type=click.Choice(["pl", "en"]), help="Język; domyślnie pl.")
@click.option("--section", "sections", multiple=True, metavar="ROZDZIAŁ", help="W tej kolejności.")
@click.option("--comparator", "comparators", multiple=True, metavar="KTO", help="Z kim zestawić.")
@click.option("--office", help="Urząd na stronie tytułowej.")
@click.option("--author", help="Kto przygotował.")
@click.option("--session", help="Sesja rady, np. „XII sesja, 29 maja 2026 r.”.")
@click.option("--text", "texts", multiple=True, metavar="MIEJSCE=TEKST", help="Własny tekst.")
@click.option("--comment", "comments", multiple=True, metavar="ROZDZIAŁ=TEKST", help="Komentarz.")
@click.option("--definition", "file", type=FILE, help="Zapisana definicja; opcje ją zmieniają.")
@click.option("--save-definition", "save", type=PLACE, help="Zapisz definicję w pliku (YAML).")
@click.option("--template", type=FILE, help="Szablon DOCX urzędu.")
@click.option("--release", "release_", metavar="ID", help="Wydanie; domyślnie bieżące.")
@click.option("--all", "all_", is_flag=True, help="Każda jednostka, której dotyczy rodzaj.")
@click.option("--within", metavar="JEDNOSTKA", help="Z --all: tylko w województwie lub powiecie.")
@click.option("--processes", type=click.IntRange(1, 256), help="Z --all; domyślnie ile rdzeni.")
@on_cluster
@as_json
@click.pass_context
def report(ctx: click.Context, /, json_: bool, **options: Any) -> None:
    """Napisz raport o jednostce albo, z --all, o każdej jednostce.

    Z --all zapisane już pliki zostają, a wynik opisuje manifest.csv w folderze.

    \b
    Przykład: smup report 1465 --kind profile --format pdf --out profil.pdf
              smup report Hel --kind area --area edukacja --format docx,xlsx --out raporty
              smup report 020101 --kind comparison --with 020102 --with 020103
              smup report --kind unit --all --format pdf,docx --out raporty
    """
    release = places.releases.open(options["release_"]) if options["release_"] else places.release
    if not options["all_"]:
        _write_one(release, options, json_)
        return
    job, done = _write_all(release, options)
    _tell(job, done, json_)
    ctx.exit(1 if done.failures else 0)


def _write_one(release: "Release", options: dict[str, Any], json_: bool) -> None:
    """One unit, a file in each form; several files stand under "files"."""
    forms = forms_asked(options["forms"], options["out"])
    template = template_asked(options["template"], forms)
    definition = definition_asked(options)

    from smup.reports.compose import compose  # takes a second: what is wrong is said before
    from smup.reports.disk import disk_words
    from smup.reports.files import file_name
    from smup.reports.writing import report_of

    document = compose(release, definition)
    _save(definition, options["save"])
    told: list[dict[str, Any]] = []
    for form in forms:
        name = file_name(definition, release, form)
        place = place_asked(options["out"], name, form, len(forms) > 1)
        made = report_of(document, form, template)
        try:
            made.write(place)
        except OSError as error:
            raise Refused(f"Nie można zapisać {place}: {disk_words(error)}.") from error
        told.append({"file": str(place), "sha256": made.sha256, "pages": made.pages})
    if json_:
        invented = {"synthetic": True} if release.synthetic else {}
        print_json((told[0] if len(told) == 1 else {"files": told}) | invented)
        return
    for one in told:
        click.echo(one["file"])


def _save(definition: "Definition", place: Path | None) -> None:
    if place is not None:
        from smup.reports.definition import write_definition
        from smup.store.files import write_whole

        write_whole(place, write_definition(definition).encode())


def _write_all(release: "Release", options: dict[str, Any]) -> "tuple[Job, Done]":
    """Every unit the kind is about; ``--out`` is a folder."""
    from smup.reports.batch import Job, units_of, write_all
    from smup.reports.crew import Cluster, Processes

    if options["unit"] or options["others"] or options["out"] is None:
        raise Refused("Z --all podaje się folder (--out), a nie podaje się jednostki.")
    forms = forms_asked(options["forms"], None)
    within = the_unit(options["within"]).code if options["within"] else ""
    units = units_of(release, kind_asked(options), within)
    base = definition_asked(options, units=(units[0].code,))
    _save(base, options["save"])
    job = Job(
        str(places.home),
        release.id,
        base,
        forms,
        str(options["out"].resolve()),
        template_asked(options["template"], forms),
    )
    cluster, processes = options["cluster"], options["processes"]
    crew = Cluster(cluster) if cluster else Processes(processes)
    return job, write_all(job, units, crew, progress_bar())


def _tell(job: "Job", done: "Done", json_: bool) -> None:
    from smup.reports.manifest import NAME

    manifest = str(Path(job.out) / NAME)
    if json_:
        failures = [
            {"unit": one.unit, "format": one.form, "problem": one.problem} for one in done.failures
        ]
        told = {"written": done.written, "kept": done.kept, "failures": failures}
        print_json({"folder": job.out, "manifest": manifest, **told})
        return
    for one in done.failures[:SHOWN]:
        click.echo(f"{one.unit} ({one.form}): {one.problem}", err=True)
    if len(done.failures) > SHOWN:
        click.echo(f"… i {len(done.failures) - SHOWN} dalszych.", err=True)
    click.echo(f"{_files(done.written, done.kept)} Spis: {manifest}")


def _files(written: int, kept: int) -> str:
    """How many files there are now, and of how many it was so before."""
    words = plural(written, "plik", "pliki", "plików")
    before = plural(kept, "był", "były", "było")
    return f"Zapisano {written} {words}" + (f", {kept} już {before}." if kept else ".")
