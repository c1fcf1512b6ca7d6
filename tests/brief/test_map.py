"""The map: projections there and back, clipping, great circles, and a window that shows what it should."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standto.brief.charts.labels import Box
from standto.brief.flow import Load
from standto.brief.map.drawing import Look, Scene, Spot, radius, seats_of
from standto.brief.map.fullness import level
from standto.brief.map.land import ground
from standto.brief.map.projection import Azimuthal, EqualEarth, Frame, angle_deg, clip, frame, great_circle
from standto.brief.map.scene import CLEAR_WAYS
from standto.brief.map.seats import Wanted, seat_all
from standto.brief.map.stacks import Cell
from standto.brief.page import BriefInput
from standto.brief.sections.map import LOOKS, draw_map
from standto.brief.sheet import Sheet
from standto.brief.states import Journey
from standto.brief.symbols.codes import other_units
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


WORLD_PACIFIC = [(144.9, 13.5), (-157.9, 21.3), (-122.4, 47.1), (139.6, 35.4)]


def rings(path: str) -> list[list[tuple[float, float]]]:
    """The corners of every ring of path data in steps."""
    found: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for letter, numbers in re.findall(r"([Mlhvz])([-\d. ]*)", path):
        values = [float(number) for number in numbers.split()]
        if letter == "M":
            x, y = values
            found.append([])
        elif letter == "l":
            x, y = x + values[0], y + values[1]
        elif letter == "h":
            x += values[0]
        elif letter == "v":
            y += values[0]
        if letter != "z":
            found[-1].append((x, y))
    return found


def longest_inside(path: str, view: Frame) -> float:
    """The longest straight edge that is not along the rim of the window."""
    edges = (
        math.dist(a, b)
        for ring in rings(path)
        for a, b in pairwise(ring)
        if all(0 < x < view.width and 0 < y < view.height for x, y in (a, b))
    )
    return max(edges, default=0.0)


@pytest.mark.parametrize(
    "points", [WORLD_PACIFIC, [(100.0, 60.0), (-100.0, 60.0)], [(-20.0, 0.0), (20.0, 0.0)]]
)
def test_no_shore_runs_across_the_page(points: list[tuple[float, float]]) -> None:
    view = frame(points, 940.0, (0.4, 0.6))
    under = ground(view)
    assert len(rings(under.land)) > 3
    assert longest_inside(under.land, view) < 120
    assert longest_inside(under.borders, view) < 120


def test_a_window_over_the_antimeridian_has_land_on_both_sides() -> None:
    view = frame([(170.0, 66.0), (-165.0, 65.0)], 940.0, (0.4, 0.6))
    west, _, east, _ = view.box()
    assert west < 170.0 - 360.0
    assert east > -165.0
    corners = [point for ring in rings(ground(view).land) for point in ring]
    assert min(x for x, _ in corners) < 0.25 * view.width
    assert max(x for x, _ in corners) > 0.75 * view.width


def test_a_way_over_the_edge_of_the_map_is_drawn_in_two_strokes() -> None:
    view = Frame(EqualEarth(0.0), -2.7, -1.3, 300.0, 1620.0, 780.0)
    (west, east) = view.strokes(great_circle((170.0, 10.0), (-170.0, 12.0)))
    assert all(x > 1500 for x, _ in west)
    assert all(x < 120 for x, _ in east)
    assert len(view.strokes(great_circle((-20.0, 10.0), (20.0, 12.0)))) == 1


def scene_of(places: list[tuple[float, float, str, int]]) -> Scene:
    sign = other_units(real=False, civil=False)
    spots, cells, number = [], {}, 0
    for index, (lon, lat, name, units) in enumerate(places):
        spots.append(
            Spot(str(index), name, (lon, lat), "goal" if index % 3 else "home", index / len(places), "")
        )
        several = [Journey(str(n), "", "", (0, 0, 0, 0, 0), 0, 0) for n in range(units)]
        if units:
            cells[str(index)] = [Cell(number, str(index), "goal", sign, tuple(several))]
            number += 1
    return Scene((), spots, cells, "EXERCISE")


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-10, 30), st.floats(36, 66), st.text("Wim ", min_size=1, max_size=24), st.integers(0, 3)
        ),
        min_size=2,
        max_size=30,
    ),
    st.sampled_from([look for _, look in LOOKS]),
)
def test_no_name_and_no_symbol_lies_on_another(
    places: list[tuple[float, float, str, int]], look: Look
) -> None:
    scene = scene_of(places)
    view = frame([spot.at for spot in scene.spots], 940.0, (0.4, 0.6))
    boxes, edge = [], Box(0, 0, view.width * look.shrink, view.height * look.shrink)
    for spot in scene.spots:
        x, y = view(*spot.at)
        r = radius(spot.weight, look)
        boxes.append((False, Box(x * look.shrink - r, y * look.shrink - r, 2 * r, 2 * r)))
    for _, _, seat in seats_of(view, scene, scene.spots, look, scene.spots):
        boxes += [(True, box) for box in (seat.name, seat.symbols) if box is not None]
    for index, (placed, box) in enumerate(boxes):
        if placed:
            assert box.within(edge)
            assert not any(
                box.meets(other) for other_index, (_, other) in enumerate(boxes) if other_index != index
            )


def test_the_map_holds_each_symbol_once() -> None:
    problem, plan = make_sample(24)
    drawn = draw_map(Sheet.of(BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0")))
    assert drawn is not None
    defined = re.findall(r'<symbol id="([^"]+)"', drawn.content["signs"])
    assert len(defined) == len(set(defined)) > 3
    used = {
        key
        for window in drawn.content["windows"]
        for svg in window["svgs"]
        for key in re.findall(r'href="#(app6-\d+)"', svg)
    }
    assert used <= set(defined)
    assert len(used) > 3


def test_four_moments_show_four_states() -> None:
    problem, plan = make_sample(24)
    sheet = Sheet.of(BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0"))
    drawn = draw_map(sheet)
    assert drawn is not None
    states = [moment["states"] for moment in drawn.content["moments"]]
    assert len(states) == len(set(states)) == 4
    assert "under alert" in states[0]
    assert "getting ready" in states[1]
    assert states[3] == "24 in place"
    for moment in drawn.content["moments"]:
        assert "EXERCISE" in moment["svg"]
        assert moment["states"] in moment["svg"]


def test_a_place_is_coloured_by_its_fullest_day_and_says_so_in_the_table() -> None:
    problem, plan = make_sample(24)
    sheet = Sheet.of(BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0"))
    drawn = draw_map(sheet)
    assert drawn is not None
    share = sheet.figures.by_id["place.APEX.fullest"].value
    assert isinstance(share, float)
    wide = drawn.content["windows"][0]["svgs"][0]
    assert re.search(rf'class="spot goal q{level(share)}"[^>]*data-place="APEX"', wide)
    rows = {row["place"]: row for row in drawn.content["places"]}
    assert rows["Carpathia airfield"]["assumed"]
    assert rows["Carpathia airfield"]["full"].value == share


def test_a_name_without_room_above_its_symbols_sits_beside_its_place_or_is_left_out() -> None:
    here = Wanted((100.0, 100.0), 5.0, "Here", (60.0, 20.0))
    spot = Box(95, 95, 10, 10)
    (seated,) = seat_all([here], [spot], Box(0, 85, 200, 30), 10.0)
    assert seated.name is not None
    assert seated.symbols is not None
    assert not seated.name.meets(seated.symbols)
    nearer = [Box(seated.name.x, seated.name.y - 2, seated.name.width, 1.5)]
    (again,) = seat_all([here], [spot, *nearer], Box(0, 85, 200, 30), 10.0)
    assert again.symbols is not None
    assert again.name is None or again.name != seated.name
