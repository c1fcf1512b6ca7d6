"""The map: projections there and back, clipping, great circles, and a window that shows what it should."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.brief.flow import Load
from standto.brief.map.projection import Azimuthal, EqualEarth, angle_deg, clip, frame, great_circle
from standto.brief.map.scene import CLEAR_WAYS
from standto.brief.page import BriefInput
from standto.brief.sections.map import draw_map
from standto.brief.sheet import Sheet
from tests.brief.sample import make_sample
from tests.brief.sample_value import NOON

lons, lats = st.floats(-175, 175), st.floats(-85, 85)


@given(lons, lats)
def test_equal_earth_goes_there_and_back(lon: float, lat: float) -> None:
    projection = EqualEarth(0.0)
    back = projection.back(*projection(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-6)


@given(st.floats(-60, 60), st.floats(-60, 60), st.floats(-60, 60), st.floats(-70, 70))
def test_azimuthal_goes_there_and_back(lon: float, lat: float, at: float, height: float) -> None:
    projection = Azimuthal(at, height)
    back = projection.back(*projection(at + lon, lat))
    assert back is not None
    assert angle_deg(back, (at + lon, lat)) < 1e-4


@pytest.mark.parametrize("projection", [EqualEarth(10.0), Azimuthal(10.0, 45.0)])
def test_projections_are_equal_area(projection: EqualEarth | Azimuthal) -> None:
    def area(lon: float, lat: float) -> float:
        step = 0.05
        corners = [projection(lon + x * step, lat + y * step) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        twice = sum(
            a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
        )
        return abs(twice) / (2 * math.cos(math.radians(lat + step / 2)))

    assert area(-60.0, 30.0) == pytest.approx(area(30.0, 65.0), rel=1e-3)


def test_great_circle_ends_where_it_should_and_passes_the_known_middle() -> None:
    points = great_circle((0.0, 0.0), (90.0, 0.0))
    assert points[0] == pytest.approx((0.0, 0.0))
    assert points[-1] == pytest.approx((90.0, 0.0))
    north = great_circle((-90.0, 45.0), (90.0, 45.0), 90.0)
    assert north[len(north) // 2][1] == pytest.approx(90.0, abs=1e-6)


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=3, max_size=20))
def test_what_is_clipped_stays_inside(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, 0.0, 0.0, 100.0, 100.0):
        assert -1e-6 <= x <= 100 + 1e-6
        assert -1e-6 <= y <= 100 + 1e-6


def test_clipping_cuts_a_square_to_its_quarter() -> None:
    square = [(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)]
    corners = {(round(x), round(y)) for x, y in clip(square, 0.0, 0.0, 100.0, 100.0)}
    assert corners == {(0, 0), (50, 0), (50, 50), (0, 50)}


@given(st.lists(st.tuples(st.floats(-120, 40), st.floats(20, 70)), min_size=1, max_size=12))
def test_a_window_shows_all_points_within_its_shape(points: list[tuple[float, float]]) -> None:
    view = frame(points, 940.0, (0.4, 0.6))
    assert all(view.holds(*point) for point in points)
    assert 0.4 - 1e-9 <= view.height / view.width <= 0.6 + 1e-9


def test_the_box_of_a_window_holds_its_points() -> None:
    points = [(-118.0, 34.0), (28.0, 44.0), (25.0, 59.0)]
    west, south, east, north = frame(points, 940.0, (0.4, 0.6)).box()
    assert all(west < lon < east and south < lat < north for lon, lat in points)


def test_of_very_many_ways_those_that_carry_most_are_drawn() -> None:
    problem, plan = make_sample(12)
    sheet = Sheet.of(BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0"))
    ends = [place.id for place in problem.places if place.lat is not None]
    pairs = [(a, b, f"mode {n}") for n in range(6) for a in ends for b in ends if a != b]
    ways = {way: Load(0, float(index), 1) for index, way in enumerate(pairs)}
    drawn = draw_map(replace(sheet, flow=replace(sheet.flow, ways=ways)))
    assert drawn is not None
    figures = sheet.figures.by_id
    assert figures["ways"].value == len(ways)
    assert figures["ways.drawn"].value == CLEAR_WAYS
    heaviest = sum(sorted(load.tonnes for load in ways.values())[-CLEAR_WAYS:])
    share = figures["ways.drawn.share"].value
    assert share == pytest.approx(heaviest / sum(load.tonnes for load in ways.values()), abs=1e-6)
