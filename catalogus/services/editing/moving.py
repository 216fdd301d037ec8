"""Move products to another method or edition, and keep them there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.models import Edit, Edition, EditKind, Method, Product
from catalogus.services.editing.editions import LONGEST_LABEL, find_edition, make_edition
from catalogus.services.editing.journal import Cells, places, publishers_of, refuse_if, short, told_by, write_edit
from catalogus.services.editing.methods import lock_methods
from catalogus.services.editors import begin_editing
from catalogus.services.product_rows import rewrite_rows

_MOST_NAMED = 5
"""Of many products that cannot be moved so many are named; the others have the same remedy."""


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a move does. edition: None where it is to be made; moving: those that stand elsewhere now."""

    products: tuple[Product, ...]
    moving: tuple[Product, ...]
    method: Method
    edition_label: str
    edition: Edition | None
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]


def plan_move_products(*, products: Iterable[Product], method: Method, edition: Edition | str) -> MovePlan:
    """What moving would do as things are now. edition: one of the method, or a label as an editor writes it."""
    chosen = tuple(products)
    target = find_edition(method, edition) if isinstance(edition, str) else edition
    label = target.label if target else str(edition)
    moving = tuple(product for product in chosen if target is None or product.edition_id != target.pk)
    refusals = _refusals(chosen, method)
    if target is None and ("\x00" in label or len(label) > LONGEST_LABEL):
        refusals.append(_("Geef een aanduiding van hoogstens %(most)d tekens.") % {"most": LONGEST_LABEL})
    if target is not None and target.method_id != method.pk:
        refusals.append(_("Uitgave “%(label)s” is niet van deze methode.") % {"label": target.label})
    if not chosen:
        refusals.append(_("Kies ten minste één product."))
    elif not moving and all(product.is_placement_locked for product in chosen):
        refusals.append(_("Alle gekozen producten staan daar al, en zijn vastgezet."))
    warnings = []
    if chosen and not moving:
        warnings.append(_("De producten staan daar al; ze worden alleen vastgezet."))
    return MovePlan(chosen, moving, method, label, target, tuple(warnings), tuple(refusals))


def _refusals(products: Sequence[Product], method: Method) -> list[str]:
    found = []
    if method.merged_into is not None:
        text = _("“%(name)s” is samengevoegd met “%(into)s”; kies die methode.")
        found.append(text % {"name": method.name, "into": method.merged_into.name})
    gone = [product.title for product in products if product.merged_into_id is not None]
    if gone:
        found.append(_("Samengevoegde producten gaan niet mee: %(titles)s.") % {"titles": _some(gone)})
    strange = [product.title for product in products if product.publisher_id != method.publisher_id]
    if strange:
        text = _("De methode is van %(publisher)s, en deze producten zijn dat niet: %(titles)s.")
        found.append(text % {"publisher": method.publisher.name, "titles": _some(strange)})
    return found


def _some(titles: Sequence[str]) -> str:
    shown = ", ".join(f"“{title}”" for title in titles[:_MOST_NAMED])
    return f"{shown}, …" if len(titles) > _MOST_NAMED else shown


@transaction.atomic
def move_products(
    *, products: Iterable[Product], method: Method, edition: Edition | str, actor: str, reason: str
) -> Edit:
    """Put products in an edition of a method and keep them there, whatever their records say later.

    edition: one of the method, or a label; one that is new is made. Raises EditRefused, and ValidationError without
    actor or reason.
    """
    begin_editing(actor=actor, reason=reason)
    method = lock_methods(method.pk)[method.pk]
    rows = Product.objects.select_for_update(of=("self",)).select_related("method")
    chosen = list(rows.filter(pk__in=[product.pk for product in products]).order_by("pk"))
    plan = plan_move_products(products=chosen, method=method, edition=edition)
    refuse_if(plan.refusals)
    target = plan.edition or make_edition(method, plan.edition_label)
    number = f"{len(chosen)} producten" if len(chosen) > 1 else f"Product {short(chosen[0].title)}"
    left = sorted({product.method_id for product in chosen})
    edit = write_edit(
        EditKind.MOVE_PRODUCTS,
        f"{number} verplaatst naar {short(method.name)}, {short(target.label)}",
        cells=Cells(
            wrote=places(product.pk for product in chosen),
            # Undoing puts them back where they came from, so that has to stand as it stood.
            rests_on=[f"method:{pk}:merged" for pk in left],
            holds=publishers_of({method.pk, *left}),
        ),
        before={"products": {str(product.pk): [product.edition_id, product.is_placement_locked] for product in chosen}},
        after={"edition": target.pk},
        actor=actor,
        reason=reason,
        publisher=method.publisher,
        method=method,
    )
    Product.objects.filter(pk__in=[product.pk for product in chosen]).update(is_placement_locked=True)
    rewrite_rows({product.pk: {"method_id": method.pk, "edition_id": target.pk} for product in chosen}, told_by(edit))
    return edit
