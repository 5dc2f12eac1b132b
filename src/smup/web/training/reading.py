"""What the fields of a request say."""

LONGEST = 18  # digits of a number no database runs over


def whole_number(text: str, digits: int = LONGEST) -> int | None:
    """A number from 0 on, in at most so many digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
