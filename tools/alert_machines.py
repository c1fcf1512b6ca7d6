"""Draw the tables of the alert room into docs/concepts/alert.md, between their marks; a test compares."""

from __future__ import annotations

from pathlib import Path

from standto.alert.drawing import redrawn

PAGE = Path(__file__).parents[1] / "docs" / "concepts" / "alert.md"


def main() -> None:
    """Draw them anew."""
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
