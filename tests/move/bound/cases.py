"""Small lift problems, a line each, with defaults that make hours easy to add up by hand."""

from __future__ import annotations

from typing import Any

from standto.move.problem import Fleet, Link, Place, Problem, Requirement


def place(name: str, transfer_h: float = 0.0, **slots: int | None) -> Place:
    """A place; without slots given, air and road have no limit."""
    return Place(id=name, slots=dict(slots) if slots else {"air": None, "road": None}, transfer_h=transfer_h)


def link(origin: str, destination: str, km: float, mode: str = "air", **more: Any) -> Link:
    """A link of the given length."""
    return Link(origin=origin, destination=destination, mode=mode, km=km, **more)


def fleet(name: str, base: str, count: int = 1, **more: Any) -> Fleet:
    """Vehicles of 100 seats and 50 t, 100 km/h, an hour to load or unload, half of one to service."""
    values: dict[str, Any] = {
        "mode": "air",
        "seats": 100,
        "tonnes": 50.0,
        "classes": ["bulk"],
        "kmh": 100.0,
        "load_h": 1.0,
        "unload_h": 1.0,
        "service_h": 0.5,
    }
    return Fleet(id=name, base=base, count=count, **{**values, **more})


def requirement(name: str, origin: str, destination: str, pax: int = 100, **more: Any) -> Requirement:
    """People who are ready at hour 0 and due at hour 0."""
    values: dict[str, Any] = {"cargo": {}, "available_h": 0.0, "due_h": 0.0}
    return Requirement(id=name, origin=origin, destination=destination, pax=pax, **{**values, **more})


def problem(
    places: list[Place], links: list[Link], fleets: list[Fleet], requirements: list[Requirement], **more: Any
) -> Problem:
    """A problem in which people weigh nothing, so that seats alone count."""
    values: dict[str, Any] = {"pax_tonnes": 0.0}
    return Problem(places=places, links=links, fleets=fleets, requirements=requirements, **{**values, **more})
