"""The file of a job as an answer."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from smup.reports.definition import Definition
from smup.reports.files import FORMS, file_name
from smup.store.files import sha256
from smup.store.releases import Release
from smup.web.config.etags import held
from smup.web.config.ranges import BLOCK


def file_response(
    request: HttpRequest,
    path: Path,
    definition: Definition,
    release: Release,
    form: str,
    lasting: str,
) -> HttpResponseBase:
    """The file, to be saved and never shown in our name: it holds words of whoever wrote it.

    Raises FileNotFoundError where it has just given way to newer ones.
    """
    headers = {
        "Cache-Control": lasting,
        "ETag": f'"{sha256(path)[:32]}"',
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "*",
        "X-Robots-Tag": "noindex",
    }
    if held(request.headers.get("If-None-Match", ""), headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    sent = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=file_name(definition, release, form),
        content_type=FORMS[form],
        headers=headers,
    )
    sent.block_size = BLOCK  # by itself it sends 4 kB at a time
    return sent
