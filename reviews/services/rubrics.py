"""Load a rubric from a file, and take one into use; reviews that were made with another keep that one.

A file is checked as a whole before anything of it is stored, and each fault is told with its place and what to do.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalogus.memory import forget_all
from reviews.exceptions import RubricRefused
from reviews.models import RubricMapping, RubricVersion, Unscored
from reviews.rubric import LEAST_SCORED, digest_of

SCALE = ("1", "2", "3", "4", *Unscored.values)
"""What answers are stored as; a rubric says what each is called."""

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ITEM_CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_CODE_LENGTH = 60
_VERSION_LENGTH = 40
_TEXT_LENGTH = 500
_MOST_CRITERIA = 30
"""More than anybody answers in one review."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """is_new: whether it was not there already. mapped: how many criteria of another rubric lead to its own."""

    rubric: RubricVersion
    is_new: bool
    mapped: int = 0


@transaction.atomic
def load_rubric(document: object, *, mapping: object = None) -> Loaded:
    """Store a rubric and, where there is one, the mapping of an earlier rubric to it; neither comes into use by that.

    document, mapping: what the files hold, as JSON gives it. The same again changes nothing. Raises RubricRefused with
    a line for each fault.
    """
    if faults := faults_of(document):
        raise RubricRefused("\n".join(faults))
    assert isinstance(document, Mapping)  # noqa: S101  faults_of says so of anything else.
    version, digest = document["versie"], digest_of(document)
    row = RubricVersion.objects.filter(version=version).first()
    is_new = row is None
    if row is None:
        row = RubricVersion.objects.create(version=version, document=document, digest=digest)
    elif row.digest != digest:
        text = _("versie: “%(version)s” is er al, met een andere inhoud. Geef wat u wijzigde een ander versienummer.")
        raise RubricRefused(text % {"version": version})
    mapped = _load_mapping(mapping) if mapping is not None else 0
    forget_all()
    return Loaded(row, is_new, mapped)


@transaction.atomic
def use_rubric(version: str) -> RubricVersion:
    """Let new reviews be made with this one; other processes notice within a minute. Raises RubricRefused for none."""
    rows = {row.version: row for row in RubricVersion.objects.select_for_update().order_by("pk")}
    chosen = rows.get(version)
    if chosen is None:
        text = _("Rubriek “%(version)s” is er niet; kies uit %(versions)s, of laad haar met “manage.py rubric load”.")
        raise RubricRefused(text % {"version": version, "versions": ", ".join(rows)})
    if not chosen.is_current:
        RubricVersion.objects.filter(is_current=True).update(is_current=False)
        chosen.is_current = True
        chosen.save(update_fields=["is_current"])
    forget_all()
    return chosen


def unmapped_codes(source: RubricVersion, target: RubricVersion) -> list[str]:
    """Criteria of the one that nothing in the other answers to: how they were judged stays with the old reviews."""
    known = set(RubricMapping.objects.filter(source=source, target=target).values_list("source_code", flat=True))
    return [] if source == target else [code for code in _codes(source) if code not in known]


# The rubric


def faults_of(document: object) -> list[str]:
    """What is wrong with the content of a rubric's file, a line for each; none where it can be loaded."""
    if not isinstance(document, Mapping):
        return [_("het bestand: hier hoort een object te staan ({…}) met “versie”, “schaal” en “criteria”.")]
    faults = _Faults()
    if not _is_storable(document):
        text = _("er staat ergens een teken of getal in dat niet bewaard kan worden (NUL, een half teken of NaN).")
        faults.add(_("het bestand"), text + " " + _("Zoek het op en haal het weg."))
    faults.text("versie", document.get("versie"), most=_VERSION_LENGTH)
    _check_scale(faults, document.get("schaal"))
    criteria = faults.rows("criteria", document.get("criteria"))
    if criteria is not None:
        _check_criteria(faults, criteria)
    return faults.lines


def _is_storable(document: Mapping[str, object]) -> bool:
    """Whether PostgreSQL takes it as JSON."""
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (UnicodeEncodeError, ValueError):
        return False
    return "\\u0000" not in text


def _check_scale(faults: "_Faults", scale: object) -> None:
    if not isinstance(scale, Mapping):
        faults.add("schaal", _("hier horen de woorden bij %(codes)s te staan.") % {"codes": ", ".join(SCALE)})
        return
    for code in SCALE:
        faults.text(f"schaal.{code}", scale.get(code), most=_TEXT_LENGTH)
    for code in scale:
        if code not in SCALE:
            text = _("dit oordeel kennen wij niet. Gebruik alleen %(codes)s.")
            faults.add(f"schaal.{_short(code)}", text % {"codes": ", ".join(SCALE)})


def _check_criteria(faults: "_Faults", criteria: Sequence[object]) -> None:
    if not LEAST_SCORED <= len(criteria) <= _MOST_CRITERIA:
        text = _("%(count)d criteria. Maak er %(least)d tot %(most)d; minder oordelen tellen in geen beoordeling mee.")
        faults.add("criteria", text % {"count": len(criteria), "least": LEAST_SCORED, "most": _MOST_CRITERIA})
    codes: dict[str, str] = {}
    item_codes: dict[str, str] = {}
    for number, criterion in enumerate(criteria, 1):
        place = f"criteria[{number}]"
        if not isinstance(criterion, Mapping):
            faults.add(place, _("hier hoort een object te staan ({…})."))
            continue
        faults.code(f"{place}.code", criterion.get("code"), _CODE, codes)
        for name in ("label", "vraag", "ingevuld_door"):
            faults.text(f"{place}.{name}", criterion.get(name), most=_TEXT_LENGTH)
        items = faults.rows(f"{place}.items", criterion.get("items"))
        for at, item in enumerate(items or (), 1):
            item_place = f"{place}.items[{at}]"
            if not isinstance(item, Mapping):
                faults.add(item_place, _("hier hoort een object te staan ({…})."))
                continue
            faults.code(f"{item_place}.code", item.get("code"), _ITEM_CODE, item_codes)
            faults.text(f"{item_place}.tekst", item.get("tekst"), most=_TEXT_LENGTH)


# The mapping


def _load_mapping(mapping: object) -> int:
    """How many criteria it maps. Raises RubricRefused."""
    if not isinstance(mapping, Mapping):
        raise RubricRefused(_("vertaling: hier hoort een object te staan ({…}) met “van”, “naar” en “criteria”."))
    faults = _Faults()
    source = _named(faults, "van", mapping.get("van"))
    target = _named(faults, "naar", mapping.get("naar"))
    pairs = mapping.get("criteria")
    if source is not None and source == target:
        faults.add(_place("naar"), _("dit is dezelfde rubriek als “van”. Noem er twee."))
    if not isinstance(pairs, Mapping) or not pairs:
        faults.add(_place("criteria"), _('hier hoort te staan welk criterium waarheen gaat: {"oud": "nieuw"}.'))
    elif source is not None and target is not None:
        for old, new in pairs.items():
            _check_code(faults, old, old, source)
            _check_code(faults, old, new, target)
    if faults.lines or not isinstance(pairs, Mapping) or source is None or target is None:
        raise RubricRefused("\n".join(faults.lines))
    stored = dict(RubricMapping.objects.filter(source=source, target=target).values_list("source_code", "target_code"))
    if stored and stored != dict(pairs):
        # What readers were shown beside new scores would change; a new version says openly that it does.
        text = _("%(place)s: van “%(source)s” naar “%(target)s” is er al een andere. Geef de nieuwe rubriek een ander "
                 "versienummer.")  # fmt: skip
        raise RubricRefused(text % {"place": _place("criteria"), "source": source.version, "target": target.version})
    if not stored:
        RubricMapping.objects.bulk_create(
            RubricMapping(source=source, source_code=old, target=target, target_code=new) for old, new in pairs.items()
        )
    return len(pairs)


def _named(faults: "_Faults", name: str, version: object) -> RubricVersion | None:
    found = RubricVersion.objects.filter(version=version).first() if isinstance(version, str) else None
    if found is None:
        known = ", ".join(RubricVersion.objects.order_by("pk").values_list("version", flat=True))
        text = _("rubriek “%(version)s” is er niet. Kies uit %(known)s.")
        faults.add(_place(name), text % {"version": _short(version), "known": known})
    return found


def _check_code(faults: "_Faults", place: object, code: object, rubric: RubricVersion) -> None:
    codes = _codes(rubric)
    if code not in codes:
        text = _("“%(code)s” is geen criterium van rubriek “%(version)s”. Kies uit %(codes)s.")
        values = {"code": _short(code), "version": rubric.version, "codes": ", ".join(codes)}
        faults.add(f"{_place('criteria')}.{_short(place)}", text % values)


def _codes(rubric: RubricVersion) -> list[str]:
    return [one["code"] for one in rubric.document["criteria"]]


def _place(name: str) -> str:
    return _("vertaling.%(name)s") % {"name": name}


class _Faults:
    """Gathers what is wrong, with where."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, place: str, what: str) -> None:
        self.lines.append(f"{place}: {what}")

    def text(self, place: str, value: object, *, most: int) -> None:
        if not isinstance(value, str) or not value.strip():
            self.add(place, _("hier ontbreekt een tekst. Vul haar in, tussen aanhalingstekens."))
        elif len(value) > most:
            self.add(place, _("%(count)d tekens. Gebruik er hoogstens %(most)d.") % {"count": len(value), "most": most})
        elif not value.isprintable():
            self.add(place, _("er staat een teken in dat niet te zien is, zoals een nieuwe regel. Haal het weg."))

    def code(self, place: str, value: object, form: re.Pattern[str], seen: dict[str, str]) -> None:
        """seen: the codes before this one, each with its place."""
        if not isinstance(value, str) or not form.fullmatch(value) or len(value) > _CODE_LENGTH:
            text = _("“%(value)s” kan geen code zijn. Gebruik kleine letters, cijfers en streepjes, tot %(most)d.")
            self.add(place, text % {"value": _short(value), "most": _CODE_LENGTH})
        elif value in seen:
            text = _("“%(value)s” staat ook bij %(place)s. Geef elk een eigen code.")
            self.add(place, text % {"value": value, "place": seen[value]})
        else:
            seen[value] = place

    def rows(self, place: str, value: object) -> list[object] | None:
        if isinstance(value, list) and value:
            return value
        self.add(place, _("hier hoort een lijst te staan ([…]) met ten minste één regel."))
        return None


def _short(value: object) -> str:
    return str(value)[:60]
