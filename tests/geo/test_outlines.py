"""Outlines know where a point lies and draw a map that fits in a page."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
import shapely

from standto.geo.outlines import basemap, country_at, crossed, land_km, states


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (52.5, 13.4, "DE"),
        (54.7, 20.5, "RU"),
        (53.9, 27.6, "BY"),
        (45.0, -40.0, ""),
        (38.9, -77.0, "US"),
        (42.6, 20.9, "XK"),
    ],
)
def test_a_point_lies_in_its_state(lat: float, lon: float, country: str) -> None:
    assert country_at(lat, lon) == country


def test_outlines_are_valid_and_do_not_jump_the_antimeridian() -> None:
    for code, shape in states().items():
        assert shape.is_valid, code
        assert not shape.is_empty, code
        west, _, east, _ = shape.bounds
        assert -180 <= west <= east <= 180, code
        for ring in (part.exterior for part in shape.geoms):
            xs = [x for x, _ in ring.coords]
            assert max(abs(a - b) for a, b in pairwise(xs)) < 60, code


def test_neighbours_do_not_overlap() -> None:
    shapes = states()
    for a, b in [("PL", "DE"), ("LT", "PL"), ("RO", "RS"), ("US", "CA"), ("RU", "LT"), ("BY", "LT")]:
        overlap = shapely.intersection(shapes[a], shapes[b]).area
        assert overlap < 1e-3 * min(shapes[a].area, shapes[b].area)


def test_the_basemap_is_light_closed_and_inside_its_box() -> None:
    box = (-130.0, 22.0, 48.0, 74.0)
    drawn = basemap(box)
    assert len(json.dumps(drawn, separators=(",", ":"))) < 400_000
    assert {"US", "CA", "DE", "PL", "LT", "RU", "UA"} <= {code for code, _ in drawn}
    for _, rings in drawn:
        for ring in rings:
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in ring)


def test_a_line_names_the_states_it_crosses_and_its_land() -> None:
    berlin_warsaw = [(13.4, 52.5), (21.0, 52.2)]
    assert crossed(berlin_warsaw) == {"DE", "PL"}
    assert land_km(berlin_warsaw) == pytest.approx(517, rel=0.03)
    assert land_km([(-40.0, 45.0), (-30.0, 45.0)]) == 0
    assert crossed([(179.5, 40.0), (-179.5, 40.0)]) == frozenset()
