"""The forms of lists. What they check, the services check again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Section, User
from selection.models.material_list import DESCRIPTION_LENGTH, LIST_NAME_LENGTH
from selection.owners import section_name

_OWN = "mij"


class ListForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"),
        # Without a largest size here: the service tells how long the name was.
        widget=forms.TextInput(attrs={"maxlength": LIST_NAME_LENGTH, "autocomplete": "off"}),
        error_messages={"required": _("Geef de lijst een naam, waaraan u haar herkent.")},
        strip=False,
    )
    description = forms.CharField(
        label=_("Toelichting"),
        required=False,
        help_text=_("Waar de lijst voor is. Wie de lijst via een link leest, leest dit ook."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": DESCRIPTION_LENGTH}),
        strip=False,
    )


class OwnerForm(forms.Form):
    """Asks whose a new list is, where there is something to choose."""

    owner = forms.ChoiceField(
        label=_("Van wie is de lijst?"),
        help_text=_("Een lijst van een vaksectie zien en wijzigen alle leden, ook als u weg bent."),
        widget=forms.RadioSelect,
        initial=_OWN,
        error_messages={"required": _("Kies van wie de lijst is.")},
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sections = {str(section.pk): section for section in sections}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  It is declared so above.
        names = [(key, section_name(section)) for key, section in self._sections.items()]
        field.choices = [(_OWN, _("Alleen van mij")), *names]
        if not sections:
            del self.fields["owner"]

    def owner_of(self, user: User) -> User | Section:
        """Whom the filled-in form names."""
        return self._sections.get(self.cleaned_data.get("owner", ""), user)


class NewListForm(OwnerForm, ListForm):
    field_order = ["name", "owner", "description"]


class CopyForm(OwnerForm):
    name = ListForm.base_fields["name"]
    field_order = ["name", "owner"]
