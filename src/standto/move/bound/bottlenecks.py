"""Bottlenecks: the scarce things whose price is highest, and what one more of them does to the bound.

Prices only pick the candidates. What is said of each comes from proving the bound again with one more slot,
one more vehicle, a requirement ready a day earlier, or a link that never closes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standto.move.bound.prices import Cut
from standto.move.bound.proof import Proof
from standto.move.bound.result import EARLIER_H, Bottleneck, Kind
from standto.move.bound.words import say_bottleneck
from standto.move.problem import Fleet, Place, Problem

NOISE_CLOSURE, NOISE_LATENESS = 1e-3, 0.02
"""Changes of a bound below this share of it are within what two proofs of the same thing differ by."""
TRIES = 4
"""Candidates looked at for each bottleneck wanted; the critical path alone shows that most move nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that there could be one more of."""

    kind: Kind
    id: str
    mode: str


def find_bottlenecks(proof: Proof, number: int) -> tuple[Bottleneck, ...]:
    """At most so many of the candidates that press most and move a bound, the largest effect first.

    Of the two bounds the problem's own goal decides the order.
    """
    if number <= 0 or proof.closure_h is None:
        return ()
    found, proofs = [], 0
    for candidate in candidates(proof)[: TRIES * number]:
        if proofs == number or proof.seconds() <= 0:
            break
        other = Proof(with_more(proof.problem, candidate), proof.seconds)
        if _gains(proof, other.closure_h, other.certain_lateness()) == (0.0, 0.0):
            continue
        proofs += 1
        other.close_all()
        if proof.late.by_shares > 0:
            other.late_all(whole=False)
        gains = _gains(proof, other.closure_h, other.late.by_shares)
        # cut short where the first proof was not, it claims less and would make the gain too large
        alike = other.finished or not proof.finished
        if alike and proof.seconds() > 0 and gains != (0.0, 0.0):
            said = say_bottleneck(proof.problem, candidate.kind, candidate.id, candidate.mode, *gains)
            found.append(Bottleneck(candidate.kind, candidate.id, candidate.mode, *gains, said))
    lateness_first = proof.problem.goal == "lateness"

    def effect(item: Bottleneck) -> tuple[float, float]:
        pair = (item.lateness, item.closure_h)
        return pair if lateness_first else (pair[1], pair[0])

    return tuple(sorted(found, key=effect, reverse=True))


def candidates(proof: Proof) -> list[Candidate]:
    """What presses on the closure and on the lateness, the highest priced first."""
    scores: dict[Candidate, float] = {}
    if proof.closure_h is not None and proof.closure_cut is not None:
        _press(scores, proof, proof.closure_cut, proof.closure_h, 1.0)
    total = sum(pressure.weight for pressure in proof.late.pressures)
    for pressure in proof.late.pressures:
        _press(scores, proof, pressure.cut, pressure.hour, pressure.weight / total)
    for item in proof.problem.requirements:
        late_h = proof.earliest.get(item.id, item.due_h) - item.due_h
        if late_h > 0:
            gain = item.weight * min(late_h, EARLIER_H)
            _score(scores, "readiness", item.id, "", gain / max(proof.late.lateness, gain))
        if proof.earliest.get(item.id) == proof.closure_h:
            scores[Candidate("readiness", item.id, "")] = 1.0
            for link in proof.problem.links:
                if link.closed:
                    scores[Candidate("way", link.label, link.mode)] = 0.5
    return sorted(scores, key=lambda one: (-scores[one], one.kind, one.id, one.mode))


def _press(scores: dict[Candidate, float], proof: Proof, cut: Cut, hour: float, weight: float) -> None:
    """Add what one more of each priced thing would be worth in a cut, as a share of all lift's worth."""
    lift, slots = proof.lift, proof.slots
    fleets, groups = len(lift.fleets), len(slots.number)
    prices = cut.prices.hours
    worth = np.where(prices > 0, prices * np.where(prices > 0, cut.window.capacity(hour), 0.0), 0.0)
    total = max(cut.worth(hour), 1e-12)
    for g in range(groups):
        each = (worth[2 * fleets + g] + worth[2 * fleets + groups + g]) / slots.number[g]
        each += _whole(cut, 2 * fleets + g, hour) / slots.number[g]
        _score(
            scores,
            "slots",
            proof.problem.places[int(slots.place[g])].id,
            slots.mode[g],
            weight * each / total,
        )
    for f, fleet in enumerate(lift.fleets):
        if lift.count[f] > 0:
            each = (worth[f] + worth[fleets + f]) / lift.count[f] + float(
                cut.prices.stand[f].max(initial=0.0)
            )
            each += _whole(cut, f, hour) / lift.count[f]
            _score(scores, "fleet", fleet.id, fleet.mode, weight * float(each) / total)


def _whole(cut: Cut, resource: int, hour: float) -> float:
    """What the whole trips or works that take the hours of a resource are worth in a cut."""
    return sum(
        float(price) * whole.capacity(cut.lift, cut.window, hour)
        for whole, price in zip(cut.roundings, cut.prices.trips, strict=True)
        if whole.resource == resource and price > 0
    )


def _score(scores: dict[Candidate, float], kind: Kind, name: str, mode: str, share: float) -> None:
    if share > 1e-6:
        key = Candidate(kind, name, mode)
        scores[key] = scores.get(key, 0.0) + share


def _gains(proof: Proof, closure_h: float | None, lateness: float) -> tuple[float, float]:
    """By how much both bounds fall to those given; 0 where that is noise."""
    pairs = (
        (proof.closure_h or 0.0, closure_h or 0.0, NOISE_CLOSURE),
        (proof.late.by_shares, lateness, NOISE_LATENESS),
    )
    closure, late = (
        round(before - after, 3) if before - after > noise * abs(before) else 0.0
        for before, after, noise in pairs
    )
    return closure, late


def with_more(problem: Problem, scarce: Candidate | Bottleneck) -> Problem:
    """Another problem, with a hash of its own: this one with one more of what is scarce.

    One more slot where slots are counted, one more vehicle at the largest base, a requirement ready
    `EARLIER_H` earlier, or a link never closed.
    """
    changed: dict[str, object]
    if scarce.kind == "slots":
        changed = {"places": [_one_more_slot(item, scarce) for item in problem.places]}
    elif scarce.kind == "fleet":
        changed = {
            "fleets": [_one_more(fleet) if fleet.id == scarce.id else fleet for fleet in problem.fleets]
        }
    elif scarce.kind == "way":
        way = (scarce.id, scarce.mode)
        changed = {
            "links": [
                link.model_copy(update={"closed": []}) if (link.label, link.mode) == way else link
                for link in problem.links
            ]
        }
    else:
        changed = {
            "requirements": [
                item.model_copy(update={"available_h": item.available_h - EARLIER_H})
                if item.id == scarce.id
                else item
                for item in problem.requirements
            ]
        }
    return Problem(**{**dict(problem), **changed})


def _one_more_slot(place: Place, scarce: Candidate | Bottleneck) -> Place:
    """One more slot at the place meant; no limit stays no limit."""
    slots = place.slots.get(scarce.mode)
    if place.id != scarce.id or slots is None:
        return place
    return place.model_copy(update={"slots": {**place.slots, scarce.mode: slots + 1}})


def _one_more(fleet: Fleet) -> Fleet:
    """One more vehicle, at the base that has most."""
    if fleet.bases is None:
        return fleet.model_copy(update={"count": fleet.count + 1})
    most = max(fleet.bases, key=lambda base: fleet.bases[base] if fleet.bases else 0)
    bases = {**fleet.bases, most: fleet.bases[most] + 1}
    return fleet.model_copy(update={"count": fleet.count + 1, "bases": bases})
