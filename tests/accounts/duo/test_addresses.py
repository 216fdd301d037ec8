"""Address files as DUO gives them and as people spoil them."""

import codecs

import pytest

from accounts.duo.addresses import read_addresses
from accounts.exceptions import AddressFileRefused
from tests.accounts.duo.files import NEW_HEAD, OLD_HEAD, row, short_row, text_of

ENCODINGS = {
    "Windows-1252": lambda text: text.encode("cp1252"),
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
}


def read(tmp_path, data: bytes | str, **given: str):
    path = tmp_path / "adressen.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_addresses(path, given)


def told(found) -> list[str]:
    return [str(refusal) for refusal in found.refusals]


@pytest.mark.parametrize("head", [OLD_HEAD, NEW_HEAD])
@pytest.mark.parametrize("make", [row, short_row])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", list(ENCODINGS))
@pytest.mark.parametrize("quote", [True, False])
def test_both_generations_are_read(tmp_path, head, make, separator, encoding, quote):
    rows = [make("99AA00", "Sint-Maria’s; “Één”, school", "'S-KEIENDAM"), make("99AA01", 'De "Kei"', board="00042")]
    data = ENCODINGS[encoding](text_of(head, *rows, separator=separator, quote=quote))
    found = read(tmp_path, data)
    assert told(found) == []
    assert {each.province for each in found.addresses} == {"Zuidwest"}
    assert [(each.row, each.code, each.name, each.place, each.board_code) for each in found.addresses] == [
        (2, "99AA00", "Sint-Maria’s; “Één”, school", "'s-Keiendam", "90001"),
        (3, "99AA01", 'De "Kei"', "Keiendam", "00042"),
    ]


@pytest.mark.parametrize(
    ("head", "values", "code", "name", "institution_name"),
    [
        ("INSTELLINGSCODE;INSTELLINGSNAAM;PLAATSNAAM", "99AA;De Groep;X", "99AA", "De Groep", "De Groep"),
        ("BRIN NUMMER;INSTELLINGSNAAM;PLAATSNAAM", "99aa;De Groep;X", "99AA", "De Groep", "De Groep"),
        ("VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM", "99AA01;Noord;X", "99AA01", "Noord", ""),
        ("VESTIGINGSCODE;INSTELLINGSNAAM;VESTIGINGSNAAM;PLAATSNAAM", "99AA01;Groep;;X", "99AA01", "Groep", "Groep"),
        ("instellingscode;vestigingscode;naam_vestiging;plaatsnaam", "99AA;01;Noord;X", "99AA01", "Noord", ""),
        ("INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM", "99AA;99AA;Groep;X", "99AA", "Groep", ""),
        ("sep=;\nVESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM", "99AA01;Noord;X", "99AA01", "Noord", ""),
        ("\n\nVESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM;;", "99AA01;Noord;X;;;", "99AA01", "Noord", ""),
        ("VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM", '99AA01;"De\nNoord";X', "99AA01", "De Noord", ""),
    ],
)  # fmt: skip
def test_other_shapes_of_files(tmp_path, head, values, code, name, institution_name):
    (found,) = read(tmp_path, f"{head}\n{values}\n").addresses
    assert (found.code, found.name, found.institution_name) == (code, name, institution_name)


@pytest.mark.parametrize(
    ("head", "value", "province"),
    [
        ("PROVINCIE", "Noord-Holland", "Noord-Holland"),
        ("provincie", " NOORD-HOLLAND ", "Noord-Holland"),
        ("Provincie", "Fryslân", "Fryslân"),
        ("PROVINCIE", "", ""),
        ("REGIO", "Noord-Holland", ""),
    ],
)
def test_the_province_of_a_school(tmp_path, head, value, province):
    data = f"{head};VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM\n{value};99AA01;Noord;X\n"
    (found,) = read(tmp_path, data).addresses
    assert found.province == province


def test_a_province_in_a_column_of_another_name(tmp_path):
    data = "REGIO;VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM\nDrenthe;99AA01;Noord;X\n"
    assert read(tmp_path, data, province="regio").addresses[0].province == "Drenthe"


GOOD = row("99ZZ00", "De Goede")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row("99A"), "rij 3, instellingscode “99A”: is geen code: nodig is twee cijfers en twee letters"),
        (row(""), "rij 3, instellingscode “”: ontbreekt"),
        (short_row("99AA0"), "rij 3, vestigingscode “0”: een nul vooraan ontbreekt"),
        (short_row("99AA001"), "rij 3, vestigingscode “001”: is geen code"),
        (("", "", "99AA", "99AB00", "X", "", "Y"), "hoort niet bij instelling 99AA op dezelfde rij"),
        (("", "", "99AA", "", "X", "", "Y"), "rij 3, vestigingscode “”: ontbreekt"),
        (("", "", "9,9E+01", "99AA00", "X", "", "Y"), "rij 3, instellingscode “9,9E+01”: is geen code"),
        (row("99AA00", ""), "rij 3, naam van de vestiging “”: ontbreekt"),
        (row("99AA00", "x" * 201), "is langer dan 200 tekens"),
        (row("99AA00", "X", "y" * 101), "rij 3, plaats “yyy"),
        (("z" * 41, *row("99AA00")[1:]), "rij 3, provincie “zzz"),
        (("Drenthe", *row("99ZZ00", "De Goede")[1:]), "met een andere naam, plaats, provincie of bestuur"),
        (row("99AA00", "CafÃ©"), "rij 3, naam van de vestiging “CafÃ©”: heeft letters die bij een omzetting verloren"),
        (row("99AA00", "Caf�"), "verloren gingen"),
        (row("99AA00", "a\x07b"), "“a�b”: heeft een onzichtbaar teken"),
        (row("99AA00", board="3,01E+04"), "rij 3, nummer van het bevoegd gezag “3,01E+04”: is geen code"),
        (row("99AA00")[:-1], "rij 3, rij “Zuidwest;90001;99AA;99AA00;De Kiezel;Keistraat”: heeft 6 velden"),
        ((*row("99AA00"), "meer"), "heeft 8 velden waar de kop er 7 heeft"),
        (row("99ZZ00", "De Andere"), "rij 3, vestigingscode “99ZZ00”: staat ook op rij 2, met een andere naam"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_by_itself(tmp_path, bad, said):
    found = read(tmp_path, text_of(OLD_HEAD, GOOD, bad, row("99YY00")))
    (text,) = told(found)
    assert said in text
    assert [each.code for each in found.addresses] == ["99ZZ00", "99YY00"]
    assert found.received == 3


def test_an_open_quote_spoils_its_own_row_alone(tmp_path):
    lines = [";".join(OLD_HEAD), ";".join(GOOD), ';90001;99AA;99AA00;"De Open;Keistraat;X']
    lines += [";".join(row(f"99B{letter}00")) for letter in "ABCDEFGH"]
    found = read(tmp_path, "\n".join(lines))
    assert 'rij 3, rij “;90001;99AA;99AA00;"De Open;Keistraat;X”: de aanhalingstekens kloppen niet' in told(found)[0]
    assert (len(found.addresses), found.received) == (9, 10)
    assert found.addresses[-1].row == 11


def test_a_row_that_stands_twice_is_no_fault(tmp_path):
    found = read(tmp_path, text_of(OLD_HEAD, GOOD, GOOD))
    assert (len(found.addresses), told(found)) == (2, [])


def test_a_refusal_knows_the_school_where_it_can(tmp_path):
    found = read(tmp_path, text_of(OLD_HEAD, row("99AA00", ""), row("99A", "")))
    assert [refusal.code for refusal in found.refusals] == ["99AA00", ""]


HEAD = ";".join(OLD_HEAD)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Het bestand is leeg"),
        (b"\n \n", "Het bestand is leeg"),
        (codecs.BOM_UTF8, "Het bestand is leeg"),
        (HEAD.encode(), "alleen een kop"),
        (f"{HEAD}\n;;;;;;\n\n".encode(), "alleen een kop"),
        (b"PK\x03\x04 rekenblad", "rekenblad of een zipbestand, geen CSV. Sla het op als CSV"),
        (b"PK\x03\x04\x00\x00", "geen tekstbestand"),
        (b"\xd0\xcf\x11\xe0 oud rekenblad", "rekenblad of een zipbestand"),
        (b"%PDF-1.7 ", "Dit is een pdf"),
        (bytes(range(256)), "geen tekstbestand"),
        (HEAD.encode("utf-16"), "geen tekstbestand"),
        (f"{HEAD}\n".encode() + b"\x81\xff", "Rij 2 heeft tekens die geen UTF-8 of Windows-1252 zijn"),
        (codecs.BOM_UTF8 + f"{HEAD}\n\n".encode() + b"\xe9", "Rij 3 heeft tekens"),
        (b"<html>\n<body>Niet gevonden</body></html>\n", "geen kolom voor instellingscode of vestigingscode"),
        (b'"A;B;C\n', "aanhalingstekens"),
        (b"CODE;NAAM\n1;2\n", "INSTELLINGSCODE, BRIN NUMMER"),
        (b"CODE;NAAM\n1;2\n", "Kolommen in het bestand: CODE, NAAM. Zeg welke het is met --column institution=KOLOM."),
        (b"BRIN NUMMER;NAAM;PLAATSNAAM\n99AA;2;3\n", "--column name=KOLOM"),
        (b"BRIN NUMMER;VESTIGINGSNAAM;STAD\n99AA;2;3\n", "geen kolom voor plaats (bekend als PLAATSNAAM"),
        (b"BRIN NUMMER;VESTIGINGSNAAM;PLAATSNAAM;PLAATSNAAM\n99AA;2;3;4\n", "“PLAATSNAAM” (plaats) staat 2 keer"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, data, said):
    with pytest.raises(AddressFileRefused) as refused:
        read(tmp_path, data)
    assert said in str(refused.value)


def test_columns_of_another_name_are_given(tmp_path):
    data = "Code;Naam;Stad\n99AA00;De Kiezel;Keiendam\n"
    (found,) = read(tmp_path, data, location="code", name="NAAM", place="Stad").addresses
    assert (found.code, found.name, found.place) == ("99AA00", "De Kiezel", "Keiendam")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"plaats": "PLAATSNAAM"}, "--column plaats: dat veld is niet bekend. Kies uit: institution, location, name"),
        (
            {"place": "STAD"},
            "--column place=STAD: het bestand heeft die kolom niet. Kolommen in het bestand: PROVINCIE",
        ),
    ],
)
def test_a_column_that_is_given_wrongly_is_told(tmp_path, given, said):
    with pytest.raises(AddressFileRefused) as refused:
        read(tmp_path, text_of(OLD_HEAD, GOOD), **given)
    assert said in str(refused.value)


def test_a_file_that_is_not_there_says_so(tmp_path):
    for path in (tmp_path / "weg.csv", tmp_path):
        with pytest.raises(AddressFileRefused, match="kan niet gelezen worden"):
            read_addresses(path, {})
