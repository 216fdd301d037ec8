"""What a service refuses, told in the form that asked for it, so that what was typed stays."""

from http import HTTPStatus

from django import forms
from django.core.exceptions import ValidationError

from reviews.exceptions import ReviewChanged, ReviewNotAllowed

Refusal = ValidationError | ReviewNotAllowed | ReviewChanged


def add_errors(form: forms.Form, error: Refusal) -> HTTPStatus:
    """Put the sentences where they belong; the status of the page that shows them."""
    if isinstance(error, ValidationError):
        for field, messages in error.message_dict.items():
            form.add_error(field if field in form.fields else None, messages)
        return HTTPStatus.UNPROCESSABLE_ENTITY
    form.add_error(None, str(error))
    return HTTPStatus.CONFLICT if isinstance(error, ReviewChanged) else HTTPStatus.FORBIDDEN
