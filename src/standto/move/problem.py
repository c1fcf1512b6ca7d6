"""The lift problem, `standto-lift/1`: what must be where by when, and what there is to carry it.

Every solver reads one, the checker judges against one. Hours are hours after `epoch`; kilometres, km/h,
metric tonnes, people. Fields that this version does not know are kept and written back.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError

from standto.errors import Fault, ProblemError

FORMAT: Literal["standto-lift/1"] = "standto-lift/1"
LARGEST = 1e9
MOST_VEHICLES = 100_000
BOM = b"\xef\xbb\xbf"
"""Some editors write it before UTF-8; it is skipped, and counts in the hash."""
MOST_TOLD = 1000
"""Faults of one file that are listed."""
TOLERANCE = 1e-6
"""Comparisons of hours and tonnes allow this much."""


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Amount = Annotated[float, Field(ge=0, le=LARGEST)]
Positive = Annotated[float, Field(gt=0, le=LARGEST)]
Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=int(LARGEST))]
Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=MOST_VEHICLES)]
Id = Annotated[str, Field(min_length=1)]
Goal = Literal["lateness", "closure"]


class Record(BaseModel):
    """A JSON object of a published format: strict types, finite numbers, unknown fields kept."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
    )


class Place(Record):
    """A place where vehicles stop: slots per mode (absent = unusable, null = no limit)."""

    id: Id
    name: str = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    slots: dict[Id, Whole | None]
    transfer_h: Amount = 0.0
    country: str = ""
    assumed: str = ""


class Link(Record):
    """A leg that vehicles of one mode can move without a stop."""

    origin: Id = Field(alias="from")
    destination: Id = Field(alias="to")
    mode: Id
    km: Amount
    both: bool = True
    hours: dict[Id, Amount] = Field(default_factory=dict)
    fleets: list[Id] | None = None
    closed: list[tuple[Number, Number]] = Field(default_factory=list)
    line: list[tuple[float, float]] | None = None
    basis: str = ""
    assumed: str = ""

    @property
    def label(self) -> str:
        """How messages name this link."""
        return f"{self.origin}->{self.destination} ({self.mode})"


class Fleet(Record):
    """Like vehicles of one owner: how many, where, what each can carry and how it moves and works."""

    id: Id
    mode: Id
    count: Count
    base: Id | None = None
    bases: dict[Id, Count] | None = None
    available_h: Number = 0.0
    seats: Whole
    tonnes: Amount
    classes: list[Id]
    kmh: Positive
    range_km: Positive | None = None
    load_h: Amount
    unload_h: Amount
    service_h: Amount
    concurrent: bool = False
    use_h_per_day: Positive | None = None
    use_bank_days: Amount | None = None
    serves: list[Id] | None = None
    cost_per_km: Amount = 0.0
    owner: str = ""
    name: str = ""
    assumed: str = ""

    def stationed(self) -> dict[str, int]:
        """Vehicles at each base."""
        if self.bases is not None:
            return dict(self.bases)
        return {self.base: self.count} if self.base is not None else {}

    @property
    def limits_mass(self) -> bool:
        """Whether tonnes bind: a passenger vehicle with `tonnes` 0 has seats only."""
        return not (self.tonnes == 0 and self.seats > 0)


class Requirement(Record):
    """People and cargo that must be moved from one place to another."""

    id: Id
    unit: str = ""
    pax: Whole
    cargo: dict[Id, Amount]
    origin: Id
    destination: Id
    available_h: Number
    due_h: Number
    hard_h: Number | None = None
    weight: Positive = 1.0
    divisible: bool = True
    modes: list[Id] | None = None
    ports: list[Id] | None = None
    """The only places, besides its origin, where it may be loaded: an addition to the format."""
    nation: str = ""
    domain: str = ""
    type: str = ""
    symbol: str = ""
    """Kind of unit and its APP-6 code: drawn by the brief, read by no planner."""
    readiness: dict[str, Any] | None = None
    assumed: str = ""

    @property
    def tonnes(self) -> float:
        """Tonnes of cargo, all classes."""
        return sum(self.cargo.values())

    @property
    def still(self) -> bool:
        """Whether there is nothing to move: no load, or origin is destination."""
        return self.origin == self.destination or (self.pax == 0 and self.tonnes == 0)


class About(Record):
    """What a problem built from a scenario remembers of it; drawn by the brief, read by no planner."""

    scenario: str = ""
    kind: Literal["exercise", "real"] = "exercise"
    banner: str = ""
    vocabulary: Literal["military", "civil"] = "military"
    sources: list[dict[str, str]] = Field(default_factory=list)
    assumptions: list[dict[str, str]] = Field(default_factory=list)


class Problem(Record):
    """A whole lift problem."""

    format: Literal["standto-lift/1"] = FORMAT
    name: str = ""
    epoch: str | None = None
    goal: Goal = "lateness"
    pax_tonnes: Amount = 0.18
    places: list[Place]
    links: list[Link]
    fleets: list[Fleet]
    requirements: list[Requirement]
    about: About | None = None

    _sha256: str | None = PrivateAttr(default=None)

    def model_post_init(self, context: object, /) -> None:
        """A written problem always names its format."""
        self.model_fields_set.add("format")

    @property
    def sha256(self) -> str:
        """Hash of the file's (unpacked) bytes, or of `to_bytes()` for a problem made in memory."""
        return self._sha256 or hashlib.sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        """The problem as UTF-8 JSON, only fields that were set, in the order of the format."""
        return self.model_dump_json(by_alias=True, exclude_unset=True, indent=1).encode() + b"\n"

    def with_goal(self, goal: Goal) -> Problem:
        """The same problem with another goal; it keeps its hash, since plans refer to the file."""
        other = self.model_copy(update={"goal": goal})
        other._sha256 = self.sha256
        return other


def parse_problem(data: bytes, *, file: str = "") -> Problem:
    """Read a lift problem from JSON bytes.

    Raises
    ------
    ProblemError
        Listing every fault with list, id and field.
    """
    try:
        problem = Problem.model_validate_json(data.removeprefix(BOM))
    except ValidationError as error:
        faults = format_faults(error, data, file)
        raise ProblemError("not a valid lift problem", faults, file=file) from None
    faults = [*repeated_keys(data, file), *_cross_faults(problem, file)]
    if faults:
        raise ProblemError("not a valid lift problem", faults, file=file)
    problem._sha256 = hashlib.sha256(data).hexdigest()
    return problem


def repeated_keys(data: bytes, file: str) -> list[Fault]:
    """Keys that one JSON object gives twice: readers would take the last and drop the others unseen."""
    import json

    found: list[tuple[str, dict[str, Any]]] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            found.extend((key, made) for key, count in counts.items() if count > 1)
        return made

    try:
        raw = json.loads(data.removeprefix(BOM), object_pairs_hook=note)
    except (ValueError, RecursionError):
        raw = None
    faults = []
    for key, holder in found[:MOST_TOLD]:
        table, row, field = _where(raw, holder)
        where = f" in {field}" if field else ""
        message, fix = f"the key {key!r} is given twice{where}", "keep one of them"
        faults.append(Fault(message, fix, file, table, row, field or key, check="repeated-key"))
    return faults


def _where(raw: object, holder: dict[str, Any]) -> tuple[str, str, str]:
    """List, row and field of an object inside a problem; nothing where it is the problem itself."""
    for table, rows in raw.items() if isinstance(raw, dict) else ():
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if row is holder:
                return table, _row_name(raw, table, index), ""
            for field, value in row.items() if isinstance(row, dict) else ():
                if value is holder:
                    return table, _row_name(raw, table, index), field
    return "", "", ""


def format_faults(error: ValidationError, data: bytes, file: str) -> list[Fault]:
    """Say of every field that does not fit the format where it is, by list and id."""
    import json

    if not data.removeprefix(BOM).strip():
        return [Fault("the file is empty", "give a JSON object", file)]
    try:
        raw: object = json.loads(data.removeprefix(BOM))
    except (ValueError, RecursionError):
        raw = None
    faults = []
    for item in error.errors(include_url=False, include_context=False)[:MOST_TOLD]:
        table, row, steps = "", "", list(item["loc"])
        if steps and isinstance(steps[0], str):
            table = str(steps.pop(0))
        if steps and isinstance(steps[0], int):
            row = _row_name(raw, table, int(steps.pop(0)))
        field = ".".join(str(step) for step in steps if step not in {"", "[key]"})
        if not row and not field:
            table, field = "", table
        message = str(item["msg"])[:1].lower() + str(item["msg"])[1:]
        given = repr(item.get("input"))
        if item["type"] not in {"missing", "json_invalid"} and len(given) <= 60:
            message += f", got {given}"
        fix = _FIXES.get(item["type"], "")
        if item["type"] == "json_invalid" and not _is_utf8(data):
            fix = "save it as UTF-8"
        faults.append(Fault(message, fix, file, table, row, field))
    if error.error_count() > MOST_TOLD:
        more = error.error_count() - MOST_TOLD
        faults.append(Fault(f"{more:,} more faults are not listed", "mend these first", file))
    return faults


_FIXES = {
    "missing": "add the field",
    "json_invalid": "give a whole JSON object",
    "model_type": "give a JSON object",
    "finite_number": "numbers are finite",
    "less_than_equal": "check the unit",
    "int_type": "give a whole number without quotes",
    "float_type": "give a number without quotes",
}


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _row_name(raw: object, table: str, index: int) -> str:
    rows = raw.get(table) if isinstance(raw, dict) else None
    row = rows[index] if isinstance(rows, list) and index < len(rows) else None
    if not isinstance(row, dict):
        return f"#{index + 1}"
    name = row.get("id")
    if table == "links" and all(isinstance(row.get(key), str) for key in ("from", "to", "mode")):
        name = f"{row['from']}->{row['to']} ({row['mode']})"
    return name if isinstance(name, str) and name else f"#{index + 1}"


def _cross_faults(problem: Problem, file: str) -> Iterator[Fault]:
    yield from _duplicates("places", problem.places, file)
    yield from _duplicates("fleets", problem.fleets, file)
    yield from _duplicates("requirements", problem.requirements, file)
    places = {place.id for place in problem.places}
    fleets = {fleet.id for fleet in problem.fleets}
    wanted = {requirement.id for requirement in problem.requirements}

    def unknown(
        names: Iterable[str], known: set[str], table: str, row: str, field: str, what: str
    ) -> Iterator[Fault]:
        for name in names:
            if name not in known:
                fix = f"add it to {what}, or correct the id"
                yield Fault(f"unknown id {name[:80]!r}", fix, file, table, row, field)

    for link in problem.links:
        yield from unknown([link.origin], places, "links", link.label, "from", "places")
        yield from unknown([link.destination], places, "links", link.label, "to", "places")
        yield from unknown(link.hours, fleets, "links", link.label, "hours", "fleets")
        yield from unknown(link.fleets or (), fleets, "links", link.label, "fleets", "fleets")
        for opens, ends in link.closed:
            if opens > ends:
                fix = "write the earlier hour first"
                yield Fault(
                    f"window {opens}..{ends} ends before it begins", fix, file, "links", link.label, "closed"
                )
    for fleet in problem.fleets:
        field = "base" if fleet.bases is None else "bases"
        yield from unknown(fleet.stationed(), places, "fleets", fleet.id, field, "places")
        yield from unknown(fleet.serves or (), wanted, "fleets", fleet.id, "serves", "requirements")
        if (fleet.base is None) == (fleet.bases is None):
            yield Fault("needs either base or bases", "give exactly one", file, "fleets", fleet.id, "base")
        elif fleet.bases is not None and sum(fleet.bases.values()) != fleet.count:
            total = sum(fleet.bases.values())
            fix = "make both agree"
            yield Fault(
                f"bases sum to {total}, count is {fleet.count}", fix, file, "fleets", fleet.id, "bases"
            )
        if fleet.tonnes == 0 and fleet.seats > 0 and fleet.classes:
            fix = "empty classes, or give tonnes"
            yield Fault("tonnes 0 with seats means passengers only", fix, file, "fleets", fleet.id, "classes")
    for requirement in problem.requirements:
        row = requirement.id
        yield from unknown([requirement.origin], places, "requirements", row, "origin", "places")
        yield from unknown([requirement.destination], places, "requirements", row, "destination", "places")
        yield from unknown(requirement.ports or (), places, "requirements", row, "ports", "places")


def _duplicates(table: str, items: Sequence[Place | Fleet | Requirement], file: str) -> Iterator[Fault]:
    for name, times in Counter(item.id for item in items).items():
        if times > 1:
            yield Fault(f"id stands {times} times", "make ids unique in their list", file, table, name, "id")


__all__ = ["About", "Fleet", "Goal", "Link", "Place", "Problem", "Requirement", "parse_problem"]
