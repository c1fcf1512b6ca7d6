"""From a unit to its symbol code: twenty digits of APP-6 (MIL-STD-2525D), the third says exercise or real.

Digits, by table A-1 of MIL-STD-2525D (APP-6(D) has the same): 1-2 version, 3 context (0 reality, 1 exercise),
4 standard identity, 5-6 symbol set, 7 status (0 present, 1 planned), 8 headquarters and task force,
9-10 echelon, 11-16 entity, 17-18 and 19-20 the modifiers over and under the icon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from standto.move.problem import Requirement

GIVEN = re.compile(r"\d{20}(\d{10})?")
"""A code that a scenario gives for a unit is used where it is one."""
FRIEND = "3"
LAND, LAND_CIVILIAN, SEA = "10", "11", "30"
NO_ECHELON = "00"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a unit's symbol shows: its code, what that means in words, and whether it is drawn as civil."""

    code: str
    words: str
    civil: bool = False

    @property
    def planned(self) -> Sign:
        """The same for where the unit is to be and is not yet: status planned, drawn with a broken frame."""
        return replace(self, code=f"{self.code[:6]}1{self.code[7:]}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A rule: words by which a unit is known, and what is then drawn."""

    known_by: str
    words: str
    entity: str
    symbol_set: str = LAND
    over: str = "00"
    under: str = "00"


MILITARY = (
    _Kind(r"prepositioned|aps\d|brigade set", "supply", "163400"),
    _Kind(
        r"headquarters|\bhq\b|corps staff|\bstaff\b|operations cent",
        "command and control",
        "110000",
        over="10",
    ),
    _Kind(r"air.?defen[cs]e|patriot|surface.to.air", "air defence", "130100"),
    _Kind(r"special (operations|forces)|commando|\bsof\b", "special operations forces", "121800"),
    _Kind(r"artillery|battery|howitzer", "field artillery", "130300"),
    _Kind(r"engineer|bridging", "engineer", "140700"),
    _Kind(r"hospital|treatment", "medical treatment facility", "161400"),
    _Kind(r"medical|ambulance", "medical", "161300"),
    _Kind(r"signals?\b|communication", "signal", "111000"),
    _Kind(r"military police|gendarm", "military police", "141200"),
    _Kind(r"\bcbrn\b|\bnbc\b|decontamination", "chemical, biological, radiological and nuclear", "140100"),
    _Kind(r"helicopter|rotary|army aviation", "aviation, rotary wing", "120600"),
    _Kind(r"tanker|refuel|airlift|air wing|air base|fighter", "aviation, fixed wing", "120800"),
    _Kind(r"maintenance|ordnance|repair", "maintenance", "161100"),
    _Kind(r"transport|truck|movement control", "transportation", "163600"),
    _Kind(r"logistic|sustain|supply|enabler|service support", "combat service support", "160600"),
    _Kind(r"reconnaissance|lancers|scout", "reconnaissance", "121300"),
    _Kind(r"mechani[sz]ed|panzergrenadier", "infantry, mechanised", "121102"),
    _Kind(r"stryker|wheeled|motori[sz]ed", "infantry, motorised", "121104"),
    _Kind(r"armou?red|armou?r\b|\btank\b", "armour", "120500"),
    _Kind(r"airborne|parachute", "infantry, airborne", "121100", under="01"),
    _Kind(r"mountain|alpine", "infantry, mountain", "121100", under="27"),
    _Kind(r"infantry|rifle|\blight\b|\bguards\b", "infantry", "121100"),
)
CIVIL = (
    _Kind(r"medical|hospital|ambulance|health", "emergency medical operation", "111000", LAND_CIVILIAN),
    _Kind(r"coordination|assessment|\bstaff\b|liaison", "government organisation", "110200", LAND_CIVILIAN),
    _Kind(r"purif", "water purification", "164800"),
    _Kind(r"pump|water|flood contain", "water", "164700"),
    _Kind(r"rescue|search|boat|usar", "search and rescue", "141800"),
    _Kind(r"fire", "fire protection", "141000"),
    _Kind(r"engineer|bridge", "engineer", "140700"),
    _Kind(r"shelter|camp", "camp construction", "140900"),
    _Kind(r"transport|truck|logistic", "transportation", "163600"),
    _Kind(r"environment|pollution|oil", "environmental protection", "110100", LAND_CIVILIAN),
)
BY_DOMAIN = {
    "land": _Kind("", "combined arms", "121000"),
    "air": _Kind("", "aviation, fixed wing", "120800"),
    "sea": _Kind("", "naval", "110000", SEA),
    "sof": _Kind("", "special operations forces", "121800"),
    "support": _Kind("", "combat service support", "160600"),
    "civil": _Kind("", "civilian", "110000", LAND_CIVILIAN),
}
UNKNOWN = _Kind("", "unit of a kind that is not given", "000000")
ECHELONS = (
    (r"company|battery|troop\b", "15", "company"),
    (r"battalion|battlegroup|squadron", "16", "battalion"),
    (r"regiment", "17", "regiment"),
    (r"brigade", "18", "brigade"),
    (r"platoon", "14", "platoon"),
    (r"section", "13", "section"),
)
PARTS = re.compile(r"element|half|part|detachment|set\b|companies|group(?<!battlegroup)")
"""What is part of something larger, or more than one of it, has no echelon of its own to draw."""


def sign_of(one: Requirement, *, real: bool, civil: bool) -> Sign:
    """The symbol of a unit: as the scenario gives it, else by words of its type and name, else by its domain.

    Parameters
    ----------
    one
        What is to be moved; its `symbol` wins, but what it says of exercise or real does not count.
    real
        Whether the problem is real; everything else is drawn with the sign for exercises.
    civil
        Whether the scenario speaks the words of civil protection.
    """
    context = "0" if real else "1"
    if GIVEN.fullmatch(one.symbol):
        return Sign(f"{one.symbol[:2]}{context}{one.symbol[3:]}", "as the scenario gives it")
    known = civil or one.domain == "civil"
    kind = _kind(one, known)
    echelon, size = _echelon(one.type) if kind.symbol_set == LAND and not known else (NO_ECHELON, "")
    code = f"10{context}{FRIEND}{kind.symbol_set}00{echelon}{kind.entity}{kind.over}{kind.under}"
    return Sign(code, f"{kind.words}{', ' if size else ''}{size}", known)


def other_units(*, real: bool, civil: bool) -> Sign:
    """The symbol for several units of many kinds: a frame and nothing in it."""
    return Sign(
        f"10{'0' if real else '1'}{FRIEND}{LAND}0000{UNKNOWN.entity}0000", "units of other kinds", civil
    )


def _kind(one: Requirement, civil: bool) -> _Kind:
    said = re.sub(r"[-_]+", " ", f"{one.type} {one.unit}".lower())
    found = next((kind for kind in (CIVIL if civil else MILITARY) if re.search(kind.known_by, said)), None)
    if found is not None:
        return found
    return BY_DOMAIN["civil"] if civil else BY_DOMAIN.get(one.domain, UNKNOWN)


def _echelon(kind: str) -> tuple[str, str]:
    """Digits and word of the echelon that a unit's type names; none where it names a part of one."""
    said = re.sub(r"[-_]+", " ", kind.lower())
    if PARTS.search(said):
        return NO_ECHELON, ""
    return next(((code, word) for known, code, word in ECHELONS if re.search(known, said)), (NO_ECHELON, ""))
