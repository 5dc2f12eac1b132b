"""Official services as sources: a package a provider, from its answers to tidy tables."""
