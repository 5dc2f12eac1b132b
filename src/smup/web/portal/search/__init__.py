"""Words and plain questions answered: units, indicators and services, everyday words, intents."""
