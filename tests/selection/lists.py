"""Lists as tests need them: of a person or a section, with products and methods on them."""

from accounts.models import Section, User
from catalogus.models import Method, Product
from selection.entries import Entry, entries_of, lines_of
from selection.models import MaterialList
from selection.services.list_items import Wanted, add_items
from selection.services.lists import create_list
from tests.factories import make_method, make_product


def wanted(one: Product | Method, note: str = "", quantity: int | None = None) -> Wanted:
    return Wanted("product" if isinstance(one, Product) else "method", one.public_id, note, quantity)


def make_list(owner: User | Section, *items: Product | Method | Wanted, name: str = "Klas 3") -> MaterialList:
    made = create_list(owner=owner, name=name)
    lines = [one if isinstance(one, Wanted) else wanted(one) for one in items]
    by = owner if isinstance(owner, User) else User.objects.create_user()
    add_items(material_list=made, wanted=lines, by=by)
    return made


def some_of_each(count: int) -> list[Product | Method]:
    return [*(make_product() for _number in range(count)), *(make_method() for _number in range(count))]


def shown(material_list: MaterialList) -> list[Entry]:
    return entries_of(lines_of(material_list))


def titles(material_list: MaterialList) -> list[str]:
    return [entry.title for entry in shown(material_list)]


def merge(one: Product | Method, into: Product | Method) -> None:
    type(one)._default_manager.filter(pk=one.pk).update(merged_into=into)
