"""The form of a review, new or changed: shown, kept, and sent on to its preview or to everybody.

Whatever is refused, the page comes back with all that was typed. What a window sends is kept as a draft first, so that
the next step (preview, publishing) reads one and the same thing.
"""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import proven_affiliations
from accounts.models import User
from catalogus.models import Method
from reviews.access import MethodStanding, method_standing, own_draft, own_review
from reviews.content import ReviewContent, content_of_json, read_content
from reviews.exceptions import DraftChanged, NeedsAttention, ReviewChanged, ReviewNotAllowed
from reviews.models import Review, ReviewDraft, ReviewState
from reviews.placing import surviving_method_id
from reviews.selectors.rubrics import current_rubric
from reviews.services.drafts import open_draft, save_draft
from reviews.services.publishing import edit_review, publish_review
from reviews.web.stale_forms import tells_stale
from reviews.web.writing_choices import Choices, likely_answers
from reviews.web.writing_fields import Fields, field_names, fields_of, said_of, sent_fields, whole_number
from reviews.web.writing_page import form_page, own_reviews_of, refusal_page, sent_page, signed_out_page
from reviews.web.writing_places import Subject, asked_product, standing_method, version_of

SAVE, PREVIEW, PUBLISH = "bewaren", "voorbeeld", "publiceren"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@tells_stale
def write(request: HttpRequest, public_id: str, *, is_stale: bool) -> HttpResponseBase:
    """A new review. ?product: what was used; an empty one for the method as a whole."""
    method = standing_method(public_id)
    subject = Subject(method)
    if request.method == "POST":
        return _answer(request, subject, is_stale=is_stale)
    product = asked_product(request)
    if method.public_id != public_id or (product and product.method_id != method.pk):
        at = product.method if product else method
        query = f"?product={product.public_id}" if product else ""
        return redirect(Subject(at).address + query)
    standing = method_standing(request.user, method)
    if standing is not MethodStanding.ALLOWED:
        return refusal_page(request, method, standing, _kept_before(request, method))
    user = _person(request)
    draft = open_draft(author=user, method=method, product=product)
    fields: Fields = draft.fields if draft.saves else likely_answers(Choices.of(user, method, product))
    if "product" in request.GET:
        fields = {**fields, "product": [product.public_id] if product else []}
    told = _("U was hier al aan begonnen. Dit is uw concept; ga verder waar u was.") if draft.saves else ""
    return form_page(request, subject, draft, fields, told=told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@tells_stale
def edit(request: HttpRequest, public_id: str, *, is_stale: bool) -> HttpResponseBase:
    """One's own review, as it stands or as it was being changed; 404 for another's."""
    if not isinstance(request.user, User):
        return _signed_out_while_changing(request)
    review = own_review(request.user, public_id)
    subject = Subject(review.shown_method, review)
    if review.state == ReviewState.WITHDRAWN:
        messages.info(request, _("U hebt deze beoordeling ingetrokken; schrijf een nieuwe."))
        return redirect("reviews:own")
    if request.method == "POST":
        return _answer(request, subject, is_stale=is_stale)
    stands = _as_it_stands(review)
    standing = method_standing(request.user, subject.method)
    if standing is not MethodStanding.ALLOWED:
        return refusal_page(request, subject.method, standing, stands)
    draft = open_draft(author=request.user, method=subject.method, review=review)
    if not draft.saves:
        return form_page(request, subject, draft, stands)
    if version_of(draft.fields) != str(review.version):
        told = _("De beoordeling is intussen gewijzigd. Dit is het concept dat u daarvoor begon; kijk het na.")
        return form_page(request, subject, draft, draft.fields, told=told, others=stands)
    return form_page(request, subject, draft, draft.fields, told=_("U was deze wijziging al aan het schrijven."))


def _answer(request: HttpRequest, subject: Subject, *, is_stale: bool) -> HttpResponseBase:
    """What becomes of a form that was sent."""
    fields = sent_fields(request.POST, current_rubric())
    if not isinstance(request.user, User):
        return signed_out_page(request, subject.address, subject.method, fields)
    draft = draft_of(request.user, request.POST.get("draft", ""), subject)
    standing = method_standing(request.user, subject.method)
    if standing is not MethodStanding.ALLOWED:
        is_kept = not is_stale and draft is not None and _is_kept(request, draft, fields)
        return refusal_page(request, subject.method, standing, fields, is_kept=is_kept)
    if is_stale:
        draft = draft or _open(request.user, subject)
        told = _(
            "Dit formulier was verlopen, misschien doordat u zich in een ander venster aanmeldde. Er is niets bewaard "
            "of verstuurd. Alles wat u typte staat hieronder; kijk het na en verstuur het nog eens."
        )
        return form_page(request, subject, draft, fields, told=told, status=403)
    if draft is None:
        return _already_gone(request, subject, fields)
    return _kept_and_sent_on(request, subject, draft, fields)


def _kept_and_sent_on(request: HttpRequest, subject: Subject, draft: ReviewDraft, fields: Fields) -> HttpResponseBase:
    action = request.POST.get("actie", SAVE)
    too_large: dict[str, list[str]] = {}
    try:
        draft = _keep(request, draft, fields)
    except DraftChanged as changed:
        return _changed_elsewhere(request, subject, fields, changed)
    except ValidationError as refused:
        too_large = refused.message_dict
    # Only the button that says so publishes; what a button of ours never says keeps the text and no more.
    if action not in {PREVIEW, PUBLISH} and not too_large:
        messages.success(request, _("Uw concept is bewaard. Alleen u ziet het."))
        return redirect(subject.address)
    content, errors = read(fields, subject, _person(request))
    if errors or too_large or content is None:
        return form_page(request, subject, draft, fields, errors=too_large | errors, status=422)
    if action == PREVIEW:
        return redirect(f"{subject.preview_address}?concept={draft.key}")
    return published(request, subject, draft, fields, content)


def _keep(request: HttpRequest, draft: ReviewDraft, fields: Fields) -> ReviewDraft:
    """Raises as save_draft does; a window that does not say which draft it saw has seen none."""
    saves = whole_number(request.POST.get("saves", ""))
    names = field_names(current_rubric())
    return save_draft(draft=draft, fields=fields, saves=-1 if saves is None else saves, names=names)


def published(
    request: HttpRequest, subject: Subject, draft: ReviewDraft, fields: Fields, content: ReviewContent, *,
    acknowledged: bool = False,
) -> HttpResponseBase:  # fmt: skip
    """Publish what was kept, and lead to the thanks; else to the page that says why not."""
    user = _person(request)
    try:
        if subject.review is None:
            done = publish_review(
                author=user, method=subject.method, content=content, acknowledged=acknowledged, draft_key=draft.key
            )
        else:
            version = whole_number(version_of(fields)) or 0
            done = edit_review(
                author=user, review=subject.review, content=content, version=version, acknowledged=acknowledged,
                draft_key=draft.key,
            )  # fmt: skip
    except NeedsAttention:
        return redirect(f"{subject.preview_address}?concept={draft.key}")
    except ReviewNotAllowed as refused:
        return form_page(request, subject, draft, fields, told=str(refused), status=403)
    except ValidationError as refused:
        return form_page(request, subject, draft, fields, errors=refused.message_dict, status=422)
    except ReviewChanged as changed:
        return _changed_meanwhile(request, subject, draft, fields, changed)
    return redirect("reviews:thanks", done.public_id)


def read(fields: Fields, subject: Subject, user: User) -> tuple[ReviewContent | None, dict[str, list[str]]]:
    """What a form says, or what is wrong with it."""
    rubric = current_rubric()
    # Publishing asks so too; here it is told with the other faults, and before a preview names a school.
    is_school_open = subject.review is None and not any(fields.get("school", ())) and len(proven_affiliations(user)) > 1
    errors = {"school": [_("Kies op welke school u het gebruikte.")]} if is_school_open else {}
    try:
        content = read_content(said_of(fields, rubric), rubric=rubric, method=subject.method)
    except ValidationError as refused:
        return None, refused.message_dict | errors
    return (None, errors) if errors else (content, {})


def _changed_elsewhere(
    request: HttpRequest, subject: Subject, fields: Fields, changed: DraftChanged
) -> HttpResponseBase:
    """Both are shown: what this window holds in the form, what the other kept beside it. Sending again means this."""
    if changed.draft is None:
        return _already_gone(request, subject, fields)
    told = _("%(what)s Wat u hier typte, staat nog in het formulier en is niet bewaard.") % {"what": changed}
    return form_page(request, subject, changed.draft, fields, told=told, others=changed.draft.fields, status=409)


def _changed_meanwhile(
    request: HttpRequest, subject: Subject, draft: ReviewDraft, fields: Fields, changed: ReviewChanged
) -> HttpResponseBase:
    """The review has another version, the method another place, or the same form came twice at once."""
    if not ReviewDraft.objects.filter(pk=draft.pk).exists():
        return _already_gone(request, subject, fields)
    review = subject.review
    if review is None:
        return form_page(request, subject, draft, fields, told=str(changed), status=409)
    now = own_review(request.user, review.public_id)
    return form_page(
        request, Subject(now.shown_method, now), draft, fields, told=str(changed), others=_as_it_stands(now), status=409
    )


def _already_gone(request: HttpRequest, subject: Subject, fields: Fields) -> HttpResponseBase:
    """The draft was sent or thrown away. The same words that stand already: it is told so; others: shown again."""
    user = _person(request)
    sent = _sent_as(user, subject, fields)
    if sent is not None:
        return sent_page(request, subject.method, sent)
    told = _(
        "Het concept waarin u schreef is intussen verstuurd of weggegooid, in dit of in een ander venster. Wat u hier "
        "typte, staat nog in het formulier en is niet bewaard."
    )
    return form_page(request, subject, _open(user, subject), fields, told=told, status=409)


def _sent_as(user: User, subject: Subject, fields: Fields) -> Review | None:
    """The person's review that says just this."""
    content, _errors = read(fields, subject, user)
    mine = [subject.review] if subject.review is not None else own_reviews_of(user, subject.method)
    for review in mine:
        newest = review.versions.order_by("-number").first()
        if newest is not None and content_of_json(newest.content) == content:
            return review
    return None


def _is_kept(request: HttpRequest, draft: ReviewDraft, fields: Fields) -> bool:
    """Keep it as it is for when the person may review again; whether that could be done."""
    with suppress(DraftChanged, ValidationError):
        _keep(request, draft, fields)
        return True
    return False


def _signed_out_while_changing(request: HttpRequest) -> HttpResponseBase:
    """Whose review it is cannot be told, so nothing of it is: what was typed comes back, or the way to sign in."""
    if request.method == "POST":
        fields = sent_fields(request.POST, current_rubric())
        return signed_out_page(request, request.path, None, fields)
    return redirect_to_login(request.get_full_path())


def _as_it_stands(review: Review) -> dict[str, list[str]]:
    newest = review.versions.order_by("-number").first()
    if newest is None:
        raise Http404
    # What becomes of it when the account goes can be chosen without a new version.
    chosen = {"after_deletion": [review.after_deletion]}
    return fields_of(content_of_json(newest.content), version=review.version) | chosen


def _kept_before(request: HttpRequest, method: Method) -> Fields:
    """What the person wrote while they still might."""
    if not isinstance(request.user, User):
        return {}
    found = ReviewDraft.objects.filter(author=request.user, method=method, review=None).first()
    return found.fields if found else {}


def draft_of(user: User, key: str, subject: Subject) -> ReviewDraft | None:
    """The person's draft of this very subject; None for one of something else, as for another's."""
    try:
        found = own_draft(user, key)
    except Http404:
        return None
    review_id = subject.review.pk if subject.review is not None else None
    is_of_it = found.review_id == review_id and surviving_method_id(found.method_id) == subject.method.pk
    return found if is_of_it else None


def _open(user: User, subject: Subject) -> ReviewDraft:
    return open_draft(author=user, method=subject.method, review=subject.review)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  Nobody else comes this far.
    return request.user
