"""Schools, looked for: by what somebody types, by the code that a federation names, by the domain of an address."""

import re

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from accounts.models import School
from accounts.models.school import INSTITUTION_LENGTH, SCHOOL_CODE
from catalogus.naming import normal_form

MOST_FOUND = 50
"""Who sees more than this types another letter."""

_MOST_WORDS = 8
_LONGEST_TEXT = 200


def find_schools(text: str, limit: int = 20) -> list[School]:
    """Open schools in which every word of the text begins a word of code, name or place; at most `limit`, and 50.

    Words may stand in any order, without their accents, and unfinished: "den haag gymn". A whole code comes first, then
    names that begin with the text. An institution with a location of the same name and place is left out, for people
    would see their school twice; its own code still finds it.
    """
    key = normal_form(text[:_LONGEST_TEXT])
    words = key.split()[:_MOST_WORDS]
    if not words:
        return []
    # A code is often typed with a space in it: "99AA 01".
    code = key.replace(" ", "").upper()
    has_all_words = Q()
    for word in words:
        has_all_words &= Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")
    twin = School.objects.filter(
        institution_code=OuterRef("code"), name=OuterRef("name"), place=OuterRef("place"), ended_on=None
    ).exclude(code=OuterRef("code"))
    found = School.objects.filter(Q(code=code) | (has_all_words & ~Exists(twin)), ended_on=None)
    rank = Case(
        When(code=code, then=Value(0)),
        # The key begins with the code, and what follows is the name. A plus sign is all that a normal form may escape.
        When(search_key__regex=rf"^\S+ {key.replace('+', '[+]')}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return list(found.order_by(rank, "name", "place", "code")[: max(0, min(limit, MOST_FOUND))])


def school_of_code(brin: str) -> School | None:
    """The school that a claim means by a code of 4 or 6 characters, whether it is open or not; None where unknown.

    An unknown location is its institution, and an institution of which nothing but one location is known is that
    location. A school that was merged is the one that goes on.
    """
    code = brin.strip().upper()
    if not re.fullmatch(SCHOOL_CODE, code):
        return None
    institution_code = code[:INSTITUTION_LENGTH]
    known = {school.code: school for school in School.objects.filter(institution_code=institution_code)}
    named = known.get(code) or known.get(institution_code)
    if named is not None:
        return school_that_goes_on(named)
    if code != institution_code:
        return None
    going_on = {school.pk: school for school in map(school_that_goes_on, known.values())}
    open_ones = [school for school in going_on.values() if school.is_open]
    candidates = open_ones or list(going_on.values())
    return candidates[0] if len(candidates) == 1 else None


def school_that_goes_on(school: School) -> School:
    """The school itself, or the one that it was merged into in the end, by however many steps."""
    seen = {school.pk}
    while school.merged_into is not None:
        school = school.merged_into
        # No service makes a circle; rows that were changed by hand must not hang a page.
        if school.pk in seen:
            break
        seen.add(school.pk)
    return school


def schools_of_domain(domain: str) -> list[School]:
    """The open schools that give their staff addresses at exactly this domain, by name.

    A part of a domain does not count: "leerling.school.example" is where pupils have their mail.
    """
    wanted = domain.strip().lower().removeprefix("@").rstrip(".")
    if not wanted or "\x00" in wanted:
        return []
    return list(School.objects.filter(domains__domain=wanted, ended_on=None).order_by("name", "place", "code"))
