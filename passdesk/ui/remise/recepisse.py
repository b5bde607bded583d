"""The receipt on screen: looked at from memory, then printed, or saved where the agent says and nowhere else."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.services.recepisse import RecepisseDessine
from passdesk.ui.composants import Btn, Colonne, Dialogue, Ligne, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.papier import copies
from passdesk.ui.papier.choix import ChoixImprimante
from passdesk.ui.papier.feuille import Feuille
from passdesk.ui.papier.systeme import Choix
from passdesk.ui.remise import textes

TAILLE_FEUILLE = QSize(297, 420)
"""The sheet in pixels: it leaves room for the words on the smallest screen."""


class DialogueRecepisse(Dialogue):
    """`imprimer` is offered where the computer has a printer; `enregistrer` always."""

    def __init__(self, contexte: Contexte, parent: QWidget, dessine: RecepisseDessine) -> None:
        theme = contexte.theme
        super().__init__(
            theme, parent, textes.RECEPISSE, textes.RECEPISSE_DETAIL, "printer", "info", textes.FERMER_RECEPISSE
        )
        self._contexte, self._dessine = contexte, dessine
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        image = QPixmap()
        image.loadFromData(dessine.apercu.png)
        feuille = Feuille(theme)
        feuille.setFixedSize(TAILLE_FEUILLE)
        feuille.montrer(image, textes.RECEPISSE)
        self.etat = WrapLabel("")
        self.etat.hide()
        self.choix = ChoixImprimante(contexte)
        self.choix.connu.connect(self._imprimantes_connues)
        self.choix.liste.choisi.connect(lambda _: self._accorder())
        self.enregistrer = Btn(theme, textes.ENREGISTRER, icone_nom="device-floppy")
        self.enregistrer.clicked.connect(self._enregistrer)
        self.imprimer = Btn(theme, textes.IMPRIMER, genre="primaire", icone_nom="printer")
        self.imprimer.clicked.connect(self._imprimer)
        self.imprimer.hide()
        self._placer(feuille)
        self.boutons.addWidget(self.enregistrer)
        self.boutons.addWidget(self.imprimer)
        self.choix.demander()

    def _placer(self, feuille: Feuille) -> None:
        """The sheet at the left of the words: one above the other is too tall for small screens and large text."""
        colonne = self.layout()
        premier = colonne.itemAt(0) if colonne is not None else None
        mots = premier.layout() if premier is not None else None
        if not isinstance(colonne, QBoxLayout) or mots is None:
            return
        colonne.removeItem(mots)
        mots.setParent(None)
        droite = Colonne(self._contexte.theme, ecart=16)
        droite.addLayout(mots)
        droite.addWidget(self.choix)
        droite.addWidget(self.etat)
        droite.addStretch(1)
        rangee = Ligne(self._contexte.theme, ecart=24)
        rangee.addWidget(feuille, 0, Qt.AlignmentFlag.AlignTop)
        rangee.addLayout(droite, 1)
        colonne.insertLayout(0, rangee, 1)
        self.setMinimumWidth(TAILLE_FEUILLE.width() + self._contexte.theme.px(400))

    def _imprimantes_connues(self, choix: Choix) -> None:
        self.imprimer.setVisible(bool(choix.noms))
        self._accorder()
        self.adjustSize()

    def _accorder(self) -> None:
        """A receipt never goes to the desk's folder: with "Fichier PDF", only saving is left."""
        self.imprimer.setEnabled(bool(self.choix.choix.choisie))

    def _imprimer(self) -> None:
        if self.choix.imprimante is None:
            return
        self.choix.retenir()
        self.imprimer.setEnabled(False)
        self._contexte.taches.lancer(
            "rendu",
            self.choix.imprimante.imprimer,
            self._dessine.papier,
            self.choix.choix.choisie,
            apres=lambda _: self._dire(textes.RECEPISSE_ENVOYE),
            sur_panne=lambda _: self._en_panne(PanneAttendue("recepisse_non_imprime")),
            ecran=self,
        )

    def _enregistrer(self) -> None:
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / self._dessine.nom_fichier)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.RECEPISSE, propose, textes.FILTRE_PDF)
        if choisi:
            self._contexte.taches.lancer(
                "rendu",
                ecrire,
                self._dessine.papier.pdf,
                Path(choisi),
                apres=lambda _: self._dire(textes.RECEPISSE_ENREGISTRE),
                sur_panne=self._en_panne,
                ecran=self,
            )

    def _en_panne(self, trouble: KnownError) -> None:
        self._dire(str(message(trouble.code, **trouble.faits)))

    def _dire(self, phrase: str) -> None:
        self._accorder()
        self.etat.setText(phrase)
        self.etat.show()
        self.adjustSize()


def ecrire(pdf: bytes, cible: Path) -> Path:
    """Writes the receipt where the agent chose; nothing half written is left. Raises PanneAttendue."""
    try:
        cible.write_bytes(pdf)
    except OSError:
        with contextlib.suppress(OSError):
            cible.unlink(missing_ok=True)
        raise PanneAttendue("recepisse_non_ecrit") from None
    return cible
