"""Records stored before the column was there belong to the publisher of their product; a remap finds the others.

In batches, so that no lock is held for long, and only where it is empty, so that it may run again.
"""

from django.db import connection, migrations

BATCH = 5_000
FILL = """
UPDATE ingest_record AS record SET publisher_id = product.publisher_id
FROM catalogus_product AS product
WHERE product.id = record.product_id AND record.id > %s AND record.id <= %s AND record.publisher_id IS NULL
"""


def fill(apps, _schema_editor):
    record = apps.get_model("ingest", "Record")
    last = record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("ingest", "0003_record_indexes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
