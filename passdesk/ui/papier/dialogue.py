"""A paper that bears a name, on screen: looked at from memory, then printed, or saved where the agent says."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from passdesk.domain.dessin import Papier
from passdesk.domain.erreurs import KnownError, PanneAttendue
from passdesk.ui.composants import Avis, Btn, Colonne, Dialogue, Ligne, annoncer
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.papier import copies, textes
from passdesk.ui.papier.choix import ChoixImprimante
from passdesk.ui.papier.feuille import Feuille, FeuilleLue, lire_feuilles
from passdesk.ui.papier.systeme import Choix

TAILLE_FEUILLE = QSize(297, 420)
"""The sheet in pixels: it leaves room for the words on the smallest screen."""


@dataclass(frozen=True, slots=True)
class MotsPapier:
    """What the dialog says of its paper.

    `pannes`: how the codes of what keeps a printer from it begin; `non_ecrit`: code of a disk that refuses it.
    """

    titre: str
    detail: str
    envoye: str
    enregistre: str
    pannes: str
    non_ecrit: str


@dataclass(frozen=True, slots=True)
class FeuillesNommees:
    """The paper, the pictures of its pages, and a file name that tells nothing of anybody.

    `avis`: code of what to say of this paper before it is printed, "" for most.
    """

    nom_fichier: str
    papier: Papier
    apercus: tuple[bytes, ...] = field(repr=False)
    avis: str = ""


class DialoguePapier(Dialogue):
    """`imprimer` is offered where the computer has a printer; `enregistrer` always. `panne` carries what failed;
    `sorti` says that the paper went to the printer or to a file."""

    panne = Signal(object)
    sorti = Signal()

    def __init__(self, contexte: Contexte, parent: QWidget, mots: MotsPapier, feuilles: FeuillesNommees) -> None:
        theme = contexte.theme
        super().__init__(theme, parent, mots.titre, mots.detail, "printer", "info", textes.FERMER)
        self._contexte, self._mots, self._feuilles = contexte, mots, feuilles
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._feuille = Feuille(theme)
        self._feuille.setFixedSize(TAILLE_FEUILLE)
        self._rang = 0
        self._lues: tuple[FeuilleLue, ...] = ()
        self.tourner = Btn(theme, textes.PAGE_SUIVANTE, genre="discret")
        self.tourner.clicked.connect(self._tourner)
        self.attente, self.avis, self.etat = Avis(theme, "info"), Avis(theme, "warn"), Avis(theme)
        self.choix = ChoixImprimante(contexte)
        self.choix.connu.connect(self._imprimantes_connues)
        self.choix.liste.choisi.connect(lambda _: self._accorder())
        self.enregistrer = Btn(theme, textes.ENREGISTRER, icone_nom="device-floppy")
        self.enregistrer.clicked.connect(self._enregistrer)
        self.imprimer = Btn(theme, textes.IMPRIMER, icone_nom="printer")
        self.imprimer.clicked.connect(self._imprimer)
        self.imprimer.hide()
        self._sorti = False
        self._placer()
        # Once they have their place: shown before, each would be a window of its own for a moment.
        self.avis.dire(str(message(feuilles.avis)) if feuilles.avis else "")
        self.tourner.setVisible(len(feuilles.apercus) > 1)
        self.boutons.addWidget(self.enregistrer)
        self.boutons.addWidget(self.imprimer)
        self._lire()
        self._montrer_page()
        self.choix.demander()

    def showEvent(self, event: QShowEvent) -> None:
        """What was said before anybody could hear it."""
        super().showEvent(event)
        annoncer(self.attente, " ".join(avis.texte() for avis in (self.attente, self.avis) if not avis.isHidden()))

    def _placer(self) -> None:
        """The sheet at the left of the words: one above the other is too tall for small screens and large text."""
        colonne = self.layout()
        if not isinstance(colonne, QBoxLayout):
            return
        mots = next(dedans for dedans in colonne.children() if isinstance(dedans, QBoxLayout))
        colonne.removeItem(mots)
        mots.setParent(None)
        droite = Colonne(self._contexte.theme, ecart=16)
        droite.addLayout(mots)
        droite.addWidget(self.attente)
        droite.addWidget(self.avis)
        droite.addWidget(self.choix)
        droite.addWidget(self.etat)
        droite.addStretch(1)
        droite.addWidget(self.tourner, 0, Qt.AlignmentFlag.AlignLeft)
        rangee = Ligne(self._contexte.theme, ecart=24)
        rangee.addWidget(self._feuille, 0, Qt.AlignmentFlag.AlignTop)
        rangee.addLayout(droite, 1)
        colonne.insertLayout(0, rangee, 1)
        self.setMinimumWidth(TAILLE_FEUILLE.width() + self._contexte.theme.px(400))

    def _lire(self) -> None:
        """All the pages, once: a page turned must not wait for what the printer is busy with. The first one does, and
        a blank sheet would say that the paper is."""
        taches = self._contexte.taches
        self.attente.dire(textes.ATTENTES.get(taches.devant("rendu"), ""))
        lire = partial(lire_feuilles, self._feuilles.apercus, self._feuille.pixels)
        taches.lancer("rendu", lire, apres=self._recevoir, ecran=self, sur_imprevu=self._sans_apercu)

    def _recevoir(self, lues: tuple[FeuilleLue, ...]) -> None:
        self._lues = lues
        self._sans_apercu()

    def _sans_apercu(self) -> None:
        """No preview is waited for any more: nothing says that one comes."""
        self.attente.dire("")
        self._montrer_page()

    def _montrer_page(self) -> None:
        nombre = len(self._feuilles.apercus)
        place = textes.page_sur(self._rang + 1, nombre)
        lue = self._lues[self._rang] if self._lues else None
        attend = self.attente.texte() if lue is None else ""
        noms = (self._mots.titre, place if nombre > 1 else "", attend)
        self._feuille.montrer(lue, ". ".join(filter(None, noms)))
        self.tourner.set_texte(f"{textes.PAGE_SUIVANTE} ({place})")

    def _tourner(self) -> None:
        self._rang = (self._rang + 1) % len(self._feuilles.apercus)
        self._montrer_page()

    def _imprimantes_connues(self, choix: Choix) -> None:
        self.imprimer.setVisible(bool(choix.noms))
        if not choix.noms:
            self.etat.dire(textes.SANS_IMPRIMANTE, "info")
        self._accorder()
        self._premier.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    @property
    def _premier(self) -> Btn:
        """What comes next: to print, to save where no printer is chosen, then to close."""
        return self.sans_risque if self._sorti else self.imprimer if self.choix.choix.choisie else self.enregistrer

    def _accorder(self) -> None:
        """Such a paper never goes to the desk's folder: with "Fichier PDF", only saving is left."""
        self.imprimer.setEnabled(bool(self.choix.choix.choisie))
        for bouton in (self.sans_risque, self.enregistrer, self.imprimer):
            bouton.set_genre("primaire" if bouton is self._premier else "secondaire")

    def _imprimer(self) -> None:
        if self.choix.imprimante is None:
            return
        self.choix.retenir()
        self.imprimer.setEnabled(False)
        self._contexte.taches.lancer(
            "rendu",
            self.choix.imprimante.imprimer,
            self._feuilles.papier,
            self.choix.choix.choisie,
            apres=lambda _: self._dire(self._mots.envoye, fait=True),
            sur_panne=self._non_imprime,
            ecran=self,
        )

    def _enregistrer(self) -> None:
        propose = str(copies.dossier_propose(self._contexte.poste.dossier) / self._feuilles.nom_fichier)
        choisi, _ = QFileDialog.getSaveFileName(self, self._mots.titre, propose, textes.FILTRE_PDF)
        if choisi:
            self._contexte.taches.lancer(
                "rendu",
                ecrire,
                self._feuilles.papier.pdf,
                Path(choisi),
                self._mots.non_ecrit,
                apres=lambda _: self._dire(self._mots.enregistre, fait=True),
                sur_panne=self._en_panne,
                ecran=self,
            )

    def _non_imprime(self, trouble: KnownError) -> None:
        """The same reason and the same way out as for a carnet; what is safe is another thing."""
        self._en_panne(PanneAttendue(f"{self._mots.pannes}_{trouble.code}", **trouble.faits))

    def _en_panne(self, trouble: KnownError) -> None:
        self._dire(str(message(trouble.code, **trouble.faits)))
        self.panne.emit(trouble)

    def _dire(self, phrase: str, *, fait: bool = False) -> None:
        self._sorti = fait
        self._accorder()
        self.etat.dire(phrase, "ok" if fait else "warn")
        self.adjustSize()
        self._premier.setFocus(Qt.FocusReason.OtherFocusReason)
        if fait:
            self.sorti.emit()


def ecrire(pdf: bytes, cible: Path, code: str) -> Path:
    """Writes the paper where the agent chose; nothing half written is left. Raises PanneAttendue(code)."""
    try:
        cible.write_bytes(pdf)
    except OSError:
        with contextlib.suppress(OSError):
            cible.unlink(missing_ok=True)
        raise PanneAttendue(code) from None
    return cible
