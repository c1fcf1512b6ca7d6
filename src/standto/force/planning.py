"""The planning formulas of the field, as rough cross-checks of slots, fleets and flows.

They judge by averages what the planner schedules exactly: a scenario far beyond them has a wrong figure in it
or wants what cannot be. Sources: AFPAM 10-1403 (air) as restated by public secondary sources, US Army
subcourse TR0603 "Rail Operations Planning" (rail), ST 100-3 chapter 8 (road).
"""

from __future__ import annotations

import math
from fractions import Fraction

QUEUING_EFFICIENCY = 0.85
"""Share of an airfield's time that traffic as it really comes can use (AFPAM 10-1403, 2018, formula 9.0)."""

TRAINS_A_DAY_DOUBLE_TRACK = 30
"""Trains each way a day to plan with on a line of which nothing is known (TR0603, paragraph 2.13)."""

RESERVE = Fraction(10, 100)
"""Rolling stock kept in reserve, as a share of what is in use (TR0603, pages 102-103 of the public copy)."""

VEHICLES_PER_KM = 10.0
"""Density of a march column at the normal interval of 100 m (ST 100-3, paragraph 8-1)."""

ROUNDING = 1e-9


def station_throughput_t_per_day(
    working_mog: float,
    payload_t: float,
    operating_h_per_day: float,
    ground_h: float,
    *,
    queuing: float = QUEUING_EFFICIENCY,
) -> float:
    """Tonnes that an airfield can work a day.

    Working MOG x payload x operating hours / ground time x queuing efficiency: formula 9.0 of AFPAM 10-1403
    (2018).

    Parameters
    ----------
    working_mog
        Aircraft worked at once.
    payload_t
        Average payload of one aircraft, tonnes.
    operating_h_per_day
        Hours a day that the airfield works.
    ground_h
        Hours that one aircraft is worked.
    queuing
        Queuing efficiency, 0 to 1.
    """
    return working_mog * payload_t * operating_h_per_day / ground_h * queuing


def missions(amount: float, per_mission: float) -> int:
    """Sorties that carry an amount, rounded up (AFPAM 10-1403: cargo or passenger missions required)."""
    return math.ceil(amount / per_mission - ROUNDING)


def cycle_h(flying_h: float, ground_h: float) -> float:
    """Hours from one loading of an aircraft to its next: round-trip flying time + round-trip ground time."""
    return flying_h + ground_h


def fleet_capability_t_per_day(
    payload_t: float, aircraft: float, flying_h_per_day: float, round_trip_flying_h: float
) -> float:
    """Tonnes a day that a fleet can deliver over one distance.

    Average payload x aircraft x UTE rate / round-trip flying time (AFPAM 10-1403), the UTE rate being the
    flying hours a day that each aircraft averages.
    """
    return payload_t * aircraft * flying_h_per_day / round_trip_flying_h


def net_division_t_per_day(train_t: float, trains_per_day: float, passenger_trains: float = 0.0) -> float:
    """Tonnes a day over one division of a railway; every passenger train takes a freight train's place.

    Net trainload x (train density - passenger trains): TR0603, paragraph 2.15.
    """
    return train_t * max(0.0, trains_per_day - passenger_trains)


def end_delivery_t_per_day(*divisions_t_per_day: float) -> float:
    """Tonnes a day at the end of a railway: the least along the line (TR0603, paragraph 2.16)."""
    return min(divisions_t_per_day)


def rolling_stock(dispatched_per_day: float, turnaround_days: float) -> int:
    """Cars (or trains) that a daily dispatch keeps busy, with a reserve of a tenth, rounded up.

    One day's dispatch x turnaround x 1.10: TR0603, pages 102-103 of the public copy.
    """
    return math.ceil(dispatched_per_day * turnaround_days * float(1 + RESERVE) - ROUNDING)


def road_space_km(vehicles: float, *, per_km: float = VEHICLES_PER_KM, gaps_km: float = 0.0) -> float:
    """Length of road that a march column takes: vehicles / density + gaps (ST 100-3, paragraph 8-1)."""
    return vehicles / per_km + gaps_km


def pass_time_h(space_km: float, kmh: float) -> float:
    """Hours that a march column takes to pass a point: road space / rate of march."""
    return space_km / kmh
