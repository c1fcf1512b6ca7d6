"""Bring the typeface of the brief on paper, Source Sans 3, into the package as it was published.

A PDF that says it is accessible may hold no sign that its typeface lacks, so the signs that this one has are
written down beside it. Run by hand, with npm and fontTools: `python tools/brief/fonts.py`.
"""

from __future__ import annotations

import json

from fontTools.ttLib import TTFont
from packed import DATA, packed

VERSION = "3.52.0"
INTEGRITY = "xsm7qlMI/JwxwNdp6pvpR6l+aZjn90fzOzoeUz/qoohIYbKbDwQNRIz5/ItYs7/hvqLirQNUoDFGXSVA3TU9tw=="
STYLES = ("Regular", "Semibold")


def main() -> None:
    """Write the two styles, their licence and the ranges of signs that both have."""
    folder = packed("source-sans", VERSION, INTEGRITY)
    signs: set[int] = set()
    for style in STYLES:
        name = f"SourceSans3-{style}.otf"
        (DATA / name).write_bytes((folder / "OTF" / name).read_bytes())
        has = set(TTFont(DATA / name).getBestCmap())
        signs = has if not signs else signs & has
    (DATA / "LICENSE-source-sans").write_bytes((folder / "LICENSE.md").read_bytes())
    (DATA / "signs.json").write_text(json.dumps(ranges(sorted(signs))) + "\n", encoding="utf-8")
    print(f"Source Sans {VERSION}: {len(signs):,} signs")


def ranges(numbers: list[int]) -> list[list[int]]:
    """Numbers in order as pairs of first and last."""
    pairs: list[list[int]] = []
    for number in numbers:
        if pairs and number == pairs[-1][1] + 1:
            pairs[-1][1] = number
        else:
            pairs.append([number, number])
    return pairs


if __name__ == "__main__":
    main()
