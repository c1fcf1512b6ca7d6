"""What was done to prove a bound, in plain words for what the proof calls its steps."""

from __future__ import annotations

CUT_SHORT = "stopped by the time given"
PLAINLY = {
    "critical path": "each requirement alone, as if all lift were its own",
    "linear programme over fleets, slots and windows": "all together, against hours of vehicles and slots",
    "closes against its cuts": "lateness, from when those hours let how much close",
    "lift cannot deliver all of it together": "all together cannot be delivered at all",
    CUT_SHORT: "it was cut short, more time may prove more",
}
"""What was done to prove it, by the name that the proof has for it."""


def proven_by(method: str) -> str:
    """The steps of a proof in plain words: `each requirement alone, ...; lateness, from when ...`."""
    for name, words in PLAINLY.items():
        method = method.replace(name, words)
    return (
        method.replace(", all together", "; all together")
        .replace(", lateness", "; lateness")
        .replace(", it was", "; it was")
    )
