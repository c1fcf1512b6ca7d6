"""A page as a whole: sections in a template, with styles, scripts, figures and evidence inside it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from standto.brief.evidence.pack import pack
from standto.brief.evidence.table import Table
from standto.brief.pieces import DARK, STYLES, joined_script, themed
from standto.brief.sheet import Section
from standto.brief.words import Clock, dtg

if TYPE_CHECKING:
    from jinja2 import Environment


class About(Protocol):
    """When and for whom a page is made, and with what."""

    @property
    def generated(self) -> datetime: ...

    @property
    def version(self) -> str: ...

    @property
    def as_of(self) -> datetime | None: ...

    @property
    def audience(self) -> str: ...


class Laid(Protocol):
    """What the page around the sections asks of the sheet that they were drawn from."""

    @property
    def given(self) -> About: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def kind(self) -> str: ...

    @property
    def banner(self) -> str: ...


def whole_page(
    sheet: Laid,
    sections: Sequence[Section],
    *,
    title: str,
    foot: str,
    scripts: Sequence[str],
    data: dict[str, Any],
    figures: dict[str, Any],
    tables: Iterable[Table],
) -> str:
    """One self-contained HTML page: no request to anywhere, readable without scripts.

    Parameters
    ----------
    sheet, sections
        What is shown, and who made it when for whom.
    title, foot
        What the page is about; how its hours are to be read, for its foot.
    scripts, data
        Names of the scripts, and what they read.
    figures, tables
        What the figures rest on.
    """
    script = joined_script([_text(name) for name in scripts])
    style = themed("".join(_text(name) for name in STYLES), _text(DARK))
    epoch = None if sheet.clock.epoch is None else sheet.clock.epoch.isoformat()
    return (
        _environment()
        .get_template("brief.html.j2")
        .render(
            sheet=sheet,
            sections=sections,
            title=title,
            foot=foot,
            style=Markup(style.replace("BANNER", _css_string(sheet.banner))),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            data=Markup(json_in_html({"epoch": epoch, **data})),
            evidence=Markup(pack(figures, tables)),
            made=dtg(sheet.given.generated),
            as_of=dtg(sheet.given.as_of or sheet.given.generated),
        )
    )


def json_in_html(data: object) -> str:
    """JSON that no HTML parser takes for markup, whatever text it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _css_string(words: str) -> str:
    """Text as a CSS string: everything but letters, digits and spaces as code points."""
    return "".join(
        character
        if character.isascii() and (character.isalnum() or character == " ")
        else f"\\{ord(character):x} "
        for character in words
    )


def _text(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("standto.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
