"""What scrolls shows its lines whole, or not yet: none is sliced above what stands under it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractSlider, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from passdesk.ui.composants import Card, ChampLignes, Colonne, Combo, Defilement, Field, Texte, WrapLabel
from passdesk.ui.theme import Theme
from tests.ui.mesures import place_vue

LARGEUR = 420
SUITE = QAbstractSlider.SliderAction.SliderPageStepAdd
LONG = "Les lieux les plus proches sont imprimés sur la réponse, avec leurs horaires et leur distance. " * 4

Ouvrir = Callable[[int], Defilement]


@pytest.fixture
def ouvrir(qtbot: QtBot, theme: Theme) -> Ouvrir:
    """Lines, a long text, then fields, in a place of this height."""

    def montrer(hauteur: int) -> Defilement:
        colonne = Colonne(theme, ecart=8)
        for rang in range(9):
            colonne.addWidget(Texte(f"Ligne {rang}"))
        colonne.addWidget(WrapLabel(LONG))
        for rang in range(6):
            colonne.addWidget(Field(theme, f"Champ {rang}"))
        contenu = QWidget()
        contenu.setLayout(colonne)
        zone = Defilement(contenu)
        qtbot.addWidget(zone)
        zone.resize(LARGEUR, hauteur)
        zone.show()
        qtbot.waitUntil(lambda: zone.verticalScrollBar().maximum() > 0 and not zone.grab().isNull())
        return zone

    return montrer


def places(zone: Defilement) -> list[tuple[int, int]]:
    """Top and bottom of each line and field, in the place that shows them."""
    tous = (*zone.findChildren(Texte), *zone.findChildren(QLineEdit))
    seuls = [w for w in tous if w.isVisible() and not isinstance(w, WrapLabel)]
    hauts = [(w.mapTo(zone.viewport(), QPoint(0, 0)).y(), w.height()) for w in seuls]
    return [(haut, haut + hauteur) for haut, hauteur in hauts]


def entames(zone: Defilement) -> list[tuple[int, int]]:
    """Those that the foot or the head cuts, beyond the empty leading."""
    bords = (zone.tete, zone.pied)
    return [(haut, bas) for haut, bas in places(zone) if any(haut + 5 < bord < bas - 5 for bord in bords)]


@pytest.mark.parametrize("echelle", [1.0, 2.0])
def test_no_line_is_cut_wherever_one_has_scrolled(qtbot: QtBot, theme: Theme, ouvrir: Ouvrir, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    for hauteur in range(300, 340, 7):
        zone = ouvrir(round(hauteur * echelle))
        qtbot.waitUntil(lambda z=zone: entames(z) == [])
        for valeur in range(0, zone.verticalScrollBar().maximum(), 23):
            zone.verticalScrollBar().setValue(valeur)
            assert entames(zone) == []


def test_what_is_not_shown_yet_is_not_painted_and_comes_with_the_next_page(qtbot: QtBot, ouvrir: Ouvrir) -> None:
    zone = ouvrir(300)
    barre = zone.verticalScrollBar()
    vus, tous = set(), {round(haut + barre.value()) for haut, _ in places(zone)}
    for _ in range(20):
        image = zone.viewport().grab().toImage()
        assert zone.viewport().mask().isEmpty() or image.height() >= zone.pied
        vus |= {haut + barre.value() for haut, bas in places(zone) if haut >= -5 and bas <= zone.pied + 5}
        barre.triggerAction(SUITE)
    assert vus == tous
    assert zone.pied == zone.viewport().height()


def test_the_field_that_has_the_keyboard_is_never_held_back(qtbot: QtBot, ouvrir: Ouvrir) -> None:
    zone = ouvrir(300)
    zone.activateWindow()
    for champ in zone.findChildren(QLineEdit):
        champ.setFocus()
        zone.ensureWidgetVisible(champ, 0, 0)
        haut = champ.mapTo(zone.viewport(), QPoint(0, 0)).y()
        bas = min(zone.viewport().height(), haut + champ.height())
        qtbot.waitUntil(lambda h=haut, b=bas: zone.pied >= b and zone.tete <= max(h, 0))


def test_what_is_held_back_is_not_measured_as_seen(qtbot: QtBot, ouvrir: Ouvrir) -> None:
    zone = ouvrir(300)
    retenus = []
    for valeur in range(0, zone.verticalScrollBar().maximum(), 7):
        zone.verticalScrollBar().setValue(valeur)
        for texte in zone.findChildren(Texte):
            haut = texte.mapTo(zone.viewport(), QPoint(0, 0)).y()
            if texte.isVisible() and texte.text() and zone.pied <= haut < zone.viewport().height():
                retenus.append(texte.text())
                assert not texte.visibleRegion().isEmpty() and place_vue(zone, texte).isEmpty()
    assert retenus


def test_a_text_of_two_lines_stays_in_one_piece(qtbot: QtBot, theme: Theme) -> None:
    phrase = WrapLabel("Les postes étaient hors ligne et ne pouvaient pas le savoir. Personne n’a fait d’erreur.")
    colonne = Colonne(theme)
    for widget in (Texte("Avant"), phrase, *(Texte("Après") for _ in range(9))):
        colonne.addWidget(widget)
    contenu = QWidget()
    contenu.setLayout(colonne)
    zone = Defilement(contenu)
    qtbot.addWidget(zone)
    zone.resize(LARGEUR, 200)
    zone.show()
    qtbot.waitUntil(lambda: phrase.height() > 1.5 * phrase.fontMetrics().lineSpacing())
    zone.resize(LARGEUR, phrase.y() + round(0.7 * phrase.height()))
    qtbot.waitUntil(lambda: zone.pied <= phrase.y())


def sous_neuf_lignes(qtbot: QtBot, theme: Theme, ecart: int, *suite: QWidget) -> Defilement:
    """These under nine lines, in a place too low for all of them; nothing of it has the keyboard."""
    colonne = Colonne(theme, ecart=ecart)
    for widget in (*(Texte(f"Ligne {rang}") for rang in range(9)), *suite):
        colonne.addWidget(widget)
    contenu = QWidget()
    contenu.setLayout(colonne)
    zone = Defilement(contenu)
    qtbot.addWidget(zone)
    zone.resize(LARGEUR, 240)
    zone.show()
    qtbot.waitUntil(lambda: zone.verticalScrollBar().maximum() > 0 and not zone.grab().isNull())
    # What has the keyboard is shown, whatever is cut.
    if (tenu := zone.focusWidget()) is not None:
        tenu.clearFocus()
    return zone


def test_a_field_of_several_lines_waits_with_its_label(qtbot: QtBot, theme: Theme) -> None:
    """Taller than what is otherwise kept whole: its label stood above the edge, with the first pixels of its frame."""
    champ = Field(theme, "Adresse", saisie=ChampLignes())
    zone = sous_neuf_lignes(qtbot, theme, 8, champ, Texte("Après"))
    barre = zone.verticalScrollBar()
    for valeur in range(1, barre.maximum()):
        barre.setValue(valeur)
        haut = champ.mapTo(zone.viewport(), QPoint(0, 0)).y()
        etiquette = champ.etiquette.mapTo(zone.viewport(), QPoint(0, champ.etiquette.height())).y()
        saisie = champ.saisie.mapTo(zone.viewport(), QPoint(0, 0)).y()
        if etiquette <= zone.pied and zone.pied - haut < 0.5 * zone.viewport().height():
            assert zone.pied > saisie + champ.saisie.height() / 2, (valeur, haut, zone.pied)


@pytest.mark.parametrize("role", ["label", "h2"])
def test_a_label_and_a_title_wait_for_what_they_name(qtbot: QtBot, theme: Theme, role: str) -> None:
    etiquette, liste = Texte("Imprimante", role), Combo(theme, [(1, "Accueil")], "Imprimante")
    zone = sous_neuf_lignes(qtbot, theme, 4, etiquette, liste, Texte("Après"), Texte("Encore après"))
    barre = zone.verticalScrollBar()
    for valeur in range(1, barre.maximum()):
        barre.setValue(valeur)
        haut = etiquette.mapTo(zone.viewport(), QPoint(0, 0)).y()
        bas = liste.mapTo(zone.viewport(), QPoint(0, liste.height())).y()
        assert zone.pied <= haut or zone.pied >= bas, (valeur, haut, bas, zone.pied)


@pytest.fixture
def cartes(qtbot: QtBot, theme: Theme) -> Ouvrir:
    """Two cards of six lines under their titles, in a place of this height."""

    def montrer(hauteur: int) -> Defilement:
        colonne = Colonne(theme, ecart=16)
        for titre in ("Personne", "Demande"):
            carte = Card(theme, titre)
            for rang in range(6):
                carte.corps.addWidget(Texte(f"{titre} {rang}"))
            colonne.addWidget(carte)
        contenu = QWidget()
        contenu.setLayout(colonne)
        zone = Defilement(contenu)
        qtbot.addWidget(zone)
        zone.resize(LARGEUR, hauteur)
        zone.show()
        qtbot.waitUntil(lambda: zone.verticalScrollBar().maximum() > 0 and not zone.grab().isNull())
        return zone

    return montrer


def test_a_card_is_not_shown_by_its_head_alone(qtbot: QtBot, cartes: Ouvrir) -> None:
    zone = cartes(300)
    _, seconde = zone.widget().findChildren(Card)
    premiere_ligne = next(t for t in seconde.findChildren(Texte) if t.text() == "Demande 0")
    fin_de_tete = seconde.y() + premiere_ligne.y()
    for hauteur in range(seconde.y() + 1, fin_de_tete + premiere_ligne.height() // 2, 5):
        zone.resize(LARGEUR, hauteur)
        qtbot.waitUntil(lambda: zone.pied <= seconde.y())
    zone.resize(LARGEUR, fin_de_tete + premiere_ligne.height() + 12)
    qtbot.waitUntil(lambda: zone.pied > fin_de_tete)


def test_a_card_that_goes_on_is_painted_down_to_the_foot(qtbot: QtBot, theme: Theme, cartes: Ouvrir) -> None:
    zone = cartes(300)
    theme.habiller(zone)
    premiere = zone.widget().findChildren(Card)[0]
    derniere = next(t for t in premiere.findChildren(Texte) if t.text() == "Personne 5")
    zone.resize(LARGEUR, premiere.y() + derniere.y() + derniere.height() // 2)
    qtbot.waitUntil(lambda: zone.pied <= premiere.y() + derniere.y())
    for mode in ("clair", "contraste"):
        theme.choisir(mode)

        def couleurs(y: int) -> list[str]:
            image = zone.grab().toImage()
            return [image.pixelColor(x, y).name().upper() for x in (premiere.x(), LARGEUR // 2)]

        attendu = couleurs(premiere.y() + premiere.height() // 4)
        assert attendu[1] == theme.jetons.surface.upper(), mode
        qtbot.waitUntil(lambda a=attendu: couleurs(zone.height() - 1) == a)
