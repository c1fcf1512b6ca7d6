"""Build a lift problem from a scenario: the one door of this room."""

from __future__ import annotations

from standto.force.scenario import Scenario
from standto.move.build.basis import about
from standto.move.build.lift import fleets_of
from standto.move.build.requirements import requirements_of
from standto.move.build.stations import located, stop
from standto.move.build.ways import links_of
from standto.move.problem import Problem


def build(scenario: Scenario) -> Problem:
    """The lift problem of a scenario: who must be where by when, and what there is to carry it.

    Readiness is worked in: every requirement becomes available when its unit, alerted and ordered as the
    scenario says, is ready to load. Ports of embarkation and debarkation are left to the planner; a
    requirement that names its `ports` changes vehicles only there, and uses no flight or passage that
    none of them has.

    Parameters
    ----------
    scenario
        A consistent scenario, as `read_scenario` gives it.

    Raises
    ------
    UnknownPlaceError
        If the geography knows no place that a row of `places` means.
    GeographyError
        If a passage that the scenario closes is unknown.
    """
    settings = scenario.settings
    where = located(scenario.places)
    places = [stop(place, where[place.id]) for place in scenario.places]
    required = requirements_of(scenario)
    fleets = fleets_of(scenario.fleets, required.nations) + required.columns
    links = links_of(scenario, places, where, fleets, required.requirements)
    return Problem(
        name=settings.name,
        epoch=settings.epoch.isoformat().replace("+00:00", "Z"),
        goal=settings.goal,
        pax_tonnes=settings.pax_tonnes,
        places=places,
        links=links,
        fleets=fleets,
        requirements=required.requirements,
        about=about(scenario),
    )
