"""Whose report it is: from the codes in its header to a unit of the territory."""

from dataclasses import dataclass

from smup.territory import Kind, Territory

_GMINA_TYPES = ("1", "2", "3")  # town, village, both: the 7th digit of TERYT
_UNION_TYPES = ("7", "8")  # of powiats, in place of the type of a powiat
_CITY_TYPE = "2"


@dataclass(frozen=True, slots=True)
class Body:
    """Who handed a report in: ``id`` tells two bodies with the same codes apart."""

    wk: str
    pk: str
    gk: str
    gt: str
    pt: str
    id: str
    name: str

    def __str__(self) -> str:
        codes = f"wk {self.wk}, pk {self.pk}, gk {self.gk}, gt {self.gt or '–'}"
        return f"{self.name or self.id or 'bez nazwy'} ({codes}, pt {self.pt or '–'})"


@dataclass(frozen=True, slots=True)
class Nobody:
    """Why a body is no unit of the territory: a finding code and the particulars."""

    code: str
    detail: str


def unit_of(body: Body, territory: Territory) -> str | Nobody:
    """The code of the unit. Unions carry the code of the seat of their office, so the type of the
    body is read first; a województwo is none of our units."""
    if body.gt.upper() == "Z" or body.pt in _UNION_TYPES:
        return Nobody("rb-zwiazek", f"{body}: związek, jego pieniędzy nie przypisano gminie")
    codes = [code.zfill(2) if code else "" for code in (body.wk, body.pk, body.gk)]
    if not all(len(code) == 2 and code.isascii() and code.isdecimal() for code in codes):
        return Nobody("nieczytelny-kod", f"{body}: kod ma niewłaściwą postać")
    wk, pk, gk = codes
    if pk == "00":
        return Nobody("wiersz-spoza-podzialu", f"{body}: samorząd województwa")
    if gk != "00" and body.gt not in _GMINA_TYPES:
        return Nobody("nieczytelny-kod", f"{body}: nieznany typ gminy")
    unit = territory.get(wk + pk if gk == "00" else wk + pk + gk)
    if unit is None:
        return Nobody("nieznana-jednostka", f"{body}: kodu nie ma w rejestrze")
    if gk == "00" and body.pt and (body.pt == _CITY_TYPE) != (unit.kind is Kind.MIASTO):
        return Nobody("nieczytelny-kod", f"{body}: typ powiatu nie zgadza się z rejestrem")
    return unit.code
