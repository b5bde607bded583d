"""The places in *Réglages*: where the desk stands, and the way to the list."""

from __future__ import annotations

from passdesk.domain.erreurs import KnownError
from passdesk.services.lieux import PositionPoste, position_du_poste, regler_position
from passdesk.ui.composants import Avis, Btn, Card, Field, WrapLabel, trait
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.reglages import textes
from passdesk.ui.reglages.ligne import LigneReglage


class CarteLieux(Card):
    """The position is kept when its field is left; *Lieux* holds the rest."""

    def __init__(self, contexte: Contexte) -> None:
        theme = contexte.theme
        super().__init__(theme, textes.LIEUX, ecart=12)
        self._contexte = contexte
        self._lue: PositionPoste | None = None
        self.position = Field(
            theme, textes.POSITION, indication=textes.POSITION_INDICATION, exemple=textes.POSITION_EXEMPLE
        )
        self.position.quitte.connect(self.garder)
        self.dite = WrapLabel("", "small")
        self.garde = Avis(theme)
        self.ouvrir = Btn(theme, textes.LIEUX_OUVRIR, icone_nom="map-pin")
        self.ouvrir.clicked.connect(lambda: contexte.navigation.montrer_lieu("lieux"))
        for widget in (self.position, self.dite, self.garde):
            self.corps.addWidget(widget)
        self.corps.addWidget(trait())
        self.corps.addWidget(LigneReglage(theme, [WrapLabel(textes.LIEUX_AIDE)], [self.ouvrir]))
        self.corps.addStretch(1)

    def actualiser(self) -> None:
        """Asks again where the desk stands."""
        self._contexte.lancer(position_du_poste, apres=self._recevoir, ecran=self)

    def garder(self) -> None:
        """Keeps what was typed, if anything was."""
        saisi = self.position.texte().strip()
        if self._lue is None or saisi == self._lue.texte:
            self.position.set_message("")
            return
        self._contexte.lancer(regler_position, saisi, apres=self._reglee, sur_panne=self._refusee, ecran=self)

    def _recevoir(self, lue: PositionPoste) -> None:
        self._lue = lue
        if not self.position.saisie.hasFocus() and not self.position.message():
            self.position.set_texte(lue.texte)
        self.dite.setText(textes.position(lue))

    def _reglee(self, lue: PositionPoste) -> None:
        self.position.set_message("")
        self.position.set_texte(lue.texte)
        self._recevoir(lue)
        self.garde.dire(textes.POSITION_GARDEE if lue.position else textes.POSITION_OUBLIEE)
        self._contexte.signaler("lieux")

    def _refusee(self, panne: KnownError) -> None:
        self.garde.hide()
        self.position.set_message(str(message(panne.code, **panne.faits)))
