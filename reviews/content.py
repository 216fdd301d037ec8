"""What a teacher says in a review, read from a form or a request in one way, with an error for each field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from catalogus.models import Concept, Edition, Method, Product, Scheme
from catalogus.survivors import leading_to
from catalogus.texts import plain_text, printable
from reviews.models import (
    AfterDeletion,
    Duration,
    Interests,
    PupilCount,
    ReviewerRole,
    ShownAs,
    Unscored,
    Use,
    WouldChooseAgain,
)
from reviews.models.review import BODY_LENGTH, INTERESTS_LENGTH, POINT_LENGTH
from reviews.models.score import REASON_LENGTH, SUFFICIENT
from reviews.rubric import Rubric
from reviews.school_years import reviewable_school_years, school_year_label

SECTORS = ("po", "so", "vo", "vso", "mbo")

SCORES = ("1", "2", "3", "4")

_MOST_CODES = 30
"""More levels or years than there are in any sector."""

_LONGEST_SHOWN = 80

_MOST_UNKNOWN = 5
"""Of criteria that do not exist; whoever sent a thousand is told enough."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A score of 1 to 4, or why there is none ("nvt", "nb"); exactly one of the two. reason: required below 3."""

    score: int | None = None
    unscored: str = ""
    reason: str = ""

    @property
    def code(self) -> str:
        return self.unscored or str(self.score)


@dataclass(frozen=True, slots=True)
class ReviewContent:
    """Everything that a version of a review says; checked.

    edition: the row; product: its row or None; school: the code of the school where it was used, "" for the only one
    that the writer works at; answers: criterion code -> Answer, for each criterion of the rubric.
    """

    edition: int
    product: int | None
    school: str
    school_year: int
    sector: str
    levels: tuple[str, ...]
    years: tuple[str, ...]
    subject: str
    use: str
    duration: str
    role: str
    pupils: str
    answers: Mapping[str, Answer]
    strong_point: str
    weak_point: str
    would_choose_again: str
    body: str
    interests: str
    interests_text: str
    shown_as: str
    names_school: bool
    after_deletion: str

    @property
    def texts(self) -> dict[str, str]:
        """Field -> what was typed, the reasons included ("reason-didactiek"); empty ones left out."""
        own = {name: getattr(self, name) for name in ("strong_point", "weak_point", "body", "interests_text")}
        reasons = {f"reason-{code}": answer.reason for code, answer in self.answers.items()}
        return {name: text for name, text in (own | reasons).items() if text}

    def as_json(self) -> dict[str, Any]:
        """As a ReviewVersion keeps it."""
        return asdict(self) | {"levels": list(self.levels), "years": list(self.years)}


def content_of_json(stored: Mapping[str, Any]) -> ReviewContent:
    """What as_json made."""
    answers = {code: Answer(**answer) for code, answer in stored["answers"].items()}
    lists = {"levels": tuple(stored["levels"]), "years": tuple(stored["years"])}
    return ReviewContent(**({**stored, "answers": answers} | lists))


def read_content(said: Mapping[str, Any], *, rubric: Rubric, method: Method) -> ReviewContent:
    """Check what was sent about a method that stands.

    said: names of ReviewContent's fields -> texts, numbers, lists of codes; edition: a number; product: a public id;
    `scores`: criterion code -> {"answer": "1" to "4", "nvt" or "nb", "reason": text}. Raises ValidationError with
    sentences by field ("score-didactiek" and "reason-didactiek" for a criterion), all faults at once.
    """
    reader = _Reader(said)
    edition, product = _about(reader, method)
    sector = reader.choice("sector", {code: code for code in SECTORS}, _("Kies de sector waarin u het gebruikte."))
    levels = reader.codes("levels", Scheme.LEVEL, sector)
    years = reader.codes("years", Scheme.YEAR, sector)
    if not levels and not years and not {"levels", "years"} & reader.errors.keys():
        reader.refuse("years", _("Kies ten minste één leerjaar of niveau waarin u het gebruikte."))
    content = ReviewContent(
        edition=edition,
        product=product,
        school=reader.text("school", most=6),
        school_year=_school_year(reader),
        sector=sector,
        levels=levels,
        years=years,
        subject=reader.one_code("subject", Scheme.SUBJECT),
        use=reader.one_of("use", Use, _("Kies of het uw hoofdmateriaal was of een aanvulling.")),
        duration=reader.one_of("duration", Duration, _("Kies hoe lang u het gebruikte.")),
        role=reader.one_of("role", ReviewerRole, _("Kies wat u op school doet.")),
        pupils=reader.one_of("pupils", PupilCount, required=""),
        answers=_answers(reader, rubric),
        strong_point=reader.text("strong_point", most=POINT_LENGTH),
        weak_point=reader.text("weak_point", most=POINT_LENGTH),
        would_choose_again=reader.one_of(
            "would_choose_again", WouldChooseAgain, _("Kies of u het opnieuw zou kiezen; “weet ik niet” mag ook.")
        ),
        body=reader.text("body", most=BODY_LENGTH),
        interests=reader.one_of("interests", Interests, _("Kies of er een belang is dat lezers moeten weten.")),
        interests_text=reader.text("interests_text", most=INTERESTS_LENGTH),
        shown_as=reader.one_of("shown_as", ShownAs, _("Kies hoe u bij de beoordeling wilt staan.")),
        names_school=reader.truth("names_school"),
        after_deletion=reader.one_of(
            "after_deletion", AfterDeletion, _("Kies wat er met de beoordeling gebeurt als u uw account verwijdert.")
        ),
    )
    _whole(reader, content)
    if reader.errors:
        raise ValidationError(reader.errors)
    return content


def _whole(reader: "_Reader", content: ReviewContent) -> None:
    """What holds between fields."""
    # A text that was refused, for its length say, is not missing.
    points = {"strong_point", "weak_point"}
    if not content.strong_point and not content.weak_point and not points & reader.errors.keys():
        reader.refuse("strong_point", _("Noem ten minste één sterk punt of één verbeterpunt."))
    if content.interests == Interests.TOLD and not content.interests_text and "interests_text" not in reader.errors:
        reader.refuse("interests_text", _("Vertel welk belang het is, of kies “geen belang”."))
    if content.interests == Interests.NONE and content.interests_text:
        reader.refuse(
            "interests_text",
            _("U kiest “geen belang”, maar vertelt er wel een. Haal de tekst weg, of kies het andere."),
        )
    if content.answers and all(answer.score is None for answer in content.answers.values()):
        reader.refuse("scores", _("Geef ten minste één onderdeel een oordeel."))


def _about(reader: "_Reader", method: Method) -> tuple[int, int | None]:
    """The edition and the product, of this method as it stands."""
    product_id = reader.text("product", most=20)
    if product_id:
        found = Product.objects.filter(public_id=product_id, method=method, merged_into=None).first()
        if found is None:
            reader.refuse("product", _("“%(value)s” is geen product van deze methode.") % {"value": product_id})
            return 0, None
        return found.edition_id, found.pk
    number = reader.number("edition")
    editions = Edition.objects.filter(pk=number) if number is not None else Edition.objects.none()
    known = {method.pk, *leading_to(method.pk)}
    if number is None or not any(edition.method_id in known for edition in editions):
        reader.refuse("edition", _("Kies de uitgave die u gebruikte."))
        return 0, None
    return number, None


def _school_year(reader: "_Reader") -> int:
    year = reader.number("school_year")
    allowed = reviewable_school_years()
    if year not in allowed:
        text = _("Kies het schooljaar waarin u het gebruikte: %(first)s tot en met %(last)s.")
        ends = {"first": school_year_label(allowed[-1]), "last": school_year_label(allowed[0])}
        reader.refuse("school_year", text % ends)
        return 0
    return year


def _answers(reader: "_Reader", rubric: Rubric) -> dict[str, Answer]:
    sent = reader.said.get("scores")
    if not isinstance(sent, Mapping):
        reader.refuse("scores", _("Geef per onderdeel een oordeel."))
        return {}
    for code in sorted(map(str, sent.keys() - set(rubric.codes)))[:_MOST_UNKNOWN]:
        text = _("“%(code)s” is geen onderdeel van de rubriek; die heeft %(codes)s.")
        reader.refuse("scores", text % {"code": _shown(code), "codes": ", ".join(rubric.codes)})
    return {code: _answer(reader, code, sent.get(code)) for code in rubric.codes}


def _answer(reader: "_Reader", code: str, sent: object) -> Answer:
    one = sent if isinstance(sent, Mapping) else {"answer": sent}
    answer = str(one.get("answer") or "")
    part = _Reader({f"reason-{code}": one.get("reason")}, reader.errors)
    reason = part.text(f"reason-{code}", most=REASON_LENGTH)
    if answer in SCORES:
        score = int(answer)
        if score < SUFFICIENT and not reason and f"reason-{code}" not in reader.errors:
            reader.refuse(f"reason-{code}", _("Vertel bij een oordeel onder “voldoende” waarom."))
        return Answer(score=score, reason=reason)
    if answer in Unscored.values:
        return Answer(unscored=answer, reason=reason)
    reader.refuse(
        f"score-{code}",
        _("Kies een oordeel; “kan ik niet beoordelen” mag ook.")
        if not answer
        else _("“%(value)s” is geen oordeel; kies 1, 2, 3, 4, nvt of nb.") % {"value": _shown(answer)},
    )
    return Answer(unscored=Unscored.CANNOT_JUDGE)


class _Reader:
    """Takes values out of what was sent, and gathers what is wrong with them."""

    def __init__(self, said: Mapping[str, Any], errors: dict[str, list[str]] | None = None) -> None:
        self.said = said
        self.errors: dict[str, list[str]] = {} if errors is None else errors

    def refuse(self, field: str, message: str) -> None:
        self.errors.setdefault(field, []).append(message)

    def text(self, field: str, *, most: int) -> str:
        value = self.said.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(field, _("Hier hoort tekst te staan."))
            return ""
        try:
            return plain_text(value, field=field, most=most)
        except ValidationError as error:
            self.refuse(field, error.messages[0])
            return ""

    def number(self, field: str) -> int | None:
        value = self.said.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            return value if 0 <= value < 2**31 else None
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def truth(self, field: str) -> bool:
        return self.said.get(field) in (True, "on", "true", "1", "ja")

    def one_of(self, field: str, choices: type[TextChoices], required: str) -> str:
        return self.choice(field, dict(choices.choices), required)

    def choice(self, field: str, choices: Mapping[str, object], required: str) -> str:
        """required: what to say where nothing was chosen; "" where that may be."""
        value = str(self.said.get(field) or "")
        if not value:
            if required:
                self.refuse(field, required)
            return ""
        if value not in choices:
            text = _("“%(value)s” kan hier niet; kies uit %(choices)s.")
            self.refuse(field, text % {"value": _shown(value), "choices": ", ".join(choices)})
            return ""
        return value

    def codes(self, field: str, scheme: Scheme, sector: str) -> tuple[str, ...]:
        value = self.said.get(field) or []
        if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(one, str) for one in value):
            self.refuse(field, _("Hier hoort een lijst van codes te staan."))
            return ()
        found = dict.fromkeys(value)
        if len(found) > _MOST_CODES:
            self.refuse(field, _("Kies er hoogstens %(most)d.") % {"most": _MOST_CODES})
            return ()
        known = _known(scheme, found)
        for code in found:
            if code not in known:
                self.refuse(field, _("“%(value)s” is niet bekend.") % {"value": _shown(code)})
            elif sector and known[code] and sector not in known[code]:
                text = _("“%(value)s” bestaat niet in de gekozen sector.")
                self.refuse(field, text % {"value": code})
        return tuple(code for code in found if code in known)

    def one_code(self, field: str, scheme: Scheme) -> str:
        value = self.text(field, most=60)
        if value and value not in _known(scheme, [value]):
            self.refuse(field, _("“%(value)s” is niet bekend.") % {"value": value})
            return ""
        return value


def _shown(value: str) -> str:
    """What was sent, as an answer can repeat it: its beginning, and nothing that cannot be seen or encoded."""
    return printable(value[:_LONGEST_SHOWN])


def _known(scheme: Scheme, codes: Iterable[str]) -> dict[str, list[str]]:
    """Code -> the sectors that it exists in, none for all; only codes that there are."""
    # Neither NUL nor half a surrogate pair, which JSON may hold, can be asked of the database.
    wanted = [code for code in codes if len(code) <= 60 and code.isprintable()]
    return dict(Concept.objects.filter(scheme=scheme, code__in=wanted).values_list("code", "sectors"))
