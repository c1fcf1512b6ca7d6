"""The one way to write a JSON value, so that everybody computes the same hash of it (RFC 8785).

Keys are sorted by their UTF-16 code units, nothing stands between tokens, text is UTF-8 with only the escapes
that JSON demands, and numbers are written as ECMAScript writes them. Whole numbers beyond 2^53 - 1, NaN,
infinities and lone surrogates have no canonical form.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

LARGEST_WHOLE = 2**53 - 1
_text = json.encoder.encode_basestring
_plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> str:
    """Write a JSON value in its canonical form.

    Raises
    ------
    ValueError
        If the value has none: NaN, infinity, a whole number beyond 2^53 - 1, a lone surrogate, a key that is
        not text, or a type that JSON does not have.
    """
    return _write(value)


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _write(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if value is None or value is True or value is False:
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > LARGEST_WHOLE:
            raise ValueError(f"the whole number {value} is beyond 2^53 - 1")
        return str(int(value))
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key of an object is not text")
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{quoted(key)}:{_write(item)}" for key, item in pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_write, value)) + "]"
    raise ValueError(f"JSON has no {type(value).__name__}")


def quoted(text: str) -> str:
    """A text in quotation marks, with the escapes that JSON demands.

    Raises
    ------
    ValueError
        If the text holds a lone surrogate, which UTF-8 cannot write.
    """
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
