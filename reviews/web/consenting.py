"""The page on which a section's lead lets the school be named with reviews of its members, or takes that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Section
from accounts.web.places import signed_in_only, visitor
from reviews.access import may_let_school_be_named
from reviews.exceptions import ReviewNotAllowed
from reviews.models import Review, ReviewState, SectionConsent
from reviews.services.consenting import set_section_consent


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def section_consent_page(request: HttpRequest, pk: int) -> HttpResponse:
    """POST with `noemen` "ja" or "nee" decides."""
    section = get_object_or_404(Section.objects.select_related("school", "subject"), pk=pk)
    if not may_let_school_be_named(request.user, section):
        raise PermissionDenied
    if request.method == "POST":
        said = request.POST.get("noemen", "")
        if said not in {"ja", "nee"}:
            messages.error(request, _("Kies of de school genoemd mag worden."))
            return redirect("reviews:section-consent", section.pk)
        try:
            set_section_consent(actor=visitor(request), section=section, is_given=said == "ja")
        except ReviewNotAllowed as refused:
            raise PermissionDenied from refused
        messages.success(
            request,
            _("De school mag genoemd worden.") if said == "ja" else _("De school wordt niet meer genoemd."),
        )
        return redirect("reviews:section-consent", section.pk)
    asked = Review.objects.filter(section=section, names_school=True, state=ReviewState.PUBLISHED)
    context = {
        "section": section,
        "consent": SectionConsent.objects.filter(section=section).first(),
        "count": asked.count(),
    }
    return render(request, "reviews/moderation/consent.html", context)
