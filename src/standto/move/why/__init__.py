"""Why a requirement closes when it does, in one sentence: the chain of events that held it, walked backwards.

From the last unloading at the destination the walk follows what it waited for: the vehicle that carried it,
back to where it was loaded; there, whichever came last, the vehicle or the load; and if the load came by
another vehicle, that vehicle's chain. Every hour from `available_h` to the close goes to one cause: the way
(moving, work, transfer), a closed link, slots (a vehicle stood without a slot free for as long as its work)
or lift (the vehicle was elsewhere, worked for others or stood). With readiness against the due hour, the sums
by cause add up to the lateness (`Account`); the sentence names the largest and says what the rest is. Where
the earliest possible close is known, what the way takes longer than the quickest is laid to lift.
"""

from standto.move.why.cause import Cause, Reason
from standto.move.why.chain import Chain, trace
from standto.move.why.course import Stretch, course
from standto.move.why.movement import Movement
from standto.move.why.reason import explain
from standto.move.why.sums import Account, account

__all__ = [
    "Account",
    "Cause",
    "Chain",
    "Movement",
    "Reason",
    "Stretch",
    "account",
    "course",
    "explain",
    "trace",
]
