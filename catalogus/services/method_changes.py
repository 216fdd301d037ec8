"""Tell other rooms which methods changed in what their own rows rest on: products, currency of editions, merges.

Who counts something per method (reviews of the current edition, say) has to count again when a product goes to another
method, when methods are merged or parted, and when another edition becomes the current one. Imports run one way, so
this room cannot call that one; that one registers itself, from AppConfig.ready().

This is no signal of Django's: a signal hangs on the writing of one row by `save()`, and these rows are written by COPY
and UPDATE, a thousand at once; it would reach a receiver wherever one happens to be imported; and a test could not
say in one line who hears it. A listener is called in the transaction of the change, once for each batch of rows that
are written, with ids only. What it raises undoes the change.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured

from catalogus.models import Method

MethodListener = Callable[[frozenset[int]], None]

_LISTENERS: list[MethodListener] = []


def register_method_listener(listener: MethodListener) -> None:
    """Have it called with the ids of methods that changed. Raises ImproperlyConfigured where it is registered already.

    Among the methods are some that were merged into another, which keep no rows of others. A change that is written in
    several batches is told with each of them, and the last call comes when all of it is written. The rows of the
    methods are locked by then, so that the listener may write to them.
    """
    if listener in _LISTENERS:
        raise ImproperlyConfigured(f"{listener!r} is registered twice: it would do its work twice for each change")
    _LISTENERS.append(listener)


@contextmanager
def heard_by(listener: MethodListener) -> Iterator[None]:
    """Registered for as long as this lasts: for tests."""
    register_method_listener(listener)
    try:
        yield
    finally:
        _LISTENERS.remove(listener)


def lock_told_methods(method_ids: Iterable[int]) -> frozenset[int]:
    """Lock the rows of methods that are to be told of; call it before their documents are marked as stale.

    Who stores a summary locks the row of the method first and marks its document then. The other way round here, two
    at once would wait for each other. Their keys stay free: products may come into the methods meanwhile.
    """
    ids = frozenset(method_ids)
    if ids and _LISTENERS:
        rows = Method.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
        list(rows.values_list("pk", flat=True))
    return ids


def tell_methods_changed(method_ids: Iterable[int]) -> None:
    """Call every listener with these methods, in the transaction of the change and after it; nobody without any."""
    ids = lock_told_methods(method_ids)
    if ids:
        for listener in tuple(_LISTENERS):
            listener(ids)
