"""Merge and rename publishers."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalogus.models import Edit, EditKind, Method, OutboxKind, Product, Publisher, PublisherAlias
from catalogus.models.provenance import Provenance
from catalogus.services.editing.carrying import Rows, carry
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
from catalogus.services.editing.methods import lock_methods
from catalogus.services.editors import begin_editing
from catalogus.services.history import Told
from catalogus.services.method_changes import tell_methods_changed
from catalogus.services.outbox import enqueue
from catalogus.services.product_rows import rewrite_rows
from catalogus.services.publishers import alias_key, survivor
from catalogus.services.rereading import request_reread
from catalogus.survivors import survivors_of

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class MergePublishersPlan:
    """What merging `source` into `target` does. meeting: pairs of methods that have one name and are merged as well.

    moving: rows of methods that go along as they are, merged ones among them; method_count: those that stand.
    """

    source: Publisher
    target: Publisher
    method_count: int
    product_count: int
    moving: tuple[Method, ...]
    meeting: tuple[tuple[Method, Method], ...]
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublisherNamePlan:
    """What another name does; the code in addresses stays, and the old name is still understood."""

    publisher: Publisher
    name: str
    product_count: int
    refusals: tuple[str, ...]


def plan_merge_publishers(*, source: Publisher, target: Publisher) -> MergePublishersPlan:
    """What merging would do as things are now."""
    refusals = _merge_refusals(source, target)
    own = list(Method.objects.filter(publisher=source).select_related("publisher", "merged_into").order_by("pk"))
    twins = {method.key: method for method in Method.objects.filter(publisher=target, key__in=[m.key for m in own])}
    ends = survivors_of(Method, [method.pk for method in [*own, *twins.values()]])
    standing = Method.objects.select_related("publisher").in_bulk([ends[twin.pk] for twin in twins.values()])
    moving = tuple(method for method in own if method.key not in twins)
    meeting = tuple(
        (method, standing[ends[twins[method.key].pk]])
        for method in own
        if method.key in twins and method.merged_into_id is None
    )
    into = {method.pk: end.pk for method, end in meeting}
    for method in own:
        if method.merged_into is None or method.key not in twins:
            continue
        # Its records would come in at the other publisher's method of that name from now on.
        if into.get(ends[method.pk], ends[method.pk]) != ends[twins[method.key].pk]:
            text = _(
                "“%(name)s” is bij %(source)s samengevoegd met “%(into)s”, en bij %(target)s staat die naam apart."
                " Maak dat bij een van beide eerst gelijk."
            )
            names = {"name": method.name, "into": method.merged_into.name, "source": source.name, "target": target.name}
            refusals.append(text % names)
    warnings = []
    if meeting:
        names_of_both = ", ".join(f"“{method.name}”" for method, _end in meeting[:10])
        warnings.append(_("Methodes die bij beide voorkomen, gaan samen: %(names)s.") % {"names": names_of_both})
    return MergePublishersPlan(
        source=source,
        target=target,
        method_count=sum(method.merged_into_id is None for method in own),
        product_count=_products_of(source, moving).count(),
        moving=moving,
        meeting=meeting,
        warnings=tuple(warnings),
        refusals=tuple(refusals),
    )


def _merge_refusals(source: Publisher, target: Publisher) -> list[str]:
    if source.pk == target.pk:
        return [_("Een uitgever kan niet met zichzelf worden samengevoegd.")]
    found = []
    if source.merged_into is not None:
        text = _("%(source)s is al samengevoegd met %(into)s; maak dat eerst ongedaan.")
        found.append(text % {"source": source.name, "into": source.merged_into.name})
    if target.merged_into is not None:
        if survivor(target).pk == source.pk:
            text = _("%(target)s is zelf al samengevoegd met %(into)s: zo zou de een naar de ander leiden.")
        else:
            text = _("%(target)s is samengevoegd met %(into)s; kies die uitgever.")
        found.append(text % {"target": target.name, "into": target.merged_into.name})
    return found


def _products_of(publisher: Publisher, methods: tuple[Method, ...]) -> QuerySet[Product]:
    return Product.objects.filter(Q(publisher=publisher) | Q(method__in=[method.pk for method in methods]))


@transaction.atomic
def merge_publishers(*, source: Publisher, target: Publisher, actor: str, reason: str) -> Edit:
    """Bring all of `source` under `target`; its names lead there, so what records bring later comes in there.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    rows = lock_publishers(source.pk, target.pk)
    source, target = rows[source.pk], rows[target.pk]
    plan = plan_merge_publishers(source=source, target=target)
    refuse_if(plan.refusals)
    lock_methods(*(method.pk for method in plan.moving), *(m.pk for pair in plan.meeting for m in pair))
    products: Rows = {pk: {"publisher_id": target.pk} for pk in _ids_of(source, plan.moving)}
    carried, cells = [], Cells(wrote=[merged(source)], rests_on=[merged(target)])
    for method, end in plan.meeting:
        carrying = carry(method, end)
        products |= carrying.rows
        carried.append(carrying.carried)
        cells.wrote += [merged(method), *carrying.cells, *places(carrying.rows)]
        cells.rests_on.append(merged(end))
    moved = [method.pk for method in plan.moving]
    cells.wrote += publishers_of(moved)
    cells.holds += publishers_of(end.pk for _method, end in plan.meeting)
    Method.objects.filter(pk__in=moved).update(publisher=target)
    Publisher.objects.filter(pk=source.pk).update(merged_into=target)
    edit = write_edit(
        EditKind.MERGE_PUBLISHERS,
        f"Uitgever {short(source.name)} samengevoegd met {short(target.name)}",
        cells=cells,
        before={"source": source.pk, "methods": moved, "carried": carried},
        after={"target": target.pk},
        actor=actor,
        reason=reason,
        publisher=target,
    )
    rewrite_rows(products, told_by(edit))
    met = [method.pk for pair in plan.meeting for method in pair]
    enqueue(OutboxKind.METHOD, [*moved, *met])
    tell_methods_changed(met)
    # What was refused as a rival's is judged again, and what belongs to nobody's product yet gets its publisher.
    request_reread(publisher=source, reason=edit.summary)
    return edit


def _ids_of(publisher: Publisher, methods: tuple[Method, ...]) -> list[int]:
    return list(_products_of(publisher, methods).order_by("pk").values_list("pk", flat=True))


def plan_rename_publisher(*, publisher: Publisher, name: str) -> PublisherNamePlan:
    """What the name would change as things are now."""
    name = " ".join(name.split())
    refusals = []
    if publisher.merged_into is not None:
        text = _("%(name)s is samengevoegd met %(into)s; hernoem die.")
        refusals.append(text % {"name": publisher.name, "into": publisher.merged_into.name})
    if not alias_key(name) or "\x00" in name or len(name) > _LONGEST_NAME:
        refusals.append(
            _("Geef een naam met letters of cijfers, van hoogstens %(most)d tekens.") % {"most": _LONGEST_NAME}
        )
    elif name == publisher.name:
        refusals.append(_("De uitgever heet al zo."))
    taken = PublisherAlias.objects.filter(key=alias_key(name)).select_related("publisher").first()
    if taken is not None and survivor(taken.publisher).pk != publisher.pk:
        text = _("Onder die naam staat uitgever %(other)s al in de catalogus; voeg de twee dan samen.")
        refusals.append(text % {"other": survivor(taken.publisher).name})
    count = Product.objects.filter(publisher=publisher).count()
    return PublisherNamePlan(publisher, name, count, tuple(refusals))


@transaction.atomic
def rename_publisher(*, publisher: Publisher, name: str, actor: str, reason: str) -> Edit:
    """Give a publisher another name. Both names are understood in records; the code in addresses stays.

    Raises EditRefused, and ValidationError without actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    publisher = lock_publishers(publisher.pk)[publisher.pk]
    plan = plan_rename_publisher(publisher=publisher, name=name)
    refuse_if(plan.refusals)
    # The old name first: ids of methods are made of the name under which a publisher first came.
    _keep_alias(publisher, publisher.name)
    alias = _keep_alias(publisher, plan.name)
    edit = write_edit(
        EditKind.RENAME_PUBLISHER,
        f"Uitgever {short(publisher.name)} hernoemd tot {short(plan.name)}",
        cells=Cells(wrote=[f"publisher:{publisher.pk}:name"]),
        before={"name": publisher.name},
        after={"name": plan.name, "alias": alias.pk if alias else None},
        actor=actor,
        reason=reason,
        publisher=publisher,
    )
    name_publisher(publisher, plan.name, told_by(edit))
    return edit


def _keep_alias(publisher: Publisher, name: str) -> PublisherAlias | None:
    """The alias that was made of the name; None where the name was understood already."""
    key = alias_key(name)
    if PublisherAlias.objects.filter(key=key).exists():
        return None
    alias = PublisherAlias(publisher=publisher, text=name, key=key, provenance=Provenance.EDITOR)
    alias.full_clean()
    alias.save()
    return alias


def name_publisher(publisher: Publisher, name: str, told: Told) -> None:
    """Write a publisher's name, and what shows it."""
    Publisher.objects.filter(pk=publisher.pk).update(name=name)
    products = list(Product.objects.filter(publisher=publisher).values_list("pk", flat=True))
    rewrite_rows({pk: {} for pk in products}, told)
    enqueue(OutboxKind.PRODUCT, products)
    enqueue(OutboxKind.METHOD, Method.objects.filter(publisher=publisher).values_list("pk", flat=True))


def lock_publishers(*ids: int) -> dict[int, Publisher]:
    """The rows of publishers as they are now, locked in the order of their ids until the transaction ends."""
    rows = Publisher.objects.select_for_update(of=("self",)).select_related("merged_into")
    return {publisher.pk: publisher for publisher in rows.filter(pk__in=ids).order_by("pk")}
