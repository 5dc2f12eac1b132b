"""``/jst/{code}/dane.csv`` and ``.xlsx``: everything of one unit, for a spreadsheet."""

from django.http import Http404, HttpRequest, HttpResponse

from smup.language import Lang
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.reading import the_unit
from smup.web.portal.units.data import csv_file, xlsx_file

FORMS = {
    "csv": (csv_file, "text/csv; charset=utf-8"),
    "xlsx": (
        xlsx_file,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def unit_data(request: HttpRequest, code: str, form: str, lang: Lang) -> HttpResponse:
    """Raises Http404 for a form that is not offered."""
    release = release_of(request)
    unit = the_unit(release, code, lang, f"/dane.{form[:8]}")
    if form not in FORMS:
        raise Http404(form[:20])
    write, kind = FORMS[form]
    mark = ("dane-zmyslone-" if lang == "pl" else "invented-data-") if release.synthetic else ""
    name = f"{mark}smup-{unit.code}-{release.id}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return cacheable(HttpResponse(write(release, unit, lang), content_type=kind, headers=headers))
