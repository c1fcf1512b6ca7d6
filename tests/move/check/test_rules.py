"""Every rule: a plan that keeps it to the last digit, and a smallest change that breaks it and no other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.move.check.cases import Movement, lot, stop, vehicle

Change = Callable[[Movement], Any]


def shift(movement: Movement, name: str, number: int, hours: float) -> None:
    """Work at one stop begins and ends later (or earlier)."""
    one = movement.stop(name, number)
    one["start_h"] += hours
    one["end_h"] += hours


def unknown_place(movement: Movement) -> None:
    movement.stop("C#2", 2)["depart_h"] = 4
    movement.vehicle("C#2")["stops"].append(stop("Z", 5, 5, 5.5))


def based_without_slots(movement: Movement) -> None:
    movement.fleet("T").update(base=None, bases={"B": 1, "A": 1}, count=2)
    movement.vehicles.append(vehicle("T", 2, "A", stop("A", 0, 0, 0)))


def from_full_base(movement: Movement) -> None:
    movement.fleet("C").update(base=None, bases={"A": 1, "H": 1})


def departs_before_end(movement: Movement) -> None:
    movement.stop("C#1", 1)["depart_h"] = 0.75
    movement.stop("C#1", 2)["arrive_h"] = 1.75


def takes_longer_link(movement: Movement) -> None:
    """The long link has the hours, the short one the range."""
    movement.problem["links"].append({"from": "A", "to": "H", "mode": "air", "km": 900, "hours": {"C": 1}})
    movement.link("air")["hours"] = {"C": 3}
    movement.fleet("C")["range_km"] = 850


def stays_too_long(movement: Movement) -> None:
    movement.stop("C#2", 2)["depart_h"] = 4
    movement.vehicle("C#2")["stops"].append(stop("H", 5, 5, 5.5))


def both_at_h(movement: Movement) -> None:
    """Both aircraft are worked at H from 3 to 3.5 h."""
    movement.place("H")["slots"]["air"] = 1
    shift(movement, "C#1", 2, 0.5)
    shift(movement, "T#1", 2, 0.5)
    movement.stop("T#1", 2)["depart_h"] = 6.5
    movement.stop("T#1", 3)["arrive_h"] = 8.5
    shift(movement, "T#1", 3, 0.5)


def service_holds_a_slot(movement: Movement) -> None:
    """A second lorry is serviced at B while the first is unloaded there."""
    movement.fleet("T")["count"] = 2
    stops = stop("B", 0, 0, 0, 5), stop("B", 5, 8.5, 9)
    movement.vehicles.append(vehicle("T", 2, "B", *stops))


def carries_one_more(movement: Movement) -> None:
    """All along the way, one person more than there is."""
    for name, number, side in [("C#1", 1, "load"), ("C#1", 2, "unload")]:
        movement.stop(name, number)[side][0]["pax"] = 41


def carries_a_part(movement: Movement) -> None:
    for number, side in [(1, "load"), (2, "unload")]:
        movement.stop("C#2", number)[side] = [lot("R2", 6)]


def in_two_halves(movement: Movement) -> None:
    """The indivisible R2 on two aircraft."""
    carries_a_part(movement)
    for number, side in [(1, "load"), (2, "unload")]:
        movement.stop("C#1", number)[side].append(lot("R2", 4))


def unknown_requirement(movement: Movement) -> None:
    for number, side in [(1, "load"), (2, "unload")]:
        movement.stop("C#1", number)[side].append(lot("R9", 1))


def arrives_late(movement: Movement) -> None:
    movement.stop("C#2", 2).update(arrive_h=3.0001, start_h=3.0001, end_h=4.0001)


BREAKS: list[tuple[str, str, Change]] = [
    ("problem", "another problem", lambda m: m.claims.update({"problem": "0" * 64})),
    ("fleet", "unknown fleet", lambda m: m.vehicle("C#2").update(fleet="X")),
    *[
        ("count", f"id {name}", lambda m, name=name: m.vehicle("C#2").update(id=name))
        for name in (
            "C#3",
            "C#0",
            "C#02",
            "C#-1",
            "C#+2",
            "C#2.0",
            "C#²",
            "C#",
            "C",
            "T#2",
            "C#" + "9" * 5000,
        )
    ],
    ("vehicle", "twice", lambda m: m.vehicle("C#2").update(id="C#1")),
    ("base", "another base", lambda m: m.vehicle("C#1").update(base="H")),
    ("base", "base is full", from_full_base),
    ("base", "no stops", lambda m: m.vehicle("C#2")["stops"].clear()),
    ("place leg", "unknown place", unknown_place),
    ("place-mode", "idle start where the mode cannot be", based_without_slots),
    ("place-mode", "no road at B", lambda m: m.place("B")["slots"].clear()),
    ("available", "too early at the base", lambda m: m.stop("C#1", 1).update(arrive_h=-1)),
    ("order", "work before arrival", lambda m: shift(m, "C#1", 2, -0.001)),
    ("order", "departs before the work ends", departs_before_end),
    ("idle-start", "work for nothing", lambda m: m.stop("T#1", 1).update(end_h=0.5)),
    ("idle-start", "waits before no work", lambda m: shift(m, "T#1", 1, 0.5)),
    ("work-hours", "too long", lambda m: m.stop("C#1", 2).update(end_h=3.00001)),
    ("work-hours", "too short", lambda m: m.stop("T#1", 2).update(end_h=5.9)),
    ("work-hours", "no work at all", lambda m: m.stop("C#2", 2).update(end_h=3)),
    ("depart", "departs from the last stop", lambda m: m.stop("C#2", 2).update(depart_h=9)),
    ("depart", "never departs", lambda m: m.stop("T#1", 1).update(depart_h=None)),
    ("leg", "no such link", lambda m: m.problem["links"].pop(1)),
    ("leg", "another mode", lambda m: m.link("road").update(mode="rail")),
    ("leg", "against a one-way link", lambda m: m.link("road").update(both=False)),
    ("leg-fleet", "closed to the fleet", lambda m: m.link("air").update(fleets=["T"])),
    ("leg-range", "out of range", lambda m: m.fleet("C").update(range_km=799.9)),
    ("leg-hours", "the link within range takes longer", takes_longer_link),
    ("leg-hours", "arrives too soon", lambda m: m.stop("T#1", 3).update(arrive_h=7.99999)),
    ("leg-hours", "arrives too late", arrives_late),
    ("leg-hours", "other hours for the fleet", lambda m: m.link("road").update(hours={"T": 2.5})),
    ("leg-hours", "staying takes no time", stays_too_long),
    ("closed", "at the first hour of the window", lambda m: m.link("air").update(closed=[[1, 1.5]])),
    (
        "closed",
        "inside two windows that touch",
        lambda m: m.link("air").update(closed=[[1.5, 3], [0.5, 1.5]]),
    ),
    ("slot", "one slot, two at work", lambda m: shift(m, "C#2", 1, -0.001)),
    ("slot", "one slot fewer", both_at_h),
    ("slot", "no slot at all", lambda m: m.place("A")["slots"].update(air=0)),
    ("slot", "service holds one too", service_holds_a_slot),
    ("ready", "before it is available", lambda m: m.requirement("R1").update(available_h=0.001)),
    ("ready", "before the transfer is over", lambda m: shift(m, "T#1", 2, -0.001)),
    ("ready", "a longer transfer", lambda m: m.place("H").update(transfer_h=2.001)),
    ("not-there", "more than there is", carries_one_more),
    ("not-there", "a class it has not", lambda m: m.requirement("R1").update(cargo={"oversize": 5})),
    ("aboard", "more than is aboard", lambda m: m.stop("C#2", 2)["unload"][0].update(pax=11)),
    ("seats", "one seat short", lambda m: m.fleet("C").update(seats=39)),
    ("tonnes", "people weigh too", lambda m: m.fleet("C").update(tonnes=14.9999)),
    ("tonnes", "no room at all", lambda m: m.fleet("T").update(tonnes=1)),
    ("class", "cannot carry it", lambda m: m.fleet("T").update(classes=["outsize"])),
    ("class", "passenger aircraft with cargo", lambda m: m.fleet("T").update(classes=[], tonnes=0)),
    ("serves", "serves others only", lambda m: m.fleet("C").update(serves=["R2"])),
    ("modes", "by air only", lambda m: m.requirement("R1").update(modes=["air"])),
    ("ports", "changes vehicles elsewhere", lambda m: m.requirement("R1").update(ports=["B"])),
    ("indivisible", "a part goes", carries_a_part),
    ("indivisible", "two halves", in_two_halves),
    ("use-per-day", "too many hours a day", lambda m: m.fleet("T").update(use_h_per_day=2.999)),
    ("use-bank", "banked too many", lambda m: m.fleet("T").update(use_h_per_day=3, use_bank_days=1.041)),
    ("requirement", "unknown requirement", unknown_requirement),
    ("outcome", "closes earlier than it does", lambda m: m.claims.update({"requirements/0/close_h": 8.9})),
    ("outcome", "not delivered, it says", lambda m: m.claims.update({"requirements/1/close_h": None})),
    ("outcome", "less late", lambda m: m.claims.update({"requirements/0/late_h": 0})),
    ("outcome", "some left, it says", lambda m: m.claims.update({"requirements/0/undelivered/pax": 1})),
    (
        "outcome",
        "cargo left, it says",
        lambda m: m.claims.update({"requirements/0/undelivered/cargo": {"bulk": 1}}),
    ),
    ("outcome", "of an unknown requirement", lambda m: m.claims.update({"requirements/1/id": "R9"})),
    *[
        ("totals", name, lambda m, name=name: m.claims.update({f"totals/{name}": 77}))
        for name in ("undelivered", "missed", "weighted_lateness", "closure_h", "cost", "moving_h", "sorties")
    ],
    (
        "bound",
        "closure below the bound",
        lambda m: m.claims.update({"bound": {"closure_h": 9.1, "weighted_lateness": 0}}),
    ),
    (
        "bound",
        "lateness below the bound",
        lambda m: m.claims.update({"bound": {"closure_h": None, "weighted_lateness": 6.1}}),
    ),
]


@pytest.mark.parametrize(
    ("rules", "what", "change"), BREAKS, ids=[f"{rule}: {what[:40]}" for rule, what, _ in BREAKS]
)
def test_one_rule_broken(rules: str, what: str, change: Change) -> None:
    movement = Movement()
    assert movement.judge().violations == ()
    change(movement)
    verdict = movement.judge()
    assert not verdict.ok
    assert {violation.rule for violation in verdict.violations} == set(rules.split()), verdict.violations
    for violation in verdict.violations:
        assert violation.message.endswith(".")
        assert len(violation.message) < 400


def parallel_shorter(movement: Movement) -> None:
    movement.problem["links"].append({"from": "H", "to": "A", "mode": "air", "km": 500, "hours": {"C": 1}})


def concurrent(movement: Movement) -> None:
    """Unloading and loading at once, the longer of the two; what comes off and goes on never meet."""
    movement.fleet("C").update(concurrent=True, unload_h=0.5)
    movement.requirement("R2").update(origin="H", destination="A")
    movement.vehicles[:2] = [
        vehicle(
            "C",
            1,
            "A",
            stop("A", 0, 0, 1, 1, load=[lot("R1", 40, bulk=5)]),
            stop("H", 2, 2, 3, 3, unload=[lot("R1", 40, bulk=5)], load=[lot("R2", 10)]),
            stop("A", 4, 4, 4.5, unload=[lot("R2", 10)]),
        )
    ]


def in_turn(movement: Movement) -> None:
    """The same without `concurrent`: the sum of the two."""
    concurrent(movement)
    movement.fleet("C").update(concurrent=False)
    movement.stop("C#1", 2).update(end_h=3.5, depart_h=3.5)
    movement.stop("C#1", 3).update(arrive_h=4.5, start_h=4.5, end_h=5)


def two_stops_here(movement: Movement) -> None:
    """Unload, give the slot back, load later; another may have been worked meanwhile."""
    in_turn(movement)
    movement.vehicle("C#1")["stops"][1:] = [
        stop("H", 2, 2, 2.5, 2.5, unload=[lot("R1", 40, bulk=5)]),
        stop("H", 2.5, 7, 8, 8, load=[lot("R2", 10)]),
        stop("A", 9, 9, 9.5, unload=[lot("R2", 10)]),
    ]


def gathered(movement: Movement) -> None:
    """What two vehicles unload at different hours is loaded together by a third."""
    movement.stop("C#1", 1)["load"] = [lot("R1", 30, bulk=5)]
    movement.stop("C#1", 2)["unload"] = [lot("R1", 30, bulk=5)]
    movement.stop("C#2", 1)["load"].append(lot("R1", 10))
    movement.stop("C#2", 2)["unload"].append(lot("R1", 10))
    shift(movement, "T#1", 2, 1)
    movement.stop("T#1", 2)["depart_h"] = 7
    movement.stop("T#1", 3).update(arrive_h=9, start_h=9, end_h=10)


def loaded_in_parts(movement: Movement) -> None:
    """The indivisible R2 is taken aboard in two stops at one place before it leaves."""
    movement.vehicle("C#2")["stops"][0:1] = [
        stop("A", 0, 1, 2, 2, load=[lot("R2", 6)]),
        stop("A", 2, 2, 3, 3, load=[lot("R2", 4)]),
    ]
    movement.stop("C#2", 3).update(arrive_h=4, start_h=4, end_h=5)


def slots_without_limit(movement: Movement) -> None:
    movement.place("A")["slots"]["air"] = None
    shift(movement, "C#2", 1, -0.7)


KEEPS: list[tuple[str, Change]] = [
    ("range to the kilometre", lambda m: m.fleet("C").update(range_km=800)),
    ("seats to the last", lambda m: m.fleet("C").update(seats=40)),
    ("tonnes to the last", lambda m: m.fleet("C").update(tonnes=15)),
    ("tonnes within the tolerance", lambda m: m.fleet("C").update(tonnes=15 - 5e-7)),
    ("window ends as it departs", lambda m: m.link("air").update(closed=[[0.5, 1], [1.5, 2]])),
    ("window ends within the tolerance", lambda m: m.link("air").update(closed=[[0.5, 1 + 5e-7]])),
    ("window of no length", lambda m: m.link("air").update(closed=[[1, 1]])),
    ("hours of use to the last", lambda m: m.fleet("T").update(use_h_per_day=3)),
    ("bank to the last", lambda m: m.fleet("T").update(use_h_per_day=3, use_bank_days=4 / 3 - 7 / 24)),
    ("slots without limit", slots_without_limit),
    ("slots that touch", lambda m: m.place("H")["slots"].update(air=1)),
    ("serves these", lambda m: m.fleet("C").update(serves=["R1", "R2"])),
    ("modes allowed", lambda m: m.requirement("R1").update(modes=["road", "air"])),
    ("at a port it names", lambda m: m.requirement("R1").update(ports=["H"])),
    ("no change, so no port needed", lambda m: m.requirement("R2").update(ports=[])),
    ("no slots at an idle start", lambda m: m.place("B")["slots"].update(road=1)),
    ("an empty lot is no work", lambda m: m.stop("T#1", 1)["load"].append(lot("R1", 0, bulk=0))),
    ("within the tolerance", lambda m: shift(m, "C#2", 1, -5e-7)),
    ("shorter link beside", parallel_shorter),
    ("concurrent", concurrent),
    ("one after the other", in_turn),
    ("two stops in a row", two_stops_here),
    ("gathered from two", gathered),
    ("loaded in parts", loaded_in_parts),
    ("bound reached", lambda m: m.claims.update({"bound": {"closure_h": 9, "weighted_lateness": 6}})),
    ("no bound", lambda m: m.claims.update({"bound": {"closure_h": None, "weighted_lateness": None}})),
]


@pytest.mark.parametrize(("what", "change"), KEEPS, ids=[what for what, _ in KEEPS])
def test_kept(what: str, change: Change) -> None:
    movement = Movement()
    change(movement)
    assert movement.judge().violations == ()


def test_message_names_vehicle_stop_place_hours_and_what_is_allowed() -> None:
    movement = Movement()
    shift(movement, "C#2", 1, -0.5)
    (violation,) = movement.judge().violations
    assert (violation.rule, violation.vehicle, violation.stop) == ("slot", "C#2", 1)
    message = "C#2, stop 1 at A: 2 vehicles are worked at 0.5 h (with C#1), air slots are 1."
    assert violation.message == message


def test_one_theft_is_told_once() -> None:
    """People who were never there do not make all later loading wrong."""
    movement = Movement()
    movement.requirement("R1")["pax"] = 30
    rules = [violation.rule for violation in movement.judge().violations]
    assert rules == ["not-there"]
