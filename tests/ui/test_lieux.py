"""*Lieux* at the keyboard: a list taken, a place corrected, what the covers carry, others for one person."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from passdesk.domain.francais import typographie
from passdesk.domain.lieu import FiltreLieux
from passdesk.services import impression, lieux_importer
from passdesk.services.lieux import fiche_lieu, position_du_poste, regler_position
from passdesk.services.lieux_couverture import lire_choix
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer, visites_ouvertes
from passdesk.storage import carnets, lieux
from passdesk.ui.impression import PageImpression
from passdesk.ui.impression.textes import CHANGER_COUVERTURE
from passdesk.ui.lieux import PageLieux
from passdesk.ui.lieux import importer as module_liste
from passdesk.ui.lieux import page as module_page
from passdesk.ui.lieux.choix import TroisLieux
from passdesk.ui.lieux.couverture import DetailCouverture
from passdesk.ui.lieux.detail import DetailLieu
from passdesk.ui.lieux.importer import PageListe
from passdesk.ui.messages import message
from passdesk.ui.reglages import PageReglages
from passdesk.ui.remise import PageRemise
from tests.builders import visite_accord
from tests.services.listes_lieux import france_services
from tests.services.test_lieux import LISTE, cle, prendre
from tests.ui.conftest import Bilan
from tests.ui.guichet import CTRL, Guichet, nom_lu
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def garni(poste: Poste) -> Poste:
    """The desk knows six places, four of which take the pass, and where it stands."""
    prendre(poste, LISTE)
    regler_position(poste, "50,2 ; 3,97")
    return poste


@pytest.fixture
def fichier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the agent chooses in the dialog of the system."""
    fichier = tmp_path / "fs.csv"
    perdu = dict.fromkeys(("insee_com", "code_postal", "lib_com", "latitude", "longitude"), "")
    fichier.write_text(
        france_services({}, {"id_fs": "2", "code_postal": "59530"}, {"id_fs": "3", "lib_fs": "Nulle part", **perdu})
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    return fichier


def ouvrir(g: Guichet) -> PageLieux:
    """From *Réglages*, without a mouse."""
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    for touche in (Qt.Key.Key_Home, *3 * (Qt.Key.Key_Down,)):
        g.touche(touche)
    g.aller_a("Voir les lieux")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageLieux)
    return page


def un_lieu(g: Guichet, page: PageLieux, nom: str) -> DetailLieu:
    """Searched, then opened with Enter."""
    page.champ.setFocus()
    page.champ.selectAll()
    g.frapper(nom)
    g.calme()
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert isinstance(page.detail, DetailLieu)
    return page.detail


def test_after_a_bug_the_search_and_the_places_answer_again(
    g: Guichet, garni: Poste, bilan: Bilan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is kept: a search that waited for ever waited until the program was closed."""
    page = ouvrir(g)
    dit = str(message("interrompu"))

    def boguer(*_: object) -> None:
        raise ZeroDivisionError

    for fonction in ("chercher_lieux", "fiche_lieu"):
        with monkeypatch.context() as bogue:
            bogue.setattr(module_page, fonction, boguer)
            page.champ.setFocus()
            page.champ.clear()
            g.frapper("lieu 6")
            g.attendre(lambda: bool(bilan.imprevus))
            g.calme()
        bilan.imprevus.clear()
        assert page.compte.isVisible() and page.compte.text() == dit
        page.champ.clear()
        g.calme()
        assert un_lieu(g, page, "lieu 5").fiche.proche.lieu.nom and page.compte.text() != dit


def test_at_200_percent_a_place_opens_on_its_name(g: Guichet, garni: Poste) -> None:
    g.theme.choisir(echelle=2.0)
    page = ouvrir(g)
    detail = un_lieu(g, page, "lieu 6")
    assert g.focus is page.panneau.retour
    (nom,) = [t for t in detail.findChildren(QLabel) if t.text() == detail.fiche.proche.lieu.nom]
    g.attendre(lambda: nom.visibleRegion().boundingRect() == nom.rect())


def test_at_200_percent_a_choice_for_the_covers_keeps_the_keyboard_in_sight(g: Guichet, garni: Poste) -> None:
    """The list is asked for again behind it: it takes no keyboard that nobody would see."""
    g.theme.choisir(echelle=2.0)
    page = g.bureau.montrer_lieu("lieux")
    assert isinstance(page, PageLieux)
    g.calme()
    page.ouvrir()
    detail = page.detail
    assert isinstance(detail, DetailCouverture)
    g.aller_a(detail.cases["itinerant"].text())
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert g.focus is detail.cases["itinerant"] and g.focus.isVisible()


def test_from_the_settings_to_the_places_of_a_list_without_a_mouse(g: Guichet, fichier: Path) -> None:
    page = ouvrir(g)
    assert "Aucun lieu pour l’instant" in g.textes()
    assert nom_lu(g.focus) == "Prendre une liste"
    g.valider()
    liste = g.page
    assert isinstance(liste, PageListe)
    assert nom_lu(g.focus) == "Choisir un fichier"
    g.valider()
    assert g.focus is liste.liste
    assert liste.comptes.text() == "3\u00a0lignes\u00a0: 1\u00a0lue telle quelle, 1\u00a0réparée, 1\u00a0refusée."
    assert [rangee.badge for rangee in liste.liste.rangees] == ["Refusé"], "what is refused is shown first"
    assert "Ni commune ni position" in liste.liste.rangees[0].detail
    liste.filtre.setFocus()
    g.touche(Qt.Key.Key_Home)
    assert [rangee.badge for rangee in liste.liste.rangees] == ["Lu", "Réparé", "Refusé"]
    assert lieux.lister(g.poste.base) == (), "looking writes nothing"
    g.valider()
    assert "2\u00a0lieux sont au poste" in g.textes()
    assert len(lieux.lister(g.poste.base)) == 2
    g.valider()
    assert g.page is page and g.focus is page.champ
    assert page.liste.rangees[0].titre == "Sur les couvertures"
    assert len(page.liste.rangees) == 3


def test_what_is_noted_of_a_place_is_kept_and_can_be_taken_back(g: Guichet, garni: Poste) -> None:
    page = ouvrir(g)
    detail = un_lieu(g, page, "lieu 6")
    assert nom_lu(g.focus) == "Accepte le pass\u00a0: On ne sait pas"
    g.touche(Qt.Key.Key_Left)
    g.touche(Qt.Key.Key_Left)
    g.calme()
    assert fiche_lieu(garni, cle(6)).proche.lieu.accepte_pass is True
    assert "C’est noté." in g.textes() and detail is page.detail
    assert page.liste.rangees[-1].badge == "Accepte le pass"
    g.aller_a("Téléphone")
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("03 53")
    g.tabuler()
    g.calme()
    assert "Il manque des chiffres" in detail.telephone.message()
    detail.telephone.saisie.setFocus()
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("0353010088")
    g.tabuler()
    g.calme()
    assert fiche_lieu(garni, cle(6)).proche.lieu.telephone == "03 53 01 00 88"
    assert detail.telephone.indication.text() == "la liste dit\u00a0: 03\u00a053\u00a001\u00a000\u00a006"
    g.aller_a("Revenir à ce que dit la liste")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert fiche_lieu(garni, cle(6)).corriges == frozenset()
    assert detail.telephone.texte() == "03 53 01 00 06"


def test_hours_are_corrected_day_by_day(g: Guichet, garni: Poste) -> None:
    page = ouvrir(g)
    detail = un_lieu(g, page, "lieu 1")
    assert detail.jours[0].texte() == "9h-12h, 14h-18h30"
    g.aller_a("Corriger les horaires")
    g.touche(Qt.Key.Key_Space)
    assert g.focus is detail.jours[0].saisie
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("le matin")
    g.tabuler()
    g.calme()
    assert "Écrivez les heures" in detail.jours[0].message()
    assert fiche_lieu(garni, cle(1)).corriges == frozenset()
    detail.jours[0].saisie.setFocus()
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("10h-11h")
    g.tabuler()
    g.calme()
    horaires = str(fiche_lieu(garni, cle(1)).proche.lieu.horaires).replace("\u00a0", " ")
    assert horaires.startswith("lundi : 10 h à 11 h ; du mardi au vendredi : 9 h à 12 h, 14 h à 18 h 30")
    assert any(texte.replace("\u00a0", " ").startswith("lundi : 10 h à 11 h") for texte in g.textes())


def test_a_place_put_aside_leaves_the_covers(g: Guichet, garni: Poste) -> None:
    page = ouvrir(g)
    assert page.liste.rangees[0].detail.startswith("Lieu 1")
    un_lieu(g, page, "lieu 1")
    g.aller_a("Ne jamais proposer ce lieu")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page.champ.clear()
    g.calme()
    assert page.liste.rangees[0].detail.startswith("Lieu 2")
    assert [rangee.badge for rangee in page.liste.rangees if rangee.cle == cle(1)] == ["Écarté"]


def test_the_list_is_searched_and_filtered(g: Guichet, garni: Poste) -> None:
    page = ouvrir(g)
    g.frapper("3 rue modele")
    g.calme()
    assert [rangee.titre for rangee in page.liste.rangees] == ["Lieu 3"]
    page.champ.clear()
    g.calme()
    page.filtres["accepte_pass"].setFocus()
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert page.compte.text() == "4\u00a0lieux"
    page.champ.setFocus()
    g.frapper("lieu 6")
    g.calme()
    assert "Aucun lieu ne correspond" in g.textes() and page.detail is None


def test_the_desk_chooses_what_its_covers_carry(g: Guichet, garni: Poste) -> None:
    page = ouvrir(g)
    g.touche(Qt.Key.Key_Return)
    detail = page.detail
    assert isinstance(detail, DetailCouverture)
    assert nom_lu(g.focus) == "Les trois plus proches"
    g.aller_a("acceptent le pass")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert lire_choix(garni).filtre == FiltreLieux(accepte_pass=False)
    detail.proches.setFocus()
    g.touche(Qt.Key.Key_Down)
    g.calme()
    assert lire_choix(garni).choisis == (cle(1), cle(2), cle(3)), "from the nearest on"
    g.aller_a("1er lieu")
    g.touche(Qt.Key.Key_End)
    g.calme()
    assert lire_choix(garni).choisis == (cle(6), cle(2), cle(3))
    assert page.liste.rangees[0].detail.startswith("Lieu 6")
    g.aller_a("3e lieu")
    g.touche(Qt.Key.Key_Home)
    g.calme()
    assert lire_choix(garni).choisis == (cle(6), cle(2))


def test_a_desk_that_is_nowhere_says_so_and_may_be_in_a_place_of_the_list(g: Guichet, garni: Poste) -> None:
    regler_position(garni, "")
    page = ouvrir(g)
    detail = page.detail
    assert isinstance(detail, DetailCouverture)
    assert detail.sans_position.isVisible()
    g.aller_a("Régler la position")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    reglages = g.page
    assert isinstance(reglages, PageReglages)
    champ = reglages.lieux.position
    assert champ.isVisible()
    champ.saisie.setFocus()
    g.frapper("ici")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert "n’est pas une position" in champ.message()
    g.touche(Qt.Key.Key_A, CTRL)
    g.frapper("50.2, 3.97")
    g.touche(Qt.Key.Key_Return)
    g.calme()
    assert (champ.texte(), champ.message()) == ("50,2 ; 3,97", "")
    assert "C’est gardé. Les distances se comptent de là." in g.textes()
    page = ouvrir(g)
    un_lieu(g, page, "lieu 4")
    g.aller_a("Ce guichet est dans ce lieu")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    connue = position_du_poste(garni)
    assert connue.lieu is not None and connue.lieu.nom == "Lieu 4"
    g.touche(Qt.Key.Key_5, ALT)
    g.calme()
    assert "Le guichet est dans un lieu de la liste\u00a0: Lieu 4." in g.textes()


def test_a_file_that_is_no_list_is_said_and_the_page_waits_for_another(g: Guichet, fichier: Path) -> None:
    g.bureau.ouvrir_page(PageListe(g.contexte))
    fichier.write_text("a;b\n1;2\n")
    g.valider()
    assert "«\u00a0fs.csv\u00a0» n’est pas une liste de lieux connue." in g.textes()
    assert nom_lu(g.focus) == "Choisir un fichier"
    fichier.write_text(france_services({}))
    page = g.page
    assert isinstance(page, PageListe)
    contenu = QMimeData()
    contenu.setUrls([QUrl.fromLocalFile(str(fichier))])
    sans, bouton = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QApplication.sendEvent(
        page, QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, contenu, bouton, sans)
    )
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, contenu, bouton, sans))
    g.calme()
    assert page.bouton.texte() == "Enregistrer 1\u00a0lieu"
    fichier.write_text(france_services({}, {"id_fs": "2"}))
    g.valider()
    assert "«\u00a0fs.csv\u00a0» a changé depuis qu’il a été lu." in g.textes()
    assert lieux.lister(g.poste.base) == ()


def test_what_became_of_each_row_is_saved_for_whoever_keeps_the_list(
    g: Guichet, fichier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sortie = tmp_path / "reponses.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(sortie), ""))
    g.bureau.ouvrir_page(PageListe(g.contexte))
    g.valider()
    for etape in ("avant", "après"):
        g.aller_a("Enregistrer la liste des réponses")
        g.touche(Qt.Key.Key_Space)
        g.calme()
        assert "Les réponses sont enregistrées, ligne par ligne." in g.textes()
        octets = sortie.read_bytes()
        assert octets.startswith(b"\xef\xbb\xbf")
        rangs = list(csv.reader(octets.decode("utf-8-sig").splitlines(), delimiter=";"))
        assert rangs[0] == ["Ligne", "Réponse", "Lieu", "Cases", "Explication"]
        assert rangs[1] == ["2", "Lu", "France services d’Exemple", "", ""]
        assert rangs[2][:3] == ["3", "Réparé", "France services d’Exemple"] and "code postal" in rangs[2][4]
        assert rangs[-1][:3] == ["4", "Refusé", "Nulle part"] and "Ni commune ni position" in rangs[-1][4]
        sortie.unlink()
        if etape == "avant":
            g.valider()
            assert "2\u00a0lieux sont au poste" in g.textes()
    sortie.mkdir()
    g.aller_a("Enregistrer la liste des réponses")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageListe) and page.probleme.isVisible() and not page.nouvelle.isVisible()


def test_a_long_reading_shows_its_bar_and_stops_when_asked(
    g: Guichet, fichier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_liste, "PAUSE_AVANCEMENT_MS", 0)
    monkeypatch.setattr(lieux_importer.AnalyseLieux, "avancer", lambda *_: False)
    g.bureau.ouvrir_page(PageListe(g.contexte))
    page = g.page
    assert isinstance(page, PageListe)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(page.avancement.isVisible)
    assert nom_lu(g.focus) == "Arrêter"
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "Arrêté à votre demande." in g.textes()
    assert nom_lu(g.focus) == "Choisir un fichier" and not page.en_cours


def papier(g: Guichet) -> PageImpression:
    attribuer(g.poste, visite_accord(g.poste))
    (ligne,) = visites_ouvertes(g.poste)
    g.bureau.reprendre(ligne)
    g.attendre(lambda: isinstance(g.page, PageImpression))
    g.calme()
    page = g.page
    assert isinstance(page, PageImpression)
    return page


def imprimes(poste: Poste) -> list[str]:
    (suivi,) = carnets.en_attente_de_papier(poste.base)
    return [lieu.nom for lieu in impression.contenu_imprime(poste, suivi.carnet).lieux]


def test_other_places_for_one_person_before_printing(g: Guichet, garni: Poste) -> None:
    page = papier(g)
    assert "Lieu 1 (1\u00a0km), Lieu 2 (2\u00a0km), Lieu 3 (3\u00a0km)" in g.textes()
    assert page.findChildren(TroisLieux) == [], "three lists of every place: made when they are asked for"
    g.aller_a("Autres lieux…")
    g.touche(Qt.Key.Key_Space)
    assert nom_lu(g.focus) == "1er lieu"
    g.touche(Qt.Key.Key_End)
    g.calme()
    assert page.bouton.texte() == "Imprimer le carnet"
    g.valider()
    assert imprimes(garni) == ["Lieu 6", "Lieu 2", "Lieu 3"]
    assert lire_choix(garni).choisis is None, "the desk's own choice stays"


def test_other_places_once_the_sheets_are_out_print_the_cover_again(g: Guichet, garni: Poste) -> None:
    page = papier(g)
    g.valider()
    assert imprimes(garni) == ["Lieu 1", "Lieu 2", "Lieu 3"]
    g.aller_a(CHANGER_COUVERTURE)
    g.touche(Qt.Key.Key_Space)
    page.lieux.autres.click()
    g.touche(Qt.Key.Key_End)
    g.calme()
    g.aller_a("Tout est sorti. Les 3\u00a0feuilles, bien lisibles.")
    g.touche(Qt.Key.Key_Space)
    assert page.bouton.texte() == "Réimprimer la couverture"
    g.valider()
    assert imprimes(garni) == ["Lieu 6", "Lieu 2", "Lieu 3"]
    assert page.question.tuiles["tout"].detail.text() == "Couverture, bien lisible."
    g.touche(Qt.Key.Key_1)
    assert page.bouton.texte() == "Passer à la remise"
    g.valider()
    assert isinstance(g.page, PageRemise)


def test_a_desk_without_places_has_nothing_to_choose(g: Guichet) -> None:
    assert not papier(g).lieux.isVisible()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_everything_fits_and_has_a_name(g: Guichet, garni: Poste, fichier: Path, echelle: float) -> None:
    g.theme.choisir(echelle=echelle)
    page = ouvrir(g)
    detail = un_lieu(g, page, "lieu 1")
    detail.ouvrir_horaires.click()
    g.calme()
    assert (rognes(page), debordes(page), anonymes(page)) == ([], [], [])
    assert [texte for texte in g.textes() if typographie(texte) != texte] == []
    g.bureau.ouvrir_page(PageListe(g.contexte))
    g.valider()
    assert (rognes(g.page), debordes(g.page), anonymes(g.page)) == ([], [], [])
    assert [texte for texte in g.textes() if typographie(texte) != texte] == []
