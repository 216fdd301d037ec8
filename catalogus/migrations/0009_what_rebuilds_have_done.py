"""What rebuilds of the search indexes have done, and what checks of them found."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0008_search_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
                ("seconds", models.FloatField(verbose_name="seconden")),
                ("documents", models.PositiveIntegerField(verbose_name="documenten")),
                ("missing", models.PositiveIntegerField(verbose_name="ontbreken")),
                ("superfluous", models.PositiveIntegerField(verbose_name="te veel")),
                ("different", models.PositiveIntegerField(verbose_name="andere inhoud")),
                ("left", models.PositiveIntegerField(verbose_name="verschillen nog")),
            ],
            options={
                "verbose_name": "controle van de zoekindex",
                "verbose_name_plural": "controles van de zoekindex",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RebuildRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filling", "bezig of onderbroken"),
                            ("done", "klaar"),
                            ("failed", "mislukt"),
                            ("dropped", "opgegeven"),
                        ],
                        default="filling",
                        max_length=8,
                        verbose_name="stand",
                    ),
                ),
                ("definition", models.CharField(max_length=40, verbose_name="indeling")),
                ("words", models.CharField(max_length=40, verbose_name="woordenlijst")),
                ("product_index", models.CharField(max_length=255, verbose_name="index van producten")),
                ("method_index", models.CharField(max_length=255, verbose_name="index van methodes")),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="verzoeken",
                    ),
                ),
                ("last_method_id", models.BigIntegerField(default=0, verbose_name="laatste methode")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="documenten klaar")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="documenten in totaal")),
                ("started_at", models.DateTimeField(verbose_name="begonnen")),
                ("heartbeat_at", models.DateTimeField(verbose_name="laatste teken")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="geëindigd")),
                ("failure", models.CharField(blank=True, max_length=500, verbose_name="reden")),
            ],
            options={
                "verbose_name": "opbouw van de zoekindex",
                "verbose_name_plural": "opbouwen van de zoekindex",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filling")), fields=("state",), name="rebuild_run_one_is_filling"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filling", "done", "failed", "dropped"])),
                        name="rebuild_run_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state", "filling")),
                            models.Q(models.Q(("state", "filling"), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="rebuild_run_ends_when_it_is_not_filling",
                    ),
                ],
            },
        ),
    ]
