"""Words for the search, which edition of a method is current, and where a product states its accessibility."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0006_fill_origin_method"),
    ]

    operations = [
        migrations.CreateModel(
            name="RebuildRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="reden")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
            ],
            options={
                "verbose_name": "verzoek om de zoekindex opnieuw op te bouwen",
                "verbose_name_plural": "verzoeken om de zoekindex opnieuw op te bouwen",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="method",
            name="current_ordinal",
            field=models.PositiveIntegerField(
                editable=False, null=True, verbose_name="volgnummer van de huidige uitgave"
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="accessibility_url",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="toegankelijkheidsverklaring"),
        ),
        migrations.CreateModel(
            name="CompoundWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=80, unique=True, verbose_name="woord")),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="delen",
                    ),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("seed", "meegeleverd"),
                            ("feed", "gelezen bij een bron"),
                            ("editor", "redactie"),
                            ("suggestion", "voorstel"),
                        ],
                        max_length=12,
                        verbose_name="herkomst",
                    ),
                ),
            ],
            options={
                "verbose_name": "samenstelling",
                "verbose_name_plural": "samenstellingen",
                "ordering": ["word"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("word__regex", "^[^\\W_]+$")), name="compound_is_one_word"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parts__len", 0), ("parts__len__gte", 2), _connector="OR"),
                        name="compound_has_no_part_or_several",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provenance__in", ["seed", "feed", "editor", "suggestion"])),
                        name="compound_provenance_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=80, unique=True, verbose_name="woord")),
                ("method_count", models.PositiveIntegerField(verbose_name="aantal methodes")),
            ],
            options={
                "verbose_name": "woord van de catalogus",
                "verbose_name_plural": "woorden van de catalogus",
                "ordering": ["word"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["-method_count", "word"], name="search_word_by_methods"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=100, verbose_name="tekst")),
                ("key", models.CharField(editable=False, max_length=100, verbose_name="genormaliseerde tekst")),
                ("other", models.CharField(max_length=100, verbose_name="ook te vinden als")),
                ("other_key", models.CharField(editable=False, max_length=100, verbose_name="genormaliseerd")),
                ("is_two_way", models.BooleanField(default=True, verbose_name="in beide richtingen")),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("seed", "meegeleverd"),
                            ("feed", "gelezen bij een bron"),
                            ("editor", "redactie"),
                            ("suggestion", "voorstel"),
                        ],
                        max_length=12,
                        verbose_name="herkomst",
                    ),
                ),
            ],
            options={
                "verbose_name": "synoniem",
                "verbose_name_plural": "synoniemen",
                "ordering": ["key", "other_key"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "other_key"), name="synonym_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True), models.Q(("other_key", ""), _negated=True)
                        ),
                        name="synonym_has_two_texts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", models.F("other_key")), _negated=True), name="synonym_not_of_itself"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provenance__in", ["seed", "feed", "editor", "suggestion"])),
                        name="synonym_provenance_known",
                    ),
                ],
            },
        ),
    ]
