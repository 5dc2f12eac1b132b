"""Pages for who runs the system: sources, runs, limits, the release that waits."""
