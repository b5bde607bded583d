"""The detail of one person: identity, what they had and may still ask, then the history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from passdesk.domain.francais import telephone
from passdesk.services.personnes import FichePersonne
from passdesk.ui.aujourdhui.rangees import ETAPES
from passdesk.ui.composants import Banner, Btn, Colonne, Flexible, Grille, Texte, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.histoire import Liens, bloc_histoire
from passdesk.ui.personnes import textes
from passdesk.ui.personnes.accompagnements import BlocAccompagnements
from passdesk.ui.personnes.pieces import BlocPieces


class Fiche(QWidget):
    """`demande` fires for a new request, `reprise` for the visit in progress, `correction` to mend the file,
    `explication` for a decision of the history (its id), `reunion` to make it one with another file, `separation` to
    undo such a merge (its id)."""

    demande = Signal()
    reprise = Signal()
    correction = Signal()
    explication = Signal(str)
    reunion = Signal()
    separation = Signal(str)

    def __init__(self, contexte: Contexte, fiche: FichePersonne, *, etroite: bool) -> None:
        super().__init__()
        theme, communes, aujourdhui = contexte.theme, contexte.communes, contexte.horloge.aujourdhui()
        self._theme, self.fiche = theme, fiche
        nom = textes.nom_affiche(fiche.personne)
        self.setAccessibleName(nom)
        self.bouton = Btn(theme, textes.DEMANDE, genre="primaire", icone_nom="plus", touche="Ctrl+D")
        self.bouton.montrer_touche(not etroite)
        self.bouton.clicked.connect(self.demande)
        titres = Colonne(theme, ecart=0)
        titres.addWidget(WrapLabel(nom, "headline"))
        titres.addWidget(WrapLabel(textes.faits_personne(fiche.personne, communes, fiche.age), "small"))
        titres.addStretch(1)
        tete = Flexible(theme, ecart=12)
        tete.empiler(etroite)
        tete.addLayout(titres, 1)
        self.modifier = Btn(theme, textes.MODIFIER_FICHE, icone_nom="pencil")
        self.modifier.clicked.connect(self.correction)
        actes = Colonne(theme, ecart=8)
        actes.addWidget(self.bouton)
        actes.addWidget(self.modifier)
        self.reunir = Btn(theme, textes.REUNIR, genre="discret")
        self.reunir.clicked.connect(self.reunion)
        actes.addWidget(self.reunir)
        tete.addLayout(actes)
        colonne = Colonne(theme, ecart=16, marges=(20, 8, 20, 8))
        colonne.addLayout(tete)
        if fiche.visite is not None:
            etape = ETAPES[fiche.visite.etape]
            reprendre = Btn(theme, textes.REPRENDRE)
            reprendre.clicked.connect(self.reprise)
            colonne.addWidget(Banner(theme, "warn", "hourglass", "Une visite est en cours", etape.texte, reprendre))
        if fiche.a_corriger:
            finir = Btn(theme, textes.REPRENDRE_CORRECTION)
            finir.clicked.connect(self.correction)
            colonne.addWidget(Banner(theme, "warn", "pencil", textes.A_CORRIGER, textes.A_CORRIGER_SUITE, finir))
        colonne.addWidget(self._chiffres(etroite))
        coordonnees = textes.coordonnees(fiche.personne, communes)
        if coordonnees:
            colonne.addLayout(self._coordonnees(coordonnees, etroite))
        if fiche.pieces:
            colonne.addWidget(BlocPieces(contexte, fiche.pieces))
        self.accompagnements = BlocAccompagnements(
            contexte, fiche.personne.personne_id, fiche.accompagnements, fiche.choix, etroite=etroite
        )
        colonne.addWidget(self.accompagnements)
        colonne.addWidget(Texte(textes.HISTOIRE, "h2"))
        reunies = frozenset(fusion.acte for fusion in fiche.fusions)
        liens = Liens(self.explication.emit, self.separation.emit, reunies)
        colonne.addWidget(bloc_histoire(theme, fiche.histoire, aujourdhui, etroite, liens))
        colonne.addStretch(1)
        self.setLayout(colonne)

    def _chiffres(self, etroite: bool) -> QFrame:
        """What they had, what they may still ask, how to call them."""
        fiche = self.fiche
        faits = [
            ("A reçu", _pass(fiche.recus)),
            ("Peut encore demander", _pass(fiche.reste)),
            ("Téléphone", telephone(fiche.personne.telephone) or "Pas de numéro"),
        ]
        if fiche.ailleurs:
            faits.insert(1, ("Dont à un autre poste", _pass(fiche.ailleurs)))
        cadre = QFrame()
        cadre.setProperty("role", "sunk")
        ligne = Flexible(self._theme, ecart=10 if etroite else 28, marges=(20, 10, 20, 10))
        sens = QBoxLayout.Direction
        ligne.setDirection(sens.TopToBottom if etroite else sens.LeftToRight)
        for nom, valeur in faits:
            bloc = Colonne(self._theme, ecart=0)
            bloc.addWidget(Texte(nom, "small"))
            bloc.addWidget(WrapLabel(valeur, "h2") if etroite else Texte(valeur, "h2"))
            ligne.addLayout(bloc)
        ligne.addStretch(1)
        cadre.setLayout(ligne)
        return cadre

    def _coordonnees(self, faits: Sequence[tuple[str, str]], etroite: bool) -> Grille:
        """What the file says beside: only what is filled."""
        grille = Grille(self._theme, ecart=4)
        grille.setHorizontalSpacing(self._theme.sp(16))
        for rang, (nom, valeur) in enumerate(faits):
            place = 2 * rang if etroite else rang
            grille.addWidget(Texte(nom, "small"), place, 0, Qt.AlignmentFlag.AlignTop)
            grille.addWidget(WrapLabel(valeur), place + int(etroite), 0 if etroite else 1)
        grille.setColumnStretch(0 if etroite else 1, 1)
        return grille


def _pass(nombre: int) -> str:
    return f"{nombre}\u00a0pass" if nombre else "Aucun pass"
