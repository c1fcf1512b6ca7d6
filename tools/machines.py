"""Draw the tables of what may follow what into docs/concepts/decide.md, between their marks.

PYTHONPATH=src python tools/machines.py
"""

from __future__ import annotations

from pathlib import Path

from standto.decide.drawing import redrawn

PAGE = Path(__file__).parents[1] / "docs" / "concepts" / "decide.md"


def main() -> None:
    """Draw them anew."""
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"drew {PAGE}")


if __name__ == "__main__":
    main()
