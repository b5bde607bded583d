"""The proofs seen of a person: by whom, when, and the scan where this desk keeps one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import date_longue
from passdesk.services.personnes import PieceVue
from passdesk.ui.composants import Btn, Colonne, Icone, Ligne, Texte, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.numerisation import VueNumerisation
from passdesk.ui.visite.textes import PIECES, SCAN_VOIR, pages_en_mots

TITRE = "Justificatifs vus"


class BlocPieces(QWidget):
    """One line a proof, latest request first; the scan is shown in place."""

    def __init__(self, contexte: Contexte, pieces: Sequence[PieceVue]) -> None:
        super().__init__()
        self._contexte = contexte
        self.vue = VueNumerisation(contexte)
        colonne = Colonne(contexte.theme, ecart=8)
        colonne.addWidget(Texte(TITRE, "h2"))
        for piece in pieces:
            colonne.addWidget(self._rang(piece))
        colonne.addWidget(self.vue)
        self.setLayout(colonne)

    def _rang(self, piece: PieceVue) -> QWidget:
        theme, constat = self._contexte.theme, piece.constat
        nom = PIECES[constat.piece.type]
        textes = Colonne(theme, ecart=0)
        textes.addWidget(WrapLabel(nom, "strong"))
        textes.addWidget(WrapLabel(detail(piece), "small"))
        ligne = Ligne(theme, ecart=12)
        ligne.addWidget(Icone(theme, "file-text", "ink2", 22), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addLayout(textes, 1)
        if constat.numerisation:
            regarder = Btn(theme, f"{SCAN_VOIR} le scan", genre="discret")
            regarder.set_texte(f"{SCAN_VOIR} le scan", f"{SCAN_VOIR} le scan\u00a0: {nom}")
            regarder.clicked.connect(partial(self._voir, piece))
            ligne.addWidget(regarder, 0, Qt.AlignmentFlag.AlignTop)
        rang = QWidget()
        rang.setLayout(ligne)
        return rang

    def _voir(self, piece: PieceVue) -> None:
        self.vue.ouvrir(PIECES[piece.constat.piece.type], piece.demande_id, piece.constat.numerisation)


def detail(piece: PieceVue) -> str:
    """ "Daté du 18 octobre 2026 · vu le 23 novembre 2026 par Claire Mabille · scan de 2 pages"."""
    constat = piece.constat
    vu = f"vu le {date_longue(constat.piece.vu_le or constat.constate.astimezone().date())}"
    mots = [
        f"Daté du {date_longue(constat.piece.date)}" if constat.piece.date else "",
        f"{vu} par {piece.agent}" if piece.agent else vu,
        f"scan de {pages_en_mots(constat.pages)}" if constat.numerisation else "",
    ]
    phrase = " · ".join(mot for mot in mots if mot)
    return phrase[:1].upper() + phrase[1:]
