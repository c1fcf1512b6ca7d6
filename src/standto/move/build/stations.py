"""Places of a scenario, as stops of a lift problem and as points on the earth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from standto.force.tables import ScenarioPlace
from standto.geo.modes import MODES
from standto.geo.places import GeoPlace, find_place
from standto.move.problem import Place

NO_LIMIT = -1


def located(places: Sequence[ScenarioPlace]) -> dict[str, GeoPlace]:
    """Where every place of the scenario is, by the scenario's own ids.

    Raises
    ------
    UnknownPlaceError
        If the geography knows no such place.
    """
    found = {}
    for place in places:
        geo = find_place(place.at or place.id)
        found[place.id] = replace(
            geo, id=place.id, name=place.name or geo.name, country=place.country or geo.country
        )
    return found


def stop(place: ScenarioPlace, geo: GeoPlace) -> Place:
    """One place where vehicles stop, with the slots of every mode that can use it."""
    slots = {mode: getattr(place, f"{mode}_slots") for mode in MODES}
    fields: dict[str, object] = {
        "id": place.id,
        "name": geo.name,
        "lat": round(geo.lat, 4),
        "lon": round(geo.lon, 4),
        "slots": {
            mode: None if count == NO_LIMIT else count for mode, count in slots.items() if count is not None
        },
        "transfer_h": place.transfer_h,
        "country": geo.country,
    }
    return Place.model_validate({**fields, **({"assumed": place.assumed} if place.assumed else {})})


def stops_of(mode: str, places: Sequence[Place], where: Mapping[str, GeoPlace]) -> list[GeoPlace]:
    """The points where vehicles of a mode may stop.

    A place that the scenario gives air or sea slots counts as an airfield or a port, whatever the geography
    calls it: many posts have an airfield of their own.
    """
    native = {"air": "airfield", "sea": "port"}.get(mode)
    found = []
    for place in places:
        if mode in place.slots and place.slots[mode] != 0:
            geo = where[place.id]
            found.append(replace(geo, kind="point") if native and geo.kind != native else geo)
    return found
