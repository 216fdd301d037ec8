"""A method that can be reviewed with all that its form offers, and forms as a browser sends them."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import School, Section, SectionMember, SectionRole, User
from catalogus.models import Concept, Method, Product, Scheme
from reviews.models import SectionConsent
from tests.factories import make_edition, make_method, make_product, make_publisher
from tests.review_support import said_in_a_form

GROUPS = [{"sectors": ["vo"], "levels": ["havo", "vwo"], "years": ["leerjaar-3"], "subjects": ["wiskunde"]}]


def make_reviewable(**fields: Any) -> Method:
    """A method for havo and vwo 3 with two editions, of which the newest can be ordered."""
    method = make_method(**({"name": "Kompas", "publisher": make_publisher(name="De Linde")} | fields))
    for number in (1, 2):
        edition = make_edition(method=method, label=f"{number}e druk", key=str(number), ordinal=number)
        make_product(edition=edition, title=f"Kompas {number}", sectors=["vo"], classification=GROUPS)
    return method


def newest_product(method: Method) -> Product:
    return Product.objects.filter(method=method).order_by("-edition__ordinal")[0]


def join_section(user: User, school: School, *, is_agreed: bool = False, role: str = SectionRole.MEMBER) -> Section:
    """Make the person a member of a section of mathematics, that lets its school be named or not."""
    subject = Concept.objects.get(scheme=Scheme.SUBJECT, code="wiskunde")
    section = Section.objects.create(school=school, subject=subject)
    SectionMember.objects.create(section=section, user=user, role=role)
    if is_agreed:
        SectionConsent.objects.create(section=section, given_by=user)
    return section


def write_url(method: Method) -> str:
    return reverse("reviews:write", args=[method.public_id])


def text_of(response: Any) -> str:
    """Its words as one line, without tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))).replace(" .", ".")


def hidden_fields(response: Any) -> dict[str, str]:
    """What the form sends along unseen: the key of its draft, and how often that was kept."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def open_form(client: Client, address: str) -> dict[str, str]:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return hidden_fields(response)


def send(client: Client, method: Method, action: str = "voorbeeld", **fields: Any) -> Any:
    """Open the form of a new review and send it, filled in so that it can be published but for these fields."""
    address = write_url(method)
    return client.post(address, said_in_a_form(method) | open_form(client, address) | {"actie": action} | fields)
