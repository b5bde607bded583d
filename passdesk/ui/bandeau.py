"""The sync strip: last line of every screen, always the same height, colour and order of words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from passdesk.domain.francais import typographie
from passdesk.ui.composants import Badge, Btn, Icone, Ligne, WrapLabel
from passdesk.ui.composants.textes import Gras
from passdesk.ui.mots_envoi import EtatEnvoi, attente, phrase_envoi
from passdesk.ui.theme import Theme

ENVOYER, ESSAYER, ACTUALISER = "Envoyer maintenant", "Essayer maintenant", "Actualiser"
"""What the button says: the same exchange, by what it is good for. Offline it may well bring nothing."""
ARRETER = "Arrêter l’envoi"
SEPARATION = " \u00a0·\u00a0 "


class Bandeau(QFrame):
    """The strip itself; `envoyer` fires on its button (F5 is bound by the window), `arreter` on the one that stops."""

    envoyer = Signal()
    arreter = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setAccessibleName("État des envois")
        self._icone = Icone(theme, "cloud-off", "ink", 20)
        self.texte = WrapLabel("", "body")
        self.attente = Badge(theme, "", "bad", "alert-triangle")
        self.attente.hide()
        self.arret = Btn(theme, ARRETER, genre="discret")
        self.arret.clicked.connect(self.arreter)
        self.arret.hide()
        self.bouton = Btn(theme, ENVOYER, genre="discret", touche="F5", liee=False)
        self.bouton.clicked.connect(self.envoyer)
        ligne = Ligne(theme, ecart=10, marges=(24, 3, 32, 3))
        ligne.addWidget(self._icone)
        ligne.addWidget(self.texte, 1)
        ligne.addWidget(self.attente)
        ligne.addWidget(self.arret)
        ligne.addWidget(self.bouton)
        self.setLayout(ligne)
        self._relie = self._etroite = self._long = False
        self.bouton.hide()
        self._theme = theme
        theme.change.connect(self._hauteur)
        self._hauteur()

    def montrer(self, etat: EtatEnvoi, maintenant: datetime) -> None:
        """Tells this state, in the same place as always."""
        icone_nom, gras, faits = phrase_envoi(etat, maintenant, court=self._etroite)
        self._icone.set_icone(icone_nom, "ink")
        # In a strip that never changes, this alone is red.
        attend = attente(etat, maintenant, court=self._etroite)
        self.attente.set_badge(attend, "bad", "alert-triangle")
        self.attente.setVisible(bool(attend))
        self.texte.set_phrase(Gras(typographie(gras)), *(f"{SEPARATION}{typographie(fait)}" for fait in faits))
        self._relie, self._long = etat.relie, etat.long
        self.arret.setEnabled(not etat.arrete)
        self.bouton.set_texte((ENVOYER if etat.a_envoyer else ACTUALISER) if etat.en_ligne else ESSAYER)
        self.bouton.setEnabled(not etat.en_cours)
        self._boutons()

    def disposer(self, etroite: bool) -> None:
        """No button to send when narrow: F5 does the same."""
        self._etroite = etroite
        self._boutons()

    def _boutons(self) -> None:
        """One at a time: what is being sent is stopped where it was asked for."""
        avait_focus = self.bouton.hasFocus() or self.arret.hasFocus()
        envoyer = self._relie and not self._etroite and not self._long
        self.arret.setVisible(self._long)
        self.bouton.setVisible(envoyer)
        if avait_focus:
            (self.arret if self._long else self.bouton).setFocus()

    def _hauteur(self) -> None:
        self.setMinimumHeight(self._theme.px(40) if self._theme.echelle == 1 else self._theme.px(30))
