"""The one way to write a JSON value, so that everybody computes the same hash of it (RFC 8785).

Keys are sorted by their UTF-16 code units, nothing stands between tokens, text is UTF-8 with only the escapes
that JSON demands, and numbers are written as ECMAScript writes them. Whole numbers that no double holds,
NaN, infinities and lone surrogates have no canonical form.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

LARGEST_WHOLE = 2**53 - 1
BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")
_text = json.encoder.encode_basestring
_plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> str:
    """Write a JSON value in its canonical form.

    Raises
    ------
    ValueError
        If the value has none: NaN, infinity, a whole number that no double holds, a lone surrogate, a key
        that is not text, or a type that JSON does not have.
    """
    return _write(value)


def is_canonical(text: str) -> bool:
    """Whether a text is the canonical form of a JSON value."""
    if text in {"{}", "[]"}:
        return True
    try:
        value = _strict.decode(text)
        quick = _plain.encode(value) == text and not BEYOND_16_BITS.search(text)
        return quick or canonical(value) == text
    except (ValueError, RecursionError):
        return False


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _write(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if value is None or value is True or value is False:
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, int):
        return str(_whole(value))
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        return "{" + ",".join([f"{quoted(key)}:{_write(value[key])}" for key in _sorted(value)]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_write, value)) + "]"
    raise ValueError(f"JSON has no {type(value).__name__}")


def _sorted(keys: Iterable[str]) -> list[str]:
    """Keys by their UTF-16 code units; of those that one unit each can write, that is their usual order."""
    try:
        together = "".join(keys)
    except TypeError:
        raise ValueError("a key of an object is not text") from None
    if together.isascii():
        return sorted(keys)
    return sorted(keys, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def _whole(value: int | str) -> int:
    value = int(value)
    if abs(value) > LARGEST_WHOLE and (abs(value) >= 10**21 or number(float(value)) != str(value)):
        raise ValueError(f"the whole number {value} is not one that a double holds")
    return value


def _exact(text: str) -> float:
    value = float(text)
    if number(value) != text:
        raise ValueError(f"the number {text} is not in its canonical form")
    return value


_strict = json.JSONDecoder(parse_float=_exact, parse_int=_whole)


def quoted(text: str) -> str:
    """A text in quotation marks, with the escapes that JSON demands.

    Raises
    ------
    ValueError
        If the text holds a lone surrogate, which UTF-8 cannot write.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError(f"the text {text!r} holds a lone surrogate") from None
    return _text(text)


def number(value: float) -> str:
    """A number as ECMAScript's Number::toString writes it: 5, 0.1, 1e-7, 1e+21.

    Raises
    ------
    ValueError
        If it is NaN or infinite.
    """
    if not math.isfinite(value):
        raise ValueError(f"JSON has no number {value}")
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + part) - len(digits))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        power = point - 1
        text = (
            digits[0] + (f".{digits[1:]}" if count > 1 else "") + f"e{'+' if power > 0 else '-'}{abs(power)}"
        )
    return f"-{text}" if value < 0 else text
