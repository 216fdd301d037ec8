"""Reports: what visitors say is wrong with a product or a method, for an editor to look into."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from catalogus.models import Method, Product

SHORTEST_TEXT = 10
"""Signs: shorter than “prijs fout” nobody can look into."""

LONGEST_TEXT = 2_000
"""Signs: a page of text. Who has more to say has found more than one fault."""


class FaultKind(models.TextChoices):
    TITLE = "title", _("De titel of de naam")
    PRICE = "price", _("De prijs")
    CLASSIFICATION = "classification", _("Het niveau, het leerjaar of het vak")
    AVAILABILITY = "availability", _("De leverbaarheid")
    PLACE = "place", _("Er hoort iets niet bij deze methode")
    OTHER = "other", _("Iets anders")


class ReportState(models.TextChoices):
    OPEN = "open", _("open")
    HANDLED = "handled", _("afgehandeld")
    DECLINED = "declined", _("afgewezen")


class DataReport(models.Model):
    """A report about one product or one method, from anybody; who it was is not known, unless they want an answer.

    text is as clean as `visitor_text.clean_text` makes it. note is what the editor found, and is not shown to visitors.
    reply_email is there while the report is open, and for REPLY_KEPT at most. The whole row goes CLOSED_KEPT after it
    was closed.
    """

    product = models.ForeignKey(
        Product,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="data_reports",
        verbose_name=_("product"),
    )
    method = models.ForeignKey(
        Method,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="data_reports",
        verbose_name=_("methode"),
    )
    kind = models.CharField(_("wat niet klopt"), max_length=20, choices=FaultKind.choices)
    text = models.TextField(_("melding"))
    reply_email = models.EmailField(_("adres voor antwoord"), blank=True)
    state = models.CharField(_("toestand"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    note = models.TextField(_("notitie van de redactie"), blank=True)
    created_at = models.DateTimeField(_("gemeld op"))
    handled_at = models.DateTimeField(_("afgehandeld op"), null=True, blank=True)
    handled_by = models.CharField(_("afgehandeld door"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("melding van een bezoeker")
        verbose_name_plural = _("meldingen van bezoekers")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="data_report_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(product=None, method__isnull=False) | Q(product__isnull=False, method=None),
                name="data_report_about_one_thing",
                violation_error_message=_("Een melding gaat over één product of over één methode."),
            ),
            models.CheckConstraint(condition=Q(kind__in=FaultKind.values), name="data_report_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="data_report_state_is_known"),
            models.CheckConstraint(
                condition=Q(
                    GreaterThanOrEqual(Length("text"), SHORTEST_TEXT), LessThanOrEqual(Length("text"), LONGEST_TEXT)
                ),
                name="data_report_text_has_a_fit_length",
            ),
            models.CheckConstraint(
                condition=Q(state="open", handled_at=None, handled_by="")
                | (~Q(state="open") & Q(handled_at__isnull=False, reply_email="")),
                name="data_report_closed_is_dated_and_has_no_address",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(note__regex=r"\S"),
                name="data_report_declined_says_why",
                violation_error_message=_("Zeg in de notitie waarom de melding wordt afgewezen."),
            ),
            # Somebody who sends the form twice has said it once.
            models.UniqueConstraint(
                "product",
                "method",
                "kind",
                MD5("text"),
                condition=Q(state="open"),
                nulls_distinct=False,
                name="data_report_one_open_per_text",
                violation_error_message=_("Dezelfde melding staat al open."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def subject(self) -> Product | Method:
        """What it is about."""
        subject = self.product or self.method
        assert subject is not None  # noqa: S101  A constraint says so.
        return subject

    @property
    def is_open(self) -> bool:
        return self.state == ReportState.OPEN
