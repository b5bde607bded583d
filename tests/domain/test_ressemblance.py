"""Two writings of one person are told alike, with the reason; people who only look it are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from passdesk.domain.naissances import Ecart, ecart
from passdesk.domain.phonetique import son
from passdesk.domain.ressemblance import Identite, cles, cles_cherchees, rapprocher

JOUR = date(1968, 4, 23)


def distance(un: str, autre: str) -> int:
    """Edits between two words, neighbours exchanged counting one."""
    table = [list(range(len(autre) + 1))]
    for i, a in enumerate(un, 1):
        table.append([i])
        for j, b in enumerate(autre, 1):
            cout = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == autre[j - 2] and un[i - 2] == b:
                cout = min(cout, table[i - 2][j - 2] + 1)
            table[i].append(cout)
    return table[-1][-1]


def _codes(une: Identite, autre: Identite) -> list[str] | None:
    lus = [rapprocher(x, y, distance) for x, y in ((une, autre), (autre, une))]
    assert (lus[0] is None) == (lus[1] is None), "the order does not matter"
    if lus[0] is None:
        return None
    assert cles_cherchees(une) & cles(autre), "what is alike is found by a key"
    return [indice.code for indice in lus[0].indices]


@pytest.mark.parametrize(
    ("noms", "autres", "code"),
    [
        (("Walbecq", "Henri"), ("Valbeck", "Henri"), "nom_autrement"),
        (("Dupond", "Jean-Pierre"), ("DUPONT", "JP"), "prenom_abrege"),
        (("Lefèvre", "Marie-Thérèse"), ("Lefebvre", "M. Thérèse"), "prenom_abrege"),
        (("Vandenberghe", "Philippe"), ("Van den Berghe", "Filip"), "prenom_autrement"),
        (("D’Hulst", "Thibault"), ("Dhulst", "Thibaut"), "prenom_autrement"),
        (("De Smet", "Éloïse"), ("Smet", "Heloise"), "nom_autrement"),
        (("Benali", "Mohamed"), ("Ben Ali", "Muhammad"), "prenom_forme"),
        (("Haddad", "Khaled"), ("Haddad", "Khalid"), "prenom_forme"),
        (("Haddad", "Brahim"), ("Haddad", "Ibrahim"), "prenom_forme"),
        (("Haddad", "Fatima"), ("Haddad", "Fatma"), "prenom_forme"),
        (("Haddad", "Taoufik"), ("Haddad", "Tewfiq"), "prenom_forme"),
        (("Da Silva", "João"), ("Da Silva", "Jean"), "prenom_forme"),
        (("Haddad", "Nabil"), ("Haddad", "Nabile"), "prenom_autrement"),
        (("Haddad", "Zohra"), ("Haddad", "Zohr"), "prenom_autrement"),
        (("Haddad", "Zohra"), ("Haddad", "Zohro"), "prenom_autrement"),
        (("Caron", "Bertrand"), ("Caron", "Pertrand"), "prenom_autrement"),
        (("Caron", "Virginie"), ("Caron", "Ginie"), "prenom_abrege"),
        (("Caron", "Corentin"), ("Caron", "Coco"), "prenom_abrege"),
        (("Caron", "Jean-François"), ("Caron", "J. F."), "prenom_abrege"),
        (("Caron", "Rose Amélie"), ("Caron", "Amélie"), "prenom_abrege"),
        (("Fred", "Leroy"), ("Leroy", "Frédérique"), "noms_inverses"),
        (("Kowalski", "Katarzyna"), ("Kovalsky", "Katarzina"), "nom_autrement"),
        (("Nguyễn", "Thị Ánh"), ("Anh", "Nguyen Thi"), "noms_inverses"),
        (("Dufresnoy", "Maëlle"), ("Maelle", "Dufresnoy"), "noms_inverses"),
        (("Dupond-Moretti", "Rose"), ("Moretti", "Rose"), "nom_autrement"),
        (("Caron", "Jacqueline"), ("Caron", "Kacqueline"), "prenom_autrement"),
        (("Caron", "Véronique"), ("Caron", "Evronique"), "prenom_autrement"),
        (("Caron", "Malika"), ("Caron", "Malikaa"), "prenom_autrement"),
        (("Caron", "Mihaela Jade"), ("Caron", "Mihaela Jzde"), "prenom_autrement"),
        (("Caron", "Jean-Pierre Marie"), ("Caron", "JP Marie"), "prenom_abrege"),
        (("Mazur", "Małgorzata"), ("Mazur", "Gosia"), "prenom_abrege"),
    ],
)
def test_one_person_written_twice(noms: tuple[str, str], autres: tuple[str, str], code: str) -> None:
    codes = _codes(Identite(*noms, JOUR), Identite(*autres, JOUR))
    assert codes is not None and codes[0] == "meme_naissance" and code in codes


@pytest.mark.parametrize(
    ("autre", "code"),
    [
        (date(1968, 4, 24), "naissance_proche"),
        (date(1986, 4, 23), "naissance_proche"),
        (date(1968, 4, 5), "naissance_proche"),
        (None, "naissance_absente"),
        (date(1993, 4, 20), None),
        (date(1997, 11, 2), None),
    ],
)
def test_the_same_name_at_another_date(autre: date | None, code: str | None) -> None:
    codes = _codes(Identite("Hennebelle", "Ghislaine", JOUR), Identite("Hennebelle", "Ghislaine", autre))
    assert (codes[0] if codes else None) == code


def test_the_usage_name_typed_as_the_birth_name() -> None:
    mariee = Identite("Delobel", "Rose", JOUR, nom_usage="Caby")
    assert _codes(mariee, Identite("Caby", "Rose", JOUR)) == ["meme_naissance", "nom_usage"]
    assert _codes(mariee, Identite("Delobel", "Rose", JOUR)) == ["meme_naissance", "memes_noms"]


def test_a_new_surname_at_the_same_telephone() -> None:
    avant, apres = (Identite(nom, "Rose", JOUR, "0612345678") for nom in ("Delobel", "Vasseur"))
    assert _codes(avant, apres) == ["meme_naissance", "nom_change", "meme_telephone"]
    for prenom in ("Rose", "Eudoxane"):
        assert _codes(replace(avant, prenoms=prenom), Identite("Vasseur", prenom, JOUR)) is None


def test_a_new_surname_and_a_slip_in_the_date_at_the_same_telephone() -> None:
    avant, apres = Identite("Delobel", "Ghislaine", JOUR, "0612345678"), Identite("Vasseur", "Ghislaine", JOUR)
    apres = replace(apres, naissance=JOUR.replace(year=1969), telephone=avant.telephone)
    assert _codes(avant, apres) == ["naissance_proche", "nom_change", "meme_telephone"]


def test_married_and_born_are_words_not_names() -> None:
    mariee = Identite("Caron", "Rose", JOUR, nom_usage="Petit")
    for saisi in ("Petit née Caron", "Caron ép. Petit", "Mme Petit"):
        assert _codes(mariee, Identite(saisi, "Rose", JOUR.replace(day=24))) is not None, saisi


def test_two_slips_in_a_short_word_are_read_when_all_the_rest_agrees() -> None:
    une = Identite("Wiart", "Nathan", JOUR, "0612345678")
    assert _codes(une, replace(une, prenoms="Nsthzn")) == ["meme_naissance", "prenom_autrement", "meme_telephone"]
    assert _codes(replace(une, telephone=""), Identite("Wiart", "Nsthzn", JOUR.replace(day=24))) is None


def test_an_unknown_day_written_as_the_first_of_january() -> None:
    une = Identite("Szczerba", "Arezki", JOUR)
    assert _codes(une, replace(une, naissance=date(1968, 1, 1))) == ["naissance_premier_janvier", "memes_noms"]
    assert _codes(une, replace(une, naissance=date(1969, 1, 1))) is None


def test_two_slips_in_the_date_need_the_same_telephone() -> None:
    une, faux = Identite("Hennebelle", "Ghislaine", JOUR), date(1968, 5, 24)
    assert _codes(une, replace(une, naissance=faux)) is None
    ici, la = replace(une, telephone="0612345678"), replace(une, naissance=faux, telephone="0612345678")
    assert _codes(ici, la) == ["naissance_voisine", "memes_noms", "meme_telephone"]


def test_both_names_of_a_person_agreeing_tell_more_than_one() -> None:
    une = Identite("Caron", "Rose", JOUR, nom_usage="Petit")
    loin = JOUR.replace(day=5)
    assert _codes(une, replace(une, prenoms="Roze Amélie", naissance=loin)) is not None
    seule = replace(une, nom_usage="")
    assert _codes(seule, replace(seule, prenoms="Rosse Amélie", naissance=loin, nom_naissance="Carron")) is None


def test_two_women_who_married_into_one_family_are_not_told_to_bear_the_same_names() -> None:
    une, autre = (Identite(nom, "Ghislaine", JOUR, nom_usage="Wiart") for nom in ("Delobel", "Hennebelle"))
    assert _codes(une, autre) == ["meme_naissance", "nom_usage_seul"]
    assert _codes(une, replace(autre, naissance=JOUR.replace(day=5, year=1971))) is None


def test_the_same_names_are_said_of_birth_names_too() -> None:
    une, autre = (Identite(nom, "Rose", JOUR, nom_usage="Petit") for nom in ("Hennebelle", "Henrebille"))
    assert _codes(une, autre) == ["meme_naissance", "nom_autrement"]


def test_a_first_name_that_begins_otherwise_is_found_without_a_date() -> None:
    une, autre = Identite("Hocquaux", "Ouarda"), Identite("Hocquaux", "Warda", JOUR)
    assert _codes(une, autre) == ["naissance_absente", "prenom_forme"]


@pytest.mark.parametrize(
    ("une", "autre"),
    [("Camille", "Camille"), ("André", "Andrée"), ("Dominique", "Dominique")],
)
def test_spouses_at_one_telephone_are_two_people(une: str, autre: str) -> None:
    lui = Identite("Delobel", une, JOUR, "0327000000")
    elle = Identite("Wiart", autre, date(1971, 11, 9), "0327000000", "Delobel")
    assert _codes(lui, elle) is None


@pytest.mark.parametrize(
    ("prenom", "autre"),
    [("Daniel", "Danielle"), ("Manon", "Marion"), ("Bryan", "Ryan"), ("Marie-Claude", "Marie-Claire"), ("Léa", "Léo"),
     ("Karim", "Karima"), ("Jean", "Jeanne"), ("Antonio", "Antonia"), ("Jean-Luc", "Jean-Marc"), ("Louis", "Louise"),
     ("Ayoub", "Yacoub"), ("Ali", "Khaled"), ("Agnès", "Anaïs"), ("Tiziano", "Tiziana"), ("Mohamed", "Mahmoud")],
)  # fmt: skip
def test_twins_are_two_people(prenom: str, autre: str) -> None:
    une, deux = (Identite("Delattre", p, JOUR, "0327000000") for p in (prenom, autre))
    assert _codes(une, deux) is None


@pytest.mark.parametrize(
    ("nom", "autre"),
    [("Dubois", "Dupuis"), ("Martin", "Martinez"), ("Moreau", "Morel"), ("Legrand", "Legros"),
     ("Boyer", "Bayer"), ("Lopez", "Gomez"), ("Da Costa", "Coste")],
)  # fmt: skip
def test_frequent_names_near_each_other_are_two_families(nom: str, autre: str) -> None:
    assert _codes(Identite(nom, "Nathalie", JOUR), Identite(autre, "Nathalie", JOUR)) is None


@pytest.mark.parametrize("noms", [("Benali", "Mohamed"), ("Szczerba", "Eudoxane")])
def test_a_parent_and_a_child_of_one_name_and_one_telephone_are_two_people(noms: tuple[str, str]) -> None:
    parent = Identite(*noms, JOUR, "0327000000")
    assert _codes(parent, replace(parent, naissance=date(1994, 8, 2))) is None


def test_a_date_read_the_other_way_round_is_found_whatever_the_name() -> None:
    une, autre = Identite("Vandamme", "Jules", date(1945, 11, 8)), Identite("Van Damme", "Jules", date(1945, 8, 11))
    assert _codes(une, autre) == ["naissance_inversee", "nom_autrement"]


def test_nothing_typed_is_like_nobody() -> None:
    une = Identite("Delattre", "Rose", JOUR, "0612345678")
    for autre in (Identite("", ""), Identite("Delattre", ""), Identite("", "Rose", JOUR, "0612345678")):
        assert rapprocher(une, autre, distance) is None
    assert rapprocher(Identite("李", "伟", JOUR), Identite("王", "芳", JOUR), distance) is None


def test_no_name_shows_in_a_trace() -> None:
    lu = rapprocher(Identite("Walbecq", "Henri", JOUR), Identite("Valbeck", "Henri", JOUR), distance)
    assert "albec" not in repr(lu) and "Henri" not in repr(Identite("Walbecq", "Henri", JOUR))


@pytest.mark.parametrize(
    "mots",
    ["dupond dupont dupon", "walbecq valbeck", "philippe filip", "thibault thibaud tibo", "gauthier gautier",
     "leclercq leclerc leclerq", "moreau morau", "szymanski chimanski", "mathieu matthieu", "desmet desmedt"],
)  # fmt: skip
def test_what_sounds_alike_has_one_sound(mots: str) -> None:
    assert len({son(mot) for mot in mots.split()}) == 1


@pytest.mark.parametrize("mots", ["abdelouahab abdelwahab", "djaouida jawida", "bouchra bushra", "qaddour kaddur"])
def test_what_was_put_into_our_letters_in_two_ways_is_one_name(mots: str) -> None:
    une, autre = (Identite("Szczerba", mot, JOUR) for mot in mots.split())
    assert _codes(une, replace(autre, naissance=JOUR.replace(day=15))) == ["naissance_proche", "prenom_autrement"]


def test_what_does_not_sound_alike_has_two() -> None:
    for mots in ("simon simone", "martin martine", "laurent laurence", "dubois dupuis", "jean jeanne"):
        assert len({son(mot) for mot in mots.split()}) == 2


@pytest.mark.parametrize(
    ("une", "autre", "attendu"),
    [
        ("1968-04-03", "1968-03-04", Ecart.INVERSE),
        ("1968-04-23", "1968-04-13", Ecart.UN_CHIFFRE),
        ("1968-04-23", "1978-04-23", Ecart.UN_CHIFFRE),
        ("1968-04-23", "1968-09-23", Ecart.UN_CHIFFRE),
        ("1968-04-23", "1968-04-05", Ecart.UN_NOMBRE),
        ("1968-04-23", "1968-01-01", Ecart.PREMIER_JANVIER),
        ("1968-04-30", "1968-05-01", Ecart.UN_CHIFFRE),
        ("1968-04-30", "1968-05-05", Ecart.UN_NOMBRE),
        ("1968-04-23", "1968-05-24", Ecart.DEUX_ERREURS),
        ("1968-04-03", "1969-03-04", Ecart.DEUX_ERREURS),
        ("1968-04-23", "1971-09-02", Ecart.AUTRE),
        ("1968-04-23", "1997-04-23", Ecart.GENERATION),
    ],
)
def test_slips_of_a_date(une: str, autre: str, attendu: Ecart) -> None:
    assert ecart(date.fromisoformat(une), date.fromisoformat(autre)) is attendu


@pytest.mark.parametrize(
    ("un", "autre"),
    [("Bryan", "Ryan"), ("Sofia Marie", "Sonia Marie"), ("André", "Andrée"), ("Lila", "Mila")],
)
def test_twins_of_near_names_are_two_people(un: str, autre: str) -> None:
    assert _codes(Identite("Caron", un, JOUR), Identite("Caron", autre, JOUR)) is None


def test_a_shared_telephone_makes_up_for_a_date_one_digit_wrong() -> None:
    faux = JOUR.replace(day=24)
    une, autre = Identite("Leclercq", "Anne-Sophie", JOUR), Identite("Leclercq", "A.", faux)
    assert _codes(une, autre) is None
    assert _codes(replace(une, telephone="0639980012"), replace(autre, telephone="0639980012")) is not None


def test_both_surnames_side_by_side_are_read_with_a_slip_in_the_date() -> None:
    une = Identite("Lahcen", "Nadia", JOUR, nom_usage="Robin")
    assert _codes(une, Identite("Lahcen-Robin", "Nadia", JOUR.replace(day=24))) is not None
