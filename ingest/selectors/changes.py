"""What a harvest or a remap changed: the versions of products that were written as a part of it."""

from django.db.models import Count, F, Func, QuerySet, TextField

from catalogus.models import ProductVersion


def harvest_run(pk: int) -> str:
    """What versions call the harvest that they are a part of."""
    return f"harvest-{pk}"


def remap_run(pk: int) -> str:
    """What versions call the remap that they are a part of."""
    return f"remap-{pk}"


def changes_of(run: str, *, kind: str = "", field: str = "") -> QuerySet[ProductVersion]:
    """The versions of a run with what a list names of their products; of one kind, or that touch one field, or all."""
    versions = ProductVersion.objects.filter(run=run)
    if kind:
        versions = versions.filter(kind=kind)
    if field:
        versions = versions.filter(changes__has_key=field)
    return (
        versions.select_related("product")
        .only("kind", "at", "changes", "product__public_id", "product__title", "product__ean", "product__currency")
        .order_by("pk")
    )


def kind_counts(run: str) -> dict[str, int]:
    """Kind of change -> how many products it befell, most frequent first; one query."""
    versions = ProductVersion.objects.filter(run=run).order_by()
    counted = versions.values("kind").annotate(number=Count("pk")).order_by("-number", "kind")
    return dict(counted.values_list("kind", "number"))


def field_counts(run: str) -> dict[str, int]:
    """Field -> in how many versions of the run it changed, most frequent first; one query."""
    versions = ProductVersion.objects.filter(run=run).exclude(changes={}).order_by()
    keys = Func(F("changes"), function="jsonb_object_keys", output_field=TextField())
    counted = versions.annotate(field=keys).values("field").annotate(number=Count("pk")).order_by("-number", "field")
    return dict(counted.values_list("field", "number"))
