"""What nobody changes, whatever code asks for it: lines of the moderation log, rubrics, and versions of reviews.

Of a line of the log the key to who did it may be emptied, for that is personal data; nothing else. A rubric may come
into use and go out of it. A review's edition is one of its method, as it was reviewed.
"""

from django.db import migrations

LOG = """
CREATE FUNCTION reviews_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL
        AND (to_jsonb(NEW) - 'actor_id') = (to_jsonb(OLD) - 'actor_id')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the moderation log cannot be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reviews_keep_log BEFORE UPDATE OR DELETE ON reviews_moderationentry
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_log();
CREATE TRIGGER reviews_keep_log_whole BEFORE TRUNCATE ON reviews_moderationentry
    FOR EACH STATEMENT EXECUTE FUNCTION reviews_keep_log();
"""
DROP_LOG = """
DROP TRIGGER reviews_keep_log ON reviews_moderationentry;
DROP TRIGGER reviews_keep_log_whole ON reviews_moderationentry;
DROP FUNCTION reviews_keep_log();
"""
RUBRIC = """
CREATE FUNCTION reviews_keep_rubric() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'is_current') IS DISTINCT FROM (to_jsonb(OLD) - 'is_current') THEN
        RAISE EXCEPTION 'a rubric cannot be changed: load it as another version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reviews_keep_rubric BEFORE UPDATE ON reviews_rubricversion
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_rubric();
"""
DROP_RUBRIC = """
DROP TRIGGER reviews_keep_rubric ON reviews_rubricversion;
DROP FUNCTION reviews_keep_rubric();
"""
VERSION = """
CREATE FUNCTION reviews_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a review cannot be changed: write another one' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reviews_keep_version BEFORE UPDATE ON reviews_reviewversion
    FOR EACH ROW EXECUTE FUNCTION reviews_keep_version();
"""
DROP_VERSION = """
DROP TRIGGER reviews_keep_version ON reviews_reviewversion;
DROP FUNCTION reviews_keep_version();
"""
EDITION = """
ALTER TABLE reviews_review ADD CONSTRAINT review_edition_is_of_its_method
    FOREIGN KEY (edition_id, method_id) REFERENCES catalogus_edition (id, method_id) DEFERRABLE INITIALLY DEFERRED;
"""
DROP_EDITION = "ALTER TABLE reviews_review DROP CONSTRAINT review_edition_is_of_its_method;"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_reviews")]

    operations = [
        migrations.RunSQL(LOG, DROP_LOG),
        migrations.RunSQL(RUBRIC, DROP_RUBRIC),
        migrations.RunSQL(VERSION, DROP_VERSION),
        migrations.RunSQL(EDITION, DROP_EDITION),
    ]
