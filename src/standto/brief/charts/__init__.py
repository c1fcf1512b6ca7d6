"""Our own charts: plain SVG made from numbers, with axes a reader can follow and text that stays text."""
