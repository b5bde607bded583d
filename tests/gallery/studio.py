"""Plays scenes in a real window, takes their pictures, and notes what is wrong in them."""

from __future__ import annotations

import hashlib
import re
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget

from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.services.poste import Poste
from passdesk.sync.transport import HttpTransport, Transport
from passdesk.tasks import TaskRunner
from passdesk.ui.composants import Dialogue
from passdesk.ui.fenetre import TAILLE, Fenetre
from passdesk.ui.theme import Theme
from tests.builders import terrain
from tests.gallery.mondes import ENROLEMENT, JOUR, MONDES, copier, imprimante_du_poste
from tests.ui.acces import inaccessibles
from tests.ui.contrastes import pales
from tests.ui.guichet import SANS, Guichet
from tests.ui.mesures import debordes, hors_de_vue, recouverts, rognes, trop_grands

THEMES = ("clair", "sombre", "contraste")
ECHELLES = (1.0, 2.0)
PATIENCE_MS = 20_000
POSE_MS = 4_000
"""Layouts follow a change of theme over a few turns of the event loop."""
COMPRESSION = 70
"""Of a picture, as Qt counts it (100: none): a third faster than by default, a twentieth larger."""

Jeu = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A function that leads a desk to one or several screens. `monde` None: no desk is opened, it gets a Seuil.

    `imprimantes`: names of those of the computer; "Étage" is stopped. None: sheets go to a file.
    """

    jouer: Jeu
    monde: str | None
    rapide: bool
    en_ligne: bool
    imprimantes: tuple[str, ...] = ()

    @property
    def nom(self) -> str:
        """The name of the function."""
        return self.jouer.__name__


SCENES: dict[str, Scene] = {}


def scene(
    monde: str | None, *, rapide: bool = False, en_ligne: bool = False, imprimantes: tuple[str, ...] = ()
) -> Callable[[Jeu], Jeu]:
    """Adds a function to the gallery (see `tests.gallery`)."""

    def inscrire(jouer: Jeu) -> Jeu:
        if jouer.__name__ in SCENES:
            raise ValueError(f"two scenes are named {jouer.__name__}: one would never be played")
        SCENES[jouer.__name__] = Scene(jouer, monde, rapide, en_ligne, imprimantes)
        return jouer

    return inscrire


@dataclass
class Resultat:
    """What a gallery holds, and what is wrong in it. `images`: file name → digest of its pixels."""

    images: dict[str, str] = field(default_factory=dict)
    fautes: list[str] = field(default_factory=list)
    phrases: dict[str, set[str]] = field(default_factory=dict)

    def jumelles(self) -> list[str]:
        """Names of pictures that are the same as an earlier one."""
        premieres: dict[str, str] = {}
        return [
            f"{nom} = {premieres[empreinte]}"
            for nom, empreinte in self.images.items()
            if premieres.setdefault(empreinte, nom) != nom
        ]


class Mains:
    """What `qtbot` is to a test: waits by living, and presses keys."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        """Raises TimeoutError."""
        # A gallery is made while others work on the same machine: patience costs nothing.
        fin = time.monotonic() + 6 * timeout / 1000
        while not callback():
            if time.monotonic() > fin:
                raise TimeoutError(f"still not: {callback}")
            QTest.qWait(5)

    def keyClick(self, widget: QWidget, key: str | Qt.Key, modifier: Qt.KeyboardModifier = SANS) -> None:
        QTest.keyClick(widget, key, modifier)


@contextmanager
def egares() -> Iterator[list[str]]:
    """What is shown, while the block runs, before it has its place in a page: each flashes as a window of its own, and
    takes the keyboard away.

    Every widget is shown by one of three calls. To look at the events of the application instead was a fifth of the
    gallery's work.
    """
    vus: list[str] = []

    def guetter(vraie: Callable[..., None]) -> Callable[..., None]:
        def montrer(widget: QWidget, *arguments: bool) -> None:
            avant = widget.isVisible()
            vraie(widget, *arguments)
            if avant or not widget.isVisible() or isinstance(widget, Fenetre | QDialog):
                return
            if widget.windowType() == Qt.WindowType.Window:
                vus.append(f"{type(widget).__name__} {widget.accessibleName()}".rstrip())

        return montrer

    with ExitStack() as pile:
        for nom in ("show", "setVisible", "setHidden"):
            pile.enter_context(mock.patch.object(QWidget, nom, guetter(getattr(QWidget, nom))))
        yield vus


class Coupe:
    """A network that answers nothing."""

    def post(self, *_: object) -> object:
        raise PanneAttendue("hors_ligne")

    def close(self) -> None:
        """Nothing to let go."""


class Seuil:
    """A window with no desk open yet. `dossier` does not exist."""

    def __init__(self, dossier: Path, theme: Theme, taches: TaskRunner, mains: Mains) -> None:
        self.dossier, self.theme, self.taches, self._mains = dossier, theme, taches, mains
        self.horloge = HorlogeFixe(JOUR)
        self.fenetre = Fenetre(theme)
        self.fenetre.show()
        self.fenetre.activateWindow()

    def calme(self) -> None:
        """Until no work is under way."""
        self._mains.waitUntil(lambda: self.taches.en_cours == 0, timeout=PATIENCE_MS)

    def fermer(self) -> None:
        """Closes the window."""
        self.fenetre.close()
        self.fenetre.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Photo:
    """Takes what the window shows, in each theme, at the size being played."""

    def __init__(self, dossier: Path, themes: Sequence[str], resultat: Resultat) -> None:
        self._dossier, self._themes, self._resultat = dossier, themes, resultat
        self._sur: Guichet | Seuil | None = None

    @contextmanager
    def devant(self, sur: Guichet | Seuil) -> Iterator[Photo]:
        """The window to take, for as long as the block lasts."""
        self._sur = sur
        try:
            yield self
        finally:
            self._sur = None

    def __call__(self, nom: str, *, ecran: QWidget | None = None) -> None:
        """`nom`: the screen, in the file's name. `ecran`: the dialog in front, when there is one."""
        assert self._sur is not None
        theme, fenetre = self._sur.theme, self._sur.fenetre
        if QApplication.activeModalWidget() not in (None, ecran):
            raise ValueError(f"a dialog left open hides {nom}")
        for mode in self._themes:
            theme.choisir(mode)
            fichier = f"{nom}-{mode}-{round(theme.echelle * 100)}"
            if f"{fichier}.png" in self._resultat.images:
                raise ValueError(f"two screens are named {nom}")
            devant = ecran or fenetre
            fenetre.resize(*TAILLE)
            self._poser(devant)
            peint = devant.grab().toImage()
            if not getattr(devant.window(), "anneau", fenetre.anneau).en_place:
                # The painting itself laid the page out anew; a real one is followed by another.
                QTest.qWait(30)
                peint = devant.grab().toImage()
            image = peint if ecran is None else _placer(peint, fenetre, ecran)
            self._juger(fichier, devant, theme, peint)
            image.save(str(self._dossier / f"{fichier}.png"), quality=COMPRESSION)
            self._resultat.images[f"{fichier}.png"] = _empreinte(image)
        theme.choisir(self._themes[0])
        fenetre.activateWindow()
        self._resultat.phrases.setdefault(nom, set()).update(_lues(ecran or fenetre))

    def dialogue(
        self, nom: str, presser: Callable[[], object], avant: Callable[[QDialog], object] | None = None
    ) -> None:
        """Presses, takes the dialog that opens once `avant` has led it where it should be, and closes it harmlessly."""
        pris: list[str] = []
        trouble: list[BaseException] = []

        def prendre() -> None:
            boite = QApplication.activeModalWidget()
            if not isinstance(boite, QDialog):
                QTimer.singleShot(20, prendre)
                return
            try:
                if avant is not None:
                    avant(boite)
                self(nom, ecran=boite)
            except BaseException as survenu:
                trouble.append(survenu)
            finally:
                pris.append(nom)
                boite.sans_risque.click() if isinstance(boite, Dialogue) else boite.reject()

        QTimer.singleShot(0, prendre)
        presser()
        fin = time.monotonic() + PATIENCE_MS / 1000
        while not pris:
            if time.monotonic() > fin:
                raise TimeoutError(f"no dialog for {nom}")
            QTest.qWait(5)
        if trouble:
            raise trouble[0]

    def _poser(self, devant: QWidget) -> None:
        fin = time.monotonic() + POSE_MS / 1000
        QTest.qWait(30)
        while time.monotonic() < fin and any(mesure(devant) for mesure in (rognes, debordes, recouverts, hors_de_vue)):
            QTest.qWait(10)
        QTest.qWait(20)
        anneau = getattr(devant.window(), "anneau", None)
        while time.monotonic() < fin and anneau is not None and not anneau.posee and _sans_son_nom():
            QTest.qWait(10)
        # What the last turn of the loop moved is followed by the focus ring in the next one, before a real painting.
        QApplication.sendPostedEvents()

    def _juger(self, fichier: str, devant: QWidget, theme: Theme, image: QImage) -> None:
        for genre, faites in (
            ("rogné", rognes(devant)),
            ("déborde", debordes(devant)),
            ("recouvert", recouverts(devant)),
            ("pâle", pales(devant, image, theme)),
            ("sans focus en vue", hors_de_vue(devant)),
            ("inaccessible", inaccessibles(devant)),
            ("plus grand que l’écran", trop_grands(devant.window(), TAILLE)),
        ):
            self._resultat.fautes += [f"{fichier}: {genre} {faute}" for faute in faites]


class Studio:
    """The desks, copied one a scene under `atelier`; pictures go to `dossier`."""

    def __init__(self, atelier: Path, dossier: Path, themes: Sequence[str] = THEMES) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._atelier = atelier
        self._mains, self.resultat = Mains(), Resultat()
        self._theme = Theme(themes[0], 1.0)
        self._theme.installer(application)
        self._photo = Photo(dossier, themes, self.resultat)
        self._modeles: dict[str, Path] = {}
        self._copies = 0

    def tenter(self, jouee: Scene, echelle: float) -> None:
        """`jouer`; what goes wrong is a fault of the gallery, and the other scenes are still played."""
        try:
            self.jouer(jouee, echelle)
        except Exception as trouble:
            ou = traceback.extract_tb(trouble.__traceback__)[-1]
            self.resultat.fautes.append(f"{jouee.nom} ({echelle}) : {trouble!r}, {ou.filename}:{ou.lineno}")

    def jouer(self, jouee: Scene, echelle: float) -> None:
        """One scene at one text size. Raises whatever goes wrong in it."""
        self._theme.choisir(echelle=echelle)
        troubles: list[BaseException] = []
        taches = TaskRunner(KnownError, troubles.append, troubles.append)
        self._copies += 1
        cible = self._atelier / f"copie-{self._copies}"
        try:
            with egares() as vus:
                if jouee.monde is None:
                    self._au_seuil(jouee, cible, taches)
                else:
                    self._au_guichet(jouee, jouee.monde, cible, taches)
        finally:
            taches.fermer()
        self.resultat.fautes += [f"{jouee.nom} ({echelle}): montré hors de sa place {vu}" for vu in vus]
        if troubles:
            raise troubles[0]

    def _au_seuil(self, jouee: Scene, cible: Path, taches: TaskRunner) -> None:
        seuil = Seuil(cible, self._theme, taches, self._mains)
        try:
            with self._photo.devant(seuil) as photo:
                jouee.jouer(seuil, photo)
        finally:
            taches.fermer()
            seuil.fermer()

    def _au_guichet(self, jouee: Scene, monde: str, cible: Path, taches: TaskRunner) -> None:
        if jouee.en_ligne:
            horloge = HorlogeFixe(ENROLEMENT)
            with terrain(cible.with_suffix(".region"), horloge) as lieu:
                modele = MONDES[monde](lieu)
                modele.fermer()
                horloge.instant = JOUR
                self._devant(jouee, copier(modele.dossier, cible), taches, HttpTransport)
        else:
            self._devant(jouee, copier(self._modele(monde), cible), taches, Coupe)

    def _devant(self, jouee: Scene, poste: Poste, taches: TaskRunner, relier: Callable[[], Transport]) -> None:
        imprimante = imprimante_du_poste(poste, jouee.imprimantes)
        g = Guichet(poste, self._theme, taches, self._mains, imprimante, relier)
        try:
            g.commencer()
            with self._photo.devant(g) as photo:
                jouee.jouer(g, photo)
        finally:
            g.fermer()
            poste.fermer()

    def _modele(self, monde: str) -> Path:
        """The folder of a world; its Region has stopped."""
        if monde not in self._modeles:
            with terrain(self._atelier / monde, HorlogeFixe(ENROLEMENT)) as lieu:
                poste = MONDES[monde](lieu)
                poste.fermer()
            self._modeles[monde] = poste.dossier
        return self._modeles[monde]


def _sans_son_nom() -> bool:
    """True while the field that has the keyboard is shown without its label: the page has not scrolled to it yet."""
    bloc: QWidget | None = getattr(QApplication.focusWidget(), "bloc_a_voir", None)
    return bloc is not None and bloc.visibleRegion().boundingRect() != bloc.rect()


def _placer(peint: QImage, fenetre: QWidget, ecran: QWidget) -> QImage:
    """What is painted of a dialog in the middle of its window, with the thin edge that a window manager would give it;
    of a menu, under its button.
    """
    image = fenetre.grab().toImage()
    if isinstance(ecran, QMenu):
        # Not where it was put: the screen of these pictures is smaller than the window.
        bouton = ecran.parentWidget()
        coin = bouton.mapTo(fenetre, bouton.rect().bottomLeft())
        place = QRect(coin, ecran.size())
        place.moveRight(min(place.right(), image.width() - 1))
        place.moveBottom(min(place.bottom(), image.height() - 1))
        peintre = QPainter(image)
        peintre.drawImage(place.topLeft(), peint)
        peintre.end()
    else:
        peintre = QPainter(image)
        peintre.fillRect(image.rect(), QColor(0, 0, 0, 90))
        place = QRect(QPoint(0, 0), ecran.size())
        place.moveCenter(image.rect().center())
        peintre.drawImage(place.topLeft(), peint)
        peintre.setPen(QColor("#888888"))
        peintre.drawRect(place.adjusted(-1, -1, 0, 0))
        peintre.end()
    return image


def _empreinte(image: QImage) -> str:
    return hashlib.sha256(bytes(image.constBits())).hexdigest()


def _lues(devant: QWidget) -> set[str]:
    """Every sentence in sight, and the names that assistive tools read."""
    # Bold words of a sentence are marked in its text; names are data and never are.
    lues = {w.text() for w in devant.findChildren(QLabel) if w.isVisible()}
    lues |= {w.text().replace("&&", "&") for w in devant.findChildren(QAbstractButton) if w.isVisible()}
    lues |= {w.accessibleName() for w in devant.findChildren(QWidget) if w.isVisible()}
    return {re.sub("</?[a-z]+>", "", lue) for lue in lues if lue}
