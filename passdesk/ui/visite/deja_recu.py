"""What the person already received, under a refusal by the maximum: when, where, and until when it is good."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from passdesk.domain.carnet import Etat
from passdesk.domain.francais import date_longue
from passdesk.domain.visite import Apercu, CarnetRecu
from passdesk.ui.composants import Badge, Btn, Card, Colonne, Icone, Ligne, Ton, WrapLabel
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.etats import ETATS
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes
from passdesk.ui.visite.droit import carnet_a_servir


class CarteDejaRecu(Card):
    """Hidden when there is nothing to show. `fiche` asks for the person's file."""

    fiche = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, textes.DEJA_RECU)
        self._theme = theme
        self._recus: tuple[CarnetRecu, ...] = ()
        self.lien = Btn(theme, textes.VOIR_FICHE, genre="discret")
        self.lien.clicked.connect(self.fiche)
        self.entete.addWidget(self.lien)
        self._liste = Colonne(theme, ecart=8)
        self.corps.addLayout(self._liste)
        self.hide()

    def montrer(self, apercu: Apercu, aujourdhui: date, *, connue: bool) -> None:
        """The carnets received; `connue`: the person has a file here."""
        self.lien.setVisible(connue)
        self.setVisible(bool(apercu.recus))
        if apercu.recus == self._recus:
            return
        self._recus = apercu.recus
        attend = carnet_a_servir(apercu) is not None
        self.titre.setText(textes.DEJA_ATTRIBUE if attend else textes.DEJA_RECU)
        self.note.setText(textes.nombre_pass(apercu.pass_anterieurs))
        self.note.show()
        vider(self._liste)
        for recu in apercu.recus:
            self._liste.addWidget(self._rangee(recu, aujourdhui))

    def _rangee(self, recu: CarnetRecu, aujourdhui: date) -> QWidget:
        ligne = Ligne(self._theme, ecart=12)
        ligne.addWidget(Icone(self._theme, "ticket", "ink", 20), 0, Qt.AlignmentFlag.AlignTop)
        mots = QVBoxLayout()
        mots.setSpacing(0)
        mots.addWidget(WrapLabel(date_longue(recu.le)))
        mots.addWidget(WrapLabel(_faits(recu), "small"))
        ligne.addLayout(mots, 1)
        ligne.addWidget(Badge(self._theme, *etat_recu(recu, aujourdhui)))
        rangee = QWidget()
        rangee.setLayout(ligne)
        return rangee


def _faits(recu: CarnetRecu) -> str:
    """ "Carnet de 5 · ce poste"; of another desk, the number of pass is all that is told."""
    if recu.etat is None:
        return f"{textes.nombre_pass(recu.nombre)} · {textes.AUTRE_POSTE}"
    jusqu_au = f" · valable jusqu’au {date_longue(recu.dernier_jour)}" if recu.dernier_jour else ""
    return f"Carnet de\u00a0{recu.nombre} · {textes.CE_POSTE}{jusqu_au}"


def etat_recu(recu: CarnetRecu, aujourdhui: date) -> tuple[str, Ton]:
    """Where it stands, as a badge."""
    if recu.dernier_jour is not None and recu.dernier_jour < aujourdhui:
        return textes.PLUS_VALABLE, "neutre"
    if recu.etat is None:
        return textes.AILLEURS, "neutre"
    return ETATS[recu.etat], "info" if recu.etat in (Etat.REMIS, Etat.ENTAME) else "neutre"
