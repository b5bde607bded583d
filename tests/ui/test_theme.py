"""Colours, type and text size: the guide's table computed from the tokens, and what the eye cannot check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFontInfo, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import passdesk.ui
from passdesk.ressources import chemin
from passdesk.ui.composants import Btn, Dialogue, Field
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.icones import icone
from passdesk.ui.jetons import THEMES, Jetons, contraste
from passdesk.ui.police import FAMILLE, STYLES
from passdesk.ui.preferences import Preferences, load_preferences, save_preferences
from passdesk.ui.theme import ECHELLES, Theme, jetons_du_systeme

ECRANS = Path(passdesk.ui.__file__).parent
TEXTE, DESSIN = 7.0, 3.0
"""WCAG ratios asked of text and of outlines, icons and the focus ring (guide §2)."""
TABLE = [
    (["ink"], ["paper", "surface", "side", "strip", "sel", "dis"], TEXTE),
    (["ink2"], ["paper", "surface", "side", "sel", "oktint", "warntint", "badtint", "btint"], TEXTE),
    (["brand"], ["paper", "surface", "strip", "btint"], TEXTE),
    (["onbrand"], ["brand", "hover", "pressed"], TEXTE),
    (["ok"], ["surface", "oktint"], TEXTE),
    (["warn"], ["surface", "warntint"], TEXTE),
    (["bad"], ["surface", "badtint"], TEXTE),
    (["disink"], ["dis"], TEXTE),
    (["edge"], ["paper", "surface", "side"], DESSIN),
    (["focus"], ["paper", "surface", "side", "strip"], DESSIN),
    (["ink"], ["mark"], TEXTE),
]
MINIMUMS_DU_GUIDE = {
    "clair": (12.3, 7.6, 7.2, 9.8, 7.7, 8.4, 7.6, 7.5, 3.8, 5.4),
    "sombre": (10.9, 7.5, 7.8, 8.6, 8.6, 8.9, 8.3, 7.5, 4.4, 8.8),
    "contraste": (12.0, 12.0, 16.5, 14.8, 15.7, 14.8, 12.3, 13.6, 21.0, 13.7),
}
"""The lowest ratio of each line of TABLE, as printed in the guide; a token that moves shows here."""


@pytest.mark.parametrize("jetons", THEMES.values(), ids=THEMES)
def test_every_text_and_outline_stands_out(jetons: Jetons) -> None:
    faibles = [
        f"{devant} sur {fond} : {contraste(getattr(jetons, devant), getattr(jetons, fond)):.2f}"
        for devants, fonds, seuil in TABLE
        for devant in devants
        for fond in fonds
        if contraste(getattr(jetons, devant), getattr(jetons, fond)) < seuil
    ]
    assert faibles == []


@pytest.mark.parametrize("jetons", THEMES.values(), ids=THEMES)
def test_the_lowest_contrasts_are_those_of_the_guide(jetons: Jetons) -> None:
    mesures = [
        min(contraste(getattr(jetons, devants[0]), getattr(jetons, fond)) for fond in fonds)
        for devants, fonds, _ in TABLE[: len(MINIMUMS_DU_GUIDE[jetons.nom])]
    ]
    assert mesures == pytest.approx(MINIMUMS_DU_GUIDE[jetons.nom], abs=0.06)


@pytest.mark.parametrize("role", STYLES)
@pytest.mark.parametrize("echelle", ECHELLES)
def test_every_style_uses_the_shipped_typeface_unfaked(theme: Theme, role: str, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    fonte = theme.police(role)
    assert QFontInfo(fonte).family() == FAMILLE
    assert QFontInfo(fonte).pixelSize() == round(STYLES[role].taille * echelle) >= 14
    assert QFontInfo(fonte).weight() == STYLES[role].graisse


def test_every_text_grows_twice_and_space_much_less(theme: Theme) -> None:
    theme.choisir(echelle=2.0)
    assert theme.px(16) == 32
    assert theme.sp(16) == 20
    assert theme.est_etroit(1366)
    theme.choisir(echelle=1.0)
    assert not theme.est_etroit(1366)
    assert theme.est_etroit(900)


def test_the_size_keys_stop_at_the_ends(theme: Theme) -> None:
    for _ in range(9):
        theme.agrandir(1)
    assert theme.echelle == 2.0
    theme.agrandir(-1)
    assert theme.echelle == 1.75
    theme.agrandir(0)
    assert theme.echelle == 1.0
    theme.agrandir(-1)
    assert theme.echelle == 1.0


def test_a_component_follows_as_long_as_it_lives(qtbot: QtBot, theme: Theme) -> None:
    vus: list[str] = []
    reste, detruit, oublie = (QObject(objectName=nom) for nom in ("reste", "detruit", "oublie"))
    for composant in (reste, detruit, oublie):
        theme.suivre(composant, lambda composant: vus.append(composant.objectName()))
    theme.suivre(reste, lambda _: vus.append("aussi"))
    with qtbot.waitSignal(detruit.destroyed):
        detruit.deleteLater()
    del oublie, composant
    theme.change.connect(lambda: vus.append("pages"))
    theme.agrandir(1)
    assert vus == ["reste", "aussi", "pages"]


def test_a_component_that_cannot_follow_leaves_the_others_following(theme: Theme) -> None:
    suivent: list[str] = []

    def casser(_: QObject) -> None:
        raise ZeroDivisionError

    premier, second = QObject(), QObject()
    theme.suivre(premier, casser)
    theme.suivre(second, lambda _: suivent.append("component"))
    theme.change.connect(lambda: suivent.append("page"))
    with pytest.raises(ZeroDivisionError):
        theme.agrandir(1)
    assert suivent == ["component", "page"]


@pytest.mark.parametrize(
    ("schema", "preference", "attendu"),
    [
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, "clair"),
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, "clair"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, "sombre"),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, "contraste"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, "contraste"),
    ],
)
def test_automatic_follows_the_computer(
    schema: Qt.ColorScheme, preference: Qt.ContrastPreference, attendu: str
) -> None:
    assert jetons_du_systeme(schema, preference).nom == attendu


def test_a_change_of_the_computer_is_taken_at_once_unless_a_theme_was_chosen(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme("automatique")
    theme.installer(qapp)
    with qtbot.waitSignal(theme.change):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    theme.choisir(mode="sombre")
    with qtbot.assertNotEmitted(theme.change):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)


@pytest.mark.parametrize("mode", THEMES)
def test_the_palette_holds_no_colour_of_the_system(theme: Theme, qapp: QApplication, mode: str) -> None:
    theme.choisir(mode=mode)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window).name().upper() == theme.jetons.paper
    assert palette.color(QPalette.ColorRole.PlaceholderText).name().upper() == theme.jetons.ink2
    desactive = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert desactive.name().upper() == theme.jetons.disink


@pytest.mark.parametrize("mode", THEMES)
@pytest.mark.parametrize("cas", ["exemple", "desactive", "bouton"])
def test_faint_texts_are_readable_on_the_screen(qtbot: QtBot, theme: Theme, mode: str, cas: str) -> None:
    """Read from the pixels: a style sheet may fade what the palette says (guide §10.2)."""
    theme.choisir(mode=mode)
    if cas == "bouton":
        widget: QWidget = Btn(theme, "HHHHHHHH", genre="primaire")
        widget.setEnabled(False)
        conteneur = widget
        fond = theme.jetons.dis
    else:
        champ = Field(theme, "Nom", exemple="HHHHHHHH")
        conteneur = champ
        widget = champ.saisie
        fond = theme.jetons.surface
        if cas == "desactive":
            champ.set_texte("HHHHHHHH")
            widget.setEnabled(False)
            fond = theme.jetons.dis
    qtbot.addWidget(conteneur)
    theme.habiller(conteneur)
    conteneur.resize(240, 96)
    with qtbot.waitExposed(conteneur):
        conteneur.show()
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    couleurs = {
        image.pixelColor(x, y).name() for x in range(8, image.width() - 8) for y in range(8, image.height() - 8)
    }
    assert fond.lower() in couleurs
    assert max(contraste(fond, couleur) for couleur in couleurs) >= TEXTE


def test_every_icon_named_in_the_screens_is_shipped_and_nothing_else() -> None:
    livrees = {fichier.stem for fichier in chemin("icons").glob("*.svg")}
    sources = "\n".join(f.read_text(encoding="utf-8") for f in ECRANS.rglob("*.py"))
    assert livrees - set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', sources)) == set()
    assert (chemin("icons") / "LICENCE-tabler.txt").read_text(encoding="utf-8").startswith("MIT License")


def test_an_icon_takes_the_colour_asked(qapp: QApplication) -> None:
    image = icone("check", "#84261A", 40).toImage()
    opaques = {
        image.pixelColor(x, y).name() for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255
    }
    assert opaques == {"#84261a"}


@pytest.mark.parametrize("role", ["body", "strong", "button"])
def test_the_typeface_has_every_letter_of_the_screens(theme: Theme, role: str) -> None:
    """A missing letter is drawn in another typeface, in silence (guide §10.3)."""
    textes = set()
    for fichier in ECRANS.rglob("*.py"):
        textes |= set(re.findall(r"[^\x00-\x1f]", fichier.read_text(encoding="utf-8")))
    metrique = QFontMetricsF(theme.police(role))
    manquent = {c for c in textes if not metrique.inFontUcs4(ord(c))}
    assert manquent <= set("→≥≤…") - {"…"}, manquent


def test_display_choices_are_kept_under_the_base_directory(tmp_path: Path) -> None:
    assert load_preferences(tmp_path) == Preferences("automatique", 1.0)
    save_preferences(tmp_path, Preferences("sombre", 1.5))
    assert load_preferences(tmp_path) == Preferences("sombre", 1.5)
    (tmp_path / "affichage.json").write_text("{", encoding="utf-8")
    assert load_preferences(tmp_path) == Preferences("automatique", 1.0)
    save_preferences(tmp_path, Preferences("clair", 1.0, raccourcis=False, mouvements=False))
    assert load_preferences(tmp_path) == Preferences("clair", 1.0, False, False)
    (tmp_path / "affichage.json").write_text('{"mode": "sombre", "echelle": 2.0}', encoding="utf-8")
    assert load_preferences(tmp_path) == Preferences("sombre", 2.0, True, True), "a file of before these choices"
    save_preferences(tmp_path, Preferences("inconnu", 9.0))
    assert load_preferences(tmp_path) == Preferences("automatique", 1.0)


def test_each_agent_finds_the_screen_as_they_left_it(tmp_path: Path) -> None:
    (tmp_path / "affichage.json").write_text('{"mode": "sombre", "echelle": 2.0}', encoding="utf-8")
    assert load_preferences(tmp_path, "claire") == Preferences("sombre", 2.0), "what the desk had before it knew agents"
    save_preferences(tmp_path, Preferences("contraste", 1.5), "claire")
    save_preferences(tmp_path, Preferences("clair", 1.25, mouvements=False), "sam")
    assert load_preferences(tmp_path, "claire") == Preferences("contraste", 1.5)
    assert load_preferences(tmp_path, "sam") == Preferences("clair", 1.25, mouvements=False)
    assert load_preferences(tmp_path, "nouvelle") == Preferences(), "not those of a colleague"
    assert load_preferences(tmp_path) == Preferences("clair", 1.25, mouvements=False), "before the desk is open"
    (tmp_path / "affichage.json").write_text('{"agents": {"sam": 3}, "mode": "sombre", "echelle": 1}', encoding="utf-8")
    assert load_preferences(tmp_path, "sam") == Preferences()
    (tmp_path / "affichage.json").write_text('{"agents": [], "mode": "sombre", "echelle": 1}', encoding="utf-8")
    assert load_preferences(tmp_path, "sam") == Preferences("sombre", 1.0)


def test_changing_the_size_resizes_what_is_on_the_screen(qtbot: QtBot, theme: Theme) -> None:
    saisie, bouton = QLineEdit(), Btn(theme, "Attribuer", icone_nom="printer", touche="Ctrl+P")
    for widget in (saisie, bouton):
        qtbot.addWidget(widget)
        theme.habiller(widget)
        widget.show()
    avant = bouton.sizeHint()
    theme.choisir(echelle=2.0)
    assert bouton.sizeHint().width() > 1.6 * avant.width()
    assert saisie.font().pixelSize() == 32


def test_what_qt_says_itself_is_in_french(qtbot: QtBot, theme: Theme) -> None:
    champ = QLineEdit("texte")
    qtbot.addWidget(champ)
    theme.habiller(champ)
    menu = champ.createStandardContextMenu()
    mots = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
    menu.deleteLater()
    assert {"Annuler", "Copier", "Coller", "Tout sélectionner"} <= set(mots)


def test_the_box_of_files_is_in_french_to_its_last_word(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    """Where the computer has no box of its own, Qt shows its own, of which its translation forgot some words."""
    boite = QFileDialog(None, "Choisir", str(tmp_path), "Tableaux (*.ods)")
    boite.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(boite)
    boite.show()
    etiquettes = {w.text().replace("&", "") for w in boite.findChildren(QLabel) if w.text()}
    boutons = {w.text().replace("&", "") for w in boite.findChildren(QAbstractButton) if w.text()}
    assert etiquettes == {"Chercher dans\u00a0:", "Nom de fichier\u00a0:", "Fichiers de type\u00a0:"}
    assert boutons == {"Ouvrir", "Annuler"}
    assert QCoreApplication.translate("QFileDialog", "Parent Directory") == "Dossier parent"
    assert QCoreApplication.translate("PassDesk", "Rien de connu") == "Rien de connu"


class Habits(QLabel):
    """Counts how often it is dressed."""

    fois = 0

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.fois += 1
        super().changeEvent(event)


def test_a_part_is_dressed_once_with_the_page_it_is_in_and_not_again_by_a_lock(qtbot: QtBot, theme: Theme) -> None:
    """Under a sheet of the application it would be at each block that it is put in: most of the time of a page."""
    partie, bloc, page = Habits("Naissance"), QWidget(), QWidget()
    for dedans, autour in ((partie, bloc), (bloc, page)):
        colonne = QVBoxLayout()
        colonne.addWidget(dedans)
        autour.setLayout(colonne)
    assert partie.fois == 0
    fenetre = Fenetre(theme)
    qtbot.addWidget(fenetre)
    fenetre.montrer(page)
    with qtbot.waitExposed(fenetre):
        fenetre.show()
    assert partie.fois == 1
    fenetre.couvrir(QWidget())
    fenetre.decouvrir()
    assert partie.isVisible() and partie.fois == 1


def test_a_dialog_is_dressed_as_the_window_with_one_and_without_one(qtbot: QtBot, theme: Theme) -> None:
    theme.choisir(mode="contraste")
    fenetre = Fenetre(theme)
    qtbot.addWidget(fenetre)
    for parent in (fenetre, None):
        dialogue = Dialogue(theme, parent, "Refaire ?", "Rien n’est perdu.", "info-circle", "info", "Non")
        qtbot.addWidget(dialogue)
        dialogue.show()
        for mode in ("contraste", "clair"):
            theme.choisir(mode=mode)
            assert dialogue.grab().toImage().pixelColor(3, 3).name().upper() == theme.jetons.paper
        dialogue.hide()
