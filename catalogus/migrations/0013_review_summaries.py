"""What search must know of a method's reviews: their spread, a sort value, those of older editions and the last one.

Nobody reviews yet, so the numbers that stand there come from demonstrations and say nothing of spread or schools: they
go, and the room that owns the reviews counts anew. Documents of the engine follow by the outbox; rows of search in a
demonstration's database, by `manage.py search check --repair`. In one transaction, which took less than a second for
two hundred thousand methods.
"""

from django.db import migrations, models

# Their documents are stale too, and methods are marked before their products, as everybody does.
MARK_METHODS = """
INSERT INTO catalogus_outboxentry (kind, object_id, revision)
SELECT %s, id, nextval('catalogus_outbox_revision') FROM catalogus_method WHERE review_count > 0 ORDER BY id
ON CONFLICT (kind, object_id) DO UPDATE SET revision = nextval('catalogus_outbox_revision')
"""
MARK_PRODUCTS = """
INSERT INTO catalogus_outboxentry (kind, object_id, revision)
SELECT %s, product.id, nextval('catalogus_outbox_revision')
FROM catalogus_product AS product JOIN catalogus_method AS method ON method.id = product.method_id
WHERE method.review_count > 0 ORDER BY product.id
ON CONFLICT (kind, object_id) DO UPDATE SET revision = nextval('catalogus_outbox_revision')
"""


def forget_demonstrations(_apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MARK_METHODS, ["method"])
        cursor.execute(MARK_PRODUCTS, ["product"])
        cursor.execute("UPDATE catalogus_method SET review_count = 0, review_mean = NULL WHERE review_count > 0")


class Migration(migrations.Migration):
    dependencies = [
        ("catalogus", "0012_cover_images"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="method",
            name="method_mean_only_with_reviews",
        ),
        migrations.AddField(
            model_name="method",
            name="last_reviewed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="laatst beoordeeld op"),
        ),
        migrations.AddField(
            model_name="method",
            name="older_review_count",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="aantal beoordelingen van oudere uitgaven"
            ),
        ),
        migrations.AddField(
            model_name="method",
            name="review_high",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=3, null=True, verbose_name="middelste helft, tot en met"
            ),
        ),
        migrations.AddField(
            model_name="method",
            name="review_low",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=3, null=True, verbose_name="middelste helft, vanaf"
            ),
        ),
        migrations.AddField(
            model_name="method",
            name="review_sort",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="sorteerwaarde van de beoordelingen"),
        ),
        migrations.RunPython(forget_demonstrations, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("review_mean", None),
                    models.Q(("review_count__gte", 3), ("review_mean__gte", 1), ("review_mean__lte", 4)),
                    _connector="OR",
                ),
                name="method_mean_only_of_enough_reviews",
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("review_high", None), ("review_low", None), ("review_mean", None), ("review_sort", None)),
                    models.Q(
                        ("review_high__isnull", False),
                        ("review_high__lte", 4),
                        ("review_low__gte", 1),
                        ("review_low__isnull", False),
                        ("review_low__lte", models.F("review_high")),
                        ("review_mean__isnull", False),
                        ("review_sort__gte", 1000),
                        ("review_sort__isnull", False),
                        ("review_sort__lte", 4000),
                    ),
                    _connector="OR",
                ),
                name="method_spread_and_sort_value_with_mean",
            ),
        ),
        migrations.AddConstraint(
            model_name="method",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("last_reviewed_at", None), ("older_review_count", 0), ("review_count", 0)),
                    models.Q(
                        models.Q(("review_count__gt", 0), ("older_review_count__gt", 0), _connector="OR"),
                        ("last_reviewed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="method_last_review_with_reviews",
            ),
        ),
    ]
