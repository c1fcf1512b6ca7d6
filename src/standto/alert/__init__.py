"""Who is told to get ready, and are they: alert orders, answers, escalation, live readiness.

In come commands that raise, lower, extend, supersede or stand down the postures of units, the answers of
those units, what became of every message, and what units report of themselves. Out go the events of the
record, and from them who is on alert under which order, who has not answered, which timers are due, and when
each unit would be ready. An alert never orders movement. The room looks at no clock and sends nothing itself.
"""
