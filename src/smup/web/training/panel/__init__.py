"""The contact person's pages: one registration, from its result to the certificates."""
