"""How late are plans in sum, how much of that is proven, and how late are the peers'?"""

from __future__ import annotations

from benchmarks.race import Run, obtain, read_records
from benchmarks.race_page import TITLES, Race
from benchmarks.registry import Figures, Subject

Case = tuple[str, int]
SHORT_S = 10.0
MARKS = ("1", "10", "60", "300")


def build(size: str, seed: int) -> Case:
    """Which problem; runs are those of the race, made where they are missing."""
    return size, seed


def ours(case: Case, full: bool) -> Figures:
    """Hours of weighted lateness at marks of time, of one search."""
    obtain(Run("standto", *case, "lateness", SHORT_S), full=full)
    race = Race(read_records().values())
    return {f"at_{mark}_s_h": race.value("standto", *case, "lateness", mark) for mark in MARKS}


def theirs(case: Case, full: bool) -> Figures:
    """What has been raced of the peers, at their longest limit."""
    obtain(Run("greedy", *case, "lateness", 0), full=full)
    race = Race(read_records().values())
    last = "300" if case[0] in {"S", "M"} else "60"
    limits = {"greedy": "0", "cpsat": last}
    return {f"{peer}_h": race.value(peer, *case, "lateness", limits[peer]) for peer in SUBJECT.peers}


def share(case: Case, full: bool) -> Figures:
    """The proven bound, and how many percent it is of the best plan that anyone has found."""
    obtain(Run("bound", *case, "lateness", SHORT_S), full=full)
    race = Race(read_records().values())
    least = race.bound(*case, "weighted_lateness")
    marks = [race.value(solver, *case, "lateness", mark) for solver in TITLES for mark in MARKS]
    best = min((value for value in marks if value is not None), default=None)
    return {"bound_h": least, "share_pct": 100 * least / best if best and least is not None else None}


SUBJECT = Subject(
    name="lateness",
    question="weighted lateness in hours, two workers, beside the peers and the proven bound",
    wanted=(
        "on every S seed at 1 s no worse than CP-SAT at 300 s, aim a third of it; "
        "bound at least 45 % of the best plan on S, 20 % on M, aim 60 % on both"
    ),
    build=build,
    phases={"ours": ours, "theirs": theirs, "share": share},
    peers=("greedy", "cpsat"),
    sizes=("S", "M", "L", "XL"),
    short_sizes=("S",),
    seeds=(1, 2, 3),
)
