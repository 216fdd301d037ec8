"""Searches that people keep, and how far they were told what is new in them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_people_schools_and_sections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestProgress",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="digest_progress",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
                ("told_seq", models.BigIntegerField(default=0, verbose_name="verteld tot en met")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="laatste bericht")),
            ],
            options={
                "verbose_name": "voortgang van het wekelijkse bericht",
                "verbose_name_plural": "voortgang van het wekelijkse bericht",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("told_seq__gte", 0)), name="digest_progress_is_in_history"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("items", models.JSONField(default=list, verbose_name="inhoud")),
                ("new_total", models.PositiveIntegerField(verbose_name="nieuw")),
                ("changed_total", models.PositiveIntegerField(verbose_name="gewijzigd")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digest_letters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="aan",
                    ),
                ),
            ],
            options={
                "verbose_name": "wekelijks bericht",
                "verbose_name_plural": "wekelijkse berichten",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["created_at"], name="digest_letter_by_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("new_total__gt", 0), ("changed_total__gt", 0), _connector="OR"),
                        name="digest_letter_has_something_to_tell",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="naam")),
                ("query", models.TextField(blank=True, verbose_name="zoekopdracht")),
                ("is_alert_on", models.BooleanField(default=True, verbose_name="wekelijks bericht")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="bewaard op")),
                ("since_seq", models.BigIntegerField(default=0, verbose_name="nieuws vanaf")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaarde zoekopdracht",
                "verbose_name_plural": "bewaarde zoekopdrachten",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"),
                        django.db.models.functions.text.MD5("query"),
                        name="saved_search_once_per_person",
                    ),
                    models.CheckConstraint(condition=models.Q(("name__regex", "\\S")), name="saved_search_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("since_seq__gte", 0)), name="saved_search_begins_in_history"
                    ),
                ],
            },
        ),
    ]
