"""The day of the hand-over: today until another one is typed, whatever day the page was opened on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from passdesk.domain.horloge import Horloge
from passdesk.domain.saisie_date import lire_date
from passdesk.ui.champ_date import SaisieDate
from passdesk.ui.composants import Field
from passdesk.ui.messages import message
from passdesk.ui.remise import textes
from passdesk.ui.saisie import date_chiffres, relire_date
from passdesk.ui.theme import Theme


class JourRemise(Field):
    """`signe`: the day that the receipt printed last bears; the field says when it bears another one."""

    def __init__(self, theme: Theme, horloge: Horloge) -> None:
        self._date = SaisieDate(theme, lambda texte: relire_date(texte, horloge.aujourdhui()))
        super().__init__(theme, textes.LE, saisie=self._date)
        self._horloge = horloge
        self._propose = ""
        self.signe: date | None = None
        self.proposer()
        self.quitte.connect(self._quitter)

    def proposer(self) -> None:
        """Today, in the place of the day proposed before: a page left open over the weekend, a lid closed on it."""
        aujourdhui = date_chiffres(self._horloge.aujourdhui())
        if self.texte() == self._propose and aujourdhui != self._propose:
            self._propose = aujourdhui
            self.set_texte(aujourdhui)
            self._juger(None)

    def lu(self) -> date | None:
        """The day it holds; None when it cannot be read, or is to come."""
        return lire_date(self.texte(), self._horloge.aujourdhui()).date

    def exiger(self) -> date | None:
        """The same, before an act: what is wrong is said, and the keyboard is there."""
        lecture = lire_date(self.texte(), self._horloge.aujourdhui())
        if lecture.date is None:
            self._juger(lecture.erreur or "date_incomplete")
            self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
        return lecture.date

    def signer(self, le: date) -> None:
        """A receipt that bears this day came out."""
        self.signe = le
        self._juger(None)

    def _quitter(self) -> None:
        self._juger(self._date.relire().erreur)

    def _juger(self, code: str | None) -> None:
        """What is wrong with the day: no paper says it, unlike a birth date. Or that the paper signed says another."""
        if code is not None:
            self.set_message(f"{message(code).quoi} {textes.VERIFIER_JOUR}")
        elif self.signe is not None and self.lu() not in (None, self.signe):
            self.set_message(textes.recepisse_d_un_autre_jour(self.signe), "doute")
        else:
            self.set_message("")
