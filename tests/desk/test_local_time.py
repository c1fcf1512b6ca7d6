"""Wall-clock times: on the nights when clocks change, what comes twice or not at all is asked back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from standto.desk.inputs import read_instant
from standto.errors import UsageError


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-03-27T01:59[Europe/Berlin]", datetime(2022, 3, 27, 0, 59, tzinfo=UTC)),
        ("2022-03-27T03:00[Europe/Berlin]", datetime(2022, 3, 27, 1, 0, tzinfo=UTC)),
        ("2022-10-30T02:30+02:00[Europe/Berlin]", datetime(2022, 10, 30, 0, 30, tzinfo=UTC)),
        ("2022-10-30T02:30+01:00[Europe/Berlin]", datetime(2022, 10, 30, 1, 30, tzinfo=UTC)),
        ("2022-01-24T12:00[America/New_York]", datetime(2022, 1, 24, 17, 0, tzinfo=UTC)),
        ("2022-03-27T01:30+01:00", datetime(2022, 3, 27, 0, 30, tzinfo=UTC)),
        ("270130ZMAR22", datetime(2022, 3, 27, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_an_instant(text: str, instant: datetime) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-03-27T02:30[Europe/Berlin]", "does not exist in Europe/Berlin"),
        (
            "2022-10-30T02:30[Europe/Berlin]",
            r"comes twice.*2022-10-30T02:30\+02:00 or 2022-10-30T02:30\+01:00",
        ),
        ("2022-10-30T02:30+03:00[Europe/Berlin]", "does not have the offset"),
        ("2022-10-30T02:30[Europe/Nowhere]", "no time zone 'Europe/Nowhere'"),
        ("2022-10-30T02:30[../etc/passwd]", "is no time"),
        ("yesterday[Europe/Berlin]", "'yesterday' is no time"),
        ("2022-10-30T02:30", "has no time zone"),
        ("9999-12-31T23:00-05:00", "beyond the calendar"),
        ("0001-01-01T00:00+05:00", "beyond the calendar"),
        ("9999-12-31T23:00[America/New_York]", "beyond the calendar"),
    ],
)
def test_a_local_time_that_says_too_little_is_asked_back(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_instant(text)
