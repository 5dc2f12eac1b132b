"""Charts as SVG text from small frozen specs, fluid in width, readable without colour."""

from smup.present.charts.bars import Bar, BarSpec, bar_ranking
from smup.present.charts.dots import Dot, DotRow, DotSpec, dot_plot
from smup.present.charts.funnel import FunnelPoint, FunnelSpec, funnel_chart
from smup.present.charts.histogram import HistogramSpec, histogram
from smup.present.charts.line import LineSpec, Point, Series, line_chart
from smup.present.charts.multiples import MultiplesSpec, Panel, small_multiples
from smup.present.charts.quadrant import QuadrantSpec, quadrant, quarter
from smup.present.charts.scatter import ScatterSpec, scatter
from smup.present.charts.strip import StripSpec, strip

__all__ = [
    "Bar",
    "BarSpec",
    "Dot",
    "DotRow",
    "DotSpec",
    "FunnelPoint",
    "FunnelSpec",
    "HistogramSpec",
    "LineSpec",
    "MultiplesSpec",
    "Panel",
    "Point",
    "QuadrantSpec",
    "ScatterSpec",
    "Series",
    "StripSpec",
    "bar_ranking",
    "dot_plot",
    "funnel_chart",
    "histogram",
    "line_chart",
    "quadrant",
    "quarter",
    "scatter",
    "small_multiples",
    "strip",
]
