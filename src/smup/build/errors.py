"""Why a release cannot be built: one Polish sentence naming the file and what to do."""


class BuildError(ValueError):
    """The folders data/, catalogue/ and territory/ do not fit together."""
