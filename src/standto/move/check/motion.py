"""Rules of motion of a single vehicle in time: stops, work, legs and use (rules 1, 2 and 5)."""

from __future__ import annotations

from collections.abc import Iterator

from standto.move.check.index import Index, Leg, within_range
from standto.move.check.score import fits
from standto.move.check.verdict import Findings, number, short
from standto.move.check.work import moves_something, work_h
from standto.move.plan import Stop, Vehicle
from standto.move.problem import TOLERANCE, Fleet


def judge_motion(index: Index, vehicle: Vehicle, fleet: Fleet, findings: Findings) -> None:
    """Rules of one vehicle's own time line; no other vehicle is looked at."""
    for count, stop in enumerate(vehicle.stops, start=1):
        then = vehicle.stops[count] if count < len(vehicle.stops) else None
        _judge_place(index, vehicle, fleet, count, findings)
        _judge_hours(vehicle, fleet, count, findings)
        _judge_departure(vehicle, stop, then, count, findings)
        if then is not None and stop.depart_h is not None:
            _judge_leg(index, vehicle, fleet, count, stop.depart_h, findings)
    if fleet.use_h_per_day is not None:
        _judge_use(vehicle, fleet, fleet.use_h_per_day, findings)


def _judge_place(index: Index, vehicle: Vehicle, fleet: Fleet, count: int, findings: Findings) -> None:
    stop = vehicle.stops[count - 1]
    place = index.places.get(stop.place)
    if place is None:
        message = f"{short(vehicle.id)}, stop {count}: the problem has no place {short(stop.place)}."
        findings.add("place", message, vehicle=vehicle.id, stop=count)
    elif fleet.mode not in place.slots:
        what = f"the place has no {short(fleet.mode)} slots, so no stop."
        findings.at_stop("place-mode", vehicle, count, what)


def _judge_hours(vehicle: Vehicle, fleet: Fleet, count: int, findings: Findings) -> None:
    """Arrival at the start, start of work, length of work."""
    stop, first = vehicle.stops[count - 1], count == 1
    if first and abs(stop.arrive_h - fleet.available_h) > TOLERANCE:
        what = f"arrives at {number(stop.arrive_h)} h; the first stop's arrival is the hour it is available, "
        findings.at_stop("available", vehicle, count, f"{what}{number(fleet.available_h)} h.")
    if stop.start_h < stop.arrive_h - TOLERANCE:
        what = f"starts work at {number(stop.start_h)} h, before it arrives at {number(stop.arrive_h)} h."
        findings.at_stop("order", vehicle, count, what)
    idle = first and not moves_something(stop.load) and not moves_something(stop.unload)
    if idle and max(abs(stop.start_h - stop.arrive_h), abs(stop.end_h - stop.arrive_h)) > TOLERANCE:
        what = f"nothing is loaded at the start, so start and end are {number(stop.arrive_h)} h, not "
        what += f"{number(stop.start_h)} and {number(stop.end_h)} h."
        findings.at_stop("idle-start", vehicle, count, what)
    hours = work_h(fleet, stop, first=first)
    if not idle and abs(stop.end_h - stop.start_h - hours) > TOLERANCE:
        what = f"works {number(stop.end_h - stop.start_h)} h from {number(stop.start_h)} to "
        what += f"{number(stop.end_h)} h; this work takes {number(hours)} h."
        findings.at_stop("work-hours", vehicle, count, what)


def _judge_departure(vehicle: Vehicle, stop: Stop, then: Stop | None, count: int, findings: Findings) -> None:
    if then is None and stop.depart_h is not None:
        what = f"departs at {number(stop.depart_h)} h, but it is the last stop, which has none."
        findings.at_stop("depart", vehicle, count, what)
    elif then is not None and stop.depart_h is None:
        what = f"has no departure, but stop {count + 1} at {short(then.place)} follows."
        findings.at_stop("depart", vehicle, count, what)
    elif stop.depart_h is not None and stop.depart_h < stop.end_h - TOLERANCE:
        what = f"departs at {number(stop.depart_h)} h, before its work ends at {number(stop.end_h)} h."
        findings.at_stop("order", vehicle, count, what)


def _judge_leg(
    index: Index, vehicle: Vehicle, fleet: Fleet, count: int, depart_h: float, findings: Findings
) -> None:
    stop, then = vehicle.stops[count - 1], vehicle.stops[count]
    if stop.place == then.place:
        if abs(then.arrive_h - depart_h) > TOLERANCE:
            what = f"it stays here until stop {count + 1}, which takes no time, but departs at "
            what += f"{number(depart_h)} and arrives at {number(then.arrive_h)} h."
            findings.at_stop("leg-hours", vehicle, count, what)
        return
    legs = index.legs(fleet, stop.place, then.place)
    if not any(fits(fleet, leg, depart_h, then.arrive_h) for leg in legs):
        rule, what = _why_no_leg(fleet, legs, stop, then, depart_h)
        findings.at_stop(rule, vehicle, count, what)


def _why_no_leg(
    fleet: Fleet, legs: tuple[Leg, ...], stop: Stop, then: Stop, depart_h: float
) -> tuple[str, str]:
    """The first thing that leaves no link to take, and the sentence about it."""
    way = f"{short(stop.place)} to {short(then.place)}"
    if not legs:
        return "leg", f"there is no {short(fleet.mode)} link from {way}."
    legs = tuple(leg for leg in legs if leg.allowed)
    if not legs:
        return "leg-fleet", f"no {short(fleet.mode)} link from {way} is open to fleet {short(fleet.id)}."
    shortest = legs[0].km
    legs = tuple(leg for leg in legs if within_range(fleet, leg))
    if not legs:
        far = f"{way} is {number(shortest)} km"
        return "leg-range", f"{far}, fleet {short(fleet.id)} has a range of {number(fleet.range_km or 0)} km."
    stated = then.arrive_h - depart_h
    takes = " or ".join(dict.fromkeys(number(leg.hours) for leg in legs))
    legs = tuple(leg for leg in legs if abs(stated - leg.hours) <= TOLERANCE)
    if not legs:
        hours = f"from {number(depart_h)} to {number(then.arrive_h)} h is {number(stated)} h"
        return "leg-hours", f"the leg {way} {hours}; it takes {takes} h."
    opens = min(leg.next_open_h(depart_h) for leg in legs)
    return "closed", f"departs at {number(depart_h)} h, but {way} is closed until {number(opens)} h."


def _judge_use(vehicle: Vehicle, fleet: Fleet, per_day: float, findings: Findings) -> None:
    """Rule 5 in time linear in the legs.

    For legs i <= j let M(i) be the moving hours before leg i, s(i) its departure and t(j) the arrival of leg
    j with M'(j) hours moved by then. The bank rule M'(j) - M(i) <= u (t(j) - s(i)) / 24 + u b for every pair
    is the same as M'(j) - u t(j) / 24 - u b <= M(i) - u s(i) / 24, so the lowest right side so far decides.
    """
    moved, lowest = 0.0, float("inf")
    for count, depart_h, arrive_h in _moves(vehicle):
        lowest = min(lowest, moved - per_day * depart_h / 24)
        moved += arrive_h - depart_h
        allowed = per_day * ((arrive_h - fleet.available_h) / 24 + 1)
        if moved > allowed + TOLERANCE:
            what = f"{number(moved)} h moved by its arrival at {number(arrive_h)} h; "
            what += f"{number(per_day)} h a day allow {number(allowed)} h."
            findings.at_stop("use-per-day", vehicle, count + 1, what)
        if fleet.use_bank_days is None:
            continue
        over = moved - per_day * (arrive_h / 24 + fleet.use_bank_days) - lowest
        if over > TOLERANCE:
            what = f"{number(over)} h more moved by its arrival at {number(arrive_h)} h than "
            what += f"{number(per_day)} h a day and a bank of {number(fleet.use_bank_days)} days allow."
            findings.at_stop("use-bank", vehicle, count + 1, what)


def _moves(vehicle: Vehicle) -> Iterator[tuple[int, float, float]]:
    """Number of the stop left, departure and arrival of every leg that moves."""
    for count, (stop, then) in enumerate(zip(vehicle.stops, vehicle.stops[1:], strict=False), start=1):
        if stop.place != then.place and stop.depart_h is not None and then.arrive_h >= stop.depart_h:
            yield count, stop.depart_h, then.arrive_h
