"""The bound in words: what makes it, and what one more of a scarce thing would do to it."""

from __future__ import annotations

import numpy as np

from standto.move.bound.prices import Cut
from standto.move.bound.proof import Proof
from standto.move.bound.result import EARLIER_H, Bound, Kind
from standto.move.problem import Problem, Requirement

MOST_NAMED = 3
LEAST_SHARE = 0.05
LEAST_NEED = 0.5
"""Less of lift than this is not worth a word."""
HARDLY_H = 0.1
JUST_AFTER = 1e-6


def explain_bound(problem: Problem, bound: Bound) -> str:
    """Say what makes the bound and what it leaves out; each bottleneck has a sentence of its own."""
    sentences = [bound.reason or "Nothing is delivered, so there is nothing to bound."]
    if bound.weighted_lateness > 0:
        sentences.append(f"No plan has less than {bound.weighted_lateness:.1f} weighted hours of lateness.")
    elif bound.earliest_h:
        sentences.append("Nothing is proven to be late.")
    if bound.left_out:
        what = "requirement" if len(bound.left_out) == 1 else "requirements"
        share = f"{len(bound.left_out)} of {len(problem.requirements)} {what}"
        some = ", ".join(bound.left_out[:5]) + (", ..." if len(bound.left_out) > 5 else "")
        sentences.append(f"It leaves out {share} that cannot be delivered in full: {some}.")
    return " ".join(sentences)


def say_reason(proof: Proof) -> str:
    """Which resource makes the closure bound, in one sentence."""
    if proof.closure_h is None:
        return ""
    if proof.closure_cut is None:
        return _by_way(proof, proof.closure_h) + _tightness(proof)
    shares = resource_shares(proof, proof.closure_cut, proof.closure_h)
    named = [(name, share) for name, share in shares if share >= LEAST_SHARE][:MOST_NAMED]
    said = ", ".join(f"{name} ({share:.0%})" for name, share in named)
    since = proof.closure_cut.window.since_h
    whom = "" if np.isneginf(since) else f" for what is ready only from {since:.1f} h on"
    trips = "".join(f", when {one}" for one in _next_whole(proof, proof.closure_cut, proof.closure_h))
    return f"No plan{whom} closes before {proof.closure_h:.1f} h{trips}; what binds is {said}."


def _tightness(proof: Proof) -> str:
    """How much of all lift is needed by then all the same, and which of it is scarcest."""
    tight = proof.tightest
    if tight is None or tight.need < LEAST_NEED:
        return ""
    shares = resource_shares(proof, tight.cut, tight.by_h)
    named = [f"{name} ({share:.0%})" for name, share in shares if share >= LEAST_SHARE][:MOST_NAMED]
    scarce = f", first of all {', '.join(named)}" if named else ""
    return f" By then at least {min(1.0, tight.need):.0%} of all scarce lift is needed{scarce}."


def _next_whole(proof: Proof, cut: Cut, deadline_h: float) -> list[str]:
    """The next whole trip or work that lets lift be worth enough just after the deadline."""
    after_h = deadline_h + JUST_AFTER * (1 + abs(deadline_h))
    fleets = cut.lift.fleets
    for whole, price in zip(cut.roundings, cut.prices.trips, strict=True):
        before = whole.capacity(cut.lift, cut.window, deadline_h)
        if price > 0 and whole.capacity(cut.lift, cut.window, after_h) > before:
            if whole.resource < len(fleets):
                fleet = fleets[whole.resource]
                return [f"{fleet.name or fleet.id} can have made one more whole trip"]
            return [f"one more can be worked at {_slots_at(proof, whole.resource - 2 * len(fleets))}"]
    return []


def _slots_at(proof: Proof, g: int) -> str:
    """The slots of a place and mode, by number."""
    place = proof.problem.places[int(proof.slots.place[g])]
    number, mode = proof.slots.number[g], proof.slots.mode[g]
    slots = f"the {number:.0f} {mode} slots" if number > 1 else f"the only {mode} slot"
    return f"{slots} at {place.name or place.id}"


def _by_way(proof: Proof, closure_h: float) -> str:
    """The sentence where one requirement's own way makes the bound."""
    for item in proof.problem.requirements:
        if proof.earliest.get(item.id) == closure_h:
            who = name_requirement(item)
            if item.still:
                return f"{who} is ready only at {item.available_h:.1f} h, so nothing closes before."
            places = {place.id: place.name or place.id for place in proof.problem.places}
            return (
                f"{who} is ready at {item.available_h:.1f} h and takes at least "
                f"{closure_h - item.available_h:.1f} h from {places[item.origin]} to "
                f"{places[item.destination]}, even with all lift to itself."
            )
    return ""


def name_requirement(item: Requirement) -> str:
    """Its unit, with the id beside it, since several requirements may be of one unit."""
    return f"{item.unit} ({item.id})" if item.unit else item.id


def say_bottleneck(
    problem: Problem, kind: Kind, name: str, mode: str, closure_h: float, lateness: float
) -> str:
    """What one more of a thing does to the bounds, in one sentence; at least one of them must move."""
    places = {place.id: place.name or place.id for place in problem.places}
    fleets = {fleet.id: fleet.name or fleet.id for fleet in problem.fleets}
    items = {item.id: name_requirement(item) for item in problem.requirements}
    change = {
        "slots": f"With one more {mode} slot at {places.get(name)}",
        "fleet": f"With one more vehicle of {fleets.get(name)}",
        "readiness": f"With {items.get(name)} ready {EARLIER_H:.0f} h earlier",
        "way": f"With {name} never closed",
    }[kind]
    moves = []
    if closure_h > 0:
        moves.append(f"the bound on closure comes {closure_h:.1f} h earlier")
    if lateness > 0:
        moves.append(f"the bound on weighted lateness falls by {lateness:.1f} h")
    more = ""
    if kind == "readiness" and 0 < closure_h < EARLIER_H - HARDLY_H:
        more = "; then something else holds closure back"
    return f"{change}, {' and '.join(moves)}{more}."


def resource_shares(proof: Proof, cut: Cut, deadline_h: float) -> list[tuple[str, float]]:
    """What part of lift's worth each resource has in a cut, by name, the largest first."""
    fleets, groups = proof.lift.fleets, len(proof.slots.number)
    prices = cut.prices.hours
    capacity = np.where(prices > 0, cut.window.capacity(deadline_h), 0.0)
    worth = np.where(prices > 0, prices * np.where(prices > 0, capacity, 0.0), 0.0)
    shares: dict[str, float] = {}
    for f, fleet in enumerate(fleets):
        name = fleet.name or fleet.id
        _add(shares, f"vehicle hours of {name}", worth[f])
        _add(shares, f"moving hours per day of {name}", worth[len(fleets) + f])
    for g in range(groups):
        _add(shares, _slots_at(proof, g), worth[2 * len(fleets) + g] + worth[2 * len(fleets) + groups + g])
    for rounding, price in zip(cut.roundings, cut.prices.trips, strict=True):
        number = rounding.resource - 2 * len(fleets)
        if number >= 0:
            name = _slots_at(proof, number)
        else:
            fleet = fleets[rounding.resource]
            name = f"whole trips of {fleet.name or fleet.id}"
        whole = rounding.capacity(cut.lift, cut.window, deadline_h)
        _add(shares, name, price * whole if price > 0 else 0.0)
    total = cut.worth(deadline_h)
    return sorted(((name, part / total) for name, part in shares.items()), key=lambda pair: -pair[1])


def _add(shares: dict[str, float], name: str, worth: float) -> None:
    if worth > 0:
        shares[name] = shares.get(name, 0.0) + float(worth)
