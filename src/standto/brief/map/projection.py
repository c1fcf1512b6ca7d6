"""From the globe to the page: equal-area projections, great circles, windows, clipping."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

LonLat = tuple[float, float]
Point = tuple[float, float]


WIDE_DEG = 60.0
"""A window wider than this many degrees of longitude keeps north up everywhere (Equal Earth)."""


RIM_PIECES = 24


class Projection(Protocol):
    """From lon, lat in degrees to x to the east and y to the south in earth radii, and back."""

    @property
    def lon(self) -> float:
        """The middle meridian: the map is cut at the one across the globe."""

    def __call__(self, lon: float, lat: float) -> Point:
        """The place of a point on the page."""

    def back(self, x: float, y: float) -> LonLat | None:
        """The point behind a place on the page; None off the globe."""


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection about a middle meridian.

    Savric, Patterson and Jenny, The Equal Earth map projection, IJGIS 33(3), 2019, equations 1 to 4.
    """

    lon: float

    A = (1.340264, -0.081106, 0.000893, 0.003796)

    def __call__(self, lon: float, lat: float) -> Point:
        """The place of a point on the page; longitudes are taken the shorter way round."""
        theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
        turn = math.radians(_turned(lon - self.lon))
        return 2 * turn * math.cos(theta) / (math.sqrt(3) * self._slope(theta)), -self._height(theta)

    def back(self, x: float, y: float) -> LonLat | None:
        """The point behind a place on the page, by Newton's method; None off the globe."""
        theta = 0.0
        for _ in range(12):
            theta -= (self._height(theta) + y) / self._slope(theta)
        sine = 2 / math.sqrt(3) * math.sin(theta)
        if abs(sine) > 1 or abs(theta) > math.pi / 3:
            return None
        turn = math.sqrt(3) * x * self._slope(theta) / (2 * math.cos(theta))
        return (
            (self.lon + math.degrees(turn), math.degrees(math.asin(sine))) if abs(turn) <= math.pi else None
        )

    def _height(self, theta: float) -> float:
        a, b, c, d = self.A
        return a * theta + b * theta**3 + c * theta**7 + d * theta**9

    def _slope(self, theta: float) -> float:
        a, b, c, d = self.A
        return a + 3 * b * theta**2 + 7 * c * theta**6 + 9 * d * theta**8


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert azimuthal equal-area about a centre; x to the east, y to the south, in earth radii.

    Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395), equations 24-2 to 24-4.
    """

    lon: float
    lat: float

    def __call__(self, lon: float, lat: float) -> Point:
        """The place of a point on the page."""
        turn = math.radians(lon - self.lon)
        phi, middle = math.radians(lat), math.radians(self.lat)
        cosine = math.sin(middle) * math.sin(phi) + math.cos(middle) * math.cos(phi) * math.cos(turn)
        scale = math.sqrt(2 / max(1e-6, 1 + cosine))
        x = scale * math.cos(phi) * math.sin(turn)
        y = scale * (math.cos(middle) * math.sin(phi) - math.sin(middle) * math.cos(phi) * math.cos(turn))
        return x, -y

    def back(self, x: float, y: float) -> LonLat | None:
        """The point behind a place on the page; None off the globe (equations 20-14, 20-15 and 24-16)."""
        rho = math.hypot(x, y)
        if rho >= 2:
            return None
        if rho < 1e-12:
            return self.lon, self.lat
        angle = 2 * math.asin(rho / 2)
        sine, cosine, middle = math.sin(angle), math.cos(angle), math.radians(self.lat)
        phi = math.asin(cosine * math.sin(middle) - y * sine * math.cos(middle) / rho)
        down = rho * math.cos(middle) * cosine + y * math.sin(middle) * sine
        return self.lon + math.degrees(math.atan2(x * sine, down)), math.degrees(phi)


def _turned(degrees: float) -> float:
    """A difference of longitudes the shorter way round; exactly half a turn keeps its side."""
    return degrees if -180.0 <= degrees <= 180.0 else (degrees + 180.0) % 360.0 - 180.0


def centre(points: Sequence[LonLat]) -> LonLat:
    """The middle of points on the globe: the direction of their mean, half-way between the outermost."""
    vectors = [_vector(*point) for point in points]
    x, y, z = (sum(vector[axis] for vector in vectors) for axis in range(3))
    if math.hypot(x, y, z) < 1e-9:
        return points[0]
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def great_circle(start: LonLat, end: LonLat, step_deg: float = 2.0) -> list[LonLat]:
    """Points along the shortest way over the globe, one every `step_deg` degrees of arc."""
    a, b = _vector(*start), _vector(*end)
    angle = math.acos(max(-1.0, min(1.0, sum(i * j for i, j in zip(a, b, strict=True)))))
    pieces = max(1, math.ceil(math.degrees(angle) / step_deg))
    if angle < 1e-9 or angle > math.pi - 1e-6:
        return [start, end]
    points = []
    for piece in range(pieces + 1):
        share = piece / pieces
        p, q = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
        x, y, z = (p * i + q * j for i, j in zip(a, b, strict=True))
        points.append((math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))))
    return points


def angle_deg(a: LonLat, b: LonLat) -> float:
    """Degrees of arc between two points."""
    dot = sum(i * j for i, j in zip(_vector(*a), _vector(*b), strict=True))
    return math.degrees(math.acos(max(-1.0, min(1.0, dot))))


def _vector(lon: float, lat: float) -> tuple[float, float, float]:
    turn, phi = math.radians(lon), math.radians(lat)
    return math.cos(phi) * math.cos(turn), math.cos(phi) * math.sin(turn), math.sin(phi)


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of the page: which part of a projection it shows, at which size in pixels."""

    projection: Projection
    west: float
    north: float
    scale: float
    width: float
    height: float

    def __call__(self, lon: float, lat: float) -> Point:
        """The pixel of a point."""
        x, y = self.projection(lon, lat)
        return (x - self.west) * self.scale, (y - self.north) * self.scale

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point is inside the window."""
        x, y = self(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def rim(self, pieces: int = RIM_PIECES) -> list[LonLat | None]:
        """Points once round the edge of the window; None where the edge is off the globe."""
        along = [index / pieces for index in range(pieces)]
        edge = [(share, 0.0) for share in along] + [(1.0, share) for share in along]
        edge += [(1 - share, 1.0) for share in along] + [(0.0, 1 - share) for share in along]
        wide, deep = self.width / self.scale, self.height / self.scale
        return [self.projection.back(self.west + x * wide, self.north + y * deep) for x, y in edge]

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what the window shows, in whole degrees.

        West and east are unrolled about the middle meridian, at most 180 degrees from it: where a window
        spans the antimeridian, one of them lies beyond it.
        """
        rim = [point for point in self.rim() if point is not None]
        middle = self.projection.lon
        lats = [lat for _, lat in rim]
        south = max(-90.0, math.floor(min(lats, default=-90.0)) - 1.0)
        north = min(90.0, math.ceil(max(lats, default=90.0)) + 1.0)
        if len(rim) < 4 * RIM_PIECES or self.holds(middle, 90.0) or self.holds(middle, -90.0):
            south = -90.0 if self.holds(middle, -90.0) or len(rim) < 4 * RIM_PIECES else south
            return middle - 180.0, south, middle + 180.0, 90.0
        west, east = min(lon for lon, _ in rim), max(lon for lon, _ in rim)
        return (
            max(middle - 180.0, math.floor(west) - 1.0),
            south,
            min(middle + 180.0, math.ceil(east) + 1.0),
            min(89.0, north),
        )

    def strokes(self, points: Sequence[LonLat]) -> list[list[Point]]:
        """A line in pixels, in two where it passes from one edge of the map to the other."""
        pieces: list[list[Point]] = []
        last = math.inf
        for lon, lat in points:
            turn = _turned(lon - self.projection.lon)
            if abs(turn - last) > 180.0:
                pieces.append([])
            pieces[-1].append(self(lon, lat))
            last = turn
        return [piece for piece in pieces if len(piece) > 1]

    def shapes(self, ring: Sequence[LonLat]) -> list[Point]:
        """A ring of land cut to a little more than the window; empty where none of it is inside."""
        return clip([self(*point) for point in ring], -8.0, -8.0, self.width + 8.0, self.height + 8.0)


def frame(points: Sequence[LonLat], width: float, aspect: tuple[float, float], margin: float = 0.09) -> Frame:
    """The window that shows all points with a margin, its height between `aspect` times its width."""
    lon, lat = centre(points)
    lons = [(point[0] - lon + 180) % 360 - 180 for point in points]
    far = max(lons) - min(lons) > WIDE_DEG
    middle_lon = lon + (max(lons) + min(lons)) / 2
    projection: Projection = EqualEarth(middle_lon) if far else Azimuthal(lon, lat)
    shown = [projection(*point) for point in points]
    low_x, high_x = min(x for x, _ in shown), max(x for x, _ in shown)
    low_y, high_y = min(y for _, y in shown), max(y for _, y in shown)
    wide, deep = max(high_x - low_x, 0.02), max(high_y - low_y, 0.02)
    pad = margin * max(wide, deep)
    wide, deep = wide + 2 * pad, deep + 2 * pad
    ratio = min(aspect[1], max(aspect[0], deep / wide))
    wide = max(wide, deep / ratio)
    deep = wide * ratio
    middle = (low_x + high_x) / 2, (low_y + high_y) / 2
    return Frame(projection, middle[0] - wide / 2, middle[1] - deep / 2, width / wide, width, width * ratio)


def clip(points: Sequence[Point], west: float, north: float, east: float, south: float) -> list[Point]:
    """A polygon cut to a rectangle (Sutherland and Hodgman, 1974)."""
    for axis, edge, sign in ((0, west, 1), (0, east, -1), (1, north, 1), (1, south, -1)):
        if not points:
            return []
        cut: list[Point] = []
        last = points[-1]
        for here in points:
            inside, before = (here[axis] - edge) * sign >= 0, (last[axis] - edge) * sign >= 0
            if inside != before:
                share = (edge - last[axis]) / (here[axis] - last[axis])
                cut.append((last[0] + share * (here[0] - last[0]), last[1] + share * (here[1] - last[1])))
            if inside:
                cut.append(here)
            last = here
        points = cut
    return list(points)
