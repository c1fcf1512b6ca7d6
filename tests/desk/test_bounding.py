"""The bound in words: each sentence says what the proof holds, and nothing that it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.generate import generate
from standto.desk.bounding import say_bound
from standto.move.bound import Bottleneck, Bound, prove_bound
from standto.move.files import write_problem
from tests.desk.conftest import Run

ONE = Bottleneck("fleet", "lift", "", 8.0, 25.2, "With one more vehicle of lift, it comes 8.0 h earlier.")
BOUND = Bound(60.0, 12.0, {}, (), "critical path", 0.25, (ONE,), "What binds is vehicle hours of lift (80%).")


def test_the_answer_its_reason_and_one_more_in_that_order() -> None:
    said = say_bound(generate("one slot", 1), BOUND)
    assert said[0].startswith(
        "No plan closes before 60.0 h (day 2.5), and none has less than 12.0 weighted hours"
    )
    assert said[1] == f"Why: {BOUND.reason}"
    assert said[3].strip() == ONE.sentence
    assert said[-1] == "Proven in 0.2 s: each requirement alone, as if all lift were its own."


def test_nothing_is_said_to_be_late_that_is_not_proven_late() -> None:
    problem = generate("one slot", 1)
    said = say_bound(problem, replace(BOUND, weighted_lateness=0.0))
    assert "that anything must be late is not proven" in said[0]
    assert not any("in every plan" in sentence for sentence in said)


def test_who_is_late_whatever_else_moves_is_named_with_hours() -> None:
    problem = generate("one slot", 1)
    one = problem.requirements[3]
    said = " ".join(say_bound(problem, replace(BOUND, earliest_h={one.id: one.due_h + 5.0})))
    assert f"1 of {len(problem.requirements)} requirements closes late in every plan" in said
    assert f"{one.id}, by at least 5.0 h" in said


def test_what_is_left_out_is_counted() -> None:
    said = say_bound(generate("one slot", 1), replace(BOUND, left_out=tuple(f"R{n}" for n in range(7))))
    assert (
        "It leaves out 7 requirements that no plan can deliver in full: R0, R1, R2, R3, R4, ..." in said[-2]
    )


def test_what_one_more_would_do_is_not_denied_where_there_was_no_time_to_ask() -> None:
    problem, alone = generate("one slot", 1), replace(BOUND, bottlenecks=())
    assert any("was found that moves the bound" in sentence for sentence in say_bound(problem, alone))
    for short in (
        say_bound(problem, alone, seconds=0.25),
        say_bound(problem, replace(alone, method="critical path, stopped by the time given")),
    ):
        assert any(sentence.startswith("No time was left") for sentence in short)
        assert not any("was found that moves the bound" in sentence for sentence in short)


def test_nothing_deliverable_has_no_hour() -> None:
    said = say_bound(generate("one slot", 1), replace(BOUND, closure_h=None, bottlenecks=()))
    assert said[0] == "No plan can deliver anything in full."


def test_text_and_json_say_the_same(run: Run, tmp_path: Path) -> None:
    write_problem(tmp_path / "p.json", generate("one slot", 1))
    printed = run("bound", tmp_path / "p.json").out.splitlines()
    told = run("bound", tmp_path / "p.json", "--json").data["sentences"]
    assert printed[:-1] == told[:-1]
    assert printed[0].startswith("No plan closes before")


def test_ctrl_c_while_the_bound_is_proven_leaves_what_is_proven_at_once(
    run: Run, tmp_path: Path, interrupt_after: Callable[[float], None]
) -> None:
    problem = generate("M", 1)
    write_problem(tmp_path / "p.json", problem)
    interrupt_after(0.4)
    proven = run("bound", tmp_path / "p.json", "--json").data["bound"]
    assert proven["closure_h"] == prove_bound(problem, seconds=0.0).closure_h
    assert proven["bottlenecks"] == []
