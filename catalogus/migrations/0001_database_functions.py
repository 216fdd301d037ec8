"""What the tables need of the database itself: extensions, our text-search configuration, the check digit of an EAN."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# The dictionary unaccent in front of the Dutch stemmer: the function unaccent() is not immutable and cannot be indexed.
TEXT_SEARCH = """
CREATE TEXT SEARCH CONFIGURATION keuzecatalogus (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION keuzecatalogus
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
"""
DROP_TEXT_SEARCH = "DROP TEXT SEARCH CONFIGURATION keuzecatalogus;"

# GS1 General Specifications, clause 7.9: the sum of the digits, every second one times three, is a multiple of ten.
EAN13 = """
CREATE FUNCTION ean13_is_valid(ean text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ean ~ '^[0-9]{13}$' AND (
        SELECT sum(CASE WHEN i % 2 = 1 THEN 1 ELSE 3 END * substr(ean, i, 1)::int)
        FROM generate_series(1, 13) AS i
        WHERE ean ~ '^[0-9]{13}$'
    ) % 10 = 0
$$;
"""
DROP_EAN13 = "DROP FUNCTION ean13_is_valid(text);"

OUTBOX_REVISION = "CREATE SEQUENCE catalogus_outbox_revision;"
DROP_OUTBOX_REVISION = "DROP SEQUENCE catalogus_outbox_revision;"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(TEXT_SEARCH, DROP_TEXT_SEARCH),
        migrations.RunSQL(EAN13, DROP_EAN13),
        migrations.RunSQL(OUTBOX_REVISION, DROP_OUTBOX_REVISION),
    ]
