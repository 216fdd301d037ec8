"""Spellings of concepts: what they make texts mean, and that records are read again."""

import pytest
from django.core.exceptions import ValidationError

from catalogus.exceptions import EditRefused
from catalogus.models import Concept, ConceptAlias, RereadRequest, Scheme
from catalogus.services.aliases import add_alias, remove_alias
from catalogus.services.seed import load_seed
from catalogus.vocabulary import Vocabulary

pytestmark = pytest.mark.django_db


def concept(code: str, scheme: Scheme = Scheme.SUBJECT) -> Concept:
    return Concept.objects.get(scheme=scheme, code=code)


def meaning(text: str) -> tuple[str, ...] | None:
    """What the text means; None where nobody knows."""
    found = Vocabulary.load().meaning(Scheme.SUBJECT, text)
    return found.codes if found.is_known else None


def test_a_text_means_what_an_editor_says():
    assert meaning("Sommen & zo") is None
    alias = add_alias(scheme=Scheme.SUBJECT, text="  Sommen\n& zo", concept=concept("wiskunde"))
    assert (alias.text, alias.key, alias.provenance) == ("Sommen & zo", "sommen en zo", "editor")
    assert meaning("SOMMEN EN ZO") == ("wiskunde",)
    assert RereadRequest.objects.get().publisher is None
    load_seed()
    assert meaning("sommen en zo") == ("wiskunde",), "a start of the installation leaves it"
    remove_alias(alias=alias)
    assert meaning("sommen en zo") is None
    assert RereadRequest.objects.count() == 2


def test_a_text_may_mean_several_things_or_nothing_but_not_both():
    for code in ("wiskunde", "rekenen"):
        add_alias(scheme=Scheme.SUBJECT, text="getallen", concept=concept(code))
    assert meaning("getallen") == ("rekenen", "wiskunde")
    with pytest.raises(EditRefused, match="betekent al iets"):
        add_alias(scheme=Scheme.SUBJECT, text="getallen", concept=None)
    add_alias(scheme=Scheme.SUBJECT, text="zie omslag", concept=None)
    assert meaning("zie omslag") == ()


def test_a_proposal_becomes_an_editors():
    ConceptAlias.objects.create(
        scheme="subject", concept=concept("wiskunde"), text="getallen", key="getallen", provenance="suggestion"
    )
    assert meaning("getallen") is None
    add_alias(scheme=Scheme.SUBJECT, text="Getallen", concept=concept("wiskunde"))
    assert meaning("getallen") == ("wiskunde",)
    assert ConceptAlias.objects.filter(key="getallen").count() == 1


@pytest.mark.parametrize("text", ["", " ", "…", "met\x00nul", "x" * 201])
def test_texts_that_cannot_be(text):
    with pytest.raises(ValidationError) as error:
        add_alias(scheme=Scheme.SUBJECT, text=text, concept=concept("wiskunde"))
    assert "text" in error.value.message_dict
    assert not RereadRequest.objects.exists()


def test_a_concept_of_another_list_is_refused():
    with pytest.raises(ValidationError, match="andere begrippenlijst"):
        add_alias(scheme=Scheme.LEVEL, text="getallen", concept=concept("wiskunde"))


def test_what_is_there_is_not_added_again_and_what_is_shipped_not_removed():
    alias = add_alias(scheme=Scheme.SUBJECT, text="getallen", concept=concept("wiskunde"))
    with pytest.raises(EditRefused, match="al bekend"):
        add_alias(scheme=Scheme.SUBJECT, text="GETALLEN", concept=concept("wiskunde"))
    remove_alias(alias=ConceptAlias.objects.get(pk=alias.pk))
    with pytest.raises(EditRefused, match="al verwijderd"):
        remove_alias(alias=alias)
    with pytest.raises(EditRefused, match="meegeleverd"):
        remove_alias(alias=ConceptAlias.objects.filter(provenance="seed")[0])
    assert RereadRequest.objects.count() == 2
