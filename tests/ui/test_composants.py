"""The components as a person meets them: seen whole, named, reached by the keyboard, ringed when focused."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from passdesk.ui.composants import (
    Badge,
    Banner,
    Btn,
    Card,
    Case,
    Colonne,
    Combo,
    Defilement,
    Dialogue,
    EmptyState,
    Field,
    Flux,
    FocusRing,
    Gras,
    GroupeRadios,
    Ligne,
    Liste,
    ProgressStrip,
    PuceTouche,
    Radio,
    Rangee,
    Rangs,
    Texte,
    TexteElide,
    Titre,
    Tuile,
    Verdict,
    WrapLabel,
    sequences,
)
from passdesk.ui.composants.anneau import SOUS_LE_BORD
from passdesk.ui.composants.textes import accompagner
from passdesk.ui.theme import Theme
from tests.ui.mesures import hors_de_vue, rognes

NOM_LONG = "Anne-Sophie de La Rochefoucauld-Montmorency & Wattrelos-Saint-Amand"


class Galerie(QMainWindow):
    """Every component, in three cards of a page that scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        colonne = Colonne(theme, ecart=16, marges=(24, 16, 24, 16))
        for carte in (self._boutons(theme), self._champs(theme), self._blocs(theme)):
            colonne.addWidget(carte)
        contenu = QWidget()
        contenu.setLayout(colonne)
        self.setCentralWidget(Defilement(contenu))
        self.anneau = FocusRing(self, theme)

    def _boutons(self, theme: Theme) -> Card:
        carte = Card(theme, "Boutons", "quatre sortes")
        self.primaire = Btn(theme, "Attribuer", genre="primaire", icone_nom="printer", touche="Ctrl+Entrée")
        self.danger = Btn(theme, "Annuler ce carnet", genre="danger", icone_nom="ban")
        ligne = Ligne(theme, ecart=12)
        for bouton in (self.primaire, Btn(theme, "Plus tard"), self.danger, Btn(theme, "Voir", genre="discret")):
            ligne.addWidget(bouton)
        ligne.addStretch(1)
        carte.corps.addLayout(ligne)
        return carte

    def _champs(self, theme: Theme) -> Card:
        carte = Card(theme, "Champs")
        self.nom = Field(theme, "&Nom de naissance", facultatif=True)
        self.nom.set_texte(NOM_LONG)
        self.date = Field(theme, "&Daté du", indication="jour, mois, année", exemple="jj/mm/aaaa")
        self.date.set_message("Février n’a pas de 31. Vérifiez le jour sur la pièce d’identité, puis recommencez.")
        self.par = Combo(theme, [("fs", "France Services"), ("ml", "Mission locale")], "Prescripteur")
        verdict = Verdict(theme)
        verdict.set_verdict("Moins de 3 mois", "ok", "check")
        for widget in (self.nom, self.date, self.par, verdict):
            carte.corps.addWidget(widget)
        self.groupe = GroupeRadios(carte)
        for valeur in ("oui", "non"):
            radio = Radio(theme, valeur.capitalize())
            self.groupe.ajouter(radio, valeur)
            carte.corps.addWidget(radio)
        carte.corps.addWidget(Case(theme, "Montrer la phrase"))
        self.sorties = GroupeRadios(carte)
        self.tuiles = [
            Tuile(theme, "Tout est sorti", "Couverture et 2 feuilles, bien lisibles.", "1"),
            Tuile(theme, "Rien n’est sorti", "Le même carnet repart, mêmes numéros.", "2"),
        ]
        for rang, tuile in enumerate(self.tuiles):
            self.sorties.ajouter(tuile.radio, rang)
            carte.corps.addWidget(tuile)
        return carte

    def _blocs(self, theme: Theme) -> Card:
        carte = Card(theme, "Blocs")
        suite = "Le carnet est gardé, rien n’est compté. Vérifiez le câble et le papier."
        carte.corps.addWidget(
            Banner(theme, "warn", "printer", "L’imprimante ne répond pas", suite, Btn(theme, "Encore"))
        )
        carte.corps.addWidget(Badge(theme, "À compléter", "warn", "hourglass"))
        carte.corps.addWidget(EmptyState(theme, "users", "Personne ne s’appelle ainsi", "Essayez le début du nom."))
        self.phrase = WrapLabel()
        self.phrase.set_phrase(Gras("<i>Nguyễn</i> & fils"), " : une fiche ressemble à celle-ci, vérifiez la date.")
        carte.corps.addWidget(self.phrase)
        attente = ProgressStrip(theme, arretable=True)
        carte.corps.addWidget(attente)
        attente.montrer("Préparation des feuilles", 2, 5)
        return carte


@pytest.fixture
def galerie(qtbot: QtBot, theme: Theme) -> Galerie:
    galerie = Galerie(theme)
    qtbot.addWidget(galerie)
    theme.habiller(galerie)
    galerie.resize(900, 700)
    with qtbot.waitExposed(galerie):
        galerie.show()
    galerie.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is galerie)
    return galerie


def coupes(racine: QWidget) -> list[str]:
    """The visible texts that have less room than they ask for."""
    trouves = []
    for widget in racine.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton) or isinstance(widget, TexteElide):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            assez = widget.height() >= widget.heightForWidth(widget.width())
        else:
            assez = widget.width() >= widget.sizeHint().width() and widget.height() >= widget.sizeHint().height()
        if not assez and widget.accessibleName() + getattr(widget, "text", str)():
            trouves.append(f"{type(widget).__name__} {widget.accessibleName() or widget.text()!r} {widget.size()}")
    return trouves


def anonymes(racine: QWidget) -> list[str]:
    """The widgets that the keyboard reaches and that have no name."""
    return [
        type(w).__name__
        for w in racine.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and not w.accessibleName()
    ]


@pytest.mark.parametrize("mode", ["clair", "contraste"])
@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_no_text_is_clipped(qtbot: QtBot, theme: Theme, galerie: Galerie, mode: str, echelle: float) -> None:
    theme.choisir(mode=mode, echelle=echelle)
    galerie.resize(1366, 768)
    qtbot.waitUntil(lambda: coupes(galerie) == [])


def test_a_long_sentence_in_nested_rows_claims_all_its_lines(qtbot: QtBot, theme: Theme) -> None:
    """Qt lets the lines of a wrapped label overlap when layouts are nested and room is short (guide §10.1)."""
    phrase = WrapLabel("Février n’a pas de 31. Vérifiez le jour sur la pièce d’identité, puis recommencez.", "small")
    rangee = Ligne(theme)
    rangee.addWidget(Badge(theme, "À compléter", "warn", "hourglass"))
    rangee.addWidget(phrase, 1)
    bloc = QWidget()
    bloc.setLayout(rangee)
    page = QWidget()
    colonne = Colonne(theme)
    colonne.addWidget(bloc)
    colonne.addWidget(Texte("Suite"))
    page.setLayout(colonne)
    qtbot.addWidget(page)
    theme.habiller(page)
    page.resize(320, 40)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: page.minimumSizeHint().height() >= phrase.heightForWidth(phrase.width()))
    assert phrase.heightForWidth(phrase.width()) > 3 * 15
    qtbot.waitUntil(lambda: coupes(page) == [])


def test_a_sentence_gives_back_the_lines_it_no_longer_needs(qtbot: QtBot, theme: Theme) -> None:
    phrase = WrapLabel("Février n’a pas de 31. Vérifiez le jour sur la pièce d’identité.", "small")
    page = QWidget()
    colonne = Colonne(theme)
    colonne.addWidget(phrase)
    colonne.addStretch(1)
    page.setLayout(colonne)
    qtbot.addWidget(page)
    theme.habiller(page)
    page.resize(90, 400)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: phrase.height() > 60)
    page.resize(900, 400)
    qtbot.waitUntil(lambda: phrase.height() < 30)


@pytest.mark.parametrize(
    ("dit", "montre"),
    [
        ("L’âge compte au jour d’arrivée de la demande.", "L’âge compte au jour d’arrivée de_la_demande."),
        ("Gardez ce papier, puis recommencez.", "Gardez ce papier, puis_recommencez."),
        ("Vérifiez la date, puis recommencez ici", "Vérifiez la date, puis recommencez_ici"),
        (
            "Mise à part le 25 novembre 2026, le temps de vérifier",
            "Mise à part le 25 novembre_2026, le temps_de_vérifier",
        ),
        ("Une phrase assez longue, anticonstitutionnellement oui", None),
        ("Liste du 2 novembre 2026, il y a 23 jours", "Liste du 2 novembre_2026, il_y_a_23_jours"),
        ("Carnets au poste", None),
        ("", None),
    ],
)
def test_no_short_word_is_alone_on_the_last_line(dit: str, montre: str | None) -> None:
    assert accompagner(dit).replace("\u00a0", "_") == (montre or dit)


def test_what_keeps_words_together_is_for_the_eye_alone(qtbot: QtBot, theme: Theme) -> None:
    phrase = WrapLabel("L’âge compte au jour d’arrivée de la demande.", "small")
    qtbot.addWidget(phrase)
    assert phrase.text() == "L’âge compte au jour d’arrivée de la demande."
    phrase.set_phrase(Gras("L’âge"), " compte au jour d’arrivée de ", Gras("la demande."))
    assert phrase.text() == "<b>L’âge</b> compte au jour d’arrivée de <b>la demande.</b>"
    assert QLabel.text(phrase) == "<b>L’âge</b> compte au jour d’arrivée de\u00a0<b>la\u00a0demande.</b>"
    assert phrase.accessibleName() == "L’âge compte au jour d’arrivée de la demande."


def test_every_reachable_widget_has_a_name(galerie: Galerie) -> None:
    assert anonymes(galerie) == []
    assert galerie.nom.saisie.accessibleName() == "Nom de naissance, facultatif"
    assert galerie.date.saisie.accessibleDescription().startswith("À corriger\u00a0: Février n’a pas de 31.")


def test_tab_reaches_everything_and_comes_round(qtbot: QtBot, galerie: Galerie) -> None:
    galerie.primaire.setFocus()
    vus: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in vus:
        vus.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    attendus = {
        w
        for w in galerie.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit | QComboBox) and w.isVisible() and not isinstance(w, Radio)
    }
    assert attendus <= set(vus)
    assert sum(isinstance(w, Radio) for w in vus) == 2, "one stop for each question"


def test_the_focus_ring_stands_outside_and_follows_the_scroll(qtbot: QtBot, theme: Theme, galerie: Galerie) -> None:
    focus = QColor(theme.jetons.focus)
    for widget in (galerie.primaire, galerie.nom.saisie, galerie.danger):
        widget.setFocus()
        qtbot.waitUntil(partial(_entoure, galerie, widget, focus.name()))
    galerie.tuiles[1].radio.setFocus()
    qtbot.waitUntil(lambda: galerie.anneau.cible is galerie.tuiles[1])
    qtbot.waitUntil(lambda: galerie.anneau.posee)
    barre = galerie.centralWidget().verticalScrollBar()  # type: ignore[union-attr]
    avant = galerie.anneau.y()
    barre.setValue(barre.value() + 20)
    assert not galerie.anneau.en_place
    qtbot.waitUntil(lambda: galerie.anneau.y() == avant - 20)
    assert galerie.anneau.en_place
    theme.choisir(echelle=2.0)
    assert galerie.anneau.epaisseur() == 4
    qtbot.waitUntil(lambda: hors_de_vue(galerie) == [], timeout=60_000)


def test_the_focus_ring_is_placed_once_however_much_moves(
    qtbot: QtBot, galerie: Galerie, monkeypatch: pytest.MonkeyPatch
) -> None:
    galerie.danger.setFocus()
    qtbot.waitUntil(lambda: galerie.anneau.cible is galerie.danger and galerie.anneau.posee)
    placer, places = FocusRing._placer, []
    monkeypatch.setattr(FocusRing, "_placer", lambda anneau: (places.append(galerie.danger.x()), placer(anneau)))
    avant = galerie.anneau.x()
    for _ in range(20):
        galerie.danger.move(galerie.danger.x() + 1, galerie.danger.y())
    qtbot.waitUntil(lambda: galerie.anneau.x() == avant + 20)
    assert places == [galerie.danger.x()]


def test_a_name_from_right_to_left_does_not_turn_its_line_around(qtbot: QtBot, theme: Theme) -> None:
    ligne = WrapLabel("محمد · carnet de 10")
    qtbot.addWidget(ligne)
    theme.habiller(ligne)
    ligne.resize(600, 40)
    ligne.show()
    qtbot.waitExposed(ligne)
    image = ligne.grab().toImage()
    fond = image.pixelColor(0, 0)
    encre = [x for x in range(image.width()) if any(image.pixelColor(x, y) != fond for y in range(image.height()))]
    assert encre and encre[0] < 20 and encre[-1] < 400, "it begins at the left, as the others do"
    ligne.setText("carnet de 10 · محمد")
    assert ligne.text() == "carnet de 10 · محمد"


def test_of_a_list_the_ring_is_round_its_current_row(qtbot: QtBot, theme: Theme) -> None:
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    theme.habiller(fenetre)
    liste = Liste(theme, "Essai")
    colonne = QVBoxLayout(fenetre)
    colonne.addWidget(liste)
    anneau = FocusRing(fenetre, theme)
    liste.montrer([Rangee(rang, f"Ligne {rang}") for rang in range(30)])
    fenetre.resize(400, 300)
    fenetre.show()
    qtbot.waitExposed(fenetre)
    liste.setFocus()
    qtbot.waitUntil(lambda: anneau.isVisible() and anneau.height() < liste.height() / 2)
    haut = anneau.y()
    QTest.keyClick(liste, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: anneau.y() > haut)
    QTest.keyClick(liste, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: anneau.geometry().bottom() > liste.geometry().bottom() - anneau.height())
    assert anneau.height() < liste.height() / 2
    liste.montrer([])
    qtbot.waitUntil(lambda: anneau.height() > liste.height())


def test_une_question_plus_haute_que_la_place_se_lit_de_son_debut(galerie: Galerie, qtbot: QtBot) -> None:
    """What is read with a button begins with its first word, as long as the button stays in sight."""
    galerie.resize(700, 400)
    carte = galerie.danger.parentWidget()
    zone = galerie.centralWidget()
    assert carte is not None and isinstance(zone, QScrollArea)
    carte.setMinimumHeight(zone.viewport().height())
    galerie.danger.bloc_a_voir = carte  # type: ignore[attr-defined]
    zone.verticalScrollBar().setValue(zone.verticalScrollBar().maximum())
    galerie.danger.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: galerie.anneau.cible is galerie.danger and galerie.anneau.posee)
    assert carte.mapTo(zone.viewport(), QPoint(0, 0)).y() == SOUS_LE_BORD, "room for the ring of what it begins by"


def _entoure(galerie: Galerie, widget: QWidget, couleur: str) -> bool:
    return galerie.anneau.cible is widget and _pixel_hors(galerie, widget) == couleur


def _pixel_hors(galerie: Galerie, widget: QWidget) -> str:
    """The colour 4 px left of the widget's left side, half-way down: in the middle of the ring."""
    image = galerie.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return image.pixelColor(widget.mapTo(galerie, QPoint(-4, widget.height() // 2))).name()


def test_a_block_read_together_stays_whole_when_a_title_is_brought_back_above_it(qtbot: QtBot, theme: Theme) -> None:
    colonne, bas = Colonne(theme, ecart=8), Colonne(theme, ecart=8)
    for rang in range(6):
        colonne.addWidget(Texte(f"Titre {rang}", "headline"))
    bloc, boutons = QWidget(), [Btn(theme, "Choisir"), Btn(theme, "Enregistrer")]
    for bouton in boutons:
        bas.addWidget(bouton)
    bloc.setLayout(bas)
    boutons[0].bloc_a_voir = bloc  # type: ignore[attr-defined]
    colonne.addWidget(bloc)
    colonne.addWidget(Texte("La suite", "headline"))
    colonne.addWidget(Texte("Encore", "headline"))
    contenu, fenetre = QWidget(), QMainWindow()
    contenu.setLayout(colonne)
    zone = Defilement(contenu)
    fenetre.setCentralWidget(zone)
    anneau = FocusRing(fenetre, theme)
    qtbot.addWidget(fenetre)
    theme.habiller(fenetre)
    fenetre.show()
    fenetre.activateWindow()
    for hauteur in range(170, 230, 8):
        fenetre.resize(400, hauteur)
        zone.verticalScrollBar().setValue(0)
        boutons[1].setFocus()
        boutons[0].setFocus()
        qtbot.waitUntil(lambda: anneau.cible is boutons[0] and anneau.posee)
        for bouton in boutons:
            assert bouton.visibleRegion().boundingRect() == bouton.rect(), (hauteur, bouton.texte())


def test_what_tab_brings_into_sight_leaves_no_title_without_its_head(qtbot: QtBot, theme: Theme) -> None:
    colonne = Colonne(theme, ecart=8)
    titres = [Texte(f"Titre {rang}", "headline") for rang in range(9)]
    boutons = [Btn(theme, f"Faire {rang}") for rang in range(9)]
    for titre, bouton in zip(titres, boutons, strict=True):
        colonne.addWidget(titre)
        colonne.addWidget(bouton)
    contenu = QWidget()
    contenu.setLayout(colonne)
    fenetre = QMainWindow()
    zone = Defilement(contenu)
    fenetre.setCentralWidget(zone)
    anneau = FocusRing(fenetre, theme)
    qtbot.addWidget(fenetre)
    theme.habiller(fenetre)
    fenetre.resize(400, 190)
    fenetre.show()
    fenetre.activateWindow()
    vues = []
    for bouton in (*boutons, *reversed(boutons)):
        bouton.setFocus()
        qtbot.waitUntil(lambda b=bouton: anneau.cible is b and anneau.posee)  # type: ignore[misc]
        assert hors_de_vue(fenetre) == []
        bord = zone.verticalScrollBar().value()
        vues.append(bord)
        if bord < zone.verticalScrollBar().maximum():  # at the very end there is no choice left
            assert [t.text() for t in (*titres, *boutons) if t.y() < bord < t.y() + t.height()] == []
    assert len(set(vues)) > 4, "it did scroll"


def test_the_ring_leaves_with_its_widget(qtbot: QtBot, galerie: Galerie) -> None:
    galerie.danger.setFocus()
    qtbot.waitUntil(lambda: galerie.anneau.cible is galerie.danger)
    galerie.danger.hide()
    qtbot.waitUntil(lambda: galerie.anneau.cible is not galerie.danger or not galerie.anneau.isVisible())


class Eclairs(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.vus: list[str] = []

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(objet, QWidget) and objet.isWindow():
            self.vus.append(type(objet).__name__)
        return False


def test_building_a_page_flashes_no_window(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    eclairs = Eclairs()
    avant = set(qapp.topLevelWidgets())
    qapp.installEventFilter(eclairs)
    galerie = Galerie(theme)
    qapp.removeEventFilter(eclairs)
    qtbot.addWidget(galerie)
    theme.habiller(galerie)
    assert eclairs.vus == []
    orphelins = set(qapp.topLevelWidgets()) - avant - {galerie}
    assert {type(w) for w in orphelins} <= {QFrame}, "the popup of a list, nothing else"


def test_icon_and_key_have_their_place_in_the_button(theme: Theme) -> None:
    nu = Btn(theme, "Attribuer", genre="primaire").sizeHint().width()
    avec_touche = Btn(theme, "Attribuer", genre="primaire", touche="Ctrl+Entrée")
    avec_tout = Btn(theme, "Attribuer", genre="primaire", touche="Ctrl+Entrée", icone_nom="printer")
    mots = QFontMetricsF(theme.police("key")).horizontalAdvance("Ctrl+Entrée")
    assert avec_touche.sizeHint().width() >= nu + mots + 12
    assert avec_tout.minimumSizeHint().width() >= avec_touche.sizeHint().width() + 20
    avec_tout.montrer_touche(False)
    assert avec_tout.sizeHint().width() < avec_touche.sizeHint().width()


def test_keys_hidden_leave_no_chip_on_buttons_nor_tiles(qtbot: QtBot, theme: Theme) -> None:
    nu = Btn(theme, "Attribuer")
    bouton = Btn(theme, "Attribuer", touche="Ctrl+Entrée")
    tuile = Tuile(theme, "Tout est sorti", "Couverture et 2 feuilles.", "1")
    qtbot.addWidget(tuile)
    theme.habiller(tuile)
    tuile.show()
    puce = tuile.findChild(PuceTouche)
    assert isinstance(puce, PuceTouche) and puce.isVisible()
    theme.choisir(raccourcis=False)
    assert bouton.sizeHint() == nu.sizeHint() and not puce.isVisible()
    neuve = Tuile(theme, "Rien n’est sorti", "Le même carnet repart.", "2")
    qtbot.addWidget(neuve)
    theme.habiller(neuve)
    neuve.show()
    assert not [p for p in neuve.findChildren(PuceTouche) if p.isVisible()]
    theme.choisir(raccourcis=True)
    assert bouton.sizeHint().width() > nu.sizeHint().width() and puce.isVisible()


def test_a_button_is_clicked_by_the_key_it_shows(qtbot: QtBot, galerie: Galerie) -> None:
    for touche in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(galerie.primaire.clicked):
            QTest.keyClick(galerie, touche, Qt.KeyboardModifier.ControlModifier)
    galerie.primaire.setEnabled(False)
    with qtbot.assertNotEmitted(galerie.primaire.clicked):
        QTest.keyClick(galerie, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("genre", ["bouton", "champ", "liste", "radio", "case"])
def test_what_does_not_answer_is_seen_so_where_all_is_black(qtbot: QtBot, theme: Theme, genre: str) -> None:
    """Its outline is broken, that of one that answers is not."""
    theme.choisir(mode="contraste")
    cree: dict[str, Callable[[], QWidget]] = {
        "bouton": lambda: Btn(theme, "Noter sans imprimer"),
        "champ": QLineEdit,
        "liste": lambda: Combo(theme, [("fs", "France Services")], "Prescripteur"),
        "radio": lambda: Radio(theme, "Non"),
        "case": lambda: Case(theme, "Vue"),
    }
    widget = cree[genre]()
    qtbot.addWidget(widget)
    theme.habiller(widget)
    widget.show()
    plein, rompu = (_bord_peint(widget, actif) for actif in (True, False))
    assert 0.3 * plein < rompu < 0.85 * plein


def _bord_peint(widget: QWidget, actif: bool) -> int:
    """Pixels lit in the mark of a radio or a tick, in the top side of anything else."""
    widget.setEnabled(actif)
    image = widget.grab().toImage()
    marque = isinstance(widget, Radio | Case)
    largeur, hauteur = (22, widget.height()) if marque else (widget.width() - 24, 2)
    gauche = 0 if marque else 12
    return sum(image.pixelColor(gauche + x, y).lightness() > 100 for x in range(largeur) for y in range(hauteur))


@pytest.mark.parametrize("touche", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_as_space_does_once(qtbot: QtBot, theme: Theme, touche: Qt.Key) -> None:
    bouton = Btn(theme, "Modifier la fiche", genre="discret")
    qtbot.addWidget(bouton)
    theme.habiller(bouton)
    presses: list[bool] = []
    bouton.clicked.connect(lambda: presses.append(True))
    qtbot.keyClick(bouton, touche)
    assert len(presses) == 1
    tenue = QKeyEvent(QEvent.Type.KeyPress, touche, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(bouton, tenue)
    assert len(presses) == 1, "held down, it does not act again"


@pytest.mark.parametrize("touche", ["Ctrl+Entrée", "Ctrl+M", "1"])
def test_a_shortcut_held_down_acts_once(qtbot: QtBot, theme: Theme, touche: str) -> None:
    """A slow hand on Ctrl+Enter went from "everything came out" to the hand-over, recorded it, and closed the visit."""
    bouton = Btn(theme, "Passer à la remise", touche=touche)
    qtbot.addWidget(bouton)
    theme.habiller(bouton)
    raccourcis = bouton.findChildren(QShortcut)
    assert raccourcis and not any(raccourci.autoRepeat() for raccourci in raccourcis)


def test_digits_answer_on_both_keyboards_but_stay_letters_in_a_field(qtbot: QtBot, galerie: Galerie) -> None:
    galerie.danger.setFocus()
    QTest.keyClick(galerie, Qt.Key.Key_2)
    assert galerie.sorties.valeur() == 1
    QTest.keyClick(galerie, Qt.Key.Key_Ampersand)
    assert galerie.sorties.valeur() == 0
    galerie.date.saisie.setFocus()
    QTest.keyClicks(galerie.date.saisie, "2")
    assert galerie.sorties.valeur() == 0
    assert galerie.date.texte() == "2"


@pytest.mark.parametrize(
    ("touche", "attendues"),
    [
        ("Ctrl+Entrée", ("Ctrl+Return", "Ctrl+Enter")),
        ("Alt+1", ("Alt+1", "Alt+&")),
        ("Alt+2", ("Alt+2", "Alt+É")),
        ("4", ("4", "'")),
        ("Ctrl+0", ("Ctrl+0", "Ctrl+À")),
        ("Ctrl++", ("Ctrl++", "Ctrl+=")),
        ("Ctrl+-", ("Ctrl+-",)),
        ("Maj+F6", ("Shift+F6",)),
        ("Échap", ("Esc",)),
        ("Ctrl+N", ("Ctrl+N",)),
    ],
)
def test_a_key_is_bound_as_it_is_printed_and_as_azerty_sends_it(touche: str, attendues: tuple[str, ...]) -> None:
    assert sequences(touche) == attendues


def test_alt_letter_goes_to_the_field_and_is_underlined_only_when_asked(qtbot: QtBot, galerie: Galerie) -> None:
    assert galerie.nom.etiquette.text() == "Nom de naissance"
    QTest.keyClick(galerie, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is galerie.date.saisie
    sans = galerie.nom.etiquette.grab().toImage()
    galerie.nom.etiquette.souligner(True)
    assert galerie.nom.etiquette.grab().toImage() != sans


def test_names_are_data_never_markup(galerie: Galerie) -> None:
    assert Texte("<b>Lê</b>").textFormat() is Qt.TextFormat.PlainText
    assert "&lt;i&gt;" in galerie.phrase.text()
    assert galerie.phrase.accessibleName().startswith("<i>Nguyễn</i> & fils : ")
    bouton = Btn(Theme("clair"), f"Inscrire {NOM_LONG}")
    assert bouton.accessibleName() == f"Inscrire {NOM_LONG}"
    assert "&&" in bouton.text(), "an ampersand of a name is no mnemonic"


def test_a_field_says_how_to_mend_then_forgets(galerie: Galerie) -> None:
    assert galerie.date.message().startswith("Février")
    galerie.date.set_message("")
    assert galerie.date.saisie.property("etat") == ""
    galerie.date.set_message("Plus de 3 mois.", "doute")
    assert galerie.date.saisie.property("etat") == "doute"


def test_a_field_tells_only_what_is_typed_by_hand(qtbot: QtBot, galerie: Galerie) -> None:
    with qtbot.assertNotEmitted(galerie.nom.modifie):
        galerie.nom.set_texte("Lê")
    with qtbot.waitSignal(galerie.nom.modifie):
        QTest.keyClicks(galerie.nom.saisie, "s")


def test_a_question_can_be_left_without_an_answer(qtbot: QtBot, galerie: Galerie) -> None:
    assert galerie.groupe.valeur() is None
    galerie.groupe.set_valeur("non")
    assert galerie.groupe.valeur() == "non"
    galerie.groupe.set_valeur(None)
    assert galerie.groupe.valeur() is None
    with qtbot.waitSignal(galerie.groupe.choisi) as signal:
        galerie.groupe.buttons()[0].click()
    assert signal.args == ["oui"]


def test_an_arrow_answers_a_question_that_has_no_answer_yet(qtbot: QtBot, galerie: Galerie) -> None:
    groupe = galerie.tuiles[0].radio.group()
    assert isinstance(groupe, GroupeRadios)
    groupe.set_valeur(None)
    galerie.tuiles[0].radio.setFocus()
    qtbot.keyClick(galerie.tuiles[0].radio, Qt.Key.Key_Down)
    assert galerie.tuiles[1].radio.hasFocus() and groupe.valeur() is not None
    qtbot.keyClick(galerie.tuiles[1].radio, Qt.Key.Key_Up)
    assert galerie.tuiles[0].radio.isChecked()


@pytest.mark.parametrize("touches", [(Qt.Key.Key_Down, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Left)])
def test_an_arrow_goes_on_and_back_whichever_way_the_answers_stand(
    qtbot: QtBot, theme: Theme, touches: tuple[Qt.Key, Qt.Key]
) -> None:
    racine, ligne = QWidget(), Ligne(theme)
    groupe = GroupeRadios(racine)
    radios = [Radio(theme, mot) for mot in ("Ordinaire", "Gros caractères")]
    for rang, radio in enumerate(radios):
        groupe.ajouter(radio, rang)
        ligne.addWidget(radio)
    racine.setLayout(ligne)
    qtbot.addWidget(racine)
    racine.show()
    racine.activateWindow()
    qtbot.waitExposed(racine)
    groupe.set_valeur(0)
    radios[0].setFocus()
    qtbot.keyClick(radios[0], touches[0])
    assert groupe.valeur() == 1 and racine.focusWidget() is radios[1]
    qtbot.keyClick(radios[1], touches[0])
    assert groupe.valeur() == 1, "the last one stays"
    qtbot.keyClick(radios[1], touches[1])
    assert groupe.valeur() == 0 and racine.focusWidget() is radios[0]


def test_tab_comes_to_the_answer_given(qtbot: QtBot, galerie: Galerie) -> None:
    groupe = galerie.tuiles[0].radio.group()
    assert isinstance(groupe, GroupeRadios)
    for tuile in galerie.tuiles:
        tuile.radio.click()
        arrets = [t for t in galerie.tuiles if t.radio.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert arrets == [tuile]


def test_buttons_take_as_many_rows_as_they_need(qtbot: QtBot, theme: Theme) -> None:
    flux = Flux(theme)
    qtbot.addWidget(flux)
    theme.habiller(flux)
    boutons = [Btn(theme, texte, genre="discret") for texte in ("Imprimer la liste", "Expliquer", "Rouvrir la demande")]
    flux.poser(*boutons)
    flux.show()
    for largeur, rangees in ((800, 1), (300, 2), (150, 3)):
        flux.resize(largeur, flux.minimumHeight())
        assert len({bouton.y() for bouton in boutons}) == rangees
        assert max(b.geometry().right() for b in boutons) <= largeur
        assert flux.minimumHeight() >= max(b.geometry().bottom() for b in boutons)
    boutons[1].hide()
    qtbot.waitUntil(lambda: len({b.y() for b in (boutons[0], boutons[2])}) == 2)


def test_the_wheel_changes_no_list_in_passing(galerie: Galerie) -> None:
    galerie.par.set_valeur("fs")
    galerie.nom.saisie.setFocus()
    position = QPoint(galerie.par.width() // 2, galerie.par.height() // 2)
    QTest.wheelEvent(galerie.windowHandle(), galerie.par.mapTo(galerie, position), QPoint(0, -120))
    assert galerie.par.valeur() == "fs"


def test_an_irreversible_act_keeps_the_focus_on_the_harmless_button(qtbot: QtBot, theme: Theme) -> None:
    dialogue = Dialogue(theme, None, "Annuler le carnet ?", "Ses pass ne vaudront plus rien.", "ban", "bad", "Garder")
    qtbot.addWidget(dialogue)
    theme.habiller(dialogue)
    with qtbot.waitExposed(dialogue):
        dialogue.open()
    dialogue.activateWindow()
    qtbot.waitUntil(lambda: dialogue.focusWidget() is dialogue.sans_risque)
    with qtbot.waitSignal(dialogue.rejected):
        QTest.keyClick(dialogue, Qt.Key.Key_Escape)
    assert dialogue.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_dialog_leaves_no_hole_between_its_words_and_its_buttons(qtbot: QtBot, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    dialogue = Dialogue(theme, None, "Annuler le carnet ?", "Ses pass ne vaudront plus rien. " * 3, "ban", "bad", "Non")
    qtbot.addWidget(dialogue)
    theme.habiller(dialogue)
    dialogue.show()
    qtbot.waitUntil(lambda: dialogue.sans_risque.y() - dialogue.corps.geometry().bottom() <= theme.px(24))


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_a_dialog_is_as_wide_as_its_buttons_side_by_side(qtbot: QtBot, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    dialogue = Dialogue(theme, None, "Deux personnes ?", "Les pass comptent.", "ban", "bad", "Garder l’homonyme noté")
    dialogue.boutons.addWidget(Btn(theme, "Choisissez d’abord la raison", genre="primaire"))
    qtbot.addWidget(dialogue)
    theme.habiller(dialogue)
    dialogue.show()
    qtbot.waitUntil(lambda: rognes(dialogue) == [])


def test_a_dialog_stays_inside_the_window_it_stands_before(qtbot: QtBot, theme: Theme) -> None:
    theme.choisir(echelle=2.0)
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    theme.habiller(fenetre)
    fenetre.resize(1366, 768)
    fenetre.show()
    dialogue = Dialogue(theme, fenetre, "Ces pass sont ceux d’une autre ?", "Vous avez vu ce qui les distingue. " * 18,
                        "users", "warn", "Ne rien noter")  # fmt: skip
    dialogue.show()
    qtbot.waitUntil(lambda: dialogue.width() > dialogue.minimumWidth())
    assert dialogue.height() < 768 and dialogue.width() < 1366
    assert dialogue.sans_risque.geometry().bottom() < dialogue.height()


def test_a_lone_act_keeps_its_own_width_and_several_share_theirs(qtbot: QtBot, theme: Theme) -> None:
    seul, court, long_ = (Btn(theme, mots) for mots in ("Imprimer la lettre", "Non", "Déclarer ce carnet perdu"))
    for boutons, attendue in (((seul,), seul.sizeHint().width()), ((court, long_), long_.sizeHint().width())):
        rangs = Rangs(theme, boutons, egaux=True)
        qtbot.addWidget(rangs)
        theme.habiller(rangs)
        rangs.resize(900, 60)
        rangs.show()
        qtbot.waitUntil(lambda b=boutons, a=attendue: [bouton.width() for bouton in b] == [a] * len(b))


def test_four_acts_too_wide_for_one_row_are_two_and_two(qtbot: QtBot, theme: Theme) -> None:
    boutons = [Btn(theme, f"Déclarer perdu {rang}") for rang in range(4)]
    rangs = Rangs(theme, boutons, egaux=True)
    qtbot.addWidget(rangs)
    theme.habiller(rangs)
    rangs.resize(3 * boutons[0].sizeHint().width() + 40, 120)
    rangs.show()
    qtbot.waitUntil(lambda: [boutons[0].y() == b.y() for b in boutons] == [True, True, False, False])


def test_a_row_without_a_second_line_leaves_no_room_for_one(qtbot: QtBot, theme: Theme) -> None:
    liste = Liste(theme, "Sections")
    qtbot.addWidget(liste)
    theme.habiller(liste)
    liste.resize(300, 300)
    liste.montrer([Rangee("seule", "Affichage"), Rangee("deux", "Affichage", "Le thème")])
    liste.show()
    une, deux = (liste.visualRect(liste.model().index(rang, 0)).height() for rang in range(2))
    assert 40 <= une <= deux - 15


def test_painting_loses_no_reference_to_none(qtbot: QtBot, galerie: Galerie) -> None:
    """A faulty PySide6 loses some at each call and aborts in the middle of a visit (see tests/house/test_pyside.py)."""
    # A leak is in every round; what other tests left behind to be freed is in one of them.
    assert max(_references_gagnees(galerie) for _ in range(3)) > -20


def _references_gagnees(galerie: Galerie) -> int:
    galerie.grab()
    gc.collect()
    avant = sys.getrefcount(None)
    for _ in range(20):
        galerie.grab()
    gc.collect()
    return sys.getrefcount(None) - avant


@pytest.mark.parametrize(("nom", "echelle"), [("Awa Kone", 1.0), (NOM_LONG, 1.0), (NOM_LONG, 2.0)])
def test_a_title_shows_the_whole_name(qtbot: QtBot, theme: Theme, nom: str, echelle: float) -> None:
    page, titre = QWidget(), Titre(theme, nom, un_nom=True)
    qtbot.addWidget(page)
    theme.habiller(page)
    colonne = Colonne(theme)
    colonne.addWidget(titre)
    page.setLayout(colonne)
    page.resize(500, 400)
    page.show()
    theme.choisir(echelle=echelle)
    qtbot.waitUntil(lambda: coupes(page) == [])
    assert titre.text() == nom
    assert titre.property("role") == ("h1" if nom == "Awa Kone" else "h2")


def test_a_badge_leaves_the_whole_width_to_facts_that_would_break_beside_it(qtbot: QtBot, theme: Theme) -> None:
    liste = Liste(theme, "Carnets")
    qtbot.addWidget(liste)
    theme.habiller(liste)
    liste.resize(360, 300)
    liste.show()
    court, long = "Awa Kone", "Inès Vasseur-Delattre · 23 novembre"
    liste.montrer([Rangee(n, "127 0000017", detail, "Déclaré perdu") for n, detail in enumerate((court, long))])
    hauts = [liste.visualRect(liste.model().index(rang, 0)).height() for rang in (0, 1)]
    liste.montrer([Rangee(0, "127 0000017", f"{long} {long}", "Déclaré perdu")])
    sur_deux_lignes = liste.visualRect(liste.model().index(0, 0)).height()
    assert hauts[1] < sur_deux_lignes
    assert hauts[1] - hauts[0] < theme.px(15), "one line of facts, lower by the height of the badge"
