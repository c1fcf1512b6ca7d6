"""How the command line writes hours."""

from __future__ import annotations


def hours(value: float) -> str:
    """Hours after C-hour for reading: hours, and days where there are at least two."""
    return f"{value:,.1f} h" + (f" (day {value / 24:.1f})" if abs(value) >= 48 else "")
