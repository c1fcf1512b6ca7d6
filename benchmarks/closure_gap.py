"""How far does a plan close above what is proven, after how many seconds, and where are the peers?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.race import Run, obtain, read_records
from benchmarks.race_page import Race
from benchmarks.registry import Figures, Subject

Case = tuple[str, int]
SHORT_S = 10.0
MARKS = ("1", "10", "60", "300")


def build(size: str, seed: int) -> Case:
    """Which problem; runs are those of the race, made where they are missing."""
    return size, seed


def bound(case: Case, full: bool) -> Figures:
    """The proven bound on closure."""
    size, seed = case
    record = obtain(Run("bound", size, seed, "lateness", SHORT_S), full=full)
    (at,) = record["at"].values()
    return {"bound_h": at["closure_h"]}


def ours(case: Case, full: bool) -> Figures:
    """Percent above the bound at marks of time, of one search."""
    obtain(Run("standto", *case, "closure", SHORT_S), full=full)
    race = Race(read_records().values())
    return {f"at_{mark}_s_pct": gap(race, "standto", case, mark) for mark in MARKS}


def theirs(case: Case, full: bool) -> Figures:
    """What has been raced of the peers: percent above the bound at 60 s."""
    race = Race(read_records().values())
    return {f"{peer}_60_s_pct": gap(race, peer, case, "60") for peer in SUBJECT.peers}


def gap(race: Race, solver: str, case: Case, mark: str) -> float | None:
    """How many percent a plan of everything closes above the bound; None where there is none."""
    (value, least) = race.value(solver, *case, "closure", mark), race.bound(*case, "closure_h")
    return None if value is None or not least else 100 * (value / least - 1)


def plot(found: Mapping[str, Sequence[Figures]]) -> list[str]:
    """Where the plot is."""
    return ["![Gap against seconds](img/gap.svg)"]


SUBJECT = Subject(
    name="closure_gap",
    question="closure over its proven bound, `--goal closure`, two workers, in percent",
    wanted="at 60 s S 20, M 20, L 50, XL 40 %; aim S 10, M 12, L 30, XL 25 %",
    build=build,
    phases={"bound": bound, "ours": ours, "theirs": theirs},
    peers=("greedy", "cpsat", "pyvrp", "routing"),
    sizes=("S", "M", "L", "XL"),
    short_sizes=("S",),
    seeds=(1, 2, 3),
    across=plot,
)
