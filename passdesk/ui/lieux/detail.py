"""One place: what is known of it, and what the desk says instead of the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import telephone
from passdesk.domain.horaires import JOURS, Horaires, lire_journee, semaine
from passdesk.services.lieux import FicheLieu
from passdesk.ui.composants import (
    Avis,
    Badge,
    Btn,
    Case,
    Colonne,
    Field,
    Grille,
    GroupeRadios,
    Radio,
    Rangs,
    Texte,
    WrapLabel,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.lieux import textes
from passdesk.ui.theme import Theme


class DetailLieu(QWidget):
    """`corrige` carries (field, text) as `services.lieux.corriger_lieu` takes them; `oubli` goes back to the list;
    `ici`: the desk is in this place.
    """

    corrige = Signal(str, str)
    oubli = Signal()
    ici = Signal()

    def __init__(self, theme: Theme, fiche: FicheLieu, *, etroite: bool) -> None:
        super().__init__()
        self._theme, self.fiche, self._etroite = theme, fiche, etroite
        self._nom = WrapLabel("", "headline")
        self._badges, self._faits = Colonne(theme), Colonne(theme, ecart=6)
        self.groupes: dict[str, GroupeRadios] = {}
        self.telephone = Field(theme, textes.TELEPHONE)
        self.telephone.quitte.connect(self._garder_telephone)
        self.ouvrir_horaires = Btn(theme, textes.HORAIRES, genre="discret")
        self.ouvrir_horaires.clicked.connect(self._deplier)
        self.jours = [Field(theme, jour.capitalize(), exemple=textes.HORAIRES_EXEMPLE) for jour in JOURS]
        for jour in self.jours:
            jour.quitte.connect(self._garder_horaires)
        self._horaires = QWidget()
        self.ecarte = Case(theme, textes.ECARTER)
        self.ecarte.clicked.connect(lambda oui: self.corrige.emit("ecarte", "oui" if oui else ""))
        self.oublier = Btn(theme, textes.OUBLIER, genre="discret")
        self.oublier.clicked.connect(self.oubli)
        self.bouton_ici = Btn(theme, textes.ICI, genre="discret")
        self.bouton_ici.clicked.connect(self.ici)
        self.avis = Avis(theme)
        self._monter()
        self._horaires.hide()
        self.montrer(fiche)

    def montrer(self, fiche: FicheLieu, avis: str | None = None) -> None:
        """The same place after a change; what is being typed elsewhere stays. `avis`: what was just done."""
        self.fiche = fiche
        lieu, liste = fiche.proche.lieu, fiche.importe
        self.setAccessibleName(lieu.nom)
        self._nom.setText(lieu.nom)
        vider(self._badges)
        self._badges.addWidget(Rangs(self._theme, [Badge(self._theme, *dit) for dit in textes.badges(lieu)], 8))
        vider(self._faits)
        for quoi, valeur in textes.faits(fiche):
            self._faits.addWidget(_fait(self._theme, quoi, valeur, self._etroite))
        for champ, groupe in self.groupes.items():
            groupe.set_valeur({True: "oui", False: "non", None: ""}[getattr(lieu, champ)])
        corrige = "telephone" in fiche.corriges
        self.telephone.set_indication(textes.selon_la_liste(telephone(liste.telephone)) if corrige else "")
        if not self.telephone.message() and not self.telephone.saisie.hasFocus():
            self.telephone.set_texte(telephone(lieu.telephone).replace("\u00a0", " "))
        if not any(jour.saisie.hasFocus() or jour.message() for jour in self.jours):
            self._ecrire_horaires(lieu.horaires)
        self.ecarte.setChecked(lieu.ecarte)
        self.oublier.setVisible(bool(fiche.corriges))
        self.bouton_ici.setVisible(lieu.position is not None)
        if avis is not None:
            self.avis.dire(avis)

    def premier(self) -> QWidget:
        """Where the keyboard begins."""
        groupe = self.groupes["accepte_pass"]
        return groupe.checkedButton() or groupe.buttons()[0]

    def refuser(self, phrase: str) -> None:
        """What is wrong with the telephone typed."""
        self.telephone.set_message(phrase)

    def quitter(self) -> None:
        """Keeps what is being typed."""
        self._garder_telephone()
        self._garder_horaires()

    def _garder_telephone(self) -> None:
        saisi, connu = self.telephone.texte().strip(), telephone(self.fiche.proche.lieu.telephone)
        self.telephone.set_message("")
        if saisi.replace("\u00a0", " ") != connu.replace("\u00a0", " "):
            self.corrige.emit("telephone", saisi)

    def _garder_horaires(self) -> None:
        lues = [lire_journee(jour.texte()) for jour in self.jours]
        for jour, lue in zip(self.jours, lues, strict=True):
            jour.set_message("" if lue is not None else textes.HORAIRES_FAUX)
        if any(lue is None for lue in lues):
            return
        lus = semaine([lue[0] for lue in lues if lue is not None])
        if lus != self.fiche.proche.lieu.horaires:
            self.corrige.emit("horaires", lus.texte if lus else "")

    def _ecrire_horaires(self, horaires: Horaires | None) -> None:
        for rang, jour in enumerate(self.jours):
            jour.set_texte(", ".join(plage.saisie for plage in horaires.jours[rang]) if horaires else "")

    def _deplier(self) -> None:
        self._horaires.show()
        self.ouvrir_horaires.hide()
        self.jours[0].saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _monter(self) -> None:
        theme = self._theme
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        colonne.addWidget(self._nom)
        colonne.addLayout(self._badges)
        colonne.addLayout(self._faits)
        titres = Colonne(theme, ecart=2, marges=(0, 8, 0, 0))
        titres.addWidget(Texte(textes.SAVOIR, "h2"))
        titres.addWidget(WrapLabel(textes.SAVOIR_AIDE, "small"))
        colonne.addLayout(titres)
        colonne.addWidget(self.avis)
        for champ, question in textes.QUESTIONS.items():
            colonne.addWidget(self._question(champ, question))
        colonne.addWidget(self.telephone)
        colonne.addWidget(self.ouvrir_horaires, 0, Qt.AlignmentFlag.AlignLeft)
        self._monter_horaires()
        colonne.addWidget(self._horaires)
        colonne.addWidget(self.ecarte, 0, Qt.AlignmentFlag.AlignLeft)
        for bouton in (self.bouton_ici, self.oublier):
            colonne.addWidget(bouton, 0, Qt.AlignmentFlag.AlignLeft)
        colonne.addStretch(1)
        self.setLayout(colonne)

    def _question(self, champ: str, question: str) -> QWidget:
        """Yes, no, nobody knows."""
        bloc = QWidget()
        groupe = self.groupes[champ] = GroupeRadios(bloc)
        radios = []
        for valeur, mots in textes.REPONSES.items():
            radio = Radio(self._theme, mots, nom_accessible=f"{question}\u00a0: {mots}")
            groupe.ajouter(radio, valeur)
            radios.append(radio)
        groupe.choisi.connect(partial(self._repondre, champ))
        # The focus ring stands outside the radio: it must not cut the tails of the words above it.
        colonne = Colonne(self._theme, ecart=8)
        colonne.addWidget(Texte(question, "label"))
        colonne.addWidget(Rangs(self._theme, radios, 24))
        bloc.setLayout(colonne)
        return bloc

    def _repondre(self, champ: str, valeur: object) -> None:
        self.corrige.emit(champ, str(valeur))

    def _monter_horaires(self) -> None:
        colonne = Colonne(self._theme, ecart=8)
        colonne.addWidget(WrapLabel(textes.HORAIRES_AIDE, "small"))
        grille = Grille(self._theme, ecart=10, colonnes=16)
        for rang, jour in enumerate(self.jours):
            # Down each column, as one reads a week.
            y, x = (rang, 0) if self._etroite else (rang % 4, rang // 4)
            grille.addWidget(jour, y, x, Qt.AlignmentFlag.AlignTop)
        colonne.addLayout(grille)
        self._horaires.setLayout(colonne)


def _fait(theme: Theme, quoi: str, valeur: str, etroite: bool) -> QWidget:
    """A label and what it says, side by side where there is room."""
    bloc = QWidget()
    bloc.insecable = True  # type: ignore[attr-defined]  # a name without its value says nothing
    grille = Grille(theme, ecart=0 if etroite else 12)
    etiquette = Texte(quoi, "small", "ink2")
    grille.addWidget(etiquette, 0, 0, Qt.AlignmentFlag.AlignTop)
    texte = WrapLabel(valeur)
    texte.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if etroite:
        grille.addWidget(texte, 1, 0)
    else:
        grille.addWidget(texte, 0, 1)
        grille.setColumnStretch(1, 1)
        grille.setColumnMinimumWidth(0, theme.px(96))
    bloc.setLayout(grille)
    return bloc
