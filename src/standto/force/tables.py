"""The tables of a scenario folder: every column's type, unit, default and meaning, declared once.

Reading, defaults, checking, the reference page and `standto new` all follow these classes. A row is one
frozen record; a column is one field. Cells are text: lists are separated by spaces or semicolons, instants
are ISO 8601 with a zone, yes/no columns take yes, no, true, false, 1, 0.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from standto.geo.modes import Mode

LARGEST = 1e9
FIRST_YEAR, LAST_YEAR = 1900, 2200


def column(description: str, *, example: str, unit: str = "", default: Any = ...) -> Any:
    """One column of a table: what it means, an example cell, its unit; no default means required."""
    extra = {"unit": unit}
    return Field(default, description=description, examples=[example], json_schema_extra=extra)  # type: ignore[arg-type]  # pydantic wants a JSON type


def _split(cell: object) -> object:
    return tuple(cell.replace(";", " ").split()) if isinstance(cell, str) else cell


def _flag(cell: object) -> object:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if isinstance(cell, str):
        answer = words.get(cell.strip().lower())
        if answer is None:
            raise ValueError("should be yes or no")
        return answer
    return cell


def _slots(cell: object) -> object:
    return -1 if isinstance(cell, str) and cell.strip().lower() == "any" else cell


def _whole(cell: object) -> object:
    if isinstance(cell, str):
        cell = cell.strip().replace("_", "x")
        if cell.endswith(".0"):
            cell = cell[:-2]
    return cell


def _plain(cell: object) -> object:
    if isinstance(cell, str):
        if "_" in cell:
            raise ValueError("should be a number")
        if cell.strip().lstrip("+-").lower() in ("nan", "inf", "infinity"):
            raise ValueError("should be a finite number")
    return cell


def _utc(instant: datetime) -> datetime:
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ValueError(f"should lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return instant.astimezone(UTC)


def _stations(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    stations = {}
    for part in cell.replace(";", " ").split():
        place, colon, count = part.rpartition(":")
        if not colon or not count.isdecimal() or place in stations:
            raise ValueError("should be like KDOV:10 KTCM:5, each place once")
        stations[place] = int(count)
    return stations


def _windows(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    windows = []
    for part in cell.replace(";", " ").split():
        first, dots, last = part.partition("..")
        if not dots:
            raise ValueError("should be like 12..36 48..60, hours after C-hour")
        windows.append((float(first), float(last)))
    return tuple(windows)


def _in_order(windows: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    if any(first > last or not math.isfinite(first + last) for first, last in windows):
        raise ValueError("a window must not end before it begins")
    return windows


Text = Annotated[str, Field(max_length=2000)]
Id = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\s;,/\\]+$")]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_split)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[float, BeforeValidator(_plain), Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]
Amount = Annotated[float, BeforeValidator(_plain), Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Positive = Annotated[float, BeforeValidator(_plain), Field(gt=0, le=LARGEST, allow_inf_nan=False)]
Whole = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=int(LARGEST))]
Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=100_000)]
Slots = Annotated[int, BeforeValidator(_slots), BeforeValidator(_whole), Field(ge=-1, le=100_000)]
Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
PerPosture = Annotated[tuple[Amount, ...], BeforeValidator(_split)]
Stations = Annotated[dict[str, Count], BeforeValidator(_stations)]
Windows = Annotated[tuple[tuple[float, float], ...], AfterValidator(_in_order), BeforeValidator(_windows)]

SOURCE = "where the row comes from: keys of [sources] in scenario.toml, or free text"
ASSUMED = "what in the row is assumed, and why; blank = nothing is"


class Row(BaseModel):
    """A row of a table; `table` is the CSV's or sheet's name, `key` the unique column, if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    table: ClassVar[str]
    key: ClassVar[str | None] = "id"
    meaning: ClassVar[str]


class Nation(Row):
    """A contributing nation or agency."""

    table: ClassVar[str] = "nations"
    meaning: ClassVar[str] = "who contributes: nations, or the agencies of a civil pool"

    id: Id = column("short unique id, usually ISO 3166-1 alpha-3", example="USA")
    name: Text = column("name as shown", example="United States", default="")
    country: Text = column("ISO 3166-1 alpha-2 code", example="US", default="")
    source: Text = column(SOURCE, example="members", default="")


class ScenarioPlace(Row):
    """A place where units are or lift stops."""

    table: ClassVar[str] = "places"
    meaning: ClassVar[str] = (
        "home stations, ports of embarkation and debarkation, destinations, stops on the way"
    )

    id: Id = column("short unique id", example="EPRZ")
    at: Text = column(
        "where it is: ICAO code, port code (UN/LOCODE style), installation name, or 'lat,lon'; blank = id",
        example="EPRZ",
        default="",
    )
    name: Text = column("name as shown; blank = the gazetteer's", example="Rzeszow-Jasionka", default="")
    country: Text = column("ISO 3166-1 alpha-2; blank = the gazetteer's", example="PL", default="")
    air_slots: Slots | None = column(
        "aircraft worked at once (working MOG); blank = no air stop here, any = no limit",
        example="4",
        default=None,
    )
    sea_slots: Slots | None = column(
        "berths; blank = no sea stop here, any = no limit", example="2", default=None
    )
    rail_slots: Slots | None = column(
        "trains worked at once (ramps); blank = no rail stop here, any = no limit", example="1", default=None
    )
    road_slots: Slots | None = column(
        "road columns worked at once; blank = no road stop here, any = no limit", example="any", default=None
    )
    transfer_h: Amount = column(
        "from the end of unloading to ready to load again", example="6", unit="h", default=0.0
    )
    operating_h_per_day: Positive = column(
        "hours a day the airfield works, for the throughput cross-check",
        example="24",
        unit="h/day",
        default=24.0,
    )
    source: Text = column(SOURCE, example="ourairports", default="")
    assumed: Text = column(ASSUMED, example="slots: no working MOG was published", default="")


class Unit(Row):
    """A unit that can be raised, ordered and moved."""

    table: ClassVar[str] = "units"
    meaning: ClassVar[str] = "who is ready: strength, home station, notice to move in each posture"

    id: Id = column("short unique id", example="82-1BCT")
    name: Text = column("name as shown", example="82nd Airborne Division, first part", default="")
    nation: Id = column("contributing nation (nations.id)", example="USA")
    domain: Literal["land", "air", "sea", "sof", "support", "civil"] = column(
        "land, air, sea, sof (special operations), support or civil", example="land", default="land"
    )
    type: Text = column(
        "unit type: its rows in holdings and tasks apply", example="airborne-battalion", default=""
    )
    strength: Whole = column("people", example="1700", unit="people")
    home: Id = column("home station (places.id)", example="fort-bragg")
    category: Text = column(
        "readiness category as the nation calls it; shown, never computed with", example="VJTF", default=""
    )
    notice_h: PerPosture = column(
        "notice to move, one number per posture in the order of scenario.toml; never rises",
        example="240 120 48",
        unit="h",
    )
    sustain_days: PerPosture = column(
        "days each posture can be held before it decays to the one below; 0 = without limit; blank = all 0",
        example="0 60 14",
        unit="days",
        default=(),
    )
    recover_days: Amount = column(
        "days before a raise counts again after decay", example="30", unit="days", default=0.0
    )
    cost_per_person_day: PerPosture = column(
        "cost of holding each posture; blank = 0", example="0 20 60", unit="per person and day", default=()
    )
    symbol: Text = column(
        "APP-6 symbol identification code, 20 or 30 digits", example="10031000161211000000", default=""
    )
    certified_until: Instant | None = column(
        "certificate of readiness expires", example="2022-12-31T00:00Z", default=None
    )
    caveats: Text = column("national caveats, in words", example="not outside the treaty area", default="")
    march_kmh: Positive | None = column(
        "the unit drives itself at this average speed, halts included; blank = it cannot",
        example="15",
        unit="km/h",
        default=None,
    )
    march_columns: Count = column("march columns (serials) it can form at once", example="3", default=1)
    source: Text = column(SOURCE, example="O01", default="")
    assumed: Text = column(ASSUMED, example="strength: no headcount was published", default="")


class Task(Row):
    """A task on the way to readiness."""

    table: ClassVar[str] = "tasks"
    meaning: ClassVar[str] = (
        "what a unit of a type must do before it can load; replaces the plain notice count-down"
    )
    key: ClassVar[str | None] = None

    unit_type: Text = column("unit type (units.type) or unit id", example="airborne-battalion")
    name: Id = column("task, unique in its unit type", example="recall")
    hours: Amount = column("how long it takes", example="18", unit="h")
    after: Ids = column("tasks that must be done before", example="recall medical", default=())
    at: Text = column(
        "lowest posture at which it may be done; blank = only at the move order",
        example="heightened",
        default="",
    )
    keeps_h: Amount | None = column(
        "how long it stays done after the posture is lowered; blank = for good",
        example="720",
        unit="h",
        default=None,
    )
    capacity: Text = column(
        "shared thing of the home station that one unit at a time uses", example="rail-ramp", default=""
    )
    source: Text = column(SOURCE, example="N12", default="")
    assumed: Text = column(ASSUMED, example="hours: planning guess", default="")


class Holding(Row):
    """What a unit, or every unit of a type, brings with it."""

    table: ClassVar[str] = "holdings"
    meaning: ClassVar[str] = "vehicles, weapons systems and stores to lift, by cargo class"
    key: ClassVar[str | None] = None

    holder: Text = column(
        "unit id, or unit type (units.type); a unit's own rows replace its type's",
        example="airborne-battalion",
    )
    item: Text = column("what it is", example="light truck")
    count: Whole = column("how many", example="40")
    mass_t: Amount = column("tonnes each, ready to load", example="3.5", unit="t")
    cargo_class: Id = column(
        "cargo class; the usual ones are bulk, oversize, outsize", example="oversize", default="bulk"
    )
    drives: Flag = column("it moves on its own wheels in a road march", example="yes", default=False)
    seats: Count = column("people that one carries in a road march", example="2", default=0)
    source: Text = column(SOURCE, example="planning-factors 3", default="")
    assumed: Text = column(ASSUMED, example="count and mass", default="")


class Package(Row):
    """Units pledged together to a body for a time."""

    table: ClassVar[str] = "packages"
    meaning: ClassVar[str] = "force packages: which units, pledged to whom, from when to when"

    id: Id = column("short unique id", example="NRF22-VJTF")
    name: Text = column("name as shown", example="Very High Readiness Joint Task Force 2022", default="")
    pledged_to: Text = column("body or plan the package is pledged to", example="NATO", default="")
    units: Ids = column("members (units.id)", example="82-1BCT 2CR-2SQN")
    commitment_from: Instant | None = column(
        "first instant of the commitment; blank = always", example="2022-01-01T00:00Z", default=None
    )
    commitment_until: Instant | None = column(
        "end of the commitment; blank = open", example="2023-01-01T00:00Z", default=None
    )
    source: Text = column(SOURCE, example="D17", default="")


class ScenarioFleet(Row):
    """Lift: like vehicles of one owner."""

    table: ClassVar[str] = "fleets"
    meaning: ClassVar[str] = "aircraft, ships, trains and trucks made available, and how they work"

    id: Id = column("short unique id", example="C17")
    name: Text = column("name as shown", example="C-17", default="")
    owner: Text = column("nation or agency", example="USA", default="")
    mode: Mode = column("air, sea, rail or road", example="air")
    bases: Stations = column("where they start and how many at each", example="KDOV:10 KTCM:5")
    available_h: Number = column(
        "hours after C-hour when they may start", example="12", unit="h", default=0.0
    )
    seats: Whole = column("people each", example="100", unit="people", default=0)
    tonnes: Amount = column(
        "planning payload each; 0 with seats = passengers only", example="40.8", unit="t", default=0.0
    )
    classes: Ids = column("cargo classes it can carry", example="bulk oversize outsize", default=())
    kmh: Positive = column("block speed", example="760", unit="km/h")
    range_km: Positive | None = column(
        "longest single leg; blank = no limit", example="4400", unit="km", default=None
    )
    load_h: Amount = column("hours of work to load", example="3", unit="h")
    unload_h: Amount = column("hours of work to unload", example="2.25", unit="h")
    service_h: Amount = column(
        "hours of a stop without loading or unloading", example="2", unit="h", default=0.0
    )
    concurrent: Flag = column("loads and unloads at the same time", example="no", default=False)
    use_h_per_day: Positive | None = column(
        "moving hours a day each may average; blank = no limit", example="10", unit="h/day", default=None
    )
    use_bank_days: Amount | None = column(
        "days of unused moving hours it can save up; blank = 2 for aircraft, else no limit",
        example="2",
        unit="days",
        default=None,
    )
    only_nations: Ids = column(
        "carries only units of these nations; blank = anybody's", example="USA", default=()
    )
    cost_per_km: Amount = column("cost of moving one kilometre", example="20", default=0.0)
    source: Text = column(SOURCE, example="planning-factors 1.1", default="")
    assumed: Text = column(ASSUMED, example="count made available", default="")


class ScenarioLink(Row):
    """A way given by hand; it overrides the derived one."""

    table: ClassVar[str] = "links"
    meaning: ClassVar[str] = "ways given by hand; for the same mode and places they replace derived ways"
    key: ClassVar[str | None] = None

    origin: Id = column("place id", example="DEBRV")
    destination: Id = column("place id", example="EPDA")
    mode: Mode = column("air, sea, rail or road", example="rail")
    km: Amount | None = column(
        "length; blank = no way (closes the derived one)", example="1240", unit="km", default=None
    )
    both: Flag = column("usable both ways", example="yes", default=True)
    hours: Amount | None = column(
        "time on the way for every vehicle; blank = km / speed", example="40", unit="h", default=None
    )
    closed: Windows = column(
        "no departure inside these windows, hours after C-hour", example="0..24 48..60", unit="h", default=()
    )
    source: Text = column(SOURCE, example="timetable", default="")
    assumed: Text = column(ASSUMED, example="ferry time", default="")


class ScenarioRequirement(Row):
    """Who must be where, how soon after the decision."""

    table: ClassVar[str] = "requirements"
    meaning: ClassVar[str] = "who must be where, how soon after C-hour, with what priority"

    id: Id = column("short unique id", example="R-82-1BCT")
    unit: Id = column("unit (units.id)", example="82-1BCT")
    destination: Id = column("where to (places.id)", example="EPRZ")
    origin: Text = column("where from; blank = the unit's home station", example="fort-bragg", default="")
    due_h: Number = column("wanted in place, hours after C-hour", example="120", unit="h")
    hard_h: Number | None = column(
        "after this it counts as missed; blank = never", example="240", unit="h", default=None
    )
    weight: Positive = column(
        "priority; a unit of which part drives itself has it split by mass", example="2", default=1.0
    )
    divisible: Flag = column(
        "may travel in parts; what may not marches as a whole or not at all", example="yes", default=True
    )
    modes: Ids = column("only these modes; blank = any", example="air road", default=())
    share: Annotated[float, Field(gt=0, le=1)] = column(
        "part of the unit's people and holdings that moves; shares that add up to 1 move everybody",
        example="0.5",
        default=1.0,
    )
    pax: Whole | None = column(
        "people to move; blank = strength x share", example="1700", unit="people", default=None
    )
    holdings: Flag = column("takes its holdings along", example="yes", default=True)
    decision: Text = column(
        "the decision that orders it (decisions.id); blank = at C-hour", example="O01", default=""
    )
    ports: Ids = column(
        "changes vehicles only at these places of embarkation and debarkation; blank = anywhere",
        example="KPOB EPRZ",
        default=(),
    )
    source: Text = column(SOURCE, example="M01", default="")
    assumed: Text = column(ASSUMED, example="due date", default="")


class Alert(Row):
    """An order that raises or lowers the posture of units."""

    table: ClassVar[str] = "alerts"
    meaning: ClassVar[str] = "who was told to get ready, when, to which posture; never an order to move"

    id: Id = column("short unique id", example="A01")
    at: Instant = column("when the posture starts to count", example="2022-01-24T18:00Z")
    units: Ids = column("addressees (units.id or packages.id)", example="82-1BCT NRF22-VJTF")
    posture: Id = column("the posture ordered (scenario.toml)", example="heightened")
    ceiling: Whole | None = column(
        "at most this many people; blank = no ceiling", example="8500", unit="people", default=None
    )
    source: Text = column(SOURCE, example="A01", default="")
    assumed: Text = column(ASSUMED, example="hour of the day", default="")


class Decision(Row):
    """A decision that orders units to move."""

    table: ClassVar[str] = "decisions"
    meaning: ClassVar[str] = "who agreed what: the decisions that order movement"

    id: Id = column("short unique id", example="D09")
    at: Instant | None = column(
        "when it was taken; blank = C-hour (follows --decide-at)", example="2022-02-25T18:00Z", default=None
    )
    by: Text = column("body or authority, by office", example="North Atlantic Council", default="")
    units: Ids = column("units or packages it covers; blank = all", example="NRF22-VJTF", default=())
    says: Text = column("what it says, in words", example="NATO Response Force activated", default="")
    source: Text = column(SOURCE, example="D09", default="")
    assumed: Text = column(ASSUMED, example="hour of the day", default="")


TABLES: tuple[type[Row], ...] = (
    Nation,
    ScenarioPlace,
    Unit,
    Task,
    Holding,
    Package,
    ScenarioFleet,
    ScenarioLink,
    ScenarioRequirement,
    Alert,
    Decision,
)
