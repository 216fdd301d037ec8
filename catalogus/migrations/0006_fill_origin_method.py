"""Products stored before the column was there: the method that their records name is where they stand.

Where an editor had merged methods it is the survivor; a remap finds the name again. In batches, so that no lock is held
for long, and only where it is empty, so that it may run again.
"""

from django.db import connection, migrations

BATCH = 5_000
FILL = """
UPDATE catalogus_product SET origin_method_id = method_id
WHERE id > %s AND id <= %s AND origin_method_id IS NULL
"""


def fill(apps, _schema_editor):
    product = apps.get_model("catalogus", "Product")
    last = product.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalogus", "0005_product_indexes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
