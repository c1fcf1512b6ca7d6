"""Charts: ticks on whole days and round amounts, curves that never fall, labels that never meet."""

from __future__ import annotations

import itertools
import math
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standto.brief.charts.labels import Box, place_labels
from standto.brief.charts.scale import BentScale, Scale, day_ticks, round_ticks
from standto.brief.charts.steps import HourMark, Series, StepChart, draw_steps, thin
from standto.brief.charts.svg import number, path, tag
from standto.brief.words import Clock

hours = st.floats(-5000, 5000, allow_nan=False)
CLOCK = Clock(datetime(2022, 2, 25, 6, tzinfo=UTC))


@given(st.floats(0.01, 1e8), st.integers(2, 9))
def test_round_ticks_reach_the_top_in_even_round_steps(high: float, wanted: int) -> None:
    ticks = round_ticks(high, wanted)
    step = ticks[1] - ticks[0]
    assert ticks[0] == 0
    assert high <= ticks[-1] * (1 + 1e-9)
    assert ticks[-1] < high + step * (1 + 1e-6)
    assert len(ticks) <= wanted + 2
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - round_one) for round_one in (1, 2, 5)) < 1e-6


@given(hours, st.floats(1, 9000), st.integers(2, 20))
def test_day_ticks_are_whole_days_inside_and_few(low: float, length: float, most: int) -> None:
    ticks = day_ticks(low, low + length, most)
    assert all(tick % 24 == 0 for tick in ticks)
    assert all(low - 1e-6 <= tick <= low + length + 1e-6 for tick in ticks)
    assert len(ticks) <= most
    if low < 0 < low + length:
        assert 0.0 in ticks


@given(st.floats(-2000, 0), st.floats(24, 2000), st.lists(hours, min_size=2))
def test_the_bent_scale_keeps_order_within_the_width(low: float, high: float, times: list[float]) -> None:
    scale = BentScale(low, high)
    shares = [scale(time) for time in sorted(times)]
    assert all(0 <= share <= 1 + 1e-12 for share in shares)
    assert all(a <= b + 1e-12 for a, b in itertools.pairwise(shares))
    assert scale(0.0) == pytest.approx(scale.bend)
    assert scale.bend <= scale.most_before + 1e-12


def test_the_bent_scale_is_straight_where_little_comes_before() -> None:
    scale = BentScale(-24.0, 216.0)
    assert not scale.squeezed
    assert scale(96.0) - scale(72.0) == pytest.approx(scale(0.0) - scale(-24.0))


def test_scale_holds_at_the_edges() -> None:
    scale = Scale(0.0, 10.0, 100.0, 200.0)
    assert [scale(value) for value in (-5.0, 0.0, 5.0, 10.0, 50.0)] == [100, 100, 150, 200, 200]


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 100)), min_size=1, max_size=400))
def test_thinning_keeps_a_curve_rising_to_the_same_end(raw: list[tuple[float, float]]) -> None:
    times = sorted(hour for hour, _ in raw)
    values = list(itertools.accumulate(value for _, value in raw))
    steps = list(zip(times, values, strict=True))
    kept = thin(steps, 50)
    assert len(kept) <= max(50, 1)
    assert kept[-1] == steps[-1]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(kept))


def drawn(series: list[Series], marks: list[HourMark]) -> str:
    chart = StepChart("k", "Title", "Words", "people", series, marks, 480.0, "EXERCISE", (200.0, 300.0))
    return str(draw_steps(chart, CLOCK, width=900.0, height=400.0, variant="wide"))


def corners(drawing: str) -> list[tuple[float, float]]:
    data = re.search(r'<path d="([^"]+)" class="curve with"', drawing)
    assert data is not None
    x = y = 0.0
    points = []
    for command, rest in re.findall(r"([Mlhv])([^Mlhvz]*)", data.group(1)):
        values = [float(value) for value in rest.split()]
        if command == "M":
            x, y = values
        x += values[0] if command in "lh" else 0.0
        y += values[-1] if command in "lv" else 0.0
        points.append((x, y))
    return points


@given(st.lists(st.tuples(st.floats(0, 480), st.integers(0, 900)), min_size=1, max_size=60))
def test_a_drawn_curve_never_falls_nor_turns_back(raw: list[tuple[float, int]]) -> None:
    times = sorted(hour for hour, _ in raw)
    values = itertools.accumulate(float(value) for _, value in raw)
    points = corners(drawn([Series("a", "with", list(zip(times, values, strict=True)))], []))
    assert all(a[0] <= b[0] + 0.11 and a[1] >= b[1] - 0.11 for a, b in itertools.pairwise(points))


def test_a_chart_says_what_it_is_and_what_it_shows() -> None:
    text = drawn(
        [Series("with", "with", [(24.0, 5.0)]), Series("without", "without", [(72.0, 5.0)])],
        [HourMark(100.0, "bound <b>", "bound"), HourMark(110.0, "this plan", "with")],
    )
    assert 'role="img"' in text
    assert "<title" in text
    assert "<desc" in text
    assert "EXERCISE" in text
    assert "bound &lt;b&gt;" in text
    assert "C+10" in text
    assert "7\N{NO-BREAK SPACE}Mar" in text
    assert "5 people" in text


def test_heads_of_marks_stand_in_rows_of_their_own() -> None:
    marks = [HourMark(hour, "a mark with a long name", "bound") for hour in (200.0, 205.0, 210.0)]
    text = drawn([Series("a", "with", [(24.0, 5.0)])], marks)
    rows = re.findall(r'<text x="[^"]+" y="([^"]+)" class="name bound"', text)
    assert len(set(rows)) == 3


def test_every_curve_is_named_even_where_there_is_no_room_beside_it() -> None:
    same = [(0.0, 5.0)]
    series = [Series(f"curve number {index}", "with", same) for index in range(4)]
    text = drawn(series, [])
    assert [f"curve number {index}" in text for index in range(4)] == [True] * 4


boxes = st.builds(Box, st.floats(0, 300), st.floats(0, 300), st.floats(1, 60), st.floats(1, 30))


@given(
    st.lists(
        st.tuples(st.floats(0, 400), st.floats(0, 400), st.floats(5, 80), st.floats(8, 16), st.floats(2, 9)),
        max_size=40,
    ),
    st.lists(boxes, max_size=10),
)
def test_labels_keep_apart(points: list[tuple[float, float, float, float, float]], taken: list[Box]) -> None:
    bounds = Box(0, 0, 400, 400)
    placed = [seat for seat in place_labels(points, taken, bounds) if seat is not None]
    assert all(seat.within(bounds) for seat in placed)
    assert not any(a.meets(b) for a, b in itertools.combinations(placed, 2))
    assert not any(seat.meets(other) for seat in placed for other in taken)


def test_a_lone_label_sits_to_the_right() -> None:
    assert place_labels([(50, 50, 40, 12, 5)], [], Box(0, 0, 200, 100)) == [Box(55, 44, 40, 12)]


def test_svg_escapes_and_keeps_numbers_short() -> None:
    made = tag("text", "<script>", data_name='"><x')
    assert made == '<text data-name="&#34;&gt;&lt;x">&lt;script&gt;</text>'
    assert [number(value) for value in (1.0, -0.04, 2.25, 1234.56)] == ["1", "0", "2.2", "1234.6"]
    assert path([(0, 0), (10, 0), (10, 5.5), (3, 4)], closed=True) == "M0 0h10v5.5l-7 -1.5z"
