"""How a request arrived when it is not today, at the desk: its channel, and the règlement of that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.demande import CANAUX
from passdesk.domain.francais import date_longue
from passdesk.domain.reglement import Reglement, choisir
from passdesk.ui.composants import Colonne, Flexible, GroupeRadios, Icone, Ligne, Radio, Texte, WrapLabel
from passdesk.ui.messages.fiche import CANAUX as MOTS
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes


class BlocArrivee(QWidget):
    """`choisi` carries the channel chosen."""

    choisi = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.groupe = GroupeRadios(self)
        self.radios = {
            canal: Radio(theme, MOTS[canal], nom_accessible=f"{textes.CANAL}, {_suite(MOTS[canal])}")
            for canal in CANAUX
        }
        self._rang = Flexible(theme, ecart=20)
        for canal, radio in self.radios.items():
            self.groupe.ajouter(radio, canal)
            self._rang.addWidget(radio)
        self._rang.addStretch(1)
        self.groupe.choisi.connect(self.choisi)
        self.regle = WrapLabel("", "small", "ink2")
        phrase = Ligne(theme, ecart=8)
        phrase.addWidget(Icone(theme, "info-circle", "ink2", 18))
        phrase.addWidget(self.regle, 1)
        colonne = Colonne(theme, ecart=4)
        colonne.addWidget(Texte(textes.CANAL, "label"))
        colonne.addLayout(self._rang)
        colonne.addLayout(phrase)
        self.setLayout(colonne)

    def montrer(self, canal: str, arrivee: date | None, reglements: Sequence[Reglement]) -> None:
        """The channel, and which règlement the day of arrival brings, with why."""
        self.groupe.set_valeur(canal)
        self.regle.setText(reglement_applique(reglements, arrivee) if arrivee else textes.REGLEMENT_APRES_DATE)

    def amenager(self, largeur: int) -> None:
        """One row where the width in pixels allows it, a column elsewhere."""
        besoin = sum(radio.sizeHint().width() + self._theme.sp(20) for radio in self.radios.values())
        self._rang.empiler(besoin > largeur)


def reglement_applique(reglements: Sequence[Reglement], arrivee: date) -> str:
    """Which règlement applies to a request that arrived that day, and why, in one sentence."""
    applique = choisir(reglements, arrivee)
    nom = f"Règlement du {date_longue(date.fromisoformat(applique.id))}"
    suivants = [r.executoire_le for r in reglements if r.executoire_le > max(arrivee, applique.executoire_le)]
    if suivants:
        return f"{nom}\u00a0: la demande est arrivée avant le {date_longue(min(suivants))}."
    return f"{nom}\u00a0: il vaut pour les demandes arrivées depuis le {date_longue(applique.executoire_le)}."


def _suite(mots: str) -> str:
    """As the end of a sentence; "la Région" keeps its capital."""
    return mots[:1].lower() + mots[1:]
