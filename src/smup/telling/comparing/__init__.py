"""Chosen units side by side: what an address asks for, and what it shows."""
