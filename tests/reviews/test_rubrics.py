"""`manage.py rubric`: a rubric is checked as a whole, loaded once, and changes no review that was made with another."""

import copy
import io
import json

import pytest
from django.core.management import CommandError, call_command

from catalogus.memory import forget_all
from reviews.content import Answer
from reviews.models import Review, RubricMapping, RubricVersion
from reviews.rubric import SHIPPED_FILE, rubric
from reviews.selectors.rubrics import current_rubric, in_current_terms
from reviews.services.checking import stored_summary
from reviews.services.publishing import edit_review
from reviews.services.rubrics import faults_of
from reviews.services.summaries import recount_methods
from tests.factories import make_method
from tests.review_support import make_content, make_review, make_teacher

pytestmark = pytest.mark.django_db
SHIPPED = json.loads(SHIPPED_FILE.read_text(encoding="utf-8"))
SHIPPED_VERSION = "1.0-voorstel"


def rubric_document(version="2.0", **renamed):
    """The shipped rubric as another version, with criteria called otherwise (didactiek="leren")."""
    document = copy.deepcopy(SHIPPED) | {"versie": version}
    for criterion in document["criteria"]:
        criterion["code"] = renamed.get(criterion["code"], criterion["code"])
    return document


@pytest.fixture
def run(tmp_path):
    """Runs the command with contents as files, and gives what it says."""

    def run(*arguments):
        said = io.StringIO()
        given = []
        for number, one in enumerate(arguments):
            if not isinstance(one, str):
                path = tmp_path / f"{number}.json"
                path.write_bytes(one if isinstance(one, bytes) else json.dumps(one).encode())
                one = str(path)
            given.append(one)
        call_command("rubric", *given, stdout=said)
        return said.getvalue()

    return run


def test_the_shipped_rubric_is_in_order_and_was_loaded(run):
    assert faults_of(SHIPPED) == []
    assert "was er al, gelijk" in run("load", SHIPPED)
    assert RubricVersion.objects.count() == 1


def test_a_rubric_is_loaded_then_taken_into_use(run):
    document = rubric_document()
    # Eight criteria is no rule.
    document["criteria"] = document["criteria"][:6]
    assert "rubric use “2.0”" in run("load", document)
    assert current_rubric().version == SHIPPED_VERSION
    assert "was er al, gelijk" in run("load", document)
    run("use", "2.0")
    assert current_rubric().version == "2.0"
    assert len(current_rubric().criteria) == 6
    listed = run("list").splitlines()
    assert listed[0].startswith(f"  {SHIPPED_VERSION}: 8 criteria, 0 beoordelingen")
    assert listed[1].startswith("* 2.0: 6 criteria, 0 beoordelingen")
    run("use", SHIPPED_VERSION)
    assert current_rubric().version == SHIPPED_VERSION


def test_other_content_under_a_known_version_is_refused(run):
    document = rubric_document(SHIPPED_VERSION)
    document["criteria"][0]["label"] = "Leren"
    with pytest.raises(CommandError, match="is er al, met een andere inhoud"):
        run("load", document)
    assert RubricVersion.objects.get().document == SHIPPED


def test_all_faults_are_told_at_once_with_place_and_remedy(run):
    document = rubric_document("")
    document["schaal"] = {"1": "slecht", "2": " ", "3": "voldoende", "4": "goed", "nvt": "niet", "5": "best"}
    first, second, third = document["criteria"][:3]
    first["vraag"] = ""
    first["items"] = []
    second["code"] = "didactiek"
    second["items"][1]["tekst"] = 7
    second["items"][2]["code"] = second["items"][0]["code"]
    third["code"] = "Met Spatie"
    del third["ingevuld_door"]
    document["criteria"][4] = "gebruik"
    with pytest.raises(CommandError) as refused:
        run("load", document)
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "versie",
        "schaal.2",
        "schaal.nb",
        "schaal.5",
        "criteria[1].vraag",
        "criteria[1].items",
        "criteria[2].code",
        "criteria[2].items[2].tekst",
        "criteria[2].items[3].code",
        "criteria[3].code",
        "criteria[3].ingevuld_door",
        "criteria[5]",
    ]
    assert "staat ook bij criteria[1].code" in lines[6]
    assert not RubricVersion.objects.exclude(version=SHIPPED_VERSION).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "regel 1, teken 1: dit is geen JSON"),
        (b"\xff\xfe", "geen JSON in UTF-8"),
        (b'{"versie": "1", "versie": "2"}', "“versie” staat twee keer"),
        (b"[" * 100_000, "is geen JSON"),
        (b" " * 1_000_001, "is groter dan"),
        (b"[]", "hier hoort een object te staan"),
        (b'{"versie": 2, "schaal": [], "criteria": {}}', "criteria: hier hoort een lijst te staan"),
        (b'{"versie": "2", "schaal": {}, "criteria": [1]}', "1 criteria. Maak er 5 tot 30"),
    ],
    ids=["empty", "no UTF-8", "twice", "deep", "large", "list", "kinds", "few"],
)
def test_what_is_no_rubric_is_refused(run, content, said):
    with pytest.raises(CommandError, match=said.replace("[", "\\[")):
        run("load", content)


@pytest.mark.parametrize("source", ["\u0000", "\ud800", float("nan")])
def test_what_the_database_cannot_keep_is_refused(run, source):
    with pytest.raises(CommandError, match="niet bewaard kan worden"):
        run("load", rubric_document() | {"bronnen": [source]})


def test_a_file_that_is_not_there_is_told(run):
    with pytest.raises(CommandError, match="kan niet worden gelezen: No such file"):
        run("load", "/nergens/rubriek.json")


def test_a_version_that_is_not_there_is_not_taken_into_use(run):
    with pytest.raises(CommandError, match=f"“3.0” is er niet; kies uit {SHIPPED_VERSION}"):
        run("use", "3.0")


# The mapping


def mapping_of(**changes):
    return {"van": SHIPPED_VERSION, "naar": "2.0", "criteria": {"didactiek": "leren", "privacy": "leren"}} | changes


def test_a_mapping_says_how_old_scores_are_read(run):
    document = rubric_document(didactiek="leren")
    assert "2 criteria vertaald" in run("load", document, "--mapping", mapping_of())
    assert "2 criteria vertaald" in run("load", document, "--mapping", mapping_of())
    assert RubricMapping.objects.count() == 2
    told = run("use", "2.0")
    assert "los van de nieuwe: curriculum, differentiatie" in told
    old = RubricVersion.objects.get(version=SHIPPED_VERSION)
    assert in_current_terms(old.pk, "privacy") == "leren"
    assert in_current_terms(old.pk, "curriculum") is None


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ([], "vertaling: hier hoort een object"),
        (mapping_of(van="0.9"), "vertaling.van: rubriek “0.9” is er niet. Kies uit"),
        (mapping_of(van=7), "vertaling.van: rubriek “7” is er niet"),
        (mapping_of(naar=SHIPPED_VERSION), "vertaling.naar: dit is dezelfde rubriek"),
        (mapping_of(criteria={}), "vertaling.criteria: hier hoort te staan"),
        (mapping_of(criteria={"kunst": "leren"}), "vertaling.criteria.kunst: “kunst” is geen criterium van rubriek “1"),
        (mapping_of(criteria={"prijs": "didactiek"}), "criteria.prijs: “didactiek” is geen criterium van rubriek “2"),
        (mapping_of(criteria={"prijs": ["leren"]}), "criteria.prijs: .* is geen criterium van rubriek “2.0”"),
    ],
    ids=["kind", "from", "number", "same", "none", "unknown", "target", "list"],
)
def test_a_mapping_is_checked_against_both(run, mapping, said):
    with pytest.raises(CommandError, match=said):
        run("load", rubric_document(didactiek="leren"), "--mapping", mapping)
    # Nothing of it stands: neither the mapping nor the rubric it came with.
    assert RubricVersion.objects.count() == 1


def test_a_mapping_is_not_changed(run):
    document = rubric_document(didactiek="leren")
    run("load", document, "--mapping", mapping_of())
    with pytest.raises(CommandError, match="is er al een andere"):
        run("load", document, "--mapping", mapping_of(criteria={"prijs": "prijs"}))
    assert RubricMapping.objects.count() == 2


# Reviews


def test_reviews_keep_their_rubric_and_methods_their_summary(run):
    method = make_method()
    author = make_teacher()
    reviews = [make_review(method, score=score) for score in (2, 4)] + [make_review(method, author=author)]
    method.refresh_from_db()
    before = stored_summary(method)
    assert before.mean is not None
    old = RubricVersion.objects.get()

    run("load", rubric_document(didactiek="leren"), "--mapping", mapping_of(criteria={"didactiek": "leren"}))
    run("use", "2.0")
    recount_methods([method.pk])
    method.refresh_from_db()
    assert stored_summary(method) == before
    assert set(Review.objects.values_list("rubric", flat=True)) == {old.pk}
    assert {score.criterion for score in reviews[0].scores.all()} == {one["code"] for one in SHIPPED["criteria"]}

    # Who writes or changes a review from now on does so with the new one; the others keep theirs.
    answers = {code: Answer(score=4) for code in current_rubric().codes}
    edit_review(author=author, review=reviews[2], content=make_content(method, answers=answers), version=1)
    new = make_review(method, answers=answers)
    assert new.rubric.version == "2.0"
    stored = dict(Review.objects.values_list("pk", "rubric__version"))
    assert [stored[review.pk] for review in reviews] == [SHIPPED_VERSION, SHIPPED_VERSION, "2.0"]
    method.refresh_from_db()
    assert method.review_count == 4


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Rubrics are remembered for half a minute; the database is taken back after each test."""
    yield
    forget_all()


def test_answers_stand_in_the_order_of_the_rubric():
    codes = list(rubric().codes)
    answers = dict.fromkeys([*reversed(codes), "eerder"], 3)
    assert [code for code, _answer in rubric().in_order(answers)] == [*codes, "eerder"]
