"""What assistive tools and the keyboard alone are given, read from the tree that Qt gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from passdesk.services.poste import Poste
from passdesk.services.visite import ouvrir_visite
from passdesk.ui.composants import (
    Avis,
    Btn,
    Case,
    ChampRecherche,
    Colonne,
    Combo,
    Field,
    GroupeRadios,
    Liste,
    Radio,
    Rangee,
    TexteElide,
    WrapLabel,
)
from passdesk.ui.composants.annonce import ANNONCE
from passdesk.ui.composants.tour import arrets
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import visite_accord
from tests.ui.acces import inaccessibles, noeuds, nom, sans_clavier, sans_etiquette, sans_nom, sans_ordre
from tests.ui.contrastes import DESSIN, contraste_de_l_anneau
from tests.ui.guichet import Guichet, nom_lu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def montrer(qtbot: QtBot, theme: Theme) -> Callable[..., QWidget]:
    """Shows these widgets one under the other."""

    def poser(*widgets: QWidget) -> QWidget:
        page = QWidget()
        qtbot.addWidget(page)
        colonne = Colonne(theme)
        for widget in widgets:
            colonne.addWidget(widget)
        page.setLayout(colonne)
        with qtbot.waitExposed(page):
            page.show()
        return page

    return poser


def test_what_has_no_name_no_label_or_no_key_is_told(montrer: Callable[..., QWidget], theme: Theme) -> None:
    muet, seul, souris = QPushButton(), QLineEdit(), Btn(theme, "Effacer")
    souris.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page = montrer(Field(theme, "Nom"), muet, seul, souris)
    assert sorted(sans_nom(page)) == ["QLineEdit «  » : sans nom", "QPushButton «  » : sans nom"]
    assert sans_etiquette(page) == ["«  » (QLineEdit) : sans étiquette reliée"]
    assert sans_clavier(page) == ["Btn « Effacer » : hors du clavier"]


def test_tab_that_goes_back_is_told_and_follows_the_layout_whatever_came_first(
    montrer: Callable[..., QWidget], theme: Theme
) -> None:
    rang, page = QWidget(), montrer(Btn(theme, "Premier"))
    mise, tard = QHBoxLayout(rang), [Btn(theme, mot) for mot in ("Troisième", "Deuxième")]
    mise.addWidget(tard[0])
    mise.insertWidget(0, tard[1])
    colonne = page.layout()
    assert isinstance(colonne, QBoxLayout)
    colonne.addWidget(rang)
    QApplication.processEvents()
    assert [nom_lu(arret) for arret in arrets(page)] == ["Premier", "Deuxième", "Troisième"]
    assert sans_ordre(page) == []
    mise.setDirection(QHBoxLayout.Direction.RightToLeft)
    QApplication.processEvents()
    assert [nom_lu(arret) for arret in arrets(page)] == ["Premier", "Troisième", "Deuxième"]
    colonne.addWidget(Btn(theme, "Dernier"))
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert len(sans_ordre(page)) == 1, "painted the other way round, and no stop followed"


def test_where_tab_goes_is_found_without_looking_into_the_words(
    montrer: Callable[..., QWidget], theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PySide makes half of Qt's types when it meets what Qt keeps there: the window stops for the first Tab."""
    monkeypatch.setattr(WrapLabel, "children", lambda mots: pytest.fail(mots.text()))
    page = montrer(Btn(theme, "Premier"), WrapLabel("Deux mots", "body"), Btn(theme, "Deuxième"))
    assert [nom_lu(arret) for arret in arrets(page)] == ["Premier", "Deuxième"]


def test_a_list_is_read_with_what_it_is_for_and_not_only_its_present_choice(
    montrer: Callable[..., QWidget], theme: Theme
) -> None:
    liste, recherche = Combo(theme, [("a", "Tous les carnets")], "Carnets montrés"), ChampRecherche(theme, "Chercher")
    champ = Field(theme, "Durée", saisie=Combo(theme, [(5, "5 minutes")], "Durée"))
    page = montrer(liste, recherche, champ)
    relies = {w: QAccessible.queryAccessibleInterface(w).relations() for w in (liste, recherche, champ.saisie)}
    assert [[nom(de) for de, _ in liens] for liens in relies.values()] == [["Carnets montrés"], ["Chercher"], ["Durée"]]
    assert inaccessibles(page) == []


def test_rows_are_read_with_their_tick_and_what_changes_state_says_it(
    montrer: Callable[..., QWidget], theme: Theme
) -> None:
    liste, case, eteint = Liste(theme, "Pièces"), Case(theme, "Vue"), Btn(theme, "Plus tard")
    liste.montrer([Rangee(1, "Un", "détail", cochee=True), Rangee(2, "Deux")])
    case.setChecked(True)
    eteint.setEnabled(False)
    faute = Field(theme, "Naissance")
    faute.set_message("Février n’a pas de 31.")
    page = montrer(liste, case, eteint, faute)
    lus = {nom(noeud): noeud for noeud in noeuds(page)}
    assert lus["Un, détail, coché"].role() == QAccessible.Role.ListItem
    assert [nom(lus["Pièces"].child(rang)) for rang in (0, 1)] == ["Un, détail, coché", "Deux"]
    assert lus["Vue"].state().checked == 1
    assert lus["Plus tard"].state().disabled == 1
    saisie = QAccessible.queryAccessibleInterface(faute.saisie)
    assert saisie.text(QAccessible.Text.Description) == "À corriger\u00a0: Février n’a pas de 31."
    faute.set_message("Ce mois est loin.", "doute")
    assert saisie.text(QAccessible.Text.Description) == "Ce mois est loin."


def basculer(bouton: QAbstractButton) -> None:
    """What Qt does of the first action that it offers an assistive tool: what keeps a state is turned over."""
    if bouton.isCheckable():
        bouton.toggle()
    else:
        bouton.click()


def test_what_an_assistive_tool_turns_over_is_pressed_once_and_what_the_program_sets_is_not(
    montrer: Callable[..., QWidget], theme: Theme
) -> None:
    case, un, deux = Case(theme, "Vue"), Radio(theme, "Oui"), Radio(theme, "Non")
    page = montrer(case, un, deux)
    groupe, dits = GroupeRadios(page), list[object]()
    groupe.ajouter(un, "oui")
    groupe.ajouter(deux, "non")
    groupe.choisi.connect(dits.append)
    case.clicked.connect(lambda oui: dits.append(oui))
    basculer(case)
    basculer(case)
    basculer(un)
    basculer(deux)
    assert dits == [True, False, "oui", "non"] and groupe.valeur() == "non"
    dits.clear()
    un.click()
    QTest.keyClick(deux, Qt.Key.Key_Space)
    case.click()
    QTest.mouseClick(case, Qt.MouseButton.LeftButton)
    assert dits == ["oui", "non", True, False], "pressed by hand, said once"
    dits.clear()
    groupe.set_valeur("oui")
    groupe.set_valeur(None)
    case.setChecked(True)
    assert dits == []


def test_a_place_and_an_answer_are_reached_by_what_an_assistive_tool_presses(g: Guichet, poste: Poste) -> None:
    navigation = g.bureau.navigation
    assert [lien.accessibleDescription() for lien in navigation.lieux.values() if lien.ici()] == ["page affichée"]
    basculer(navigation.lieux["personnes"])
    g.attendre(lambda: g.page.cle == "personnes")
    assert navigation.lieux["personnes"].accessibleDescription() == "page affichée"
    g.bureau.nouvelle_visite()
    g.calme()
    page = g.page
    assert isinstance(page, PageVisite)
    situation = page.findChildren(Radio)[0]
    basculer(situation)
    g.calme()
    assert situation.isChecked() and page.en_cours.brouillon.public is not None


def test_a_text_that_is_cut_is_read_whole_and_once(montrer: Callable[..., QWidget], theme: Theme) -> None:
    texte = TexteElide(theme, "Maison de l’Exemple, Avesnois-sur-Helpe")
    page = montrer(texte)
    lu = QAccessible.queryAccessibleInterface(texte)
    assert lu.role() == QAccessible.Role.StaticText and nom(lu) == texte.text()
    assert lu.text(QAccessible.Text.Description) == ""
    page.setFixedWidth(theme.px(90))
    QApplication.processEvents()
    assert lu.text(QAccessible.Text.Description) == texte.text(), "the whole of it under the pointer"


def test_what_changes_away_from_the_keyboard_is_said_once(montrer: Callable[..., QWidget], theme: Theme) -> None:
    champ, avis = Field(theme, "Naissance"), Avis(theme)
    page = montrer(champ, avis)
    champ.set_message("Février n’a pas de 31.")
    assert page.property(ANNONCE) == "Naissance. Février n’a pas de 31."
    page.setProperty(ANNONCE, None)
    champ.set_message("Février n’a pas de 31.")
    champ.set_message("")
    assert page.property(ANNONCE) is None, "nothing new to say"
    avis.dire("C’est gardé.")
    assert page.property(ANNONCE) == "C’est gardé."


def test_the_right_is_said_when_it_changes_and_not_at_each_letter(g: Guichet, poste: Poste) -> None:
    page = g.visite(replace(visite_accord(poste), accompagnement=None, prescripteur=None))
    page.demande.accompagnement.choisi.emit(False)
    g.calme()
    assert g.fenetre.property(ANNONCE) == "Un carnet de\u00a05. 5\u00a0pass de 10\u00a0€, soit 50\u00a0€"
    g.fenetre.setProperty(ANNONCE, None)
    page.personne.replier(False)
    page.personne.champs["telephone"].saisie.setFocus()
    g.frapper("0639980012")
    g.calme()
    assert g.fenetre.property(ANNONCE) is None


LIEUX = ("aujourdhui", "personnes", "carnets", "a-verifier", "reglages", "lieux")


def tour(g: Guichet) -> set[QWidget]:
    """The stops of Tab from where the keyboard is back to there, each with its ring in sight."""
    depart, vus = g.focus, list[QWidget]()
    while g.focus not in vus:
        vus.append(g.focus)
        g.attendre(lambda: g.fenetre.anneau.posee)
        anneau, cible = g.fenetre.anneau, g.focus
        assert anneau.isVisible(), f"no ring round « {nom_lu(cible)} »"
        assert anneau.cible is (getattr(cible, "cible_anneau", None) or cible)
        vu = contraste_de_l_anneau(anneau, g.fenetre.grab().toImage(), g.theme)
        assert vu >= DESSIN, f"« {nom_lu(cible)} » {anneau.geometry()} {vu:.1f}"
        g.tabuler()
        g.calme()
    assert g.focus is depart, f"Tab never comes back to « {nom_lu(depart)} »"
    return set(vus)


@pytest.mark.parametrize(("mode", "echelle"), [("clair", 1.0), ("contraste", 2.0)])
def test_the_ring_is_seen_round_every_stop_of_every_place(g: Guichet, poste: Poste, mode: str, echelle: float) -> None:
    g.theme.choisir(mode=mode, echelle=echelle)
    saisi = replace(visite_accord(poste), nom_naissance="Ringuet")
    pages = [lambda cle=cle: g.bureau.montrer_lieu(cle) for cle in LIEUX]
    for ouvrir in (*pages, lambda: g.visite(saisi), lambda: g.visite(ouvrir_visite(poste))):
        ouvrir()
        g.calme()
        vus = tour(g)
        if not set(arrets(g.fenetre)) <= vus:
            # A field passed over and left empty offers one more stop behind the keyboard: the way round meets it.
            vus |= tour(g)
        assert set(arrets(g.fenetre)) <= vus


def test_a_row_that_an_assistive_tool_selects_is_arrived_at_and_pressed(
    montrer: Callable[..., QWidget], theme: Theme
) -> None:
    liste = Liste(theme, "Pièces")
    liste.montrer([Rangee(1, "Un"), Rangee(2, "Deux"), Rangee(3, "Trois")])
    page = montrer(liste)
    QApplication.processEvents()
    dits: list[tuple[str, object]] = []
    liste.choisie.connect(lambda cle: dits.append(("choisie", cle)))
    liste.ouverte.connect(lambda cle: dits.append(("ouverte", cle)))
    # What Qt does of the action of a row, "Toggle".
    choix = liste.selectionModel()
    choix.select(liste.model().index(1, 0), choix.SelectionFlag.ClearAndSelect)
    QApplication.processEvents()
    assert dits == [("choisie", 2), ("ouverte", 2)] and liste.cle() == 2
    dits.clear()
    liste.avancer(1)
    liste.choisir(1)
    QTest.keyClick(liste, Qt.Key.Key_Down)
    QTest.mouseClick(
        liste.viewport(), Qt.MouseButton.LeftButton, pos=liste.visualRect(liste.model().index(2, 0)).center()
    )
    QApplication.processEvents()
    assert dits == [("choisie", 3), ("choisie", 1), ("choisie", 2), ("choisie", 3), ("ouverte", 3)]
    assert page.isVisible()
