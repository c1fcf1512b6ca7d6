"""Where things are and how far: places, and the ways between them by air, sea, rail and road.

In come references to places (ICAO code, port code, name, coordinates) and a scenario's political limits: the
states its ways may cross and the canals and straits that are closed. Out go places with their country and
coordinates, and ways with kilometres, a line to draw, the states crossed and the basis of the figure. The
room ships its own tables and networks and asks nothing of the world outside.
"""

from standto.geo.modes import Mode
from standto.geo.nations import NationFact, default_transit, nations
from standto.geo.places import GeoPlace, PlaceKind, all_places, find_place
from standto.geo.ways import Way, WayFinder

__all__ = [
    "GeoPlace",
    "Mode",
    "NationFact",
    "PlaceKind",
    "Way",
    "WayFinder",
    "all_places",
    "default_transit",
    "find_place",
    "nations",
]
