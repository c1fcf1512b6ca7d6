"""The page that sets plans beside what happened in 2022 is the one that the command makes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tools.validation import MOVEMENTS, PAGE, Span, compare, observed_movements, page, verdict

from standto.force.files import read_scenario

NOON = datetime(2022, 2, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_one_row_planned_again_is_the_row_on_the_page() -> None:
    scenario = read_scenario(MOVEMENTS)
    again = page([compare(scenario, "M11")], scenario)
    [row] = [line for line in again.splitlines() if line.startswith("| M11")]
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_every_movement_that_is_planned_was_observed_and_stands_on_the_page() -> None:
    planned = {row.id for row in read_scenario(MOVEMENTS).requirements}
    rows = [line.split(" | ")[0].lstrip("| ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    assert planned == set(observed_movements()) == planned.intersection(rows)


def test_every_arrival_outside_both_plans_has_its_reason_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| M"):
            outside = {"first": cells[7], "last": cells[10]}
            assert set(outside.values()) <= {"between", "earlier", "later"}
            said = [f"{what} arrival {found}" for what, found in outside.items() if found != "between"]
            reason = observed_movements()[cells[0]].reason
            line_of_reason = f"- **{cells[0]}: {' and '.join(said)} than both plans.** {reason}"
            assert not said or (reason and line_of_reason in text)


@pytest.mark.parametrize(
    ("days", "answer"),
    [((-3.0, -2.0), "earlier"), ((-3.0, 0.0), "between"), ((1.0, 2.0), "between"), ((5.0, 6.0), "later")],
)
def test_the_verdict_allows_for_the_unknown_hour_of_the_order(days: tuple[float, float], answer: str) -> None:
    planned = Span(NOON, NOON + 4 * DAY)
    assert verdict(planned, Span(NOON + days[0] * DAY, NOON + days[1] * DAY)) == answer


def test_the_lift_is_the_lift_of_the_example() -> None:
    example = read_scenario(MOVEMENTS.with_name("eastern-flank-2022"))
    theirs = {fleet.id: fleet for fleet in example.fleets}
    for fleet in read_scenario(MOVEMENTS).fleets:
        same = theirs[fleet.id]
        assert set(fleet.bases.items()) <= set(same.bases.items())
        assert fleet.model_copy(update={"bases": same.bases}) == same
