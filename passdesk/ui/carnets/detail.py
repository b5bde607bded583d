"""The detail of a carnet: state, what can be done with it, then its history; and the question before each act."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from passdesk.services.carnets import FicheCarnet
from passdesk.ui.carnets import textes
from passdesk.ui.composants import (
    Badge,
    Banner,
    Btn,
    Colonne,
    Combo,
    Dialogue,
    Field,
    Ligne,
    Rangs,
    Texte,
    WrapLabel,
)
from passdesk.ui.histoire import Liens, bloc_histoire
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme


class DetailCarnet(QWidget):
    """`reprise`: to print, answer or hand over; `reimpression`: print again; `acte`: one of `FicheCarnet.actes`;
    `remplacement`: another one in its place; `lettre`: the letter of a void one; `retour`: its hand-over taken back;
    `explication`: the decision that awarded it (its id); `autre`: to where another may be given in the place of one
    that was void before it was given; `litige`: the case that blocks some of its pass. `pied`: its next step, where
    there is little room; `seconde`: another one on the page comes before it.
    """

    reprise = Signal()
    reimpression = Signal()
    acte = Signal(str)
    remplacement = Signal()
    lettre = Signal()
    retour = Signal()
    explication = Signal(str)
    autre = Signal()
    litige = Signal()

    def __init__(
        self, theme: Theme, fiche: FicheCarnet, aujourdhui: date, *, etroite: bool, seconde: bool = False
    ) -> None:
        super().__init__()
        self.fiche = fiche
        carnet = fiche.ligne.carnet
        self.setAccessibleName(textes.nom(fiche.ligne))
        self.bouton: Btn | None = None
        self.dossier: Btn | None = None
        self.reimprimer: Btn | None = None
        self.actes: dict[str, Btn] = {}
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        self.pied: QWidget | None = None
        tete = Ligne(theme, ecart=12)
        titres = Colonne(theme, ecart=0)
        titres.addWidget(WrapLabel(textes.titre(fiche.ligne), "headline"))
        titres.addWidget(WrapLabel(textes.numero_et_titulaire(fiche.ligne), "strong"))
        titres.addWidget(WrapLabel(textes.validite(fiche), "small"))
        if textes.place(fiche):
            titres.addWidget(WrapLabel(textes.place(fiche), "small"))
        tete.addLayout(titres, 1)
        reprise = textes.REPRISES.get(carnet.etat)
        if fiche.remplacable and fiche.obstacle is None:
            reprise = (textes.REMPLACER, "refresh")
        if fiche.a_redonner:
            reprise = (textes.VOIR_ANCIEN, "ticket") if fiche.ancien else (textes.OUVRIR_FICHE, "user")
        bloque = bool(carnet.rangs_bloques)
        suite = self.autre if fiche.a_redonner else self.remplacement if fiche.remplacable else self.reprise
        if reprise is None and bloque:
            reprise, suite = (textes.VOIR_DOSSIER, "clipboard-check"), self.litige
        if reprise is not None:
            mots, icone = reprise
            touche = "" if seconde else "Ctrl+Entrée"
            self.bouton = Btn(
                theme, mots, genre="secondaire" if seconde else "primaire", icone_nom=icone, touche=touche
            )
            self.bouton.montrer_touche(not etroite)
            self.bouton.clicked.connect(suite)
            if etroite:
                self.pied = QWidget()
                pied = Ligne(theme)
                pied.addWidget(self.bouton)
                self.pied.setLayout(pied)
            else:
                tete.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignTop)
        colonne.addLayout(tete)
        etat = Ligne(theme)
        etat.addWidget(Badge(theme, *textes.etat(carnet)))
        etat.addStretch(1)
        colonne.addLayout(etat)
        if bloque:
            if suite is not self.litige:
                self.dossier = Btn(theme, textes.VOIR_DOSSIER)
                self.dossier.clicked.connect(self.litige)
            bandeau = Banner(theme, "warn", "lock", textes.bloques(carnet), textes.BLOQUE, self.dossier)
            bandeau.disposer(etroite)
            colonne.addWidget(bandeau)
        if fiche.expire:
            colonne.addWidget(Banner(theme, "neutre", "calendar", textes.EXPIRE))
        if fiche.remplacable:
            colonne.addWidget(_remplacable(theme, fiche.obstacle))
        if fiche.a_redonner:
            colonne.addWidget(_a_redonner(theme, fiche))
        boutons: list[QWidget] = []
        if fiche.reimprimable:
            self.reimprimer = Btn(theme, textes.REIMPRIMER, icone_nom="printer")
            self.reimprimer.clicked.connect(self.reimpression)
            boutons.append(self.reimprimer)
        for acte in fiche.actes:
            bouton = Btn(theme, textes.QUESTIONS[acte].bouton, genre="danger" if "annuler" in acte else "secondaire")
            bouton.clicked.connect(lambda _=False, a=acte: self.acte.emit(a))
            self.actes[acte] = bouton
            boutons.append(bouton)
        for montre, mots, icone, signal in (
            (fiche.lettre, textes.LETTRE, "printer", self.lettre),
            (fiche.remise_annulable, textes.ANNULER_REMISE, "refresh", self.retour),
        ):
            if montre:
                bouton = Btn(theme, mots, icone_nom=icone)
                bouton.clicked.connect(signal)
                self.actes[mots] = bouton
                boutons.append(bouton)
        if boutons:
            colonne.addWidget(Rangs(theme, boutons, egaux=True))
        histoire = Colonne(theme, ecart=8, marges=(0, 8, 0, 0))
        histoire.addWidget(Texte(textes.HISTOIRE, "h2"))
        histoire.addWidget(bloc_histoire(theme, fiche.histoire, aujourdhui, etroite, Liens(self.explication.emit)))
        colonne.addLayout(histoire)
        colonne.addStretch(1)
        self.setLayout(colonne)

    def premier(self) -> Btn | None:
        """What is done next with it; nothing that cannot be undone, which is chosen and never proposed."""
        return self.bouton or self.dossier or self.reimprimer or self.actes.get(textes.LETTRE)


def _remplacable(theme: Theme, obstacle: str | None) -> Banner:
    """What a void carnet leaves to be done; when it cannot be done today, why."""
    if obstacle is None:
        return Banner(theme, "info", "ticket", textes.REMPLACABLE, textes.REMPLACABLE_SUITE)
    phrases = message(obstacle)
    return Banner(theme, "warn", "ticket", phrases.quoi, f"{phrases.sur} {phrases.faire}".strip())


def _a_redonner(theme: Theme, fiche: FicheCarnet) -> Banner:
    """What a carnet that was never given leaves to be done."""
    suite = textes.A_REDONNER_SUITE
    if fiche.ancien:
        suite = textes.A_REMPLACER_SUITE.format(serie=textes.numero(fiche.ancien))
    return Banner(theme, "info", "user", textes.A_REDONNER, suite)


def demander(theme: Theme, parent: QWidget, fiche: FicheCarnet, acte: str) -> str | None:
    """Asks before an irreversible act: the reason ("" when none is asked), or None when the carnet is kept."""
    question = textes.QUESTIONS[acte]
    titre = question.question.format(serie=textes.numero(fiche.ligne.serie))
    corps = textes.consequences(fiche.ligne.carnet, acte)
    dialogue = Dialogue(theme, parent, titre, corps, "alert-triangle", "warn", question.sans)
    faire = Btn(theme, question.faire, genre="danger")
    faire.clicked.connect(dialogue.accept)
    dialogue.boutons.addWidget(faire)
    motifs = Combo(theme, [(motif, motif) for motif in question.motifs], textes.POURQUOI)
    disposition = dialogue.layout()
    if question.motifs and isinstance(disposition, QBoxLayout):
        disposition.insertWidget(1, Field(theme, textes.POURQUOI, saisie=motifs))
    accepte = dialogue.exec() == QDialog.DialogCode.Accepted
    motif = str(motifs.valeur() or "")
    dialogue.deleteLater()
    return motif if accepte else None
