"""A folder of source files for a country of six gminas, drawn in squares of 10 km.

      0      1      2      3
    2 +------+------+------+
      |140201| 1461 |      |
    1 +------+------+100101|   and an island of 1 km east of 100101
      |140101|140103|      |
    0 +------+------+------+

140102 is an enclave in the middle of 140101; 140101 and 1461 touch in a corner, no more. Gmina
140202 was created out of 140201 after the outlines were drawn, 140104 abolished before.
"""

import csv
import gzip
import io
import json
from pathlib import Path

import pyproj

Ring = list[tuple[float, float]]

ENCLAVE: Ring = [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)]
ISLAND: Ring = [(3.2, 0.0), (3.3, 0.0), (3.3, 0.1), (3.2, 0.1)]
SHAPES: dict[str, list[list[Ring]]] = {
    "1401012": [[[(0, 0), (1, 0), (1, 1), (0, 1)], ENCLAVE]],
    "1401021": [[ENCLAVE]],
    "1401032": [[[(1, 0), (2, 0), (2, 1), (1, 1)]]],
    "1402013": [[[(0, 1), (1, 1), (1, 2), (0, 2)]]],
    "1461011": [[[(1, 1), (2, 1), (2, 2), (1, 2)]]],
    "1001012": [[[(2, 0), (3, 0), (3, 2), (2, 2), (2, 1)]], [ISLAND]],
}
SIDE = 10_000.0  # metres
CORNER = (500_000.0, 450_000.0)

TERC_2020 = """\
WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
10;;;;ŁÓDZKIE;województwo;2020-01-01
10;01;;;łęczycki;powiat;2020-01-01
10;01;01;2;Łąki;gmina wiejska;2020-01-01
14;;;;MAZOWIECKIE;województwo;2020-01-01
14;01;;;białobrzeski;powiat;2020-01-01
14;01;01;2;Bór;gmina wiejska;2020-01-01
14;01;02;1;Bór;gmina miejska;2020-01-01
14;01;03;2;Gaj;gmina wiejska;2020-01-01
14;01;04;2;Dąb;gmina wiejska;2020-01-01
14;02;;;ciechanowski;powiat;2020-01-01
14;02;01;2;Lipa;gmina wiejska;2020-01-01
14;61;;;Miasto;miasto na prawach powiatu;2020-01-01
14;61;01;1;Miasto;gmina miejska;2020-01-01
"""
TERC_2022 = """\
WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
10;;;;ŁÓDZKIE;województwo;2022-01-01
10;01;;;łęczycki;powiat;2022-01-01
10;01;01;2;Łąki;gmina wiejska;2022-01-01
14;;;;MAZOWIECKIE;województwo;2022-01-01
14;01;;;białobrzeski;powiat;2022-01-01
14;01;01;2;Bór;gmina wiejska;2022-01-01
14;01;02;1;Bór;gmina miejska;2022-01-01
14;01;03;2;Gajówka;gmina wiejska;2022-01-01
14;02;;;ciechanowski;powiat;2022-01-01
14;02;01;4;Lipa;miasto;2022-01-01
14;02;01;5;Lipa;obszar wiejski;2022-01-01
14;02;02;2;Nowa;gmina wiejska;2022-01-01
14;61;;;Miasto;miasto na prawach powiatu;2022-01-01
14;61;02;9;Miasto-Środek;delegatura;2022-01-01
"""
KNOWN_YEARS = """\
# wymyślone
unit,what,day,parent,source
140202,utworzenie,2021-01-01,140201,wymyślone
"""


def write_data(folder: Path) -> Path:
    """The source files below ``folder``; returns it."""
    (folder / "teryt").mkdir(parents=True)
    for name, text in (("2020", TERC_2020), ("2022", TERC_2022)):
        path = folder / f"teryt/terc_{name}-01-01.csv.gz"
        path.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    ids = folder / "teryt/derived_teryt_to_bdl_ids_2026.csv.gz"
    ids.write_bytes(gzip.compress(_bdl_ids().encode()))
    outlines = folder / "boundaries/prg_2021/poland.municipalities.json.gz"
    outlines.parent.mkdir(parents=True)
    outlines.write_bytes(gzip.compress(json.dumps(feature_collection()).encode()))
    return folder


def metres(point: tuple[float, float]) -> tuple[float, float]:
    """A corner of the drawing on the national grid."""
    return CORNER[0] + SIDE * point[0], CORNER[1] + SIDE * point[1]


def feature_collection() -> dict[str, object]:
    to_degrees = pyproj.Transformer.from_crs("EPSG:2180", "EPSG:4326", always_xy=True)
    features = [
        {
            "type": "Feature",
            "properties": {"terc": code},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [
                        [to_degrees.transform(*metres(p)) for p in (*ring, ring[0])]
                        for ring in polygon
                    ]
                    for polygon in polygons
                ],
            },
        }
        for code, polygons in SHAPES.items()
    ]
    return {"type": "FeatureCollection", "features": features}


_ID_COLUMNS = (
    *("teryt7", "teryt6", "rodzaj", "gmina", "powiat_kod", "powiat", "woj_kod", "wojewodztwo"),
    *("miasto_na_prawach_powiatu", "bdl_gmina", "bdl_powiat", "bdl_woj", "nuts3_2018"),
)


def _bdl_ids() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_ID_COLUMNS)
    for code in (*SHAPES, "1402022"):
        powiat, region = code[:4], "PL921" if code[:2] == "14" else "PL711"
        writer.writerow(
            [
                *(code, code[:6], code[6], "", powiat, "", code[:2], "", code[2:4] == "61"),
                *(f"07{code[:2]}111{code[2:]}", f"07{code[:2]}111{code[2:4]}000"),
                f"07{code[:2]}00000000",
                "" if code == "1402022" else region,
            ]
        )
    return text.getvalue()
