"""The clock is not to be trusted: told where it dates what comes, and how to mend it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import date_longue
from passdesk.services.horloge_du_poste import HorlogeDouteuse, horloge_douteuse
from passdesk.ui.composants import Banner
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import Message, message


class BandeauHorloge(Banner):
    """Hidden until `actualiser` finds something to say. `code`: the sentence for a clock that is behind."""

    def __init__(self, contexte: Contexte, ecran: QWidget, code: str = "horloge_en_retard") -> None:
        super().__init__(contexte.theme, "warn", "alert-triangle", "")
        self._contexte, self._ecran, self._code = contexte, ecran, code
        self.hide()

    def actualiser(self) -> None:
        """Asks again."""
        self._contexte.lancer(horloge_douteuse, apres=self._montrer, ecran=self._ecran)

    def _montrer(self, douteuse: HorlogeDouteuse | None) -> None:
        if douteuse is not None:
            phrases = self._phrases(douteuse)
            self.set_textes(phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())
        self.setVisible(douteuse is not None)

    def _phrases(self, douteuse: HorlogeDouteuse) -> Message:
        if douteuse.deja_vu is None or douteuse.jours_d_ecart:
            return message("horloge_fausse", jours=douteuse.jours_d_ecart)
        return message(self._code, dit=date_longue(douteuse.dit), vu=date_longue(douteuse.deja_vu))
