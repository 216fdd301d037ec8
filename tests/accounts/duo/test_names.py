import pytest

from accounts.duo.names import KEY_LENGTH, search_key, written_place


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("KEIENDAM", "Keiendam"),
        ("'S-KEIENDAM", "'s-Keiendam"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("DEN HAAG", "Den Haag"),
        ("BERGEN OP ZOOM", "Bergen op Zoom"),
        ("'T HARDE", "'t Harde"),
        ("IJSSELSTEIN", "IJsselstein"),
        ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
        ("SÚDWEST-FRYSLÂN", "Súdwest-Fryslân"),
        ("Keiendam-Noord", "Keiendam-Noord"),
        ("Den haag", "Den haag"),
        ("", ""),
        ("12", "12"),
    ],
)
def test_a_place_in_capitals_is_written_as_people_do(text, written):
    assert written_place(text) == written
    assert written_place(written) == written


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("Keiendam", "99aa01 sint maria keiendam"),
        ("'s-Gravenhage", "99aa01 sint maria s gravenhage den haag"),
        ("DEN HAAG", "99aa01 sint maria den haag s gravenhage"),
        ("", "99aa01 sint maria"),
    ],
)
def test_a_key_holds_both_names_of_a_place(place, key):
    assert search_key("99AA01", "Sint-María", place) == key


def test_a_key_fits_however_much_a_name_grows():
    assert len(search_key("99AA01", "ﷺ" * 200, "½" * 100)) <= KEY_LENGTH
