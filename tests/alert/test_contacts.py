"""Contact lists and escalations: what is read from files, and every fault by its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from standto.alert.contacts import STANDARD_STEPS, StepRow
from standto.alert.events import Recipient, Step
from standto.alert.files import read_contacts, read_steps
from standto.errors import FaultyInputError, FileError
from tests.alert.scenes import FORCE, Watch

HEADER = "office,units,channel,address,use\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_answers_for_units_packages_and_nations(tmp_path: Path) -> None:
    text = HEADER + (
        "desk,U1,mail,mailto://a,exercise\n"
        "desk,U1,pager,json://a,exercise real\n"
        "pair,PAIR,mail,mailto://b,exercise\n"
        "nation,NLD,mail,mailto://c,exercise\n"
        "chief,,mail,mailto://d,exercise\n"
    )
    found = read_contacts(written(tmp_path, "contacts.csv", text), nature="exercise", scenario=FORCE)
    assert found.units is not None
    assert found.units["U1"] == ("desk", "nation")
    assert found.units["U5"] == ("pair", "nation")
    assert found.address("desk", "pager") == "json://a"
    assert found.address("desk", "fax") is None
    watch = Watch()
    watch.raise_(steps=[Step(after_min=0, to=("addressee", "chief"), channels=("mail",))])
    order, timer = watch.state.orders["A1"], watch.state.timers["A1/U1"]
    assert found.recipients(order, timer) == tuple(
        Recipient(office=office, channel="mail") for office in ("desk", "nation", "chief")
    )


def test_toml_says_the_same_as_csv(tmp_path: Path) -> None:
    csv = written(tmp_path, "c.csv", HEADER + "desk,U1 U2,mail,mailto://a,exercise\n")
    toml = written(
        tmp_path,
        "c.toml",
        '[[contacts]]\noffice = "desk"\nunits = ["U1", "U2"]\nchannel = "mail"\n'
        'address = "mailto://a"\nuse = ["exercise"]\n',
    )
    assert read_contacts(csv, nature="exercise").rows == read_contacts(toml, nature="exercise").rows


def test_every_fault_of_a_list_is_told_by_its_row(tmp_path: Path) -> None:
    text = HEADER + (
        "desk,U1,mail,mailto://a,real\n"
        "desk,U9,mail,mailto://a,exercise\n"
        "desk,U1,pager,,exercise\n"
        "desk,U1,fax,fax://a,sometimes\n"
        "a desk,U1,sms,sms://a,exercise real\n"
    )
    with pytest.raises(FaultyInputError) as refused:
        read_contacts(written(tmp_path, "contacts.csv", text), nature="exercise", scenario=FORCE)
    assert {(fault.row, fault.field) for fault in refused.value.faults} == {
        ("2", "use"),
        ("3", "units"),
        ("3", "channel"),
        ("4", "address"),
        ("5", "use"),
        ("6", "office"),
    }


def test_a_list_for_real_use_is_refused_for_an_exercise_unless_marked_for_both(tmp_path: Path) -> None:
    real = written(tmp_path, "real.csv", HEADER + "desk,U1,mail,mailto://a,real\n")
    both = written(tmp_path, "both.csv", HEADER + "desk,U1,mail,mailto://a,exercise real\n")
    with pytest.raises(FaultyInputError, match="desk on mail is for real use only, the record is EXERCISE"):
        read_contacts(real, nature="exercise")
    assert len(read_contacts(real, nature="real").rows) == 1
    assert len(read_contacts(both, nature="exercise").rows) == 1


def test_steps_are_read_and_checked(tmp_path: Path) -> None:
    good = written(tmp_path, "s.csv", "after_min,to,channels,says\n0,,,\n15,addressee chief,mail,Again.\n")
    assert read_steps(good, offices=["chief"]) == (
        Step(after_min=0),
        Step(after_min=15, to=("addressee", "chief"), channels=("mail",), says="Again."),
    )
    bad = written(tmp_path, "b.csv", "after_min,to\n30,\n15,nobody\n-1,\n")
    with pytest.raises(FaultyInputError) as refused:
        read_steps(bad, offices=["chief"])
    assert {(fault.row, fault.field) for fault in refused.value.faults} == {
        ("3", "after_min"),
        ("3", "to"),
        ("4", "after_min"),
    }
    toml = written(tmp_path, "s.toml", "[[steps]]\nafter_min = 0\n[[steps]]\nafter_min = 5\n")
    assert [step.after_min for step in read_steps(toml)] == [0, 5]
    assert [step.after_min for step in STANDARD_STEPS] == [0, 15, 30, 60]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("c.csv", "", "is empty"),
        ("c.csv", "office,chanel\n", "unknown"),
        ("c.toml", "[[people]]\nname = 1\n", "the key 'people' is unknown"),
        ("c.toml", "contacts = 5\n", "no list of tables"),
        ("c.toml", "[[contacts]]\noffice = 5\n", "should be text"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(FaultyInputError, match=words):
        read_contacts(written(tmp_path, name, text), nature="exercise")


@pytest.mark.parametrize(("name", "text"), [("c.toml", "= no"), ("c.json", "{}")])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(FileError):
        read_contacts(written(tmp_path, name, text), nature="exercise")
    with pytest.raises(FileError, match="no such file"):
        read_steps(tmp_path / "missing.csv")


def test_every_column_says_what_it_is() -> None:
    assert all(field.description for field in StepRow.model_fields.values())
