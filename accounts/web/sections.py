"""The sections of a person and of their schools, and founding one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import may_found_section, may_take_lead, proven_affiliations
from accounts.models import School
from accounts.selectors.people import person_name
from accounts.selectors.sections import leads_of, own_memberships, sections_at_work
from accounts.services.sections import found_section
from accounts.web.place_forms import FoundForm, try_with
from accounts.web.places import signed_in_only, visitor


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def sections_page(request: HttpRequest) -> HttpResponse:
    """One's own sections, those of one's schools, and a form to found one; POST founds it."""
    user = visitor(request)
    schools = _schools_to_found_at(request)
    form = FoundForm(request.POST if request.method == "POST" else None, schools=schools)
    if request.method == "POST":
        if not schools:
            raise PermissionDenied
        if form.is_valid():
            school, subject = form.cleaned_data["school"], form.cleaned_data["subject"]
            section = try_with(form, "subject", lambda: found_section(school=school, subject=subject, by=user))
            if section is not None:
                messages.success(
                    request, _("De vaksectie is opgericht en u bent voorzitter. Nodig hier uw collega's uit.")
                )
                return redirect("accounts:section", section.pk)
    context = {
        "memberships": own_memberships(user),
        "others": [
            {
                "section": section,
                "leads": ", ".join(person_name(lead) for lead in leads_of(section)),
                "can_take_lead": may_take_lead(user, section),
            }
            for section in sections_at_work(user)
        ],
        "form": form if schools else None,
    }
    return render(request, "accounts/sections.html", context, status=400 if request.method == "POST" else 200)


def _schools_to_found_at(request: HttpRequest) -> list[School]:
    user = request.user
    return [each.school for each in proven_affiliations(user) if may_found_section(user, each.school)]
