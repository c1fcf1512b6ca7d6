"""Which APP-6 symbol a unit has and how it is drawn: from words to a code, from a code to SVG."""
