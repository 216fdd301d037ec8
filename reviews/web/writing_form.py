"""The whole form as a template shows it: its parts, its questions, and what is wrong, in the order of the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import School
from catalogus.models import Scheme
from reviews.content import SCORES as SCORE_CODES
from reviews.content import SECTORS
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
from reviews.models.score import REASON_LENGTH
from reviews.rubric import Criterion, Rubric
from reviews.selectors.author_words import author_words
from reviews.web.questions import Asked, Group, Kind, Option, Question, options
from reviews.web.writing_choices import Choices, school_year_options
from reviews.web.writing_fields import Fields

SCORES = "scores"
"""Of errors about the criteria together, and of the part of the page that holds them."""


@dataclass(frozen=True, slots=True)
class CriterionQuestions:
    criterion: Criterion
    score: Question
    reason: Question


@dataclass(frozen=True, slots=True)
class Fault:
    """One line above the form. target: an id on the page, "" where no question is about it."""

    label: str
    text: str
    target: str = ""

    @property
    def words(self) -> str:
        """ "Wat is sterk? Noem …", "Didactiek: Kies …"."""
        if not self.label:
            return self.text
        return f"{self.label} {self.text}" if self.label.endswith("?") else f"{self.label}: {self.text}"


@dataclass(frozen=True, slots=True)
class WritingForm:
    """used, criteria, told and shown: the four parts of the page; scores_errors: of the criteria together."""

    used: tuple[Question, ...]
    criteria: tuple[CriterionQuestions, ...]
    told: tuple[Question, ...]
    shown: tuple[Question, ...]
    scores_errors: tuple[str, ...]
    product: str
    faults: tuple[Fault, ...]


def writing_form(
    choices: Choices, rubric: Rubric, fields: Fields, errors: Mapping[str, Sequence[str]], *, is_change: bool
) -> WritingForm:
    """is_change: of a review that stands already, whose school stays what it is."""
    asked = Asked(fields, errors)
    used = tuple(_used(asked, choices, is_change=is_change))
    criteria = tuple(_criterion(asked, rubric, one) for one in rubric.criteria)
    told = tuple(_told(asked))
    shown = tuple(_shown(asked, choices))
    # Where none was answered, each of them tells so.
    scores_errors = () if all(one.score.errors for one in criteria) else tuple(errors.get(SCORES, ()))
    left = [Fault("", text) for name, texts in asked.left_over().items() if name != SCORES for text in texts]
    about_scores = [Fault(_("Oordeel"), text, SCORES) for text in scores_errors]
    return WritingForm(
        used=used,
        criteria=criteria,
        told=told,
        shown=shown,
        scores_errors=scores_errors,
        product=asked.value("product"),
        faults=(
            *left,
            *_faults(used),
            *about_scores,
            *_faults([part for one in criteria for part in (one.score, one.reason)]),
            *_faults((*told, *shown)),
        ),
    )


def _used(asked: Asked, choices: Choices, *, is_change: bool) -> Iterator[Question]:
    if choices.product is None:
        editions = choices.edition_options(asked.value("edition"))
        yield asked.choice("edition", _("Welke uitgave gebruikte u?"), _few(editions), [editions])
    schools = choices.school_options()
    if len(schools.options) > 1 and not is_change:
        yield asked.choice("school", _("Op welke school?"), "radio", [schools])
    yield asked.choice("school_year", _("In welk schooljaar?"), "select", [school_year_options()])
    yield asked.choice("use", _("Waarvoor gebruikte u het?"), "radio", [options(Use.choices)])
    yield asked.choice("duration", _("Hoe lang gebruikte u het?"), "radio", [options(Duration.choices)])
    yield asked.choice("sector", _("In welke sector?"), "radio", _fitting(choices, Scheme.SECTOR))
    at_least = _("Kies ten minste één niveau of leerjaar.")
    yield asked.choice("levels", _("Op welke niveaus?"), "checks", _fitting(choices, Scheme.LEVEL), advice=at_least)
    yield asked.choice("years", _("In welke leerjaren?"), "checks", _fitting(choices, Scheme.YEAR))
    yield asked.choice("subject", _("Voor welk vak?"), "select", _subjects(choices), is_optional=True)
    yield asked.choice("role", _("Wat doet u op school?"), "radio", [options(ReviewerRole.choices)])
    yield asked.choice("pupils", _("Met hoeveel leerlingen?"), "radio", [options(PupilCount.choices)], is_optional=True)


def _fitting(choices: Choices, scheme: Scheme) -> list[Group]:
    """Where nothing fits, all others stand there at once."""
    fits, others = choices.concepts(scheme)
    return [fits, Group(_OTHERS[scheme](), others.options)] if fits.options else [others]


_OTHERS = {
    Scheme.SECTOR: lambda: _("Andere sectoren"),
    Scheme.LEVEL: lambda: _("Andere niveaus"),
    Scheme.YEAR: lambda: _("Andere leerjaren"),
}


def _subjects(choices: Choices) -> list[Group]:
    fits, others = choices.concepts(Scheme.SUBJECT)
    named = Group(_("Vakken van deze methode"), fits.options)
    none = Group("", (Option("", _("geen bepaald vak")),))
    return [none, named, Group(_("Andere vakken"), others.options)]


def _criterion(asked: Asked, rubric: Rubric, criterion: Criterion) -> CriterionQuestions:
    # In this order, whatever the file's: scores first, then the two that are none.
    scale = [Option(code, f"{code} {rubric.scale[code]}") for code in SCORE_CODES]
    scale += [Option(code, rubric.scale[code]) for code in Unscored.values]
    label = criterion.label
    return CriterionQuestions(
        criterion,
        asked.choice(f"score-{criterion.code}", label, "radio", [Group("", tuple(scale))]),
        asked.text(
            f"reason-{criterion.code}",
            _("Waarom? (%(criterion)s)") % {"criterion": label},
            most=REASON_LENGTH,
            rows=2,
            is_small=True,
        ),
    )


def _told(asked: Asked) -> Iterator[Question]:
    yield asked.text(
        "strong_point",
        _("Wat is sterk?"),
        most=POINT_LENGTH,
        advice=_("Noem ten minste een sterk punt of een verbeterpunt."),
    )
    yield asked.text("weak_point", _("Wat kan beter?"), most=POINT_LENGTH)
    yield asked.choice(
        "would_choose_again", _("Zou u het opnieuw kiezen?"), "radio", [options(WouldChooseAgain.choices)]
    )
    yield asked.text(
        "body",
        _("Wat wilt u er verder over vertellen?"),
        most=BODY_LENGTH,
        rows=6,
        advice=_("Een lege regel begint een nieuwe alinea. Links worden niet aanklikbaar."),
        is_optional=True,
    )


def _shown(asked: Asked, choices: Choices) -> Iterator[Question]:
    yield asked.choice(
        "interests",
        _("Hebt u een belang dat lezers moeten weten?"),
        "radio",
        [options(Interests.choices)],
        advice=_(
            "Bijvoorbeeld: u schreef mee aan een eerdere druk, geeft er trainingen over of kreeg het gratis. Wie voor "
            "de uitgever werkt of auteur van het materiaal is, beoordeelt het niet."
        ),
    )
    yield asked.text("interests_text", _("Welk belang?"), most=INTERESTS_LENGTH, rows=2, is_optional=True)
    yield asked.choice(
        "shown_as", _("Hoe wilt u bij de beoordeling staan?"), "radio", [_ways_to_be_shown(asked, choices)]
    )
    if choices.naming.agreed:
        names = ", ".join(dict.fromkeys(str(section.school) for section in choices.naming.agreed))
        yield asked.choice(
            "names_school", _("Noem ook de school"), "tick", [Group("", (Option("on", _("Noem ook de school")),))],
            advice=_("Uw vaksectie vindt het goed dat lezers de school zien: %(school)s.") % {"school": names},
            is_optional=True,
        )  # fmt: skip
    yield asked.choice(
        "after_deletion",
        _("Wat gebeurt ermee als u uw account verwijdert?"),
        "radio",
        [options(AfterDeletion.choices)],
        advice=_("U kunt dit later veranderen door de beoordeling te wijzigen."),
    )


def _ways_to_be_shown(asked: Asked, choices: Choices) -> Group:
    """Each with how it reads, by what the form says now."""
    at = asked.value("school")
    schools = [one.school for one in choices.affiliations]
    school = next((one for one in schools if one.code == at), schools[0] if schools else School())
    sector = asked.value("sector") if asked.value("sector") in SECTORS else ""
    name, described = (
        author_words(
            choices.user,
            shown_as=way,
            role=asked.value("role"),
            subject=asked.value("subject"),
            sector=sector,
            school=school,
        )
        for way in (ShownAs.NAME, ShownAs.DESCRIPTION)
    )
    reads = _("Zo staat u er: “%(words)s”")
    no_name = _("Uw account heeft nog geen naam; geef er een op bij uw profiel als u die wilt tonen.")
    return Group(
        "",
        (
            Option(
                ShownAs.NAME.value,
                str(ShownAs.NAME.label),
                reads % {"words": name} if name else no_name,
                is_off=not name,
            ),
            Option(
                ShownAs.DESCRIPTION.value,
                str(ShownAs.DESCRIPTION.label),
                _("Zo staat u er, naar wat hierboven is ingevuld: “%(words)s”") % {"words": described},
            ),
        ),
    )


def _few(group: Group) -> Kind:
    """Radio buttons are read at once; of more than some a list unfolds."""
    return "radio" if len(group.options) <= _MOST_AT_ONCE else "select"


_MOST_AT_ONCE = 7


def _faults(questions: Sequence[Question]) -> list[Fault]:
    return [Fault(one.label, text, one.target) for one in questions for text in one.errors]
