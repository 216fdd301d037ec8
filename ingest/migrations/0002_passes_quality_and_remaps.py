"""What passes could not read and withdrew, the schedule of sources, quality over time, suggestions, and remaps."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

# The code before this migration writes rows without these columns; with a default of the database it goes on doing so.
DEFAULTS = [
    ("ingest_harvest", "held", "0"),
    ("ingest_harvest", "missing", "0"),
    ("ingest_harvest", "stop_requested_by", "''"),
    ("ingest_harvest", "withdrawn", "0"),
]
SET_DEFAULTS: Any = [
    f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}" for table, column, value in DEFAULTS
]
DROP_DEFAULTS: Any = [f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT" for table, column, _ in DEFAULTS]


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0004_product_details_and_edits"),
        ("ingest", "0001_sources_harvests_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="HarvestFault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
                ("query", models.TextField(verbose_name="vraag (CQL)")),
                ("first", models.PositiveIntegerField(verbose_name="van positie")),
                ("last", models.PositiveIntegerField(verbose_name="tot en met positie")),
                ("lost", models.PositiveIntegerField(default=0, verbose_name="niet gelezen")),
                ("message", models.TextField(verbose_name="wat er mis is")),
            ],
            options={
                "verbose_name": "fout bij het lezen",
                "verbose_name_plural": "fouten bij het lezen",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="QualitySnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="tijdstip")),
                ("records", models.PositiveIntegerField(verbose_name="records")),
                ("quarantined", models.PositiveIntegerField(default=0, verbose_name="in quarantaine")),
                ("flagged", models.PositiveIntegerField(default=0, verbose_name="met een waarschuwing")),
                ("completeness", models.JSONField(blank=True, default=dict, verbose_name="volledigheid per veld")),
                ("findings", models.JSONField(blank=True, default=dict, verbose_name="bevindingen")),
                ("completeness_score", models.PositiveSmallIntegerField(verbose_name="volledigheid")),
                ("correctness_score", models.PositiveSmallIntegerField(verbose_name="juistheid")),
            ],
            options={
                "verbose_name": "momentopname van de kwaliteit",
                "verbose_name_plural": "momentopnamen van de kwaliteit",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Remap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "bezig"), ("interrupted", "onderbroken"), ("complete", "klaar")],
                        default="running",
                        max_length=12,
                        verbose_name="toestand",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reden")),
                (
                    "publishers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="van uitgevers",
                    ),
                ),
                ("last_request", models.BigIntegerField(default=0, verbose_name="laatste verzoek")),
                ("position", models.BigIntegerField(default=0, verbose_name="tot en met rij")),
                ("until", models.BigIntegerField(default=0, verbose_name="laatste rij")),
                ("started_at", models.DateTimeField(verbose_name="begonnen")),
                ("heartbeat_at", models.DateTimeField(verbose_name="laatste teken van leven")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="klaar")),
                ("read", models.PositiveIntegerField(default=0, verbose_name="gelezen")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="gewijzigd")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="gelijk gebleven")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="geweigerd")),
            ],
            options={
                "verbose_name": "herlezing",
                "verbose_name_plural": "herlezingen",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("sector", "onderwijssector"),
                            ("level", "niveau of leerweg"),
                            ("year", "leerjaar of groep"),
                            ("subject", "vak of leergebied"),
                            ("proficiency", "referentie- of taalniveau"),
                            ("core_objective", "kerndoel of eindterm"),
                            ("qualification", "kwalificatie"),
                            ("criterion", "beoordelingscriterium"),
                        ],
                        max_length=20,
                        verbose_name="begrippenlijst",
                    ),
                ),
                ("key", models.CharField(max_length=200, verbose_name="genormaliseerde tekst")),
                ("text", models.CharField(max_length=200, verbose_name="tekst")),
                ("record_count", models.PositiveIntegerField(default=0, verbose_name="aantal records")),
                ("product_count", models.PositiveIntegerField(default=0, verbose_name="aantal producten")),
                (
                    "publisher_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=255),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="onder meer van",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "te beslissen"),
                            ("accepted", "gekoppeld"),
                            ("empty", "betekent niets"),
                            ("dismissed", "terzijde gelegd"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="toestand",
                    ),
                ),
                (
                    "concepts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="gekoppeld aan",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=200, verbose_name="besloten door")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="besloten op")),
                ("first_seen_at", models.DateTimeField(verbose_name="voor het eerst gezien")),
                ("counted_at", models.DateTimeField(verbose_name="geteld op")),
            ],
            options={
                "verbose_name": "onbekende tekst",
                "verbose_name_plural": "onbekende teksten",
                "ordering": ["-product_count", "scheme", "key"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="harvest",
            name="harvest_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="harvest",
            name="harvest_finished_when_ended",
        ),
        migrations.AddField(
            model_name="harvest",
            name="held",
            field=models.PositiveIntegerField(default=0, verbose_name="wachten op akkoord"),
        ),
        migrations.AddField(
            model_name="harvest",
            name="missing",
            field=models.PositiveIntegerField(default=0, verbose_name="niet meer aangetroffen"),
        ),
        migrations.AddField(
            model_name="harvest",
            name="stop_requested_by",
            field=models.CharField(blank=True, max_length=200, verbose_name="te stoppen op verzoek van"),
        ),
        migrations.AddField(
            model_name="harvest",
            name="withdrawn",
            field=models.PositiveIntegerField(default=0, verbose_name="teruggetrokken"),
        ),
        migrations.AddField(
            model_name="record",
            name="missing_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="niet aangetroffen sinds"),
        ),
        migrations.AddField(
            model_name="record",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="catalogus.publisher",
                verbose_name="uitgever",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="every_hours",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="Leeg: alleen met de hand.", null=True, verbose_name="oogst elke … uur"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="failure_told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="storing gemeld op"),
        ),
        migrations.AlterField(
            model_name="harvest",
            name="state",
            field=models.CharField(
                choices=[
                    ("running", "bezig"),
                    ("interrupted", "onderbroken"),
                    ("complete", "volledig"),
                    ("partial", "gedeeltelijk"),
                    ("held", "volledig, wacht op akkoord voor terugtrekken"),
                    ("faulty", "ondeugdelijk: de telling klopt niet"),
                    ("stopped", "gestopt door een mens"),
                    ("failed", "mislukt"),
                ],
                default="running",
                max_length=12,
                verbose_name="toestand",
            ),
        ),
        migrations.AddConstraint(
            model_name="harvest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["running", "interrupted", "complete", "partial", "held", "faulty", "stopped", "failed"],
                    )
                ),
                name="harvest_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="harvest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("state__in", ["running", "interrupted"])),
                    models.Q(
                        models.Q(("state__in", ["running", "interrupted"]), _negated=True),
                        ("finished_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="harvest_finished_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_hours", None), ("every_hours__gte", 1), _connector="OR"),
                name="source_every_hour_at_most",
                violation_error_message="Geef een heel aantal uren vanaf 1, of laat het leeg.",
            ),
        ),
        migrations.AddField(
            model_name="harvestfault",
            name="harvest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="faults",
                to="ingest.harvest",
                verbose_name="oogst",
            ),
        ),
        migrations.AddField(
            model_name="qualitysnapshot",
            name="harvest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="quality_snapshots",
                to="ingest.harvest",
                verbose_name="oogst",
            ),
        ),
        migrations.AddField(
            model_name="qualitysnapshot",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="quality_snapshots",
                to="catalogus.publisher",
                verbose_name="uitgever",
            ),
        ),
        migrations.AddField(
            model_name="qualitysnapshot",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="quality_snapshots",
                to="ingest.source",
                verbose_name="bron",
            ),
        ),
        migrations.AddConstraint(
            model_name="remap",
            constraint=models.UniqueConstraint(
                models.Value(1), condition=models.Q(("state__in", ["running", "interrupted"])), name="remap_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="remap",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "interrupted", "complete"])), name="remap_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="remap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "read",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("changed"), "+", models.F("unchanged")
                            ),
                            "+",
                            models.F("refused"),
                        ),
                    )
                ),
                name="remap_counts_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="remap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("state__in", ["running", "interrupted"])),
                    models.Q(("finished_at__isnull", False), ("state", "complete")),
                    _connector="OR",
                ),
                name="remap_finished_when_ended",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="proposed",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalogus.concept",
                verbose_name="lijkt op",
            ),
        ),
        migrations.AddConstraint(
            model_name="harvestfault",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__gte", 1), ("last__gte", models.F("first"))),
                name="harvest_fault_positions_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="qualitysnapshot",
            index=models.Index(fields=["publisher", "-at"], name="quality_of_publisher"),
        ),
        migrations.AddIndex(
            model_name="qualitysnapshot",
            index=models.Index(
                condition=models.Q(("publisher", None)), fields=["source", "-at"], name="quality_of_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitysnapshot",
            constraint=models.UniqueConstraint(
                fields=("harvest", "publisher"), name="quality_once_per_pass_and_publisher", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitysnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("completeness_score__lte", 1000), ("correctness_score__lte", 1000)),
                name="quality_scores_are_thousandths",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.UniqueConstraint(fields=("scheme", "key"), name="suggestion_one_per_text"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scheme__in",
                        [
                            "sector",
                            "level",
                            "year",
                            "subject",
                            "proficiency",
                            "core_objective",
                            "qualification",
                            "criterion",
                        ],
                    )
                ),
                name="suggestion_scheme_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "accepted", "empty", "dismissed"])),
                name="suggestion_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="suggestion_decided_when_closed",
            ),
        ),
        migrations.RunSQL(SET_DEFAULTS, DROP_DEFAULTS),
    ]
