"""Where a spelling comes from: our own seed, an editor's hand, or a proposal that waits for one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.TextChoices):
    SEED = "seed", _("meegeleverd")
    FEED = "feed", _("gelezen bij een bron")
    EDITOR = "editor", _("redactie")
    SUGGESTION = "suggestion", _("voorstel")
