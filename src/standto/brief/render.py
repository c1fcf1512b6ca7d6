"""From results to one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from standto.brief.evidence.tables import evidence_tables
from standto.brief.page import BriefInput
from standto.brief.pieces import SCRIPTS
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
from standto.brief.whole import whole_page

FORMAT = "standto-brief/1"
FOOT = "Hours count from C-hour, the order to deploy; date-time groups are Zulu time."
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
    figures = sheet.figures.as_json()
    about = given.problem.about
    page = whole_page(
        sheet,
        sections,
        title=(about.scenario if about is not None else "") or given.problem.name,
        foot=FOOT,
        scripts=SCRIPTS,
        data={"beside": "brief.json", "basis": sections[-1].name, **sheet.scripts},
        figures=figures,
        tables=evidence_tables(sheet),
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
