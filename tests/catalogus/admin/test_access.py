"""Who may see and do what in the admin: allowed and refused side by side."""

import pytest

from catalogus.models import CompoundWord, Concept, ConceptAlias, Edit, Method, SearchWord, Synonym
from catalogus.services import editing
from catalogus.services.compounds import set_compound
from catalogus.services.corrections import correct_product
from catalogus.services.synonyms import add_synonym
from tests.catalogus.services.editing.shelf import WHO, bring, catalogue, data, method, product, publisher

pytestmark = pytest.mark.django_db

ROOT = "/beheer/catalogus"
# What each may do: look at pages, use tools. Where not: sent to sign in (302) or told no (403).
MAY = {
    "superuser": (200, 200),
    "staff with rights": (200, 200),
    "staff who may look": (200, 403),
    "staff without rights": (403, 403),
    "somebody": (302, 302),
    "switched off": (302, 302),
    "nobody": (302, 302),
}


@pytest.fixture
def addresses() -> dict[str, list[str]]:
    """Pages that show, and pages of tools, for one of everything."""
    bring(
        a=data("Kiezel", edition_text="2e druk"),
        b=data("Kiezelsteen"),
        c=data("Duinroos", publisher_name="Linde Educatief"),
    )
    one, other, thing = method("Kiezel"), method("Kiezelsteen"), product("a")
    correct_product(product=thing, field="title", value="Nieuw", **WHO)
    edit = editing.lock_method(method=other, **WHO)
    house, concept = publisher("De Linde"), Concept.objects.get(scheme="subject", code="wiskunde")
    alias = ConceptAlias.objects.create(
        scheme="subject", concept=concept, text="sommen", key="sommen", provenance="editor"
    )
    rows = {"method": one, "edition": thing.edition, "publisher": house, "product": thing, "edit": edit}
    rows |= {"concept": concept, "conceptalias": alias}
    synonym, compound = add_synonym(text="kiezel", other="steen"), set_compound(word="kiezelbord")
    rows |= {"synonym": synonym, "compoundword": compound}
    rows["searchword"] = SearchWord.objects.create(word="kiezel", method_count=1)
    tools = [
        f"method/{one.pk}/merge/",
        f"method/{one.pk}/merge/?into={other.pk}",
        f"method/{one.pk}/rename/",
        f"method/{one.pk}/rename/?name=Keien",
        f"method/{one.pk}/lock/",
        f"method/{other.pk}/unlock/",
        f"edition/{thing.edition.pk}/rename/?label=Tweede&ordinal=2",
        f"publisher/{house.pk}/proposals/",
        f"publisher/{house.pk}/merge/?into={publisher('Linde Educatief').pk}",
        f"publisher/{house.pk}/rename/?name=Lindeblad",
        f"product/{thing.pk}/correct/",
        f"product/{thing.pk}/correct/description/",
        f"product/{thing.pk}/withdraw/title/",
        f"product/move/?products={thing.pk}",
        f"product/move/?products={thing.pk}&into={other.pk}",
        f"product/move/?edition={thing.edition.pk}&into={other.pk}&label=3e+druk",
        f"edit/{edit.pk}/undo/",
        f"concept/{concept.pk}/alias/?text=cijferen",
        f"conceptalias/{alias.pk}/remove/",
        "synonym/new/",
        "synonym/new/?text=grind&other=steen",
        f"synonym/{synonym.pk}/remove/",
        "compoundword/new/",
        "compoundword/new/?word=grindbord&parts=grind+bord",
        f"compoundword/{compound.pk}/remove/",
    ]
    shown = [f"{kind}/" for kind in rows] + [f"{kind}/{row.pk}/change/" for kind, row in rows.items()]
    return {"shown": [f"{ROOT}/{path}" for path in shown], "tools": [f"{ROOT}/{path}" for path in tools]}


@pytest.mark.parametrize("who", MAY)
def test_who_may_look_and_who_may_act(people, addresses, who):
    client, (look, act) = people[who], MAY[who]
    before, edits = (catalogue(), words()), Edit.objects.count()
    assert {path: client.get(path).status_code for path in addresses["shown"]} == dict.fromkeys(
        addresses["shown"], look
    )
    assert {path: client.get(path).status_code for path in addresses["tools"]} == dict.fromkeys(addresses["tools"], act)
    if act != 200:
        answers = {client.post(path, {"reason": "Omdat.", "value": "x"}).status_code for path in addresses["tools"]}
        assert answers == {act}
    assert ((catalogue(), words()), Edit.objects.count()) == (before, edits), "looking changes nothing"


def words() -> tuple[int, int]:
    return Synonym.objects.count(), CompoundWord.objects.count()


@pytest.mark.parametrize("who", MAY)
def test_tools_are_shown_to_those_who_may_use_them(people, addresses, who):
    look, act = MAY[who]
    if look != 200:
        return
    page = people[who].get(addresses["shown"][10]).content.decode()
    assert ("Voeg samen met een andere" in page) == (act == 200)
    listed = people[who].get(f"{ROOT}/method/").content.decode()
    assert ("Voeg twee methodes samen" in listed) == (act == 200)


KINDS = (
    "method", "edition", "publisher", "product", "edit", "concept", "conceptalias", "synonym", "compoundword",
    "searchword",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_added_changed_or_deleted_around_the_services(editor, addresses, kind):
    (page_of_row,) = [path for path in addresses["shown"] if f"/{kind}/" in path and path.endswith("/change/")]
    before = catalogue()
    assert editor.get(f"{ROOT}/{kind}/add/").status_code == 403
    assert editor.post(page_of_row, {"name": "Anders", "title": "Anders", "label": "Anders"}).status_code == 403
    assert editor.post(page_of_row.replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    assert '<input type="submit" value="Opslaan"' not in editor.get(page_of_row).content.decode()
    page = editor.get(f"{ROOT}/{kind}/").content.decode()
    assert "delete_selected" not in page
    assert catalogue() == before


@pytest.mark.parametrize(
    "path",
    [
        "method/999999/merge/",
        "edit/0/undo/",
        "product/999999/correct/title/",
        "product/move/?products=x",
        "product/move/",
        "conceptalias/999999/remove/",
        "synonym/999999/remove/",
        "compoundword/999999/remove/",
    ],
)
def test_what_is_not_there_is_not_found(editor, path):
    assert editor.get(f"{ROOT}/{path}").status_code == 404
    assert not Method.objects.exists()
