"""Gap against seconds as an SVG of its own: a panel per size, one scale of time, direct labels.

Colours are those of Okabe and Ito (2008), which people with any colour vision can tell apart; every solver
also has a dash or a mark of its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, TOP, GAP = 360, 230, 52, 56, 74
LAST_S = 300.0
STYLES = {
    "Standto": ("#0072B2", "", 2.6),
    "CP-SAT": ("#D55E00", "7 3", 2.0),
    "first come": ("#555555", "2 3", 1.6),
    "PyVRP": ("#009E73", "circle", 0.0),
    "OR-Tools routing": ("#CC79A7", "square", 0.0),
}
Points = Sequence[tuple[float, float]]


def gap_plot(panels: Mapping[str, Mapping[str, Points]]) -> str:
    """The plot: median gap of closure over its bound in percent, over seconds from 1 to 300."""
    columns = 2
    rows = max(1, math.ceil(len(panels) / columns))
    width = LEFT + columns * (WIDTH + GAP)
    height = TOP + rows * (HEIGHT + GAP) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="13">',
        "<title>Closure above its proven bound, against seconds of planning</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="bold">'
        "Closure above its proven bound (percent), by seconds of planning</text>",
        _legend(),
    ]
    for number, (size, lines) in enumerate(panels.items()):
        x = LEFT + (number % columns) * (WIDTH + GAP)
        y = TOP + 16 + (number // columns) * (HEIGHT + GAP)
        parts.append(_panel(size, lines, x, y))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend() -> str:
    parts, x = [], LEFT
    for name, (colour, style, stroke) in STYLES.items():
        if stroke:
            dash = f' stroke-dasharray="{style}"' if style else ""
            parts.append(
                f'<line x1="{x}" y1="42" x2="{x + 26}" y2="42" stroke="{colour}" '
                f'stroke-width="{stroke}"{dash}/>'
            )
        else:
            parts.append(_mark(style, x + 13, 42, colour))
        parts.append(f'<text x="{x + 32}" y="46">{escape(name)}</text>')
        x += 50 + 8 * len(name)
    return "".join(parts)


def _mark(shape: str, x: float, y: float, colour: str) -> str:
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'


def _panel(size: str, lines: Mapping[str, Points], x: float, y: float) -> str:
    most = max((gap for points in lines.values() for _, gap in points), default=1.0)
    step = _step(most)
    top = step * max(1, math.ceil(most / step))

    def at(seconds: float, gap: float) -> tuple[float, float]:
        share = math.log(max(seconds, 1.0)) / math.log(LAST_S)
        return x + WIDTH * share, y + HEIGHT * (1 - gap / top)

    parts = [f'<text x="{x}" y="{y - 8}" font-weight="bold">{escape(size)}</text>']
    for tick in range(round(top / step) + 1):
        _, level = at(1, tick * step)
        parts.append(
            f'<line x1="{x}" y1="{level:.1f}" x2="{x + WIDTH}" y2="{level:.1f}" stroke="#dddddd"/>'
            f'<text x="{x - 6}" y="{level + 4:.1f}" text-anchor="end">{tick * step:g} %</text>'
        )
    foot = y + HEIGHT
    for seconds in (1, 3, 10, 30, 60, 100, 300):
        over, _ = at(seconds, 0)
        parts.append(
            f'<path d="M{over:.1f} {foot}v4" stroke="#888888"/>'
            f'<text x="{over:.1f}" y="{foot + 18}" text-anchor="middle">{seconds}</text>'
        )
    parts.append(f'<text x="{x + WIDTH / 2}" y="{foot + 36}" text-anchor="middle">seconds</text>')
    for name, points in lines.items():
        colour, style, stroke = STYLES[name]
        placed = [at(*point) for point in points]
        if stroke:
            dash = f' stroke-dasharray="{style}"' if style else ""
            row = " ".join(f"{a:.1f},{b:.1f}" for a, b in placed)
            parts.append(
                f'<polyline points="{row}" fill="none" stroke="{colour}" stroke-width="{stroke}"{dash}/>'
            )
        else:
            parts += [_mark(style, a, b, colour) for a, b in placed]
    return "".join(parts)


def _step(most: float) -> float:
    """A round step that gives about five lines."""
    raw = max(most, 1e-6) / 5
    power: float = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
