"""Texts of the classification that no alias explains: how many records have them, and what they might mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogus.models import Concept, ConceptAlias, Scheme
from catalogus.models.provenance import Provenance
from catalogus.naming import normal_form
from catalogus.services.publishers import survivors
from ingest.issues import MAX_VALUE_LENGTH, IssueCode
from ingest.quality.findings import PRESENT_STATES, Sql, run

FIELDS: Mapping[str, Scheme] = {
    "Sector": Scheme.SECTOR,
    "Level": Scheme.LEVEL,
    "Course": Scheme.SUBJECT,
    "Year": Scheme.YEAR,
}
"""The field of a finding tells which vocabulary its text should be of."""

MOST_PUBLISHERS = 5
LEAST_LIKENESS = 0.4
"""Of trigrams: "bedrijfs economie" is like "bedrijfseconomie" (0.75), "digitaal" not like "digital literacy" (0.37)."""


@dataclass(frozen=True, slots=True)
class UnknownText:
    """key: the normal form; text: its most frequent spelling; publishers: the names of those that use it most."""

    scheme: str
    key: str
    text: str
    records: int
    products: int
    publishers: list[str]


def unknown_texts() -> list[UnknownText]:
    """Those of the records that are present; three queries."""
    spellings = _spellings()
    columns = tuple([spelling[place] for spelling in spellings] for place in range(4))
    into = survivors()
    values = (*columns, list(into), list(into.values()), *_WHICH, MOST_PUBLISHERS)
    return [UnknownText(*row) for row in run(Sql(_COUNTED, values))]


def likely_concepts(texts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Scheme and key -> the row of the concept that has the name most like it, for texts that are like just one."""
    wanted = list(texts)
    names = _names()
    values = (
        *([text[place] for text in wanted] for place in range(2)),
        *([name[place] for name in names] for place in range(3)),
        LEAST_LIKENESS,
    )
    return {(scheme, key): concept for scheme, key, concept in run(Sql(_LIKELY, values))}


_WHICH = (PRESENT_STATES, f'[{{"code": "{IssueCode.UNKNOWN_TEXT}"}}]', IssueCode.UNKNOWN_TEXT.value)
"""The values that choose the findings."""

_SPELLINGS = """
SELECT DISTINCT found.field, found.value
FROM ingest_record AS record
CROSS JOIN LATERAL jsonb_to_recordset(record.issues) AS found (code text, field text, value text)
WHERE record.state = ANY(%s) AND record.issues @> %s::jsonb AND found.code = %s
"""
_COUNTED = """
WITH said AS (
    SELECT spelling.scheme, spelling.key, found.value, record.id, record.product_id,
        COALESCE(merged.survivor_id, record.publisher_id, product.publisher_id) AS publisher_id
    FROM ingest_record AS record
    CROSS JOIN LATERAL jsonb_to_recordset(record.issues) AS found (code text, field text, value text)
    JOIN unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS spelling (field, value, scheme, key)
        ON spelling.field = found.field AND spelling.value = found.value
    LEFT JOIN catalogus_product AS product ON product.id = record.product_id
    LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS merged (id, survivor_id)
        ON merged.id = COALESCE(record.publisher_id, product.publisher_id)
    WHERE record.state = ANY(%s) AND record.issues @> %s::jsonb AND found.code = %s
), spelt AS (
    SELECT DISTINCT ON (scheme, key) scheme, key, value
    FROM said GROUP BY scheme, key, value ORDER BY scheme, key, count(*) DESC, value
), published AS (
    SELECT scheme, key, (array_agg(name ORDER BY records DESC, name))[1:%s] AS names
    FROM (
        SELECT said.scheme, said.key, publisher.name, count(DISTINCT said.id) AS records
        FROM said JOIN catalogus_publisher AS publisher ON publisher.id = said.publisher_id
        GROUP BY said.scheme, said.key, publisher.id
    ) AS counted
    GROUP BY scheme, key
)
SELECT said.scheme, said.key, spelt.value, count(DISTINCT said.id), count(DISTINCT said.product_id),
    COALESCE(published.names, '{}')
FROM said JOIN spelt USING (scheme, key) LEFT JOIN published USING (scheme, key)
GROUP BY said.scheme, said.key, spelt.value, published.names
"""
# Where two concepts are equally like it, as "leerjaar drie" is like all years, neither is proposed.
_LIKELY = """
SELECT scheme, key, min(concept_id)
FROM (
    SELECT text.scheme, text.key, name.concept_id,
        rank() OVER (PARTITION BY text.scheme, text.key ORDER BY max(similarity(name.key, text.key)) DESC) AS place
    FROM unnest(%s::text[], %s::text[]) AS text (scheme, key)
    JOIN unnest(%s::text[], %s::text[], %s::bigint[]) AS name (scheme, key, concept_id)
        ON name.scheme = text.scheme AND similarity(name.key, text.key) >= %s
    GROUP BY text.scheme, text.key, name.concept_id
) AS ranked
WHERE place = 1 GROUP BY scheme, key HAVING count(*) = 1
"""


def _spellings() -> list[tuple[str, str, str, str]]:
    """Field, text as it was sent, scheme and normal form.

    A text that was cut and one without a letter or digit are left out: no alias would ever match them.
    """
    found = []
    for field, value in run(Sql(_SPELLINGS, _WHICH)):
        key = normal_form(value)
        if field in FIELDS and key and len(key) <= MAX_VALUE_LENGTH and len(value) < MAX_VALUE_LENGTH:
            found.append((field, value, FIELDS[field].value, key))
    return found


def _names() -> list[tuple[str, str, int]]:
    """Scheme, normal form and row of each name of the concepts that are still in use."""
    in_use = Concept.objects.filter(scheme__in=FIELDS.values(), replaced_by=None)
    names = {
        (scheme, normal_form(label), pk)
        for scheme, pk, *labels in in_use.values_list("scheme", "pk", "label_nl", "label_en")
        for label in labels
    }
    aliases = ConceptAlias.objects.filter(concept__in=in_use).exclude(provenance=Provenance.SUGGESTION)
    spelt = {(alias.scheme, alias.key, alias.concept_id) for alias in aliases if alias.concept_id is not None}
    return sorted(names | spelt)
