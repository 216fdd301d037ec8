"""By what signals are found: texts that are equal to others, and which name a flag was about."""

from django.db import migrations, models
from django.db.models.functions import MD5


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_first_rubric")]

    operations = [
        migrations.AddField(
            model_name="reviewflag",
            name="name_mark",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="reviewversion",
            index=models.Index(MD5("words"), name="review_version_same_words"),
        ),
    ]
