"""The scans of the proofs: joined from a file or dropped, looked at in place, taken away and put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.domain.visite import PieceSaisie
from passdesk.services.justificatifs import joindre, numeriser
from passdesk.ui.composants import Btn, Colonne, Combo, Flexible, Icone, Ligne, Texte, WrapLabel, amener
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.numerisation import VueNumerisation
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.modele import VisiteEnCours


class BlocScans(QWidget):
    """Under the rows of the proofs, made once it is shown. `proposer` tells for which proofs a scan can be joined."""

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__()
        self._contexte, self._visite = contexte, visite
        self._types: tuple[str, ...] = ()
        self._retirees: dict[str, PieceSaisie] = {}
        self._premiers: dict[str, Btn] = {}
        self._liens: list[Btn] = []
        self._occupe = False
        self._suite: Callable[[], None] | None = None
        self._montrees: tuple[tuple[PieceSaisie, ...], ...] = ((), ())
        self._bati = self._etroite = False
        self.hide()

    def montrer(self, oui: bool) -> None:
        """Shows it, or hides it."""
        if oui:
            self._batir()
        self.setVisible(oui)

    def _batir(self) -> None:
        if self._bati:
            return
        theme, self._bati = self._contexte.theme, True
        self.choix = Combo(theme, (), textes.SCAN_POUR)
        self.fichier = Btn(theme, textes.CHOISIR_FICHIER, icone_nom="file-text")
        self.fichier.clicked.connect(self._choisir)
        self._phrase = WrapLabel("", "small", "bad")
        self._avis = QWidget()
        avis = Ligne(theme, ecart=6)
        avis.addWidget(Icone(theme, "alert-circle", "bad", 18), 0, Qt.AlignmentFlag.AlignTop)
        avis.addWidget(self._phrase, 1)
        self._avis.setLayout(avis)
        self._liste = QWidget()
        self._lignes = Colonne(theme, ecart=4)
        self._liste.setLayout(self._lignes)
        self.vue = VueNumerisation(self._contexte)
        self._ligne = Flexible(theme, ecart=12)
        self._ligne.addWidget(self.choix, 1)
        self._ligne.addWidget(self.fichier)
        colonne = Colonne(theme, ecart=6)
        colonne.addWidget(Texte(textes.SCAN_POUR, "label"))
        colonne.addLayout(self._ligne)
        colonne.addWidget(self._avis)
        colonne.addWidget(WrapLabel(textes.SCAN_AIDE, "small", "ink2"))
        colonne.addWidget(self._liste)
        colonne.addWidget(self.vue)
        self.setLayout(colonne)
        self._avis.hide()
        self.disposer(self._etroite)
        self._offrir(None)
        self._actualiser()

    def proposer(self, types: Sequence[str]) -> None:
        """The proofs asked for now, and the scans that the draft has."""
        neufs, self._types = tuple(types) != self._types, tuple(types)
        if not self._bati:
            return
        if neufs:
            self._offrir(self.choix.valeur())
        self._actualiser()

    def _offrir(self, choisi: object) -> None:
        self.choix.set_choix([(nom, textes.PIECES[nom]) for nom in self._types])
        self.choix.set_valeur(choisi if choisi in self._types else next(iter(self._types), None))

    def disposer(self, etroite: bool) -> None:
        """Choice and button in a row, or one under the other."""
        self._etroite = etroite
        if self._bati:
            self._ligne.empiler(etroite)

    def arrets(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.choix, self.fichier, *self._liens)

    def a_des_scans(self) -> bool:
        """True when there is something to show beside the way in."""
        return any(piece.numerisation for piece in self._visite.brouillon.pieces) or bool(self._retirees)

    def prendre(self, chemin: Path, type_piece: str | None = None) -> None:
        """Reads a file for a proof (the one chosen in the list, unless named)."""
        self._batir()
        voulu = type_piece or self.choix.valeur()
        if self._occupe or not isinstance(voulu, str):
            return
        self.choix.set_valeur(voulu)
        self._occuper(True)
        self._dire("")
        self._contexte.taches.lancer(
            "rendu", numeriser, chemin, apres=lambda pages: self.lu(voulu, pages), sur_panne=self._refusee,
            ecran=self._visite.ecran,
        )  # fmt: skip

    def ensuite(self, suite: Callable[[], None]) -> None:
        """Runs `suite` once the scan under way is joined: an answer recorded before would go without it. Not when it
        cannot be read, which is told."""
        if not self._occupe:
            suite()
            return
        self._suite = suite
        amener(self)

    def _choisir(self) -> None:
        if self._occupe:
            return
        choisi, _ = QFileDialog.getOpenFileName(self, textes.CHOISIR_FICHIER, "", textes.FILTRE_SCAN)
        if choisi:
            self.prendre(Path(choisi))

    def lu(self, type_piece: str, pages: tuple[bytes, ...]) -> None:
        """Joins the pages read."""
        brouillon = self._visite.brouillon
        demande_id = brouillon.demande_id or brouillon.brouillon_id
        self._contexte.lancer(
            joindre, demande_id, pages, apres=lambda cle: self._jointe(type_piece, cle, len(pages)),
            sur_panne=self._refusee, ecran=self._visite.ecran,
        )  # fmt: skip

    def _jointe(self, type_piece: str, cle: str, pages: int) -> None:
        self._batir()
        self._occuper(False)
        self._retirees.pop(type_piece, None)
        aujourdhui = self._contexte.horloge.aujourdhui()
        brouillon = saisies.joindre(self._visite.brouillon, type_piece, cle, pages, aujourdhui)
        self._visite.modifier(brouillon, tout_de_suite=True)
        self._actualiser()
        suite, self._suite = self._suite, None
        if suite is not None:
            suite()

    def _refusee(self, trouble: KnownError) -> None:
        self._suite = None
        self._occuper(False)
        self._dire(str(message(trouble.code, **trouble.faits)))

    def _dire(self, phrase: str) -> None:
        self._phrase.setText(phrase)
        self._avis.setVisible(bool(phrase))
        if phrase:
            amener(self._avis)

    def _occuper(self, oui: bool) -> None:
        # Not greyed: a button greyed under the keyboard gives it to whatever comes next, and the page follows.
        self._occupe = oui
        self.fichier.set_texte(textes.SCAN_LECTURE if oui else textes.CHOISIR_FICHIER)

    def _actualiser(self) -> None:
        jointes = tuple(piece for piece in self._visite.brouillon.pieces if piece.numerisation)
        montrees = (jointes, tuple(self._retirees.values()))
        if montrees == self._montrees:
            return
        self._montrees = montrees
        while (element := self._lignes.takeAt(0)) is not None:
            widget = element.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._premiers.clear()
        self._liens.clear()
        for piece in jointes:
            self._lignes.addWidget(self._rang(piece, jointe=True))
        for piece in self._retirees.values():
            self._lignes.addWidget(self._rang(piece, jointe=False))

    def _rang(self, piece: PieceSaisie, *, jointe: bool) -> QWidget:
        theme, nom = self._contexte.theme, textes.PIECES[piece.type]
        rang = QWidget()
        ligne = Ligne(theme, ecart=10)
        ligne.addWidget(Icone(theme, "file-text", "ink2", 18))
        phrase = f"{nom} · {textes.pages_en_mots(piece.pages)}" if jointe else f"{nom} · {textes.SCAN_RETIRE}"
        ligne.addWidget(WrapLabel(phrase), 1)
        if jointe:
            regarder = Btn(theme, textes.SCAN_VOIR, genre="discret")
            regarder.set_texte(textes.SCAN_VOIR, f"{textes.SCAN_VOIR}\u00a0: {nom}")
            regarder.clicked.connect(lambda: self._voir(piece))
            retirer = Btn(theme, textes.SCAN_RETIRER, genre="discret")
            retirer.set_texte(textes.SCAN_RETIRER, f"{textes.SCAN_RETIRER}\u00a0: {nom}")
            retirer.clicked.connect(lambda: self._retirer(piece))
            liens = [regarder, retirer]
        else:
            remettre = Btn(theme, textes.SCAN_REMETTRE, genre="discret")
            remettre.set_texte(textes.SCAN_REMETTRE, f"{textes.SCAN_REMETTRE}\u00a0: {nom}")
            remettre.clicked.connect(lambda: self._remettre(piece))
            liens = [remettre]
        for lien in liens:
            ligne.addWidget(lien)
        self._liens += liens
        self._premiers[piece.type] = liens[0]
        rang.setLayout(ligne)
        rang.setParent(self._liste)
        rang.show()
        return rang

    def _remettre(self, piece: PieceSaisie) -> None:
        self._jointe(piece.type, piece.numerisation, piece.pages)
        self._reprendre(piece.type)

    def _retirer(self, piece: PieceSaisie) -> None:
        """Taken off the draft at once; its pages leave the disk with the next recording, and come back until then."""
        self._retirees[piece.type] = piece
        self.vue.fermer()
        self._visite.modifier(saisies.retirer_scan(self._visite.brouillon, piece.type), tout_de_suite=True)
        self._reprendre(piece.type)

    def _reprendre(self, type_piece: str) -> None:
        """Shows the list anew; the keyboard stays on the line of this proof, whose button was just used up."""
        self._actualiser()
        premier = self._premiers.get(type_piece)
        if premier is not None:
            premier.setFocus(Qt.FocusReason.OtherFocusReason)

    def _voir(self, piece: PieceSaisie) -> None:
        brouillon = self._visite.brouillon
        demande_id = brouillon.demande_id or brouillon.brouillon_id
        self.vue.ouvrir(textes.PIECES[piece.type], demande_id, piece.numerisation)
