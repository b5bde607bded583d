"""*Phrase oubliée*: the key of the recovery sheet, then who one is and another passphrase; the desk opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.horloge import Horloge
from passdesk.services.poste import SANS_DONNEES, Poste
from passdesk.services.secours import AgentARetrouver, agents_a_retrouver, retrouver
from passdesk.tasks import TaskRunner
from passdesk.ui.agents import textes
from passdesk.ui.composants import Btn, Colonne, Combo, Field, WrapLabel
from passdesk.ui.messages import message, ouverture
from passdesk.ui.phrase import NouvellePhrase
from passdesk.ui.seuil import PageSeuil
from passdesk.ui.theme import Theme


class PageOubli(PageSeuil):
    """`retour` goes back to the passphrase; `secours` carries the key when the base does not open.

    `cle`: what the sheet says, when it was copied a moment ago.
    """

    retour = Signal()
    secours = Signal(str)
    aide = "phrase-secrete"

    def __init__(self, theme: Theme, taches: TaskRunner, dossier: Path, horloge: Horloge, cle: str = "") -> None:
        super().__init__(theme, textes.OUBLI_TITRE, ouverture.CONTINUER, "key")
        self._taches, self._dossier, self._horloge = taches, dossier, horloge
        self.cle = Field(theme, textes.OUBLI_CLE, indication=textes.OUBLI_CLE_AIDE)
        self.cle.modifie.connect(lambda _: self.cle.set_message(""))
        if isinstance(self.cle.saisie, QLineEdit):
            self.cle.saisie.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
            self.cle.saisie.returnPressed.connect(self.valider)
        self.agents = Combo(theme, [], textes.OUBLI_QUI)
        self.qui = Field(theme, textes.OUBLI_QUI, saisie=self.agents)
        self.agents.choisi.connect(lambda _: self.qui.set_message(""))
        self.agents.setPlaceholderText(textes.OUBLI_CHOISIR)
        self.phrase = NouvellePhrase(
            theme, textes.OUBLI_AVERTISSEMENT, lambda: (self.agents.currentText(),), textes.PHRASE_NOUVELLE
        )
        self.phrase.validee.connect(self.valider)
        self.revenir = Btn(theme, textes.OUBLI_RETOUR, genre="discret", touche="Échap")
        self.revenir.clicked.connect(self._partir)
        self._etapes = (QWidget(), QWidget())
        self._monter(theme)
        self.cle.set_texte(cle)

    def arriver(self) -> None:
        """Puts the focus where typing begins; a key that is there already is read at once."""
        if self._etapes[0].isVisibleTo(self) and self.cle.texte():
            self.valider()
        elif self._etapes[0].isVisibleTo(self):
            self.cle.saisie.setFocus()
        elif self.agents.valeur() is None:
            self.agents.setFocus()
        else:
            self.phrase.phrase.saisie.setFocus()

    def valider(self) -> None:
        """The next step, then the desk."""
        if not self.bouton.isEnabled():
            return
        if self._etapes[0].isVisibleTo(self):
            self._lancer(partial(agents_a_retrouver, self._dossier, self.cle.texte(), self._horloge), self._connus)
            return
        agent_id = self.agents.valeur()
        if agent_id is None:
            self.qui.set_message(textes.OUBLI_QUI_MANQUE)
            self.agents.setFocus()
            return
        if (champ := self.phrase.premier_a_revoir()) is not None:
            champ.saisie.setFocus()
            return
        acces = (self.cle.texte(), str(agent_id), self.phrase.texte())
        self._lancer(partial(retrouver, self._dossier, *acces, self._horloge), self._reussi)

    def _lancer(self, faire: Callable[[], object], apres: Callable[[Any], None]) -> None:
        self._occuper(True)
        self._taches.lancer(
            "base", faire, apres=apres, sur_panne=self._refuse, ecran=self, sur_imprevu=lambda: self._occuper(False)
        )

    def _connus(self, agents: tuple[AgentARetrouver, ...]) -> None:
        self._occuper(False)
        self.agents.set_choix([(agent.agent_id, agent.nom) for agent in agents])
        self.agents.set_valeur(agents[0].agent_id if len(agents) == 1 else None)
        self._montrer(1)
        self.arriver()

    def _reussi(self, poste: Poste) -> None:
        self._oublier()
        self.ouvert.emit(poste)

    def _refuse(self, panne: KnownError) -> None:
        self._occuper(False)
        if panne.code in SANS_DONNEES:
            cle = self.cle.texte()
            self._oublier()
            self.secours.emit(cle)
            return
        champ = self.phrase.phrase if panne.code.startswith("phrase_") else self.cle
        if champ is self.cle:
            self._montrer(0)
        champ.set_message(str(message(panne.code, **panne.faits)))
        champ.saisie.setFocus()

    def _partir(self) -> None:
        self._oublier()
        self.retour.emit()

    def _oublier(self) -> None:
        """Neither the key nor the passphrase outlives the page."""
        self.cle.set_texte("")
        self.phrase.oublier()

    def _montrer(self, etape: int) -> None:
        for rang, bloc in enumerate(self._etapes):
            bloc.setVisible(rang == etape)
        self.bouton.set_texte((ouverture.CONTINUER, textes.OUBLI_OUVRIR)[etape])
        self.defilement.verticalScrollBar().setValue(0)

    def _occuper(self, oui: bool) -> None:
        self.bouton.setEnabled(not oui)
        self.revenir.setEnabled(not oui)
        self.phrase.bloquer(oui)
        if oui:
            self.attente.montrer(textes.OUBLI_CHERCHE)
        else:
            self.attente.hide()

    def _monter(self, theme: Theme) -> None:
        premiere, seconde = (Colonne(theme, ecart=14) for _ in self._etapes)
        for widget in (WrapLabel(textes.OUBLI_AIDE), self.cle, WrapLabel(textes.OUBLI_SANS, "small")):
            premiere.addWidget(widget)
        seconde.addWidget(self.qui)
        seconde.addWidget(self.phrase)
        for bloc, colonne in zip(self._etapes, (premiere, seconde), strict=True):
            bloc.setLayout(colonne)
            self.corps.addWidget(bloc)
        self.corps.addWidget(self.revenir, 0, Qt.AlignmentFlag.AlignLeft)
        self._montrer(0)
