"""The shipped road and rail networks hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from standto.geo import all_places, default_transit, find_place
from standto.geo.files import data_file, table
from standto.geo.land import network
from standto.geo.modes import LandMode
from standto.geo.outlines import states

MODES: list[LandMode] = ["rail", "road"]


@pytest.mark.parametrize("mode", MODES)
def test_edges_are_no_shorter_than_the_straight_line(mode: LandMode) -> None:
    net = network(mode)
    p1, p2 = np.radians(net.lat[net.a]), np.radians(net.lat[net.b])
    half = (
        np.sin((p2 - p1) / 2) ** 2
        + np.cos(p1) * np.cos(p2) * np.sin(np.radians(net.lon[net.b] - net.lon[net.a]) / 2) ** 2
    )
    straight = 2 * 6371.0088 * np.arcsin(np.sqrt(half))
    assert np.all(net.km > 0)
    assert np.mean(net.km < 0.97 * straight - 0.2) < 1e-3


@pytest.mark.parametrize("mode", MODES)
def test_no_edge_between_open_states_runs_deep_through_a_closed_one(mode: LandMode) -> None:
    """Edges are chords of a thinned line: up to 20 km of one may stray over a border the road follows."""
    net = network(mode)
    closed = shapely.union_all([shape for code, shape in states().items() if code not in default_transit()])
    shapely.prepare(closed)
    is_open = net.open_nodes(default_transit())
    edge = is_open[net.a] & is_open[net.b]
    ends = [np.column_stack([net.lon[side[edge]], net.lat[side[edge]]]) for side in (net.a, net.b)]
    lines = shapely.linestrings(np.stack(ends, axis=1))
    strays = lines[shapely.intersects(closed, lines)]
    assert np.all(shapely.length(shapely.intersection(strays, closed)) * 80 < 20)


def test_the_network_reaches_every_listed_place_in_europe_by_road() -> None:
    off = [
        place.id
        for place in all_places()
        if place.country not in {"US", "CA", "GL", "MT"} and not network("road").ties(place)
    ]
    assert off == ["LPLA"]  # the Azores


def test_no_edge_joins_two_gauges() -> None:
    net = network("rail")
    assert set(net.gauge.tolist()) == {1435, 1520, 1600, 1668}
    assert np.array_equal(net.gauge[net.a], net.gauge[net.b])


@pytest.mark.parametrize("place", ["kaunas", "sestokai", "mockava", "zahony", "slawkow", "haparanda", "irun"])
def test_a_gauge_change_place_is_tied_to_both_gauges(place: str) -> None:
    net = network("rail")
    assert len({int(net.gauge[node]) for node, _ in net.ties(find_place(place))}) == 2


def test_every_link_set_by_hand_is_in_its_network_and_has_a_source() -> None:
    rows = table("links.csv")
    assert all(row["source"] for row in rows)
    for mode in MODES:
        used = {int(number) for number in network(mode).link if number >= 0}
        assert used == {number for number, row in enumerate(rows) if row["mode"] == mode}


def test_files_are_small_and_the_licence_lies_beside_them() -> None:
    sizes = {file.name: len(file.read_bytes()) for file in data_file("").iterdir() if file.is_file()}
    assert max(sizes.values()) < 5_000_000
    assert sum(sizes.values()) < 8_000_000
    assert "OpenStreetMap contributors" in data_file("LICENSE-ODbL").read_text(encoding="utf-8")
