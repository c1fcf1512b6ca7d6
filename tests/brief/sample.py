"""An invented force with a plan that keeps every rule: air, sea, rail and road, some of it late."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from standto.move.check import score
from standto.move.plan import Lot, Plan, PlanBound, Stop, Vehicle
from standto.move.problem import Fleet, Link, Place, Problem, Requirement

Spot = tuple[str, str, float, float, dict[str, int | None]]
PLACES: tuple[Spot, ...] = (
    ("FORTN", "Fort North", 35.1, -79.0, {"air": 4, "rail": None, "road": None}),
    ("FORTW", "Fort West", 31.8, -106.4, {"air": 2, "rail": None, "road": None}),
    ("USPORT", "Gulf port", 30.1, -94.1, {"sea": 3, "rail": None, "road": None}),
    ("HUB", "Rhine air base", 49.4, 7.6, {"air": 6, "road": None, "rail": None}),
    ("NSPORT", "North Sea port", 53.5, 8.6, {"sea": 2, "rail": 2, "road": None}),
    ("CAMPB", "Camp Bavaria", 49.6, 11.9, {"rail": 2, "road": None}),
    ("APEX", "Carpathia airfield", 50.1, 22.0, {"air": 2, "road": None}),
    ("EAST", "Eastern range", 53.0, 22.5, {"rail": 2, "road": None}),
    ("CAPE", "Black Sea camp", 44.4, 28.5, {"air": 2, "rail": 1, "road": None}),
    ("BALT", "Baltic camp", 59.3, 25.9, {"air": 1, "road": None, "rail": 1}),
)
NATIONS = ("US", "DE", "FR", "GB", "PL", "ES")
BRANCHES = ("Airborne", "Armoured", "Rifle", "Engineer", "Air defence")
SORTS = ("air", "heavy", "road", "rail", "airlet")
KM = {"air": 1.0, "sea": 1.6, "rail": 1.35, "road": 1.25}


@dataclass
class _Truck:
    """One vehicle under construction."""

    id: str
    fleet: Fleet
    place: str
    free_h: float
    stops: list[Stop]


@dataclass
class _Yard:
    """Vehicles, and who works where when."""

    problem: Problem
    trucks: dict[str, list[_Truck]]
    busy: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=dict)

    def start(self, place: str, mode: str, earliest: float, work_h: float) -> float:
        """The first hour at which a slot is free for the whole work."""
        slots = next(one for one in self.problem.places if one.id == place).slots[mode]
        taken = self.busy.setdefault((place, mode), [])
        if slots is None:
            return earliest
        times = sorted([earliest, *(end for _, end in taken if end > earliest)])
        for start in times:
            inside = sorted(
                [(begin, 1) for begin, end in taken if begin < start + work_h and end > start]
                + [(end, -1) for begin, end in taken if begin < start + work_h and end > start],
                key=lambda item: (item[0], item[1]),
            )
            level = most = 0
            for _, step in inside:
                level += step
                most = max(most, level)
            if most < slots:
                taken.append((start, start + work_h))
                return start
        raise AssertionError("after the last end there is room")

    def carry(self, fleet: str, lot: Lot, origin: str, destination: str, ready_h: float) -> float:
        """Load, move and unload one lot on the vehicle that is free first; the hour it is on the ground."""
        truck = min(self.trucks[fleet], key=lambda one: one.free_h)
        kind = truck.fleet
        if truck.place == origin:
            arrive = truck.free_h
        else:
            leave = truck.free_h
            arrive = leave + self.hours(kind, truck.place, origin)
            truck.stops[-1] = truck.stops[-1].model_copy(update={"depart_h": leave})
            truck.stops.append(
                Stop(
                    place=origin,
                    arrive_h=arrive,
                    start_h=arrive,
                    end_h=arrive,
                    depart_h=None,
                    unload=[],
                    load=[],
                )
            )
        start = self.start(origin, kind.mode, max(arrive, ready_h), kind.load_h)
        leave = start + kind.load_h
        here = truck.stops[-1]
        if here.unload:
            truck.stops[-1] = here.model_copy(update={"depart_h": here.end_h})
            here = Stop(
                place=origin, arrive_h=here.end_h, start_h=0.0, end_h=0.0, depart_h=None, unload=[], load=[]
            )
            truck.stops.append(here)
        truck.stops[-1] = here.model_copy(
            update={"start_h": start, "end_h": leave, "depart_h": leave, "load": [lot]}
        )
        there = leave + self.hours(kind, origin, destination)
        begin = self.start(destination, kind.mode, there, kind.unload_h)
        done = begin + kind.unload_h
        truck.stops.append(
            Stop(
                place=destination,
                arrive_h=there,
                start_h=begin,
                end_h=done,
                depart_h=None,
                unload=[lot],
                load=[],
            )
        )
        truck.place, truck.free_h = destination, done
        return done

    def hours(self, fleet: Fleet, a: str, b: str) -> float:
        """Hours of one leg."""
        for link in self.problem.links:
            if link.mode == fleet.mode and {link.origin, link.destination} == {a, b}:
                return link.km / fleet.kmh
        raise AssertionError(f"no {fleet.mode} link between {a} and {b}")


def _km(a: Spot, b: Spot) -> float:
    from math import acos, cos, radians, sin

    one, two = radians(a[2]), radians(b[2])
    cosine = sin(one) * sin(two) + cos(one) * cos(two) * cos(radians(a[3] - b[3]))
    return 6371.0 * acos(max(-1.0, min(1.0, cosine)))


def _links() -> list[Link]:
    links = []
    for index, a in enumerate(PLACES):
        for b in PLACES[index + 1 :]:
            for mode, winding in KM.items():
                both_here = mode in a[4] and mode in b[4]
                if both_here and not (mode in {"rail", "road"} and (a[3] < -30) != (b[3] < -30)):
                    km = round(_km(a, b) * winding, 1)
                    assumed = "circuity rule of thumb" if mode == "rail" else ""
                    links.append(Link(origin=a[0], destination=b[0], mode=mode, km=km, assumed=assumed))
    return links


def _fleets(scale: int) -> list[Fleet]:
    none: dict[str, Any] = {"service_h": 0.5}
    return [
        Fleet(
            id="C17",
            name="Strategic airlifter",
            mode="air",
            count=6 * scale,
            base="FORTN",
            seats=100,
            tonnes=60.0,
            classes=["bulk", "oversize"],
            kmh=800.0,
            load_h=2.5,
            unload_h=2.0,
            assumed="crews for a third of the fleet",
            **none,
        ),
        Fleet(
            id="A400",
            name="Tactical airlifter",
            mode="air",
            count=4 * scale,
            base="HUB",
            seats=90,
            tonnes=25.0,
            classes=["bulk"],
            kmh=650.0,
            load_h=2.0,
            unload_h=1.5,
            **none,
        ),
        Fleet(
            id="RORO",
            name="Roll-on ship",
            mode="sea",
            count=3 * scale,
            base="USPORT",
            seats=20,
            tonnes=9000.0,
            classes=["bulk", "oversize", "outsize"],
            kmh=33.0,
            load_h=24.0,
            unload_h=24.0,
            **none,
        ),
        Fleet(
            id="TRAIN",
            name="Train",
            mode="rail",
            count=4 * scale,
            base="NSPORT",
            seats=500,
            tonnes=1200.0,
            classes=["bulk", "oversize", "outsize"],
            kmh=30.0,
            load_h=8.0,
            unload_h=6.0,
            **none,
        ),
        Fleet(
            id="USTRAIN",
            name="American train",
            mode="rail",
            count=4 * scale,
            base="FORTW",
            seats=60,
            tonnes=2400.0,
            classes=["bulk", "oversize", "outsize"],
            kmh=30.0,
            load_h=10.0,
            unload_h=8.0,
            **none,
        ),
        Fleet(
            id="CONVOY",
            name="March column",
            mode="road",
            count=6 * scale,
            base="CAMPB",
            seats=400,
            tonnes=500.0,
            classes=["bulk", "oversize"],
            kmh=35.0,
            load_h=3.0,
            unload_h=2.0,
            **none,
        ),
    ]


def make_sample(
    number: int = 24, seed: int = 7, epoch: str | None = "2022-02-25T06:00:00+00:00"
) -> tuple[Problem, Plan]:
    """A problem with `number` requirements and a plan that keeps its rules; no slot limits past 1,000."""
    chance = random.Random(seed)
    requirements, routes = [], []
    for index in range(number):
        sort = SORTS[index % 5]
        requirements.append(_requirement(index, sort, chance))
        routes.append(sort)
    problem = Problem(
        name="Sample force",
        epoch=epoch,
        places=[
            Place(
                id=key,
                name=name,
                lat=lat,
                lon=lon,
                slots=dict(slots) if number <= 1000 else dict.fromkeys(slots),
                transfer_h=2.0,
                assumed="slots not published" if key == "APEX" else "",
            )
            for key, name, lat, lon, slots in PLACES
        ],
        links=_links(),
        fleets=_fleets(max(1, number // 24)),
        requirements=requirements,
    )
    return problem, _plan(problem, routes)


def make_other(problem: Problem) -> Plan:
    """Another plan for a sample: the last requirement is carried first, so that some gain and some lose."""
    backwards = problem.model_copy(update={"requirements": problem.requirements[::-1]})
    routes = [SORTS[(int(one.id[1:]) - 1) % 5] for one in backwards.requirements]
    vehicles = _plan(backwards, routes).vehicles
    outcomes, totals = score(problem, vehicles)
    return Plan(problem=problem.sha256, vehicles=vehicles, requirements=outcomes, totals=totals)


def _requirement(index: int, sort: str, chance: random.Random) -> Requirement:
    origin, destination = {
        "air": ("FORTN", "APEX"),
        "heavy": ("FORTW", "EAST"),
        "road": ("CAMPB", "CAPE"),
        "rail": ("CAMPB", "EAST"),
        "airlet": ("HUB", chance.choice(["CAPE", "BALT", "APEX"])),
    }[sort]
    notice = 120.0 if index % 3 else 24.0
    pax = 20 * chance.randint(2, 20) if sort != "heavy" else 20
    cargo = {"bulk": 5.0 * chance.randint(1, 12), **({"outsize": 900.0} if sort == "heavy" else {})}
    return Requirement(
        id=f"R{index + 1:02d}",
        unit=f"{index + 1}. {BRANCHES[index % 5]} battalion",
        pax=pax,
        cargo=cargo,
        origin=origin,
        destination=destination,
        available_h=notice,
        due_h=notice + {"air": 72.0, "heavy": 600.0, "road": 120.0, "rail": 144.0, "airlet": 60.0}[sort],
        hard_h=notice + 400.0 if sort == "air" else None,
        weight=float(1 + index % 3),
        nation=NATIONS[index % len(NATIONS)] if sort != "heavy" else "US",
        readiness={
            "ordered_h": 0.0,
            "ready_h": notice,
            "changes": [[-768.0, "heightened", "alert-1"]] if index % 3 == 0 else [],
            "tasks": [{"name": "issue of stores", "start_h": 0.0, "end_h": notice / 2, "critical": True}]
            if index % 4 == 0
            else [],
        },
    )


def _plan(problem: Problem, routes: list[str]) -> Plan:
    trucks: dict[str, list[_Truck]] = {}
    for fleet in problem.fleets:
        base = fleet.base or ""
        first = Stop(place=base, arrive_h=0.0, start_h=0.0, end_h=0.0, depart_h=None, unload=[], load=[])
        trucks[fleet.id] = [
            _Truck(f"{fleet.id}#{k}", fleet, base, 0.0, [first]) for k in range(1, fleet.count + 1)
        ]
    yard = _Yard(problem, trucks)
    for one, sort in zip(problem.requirements, routes, strict=True):
        legs = {
            "air": [("C17", "FORTN", "APEX")],
            "heavy": [
                ("USTRAIN", "FORTW", "USPORT"),
                ("RORO", "USPORT", "NSPORT"),
                ("TRAIN", "NSPORT", "EAST"),
            ],
            "road": [("CONVOY", "CAMPB", "CAPE")],
            "rail": [("TRAIN", "CAMPB", "EAST")],
            "airlet": [("A400", "HUB", one.destination)],
        }[sort]
        for lot in _lots(one, {"air": 60, "airlet": 60}.get(sort, 10_000)):
            ready = one.available_h
            for fleet_id, a, b in legs:
                ready = yard.carry(fleet_id, lot, a, b, ready) + 2.0
    vehicles = [
        Vehicle(id=truck.id, fleet=truck.fleet.id, base=truck.fleet.base or "", stops=truck.stops)
        for several in trucks.values()
        for truck in several
        if len(truck.stops) > 1
    ]
    outcomes, totals = score(problem, vehicles)
    outcomes = [
        one.model_copy(update={"why": "waits for a free slot" if one.late_h else ""}) for one in outcomes
    ]
    bound = PlanBound(
        closure_h=(totals.closure_h or 0.0) * 0.9, weighted_lateness=0.0, method="invented for drawing"
    )
    return Plan(problem=problem.sha256, vehicles=vehicles, requirements=outcomes, totals=totals, bound=bound)


def _lots(one: Requirement, most: int) -> list[Lot]:
    trips = max(1, -(-one.pax // most), -(-int(one.tonnes) // 12) if most < 1000 else 1)
    lots = []
    for trip in range(trips):
        pax = one.pax * (trip + 1) // trips - one.pax * trip // trips
        lots.append(
            Lot(requirement=one.id, pax=pax, cargo={name: mass / trips for name, mass in one.cargo.items()})
        )
    return lots
