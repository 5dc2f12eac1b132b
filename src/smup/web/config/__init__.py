"""Settings, addresses, middleware and the server; what the portal and the API have in common."""
