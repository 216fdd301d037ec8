"""What is remembered of replies that were taken back: that the writer was told, and how often they changed today."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0005_log_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyMemory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("changed_on", models.DateField(verbose_name="gewijzigd op")),
                ("changes", models.PositiveSmallIntegerField(verbose_name="wijzigingen op die dag")),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reply_memory",
                        to="reviews.review",
                        verbose_name="beoordeling",
                    ),
                ),
            ],
            options={
                "verbose_name": "wat van antwoorden wordt onthouden",
                "verbose_name_plural": "wat van antwoorden wordt onthouden",
                "ordering": ["pk"],
            },
        ),
    ]
