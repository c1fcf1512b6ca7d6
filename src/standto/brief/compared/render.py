"""From two plans to one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from standto.brief.compared.answer import answer
from standto.brief.compared.basis import NAME, basis
from standto.brief.compared.curve import curve
from standto.brief.compared.differs import differs
from standto.brief.compared.evidence import compared_tables
from standto.brief.compared.gains import gains
from standto.brief.compared.moved import moved
from standto.brief.compared.page import CompareInput
from standto.brief.compared.pair import Pair
from standto.brief.pieces import COMPARED_SCRIPTS
from standto.brief.sheet import Section, Sheet
from standto.brief.whole import whole_page

FORMAT = "standto-compare/1"
FOOT = "Hours count from C-hour, the order to deploy; date-time groups are Zulu time."
FOOT_APART = "Hours count from the C-hour of their own plan, the order to deploy."
SECTIONS: tuple[Callable[[Pair], Section | None], ...] = (answer, curve, gains, moved, differs, basis)


def render_comparison(given: CompareInput) -> tuple[str, dict[str, Any]]:
    """The page that compares two plans, and the figures and sentences it shows as a JSON object.

    Text from problems and plans is escaped wherever it is put; scripts read data, never markup.
    """
    pair = Pair.of(given)
    sections = [section for build in SECTIONS if (section := build(pair)) is not None]
    figures = pair.figures
    page = whole_page(
        pair,
        sections,
        title=_title(pair),
        foot=FOOT_APART if pair.apart else FOOT,
        scripts=COMPARED_SCRIPTS,
        data={"beside": "compare.json", "basis": NAME, "sides": ["a.", "b."], **pair.pen.scripts},
        figures=figures,
        tables=compared_tables(pair),
    )
    return page, {
        "format": FORMAT,
        "banner": pair.banner,
        "headline": str(sections[0].title.striptags()),
        "sections": {section.id: str(section.title.striptags()) for section in sections},
        "problems": [one.problem.sha256 for one in (given.first, given.second)],
        "generated": given.generated.isoformat(),
        "version": given.version,
        "sentences": list(pair.comparison.sentences),
        "changes": [
            {"requirement": one.requirement, "gain_h": one.close_gain_h, "sentence": one.sentence}
            for one in (*pair.comparison.gained, *reversed(pair.comparison.lost))
        ],
        "figures": figures,
    }


def _title(pair: Pair) -> str:
    a, b = (_named(side.sheet) for side in pair.sides)
    return f"Two plans compared: {a}" if a == b else f"Two plans compared: {a} and {b}"


def _named(sheet: Sheet) -> str:
    about = sheet.problem.about
    return (about.scenario if about is not None else "") or sheet.problem.name
