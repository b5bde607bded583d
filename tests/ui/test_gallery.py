"""The gallery takes its pictures, and sees what it promises to see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from passdesk.ui.composants import Btn, Colonne, Dialogue, Field, Texte
from passdesk.ui.theme import Theme
from tests.gallery import phrases, scenes_guichet, scenes_papier
from tests.gallery.__main__ import rendre
from tests.gallery.studio import SCENES, Photo, Scene, Seuil, Studio
from tests.ui.guichet import Guichet
from tests.ui.mesures import mots, textes_visibles

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
assert scenes_guichet and scenes_papier


@pytest.fixture
def studio(qapp: QApplication, theme: Theme, tmp_path: Path) -> Studio:
    for dossier in ("images", "atelier"):
        (tmp_path / dossier).mkdir()
    return Studio(tmp_path / "atelier", tmp_path / "images", ("clair",))


def poser(*textes: QWidget) -> Scene:
    """A scene of these labels, one under the other."""

    def jouer(s: Seuil, photo: Photo) -> None:
        page = QWidget()
        colonne = Colonne(s.theme, marges=(16, 16, 16, 16))
        for texte in textes:
            colonne.addWidget(texte)
        colonne.addStretch(1)
        page.setLayout(colonne)
        s.fenetre.montrer(page)
        photo("essai")

    return Scene(jouer, None, rapide=False, en_ligne=False)


def test_scenes_leave_their_pictures_and_their_sentences(studio: Studio, tmp_path: Path) -> None:
    for nom, echelle in (("premier_depart", 2.0), ("remise", 1.0)):
        studio.jouer(SCENES[nom], echelle)
    images = tmp_path / "images"
    assert rendre(studio.resultat, images) == 0
    assert {image.name for image in images.glob("*.png")} == {
        "depart-premier-clair-200.png", "depart-vide-clair-200.png", "depart-phrase-clair-200.png",
        "depart-phrase-bonne-clair-200.png", "depart-refuse-clair-200.png", "remise-clair-100.png",
        "remise-recepisse-clair-100.png", "remise-date-fausse-clair-100.png", "remise-faite-clair-100.png",
    }  # fmt: skip
    assert {(image.width(), image.height()) for image in map(QImage, map(str, images.glob("*.png")))} == {(1366, 768)}
    ecrites = (images / "strings.md").read_text(encoding="utf-8")
    assert "- `disque_plein` Le disque est plein." in ecrites, "a sentence no scene shows"
    vues = set(ecrites.splitlines())
    assert "- Passer à la remise" in vues, "written in a module, on no picture here"
    assert {"- Où est ce guichet\u00a0?", "- Remis le 25\u00a0novembre 2026"} <= vues


def test_what_is_clipped_covered_or_pale_is_told(studio: Studio, theme: Theme, tmp_path: Path) -> None:
    coupe, pale, deux = Texte("Une phrase bien trop longue"), QLabel("Gris sur blanc"), QWidget()
    premier, bord, vide = Field(theme, "Premier"), Field(theme, "Bord"), Field(theme, "Vide", exemple="jj/mm/aaaa")
    eteint, lignes = Btn(theme, "Plus tard"), QLabel("Bien noir<br><span style='color: #8A8A8A'>Trop gris</span>")
    bord.saisie.setStyleSheet("border: 1px solid #D0D0D0; background: #FFFFFF")
    vide.saisie.setStyleSheet("placeholder-text-color: #8A8A8A")
    coupe.setFixedWidth(40)
    pale.setStyleSheet("color: #8A8A8A")
    deux.setMinimumHeight(40)
    for phrase in ("Dessous", "Posée dessus"):
        QLabel(phrase, deux)
    studio.jouer(poser(premier, coupe, pale, lignes, deux, bord, vide, eteint), 1.0)
    fautes = [faute.split(": ", 1)[1] for faute in studio.resultat.fautes]
    assert [re.sub(r" [0-9.]+$", "", faute) for faute in fautes] == [
        "rogné Une phrase bien trop longue",
        "recouvert « Dessous » / « Posée dessus »",
        "pâle « Gris sur blanc »",
        "pâle « Bien noir<br><span style='color: #8A8A8A'>Trop gris</span> »",
        "pâle dans Vide",
        "pâle bord de Bord",
    ]
    assert rendre(studio.resultat, tmp_path / "images") == 1


def test_what_is_pale_because_it_does_not_answer_is_told(studio: Studio, theme: Theme) -> None:
    eteint, pale = Btn(theme, "Plus tard"), QLabel("Éteint")
    pale.setStyleSheet("color: #8A8A8A")
    for widget in (eteint, pale):
        widget.setEnabled(False)
    studio.jouer(poser(Field(theme, "Premier"), eteint, pale), 1.0)
    (faute,) = studio.resultat.fautes
    assert faute.startswith("essai-clair-100: pâle « Éteint »")


def test_what_nobody_can_hear_or_reach_is_told(studio: Studio, theme: Theme) -> None:
    souris = Btn(theme, "Effacer")
    souris.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    studio.jouer(poser(Field(theme, "Premier"), souris), 1.0)
    assert studio.resultat.fautes == ["essai-clair-100: inaccessible Btn « Effacer » : hors du clavier"]


def test_a_page_that_pushes_the_window_out_of_the_screen_is_told(studio: Studio, theme: Theme) -> None:
    haute = QWidget()
    haute.setMinimumHeight(800)
    studio.jouer(poser(Field(theme, "Premier"), haute), 1.0)
    (faute,) = studio.resultat.fautes
    assert "plus grand que l’écran 1366 × 9" in faute


def test_a_dialog_left_open_is_told_and_its_words_are_not_those_of_the_window(studio: Studio) -> None:
    def jouer(s: Seuil, photo: Photo) -> None:
        poser(Texte("Dessous")).jouer(s, photo)
        dialogue = Dialogue(s.theme, s.fenetre, "Dessus", "Dessus", "printer", "info", "Fermer")
        dialogue.open()
        try:
            assert [mots(w) for w in textes_visibles(s.fenetre)] == ["« Dessous »"]
            photo("cachee")
        finally:
            dialogue.reject()

    studio.tenter(Scene(jouer, None, rapide=False, en_ligne=False), 1.0)
    (faute,) = studio.resultat.fautes
    assert "a dialog left open hides cachee" in faute


def test_two_pictures_that_are_the_same_are_told(studio: Studio, tmp_path: Path) -> None:
    def jouer(s: Seuil, photo: Photo) -> None:
        s.fenetre.montrer(QWidget())
        photo("un")
        photo("autre")

    studio.jouer(Scene(jouer, None, rapide=False, en_ligne=False), 1.0)
    assert studio.resultat.jumelles() == ["autre-clair-100.png = un-clair-100.png"]
    assert rendre(studio.resultat, tmp_path / "images") == 1


def test_a_part_shown_before_it_has_its_place_is_told(studio: Studio) -> None:
    def trop_tot(g: Guichet, photo: Photo) -> None:
        bouton = Btn(g.theme, "Retirer")
        bouton.show()
        bouton.setParent(g.page)
        photo("personnes")

    studio.jouer(Scene(trop_tot, "vide", rapide=False, en_ligne=False), 1.0)
    assert "trop_tot (1.0): montré hors de sa place Btn Retirer" in studio.resultat.fautes


def test_a_scene_that_breaks_is_a_fault_and_the_others_are_played(studio: Studio) -> None:
    def casse(s: Seuil, photo: Photo) -> None:
        raise LookupError("rien ici")

    studio.tenter(Scene(casse, None, rapide=False, en_ligne=False), 1.0)
    studio.tenter(poser(Texte("Après")), 1.0)
    assert list(studio.resultat.images) == ["essai-clair-100.png"]
    (faute,) = studio.resultat.fautes
    assert faute.startswith("casse (1.0) : LookupError('rien ici')")


def test_a_fact_stands_as_an_ellipsis_and_keys_are_no_sentences(tmp_path: Path) -> None:
    module = tmp_path / "m.py"
    module.write_text(
        '"""Docstring."""\nCLE = "carnet.remettre"\nTOUCHE = "Ctrl+M"\nx = 3\nMOTS = f"Il reste {x} pass."\n',
        encoding="utf-8",
    )
    assert list(phrases.phrases_fixes(module)) == ["Il reste {…} pass."]
