"""The forms of saved searches. What they check, the services check again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from selection.models.saved_search import NAME_LENGTH


class SearchNameForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"),
        # Without a largest size here: the service tells how long the name was.
        widget=forms.TextInput(attrs={"maxlength": NAME_LENGTH, "autocomplete": "off"}),
        error_messages={"required": _("Geef de zoekopdracht een naam, waaraan u haar herkent.")},
        strip=False,
    )
    is_alert_on = forms.BooleanField(
        label=_("Stuur mij elke week een e-mail als er iets nieuws of gewijzigds bij is"), required=False, initial=True
    )
