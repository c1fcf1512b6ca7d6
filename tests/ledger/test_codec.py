"""Old entries are read in today's form; what cannot be read says which entry and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest

from standto.errors import RecordError
from standto.ledger.codec import Codec
from standto.ledger.entry import Entry
from standto.ledger.event import Event
from standto.ledger.line import entry_of
from tests.ledger.drafts import sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Event):
    kind: ClassVar[str] = "ship.named"
    schema: ClassVar[int] = 3
    name: str
    mass_t: float
    at: datetime | None = None
    seats: tuple[int, ...] = ()


def split_mass(body: dict[str, Any]) -> dict[str, Any]:
    return {"name": body["name"], "mass_kg": body["mass_t"] * 1000}


def tonnes_again(body: dict[str, Any]) -> dict[str, Any]:
    return {"name": body["name"], "mass_t": body["mass_kg"] / 1000, "seats": []}


LIFTS = {("ship.named", 1): split_mass, ("ship.named", 2): tonnes_again}
CODEC = Codec([Named], LIFTS)
EVENT = Named(name="Aurora", mass_t=5, at=datetime(2022, 2, 1, tzinfo=UTC), seats=(1, 2))


def entry(**changes: Any) -> Entry:
    return entry_of(sealed(1)[0])._replace(**changes)


def test_an_event_comes_back_as_it_was() -> None:
    kind, schema, body = CODEC.encode(EVENT)
    assert (kind, schema) == ("ship.named", 3)
    assert body == {"name": "Aurora", "mass_t": 5, "at": "2022-02-01T00:00:00Z", "seats": [1, 2]}
    text = '{"at":"2022-02-01T00:00:00Z","mass_t":5,"name":"Aurora","seats":[1,2]}'
    assert CODEC.decode(entry(schema=3, text=text)) == EVENT


def test_an_entry_of_an_old_schema_is_lifted_step_by_step() -> None:
    old = entry(schema=1, text='{"mass_t":5,"name":"Aurora"}')
    assert CODEC.decode(old) == Named(name="Aurora", mass_t=5)
    assert CODEC.decode(old._replace(schema=2, text='{"mass_kg":7000,"name":"Aurora"}')) == Named(
        name="Aurora", mass_t=7
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "ship.sunk"}, "entry 1 is of an unknown kind 'ship.sunk'"),
        ({"schema": 4}, "entry 1 has schema 4 of ship.named; this Standto knows 1 to 3"),
        ({"schema": 0}, "has schema 0"),
        ({"schema": 3, "text": '{"name":"A"}'}, "entry 1 is no sound ship.named: mass_t: Field required"),
        ({"schema": 3, "text": '{"name":"A","mass_t":1,"x":1}'}, "no sound ship.named: x: Unexpected"),
        ({"schema": 1, "text": "{}"}, "no sound ship.named: KeyError 'name'"),
        ({"schema": 2, "text": "nonsense"}, "no sound ship.named: JSONDecodeError"),
    ],
)
def test_an_entry_that_cannot_be_read_says_which_and_why(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        CODEC.decode(entry(**changes))


def test_a_codec_with_a_step_missing_or_a_kind_twice_is_not_made() -> None:
    with pytest.raises(ValueError, match="no upcaster from schema 2"):
        Codec([Named], {("ship.named", 1): split_mass})

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Other(Event):
        kind: ClassVar[str] = "ship.named"

    with pytest.raises(ValueError, match="two events are called"):
        Codec([Named, Other], LIFTS)
    with pytest.raises(ValueError, match="knows no event"):
        Codec([]).encode(EVENT)
