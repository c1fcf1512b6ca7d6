"""Scenario to problem: what the tables of a scenario say becomes a lift problem that any planner can read.

Comes in: a scenario (rows and settings) and, underneath, the geography. Goes out: one `standto-lift/1`
problem, with the readiness of every unit already worked into `available_h`, ways between places found, and
everything assumed carried along with its reason. Pure: the same scenario gives the same problem, byte for
byte.
"""

from standto.move.build.assemble import build

__all__ = ["build"]
