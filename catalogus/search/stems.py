"""Words that the stemmer parts from their other forms, or joins to a stranger: rules for `stemmer_override`.

The engine's Dutch stemmer makes "getal" and "getall" of "getal" and "getallen", "lez" of "lezen" and "licenties" of
"licenties". No filter that every engine of ours knows repairs that by rule, so the words of this field stand here,
found by asking the engine for their stems. A change has the indexes built anew, for their definition changes with it.
"""

# The forms of one word on a line, its stem first, which is no other word's. Without accents: they were folded before.
_FORMS = """
advies adviezen
applicatie applicaties
atlas atlassen
balans balansen
bedrijf bedrijven
begrip begrippen
blad bladen bladeren
bladzijde bladzijden bladzijdes
boekje boekjes
bos bossen
brief brieven
bril brillen
bron bronnen
brug bruggen
bus bussen
categorie categorieen
combinatie combinaties
competentie competenties
congres congressen
cursus cursussen
dans dansen danst
dictee dictees
doos dozen
eindexamen eindexamens
examen examens
fase fasen fases
fiets fietsen
functie functies
geschiedenis geschiedenissen
getal getallen
gids gidsen
glas glazen
grens grenzen
hals halzen
huis huizen
idee ideeen
industrie industrieen
instructie instructies
kaartje kaartjes
kans kansen
keuze keuzen keuzes
kind kinderen
klas klassen
knop knoppen
kom kommen
kompas kompassen
kunst kunsten
lens lenzen
les lessen
leven levens
lid leden
licentie licenties
maan manen
man mannen
map mappen
mens mensen
mes messen
methode methoden methodes
module modulen modules
muis muizen
museum musea museums
nis nissen
oefenexamen oefenexamens
opgave opgaven opgaves
organisatie organisaties
plaats plaatsen
plan plannen
plus plussen
positie posities
presentatie presentaties
practicum practica practicums
prijs prijzen
proces processen
proef proeven
proefexamen proefexamens
reactie reacties
reeks reeksen
reis reizen
relatie relaties
roos rozen
ruimte ruimten ruimtes
schets schetsen
schoolexamen schoolexamens
sectie secties
serie series
situatie situaties
som sommen
spel spellen
stad steden
stap stappen
stel stellen
stem stemmen
ster sterren
stof stoffen
tabel tabellen
technologie technologieen technologisch technologische
theorie theorieen
toets toetsen
trap trappen
uitgave uitgaven uitgaves
vers verzen
versie versies
vis vissen
wals walsen
wetenschap wetenschappen
natuurwetenschap natuurwetenschappen
maatschappijwetenschap maatschappijwetenschappen
zin zinnen

agenda agendas
camera cameras
cd cds
collega collegas
drama dramas
dvd dvds
ebook ebooks
foto fotos
info infos
niveau niveaus
pagina paginas
programma programmas
schema schemas
thema themas
video videos

beweeg bewegen beweegt
geef geven geeft
kies kiezen kiest
lees lezen leest
leer leren leert
luister luisteren luistert
maak maken maakt
meet meten
oefen oefenen oefent oefening oefeningen
ontdek ontdekken ontdekt
reken rekenen rekent
schrijf schrijven schrijft
speel spelen speelt
spreek spreken spreekt
studeer studeren studeert
teken tekenen tekent tekening tekeningen
tel tellen telt
vertel vertellen vertelt
werk werken werkt

duits duitse duitstalig duitstalige
engels engelse engelstalig engelstalige
frans franse franstalig franstalige
fries friese friestalig friestalige
grieks griekse
nederlands nederlandse nederlandstalig nederlandstalige
spaans spaanse spaanstalig spaanstalige

actief actieve
administratief administratieve
biologie biologisch biologische
creatief creatieve
economie economisch economische
chemie chemisch chemische
dyslexie dyslectisch dyslectische
fysica fysisch fysische
geografie geografisch geografische
literatuur literair literaire

docent docenten docente docentes
leraar leraren leraars lerares leraressen
leerkracht leerkrachten
verpleegkundige verpleegkundigen verpleegkundig

als
basis
dus
eens
soms
"""
# "ed." in a title and "druk" on a cover say the same; the number before them follows rules of its own.
_EDITION = "druk drukken editie edities edition ed dr"


def _rule(forms: str) -> str:
    words = forms.split()
    return f"{', '.join(words)} => {words[0]}"


STEMS = (*(_rule(line) for line in _FORMS.splitlines() if line), _rule(_EDITION))

# "een" is an article, and I, V, X, C, D, M and L stand for much else ("wiskunde C", "vitamine D").
_WORDS = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ROMAN = ("ii", "iii", "iv", "", "vi", "vii", "viii", "ix", "", "xi", "xii")
NUMBERS = tuple(
    f"{', '.join(filter(None, (word, roman)))} => {number}"
    for number, (word, roman) in enumerate(zip(_WORDS, _ROMAN, strict=True), start=2)
)

_ORDINAL_WORDS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde",
    "twaalfde",
)  # fmt: skip
_MOST_ORDINAL = 40
"""Above the editions of any book for schools; further ones stand for themselves."""


def _ordinal_rule(number: int, stem: str) -> str:
    words = _ORDINAL_WORDS[number - 1 : number]
    return f"{', '.join((*words, *(f'{number}{ending}' for ending in ('e', 'de', 'ste'))))} => {stem}"


# "3e", "3de" and "derde" are one, but not 3: "havo 3" must not find each third edition for havo.
ORDINALS = tuple(_ordinal_rule(number, f"{number}e") for number in range(1, _MOST_ORDINAL + 1))
# In the label of an edition they are its number: "12e editie", "twaalfde druk", "druk 12".
EDITION_NUMBERS = tuple(_ordinal_rule(number, str(number)) for number in range(1, _MOST_ORDINAL + 1))
