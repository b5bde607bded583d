"""The verdict of one pass: a word, an icon and a tint; why, what to do, and what the pass says of itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from passdesk.services.verification import Controle
from passdesk.ui.composants import Banner, Colonne, Disque, EnBref, Ligne, WrapLabel
from passdesk.ui.theme import Theme
from passdesk.ui.verifier import textes


class DetailVerdict(QWidget):
    """Nothing to press here: the next scan is the next act."""

    def __init__(self, theme: Theme, controle: Controle) -> None:
        super().__init__()
        self.controle = controle
        vue, dit = textes.mine(controle), textes.phrases(controle)
        self.setAccessibleName(f"{textes.nom(controle)}, {vue.mot}")
        tete = QFrame()
        tete.setProperty("role", "bloc")
        tete.setProperty("tint", vue.ton)
        ligne = Ligne(theme, ecart=16, marges=(20, 16, 20, 16))
        ligne.addWidget(Disque(theme, vue.icone, vue.ton, 48, plein=True), 0, Qt.AlignmentFlag.AlignTop)
        mots = Colonne(theme, ecart=4)
        self.mot = WrapLabel(vue.mot, "headline")
        mots.addWidget(self.mot)
        mots.addWidget(WrapLabel(textes.nom(controle), "small"))
        mots.addWidget(WrapLabel(dit.quoi, "strong"))
        for phrase in (dit.sur, dit.faire):
            if phrase:
                mots.addWidget(WrapLabel(phrase))
        ligne.addLayout(mots, 1)
        tete.setLayout(ligne)
        colonne = Colonne(theme, ecart=12, marges=(12, 8, 12, 8))
        colonne.addWidget(tete)
        alerte = textes.alerte(controle.liste)
        if alerte is not None:
            colonne.addWidget(Banner(theme, "warn", "clock", *alerte))
        if faits := textes.faits(controle):
            colonne.addWidget(EnBref(theme, faits))
        colonne.addStretch(1)
        self.setLayout(colonne)
