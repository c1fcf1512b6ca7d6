"""`standto alert` and `standto readiness`: every command, its id, its refusals, its EXERCISE."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from standto.desk import alert_run
from standto.desk.clock import SteadyClock
from standto.force.new import new_scenario
from tests.alert.mail import MailSink, mail_sink, plain_text
from tests.desk.conftest import Ran, Run


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new scenario without alerts and decisions of its own."""
    folder = tmp_path_factory.mktemp("force") / "drill"
    new_scenario(folder, "drill")
    for table in ("alerts", "decisions"):
        (folder / f"{table}.csv").unlink()
    return folder


@pytest.fixture(scope="module")
def sink() -> Iterator[MailSink]:
    with mail_sink() as server:
        yield server


EXAMPLES = Path(__file__).parents[2] / "examples"


class Desk:
    """Commands against one record, by one office."""

    def __init__(self, run: Run, record: Path) -> None:
        self.run, self.record = run, record

    def __call__(self, *words: object, by: str = "watch") -> Ran:
        office = ("--by", by) if by else ()
        ran = self.run(*words, *office, "--record", self.record)
        assert ran.code or "EXERCISE" in ran.out
        return ran


@pytest.fixture
def desk(run: Run, force: Path, tmp_path: Path) -> Desk:
    desk = Desk(run, tmp_path / "record.db")
    assert desk("record", "init", "--name", "Drill", "--scenario", force).code == 0
    return desk


def units(force: Path) -> list[str]:
    lines = (force / "units.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split(",")[0] for line in lines]


def test_an_order_is_given_answered_and_stood_down(desk: Desk, force: Path) -> None:
    first, second, *_ = units(force)
    ran = desk("alert", "raise", "A1", "--units", f"{first},{second}", "--posture", "heightened", "--json")
    order = ran.data["order"]
    assert (order["status"], order["version"], len(order["told"])) == ("standing", 1, 2)
    assert desk("alert", "ack", "A1", first).code == 0
    again = desk("alert", "ack", "A1", first)
    assert again.code == 1
    assert "is acknowledged" in again.err
    assert desk("alert", "answer", "A1", first, "caveat", "--says", "home waters").code == 0
    assert desk("alert", "answer", "A1", second, "awaiting", "--until", "2999-01-01").code == 0
    shown = desk("alert", "status", "A1", by="")
    assert f"{first}: caveated, heightened (version 1): home waters" in shown.out
    assert f"{second}: awaiting, heightened (version 1), until 2999-01-01 00:00Z" in shown.out
    assert desk("alert", "extend", "A1", "--units", first).code == 1
    assert desk("alert", "raise", "A1", "--units", first, "--posture", "immediate").code == 0
    assert desk("alert", "lower", "A1", "--units", first, "--posture", "heightened").code == 0
    words = ("alert", "supersede", "A1", "A2", "--units", second, "--posture", "immediate")
    assert desk(*words).code == 0
    assert desk("alert", "stand-down", "A2").code == 0
    ended = desk("alert", "status", "--json", by="").data
    assert {order["alert"]: order["status"] for order in ended["orders"]} == {
        "A1": "superseded",
        "A2": "stood down",
    }
    assert ended["people"] == 0


def test_a_command_given_twice_by_id_is_carried_out_once(desk: Desk, force: Path) -> None:
    words = ("alert", "raise", "A1", "--units", units(force)[0], "--posture", "heightened", "--id", "c-1")
    first, second = desk(*words, "--json").data, desk(*words, "--json").data
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert second["entries"] == first["entries"]
    other = desk(*words, "--ceiling", "9000")
    assert other.code == 2
    assert "with other content" in other.err


def test_a_ceiling_refuses_and_says_why(desk: Desk, force: Path) -> None:
    ran = desk(
        "alert", "raise", "A1", "--units", units(force)[0], "--posture", "heightened", "--ceiling", "1"
    )
    assert ran.code == 1
    assert "its ceiling is 1" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("alert", "status", "A9"), 2, "there is no alert order A9"),
        (("alert", "ack", "A9", "X", "--by", "w"), 1, "there is no alert order A9"),
        (("alert", "raise", "A1", "--units", "X", "--posture", "heightened", "--by", "w"), 2, "no unit or"),
        (("alert", "answer", "A1", "X", "maybe", "--by", "w"), 2, "maybe"),
        (("readiness", "report", "X", "--hours", "5", "--by", "w"), 2, "no unit 'X'"),
        (("readiness", "--units", "X"), 2, "no unit 'X'"),
    ],
)
def test_bad_use_is_refused_in_a_sentence(desk: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    ran = desk(*words, by="")
    assert ran.code == code
    assert said in ran.err


def test_readiness_is_computed_and_reported_apart(desk: Desk, force: Path) -> None:
    unit = units(force)[0]
    desk("alert", "raise", "A1", "--units", unit, "--posture", "heightened")
    before = desk("readiness", "--json", by="").data["units"]
    assert len(before) == len(units(force))
    assert desk("readiness", "report", unit, "--hours", "999", "--says", "waiting for stores").code == 0
    shown = desk("readiness", "--units", unit, by="")
    assert f"late: {unit} reports" in shown.out
    (found,) = desk("readiness", "--units", unit, "--json", by="").data["units"]
    assert found["reported"]["left_h"] == 999
    assert found["reported"]["age_h"] < 1
    computed = before[0]["computed"]["left_h"]
    assert found["computed"]["left_h"] == pytest.approx(computed, abs=0.2), (
        "the clock runs, the report is apart"
    )
    assert found["posture"] == "heightened"


def test_a_scenario_with_alerts_and_a_record_with_alerts_are_one_too_many(
    desk: Desk, force: Path, tmp_path: Path
) -> None:
    new_scenario(tmp_path / "own", "own")
    unit = units(tmp_path / "own")[0]
    words = (
        "alert",
        "raise",
        "A1",
        "--units",
        unit,
        "--posture",
        "heightened",
        "--scenario",
        tmp_path / "own",
    )
    assert desk(*words).code == 0
    ran = desk("readiness", "--scenario", tmp_path / "own", by="")
    assert ran.code == 2
    assert "alerts of its own, and so has the record" in ran.err
    assert desk("readiness", "--scenario", EXAMPLES / "flood-pool", "--variant", "unwarned", by="").code == 0


def test_an_exercise_s_force_is_not_alerted_for_real(run: Run, force: Path, tmp_path: Path) -> None:
    desk = Desk(run, tmp_path / "real.db")
    ran = run("record", "init", "--name", "R", "--nature", "real", "--by", "w", "--record", desk.record)
    assert ran.code == 0
    words = ("alert", "raise", "A1", "--units", units(force)[0], "--posture", "heightened")
    refused = desk(*words, "--scenario", force)
    assert refused.code == 2
    assert "real" in refused.err.lower()


def contacts(folder: Path, force: Path, address: str, use: str = "exercise") -> Path:
    path = folder / "contacts.csv"
    rows = "".join(f"desk-{unit},{unit},mail,{address},{use}\n" for unit in units(force))
    path.write_text(f"office,units,channel,address,use\n{rows}", encoding="utf-8")
    return path


def test_one_pass_tells_who_is_to_be_told(desk: Desk, force: Path, tmp_path: Path, sink: MailSink) -> None:
    first, second, *_ = units(force)
    desk("alert", "raise", "A1", "--units", f"{first},{second}", "--posture", "heightened")
    desk("alert", "ack", "A1", second)
    listed = contacts(tmp_path, force, sink.address("desk"))
    ran = desk("alert", "run", "--once", "--contacts", listed, "--json")
    assert ran.code == 0
    assert ran.data["sent"] == [f"A1/{first}/1/desk-{first}/mail"]
    assert ran.data["timers_set"] == 1
    assert sink.keys == dict.fromkeys(ran.data["sent"], 1)
    ((_, mail),) = sink.mails
    assert plain_text(mail).startswith("EXERCISE Drill EXERCISE")
    assert "nothing was due" in desk("alert", "run", "--once", "--contacts", listed).out
    assert "messages: 1 sent" in desk("alert", "status", by="").out


def test_who_cannot_be_told_makes_the_answer_no(desk: Desk, force: Path, tmp_path: Path) -> None:
    desk("alert", "raise", "A1", "--units", units(force)[0], "--posture", "heightened")
    steps = contacts(tmp_path, force, "mailto://127.0.0.1:9?from=a@example.org&to=b@example.org")
    steps.write_text("office,channel,address,use\nchief,mail,mailto://h?from=a@b.org&to=c@d.org,exercise\n")
    ran = desk("alert", "run", "--once", "--contacts", steps)
    assert ran.code == 1
    assert "nobody to tell" in ran.out


def test_a_real_list_never_pages_a_drill(desk: Desk, force: Path, tmp_path: Path, sink: MailSink) -> None:
    before = len(sink.mails)
    desk("alert", "raise", "A1", "--units", units(force)[0], "--posture", "heightened")
    listed = contacts(tmp_path, force, sink.address("desk"), use="real")
    ran = desk("alert", "run", "--once", "--contacts", listed)
    assert ran.code == 2
    assert "for real use only, the record is EXERCISE" in ran.err
    assert len(sink.mails) == before
    wrong = contacts(tmp_path, force, "nonsense://x")
    assert "no address that Apprise knows" in desk("alert", "run", "--once", "--contacts", wrong).err


class Interrupted(SteadyClock):
    """A clock with which Ctrl-C comes as soon as the runner waits."""

    def wait(self, seconds: float) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_ends_the_loop_with_what_was_done(
    desk: Desk, force: Path, tmp_path: Path, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_run, "SteadyClock", Interrupted)
    desk("alert", "raise", "A1", "--units", units(force)[0], "--posture", "heightened")
    listed = contacts(tmp_path, force, sink.address("desk"))
    ran = desk("alert", "run", "--contacts", listed)
    assert ran.code == 0
    assert "messages sent: 1" in ran.out
    assert "EXERCISE" in ran.err


def test_steps_come_from_a_file_or_nobody_is_told(desk: Desk, force: Path, tmp_path: Path) -> None:
    steps = tmp_path / "steps.csv"
    steps.write_text("after_min\n0\n2\n", encoding="utf-8")
    unit, other, *_ = units(force)
    words = ("alert", "raise", "A1", "--units", unit, "--posture", "heightened")
    order = desk(*words, "--steps", steps, "--json").data["order"]
    assert [step["after_min"] for step in order["steps"]] == [0, 2]
    quiet = ("alert", "raise", "A2", "--units", other, "--posture", "heightened", "--quiet")
    assert desk(*quiet, "--json").data["order"]["timers"] == []
    assert desk(*quiet, "--steps", steps).code == 2
