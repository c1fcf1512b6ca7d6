"""Who we have: nations, units, packages, holdings and lift, and the readiness clock of every unit.

In comes a scenario folder or workbook: `scenario.toml` and tables whose columns are declared once, in
`tables.py`. Out go a checked `Scenario`, every fault of one that is not in order, and the hour at which each
unit is ready at its home station. The room knows no plan and looks at no clock.
"""
