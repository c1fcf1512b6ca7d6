"""What a message says: EXERCISE or REAL in its subject and body, the order, the unit, and how to answer."""

from __future__ import annotations

from datetime import datetime

from standto.alert.state import AlertOrder, Message, Told


def instant(at: datetime) -> str:
    """An instant for reading."""
    return f"{at:%Y-%m-%d %H:%MZ}"


def subject(order: AlertOrder, message: Message, nature: str) -> str:
    """The subject; the first and the last word are EXERCISE or REAL."""
    word = nature.upper()
    return " ".join(f"{word}: {_matter(order, message)} - {word}".split())


def _matter(order: AlertOrder, message: Message) -> str:
    told = order.told.get(message.unit)
    if message.purpose == "notice":
        return f"alert order {order.id}: {message.unit} {message.says}"
    if message.purpose == "approval":
        return f"alert order {order.id}: national approval of {message.unit} is due"
    posture = told.posture if told else order.posture
    what = f"alert order {order.id}: {message.unit} to {posture}"
    return what if message.step == 0 else f"{what}, NOT ANSWERED"


def body(order: AlertOrder, message: Message, nature: str, banner: str) -> str:
    """The text of a message, in plain lines."""
    word = nature.upper()
    told = order.told.get(message.unit)
    first = banner if banner.startswith(word) else f"{word} {banner}"
    lines = [first, "", f"{_matter(order, message)}."]
    if message.purpose == "notice":
        lines += ["It no longer holds for this unit. Nothing needs to be answered."]
    else:
        lines += _order_lines(order, told)
    if message.says and message.purpose != "notice":
        lines += ["", message.says]
    if message.purpose != "notice":
        lines += ["", "Answer: acknowledged, yes, yes with a caveat, awaiting national approval, or no."]
        lines += ["This is no order to move."]
    lines += ["", f"Message {message.key}; the same key means the same message.", word]
    return "\n".join(lines)


def _order_lines(order: AlertOrder, told: Told | None) -> list[str]:
    lines = [f"By authority of {order.authority}."]
    if order.decision:
        lines.append(f"Under decision {order.decision}.")
    if told is not None:
        lines.append(f"Posture ordered: {told.posture}, from {instant(told.told_at)}.")
    if order.ceiling is not None:
        lines.append(f"The order holds up to {order.ceiling:,} people.")
    if order.until is not None:
        lines.append(f"It ends at {instant(order.until)}.")
    if order.reply_by is not None:
        lines.append(f"An answer is wanted by {instant(order.reply_by)}.")
    if order.supersedes:
        lines.append(f"It supersedes alert order {order.supersedes}.")
    if order.says:
        lines.append(order.says)
    return lines
