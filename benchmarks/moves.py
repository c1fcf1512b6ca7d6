"""How many moves does the search evaluate in a second of one core?"""

from __future__ import annotations

import time
from dataclasses import dataclass

from benchmarks.registry import Figures, Subject
from standto.move.solve.list_walk import ListWalk
from standto.move.solve.local import Local

SECONDS, SHORT_SECONDS, LAP = 5.0, 1.0, 50


@dataclass(frozen=True, slots=True)
class Case:
    """Both kinds of walks at the first plan of a problem."""

    by_list: ListWalk
    local: Local


def build(size: str, seed: int) -> Case:
    """The first plan of a generated problem, and walks that begin there."""
    from benchmarks.generate import generate
    from standto.move.solve import warm_up
    from standto.move.solve.tables import Layout

    warm_up(lambda text: None)
    problem = generate(size, seed)
    by_list = ListWalk(problem, Layout(problem), seed)
    by_list.begin(None)
    local = Local(by_list.decoder.flat, by_list.listing(), closure=False, floor_h=0.0, seed=seed)
    return Case(by_list, local)


def local(case: Case, full: bool) -> Figures:
    """Moves a second that re-time only what they touch."""
    return {"local_per_s": _rate(case.local, full)}


def by_list(case: Case, full: bool) -> Figures:
    """Moves a second that decode the whole list."""
    return {"list_per_s": _rate(case.by_list, full)}


def _rate(walk: Local | ListWalk, full: bool) -> float:
    made, began = 0, time.process_time()
    while (took := time.process_time() - began) < (SECONDS if full else SHORT_SECONDS):
        walk.lap(LAP)
        made += LAP
    return made / took


SUBJECT = Subject(
    name="moves",
    question="moves of the search that are evaluated in a second of one core, at the start of a search",
    wanted="reported on S, M and L",
    build=build,
    phases={"local": local, "by list": by_list},
    sizes=("S", "M", "L", "XL"),
    short_sizes=("S", "M", "L"),
    seeds=(1, 2, 3),
)
