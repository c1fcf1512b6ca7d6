"""The bound in words: which resource makes it."""

from __future__ import annotations

import numpy as np

from standto.move.bound.prices import Cut
from standto.move.bound.proof import Proof
from standto.move.bound.result import Bound
from standto.move.problem import Problem

MOST_NAMED = 3
LEAST_SHARE = 0.05


def explain_bound(problem: Problem, bound: Bound) -> str:
    """Say which resource makes the bound, what it leaves out, and what more of a scarce thing would do."""
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
    sentences += [item.sentence for item in bound.bottlenecks if item.closure_h > 0 or item.lateness > 0]
    return " ".join(sentences)


def say_reason(proof: Proof) -> str:
    """Which resource makes the closure bound, in one sentence."""
    if proof.closure_h is None:
        return ""
    if proof.closure_cut is None:
        return _by_way(proof, proof.closure_h)
    shares = resource_shares(proof, proof.closure_cut, proof.closure_h)
    named = [(name, share) for name, share in shares if share >= LEAST_SHARE][:MOST_NAMED]
    said = ", ".join(f"{name} ({share:.0%})" for name, share in named)
    since = proof.closure_cut.window.since_h
    after = "" if np.isneginf(since) else f" for what is only available from {since:.1f} h on"
    return f"No plan closes before {proof.closure_h:.1f} h{after}, because of {said}."


def _by_way(proof: Proof, closure_h: float) -> str:
    """The sentence where one requirement's own way makes the bound."""
    for item in proof.problem.requirements:
        if proof.earliest.get(item.id) == closure_h:
            if item.still:
                return f"{item.id} is only available at {item.available_h:.1f} h, so nothing closes before."
            hours = closure_h - item.available_h
            return (
                f"{item.id} is available at {item.available_h:.1f} h and cannot be from {item.origin} in "
                f"{item.destination} in less than {hours:.1f} h, even with all lift to itself."
            )
    return ""


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
        place = proof.problem.places[int(proof.slots.place[g])]
        name = f"{proof.slots.mode[g]} slots at {place.name or place.id}"
        _add(shares, name, worth[2 * len(fleets) + g] + worth[2 * len(fleets) + groups + g])
    for rounding, price in zip(cut.roundings, cut.prices.trips, strict=True):
        fleet = fleets[rounding.fleet]
        _add(
            shares,
            f"whole trips of {fleet.name or fleet.id}",
            price * rounding.capacity(cut.lift, cut.window, deadline_h) if price > 0 else 0.0,
        )
    total = cut.worth(deadline_h)
    return sorted(((name, part / total) for name, part in shares.items()), key=lambda pair: -pair[1])


def _add(shares: dict[str, float], name: str, worth: float) -> None:
    if worth > 0:
        shares[name] = shares.get(name, 0.0) + float(worth)
