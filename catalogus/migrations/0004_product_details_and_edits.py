"""What records say of a product besides, corrections, edits that can be undone, and requests to read records again."""

from typing import Any

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# The code before this migration writes rows without these columns; with a default of the database it goes on doing so.
DEFAULTS = [
    ("catalogus_product", "aggregation_level", "''"),
    ("catalogus_product", "browsers", "'{}'"),
    ("catalogus_product", "devices", "'{}'"),
    ("catalogus_product", "language", "''"),
    ("catalogus_product", "license_availability", "''"),
    ("catalogus_product", "license_options", "'{}'"),
    ("catalogus_product", "open_license", "''"),
    ("catalogus_product", "part_identifiers", "'{}'"),
    ("catalogus_product", "platforms", "'{}'"),
    ("catalogus_product", "price_parts", "'[]'::jsonb"),
    ("catalogus_product", "publisher_logo_url", "''"),
    ("catalogus_product", "usages", "'{}'"),
    ("catalogus_product", "version_text", "''"),
    ("catalogus_productversion", "reason", "''"),
    ("catalogus_productversion", "run", "''"),
]
SET_DEFAULTS: Any = [
    f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}" for table, column, value in DEFAULTS
]
DROP_DEFAULTS: Any = [f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT" for table, column, _ in DEFAULTS]


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0003_composite_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40, verbose_name="veld")),
                ("value", models.JSONField(blank=True, null=True, verbose_name="juiste waarde")),
                ("source_value", models.JSONField(blank=True, null=True, verbose_name="waarde volgens de bronnen")),
                ("reason", models.TextField(verbose_name="reden")),
                ("actor", models.CharField(max_length=200, verbose_name="door")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
            ],
            options={
                "verbose_name": "correctie",
                "verbose_name_plural": "correcties",
                "ordering": ["product", "field"],
            },
        ),
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge_methods", "methodes samengevoegd"),
                            ("rename_method", "methode hernoemd"),
                            ("lock_method", "methode vastgezet of losgelaten"),
                            ("rename_edition", "uitgave hernoemd"),
                            ("move_products", "producten verplaatst"),
                            ("merge_publishers", "uitgevers samengevoegd"),
                            ("rename_publisher", "uitgever hernoemd"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("summary", models.CharField(max_length=500, verbose_name="samenvatting")),
                ("before", models.JSONField(blank=True, default=dict, verbose_name="daarvoor")),
                ("after", models.JSONField(blank=True, default=dict, verbose_name="daarna")),
                ("reason", models.TextField(verbose_name="reden")),
                ("actor", models.CharField(max_length=200, verbose_name="door")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="ongedaan gemaakt op")),
                ("undone_by", models.CharField(blank=True, max_length=200, verbose_name="ongedaan gemaakt door")),
            ],
            options={
                "verbose_name": "ingreep van de redactie",
                "verbose_name_plural": "ingrepen van de redactie",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RereadRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="reden")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
            ],
            options={
                "verbose_name": "verzoek om opnieuw te lezen",
                "verbose_name_plural": "verzoeken om opnieuw te lezen",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="product",
            name="activation_days",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="te activeren binnen (dagen)"),
        ),
        migrations.AddField(
            model_name="product",
            name="activation_until",
            field=models.DateField(blank=True, null=True, verbose_name="te activeren tot en met"),
        ),
        migrations.AddField(
            model_name="product",
            name="aggregation_level",
            field=models.CharField(blank=True, max_length=60, verbose_name="omvang"),
        ),
        migrations.AddField(
            model_name="product",
            name="browsers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100),
                blank=True,
                default=list,
                size=None,
                verbose_name="browsers",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="deprecated_on",
            field=models.DateField(blank=True, null=True, verbose_name="verouderd sinds"),
        ),
        migrations.AddField(
            model_name="product",
            name="devices",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100),
                blank=True,
                default=list,
                size=None,
                verbose_name="apparaten",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="is_copyrighted",
            field=models.BooleanField(blank=True, null=True, verbose_name="auteursrechtelijk beschermd"),
        ),
        migrations.AddField(
            model_name="product",
            name="is_open",
            field=models.BooleanField(blank=True, null=True, verbose_name="open leermateriaal"),
        ),
        migrations.AddField(
            model_name="product",
            name="language",
            field=models.CharField(blank=True, max_length=3, verbose_name="taal"),
        ),
        migrations.AddField(
            model_name="product",
            name="last_revised_on",
            field=models.DateField(blank=True, null=True, verbose_name="laatst herzien op"),
        ),
        migrations.AddField(
            model_name="product",
            name="license_availability",
            field=models.CharField(blank=True, max_length=100, verbose_name="ingang en einde van de licentie"),
        ),
        migrations.AddField(
            model_name="product",
            name="license_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="aantal licenties"),
        ),
        migrations.AddField(
            model_name="product",
            name="license_days",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="duur van de licentie in dagen"),
        ),
        migrations.AddField(
            model_name="product",
            name="license_ends_on",
            field=models.DateField(blank=True, null=True, verbose_name="licentie eindigt op"),
        ),
        migrations.AddField(
            model_name="product",
            name="license_options",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100),
                blank=True,
                default=list,
                size=None,
                verbose_name="ook verkrijgbaar als",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="license_starts_on",
            field=models.DateField(blank=True, null=True, verbose_name="licentie gaat in op"),
        ),
        migrations.AddField(
            model_name="product",
            name="open_license",
            field=models.CharField(blank=True, max_length=40, verbose_name="open licentie"),
        ),
        migrations.AddField(
            model_name="product",
            name="origin_method",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogus.method",
                verbose_name="methode volgens de bronnen",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="part_identifiers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=255),
                blank=True,
                default=list,
                size=None,
                verbose_name="bestaat uit",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="platforms",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100),
                blank=True,
                default=list,
                size=None,
                verbose_name="platforms",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="price_parts",
            field=models.JSONField(blank=True, default=list, verbose_name="prijs per btw-tarief"),
        ),
        migrations.AddField(
            model_name="product",
            name="publisher_logo_url",
            field=models.TextField(blank=True, verbose_name="logo van de uitgever"),
        ),
        migrations.AddField(
            model_name="product",
            name="supported_until",
            field=models.DateField(blank=True, null=True, verbose_name="ondersteund tot en met"),
        ),
        migrations.AddField(
            model_name="product",
            name="usages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=100), blank=True, default=list, size=None, verbose_name="gebruik"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="version_text",
            field=models.CharField(blank=True, max_length=60, verbose_name="versie volgens de uitgever"),
        ),
        migrations.AddField(
            model_name="productversion",
            name="reason",
            field=models.TextField(blank=True, verbose_name="reden"),
        ),
        migrations.AddField(
            model_name="productversion",
            name="run",
            field=models.CharField(blank=True, max_length=40, verbose_name="onderdeel van"),
        ),
        migrations.AddField(
            model_name="correction",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="corrections",
                to="catalogus.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="edit",
            name="method",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edits",
                to="catalogus.method",
                verbose_name="methode",
            ),
        ),
        migrations.AddField(
            model_name="edit",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edits",
                to="catalogus.publisher",
                verbose_name="uitgever",
            ),
        ),
        migrations.AddField(
            model_name="rereadrequest",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalogus.publisher",
                verbose_name="uitgever",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(fields=("product", "field"), name="correction_one_per_field"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")),
                name="correction_has_a_reason",
                violation_error_message="Geef een reden: wie later kijkt, moet zien waarom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="edit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "merge_methods",
                            "rename_method",
                            "lock_method",
                            "rename_edition",
                            "move_products",
                            "merge_publishers",
                            "rename_publisher",
                        ],
                    )
                ),
                name="edit_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="edit",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")),
                name="edit_has_a_reason",
                violation_error_message="Geef een reden: wie later kijkt, moet zien waarom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="edit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at", None), ("undone_by", "")), ("undone_at__isnull", False), _connector="OR"
                ),
                name="edit_undone_by_somebody",
            ),
        ),
        migrations.RunSQL(SET_DEFAULTS, DROP_DEFAULTS),
    ]
