"""A desk really enrolled, in a real window, driven by keys as a mediator would."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLayoutItem, QLineEdit, QMenu, QWidget
from shiboken6 import createdByPython, getAllValidWrappers, isValid

from passdesk.app import load_communes
from passdesk.domain.commune import Communes
from passdesk.domain.visite import Brouillon
from passdesk.services.avancement import Avancement
from passdesk.services.entrainement import Entrainement
from passdesk.services.impression import DOSSIER_PAPIER, Imprimante, ImprimanteFichier
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.second_poste import SecondPoste
from passdesk.services.synchroniser import BilanEnvoi, synchroniser
from passdesk.sync.transport import HttpTransport, Transport
from passdesk.tasks import TaskRunner
from passdesk.ui.aide.guide import Aide
from passdesk.ui.bureau import Bureau
from passdesk.ui.composants import Page
from passdesk.ui.contexte import Contexte
from passdesk.ui.cycle import CycleEnvoi
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.papier.dialogue import DialoguePapier
from passdesk.ui.parcours import Parcours
from passdesk.ui.theme import Theme
from passdesk.ui.visite import PageVisite
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, poste_enrole

CTRL = Qt.KeyboardModifier.ControlModifier
SANS = Qt.KeyboardModifier.NoModifier
TABULATIONS_MAX = 80


@cache
def _poste_modele(racine: Path) -> Path:
    """The folder of a desk enrolled and granted lots, made once; its server has stopped: the desk is offline."""
    with poste_enrole(racine) as poste:
        return poste.dossier


def poste_hors_ligne(dossier: Path, racine: Path) -> Poste:
    """A desk of its own for one test: a copy of the model kept under `racine`."""
    shutil.copytree(_poste_modele(racine), dossier)
    return ouvrir_poste(dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)


@cache
def communes() -> Communes:
    """The list shipped, read once for all tests."""
    return load_communes()


class Doigts(Protocol):
    """What plays a desk: the `qtbot` of a test, or a program that takes pictures."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        """Lets the window live until it is true, `timeout` milliseconds at most."""
        ...

    def keyClick(self, widget: QWidget, key: str | Qt.Key, modifier: Qt.KeyboardModifier = SANS) -> None:
        """Presses a key."""
        ...


class Gestes:
    """What a journey costs beyond the data itself, from *Nouvelle personne* (its key counts) to the carnet handed over.

    The letters typed in a field are data, and moving from one filled field to the next is not counted (issue 8): every
    other key is in `nombre`, those of a choice too. `passages`: the Tabs that passed over a stop left empty.
    """

    def __init__(self) -> None:
        self.nombre = self.passages = 0

    def presser(self, touche: Qt.Key, modificateur: Qt.KeyboardModifier, ou: QWidget | None) -> None:
        """A key other than the letters of a field, pressed where the focus is."""
        if (touche, modificateur) == (Qt.Key.Key_N, CTRL):
            self.recommencer()
        if touche not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.nombre += 1
        elif not rempli(ou):
            self.passages += 1

    def recommencer(self) -> None:
        """From here."""
        self.nombre = self.passages = 0

    @property
    def comptes(self) -> tuple[int, int]:
        """Both."""
        return self.nombre, self.passages


def rempli(widget: QWidget | None) -> bool:
    """True for a field that holds an answer."""
    if isinstance(widget, QLineEdit):
        return bool(widget.text())
    if isinstance(widget, QComboBox):
        return widget.currentIndex() >= 0
    return isinstance(widget, QAbstractButton) and widget.isChecked()


class Visionneuse(QObject):
    """What this computer opens a file with. `ouverts`: the names of those opened."""

    def __init__(self) -> None:
        super().__init__()
        self.ouverts: list[str] = []
        QDesktopServices.setUrlHandler("file", self, "ouvrir")

    @Slot(QUrl)
    def ouvrir(self, adresse: QUrl) -> None:
        """Called by Qt."""
        self.ouverts.append(adresse.fileName())

    def fermer(self) -> None:
        """No file is opened any more."""
        QDesktopServices.unsetUrlHandler("file")


class EntrainementMuet(Entrainement):
    """Counts how often the practice window was asked for, and starts nothing."""

    lances = 0

    def lancer(self) -> None:
        self.lances += 1

    @property
    def ouverte(self) -> bool:
        return self.lances > 0


class Guichet:
    """The window of a desk. `poste` is the test's own connection, to look at what was recorded."""

    def __init__(
        self,
        poste: Poste,
        theme: Theme,
        taches: TaskRunner,
        qtbot: Doigts,
        imprimante: Imprimante | None = None,
        relier: Callable[[], Transport] = HttpTransport,
    ) -> None:
        self.poste, self.theme, self.taches, self._qtbot = poste, theme, taches, qtbot
        self.gestes = Gestes()
        ouverts: list[Poste] = []
        taches.lancer("base", poste.rouvrir, apres=ouverts.append)
        qtbot.waitUntil(lambda: bool(ouverts), timeout=60_000)
        self._ouvert = ouverts[0]
        self._second = SecondPoste(poste, taches.arret.is_set)
        imprimante = imprimante or ImprimanteFichier(poste.dossier / DOSSIER_PAPIER)
        self.contexte = Contexte(taches, self._ouvert, poste.horloge, communes(), theme, imprimante)
        self.visionneuse = Visionneuse()
        self.entrainement = EntrainementMuet(poste.dossier)
        self.contexte.entrainement = self.entrainement
        self._relier = relier
        self._cycle = CycleEnvoi(taches, self._synchroniser)
        self.bureau = Bureau(self.contexte, self._cycle, Parcours(), "Claire Mabille", self._second)
        self.fenetre = Fenetre(theme)
        self.aide = Aide(self.fenetre, theme, taches, lambda: imprimante, self.entrainement)
        self.fenetre.montrer(self.bureau)
        self.fenetre.show()
        self.fenetre.activateWindow()
        qtbot.waitUntil(self.fenetre.isActiveWindow, timeout=60_000)
        self.calme()

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.bureau.page

    @property
    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def bandeau(self) -> str:
        """What the strip under the page says."""
        return self.bureau.bandeau.texte.accessibleName()

    def commencer(self) -> None:
        """Arrives at *Aujourd'hui* as at the opening of the desk: the first sending cycle is asked for."""
        self.bureau.commencer()
        self.calme()

    def visite(self, brouillon: Brouillon) -> PageVisite:
        """Opens the page of a draft and waits for its right."""
        page = PageVisite(self.contexte, brouillon)
        self.bureau.ouvrir_page(page)
        self.calme()
        assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [self.fenetre]
        assert self.fenetre.isActiveWindow()
        return page

    def attendre(self, condition: Callable[[], bool], secondes: int = 60) -> None:
        """Lets the window live until the condition holds; so long at most."""
        self._qtbot.waitUntil(condition, timeout=secondes * 1000)

    def calme(self) -> None:
        """Until everything typed is saved and judged, and no work is under way."""
        self.attendre(lambda: self.taches.en_cours == 0 and self._rien_a_enregistrer())
        QApplication.processEvents()
        self.attendre(lambda: self.taches.en_cours == 0)
        # What the last answer changed is laid out.
        QApplication.processEvents()

    def frapper(self, texte: str) -> None:
        """Types in the field that has the focus."""
        champ = self.focus
        assert isinstance(champ, QLineEdit)
        for lettre in texte:
            self._qtbot.keyClick(champ, lettre) if lettre.isascii() else champ.insert(lettre)
        champ.textEdited.emit(champ.text())

    def lettre(self, lettre: str) -> None:
        """Types one letter where the focus is, whatever has it."""
        self._qtbot.keyClick(self.focus, lettre)

    def touche(self, touche: Qt.Key, modificateur: Qt.KeyboardModifier = SANS) -> None:
        """Presses a key where the focus is."""
        if QApplication.activePopupWidget() is None and not self.fenetre.isActiveWindow():
            self.reprendre_le_clavier()
        self.gestes.presser(touche, modificateur, QApplication.focusWidget())
        cible = QApplication.activePopupWidget() or QApplication.focusWidget() or self.fenetre
        self._qtbot.keyClick(cible, touche, modificateur)

    def tabuler(self, fois: int = 1) -> None:
        """Presses Tab."""
        for _ in range(fois):
            self.touche(Qt.Key.Key_Tab)

    def aller_a(self, *noms: str) -> str:
        """Presses Tab until the focus is on one of these, and says which."""
        for _ in range(TABULATIONS_MAX):
            nom = nom_lu(self.focus)
            if nom in noms:
                return nom
            self.tabuler()
        raise AssertionError(f"Tab never comes to {noms}")

    def arrete_a(self, rang: int) -> None:
        """Key 2 of the printer question, then the sheet of this rank (from 1, of those asked about) in the list."""
        self.touche(Qt.Key.Key_2)
        self.aller_a("Feuille où l’impression s’est arrêtée")
        liste = self.focus
        assert isinstance(liste, QComboBox)
        derniere = rang == liste.count()
        for _ in range(1 if derniere else rang):
            self.touche(Qt.Key.Key_Up if derniere else Qt.Key.Key_Down)

    def reprendre_le_clavier(self) -> None:
        """Offscreen there is no window manager to give it back once a menu or a list has closed, and Qt gives it to
        what had opened the list, or to the first of the window: it goes where the program had put it.
        """
        ou = QApplication.focusWidget()
        if ou is None or ou.window() is not self.fenetre:
            ou = self.fenetre.focusWidget()
        self.fenetre.activateWindow()
        self.attendre(self.fenetre.isActiveWindow)
        if ou is not None and isValid(ou) and ou.isVisible():
            ou.setFocus()

    def choisir_acte(self, menu: str, acte: str) -> None:
        """Opens a menu of rare acts, goes down to this one, presses Enter."""
        self.aller_a(menu)
        self.touche(Qt.Key.Key_Space)
        ouvert = QApplication.activePopupWidget()
        assert isinstance(ouvert, QMenu), f"{menu} opens no menu"
        for _ in ouvert.actions():
            if (choisi := ouvert.activeAction()) is not None and choisi.text().split("\t")[0] == acte:
                self.touche(Qt.Key.Key_Return)
                self.reprendre_le_clavier()
                return
            self.touche(Qt.Key.Key_Down)
        raise AssertionError(f"no {acte} under {menu}")

    def valider(self) -> None:
        """Ctrl+Entrée, then waits for what it started."""
        self.touche(Qt.Key.Key_Return, CTRL)
        self.calme()

    def textes(self) -> list[str]:
        """Every sentence visible on the page, bold words as the others."""
        vues = [w for w in self.page.findChildren(QLabel) if w.isVisible()]
        etiquettes = [w.accessibleName() if w.textFormat() is Qt.TextFormat.RichText else w.text() for w in vues]
        boutons = [w.text().replace("&&", "&") for w in self.page.findChildren(QAbstractButton) if w.isVisible()]
        return [texte for texte in (*etiquettes, *boutons) if texte]

    def papier(self) -> DialoguePapier:
        """The paper with a name that is shown over the page."""
        (ouvert,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePapier) and w.isVisible()]
        return ouvert

    def fermer_papier(self) -> None:
        """Échap on the paper shown, back to the page."""
        self._qtbot.keyClick(self.papier(), Qt.Key.Key_Escape)
        self.calme()
        assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePapier) and w.isVisible()]
        # Offscreen there is no window manager to give the keyboard back.
        self.fenetre.activateWindow()
        self.attendre(self.fenetre.isActiveWindow)

    def fermer(self) -> None:
        """Closes the window and the bases, each in its thread."""
        assert places_nommees() == []
        self.visionneuse.fermer()
        self._cycle.arreter()
        self.bureau.quitter()
        self.taches.fermer(("base", self._ouvert.fermer), ("reseau", self._second.fermer))
        self.fenetre.close()
        # The widgets go while the theme that they follow still lives.
        self.fenetre.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _synchroniser(self, avancement: Avancement, arreter: Callable[[], bool]) -> BilanEnvoi:
        echange = partial(
            synchroniser,
            relier=self._relier,
            avancement=avancement,
            arreter=lambda: self.taches.arret.is_set() or arreter(),
        )
        return self._second.faire(echange)

    def _rien_a_enregistrer(self) -> bool:
        return all(p.en_cours.a_jour or p.en_cours.fermee for p in self.bureau.visites if isinstance(p, PageVisite))


def places_nommees() -> list[str]:
    """The places in a layout that have a name in Python: those of widgets gone since end the program, sooner or later.

    `passdesk.ui.composants.mise` says how.
    """
    return [
        repr(nomme)
        for nomme in getAllValidWrappers()
        if isinstance(nomme, QLayoutItem) and not isinstance(nomme, QObject) and not createdByPython(nomme)
    ]


@contextmanager
def guichet(
    poste: Poste,
    theme: Theme,
    taches: TaskRunner,
    qtbot: Doigts,
    imprimante: Imprimante | None = None,
    relier: Callable[[], Transport] = HttpTransport,
) -> Iterator[Guichet]:
    """A window that is always closed at the end; `imprimante`: PDF files when None; `relier`: the way to the Region."""
    ouvert = Guichet(poste, theme, taches, qtbot, imprimante, relier)
    try:
        yield ouvert
    finally:
        ouvert.fermer()


def nom_lu(widget: QWidget) -> str:
    """What assistive tools say of a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else type(widget).__name__


def dossier_papier(poste: Poste) -> list[Path]:
    """The print files of the desk."""
    return sorted((poste.dossier / DOSSIER_PAPIER).glob("*.pdf"))
