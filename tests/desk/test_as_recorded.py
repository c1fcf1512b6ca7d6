"""A scenario whose alerts and decisions come from a record: the force as it stood at any instant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from standto.alert.commands import RaiseAlert
from standto.alert.force import addressed
from standto.decide.body import Body, Package, Rule
from standto.decide.commands import (
    CloseConsultation,
    FoundBody,
    GiveOrder,
    OpenConsultation,
    ProposeDecision,
    WithdrawDecision,
)
from standto.decide.permit import Permit, Proposal
from standto.desk.as_recorded import AsRecorded
from standto.desk.record import Record
from standto.force.files import read_scenario
from standto.force.scenario import Scenario
from tests.desk.conftest import Run

FIRST = datetime(2030, 5, 1, 6, tzinfo=UTC)
ALERTED = datetime(2030, 5, 2, 6, tzinfo=UTC)
DECIDED = datetime(2030, 5, 6, 6, tzinfo=UTC)
ORDERED = datetime(2030, 5, 6, 12, tzinfo=UTC)
WITHDRAWN = datetime(2030, 5, 8, 6, tzinfo=UTC)
CHAIR = "Chair of the council"
COUNCIL = Body(
    id="council",
    name="The council",
    chair=CHAIR,
    rule=Rule(how="single"),
    packages=(Package(id="lead", units=("alpha", "bravo")), Package(id="med", units=("hospital",))),
)
GOES = Proposal(
    text="The lead package and the hospital go.",
    permits=(
        Permit(act="movement", units=("lead", "hospital"), places=("rzeszow",)),
        Permit(act="readiness", units=("lead", "hospital"), postures=("heightened",)),
    ),
)


class Clock:
    now = FIRST

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The scenario that `standto new` writes, without its alerts and decisions."""
    drill: Path = request.getfixturevalue("drill")
    folder = tmp_path_factory.mktemp("force") / "drill"
    shutil.copytree(drill, folder)
    for table in ("alerts", "decisions"):
        (folder / f"{table}.csv").unlink()
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, drill: Path) -> str:
    """A record: an alert on 2 May, a decision on 6 May, an order to one unit, and its end on 8 May."""
    file = str(tmp_path_factory.mktemp("record") / "drill.sqlite")
    scenario = read_scenario(drill)
    clock = Clock()
    with Record.create(file, name="Drill", nature="exercise", by="Exercise control", clock=clock) as record:

        def do(make: Callable[..., Any], **fields: Any) -> None:
            number = record.store.head().position
            record.execute(make(**{"id": f"c{number}", "by": CHAIR, **fields}))

        do(FoundBody, body=COUNCIL)
        do(OpenConsultation, decision="D0", body="council", subject="Get ready")
        do(ProposeDecision, decision="D0", proposal=Proposal(text="Get ready.", permits=GOES.permits[1:]))
        do(CloseConsultation, decision="D0")
        clock.now = ALERTED
        do(
            RaiseAlert,
            alert="A1",
            addressees=addressed(scenario, ("lead", "hospital")),
            posture="heightened",
            level=1,
            authority=CHAIR,
            decision="D0",
            ceiling=400,
        )
        clock.now = DECIDED
        do(OpenConsultation, decision="D1", body="council", subject="Reinforce")
        do(ProposeDecision, decision="D1", proposal=GOES)
        do(CloseConsultation, decision="D1")
        clock.now = ORDERED
        order = {"unit": "alpha", "people": 150, "destination": "rzeszow", "from_at": ORDERED}
        do(GiveOrder, order="M1", decision="D1", **order)
        clock.now = WITHDRAWN
        do(WithdrawDecision, decision="D1", why="The council met again")
    return file


def at(place: str, when: datetime, force: Path, *, effective: bool = False) -> tuple[Scenario, AsRecorded]:
    recorded = AsRecorded.read(place, when, effective=effective)
    return read_scenario(force, change=recorded.change(force)), recorded


HOUR = timedelta(hours=1)


def test_before_the_alert_nobody_is_alerted_and_the_decision_counts_as_taken_at_c_hour(
    place: str, force: Path
) -> None:
    scenario, recorded = at(place, ALERTED - HOUR, force)
    assert scenario.alerts == ()
    assert [(row.id, row.at) for row in scenario.decisions] == [("D1", None)]
    assert recorded.notes == [
        "decision D1 is not in the record: alpha, bravo, hospital count as ordered at C-hour"
    ]


def test_after_the_alert_the_scenario_has_it_as_if_it_stood_in_its_own_table(
    place: str, force: Path, drill: Path
) -> None:
    scenario, _ = at(place, ALERTED + HOUR, force)
    own = read_scenario(drill)
    ((alert,), (wanted,)) = (scenario.alerts, own.alerts)
    assert (alert.id, alert.at, alert.posture, alert.ceiling) == (
        wanted.id,
        wanted.at,
        wanted.posture,
        wanted.ceiling,
    )
    assert set(alert.units) == {"alpha", "bravo", "hospital"}


def test_after_the_decision_it_orders_from_its_adoption_and_a_unit_from_its_own_order(
    place: str, force: Path
) -> None:
    scenario, recorded = at(place, ORDERED + HOUR, force)
    assert {row.id: (row.at, row.units) for row in scenario.decisions} == {
        "D1": (DECIDED, ("alpha", "bravo", "hospital")),
        "M1": (ORDERED, ("alpha",)),
    }
    assert {row.unit: row.decision for row in scenario.requirements} == {
        "alpha": "M1",
        "bravo": "D1",
        "hospital": "D1",
    }
    assert recorded.notes == []


def test_a_decision_that_was_withdrawn_orders_nothing_more(place: str, force: Path) -> None:
    scenario, recorded = at(place, WITHDRAWN + HOUR, force)
    assert [(row.id, row.at) for row in scenario.decisions] == [("D1", None)]
    assert "D1 is withdrawn in the record" in recorded.notes[0]


def test_a_scenario_with_alerts_or_decisions_of_its_own_is_refused_naming_both(
    run: Run, place: str, drill: Path, force: Path, tmp_path: Path
) -> None:
    for command in (("check",), ("bound",), ("plan", "-o", tmp_path / "p.json")):
        ran = run(command[0], drill, *command[1:], "--record", place)
        assert ran.code == 2
        assert f"{drill} has alerts and decisions of its own, and so has the record {place}" in ran.err
    both = tmp_path / "both"
    shutil.copytree(force, both)
    shutil.copy(drill / "alerts.csv", both)
    assert "has alerts of its own" in run("check", both, "--record", place).err


def test_an_exercise_is_never_mixed_with_what_is_real(run: Run, force: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.sqlite"
    named = ("--name", "Winter", "--nature", "real", "--by", "Duty officer")
    assert "REAL Winter REAL" in run("record", "init", *named, "--record", real).out
    ran = run("check", force, "--record", real)
    assert ran.code == 2
    assert f"{force} is exercise and the record {real} is real" in ran.err


def test_commands_plan_with_the_record_and_say_so(
    run: Run, place: str, force: Path, drill: Path, tmp_path: Path
) -> None:
    problem, own = tmp_path / "p.json", tmp_path / "own.json"
    when = ("--record", place, "--as-of", "2030-05-02T12:00Z")
    ran = run("problem", force, "-o", problem, *when)
    assert ran.code == 0
    assert ran.out.startswith(
        "EXERCISE Drill EXERCISE: as it was known at 2030-05-02T12:00Z, up to entry 6\n"
    )
    assert "decision D1 is not in the record" in ran.out
    assert run("problem", drill, "-o", own).code == 0
    earlier = run("bound", force, "--record", place, "--as-of", "2030-05-01T12:00Z", "--json").data
    later = run("bound", force, *when, "--json").data
    assert later["recorded"]["basis"].startswith("EXERCISE Drill EXERCISE")
    assert later["bound"]["closure_h"] < earlier["bound"]["closure_h"]
    assert later["bound"]["closure_h"] == run("bound", drill, "--json").data["bound"]["closure_h"]


def test_a_brief_of_a_record_names_it(run: Run, place: str, force: Path, tmp_path: Path) -> None:
    ran = run(
        "brief", force, "-o", tmp_path / "b", "--rounds", 5, "--record", place, "--as-of", "2030-05-06T13:00Z"
    )
    assert ran.code in {0, 1}, ran.err
    page = (tmp_path / "b" / "brief.html").read_text(encoding="utf-8")
    assert "EXERCISE Drill EXERCISE: as it was known at 2030-05-06T13:00Z" in page


def test_an_instant_without_a_record_and_a_record_without_a_scenario_are_asked_back(
    run: Run, place: str, force: Path, drill: Path, tmp_path: Path
) -> None:
    assert "--as-of and --effective go with --record" in run("check", force, "--as-of", "2030-05-01").err
    problem = tmp_path / "p.json"
    run("problem", drill, "-o", problem)
    for command in ("check", "bound"):
        assert "--record needs a scenario" in run(command, problem, "--record", place).err
    early = run("check", force, "--record", place, "--as-of", "2020-01-01")
    assert "was not open at 2020-01-01T00:00Z" in early.err
