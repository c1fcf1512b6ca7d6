"""The page's colours: readable by contrast, in light and dark, and told apart without colour."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from standto.brief.render import render_brief
from tests.brief.sample_value import full_input

TEXT, LINES = 4.5, 3.0
INKS = ("ink", "soft", "air", "sea", "rail", "road", "late", "with", "without", "bound")


@pytest.fixture(scope="module")
def style() -> str:
    found = re.search(r"<style>(.*?)</style>", render_brief(full_input(10)), re.DOTALL)
    assert found is not None
    return found.group(1)


def colours(style: str, scheme: str) -> dict[str, str]:
    light = dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{3,6})", style.split("@media", 1)[0]))
    if scheme == "light":
        return light
    dark = style.split("prefers-color-scheme:dark){", 1)[1].split("}}", 1)[0]
    return light | dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{3,6})", dark))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", INKS)
def test_what_is_written_stands_out_from_its_ground(style: str, scheme: str, ink: str) -> None:
    palette = colours(style, scheme)
    for ground in ("ground", "panel"):
        assert contrast(palette[ink], palette[ground]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["air", "sea", "rail", "road"])
def test_modes_stand_out_from_land_and_their_letters_from_them(style: str, scheme: str, mode: str) -> None:
    palette = colours(style, scheme)
    assert contrast(palette[mode], palette["land"]) >= LINES
    assert contrast(palette["on"], palette[mode]) >= TEXT


@pytest.mark.parametrize("banner", ["exercise", "real"])
def test_the_banner_stands_out(style: str, banner: str) -> None:
    rule = re.search(rf"body\.{banner}{{--banner:(#[0-9a-f]+)}}", style)
    assert rule is not None
    assert contrast(rule.group(1), "#ffffff") >= TEXT


def test_modes_differ_by_dash_as_well(style: str) -> None:
    dashes = dict(re.findall(r"\.way\.(\w+){[^}]*?stroke-dasharray:([\d ]+)", style))
    assert len(set(dashes.values())) == 3
    assert "air" not in dashes


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fuller_slots_stand_out_more_even_without_colour(style: str, scheme: str) -> None:
    palette = colours(style, scheme)
    steps = [contrast(palette[f"q{level}"], palette["ground"]) for level in range(6)]
    assert all(b > a * 1.1 for a, b in pairwise(steps))
    assert steps[-1] > TEXT
