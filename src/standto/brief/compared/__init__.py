"""Two plans on one page: what changed, for whom, which resource moved. The facts are `advise.compare`'s."""
