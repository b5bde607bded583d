"""The detail of one person: identity, what they had and may still ask, then the history."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import telephone
from passdesk.services.personnes import FichePersonne
from passdesk.ui.aujourdhui.rangees import ETAPES
from passdesk.ui.composants import Banner, Btn, BtnMenu, Colonne, EnBref, Grille, Ligne, Rangs, Texte, WrapLabel, lier
from passdesk.ui.contexte import Contexte
from passdesk.ui.histoire import Liens, bloc_histoire
from passdesk.ui.homonyme import BlocNote
from passdesk.ui.mots_accompagnement import NOTER_LONG
from passdesk.ui.personnes import textes
from passdesk.ui.personnes.accompagnements import BlocAccompagnements
from passdesk.ui.personnes.pieces import BlocPieces

FAITS_MONTRES = 5
"""Facts of a history shown at once: what follows it is never pushed far away."""


class Fiche(QWidget):
    """`demande` fires for a new request, `reprise` for the visit in progress, `correction` to mend the file,
    `explication` for a decision of the history (its id), `reunion` to make it one with another file, `separation` to
    undo such a merge (its id), `retrait` to take back the homonym noted, `droits` for what the person may ask.

    `bouton` is the next step: the visit in progress, or else a new request, or an accompaniment to note once all the
    pass were received. `pied` holds it where there is little room.
    """

    demande = Signal()
    reprise = Signal()
    correction = Signal()
    explication = Signal(str)
    reunion = Signal()
    separation = Signal(str)
    retrait = Signal()
    droits = Signal()

    def __init__(self, contexte: Contexte, fiche: FichePersonne, *, etroite: bool) -> None:
        super().__init__()
        theme, communes, aujourdhui = contexte.theme, contexte.communes, contexte.horloge.aujourdhui()
        self._theme, self.fiche = theme, fiche
        nom = textes.nom_affiche(fiche.personne)
        self.setAccessibleName(nom)
        complet = fiche.visite is None and not fiche.reste
        a_demander = fiche.visite is None and not complet
        self.autres = BtnMenu(theme, textes.AUTRES_ACTES)
        if fiche.visite is not None:
            self.bouton = Btn(theme, textes.REPRENDRE, genre="primaire", icone_nom="user", touche="Ctrl+Entrée")
            self.bouton.clicked.connect(self.reprise)
        elif complet:
            self.bouton = Btn(theme, NOTER_LONG, genre="primaire", icone_nom="plus", touche="Ctrl+Entrée")
        else:
            self.bouton = Btn(theme, textes.DEMANDE, genre="primaire", icone_nom="plus", touche="Ctrl+D")
            self.bouton.clicked.connect(self.demande)
        # A long label leaves its room to the name and the facts beside it: the key is the same on every page.
        self.bouton.montrer_touche(not etroite and not complet)
        if not a_demander:
            self.autres.ajouter(textes.DEMANDE, self.demande.emit, "Ctrl+D")
            lier("Ctrl+D", self, self.demande.emit)
        self.modifier = Btn(theme, textes.MODIFIER_FICHE, genre="discret")
        self.modifier.clicked.connect(self.correction)
        self.reunir = self.autres.ajouter(textes.REUNIR, self.reunion.emit)
        self.autres.ajouter(textes.DROITS, self.droits.emit)
        self.pied: QWidget | None = None
        if etroite:
            self.pied = QWidget()
            pied = Ligne(theme)
            pied.addWidget(self.bouton)
            self.pied.setLayout(pied)
        titres = Colonne(theme, ecart=0)
        titres.addWidget(WrapLabel(nom, "headline"))
        tete = Ligne(theme, ecart=12)
        tete.addLayout(titres, 1)
        if fiche.visite is None and not etroite:
            tete.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignTop)
        colonne = Colonne(theme, ecart=16, marges=(20, 8, 20, 8))
        titres.addWidget(WrapLabel(textes.faits_personne(fiche.personne, communes, fiche.age), "small"))
        colonne.addLayout(tete)
        if fiche.visite is not None:
            etape, ici = ETAPES[fiche.visite.etape], None if etroite else self.bouton
            colonne.addWidget(Banner(theme, "warn", "hourglass", textes.VISITE_EN_COURS, etape.texte, ici))
        if fiche.limitation is not None:
            colonne.addWidget(Banner(theme, "warn", "lock", textes.LIMITEE, textes.LIMITEE_SUITE))
        if fiche.a_corriger:
            finir = Btn(theme, textes.REPRENDRE_CORRECTION)
            finir.clicked.connect(self.correction)
            colonne.addWidget(Banner(theme, "warn", "pencil", textes.A_CORRIGER, textes.A_CORRIGER_SUITE, finir))
        self.homonyme: BlocNote | None = None
        if fiche.homonyme is not None:
            self.homonyme = BlocNote(theme, fiche.homonyme, self.retrait.emit, etroite=etroite)
            colonne.addWidget(self.homonyme)
        colonne.addWidget(self._chiffres())
        coordonnees = textes.coordonnees(fiche.personne, communes)
        if coordonnees:
            colonne.addLayout(self._coordonnees(coordonnees, etroite))
        reunies = frozenset(fusion.acte for fusion in fiche.fusions)
        liens_actes = Liens(self.explication.emit, self.separation.emit, reunies)
        histoire = Colonne(theme, ecart=8)
        titre = Ligne(theme, ecart=24)
        titre.addWidget(Texte(textes.HISTOIRE, "h2"), 0 if etroite else 1)
        if etroite:
            titre.addWidget(Rangs(theme, (self.modifier, self.autres), 24, interligne=0), 1)
        else:
            titre.addWidget(self.modifier)
            titre.addWidget(self.autres)
        histoire.addLayout(titre)
        histoire.addWidget(bloc_histoire(theme, fiche.histoire, aujourdhui, etroite, liens_actes, FAITS_MONTRES))
        colonne.addLayout(histoire)
        self.accompagnements = BlocAccompagnements(
            contexte, fiche.personne.personne_id, fiche.accompagnements, fiche.choix
        )
        if complet:
            self.bouton.clicked.connect(self.accompagnements.noter)
        if self.pied is not None:
            # The form has the whole height.
            self.accompagnements.saisie.connect(self.pied.setHidden)
        colonne.addWidget(self.accompagnements)
        if fiche.pieces:
            colonne.addWidget(BlocPieces(contexte, fiche.pieces))
        colonne.addStretch(1)
        self.setLayout(colonne)

    def _chiffres(self) -> EnBref:
        """What they had, what they may still ask, how to call them."""
        fiche = self.fiche
        faits = [
            ("Pass attribués", textes.pass_attribues(fiche.recus, fiche.plafond)),
            ("Peut encore demander", _pass(fiche.reste)),
            ("Téléphone", telephone(fiche.personne.telephone) or "Pas de numéro"),
        ]
        if fiche.hors_d_usage:
            faits.insert(1, ("Plus utilisables", _pass(fiche.hors_d_usage)))
        if fiche.ailleurs:
            faits.insert(1, ("Dont à un autre poste", _pass(fiche.ailleurs)))
        return EnBref(self._theme, faits)

    def _coordonnees(self, faits: Sequence[tuple[str, str]], etroite: bool) -> Grille:
        """What the file says beside: only what is filled."""
        grille = Grille(self._theme, ecart=4, colonnes=20)
        for rang, (nom, valeur) in enumerate(faits):
            if etroite:
                fait = QWidget()
                fait.insecable = True  # type: ignore[attr-defined]  # a name without its value says nothing
                colonne = Colonne(self._theme, ecart=4)
                colonne.addWidget(Texte(nom, "small"))
                colonne.addWidget(WrapLabel(valeur))
                fait.setLayout(colonne)
                grille.addWidget(fait, rang, 0)
            else:
                grille.addWidget(Texte(nom, "small"), rang, 0, Qt.AlignmentFlag.AlignTop)
                grille.addWidget(WrapLabel(valeur), rang, 1)
        grille.setColumnStretch(0 if etroite else 1, 1)
        return grille


def _pass(nombre: int) -> str:
    return f"{nombre}\u00a0pass" if nombre else "Aucun pass"
