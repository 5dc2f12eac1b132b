"""Short links and the record of what was written."""

from django.db import models


class Link(models.Model):
    """A kept address under a short key made of its content, so that the same is kept once.

    ``fixed`` links show one release for ever, the others whatever is newest.
    """

    key = models.CharField(max_length=26, primary_key=True)
    address = models.TextField()
    fixed = models.BooleanField()
    day = models.DateField()  # a day says enough; nobody is to be recognised by the minute


class Event(models.Model):
    """One write: what was done to what, when. By whom is not known and not asked."""

    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
