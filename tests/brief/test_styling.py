"""Drawings that stand alone: rules of the page worked out, print first, shared parts brought along."""

from __future__ import annotations

import pytest

from standto.brief.paper.styling import Stylist
from standto.brief.paper.tree import tree_of

STYLE = """
:root{--ink:#111;--air:#00f}
@media (prefers-color-scheme:dark){:root{--ink:#eee}}
:root[data-theme=dark]{--ink:#eee}
.p{y:8px;height:14px}
.p.air,.other{fill:var(--air)}
.chart .name{fill:var(--ink);font-size:12px}
pattern .sea{fill:#0f0}
.p:hover{fill:#f00}
@media print{:root{--ink:#000}.p.air{height:10px}}
"""


def drawn(svg: str, parts: str = "") -> str:
    top = tree_of(svg + parts)
    node = top.first("svg")
    assert node is not None
    shared = {one.attributes["id"]: one for one in top.every("pattern", "g") if "id" in one.attributes}
    return Stylist(STYLE, shared).svg(node, 100.0, 50.0)


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ('<rect class="p air"></rect>', '<rect y="8" height="10" fill="#00f"></rect>'),
        ('<rect class="p" fill="none"></rect>', '<rect y="8" height="14" fill="none"></rect>'),
        ('<g class="chart"><text class="name">a</text></g>', '<text fill="#000" font-size="12">a</text>'),
        ('<text class="name">a</text>', "<text>a</text>"),
        ('<text data-x="1" aria-hidden="true">a &lt; b</text>', "<text>a &lt; b</text>"),
        ('<path d="M0 0"/><title>said</title>', '<path d="M0 0"></path>'),
    ],
)
def test_rules_are_written_into_elements(inside: str, written: str) -> None:
    assert written in drawn(f"<svg>{inside}</svg>")


def test_parts_that_a_drawing_refers_to_come_along_once() -> None:
    svg = '<svg><rect fill="url(#t)"></rect><rect fill="url(#t)"></rect><use href="#gone"></use></svg>'
    found = drawn(svg, '<pattern id="t" patternUnits="userSpaceOnUse"><path class="sea"></path></pattern>')
    assert found.count("<pattern") == 1
    assert 'patternUnits="userSpaceOnUse"' in found
    assert '<path fill="#0f0"></path>' in found


def test_text_cannot_leave_its_place() -> None:
    svg = "<svg><text>&lt;/text&gt;&lt;image href=&quot;http://x&quot;&gt;</text></svg>"
    found = drawn(svg)
    assert "<image" not in found
    assert "&lt;image" in found
