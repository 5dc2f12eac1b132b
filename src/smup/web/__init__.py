"""The public face: one Django project with a portal for people and an API for programs."""
