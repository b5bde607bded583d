"""A case told on one page: the facts, both sides alike, what is safe, then the numbered acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from passdesk.domain.commune import Communes
from passdesk.services.litiges import ActeEnSuspens, Cas, ReglementEcarte
from passdesk.ui.a_verifier import textes
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.composants import Badge, Btn, Colonne, Field, Flexible, Icone, Ligne, WrapLabel, trait
from passdesk.ui.composants.bloc import Dessin
from passdesk.ui.homonyme import BlocNote
from passdesk.ui.theme import Theme


class Numero(Dessin):
    """The number of an act on its disc; the words beside it carry the order too."""

    def __init__(self, theme: Theme, nombre: int) -> None:
        super().__init__(theme)
        self._nombre = str(nombre)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(32), self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        j, fonte = self._theme.jetons, self._theme.police("strong")
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        cadre = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        peintre.setPen(QPen(QColor(j.brand), 2.0) if j.cadre else Qt.PenStyle.NoPen)
        peintre.setBrush(QColor(j.btint))
        peintre.drawEllipse(cadre)
        metrique = QFontMetricsF(fonte)
        x = cadre.center().x() - metrique.horizontalAdvance(self._nombre) / 2
        peintre.setFont(fonte)
        peintre.setPen(QColor(j.brand))
        peintre.drawText(QPointF(x, cadre.center().y() + (metrique.ascent() - metrique.descent()) / 2), self._nombre)
        peintre.end()


class DetailCas(QWidget):
    """`vu` carries the note when the button is pressed; `retrait` asks to take back the homonym noted here. `pied`: the
    note and the button where there is little room, to stay in sight under the facts; None when they follow the acts, or
    when the case was seen."""

    vu = Signal(str)
    retrait = Signal()

    def __init__(self, theme: Theme, cas: Cas, communes: Communes, aujourdhui: date, *, etroite: bool) -> None:
        super().__init__()
        self._theme, self.cas = theme, cas
        self.pied: QWidget | None = None
        self.setAccessibleName(textes.titre_cas(cas))
        self.note = Field(theme, textes.NOTE, facultatif=True)
        self.bouton = Btn(theme, textes.VU, genre="primaire", icone_nom="check", touche="Ctrl+Entrée")
        self.bouton.montrer_touche(not etroite)
        self.bouton.clicked.connect(lambda: self.vu.emit(self.note.texte()))
        colonne = Colonne(theme, ecart=10, marges=(20, 8, 20, 8))
        colonne.addWidget(WrapLabel(textes.titre_cas(cas), "headline"))
        colonne.addWidget(WrapLabel(textes.personne_cas(cas, communes), "small"))
        colonne.addWidget(WrapLabel(textes.explication(cas)))
        cotes = Flexible(theme, ecart=16)
        cotes.empiler(etroite)
        for cote in textes.cotes(cas, aujourdhui):
            cotes.addWidget(_cote(theme, cote), 1)
        colonne.addLayout(cotes)
        colonne.addLayout(_sur(theme, textes.sur(cas)))
        if cas.traite:
            self._deja_vu(colonne, aujourdhui)
        else:
            colonne.addWidget(WrapLabel(textes.FAIRE, "h2"))
            _gestes(theme, colonne, textes.gestes(cas))
            reponse = Ligne(theme, ecart=12)
            reponse.addWidget(self.note, 1)
            reponse.addWidget(self.bouton, 0, Qt.AlignmentFlag.AlignBottom)
            if etroite:
                self.pied = QWidget()
                self.pied.setLayout(reponse)
            else:
                colonne.addLayout(reponse)
        # Last: it is rarer than the note, which must stay in sight.
        self.homonyme: BlocNote | None = None
        if cas.note is not None:
            self.homonyme = BlocNote(theme, cas.note, self.retrait.emit, etroite=etroite)
            colonne.addWidget(self.homonyme)
        colonne.addStretch(1)
        self.setLayout(colonne)

    def _deja_vu(self, colonne: Colonne, aujourdhui: date) -> None:
        colonne.addWidget(WrapLabel(textes.DEJA, "h2"))
        for note in self.cas.notes:
            qui = f"{note.agent}, {moment(note.quand, aujourdhui)}" if note.agent else moment(note.quand, aujourdhui)
            colonne.addWidget(WrapLabel(note.texte or textes.VU))
            colonne.addWidget(WrapLabel(qui, "small"))


class DetailSuspens(QWidget):
    """Acts that the Region keeps aside, said in words; there is nothing to press."""

    def __init__(self, theme: Theme, actes: Sequence[ActeEnSuspens], aujourdhui: date) -> None:
        super().__init__()
        self.setAccessibleName(textes.titre_suspens(actes))
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        colonne.addWidget(WrapLabel(textes.titre_suspens(actes), "headline"))
        colonne.addWidget(WrapLabel(textes.EN_SUSPENS.get(actes[0].raison, textes.SUSPENS_AUTRE)))
        bloc = QFrame()
        bloc.setProperty("role", "sunk")
        lignes = Colonne(theme, ecart=6, marges=(16, 12, 16, 12))
        for acte in actes[: textes.LIGNES_MAX]:
            lignes.addWidget(WrapLabel(textes.ligne_acte(acte, aujourdhui)))
        if len(actes) > textes.LIGNES_MAX:
            lignes.addWidget(WrapLabel(f"Et {len(actes) - textes.LIGNES_MAX} de plus.", "small"))
        bloc.setLayout(lignes)
        colonne.addWidget(bloc)
        colonne.addLayout(_sur(theme, textes.SUSPENS_SUR))
        colonne.addWidget(WrapLabel(textes.FAIRE, "h2"))
        _gestes(theme, colonne, textes.gestes_suspens())
        colonne.addStretch(1)
        self.setLayout(colonne)


class DetailReglement(QWidget):
    """A règlement that this desk does not apply: why, what is safe, whom to call; there is nothing to press."""

    def __init__(self, theme: Theme, ecarte: ReglementEcarte) -> None:
        super().__init__()
        titre = textes.titre_reglement(ecarte)
        self.setAccessibleName(titre)
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        colonne.addWidget(WrapLabel(titre, "headline"))
        colonne.addWidget(WrapLabel(textes.REGLEMENT_ECARTE.get(ecarte.raison, textes.REGLEMENT_DOUTEUX)))
        colonne.addLayout(_sur(theme, textes.REGLEMENT_SUR))
        colonne.addWidget(WrapLabel(textes.FAIRE, "h2"))
        _gestes(theme, colonne, textes.gestes_reglement(ecarte))
        colonne.addStretch(1)
        self.setLayout(colonne)


def _cote(theme: Theme, cote: textes.Cote) -> QFrame:
    bloc = QFrame()
    bloc.setProperty("role", "sunk")
    colonne = Colonne(theme, ecart=4, marges=(16, 12, 16, 12))
    colonne.addWidget(WrapLabel(cote.titre, "strong"))
    for rang, ligne in enumerate(cote.lignes):
        colonne.addWidget(WrapLabel(ligne, "small" if rang == 0 and len(cote.lignes) > 1 else "body"))
    colonne.addSpacing(theme.sp(4))
    colonne.addWidget(Badge(theme, cote.badge, cote.ton, cote.icone))
    colonne.addStretch(1)
    bloc.setLayout(colonne)
    return bloc


def _sur(theme: Theme, phrase: str) -> Ligne:
    ligne = Ligne(theme, ecart=12)
    ligne.addWidget(Icone(theme, "shield-check", "ok", 22), 0, Qt.AlignmentFlag.AlignTop)
    ligne.addWidget(WrapLabel(phrase), 1)
    return ligne


def _gestes(theme: Theme, colonne: Colonne, gestes: Sequence[textes.Geste]) -> None:
    for rang, geste in enumerate(gestes, start=1):
        if rang > 1:
            colonne.addWidget(trait())
        mots = Colonne(theme, ecart=0)
        mots.addWidget(WrapLabel(geste.titre, "strong"))
        mots.addWidget(WrapLabel(geste.detail, "small"))
        ligne = Ligne(theme, ecart=14)
        ligne.addWidget(Numero(theme, rang), 0, Qt.AlignmentFlag.AlignTop)
        ligne.addLayout(mots, 1)
        colonne.addLayout(ligne)
