"""Movement tables out: who moves when on what, by unit and by vehicle, as a workbook or CSV files.

Every sheet and file begins with `EXERCISE` or `REAL`. Text that a spreadsheet would take for a formula is
written as text; numbers stay numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from standto.advise.words import about, marking
from standto.brief.flow import flow_of
from standto.brief.words import Clock, dtg
from standto.errors import FileError
from standto.force.files import make_folder, write_bytes
from standto.force.sheet import csv_text
from standto.move.plan import Plan
from standto.move.problem import Problem

Cell = str | int | float | datetime | None
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
"""What spreadsheets take for the start of a formula (OWASP, "CSV Injection")."""
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_000
"""What a cell and a sheet of XLSX hold (ECMA-376; a sheet has 1,048,576 rows)."""


UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or file: its name, column heads and rows."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def export(problem: Problem, plan: Plan, target: Path | str) -> list[Path]:
    """Write the movement tables: to a workbook if `target` ends in `.xlsx`, else into a folder of CSV files.

    The tables are `about`, `by unit`, `by vehicle` and `lots`. Files are written whole or not at all; other
    files of the folder are left alone.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    FileError
        If the target cannot be written, or a workbook cannot hold so many rows.
    """
    target = Path(target)
    tables = tables_of(problem, plan)
    mark = marking(problem)
    if target.suffix.lower() == ".xlsx":
        write_bytes(target, _workbook(tables, mark, target))
        return [target]
    make_folder(target, fix="name a folder or an .xlsx file")
    written = []
    for table in tables:
        path = target / f"{table.name.replace(' ', '-')}.csv"
        write_bytes(path, _csv(table, mark))
        written.append(path)
    return written


def tables_of(problem: Problem, plan: Plan) -> tuple[Table, ...]:
    """The four movement tables, hours with instants and date-time groups where the epoch is known."""
    clock = Clock.of(problem.epoch)
    return (
        _about(problem, plan),
        _by_unit(problem, plan, clock),
        _by_vehicle(problem, plan, clock),
        _lots(problem, plan, clock),
    )


def _heads(clock: Clock, *names: str) -> tuple[str, ...]:
    """Three columns for a time where the epoch is known, else one."""
    kinds = ("h", "UTC", "DTG") if clock.epoch else ("h",)
    return tuple(f"{name} ({kind})" for name in names for kind in kinds)


def _times(clock: Clock, *hours: float | None) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for hour in hours:
        instant = None if hour is None else clock.instant(hour)
        cells.append(None if hour is None else round(hour, 6))
        if clock.epoch:
            cells += [instant, dtg(instant) if instant else None]
    return tuple(cells)


def _about(problem: Problem, plan: Plan) -> Table:
    told, totals, bound = about(problem), plan.totals, plan.bound
    rows: list[tuple[Cell, ...]] = [
        ("name", problem.name or None),
        ("scenario", told.scenario or None),
        ("hour 0 (UTC)", Clock.of(problem.epoch).epoch),
        ("goal", problem.goal),
        ("problem (sha256)", plan.problem),
        *((f"total: {name}", value) for name, value in totals.model_dump().items()),
        ("no plan closes before (h)", bound.closure_h if bound else None),
        ("no plan has less weighted lateness than", bound.weighted_lateness if bound else None),
        ("bound by", bound.method if bound else None),
        *((f"made by: {name}", _cell(value)) for name, value in plan.made_by.items()),
    ]
    for kind, items in (("assumption", told.assumptions), ("source", told.sources)):
        rows += [(kind, "; ".join(str(text) for text in item.values())) for item in items]
    return Table("about", ("what", "value"), rows)


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float) else None if value is None else str(value)


def _by_unit(problem: Problem, plan: Plan, clock: Clock) -> Table:
    wanted = {requirement.id: requirement for requirement in problem.requirements}
    order = {name: place for place, name in enumerate(wanted)}
    rides = sorted(flow_of(problem, plan).rides, key=lambda r: (order[r.requirement], r.load_h, r.vehicle))
    columns = ("requirement", "unit", "nation", "vehicle", "fleet", "mode", "from", "to", "people", "tonnes")
    rows: list[tuple[Cell, ...]] = []
    for ride in rides:
        item = wanted[ride.requirement]
        who = (item.id, item.unit, item.nation, ride.vehicle, ride.fleet, ride.mode)
        what = (ride.origin, ride.destination, ride.pax, round(ride.tonnes, 6))
        rows.append((*who, *what, *_times(clock, ride.load_h, ride.depart_h, ride.arrive_h, ride.unloaded_h)))
    times = _heads(clock, "loading starts", "departs", "arrives", "unloaded")
    return Table("by unit", (*columns, *times), rows)


def _by_vehicle(problem: Problem, plan: Plan, clock: Clock) -> Table:
    modes = {fleet.id: fleet.mode for fleet in problem.fleets}
    loads = ("people off", "tonnes off", "people on", "tonnes on")
    rows: list[tuple[Cell, ...]] = []
    for vehicle in plan.vehicles:
        for number, stop in enumerate(vehicle.stops, start=1):
            load: list[Cell] = []
            for lots in (stop.unload, stop.load):
                load.append(sum(lot.pax for lot in lots))
                load.append(round(sum(sum(lot.cargo.values()) for lot in lots), 6))
            who = (vehicle.id, vehicle.fleet, modes[vehicle.fleet], number, stop.place)
            times = _times(clock, stop.arrive_h, stop.start_h, stop.end_h, stop.depart_h)
            rows.append((*who, *load, *times))
    heads = _heads(clock, "arrives", "work starts", "work ends", "departs")
    return Table("by vehicle", ("vehicle", "fleet", "mode", "stop", "place", *loads, *heads), rows)


def _lots(problem: Problem, plan: Plan, clock: Clock) -> Table:
    units = {requirement.id: requirement.unit for requirement in problem.requirements}
    rows: list[tuple[Cell, ...]] = []
    for vehicle in plan.vehicles:
        for number, stop in enumerate(vehicle.stops, start=1):
            for action, lots in (("unload", stop.unload), ("load", stop.load)):
                for lot in lots:
                    where = (vehicle.id, number, stop.place, action, lot.requirement, units[lot.requirement])
                    times = _times(clock, stop.start_h, stop.end_h)
                    loads: list[tuple[Cell, ...]] = [("people", lot.pax, None)] if lot.pax else []
                    loads += [(name, None, tonnes) for name, tonnes in lot.cargo.items() if tonnes]
                    rows += [(*where, *load, *times) for load in loads]
    columns = ("vehicle", "stop", "place", "action", "requirement", "unit", "class", "people", "tonnes")
    return Table("lots", (*columns, *_heads(clock, "work starts", "work ends")), rows)


def plain(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; what no XML holds and overlong text are cut."""
    if not isinstance(cell, str):
        return cell
    text = UNWRITABLE.sub("", cell)
    if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS):
        text = f"'{text}"
    return text[:LONGEST_CELL]


def _csv(table: Table, mark: str) -> bytes:
    rows = ((mark,), table.columns, *table.rows)
    cells = (["" if cell is None else _text(plain(cell)) for cell in row] for row in rows)
    return ("\N{ZERO WIDTH NO-BREAK SPACE}" + csv_text(cells, newline="\r\n")).encode()


def _text(cell: Cell) -> Cell:
    return f"{cell.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(cell, datetime) else cell


def _workbook(tables: Sequence[Table], mark: str, target: Path) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        if len(table.rows) > MOST_ROWS:
            fix = "export to a folder of CSV files"
            raise FileError(f"{table.name} has {len(table.rows):,} rows", fix=fix, file=str(target))
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A3"
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = mark.replace("&", "&&")
        for row in ((mark,), table.columns, *table.rows):
            sheet.append([_sheet_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_cell(sheet: object, value: Cell) -> object:
    """Numbers as they are; instants with a format; text with its type fixed, so never a formula."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.astimezone(UTC).replace(tzinfo=None))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, plain(value))
        cell.data_type = "s"
        return cell
    return value
