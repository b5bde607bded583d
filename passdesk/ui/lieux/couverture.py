"""What the covers of this desk carry: the nearest places that are wanted, or three chosen by hand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from passdesk.domain.francais import telephone
from passdesk.domain.lieu import FiltreLieux, LieuProche
from passdesk.services.lieux_couverture import ChoixLieux, LieuxCouverture
from passdesk.ui.composants import (
    Banner,
    Btn,
    Case,
    Colonne,
    GroupeRadios,
    Ligne,
    Radio,
    Rangs,
    Texte,
    WrapLabel,
)
from passdesk.ui.composants.liste_detail import vider
from passdesk.ui.lieux import textes
from passdesk.ui.lieux.choix import TroisLieux
from passdesk.ui.theme import Theme


class DetailCouverture(QWidget):
    """`change` carries the ChoixLieux as it now is; `position` when the desk's own place is to be set."""

    change = Signal(object)
    position = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(textes.COUVERTURE_TITRE)
        self._theme = theme
        self._choix = ChoixLieux()
        self._donnes: tuple[str, ...] = ()
        self.mode = GroupeRadios(self)
        self.proches, self.a_la_main = Radio(theme, textes.PROCHES), Radio(theme, textes.A_LA_MAIN)
        for radio, valeur in ((self.proches, "proches"), (self.a_la_main, "main")):
            self.mode.ajouter(radio, valeur)
        self.mode.choisi.connect(self._changer_mode)
        self.cases = {champ: Case(theme, mots) for champ, mots in textes.FILTRES.items()}
        for case in self.cases.values():
            case.clicked.connect(lambda _=False: self._filtrer())
        self.trois = TroisLieux(theme)
        self.trois.choisis.connect(lambda ids: self._garder(replace(self._choix, choisis=ids)))
        regler = Btn(theme, textes.REGLER_POSITION)
        regler.clicked.connect(self.position)
        self.sans_position = Banner(theme, "warn", "map-pin", textes.SANS_POSITION, textes.SANS_POSITION_SUITE, regler)
        self.sans_accord = Banner(theme, "info", "info-circle", textes.SANS_ACCORD, textes.SANS_ACCORD_SUITE)
        self._filtre = QWidget()
        self._lieux = Colonne(theme, ecart=12)
        self._monter()

    def montrer(self, couverture: LieuxCouverture) -> None:
        """The choice as it stands, and what it gives."""
        self._choix = couverture.choix
        self._donnes = tuple(proche.lieu.lieu_id for proche in couverture.lieux)
        main = couverture.choix.choisis is not None
        self.mode.set_valeur("main" if main else "proches")
        filtre = couverture.choix.filtre
        for champ, case in self.cases.items():
            case.setChecked(bool(getattr(filtre, champ)))
        self._filtre.setVisible(not main)
        self.trois.setVisible(main)
        self.trois.montrer(couverture.candidats, self._donnes)
        self.sans_position.setVisible(not couverture.situe and not main)
        self.sans_accord.setVisible(couverture.situe and not main and not couverture.lieux)
        vider(self._lieux)
        for rang, proche in enumerate(couverture.lieux, 1):
            self._lieux.addWidget(_bloc(self._theme, rang, proche))
        if not couverture.lieux:
            self._lieux.addWidget(WrapLabel(textes.AUCUN_LIEU, "small"))

    def premier(self) -> QWidget:
        """Where the keyboard begins."""
        return self.proches if self.mode.valeur() == "proches" else self.a_la_main

    def _changer_mode(self, mode: object) -> None:
        self._garder(replace(self._choix, choisis=self._donnes if mode == "main" else None))

    def _filtrer(self) -> None:
        coches = {champ: case.isChecked() for champ, case in self.cases.items()}
        self._garder(replace(self._choix, filtre=FiltreLieux(**coches)))

    def _garder(self, choix: ChoixLieux) -> None:
        self._choix = choix
        self.change.emit(choix)

    def _monter(self) -> None:
        theme = self._theme
        filtre = Colonne(theme, ecart=4, marges=(30, 0, 0, 0))
        filtre.addWidget(Texte(textes.QUELS, "small"))
        filtre.addWidget(Rangs(theme, tuple(self.cases.values()), 20))
        self._filtre.setLayout(filtre)
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        colonne.addWidget(WrapLabel(textes.COUVERTURE_TITRE, "headline"))
        colonne.addWidget(WrapLabel(textes.COUVERTURE_AIDE, "small"))
        colonne.addWidget(self.sans_position)
        colonne.addWidget(self.proches, 0, Qt.AlignmentFlag.AlignLeft)
        colonne.addWidget(self._filtre)
        colonne.addWidget(self.a_la_main, 0, Qt.AlignmentFlag.AlignLeft)
        colonne.addWidget(self.trois)
        colonne.addWidget(self.sans_accord)
        colonne.addLayout(self._lieux)
        colonne.addStretch(1)
        self.setLayout(colonne)


def _bloc(theme: Theme, rang: int, proche: LieuProche) -> QWidget:
    """A place as the cover tells it: rank, name and distance, then where and how to call."""
    lieu = proche.lieu
    bloc = QWidget()
    ligne = Ligne(theme, ecart=12)
    numero = Texte(str(rang), "headline")
    numero.setMinimumWidth(theme.px(18))
    ligne.addWidget(numero, 0, Qt.AlignmentFlag.AlignTop)
    mots = Colonne(theme, ecart=0)
    loin = textes.distance(proche)
    mots.addWidget(WrapLabel(f"{lieu.nom} · {loin}" if loin else lieu.nom, "strong"))
    faits = (lieu.rue, lieu.ville, telephone(lieu.telephone))
    mots.addWidget(WrapLabel(" · ".join(fait for fait in faits if fait), "small"))
    if lieu.horaires:
        mots.addWidget(WrapLabel(str(lieu.horaires), "small"))
    ligne.addLayout(mots, 1)
    bloc.setLayout(ligne)
    return bloc
