"""The data API over a release: no database, no login, one definition of every shape."""
