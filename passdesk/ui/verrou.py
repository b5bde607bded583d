"""The lock of the window: what is open hides as it is, the keys are let go, who opens the desk finds it again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from passdesk.domain.horloge import Horloge
from passdesk.tasks import TaskRunner
from passdesk.ui.fenetre import Fenetre
from passdesk.ui.presse_papiers import PressePapiers
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.veille import Veille

if TYPE_CHECKING:
    from passdesk.services.poste import EtatPoste, Poste
    from passdesk.services.second_poste import SecondPoste
    from passdesk.ui.bureau import Bureau
    from passdesk.ui.contexte import Contexte

_journal = logging.getLogger(__name__)
PAUSE_CALME_MS = 500
"""Between two looks at whether work is still under way behind the lock."""


class Verrou(QObject):
    """`page` makes the page that asks for the passphrase. `poste`: the desk as long as its base is open, else None."""

    def __init__(self, fenetre: Fenetre, taches: TaskRunner, horloge: Horloge, page: Callable[[], PageSeuil]) -> None:
        super().__init__()
        self._fenetre, self._taches, self._page = fenetre, taches, page
        self._tient: tuple[Bureau, Contexte, SecondPoste] | None = None
        self.poste: Poste | None = None
        self.ferme = False
        self._agent_id = ""
        self.veille = Veille(horloge)
        self.veille.oisif.connect(self.verrouiller)
        self.presse_papiers = PressePapiers()
        self._calme = QTimer(self)
        self._calme.timeout.connect(self._endormir)

    def prendre(
        self, bureau: Bureau, contexte: Contexte, second: SecondPoste, poste: Poste, etat: EtatPoste, *, veiller: bool
    ) -> None:
        """What it locks from now on; `veiller`: also by itself."""
        self._tient, self.poste, self._agent_id = (bureau, contexte, second), poste, etat.agent_id
        if veiller:
            bureau.verrouillage.connect(self.verrouiller)
            bureau.delai.connect(self._regler)
            self.veille.demarrer(etat.verrou_minutes)

    def verrouiller(self) -> None:
        """What is typed is saved and stays; the base closes once all rests."""
        if self._tient is None or self.ferme:
            return
        self.ferme = True
        self.veille.arreter()
        try:
            while (liste := QApplication.activePopupWidget()) is not None:
                liste.close()
            for ouverte in QApplication.topLevelWidgets():
                if isinstance(ouverte, QDialog) and ouverte.isVisible():
                    ouverte.reject()
            self.presse_papiers.vider()
            self._tient[0].verrouiller_les_pages()
        finally:
            # Whatever a page says: a bug must not leave the desk open in a hall.
            self._couvrir()

    def _couvrir(self) -> None:
        page = self._page()
        self._fenetre.couvrir(page)
        page.arriver()
        _journal.info("desk locked")
        self._calme.start(PAUSE_CALME_MS)

    def rendre(self, poste: Poste, etat: EtatPoste) -> None:
        """The window as it was, for the agent who has just opened it."""
        if self._tient is None:
            return
        bureau, contexte, second = self._tient
        self._calme.stop()
        ancien, self.poste, self.ferme = self.poste, poste, False
        if ancien is not None:
            self._taches.lancer("base", ancien.fermer)
        autre, self._agent_id = etat.agent_id != self._agent_id, etat.agent_id
        # In its thread, before anything that the pages will ask there.
        self._taches.lancer("reseau", second.deverrouiller, poste)
        contexte.reprendre(poste)
        self._fenetre.decouvrir()
        bureau.deverrouiller(etat.nom_agent, autre_agent=autre)
        self.veille.demarrer(etat.verrou_minutes)
        _journal.info("desk unlocked by %s", etat.agent_id)

    def lacher(self) -> Poste | None:
        """Nothing is held any more; the desk whose base is still to be closed."""
        self.veille.arreter()
        self._calme.stop()
        if self.ferme:
            self._fenetre.oublier()
        poste, self.poste, self._tient, self.ferme = self.poste, None, None, False
        return poste

    def _endormir(self) -> None:
        """Nothing runs for the desk any more (a pile of carnets is printed to its end): its keys are let go."""
        if self._taches.en_cours or self._tient is None:
            return
        self._calme.stop()
        _, contexte, second = self._tient
        poste, self.poste = self.poste, None
        if poste is not None:
            contexte.suspendre()
            self._taches.lancer("reseau", second.verrouiller)
            self._taches.lancer("base", poste.fermer, apres=lambda _: poste.oublier_la_cle())

    def _regler(self, minutes: int) -> None:
        if not self.ferme:
            self.veille.demarrer(minutes)
