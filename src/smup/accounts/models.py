"""People, the organisations they act for, one-time links, kept files and the record of writes."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Organisation(models.Model):
    """Who runs trainings. ``id`` is a short name such as ``zmp``, used in addresses and settings.

    ``contact_pl`` and ``contact_en`` are the texts of its contact page.
    """

    id = models.SlugField(primary_key=True, max_length=20)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    contact_pl = models.TextField(blank=True)
    contact_en = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.short)


class People(BaseUserManager["Person"]):
    """People by e-mail, which is compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person; without ``password`` nobody can sign in until one is set by a link."""
        person: Person = self.model(email=normalised(email), **fields)
        person.set_password(password)  # None: an unusable one
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        person: Person = self.get(email=normalised(email or ""))
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in: invited, never registered by themselves."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    lang = models.CharField(max_length=2, default="pl")  # of letters
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering: ClassVar = ["email"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_email_in_any_case"),
        ]

    def __str__(self) -> str:
        return str(self.email)


class Membership(models.Model):
    """A role of a person; ``organisation`` is None where it holds for all of them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                nulls_distinct=False,
                name="role_once_in_an_organisation",
            ),
        ]


class OneTimeLink(models.Model):
    """A link that stands for a right; the token itself is known to its holder alone.

    ``once`` links have ``used`` set when they were redeemed; others may be opened until ``ends``.
    """

    digest = models.CharField(primary_key=True, max_length=64)  # SHA-256 of the token
    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=120, db_index=True)
    once = models.BooleanField()
    made = models.DateTimeField()
    ends = models.DateTimeField(db_index=True)
    used = models.DateTimeField(null=True)


class StoredFile(models.Model):
    """A kept document; its bytes lie in a file of that name."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    media = models.CharField(max_length=120)
    size = models.BigIntegerField()
    kept = models.DateTimeField()


class Event(models.Model):
    """One write: who did what to what, how it stood before and after, and why.

    Rows are never changed; the database itself refuses (migration 0002).
    """

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=254, db_index=True)  # the label people read
    what = models.CharField(max_length=80, db_index=True)
    about = models.CharField(max_length=120, db_index=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    why = models.TextField(blank=True)
    edition = models.BigIntegerField(null=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["-id"]


def normalised(email: str) -> str:
    """An e-mail as it is kept and compared."""
    return email.strip().lower()
