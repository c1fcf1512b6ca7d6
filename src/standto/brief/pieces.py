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
    "basis.css",
    "map.css",
    "print.css",
)
SCRIPTS = ("base.js", "curve.js", "map.js", "gantt.js")


def joined_script(texts: list[str]) -> str:
    """Scripts as one, strict and with no name outside."""
    return '"use strict";\n(() => {\n' + "".join(texts) + "})();\n"
