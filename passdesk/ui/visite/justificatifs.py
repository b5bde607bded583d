"""Third section of the visit: one row a proof, built from what the règlement asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from passdesk.domain.saisie_date import lire_date
from passdesk.ui.champ_date import SaisieDate
from passdesk.ui.composants import (
    BtnMenu,
    Card,
    Case,
    Colonne,
    Grille,
    Icone,
    Ligne,
    Texte,
    Verdict,
    WrapLabel,
    tenir_sa_place,
)
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.saisie import relire_date
from passdesk.ui.theme import set_propriete
from passdesk.ui.visite import saisies, textes
from passdesk.ui.visite.modele import VisiteEnCours
from passdesk.ui.visite.pieces import GroupePieces, LignePiece, compte, presenter_pieces
from passdesk.ui.visite.scans import BlocScans

MARGE_CREUX = 10
ECART_COLONNES = 8
EMS_SCAN_EN_LIGNE = 30
LARGEUR_VERDICT = 143
"""Pixels at 100 %."""


class SectionJustificatifs(Card):
    """Rows stay the same objects while they are asked for, so that nothing moves under somebody's fingers."""

    def __init__(self, contexte: Contexte, visite: VisiteEnCours) -> None:
        super().__init__(contexte.theme, textes.SECTION_PIECES, " ", ecart=4)
        self._contexte, self._visite = contexte, visite
        self._largeur = 10_000
        self._groupees: set[str] = set()
        self._etendue = False
        self.rangs: dict[str, RangPiece] = {}
        self._forme: tuple[tuple[str, ...], ...] = ()
        self.autres = BtnMenu(contexte.theme, textes.AUTRES_PAPIERS)
        self._acte_domiciles = self.autres.ajouter(textes.LIEN_AUTRES_DOMICILES, self._etendre)
        self._acte_scan = self.autres.ajouter(textes.LIEN_SCAN, self._montrer_scans)
        self.scans = BlocScans(contexte, visite)
        self._scans_voulus = False
        self.entete.addWidget(tenir_sa_place(self.autres))
        self.setAcceptDrops(True)
        self._vide = WrapLabel(textes.PIECES_APRES_SITUATION, "body", "ink2")
        self.corps.addWidget(self._vide)
        self._contenu: QWidget | None = None
        self.corps.addWidget(self.scans)
        self.autres.hide()
        visite.apprecie.connect(self.actualiser)
        visite.remplace.connect(self._remplir)

    def champ(self, nom: str) -> QWidget | None:
        """The date of a proof to look at again ("piece.justificatif_domicile"), or of the first that is missing, its
        tick where it bears none ("justificatifs")."""
        if nom == "justificatifs":
            return self._manquante()
        rang = self.rangs.get(nom.removeprefix("piece."))
        return rang.arrets()[-1] if rang else None

    def amenager(self, largeur: int) -> None:
        """Each row on one line where an inner width in pixels allows it, on two elsewhere."""
        self._largeur = largeur
        theme = self._contexte.theme
        deux_lignes = any(
            rang.largeur_utile() + (theme.sp(MARGE_CREUX) if nom in self._groupees else 0) > largeur
            for nom, rang in self.rangs.items()
        )
        for rang in self.rangs.values():
            rang.disposer(deux_lignes)
        self.scans.disposer(theme.ems(largeur) < EMS_SCAN_EN_LIGNE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file from this computer can be dropped on a proof."""
        if _fichier(event) is not None and self.rangs:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Joined to the proof it falls on, or to the one chosen in the list."""
        chemin = _fichier(event)
        if chemin is not None:
            sous = self.childAt(event.position().toPoint())
            vises = [
                nom
                for nom, rang in self.rangs.items()
                if sous is not None and (sous is rang or rang.isAncestorOf(sous))
            ]
            self._scans_voulus = True
            self.actualiser()
            self.scans.prendre(chemin, vises[0] if vises else None)
            event.acceptProposedAction()

    def _montrer_scans(self) -> None:
        self._scans_voulus = True
        self.actualiser()
        self.scans.choix.setFocus()

    def _remplir(self) -> None:
        """Not typed here: the date that has the keyboard is written again too."""
        for nom, rang in self.rangs.items():
            rang.saisie.setText(saisies.piece(self._visite.brouillon, nom).date)
        self.actualiser()

    def actualiser(self) -> None:
        """Shows the rows asked for now, with what is to be thought of each."""
        groupes = self._groupes()
        forme = tuple(tuple(ligne.type for ligne in groupe.lignes) for groupe in groupes)
        if forme != self._forme:
            self._reconstruire(groupes)
            self._forme = forme
        for groupe in groupes:
            for ligne in groupe.lignes:
                self.rangs[ligne.type].montrer(ligne)
        self._vide.setVisible(not groupes)
        self.note.setText(compte(groupes) if groupes else "")
        self.autres.montrer(self._acte_domiciles, any(groupe.secondaires for groupe in groupes))
        self.scans.proposer([ligne.type for groupe in groupes for ligne in groupe.lignes])
        self.scans.montrer(bool(groupes) and (self._scans_voulus or self.scans.a_des_scans()))
        self.autres.montrer(self._acte_scan, bool(groupes) and self.scans.isHidden())

    def _manquante(self) -> QWidget | None:
        for groupe in self._groupes():
            if not groupe.satisfait:
                # Of two that would do, the one shown with a wrong date.
                ligne = next((une for une in groupe.lignes if une.vue), groupe.lignes[0])
                return self.rangs[ligne.type].arrets()[-1]
        return next((rang.case for rang in self.rangs.values()), None)

    def _groupes(self) -> tuple[GroupePieces, ...]:
        apercu = self._visite.apercu
        if apercu is None:
            return ()
        aujourdhui = self._contexte.horloge.aujourdhui()
        arrivee = lire_date(self._visite.brouillon.arrivee_le, aujourdhui).date
        return presenter_pieces(
            apercu.exigences,
            self._visite.brouillon,
            arrivee,
            aujourdhui,
            toutes=self._etendue,
            jusqu_au=apercu.dates_jusqu_au,
        )

    def _etendre(self) -> None:
        self._etendue = True
        self.actualiser()
        premier = self.rangs.get("attestation_hebergement")
        if premier is not None:
            premier.case.setFocus()

    def _reconstruire(self, groupes: tuple[GroupePieces, ...]) -> None:
        self._groupees = {ligne.type for groupe in groupes if groupe.titre for ligne in groupe.lignes}
        focus = next((nom for nom, rang in self.rangs.items() if rang.isAncestorOf(rang.window().focusWidget())), None)
        ancien, self._contenu = self._contenu, QWidget()
        colonne = Colonne(self._contexte.theme, ecart=4)
        self._contenu.setLayout(colonne)
        for groupe in groupes:
            cible: Colonne = colonne
            if groupe.titre:
                creux = QFrame()
                creux.setProperty("role", "sunk")
                # No right margin: verdicts stay in one column with the rows outside the block.
                cible = Colonne(self._contexte.theme, ecart=4, marges=(MARGE_CREUX, 8, 0, 8))
                cible.addWidget(Texte(groupe.titre, "label"))
                creux.setLayout(cible)
                colonne.addSpacing(self._contexte.theme.sp(4))
                colonne.addWidget(creux)
            for ligne in groupe.lignes:
                if ligne.type not in self.rangs:
                    self.rangs[ligne.type] = self._rang(ligne)
                rang = self.rangs[ligne.type]
                cible.addWidget(rang)
                rang.show()
        for nom in set(self.rangs) - {ligne.type for groupe in groupes for ligne in groupe.lignes}:
            rang = self.rangs.pop(nom)
            rang.hide()
            rang.deleteLater()
        # Before it is measured: the fonts are those of the window.
        self.corps.insertWidget(self.corps.indexOf(self.scans), self._contenu)
        self.amenager(self._largeur)
        if ancien is not None:
            self.corps.removeWidget(ancien)
            ancien.hide()
            ancien.deleteLater()
        if focus in self.rangs:
            self.rangs[focus].saisie.setFocus()

    def _rang(self, ligne: LignePiece) -> RangPiece:
        rang = RangPiece(self._contexte, ligne.type, datee=ligne.datee)
        rang.cochee.connect(self._cocher)
        rang.datee.connect(self._dater)
        return rang

    def _cocher(self, type_piece: str, vue: bool) -> None:
        aujourdhui = self._contexte.horloge.aujourdhui()
        brouillon = saisies.cocher(self._visite.brouillon, type_piece, vue, aujourdhui)
        self._visite.modifier(brouillon, tout_de_suite=True)

    def _dater(self, type_piece: str, texte: str, quittee: bool) -> None:
        aujourdhui = self._contexte.horloge.aujourdhui()
        brouillon = saisies.dater(self._visite.brouillon, type_piece, texte, aujourdhui)
        self._visite.modifier(brouillon, tout_de_suite=quittee)


def _fichier(event: QDropEvent) -> Path | None:
    """The one local file that is being dragged."""
    adresses = event.mimeData().urls()
    return Path(adresses[0].toLocalFile()) if len(adresses) == 1 and adresses[0].isLocalFile() else None


class RangPiece(QWidget):
    """Tick, name, "Daté du" and its date, verdict; the sentence about a wrong date below."""

    cochee = Signal(str, bool)
    datee = Signal(str, str, bool)

    def __init__(self, contexte: Contexte, type_piece: str, *, datee: bool) -> None:
        super().__init__()
        theme = contexte.theme
        self._contexte, self.type, self._datee = contexte, type_piece, datee
        nom = textes.PIECES[type_piece]
        self.case = Case(theme, nom)
        self.legende = Texte(textes.DATE_DE, "small")
        self.saisie = SaisieDate(theme, lambda texte: relire_date(texte, self._aujourdhui), basse=True)
        self.saisie.setAccessibleName(f"{nom}, {textes.DATE_DE.lower()}")
        self.verdict = Verdict(theme)
        self.faute = WrapLabel("", "small", "bad")
        self._avis = QWidget()
        avis = Ligne(theme, ecart=6)
        avis.addWidget(Icone(theme, "alert-circle", "bad", 18), 0, Qt.AlignmentFlag.AlignTop)
        avis.addWidget(self.faute, 1)
        self._avis.setLayout(avis)
        self._avis.hide()
        self.saisie.bloc_a_voir = self  # type: ignore[attr-defined]  # for the focus ring
        self._grille = Grille(theme, ecart=4)
        self.setLayout(self._grille)
        self._deux_lignes: bool | None = None
        self.disposer(False)
        for widget in (self.legende, self.saisie):
            widget.setVisible(datee)
        theme.change.connect(self._retailler)
        self._retailler()
        self.case.clicked.connect(lambda vue: self.cochee.emit(type_piece, vue))
        self.saisie.textEdited.connect(self._taper)
        self.saisie.editingFinished.connect(self._quitter)
        if datee:
            self.case.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit typed on the tick is the beginning of its date: the field takes it, in the place of what it had."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isdecimal():
            self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)
            self.saisie.selectAll()
            QCoreApplication.sendEvent(self.saisie, event)
            return True
        return super().eventFilter(watched, event)

    def arrets(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.case, self.saisie) if self._datee else (self.case,)

    def montrer(self, ligne: LignePiece) -> None:
        """Tick, date and verdict; a date being typed is left alone."""
        self.case.setChecked(ligne.vue)
        if not self.saisie.hasFocus() and self.saisie.text() != ligne.date:
            self.saisie.setText(ligne.date)
        ton = ligne.verdict.ton
        self.verdict.set_verdict(ligne.verdict.texte, ton, ligne.verdict.icone or "check")
        self.case.setAccessibleDescription(ligne.verdict.texte)
        self.saisie.setAccessibleDescription(ligne.verdict.texte)
        if not self.saisie.hasFocus():
            self._dire(ligne.erreur)

    def largeur_utile(self) -> int:
        """Pixels that the row needs on one line."""
        theme = self._contexte.theme
        widgets = (self.case, self.legende, self.saisie) if self._datee else (self.case,)
        for widget in widgets:
            widget.ensurePolished()  # a size asked before the style sheet has set the font is too large
        return sum(w.sizeHint().width() for w in widgets) + self.verdict.minimumWidth() + 3 * theme.sp(ECART_COLONNES)

    def disposer(self, etroite: bool) -> None:
        """One line, or two."""
        if etroite == self._deux_lignes:
            return
        self._deux_lignes = etroite
        grille = self._grille
        for widget in (self.case, self.legende, self.saisie, self.verdict, self._avis):
            grille.removeWidget(widget)
        deux_lignes = etroite and self._datee
        grille.setColumnStretch(0, 0 if deux_lignes else 1)
        grille.setColumnStretch(3, 1 if deux_lignes else 0)
        grille.addWidget(self.case, 0, 0, 1, 4 if deux_lignes else 1)
        rang = 1 if deux_lignes else 0
        grille.addWidget(self.legende, rang, 0 if deux_lignes else 1)
        grille.addWidget(self.saisie, rang, 2)
        grille.addWidget(self.verdict, rang, 3)
        grille.addWidget(self._avis, rang + 1, 0, 1, 4)

    @property
    def _aujourdhui(self) -> date:
        return self._contexte.horloge.aujourdhui()

    def _retailler(self) -> None:
        self._grille.setHorizontalSpacing(self._contexte.theme.sp(ECART_COLONNES))
        self._grille.setRowMinimumHeight(0, self._contexte.theme.px(36))
        self.verdict.setMinimumWidth(self._contexte.theme.px(LARGEUR_VERDICT))

    def _taper(self, texte: str) -> None:
        if texte.strip():
            self.case.setChecked(True)
        self._dire(None)
        self.datee.emit(self.type, texte, False)

    def _quitter(self) -> None:
        relecture = self.saisie.relire()
        self._dire(relecture.erreur)
        self.datee.emit(self.type, relecture.texte, True)

    def _dire(self, code: str | None) -> None:
        phrase = str(message(code)) if code else ""
        self.faute.setText(phrase)
        self._avis.setVisible(bool(phrase))
        set_propriete(self.saisie, "etat", "erreur" if phrase else "")
