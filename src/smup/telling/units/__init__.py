"""What pages of a unit say: who it is, among whom it stands, its services, findings and files."""
