"""The person's file and the arrival of a request, keyboard only: the rest of the file, postal codes, the border."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from passdesk.services.poste import Poste
from passdesk.services.visite import ouvrir_visite, reprendre
from passdesk.storage import demandes, personnes
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.guichet import Guichet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

MAJ = Qt.KeyboardModifier.ShiftModifier


def _ecrire(g: Guichet, **champs: str) -> None:
    """Goes by Tab to each field by the name it is read with, and types."""
    for nom, texte in champs.items():
        g.aller_a(NOMS[nom])
        g.frapper(texte)
        g.tabuler()
    g.calme()


NOMS = {
    "nom": "Nom de naissance",
    "prenoms": "Prénoms",
    "naissance": "Naissance",
    "commune": "Commune",
    "telephone": "Téléphone, facultatif",
    "usage": "Nom d’usage, facultatif",
    "lieu": "Lieu de naissance, facultatif",
    "langue": "Langue, facultatif",
    "adresse": "Adresse, facultatif",
    "complement": "Complément d’adresse, facultatif",
    "postal": "Code postal, facultatif",
    "courriel": "Adresse électronique, facultatif",
    "note": "Note, facultatif",
}


def _ouvrir_suite(g: Guichet, page: PageVisite) -> None:
    """From the first field, the link is one step back."""
    page.personne.champs["nom_naissance"].saisie.setFocus()
    g.touche(Qt.Key.Key_Tab, MAJ)
    assert g.focus is page.personne.formulaire.lien
    g.touche(Qt.Key.Key_Space)
    g.calme()


def test_le_reste_de_la_fiche_se_remplit_au_clavier(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    _ecrire(g, nom="Cœugnet", prenoms="Odette", naissance="1/2/45", telephone="0692123456")
    assert not page.personne.formulaire.suite.isVisible()
    _ouvrir_suite(g, page)
    _ecrire(g, usage="Vandewalle", lieu="Hirson", langue="picard", adresse="3 chemin des Saules", complement="Lot 2")
    _ecrire(g, postal="59132", courriel="odette@exemple")
    assert "Relisez-la avec la personne." in " ".join(g.textes())
    g.aller_a("Pour joindre la personne, facultatif")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Down)
    g.aller_a("Gros caractères")
    g.touche(Qt.Key.Key_Space)
    _ecrire(g, note="Préfère le matin")
    garde = reprendre(poste, page.en_cours.brouillon.brouillon_id)
    assert garde is not None
    assert (garde.nom_usage, garde.lieu_naissance, garde.langue) == ("Vandewalle", "Hirson", "picard")
    assert (garde.adresse, garde.complement_adresse) == ("3 chemin des Saules", "Lot 2")
    assert (garde.courriel, garde.preference_contact, garde.besoins) == ("odette@exemple", "sms", ("gros_caracteres",))
    assert (garde.telephone, garde.note, garde.naissance) == ("06 92 12 34 56", "Préfère le matin", "01/02/1945")
    page.personne.formulaire.lien.click()
    assert "Gros caractères · picard" in page.personne.faits.text()


def test_un_code_postal_propose_ses_communes_et_un_nom_de_2022_mene_a_celle_d_aujourd_hui(
    g: Guichet, poste: Poste
) -> None:
    page = g.visite(ouvrir_visite(poste))
    champ = page.personne.champs["commune"]
    champ.saisie.setFocus()
    g.frapper("59570 bermer")
    g.calme()
    g.touche(Qt.Key.Key_Down)
    g.tabuler()
    g.calme()
    assert champ.texte() == "L’Orée de Mormal (59570)"
    assert (page.en_cours.brouillon.commune, page.en_cours.brouillon.code_postal) == ("59006", "59570")
    _ouvrir_suite(g, page)
    assert page.personne.champs["code_postal"].texte() == "59570"
    assert page.personne.champs["code_postal"].message() == ""


@pytest.mark.parametrize(
    ("tape", "phrase"),
    [
        ("59607 CEDEX", "Un code postal CEDEX est celui d’une organisation."),
        ("59999", "Ce code postal n’est pas dans la liste."),
        ("Mauburge", "Cette commune n’est pas dans la liste."),
    ],
)
def test_ce_qui_n_est_pas_un_domicile_est_dit_sans_rien_perdre(
    g: Guichet, poste: Poste, tape: str, phrase: str
) -> None:
    page = g.visite(ouvrir_visite(poste))
    champ = page.personne.champs["commune"]
    champ.saisie.setFocus()
    g.frapper(tape)
    g.touche(Qt.Key.Key_Escape)
    g.tabuler()
    g.calme()
    assert champ.message().startswith(phrase)
    assert (page.en_cours.brouillon.commune_saisie, page.en_cours.brouillon.commune) == (tape, "")


def test_un_code_postal_d_une_seule_commune_remplit_la_commune(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    _ouvrir_suite(g, page)
    _ecrire(g, postal="59600")
    assert page.en_cours.brouillon.commune == ""
    assert "Plusieurs communes ont ce code postal." in page.personne.champs["code_postal"].message()
    page.personne.champs["code_postal"].saisie.selectAll()
    _ecrire(g, postal="59720")
    assert page.personne.champs["commune"].texte() == "Louvroil (59720)"
    assert (page.en_cours.brouillon.commune, page.personne.champs["code_postal"].message()) == ("59365", "")
    page.personne.champs["code_postal"].saisie.selectAll()
    _ecrire(g, postal="59610")
    assert page.personne.champs["code_postal"].message().startswith("Louvroil a pour code postal 59720.")


def test_un_sms_n_est_propose_qu_a_un_mobile_belge_compris(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    for oui in (True, False):
        page.personne.formulaire.ouvrir_suite(oui)
    preference = page.personne.formulaire.suite.preference

    def offerts() -> list[object]:
        return [preference.itemData(rang) for rang in range(preference.count())]

    assert offerts() == ["", "telephone", "courriel", "courrier"]
    _ecrire(g, telephone="0470 12 34 56")
    assert page.en_cours.brouillon.telephone == "+32 470 12 34 56"
    assert "sms" in offerts()
    _ouvrir_suite(g, page)
    g.aller_a("Pour joindre la personne, facultatif")
    g.touche(Qt.Key.Key_Down)
    g.touche(Qt.Key.Key_Down)
    page.personne.champs["telephone"].saisie.selectAll()
    _ecrire(g, telephone="060/21.12.34")
    assert page.en_cours.brouillon.telephone == "+32 60 21 12 34"
    assert page.en_cours.brouillon.preference_contact == "sms"
    assert page.personne.champs["preference_contact"].message().startswith("Un SMS n’arrive que sur un mobile.")


def test_une_date_mal_lue_se_tape_aussi_en_trois_cases(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    _ecrire(g, naissance="31/02/1958")
    assert page.personne.champs["naissance"].texte() == "31/02/1958"
    g.aller_a("Jour, mois, année à part")
    g.touche(Qt.Key.Key_Space)
    g.touche(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    g.frapper("1")
    g.tabuler(3)
    g.calme()
    assert page.personne.champs["naissance"].texte() == "01/02/1958"
    assert page.en_cours.brouillon.naissance == "01/02/1958"
    assert not [texte for texte in g.textes() if texte.startswith("Février")]


def test_une_demande_venue_par_la_poste_releve_du_reglement_de_son_jour(g: Guichet, poste: Poste) -> None:
    accord = visite_accord(poste)
    page = g.visite(visite_accord(poste, pieces=accord.pieces[:1], arrivee_le="", public=None))
    page.demande.champ("public").setFocus()
    g.touche(Qt.Key.Key_Space)
    assert not page.demande.canal.isVisible()
    g.aller_a("Arrivée le")
    g.frapper("15 novembre 2021")
    g.tabuler()
    g.calme()
    attendue = "Règlement du 1er\u00a0juillet 2020\u00a0: la demande est arrivée avant le 1er\u00a0février 2022."
    assert attendue in g.textes()
    g.aller_a("Demande reçue, au guichet")
    g.touche(Qt.Key.Key_Right)
    g.calme()
    g.valider()
    garde = page.en_cours.brouillon
    assert garde.demande_id is not None and garde.personne_id is not None
    demande = demandes.get(poste.base, garde.demande_id)
    assert demande is not None
    assert (demande.canal, demande.reglement, demande.etat) == ("courrier", "2020-07-01", "incomplete")
    assert personnes.get(poste.base, garde.personne_id) is not None


def test_une_demande_du_jour_par_courrier_se_dit_par_son_lien(g: Guichet, poste: Poste) -> None:
    page = g.visite(ouvrir_visite(poste))
    assert not page.demande.canal.isVisible()
    g.choisir_acte("Autres cas", "Reçue par courrier…")
    g.touche(Qt.Key.Key_Right)
    g.touche(Qt.Key.Key_Right)
    g.calme()
    assert page.en_cours.brouillon.canal == "plateforme_region"
    assert "il vaut pour les demandes arrivées depuis le 1er\u00a0février 2022." in " ".join(g.textes())
