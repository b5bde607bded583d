"""What came out of the printer: four answers, nothing chosen beforehand, nothing reprinted alone, the same numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Etat
from passdesk.domain.gabarit import GABARITS, GROS, ORDINAIRE, Gabarit
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.printing.lecture import lire_pdf
from passdesk.services.impression import (
    DOSSIER_PAPIER,
    ImprimanteFichier,
    fichier_du_tirage,
    lancer_impression,
    repondre,
    sortir,
)
from passdesk.services.nom_couverture import NomCouverture
from passdesk.services.poste import Poste
from passdesk.services.tirages import dernier_tirage
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import carnets
from passdesk.ui.impression import PageImpression, textes
from passdesk.ui.impression.nom import NomSurCouverture
from passdesk.ui.impression.reponses import Reponse, a_refaire, detail_tout, legende_feuille, nom_feuille, suite
from passdesk.ui.papier.copies import dossier_propose
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.printing.fabrique import carnet, textes_du_pdf
from tests.ui.guichet import CTRL, Guichet, dossier_papier
from tests.ui.mesures import debordes, rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def imprimer(g: Guichet, poste: Poste) -> PageImpression:
    """From a complete visit to the printer question."""
    g.visite(visite_accord(poste))
    g.valider()
    assert isinstance(g.page, PageImpression)
    return g.page


def etat(poste: Poste) -> Etat:
    (suivi,) = carnets.par_etat(poste.base, *Etat)
    return suivi.carnet.etat


@pytest.mark.parametrize(
    ("nombre", "feuilles", "reponse", "refaites", "libelle"),
    [
        (3, (1, 2, 3), Reponse("tout"), (), "Passer à la remise"),
        (3, (1, 2, 3), Reponse("arrete", 3), (3,), "Réimprimer la feuille\u00a03"),
        (3, (1, 2, 3), Reponse("arrete", 2), (2, 3), "Réimprimer les feuilles\u00a02 et\u00a03"),
        (3, (1, 2, 3), Reponse("arrete", 1), (1, 2, 3), "Réimprimer tout le carnet"),
        (3, (1, 2, 3), Reponse("rien"), (1, 2, 3), "Réimprimer tout le carnet"),
        (3, (3,), Reponse("rien"), (3,), "Réimprimer la feuille\u00a03"),
        (3, (3,), Reponse("illisible"), (1, 2, 3), "Réimprimer tout le carnet"),
        (3, (1,), Reponse("rien"), (1,), "Réimprimer la couverture"),
        (3, (1,), Reponse("arrete", 1), (1,), "Réimprimer la couverture"),
        (3, (1, 3), Reponse("arrete", 3), (3,), "Réimprimer la feuille\u00a03"),
        (2, (1, 2), Reponse("arrete", 2), (2,), "Réimprimer la feuille\u00a02"),
        (5, (1, 2, 3, 4, 5), Reponse("arrete", 3), (3, 4, 5), "Réimprimer les feuilles\u00a03 à\u00a05"),
    ],
)
def test_chaque_reponse_dit_ce_qui_repart(
    nombre: int, feuilles: tuple[int, ...], reponse: Reponse, refaites: tuple[int, ...], libelle: str
) -> None:
    assert a_refaire(nombre, feuilles, reponse) == refaites
    apres = suite(nombre, feuilles, reponse)
    assert (apres.permise, apres.libelle) == (True, libelle)
    assert [marque.texte == "À refaire" for marque in apres.marques] == [
        numero in refaites for numero in range(1, nombre + 1)
    ]


def test_sans_reponse_rien_ne_part() -> None:
    avant = suite(3, (1, 2, 3), None)
    assert (avant.permise, avant.libelle) == (False, "Répondez d’abord")
    assert {marque.texte for marque in avant.marques} == {"À regarder"}


@pytest.mark.parametrize("gabarit", GABARITS.values(), ids=lambda gabarit: gabarit.cle)
@pytest.mark.parametrize("taille", [5, 10])
def test_les_feuilles_portent_a_l_ecran_le_numero_imprime(gabarit: Gabarit, taille: int) -> None:
    pages = textes_du_pdf(render_carnet(carnet(taille, gabarit=gabarit)))
    for rang, page in enumerate(pages, start=1):
        legende = legende_feuille(gabarit, taille, rang)
        imprime = f"Feuille {rang} sur {len(pages)}, {legende.rpartition(' · ')[2].lower()}"
        assert imprime in page
        assert nom_feuille(rang).replace("\u00a0", " ") in ("Couverture", f"Feuille {rang}")


def test_ce_qui_est_sorti_se_compte_en_feuilles() -> None:
    assert [legende_feuille(ORDINAIRE, 10, n) for n in (1, 2, 3)] == [
        "Couverture",
        "Feuille\u00a02 · pass 1 à 5",
        "Feuille\u00a03 · pass 6 à 10",
    ]
    assert detail_tout(3, (1, 2, 3)) == "Les 3\u00a0feuilles, bien lisibles."
    assert detail_tout(3, (3,)) == "Feuille\u00a03, bien lisible."
    assert detail_tout(5, (3, 4, 5)) == "Feuilles\u00a03 à\u00a05, bien lisibles."


def test_arrete_en_route_ne_reimprime_que_la_suite(g: Guichet, poste: Poste) -> None:
    page = imprimer(g, poste)
    assert page.question.groupe.valeur() is None and page.bouton.texte() == "Ouvrir le fichier"
    assert len(page.liste.lignes) == 3
    (fichier,) = dossier_papier(poste)
    avant = fichier.read_bytes()
    g.touche(Qt.Key.Key_2)
    assert page.bouton.texte() == "Dites à quelle feuille" and not page.bouton.isEnabled()
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION and len(dossier_papier(poste)) == 1, (
        "pressed in haste, nothing is called good"
    )
    g.arrete_a(3)
    assert page.bouton.texte() == "Réimprimer la feuille\u00a03"
    assert [ligne.accessibleName() for ligne in page.liste.lignes] == [
        "Couverture, Bonne",
        "Feuille\u00a02, Bonne",
        "Feuille\u00a03, À refaire",
    ]
    g.valider()
    assert g.page is page
    assert page.question.groupe.valeur() is None
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION
    assert [f.name for f in dossier_papier(poste)] == ["carnet-127-0000021-feuille-3.pdf", "carnet-127-0000021.pdf"]
    assert fichier.read_bytes() == avant
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)
    assert etat(poste) is Etat.IMPRIME


def test_les_images_des_feuilles_se_font_hors_de_la_fenetre(
    g: Guichet, poste: Poste, images_faites: list[tuple[str, str]]
) -> None:
    page = imprimer(g, poste)
    g.attendre(lambda: not page._vues.vides)
    for ligne in page.liste.lignes:
        ligne.click()
        g.calme()
    assert page.grab().toImage().pixelColor(0, 0).isValid()
    assert set(images_faites) == {("_lire", "rendu"), ("_reduire", "rendu")}


def test_le_fichier_s_ouvre_d_abord_puis_on_dit_ce_qui_est_sorti(g: Guichet, poste: Poste) -> None:
    page = imprimer(g, poste)
    assert g.focus is page.bouton and page.bouton.texte() == "Ouvrir le fichier"
    assert g.textes().count("Ouvrir le fichier") == 1 and "Ensuite, que s’est-il passé\u00a0?" in g.textes()
    g.valider()
    assert g.visionneuse.ouverts == ["carnet-127-0000021.pdf"]
    assert page.bouton.texte() == "Répondez d’abord" and not page.bouton.isEnabled()
    assert g.focus is page.question.tuiles["tout"].radio
    g.aller_a("Ouvrir le fichier")
    g.touche(Qt.Key.Key_Space)
    assert g.visionneuse.ouverts == ["carnet-127-0000021.pdf"] * 2, "it can be looked at again"
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert etat(poste) is Etat.IMPRIME


def test_une_question_rouverte_mene_au_fichier_s_il_est_encore_la(g: Guichet, poste: Poste) -> None:
    """The program closed between the file and the answer: nobody goes and looks for it in a folder."""
    attribue = attribuer(poste, visite_accord(poste))
    travail = lancer_impression(poste, attribue.carnet.campagne, attribue.carnet.numero)
    sortir(travail, ImprimanteFichier(poste.dossier / DOSSIER_PAPIER))
    page = reouvrir(g, poste)
    assert page.bouton.texte() == "Ouvrir le fichier"
    g.valider()
    assert g.visionneuse.ouverts == ["carnet-127-0000021.pdf"] and page.bouton.texte() == "Répondez d’abord"


def test_un_fichier_qui_ne_s_ouvre_pas_se_dit_et_la_question_reste(g: Guichet, poste: Poste) -> None:
    page = imprimer(g, poste)
    dossier_papier(poste)[0].unlink()
    g.valider()
    assert g.visionneuse.ouverts == [] and page.bandeau.isVisible()
    assert any(texte.startswith("Cet ordinateur n’a pas pu ouvrir le fichier.") for texte in g.textes())
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert len(dossier_papier(poste)) == 1


@pytest.mark.parametrize("nom", [False, True])
def test_le_fichier_d_un_tirage_est_celui_de_ses_feuilles(poste: Poste, nom: bool) -> None:
    """Bearing a name, the last ones are in no file: an older one is not taken for it."""
    attribue = attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    imprimante = ImprimanteFichier(poste.dossier / DOSSIER_PAPIER)
    sortir(lancer_impression(poste, *numero), imprimante)
    repondre(poste, *numero, "rien")
    lancer_impression(poste, *numero, nom=nom)
    (ligne,) = visites_ouvertes(poste)
    assert ligne.carnet is not None
    tirage = dernier_tirage(poste, ligne.carnet)
    assert tirage is not None
    fichier = fichier_du_tirage(poste.dossier, ligne.carnet, tirage)
    assert fichier == (None if nom else dossier_papier(poste)[0])
    assert fichier_du_tirage(poste.dossier, ligne.carnet, replace(tirage, imprimante="Accueil")) is None
    assert fichier_du_tirage(poste.dossier, ligne.carnet, replace(tirage, feuilles=(3,))) is None


@pytest.mark.parametrize("touche", [Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_QuoteDbl, Qt.Key.Key_Apostrophe])
def test_rien_ou_illisible_refait_le_meme_carnet(g: Guichet, poste: Poste, touche: Qt.Key) -> None:
    page = imprimer(g, poste)
    (fichier,) = dossier_papier(poste)
    avant = fichier.read_bytes()
    fichier.unlink()
    g.touche(touche)
    assert page.bouton.texte() == "Réimprimer tout le carnet"
    g.valider()
    assert fichier.read_bytes() == avant
    assert len(carnets.par_etat(poste.base, *Etat)) == 1


def test_repondre_plus_tard_garde_la_question(g: Guichet, poste: Poste) -> None:
    page = imprimer(g, poste)
    g.touche(Qt.Key.Key_M, CTRL)
    g.calme()
    assert g.page is not page
    (ligne,) = visites_ouvertes(poste)
    assert ligne.etape == "a_confirmer"
    g.bureau.reprendre(ligne)
    g.calme()
    assert g.page is page and page.question.isVisible()


def test_apres_une_coupure_la_question_est_posee_et_rien_ne_repart(g: Guichet, poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    lancer_impression(poste, attribue.carnet.campagne, attribue.carnet.numero)
    assert dossier_papier(poste) == []
    (ligne,) = visites_ouvertes(poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    assert page.question.isVisible() and page.bouton.texte() == "Répondez d’abord"
    assert "carnet de\u00a010, n°\u00a0127\u00a00000021" in "".join(g.textes())
    assert dossier_papier(poste) == []
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert [f.name for f in dossier_papier(poste)] == ["carnet-127-0000021.pdf"]


def test_une_attribution_sans_impression_propose_d_imprimer(g: Guichet, poste: Poste) -> None:
    attribuer(poste, visite_accord(poste))
    (ligne,) = visites_ouvertes(poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    assert page.bouton.texte() == "Imprimer le carnet" and etat(poste) is Etat.ATTRIBUE
    assert page.plus_tard.texte() == "Imprimer plus tard", "nothing is asked yet"
    g.valider()
    assert page.question.isVisible() and etat(poste) is Etat.A_CONFIRMER_IMPRESSION
    assert page.plus_tard.texte() == "Répondre plus tard"


def test_ctrl_p_imprime_ce_qui_attend_et_ne_fait_rien_repartir_sans_reponse(g: Guichet, poste: Poste) -> None:
    attribuer(poste, visite_accord(poste))
    page = reouvrir(g, poste)
    assert etat(poste) is Etat.ATTRIBUE
    g.touche(Qt.Key.Key_P, CTRL)
    g.attendre(lambda: etat(poste) is Etat.A_CONFIRMER_IMPRESSION)
    g.calme()
    g.touche(Qt.Key.Key_P, CTRL)
    assert g.visionneuse.ouverts == ["carnet-127-0000021.pdf"], "the file is what is printed"
    page.bouton.setFocus()
    g.touche(Qt.Key.Key_P, CTRL)
    assert len(g.visionneuse.ouverts) == len(dossier_papier(poste)) == 1
    assert g.focus is page.question.tuiles["tout"].radio and page.question.groupe.valeur() is None
    g.arrete_a(3)
    g.touche(Qt.Key.Key_P, CTRL)
    g.attendre(lambda: len(dossier_papier(poste)) == 2)
    g.calme()
    g.touche(Qt.Key.Key_1)
    g.touche(Qt.Key.Key_P, CTRL)
    g.calme()
    assert g.page is page and etat(poste) is Etat.A_CONFIRMER_IMPRESSION, "Ctrl+P hands nothing over"


def test_un_disque_qui_refuse_se_dit_et_garde_le_carnet(g: Guichet, poste: Poste) -> None:
    (poste.dossier / "papier").write_text("")  # a file stands where the folder should be
    page = imprimer(g, poste)
    assert page.bandeau.isVisible()
    assert any(texte.startswith("Les feuilles n’ont pas pu être écrites.") for texte in g.textes())
    (poste.dossier / "papier").unlink()
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert len(dossier_papier(poste)) == 1


def test_une_copie_va_ou_l_agent_le_dit_et_le_dossier_est_retenu(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imprimer(g, poste)
    cible = tmp_path / "bureau" / "carnet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    bouton = next(b for b in g.page.findChildren(type(g.page.bouton)) if b.texte() == "Copier ailleurs…")
    bouton.click()
    g.calme()
    assert any(texte.startswith("Le fichier n’a pas pu être écrit") for texte in g.textes())
    cible.parent.mkdir()
    bouton.click()
    g.calme()
    assert cible.read_bytes() == dossier_papier(poste)[0].read_bytes()
    assert dossier_propose(poste.dossier) == cible.parent
    assert "Une copie est enregistrée." in g.textes()


@pytest.mark.parametrize("echelle", [1.0, 1.25, 1.5, 2.0])
def test_rien_n_est_rogne(g: Guichet, poste: Poste, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = imprimer(g, poste)
    (question,) = [t for t in page.question.findChildren(QLabel) if t.text() == textes.QUESTION_FICHIER]
    g.attendre(lambda: question.visibleRegion().boundingRect() == question.rect())
    for touche in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        g.touche(touche)
        g.calme()
        assert rognes(page) == [] and debordes(page) == []
        en_vue = [t.visibleRegion().boundingRect() == t.rect() for t in page.question.tuiles.values()]
        assert all(en_vue), "the four answers are seen together"
        assert {"Ouvrir le fichier", "Copier ailleurs…"} <= set(g.textes())


def test_gros_caracteres_attend_un_accord_puis_compte_ses_feuilles(g: Guichet, poste: Poste) -> None:
    """Large print is chosen beforehand when the person needs it, shown, and left to be changed."""
    g.visite(visite_accord(poste, besoins=("gros_caracteres",)))
    g.valider()
    page = g.page
    assert isinstance(page, PageImpression)
    assert etat(poste) is Etat.ATTRIBUE and dossier_papier(poste) == []
    assert page.preparation.gabarit is GROS
    assert "Gros caractères, 5\u00a0feuilles" in g.textes() and "Ordinaire, 3\u00a0feuilles" in g.textes()
    assert len(page.liste.lignes) == 5
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION
    (fichier,) = dossier_papier(poste)
    assert len(textes_du_pdf(fichier.read_bytes())) == 5
    assert "Gros caractères, 5\u00a0feuilles" not in g.textes()
    assert page.question.tuiles["tout"].detail.text() == "Les 5\u00a0feuilles, bien lisibles."
    g.arrete_a(4)
    assert page.bouton.texte() == "Réimprimer les feuilles\u00a04 et\u00a05"
    g.valider()
    suite = next(f for f in dossier_papier(poste) if f != fichier)
    assert len(textes_du_pdf(suite.read_bytes())) == 2
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert isinstance(g.page, PageRemise)


def test_l_ecriture_se_change_avant_d_imprimer(g: Guichet, poste: Poste) -> None:
    g.visite(visite_accord(poste, besoins=("gros_caracteres",)))
    g.valider()
    page = g.page
    assert isinstance(page, PageImpression)
    assert textes.RASSURANCE not in g.textes(), "nothing was printed that could be counted twice"
    page.preparation.ecritures.checkedButton().setFocus()
    g.touche(Qt.Key.Key_Up)
    g.calme()
    assert page.preparation.gabarit is ORDINAIRE and len(page.liste.lignes) == 3
    g.valider()
    (fichier,) = dossier_papier(poste)
    assert len(textes_du_pdf(fichier.read_bytes())) == 3


def test_apres_une_coupure_la_question_porte_sur_les_feuilles_parties(g: Guichet, poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero, gabarit=GROS)
    repondre(poste, *numero, "arrete", 4)
    lancer_impression(poste, *numero, (4, 5))
    (ligne,) = visites_ouvertes(poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    assert [ligne.accessibleName().rpartition(", ")[2] for ligne in page.liste.lignes] == [
        "Bonne", "Bonne", "Bonne", "À regarder", "À regarder",
    ]  # fmt: skip
    assert page.question.tuiles["tout"].detail.text() == "Feuilles\u00a04 et\u00a05, bien lisibles."


def test_reimprimer_avant_la_remise_garde_l_ecriture_et_fait_dechirer_la_premiere(g: Guichet, poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero, gabarit=GROS)
    repondre(poste, *numero, "tout")
    g.bureau.reprendre(replace(visites_ouvertes(poste)[0], etape="a_imprimer"))
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    assert page.preparation.gabarit is GROS
    assert textes.RASSURANCE in g.textes()
    assert "Déchirez d’abord les feuilles déjà sorties\u00a0: ce sont les mêmes numéros." in g.textes()
    g.valider()
    (fichier,) = dossier_papier(poste)
    assert len([code for code in lire_pdf(fichier) if code.startswith("801")]) == 10
    assert len(textes_du_pdf(fichier.read_bytes())) == 5


def test_le_nom_se_coche_avant_d_imprimer_et_ne_reste_dans_aucun_fichier(
    g: Guichet, poste: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visite = g.visite(visite_accord(poste))
    (seul,) = [b for b in visite.panneau.discretes.boutons if b.texte() == "Attribuer sans imprimer"]
    seul.setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    assert etat(poste) is Etat.ATTRIBUE and dossier_papier(poste) == []
    case = page.couverture.nom.case
    assert not case.isChecked() and "«\u00a0Ce carnet est à Maëlle Dufresnoy\u00a0»" in g.textes()
    assert g.aller_a("Imprimer le nom sur la couverture")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert case.isChecked()
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION and dossier_papier(poste) == []
    assert {"Enregistrez-le, imprimez-le, puis répondez.", "Enregistrer le fichier…"} <= set(g.textes())
    assert "Ouvrir le fichier" not in g.textes() and page.bouton.texte() == "Enregistrer le fichier…"
    cible = tmp_path / "choisi.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(cible), ""))
    g.valider()
    assert page.bouton.texte() == "Répondez d’abord"
    assert "Ce carnet est à Maëlle Dufresnoy" in textes_du_pdf(cible.read_bytes())[0]
    assert "Le fichier est enregistré. Il porte un nom\u00a0: effacez-le après l’impression." in g.textes()


def test_cocher_le_nom_apres_coup_renvoie_la_couverture(g: Guichet, poste: Poste) -> None:
    page = imprimer(g, poste)
    assert not page.couverture.nom.isVisible(), "the four answers have the room"
    g.aller_a("Changer la couverture…")
    g.touche(Qt.Key.Key_Space)
    assert g.focus is page.couverture.nom.case
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page.question.tuiles["tout"].radio.setFocus()
    g.touche(Qt.Key.Key_1)
    assert page.bouton.texte() == "Réimprimer la couverture"
    g.valider()
    assert page.question.tuiles["tout"].detail.text() == "Couverture, bien lisible."
    g.touche(Qt.Key.Key_3)
    assert page.bouton.texte() == "Réimprimer la couverture", "the pass are good: no second paper of them"
    g.touche(Qt.Key.Key_1)
    assert page.bouton.texte() == "Passer à la remise"


def test_une_case_remise_comme_avant_ne_renvoie_rien(theme: Theme, qtbot: QtBot) -> None:
    nom = NomSurCouverture(theme)
    qtbot.addWidget(nom)
    nom.montrer(NomCouverture("Maëlle Dufresnoy", imprime=True))
    assert nom.case.isChecked() and nom.choix is None
    nom.case.click()
    assert nom.choix is False
    # The record is read again while the choice is being made: it stays.
    nom.montrer(NomCouverture("Maëlle Dufrénoy", imprime=True))
    assert nom.choix is False
    nom.case.click()
    assert nom.choix is None


def test_un_nom_que_le_papier_ecrit_mal_le_dit_et_n_a_pas_de_case(g: Guichet, poste: Poste) -> None:
    g.visite(visite_accord(poste, prenoms="محمد", nom_naissance="الخوارزمي"))
    g.valider()
    page = g.page
    assert isinstance(page, PageImpression)
    assert not page.couverture.nom.case.isVisible()
    assert any(
        phrase.endswith("écrivez-le dans la fiche en lettres latines, comme sur la pièce d’identité.")
        for phrase in g.textes()
    )


def reouvrir(g: Guichet, poste: Poste) -> PageImpression:
    """As after the power went: the page is built again from what was recorded."""
    (ligne,) = visites_ouvertes(poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    assert isinstance(g.page, PageImpression)
    return g.page


def test_la_reponse_donnee_puis_une_coupure_seule_repart_la_feuille_qui_manque(g: Guichet, poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "arrete", 3)
    page = reouvrir(g, poste)
    assert {"Il manque la feuille\u00a03", "Gardez celles qui sont sorties\u00a0: elles sont bonnes."} <= set(
        g.textes()
    )
    assert [ligne.accessibleName() for ligne in page.liste.lignes] == [
        "Couverture, Bonne",
        "Feuille\u00a02, Bonne",
        "Feuille\u00a03, À imprimer",
    ]
    assert page.bouton.texte() == "Réimprimer la feuille\u00a03"
    g.valider()
    assert [f.name for f in dossier_papier(poste)] == ["carnet-127-0000021-feuille-3.pdf"], "no pass is on two papers"
    g.touche(Qt.Key.Key_3)
    g.valider()
    assert [f.name for f in dossier_papier(poste)] == ["carnet-127-0000021-feuille-3.pdf"]
    g.touche(Qt.Key.Key_1)
    g.valider()
    assert etat(poste) is Etat.IMPRIME


def test_les_feuilles_bonnes_perdues_depuis_tout_le_carnet_repart(g: Guichet, poste: Poste) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero, gabarit=GROS)
    repondre(poste, *numero, "arrete", 4)
    page = reouvrir(g, poste)
    assert page.bouton.texte() == "Réimprimer les feuilles\u00a04 et\u00a05"
    assert not page.preparation.ecritures.checkedButton().isVisible(), "what goes is laid out as what is good"
    assert g.aller_a(textes.TOUT_LE_CARNET)
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.bouton.texte() == "Imprimer le carnet" and page.bouton.hasFocus()
    assert "Déchirez d’abord les feuilles déjà sorties\u00a0: ce sont les mêmes numéros." in g.textes()
    assert page.preparation.ecritures.checkedButton().isVisible()
    g.valider()
    assert [f.name for f in dossier_papier(poste)] == ["carnet-127-0000021.pdf"]


@pytest.mark.parametrize(("sortie", "dit"), [("rien", textes.PRET_RIEN), ("illisible", textes.PRET_ILLISIBLE)])
def test_ce_qui_est_parti_n_est_pas_dit_jamais_envoye(
    g: Guichet, poste: Poste, sortie: Literal["rien", "illisible"], dit: str
) -> None:
    attribue = attribuer(poste, visite_accord(poste))
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, sortie)
    assert reouvrir(g, poste).bouton.texte() == "Imprimer le carnet"
    assert dit in g.textes() and textes.PRET_DETAIL not in g.textes()


def bloquer(poste: Poste, rangs: str) -> None:
    """The Region blocks these pass, or none any more."""
    with poste.base.ecriture() as db:
        db.execute("DELETE FROM carnet_bloque")
        if rangs:
            ligne = "(campagne, numero, raison, rangs, srv_seq) VALUES (127, 21, 'litige', ?, 1)"
            db.execute(f"INSERT INTO carnet_bloque {ligne}", [rangs])


@pytest.mark.parametrize(
    ("feuille", "libelle", "fichiers"),
    [
        (None, "Imprimer le carnet", ["carnet-127-0000021.pdf"]),
        (3, "Réimprimer la feuille\u00a03", ["carnet-127-0000021-feuille-3.pdf"]),
    ],
)
def test_repondu_puis_refuse_le_bouton_imprime_encore(
    g: Guichet, poste: Poste, feuille: int | None, libelle: str, fichiers: list[str]
) -> None:
    """The answer is kept, the printing that follows is refused: the page is not caught between the two."""
    page = imprimer(g, poste)
    for fichier in dossier_papier(poste):
        fichier.unlink()
    bloquer(poste, "[6, 7]")
    g.touche(Qt.Key.Key_3) if feuille is None else g.arrete_a(feuille)
    g.valider()
    assert page.bandeau.isVisible() and etat(poste) is Etat.ATTRIBUE and dossier_papier(poste) == []
    assert page.bouton.texte() == libelle and page.bouton.hasFocus()
    bloquer(poste, "")
    g.valider()
    assert etat(poste) is Etat.A_CONFIRMER_IMPRESSION
    assert [f.name for f in dossier_papier(poste)] == fichiers
