"""The elements that the schemas have in common, each where it has something to say."""

from collections.abc import Iterable, Iterator
from itertools import chain

from ingest.demo.entries import Entry
from ingest.demo.extras import NO_ENVIRONMENT, Environment, Extras
from ingest.demo.groups import Group
from ingest.demo.licenses import License
from ingest.demo.publishers import SCHOOLHAVEN
from ingest.demo.tags import boolean, listed, optional, tag


def entry(version: str, common: str, fields: Iterable[str]) -> str:
    """common: version of the namespace of the prefix ct, empty where the schema has none."""
    prefix = f' xmlns:ct="http://dt2.eck.nl/schema/common/v{common}"' if common else ""
    inner = "".join(fields)
    return f'<Entry xmlns="http://dt2.eck.nl/schema/catalogservice/v{version}"{prefix}>{inner}</Entry>'


def head(found: Entry) -> Iterator[str]:
    yield tag("ProductId", found.product_id)
    yield tag("Publisher", found.publisher)
    yield tag("PublisherThumbnailLocation", found.thumbnail)
    yield optional("ProductThumbnailLocation", found.cover)
    yield optional("ProductFamilyName", found.family)
    yield tag("Title", found.title)
    yield listed("Authors", "Author", found.authors)
    yield optional("Description", found.description)


def environments(found: Environment) -> str:
    """An element without content where nothing is known, as the real 2.5.2 records have."""
    if found == NO_ENVIRONMENT:
        return "<Environments/>"
    inner = "".join(
        tag(name, text)
        for name, texts in (("Platform", found.platforms), ("Device", found.devices), ("Browser", found.browsers))
        for text in texts
    )
    return f"<Environments>{inner}</Environments>"


def use(found: Entry) -> Iterator[str]:
    yield tag("IntendedEndUserRole", found.role)
    yield tag("Medium", found.medium)
    yield tag("IsConsumptionProduct", boolean(found.is_consumed))


def unit(found: Entry) -> str:
    return optional("SaleUnitSize", str(found.unit_size or ""))


def amounts(found: Entry, extras: Extras) -> list[tuple[int, str]]:
    """(cents without VAT, rate) of the one price, or of each of its parts."""
    if extras.price_parts:
        return [(part.excl_cents, part.vat) for part in extras.price_parts]
    return [(found.price.excl_cents, found.price.vat)]


def price(excl_cents: int, vat: str) -> str:
    return f"<Price><Amount>{excl_cents}</Amount><VAT>{vat}</VAT></Price>"


def flags(found: Entry) -> Iterator[str]:
    """Nearly the same for all records of a supplier, so they say little; see is_careful."""
    yield tag("PriceIsIndicative", boolean(not is_careful(found)))
    yield tag("IsLicensed", boolean(found.is_digital or not is_careful(found)))


def is_careful(found: Entry) -> bool:
    """Whether the supplier fills the flags in with care."""
    return found.supplier is SCHOOLHAVEN


def license_terms(found: License, *, availability: str = "LicenseAvailabilityOptions") -> Iterator[str]:
    """availability: the element's name; it was misspelled once."""
    if not found.availability:
        return
    yield optional(availability, found.availability)
    yield optional("LicenseDuration", found.duration)
    yield optional("LicenseStartDate", found.starts)
    yield optional("LicenseEndDate", found.ends)
    yield optional("LicenseCount", found.count)


def activation(found: License) -> str:
    days = optional("ActivationBeforeDays", found.activation_days)
    inner = days + optional("ActivationBeforeDate", found.activation_date)
    return f"<ActivationBefore>{inner}</ActivationBefore>" if inner else ""


def license_options(found: License) -> str:
    return listed("AdditionalLicenseOptions", "AdditionalLicenseOption", found.options)


def flat_groups(groups: tuple[Group, ...], prefix: str) -> Iterator[str]:
    """All groups thrown together, as 2.3 and the DEP elements do: which level goes with which sector is lost."""
    yield listed(f"{prefix}Sectors", f"{prefix}Sector", _merged([(group.sector,) for group in groups]))
    yield listed(f"{prefix}Courses", f"{prefix}Course", _merged([group.courses for group in groups]))
    yield listed(f"{prefix}Levels", f"{prefix}Level", _merged([group.levels for group in groups]))
    yield listed(f"{prefix}Years", f"{prefix}Year", _merged([group.years for group in groups]))
    if prefix:
        yield listed("DEPSubjects", "DEPSubject", _merged([group.subjects for group in groups]))


def _merged(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    # Most records have one group, which says nothing twice.
    return lists[0] if len(lists) == 1 else tuple(dict.fromkeys(chain.from_iterable(lists)))
