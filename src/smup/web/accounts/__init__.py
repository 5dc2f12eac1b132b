"""Pages of accounts: signing in, second factor, people and roles, the record, personal data."""
