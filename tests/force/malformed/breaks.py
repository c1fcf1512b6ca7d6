"""One thing broken in a good scenario, and the place that must be named for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.force.folders import Folder, as_csv


@dataclass(frozen=True)
class Break:
    """What is broken, where it must be found, and what the message must say."""

    name: str
    harm: Callable[[Folder], None]
    file: str
    row: str
    column: str
    says: str
    check: str = "format"
    severity: str = "error"


def cell(table: str, row: int, column: str, value: str) -> Callable[[Folder], None]:
    """Write one cell."""
    return lambda folder: folder.cell(table, row, column, value)


def settings(old: str, new: str) -> Callable[[Folder], None]:
    """Replace text in scenario.toml, which must be there."""

    def harm(folder: Folder) -> None:
        assert old in folder.settings
        folder.settings = folder.settings.replace(old, new)

    return harm


def raw(file: str, data: bytes) -> Callable[[Folder], None]:
    """Replace a whole file."""
    return lambda folder: folder.raw.update({file: data})


def bytes_of(table: str, change: Callable[[bytes], bytes]) -> Callable[[Folder], None]:
    """Change the bytes of a table's file."""
    return lambda folder: folder.raw.update({f"{table}.csv": change(as_csv(folder.tables[table]))})


def drop(table: str, column: str) -> Callable[[Folder], None]:
    """Take a column out."""

    def harm(folder: Folder) -> None:
        at = folder.tables[table][0].index(column)
        for row in folder.tables[table]:
            del row[at]

    return harm


def cells(*writes: tuple[str, int, str, str]) -> Callable[[Folder], None]:
    """Write several cells."""

    def harm(folder: Folder) -> None:
        for write in writes:
            folder.cell(*write)

    return harm


def ragged(folder: Folder) -> None:
    """Lose a comma."""
    folder.tables["units"][2].pop(1)


def long_row(folder: Folder) -> None:
    """Gain a cell."""
    folder.tables["units"][2].append("stray")


def headless(folder: Folder) -> None:
    """Lose the header."""
    del folder.tables["units"][0]


def without_fleets(folder: Folder) -> None:
    """Lose a table."""
    del folder.tables["fleets"]


CELLS = [
    Break(
        "text for a number",
        cell("units", 2, "strength", "many"),
        "units.csv",
        "2",
        "strength",
        "whole number",
    ),
    Break(
        "part of a person", cell("units", 2, "strength", "1.5"), "units.csv", "2", "strength", "whole number"
    ),
    Break(
        "thousands separator",
        cell("units", 2, "strength", "1,700"),
        "units.csv",
        "2",
        "strength",
        "whole number",
    ),
    Break("negative", cell("units", 3, "strength", "-1"), "units.csv", "3", "strength", "at least 0"),
    Break("huge whole", cell("units", 3, "strength", "9" * 40), "units.csv", "3", "strength", "at most"),
    Break("huge digits", cell("units", 3, "strength", "9" * 5000), "units.csv", "3", "strength", ""),
    Break("nan", cell("fleets", 2, "tonnes", "nan"), "fleets.csv", "2", "tonnes", "finite"),
    Break("underscore", cell("fleets", 2, "kmh", "7_00"), "fleets.csv", "2", "kmh", "a number"),
    Break("infinite", cell("requirements", 2, "due_h", "inf"), "requirements.csv", "2", "due_h", "finite"),
    Break(
        "huge number", cell("requirements", 3, "due_h", "1e308"), "requirements.csv", "3", "due_h", "at most"
    ),
    Break("no speed", cell("fleets", 2, "kmh", "0"), "fleets.csv", "2", "kmh", "more than 0"),
    Break("unknown mode", cell("fleets", 2, "mode", "balloon"), "fleets.csv", "2", "mode", "'air', 'sea'"),
    Break("missing cell", cell("fleets", 2, "mode", ""), "fleets.csv", "2", "mode", "is missing"),
    Break(
        "neither yes nor no",
        cell("fleets", 2, "concurrent", "maybe"),
        "fleets.csv",
        "2",
        "concurrent",
        "yes or no",
    ),
    Break("bases", cell("fleets", 2, "bases", "wunstorf=4"), "fleets.csv", "2", "bases", "should be like"),
    Break("list item", cell("units", 2, "notice_h", "120 x 24"), "units.csv", "2", "notice_h", "item 2"),
    Break("no zone", cell("alerts", 2, "at", "2030-05-02T06:00"), "alerts.csv", "2", "at", "time zone"),
    Break("no instant", cell("alerts", 2, "at", "Thursday"), "alerts.csv", "2", "at", "instant"),
    Break("first day", cell("alerts", 2, "at", "0001-01-01T00:00+14:00"), "alerts.csv", "2", "at", "1900"),
    Break("last day", cell("alerts", 2, "at", "9999-12-31T23:59-14:00"), "alerts.csv", "2", "at", "2200"),
    Break("path in an id", cell("places", 2, "id", "../../etc/passwd"), "places.csv", "2", "id", "slashes"),
    Break("formula", cell("units", 2, "strength", "=1+1"), "units.csv", "2", "strength", "whole number"),
    Break("endless name", cell("units", 2, "name", "x" * 3000), "units.csv", "2", "name", "at most 2000"),
    Break("share", cell("requirements", 2, "share", "1.5"), "requirements.csv", "2", "share", "at most 1"),
    Break(
        "duplicate id",
        cell("units", 3, "id", "alpha"),
        "units.csv",
        "3",
        "id",
        "already in row 2",
        "duplicate-id",
    ),
]

FILES = [
    Break("no header", headless, "units.csv", "1", "", "not a header"),
    Break(
        "semicolons", bytes_of("units", lambda d: d.replace(b",", b";")), "units.csv", "1", "", "by commas"
    ),
    Break(
        "unknown column",
        cell("units", 1, "home", "homes"),
        "units.csv",
        "1",
        "homes",
        "unknown",
        "unknown-column",
    ),
    Break("missing column", drop("units", "strength"), "units.csv", "1", "strength", "is missing"),
    Break("column twice", cell("units", 1, "name", "id"), "units.csv", "1", "id", "twice"),
    Break("short row", ragged, "units.csv", "3", "", "cells where the header has"),
    Break("long row", long_row, "units.csv", "3", "", "cells where the header has"),
    Break(
        "latin-1",
        bytes_of("units", lambda d: d.replace(b"Bravo", "Bräv".encode("latin-1"))),
        "units.csv",
        "3",
        "",
        "UTF-8",
    ),
    Break("UTF-16", bytes_of("units", lambda d: d.decode().encode("utf-16")), "units.csv", "", "", "UTF-16"),
    Break("NUL", bytes_of("units", lambda d: d.replace(b"Alpha", b"Al\0ha")), "units.csv", "2", "", "NUL"),
    Break("empty file", raw("units.csv", b""), "units.csv", "", "", "is empty"),
    Break(
        "10 MB cell", cell("units", 3, "name", "x" * 10_000_000), "units.csv", "3", "", "131072 characters"
    ),
    Break("open quote", bytes_of("units", lambda d: d + b'"open\n'), "units.csv", "5", "", "quotes"),
    Break("binary", raw("units.csv", bytes(range(128, 256)) * 9), "units.csv", "1", "", "UTF-8"),
    Break(
        "no table",
        without_fleets,
        "",
        "",
        "",
        "fleets is missing",
        "missing-table",
    ),
    Break("stranger", raw("unit.csv", b"id\n"), "unit.csv", "", "", "no table", "unknown-table", "warning"),
]
SETTINGS = [
    Break("no toml", settings('name = "test"', "name = "), "scenario.toml", "2", "", "not valid TOML"),
    Break("no kind", settings('kind = "exercise"', ""), "scenario.toml", "", "kind", "is missing"),
    Break(
        "other kind", settings('"exercise"', '"game"'), "scenario.toml", "", "kind", "'exercise' or 'real'"
    ),
    Break("no zone", settings("06:00:00Z", "06:00:00"), "scenario.toml", "", "epoch", "time zone"),
    Break("unknown key", settings("kind =", "kynd ="), "scenario.toml", "", "kynd", "unknown", "unknown-key"),
    Break("no days", settings("= 30", "= 0"), "scenario.toml", "", "horizon_days", "more than 0"),
    Break(
        "twice",
        settings('"heightened", "i', '"normal", "i'),
        "scenario.toml",
        "",
        "postures",
        "each name once",
    ),
    Break("deep", raw("scenario.toml", b"x = " + b"[" * 9000), "scenario.toml", "", "", "nested"),
    Break("not text", raw("scenario.toml", b"\xff\xfe\0"), "scenario.toml", "", "", "UTF-8"),
    Break(
        "no such variant",
        settings("[sources]", '[variants]\nquiet = ["A9"]\n[sources]'),
        "scenario.toml",
        "",
        "variants",
        "'A9'",
        "unknown-variant-alert",
    ),
    Break(
        "no such passage",
        settings("horizon_days", 'closed_passages = ["styx"]\nhorizon_days'),
        "scenario.toml",
        "",
        "closed_passages",
        "'styx'",
        "unknown-passage",
    ),
    Break(
        "no such state",
        settings("horizon_days", 'transit = ["DE", "ZZ"]\nhorizon_days'),
        "scenario.toml",
        "",
        "transit",
        "'ZZ'",
        "unknown-transit-state",
    ),
]


def pledge(to: str) -> Callable[[Folder], None]:
    """A second package with the first one's units."""
    return cells(("packages", 3, "id", "second"), ("packages", 3, "pledged_to", to))


def checked(
    check: str,
    harm: Callable[[Folder], None],
    table: str,
    row: int,
    column: str,
    says: str,
    severity: str = "error",
) -> Break:
    """A break that a named check finds."""
    return Break(check, harm, f"{table}.csv", str(row), column, says, check, severity)


WARN = "warning"
REQUIREMENTS = "requirements"
CHECKED = [
    checked("unknown-place", cell("units", 2, "home", "atlantis"), "units", 2, "home", "'atlantis'"),
    checked("unknown-place", cell("fleets", 2, "bases", "nowhere:4"), "fleets", 2, "bases", "'nowhere'"),
    checked(
        "unknown-place", cell(REQUIREMENTS, 4, "destination", "x"), REQUIREMENTS, 4, "destination", "'x'"
    ),
    checked("place-not-found", cell("places", 4, "at", "Atlantis"), "places", 4, "at", "Atlantis"),
    checked("place-not-found", cell("places", 4, "at", "91,0"), "places", 4, "at", "not on the earth"),
    checked("unknown-nation", cell("units", 3, "nation", "XXX"), "units", 3, "nation", "'XXX'"),
    checked("unknown-unit", cell("packages", 2, "units", "alpha zulu"), "packages", 2, "units", "'zulu'"),
    checked("unknown-unit", cell(REQUIREMENTS, 3, "unit", "zulu"), REQUIREMENTS, 3, "unit", "'zulu'"),
    checked("unknown-decision", cell(REQUIREMENTS, 2, "decision", "D9"), REQUIREMENTS, 2, "decision", "'D9'"),
    checked("unknown-posture", cell("alerts", 2, "posture", "frantic"), "alerts", 2, "posture", "'frantic'"),
    checked("unknown-posture", cell("tasks", 2, "at", "frantic"), "tasks", 2, "at", "'frantic'"),
    checked("unknown-source", cell("units", 2, "source", "hearsay"), "units", 2, "source", "'hearsay'", WARN),
    checked("unused-type", cell("holdings", 2, "holder", "band"), "holdings", 2, "holder", "'band'", WARN),
    checked("double-pledge", pledge("the union"), "packages", 3, "units", "the union"),
    checked("unit-in-two-packages", pledge("the alliance"), "packages", 3, "units", "alpha is in lead", WARN),
    checked(
        "commitment-backwards",
        cell("packages", 2, "commitment_until", "2029-01-01T00:00Z"),
        "packages",
        2,
        "commitment_until",
        "ends before it begins",
    ),
    checked(
        "commitment-over",
        cells(
            ("packages", 2, "commitment_from", "2029-01-01T00:00Z"),
            ("packages", 2, "commitment_until", "2030-01-01T00:00Z"),
        ),
        "packages",
        2,
        "commitment_until",
        "over at C-hour",
        WARN,
    ),
    checked(
        "certificate-expired",
        cell("units", 2, "certified_until", "2030-01-01T00:00Z"),
        "units",
        2,
        "certified_until",
        "expired",
        WARN,
    ),
    checked(
        "notice-length", cell("units", 2, "notice_h", "120 72"), "units", 2, "notice_h", "2 numbers for 3"
    ),
    checked(
        "notice-length", cell("units", 2, "sustain_days", "1"), "units", 2, "sustain_days", "1 numbers for 3"
    ),
    checked(
        "notice-rises", cell("units", 2, "notice_h", "24 72 12"), "units", 2, "notice_h", "from 24 to 72"
    ),
    checked("duplicate-task", cell("tasks", 4, "name", "recall"), "tasks", 4, "name", "twice"),
    checked("unknown-predecessor", cell("tasks", 5, "after", "prayer"), "tasks", 5, "after", "'prayer'"),
    checked(
        "task-cycle", cell("tasks", 2, "after", "marshalling"), "tasks", 2, "after", "wait for each other"
    ),
    checked(
        "notice-against-tasks",
        cell("tasks", 4, "hours", "60"),
        "units",
        4,
        "notice_h",
        "the tasks count",
        WARN,
    ),
    checked("ceiling-exceeded", cell("alerts", 2, "ceiling", "379"), "alerts", 2, "ceiling", "380 people"),
    checked(
        "alert-after-order",
        cell("alerts", 2, "at", "2030-05-06T06:00Z"),
        "alerts",
        2,
        "at",
        "changes nothing",
        WARN,
    ),
    checked(
        "decision-missing",
        cell(REQUIREMENTS, 3, "decision", ""),
        REQUIREMENTS,
        3,
        "decision",
        "no decision",
        WARN,
    ),
    checked(
        "decision-does-not-cover",
        cell("decisions", 2, "units", "lead"),
        REQUIREMENTS,
        4,
        "decision",
        "does not cover hospital",
    ),
    checked(
        "due-after-hard", cell(REQUIREMENTS, 2, "hard_h", "90"), REQUIREMENTS, 2, "hard_h", "hard limit of 90"
    ),
    checked(
        "due-before-order",
        cell(REQUIREMENTS, 2, "due_h", "-5"),
        REQUIREMENTS,
        2,
        "due_h",
        "due at -5 h",
        WARN,
    ),
    checked(
        "fleet-base-no-slots", cell("places", 2, "air_slots", ""), "fleets", 2, "bases", "no slots for air"
    ),
    checked(
        "fleet-carries-nothing",
        cells(("fleets", 2, "seats", ""), ("fleets", 2, "tonnes", "")),
        "fleets",
        2,
        "seats",
        "neither",
    ),
    checked(
        "cargo-no-fleet-can-carry",
        cell("holdings", 2, "cargo_class", "outsize"),
        REQUIREMENTS,
        2,
        "unit",
        "outsize",
    ),
    checked("cargo-no-fleet-can-carry", cell("fleets", 2, "seats", "0"), REQUIREMENTS, 2, "unit", "seats"),
    checked(
        "cargo-no-fleet-can-carry", cell("fleets", 2, "only_nations", "DEU"), REQUIREMENTS, 3, "unit", "bravo"
    ),
    checked(
        "indivisible-too-big",
        cell(REQUIREMENTS, 2, "divisible", "no"),
        REQUIREMENTS,
        2,
        "divisible",
        "150 people",
    ),
    checked(
        "requirement-no-way",
        cell("places", 4, "air_slots", ""),
        REQUIREMENTS,
        2,
        "destination",
        "cannot reach rzeszow",
    ),
    checked(
        "moves-nothing",
        cells((REQUIREMENTS, 2, "holdings", "no"), (REQUIREMENTS, 2, "pax", "0")),
        REQUIREMENTS,
        2,
        "unit",
        "nobody and nothing",
        WARN,
    ),
    checked(
        "airfield-throughput",
        cell("holdings", 2, "count", "900"),
        "places",
        4,
        "air_slots",
        "wanted by hour",
        WARN,
    ),
    checked(
        "airlift-capability",
        cell("holdings", 2, "count", "900"),
        REQUIREMENTS,
        3,
        "due_h",
        "aircraft together",
        WARN,
    ),
]
