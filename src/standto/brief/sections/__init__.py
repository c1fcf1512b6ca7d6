"""The parts of the page, in reading order; each says its finding in its title and stands alone."""
