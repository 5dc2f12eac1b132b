"""The parameters each kind of address may have."""

from smup.formats.sdmx.model import DIMENSIONS, VALUE
from smup.formats.sdmx.structures import CONF_STATUS, OBS_STATUS, STATUS

FORM = ("format", "lang", "labels", "asOf")
STRUCTURE = (*FORM, "references", "detail")
CELLS = (
    *("startPeriod", "endPeriod", "updatedAfter", "firstNObservations", "lastNObservations"),
    *(f"c[{one}]" for one in (*DIMENSIONS, VALUE, OBS_STATUS, CONF_STATUS, STATUS)),
)
DATA = (
    *FORM,
    *CELLS,
    *("dimensionAtObservation", "detail", "attributes", "measures", "includeHistory"),
)
AVAILABILITY = (*FORM, *CELLS, "references", "mode")
