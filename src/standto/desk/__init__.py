"""Where people work: the command line, and the wiring of clocks, files and screens to the pure rooms.

In come commands with paths and options; out go files, text or one JSON document, and an exit code:
0 done, 1 it ran and the answer is no, 2 bad use or bad input. Only this room reads the clock.
"""
