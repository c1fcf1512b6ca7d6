"""Nations: who is a member, who is a partner, and whose land a movement crosses by default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from standto.geo.files import table


@dataclass(frozen=True, slots=True)
class NationFact:
    """What the shipped table knows of one state or territory.

    Attributes
    ----------
    iso2, iso3
        ISO 3166-1 codes; Kosovo has the user-assigned XK and XKX.
    name
        Usual English name.
    member_since
        Year of accession to the North Atlantic Treaty, None for all others.
    partner
        Whether it takes part in the Partnership for Peace.
    transit
        Whether ways cross it when a scenario has no transit list of its own.
    belongs_to
        ISO 3166-1 alpha-2 code of the state that a territory belongs to, else empty.
    reason
        Why it is or is not crossed by default.
    """

    iso2: str
    iso3: str
    name: str
    member_since: int | None
    partner: bool
    transit: bool
    belongs_to: str
    reason: str


@cache
def nations() -> tuple[NationFact, ...]:
    """Every member, partner and territory in the shipped table."""
    return tuple(
        NationFact(
            iso2=row["iso2"],
            iso3=row["iso3"],
            name=row["name"],
            member_since=int(row["member_since"]) if row["member_since"] else None,
            partner=row["partner"] == "yes",
            transit=row["transit"] == "yes",
            belongs_to=row["belongs_to"],
            reason=row["reason"],
        )
        for row in table("nations.csv")
    )


def default_transit() -> frozenset[str]:
    """The states that a movement may cross when a scenario has no transit list: members and most partners.

    Serbia, Moldova, Ukraine, Georgia, Armenia and Azerbaijan are partners but left out; `NationFact.reason`
    and docs/geography.md say why. A scenario's own list replaces this one.
    """
    return frozenset(nation.iso2 for nation in nations() if nation.transit)


def with_territories(states: frozenset[str]) -> frozenset[str]:
    """A transit list with the territories of the states in it: DK opens Greenland and the Faroe Islands."""
    return states | {nation.iso2 for nation in nations() if nation.belongs_to in states}
