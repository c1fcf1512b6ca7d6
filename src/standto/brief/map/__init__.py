"""The map of a plan: land, the ways it uses and the places it passes through, drawn as SVG."""
