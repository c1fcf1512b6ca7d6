"""What differs between two lift problems: places, links, fleets, requirements, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from standto.advise.words import say_list, say_people, say_span
from standto.move.problem import Problem, Record

DRAWN_ONLY = frozenset({"name", "line", "basis", "assumed", "readiness", "country", "lat", "lon", "owner"})
"""Fields that move nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between the two problems."""

    table: str
    id: str
    field: str
    a: Any
    b: Any
    sentence: str


def differences(a: Problem, b: Problem) -> Iterator[Difference]:
    """Everything that moves something and differs between two problems, in the order of the format.

    Requirements that only one has are left to the comparison itself.
    """
    for field in ("goal", "epoch", "pax_tonnes"):
        first, second = getattr(a, field), getattr(b, field)
        if first != second:
            said = f"The problem's {field} is {_show(second)} instead of {_show(first)}."
            yield Difference("problem", "", field, first, second, said)
    yield from _records("places", a.places, b.places)
    yield from _records("links", a.links, b.links)
    yield from _records("fleets", a.fleets, b.fleets)
    yield from _records("requirements", a.requirements, b.requirements, both_only=True)


def keyed(items: Sequence[Record]) -> dict[str, Record]:
    """By id, or for links by label; parallel links count up."""
    keyed: dict[str, Record] = {}
    for item in items:
        name = str(getattr(item, "id", None) or getattr(item, "label", ""))
        times = 2
        key = name
        while key in keyed:
            key, times = f"{name} #{times}", times + 1
        keyed[key] = item
    return keyed


def _records(
    table: str, a: Sequence[Record], b: Sequence[Record], *, both_only: bool = False
) -> Iterator[Difference]:
    before, after = keyed(a), keyed(b)
    one = table.removesuffix("s")
    for name, item in before.items():
        other = after.get(name)
        if other is None:
            if not both_only:
                yield Difference(table, name, "", name, None, f"The second problem has no {one} {name}.")
            continue
        for field in type(item).model_fields:
            first, second = getattr(item, field), getattr(other, field)
            if field not in DRAWN_ONLY and first != second:
                said = _field_sentence(one, name, field, first, second)
                yield Difference(table, name, field, first, second, said)
    for name in after:
        if name not in before and not both_only:
            yield Difference(table, name, "", None, name, f"Only the second problem has {one} {name}.")


def _field_sentence(one: str, name: str, field: str, first: Any, second: Any) -> str:
    if field == "available_h":
        word = "earlier" if second < first else "later"
        what = "is ready" if one == "requirement" else "may start"
        return f"{name} {what} {say_span(abs(first - second))} {word}."
    if field == "slots":
        modes = [mode for mode in {**first, **second} if first.get(mode, 0) != second.get(mode, 0)]
        parts = [f"{_slots(second, mode)} {mode} slots instead of {_slots(first, mode)}" for mode in modes]
        return f"{name} has {say_list(parts)}."
    if field == "pax":
        return f"{name} has {say_people(second)} instead of {say_people(first)}."
    return f"{one.capitalize()} {name}: {field} is {_show(second)} instead of {_show(first)}."


def _slots(slots: dict[str, int | None], mode: str) -> str:
    if mode not in slots:
        return "no"
    number = slots[mode]
    return "unlimited" if number is None else f"{number:,}"


def _show(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.6g}"
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
