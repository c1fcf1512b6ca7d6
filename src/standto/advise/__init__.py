"""What to do about it: what an alert buys, what one more slot would, what made two plans differ.

In come scenarios, or problems with their plans and bounds; out come values with what is proven about them,
and plain sentences made from data by stated rules. Like cases get like effort, and every plan here keeps
the rules of the independent judge.
"""
