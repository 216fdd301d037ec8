"""The rubric that came with the site, so that reviews can be written at once. Later ones: `manage.py rubric load`."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "rubric" / "rubriek.json"


def load_rubric(apps: Any, _schema_editor: Any) -> None:
    rubrics = apps.get_model("reviews", "RubricVersion").objects
    if rubrics.exists():
        return
    document = json.loads(FILE.read_text(encoding="utf-8"))
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    rubrics.create(
        version=document["versie"],
        document=document,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        is_current=True,
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_what_never_changes")]

    operations = [migrations.RunPython(load_rubric, migrations.RunPython.noop)]
