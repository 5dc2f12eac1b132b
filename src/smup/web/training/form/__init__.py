"""The registration form: five steps over one draft."""
