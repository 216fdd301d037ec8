"""Merge, rename and lock methods."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogus.models import Edit, EditKind, Method, OutboxKind, Product
from catalogus.naming import normal_form
from catalogus.services.editing.carrying import carry
from catalogus.services.editing.journal import (
    Cells,
    merged,
    places,
    publishers_of,
    refuse_if,
    short,
    told_by,
    write_edit,
)
from catalogus.services.editing.likeness import EditionMeeting, differences, edition_meetings
from catalogus.services.editors import begin_editing
from catalogus.services.history import Told
from catalogus.services.method_changes import tell_methods_changed
from catalogus.services.outbox import enqueue
from catalogus.services.product_rows import rewrite_rows
from catalogus.services.rereading import request_reread
from catalogus.survivors import survivors_of


@dataclass(frozen=True, slots=True)
class MergeMethodsPlan:
    """What merging `source` into `target` does. refusals: why it cannot be done; empty where it can."""

    source: Method
    target: Method
    product_count: int
    editions: tuple[EditionMeeting, ...]
    review_count: int
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MethodNamePlan:
    """What another name does; the address changes with it and the old one redirects."""

    method: Method
    name: str
    product_count: int
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LockPlan:
    """kept_count: products that their records name another method for, and that stay because of the lock."""

    method: Method
    product_count: int
    kept_count: int
    refusals: tuple[str, ...]


def plan_merge_methods(*, source: Method, target: Method) -> MergeMethodsPlan:
    """What merging would do as things are now."""
    refusals = _merge_refusals(source, target)
    warnings = [] if refusals else differences(source, target)
    if source.is_locked and not target.is_locked:
        warnings.append(_("“%(name)s” is vastgezet; daarmee wordt ook de ander vastgezet.") % {"name": source.name})
    review_count = source.review_count + source.older_review_count
    if review_count:
        text = ngettext("%(count)d beoordeling gaat mee.", "%(count)d beoordelingen gaan mee.", review_count)
        warnings.append(text % {"count": review_count})
    return MergeMethodsPlan(
        source=source,
        target=target,
        product_count=Product.objects.filter(method=source).count(),
        editions=edition_meetings(source, target),
        review_count=review_count,
        warnings=tuple(warnings),
        refusals=tuple(refusals),
    )


def _merge_refusals(source: Method, target: Method) -> list[str]:
    if source.pk == target.pk:
        return [_("Een methode kan niet met zichzelf worden samengevoegd.")]
    names = {"source": source.name, "target": target.name}
    found = []
    if source.merged_into is not None:
        text = _("“%(source)s” is al samengevoegd met “%(into)s”; maak dat eerst ongedaan.")
        found.append(text % (names | {"into": source.merged_into.name}))
    if target.merged_into is not None:
        if survivors_of(Method, [target.pk])[target.pk] == source.pk:
            text = _("“%(target)s” is zelf al samengevoegd met “%(source)s”: zo zou de een naar de ander leiden.")
            found.append(text % names)
        else:
            text = _("“%(target)s” is samengevoegd met “%(into)s”; kies die methode.")
            found.append(text % (names | {"into": target.merged_into.name}))
    if source.publisher_id != target.publisher_id:
        text = _("“%(source)s” is van %(one)s en “%(target)s” van %(other)s. Voeg eerst de uitgevers samen.")
        found.append(text % (names | {"one": source.publisher.name, "other": target.publisher.name}))
    return found


@transaction.atomic
def merge_methods(*, source: Method, target: Method, actor: str, reason: str) -> Edit:
    """Bring all of `source` into `target`; its page redirects, and what its records bring later comes in there.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    rows = lock_methods(source.pk, target.pk)
    source, target = rows[source.pk], rows[target.pk]
    refuse_if(plan_merge_methods(source=source, target=target).refusals)
    carrying = carry(source, target)
    edit = write_edit(
        EditKind.MERGE_METHODS,
        f"Methode {short(source.name)} samengevoegd met {short(target.name)}",
        cells=Cells(
            wrote=[merged(source), *places(carrying.rows), *carrying.cells],
            rests_on=[merged(target)],
            holds=publishers_of([source.pk, target.pk]),
        ),
        before={"carried": [carrying.carried]},
        after={},
        actor=actor,
        reason=reason,
        publisher=target.publisher,
        method=target,
    )
    rewrite_rows(carrying.rows, told_by(edit))
    enqueue(OutboxKind.METHOD, [source.pk, target.pk])
    tell_methods_changed([source.pk, target.pk])
    return edit


def plan_rename_method(*, method: Method, name: str) -> MethodNamePlan:
    """What the name would change as things are now."""
    name = " ".join(name.split())
    refusals, warnings = [], []
    if method.merged_into is not None:
        text = _("“%(name)s” is samengevoegd met “%(into)s”; hernoem die.")
        refusals.append(text % {"name": method.name, "into": method.merged_into.name})
    if not normal_form(name) or "\x00" in name or len(name) > _LONGEST_NAME:
        refusals.append(
            _("Geef een naam met letters of cijfers, van hoogstens %(most)d tekens.") % {"most": _LONGEST_NAME}
        )
    elif name == method.name and method.is_locked:
        refusals.append(_("De methode heet al zo, en is vastgezet."))
    same = Method.objects.live().filter(publisher=method.publisher_id).exclude(pk=method.pk)
    if not refusals and same.filter(name__iexact=name).exists():
        warnings.append(_("De uitgever heeft nog een methode met deze naam. Wilt u ze samenvoegen?"))
    count = Product.objects.filter(method=method).count()
    return MethodNamePlan(method, name, count, tuple(warnings), tuple(refusals))


_LONGEST_NAME = 500


@transaction.atomic
def rename_method(*, method: Method, name: str, actor: str, reason: str) -> Edit:
    """Give a method another name, and lock it so that it keeps it. Its records are still known by their own name.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    method = lock_methods(method.pk)[method.pk]
    plan = plan_rename_method(method=method, name=name)
    refuse_if(plan.refusals)
    edit = write_edit(
        EditKind.RENAME_METHOD,
        f"Methode {short(method.name)} hernoemd tot {short(plan.name)}",
        cells=Cells(wrote=[f"method:{method.pk}:name", *_lock_cells(method, is_locked=True)]),
        before={"name": method.name, "is_locked": method.is_locked},
        after={"name": plan.name, "is_locked": True},
        actor=actor,
        reason=reason,
        publisher=method.publisher,
        method=method,
    )
    name_method(method, plan.name, told_by(edit))
    Method.objects.filter(pk=method.pk).update(is_locked=True)
    return edit


def name_method(method: Method, name: str, told: Told) -> None:
    """Write a method's name, and what shows it."""
    Method.objects.filter(pk=method.pk).update(name=name)
    products = list(Product.objects.filter(method=method).values_list("pk", flat=True))
    rewrite_rows({pk: {} for pk in products}, told)
    enqueue(OutboxKind.METHOD, [method.pk])
    enqueue(OutboxKind.PRODUCT, products)


def plan_lock(*, method: Method, is_locked: bool) -> LockPlan:
    """What locking or letting go would do as things are now."""
    refusals = []
    if method.is_locked == is_locked:
        refusals.append(_("De methode is al vastgezet.") if is_locked else _("De methode is niet vastgezet."))
    if method.merged_into is not None:
        refusals.append(
            _("“%(name)s” is samengevoegd met “%(into)s”.") % {"name": method.name, "into": method.merged_into}
        )
    return LockPlan(method, method.products.count(), len(kept_by_editors(method)), tuple(refusals))


def kept_by_editors(method: Method) -> list[int]:
    """The products in a method whose records name another one; those that an editor put there by hand left out."""
    rows = dict(
        Product.objects.filter(method=method, is_placement_locked=False)
        .exclude(origin_method=None)
        .values_list("pk", "origin_method_id")
    )
    ends = survivors_of(Method, {pk for pk in rows.values() if pk is not None})
    return [pk for pk, origin in rows.items() if origin is not None and ends[origin] != method.pk]


def lock_method(*, method: Method, actor: str, reason: str) -> Edit:
    """Keep a method's name and the products that are in it, whatever records say later.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    return _set_lock(method, is_locked=True, actor=actor, reason=reason)


def unlock_method(*, method: Method, actor: str, reason: str) -> Edit:
    """Let the records decide again, at once for products that they name another method for.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    return _set_lock(method, is_locked=False, actor=actor, reason=reason)


@transaction.atomic
def _set_lock(method: Method, *, is_locked: bool, actor: str, reason: str) -> Edit:
    begin_editing(actor=actor, reason=reason)
    method = lock_methods(method.pk)[method.pk]
    refuse_if(plan_lock(method=method, is_locked=is_locked).refusals)
    edit = write_edit(
        EditKind.LOCK_METHOD,
        f"Methode {short(method.name)} {'vastgezet' if is_locked else 'losgelaten'}",
        cells=Cells(wrote=_lock_cells(method, is_locked=is_locked)),
        before={"is_locked": method.is_locked},
        after={"is_locked": is_locked},
        actor=actor,
        reason=reason,
        publisher=method.publisher,
        method=method,
    )
    write_lock(method, is_locked=is_locked)
    return edit


def write_lock(method: Method, *, is_locked: bool) -> None:
    """Write a method's lock; where it is let go of products that are meant for elsewhere, their records are read."""
    Method.objects.filter(pk=method.pk).update(is_locked=is_locked)
    if not is_locked and kept_by_editors(method):
        request_reread(publisher=method.publisher, reason=f"Methode {short(method.name)} is losgelaten")


def _lock_cells(method: Method, *, is_locked: bool) -> list[str]:
    return [f"method:{method.pk}:locked"] if method.is_locked != is_locked else []


def lock_methods(*ids: int) -> dict[int, Method]:
    """The rows of methods as they are now, locked in the order of their ids until the transaction ends."""
    rows = Method.objects.select_for_update(of=("self",)).select_related("publisher", "merged_into")
    return {method.pk: method for method in rows.filter(pk__in=ids).order_by("pk")}
