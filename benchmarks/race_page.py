"""Tables and plot of a race, from what has been run: medians over seeds with their range."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from benchmarks.generate import FAMILIES, SIZES
from benchmarks.race import OWN, Record, sha256_of
from benchmarks.race_plot import gap_plot
from benchmarks.registry import ROOT

PAGE = ROOT / "docs" / "peers.md"
PLOT = ROOT / "docs" / "img" / "gap.svg"
MARK = "<!-- raced by python -m benchmarks.race -->"
TITLES = {
    "standto": "Standto",
    "cpsat": "CP-SAT",
    "greedy": "first come",
    "pyvrp": "PyVRP",
    "routing": "OR-Tools routing",
}
LIMITS = ("10", "60", "300")
NOTHING = "–"


class Race:
    """The records of the problems as they are generated now, of like runs the latest.

    Of ours only those count that the planner of the latest has made.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        made_by: dict[tuple[Any, ...], str] = {}
        latest: dict[tuple[Any, ...], Record] = {}
        for record in sorted(records, key=lambda record: str(record["began"])):
            *_, planner, sha256 = json.loads(record["key"])
            if sha256 != sha256_of(record["problem"], record["seed"])[:16]:
                continue
            run = tuple(record[name] for name in ("solver", "problem", "seed", "goal"))
            if record["solver"] in OWN and made_by.get(run) != planner:
                made_by[run] = planner
                latest = {key: one for key, one in latest.items() if key[:-1] != run}
            latest[*run, record["seconds"]] = record
        self.records = list(latest.values())

    def seeds(self, problem: str) -> list[int]:
        """Seeds of a problem that anything was run on."""
        return sorted({record["seed"] for record in self.records if record["problem"] == problem})

    def result(self, solver: str, problem: str, seed: int, goal: str, limit: str) -> Record | None:
        """The judged result at a limit of seconds, of the latest run that reaches it."""
        found = [
            record
            for record in self.records
            if (record["solver"], record["problem"], record["seed"]) == (solver, problem, seed)
            and (solver == "greedy" or record["goal"] == goal)
            and (solver == "greedy" or limit in record.get("at", {}))
        ]
        if not found:
            return None
        if solver == "greedy":
            limit = "0"
        at: Record | None = max(found, key=lambda record: str(record["began"])).get("at", {}).get(limit)
        return at

    def value(self, solver: str, problem: str, seed: int, goal: str, limit: str) -> float | None:
        """What the goal minimises, if everything was delivered and the judge passed the plan."""
        at = self.result(solver, problem, seed, goal, limit)
        if at is None or at["outcome"] != "plan" or at["undelivered"] > 0:
            return None
        return float(at["closure_h"] if goal == "closure" else at["weighted_lateness"])

    def bound(self, problem: str, seed: int, what: str) -> float | None:
        """The best bound proven in any run."""
        found = [
            at[what]
            for record in self.records
            if (record["solver"], record["problem"], record["seed"]) == ("bound", problem, seed)
            for at in record.get("at", {}).values()
            if at[what] is not None
        ]
        return max(found, default=None)

    def gaps(self, solver: str, problem: str, limit: str) -> list[float]:
        """Closure over its bound in percent, one figure per seed."""
        found = []
        for seed in self.seeds(problem):
            bound = self.bound(problem, seed, "closure_h")
            value = self.value(solver, problem, seed, "closure", limit)
            if bound and value is not None:
                found.append(100 * (value / bound - 1))
        return found


def spread(values: Sequence[float], form: str = "{:,.1f}") -> str:
    """The median, with the range where there are several."""
    if not values:
        return NOTHING
    middle = form.format(statistics.median(values))
    if len(values) == 1:
        return f"{middle} (one seed)"
    return f"{middle} ({form.format(min(values))} to {form.format(max(values))})"


def write_page(records: Sequence[Record]) -> None:
    """Write the measured part of the page, and the plot."""
    race = Race(records)
    before = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    parts = (provenance, closure_table, lateness_table, share_table, family_table, without_result)
    lines = [line for part in parts for line in part(race)]
    PAGE.write_text(before + MARK + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    PLOT.parent.mkdir(exist_ok=True)
    PLOT.write_text(gap_plot(panels(race)), encoding="utf-8")


def provenance(race: Race) -> Iterator[str]:
    """Commits, machines, days and load of the runs."""

    def all_of(name: str) -> str:
        return ", ".join(sorted({str(record[name]) for record in race.records}))

    days = sorted({record["began"][:10] for record in race.records})
    loads = [record["load_before"] for record in race.records]
    yield f"{len(race.records)} runs, {' to '.join(dict.fromkeys([*days[:1], *days[-1:]]))}; commits "
    yield f"{all_of('commit')}; {all_of('machine')}. The machine's load before a run was {spread(loads)}."
    yield ""


def closure_table(race: Race) -> Iterator[str]:
    """Gap of closure over its bound at limits of time."""
    yield "## Closure over its bound\n"
    yield "Goal closure; percent above the proven bound, median over seeds and range. What does not stop by a"
    yield "limit (first come) stands in every column.\n"
    yield "![Gap against seconds](img/gap.svg)\n"
    yield "| size | solver | 10 s | 60 s | 300 s |"
    yield "|---|---|---:|---:|---:|"
    for size in SIZES:
        for solver, title in TITLES.items():
            cells = [spread(race.gaps(solver, size, limit)) for limit in LIMITS]
            if any(cell != NOTHING for cell in cells):
                yield f"| {size} | {title} | {' | '.join(cells)} |"
    yield ""


def lateness_table(race: Race) -> Iterator[str]:
    """Weighted lateness, seed by seed, against CP-SAT."""
    yield "## Weighted lateness against CP-SAT\n"
    yield "Goal lateness; hours of weighted lateness (`none`: no plan of its own by then). The last column is"
    yield "CP-SAT's at 300 s as a multiple of Standto's at 1 s.\n"
    heads = "bound | first come | Standto 1 s | 10 s | 60 s | 300 s | CP-SAT 10 s | 60 s | 300 s"
    yield f"| problem | {heads} | × |"
    yield "|---|" + "---:|" * 10
    for size in SIZES:
        for seed in race.seeds(size):
            ours = [race.value("standto", size, seed, "lateness", limit) for limit in ("1", *LIMITS)]
            theirs = [race.value("cpsat", size, seed, "lateness", limit) for limit in LIMITS]
            cells = [race.bound(size, seed, "weighted_lateness")]
            cells += [race.value("greedy", size, seed, "lateness", "0"), *ours]
            shown = [NOTHING if cell is None else f"{cell:,.0f}" for cell in cells]
            for limit, value in zip(LIMITS, theirs, strict=True):
                at = race.result("cpsat", size, seed, "lateness", limit)
                missing = NOTHING if at is None else at["outcome"]
                shown.append(missing if value is None else f"{value:,.0f}")
            ratio = theirs[-1] / ours[0] if theirs[-1] is not None and ours[0] else None
            yield f"| {size} {seed} | {' | '.join(shown)} | {NOTHING if ratio is None else f'{ratio:.2f}'} |"
    yield ""


def share_table(race: Race) -> Iterator[str]:
    """The proven bound on lateness against the best plan anyone found."""
    yield "## Proven share of the weighted lateness\n"
    yield "The bound as a share of the best plan that any solver found, in percent.\n"
    yield "| size | share | bound's processor seconds |"
    yield "|---|---:|---:|"
    for size in SIZES:
        shares = []
        for seed in race.seeds(size):
            limits = ("1", *LIMITS)
            values = [race.value(s, size, seed, "lateness", limit) for s in TITLES for limit in limits]
            best = min((value for value in values if value is not None), default=None)
            bound = race.bound(size, seed, "weighted_lateness")
            if best and bound is not None:
                shares.append(100 * bound / best)
        mine = [r for r in race.records if (r["solver"], r["problem"]) == ("bound", size)]
        took = [float(record["cpu_s"]) for record in mine if "cpu_s" in record]
        yield f"| {size} | {spread(shares)} | {spread(took)} |"
    yield ""


def family_table(race: Race) -> Iterator[str]:
    """The special families: judged, missed, lateness and cost against first come."""
    yield "## Families that stress one thing\n"
    yield "Goal lateness, Standto after 10 s against first come; CP-SAT after 60 s on one seed. Lateness and"
    yield "cost are medians with their range.\n"
    yield "| family | plans that pass | missed | lateness | first come | CP-SAT | cost | first come |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for family in FAMILIES:
        seeds = race.seeds(family)
        ours = _found(race.result("standto", family, seed, "lateness", "10") for seed in seeds)
        greedy = _found(race.result("greedy", family, seed, "lateness", "0") for seed in seeds)
        theirs = _found(race.result("cpsat", family, seed, "lateness", "60") for seed in seeds)
        passed = [at for at in ours if at["outcome"] == "plan"]
        cells = [f"{len(passed)} of {len(ours)}", _each(passed, "missed", "{:,.0f}")]
        cells += [_each(ats, "weighted_lateness", "{:,.1f}") for ats in (ours, greedy, theirs)]
        cells += [_each(ats, "cost", "{:,.0f}") for ats in (ours, greedy)]
        yield f"| {family} | {' | '.join(cells)} |"
    yield ""


def _found(results: Iterable[Record | None]) -> list[Record]:
    return [result for result in results if result is not None]


def _each(results: Sequence[Record], name: str, form: str) -> str:
    return spread([float(at[name]) for at in results if at["outcome"] == "plan"], form)


def without_result(race: Race) -> Iterator[str]:
    """Runs that failed, ended with nothing, or whose plan the judge refused; and the largest memory."""
    yield "## Runs without a result, and memory\n"
    yield "| solver | problem | goal | limit s | what came of it |"
    yield "|---|---|---|---:|---|"
    for record in race.records:
        at = list(record.get("at", {}).values())[-1:]
        if "failed" in record:
            what = record["failed"]
        elif at and at[0]["outcome"] in {"none", "refused"}:
            what = f"{at[0]['outcome']}: {at[0].get('why') or record['note']}"
        else:
            continue
        problem = f"{record['problem']} {record['seed']}"
        solver = TITLES.get(record["solver"], record["solver"])
        yield f"| {solver} | {problem} | {record['goal']} | {record['seconds']:g} | {what} |"
    yield "\n| peak memory, MB | " + " | ".join(SIZES) + " |"
    yield "|---|" + "---:|" * len(SIZES)
    for solver in ("standto", "bound", *list(TITLES)[1:]):
        peaks = [_peak(race, solver, size) for size in SIZES]
        yield f"| {TITLES.get(solver, solver)} | {' | '.join(peaks)} |"


def _peak(race: Race, solver: str, size: str) -> str:
    mine = [r for r in race.records if (r["solver"], r["problem"]) == (solver, size) and "peak_mb" in r]
    return f"{max(record['peak_mb'] for record in mine):,}" if mine else NOTHING


def panels(race: Race) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Per size and solver the median gap in percent over seconds, for the plot."""
    grid = [10 ** (step / 20) for step in range(50)] + [300.0]
    drawn: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for size in SIZES:
        lines: dict[str, list[tuple[float, float]]] = {}
        for solver, title in TITLES.items():
            points: list[tuple[float, float]] = []
            if solver in {"pyvrp", "routing"}:
                for limit in LIMITS:
                    gaps = race.gaps(solver, size, limit)
                    points += [(float(limit), statistics.median(gaps))] if gaps else []
            elif solver == "greedy":
                gaps = race.gaps(solver, size, "0")
                points = [(1.0, statistics.median(gaps)), (300.0, statistics.median(gaps))] if gaps else []
            else:
                points = _median_line([*_paths(race, solver, size)], grid)
            if points:
                lines[title] = points
        if lines:
            drawn[size] = lines
    return drawn


def _paths(race: Race, solver: str, size: str) -> Iterator[Callable[[float], float | None]]:
    """Per seed the gap as a function of seconds, from the longest run."""
    for seed in race.seeds(size):
        mine = [
            record
            for record in race.records
            if (record["solver"], record["problem"], record["seed"]) == (solver, size, seed)
            and record["goal"] == "closure"
            and record.get("trajectory")
        ]
        bound = race.bound(size, seed, "closure_h")
        if mine and bound:
            yield _path(max(mine, key=lambda record: float(record["seconds"])), bound)


def _path(record: Record, bound: float) -> Callable[[float], float | None]:
    steps: list[tuple[float, float]] = [(float(t), float(value)) for t, value in record["trajectory"]]
    ends = float(record["seconds"])

    def at(seconds: float) -> float | None:
        known = [value for t, value in steps if t <= seconds]
        return 100 * (known[-1] / bound - 1) if known and seconds <= ends * 1.01 else None

    return at


def _median_line(
    paths: Sequence[Callable[[float], float | None]], grid: Sequence[float]
) -> list[tuple[float, float]]:
    line = []
    for seconds in grid:
        values: list[Any] = [path(seconds) for path in paths]
        if values and None not in values:
            line.append((seconds, float(statistics.median(values))))
    return line
