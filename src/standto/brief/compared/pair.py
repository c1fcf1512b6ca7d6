"""Two drawing sheets side by side, and what every section of the comparison asks of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from standto.advise.compare import Change, Comparison, compare
from standto.brief.compared.page import CompareInput
from standto.brief.evidence.source import Source
from standto.brief.figures import Figure, Figures
from standto.brief.sheet import EXERCISE, REAL, Sheet
from standto.brief.words import Clock, dtg

SHARED = ("problem.", "scenario.")
"""Tables that stand once where both plans are of the same problem."""


@dataclass(frozen=True)
class Side:
    """One of the two plans."""

    key: Literal["a", "b"]
    sheet: Sheet
    file: str
    shared: bool

    @property
    def nth(self) -> str:
        """`first` or `second`."""
        return "first" if self.key == "a" else "second"

    def table(self, name: str) -> str:
        """The name that a table of this side bears on the page."""
        return name if self.shared and name.startswith(SHARED) else f"{self.key}.{name}"

    def source(self, source: Source) -> Source:
        """A source of a brief, as one of this side."""
        rows = tuple(replace(one, table=self.table(one.table)) for one in source.rows)
        return Source(f"{self.nth} plan: {source.path}", source.how, rows)

    @property
    def closure_h(self) -> float | None:
        """The last close of this plan."""
        return self.sheet.given.plan.totals.closure_h

    @property
    def missing(self) -> int:
        """How many requirements do not all arrive."""
        return len(self.sheet.undelivered)


@dataclass(frozen=True)
class Pair:
    """Everything a section may draw from. `pen` writes figures with hours as both plans can read them."""

    given: CompareInput
    a: Side
    b: Side
    comparison: Comparison
    pen: Sheet

    @classmethod
    def of(cls, given: CompareInput) -> Pair:
        """Lay both plans side by side."""
        first, second = given.first, given.second
        shared = first.problem.sha256 == second.problem.sha256
        a, b = (Sheet.of(given.brief(one)) for one in (first, second))
        clock = a.clock if a.clock == b.clock else Clock()
        return cls(
            given,
            Side("a", a, first.file, shared),
            Side("b", b, second.file, shared),
            compare(first.problem, first.plan, second.problem, second.plan),
            replace(a, clock=clock, figures=Figures(), scripts={}),
        )

    @property
    def sides(self) -> tuple[Side, Side]:
        """The first and the second plan."""
        return self.a, self.b

    @property
    def clock(self) -> Clock:
        """Writes hours; without instants where the C-hours of the two differ."""
        return self.pen.clock

    @property
    def kind(self) -> str:
        """REAL where either is real, else EXERCISE."""
        return REAL if REAL in {side.sheet.kind for side in self.sides} else EXERCISE

    @property
    def banner(self) -> str:
        """What stands on every page: the kind, and the words of both where they differ."""
        a, b = self.a.sheet, self.b.sheet
        if a.banner == b.banner:
            return a.banner
        if a.kind != b.kind:
            return f"{self.kind}. First plan {a.banner}. Second plan {b.banner}"
        words = [one.banner.removeprefix(f"{one.kind}: ") for one in (a, b) if one.banner != one.kind]
        return f"{self.kind}: {' / '.join(words)}"

    @property
    def mixed(self) -> str:
        """A sentence where one plan is real and the other an exercise; else empty."""
        if self.a.sheet.kind == self.b.sheet.kind:
            return ""
        which = {side.sheet.kind: side.nth for side in self.sides}
        return (
            f"The {which[EXERCISE]} plan is of an exercise and the {which[REAL]} is real: "
            "this page counts as real."
        )

    @property
    def apart(self) -> str:
        """A sentence where the C-hours differ; else empty."""
        a, b = self.a.sheet.clock.epoch, self.b.sheet.clock.epoch
        if a == b:
            return ""
        first, second = (dtg(one) if one else "unknown" for one in (a, b))
        return (
            f"C-hour is {first} in the first plan and {second} in the second: "
            "every hour here counts from the C-hour of its own plan."
        )

    @cached_property
    def last_h(self) -> float:
        """The hour at which charts of both end."""
        return max(side.sheet.last_h for side in self.sides)

    @cached_property
    def names(self) -> dict[str, str]:
        """Requirement to its unit, as the second plan names it where both have it."""
        return self.a.sheet.names | self.b.sheet.names

    @cached_property
    def by_people(self) -> bool:
        """Whether who gains is counted in people; in tonnes where nobody is to be moved."""
        return any(one.pax for side in self.sides for one in side.sheet.movers)

    def load(self, change: Change) -> float:
        """People (or tonnes) of a requirement, in the second problem."""
        wanted = self.b.sheet.requirements[change.requirement]
        return float(wanted.pax) if self.by_people else wanted.tonnes

    def amount(self, key: str, value: float, source: Source) -> Figure:
        """A figure in people, or in tonnes where nobody is to be moved."""
        if self.by_people:
            return self.pen.people(key, int(value), source)
        return self.pen.tonnes(key, value, source)

    @property
    def figures(self) -> dict[str, Any]:
        """All figures of the page, for the JSON beside it."""
        return self.pen.figures.as_json()
