"""*Inscrire depuis un tableau* at the keyboard: the file, the columns, the rows, everybody at once, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from passdesk.services import importer as service
from passdesk.services.poste import Poste
from passdesk.services.visite import attribuer
from passdesk.storage import personnes as stockees
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Dialogue
from passdesk.ui.importer import PageImporter
from passdesk.ui.importer import page as module_page
from passdesk.ui.personnes import PagePersonnes
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.services.classeurs import ods
from tests.ui.guichet import CTRL, Guichet, nom_lu, poste_hors_ligne
from tests.ui.mesures import debordes, rognes
from tests.ui.test_composants import anonymes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TEXTE = """Nom;Prénom;Né le;Contact
Delattre;Léa;03/05/1970;0639980031
Carlier;Noé;1958;
DUFRESNOY;Maelle;12/04/1987;
Dufrénoy;Maëlle;12/04/1987;
Bouchez;Élodie;31/02/1980;
"""


@pytest.fixture
def poste(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    poste = poste_hors_ligne(tmp_path / "poste", tmp_path_factory.getbasetemp() / "guichet")
    attribuer(poste, visite_accord(poste))
    yield poste
    poste.fermer()


@pytest.fixture
def fichier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the agent chooses in the dialog of the system."""
    fichier = tmp_path / "liste.csv"
    fichier.write_text(TEXTE, encoding="cp1252")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fichier), ""))
    return fichier


def ouvrir(g: Guichet) -> PageImporter:
    g.touche(Qt.Key.Key_K, CTRL)
    g.calme()
    g.aller_a("Depuis un tableau")
    g.touche(Qt.Key.Key_Space)
    g.calme()
    page = g.page
    assert isinstance(page, PageImporter)
    return page


def noms(poste: Poste) -> set[str]:
    return {p.nom_naissance for p in stockees.recentes(poste.base, 100)}


def test_from_the_list_of_persons_to_everybody_recorded_without_a_mouse(g: Guichet, fichier: Path) -> None:
    page = ouvrir(g)
    assert nom_lu(g.focus) == "Choisir un fichier"
    g.valider()
    assert page.colonnes.colonnes.champs == ("nom_naissance", "prenoms", "naissance", "")
    assert nom_lu(g.focus) == "Nom est", "the first column has the keyboard"
    g.aller_a("Contact est")
    liste = page.colonnes.listes[3]
    while liste.currentText() != "Téléphone":
        g.touche(Qt.Key.Key_Down)
    g.valider()
    assert g.focus is page.lignes.liste
    assert page.lignes.compte.text() == (
        "2\u00a0à compléter ensuite\u00a0· 1\u00a0qui ressemble à une fiche\u00a0· 1\u00a0déjà au poste\u00a0· "
        "1\u00a0à corriger"
    )
    rangees = page.lignes.liste.rangees
    assert rangees[0].titre == "Ligne\u00a02 · Léa Delattre"
    assert rangees[3].detail == "Peut-être Maëlle Dufresnoy. Il manque la commune."
    assert rangees[4].detail == "C6\u00a0: Février n’a pas de 31."
    assert noms(g.poste) == {"Dufresnoy"}, "looking writes nothing"
    g.valider()
    assert noms(g.poste) == {"Dufresnoy", "Delattre", "Carlier"}
    assert "06 39 98 00 31" in {p.telephone for p in stockees.recentes(g.poste.base, 100)}
    assert "2\u00a0personnes de plus sont au poste" in g.textes()
    assert nom_lu(g.focus) == "Voir les personnes"
    g.valider()
    assert isinstance(g.page, PagePersonnes)


def test_a_row_is_left_and_a_look_alike_is_taken(g: Guichet, fichier: Path) -> None:
    page = ouvrir(g)
    g.valider()
    g.valider()
    g.aller_a("Laisser cette ligne")
    g.touche(Qt.Key.Key_Space)
    assert page.lignes.liste.rangees[0].badge == "Laissée"
    assert page.lignes.bascule.texte() == "Prendre cette ligne"
    page.lignes.ressemblances.setFocus()
    g.touche(Qt.Key.Key_Space)
    assert page.lignes.bouton.texte() == "Inscrire 2\u00a0personnes"
    g.valider()
    assert noms(g.poste) == {"Dufresnoy", "Carlier", "Dufrénoy"}


def test_a_twin_is_left_with_the_reason_and_taken_alone(g: Guichet, fichier: Path) -> None:
    fichier.write_text(
        "Nom;Prénom;Né le\nBenali;Mohamed Amine;12/04/2004\nBenali;Mohamed Ilyès;12/04/2004\n"
        "Dufrénoy;Maëlle;12/04/1987\nDufresnois;Maëlle;12/04/1987\n"
    )
    page = ouvrir(g)
    g.valider()
    g.valider()
    lignes = page.lignes
    assert lignes.compte.text().endswith("2\u00a0qui ressemblent à une fiche\u00a0· 1\u00a0homonyme possible")
    jumeau = lignes.liste.rangees[1]
    assert (jumeau.titre, jumeau.badge) == ("Ligne\u00a03 · Mohamed Ilyès Benali", "Homonyme possible")
    assert "que Mohamed Amine Benali (ligne\u00a02)." in jumeau.detail
    assert "Prenez la ligne si c’est une autre personne" in jumeau.detail
    assert lignes.bouton.texte() == "Inscrire 1\u00a0personne"
    lignes.ressemblances.setFocus()
    g.touche(Qt.Key.Key_Space)
    assert [rangee.badge for rangee in lignes.liste.rangees[1:]] == ["Homonyme possible", "À inscrire", "À inscrire"]
    g.touche(Qt.Key.Key_Space)
    for rang, nombre in ((1, 2), (2, 3)):
        lignes.liste.setCurrentIndex(lignes.liste.model().index(rang, 0))
        assert lignes.bascule.texte() == "Prendre cette ligne"
        lignes.bascule.click()
        assert lignes.bouton.texte() == f"Inscrire {nombre}\u00a0personnes", "one by one, a look-alike too"
    g.valider()
    assert {p.prenoms for p in stockees.recentes(g.poste.base, 100)} == {"Mohamed Amine", "Mohamed Ilyès", "Maëlle"}
    assert noms(g.poste) == {"Dufresnoy", "Benali", "Dufrénoy"}
    suite = page._fait_suite.text()
    assert suite.startswith("3\u00a0fiches restent à compléter"), "a row taken by choice lacks its commune too"
    assert suite.endswith("1\u00a0ligne reste à votre choix\u00a0: redonnez le tableau tel quel pour la prendre.")


def test_only_one_kind_of_rows_is_shown(g: Guichet, fichier: Path) -> None:
    page = ouvrir(g)
    g.valider()
    g.valider()
    page.lignes.filtre.setFocus()
    while page.lignes.filtre.valeur() != "illisible":
        g.touche(Qt.Key.Key_Down)
    assert [rangee.cle for rangee in page.lignes.liste.rangees] == [6]
    assert page.lignes.bouton.texte() == "Inscrire 2\u00a0personnes", "what is hidden is still taken"


def test_a_file_that_is_no_table_is_said_and_the_page_waits_for_another(g: Guichet, fichier: Path) -> None:
    page = ouvrir(g)
    fichier.write_bytes(b"%PDF-1.7")
    g.valider()
    assert "«\u00a0liste.csv\u00a0» n’est pas un tableau." in g.textes()
    haut = page.probleme.heightForWidth(page.probleme.width())
    g.attendre(lambda: page.probleme.height() <= haut + 2)
    assert nom_lu(g.focus) == "Choisir un fichier"
    fichier.write_text("Couleur;Taille\nrouge;12\n")
    g.valider()
    g.valider()
    assert "Aucune colonne ne donne le nom des personnes." in g.textes()
    fichier.write_text(TEXTE, encoding="utf-16")
    page.fichier.autre.click()
    g.calme()
    g.valider()
    assert len(page.lignes.liste.rangees) == 5
    fichier.write_text(TEXTE + "Encore;Une;;\n")
    g.valider()
    assert "«\u00a0liste.csv\u00a0» a changé depuis qu’il a été lu." in g.textes()
    assert noms(g.poste) == {"Dufresnoy"}


def test_another_sheet_is_chosen_on_the_page(g: Guichet, fichier: Path) -> None:
    rangees = [ligne.split(";") for ligne in TEXTE.splitlines()]
    fichier.write_bytes(ods({"Mars": rangees, "Avril": rangees[:2]}))
    page = ouvrir(g)
    g.valider()
    assert page.fichier.feuille.valeur() == "Mars"
    page.fichier.feuille.setFocus()
    g.touche(Qt.Key.Key_Down)
    g.calme()
    g.valider()
    assert [rangee.cle for rangee in page.lignes.liste.rangees] == [2]


def test_a_file_is_dropped_on_the_page(g: Guichet, fichier: Path) -> None:
    page = ouvrir(g)
    contenu = QMimeData()
    contenu.setUrls([QUrl.fromLocalFile(str(fichier))])
    actions, boutons, aucun = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entree = QDragEnterEvent(QPointF(10, 10).toPoint(), actions, contenu, boutons, aucun)
    QApplication.sendEvent(page, entree)
    assert entree.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(10, 10), actions, contenu, boutons, aucun))
    g.calme()
    assert "liste.csv" in g.textes()
    deux = QMimeData()
    deux.setUrls([QUrl.fromLocalFile(str(fichier)), QUrl("https://exemple.fr/liste.csv")])
    refusee = QDragEnterEvent(QPointF(10, 10).toPoint(), actions, deux, boutons, aucun)
    refusee.ignore()
    QApplication.sendEvent(page, refusee)
    assert not refusee.isAccepted()


def test_long_work_shows_its_bar_and_stops_when_asked(
    g: Guichet, fichier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_page, "PAUSE_AVANCEMENT_MS", 0)
    monkeypatch.setattr(service, "PAS", 0.0)
    fichier.write_text("Nom;Prénom\n" + "".join(f"Nom{n};Ana{n}\n" for n in range(20_000)))
    page = ouvrir(g)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(lambda: page.colonnes.isVisible() and not page.travail.en_cours)
    g.touche(Qt.Key.Key_Return, CTRL)
    g.attendre(page.avancement.isVisible)
    assert nom_lu(g.focus) == "Arrêter"
    g.touche(Qt.Key.Key_Space)
    g.calme()
    assert "Arrêté à votre demande." in g.textes()
    assert not page.avancement.isVisible()
    assert page.colonnes.bouton.isEnabled()
    assert noms(g.poste) == {"Dufresnoy"}


def test_an_import_is_taken_back_after_a_question(g: Guichet, fichier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = ouvrir(g)
    for _ in range(3):
        g.valider()
    questions: list[list[str]] = []

    def repondre(dialogue: Dialogue) -> int:
        boutons = [bouton for bouton in dialogue.findChildren(QPushButton) if bouton is not dialogue.sans_risque]
        questions.append([dialogue.windowTitle(), dialogue.sans_risque.text(), *(b.text() for b in boutons)])
        dialogue.deleteLater()
        return int(Dialogue.DialogCode.Accepted if len(questions) > 1 else Dialogue.DialogCode.Rejected)

    monkeypatch.setattr(Dialogue, "exec", repondre)
    page.annuler.click()
    g.calme()
    assert questions == [["Retirer 2\u00a0personnes de ce poste\u00a0?", "Les garder", "Les retirer"]]
    assert noms(g.poste) == {"Dufresnoy", "Delattre", "Carlier"}
    g.valider()
    page = ouvrir(g)
    assert "Aucune n’a encore eu de visite." in g.textes()
    page.retirer.click()
    g.calme()
    assert noms(g.poste) == {"Dufresnoy"}
    assert "2\u00a0fiches sont retirées. Le reste n’a pas changé." in g.textes()
    assert not page.dernier.isVisible()


def test_the_row_of_somebody_erased_is_left_unless_it_is_taken(g: Guichet, poste: Poste, fichier: Path) -> None:
    (servie,) = stockees.recentes(poste.base)
    with poste.base.acte(poste.agent_id) as acte:
        cle = stockees.cle_de(poste.base, servie.personne_id)
        acte.inscrire("personne.effacer", servie.personne_id, {"cle": cle})
    page = ouvrir(g)
    g.valider()
    g.valider()
    lignes = page.lignes
    assert lignes.bouton.text().startswith("Inscrire 3")
    (rang,) = [rang for rang, rangee in enumerate(lignes.liste.rangees) if rangee.badge == "Fiche effacée ici"]
    lignes.liste.avancer(rang)
    assert "a été effacée ici" in lignes.liste.rangees[rang].detail
    assert lignes.bascule.text() == "Prendre cette ligne" and lignes.bascule.isEnabled()
    lignes.bascule.click()
    assert lignes.bascule.text() == "Laisser cette ligne"
    assert lignes.liste.rangees[rang].badge == "À inscrire"
    g.valider()
    assert "Dufresnoy" in {nom.capitalize() for nom in noms(g.poste)}


def test_who_may_take_it_back_is_told_to_who_may_not(
    g: Guichet, poste: Poste, fichier: Path, theme: Theme, taches: TaskRunner, qtbot: QtBot
) -> None:
    ouvrir(g)
    for _ in range(3):
        g.valider()
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    g.contexte.poste.agent_id = agent
    g.valider()
    page = ouvrir(g)
    assert page.dernier.isVisible() and not page.retirer.isVisible()
    dit = "Aucune n’a encore eu de visite. Un responsable du poste, ou Claire Mabille qui les a inscrites, peut les"
    assert page.dernier.suite.text().startswith(dit)


def test_the_answers_are_saved_where_one_says(
    g: Guichet, fichier: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = ouvrir(g)
    g.valider()
    g.valider()
    sortie = tmp_path / "reponses.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(sortie), ""))
    page.lignes.enregistrer.click()
    g.calme()
    assert "Les réponses sont enregistrées, sans aucun nom." in g.textes()
    assert "Delattre" not in sortie.read_text(encoding="utf-8-sig")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "absent" / "x.csv"), ""))
    page.lignes.enregistrer.click()
    g.calme()
    assert "«\u00a0x.csv\u00a0» ne peut pas être écrit." in g.textes()


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_nothing_is_cut_at_either_size(g: Guichet, fichier: Path, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    g.fenetre.resize(1366, 768)
    page = ouvrir(g)
    for _ in range(4):
        g.calme()
        assert rognes(page) == []
        assert debordes(page) == []
        assert anonymes(page) == []
        g.valider()
    assert noms(g.poste) == {"Dufresnoy", "Delattre", "Carlier"}


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_the_next_step_is_in_sight_whatever_the_length_of_the_file(
    g: Guichet, fichier: Path, theme: Theme, echelle: float
) -> None:
    colonnes = [f"Colonne {n}" for n in range(12)]
    rangees = "".join(f"Nom{n};Ana{n};{';'.join('x' * 12)}\n" for n in range(40))
    fichier.write_text(f"Nom;Prénom;{';'.join(colonnes)}\n{rangees}")
    theme.choisir(echelle=echelle)
    g.fenetre.resize(1366, 768)
    page = ouvrir(g)
    for _ in range(4):
        g.calme()
        suite = page.primaire()
        assert suite is not None
        assert suite.visibleRegion().boundingRect() == suite.rect()
        g.valider()
    assert len(noms(g.poste)) == 41
