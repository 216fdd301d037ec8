"""The forms by which staff let reviews wait."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogus.models import Method


class MethodHoldingForm(forms.Form):
    """method: its public id, or the address of its page, which is what people copy."""

    method = forms.CharField(
        label=gettext_lazy("Methode"),
        help_text=gettext_lazy("Het kenmerk van de methode, of het adres van haar pagina."),
        error_messages={"required": gettext_lazy("Geef de methode op.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Zij staat in het logboek; schrijvers lezen haar niet."),
        error_messages={"required": gettext_lazy("Geef een reden.")},
    )

    def clean_method(self) -> Method:
        given = str(self.cleaned_data["method"])
        parts = [part for part in given.replace("?", "/").split("/") if part]
        # The address is …/methode/<kenmerk>/<naam>/; a bare reference is its only part.
        wanted = parts[parts.index("methode") + 1] if "methode" in parts[:-1] else given.strip()
        found = Method.objects.filter(public_id=wanted[:20], merged_into=None).first() if "\x00" not in wanted else None
        if found is None:
            raise ValidationError(_("Er is geen methode met kenmerk “%(value)s”.") % {"value": wanted[:40]})
        return found


class AccountHoldingForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Beoordelingen van accounts jonger dan zoveel dagen wachten"),
        help_text=gettext_lazy("0 tot en met 365; bij 0 wacht er geen om zijn leeftijd."),
        error_messages={
            "required": gettext_lazy("Geef een aantal dagen, of 0."),
            "invalid": gettext_lazy("Geef een heel getal, zoals 14."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Geef een reden.")},
    )
