"""Wall-clock times of a named zone, such as `2022-03-27T01:30[Europe/Berlin]`, as instants.

On the night when clocks change a wall-clock time can come twice or not at all; then an offset must be given.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from standto.errors import UsageError

LOCAL = re.compile(r"(?P<time>[^\[\]]+)\[(?P<zone>[A-Za-z0-9_+\-/]{1,60})\]")


def read_local(text: str) -> datetime | None:
    """The instant of a wall-clock time with a zone in brackets (RFC 9557); None where it is not so written.

    Raises
    ------
    UsageError
        If the zone is unknown, or the time comes twice or not at all there, or has another offset there.
    """
    found = LOCAL.fullmatch(text.strip())
    if found is None:
        return None
    try:
        zone = ZoneInfo(found["zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f"there is no time zone {found['zone']!r}", fix="write one like Europe/Berlin"
        ) from None
    try:
        time = datetime.fromisoformat(found["time"].strip())
    except ValueError:
        raise UsageError(
            f"{found['time']!r} is no time", fix="write 2022-03-27T01:30[Europe/Berlin]"
        ) from None
    offset = time.utcoffset()
    wall = time.replace(tzinfo=None)
    try:
        both = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    except OverflowError:
        raise UsageError(f"{text!r} is beyond the calendar", fix="write the time in UTC, with Z") from None
    real = [at for at in dict.fromkeys(both) if at.astimezone(zone).replace(tzinfo=None, fold=0) == wall]
    if not real:
        raise UsageError(
            f"{found['time']} does not exist in {found['zone']}: the clocks are put forward over it",
            fix="write the time in UTC, with Z",
        )
    if offset is not None:
        real = [at for at in real if at.astimezone(zone).utcoffset() == offset]
        if not real:
            raise UsageError(
                f"{found['zone']} does not have the offset of {found['time']} then",
                fix="leave out the offset or the zone",
            )
    if len(real) > 1:
        hints = " or ".join(at.astimezone(zone).isoformat(timespec="minutes") for at in real)
        raise UsageError(
            f"{found['time']} comes twice in {found['zone']}: the clocks are put back over it",
            fix=f"write {hints}",
        )
    return real[0]
