"""By what signals are found: texts that look like others, and which name a flag was about."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    # The trigrams come with the catalogue's own functions.
    dependencies = [("catalogus", "0001_database_functions"), ("reviews", "0003_first_rubric")]

    operations = [
        migrations.AddField(
            model_name="reviewflag",
            name="name_mark",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="reviewversion",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="review_version_words_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
