"""Shapes of the answers, for OpenAPI and for the tests that hold answers against them."""
