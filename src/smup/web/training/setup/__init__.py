"""Pages of the administrator: editions, stages, pilot list, invitations, reporting."""
