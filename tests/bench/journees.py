"""The journeys of a mediator in the real program, key by key: `python -m tests.bench.journees DIR PEOPLE`.

Each key is pressed inside the event loop, once the one before it has been answered; one JSON line a journey.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from passdesk.app import Programme, ouvrir_application
from passdesk.domain.erreurs import KnownError
from passdesk.services.impression import DOSSIER_PAPIER, ImprimanteFichier
from passdesk.ui.bureau import Bureau
from passdesk.ui.fenetre import TAILLE
from passdesk.ui.impression import PageImpression
from passdesk.ui.journal import PageJournal
from passdesk.ui.remise import PageRemise
from passdesk.ui.visite import PageVisite
from tests.bench.nue import fenetre_nue, page_nue
from tests.bench.plein import Monde, copier
from tests.bench.pouls import BATTEMENT_MS, Pouls
from tests.builders import PHRASE, horloge_fixe
from tests.ui.guichet import nom_lu

PATIENCE_S = 60
CTRL, ALT, SANS = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
Touche = str | Qt.Key


class _Programme(Programme):
    """The program; a dialog that nobody closes would be waited for: its trouble ends the journey."""

    def _panne(self, panne: KnownError) -> None:
        raise panne

    def _imprevu(self, trouble: BaseException) -> None:
        sys.__excepthook__(type(trouble), trouble, trouble.__traceback__)
        raise SystemExit(2)


class Mediatrice:
    """Somebody at the keyboard of the program, who waits for each answer before the next key."""

    def __init__(self, monde: Monde) -> None:
        self.monde = monde
        self._application, theme = ouvrir_application(monde.poste)
        imprimante = ImprimanteFichier(monde.poste / DOSSIER_PAPIER)
        self.programme = _Programme(monde.poste, horloge_fixe(), theme, lambda: imprimante)
        self.pouls = Pouls()
        self.programme.verrouille()
        self.programme.fenetre.resize(*TAILLE)
        self.programme.fenetre.show()
        self.programme.fenetre.activateWindow()

    @property
    def bureau(self) -> Bureau:
        assert self.programme.bureau is not None
        return self.programme.bureau

    def attendre(self, vrai: Callable[[], bool]) -> None:
        """The event loop turns until it is true."""
        boucle, regard, fin = QEventLoop(), QTimer(), QTimer()
        regard.timeout.connect(lambda: boucle.quit() if vrai() else None)
        regard.start(BATTEMENT_MS)
        fin.setSingleShot(True)
        fin.timeout.connect(lambda: boucle.exit(1))
        fin.start(PATIENCE_S * 1000)
        self.pouls.vivre()
        sortie = boucle.exec()
        self.pouls.suspendre()
        assert sortie == 0, f"still not: {vrai}, focus {QApplication.focusWidget()}"

    def calme(self, aussi: Callable[[], bool] = lambda: True) -> None:
        """Until nothing typed waits to be saved, no work is under way, and all is painted."""
        self.attendre(lambda: aussi() and self._calme())
        self.laisser_vivre()

    def laisser_vivre(self) -> None:
        """A few turns of the loop: what follows an answer is laid out and painted."""
        tours = iter(range(4))
        self.attendre(lambda: next(tours, None) is None)

    def _calme(self) -> bool:
        if self.programme.taches.en_cours:
            return False
        if self.programme.bureau is None:
            return True
        visites = [page for page in self.programme.bureau.visites if isinstance(page, PageVisite)]
        return all(page.en_cours.a_jour or page.en_cours.fermee for page in visites)

    def touche(self, touche: Touche, modificateur: Qt.KeyboardModifier = SANS) -> None:
        """Presses a key where the keyboard is."""
        self.faire(lambda: QTest.keyClick(self.focus, touche, modificateur))  # type: ignore[arg-type]

    def faire(self, geste: Callable[[], object]) -> None:
        """Does something inside the loop."""
        fait: list[object] = []
        QTimer.singleShot(0, lambda: fait.append(geste()))
        self.attendre(lambda: bool(fait))

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.programme.fenetre

    def taper(self, texte: str) -> None:
        """Letter by letter, as fast as the window takes them."""
        for lettre in texte:
            self.touche(lettre)

    def tabuler(self, fois: int = 1) -> None:
        """Presses Tab."""
        for _ in range(fois):
            self.touche(Qt.Key.Key_Tab)

    def aller_a(self, nom: str) -> None:
        """Presses Tab until the keyboard is there."""
        for _ in range(80):
            if nom_lu(self.focus) == nom:
                return
            self.tabuler()
        raise AssertionError(f"Tab never comes to {nom}")

    def valider(self) -> None:
        """Ctrl+Entrée, and what it starts."""
        self.touche(Qt.Key.Key_Return, CTRL)
        self.calme()

    def fermer(self) -> None:
        """Closes the window and the bases."""
        self.programme.fenetre.close()
        self.pouls.fermer()


def nue(m: Mediatrice) -> None:
    """What Qt alone takes, three times over."""
    fenetre = fenetre_nue()
    fenetre.show()
    for _ in range(3):
        m.faire(lambda: fenetre.setCentralWidget(page_nue()))
        m.laisser_vivre()
    m.faire(fenetre.close)


def ouvrir(m: Mediatrice) -> None:
    m.calme(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    m.taper(PHRASE)
    m.touche(Qt.Key.Key_Return)
    m.calme(lambda: m.programme.bureau is not None)


def aujourdhui(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_1, ALT)
    m.calme()
    m.tabuler(12)
    m.calme()


def personnes(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_K, CTRL)
    m.calme()
    for texte in ("dupont marie", "12/04/1958", "06 12", "fourm", "lef"):
        m.taper(texte)
        m.calme()
        for _ in texte:
            m.touche(Qt.Key.Key_Backspace)
    m.taper("lefeb")
    m.calme()


def fiche(m: Mediatrice) -> None:
    for _ in range(6):
        m.touche(Qt.Key.Key_Down)
        m.calme()
    m.touche(Qt.Key.Key_Return)
    m.calme()
    m.touche(Qt.Key.Key_Escape)
    m.calme()


def visite(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_N, CTRL)
    m.calme(lambda: isinstance(m.bureau.page, PageVisite))
    for texte, tabulations in (("Dufresnoy", 1), ("Maelle", 1), ("12041987", 1), ("fourmi", 2)):
        m.taper(texte)
        m.tabuler(tabulations)
    m.calme()
    page = m.bureau.page
    assert isinstance(page, PageVisite)
    m.valider()
    m.touche(Qt.Key.Key_Space)
    m.calme()
    m.valider()
    m.touche(Qt.Key.Key_Space)
    m.tabuler()
    m.touche(Qt.Key.Key_Down)
    m.calme()
    for _ in range(8):
        if m.focus is not page.justificatifs.rangs["piece_identite"].case:
            m.tabuler()
    m.touche(Qt.Key.Key_Space)
    m.tabuler(2)
    m.taper("18/10/26")
    m.tabuler(2)
    m.taper("2 novembre 2026")
    m.calme()
    assert page.droit is not None and page.droit.etat == "accord"


def imprimer(m: Mediatrice) -> None:
    m.valider()
    m.calme(lambda: isinstance(m.bureau.page, PageImpression))
    m.touche(Qt.Key.Key_1)
    m.calme()


def remettre(m: Mediatrice) -> None:
    m.valider()
    m.calme(lambda: isinstance(m.bureau.page, PageRemise))
    m.valider()
    m.valider()
    assert not m.bureau.visites


def carnets(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_3, ALT)
    m.calme()
    m.taper("lef")
    m.calme()
    for _ in range(3):
        m.touche(Qt.Key.Key_Backspace)
    for _ in range(6):
        m.touche(Qt.Key.Key_Down)
        m.calme()


def a_verifier(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_4, ALT)
    m.calme()
    for _ in range(4):
        m.touche(Qt.Key.Key_Down)
        m.calme()


def reglages(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_5, ALT)
    m.calme()
    for _ in range(10):
        m.touche(Qt.Key.Key_Down)
        m.calme()


def journal(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_5, ALT)
    m.calme()
    m.bureau.ouvrir_page(PageJournal(m.programme._contexte))  # type: ignore[arg-type]
    m.calme()
    for texte in ("lef", "remis"):
        m.taper(texte)
        m.calme()
        for _ in texte:
            m.touche(Qt.Key.Key_Backspace)
    for _ in range(12):
        m.touche(Qt.Key.Key_Down)
    m.calme()


def verrouiller(m: Mediatrice) -> None:
    m.touche(Qt.Key.Key_L, CTRL)
    m.calme(lambda: m.programme.verrou.poste is None and isinstance(QApplication.focusWidget(), QLineEdit))
    m.taper(PHRASE)
    m.touche(Qt.Key.Key_Return)
    m.calme(lambda: m.programme.fenetre.contenu is m.programme.bureau)


def echange(m: Mediatrice) -> None:
    """Typing while all that waited is sent."""
    m.touche(Qt.Key.Key_1, ALT)
    m.calme()
    with m.monde.en_ligne():
        m.touche(Qt.Key.Key_F5)
        m.touche(Qt.Key.Key_N, CTRL)
        m.attendre(lambda: isinstance(m.bureau.page, PageVisite))
        page = m.bureau.page
        assert isinstance(page, PageVisite)
        for texte, tabulations in (("Delannoy", 1), ("Corentin", 1), ("03051990", 1), ("maub", 2)):
            m.taper(texte)
            m.tabuler(tabulations)
        m.calme()
        assert m.programme._cycle is not None and m.programme._cycle.en_ligne


JOURNEES: tuple[Callable[[Mediatrice], None], ...] = (
    ouvrir, aujourdhui, personnes, fiche, visite, imprimer, remettre, carnets, a_verifier, reglages, journal,
    verrouiller, echange, nue,
)  # fmt: skip


def main(dossier: Path, combien: int) -> None:
    m = Mediatrice(copier(combien, dossier))
    for journee in JOURNEES:
        journee(m)
        arret = m.pouls.prendre()
        print(json.dumps({"journee": journee.__name__, **asdict(arret)}), flush=True)
    m.fermer()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
