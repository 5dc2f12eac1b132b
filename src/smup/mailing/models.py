"""Messages that wait or went out, their files, and texts of letters that were changed."""

from typing import ClassVar

from django.db import models

from smup.accounts.models import StoredFile
from smup.mailing.states import State


class Message(models.Model):
    """One letter to one person, written when it was put here.

    ``key`` says what it is for, so that nothing is told twice. ``organisation`` is whose people may
    read it besides those who read everything. A ``sending`` message belongs to the
    sender whose ``claim`` it carries until ``lease`` ends; then nobody knows whether it went out.
    """

    key = models.CharField(max_length=200, unique=True)
    letter = models.CharField(max_length=60)
    lang = models.CharField(max_length=2)
    to = models.CharField(max_length=254, db_index=True)  # lower case is not forced: as was given
    subject = models.CharField(max_length=300)
    text = models.TextField()
    about = models.CharField(max_length=120, db_index=True)
    organisation = models.CharField(max_length=20, default="", blank=True, db_index=True)
    state = models.CharField(max_length=10, default=State.WAITING.value)
    created = models.DateTimeField()
    due = models.DateTimeField()  # not to be sent before
    attempts = models.PositiveSmallIntegerField(default=0)  # since it was last put to wait
    claim = models.CharField(max_length=32, default="", blank=True)
    lease = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)  # when it came to a state in which it rests
    answer = models.CharField(max_length=500, default="", blank=True)  # the server's last words
    open_key = models.BooleanField(default=False)  # the text holds a link that is a right

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "due", "id"], name="message_next"),
            models.Index(fields=["created"], name="message_created"),
        ]


class Attachment(models.Model):
    """A kept file that goes with a message, under a name of its own."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")


class LetterText(models.Model):
    """A text that stands in place of the one in the letter's file, for one language.

    Who put it there, and what stood before, is in the record of writes.
    """

    letter = models.CharField(max_length=60)
    lang = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    changed = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "lang"], name="one_text_of_a_letter"),
        ]


class Line(models.Model):
    """How the way to the mail server is: one row. ``trouble`` is empty while it works."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen = models.DateTimeField()  # the last round, to the minute
    trouble = models.CharField(max_length=500, default="", blank=True)
    since = models.DateTimeField(null=True)  # of the trouble
    tried = models.DateTimeField(null=True)  # last time the server could not be reached
