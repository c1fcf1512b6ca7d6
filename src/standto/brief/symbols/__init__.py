"""Which APP-6 symbol a unit has, and how it is drawn: from words of the scenario to a code, from a code to SVG."""
