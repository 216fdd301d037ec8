"""Two rules over two rows that one foreign key cannot hold: the columns that stand in both rows are in the key.

A product's edition is an edition of its method; an alias's concept is of the alias's scheme. Checked at commit, so that
an edition can move to another method with its products in one transaction.
"""

from django.db import migrations

PRODUCT_EDITION = """
ALTER TABLE catalogus_product ADD CONSTRAINT product_edition_is_of_its_method
    FOREIGN KEY (edition_id, method_id) REFERENCES catalogus_edition (id, method_id) DEFERRABLE INITIALLY DEFERRED;
"""
DROP_PRODUCT_EDITION = "ALTER TABLE catalogus_product DROP CONSTRAINT product_edition_is_of_its_method;"
ALIAS_SCHEME = """
ALTER TABLE catalogus_conceptalias ADD CONSTRAINT concept_alias_is_of_its_scheme
    FOREIGN KEY (concept_id, scheme) REFERENCES catalogus_concept (id, scheme) DEFERRABLE INITIALLY DEFERRED;
"""
DROP_ALIAS_SCHEME = "ALTER TABLE catalogus_conceptalias DROP CONSTRAINT concept_alias_is_of_its_scheme;"


class Migration(migrations.Migration):
    dependencies = [("catalogus", "0002_core")]

    operations = [
        migrations.RunSQL(PRODUCT_EDITION, DROP_PRODUCT_EDITION),
        migrations.RunSQL(ALIAS_SCHEME, DROP_ALIAS_SCHEME),
    ]
