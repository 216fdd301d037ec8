"""Indexes of the new columns, made beside running writes."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalogus", "0004_product_details_and_edits")]

    operations = [
        AddIndexConcurrently(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("part_identifiers", []), _negated=True),
                fields=["part_identifiers"],
                name="product_part_identifiers",
            ),
        ),
        AddIndexConcurrently(
            model_name="product",
            index=models.Index(fields=["publisher", "identifier"], name="product_code_of_publisher"),
        ),
        AddIndexConcurrently(
            model_name="product",
            index=models.Index(fields=["origin_method"], name="product_by_origin_method"),
        ),
        AddIndexConcurrently(
            model_name="productversion",
            index=models.Index(
                condition=models.Q(("run", ""), _negated=True), fields=["run", "id"], name="product_version_by_run"
            ),
        ),
    ]
