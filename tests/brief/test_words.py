"""One way to write each kind of figure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from standto.brief.figures import Figures, sentence
from standto.brief.words import Clock, amount, count, dtg, listed, percent, span, spoken_span, tonnes


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("hours", "short", "spoken"),
    [
        (0.0, "0 h", "0 hours"),
        (0.4, "0 h", "0 hours"),
        (1.0, "1 h", "1 hour"),
        (23.6, "1 d", "1 day"),
        (24.0, "1 d", "1 day"),
        (30.2, "1 d 6 h", "1 day 6 hours"),
        (2401.0, "100 d 1 h", "100 days 1 hour"),
    ],
)
def test_spans(hours: float, short: str, spoken: str) -> None:
    assert plain(span(hours)) == short
    assert plain(spoken_span(hours)) == spoken


def test_a_bound_is_rounded_down_and_a_loss_has_a_minus() -> None:
    assert plain(span(29.9, down=True)) == "1 d 5 h"
    assert plain(spoken_span(29.9, down=True)) == "1 day 5 hours"
    assert plain(Clock().mark(29.9, down=True)) == "C+1d 05h"
    assert plain(span(-30.0)) == "\N{MINUS SIGN}1 d 6 h"
    assert plain(span(-0.2)) == "0 h"


def test_amounts() -> None:
    assert amount(1234567) == "1,234,567"
    assert amount(-1234.56, 1) == "\N{MINUS SIGN}1,234.6"
    assert amount(-0.01, 1) == "0.0"
    assert [tonnes(mass) for mass in (0.25, 3.0, 9.96, 1234.4)] == ["0.2", "3", "10.0", "1,234"]
    assert [plain(percent(share)) for share in (0.0, 0.001, 0.5, 0.999, 1.0)] == [
        "0 %", "<1 %", "50 %", ">99 %", "100 %",
    ]  # fmt: skip
    assert [plain(count(number, "person", "people")) for number in (1, 1200)] == ["1 person", "1,200 people"]


def test_lists() -> None:
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C", "D", "E"], 3) == "A, B, C and 2 more"


def test_instants() -> None:
    order = datetime(2022, 2, 25, 8, tzinfo=timezone(timedelta(hours=2)))
    assert dtg(order) == "250600ZFEB22"
    clock = Clock.of(order.isoformat())
    assert clock.group(24.0 * 5 + 6) == "021200ZMAR22"
    assert plain(clock.day(-24.0)) == "24 Feb"
    assert plain(clock.mark(-30.0)) == "C\N{MINUS SIGN}1d 06h"
    assert plain(clock.both(6.0)) == "C+0d 06h (251200ZFEB22)"


@pytest.mark.parametrize("epoch", [None, "", "soon", "2022-02-25T06:00:00Z"])
def test_a_clock_without_an_instant_still_counts(epoch: str | None) -> None:
    clock = Clock.of(epoch)
    assert plain(clock.mark(126.0)) == "C+5d 06h"
    assert bool(clock.group(0.0)) == (epoch is not None and epoch.endswith("Z"))
    assert clock.instant(1e9) is None or clock.epoch is None


def test_an_epoch_without_a_zone_is_zulu() -> None:
    assert Clock.of("2022-02-25T06:00:00").epoch == datetime(2022, 2, 25, 6, tzinfo=UTC)


def test_a_figure_has_one_value() -> None:
    figures = Figures()
    figures.add("closure", 1.0, "h", "1 h", "plan.totals.closure_h")
    figures.add("closure", 1.0, "h", "1 hour", "plan.totals.closure_h")
    with pytest.raises(ValueError, match="closure"):
        figures.add("closure", 2.0, "h", "2 h", "plan.totals.closure_h")
    assert figures.as_json()["closure"]["text"] == "1 h"


def test_sentences_keep_figures_and_escape_text() -> None:
    figure = Figures().add("n<1", 2, "", "2", "somewhere")
    assert sentence("{a} & {b}", a=figure, b="<i>") == (
        '<data class="n" data-ref="n&lt;1" value="2">2</data> & &lt;i&gt;'
    )
