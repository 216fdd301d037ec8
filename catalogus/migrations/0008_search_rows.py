"""What search in the database reads: a narrow row for each product, and the numbers of the codes in it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0007_words_and_current_edition"),
    ]

    operations = [
        migrations.CreateModel(
            name="FacetCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", models.CharField(max_length=20, verbose_name="filter")),
                ("code", models.CharField(max_length=80, verbose_name="code")),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="nummer")),
            ],
            options={
                "verbose_name": "code van een filter",
                "verbose_name_plural": "codes van filters",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("facet", "code"), name="facet_code_once"),
                    models.CheckConstraint(condition=models.Q(("number__lt", 992)), name="facet_code_has_a_bit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogus.product",
                    ),
                ),
                ("public_id", models.CharField(db_collation="C", max_length=13)),
                ("is_withdrawn", models.BooleanField()),
                ("is_orderable", models.BooleanField()),
                ("published_day", models.PositiveIntegerField()),
                ("price_from", models.PositiveIntegerField(null=True)),
                ("sort_title", models.CharField(db_collation="C", max_length=100)),
                ("sort_name", models.CharField(db_collation="C", max_length=100)),
                ("codes_0", models.BigIntegerField(null=True)),
                ("codes_1", models.BigIntegerField(null=True)),
                ("codes_2", models.BigIntegerField(null=True)),
                ("codes_3", models.BigIntegerField(null=True)),
                ("codes_4", models.BigIntegerField(null=True)),
                ("codes_5", models.BigIntegerField(null=True)),
                ("codes_6", models.BigIntegerField(null=True)),
                ("codes_7", models.BigIntegerField(null=True)),
                ("codes_8", models.BigIntegerField(null=True)),
                ("codes_9", models.BigIntegerField(null=True)),
                ("codes_10", models.BigIntegerField(null=True)),
                ("codes_11", models.BigIntegerField(null=True)),
                ("codes_12", models.BigIntegerField(null=True)),
                ("codes_13", models.BigIntegerField(null=True)),
                ("codes_14", models.BigIntegerField(null=True)),
                ("codes_15", models.BigIntegerField(null=True)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "method",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogus.method",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogus.publisher",
                    ),
                ),
            ],
            options={
                "verbose_name": "zoekregel",
                "verbose_name_plural": "zoekregels",
                "indexes": [
                    models.Index(fields=["method"], name="search_row_by_method"),
                    models.Index(fields=["public_id"], name="search_row_by_public_id"),
                    models.Index(fields=["sort_title"], name="search_row_by_title"),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_row_words"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["sort_title"], name="search_row_title_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("codes_0__isnull", True), ("codes_0__gt", 0), _connector="OR"),
                        name="search_row_codes_0_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_1__isnull", True), ("codes_1__gt", 0), _connector="OR"),
                        name="search_row_codes_1_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_2__isnull", True), ("codes_2__gt", 0), _connector="OR"),
                        name="search_row_codes_2_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_3__isnull", True), ("codes_3__gt", 0), _connector="OR"),
                        name="search_row_codes_3_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_4__isnull", True), ("codes_4__gt", 0), _connector="OR"),
                        name="search_row_codes_4_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_5__isnull", True), ("codes_5__gt", 0), _connector="OR"),
                        name="search_row_codes_5_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_6__isnull", True), ("codes_6__gt", 0), _connector="OR"),
                        name="search_row_codes_6_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_7__isnull", True), ("codes_7__gt", 0), _connector="OR"),
                        name="search_row_codes_7_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_8__isnull", True), ("codes_8__gt", 0), _connector="OR"),
                        name="search_row_codes_8_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_9__isnull", True), ("codes_9__gt", 0), _connector="OR"),
                        name="search_row_codes_9_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_10__isnull", True), ("codes_10__gt", 0), _connector="OR"),
                        name="search_row_codes_10_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_11__isnull", True), ("codes_11__gt", 0), _connector="OR"),
                        name="search_row_codes_11_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_12__isnull", True), ("codes_12__gt", 0), _connector="OR"),
                        name="search_row_codes_12_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_13__isnull", True), ("codes_13__gt", 0), _connector="OR"),
                        name="search_row_codes_13_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_14__isnull", True), ("codes_14__gt", 0), _connector="OR"),
                        name="search_row_codes_14_has_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("codes_15__isnull", True), ("codes_15__gt", 0), _connector="OR"),
                        name="search_row_codes_15_has_codes",
                    ),
                ],
            },
        ),
    ]
