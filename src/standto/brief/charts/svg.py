"""Writing SVG: elements whose attributes and text are always escaped, and path data that stays short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with at most one decimal, as short as it can be written."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """One element; `class_` writes class, `data_ref` writes data-ref; None leaves an attribute out."""
    written = Markup("").join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"), number(value) if isinstance(value, float) else value
        )
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inside)


def figure(
    title: str, describe: str, key: str, box: tuple[float, float], *children: object, **more: object
) -> Markup:
    """A drawing with a name and a description for those who do not see it."""
    return tag(
        "svg",
        tag("title", title, id=f"{key}-t"),
        tag("desc", describe, id=f"{key}-d"),
        *children,
        viewBox=f"0 0 {number(box[0])} {number(box[1])}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
        **more,
    )


def text(x: float, y: float, words: object, **more: object) -> Markup:
    """A line of text."""
    return tag("text", words, x=float(x), y=float(y), **more)


def line(x1: float, y1: float, x2: float, y2: float, **more: object) -> Markup:
    """A straight line."""
    return tag("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), **more)


def path(points: Iterable[Sequence[float]], *, closed: bool = False) -> str:
    """Path data through points, in steps from point to point with one decimal."""
    parts: list[str] = []
    last: tuple[int, int] | None = None
    for x, y in points:
        here = round(x * 10), round(y * 10)
        if last is None:
            parts.append(f"M{_tenths(here[0])} {_tenths(here[1])}")
        elif here != last:
            step = here[0] - last[0], here[1] - last[1]
            if step[1] == 0:
                parts.append(f"h{_tenths(step[0])}")
            elif step[0] == 0:
                parts.append(f"v{_tenths(step[1])}")
            else:
                parts.append(f"l{_tenths(step[0])} {_tenths(step[1])}")
        last = here
    return "".join(parts) + ("z" if closed and parts else "")


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    return ("-" if value < 0 else "") + (f"{whole}.{rest}" if rest else f"{whole}")
