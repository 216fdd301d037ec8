"""A small catalogue with what makes pages hard: long titles, many values, what is gone, what nobody stated."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from tests.factories import make_edition, make_method, make_product, make_publisher, review_fields, valid_ean

LONG_TITLE = (
    "Kompas 3e editie leeropdrachtenboek + leeropdrachtenboek-online + toetssite + verrijkingsmateriaal 3 vmbo-bk/kgt"
    " LIFO 12 maanden (meerjarenlicentieovereenkomstvoorscholengemeenschappen)"
)


@dataclass(frozen=True)
class Shelf:
    """Addresses of pages, by what they show."""

    pages: dict[str, str]


def fill_shelf() -> Shelf:
    groups = [
        {"sectors": ["vo"], "levels": ["havo"], "years": [f"leerjaar-{number}"], "subjects": ["aardrijkskunde"]}
        for number in range(1, 6)
    ] + [{"sectors": ["po"], "levels": ["bao"], "years": ["groep-5", "groep-6"], "subjects": ["taal", "lezen"]}]
    publishers = [make_publisher(name=f"Uitgeverij {number}", slug=f"uitgeverij-{number}") for number in range(15)]
    compass = make_method(name="Kompas", key="kompas", publisher=publishers[0])
    editions = [make_edition(method=compass, label=f"{n}e druk", key=str(n), ordinal=n) for n in (3, 4)]
    facts = {"price_cents": 1995, "currency": "EUR", "vat_rate": Decimal("9.0")}
    rare = {
        "license_days": 365,
        "license_options": ["2 jaar", "4 jaar"],
        "activation_days": 90,
        "platforms": ["Windows", "macOS", "ChromeOS"],
        "price_parts": [{"excl_cents": 1010, "vat_rate": "9.0"}, {"excl_cents": 740, "vat_rate": "21.0"}],
        "part_identifiers": [valid_ean(2), "kompas-onbekend-deel"],
        "open_license": "cc-by-sa",
        "accessibility_url": "https://www.uitgeverij.example/toegankelijkheid",
    }
    long = make_product(
        edition=editions[1],
        title=LONG_TITLE,
        ean=valid_ean(1),
        description="Met kaarten.\n\nEn opdrachten.",
        classification=groups[:2],
        information_url="https://www.uitgeverij.example/kompas",
        **groups[0],
        **facts,
        **rare,
    )
    gone = make_product(
        edition=editions[0], title="Kompas oud", withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC), successor=long
    )
    digital = {"role": "teacher", "form": "digital", "medium": "web", "ean": valid_ean(2)}
    guide = make_product(edition=editions[1], title="Kompas handleiding", **digital)
    make_product(edition=editions[0], title="Kompas 3 werkboek", state="no_longer_available")
    # Each state that a summary of reviews can be in; the last method, which is compared, has all that can be said.
    reviewed = [{}, review_fields(2), review_fields(0, older=4), review_fields(1234, "3.25", older=17)]
    for number in range(45):
        fields = reviewed[(number - 41) % 4]
        atlas = make_method(name=f"Methode Atlas {number}", publisher=publishers[number % 15], **fields)
        for part in range(2):
            group = groups[(number + part) % len(groups)]
            make_product(method=atlas, title=f"Atlas {number} deel {part}", classification=[group], **group, **facts)
    return Shelf(
        pages={
            "home": "/",
            "results": "/zoeken/?q=atlas&level=havo",
            "table": "/zoeken/?q=atlas&layout=table",
            "products": "/zoeken/?view=products&page=2",
            "facet": "/zoeken/facet/subject/?q=atlas&publisher=uitgeverij-3&page=1",
            "facet searched": "/zoeken/facet/publisher/?contains=1&publisher=uitgeverij-3",
            "sorted": "/zoeken/?q=atlas&sort=rating",
            "sorted table": "/zoeken/?q=atlas&sort=rating&layout=table&view=products",
            "nothing filtered": "/zoeken/?q=atlas&sector=po&level=vwo",
            "nothing": "/zoeken/?q=zxzxzx&sector=vo",
            "invalid": "/zoeken/?q=kompas&medium=steen&page=x&sector=vo",
            "method": compass.get_absolute_url(),
            "product": long.get_absolute_url(),
            "part": guide.get_absolute_url(),
            "history": f"{long.get_absolute_url()}geschiedenis/",
            "comparison": f"/vergelijken/?method={compass.public_id}&method={atlas.public_id}",
            "withdrawn": gone.get_absolute_url(),
            "missing": "/nergens/",
        }
    )
