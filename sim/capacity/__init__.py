"""Capacity planning: many orders through the same service, counted rather than kept.

`scenario` says what is assumed, `workload` draws the orders, `engine` runs one replication of one variant,
`replications` runs many of them anywhere, `results` writes them.
`judged` asks the judge about what they sampled; `engine` and `scenario` never see it.
"""
