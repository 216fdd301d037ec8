"""What was understood, written so that a table of it can be read."""

from catalogus.search.understanding import Recognised, Understanding


def said(understanding: Understanding) -> str:
    """ "levels=havo years=leerjaar-3 price=-2999 | words": what was recognised in order, then the words left."""
    told = [_one(recognised) for recognised in understanding.recognised]
    told += [f"“{phrase}”" for phrase in understanding.phrases]
    told += [f"-{excluded}" for excluded in understanding.excluded]
    told += [f"ean={understanding.ean}"] if understanding.ean else []
    words = " ".join(understanding.words)
    return " ".join(told) + (f" | {words}" if words else "")


def _one(recognised: Recognised) -> str:
    if recognised.facet == "price":
        least = "" if recognised.least_cents is None else recognised.least_cents
        most = "" if recognised.most_cents is None else recognised.most_cents
        return f"price={least}-{most}"
    return f"{recognised.facet}={'+'.join(recognised.codes)}"
