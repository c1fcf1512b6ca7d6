"""`standto decide` and `standto order` end to end: a drill, its refusals, and what every screen says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk.conftest import Ran, Run

CHAIR = ("--by", "Secretary General")


class Drill:
    """Commands on one record."""

    def __init__(self, run: Run, place: Path) -> None:
        self.run, self.place = run, place

    def __call__(self, *words: object, code: int = 0) -> Ran:
        ran = self.run(*words, "--record", self.place)
        assert ran.code == code, ran.out + ran.err
        return ran

    def adopt(self, *permits: str, decision: str = "D1", **more: str) -> None:
        self("decide", "open", decision, "--body", "COUNCIL", "--subject", "it", "--seat", "ALFA", *CHAIR)
        options = [word for permit in permits for word in ("--permit", permit)]
        options += [word for name, value in more.items() for word in (f"--{name.replace('_', '-')}", value)]
        self("decide", "propose", decision, "--text", "go", *options, *CHAIR)
        self("decide", "vote", decision, "yes", "--member", "ALFA", *CHAIR)
        self("decide", "close", decision, *CHAIR)


@pytest.fixture
def drill(run: Run, tmp_path: Path) -> Drill:
    made = Drill(run, tmp_path / "cpx.db")
    made("record", "init", "--name", "CPX", *CHAIR)
    made(
        *("decide", "body", "COUNCIL", "--name", "Council", "--rule", "consensus", "--member", "ALFA"),
        *("--package", "FORCE=A-1,B-1", "--emergency", "Commander", "--chair", "Secretary General", *CHAIR),
    )
    return made


def move(drill: Drill, *words: object, code: int = 0, order: str = "O1") -> Ran:
    usual = ("--unit", "A-1", "--people", "100", "--to", "port", "--on", "2022-03-01", "--by", "Commander")
    return drill("order", "move", order, *usual, *words, code=code)


def test_an_order_without_a_decision_is_refused_with_the_part_and_the_nature(drill: Drill) -> None:
    refused = move(drill, code=1)
    assert refused.err.startswith(
        "standto: EXERCISE: A-1 may not be ordered to port: Council decided nothing"
    )
    error = move(drill, "--json", code=1).data["error"]
    assert error["code"] == "not-covered"
    assert "override" in error["fix"]
    assert drill("order", "show").out.splitlines() == ["EXERCISE CPX EXERCISE", "nobody is ordered to move"]


def test_an_order_under_a_decision_moves_and_is_followed(drill: Drill) -> None:
    drill.adopt("movement FORCE places=port people=100 from=2022-01-01 until=2199-01-01")
    move(drill, "--id", "one")
    again = move(drill, "--id", "one", "--json").data
    assert again["repeated"]
    assert move(drill, "--id", "one", "--to", "port", "--people", "99", code=2).err
    drill("order", "report", "O1", "departed", "--people", 60, "--by", "Clerk")
    drill("order", "report", "O1", "delayed", "--hours", 2, "--why", "fog", "--by", "Clerk")
    shown = drill("order", "show", "O1", "--json").data["orders"][0]
    assert [report["kind"] for report in shown["reports"]] == ["movement.departed", "movement.delayed"]
    assert (shown["status"], shown["departed"], shown["lost_h"], shown["on_the_way"]) == (
        "moving",
        60,
        2,
        True,
    )
    withdrawn = drill("decide", "withdraw", "D1", "--why", "talks", *CHAIR)
    assert "nothing more may be ordered under it; moving already: O1" in withdrawn.out
    assert move(drill, order="O2", code=1).err.count("D1 was withdrawn") == 1
    drill("order", "cancel", "O1", "--why", "x", "--by", "Clerk", code=1)


def test_an_override_stands_over_every_screen(drill: Drill) -> None:
    override = ("--override-by", "Commander", "--review", "2199-01-01")
    assert "lacks a reason" in move(drill, *override, code=1).err
    move(drill, *override, "--why", "danger")
    for words in (
        ("decide", "show"),
        ("order", "show"),
        ("record", "show"),
        ("alert", "status"),
        ("record", "as-of", "2199-01-02"),
    ):
        assert drill(*words).out.startswith("EXERCISE CPX EXERCISE")
        assert "EMERGENCY OVERRIDE: order O1 by authority of Commander: danger" in drill(*words).out
    assert "REVIEW OVERDUE" in drill("record", "as-of", "2199-01-02").out
    drill("order", "review", "O1", "ended", "--why", "over", "--by", "Council")
    assert drill("order", "show", "--json").data["orders"][0]["status"] == "stopped"


def test_silence_is_set_broken_and_put_again(drill: Drill) -> None:
    drill("decide", "open", "D1", "--body", "COUNCIL", "--subject", "it", "--seat", "ALFA=Envoy", *CHAIR)
    drill("decide", "propose", "D1", "--text", "go", "--permit", "movement *", *CHAIR)
    drill("decide", "silence", "D1", "--until", "2199-01-01", *CHAIR)
    drill("decide", "extend", "D1", "--until", "2199-01-02", *CHAIR)
    drill("decide", "reserve", "D1", "--member", "ALFA", "--text", "no", "--unit", "B-1", "--by", "Envoy")
    drill("decide", "object", "D1", "--member", "ALFA", "--text", "no", "--by", "Clerk", code=1)
    broken = drill(
        "decide", "object", "D1", "--member", "ALFA", "--text", "no", "--by", "Envoy", "--json"
    ).data
    assert broken["entries"][0]["body"]["told"] == ["Envoy", "Secretary General"]
    assert drill("decide", "show", "D1", "--json").data["decisions"][0]["status_now"] == "broken"
    drill("decide", "close", "D1", "--outcome", "no agreement", *CHAIR)


def test_national_approval_and_caveat(drill: Drill) -> None:
    drill.adopt("movement FORCE", approval="BRAVO units=A-1 by=parliament lead=48")
    assert "BRAVO (parliament) is awaited, expected by" in move(drill, code=1).err
    approve = ("decide", "approve", "D1", "--nation", "BRAVO", "--unit", "A-1", "--by", "Parliament")
    drill(*approve, "--caveat", "few", "--people", 50)
    assert "at most 50 people" in move(drill, code=1).err
    drill(*approve, "--refuse", "--why", "no")
    assert "was refused: no" in move(drill, code=1).err


def test_a_real_record_says_real_in_answers_and_refusals(run: Run, tmp_path: Path) -> None:
    real = Drill(run, tmp_path / "real.db")
    real("record", "init", "--name", "Watch", "--nature", "real", *CHAIR)
    assert real("decide", "show").out.splitlines()[0] == "REAL Watch REAL"
    assert real("order", "cancel", "O1", "--why", "x", *CHAIR, code=1).err.startswith("standto: REAL: ")
    assert real("order", "show", "--json").data["nature"] == "real"


def test_asking_what_an_order_may(drill: Drill) -> None:
    ask = ("order", "may", "--unit", "A-1", "--to", "port")
    refused: Any = drill(*ask, "--json", code=1).data
    assert (refused["allowed"], refused["part"]) == (False, "decision")
    drill.adopt("movement FORCE")
    assert drill(*ask, "--json").data["decision"] == "D1"


@pytest.mark.parametrize(
    ("permit", "words"),
    [
        ("movement", "is not understood"),
        ("dance FORCE", "not for 'dance'"),
        ("movement FORCE people=many", "'many' is no whole number"),
        ("movement FORCE when=now", "'when=now'"),
        ("movement FORCE from=2022-02-02 until=2022-01-01", "should end after it begins"),
        ("movement FORCE people=-1", "0 or more people"),
    ],
)
def test_a_permit_that_is_not_understood_says_what_is(drill: Drill, permit: str, words: str) -> None:
    drill("decide", "open", "D1", "--body", "COUNCIL", "--subject", "it", *CHAIR)
    ran = drill("decide", "propose", "D1", "--text", "go", "--permit", permit, *CHAIR, code=2)
    assert words in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("decide", "body", "a\nb\x1b[31m", "--name", "n", "--rule", "none"),
        ("decide", "body", "x" * 1000, "--name", "n", "--rule", "none"),
        ("decide", "body", "B", "--name", "", "--rule", "none"),
        ("decide", "body", "B", "--name", "n", "--rule", "majority", "--quorum", "nan"),
        ("decide", "body", "B", "--name", "n", "--rule", "none", "--member", ""),
        ("decide", "body", "B", "--name", "n", "--rule", "none", "--member", "A:-5"),
        ("decide", "body", "B", "--name", "n", "--rule", "none", "--member", "A:99999999999999999999999"),
        ("decide", "body", "B", "--name", "n", "--rule", "none", "--package", "="),
        ("decide", "open", "a/b", "--body", "COUNCIL", "--subject", "it"),
        ("decide", "open", "D1", "--body", "nix", "--subject", "it"),
        ("decide", "silence", "D1", "--until", "yesterday"),
        ("order", "move", "O1", "--unit", "A 1", "--people", "1", "--to", "p", "--on", "2022-01-01"),
        ("order", "cancel", "nix", "--why", "x"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(drill: Drill, words: tuple[str, ...]) -> None:
    ran = drill.run(*words, "--by", "Clerk", "--record", drill.place)
    assert ran.code in (1, 2)
    assert ran.err.startswith("standto: ")
    assert len(ran.err) < 400
    shown = drill("record", "show", "--json").data
    assert shown["entries"] == 2


@pytest.mark.parametrize("lead", ["nan", "-1", "inf", "1e300", "soon"])
def test_a_lead_time_that_is_none_is_refused(drill: Drill, lead: str) -> None:
    drill("decide", "open", "D1", "--body", "COUNCIL", "--subject", "it", *CHAIR)
    approval = ("--approval", f"BRAVO units=A-1 lead={lead}")
    drill("decide", "propose", "D1", "--text", "go", *approval, *CHAIR, code=2)


def test_a_forecast_needs_the_scenario_of_the_record(drill: Drill, run: Run, tmp_path: Path) -> None:
    run("new", "small", "--into", tmp_path)
    plan = tmp_path / "plan.json"
    run("plan", tmp_path / "small", "-o", plan, "--rounds", 0)
    ran = drill("order", "forecast", tmp_path / "small", plan)
    assert "everything closes as planned" in ran.out
    settings = tmp_path / "small" / "scenario.toml"
    settings.write_text(settings.read_text().replace('kind = "exercise"', 'kind = "real"'))
    refused = drill("order", "forecast", tmp_path / "small", plan, code=2)
    assert "the record is exercise, the scenario real" in refused.err
