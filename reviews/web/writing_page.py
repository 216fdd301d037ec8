"""The page with the form, in every state that it can be in, and the pages that stand in its place."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Visitor
from accounts.models import User
from catalogus.labels import concept_label
from catalogus.models import Method, Scheme
from catalogus.survivors import leading_to
from reviews.access import MethodStanding
from reviews.models import Review, ReviewDraft
from reviews.rubric import Rubric
from reviews.selectors.rubrics import current_rubric
from reviews.standing_words import why_not
from reviews.web.writing_choices import Choices, edition_of_product
from reviews.web.writing_fields import Fields, typed_texts
from reviews.web.writing_form import writing_form
from reviews.web.writing_places import Subject, product_of
from reviews.wording import Finding

Errors = Mapping[str, Sequence[str]]


def form_page(
    request: HttpRequest, subject: Subject, draft: ReviewDraft, fields: Fields, *, errors: Errors | None = None,
    told: str = "", others: Fields | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """told: what happened, above the form; others: what another window kept meanwhile, where that differs."""
    user, rubric = _user(request), current_rubric()
    product = product_of(fields, subject.method)
    choices = Choices.of(user, subject.method, product)
    form = writing_form(choices, rubric, fields, errors or {}, is_change=subject.review is not None)
    context = {
        "form": form,
        "method": subject.method,
        "product": product,
        "product_edition": edition_of_product(product) if product else "",
        "review": subject.review,
        "draft": draft,
        # As it stands now: who sends the form again after a warning means it.
        "version": subject.review.version if subject.review is not None else "",
        "action": subject.address,
        "draft_url": subject.draft_address,
        "told": told,
        "differences": differences(fields, others, rubric) if others is not None else [],
        "reviewed": own_reviews_of(user, subject.method) if subject.review is None else [],
        "naming": choices.naming,
        "scale": rubric.scale,
    }
    return render(request, "reviews/writing/form.html", context, status=status)


def refusal_page(
    request: HttpRequest,
    method: Method,
    standing: MethodStanding,
    fields: Fields | None = None,
    *,
    is_kept: bool = True,
) -> HttpResponse:
    """Why the person may not review, what they can do, and what they typed; is_kept: whether it is stored as well."""
    context = {
        "method": method,
        "standing": standing.value,
        "why": why_not(standing),
        "texts": labelled_texts(fields or {}, current_rubric()),
        "is_kept": is_kept,
    }
    return render(request, "reviews/writing/refused.html", context, status=403)


def signed_out_page(request: HttpRequest, subject_url: str, method: Method | None, fields: Fields) -> HttpResponse:
    """Everything that was sent, to send again after signing in beside this page."""
    kept = [(name, text) for name in request.POST if name not in _NOT_SENT_AGAIN for text in request.POST.getlist(name)]
    context = {
        "method": method,
        "action": subject_url,
        "kept": kept,
        "texts": labelled_texts(fields, current_rubric()),
        "sign_in": f"{reverse('account_login')}?next={reverse('reviews:own')}",
    }
    return render(request, "reviews/writing/signed_out.html", context, status=403)


_NOT_SENT_AGAIN = ("csrfmiddlewaretoken", "actie")


def sent_page(request: HttpRequest, method: Method, review: Review | None) -> HttpResponse:
    """That it was sent already. review: what became of it, where that is known."""
    context = {"method": method, "review": review}
    return render(request, "reviews/writing/sent.html", context, status=409)


def own_reviews_of(user: Visitor, method: Method) -> list[Review]:
    """The person's reviews of the method, newest first; two queries."""
    if not isinstance(user, User):
        return []
    rows = Review.objects.filter(author=user, method__in=leading_to(method.pk)).select_related("shown_edition")
    return list(rows.order_by("-written_at", "-pk"))


def labelled_texts(fields: Fields, rubric: Rubric) -> list[tuple[str, str]]:
    """What was written in words, each with what it answers."""
    return [(_label(name, rubric), text) for name, text in typed_texts(fields).items()]


def labelled_findings(found: Sequence[Finding], rubric: Rubric) -> list[tuple[str, str]]:
    """What a writer is asked to look at, each with the question that it stands at."""
    return [(_label(one.field, rubric), one.message) for one in found]


def differences(mine: Fields, others: Fields, rubric: Rubric) -> list[tuple[str, str]]:
    """What another window says otherwise: the question, and what stands there in words."""
    names = [name for name in dict.fromkeys((*others, *mine)) if name != "version"]
    apart = [name for name in names if [*filter(None, mine.get(name, ()))] != [*filter(None, others.get(name, ()))]]
    return [(_label(name, rubric), _shown(name, others.get(name, ()))) for name in apart]


def _label(name: str, rubric: Rubric) -> str:
    part, _dash, code = name.partition("-")
    if part == "score":
        return rubric.label(code)
    if part == "reason":
        return _("Reden bij %(criterion)s") % {"criterion": rubric.label(code)}
    return _LABELS[name]() if name in _LABELS else name


_LABELS = {
    "strong_point": lambda: _("Sterk punt"),
    "weak_point": lambda: _("Verbeterpunt"),
    "body": lambda: _("Toelichting"),
    "interests_text": lambda: _("Belang"),
    "edition": lambda: _("Uitgave"),
    "product": lambda: _("Product"),
    "school": lambda: _("School"),
    "school_year": lambda: _("Schooljaar"),
    "sector": lambda: _("Sector"),
    "levels": lambda: _("Niveaus"),
    "years": lambda: _("Leerjaren"),
    "subject": lambda: _("Vak"),
    "use": lambda: _("Hoofdmateriaal of aanvulling"),
    "duration": lambda: _("Hoe lang gebruikt"),
    "role": lambda: _("Rol"),
    "pupils": lambda: _("Aantal leerlingen"),
    "would_choose_again": lambda: _("Opnieuw kiezen"),
    "interests": lambda: _("Belangen"),
    "shown_as": lambda: _("Hoe u erbij staat"),
    "names_school": lambda: _("School noemen"),
    "after_deletion": lambda: _("Na verwijdering van uw account"),
}
_SCHEMES = {"sector": Scheme.SECTOR, "levels": Scheme.LEVEL, "years": Scheme.YEAR, "subject": Scheme.SUBJECT}


def _shown(name: str, values: Sequence[str]) -> str:
    scheme = _SCHEMES.get(name)
    words = [concept_label(scheme, value) if scheme else value for value in values if value]
    return ", ".join(words) or _("(niets)")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  Who is not signed in gets another page.
    return request.user
