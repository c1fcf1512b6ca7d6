"""How the brief writes hours, instants and amounts: one way for each, everywhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
THIN = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def amount(value: float, decimals: int = 0) -> str:
    """A number with thousands separators and a true minus sign: 12,345.6."""
    text = f"{abs(value):,.{decimals}f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text


def tonnes(value: float) -> str:
    """Metric tonnes: whole from 10 up, one decimal below."""
    return amount(value, 0 if value >= 10 or value == round(value) else 1)


def count(number: float, one: str, many: str = "") -> str:
    """A count with its noun: 1 unit, 1,200 units."""
    return f"{amount(number)}{THIN}{one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share in whole per cent; below a half `<1 %`, and `>99 %` where what is left is not nothing."""
    whole = round(share * 100)
    if 0 < share < 0.005:
        return f"<1{THIN}%"
    if 0.995 < share < 1:
        return f">99{THIN}%"
    return f"{whole}{THIN}%"


def whole_hours(hours: float, *, down: bool = False, up: bool = False) -> int:
    """To the nearest hour; or to the full hour before (a bound is never written later than it is), or after.

    What is "at most" is written with the full hour after.
    """
    if up:
        return math.ceil(hours - 1e-6)
    return math.floor(hours + 1e-6) if down else round(hours)


def span(hours: float, *, down: bool = False, up: bool = False) -> str:
    """A stretch of time to the nearest hour: 18 h, 3 d, 3 d 6 h."""
    whole = abs(whole_hours(hours, down=down, up=up))
    days, rest = divmod(whole, 24)
    sign = MINUS if hours < 0 and whole else ""
    if days == 0:
        return f"{sign}{rest}{THIN}h"
    return f"{sign}{days}{THIN}d" + (f"{THIN}{rest}{THIN}h" if rest else "")


def spoken_span(hours: float, *, down: bool = False) -> str:
    """A stretch of time in words: 18 hours, 3 days, 3 days 6 hours."""
    days, rest = divmod(abs(whole_hours(hours, down=down)), 24)
    parts = [count(days, "day")] if days else []
    if rest or not days:
        parts.append(count(rest, "hour"))
    return " ".join(parts)


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names as a sentence has them: A, B and C; the rest as a count."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {amount(len(names) - most)} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def dtg(instant: datetime) -> str:
    """A date-time group in Zulu time: 250600ZFEB22."""
    zulu = instant.astimezone(UTC)
    return f"{zulu:%d%H%M}Z{MONTHS[zulu.month - 1]}{zulu:%y}"


def day_month(instant: datetime) -> str:
    """A day as charts write it: 25 Feb."""
    zulu = instant.astimezone(UTC)
    return f"{zulu.day}{THIN}{MONTHS[zulu.month - 1].title()}"


@dataclass(frozen=True, slots=True)
class Clock:
    """Writes hours after C-hour as days and hours and, where the epoch is known, as instants."""

    epoch: datetime | None = None

    @classmethod
    def of(cls, epoch: str | None) -> Clock:
        """The clock of a problem; one whose epoch is no instant has none."""
        if not epoch:
            return cls()
        try:
            instant = datetime.fromisoformat(epoch)
        except ValueError:
            return cls()
        return cls(instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC))

    def mark(self, hour: float, *, down: bool = False) -> str:
        """Days and hours after C-hour, to the nearest hour (or the full hour before): C+5d 06h."""
        whole = whole_hours(hour, down=down)
        days, rest = divmod(abs(whole), 24)
        sign = MINUS if whole < 0 else "+"
        return f"C{sign}{days}d{THIN}{rest:02d}h"

    def instant(self, hour: float) -> datetime | None:
        """The instant of an hour; None without an epoch or out of the calendar."""
        if self.epoch is None:
            return None
        try:
            return self.epoch + timedelta(minutes=round(hour * 60))
        except OverflowError:
            return None

    def group(self, hour: float) -> str:
        """The date-time group of an hour; empty without an epoch."""
        instant = self.instant(hour)
        return dtg(instant) if instant else ""

    def day(self, hour: float) -> str:
        """The calendar day of an hour, such as 25 Feb; empty without an epoch."""
        instant = self.instant(hour)
        return day_month(instant) if instant else ""

    def both(self, hour: float) -> str:
        """Days and hours after C-hour with the date-time group where there is one."""
        group = self.group(hour)
        return f"{self.mark(hour)} ({group})" if group else self.mark(hour)
