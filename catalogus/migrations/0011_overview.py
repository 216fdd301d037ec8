"""What the whole catalogue holds, counted now and then, for pages that everybody opens."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogus", "0010_method_order")]

    operations = [
        migrations.CreateModel(
            name="CatalogueOverview",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("shape", models.PositiveSmallIntegerField(verbose_name="vorm")),
                (
                    "content",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="tellingen"),
                ),
                ("revision", models.BigIntegerField(verbose_name="laatste wijziging")),
                ("counted_at", models.DateTimeField(verbose_name="geteld op")),
                ("tried_at", models.DateTimeField(verbose_name="laatste poging")),
            ],
            options={
                "verbose_name": "overzicht van de catalogus",
                "verbose_name_plural": "overzicht van de catalogus",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="catalogue_overview_is_one_row")
                ],
            },
        ),
    ]
