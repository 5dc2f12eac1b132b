"""Media types of the files, by what their bytes are."""

CSV = "text/csv"
CSV_UTF8 = f"{CSV}; charset=utf-8"
CSVW = "application/csvm+json"
GEOJSON = "application/geo+json"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"
SQLITE = "application/vnd.sqlite3"
TOPOJSON = JSON  # has no type of its own
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
