"""The lateness bound: who can be closed by when, if every proven cut must hold at every hour.

Weighted lateness is the integral over time of the weight that is due and not closed. On a grid of hours, let
z[r, k] say whether requirement r is closed by hour k. A requirement that is not closed by the end of a step
is late for the whole step (as far as it is due), and no requirement closes before its own earliest hour. The
cuts of the flow programmes say which sets can be closed by an hour. They are exact at the hours of the grid;
all that the grid gives away is where within one step a late requirement closes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from standto.move.bound.flow import FlowProgram
from standto.move.bound.lift import Floats, Ints
from standto.move.bound.pooled import PooledProgram
from standto.move.bound.prices import ROUNDING_ERROR, Cut
from standto.move.bound.solver import quiet_solver, run_for

MOST_CLOSES = 12_000
"""Requirements times hours of the grid that the programme of shares may have."""
MOST_WHOLE = 3_000
"""And that may be whole (closed or not, no share): branch and bound."""
MOST_NODES = 1_500
WHOLE_MARGIN = 1e-5
"""Room given to the solver's arithmetic, of each row and of its bound, where certificates cannot be had."""
MOST_ROUNDS = 8
ASKED_HOURS, ASKED_ROUNDS, ASKED_CLOSE = 8, 15, 0.1
WORTH_A_ROUND = 2e-3
BROKEN = 1e-4


@dataclass(frozen=True, slots=True)
class Grid:
    """Hours (K) at which cuts are held, and what is at stake in each step before them.

    `rows` are the requirements (of R) that can be late, `stake[n, k]` the weighted lateness of not being
    closed by hour k, `closable[n, k]` whether it can be closed by then at all, `certain` the weighted
    lateness that the earliest closes alone make.
    """

    hours: Floats
    rows: Ints
    stake: Floats
    closable: Floats
    certain: float


def lay_grid(weight: Floats, due_h: Floats, earliest_h: Floats, closure_h: float, steps: int) -> Grid:
    """The grid up to the closure bound, after which nobody need be late.

    Parameters
    ----------
    earliest_h
        Proven earliest closes, inf for what is left out.
    """
    delivered = np.isfinite(earliest_h)
    certain = float(weight[delivered] @ np.maximum(0.0, earliest_h - due_h)[delivered])
    since = np.maximum(due_h, earliest_h)
    rows = np.flatnonzero(delivered & (since < closure_h))
    if len(rows) == 0:
        return Grid(np.zeros(0), rows, np.zeros((0, 0)), np.zeros((0, 0)), certain)
    begin = float(since[rows].min())
    edges = np.linspace(begin, closure_h, steps + 1)
    overlap = np.minimum(edges[1:], closure_h) - np.maximum(edges[:-1], since[rows, None])
    stake = weight[rows, None] * np.maximum(0.0, overlap)
    closable = (edges[None, 1:] >= earliest_h[rows, None]).astype(float)
    return Grid(edges[1:], rows, stake, closable, certain)


def knapsacks(grid: Grid, cuts: Sequence[Cut]) -> float:
    """A bound from one cut an hour: at each hour the closes that save most, as far as lift is worth them."""
    best = (grid.stake * (1 - grid.closable)).sum(axis=0) if len(grid.rows) else np.zeros(0)
    for cut in cuts:
        charge = cut.charge[grid.rows]
        for k, hour in enumerate(grid.hours):
            stake = grid.stake[:, k]
            saved = _saved(stake * grid.closable[:, k], charge, cut.worth(float(hour)))
            best[k] = max(best[k], float(stake.sum()) - saved)
    return grid.certain + float(best.sum()) * (1 - ROUNDING_ERROR)


def _saved(gain: Floats, charge: Floats, worth: float) -> float:
    """The most that can be gained for what lift is worth, shares allowed."""
    some = gain > 0
    gain, charge = gain[some], np.maximum(charge[some], 0.0)
    order = np.argsort(-gain / np.maximum(charge, 1e-300), kind="stable")
    before = np.cumsum(charge[order]) - charge[order]
    room = np.clip(worth - before, 0.0, charge[order])
    part = np.where(charge[order] > 0, room / np.where(charge[order] > 0, charge[order], 1.0), 1.0)
    return float(gain[order] @ part) * (1 + ROUNDING_ERROR)


class Shares:
    """The programme of closes: z[n, k] rises with k, holds every cut at every hour, and saves what it can."""

    def __init__(self, grid: Grid, cuts: Sequence[Cut]) -> None:
        self.grid = grid
        self.cuts: list[Cut] = []
        self.worths: list[float] = []
        self.price: Floats = np.zeros((0, 0))
        self.highs: Any = quiet_solver()
        rows, steps = grid.stake.shape
        number = rows * steps
        none = np.zeros(0, dtype=np.int32)
        starts = np.zeros(number, dtype=np.int32)
        closable = grid.closable.ravel()
        self.highs.addCols(
            number, -grid.stake.ravel(), np.zeros(number), closable, 0, starts, none, np.zeros(0)
        )
        index = np.arange(number).reshape(rows, steps)
        pairs = np.stack([index[:, :-1].ravel(), index[:, 1:].ravel()], axis=1).astype(np.int32)
        links = len(pairs)
        if links:
            below = np.full(links, -np.inf)
            entries = np.tile([1.0, -1.0], links)
            begins = (2 * np.arange(links)).astype(np.int32)
            self.highs.addRows(links, below, np.zeros(links), 2 * links, begins, pairs.ravel(), entries)
        self.first_cut_row = links
        for cut in cuts:
            self.add(cut)

    def add(self, cut: Cut) -> None:
        """Hold a cut at every hour; each row is scaled so that its largest charge is 1."""
        charge = cut.charge[self.grid.rows]
        scale = float(charge.max(initial=0.0))
        steps = len(self.grid.hours)
        some = np.flatnonzero(charge > 0)
        if scale <= 0:
            return
        for k, hour in enumerate(self.grid.hours):
            columns = (some * steps + k).astype(np.int32)
            # infinite where the hour refutes nothing: the row binds nothing and has no price
            worth = max(0.0, cut.worth(float(hour))) / scale
            self.highs.addRow(-np.inf, worth, len(some), columns, charge[some] / scale)
            self.worths.append(worth)
        self.cuts.append(cut)

    def solve(self, seconds: float) -> Floats | None:
        """The best shares, shape (rows, hours); None if the seconds did not suffice."""
        if not run_for(self.highs, seconds):
            return None
        values = np.array(self.highs.getSolution().col_value, dtype=float)
        shares: Floats = np.clip(values, 0.0, 1.0).reshape(self.grid.stake.shape)
        return shares

    def certified(self) -> float:
        """The bound that the programme's prices prove, computed here: each requirement closes where it pays.

        For given prices of the cuts every requirement chooses its hour of closing by itself, so the least
        total is a sum of minima (Lagrange); any prices give a true bound.
        """
        grid, steps = self.grid, len(self.grid.hours)
        dual = np.array(self.highs.getSolution().row_dual)[self.first_cut_row :]
        worths = np.array(self.worths)
        held = np.isfinite(worths)
        price = np.where(held, np.maximum(-dual, 0.0), 0.0)
        income = float(price[held] @ worths[held])
        price = price.reshape(len(self.cuts), steps)
        self.price = price
        toll = np.zeros_like(grid.stake)
        for cut, prices in zip(self.cuts, price, strict=True):
            charge = cut.charge[grid.rows]
            scale = float(charge.max())
            toll += np.outer(charge / scale, prices)
        late = np.where(grid.closable > 0, toll - grid.stake, np.inf)
        # from hour k on closed: the sum of all later terms; never closed: 0
        later = np.cumsum(late[:, ::-1], axis=1)[:, ::-1]
        least = np.minimum(later, 0.0).min(axis=1)
        total = float(grid.stake.sum())
        error = ROUNDING_ERROR * (total + income)
        return grid.certain + max(0.0, total + float(least.sum()) - income - error)

    def pressures(self) -> tuple[Pressure, ...]:
        """The cuts with a price, at the hour where each weighs most."""
        if not self.price.size:
            return ()
        worths = np.array(self.worths[: self.price.size]).reshape(self.price.shape)
        weights = np.where(self.price > 0, self.price * np.where(self.price > 0, worths, 0.0), 0.0)
        found = [
            Pressure(cut, float(self.grid.hours[int(row.argmax())]), float(row.sum()))
            for cut, row in zip(self.cuts, weights, strict=False)
            if row.sum() > 0
        ]
        return tuple(sorted(found, key=lambda pressure: -pressure.weight))

    def whole(self, seconds: float) -> float:
        """The bound if every requirement is closed or not at every hour, by branch and bound."""
        number = self.grid.stake.size
        for row, worth in enumerate(self.worths, start=self.first_cut_row):
            self.highs.changeRowBounds(row, -np.inf, worth * (1 + WHOLE_MARGIN) + WHOLE_MARGIN)
        kinds = np.ones(number, dtype=np.uint8)
        self.highs.changeColsIntegrality(number, np.arange(number, dtype=np.int32), kinds)
        self.highs.setOptionValue("mip_max_nodes", MOST_NODES)
        if not run_for(self.highs, seconds):
            # stopped before its root it reports 0, which is no bound
            return self.grid.certain
        found = float(self.highs.getInfo().mip_dual_bound)
        total = float(self.grid.stake.sum())
        return self.grid.certain + max(0.0, (total + found) - WHOLE_MARGIN * total)


@dataclass(frozen=True, slots=True)
class Pressure:
    """A cut that binds at an hour, and how much of the bound on lateness hangs on it."""

    cut: Cut
    hour: float
    weight: float


@dataclass(frozen=True, slots=True)
class LatenessProof:
    """The bound on weighted lateness, the part of it proven without whole closes, and what presses."""

    lateness: float
    by_shares: float
    pressures: tuple[Pressure, ...] = ()


def prove_lateness(
    grid: Grid,
    programs: Sequence[FlowProgram | PooledProgram],
    cuts: list[Cut],
    requirements: int,
    seconds: Callable[[], float],
    *,
    whole: bool = True,
) -> LatenessProof:
    """The best lateness bound, asking the flow programmes for the cuts that shares break; extends `cuts`."""
    best = max(grid.certain, knapsacks(grid, cuts))
    if not len(grid.rows) or grid.stake.size > MOST_CLOSES:
        return LatenessProof(best, best)
    shares = Shares(grid, cuts)
    for turn in range(MOST_ROUNDS):
        values = shares.solve(seconds())
        if values is None:
            break
        before, best = best, max(best, shares.certified())
        if turn > 1 and best - before < WORTH_A_ROUND * best:
            break
        programs = [
            program for program in programs if _ask(grid, program, shares, values, requirements, turn)
        ]
        if not programs:
            break
    cuts[:] = shares.cuts
    pressures = shares.pressures()
    if not whole or grid.stake.size > MOST_WHOLE or seconds() <= 0:
        return LatenessProof(best, best, pressures)
    return LatenessProof(max(best, shares.whole(seconds())), best, pressures)


def _ask(
    grid: Grid,
    program: FlowProgram | PooledProgram,
    shares: Shares,
    values: Floats,
    requirements: int,
    turn: int,
) -> int:
    """Ask a programme at some hours whether the shares can be; add the cuts that say no."""
    added = 0
    stride = max(1, len(grid.hours) // ASKED_HOURS)
    for k in range(turn % stride, len(grid.hours), stride):
        hour = float(grid.hours[k])
        done = np.zeros(requirements)
        done[grid.rows] = values[:, k]
        if hour <= program.window.since_h or not (done * program.window.members).any():
            continue
        _, cut = program.ask(done, hour, close=ASKED_CLOSE, rounds=ASKED_ROUNDS)
        if cut is not None and float(cut.charge @ done) > cut.worth(hour) * (1 + BROKEN):
            shares.add(cut)
            added += 1
    return added
