"""The manual: true to the screens, at the place where one is, found by a word, and back to work with nothing lost."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.phonetique import replier
from passdesk.domain.visite import Brouillon
from passdesk.ressources import chemin
from passdesk.services import visite
from passdesk.services.poste import Poste
from passdesk.services.visite import noter
from passdesk.tasks import TaskRunner
from passdesk.ui.aide import textes
from passdesk.ui.aide.guide import Aide
from passdesk.ui.aide.lignes_entieres import lignes_coupees
from passdesk.ui.aide.manuel import DOSSIER, LIEN, SOMMAIRE, Manuel, load_manuel
from passdesk.ui.aide.papier import DialogueImpressionAide, enregistrer
from passdesk.ui.aide.rendu import Habit, composer
from passdesk.ui.aide.vue import VueAide
from passdesk.ui.composants import Dialogue, Page, Titre
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.papier.systeme import ImprimanteSysteme
from passdesk.ui.premier_depart import PagePremierDepart
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme
from tests.builders import visite_accord
from tests.gallery.illustrations import ILLUSTRATIONS, IMAGES, POIDS_MAX, charger
from tests.gallery.studio import SCENES
from tests.house.test_paroles import MOTS_INTERDITS, PERMIS
from tests.ui.guichet import Guichet, guichet
from tests.ui.mesures import rognes
from tests.ui.parc import ParcPdf
from tests.ui.test_canaris_ecrans import ecrans, ouvreurs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
MANUEL = load_manuel()
MAL_ECRIT = re.compile(r"'|!|  |(?<![\u00a0\s])[;?»€%]| [:;?»€%]|«(?!\u00a0)")
POIDS_DES_IMAGES = 1_000_000
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


# --- What is written


def test_the_contents_name_every_page_once_and_by_its_title() -> None:
    fichiers = {f.stem for f in chemin(DOSSIER).glob("*.md")} - {Path(SOMMAIRE).stem}
    assert sorted(page.nom for page in MANUEL.pages) == sorted(fichiers)
    sommaire = chemin(DOSSIER, SOMMAIRE).read_text(encoding="utf-8")
    assert [titre for titre, _ in LIEN.findall(sommaire)] == [page.titre for page in MANUEL.pages]
    assert all(page.section for page in MANUEL.pages)


def test_each_link_leads_to_a_page_and_nothing_leads_outside() -> None:
    for page in MANUEL.pages:
        cibles = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", page.texte)
        assert {cible for cible in cibles if MANUEL.page(cible.removesuffix(".md")) is None} == set(), page.nom
        assert "<" not in page.texte, page.nom


def test_pages_are_short_and_in_the_words_of_the_desk() -> None:
    for page in MANUEL.pages:
        assert 40 < len(page.lu.split()) < 480, page.nom
        assert not MOTS_INTERDITS.search(PERMIS.sub("", page.lu)), page.nom
        assert not MAL_ECRIT.search(page.lu.replace("\n", " ")), page.nom


def test_each_picture_is_a_scene_of_the_gallery_and_is_light() -> None:
    charger()
    montrees = [nom.removesuffix(".png") for page in MANUEL.pages for nom in page.images]
    assert sorted(montrees) == sorted(ILLUSTRATIONS), "python -m tests.gallery.illustrations"
    assert {f.name for f in IMAGES.iterdir()} == {f"{nom}.png" for nom in ILLUSTRATIONS}
    for nom, prise in ILLUSTRATIONS.items():
        photo, prefixe = prise.photo, prise.photo.rpartition("-")[0]
        source = inspect.getsource(SCENES[prise.scene].jouer)
        assert f'"{photo}"' in source or f'f"{prefixe}-' in source or 'f"bande-' in source, nom
        image = IMAGES / f"{nom}.png"
        assert image.stat().st_size <= POIDS_MAX, nom
        with Image.open(image) as lue:
            assert lue.mode == "P", nom
    assert sum(f.stat().st_size for f in IMAGES.iterdir()) < POIDS_DES_IMAGES


def test_a_text_column_holds_its_pictures_and_nothing_is_fetched(theme: Theme, qtbot: QtBot) -> None:
    vue = VueAide(theme, MANUEL)
    qtbot.addWidget(vue)
    vue.resize(1366, 768)
    vue.show()
    for page in MANUEL.pages:
        vue.ouvrir(page.nom)
        QApplication.processEvents()
        assert vue.lecteur.horizontalScrollBar().maximum() == 0, page.nom
        for nom in page.images:
            image = vue.lecteur.document().resource(
                QTextDocument.ResourceType.ImageResource.value, QUrl(f"images/{nom}")
            )
            assert image is not None and image.width() > 200, nom
    ailleurs = QUrl.fromLocalFile(str(chemin("glossaire.md")))
    for genre in (QTextDocument.ResourceType.MarkdownResource, QTextDocument.ResourceType.ImageResource):
        assert vue.lecteur.loadResource(genre.value, ailleurs) is None


# --- The place where one is


def test_every_screen_has_its_page_and_that_page_speaks_of_it(g: Guichet, tmp_path: Path) -> None:
    vus, fautes = set(), []
    for ouvrir in ouvreurs(g, tmp_path):
        ecran = ouvrir()
        vus.add(f"{type(ecran).__module__}.{type(ecran).__name__}")
        if isinstance(ecran, Page) and ecran is not g.page:
            g.bureau.ouvrir_page(ecran)
        g.calme()
        if isinstance(ecran, Dialogue):
            assert MANUEL.page(ecran.aide) is not None, ecran.windowTitle()
            ecran.reject()
            ecran.deleteLater()
        elif isinstance(ecran, PageSeuil):
            fautes += _silence(ecran, ecran.aide, ecran.titre.text())
            ecran.deleteLater()
        else:
            titres = [t.text() for t in ecran.findChildren(Titre) if t.isVisible()]
            g.fenetre.ouvrir_manuel()
            assert g.aide.vue is not None and g.aide.vue.page.nom == ecran.place_aide()
            fautes += _silence(
                ecran, ecran.place_aide(), ecran.titre if ecran.cle in CONSTANTS else " ".join(titres[:1])
            )
            g.touche(Qt.Key.Key_Escape)
            assert g.aide.vue is None and g.page is ecran
    assert fautes == []
    sans_page_a_elles = {
        nom for nom in ecrans() - vus if not any(nom.endswith(dialogue) for dialogue in DIALOGUES_DU_LIEU)
    }
    assert sans_page_a_elles == set(), "a new screen says which page of the manual is its own: `aide`"


CONSTANTS = {"personnes", "carnets", "a-verifier", "reglages", "lieux", "aujourdhui"}
DIALOGUES_DU_LIEU = (
    "DialogueImpressionAide", "DialogueRecepisse", "DialogueRaison", "DialogueRetrait", "DialogueEffacer",
    "DialogueGarde", "PageConservation", "PageChiffres", "PageRappels", "DialogueHomonyme", "AttentePapier",
)  # fmt: skip
"""Those that the walk above does not open: their page is looked at by the two tests below, or is that of the place."""
PERSONNES = ("Charlie", "Alpha", "Dufresnoy", "Nouvelle personne", "Delmotte")


def _silence(ecran: object, nom: str, titre: str) -> list[str]:
    """What is wrong with the page of a screen: it does not say the screen's title, in its first words."""
    page = MANUEL.page(nom)
    if page is None:
        return [f"{type(ecran).__name__}: no page « {nom} »"]
    if any(personne in titre for personne in PERSONNES):
        titre = page.titre  # the name of who is served: nothing of it is in the manual
    debut = " ".join(replier(titre).split()[:2])
    return [] if debut and debut in replier(page.lu) else [f"{type(ecran).__name__} « {titre} » : {nom}"]


def test_no_screen_is_without_a_page() -> None:
    ecrans()
    toutes = [*_filles(Page), *_filles(PageSeuil)]
    sans = [c.__name__ for c in toutes if c.__subclasses__() == [] and MANUEL.page(c.aide) is None]
    assert sans == []
    assert len(toutes) > 30
    dites = {c.__name__: c.aide for c in _filles(Dialogue) if c.aide}
    assert {nom for nom, page in dites.items() if MANUEL.page(page) is None} == set()


def _filles(classe: type) -> Iterator[type]:
    for fille in classe.__subclasses__():
        if fille.__module__.startswith("passdesk"):
            yield fille
            yield from _filles(fille)


def test_a_section_of_the_settings_has_its_own_page(g: Guichet) -> None:
    page = g.bureau.montrer_lieu("reglages")
    g.calme()
    vues = []
    for section in page.sections._sections:
        page.sections.ouvrir(section.cle)
        g.touche(Qt.Key.Key_F1)
        assert g.aide.vue is not None
        vues.append(g.aide.vue.page.nom)
        assert replier(section.titre) in replier(g.aide.vue.page.lu)
        g.touche(Qt.Key.Key_Escape)
    assert vues == [
        "reglages", "imprimante", "reglages", "lieux", "sauvegardes", "conservation", "journal", "agents",
        "entrainement", "reglages",
    ]  # fmt: skip


# --- There and back


def test_f1_and_back_leave_what_is_typed_and_the_keyboard_where_they_were(g: Guichet) -> None:
    page = g.visite(visite_accord(g.poste, naissance=""))
    page.personne.replier(False)
    champ = page.personne.champs["naissance"].saisie
    champ.setFocus()
    g.frapper("12/4")
    quittes: list[bool] = []
    page.personne.champs["naissance"].quitte.connect(lambda: quittes.append(True))
    g.touche(Qt.Key.Key_F1)
    vue = g.aide.vue
    assert vue is not None and vue.page.nom == "visite"
    assert g.focus is vue.lecteur
    g.touche(Qt.Key.Key_N, CTRL)
    g.calme()
    assert g.page is page, "the keys of the page behind do nothing"
    g.touche(Qt.Key.Key_Escape)
    assert g.aide.vue is None and g.page is page and page.isVisible()
    assert g.focus is champ and champ.text() == "12/4" and quittes == []
    g.touche(Qt.Key.Key_F1)
    g.aide.vue.retour.click()  # type: ignore[union-attr]
    assert g.focus is champ and champ.text() == "12/4"


def test_a_part_of_a_page_has_its_own(g: Guichet) -> None:
    page = g.visite(visite_accord(g.poste))
    page.panneau.bouton.setFocus()
    g.touche(Qt.Key.Key_F1)
    assert g.aide.vue is not None and g.aide.vue.page.nom == "decision"
    g.touche(Qt.Key.Key_Escape)
    assert g.focus is page.panneau.bouton


def test_what_was_written_meanwhile_is_there_on_the_way_back(g: Guichet) -> None:
    page = g.page
    g.touche(Qt.Key.Key_F1)
    noter(g.poste, _brouillon(g.poste, "Delmotte"))
    g.contexte.signaler("visites")
    g.touche(Qt.Key.Key_Escape)
    g.calme()
    assert any("Delmotte" in texte for texte in g.textes()), page.cle


def _brouillon(poste: Poste, nom: str) -> Brouillon:
    return visite_accord(poste, nom_naissance=nom, brouillon_id=visite.ouvrir_visite(poste).brouillon_id)


def test_links_and_the_way_back_between_pages_at_the_keyboard(g: Guichet) -> None:
    g.bureau.montrer_lieu("carnets")
    g.calme()
    g.touche(Qt.Key.Key_F1)
    vue = g.aide.vue
    assert vue is not None and not vue.precedente.isVisible()
    g.tabuler()
    g.touche(Qt.Key.Key_Return)
    assert vue.page.nom == "a-verifier", "the first link of the page"
    g.touche(Qt.Key.Key_Left, ALT)
    assert vue.page.nom == "carnets" and not vue.precedente.isVisible()
    g.touche(Qt.Key.Key_F1)
    assert vue.page.nom == "aide", "F1 in the manual says how to use it"


def test_a_dialog_has_the_manual_too_and_stays_open(g: Guichet) -> None:
    vues: list[str] = []

    def lire() -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, QDialog) or isinstance(boite, Dialogue):
            QTimer.singleShot(10, lire)
            return
        assert g.aide.vue is not None
        vues.append(g.aide.vue.page.nom)
        g._qtbot.keyClick(g.aide.vue.lecteur, Qt.Key.Key_Escape)

    g.bureau.montrer_lieu("carnets")
    g.calme()
    dialogue = Dialogue(g.theme, g.page, "Garder ?", "Rien ne change.", "info-circle", "info", "Garder")
    dialogue.open()
    dialogue.activateWindow()
    g.attendre(dialogue.isActiveWindow)
    QTimer.singleShot(0, lire)
    g._qtbot.keyClick(dialogue, Qt.Key.Key_F1)
    assert vues == ["carnets"], "of the place under it"
    assert dialogue.isVisible() and g.aide.vue is None
    dialogue.reject()
    dialogue.deleteLater()


def test_before_the_desk_is_open_the_manual_and_the_practice_are_there(
    g: Guichet, theme: Theme, tmp_path: Path
) -> None:
    essais: list[bool] = []
    page = PagePremierDepart(theme, g.taches, tmp_path / "neuf", g.poste.horloge)
    page.entrainement.connect(lambda: essais.append(True))
    g.fenetre.couvrir(page)
    page.guichet.set_texte("Maison de Trélon")
    page.bouton_aide.click()
    assert g.aide.vue is not None and g.aide.vue.page.nom == "premier-depart"
    g.touche(Qt.Key.Key_Escape)
    assert page.isVisible() and page.guichet.texte() == "Maison de Trélon"
    page.essayer.click()
    assert essais == [True]
    g.touche(Qt.Key.Key_F1)
    g.fenetre.decouvrir()
    assert g.bureau.isVisible() and g.aide.vue is None, "what covers the window goes with the manual over it"


def test_the_lock_closes_the_manual_and_gives_the_work_back(g: Guichet, theme: Theme) -> None:
    g.touche(Qt.Key.Key_F1)
    verrou = QWidget()
    g.fenetre.couvrir(verrou)
    assert g.aide.vue is None and verrou.isVisible() and not g.bureau.isVisible()
    g.fenetre.decouvrir()
    assert g.bureau.isVisible()


# --- Search, sizes, paper


@pytest.mark.parametrize(
    ("cherche", "premiere"),
    [("perdu", "carnet-perdu"), ("PHRASE secrete", "phrase-secrete"), ("verifier pass", "verifier"),
     ("entrainer", "entrainement"), ("mot de passe", "phrase-secrete"), ("raccourci", "raccourcis")],
)  # fmt: skip
def test_a_search_sets_accents_and_case_aside(cherche: str, premiere: str) -> None:
    assert MANUEL.chercher(cherche)[0].page.nom == premiere


def test_what_is_found_is_marked_and_read_without_the_mouse(g: Guichet) -> None:
    g.touche(Qt.Key.Key_F1)
    vue = g.aide.vue
    assert vue is not None
    g.touche(Qt.Key.Key_K, CTRL)
    assert g.focus is vue.champ
    g.frapper("imprimante")
    g.attendre(lambda: {replier(mot) for mot in vue.lecteur.marques()} == {"imprimante"})
    premiere = vue.page.nom
    g.touche(Qt.Key.Key_Down)
    g.attendre(lambda: vue.page.nom != premiere and bool(vue.lecteur.marques()))
    g.touche(Qt.Key.Key_Return)
    assert g.focus is vue.lecteur
    g.touche(Qt.Key.Key_K, CTRL)
    g.frapper("zzzz")
    assert vue.rien.isVisible() and "zzzz" in vue.rien.text()
    g.touche(Qt.Key.Key_Escape)
    assert vue.champ.text() == "" and not vue.rien.isVisible() and len(vue.liste.rangees) > len(MANUEL.pages)
    g.touche(Qt.Key.Key_Escape)
    assert g.aide.vue is None


@pytest.mark.parametrize("echelle", [1.0, 1.5, 2.0])
def test_it_is_read_at_any_size(g: Guichet, theme: Theme, echelle: float) -> None:
    theme.choisir(echelle=echelle)
    g.fenetre.resize(1366, 768)
    g.touche(Qt.Key.Key_F1)
    vue = g.aide.vue
    assert vue is not None
    g.attendre(lambda: rognes(vue) == [])
    assert g.fenetre.width() == 1366 and g.fenetre.height() == 768
    assert vue.lecteur.isVisible() and vue.lecteur.verticalScrollBar().maximum() > 0
    if echelle > 1.4:
        assert not vue.liste.isVisible(), "one at a time"
        g.touche(Qt.Key.Key_K, CTRL)
        assert vue.liste.isVisible() and not vue.lecteur.isVisible()
        g.touche(Qt.Key.Key_Return)
        assert vue.lecteur.isVisible()


@pytest.mark.parametrize("nom", ["visite", "raccourcis", "sauvegardes"])
def test_no_line_is_shown_cut_in_two_and_none_is_passed_over(g: Guichet, theme: Theme, nom: str) -> None:
    """At 200 %, page after page, down and back up."""
    theme.choisir(echelle=2.0)
    g.fenetre.resize(1366, 768)
    g.touche(Qt.Key.Key_F1)
    vue = g.aide.vue
    assert vue is not None
    vue.ouvrir(nom)
    vue.arriver()
    lecteur = vue.lecteur
    barre = lecteur.verticalScrollBar()
    g.attendre(lambda: not lecteur.viewport().mask().isEmpty() or lecteur.montre[1] == lecteur.viewport().height())
    # Taller than any line, less than any picture.
    une_ligne = 100
    bas = 0
    while True:
        tete, pied = lecteur.montre
        assert barre.value() + tete <= bas, "everything is read on the way down"
        bas = barre.value() + pied
        for bord in (barre.value() + tete, bas):
            assert lignes_coupees(lecteur.document(), bord, une_ligne) == [], (nom, bord)
        if barre.value() == barre.maximum():
            break
        g.touche(Qt.Key.Key_PageDown)
    while barre.value():
        haut = barre.value() + lecteur.montre[0]
        g.touche(Qt.Key.Key_PageUp)
        assert barre.value() + lecteur.montre[1] >= haut, "everything is read on the way up"
        assert lignes_coupees(lecteur.document(), barre.value() + lecteur.montre[0], une_ligne) == []


def test_the_widest_words_of_a_column_do_not_touch_the_next(theme: Theme, qtbot: QtBot) -> None:
    habit = Habit(theme.jetons, 2.0, 1200)
    page = MANUEL.page("raccourcis")
    assert page is not None
    document = composer((page,), habit)
    document.setTextWidth(1216)
    (tableau,) = [cadre for cadre in document.rootFrame().childFrames() if isinstance(cadre, QTextTable)]
    mise = document.documentLayout()
    for rang in range(tableau.rows()):
        gauche, droite = (tableau.cellAt(rang, c).firstCursorPosition().block() for c in (0, 1))
        fin = mise.blockBoundingRect(gauche).left() + gauche.layout().lineAt(0).naturalTextWidth()
        assert mise.blockBoundingRect(droite).left() - fin >= 20, gauche.text()


def test_a_page_or_all_of_it_becomes_a_file(tmp_path: Path, theme: Theme) -> None:
    import pypdfium2

    une = pypdfium2.PdfDocument(enregistrer([MANUEL.pages[5]], tmp_path / "une.pdf"))
    tout = pypdfium2.PdfDocument(enregistrer(MANUEL.pages, tmp_path / "tout.pdf"))
    assert 1 <= len(une) <= 3 and len(tout) >= len(MANUEL.pages)
    assert "Aujourd" in une[0].get_textpage().get_text_range()
    ecrit = " ".join(page.get_textpage().get_text_range() for page in tout)
    assert all(replier(page.titre) in replier(ecrit) for page in MANUEL.pages)
    with pytest.raises(PanneAttendue, match="aide_non_ecrite"):
        enregistrer(MANUEL.pages, tmp_path / "absent" / "tout.pdf")


def test_the_page_that_is_read_goes_to_the_printer(
    poste: Poste, theme: Theme, taches: TaskRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    import pypdfium2

    parc = ParcPdf(tmp_path, "Accueil")
    imprimante = ImprimanteSysteme(poste.dossier, SansFichier(), parc)
    with guichet(poste, theme, taches, qtbot, imprimante) as g:
        g.commencer()
        g.touche(Qt.Key.Key_F1)
        dits: list[str] = []

        def imprimer() -> None:
            boite = QApplication.activeModalWidget()
            if not isinstance(boite, DialogueImpressionAide) or not boite.imprimer.isVisible():
                QTimer.singleShot(10, imprimer)
                return
            if not dits:
                dits.append("")
                boite.imprimer.click()
            if not boite.etat.texte():
                QTimer.singleShot(10, imprimer)
                return
            dits.append(boite.etat.texte())
            boite.reject()

        QTimer.singleShot(0, imprimer)
        g.touche(Qt.Key.Key_P, CTRL)
        assert dits == ["", textes.IMPRIMEE]
    (sortie,) = parc.sorties()
    assert "Aujourd" in pypdfium2.PdfDocument(sortie)[0].get_textpage().get_text_range()


class SansFichier:
    """No sheet of the manual goes to the desk's own files."""

    def sortir(self, papier: object, nom: str) -> Path | None:
        raise AssertionError(nom)


# --- The practice window, from here


def test_the_practice_window_is_asked_for_once_and_said(g: Guichet) -> None:
    g.touche(Qt.Key.Key_F1)
    vue = g.aide.vue
    assert vue is not None
    vue.s_entrainer.click()
    assert vue.avis.texte() == textes.ENTRAINEMENT_OUVERT and g.entrainement.lances == 1
    vue.s_entrainer.click()
    assert vue.avis.texte() == textes.ENTRAINEMENT_DEJA and g.entrainement.lances == 1


def test_the_settings_lead_to_it(g: Guichet) -> None:
    page = g.bureau.montrer_lieu("reglages")
    g.calme()
    page.sections.ouvrir("entrainement")
    (bouton,) = [b for b in page.findChildren(QWidget) if b.accessibleName() == "S’entraîner" and b.isVisible()
                 and hasattr(b, "click")]  # fmt: skip
    bouton.click()
    assert g.entrainement.lances == 1
    assert textes.ENTRAINEMENT_OUVERT in [w.text() for w in page.findChildren(QLabel) if w.isVisible()]


def test_in_the_practice_window_there_is_none_to_start(theme: Theme, taches: TaskRunner) -> None:
    fenetre = Fenetre(theme)
    fenetre.montrer(QLineEdit())
    fenetre.show()
    aide = Aide(fenetre, theme, taches, SansFichier)
    fenetre.ouvrir_manuel()
    assert aide.vue is not None and not aide.vue.s_entrainer.isVisible()
    fenetre.close()
    # It goes while the theme that it follows still lives.
    fenetre.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_nothing_of_the_manual_is_read_before_it_is_asked_for() -> None:
    programme = (
        "import sys, passdesk.app; "
        "lus = {'manuel', 'vue', 'rendu', 'lecteur', 'papier'}; "
        "sys.exit(any(m.startswith('passdesk.ui.aide.') and m.split('.')[-1] in lus for m in sys.modules))"
    )
    fait = subprocess.run([sys.executable, "-c", programme], check=False, capture_output=True, text=True)
    assert fait.returncode == 0, fait.stderr


def test_a_manual_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / SOMMAIRE).write_text("# Aide\n\n## Un\n\n- [L'essai](essai.md)\n", encoding="utf-8")
    (tmp_path / "essai.md").write_text("# L'essai\n\nVoyez `F1` : *ici*.\n", encoding="utf-8")
    manuel = load_manuel(tmp_path)
    assert isinstance(manuel, Manuel)
    (page,) = manuel.pages
    assert (page.titre, page.section, page.lu) == ("L’essai", "Un", "L’essai\nVoyez F1\u00a0: ici.")
