"""From a code to a picture: milsymbol, run inside Python, and its SVG made into a part that is drawn once.

milsymbol is one script, shipped as its author published it (`data/milsymbol.js`). It runs in QuickJS, which
has neither network nor files nor clock of ours. Ports of it to Python draw exercise and 30-digit codes wrong.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from markupsafe import Markup

from standto.brief.charts import svg
from standto.brief.data.files import data_text
from standto.brief.symbols.codes import GIVEN, Sign

FRAME = 150.0
"""Width of the frame of a land unit in milsymbol's own measure; symbols are scaled by it."""
CIVIL_FILL = "rgb(255,161,255)"
"""Civilian, as MIL-STD-2525D paints it."""
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A symbol as SVG: what it shows of milsymbol's plane, and the marks on it."""

    box: tuple[float, float, float, float]
    marks: Markup
    valid: bool

    def part(self, key: str) -> Markup:
        """The symbol as a part that a page defines once and uses many times."""
        written = " ".join(svg.number(side) for side in self.box)
        return svg.tag("symbol", self.marks, id=key, viewBox=written)

    def use(self, key: str, x: float, y: float, frame: float) -> Markup:
        """The part at a place: its frame `frame` wide, the middle of the frame's foot at x, y."""
        scale = frame / FRAME
        left, top, width, height = self.box
        return svg.tag(
            "use",
            href=f"#{key}",
            x=x + (left - 100) * scale,
            y=y + (top - 150) * scale,
            width=width * scale,
            height=height * scale,
        )


@lru_cache(maxsize=512)
def picture(sign: Sign) -> Picture:
    """Draw a symbol.

    Raises
    ------
    ValueError
        If the code is not one of 20 or 30 digits.
    """
    if not GIVEN.fullmatch(sign.code):
        raise ValueError(f"a symbol code has 20 or 30 digits, not {sign.code!r}")
    options: dict[str, Any] = {"standard": "APP6", "size": 100, "outlineWidth": 6, "outlineColor": "white"}
    if sign.civil:
        options["fillColor"] = CIVIL_FILL
    call = f"draw({json.dumps(sign.code)}, {json.dumps(options)})"
    with _ONE_AT_A_TIME:
        drawn, valid = json.loads(_script().eval(call))
    found = re.fullmatch(r'<svg [^>]*viewBox="([^"]*)"[^>]*>(.*)</svg>', drawn, re.DOTALL)
    assert found is not None
    left, top, width, height = (float(side) for side in found[1].split())
    return Picture((left, top, width, height), Markup(found[2]), bool(valid))


@cache
def _script() -> Any:
    """milsymbol, loaded once a process: about 30 ms of processor time."""
    import quickjs

    context = quickjs.Context()
    context.eval("var self = this, window = this;")
    context.eval(data_text("milsymbol.js"))
    context.eval(
        "function draw(code, options) {"
        " const one = new ms.Symbol(code, options);"
        " return JSON.stringify([one.asSVG(), one.isValid()]);"
        "}"
    )
    return context
