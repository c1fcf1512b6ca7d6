"""A mail server of this machine that keeps what it gets."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from standto.desk.notify import HEADER


class MailSink:
    """Mails in the order they came; mailboxes that begin with `full` take none."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, Message]] = []
        self.port = _free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail, as aiosmtpd asks for it."""
        for recipient in envelope.rcpt_tos:
            if recipient.startswith("full"):
                return "552 mailbox full"
            self.mails.append((recipient, message_from_bytes(envelope.content)))
        return "250 OK"

    def address(self, mailbox: str) -> str:
        """A mailbox here, as Apprise writes it."""
        return (
            f"mailto://127.0.0.1:{self.port}?from=standto@example.org&to={mailbox}@example.org&mode=insecure"
        )

    @property
    def keys(self) -> Counter[str]:
        """How often each message came, by its key."""
        return Counter(str(mail[HEADER]) for _, mail in self.mails)


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """A mail server on loopback while the block runs."""
    sink = MailSink()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def plain_text(mail: Message) -> str:
    """The plain text of a mail."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
