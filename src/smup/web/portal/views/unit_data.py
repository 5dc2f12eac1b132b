"""``/jst/{code}/dane.csv`` and ``.xlsx``: everything of one unit, for a spreadsheet."""

from django.http import Http404, HttpRequest, HttpResponse

from smup.formats import media
from smup.formats.synthetic import file_name
from smup.language import Lang
from smup.telling.units.data import csv_file, xlsx_file
from smup.web.config.current import release_of
from smup.web.config.page_cache import cacheable
from smup.web.portal.reading import the_unit

FORMS = {
    "csv": (csv_file, media.CSV_UTF8),
    "xlsx": (xlsx_file, media.XLSX),
}


def unit_data(request: HttpRequest, code: str, form: str, lang: Lang) -> HttpResponse:
    """Raises Http404 for a form that is not offered."""
    release = release_of(request)
    unit = the_unit(release, code, lang, f"/dane.{form[:8]}")
    if form not in FORMS:
        raise Http404(form[:20])
    write, kind = FORMS[form]
    name = file_name(f"smup-{unit.code}-{release.id}.{form}", release.synthetic, lang)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return cacheable(HttpResponse(write(release, unit, lang), content_type=kind, headers=headers))
