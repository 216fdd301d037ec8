"""A reason in the moderation log may become one fixed sentence: somebody may have been named in it. All else stays."""

from django.db import migrations

LOG = """
CREATE OR REPLACE FUNCTION reviews_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
        AND (NEW.reason = OLD.reason OR NEW.reason = 'gewist op verzoek')
        AND (to_jsonb(NEW) - 'actor_id' - 'reason') = (to_jsonb(OLD) - 'actor_id' - 'reason')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the moderation log cannot be changed' USING ERRCODE = 'restrict_violation';
END $$;
"""
LOG_BEFORE = """
CREATE OR REPLACE FUNCTION reviews_keep_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL
        AND (to_jsonb(NEW) - 'actor_id') = (to_jsonb(OLD) - 'actor_id')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the moderation log cannot be changed' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_signals")]

    operations = [migrations.RunSQL(LOG, LOG_BEFORE)]
