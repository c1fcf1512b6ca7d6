"""Who decides: bodies, their members and rule, the packages they decide for, and what they delegated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self

How = Literal["consensus", "majority", "single", "none"]
ANYBODY = "*"
"""As a unit of a package: every unit there is; for drills of one small force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a body: a nation, an agency or, in a call of leaders, an office.

    `people` is the population that counts in a qualified majority, 0 where it does not matter.
    """

    id: str
    name: str = ""
    people: int = 0

    def __post_init__(self) -> None:
        if self.people < 0:
            raise ValueError(f"a member should have 0 or more people, got {self.people}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a body decides, as data.

    `consensus`: nobody objects, in silence or in the room. `majority`: the shares of members and of people
    that must be reached; where fewer than `blocking_members` do not vote for it, the share of people counts
    as reached. `single`: the body's chair alone. `none`: it consults and decides nothing.
    `quorum` is the share of members that must be represented before anything is put to them.
    """

    how: How
    quorum: float = 0.0
    members_share: float = 0.5
    people_share: float = 0.0
    blocking_members: int = 0

    def __post_init__(self) -> None:
        for name in ("quorum", "members_share", "people_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} should be a share between 0 and 1, got {getattr(self, name)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Units that a body decides for, under one name; it may name other packages, or no unit that is known."""

    id: str
    units: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Leave for an office to raise the readiness of packages on its own; never to move anybody."""

    office: str
    packages: tuple[str, ...]
    postures: tuple[str, ...] = ()
    """Empty: any posture."""
    people: int | None = None
    """At most so many people; None: no ceiling."""
    until: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who decides together, by which rule, for which packages."""

    id: str
    name: str
    rule: Rule
    chair: str = ""
    members: tuple[Member, ...] = ()
    packages: tuple[Package, ...] = ()
    emergency: tuple[str, ...] = ()
    """Offices that may override the need of a decision in an emergency."""
    delegations: tuple[Delegation, ...] = ()
    source: str = ""
    assumed: str = ""

    def member(self, name: str) -> Member | None:
        """A member by its id."""
        return next((member for member in self.members if member.id == name), None)

    def within(self, name: str) -> frozenset[str]:
        """A unit or package by its id, and all units and packages within that package."""
        packages = {package.id: package for package in self.packages}
        found, waiting = {name}, [name]
        while waiting:
            package = packages.get(waiting.pop())
            for unit in package.units if package else ():
                if unit not in found:
                    found.add(unit)
                    waiting.append(unit)
        return frozenset(found)

    def holding(self, unit: str) -> tuple[Package, ...]:
        """The packages of this body that a unit, or a package named as a whole, belongs to."""
        return tuple(
            package for package in self.packages if not self.within(package.id).isdisjoint((unit, ANYBODY))
        )

    def with_package(self, package: Package) -> Self:
        """The body with a package added, or put in the place of the one of that id."""
        others = tuple(known for known in self.packages if known.id != package.id)
        return replace(self, packages=(*others, package))

    def delegating(self, delegation: Delegation) -> Self:
        """The body with a delegation in the place of what it delegated to that office before."""
        return replace(self, delegations=(*self.revoking(delegation.office).delegations, delegation))

    def revoking(self, office: str) -> Self:
        """The body with nothing delegated to an office any more."""
        return replace(self, delegations=tuple(kept for kept in self.delegations if kept.office != office))
