"""The drawing sheet: what a brief is made from, with the look-ups that every section needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from standto.advise.cases import Case
from standto.advise.in_place import InPlace, in_place
from standto.advise.use import Use, use_of
from standto.brief.evidence.source import Source
from standto.brief.figures import HOUR, Figure, Figures
from standto.brief.flow import Flow, flow_of
from standto.brief.page import BriefInput
from standto.brief.words import Clock, amount, count, percent, span, spoken_span, tonnes
from standto.move.check.index import Index
from standto.move.plan import Outcome, PlanBound
from standto.move.problem import Fleet, Place, Problem, Requirement
from standto.move.why import Movement, Reason, explain

MOST_DRAWN = 300
"""Above this many rows the page holds the first ones only; scripts turn over the others from data."""
DAY_PAIRS = ((5, 10), (2, 4), (1, 2))
EXERCISE = "EXERCISE"
REAL = "REAL"

PROVEN_H = 0.05
"""A plan no farther than this from its bound is called proven best."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: its finding as a title, a sentence or two, and what its template draws."""

    id: str
    name: str
    title: Markup
    lead: Markup
    content: dict[str, Any]

    @property
    def template(self) -> str:
        """The template that draws the content."""
        return f"{self.id}.html.j2"


@dataclass(frozen=True)
class Sheet:
    """Everything a section may draw from; figures and script data are collected here."""

    given: BriefInput
    clock: Clock
    flow: Flow
    steps: tuple[InPlace, ...]
    outcomes: dict[str, Outcome]
    requirements: dict[str, Requirement]
    places: dict[str, Place]
    fleets: dict[str, Fleet]
    names: dict[str, str]
    figures: Figures = field(default_factory=Figures)
    scripts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, given: BriefInput) -> Sheet:
        """Lay out a sheet for one brief."""
        problem, plan = given.problem, given.plan
        return cls(
            given,
            Clock.of(problem.epoch),
            flow_of(problem, plan),
            in_place(problem, plan),
            {outcome.id: outcome for outcome in plan.requirements},
            {requirement.id: requirement for requirement in problem.requirements},
            {place.id: place for place in problem.places},
            {fleet.id: fleet for fleet in problem.fleets},
            _names(problem),
        )

    @property
    def problem(self) -> Problem:
        """The problem that the plan was made for."""
        return self.given.problem

    @property
    def kind(self) -> str:
        """EXERCISE or REAL; a problem that does not say is an exercise."""
        about = self.problem.about
        return REAL if about is not None and about.kind == "real" else EXERCISE

    @property
    def banner(self) -> str:
        """What stands on every page: the kind and the words that the scenario gives for it."""
        about = self.problem.about
        return f"{self.kind}: {about.banner}" if about is not None and about.banner else self.kind

    @property
    def bound(self) -> PlanBound | None:
        """What no plan can beat: as proven for this brief, else as the plan carries it."""
        return self.given.bound.as_plan_bound() if self.given.bound is not None else self.given.plan.bound

    @property
    def proven_best(self) -> bool:
        """Whether the bound says that no plan closes sooner than this one."""
        bound, last = self.bound, self.given.plan.totals.closure_h
        if bound is None or bound.closure_h is None or last is None:
            return False
        return last - bound.closure_h < PROVEN_H and not self.undelivered

    @cached_property
    def movers(self) -> list[Requirement]:
        """Requirements with something to bring into place."""
        return [
            requirement for requirement in self.problem.requirements if requirement.pax or requirement.tonnes
        ]

    @cached_property
    def late(self) -> list[Outcome]:
        """What closes after it is due, the latest first; not what is never delivered."""
        found = [one for one in self.outcomes.values() if one.close_h is not None and one.late_h > 0]
        return sorted(found, key=lambda one: (-one.late_h, one.id))

    @cached_property
    def undelivered(self) -> list[Outcome]:
        """What does not all arrive."""
        return [one for one in self.outcomes.values() if one.close_h is None]

    @cached_property
    def movement(self) -> Movement:
        """The plan looked up for walking backwards from each close."""
        return Movement(Index(self.problem), self.given.plan)

    @cached_property
    def reasons(self) -> Mapping[str, Reason]:
        """What bound each requirement; asked only where something is late or left behind."""
        given = self.given
        if given.reasons or not (self.late or self.undelivered):
            return given.reasons
        earliest_h = given.bound.earliest_h if given.bound is not None else None
        return explain(self.problem, given.plan, earliest_h, movement=self.movement)

    @cached_property
    def use(self) -> tuple[Use, ...]:
        """How far the plan uses slots and fleets over time."""
        return use_of(self.problem, self.given.plan)

    @property
    def without(self) -> Case | None:
        """The plan without alerts that stands against this one: made for the same goal."""
        value = self.given.value
        if value is None:
            return None
        aimed = value.lateness_with
        if aimed is not None and value.lateness_without is not None and aimed.plan is self.given.plan:
            return value.lateness_without
        return value.without

    @property
    def alerts(self) -> str:
        """`the alert`, or `the alerts` where there are several."""
        value = self.given.value
        return "the alerts" if value is not None and len(value.left_out) > 1 else "the alert"

    def does(self, verb: str) -> str:
        """What the alerts do, in the number they have: `the alert buys`, `the alerts buy`."""
        return f"{self.alerts} {verb}" if self.alerts.endswith("s") else f"{self.alerts} {verb}s"

    @property
    def large(self) -> bool:
        """Whether there are so many rows that the page shows the list a part at a time."""
        return len(self.problem.requirements) > MOST_DRAWN

    @property
    def days(self) -> tuple[int, int]:
        """The two days by which the page says what is in place: 5 and 10, or sooner ones of a short move."""
        last = self.given.plan.totals.closure_h or 0.0
        return next((pair for pair in DAY_PAIRS if last > pair[0] * 24), DAY_PAIRS[0])

    @cached_property
    def last_h(self) -> float:
        """The hour at which charts end: past every close, due hour and bound that is drawn."""
        compared = self.without
        closes = [one.close_h for one in self.outcomes.values() if one.close_h is not None]
        without = compared.closure_h if compared is not None else None
        bound = self.bound.closure_h if self.bound is not None else None
        return max([24.0, *closes, *(hour for hour in (without, bound) if hour is not None)]) * 1.04

    def unit(self, number: int) -> str:
        """A count of what the rows of the plan are."""
        distinct = len(set(self.names.values())) == len(self.names)
        own = all(requirement.unit for requirement in self.problem.requirements) and distinct
        return count(number, "unit" if own else "requirement")

    def name(self, requirement: str) -> str:
        """The unit behind a requirement, with the id where several share it."""
        return self.names.get(requirement, requirement)

    def place(self, place: str) -> str:
        """The name of a place, with `(assumed)` where figures of it are."""
        known = self.places.get(place)
        return (known.name or known.id) if known is not None else place

    def hour(self, key: str, hour: float, source: Source | str, *, down: bool = False) -> Figure:
        """A figure that is an hour after C-hour."""
        return self.figures.add(key, hour, HOUR, self.clock.mark(hour, down=down), source, down=down)

    def span(
        self,
        key: str,
        hours: float,
        source: Source | str,
        *,
        spoken: bool = False,
        down: bool = False,
        up: bool = False,
    ) -> Figure:
        """A figure that is a stretch of time; a bound is rounded down, what is "at most" is rounded up."""
        text = spoken_span(hours, down=down) if spoken else span(hours, down=down, up=up)
        return self.figures.add(key, hours, "h", text, source)

    def people(self, key: str, people: int, source: Source | str) -> Figure:
        """A figure that counts people."""
        return self.figures.add(key, people, "people", amount(people), source)

    def tonnes(self, key: str, mass_t: float, source: Source | str) -> Figure:
        """A figure in tonnes of cargo."""
        return self.figures.add(key, mass_t, "t", tonnes(mass_t), source)

    def number(self, key: str, number: int, source: Source | str, text: str = "") -> Figure:
        """A figure that counts anything else."""
        return self.figures.add(key, number, "", text or amount(number), source)

    def share(self, key: str, share: float, source: Source | str) -> Figure:
        """A figure that is a share of a whole."""
        return self.figures.add(key, share, "share", percent(share), source)


def _names(problem: Problem) -> dict[str, str]:
    units = Counter(requirement.unit for requirement in problem.requirements)
    return {
        one.id: one.id if not one.unit else one.unit if units[one.unit] == 1 else f"{one.unit} ({one.id})"
        for one in problem.requirements
    }
