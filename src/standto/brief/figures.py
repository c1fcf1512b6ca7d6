"""Every figure that a brief shows, kept once under an id: the page and the JSON beside it read the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from standto.brief.evidence.source import Source

HOUR = "h after C-hour"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value and unit, how the page writes it, and where it comes from.

    `source` names the rows or the method in a form that a program can follow, the path of it such as
    `plan.totals.closure_h`.
    """

    id: str
    value: float | str | None
    unit: str
    text: str
    source: Source
    down: bool = False

    def __html__(self) -> str:
        """The figure as the page shows it: its text, marked with its id."""
        value = "" if self.value is None else self.value
        written = Markup('<data class="n" data-ref="{}" value="{}"{}>{}</data>')
        return written.format(self.id, value, self._as_hour(), self.text)

    def _as_hour(self) -> Markup:
        """What the switch of times needs to write an hour anew; bounds are rounded down."""
        if self.unit != HOUR:
            return Markup("")
        return Markup(' data-hour="{}"').format("down" if self.down else "near")

    def __str__(self) -> str:
        return self.text


@dataclass(slots=True)
class Figures:
    """All figures of one brief by id."""

    by_id: dict[str, Figure] = field(default_factory=dict)

    def add(
        self,
        key: str,
        value: float | str | None,
        unit: str,
        text: str,
        source: Source | str,
        *,
        down: bool = False,
    ) -> Figure:
        """Keep a figure; the same id again must carry the same value. A source in words is its path alone."""
        known = Source(source) if isinstance(source, str) else source
        made = Figure(key, _plain(value), unit, text, known, down)
        kept = self.by_id.setdefault(key, made)
        if kept.value != made.value:
            raise ValueError(f"figure {key!r} is {kept.value!r} in one place and {made.value!r} in another")
        return made

    def as_json(self) -> dict[str, dict[str, Any]]:
        """Id to value, unit, text and source, in the order of the page."""
        return {
            item.id: {
                "value": item.value,
                "unit": item.unit,
                "text": item.text,
                "source": item.source.as_json(),
            }
            for item in self.by_id.values()
        }


def _plain(value: float | str | None) -> float | str | None:
    return round(value, 6) if isinstance(value, float) else value


def sentence(words: str, **parts: object) -> Markup:
    """Words with figures and untrusted text put in: figures keep their mark, text is escaped."""
    return Markup(words).format(**{name: escape(part) for name, part in parts.items()})
