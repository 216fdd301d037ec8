"""Ask the judged queries and print what comes of it; see README.md.

    python -m tests.catalogus.search.judged                      the table, and every query below 0.6
    python -m tests.catalogus.search.judged show --below 1 --kind misspelt
    python -m tests.catalogus.search.judged ask "wiskunde havo 3"    the first twenty hits of any text
    python -m tests.catalogus.search.judged list '{"subjects": ["wiskunde"], "levels": ["havo"]}'
    python -m tests.catalogus.search.judged grade                make the grades of queries.json anew
    python -m tests.catalogus.search.judged raise                store the figures of now as the baseline

--backend postgres asks the database instead of the engine (show, ask and raise), a few queries of each kind, for which
its figures are kept; with --whole all of them.
--keep leaves the loaded database for the next time (the index is made anew each time); drop it with --fresh.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Django reads the name of its settings when it is set up, and its models when they are imported.
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from catalogus.models import Product  # noqa: E402
from catalogus.search import SearchCriteria, View, indices  # noqa: E402
from catalogus.search.backend import SearchBackend  # noqa: E402
from catalogus.search.client import get_client  # noqa: E402
from catalogus.search.elasticsearch import ElasticsearchBackend  # noqa: E402
from catalogus.search.indexing import rebuild  # noqa: E402
from catalogus.search.postgres.backend import PostgresBackend  # noqa: E402
from catalogus.services.search_words import refresh_search_words  # noqa: E402
from catalogus.services.seed import load_seed  # noqa: E402
from tests.catalogus.search.judged.asking import Answer, ask_all, few_of_each_kind, figures_by_kind  # noqa: E402
from tests.catalogus.search.judged.baseline import FILES, fallen, read_baseline, write_baseline  # noqa: E402
from tests.catalogus.search.judged.catalogue import load_catalogue, method_keys, product_keys  # noqa: E402
from tests.catalogus.search.judged.facts import Facts, grade, shown_products  # noqa: E402
from tests.catalogus.search.judged.judging import (  # noqa: E402
    grade_entries,
    judged_queries,
    read_entries,
    write_entries,
)
from tests.catalogus.search.judged.printing import details, table  # noqa: E402

_DATABASE = "judged_queries"
"""Beside the tests' own, so that both may run at once."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    with _catalogue(keep=options.keep, fresh=options.fresh):
        match options.what:
            case "list":
                return _list(json.loads(options.text), View(options.view))
            case "grade":
                return _grade()
        backend = _backend(options.backend)
        if options.what == "ask":
            return _ask(backend, options.text, View(options.view))
        queries = judged_queries()
        if options.backend == PostgresBackend.name and not options.whole:
            queries = few_of_each_kind(queries)
        answers = ask_all(queries, backend)
        return _raise(answers, options) if options.what == "raise" else _show(answers, options)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.catalogus.search.judged", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("what", nargs="?", default="show", choices=("show", "ask", "list", "grade", "raise"))
    parser.add_argument("text", nargs="?", default="", help="the text to ask, or the facts to list")
    parser.add_argument("--view", default=View.METHODS.value, choices=[view.value for view in View])
    parser.add_argument("--backend", default=ElasticsearchBackend.name, choices=list(FILES))
    parser.add_argument("--whole", action="store_true", help="ask the database all queries")
    parser.add_argument("--below", type=float, default=0.6, help="show the queries whose nDCG@10 is less")
    parser.add_argument("--kind", default="", help="show the queries of this kind alone")
    parser.add_argument("--keep", action="store_true", help="leave the database for the next time")
    parser.add_argument("--fresh", action="store_true", help="do not use a database that was left")
    parser.add_argument("--also-lower", action="store_true", help="store figures below the baseline too")
    return parser.parse_args(arguments)


def _backend(name: str) -> SearchBackend:
    """The backend of this name, over the catalogue as it is."""
    if name == PostgresBackend.name:
        refresh_search_words()
        return PostgresBackend()
    rebuild()
    return ElasticsearchBackend()


@contextmanager
def _catalogue(*, keep: bool, fresh: bool) -> Iterator[None]:
    """The judged catalogue in a database and indexes of its own."""
    connection.settings_dict["TEST"]["NAME"] = _DATABASE
    old = setup_databases(verbosity=0, interactive=False, keepdb=not fresh)
    try:
        with override_settings(ELASTICSEARCH_PREFIX="tuning"):
            if not Product.objects.exists():
                load_seed()
                with transaction.atomic():
                    load_catalogue()
            try:
                yield
            finally:
                indices.drop_all(get_client(timeout_seconds=60))
    finally:
        teardown_databases(old, verbosity=0, keepdb=keep)


def _show(answers: list[Answer], options: argparse.Namespace) -> int:
    shown = [
        one
        for one in answers
        if one.figures.ndcg < options.below and (not options.kind or one.judged.kind == options.kind)
    ]
    before, now = read_baseline(options.backend), figures_by_kind(answers)
    _print(details(shown), "", table(now, before, answers), *fallen(now, before))
    return 0


def _ask(backend: SearchBackend, text: str, view: View) -> int:
    page = backend.search(SearchCriteria(text=text, view=view))
    _print(f"{page.total} hits in {page.took_ms} ms")
    keys = method_keys() if view == View.METHODS else product_keys()
    found = [hit.public_id for hit in page.method_hits] or [hit.public_id for hit in page.product_hits]
    _print(*(f"{place:>3}. {keys[public_id]}" for place, public_id in enumerate(found, start=1)))
    return 0


def _list(raw: dict[str, object], view: View) -> int:
    """The candidates with their grades, as facts.py sees them."""
    asked = Facts.read(raw)
    keys = method_keys() if view == View.METHODS else product_keys()
    best: dict[str, tuple[int, Product]] = {}
    for candidate in shown_products():
        product = candidate.product
        key = keys[product.method.public_id if view == View.METHODS else product.public_id]
        best[key] = max(best.get(key, (0, product)), (grade(candidate, asked), product), key=lambda one: one[0])
    for key, (value, product) in sorted(best.items(), key=lambda one: (-one[1][0], one[0])):
        if value:
            _print(
                f"{value}  {key}\n       {product.title} | {','.join(product.subjects)} | {','.join(product.combined)}"
                f" | {product.edition.label} | {product.state} | {product.medium} | {product.price_cents}"
            )
    return 0


def _grade() -> int:
    entries = read_entries()
    graded = grade_entries(entries)
    write_entries(graded)
    changed = [one["id"] for one, was in zip(graded, entries, strict=True) if one["grades"] != was.get("grades")]
    _print(f"{len(graded)} queries, of which {len(changed)} changed: {', '.join(changed)}")
    return 0


def _raise(answers: list[Answer], options: argparse.Namespace) -> int:
    before, now = read_baseline(options.backend), figures_by_kind(answers)
    _print(table(now, before, answers))
    if (lower := fallen(now, before)) and not options.also_lower:
        _print("The baseline stays as it is, for some figures are lower:", *lower)
        return 1
    write_baseline(options.backend, now)
    return 0


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
