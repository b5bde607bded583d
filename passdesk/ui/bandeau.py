"""The sync strip: last line of every screen, always the same height, colour and order of words."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument
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
LIBRE = 16_777_215
"""Pixels: Qt's own word for no maximum."""


class _Bas(Btn):
    """A button no higher than the line it stands on, when its maximum says how high that is."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(self.maximumSize())


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
        self.arret = _Bas(theme, ARRETER, genre="discret")
        self.arret.clicked.connect(self.arreter)
        self.arret.hide()
        self.bouton = _Bas(theme, ENVOYER, genre="discret", touche="F5", liee=False)
        self.bouton.clicked.connect(self.envoyer)
        self._ligne = Ligne(theme, ecart=10, marges=(24, 3, 32, 3))
        self._ligne.addWidget(self._icone)
        self._ligne.addWidget(self.texte, 1)
        self._ligne.addWidget(self.attente)
        self._ligne.addWidget(self.arret)
        self._ligne.addWidget(self.bouton)
        self.setLayout(self._ligne)
        self._relie = self._etroite = self._long = False
        self._gras: str = ""
        self._faits: tuple[str, ...] = ()
        self._dit: tuple[EtatEnvoi, datetime] | None = None
        self.bouton.hide()
        self._theme = theme
        theme.change.connect(self._hauteur)
        self._hauteur()

    def montrer(self, etat: EtatEnvoi, maintenant: datetime) -> None:
        """Tells this state, in the same place as always."""
        self._dit = etat, maintenant
        icone_nom, self._gras, self._faits = phrase_envoi(etat, maintenant, court=self._etroite)
        self._icone.set_icone(icone_nom, "ink")
        # In a strip that never changes, this alone is red.
        attend = attente(etat, maintenant, court=self._etroite)
        self.attente.set_badge(attend, "bad", "alert-triangle")
        self.attente.setVisible(bool(attend))
        self._relie, self._long = etat.relie, etat.long
        self.arret.setEnabled(not etat.arrete)
        self.bouton.set_texte((ENVOYER if etat.a_envoyer else ACTUALISER) if etat.en_ligne else ESSAYER)
        self.bouton.setEnabled(not etat.en_cours)
        self._placer()

    def disposer(self, etroite: bool) -> None:
        """When narrow, all is on one line: the button to send shows no key, and the last facts leave before it does."""
        self._etroite = etroite
        self.bouton.montrer_touche(not etroite)
        self._hauteur()
        if self._dit is not None:
            self.montrer(*self._dit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._placer()

    def _placer(self) -> None:
        """The words and the button that there is room for; F5 sends where there is none for the button."""
        dits, envoyer = len(self._faits), self._relie and not self._long
        if envoyer and self._etroite:
            place = self._place_des_mots() - self.bouton.sizeHint().width() - self._ligne.spacing()
            tiennent = [n for n in range(dits + 1) if self._largeur(n) <= place]
            dits, envoyer = (max(tiennent), True) if tiennent else (dits, False)
        self.texte.set_phrase(*self._phrase(dits))
        self._boutons(envoyer=envoyer)

    def _phrase(self, dits: int) -> tuple[str | Gras, ...]:
        """The bold words, and that many of the facts."""
        return (
            Gras(typographie(self._gras)),
            *(f"{SEPARATION}{typographie(fait)}" for fait in self._faits[:dits]),
        )

    def _largeur(self, dits: int) -> float:
        """Pixels that these words need on one line."""
        mesure = QTextDocument()
        mesure.setDocumentMargin(0)
        mesure.setDefaultFont(self._theme.police("body"))
        mesure.setHtml("".join(m.html() if isinstance(m, Gras) else escape(m) for m in self._phrase(dits)))
        return mesure.idealWidth()

    def _place_des_mots(self) -> int:
        """Pixels left by the margins, the icon and the badge."""
        marges = self._ligne.contentsMargins()
        autres = [w.sizeHint().width() for w in (self._icone, self.attente) if not w.isHidden()]
        return self.width() - marges.left() - marges.right() - sum(autres) - len(autres) * self._ligne.spacing()

    def _boutons(self, *, envoyer: bool) -> None:
        """One at a time: what is being sent is stopped where it was asked for."""
        avait_focus = self.bouton.hasFocus() or self.arret.hasFocus()
        self.arret.setVisible(self._long)
        self.bouton.setVisible(envoyer)
        if avait_focus:
            (self.arret if self._long else self.bouton).setFocus()

    def _hauteur(self) -> None:
        hauteur = self._theme.px(40) if self._theme.echelle == 1 else self._theme.px(30)
        self.setMinimumHeight(hauteur)
        # With a button or without, a narrow strip has one height: the page above it does not jump.
        marges = self._ligne.contentsMargins()
        libre = hauteur - marges.top() - marges.bottom() if self._etroite else LIBRE
        for bouton in (self.arret, self.bouton):
            bouton.setMaximumHeight(libre)
        self._placer()
