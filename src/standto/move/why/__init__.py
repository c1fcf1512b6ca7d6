"""Why a requirement closes when it does, in one sentence: the chain of events that held it, walked backwards.

From the last unloading at the destination the walk follows what it waited for: the vehicle that carried it,
back to where it was loaded; there, whichever came last, the vehicle or the load; and if the load came by
another vehicle, that vehicle's chain. Every hour from `available_h` to the close goes to one cause: the way
(moving, work, transfer, closed links), slots (a vehicle stood while all slots were held) or lift (the vehicle
was elsewhere, or worked for others). What `available_h` itself leaves of the lateness is readiness.
"""

from standto.move.why.chain import Chain, trace
from standto.move.why.movement import Movement
from standto.move.why.reason import Cause, Reason, explain

__all__ = ["Cause", "Chain", "Movement", "Reason", "explain", "trace"]
