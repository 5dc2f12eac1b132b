"""Messages, their files, changed texts of letters, the state of the way out."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("accounts", "0002_events_stay"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("seen", models.DateTimeField()),
                ("trouble", models.CharField(blank=True, default="", max_length=500)),
                ("since", models.DateTimeField(null=True)),
                ("tried", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LetterText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("letter", models.CharField(max_length=60)),
                ("lang", models.CharField(max_length=2)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("changed", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("letter", "lang"), name="one_text_of_a_letter")
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("letter", models.CharField(max_length=60)),
                ("lang", models.CharField(max_length=2)),
                ("to", models.CharField(db_index=True, max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("about", models.CharField(db_index=True, max_length=120)),
                (
                    "organisation",
                    models.CharField(blank=True, db_index=True, default="", max_length=20),
                ),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("created", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("lease", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=500)),
                ("open_key", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due", "id"], name="message_next"),
                    models.Index(fields=["created"], name="message_created"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.storedfile",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="mailing.message",
                    ),
                ),
            ],
        ),
    ]
