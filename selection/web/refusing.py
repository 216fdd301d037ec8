"""What a service refused, told in the form that asked for it."""

from django import forms
from django.core.exceptions import ValidationError


def add_refusal(form: forms.Form, refused: Exception) -> None:
    """Beside the field that it is about, where the form has that field; else above them all."""
    if not isinstance(refused, ValidationError):
        form.add_error(None, str(refused))
        return
    errors = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    for field, texts in errors.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)


def texts_of(refused: Exception) -> list[str]:
    """The sentences alone."""
    return list(refused.messages) if isinstance(refused, ValidationError) else [str(refused)]
