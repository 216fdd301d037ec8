"""Locks on what is about to change, always in one order: product, method, review. So nobody waits in a circle."""

from django.utils.translation import gettext as _

from catalogus.models import Method, Product
from catalogus.survivors import survivors_of
from reviews.exceptions import ReviewChanged
from reviews.models import Review


def hold_product(pk: int | None) -> None:
    """Let nobody change the product until the transaction ends; None for no product.

    A harvest holds products first and the methods that they leave or come to afterwards. Storing a review needs both.
    """
    if pk is not None:
        list(Product.objects.filter(pk=pk).select_for_update(no_key=True))


def lock_method(method: Method) -> Method:
    """The method that stands now; two at once keep the count right."""
    pk = survivors_of(Method, [method.pk])[method.pk]
    return Method.objects.select_for_update(of=("self",), no_key=True).select_related("publisher").get(pk=pk)


def lock_review(review: Review) -> Review:
    """The review as it stands now, behind the lock of its method; `shown_method` is the one that was locked.

    Raises ReviewChanged where it is gone, and where it is read with another method by now: locking that one as well
    would be the wrong order.
    """
    method = lock_method(review.shown_method)
    found = lock_review_alone(review)
    if found.shown_method_id != review.shown_method_id:
        raise ReviewChanged(_("Deze beoordeling is net bij een andere methode gezet. Kijk opnieuw."))
    if method.pk == found.shown_method_id:
        found.shown_method = method
    return found


def lock_review_alone(review: Review) -> Review:
    """The same for what leaves the method's summary as it is. Raises ReviewChanged where it is gone."""
    rows = Review.objects.select_related("shown_method__publisher", "author")
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=review.pk).first()
    if found is None:
        raise ReviewChanged(_("Deze beoordeling bestaat niet meer."))
    return found
