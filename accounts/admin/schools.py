"""Schools in the Django admin: looked up; their mail domains are kept here, and they are merged and ended here."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.exceptions import SchoolRefused
from accounts.mail_hosts import is_public_host
from accounts.models import Affiliation, School, SchoolDomain, Section, User
from accounts.selectors.schools import find_schools, school_that_goes_on
from accounts.services.school_ends import end_school, merge_schools, merger_refusal
from catalogus.admin import pages
from catalogus.admin.base import CatalogueAdmin, Tool, View, lines, link, row_url
from catalogus.admin.methods import number
from catalogus.exceptions import EditRefused
from catalogus.naming import normal_form

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class DomainForm(forms.ModelForm):  # type: ignore[type-arg]  # Generic for type checkers alone.
    class Meta:
        model = SchoolDomain
        fields = ("domain",)

    def clean_domain(self) -> str:
        domain = str(self.cleaned_data["domain"]).strip().lower().removeprefix("@").rstrip(".")
        if not _DOMAIN.fullmatch(domain):
            raise forms.ValidationError(
                _("“%(domain)s” is geen maildomein. Geef wat na het apenstaartje staat, zoals school.example.")
                % {"domain": domain}
            )
        if is_public_host(domain):
            raise forms.ValidationError(
                _("Bij “%(domain)s” kan iedereen een adres krijgen. Geef het domein dat de school aan haar eigen"
                  " medewerkers geeft.") % {"domain": domain}
            )  # fmt: skip
        return domain


class DomainInline(admin.TabularInline):  # type: ignore[type-arg]  # Idem.
    """Whoever may change schools keeps their domains; the school itself comes from DUO and is only looked at."""

    model = SchoolDomain
    form = DomainForm
    extra = 1
    verbose_name = gettext_lazy("maildomein")
    verbose_name_plural = gettext_lazy("maildomeinen")

    def has_view_permission(self, request: HttpRequest, obj: School | None = None) -> bool:  # noqa: ARG002
        return request.user.has_perm("accounts.view_school") or request.user.has_perm("accounts.change_school")

    def has_add_permission(self, request: HttpRequest, obj: School | None = None) -> bool:  # noqa: ARG002
        return request.user.has_perm("accounts.change_school")

    def has_change_permission(self, request: HttpRequest, obj: School | None = None) -> bool:  # noqa: ARG002
        return request.user.has_perm("accounts.change_school")

    def has_delete_permission(self, request: HttpRequest, obj: School | None = None) -> bool:  # noqa: ARG002
        return request.user.has_perm("accounts.change_school")


class DayForm(pages.ReasonForm):
    on = forms.DateField(
        label=gettext_lazy("Op"),
        help_text=gettext_lazy("De dag waarop het gebeurde, niet later dan vandaag."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ("on", "reason")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Deze dag is nog niet geweest. Doe dit op of na die dag."))
        return on


@admin.register(School)
class SchoolAdmin(CatalogueAdmin[School]):
    list_display = ("name", "place", "code", "sector_codes", "ended_on", "merged_into")
    list_filter = (
        ("ended_on", admin.EmptyFieldListFilter),
        ("merged_into", admin.EmptyFieldListFilter),
        ("domains", admin.EmptyFieldListFilter),
    )
    search_fields = ("search_key",)
    list_select_related = ("merged_into",)
    ordering = ("name", "place", "code")
    fields = (
        "code", "name", "place", "province", "institution", "board_code", "sector_codes", "listed_on", "ended_on",
        "merged_into_link", "merged_here",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (DomainInline,)

    def has_change_permission(self, request: HttpRequest, obj: School | None = None) -> bool:  # noqa: ARG002
        """The page is sent for its domains; all fields of the school are read-only."""
        return self.has_edit_permission(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[School], search_term: str
    ) -> tuple[QuerySet[School], bool]:
        """Folded as the text that it is looked for in."""
        return super().get_search_results(request, queryset, normal_form(search_term))

    @admin.display(description=gettext_lazy("sectoren"))
    def sector_codes(self, school: School) -> str:
        return ", ".join(school.sectors) or "–"

    @admin.display(description=gettext_lazy("instelling"))
    def institution(self, school: School) -> str:
        found = None if school.is_institution else School.objects.filter(code=school.institution_code).first()
        return link(found)

    @admin.display(description=gettext_lazy("opgegaan in"))
    def merged_into_link(self, school: School) -> str:
        return link(school.merged_into)

    @admin.display(description=gettext_lazy("hierin opgegaan"))
    def merged_here(self, school: School) -> str:
        return lines([(link(old), old.code) for old in school.merged.order_by("code")], "{} ({})")

    def tools(self, school: School) -> list[Tool]:
        if school.merged_into_id is not None:
            return []
        merge = Tool("merge", _("Laat opgaan in een andere"))
        return [merge, Tool("end", _("Hef op"))] if school.is_open else [merge]

    def tool_views(self) -> dict[str, View]:
        return {"merge": self.merge, "end": self.end}

    def merge(self, request: HttpRequest, school: School) -> HttpResponse:
        into = School.objects.filter(pk=number(request.GET.get("into"))).first()
        title = _("Laat %(name)s opgaan in een andere school") % {"name": school}
        if into is None:
            return pages.choose(request, self, school, title, found=_found(request, school))
        target = school_that_goes_on(into)

        def plan(_values: pages.Values) -> pages.Preview:
            facts = [(_("Gaat op"), _told(school)), (_("Gaat door"), _told(target))]
            refusal = merger_refusal(school, target)
            return pages.Preview(facts=facts + _follows(school), refusals=[refusal] if refusal else [])

        def act(values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            _try(lambda: merge_schools(old=school, into=target, on=values["on"], by=_user(request)))
            done = _("%(old)s gaat op in %(new)s.") % {"old": _told(school), "new": _told(target)}
            return pages.Done(done, row_url(target))

        return pages.run(request, self, school, _action(title, _("Laat opgaan"), plan, act))

    def end(self, request: HttpRequest, school: School) -> HttpResponse:
        def plan(_values: pages.Values) -> pages.Preview:
            warning = _("Banden en vaksecties eindigen en komen niet terug. Gaat de school verder als een andere, laat"
                        " haar daarin dan opgaan.")  # fmt: skip
            return pages.Preview(facts=[(_("Wordt opgeheven"), _told(school)), *_follows(school)], warnings=[warning])

        def act(values: pages.Values, _actor: str, _reason: str) -> pages.Done:
            _try(lambda: end_school(school=school, on=values["on"], by=_user(request)))
            return pages.Done(_("%(school)s is opgeheven.") % {"school": _told(school)}, row_url(school))

        title = _("Hef %(name)s op") % {"name": school}
        return pages.run(request, self, school, _action(title, _("Hef op"), plan, act))


def _action(title: str, button: str, plan: Callable[..., Any], act: Callable[..., Any]) -> pages.Action:
    return pages.Action(title, button, plan, act, form=DayForm, initial={"on": timezone.localdate()})


def _follows(school: School) -> list[tuple[str, object]]:
    """What hangs on a school and, of an institution, on its open locations."""
    own = Q(school=school)
    facts: list[tuple[str, object]] = []
    if school.is_institution:
        own |= Q(school__institution_code=school.code, school__ended_on=None)
        locations = School.objects.filter(institution_code=school.code, ended_on=None).exclude(pk=school.pk)
        facts.append((_("Open vestigingen die meegaan"), locations.count()))
    return [
        *facts,
        (_("Banden met mensen"), Affiliation.objects.filter(own, ended_at=None).count()),
        (_("Vaksecties"), Section.objects.filter(own, ended_at=None).count()),
        (_("Maildomeinen"), SchoolDomain.objects.filter(own).count()),
    ]


def _found(request: HttpRequest, school: School) -> list[pages.Choice]:
    return [
        pages.Choice(str(found), found.code, pages.with_parameter(request, "into", found.pk))
        for found in find_schools(request.GET.get("q", ""), limit=50)
        if found.pk != school.pk
    ]


def _try(act: Callable[[], object]) -> None:
    try:
        act()
    except SchoolRefused as refused:
        raise EditRefused(str(refused)) from refused


def _told(school: School) -> str:
    return f"{school} ({school.code})"


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
