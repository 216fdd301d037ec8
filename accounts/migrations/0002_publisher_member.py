"""Who speaks for a publisher."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_user"),
        ("catalogus", "0004_product_details_and_edits"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublisherMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("reader", "lezer"), ("editor", "redacteur"), ("owner", "eigenaar")],
                        default="reader",
                        max_length=8,
                        verbose_name="rol",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="catalogus.publisher",
                        verbose_name="uitgever",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publisher_memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
            ],
            options={
                "verbose_name": "medewerker van een uitgever",
                "verbose_name_plural": "medewerkers van uitgevers",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "publisher"), name="publisher_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["reader", "editor", "owner"])),
                        name="publisher_member_role_is_known",
                    ),
                ],
            },
        ),
    ]
