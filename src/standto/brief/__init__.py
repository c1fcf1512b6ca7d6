"""What to tell: one page that states the answer, draws the plan, and says where every figure comes from.

In comes a problem with its plan and whatever was worked out about them: the proven bound, the value of the
alert, why requirements are late, what would cure it. Out goes one HTML file that opens anywhere and asks
nothing of the network, and the same figures as JSON. The room draws; it computes nothing new.
"""
