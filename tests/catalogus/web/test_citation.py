"""What we write of a product is what programs that keep references read back."""

from datetime import date

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from catalogus.web.citation import Kind, Reference, bibtex, citation_line, reference_of, ris
from catalogus.web.citation.reference import one_line
from tests.catalogus.web.page import Page
from tests.factories import make_edition, make_method, make_product, make_publisher, valid_ean

HOSTILE = '50% & meer_{ }} \\input{x} ~ ^ $1 #2 "é" <b>\nER  - \r\nTY  - JOUR\t\u202e\x1b[0m @book{x,'
ONE_LINE = '50% & meer_{ }} \\input{x} ~ ^ $1 #2 "é" <b> ER - TY - JOUR [0m @book{x,'

PIECES = [*'\\{}"#$%&_~^@,= \néa', " and ", " others", "ER  - "]


@pytest.fixture
def product(db):
    publisher = make_publisher(name="Uitgeverij Noord")
    edition = make_edition(method=make_method(name="Kompas", publisher=publisher), label="5e druk", key="5", ordinal=5)
    return make_product(
        edition=edition,
        title="Kompas 3 leerboek",
        ean=valid_ean(1),
        authors=["Vries, J. de", "Bos, A.", "Uitgeverij Noord"],
        first_published_on=date(2024, 8, 1),
        language="nld",
    )


@pytest.fixture
def hostile(db):
    """A text of a publisher may hold anything."""
    edition = make_edition(method=make_method(name="Kompas"), label="{3e", key="3")
    return make_product(
        edition=edition, title=HOSTILE, authors=["Bos and Zoon", "a, b, c, d", HOSTILE], medium="web", form="digital"
    )


def answer(client, product, name):
    response = client.get(f"{product.get_absolute_url()}{name}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="okc-{product.public_id}.{name[-3:]}"'
    return response


def read_ris(client, product):
    response = answer(client, product, "citaat.ris")
    assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    text = response.content.decode()
    assert text.count("\n") == text.count("\r\n"), "RIS ends its lines with CR LF"
    (entry,) = rispy.loads(text)
    return entry


def read_bibtex(client, product):
    response = answer(client, product, "citaat.bib")
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    library = parse_string(response.content.decode(), append_middleware=[SeparateCoAuthors()])
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def plain(latex):
    """As LaTeX prints it; its reader lacks three commands of LaTeX's own."""
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known = get_default_latex_context_db()
    known.add_context_category("signs", macros=[MacroTextSpec(*sign) for sign in signs.items()], prepend=True)
    return LatexNodes2Text(latex_context=known).latex_to_text(latex)


def test_ris_says_what_is_known(client, product):
    assert read_ris(client, product) == {
        "type_of_reference": "BOOK",
        "id": f"okc-{product.public_id}",
        "title": "Kompas 3 leerboek",
        "authors": ["Vries, J. de", "Bos, A."],
        "publisher": "Uitgeverij Noord",
        "year": "2024",
        "date": "2024/08/01",
        "edition": "5e druk",
        "secondary_title": "Kompas",
        "issn": valid_ean(1),
        "language": "nl",
        "urls": [f"http://testserver{product.get_absolute_url()}"],
        "name_of_database": "Open Keuzecatalogus",
    }


def test_bibtex_says_what_is_known(client, product):
    entry = read_bibtex(client, product)
    assert (entry.entry_type, entry.key) == ("book", f"okc-{product.public_id}")
    assert {field.key: field.value for field in entry.fields} == {
        "title": "{Kompas 3 leerboek}",
        "author": ["Vries, J. de", "Bos, A."],
        "publisher": "Uitgeverij Noord",
        "year": "2024",
        "edition": "5e druk",
        "series": "Kompas",
        "isbn": valid_ean(1),
        "language": "nl",
        "url": f"http://testserver{product.get_absolute_url()}",
    }


def test_what_nobody_knows_has_no_field(client, db):
    bare = make_product(title="Kaal", form="unknown", medium="unknown", ean="8712345678906")
    bare.method.name = "Kaal"
    bare.method.save()
    url, publisher = f"http://testserver{bare.get_absolute_url()}", bare.publisher.name
    fields = {field.key: field.value for field in read_bibtex(client, bare).fields}
    assert fields == {"title": "{Kaal}", "publisher": publisher, "url": url, "note": "EAN 8712345678906"}
    found = read_ris(client, bare)
    assert found.keys() == {
        "type_of_reference", "id", "title", "publisher", "notes", "urls", "name_of_database"
    }  # fmt: skip
    assert (found["type_of_reference"], found["notes"]) == ("GEN", ["EAN 8712345678906"])


def test_no_text_of_a_publisher_leaves_its_field(client, hostile):
    found = read_ris(client, hostile)
    assert found["type_of_reference"] == "ELEC"
    assert found["title"] == ONE_LINE
    assert found["authors"] == ["Bos and Zoon", "a, b, c, d", ONE_LINE]
    entry = read_bibtex(client, hostile)
    assert entry.entry_type == "misc"
    fields = {field.key: field.value for field in entry.fields}
    assert plain(fields["title"]) == ONE_LINE
    assert [plain(author) for author in fields["author"]] == ["Bos and Zoon", "a, b, c, d", ONE_LINE]
    assert plain(fields["edition"]) == "{3e"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join), min_size=2, max_size=4))
def test_any_text_is_read_back_as_it_was(texts):
    title, *authors = (one_line(f"x{text}") for text in texts)
    authors = list(dict.fromkeys(authors))
    reference = Reference(
        key="okc-1", kind=Kind.BOOK, title=title, authors=tuple(authors), publisher=title, published_on=None,
        edition="", series="", isbn="", ean="", language="", url="https://x.example/",
    )  # fmt: skip
    (found,) = rispy.loads(ris(reference))
    assert (found["title"], found["authors"], found["publisher"]) == (title, authors, title)
    (entry,) = parse_string(bibtex(reference)).entries
    fields = {field.key: field.value for field in entry.fields}
    assert (plain(fields["title"]), plain(fields["publisher"])) == (title, title)
    # The reader of names drops a last word that is one escaped sign ("x \#"), so names are read as a text.
    assert plain(fields["author"]) == " and ".join(authors)


def test_the_line_to_copy(client, product):
    page = Page(client.get(product.get_absolute_url()))
    assert page.text("//*[@id='citaat']") == (
        "Vries, J. de & Bos, A. (2024). Kompas 3 leerboek (5e druk). Uitgeverij Noord. "
        f"http://testserver{product.get_absolute_url()}"
    )
    assert page.texts("//*[@id='citaat']/cite") == ["Kompas 3 leerboek"]
    assert page.href("RIS") == f"{product.get_absolute_url()}citaat.ris"
    assert page.href("BibTeX") == f"{product.get_absolute_url()}citaat.bib"


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ([], "Noord B.V. (z.d.). Kompas. https://x.example/"),
        (["Bos, A."], "Bos, A. (z.d.). Kompas. Noord B.V. https://x.example/"),
        (["Bos", "Vos", "Los"], "Bos, Vos & Los. (z.d.). Kompas. Noord B.V. https://x.example/"),
    ],
)
def test_a_line_without_authors_begins_with_the_publisher(db, authors, said):
    edition = make_edition(method=make_method(publisher=make_publisher(name="Noord B.V.")))
    product = make_product(title="Kompas", edition=edition, authors=authors)
    with translation.override("nl"):
        assert str(citation_line(reference_of(product, "https://x.example/"))) == said


@pytest.mark.parametrize("name", ["citaat.ris", "citaat.bib", "geschiedenis/"])
def test_other_addresses_lead_to_the_right_one(client, product, name, django_assert_num_queries):
    merged = make_product(title="Dubbel", merged_into=product)
    for path in (merged.get_absolute_url(), f"/product/{product.public_id}/anders/"):
        response = client.get(f"{path}{name}")
        assert (response.status_code, response["Location"]) == (301, f"{product.get_absolute_url()}{name}")
    assert client.get(f"/product/0000000000000/kompas/{name}").status_code == 404
    assert client.post(f"{product.get_absolute_url()}{name}").status_code == 405


def test_a_file_takes_one_query(client, product, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer(client, product, "citaat.bib")
