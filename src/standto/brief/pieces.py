"""The page's styles and scripts: small files, one subject each, joined in this order.

All scripts share one scope, so that `base.js` speaks for all; each later file keeps its own names in a block.
"""

STYLES = (
    "palette.css",
    "page.css",
    "tables.css",
    "charts.css",
    "gantt.css",
    "alert.css",
    "uses.css",
    "basis.css",
    "evidence.css",
    "map.css",
    "compared.css",
    "print.css",
)
DARK = "dark.css"
"""The dark palette: declarations that stand twice on the page, for the system and for the switch."""
SCRIPTS = ("base.js", "times.js", "steps.js", "curve.js", "map.js", "gantt.js", "evidence.js")
COMPARED_SCRIPTS = ("base.js", "times.js", "steps.js", "curve.js", "gains.js", "evidence.js")
"""Those of the page that compares two plans."""


def joined_script(texts: list[str]) -> str:
    """Scripts as one, strict and with no name outside."""
    return '"use strict";\n(() => {\n' + "".join(texts) + "})();\n"


def themed(style: str, dark: str) -> str:
    """Styles with the dark palette where the reader's system or the switch asks for it."""
    return style.replace("DARK", dark.strip())
