"""A list of places: what is understood, mended, refused; what the desk corrected survives the next list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.lieu import ACCES, FRAIS, Lieu, Position
from passdesk.services.lieux import lieux_du_poste
from passdesk.services.lieux_horaires import lire_osm
from passdesk.services.lieux_importer import AnalyseLieux, enregistrer, preparer_analyse
from passdesk.services.poste import Poste, creer_poste
from passdesk.storage import lieux
from passdesk.storage.integrite import verifier_base
from passdesk.ui.messages import message
from passdesk.ui.messages.lieux import MESSAGES
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe
from tests.services.listes_lieux import ENTETE_V1, france_services, lamednum, lamednum_01, liste
from tests.ui.guichet import communes


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    yield poste
    poste.fermer()


def regarder(poste: Poste, texte: str) -> AnalyseLieux:
    fichier = poste.dossier.parent / "liste.csv"
    fichier.write_text(texte, encoding="utf-8")
    analyse = preparer_analyse(poste, fichier, communes())
    while not analyse.avancer():
        pass
    return analyse


def prendre(poste: Poste, texte: str) -> AnalyseLieux:
    analyse = regarder(poste, texte)
    enregistrer(poste, analyse)
    return analyse


def seul(poste: Poste, texte: str) -> tuple[str, list[tuple[str, str]], Lieu | None]:
    """The verdict, the remarks and the place of a list of one row."""
    (ligne,) = regarder(poste, texte).lignes
    lecture = ligne.lecture
    return lecture.verdict, [(remarque.code, remarque.cellule) for remarque in lecture.remarques], lecture.lieu


def test_a_row_of_the_standard_is_read_whole(poste: Poste) -> None:
    verdict, remarques, lieu = seul(poste, lamednum({}))
    assert (verdict, remarques) == ("lu", [])
    assert lieu is not None
    assert (lieu.lieu_id, lieu.nom) == ("lamednum:hub d exemple:structure-1", "Atelier numérique du Moulin")
    assert (lieu.rue, lieu.ville, lieu.code_insee) == ("12 bis rue de l’Exemple", "59600 Maubeuge", "59392")
    assert (lieu.telephone, lieu.courriel) == ("03 53 01 00 02", "un@exemple.fr")
    assert lieu.position == Position(50.2775, 3.9734)
    assert str(lieu.horaires).replace("\u00a0", " ") == (
        "du lundi au vendredi : 9 h à 12 h, 14 h à 18 h 30 ; samedi : 8 h 30 à 12 h"
    )
    assert (lieu.frais, lieu.acces) == ((FRAIS[1], FRAIS[2]), (ACCES[0], ACCES[1]))
    assert (lieu.itinerant, lieu.accepte_pass, lieu.accessible) == (True, None, None)
    assert lieu.date_maj == date(2024, 4, 2)


@pytest.mark.parametrize("separateur", ["|", ";", " | ", "; "])
def test_both_separators_of_several_values(poste: Poste, separateur: str) -> None:
    _, remarques, lieu = seul(poste, lamednum({"frais_a_charge": f"Gratuit{separateur}Payant"}))
    assert lieu is not None
    assert (lieu.frais, remarques) == (("gratuit", "payant"), [])


def test_the_first_standard_says_who_takes_the_pass(poste: Poste) -> None:
    analyse = regarder(
        poste,
        lamednum_01({}, {"id": "8", "conditions_acces": "Payant : L'accès est payant", "labels_nationaux": "APTIC"}),
    )
    premier, second = analyse.pris
    assert (premier.accepte_pass, premier.frais, premier.commune) == (True, ("gratuit",), "Maubeuge")
    assert second.accepte_pass is None, "a label of an operator that is gone promises nothing"


@pytest.mark.parametrize(("dit", "lu"), [("oui", True), ("Non", False), ("peut-être", None), ("", None)])
@pytest.mark.parametrize("titre", ["accepte_pass_numerique", "Accepte le pass"])
def test_our_own_column_says_who_takes_the_pass(poste: Poste, titre: str, dit: str, lu: bool | None) -> None:
    _, _, lieu = seul(poste, lamednum({titre: dit}, entete=(*ENTETE_V1, titre)))
    assert lieu is not None and lieu.accepte_pass is lu


def test_who_receives_nobody_and_who_helps_with_a_handicap(poste: Poste) -> None:
    valeurs = {
        "modalites_acces": "Ce lieu n'accueille pas de public",
        "prise_en_charge_specifique": "Handicaps moteurs",
    }
    verdict, remarques, lieu = seul(poste, lamednum(valeurs))
    assert lieu is not None
    assert (verdict, remarques) == ("lu", [("lieu_sans_public", "")])
    assert (lieu.recoit_public, lieu.accessible) == (False, True)


def test_a_row_of_the_france_services_list(poste: Poste) -> None:
    verdict, remarques, lieu = seul(poste, france_services({"itinerance": "Oui", "h_samedi": "-"}))
    assert lieu is not None
    assert (verdict, remarques, lieu.itinerant) == ("lu", [], True)
    assert (lieu.lieu_id, lieu.ville) == ("france-services:1", "59550 Landrecies")
    assert str(lieu.horaires).replace("\u00a0", " ") == (
        "lundi, mardi : 9 h à 12 h, 13 h 30 à 17 h ; mercredi : 9 h à 12 h"
    )


@pytest.mark.parametrize(
    ("changes", "code", "case"),
    [
        ({"code_postal": "59530"}, "lieu_code_postal_repare", "G2"),
        ({"code_postal": "59331"}, "lieu_code_postal_repare", "G2"),
        ({"code_postal": ""}, "lieu_code_postal_repare", "G2"),
        ({"adresse": "2 Rue du Modèle 59550 LANDRECIES"}, "lieu_adresse_reparee", "D2"),
        ({"latitude": "3.697", "longitude": "50.124"}, "lieu_position_inversee", "I2"),
        ({"h_lundi": "09:00 - 12:00 / 09:00 - 12:00"}, "lieu_horaires_repares", "M2"),
        ({"h_jeudi": "09:00 - 16:30 / 13:30 - 16:30"}, "lieu_horaires_repares", "P2"),
        ({"lib_fs": "Maison du ChÃ¢teau"}, "lieu_lettres_reparees", "C2"),
    ],
)
def test_what_is_mended(poste: Poste, changes: dict[str, str], code: str, case: str) -> None:
    verdict, remarques, lieu = seul(poste, france_services(changes))
    assert (verdict, remarques) == ("repare", [(code, case)])
    assert lieu is not None
    assert (lieu.rue, lieu.ville) == ("2 Rue du Modèle", "59550 Landrecies")
    assert lieu.position == Position(50.124, 3.697)
    assert "Ã" not in lieu.nom


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"telephone": "03 53 01 00"}, ["telephone_incomplet"]),
        ({"telephone": ""}, ["lieu_sans_telephone"]),
        ({"adresse": ""}, ["lieu_sans_adresse"]),
        ({"latitude": "", "longitude": ""}, ["lieu_sans_position"]),
        ({"latitude": "0", "longitude": "0"}, ["lieu_position_hors_france", "lieu_sans_position"]),
        ({"latitude": "nord", "longitude": "3.7"}, ["lieu_position_illisible", "lieu_sans_position"]),
        ({"h_lundi": "sur rendez-vous"}, ["lieu_horaires_illisibles"]),
        ({"adresse": "=HYPERLINK(1)"}, ["formule", "lieu_sans_adresse"]),
        ({"lib_com": "Ailleurs", "code_postal": "59530"}, ["lieu_code_postal_douteux"]),
    ],
)
def test_what_is_taken_and_told(poste: Poste, changes: dict[str, str], codes: list[str]) -> None:
    verdict, remarques, lieu = seul(poste, france_services(changes))
    assert (verdict, [code for code, _ in remarques]) == ("lu", codes)
    assert lieu is not None
    if "horaires" in codes[0]:
        assert lieu.horaires is None, "one day that is not understood, and the week is not told"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lib_fs": ""}, "lieu_sans_nom"),
        ({"id_fs": ""}, "lieu_sans_identifiant"),
        (
            dict.fromkeys(("adresse", "insee_com", "code_postal", "lib_com", "latitude", "longitude"), ""),
            "lieu_introuvable",
        ),
        ({"lib_fs": "=1+1"}, "formule"),
        ({"lib_fs": "x" * 301}, "cellule_trop_longue"),
    ],
)
def test_what_is_refused(poste: Poste, changes: dict[str, str], code: str) -> None:
    verdict, remarques, lieu = seul(poste, france_services(changes))
    assert (verdict, lieu) == ("refuse", None)
    assert code in [code for code, _ in remarques]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("@robase", "@robase"),
        ("- Espace numérique", "- Espace numérique"),
        ("+ de numérique (Maubeuge)", "+ de numérique (Maubeuge)"),
        ("Média\u00adthèque\u200b du Cœur\ufeff", "Médiathèque du Cœur"),
    ],
)
def test_a_place_is_not_lost_for_the_first_letter_of_its_name(poste: Poste, ecrit: str, lu: str) -> None:
    verdict, remarques, lieu = seul(poste, france_services({"lib_fs": ecrit}))
    assert (verdict, remarques) == ("lu", []) and lieu is not None and lieu.nom == lu


@pytest.mark.parametrize("ecrit", ["@SUM(1+1)", "-2+3+cmd|' /C calc'!A0", "+HYPERLINK(1)", "Lieu\u202egnp.exe"])
def test_what_a_spreadsheet_would_run_or_a_screen_turn_round_is_no_name(poste: Poste, ecrit: str) -> None:
    assert seul(poste, france_services({"lib_fs": ecrit}))[0] == "refuse"


def test_the_same_id_twice_is_one_place(poste: Poste) -> None:
    analyse = prendre(poste, france_services({}, {"lib_fs": "Un autre"}, {"id_fs": "2"}))
    assert [ligne.lecture.verdict for ligne in analyse.lignes] == ["lu", "refuse", "lu"]
    assert analyse.lignes[1].lecture.remarques[0].code == "lieu_en_double"
    assert len(lieux.lister(poste.base)) == 2


def test_every_remark_has_its_sentence() -> None:
    assert all(message(code).quoi for code in MESSAGES)


@pytest.mark.parametrize("texte", ["a,b\n1,2\n", "id,nom\n1,x\n", "Nom;Prénom\nLeleu;Ana\n"])
def test_another_table_is_no_list_of_places(poste: Poste, texte: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        regarder(poste, texte)
    assert refus.value.code == "lieux_liste_inconnue"


def test_looking_writes_nothing(poste: Poste) -> None:
    analyse = regarder(poste, france_services({}))
    assert (analyse.comptes()["lu"], analyse.effets()["nouveau"]) == (1, 1)
    assert lieux.lister(poste.base) == ()


def test_a_file_changed_since_it_was_looked_at_is_not_taken(poste: Poste) -> None:
    analyse = regarder(poste, france_services({}))
    (poste.dossier.parent / "liste.csv").write_text(france_services({"lib_fs": "Autre"}))
    with pytest.raises(SaisieRefusee) as refus:
        enregistrer(poste, analyse)
    assert refus.value.code == "import_fichier_change"
    assert lieux.lister(poste.base) == ()


def test_the_next_list_updates_and_loses_no_correction(poste: Poste) -> None:
    prendre(poste, france_services({}, {"id_fs": "2", "lib_fs": "Ailleurs"}))
    lieux.noter_correction(poste.base, "france-services:1", "telephone", "03 53 01 99 99")
    lieux.noter_correction(poste.base, "france-services:1", "accepte_pass", "oui")
    analyse = prendre(
        poste, france_services({"telephone": "03 53 01 00 08", "mail": "neuf@exemple.fr"}, {"id_fs": "3"})
    )
    assert analyse.effets() == {"change": 1, "nouveau": 1}
    gardes = {garde.lieu.lieu_id: garde for garde in lieux.lister(poste.base)}
    assert set(gardes) == {f"france-services:{rang}" for rang in (1, 2, 3)}, "a list of one department hides no other"
    corrige = gardes["france-services:1"]
    assert (corrige.lieu.telephone, corrige.lieu.accepte_pass) == ("03 53 01 99 99", True)
    assert (corrige.lieu.courriel, corrige.importe.telephone) == ("neuf@exemple.fr", "03 53 01 00 08")
    lieux.noter_correction(poste.base, "france-services:1", "telephone", None)
    assert "03 53 01 00 08" in {proche.lieu.telephone for proche in lieux_du_poste(poste)}
    assert regarder(poste, france_services({"telephone": "03 53 01 00 08", "mail": "neuf@exemple.fr"})).effets() == {
        "inchange": 1
    }
    assert verifier_base(poste.base) == ()


def test_all_that_a_place_says_is_kept(poste: Poste) -> None:
    analyse = prendre(poste, lamednum({"presentation_resume": "Deux salles."}))
    assert tuple(garde.importe for garde in lieux.lister(poste.base)) == analyse.pris
    sans_rien = dict.fromkeys(ENTETE_V1, "") | {"id": "2", "nom": "Nu", "commune": "Maubeuge"}
    analyse = prendre(poste, liste(ENTETE_V1, sans_rien))
    garde = lieux.get(poste.base, "lamednum::2")
    assert garde is not None and garde.importe == analyse.pris[0]


@pytest.mark.parametrize(
    ("expression", "attendu"),
    [
        ("Mo-Fr 08:30-12:00,13:30-17:00; Th off", "du lundi au mercredi, vendredi : 8 h 30 à 12 h, 13 h 30 à 17 h"),
        ("We,Sa 09:30-12:30; PH off; SH off", "mercredi, samedi : 9 h 30 à 12 h 30"),
        ("Mo-Fr 09:00-12:00; Mo 14:00-16:00", "lundi : 14 h à 16 h ; du mardi au vendredi : 9 h à 12 h"),
        ("n’importe quoi", "lieu_horaires_illisibles"),
        ("Mo" * 400, "lieu_horaires_illisibles"),
        *(
            (changeant, "lieu_horaires_changeants")
            for changeant in (
                "Apr-Sep Mo 09:00-12:00", "Mo[1] 09:00-12:00", "week 1-53/2 Mo 09:00-12:00", "2026 Mo 09:00-12:00",
                'Mo 09:00-12:00 "sur rendez-vous"', "Mo 09:00+", "Mo 22:00-02:00", "24/7", "off",
                "Mo sunrise-12:00", "Mo 09:00-12:00 unknown",
            )
        ),
    ],
)  # fmt: skip
def test_hours_are_told_when_they_hold_every_week(expression: str, attendu: str) -> None:
    horaires, raison = lire_osm(expression)
    assert (str(horaires).replace("\u00a0", " ") if horaires else raison) == attendu
