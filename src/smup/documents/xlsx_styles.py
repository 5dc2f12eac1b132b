"""How cells of a workbook look: each look is made once."""

from typing import Any

from smup.documents.native import COLOURS, NOTICE, OURS, SECOND

_WRAPPED = {"text_wrap": True, "valign": "top"}
_LEFT, _RIGHT = {"align": "left", "indent": 1}, {"align": "right"}
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
_QUIET = _WRAPPED | {"font_color": f"#{SECOND}", "font_size": 9}
_GAP = _QUIET | {"italic": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "caption": {"bold": True, "font_size": 12, "text_wrap": True, "valign": "top"},
    "text": {},
    "fact": {"font_color": f"#{SECOND}", "valign": "top"},
    "wrapped": _WRAPPED,
    "mark": {"bold": True, "font_color": f"#{NOTICE}"},
    "link": {"font_color": f"#{COLOURS[0]}", "underline": 1, "valign": "top"},
    "quiet": _QUIET,
    "head": _HEAD | _LEFT,
    "head-number": _HEAD | _RIGHT,
    "cell": _WRAPPED | _LEFT,
    "right": _WRAPPED | _RIGHT,
    "gap": _GAP | _LEFT,
    "gap-right": _GAP | _RIGHT,
}


class Styles:
    """Formats of one workbook; rows of whom it is about have a ground of their own."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = {}
        book.formats[0].set_font_name("Calibri")

    def named(self, name: str, ours: bool = False) -> Any:
        return self._format(name, _LOOKS[name], ours)

    def number(self, shape: str, ours: bool = False) -> Any:
        return self._format(shape, {"num_format": shape, "valign": "top"}, ours)

    def _format(self, name: str, look: dict[str, Any], ours: bool) -> Any:
        if (name, ours) not in self._made:
            ground = {"bg_color": f"#{OURS}", "bold": True} if ours else {}
            self._made[name, ours] = self._book.add_format(look | ground)
        return self._made[name, ours]
