"""What came out of the printer: four answers, nothing chosen beforehand, nothing reprinted alone, the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from passdesk.domain.carnet import Carnet, Etat
from passdesk.services.impression import lancer_impression
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import carnets
from passdesk.tasks import TaskRunner
from passdesk.ui.impression import PageImpression
from passdesk.ui.impression.reponses import Reponse, a_refaire, detail_tout, legende_feuille, suite
from passdesk.ui.papier.copies import dossier_propose
from passdesk.ui.remise import PageRemise
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.ui.guichet import CTRL, Guichet, dossier_papier, guichet, poste_hors_ligne
from tests.ui.mesures import rognes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DIX = Carnet(127, 21, 10, date(2027, 12, 31), 1, Etat.A_CONFIRMER_IMPRESSION, "p1", "a1")
CINQ = replace(DIX, taille=5)


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "impression")
    yield poste
    poste.fermer()


@pytest.fixture
def g(poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot) -> Iterator[Guichet]:
    with guichet(poste, theme, taches, qtbot) as ouvert:
        yield ouvert


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
    ("carnet", "feuilles", "reponse", "refaites", "libelle"),
    [
        (DIX, (1, 2, 3), Reponse("tout"), (), "Passer à la remise"),
        (DIX, (1, 2, 3), Reponse("arrete", 3), (3,), "Réimprimer la feuille\u00a02"),
        (DIX, (1, 2, 3), Reponse("arrete", 2), (2, 3), "Réimprimer les feuilles 1 et 2"),
        (DIX, (1, 2, 3), Reponse("arrete", 1), (1, 2, 3), "Réimprimer tout le carnet"),
        (DIX, (1, 2, 3), Reponse("rien"), (1, 2, 3), "Réimprimer tout le carnet"),
        (DIX, (3,), Reponse("rien"), (3,), "Réimprimer la feuille\u00a02"),
        (DIX, (3,), Reponse("illisible"), (1, 2, 3), "Réimprimer tout le carnet"),
        (CINQ, (1, 2), Reponse("arrete", 2), (2,), "Réimprimer la feuille\u00a01"),
    ],
)
def test_chaque_reponse_dit_ce_qui_repart(
    carnet: Carnet, feuilles: tuple[int, ...], reponse: Reponse, refaites: tuple[int, ...], libelle: str
) -> None:
    assert a_refaire(carnet, feuilles, reponse) == refaites
    apres = suite(carnet, feuilles, reponse)
    assert (apres.permise, apres.libelle) == (True, libelle)
    assert [marque.texte == "À refaire" for marque in apres.marques] == [
        numero in refaites for numero in range(1, carnet.feuilles + 1)
    ]


def test_sans_reponse_rien_ne_part() -> None:
    avant = suite(DIX, (1, 2, 3), None)
    assert (avant.permise, avant.libelle) == (False, "Répondez d’abord")
    assert {marque.texte for marque in avant.marques} == {"À regarder"}


def test_les_feuilles_se_nomment_comme_on_les_voit() -> None:
    assert [legende_feuille(n) for n in (1, 2, 3)] == [
        "Couverture",
        "Feuille\u00a01 · pass 1 à 5",
        "Feuille\u00a02 · pass 6 à 10",
    ]
    assert detail_tout(DIX, (1, 2, 3)) == "Couverture et 2\u00a0feuilles, bien lisibles."
    assert detail_tout(CINQ, (1, 2)) == "Couverture et 1\u00a0feuille, bien lisibles."
    assert detail_tout(DIX, (3,)) == "Feuille\u00a02, bien lisible."


def test_arrete_en_route_ne_reimprime_que_la_suite(g: Guichet, poste: Poste) -> None:
    page = imprimer(g, poste)
    assert page.question.groupe.valeur() is None and not page.bouton.isEnabled()
    assert len(page.liste.lignes) == 3
    (fichier,) = dossier_papier(poste)
    avant = fichier.read_bytes()
    g.touche(Qt.Key.Key_2)
    assert page.bouton.texte() == "Réimprimer la feuille\u00a02"
    assert [ligne.accessibleName() for ligne in page.liste.lignes] == [
        "Couverture, Bonne",
        "Feuille\u00a01, Bonne",
        "Feuille\u00a02, À refaire",
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
    assert "Carnet de\u00a010, n°\u00a0127\u00a00000021" in "".join(g.textes())
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
    g.valider()
    assert page.question.isVisible() and etat(poste) is Etat.A_CONFIRMER_IMPRESSION


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
    bouton = next(b for b in g.page.findChildren(type(g.page.bouton)) if b.texte() == "Enregistrer une copie…")
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
    for touche in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        g.touche(touche)
        g.calme()
        assert rognes(page) == []
        assert {"Ouvrir le fichier", "Enregistrer une copie…"} <= set(g.textes())
