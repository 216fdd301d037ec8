"""Reports of visitors: taking one in, closing it, forgetting who wanted an answer, and in the end what was said."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogus.models import Method, Product
from ingest.models import DataReport, ReportState
from ingest.models.report import LONGEST_TEXT, SHORTEST_TEXT
from ingest.visitor_text import clean_text

logger = logging.getLogger(__name__)

REPLY_KEPT = timedelta(days=90)
"""How long an address for an answer is kept where nobody has handled the report: longer than a summer holiday."""

CLOSED_KEPT = timedelta(days=365)
"""How long a report is kept after it was closed: for a school year it can be asked what was decided. Strangers may have
written of people, so it is not kept for good."""


def report_fault(*, about: Product | Method, kind: str, text: str, reply_email: str = "") -> DataReport:
    """Store what a visitor says is wrong; where the same is open already, that one.

    Raises ValidationError that names the field (kind, text, reply_email).
    """
    report = DataReport(
        product=about if isinstance(about, Product) else None,
        method=about if isinstance(about, Method) else None,
        kind=kind,
        text=clean_text(text),
        # As proven addresses of accounts are written, so that who deletes theirs is found here.
        reply_email=reply_email.strip().lower(),
        created_at=timezone.now(),
    )
    _require_length(report.text)
    report.full_clean(validate_constraints=False)
    found = _same_as(report)
    if found is None:
        try:
            with transaction.atomic():
                report.save()
        except IntegrityError:
            # The same form was sent twice at once, and the other was first.
            found = _same_as(report)
            if found is None:
                raise
        else:
            logger.info("report %d was made", report.pk)
            return report
    if report.reply_email:
        # Only where it is open at this moment: an editor may have closed it since, and what is closed has no address.
        unanswered = DataReport.objects.filter(pk=found.pk, state=ReportState.OPEN, reply_email="")
        if unanswered.update(reply_email=report.reply_email):
            found.reply_email = report.reply_email
    return found


@transaction.atomic
def close_report(report: DataReport, *, state: ReportState, note: str, actor: str) -> DataReport:
    """It was handled, or declined with the reason in the note; the address for an answer goes.

    Raises ValidationError where it was closed or deleted already, or declined without a reason.
    """
    found = _held(report)
    if not found.is_open:
        raise ValidationError(
            _("Deze melding is al %(state)s door %(person)s.")
            % {"state": found.get_state_display(), "person": found.handled_by}
        )
    found.state, found.note = state, clean_text(note)
    found.handled_at, found.handled_by = timezone.now(), actor[:200]
    found.reply_email = ""
    found.full_clean()
    found.save()
    return found


@transaction.atomic
def reopen_report(report: DataReport) -> DataReport:
    """Undo the closing; the note stays, the address is gone.

    Raises ValidationError where the same is open again, or it was deleted.
    """
    found = _held(report)
    found.state, found.handled_at, found.handled_by = ReportState.OPEN, None, ""
    found.full_clean()
    found.save()
    return found


def forget_reply_addresses() -> int:
    """The addresses of reports that are open for longer than REPLY_KEPT; how many."""
    old = DataReport.objects.filter(created_at__lt=timezone.now() - REPLY_KEPT).exclude(reply_email="")
    return old.update(reply_email="")


def delete_old_reports() -> int:
    """Those that were closed longer than CLOSED_KEPT ago; how many. What was opened again is not closed."""
    return DataReport.objects.filter(handled_at__lt=timezone.now() - CLOSED_KEPT).delete()[0]


def _held(report: DataReport) -> DataReport:
    """The row of today, which nobody else changes in this transaction. Raises ValidationError where it is gone."""
    found = DataReport.objects.select_for_update().filter(pk=report.pk).first()
    if found is None:
        raise ValidationError(_("Deze melding is intussen verwijderd."))
    return found


def _same_as(report: DataReport) -> DataReport | None:
    return DataReport.objects.filter(
        product=report.product, method=report.method, kind=report.kind, text=report.text, state=ReportState.OPEN
    ).first()


def _require_length(text: str) -> None:
    sizes = {"count": len(text), "least": SHORTEST_TEXT, "most": LONGEST_TEXT}
    if len(text) < SHORTEST_TEXT:
        message = _("Uw melding telt %(count)d tekens; schrijf er ten minste %(least)d. Wat staat er, en wat klopt er?")
        raise ValidationError({"text": message % sizes})
    if len(text) > LONGEST_TEXT:
        message = _("Uw melding telt %(count)d tekens; dat mogen er %(most)d zijn. Kort de tekst in.")
        raise ValidationError({"text": message % sizes})
