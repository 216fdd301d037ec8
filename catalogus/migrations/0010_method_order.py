"""Methods in the order of their public ids, whatever the database sorts by; made beside running writes."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Collate


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalogus", "0009_what_rebuilds_have_done")]

    operations = [
        AddIndexConcurrently(
            model_name="method",
            index=models.Index(Collate("public_id", "C"), name="method_by_public_id"),
        ),
    ]
