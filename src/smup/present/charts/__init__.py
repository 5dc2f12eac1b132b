"""Charts as SVG text from small frozen specs, fluid in width, readable without colour."""

from smup.present.charts.bars import Bar, BarSpec, bar_ranking
from smup.present.charts.funnel import FunnelPoint, FunnelSpec, funnel_chart
from smup.present.charts.histogram import HistogramSpec, histogram
from smup.present.charts.line import LineSpec, Point, Series, line_chart
from smup.present.charts.quadrant import QuadrantSpec, quadrant, quarter
from smup.present.charts.strip import StripSpec, strip

__all__ = [
    "Bar",
    "BarSpec",
    "FunnelPoint",
    "FunnelSpec",
    "HistogramSpec",
    "LineSpec",
    "Point",
    "QuadrantSpec",
    "Series",
    "StripSpec",
    "bar_ranking",
    "funnel_chart",
    "histogram",
    "line_chart",
    "quadrant",
    "quarter",
    "strip",
]
