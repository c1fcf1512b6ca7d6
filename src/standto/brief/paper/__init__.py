"""The brief on paper, as Markdown and as slides: the same page read once more, and printed by other means.

The page is the one place where sections are laid out. `reading` takes it apart into titles, tables and
drawings; `typesetting` and `markdown` put these together again. So no figure and no title can differ.
"""
