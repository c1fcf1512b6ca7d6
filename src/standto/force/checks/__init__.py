"""Named consistency checks of a scenario: what fits together, what does not, and what to do about it.

A check is a function declared with `check`; its name stands in every fault it finds, its docstring in the
reference. `CHECKS` lists all, in the order they run.
"""

from standto.force.checks import flow, lift, notice, orders, pledges, references
from standto.force.checks.subject import Check, Finding, Severity, Subject, check

CHECKS: tuple[Check, ...] = (
    references.unknown_place,
    references.place_not_found,
    references.unknown_nation,
    references.unknown_unit,
    references.unknown_decision,
    references.unknown_posture,
    references.unknown_variant_alert,
    references.unknown_transit_state,
    references.unknown_passage,
    references.unknown_source,
    references.unused_type,
    pledges.double_pledge,
    pledges.unit_in_two_packages,
    pledges.commitment_backwards,
    pledges.commitment_over,
    pledges.certificate_expired,
    notice.notice_length,
    notice.notice_rises,
    notice.duplicate_task,
    notice.unknown_predecessor,
    notice.task_cycle,
    notice.notice_against_tasks,
    orders.ceiling_exceeded,
    orders.alert_after_order,
    orders.decision_missing,
    orders.decision_does_not_cover,
    orders.due_after_hard,
    orders.due_before_order,
    lift.fleet_base_no_slots,
    lift.fleet_carries_nothing,
    lift.cargo_no_fleet_can_carry,
    lift.indivisible_too_big,
    lift.requirement_no_way,
    lift.moves_nothing,
    flow.airfield_throughput,
    flow.airlift_capability,
    flow.rail_throughput,
    flow.rolling_stock_short,
    flow.march_pass_time,
)

__all__ = ["CHECKS", "Check", "Finding", "Severity", "Subject", "check"]
