"""Records in the shape of the official SMUP interface 1.0.0 (GUS), for those who read it already.

Field names are those its users publish; where a resource was never seen, its fields are named in
the same manner; docs/decisions.md tells which. Its ids and ours never meet: see ``ids``.
"""
