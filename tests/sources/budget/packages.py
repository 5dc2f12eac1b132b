"""The same reports as files of the Ministry: CSV with short or long headers, XML, ZIP."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.contract.bestia import Row
from tests.sources.budget.invented import grosze

# Headers as the files have them; the fields are those of the service.
SHORT = {
    "REGON": "jednostka-const-id", "WK": "jednostka-wk", "PK": "jednostka-pk",
    "GK": "jednostka-gk", "GT": "jednostka-gt", "PT": "jednostka-pt", "DZIAL": "dzial",
    "ROZDZIAL": "rozdzial", "PARAGRAF": "paragraf", "P4": "finansowanie-paragrafu",
}  # fmt: skip
LONG = {
    "REGON": "jednostka-const-id", "Kod województwa wg GUS": "jednostka-wk",
    "Kod powiatu wg GUS": "jednostka-pk", "Kod gminy wg GUS": "jednostka-gk",
    "Typ gminy": "jednostka-gt", "Dział klasyfikacji budżetowej": "dzial",
    "Rozdział klasyfikacji budżetowej": "rozdzial",
    "Paragraf klasyfikacji budżetowej": "paragraf",
    "Finansowanie paragrafu - 4 cyfra paragrafu": "finansowanie-paragrafu",
}  # fmt: skip
AMOUNTS = {
    "Rb-27S": ("pl", "na", "dw", "nz", "so", "su", "uz", "ot"),
    "Rb-28S": ("pl", "ww"),
    "Rb-NDS": ("p", "w"),
    "Rb-Z": ("z",),
}
PATHS = {
    "Rb-27S": "pozycje-rb27s",
    "Rb-28S": "pozycje-rb28s",
    "Rb-NDS": "pozycje-rbnds",
    "Rb-Z": "pozycje-rbztd",
}
_LONG_AMOUNTS = {"pl": "Plan", "dw": "Dochody wykonane", "ww": "Wydatki wykonane"}


def of_year(rows: Mapping[str, Sequence[Row]], year: int) -> dict[str, list[Row]]:
    return {
        path: [row for row in lines if row["okres-rok"] == str(year)]
        for path, lines in rows.items()
    }


def as_csv(rows: Sequence[Row], form: str, headers: Mapping[str, str], encoding: str) -> bytes:
    """Amounts keep their spaces and commas; the long headers name the columns in full."""
    keys = {k: f for k, f in headers.items() if form not in ("Rb-NDS", "Rb-Z") or f in WHOSE}
    if form in ("Rb-NDS", "Rb-Z"):
        keys["SYMBOL"] = "symbol"
    names = _LONG_AMOUNTS if headers is LONG else {}
    keys |= {names.get(field, field.upper()): field for field in AMOUNTS[form]}
    lines = [";".join(f'"{header}"' for header in keys)]
    lines += [";".join(row[field] for field in keys.values()) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


WHOSE = {field for field in SHORT.values() if field.startswith("jednostka")}


def as_xml(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """A package of all reports of all bodies, amounts with a point."""
    bodies: dict[str, dict[str, list[Row]]] = {}
    for form, path in PATHS.items():
        for row in rows[path]:
            bodies.setdefault(row["jednostka-const-id"], {}).setdefault(form, []).append(row)
    units = "".join(_unit(reports) for reports in bodies.values())
    text = f"<PaczkaSprawozdan><Jednostki>{units}</Jednostki></PaczkaSprawozdan>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _unit(reports: Mapping[str, Sequence[Row]]) -> str:
    first = next(iter(reports.values()))[0]
    codes = "".join(
        f"<{name}>{escape(first[field])}</{name}>"
        for name, field in (
            ("Nazwa", "jednostka-nazwa"), ("Regon", "jednostka-const-id"), ("WK", "jednostka-wk"),
            ("PK", "jednostka-pk"), ("GK", "jednostka-gk"), ("GT", "jednostka-gt"),
            ("PT", "jednostka-pt"),
        )
    )  # fmt: skip
    inside = "".join(_report(form, rows) for form, rows in reports.items())
    return f"<Jednostka>{codes}<Sprawozdania>{inside}</Sprawozdania></Jednostka>"


def _report(form: str, rows: Sequence[Row]) -> str:
    name = form.replace("S", "s") if form[3].isdigit() else form
    first = rows[0]
    head = (
        f"<Naglowek><Wersja>{first['sprawozdanie-wersja']}</Wersja>"
        f"<DataSprawozdania>{first['okres-rok']}-12-31</DataSprawozdania></Naglowek>"
    )
    keys = {"Dzial": "dzial", "Rozdzial": "rozdzial", "Paragraf": "paragraf"}
    keys |= {"P4": "finansowanie-paragrafu", "Symbol": "symbol"}
    lines = "".join(_position(row, keys, AMOUNTS[form]) for row in rows)
    return f'<{name} Id="1">{head}<Pozycje>{lines}</Pozycje></{name}>'


def _position(row: Row, keys: Mapping[str, str], amounts: Sequence[str]) -> str:
    cells = "".join(f"<{k}>{row[field]}</{k}>" for k, field in keys.items() if field in row)
    cells += "".join(
        f"<{field.upper()}>{grosze(row[field]) / 100:.2f}</{field.upper()}>"
        for field in amounts
        if grosze(row[field])  # what is nothing is left out
    )
    return f"<Pozycja>{cells}</Pozycja>"


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
