"""Indexes and a rule of the new columns, made beside running writes."""

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ingest", "0002_passes_quality_and_remaps")]

    operations = [
        AddIndexConcurrently(
            model_name="record",
            index=models.Index(fields=["publisher", "id"], name="record_of_publisher"),
        ),
        AddIndexConcurrently(
            model_name="record",
            index=models.Index(
                condition=models.Q(("missing_since__isnull", False)),
                fields=["source", "missing_since"],
                name="record_missing",
            ),
        ),
        AddConstraintNotValid(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "absent"), _negated=True), ("missing_since__isnull", False), _connector="OR"
                ),
                name="record_absent_since_when",
            ),
        ),
        ValidateConstraint(model_name="record", name="record_absent_since_when"),
    ]
