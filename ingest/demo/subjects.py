"""School subjects as publishers write them, with what a method for them is divided into."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Subject:
    """word: as titles say it. course and rubric: as the feed says it, in capitals. topics: what booklets are about.

    tracks: "all", "hv" (havo and vwo), "v" (vwo) or "vmbo". language: that of the method's name.
    """

    word: str
    course: str
    rubric: str
    topics: tuple[str, ...] = ()
    tracks: str = "all"
    language: str = "nl"

    @property
    def plain(self) -> str:
        """As a publisher without capitals writes it: "Nederlands", "Verpleging en verzorging"."""
        return self.word[0].upper() + self.word[1:]


VO: Final = (
    Subject("wiskunde", "WISKUNDE", "WISKUNDE", ("Statistiek", "Meetkunde", "Verbanden", "Kansrekening")),
    Subject("wiskunde A", "WISKUNDE A", "WISKUNDE", ("Statistiek", "Veranderingen", "Combinatoriek"), "hv"),
    Subject("wiskunde B", "WISKUNDE B", "WISKUNDE", ("Goniometrie", "Differentiëren", "Meetkunde"), "hv"),
    Subject("Nederlands", "NEDERLANDS", "NEDERLANDS", ("Grammatica", "Spelling", "Lezen", "Fictie", "Schrijven")),
    Subject("literatuur", "NEDERLANDS", "LITERATUUR", ("Middeleeuwen", "Moderne tijd", "Poëzie"), "hv"),
    Subject("Engels", "ENGELS", "ENGELS", ("Grammar", "Reading", "Vocabulary", "Listening"), language="en"),
    Subject("Duits", "DUITS", "DUITS", ("Grammatik", "Lesen", "Wortschatz"), language="de"),
    Subject("Frans", "FRANS", "FRANS", ("Grammaire", "Lecture", "Vocabulaire"), language="fr"),
    Subject("Spaans", "SPAANS", "SPAANS", ("Gramática", "Lectura"), language="es"),
    Subject("Latijn", "LATIJN", "KLASSIEKE TALEN", ("Ovidius", "Livius", "Cicero"), "v", "la"),
    Subject("Grieks", "GRIEKS", "KLASSIEKE TALEN", ("Homerus", "Herodotus", "Plato"), "v"),
    Subject("aardrijkskunde", "AARDRIJKSKUNDE", "AARDRIJKSKUNDE", ("Water", "Steden", "Klimaat", "Globalisering")),
    Subject("geschiedenis", "GESCHIEDENIS", "GESCHIEDENIS", ("Koude oorlog", "Romeinen", "Verlichting", "Steden")),
    Subject("maatschappijleer", "MAATSCHAPPIJLEER", "MAATSCHAPPIJLEER", ("Rechtsstaat", "Media", "Politiek")),
    Subject("maatschappijwetenschappen", "MAATSCHAPPIJWETENSCHAPPEN", "MAATSCHAPPIJLEER", ("Vorming", "Binding"), "hv"),
    Subject("economie", "ECONOMIE", "ECONOMIE", ("Markten", "Ruilen over de tijd", "Schaarste", "Arbeid")),
    Subject("bedrijfseconomie", "BEDRIJFSECONOMIE", "ECONOMIE", ("Marketing", "Financiering", "Verslaglegging"), "hv"),
    Subject("natuurkunde", "NATUURKUNDE", "NATUURKUNDE", ("Optica", "Elektriciteit", "Krachten", "Straling"), "hv"),
    Subject("scheikunde", "SCHEIKUNDE", "SCHEIKUNDE", ("Zuren en basen", "Redox", "Koolstofchemie"), "hv"),
    Subject("nask", "NASK 1", "NATUUR- EN SCHEIKUNDE", ("Licht", "Warmte", "Stoffen", "Geluid"), "vmbo"),
    Subject("biologie", "BIOLOGIE", "BIOLOGIE", ("Ecologie", "Erfelijkheid", "Ordening", "Gaswisseling")),
    Subject("verzorging", "VERZORGING", "VERZORGING", ("Voeding", "Gezondheid"), "vmbo"),
    Subject("levensbeschouwing", "GODSDIENST/LEVENSBESCHOUWING", "LEVENSBESCHOUWING", ("Rituelen", "Zin en geluk")),
    Subject("filosofie", "FILOSOFIE", "FILOSOFIE", ("Ethiek", "Kennisleer", "Vrije wil"), "v"),
    Subject("informatica", "INFORMATICA", "INFORMATICA", ("Programmeren", "Databases", "Netwerken"), "hv"),
    Subject("techniek", "TECHNIEK", "TECHNIEK", ("Hout", "Metaal", "Elektro"), "vmbo"),
    Subject("muziek", "MUZIEK", "KUNST", ("Ritme", "Harmonie")),
    Subject("beeldende vorming", "BEELDENDE VORMING", "KUNST", ("Kleur", "Ruimte", "Textuur")),
    Subject("kunst algemeen", "KUNST (ALGEMEEN)", "KUNST", ("Hofcultuur", "Massacultuur"), "hv"),
    Subject("rekenen", "REKENEN", "REKENEN", ("Getallen", "Verhoudingen", "Meten en meetkunde", "Verbanden")),
    Subject("zorg en welzijn", "ZORG EN WELZIJN", "PROFIELVAKKEN VMBO", ("Mens en gezondheid", "Mens en zorg"), "vmbo"),
    Subject(
        "produceren, installeren en energie", "PRODUCEREN, INSTALLEREN EN ENERGIE", "PROFIELVAKKEN VMBO",
        ("Plaat- en constructiewerk", "Besturen en automatiseren"), "vmbo",
    ),
    Subject("dienstverlening en producten", "DIENSTVERLENING EN PRODUCTEN", "PROFIELVAKKEN VMBO", ("Gasten",), "vmbo"),
    Subject("economie en ondernemen", "ECONOMIE EN ONDERNEMEN", "PROFIELVAKKEN VMBO", ("Logistiek",), "vmbo"),
    Subject("lob", "LOOPBAANORIËNTATIE", "LOOPBAAN", ("Kiezen", "Beroepen")),
    Subject("examentraining", "nvt", "EXAMENBUNDELS", ("Oefenexamens", "Samenvatting")),
)  # fmt: skip

PO: Final = (
    Subject("rekenen", "REKENEN", "REKENEN & WISKUNDE", ("Klokkijken", "Tafels", "Breuken", "Geld")),
    Subject("taal", "TAAL", "TAAL & SPELLING", ("Woordenschat", "Stellen", "Taal verkennen")),
    Subject("spelling", "SPELLING", "TAAL & SPELLING", ("Werkwoorden", "Leenwoorden")),
    Subject("technisch lezen", "LEZEN", "LEZEN", ("Vlot lezen", "Hardop")),
    Subject("begrijpend lezen", "BEGRIJPEND LEZEN", "LEZEN", ("Strategieën", "Teksten")),
    Subject("schrijven", "SCHRIJVEN", "SCHRIJVEN", ("Blokschrift", "Verbonden schrift")),
    Subject("aardrijkskunde", "AARDRIJKSKUNDE", "WERELDORIËNTATIE", ("Topografie", "Nederland", "Europa")),
    Subject("geschiedenis", "GESCHIEDENIS", "WERELDORIËNTATIE", ("Jagers en boeren", "Ridders")),
    Subject("natuur en techniek", "NATUUR EN TECHNIEK", "WERELDORIËNTATIE", ("Planten", "Dieren", "Magneten")),
    Subject("wereldoriëntatie", "WERELDORIËNTATIE", "WERELDORIËNTATIE", ("Water", "Ruimtevaart")),
    Subject("verkeer", "VERKEER", "VERKEER", ("Fietsen", "Voorrang")),
    Subject("Engels", "ENGELS", "ENGELS", ("At school", "My house"), language="en"),
    Subject("muziek", "MUZIEK", "EXPRESSIE", ("Liedjes", "Klank")),
    Subject("sociaal-emotionele ontwikkeling", "SOCIAAL-EMOTIONELE ONTWIKKELING", "SOCIAAL-EMOTIONEEL", ("Samen",)),
)  # fmt: skip

MBO: Final = (
    Subject("verpleging en verzorging", "VERPLEGING EN VERZORGING", "MBO ZORG",
            ("Voorlichting, advies en instructie", "Persoonlijke basiszorg", "Verpleegtechniek", "Rapporteren")),
    Subject("maatschappelijke zorg", "MAATSCHAPPELIJKE ZORG", "MBO ZORG",
            ("Gehandicaptenzorg", "Begeleiden", "Ouderenzorg", "Ondersteuningsplan")),
    Subject("pedagogisch werk", "PEDAGOGISCH WERK", "MBO WELZIJN",
            ("Ontwikkeling van het kind", "Activiteiten", "Kinderopvang", "Observeren")),
    Subject("helpende zorg en welzijn", "HELPENDE ZORG EN WELZIJN", "MBO ZORG", ("Huishouden", "Sociale zorg")),
    Subject("doktersassistent", "DOKTERSASSISTENT", "MBO ZORG", ("Triage", "Medische handelingen")),
    Subject("anatomie en fysiologie", "ANATOMIE EN FYSIOLOGIE", "MBO ZORG", ("Bloedsomloop", "Zenuwstelsel")),
    Subject("techniek", "TECHNIEK", "MBO TECHNIEK", ("Materialenkennis", "Technisch tekenen", "Meten")),
    Subject("installatietechniek", "INSTALLATIETECHNIEK", "MBO TECHNIEK", ("Sanitair", "Warmtepompen", "Gas")),
    Subject("elektrotechniek", "ELEKTROTECHNIEK", "MBO TECHNIEK", ("Gelijkstroom", "Besturingen", "Domotica")),
    Subject("metaaltechniek", "METAALTECHNIEK", "MBO TECHNIEK", ("Lassen", "Verspanen", "Plaatbewerking")),
    Subject("procestechniek", "PROCESTECHNIEK", "MBO TECHNIEK", ("Pompen", "Warmteleer", "Meet- en regeltechniek")),
    Subject("autotechniek", "AUTOTECHNIEK", "MBO MOBILITEIT", ("Remsystemen", "Motormanagement", "Aandrijving")),
    Subject("bouw", "BOUW", "MBO BOUW", ("Timmeren", "Metselen", "Kappen", "Bouwtekening")),
    Subject("logistiek", "LOGISTIEK", "MBO LOGISTIEK", ("Magazijn", "Heftruck", "Planning")),
    Subject("handel", "HANDEL", "MBO HANDEL", ("Verkopen", "Voorraad", "Winkelpresentatie")),
    Subject("marketing en communicatie", "MARKETING EN COMMUNICATIE", "MBO HANDEL", ("Onderzoek", "Online marketing")),
    Subject("boekhouden", "BOEKHOUDEN", "MBO ECONOMIE", ("Btw", "Balans", "Debiteuren")),
    Subject("office assistant", "SECRETARIEEL", "MBO ECONOMIE", ("Correspondentie", "Agendabeheer")),
    Subject("juridische dienstverlening", "JURIDISCHE DIENSTVERLENING", "MBO ECONOMIE", ("Staatsrecht", "Strafrecht")),
    Subject("horeca", "HORECA", "MBO HORECA", ("Gastheerschap", "Keuken", "Dranken")),
    Subject("bakkerij", "BAKKERIJ", "MBO HORECA", ("Brood", "Banket")),
    Subject("toerisme en recreatie", "TOERISME EN RECREATIE", "MBO TOERISME", ("Reisleiding", "Leisure")),
    Subject("uiterlijke verzorging", "UITERLIJKE VERZORGING", "MBO UITERLIJKE VERZORGING", ("Knippen", "Huid")),
    Subject("ict", "ICT", "MBO ICT", ("Netwerkbeheer", "Servicedesk", "Applicatieontwikkeling")),
    Subject("media en vormgeving", "MEDIA EN VORMGEVING", "MBO MEDIA", ("Fotografie", "Typografie")),
    Subject("beveiliging", "BEVEILIGING", "MBO VEILIGHEID", ("Surveilleren", "Wettelijke kaders")),
    Subject("sport en bewegen", "SPORT EN BEWEGEN", "MBO SPORT", ("Training geven", "Evenementen")),
    Subject("groene ruimte", "GROENE RUIMTE", "MBO GROEN", ("Beplanting", "Bestrating")),
    Subject("dierverzorging", "DIERVERZORGING", "MBO GROEN", ("Gezelschapsdieren", "Paraveterinair")),
    Subject("Nederlands", "NEDERLANDS", "MBO TALEN", ("Lezen", "Schrijven", "Gesprekken", "Spelling")),
    Subject("Engels", "ENGELS", "MBO TALEN", ("Speaking", "Business English", "Grammar"), language="en"),
    Subject("rekenen", "REKENEN", "MBO REKENEN", ("Procenten", "Grootheden", "Financieel rekenen")),
    Subject("burgerschap", "BURGERSCHAP", "MBO BURGERSCHAP", ("Politiek", "Vitaal", "Werk en inkomen")),
    Subject("NT2", "nvt", "MBO L.O. VOLW. ANDERST.", ("Takenboek", "Luisteren", "Inburgering")),
)  # fmt: skip

SHARED: Final = (
    Subject("Nederlands", "NEDERLANDS", "NEDERLANDS", ("Lezen", "Schrijven", "Spreken")),
    Subject("Engels", "ENGELS", "ENGELS", ("Reading", "Speaking", "Grammar"), language="en"),
    Subject("Duits", "DUITS", "DUITS", ("Sprechen", "Lesen"), language="de"),
    Subject("rekenen", "REKENEN", "REKENEN", ("Getallen", "Verhoudingen", "Verbanden")),
    Subject("burgerschap", "BURGERSCHAP", "BURGERSCHAP", ("Democratie", "Samenleven", "Media")),
    Subject("economie", "ECONOMIE", "ECONOMIE", ("Geldzaken", "Consument", "Ondernemen")),
    Subject("techniek", "TECHNIEK", "TECHNIEK", ("Hout", "Metaal", "Energie")),
    Subject("zorg en welzijn", "ZORG EN WELZIJN", "ZORG EN WELZIJN", ("Gezondheid", "Voeding")),
    Subject("digitale geletterdheid", "DIGITALE GELETTERDHEID", "ICT", ("Data", "Mediawijsheid", "Programmeren")),
    Subject("loopbaan", "LOOPBAAN", "LOOPBAAN", ("Kiezen", "Solliciteren", "Stage")),
)
"""Taught in vmbo and in mbo alike."""

HBO: Final = (
    Subject("verpleegkunde", "VERPLEEGKUNDE", "MEDISCHE ATLASSEN", ("Anatomie", "Pathologie", "Farmacologie")),
    Subject("social work", "SOCIAAL WERK", "SOCIALE STUDIES", ("Gesprekstechniek", "Opvoeding")),
    Subject("psychologie", "PSYCHOLOGIE", "SOCIALE STUDIES", ("Ontwikkeling", "Gedrag")),
    Subject("statistiek", "STATISTIEK", "ONDERZOEK", ("Toetsen", "Regressie")),
)
