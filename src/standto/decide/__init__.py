"""What was agreed, and what may move because of it.

In come commands: a body consults, a text is put before it, silence or votes carry it or break it, nations
approve, units are ordered to move, movements are reported. Out come events, and a state folded from them:
bodies, decisions, orders and movements. No movement order passes without a decision in force that covers its
unit, place, time and number, or an emergency override that names who, why and when it is reviewed.
"""

from standto.decide.events import EVENTS
from standto.decide.rules.authority import Basis, basis_for_readiness
from standto.decide.state import Decided

__all__ = ["EVENTS", "Basis", "Decided", "basis_for_readiness"]
