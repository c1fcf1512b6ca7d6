"""Compiles what the bound needs compiled, once for a machine: a first bound would wait for it otherwise."""

from __future__ import annotations

import numpy as np

from standto.move.bound.critical import empty_arrivals
from standto.move.bound.lift import read_lift
from standto.move.bound.prove import prove_bound
from standto.move.problem import parse_problem


def warm_up() -> None:
    """Prove the bound of the smallest problem, and search it as the largest are searched."""
    from standto.move.bound.arrivals import earliest_compiled

    smallest = parse_problem(_SMALLEST)
    prove_bound(smallest)
    lift = read_lift(smallest)
    load = lift.loads_of(0)[0]
    starts, ready = np.zeros(1, dtype=np.int64), np.zeros(1)
    earliest_compiled(lift, starts, ready, load.fleets[None], load.loadable[None], empty_arrivals(lift))


_SMALLEST = b"""{"format": "standto-lift/1",
  "places": [{"id": "A", "slots": {"road": 1}}, {"id": "B", "slots": {"road": 1}}],
  "links": [{"from": "A", "to": "B", "mode": "road", "km": 60}],
  "fleets": [{"id": "F", "mode": "road", "count": 1, "base": "A", "seats": 10, "tonnes": 0, "classes": [],
              "kmh": 60, "load_h": 1, "unload_h": 1, "service_h": 1}],
  "requirements": [{"id": "R", "pax": 10, "cargo": {}, "origin": "A", "destination": "B", "available_h": 0,
                    "due_h": 0}]}"""
"""One vehicle with one load that is late."""
