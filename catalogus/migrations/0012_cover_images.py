"""Pictures of covers, beside the products whose records name their addresses."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0011_overview"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoverImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.TextField(verbose_name="adres")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "wordt nog opgehaald"), ("held", "is er"), ("given_up", "is opgegeven")],
                        default="waiting",
                        max_length=8,
                        verbose_name="toestand",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="mislukte pogingen")),
                ("next_try_at", models.DateTimeField(verbose_name="volgende poging")),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="opgehaald")),
                ("width", models.PositiveSmallIntegerField(default=0, verbose_name="breedte")),
                ("height", models.PositiveSmallIntegerField(default=0, verbose_name="hoogte")),
                ("content_hash", models.CharField(blank=True, max_length=32, verbose_name="kenmerk van de inhoud")),
                ("reason", models.TextField(blank=True, verbose_name="reden")),
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cover",
                        to="catalogus.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "omslag",
                "verbose_name_plural": "omslagen",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["next_try_at"], name="cover_next_try"),
                    models.Index(
                        condition=models.Q(("content_hash", ""), _negated=True),
                        fields=["content_hash"],
                        name="cover_content",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "held"), ("content_hash", ""), _connector="XOR"),
                        name="cover_held_has_its_content",
                    )
                ],
            },
        ),
    ]
