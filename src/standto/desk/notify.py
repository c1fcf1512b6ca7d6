"""One message to one address through Apprise, and the truth about whether the channel took it."""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import quote

from standto.errors import Fault, FaultyInputError

WITH_HEADERS = ("mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms")
"""Channels of Apprise that carry a header of ours; the others have the key in the text."""
HEADER = "X-Standto-Key"
NOT_TAKEN = "the channel did not take it"


class Sender(Protocol):
    """Sends one message; tests have one of their own."""

    def send(self, address: str, subject: str, body: str, key: str) -> str:
        """Send it and say why it was not taken; blank where it was."""


class AppriseSender:
    """Sends through Apprise, one call for each recipient."""

    def send(self, address: str, subject: str, body: str, key: str) -> str:
        """Send it and say why it was not taken, without the address; blank where it was.

        The key goes along as a header where the channel has headers; it stands in the text, too.
        """
        apprise = _apprise()
        channel = apprise.Apprise()
        if not channel.add(_with_key(address, key)):
            return "the address is none that Apprise knows"
        heard = _Heard()
        logger = logging.getLogger("apprise")
        logger.addHandler(heard)
        try:
            taken = channel.notify(title=subject, body=body, body_format=apprise.NotifyFormat.TEXT)
        except Exception as error:
            return f"{NOT_TAKEN}: {type(error).__name__}"
        finally:
            logger.removeHandler(heard)
        return "" if taken else heard.reason(address)


def require_addresses(addresses: Sequence[tuple[int, str]], *, file: str) -> None:
    """Refuse a contact list with an address that Apprise does not know.

    Parameters
    ----------
    addresses
        Row numbers and addresses.

    Raises
    ------
    FaultyInputError
        With every such row; the addresses themselves are not repeated, since they may hold passwords.
    """
    apprise = _apprise()
    faults = [
        Fault(
            f"no address that Apprise knows: {_scheme(address)}...",
            fix="write it as Apprise does, such as mailto://host?to=office@example.org",
            file=file,
            table="contacts",
            row=str(row),
            field="address",
            check="address",
        )
        for row, address in addresses
        if apprise.Apprise.instantiate(address, suppress_exceptions=True) is None
    ]
    if faults:
        count = len(faults)
        raise FaultyInputError(f"the contact list has {count} fault{'s' * (count != 1)}", faults, file=file)


def _apprise() -> Any:
    """Apprise with its channels loaded; one of them imports a module that Python 3.11 and 3.12 warn of."""
    import apprise

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)
        apprise.Apprise.instantiate("json://localhost", suppress_exceptions=True)
    return apprise


class _Heard(logging.Handler):
    """What Apprise says of one call, on the thread that makes it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.said.append(record.getMessage())

    def reason(self, address: str) -> str:
        """The last thing said, without anything that looks like an address."""
        if not self.said:
            return NOT_TAKEN
        said = re.sub(r"\S+(://|@)\S+", "(address)", self.said[-1].replace(address, "(address)"))
        return f"{NOT_TAKEN}: {' '.join(said.split())[:200]}"


def _scheme(address: str) -> str:
    scheme, separator, _ = address.partition("://")
    return f"{scheme[:20]}://" if separator else "(no scheme)"


def _with_key(address: str, key: str) -> str:
    scheme, separator, _ = address.partition("://")
    if not separator or scheme.lower() not in WITH_HEADERS:
        return address
    return f"{address}{'&' if '?' in address else '?'}+{HEADER}={quote(key, safe='')}"
