"""Servers that answer as outside services say they do, written from their contracts.

Each runs as a process of its own (``serving.Serving``) and can be told to misbehave.
"""
