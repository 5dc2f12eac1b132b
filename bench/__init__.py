"""Measures speed and memory: ratios against a counterpart timed in the same run."""
