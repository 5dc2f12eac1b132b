"""Short links and the record of writes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[object]] = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("key", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("address", models.TextField()),
                ("fixed", models.BooleanField()),
                ("day", models.DateField()),
            ],
        ),
    ]
