"""Delivery through Apprise to a mail server of this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standto.alert.contacts import Contact, Contacts, offices_by_unit
from standto.desk.notify import AppriseSender, require_addresses
from standto.desk.paging import Pager
from standto.errors import FaultyInputError
from tests.alert.mail import MailSink, mail_sink, plain_text
from tests.alert.scenes import Watch

SENDER = AppriseSender()
DOWN = "mailto://me:secret@127.0.0.1:9?from=me@example.org&to=desk@example.org&mode=insecure"


@pytest.fixture(scope="module")
def server() -> Iterator[MailSink]:
    with mail_sink() as sink:
        yield sink


@pytest.fixture
def sink(server: MailSink) -> MailSink:
    server.mails.clear()
    return server


def test_a_mail_carries_its_subject_its_text_and_its_key(sink: MailSink) -> None:
    assert (
        SENDER.send(sink.address("desk"), "EXERCISE: a - EXERCISE", "EXERCISE\n\n<b>all & sundry", "k.1")
        == ""
    )
    ((recipient, mail),) = sink.mails
    assert recipient == "desk@example.org"
    assert mail["Subject"] == "EXERCISE: a - EXERCISE"
    assert sink.keys == {"k.1": 1}
    assert "<b>all & sundry" in plain_text(mail)
    assert {part.get_content_type() for part in mail.walk()} == {"text/plain"}


def test_what_is_not_taken_says_why_without_the_address(sink: MailSink) -> None:
    full = SENDER.send(sink.address("full"), "s", "b", "k")
    assert "did not take it" in full
    nobody = SENDER.send(DOWN, "s", "b", "k")
    assert "did not take it" in nobody
    assert "example.org" not in full + nobody
    assert "secret" not in full + nobody
    assert SENDER.send("nonsense", "s", "b", "k") == "the address is none that Apprise knows"
    assert sink.mails == []


def test_addresses_are_checked_row_by_row_without_repeating_them() -> None:
    rows = [
        (2, "mailto://127.0.0.1?from=b@example.org&to=a@example.org"),
        (3, "nonsense://me:secret@x"),
        (5, "secret"),
    ]
    with pytest.raises(FaultyInputError) as refused:
        require_addresses(rows, file="contacts.csv")
    assert [fault.row for fault in refused.value.faults] == ["3", "5"]
    assert "secret" not in str(refused.value)


def test_every_recipient_gets_a_call_of_its_own_and_its_own_outcome(sink: MailSink) -> None:
    watch = Watch()
    watch.raise_()
    rows = [
        Contact(
            office="desk",
            units=("U1", "U2"),
            channel=channel,
            address=sink.address(channel),
            use=("exercise",),
        )
        for channel in ("mail", "full", "second")
    ]
    done = Pager(
        watch.record, Contacts(tuple(rows), offices_by_unit(rows, {})), SENDER, by="duty officer"
    ).once()
    assert (len(done.sent), len(done.failed)) == (4, 2)
    state = watch.state
    assert {message.key: message.status for message in state.messages.values()} == {
        f"A1/{unit}/1/desk/{channel}": "failed" if channel == "full" else "sent"
        for unit in ("U1", "U2")
        for channel in ("mail", "full", "second")
    }
    assert sink.keys == dict.fromkeys(done.sent, 1)
    for _, mail in sink.mails:
        assert str(mail["Subject"]).startswith("EXERCISE: ")
        assert plain_text(mail).startswith("EXERCISE")
