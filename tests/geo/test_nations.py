"""The table of nations: who is in, since when, and whose land is crossed by default."""

from __future__ import annotations

from standto.geo import default_transit, nations
from standto.geo.nations import with_territories
from standto.geo.outlines import states


def test_there_are_32_members_from_twelve_founders_to_sweden() -> None:
    since = {nation.iso2: nation.member_since for nation in nations() if nation.member_since}
    assert len(since) == 32
    assert sum(year == 1949 for year in since.values()) == 12
    assert {code for code, year in since.items() if year > 2020} == {"FI", "SE"}


def test_every_member_is_open_by_default_and_every_choice_has_a_reason() -> None:
    assert {nation.iso2 for nation in nations() if nation.member_since} <= default_transit()
    assert all(nation.reason for nation in nations())
    assert not any(nation.partner and nation.member_since for nation in nations())


def test_states_at_war_adversaries_and_strangers_are_closed_by_default() -> None:
    assert default_transit().isdisjoint({"RU", "BY", "UA", "MD", "RS", "SY", "LY", "DZ", "CN", "IR"})


def test_territories_follow_their_state() -> None:
    assert with_territories(frozenset({"DK"})) == {"DK", "FO", "GL"}


def test_codes_are_unique_and_large_nations_have_outlines() -> None:
    codes = [nation.iso2 for nation in nations()]
    assert len(set(codes)) == len(codes)
    assert {nation.iso2 for nation in nations() if nation.member_since or nation.partner} <= set(states())
