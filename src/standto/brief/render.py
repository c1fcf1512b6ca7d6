"""From results to one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from standto.brief.evidence.pack import pack
from standto.brief.evidence.tables import evidence_tables
from standto.brief.page import BriefInput
from standto.brief.pieces import DARK, SCRIPTS, STYLES, joined_script, themed
from standto.brief.sections.alert import alert
from standto.brief.sections.answer import answer
from standto.brief.sections.basis import basis
from standto.brief.sections.bottlenecks import bottlenecks
from standto.brief.sections.curve import curve
from standto.brief.sections.destinations import destinations
from standto.brief.sections.late import late
from standto.brief.sections.map import draw_map
from standto.brief.sections.units import units
from standto.brief.sheet import Section, Sheet
from standto.brief.words import dtg

if TYPE_CHECKING:
    from jinja2 import Environment

FORMAT = "standto-brief/1"
SECTIONS: tuple[Callable[[Sheet], Section | None], ...] = (
    answer,
    curve,
    draw_map,
    destinations,
    units,
    late,
    bottlenecks,
    alert,
    basis,
)


def render_brief(given: BriefInput) -> str:
    """The brief as one self-contained HTML page: no request to anywhere, readable without scripts.

    Text from problems and plans is escaped wherever it is put; scripts read data, never markup.
    """
    return render(given)[0]


def render(given: BriefInput) -> tuple[str, dict[str, Any]]:
    """The page, and the figures it shows as a JSON object: id to value, unit, text and source."""
    sheet = Sheet.of(given)
    sections = [section for build in SECTIONS if (section := build(sheet)) is not None]
    environment = _environment()
    script = joined_script([_text(name) for name in SCRIPTS])
    style = themed("".join(_text(name) for name in STYLES), _text(DARK))
    figures = sheet.figures.as_json()
    page = environment.get_template("brief.html.j2").render(
        sheet=sheet,
        sections=sections,
        title=given.problem.about.scenario
        if given.problem.about and given.problem.about.scenario
        else given.problem.name,
        style=Markup(style.replace("BANNER", _css_string(sheet.banner))),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=Markup(json_in_html({"epoch": _instant(sheet), **sheet.scripts})),
        evidence=Markup(pack(figures, evidence_tables(sheet))),
        made=dtg(given.generated),
        as_of=dtg(given.as_of or given.generated),
    )
    return page, {
        "format": FORMAT,
        "banner": sheet.banner,
        "headline": str(sections[0].title.striptags()),
        "sections": {section.id: str(section.title.striptags()) for section in sections},
        "problem": given.problem.sha256,
        "generated": given.generated.isoformat(),
        "version": given.version,
        "figures": figures,
    }


def _instant(sheet: Sheet) -> str | None:
    return None if sheet.clock.epoch is None else sheet.clock.epoch.isoformat()


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
