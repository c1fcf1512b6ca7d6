"""Drawings of the page made to stand alone: styles written into each element, shared parts brought along.

What draws on paper knows no style sheet with variables, and no part that stands elsewhere on a page. The
page's own rules are simple (classes, one inside another), so they can be worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from standto.brief.paper.tree import Node

DRAWN = frozenset(
    (
        *(
            "fill",
            "stroke",
            "stroke-width",
            "stroke-dasharray",
            "stroke-linecap",
            "stroke-linejoin",
            "opacity",
            "fill-opacity",
        ),
        *("font-size", "font-weight", "paint-order", "fill-rule", "text-anchor", "x", "y", "width", "height"),
    )
)
"""Properties that drawings use; `y` and `height` of bars are set by class."""
TYPEFACE = "Source Sans 3"
LEFT_OUT = frozenset({"title", "desc"})
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@(media|page)([^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compound of tag and classes, those that must be around it, and what it declares."""

    tag: str
    classes: frozenset[str]
    around: tuple[tuple[str, frozenset[str]], ...]
    weight: int
    says: Mapping[str, str]


def rules_of(style: str) -> list[Rule]:
    """The rules of the page's style that hold on paper: for every medium, then for print, weakest first."""
    everywhere = _MEDIA.sub("", style)
    printed = "".join(
        inside for kind, medium, inside in _MEDIA.findall(style) if kind == "media" and "print" in medium
    )
    both = [*_RULE.findall(everywhere), *_RULE.findall(printed)]
    colours = {
        name: value.strip()
        for selector, body in both
        if selector.strip().startswith(":root") and "data-theme" not in selector
        for name, value in re.findall(r"(--[\w-]+):([^;]+)", body)
    }
    rules = [
        rule
        for selectors, body in both
        for selector in selectors.split(",")
        if (rule := _rule(selector.strip(), body, colours)) is not None
    ]
    return sorted(rules, key=lambda rule: rule.weight)


def _rule(selector: str, body: str, colours: Mapping[str, str]) -> Rule | None:
    if not re.fullmatch(r"[\w.\s-]+", selector):
        return None
    says = {}
    for part in body.split(";"):
        name, _, value = part.partition(":")
        if name.strip() in DRAWN:
            value = re.sub(r"var\((--[\w-]+)\)", lambda found: colours.get(found[1], "#000"), value.strip())
            says[name.strip()] = re.sub(r"^([\d.]+)px$", r"\1", value)
    compounds = [
        (compound.split(".")[0], frozenset(compound.split(".")[1:])) for compound in selector.split()
    ]
    if not says or not compounds:
        return None
    *around, (tag, classes) = compounds
    weight = sum(10 * len(found) + bool(name) for name, found in compounds)
    return Rule(tag, classes, tuple(around), weight, says)


class Stylist:
    """Writes drawings that stand alone."""

    def __init__(self, style: str, parts: Mapping[str, Node]) -> None:
        self._rules = rules_of(style)
        self._parts = parts
        self._by_look: dict[tuple[object, ...], dict[str, str]] = {}

    def svg(self, node: Node, wide: float, deep: float) -> str:
        """One drawing with everything that it refers to."""
        used: dict[str, str] = {}
        inside = "".join(self._write(child, [node], used) for child in node.children)
        box = node.attributes.get("viewBox") or f"0 0 {wide:g} {deep:g}"
        defined = f"<defs>{''.join(used.values())}</defs>" if used else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{escape(box)}" '
            f'width="{wide:g}" height="{deep:g}" font-family="{TYPEFACE}" font-size="13">'
            f"{defined}{inside}</svg>"
        )

    def _write(self, node: Node | str, above: Sequence[Node], used: dict[str, str]) -> str:
        if isinstance(node, str):
            return escape(node, quote=False)
        if node.tag in LEFT_OUT:
            return ""
        look = self._look(node, above)
        kept = {
            name: value
            for name, value in node.attributes.items()
            if not name.startswith(("data-", "aria-"))
            and name not in {"class", "role", "tabindex", "focusable"}
        }
        if "font-family" in kept:
            kept["font-family"] = TYPEFACE
        attributes = look | kept | {name: look[name] for name in look.keys() & {"fill", "stroke"}}
        if node.attributes.get("fill", "").startswith("url("):
            attributes["fill"] = node.attributes["fill"]
        for value in attributes.values():
            found = _REFERENCE.search(value)
            if found is not None:
                self._bring(found[1] or found[2], used)
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        inside = "".join(self._write(child, [*above, node], used) for child in node.children)
        return f"<{node.tag}{written}>{inside}</{node.tag}>"

    def _bring(self, key: str, used: dict[str, str]) -> None:
        if key in used or key not in self._parts:
            return
        used[key] = ""
        used[key] = self._write(self._parts[key], [], used)

    def _look(self, node: Node, above: Sequence[Node]) -> dict[str, str]:
        key = (node.tag, node.classes, *((one.tag, one.classes) for one in above))
        found = self._by_look.get(key)
        if found is None:
            found = {}
            for rule in self._rules:
                if _fits(rule.tag, rule.classes, node) and _around(rule.around, above):
                    found.update(rule.says)
            self._by_look[key] = found
        return found


def _fits(tag: str, classes: frozenset[str], node: Node) -> bool:
    return (not tag or tag == node.tag) and classes <= node.classes and bool(classes or tag)


def _around(wanted: Sequence[tuple[str, frozenset[str]]], above: Sequence[Node]) -> bool:
    left = list(above)
    for tag, classes in reversed(wanted):
        while left and not _fits(tag, classes, left[-1]):
            left.pop()
        if not left:
            return False
        left.pop()
    return True
