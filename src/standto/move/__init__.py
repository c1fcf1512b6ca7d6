"""When can it be in place: from a scenario to a lift problem, to a judged plan beside a proven bound.

In comes a scenario (or a problem that somebody brings); out go a problem (`build`), a plan (`solve`), what no
plan can beat (`bound`), a verdict on any plan (`check`) and a sentence for every late requirement (`why`).
Doors inside: solve -> bound -> why -> check -> plan -> network -> problem; the judge knows no planner.
"""
