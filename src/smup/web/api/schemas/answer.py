"""What the answers have in common."""

from ninja import Schema


class Answer(Schema):
    """What every answer made of a release begins with."""

    release: str
    synthetic: bool
