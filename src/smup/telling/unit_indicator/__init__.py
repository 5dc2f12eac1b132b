"""One indicator of one unit: among whom it stands, how it changed, how sure it is, its inputs."""
