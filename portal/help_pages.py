"""The pages that explain the site and answer for it: which there are, in which order, and what each is called."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class HelpPage:
    """name: of its address; title: its heading; short: what links to it say; description: for who has not read it."""

    name: str
    title: Promise
    short: Promise
    description: Promise
    icon: str


@dataclass(frozen=True, slots=True)
class HelpGroup:
    title: Promise
    pages: tuple[HelpPage, ...]


HELP = HelpPage(
    "portal:help",
    _("Uitleg"),
    _("Alle uitleg"),
    _("Hoe zoeken werkt, hoe beoordelingen ontstaan, waar de gegevens vandaan komen en wie hierachter zit."),
    "circle-help",
)

GROUPS = (
    HelpGroup(
        _("Zo werkt het"),
        (
            HelpPage(
                "portal:help-search",
                _("Hoe vind ik wat ik zoek?"),
                _("Zoeken"),
                _("Wat u kunt intypen, wat de filters doen, en waarom iets bovenaan staat."),
                "search",
            ),
            HelpPage(
                "portal:help-reviews",
                _("Hoe ontstaat een beoordeling?"),
                _("Beoordelingen"),
                _("Wie mag beoordelen, met welke vragen, en wanneer u een totaal ziet."),
                "star",
            ),
            HelpPage(
                "portal:help-data",
                _("Waar komen de gegevens vandaan?"),
                _("Gegevens en prijzen"),
                _("Wie ze levert, hoe vaak we ze ophalen, en wat “onbekend” betekent."),
                "layers",
            ),
            HelpPage(
                "portal:help-api",
                _("Hoe gebruik ik de gegevens in mijn eigen programma?"),
                _("API en downloads"),
                _("Voor ontwikkelaars: adressen met voorbeelden, bladeren, grenzen en downloads."),
                "share-2",
            ),
        ),
    ),
    HelpGroup(
        _("Over deze site"),
        (
            HelpPage(
                "portal:about",
                _("Wat is de Open Keuzecatalogus?"),
                _("Over ons"),
                _("Waarvoor de catalogus er is, wat we belangrijk vinden en hoe u meedoet."),
                "info",
            ),
            HelpPage(
                "portal:accessibility",
                _("Kan iedereen deze site gebruiken?"),
                _("Toegankelijkheid"),
                _("De toegankelijkheidsverklaring: wat is getest, wat nog niet klopt en hoe u iets meldt."),
                "eye",
            ),
            HelpPage(
                "portal:privacy",
                _("Wat we van u bewaren en waarom"),
                _("Privacy"),
                _("Welke gegevens van mensen we hebben, waarvoor, en hoe lang."),
                "shield",
            ),
            HelpPage(
                "portal:status",
                _("Werkt alles?"),
                _("Status"),
                _("Hoe het nu staat met zoeken en met het ophalen van gegevens."),
                "chart-column",
            ),
            HelpPage(
                "portal:contact",
                _("Hoe bereik ik jullie?"),
                _("Contact"),
                _("Waar u met een vraag, een fout of een klacht terechtkunt."),
                "mail",
            ),
        ),
    ),
)

_BY_NAME = {page.name: page for group in GROUPS for page in group.pages} | {HELP.name: HELP}


def help_context(request: HttpRequest, name: str) -> dict[str, object]:
    """What every page of these needs: itself, the ways to the others, and its address for search engines."""
    page = _BY_NAME[name]
    return {
        "help_page": page,
        "help_groups": GROUPS,
        "page_description": page.description,
        "canonical_url": request.build_absolute_uri(request.path),
    }
