"""What people fill in about where they work. Rules are the services'; what they refuse is shown at a field here."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import PublisherRole, School, SectionRole
from accounts.web.places import REFUSALS
from catalogus.models import Concept, Scheme

Done = TypeVar("Done")

_NO_ANSWER = {"autocomplete": "off"}


def try_with(form: forms.Form, field: str, action: Callable[[], Done]) -> Done | None:
    """Run a service on what was filled in; None, with its refusal at the field, where it refuses."""
    try:
        return action()
    except REFUSALS as refused:
        form.add_error(field, str(refused))
        return None


class FindSchoolForm(forms.Form):
    q = forms.CharField(
        label=_("Naam, plaats of BRIN van de school"),
        max_length=200,
        widget=forms.TextInput(attrs=_NO_ANSWER | {"type": "search"}),
        error_messages={"required": _("Typ waar u naar zoekt.")},
    )


class AskForm(forms.Form):
    school = forms.ModelChoiceField(
        queryset=School.objects.all(),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Kies een school uit de lijst."),
            "invalid_choice": _("Deze school kennen we niet. Zoek haar opnieuw."),
        },
    )


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden, als het niet klopt"),
        required=False,
        max_length=500,
        help_text=_("Over wie het gaat, krijgt dit te lezen."),
        widget=forms.TextInput(attrs=_NO_ANSWER),
    )


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden"),
        max_length=500,
        help_text=_("Over wie het gaat, krijgt dit te lezen."),
        widget=forms.TextInput(attrs=_NO_ANSWER),
        error_messages={"required": _("Geef een reden; wie het aangaat, kan die lezen.")},
    )


class FoundForm(forms.Form):
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none(), empty_label=None)
    subject = forms.ModelChoiceField(
        label=_("Vak"),
        queryset=Concept.objects.filter(scheme=Scheme.SUBJECT, replaced_by=None).order_by("label_nl"),
        empty_label=_("Kies een vak"),
        error_messages={"required": _("Kies het vak van de vaksectie.")},
    )

    def __init__(self, *args: Any, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  It is declared so above.
        field.queryset = School.objects.filter(pk__in=[school.pk for school in schools])


class _InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Alleen wie dit adres heeft bevestigd, kan de uitnodiging aannemen."),
        widget=forms.EmailInput(attrs=_NO_ANSWER),
        error_messages={
            "required": _("Vul het adres in van wie u uitnodigt."),
            "invalid": _("Dit is geen e-mailadres. Schrijf het als naam@school.example."),
        },
    )


class InviteToSectionForm(_InviteForm):
    role = forms.TypedChoiceField(label=_("Rol"), choices=SectionRole.choices, coerce=SectionRole)


class InviteToPublisherForm(_InviteForm):
    role = forms.TypedChoiceField(label=_("Rol"), choices=PublisherRole.choices, coerce=PublisherRole)


class PublisherRoleForm(forms.Form):
    role = forms.TypedChoiceField(label=_("Rol"), choices=PublisherRole.choices, coerce=PublisherRole)


class FindPublisherForm(forms.Form):
    q = forms.CharField(
        label=_("Naam van de uitgever"),
        max_length=200,
        widget=forms.TextInput(attrs=_NO_ANSWER | {"type": "search"}),
        error_messages={"required": _("Typ waar u naar zoekt.")},
    )
