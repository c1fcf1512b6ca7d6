"""A timetable compared with the one made anew from its own list: what the tests of the local search share."""

from __future__ import annotations

import numpy as np

from standto.move.check import check
from standto.move.network import Ints
from standto.move.plan import Plan
from standto.move.problem import Problem
from standto.move.solve.flat import Flat, Listing, as_decoded, copy_listing
from standto.move.solve.list_walk import ListWalk
from standto.move.solve.local import Local, listing_of, order_of, table_of
from standto.move.solve.tables import Layout
from standto.move.solve.timetable import (
    C_HEAD,
    C_TAIL,
    K_AT,
    K_STEPS,
    L_HEAD,
    L_NEXT,
    L_PREV,
    L_RIDE,
    L_STOP,
    L_TO,
    L_VEHICLE,
    N_ERROR,
    N_GONE,
    N_LOG,
    R_AFTER,
    R_BEFORE,
    R_FIRST,
    R_LAST,
    R_NEED,
    R_NEXT,
    R_TRIP,
    X_AFTER,
    X_BEFORE,
    X_LOADS,
    X_NEXT,
    X_PLACE,
    X_STOP,
    X_TRIP,
    X_UNLOADS,
    Timetable,
)
from standto.move.solve.write import write_plan

Steps = list[tuple[float, int]]
MADE_BY = {"version": "test", "solver": "test", "seed": 0, "seconds": 0.0, "options": {}}


def first_walk(problem: Problem) -> ListWalk:
    """A list walk with its first plan."""
    walk = ListWalk(problem, Layout(problem), 0)
    walk.begin(None)
    return walk


def local_walk(problem: Problem, seed: int = 0) -> Local:
    """A local walk that starts from the first plan."""
    walk = first_walk(problem)
    closure = problem.goal == "closure"
    return Local(walk.decoder.flat, copy_listing(walk.best), closure=closure, floor_h=0.0, seed=seed)


def plan_of(problem: Problem, listing: Listing) -> Plan:
    """The plan that a list of trips with its hours says, judged by the judge alone."""
    return write_plan(problem, Layout(problem), as_decoded(listing, None, (0.0,) * 6), None, MADE_BY)


def calendar(table: Timetable, spot: int) -> Steps:
    """Hours at which the number of slots taken changes at a place, and to how many."""
    at, count = table.book[spot, K_AT], table.book[spot, K_STEPS]
    hours, taken = table.step_h[at : at + count].tolist(), table.step_n[at : at + count].tolist()
    return [
        (hour, many)
        for number, (hour, many) in enumerate(zip(hours, taken, strict=True))
        if number == 0 or taken[number - 1] != many
    ]


def assert_same(flat: Flat, table: Timetable) -> None:
    """Hours, lists, slots, sums, close hours and score are those of a timetable made from its own list."""
    new = table_of(flat, listing_of(flat, table))
    mine, theirs = order_of(table).tolist(), order_of(new).tolist()
    assert [described(table, trip) for trip in mine] == [described(new, trip) for trip in theirs]
    assert [calendar(table, spot) for spot in range(len(table.book))] == [
        calendar(new, spot) for spot in range(len(new.book))
    ]
    for name in ("sums", "close_h", "rest", "score"):
        np.testing.assert_allclose(getattr(table, name), getattr(new, name), rtol=1e-9, atol=1e-9)
    assert_whole(flat, table)


def described(table: Timetable, trip: int) -> object:
    """All that a trip says, without the numbers of its nodes."""
    visits = visits_of(table, trip)
    number = {x: index for index, x in enumerate(visits)}
    columns = [X_PLACE, X_STOP, X_LOADS, X_UNLOADS]
    said = [(table.visit_i[x, columns].tolist(), table.visit_f[x].tolist()) for x in visits]
    rides = [
        (int(row[R_NEED]), number[int(row[R_FIRST])], number[int(row[R_LAST])], table.amount[ride].tolist())
        for ride, row in ((ride, table.ride_i[ride]) for ride in rides_of(table, trip))
    ]
    head = (int(table.trip_i[trip, L_VEHICLE]), int(table.trip_i[trip, L_TO]), table.trip_f[trip].tolist())
    return head, number[int(table.trip_i[trip, L_STOP])], said, sorted(rides)


def assert_whole(flat: Flat, table: Timetable) -> None:
    """Every list is one list, both ways, and every node is on its lists or spare, never both."""
    trips = order_of(table).tolist()
    visits = [x for trip in trips for x in visits_of(table, trip)]
    rides = [ride for trip in trips for ride in rides_of(table, trip)]
    assert not table.tally[[N_LOG, N_GONE, N_ERROR]].any()
    for kind, (name, rows, used) in enumerate(
        (
            ("spare_trip", table.trip_i, trips),
            ("spare_visit", table.visit_i, visits),
            ("spare_ride", table.ride_i, rides),
        )
    ):
        spare = getattr(table, name)[: table.top[kind]].tolist()
        assert sorted(spare + used) == list(range(len(rows))), name
        assert max(used, default=-1) < len(rows) - table.lowest[kind], "all in use is in what is copied"
    assert (table.trip_i[table.spare_trip[: table.top[0]], L_VEHICLE] < 0).all()
    for trip in trips:
        assert all(table.visit_i[x, X_TRIP] == trip for x in visits_of(table, trip))
        assert all(table.ride_i[ride, R_TRIP] == trip for ride in rides_of(table, trip))
    for v, (head, tail) in enumerate(table.chain[:, [C_HEAD, C_TAIL]].tolist()):
        chain = linked(table.trip_i, head, L_NEXT, L_PREV)
        assert (chain[-1] if chain else -1) == tail
        assert all(table.trip_i[trip, L_VEHICLE] == v for trip in chain)
    listed = [
        ride for head in table.of_need.tolist() for ride in linked(table.ride_i, head, R_AFTER, R_BEFORE)
    ]
    assert sorted(listed) == sorted(rides)
    stops = [x for head in table.of_place.tolist() for x in linked(table.visit_i, head, X_AFTER, X_BEFORE)]
    assert sorted(stops) == sorted(x for x in visits if table.visit_i[x, X_STOP] >= 0)


def linked(rows: Ints, head: int, after: int, before: int) -> list[int]:
    """A list of nodes, which must lead back the way it leads on."""
    found, last = [], -1
    while head >= 0:
        assert rows[head, before] == last
        found.append(head)
        last, head = head, int(rows[head, after])
    return found


def visits_of(table: Timetable, trip: int) -> list[int]:
    """The visits of a trip in their order."""
    return followed(table.visit_i, int(table.trip_i[trip, L_HEAD]), X_NEXT)


def rides_of(table: Timetable, trip: int) -> list[int]:
    """The rides of a trip."""
    return followed(table.ride_i, int(table.trip_i[trip, L_RIDE]), R_NEXT)


def followed(rows: Ints, head: int, after: int) -> list[int]:
    """A list of nodes from its head."""
    found = []
    while head >= 0:
        found.append(head)
        head = int(rows[head, after])
    return found


def assert_judged(problem: Problem, flat: Flat, table: Timetable) -> None:
    """The judge finds no rule broken in the timetable's plan, and comes to the same score."""
    plan = plan_of(problem, listing_of(flat, table))
    assert check(problem, plan).violations == ()
    totals = plan.totals
    judged = [totals.undelivered, totals.missed, totals.weighted_lateness, totals.cost, totals.moving_h]
    np.testing.assert_allclose(judged, table.score[:5], rtol=1e-6, atol=1e-5)
    closure = -np.inf if totals.closure_h is None else totals.closure_h
    assert closure == table.score[5] or abs(closure - table.score[5]) < 1e-6
