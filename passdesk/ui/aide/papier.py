"""The manual on paper: the page that is read, or all of them, to a printer or to a PDF file."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.ui.aide import textes
from passdesk.ui.aide.manuel import Manuel, PageManuel
from passdesk.ui.aide.rendu import Habit, composer
from passdesk.ui.composants import Avis, Btn, Dialogue, GroupeRadios, Radio, Texte
from passdesk.ui.messages import message
from passdesk.ui.papier import textes as textes_papier
from passdesk.ui.papier.choix import AvecImprimante, ChoixImprimante
from passdesk.ui.papier.systeme import Choix, ImprimanteSysteme

PANNES, NON_ECRITE = "pages", "aide_non_ecrite"
"""How the codes of what keeps a printer from it begin; code of a disk that refuses it."""


class DialogueImpressionAide(Dialogue):
    """One page or all; nothing is written before the agent says where."""

    def __init__(self, moyens: AvecImprimante, parent: QWidget, manuel: Manuel, page: PageManuel) -> None:
        theme = moyens.theme
        titre, detail = textes.PAPIER_TITRE, textes.PAPIER_DETAIL
        super().__init__(theme, parent, titre, detail, "printer", "info", textes_papier.FERMER)
        self._moyens, self._manuel, self._page = moyens, manuel, page
        self.quoi = GroupeRadios(self)
        self.une = Radio(theme, textes.cette_page(page.titre))
        self.tout = Radio(theme, textes.TOUT)
        self.quoi.ajouter(self.une, False)
        self.quoi.ajouter(self.tout, True)
        self.quoi.set_valeur(False)
        self.etat = Avis(theme)
        self.choix = ChoixImprimante(moyens)
        self.choix.connu.connect(self._imprimantes_connues)
        self.choix.liste.choisi.connect(lambda _: self._accorder())
        self.enregistrer = Btn(theme, textes_papier.ENREGISTRER, icone_nom="device-floppy")
        self.enregistrer.clicked.connect(self._enregistrer)
        self.imprimer = Btn(theme, textes_papier.IMPRIMER, genre="primaire", icone_nom="printer")
        self.imprimer.clicked.connect(self._imprimer)
        self.imprimer.hide()
        colonne = self.layout()
        if isinstance(colonne, QBoxLayout):
            for rang, widget in enumerate(
                (Texte(textes.QUOI, "label"), self.une, self.tout, self.choix, self.etat), start=1
            ):
                colonne.insertWidget(rang, widget)
        self.boutons.addWidget(self.enregistrer)
        self.boutons.addWidget(self.imprimer)
        self.setMinimumWidth(theme.px(560))
        self.choix.demander()

    def _pages(self) -> tuple[PageManuel, ...]:
        return self._manuel.pages if self.quoi.valeur() else (self._page,)

    def _imprimantes_connues(self, choix: Choix) -> None:
        self.imprimer.setVisible(bool(choix.noms))
        if not choix.noms:
            self.etat.dire(textes_papier.SANS_IMPRIMANTE, "info")
        self._accorder()
        self.adjustSize()

    def _accorder(self) -> None:
        """With "Fichier PDF", only saving is left."""
        self.imprimer.setEnabled(bool(self.choix.choix.choisie))

    def _imprimer(self) -> None:
        if self.choix.imprimante is None:
            return
        self.choix.retenir()
        self._moyens.taches.lancer(
            "rendu", imprimer, self.choix.imprimante, self._pages(), self.choix.choix.choisie,
            apres=lambda _: self.etat.dire(textes.IMPRIMEE, "ok"), sur_panne=self._non_imprimee, ecran=self,
        )  # fmt: skip

    def _enregistrer(self) -> None:
        propose = str(Path.home() / textes.FICHIER)
        choisi, _ = QFileDialog.getSaveFileName(self, textes.PAPIER_TITRE, propose, textes_papier.FILTRE_PDF)
        if choisi:
            self._moyens.taches.lancer(
                "rendu", enregistrer, self._pages(), Path(choisi),
                apres=lambda _: self.etat.dire(textes.ENREGISTREE, "ok"), sur_panne=self._en_panne, ecran=self,
            )  # fmt: skip

    def _non_imprimee(self, trouble: KnownError) -> None:
        self._en_panne(PanneAttendue(f"{PANNES}_{trouble.code}", **trouble.faits))

    def _en_panne(self, trouble: KnownError) -> None:
        self.etat.dire(str(message(trouble.code, **trouble.faits)), "warn")


def imprimer(imprimante: ImprimanteSysteme, pages: Sequence[PageManuel], nom: str) -> None:
    """Sends these pages to the printer of that name, in the `rendu` thread. Raises PanneAttendue (`envoyer`)."""
    imprimante.envoyer(textes.PAPIER_TITRE, lambda appareil: _peindre(pages, appareil), nom)


def enregistrer(pages: Sequence[PageManuel], cible: Path) -> Path:
    """Writes these pages as a PDF file; nothing half written is left. Raises PanneAttendue("aide_non_ecrite")."""
    try:
        cible.write_bytes(b"")
        ecrivain = QPdfWriter(str(cible))
        ecrivain.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
        )
        ecrivain.setResolution(300)
        ecrivain.setTitle(textes.TITRE)
        ecrivain.setCreator("PassDesk")
        _ecrire(pages, ecrivain)
        del ecrivain
        if cible.stat().st_size == 0:
            raise OSError
    except OSError:
        with contextlib.suppress(OSError):
            cible.unlink(missing_ok=True)
        raise PanneAttendue(NON_ECRITE) from None
    return cible


def _peindre(pages: Sequence[PageManuel], appareil: QPrinter) -> bool:
    _ecrire(pages, appareil)
    return appareil.printerState() not in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


def _ecrire(pages: Sequence[PageManuel], appareil: QPagedPaintDevice) -> None:
    # Qt puts off the end of a long text by a timer; a thread of Python's has none before a loop was made in it.
    boucle = QEventLoop()
    composer(pages, Habit()).print_(appareil)
    del boucle
