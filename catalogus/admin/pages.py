"""The pages of actions: what will happen, why, and then what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from catalogus.exceptions import EditRefused

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a preview: what it shows, its heads, its rows."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action would do. other: (text, address) of another way to look at it."""

    facts: Sequence[tuple[str, object]] = ()
    tables: Sequence[Table] = ()
    warnings: Sequence[str] = ()
    refusals: Sequence[str] = ()
    other: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """message: what was done, for people; url: where to go on; made: the row that was made, where there was none."""

    message: str
    url: str
    made: models.Model | None = None


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reden"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Wie later kijkt, moet zien waarom dit is gedaan."),
    )


@dataclass(frozen=True, slots=True)
class Action:
    """An action of an editor on a row.

    plan gives the preview of what was asked for; act does it, told who and why. What is asked for comes from
    `asked`, a form that is sent with the address, so that a preview can be linked to; None where nothing is asked.
    form: what the page asks besides, the reason at least.
    """

    title: str
    button: str
    plan: Callable[[Values], Preview]
    act: Callable[[Values, str, str], Done]
    asked: forms.Form | None = None
    form: type[ReasonForm] = ReasonForm
    initial: Values = field(default_factory=dict)


def run(
    request: HttpRequest, model_admin: "admin.ModelAdmin[Any]", row: models.Model | None, action: Action
) -> HttpResponse:
    """The page of the action for this request: the questions, the preview, or, when it was done, the way on.

    Without a row the action makes one.
    """
    values: dict[str, Any] = {}
    if action.asked is not None:
        if not (action.asked.is_bound and action.asked.is_valid()):
            kept = _kept(request, set(action.asked.fields))
            return _page(request, model_admin, row, action, "ask.html", form=action.asked, kept=kept)
        values |= action.asked.cleaned_data
    preview = action.plan(values)
    form = action.form(request.POST or None, initial=dict(action.initial))
    if request.method == "POST" and form.is_valid():
        done = _try(request, form, lambda: action.act(values | form.cleaned_data, actor_of(request), _reason(form)))
        if done is not None:
            subject = done.made or row
            if subject is not None:
                model_admin.log_change(request, subject, f"{done.message} {_reason(form)}")
            messages.success(request, done.message)
            return HttpResponseRedirect(done.url)
        preview = action.plan(values)
    return _page(request, model_admin, row, action, "confirm.html", form=form, preview=preview)


def actor_of(request: HttpRequest) -> str:
    """Who does it, as the log of edits and the history of products name them."""
    # The room of people says how; this one may not know it.
    return str(getattr(request.user, "actor_name", request.user))[:200]


def _reason(form: forms.Form) -> str:
    return str(form.cleaned_data["reason"])


def _try(request: HttpRequest, form: forms.Form, act: Callable[[], Done]) -> Done | None:
    try:
        return act()
    except EditRefused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {forms.ALL_FIELDS: error.messages}
        for name, texts in by_field.items():
            form.add_error(name if name in form.fields else None, texts)
    return None


def _page(
    request: HttpRequest,
    model_admin: "admin.ModelAdmin[Any]",
    row: models.Model | None,
    action: Action,
    template: str,
    **context: Any,
) -> HttpResponse:
    return show(request, model_admin, f"admin/catalogus/{template}", row, action.title, action=action, **context)


def show(
    request: HttpRequest,
    model_admin: "admin.ModelAdmin[Any]",
    template: str,
    row: models.Model | None,
    title: str,
    **context: Any,
) -> HttpResponse:
    """A page of ours within the admin."""
    # Breadcrumbs lead to the row, where it is one of the kind that this page belongs to.
    original = row if isinstance(row, model_admin.model) else None
    common = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "original": original}
    return TemplateResponse(request, template, {**common, "title": title, **context})


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that can be chosen: its name, what tells it apart, the address that goes on with it, and reasons for it."""

    name: str
    note: str
    url: str
    reasons: Sequence[str] = ()


def choose(
    request: HttpRequest,
    model_admin: "admin.ModelAdmin[Any]",
    row: models.Model | None,
    title: str,
    *,
    found: Sequence[Choice],
    proposed: Sequence[Choice] = (),
) -> HttpResponse:
    """The page that asks for another row: what fits the word that was looked for, and what is proposed.

    What else stands in the address is kept.
    """
    return show(
        request,
        model_admin,
        "admin/catalogus/choose.html",
        row,
        title,
        found=found,
        proposed=proposed,
        asked=request.GET.get("q", ""),
        kept=_kept(request, {"q"}),
    )


def _kept(request: HttpRequest, asked: set[str]) -> list[tuple[str, str]]:
    """What stands in the address besides what a form asks for."""
    return [(name, value) for name, values in request.GET.lists() if name not in asked for value in values]


def with_parameter(request: HttpRequest, name: str, value: object) -> str:
    """This page's address with a parameter more, and without the word that was looked for."""
    query = request.GET.copy()
    query.pop("q", None)
    query[name] = str(value)
    return f"{request.path}?{query.urlencode()}"
