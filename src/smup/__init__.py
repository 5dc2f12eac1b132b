"""SMUP: how public services are run in every Polish gmina and powiat."""
