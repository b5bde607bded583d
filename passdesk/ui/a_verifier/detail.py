"""A case told on one page: the facts, both sides alike, what is safe, then the numbered acts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from passdesk.domain.commune import Communes
from passdesk.services.litiges import ActeEnSuspens, AVerifier, Cas, NoteDuCas, ReglementEcarte
from passdesk.ui import mots_cas
from passdesk.ui.a_verifier import textes
from passdesk.ui.aujourdhui.rangees import moment
from passdesk.ui.composants import (
    Avis,
    Badge,
    Btn,
    Colonne,
    Disque,
    Field,
    Flexible,
    Flux,
    Grille,
    Icone,
    Ligne,
    Numero,
    Texte,
    TexteElide,
    WrapLabel,
    trait,
)
from passdesk.ui.homonyme import BlocNote
from passdesk.ui.theme import Theme

LARGEUR_BOUTON = 168
"""Pixels at 100 %, at least."""


class Detail(QWidget):
    """`touches`: what may have the keyboard, by what it does, which another form of the detail does too. `pied`: what
    stays in sight under the facts.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pied: QWidget | None = None
        self.touches: dict[Hashable, QWidget] = {}

    def acte_de(self, widget: QWidget | None) -> Hashable | None:
        """What this does here; None for what is not here."""
        return next((acte for acte, touche in self.touches.items() if touche is widget), None)


class DetailCas(Detail):
    """A button for each act. `vu` carries the note, `appel` what is kept of a call, `mene` the act that leads
    elsewhere; `retrait` asks to take back the homonym noted here. `bouton`: the primary, a call until all are noted.
    `pied`: what stays in sight under the facts: the note and "C'est vu"; where there is little room, the primary, and
    the way to the note. None once the case was seen. `bas`: in a window of little height, every act has to be in
    sight, so each thing takes fewer lines. `note_a_l_instant`: the call just kept, told where the eyes are.
    """

    vu = Signal(str)
    appel = Signal(str)
    mene = Signal(object)
    retrait = Signal()

    def __init__(
        self,
        theme: Theme,
        cas: Cas,
        communes: Communes,
        aujourdhui: date,
        *,
        etroite: bool,
        bas: bool = False,
        note_a_l_instant: NoteDuCas | None = None,
    ) -> None:
        super().__init__()
        self._theme, self.cas = theme, cas
        bas = bas and not etroite
        self._vers_la_note: QWidget | None = None
        self.setAccessibleName(mots_cas.titre_cas(cas))
        self.note = Field(theme, textes.NOTE, indication=textes.NOTE_INDICATION, en_ligne=bas)
        gestes = textes.gestes(cas)
        self._faits = textes.appels_notes(cas, gestes)
        suite = next((g for g in gestes if g.acte == "appel" and g not in self._faits), gestes[-1])
        self.boutons = {geste: self._bouton(geste, suite, etroite=etroite) for geste in gestes}
        self.bouton = self.boutons[suite]
        colonne = Colonne(theme, ecart=4 if bas else 8, marges=(20, 0 if bas else 4, 20, 0))
        # At large text on one line, or the second side would not be in sight whole.
        colonne.addWidget(WrapLabel(mots_cas.titre_cas(cas), "h2" if etroite else "headline"))
        colonne.addWidget(WrapLabel(textes.personne_cas(cas, communes), "small"))
        explication = WrapLabel(textes.explication(cas))
        cotes = Flexible(theme, ecart=8 if etroite else 16)
        cotes.empiler(etroite)
        for cote in textes.cotes(cas, aujourdhui):
            cotes.addWidget(_cote_courte(theme, cote) if etroite else _cote(theme, cote, bas=bas), 1)
        # At large text both sides come whole before anything else.
        for partie in (cotes, explication) if etroite else (explication, cotes):
            if isinstance(partie, Flexible):
                colonne.addLayout(partie)
            elif partie.text():
                colonne.addWidget(partie)
        colonne.addLayout(_sur(theme, textes.sur(cas)))
        if cas.traite:
            colonne.addWidget(WrapLabel(textes.DEJA, "h2"))
            self._notes(colonne, aujourdhui)
        else:
            self._notes(colonne, aujourdhui)
            colonne.addWidget(WrapLabel(textes.FAIRE, "h2"))
            dessous = suite if etroite else gestes[-1]
            rangs = {geste: bouton for geste, bouton in self.boutons.items() if geste is not dessous}
            faits = {geste: textes.fait(note, aujourdhui) for geste, note in self._faits.items()}
            if etroite:
                _gestes(theme, colonne, gestes, rangs, self.note, faits, etroite=True)
                self.pied = self._pied_etroit(suite, note_a_l_instant, aujourdhui)
            else:
                _gestes(theme, colonne, gestes[:-1], rangs, None, faits, bas=bas)
                self.pied = self._pied_large()
        # Last: it is rarer than what a case asks for.
        self.homonyme: BlocNote | None = None
        if cas.note is not None:
            self.homonyme = BlocNote(theme, cas.note, self.retrait.emit, etroite=etroite)
            colonne.addWidget(self.homonyme)
            self.touches["homonyme"] = self.homonyme.bouton
        if not cas.traite:
            self.touches["note"] = self.note.saisie
            self.touches["vers la note"] = self._vers_la_note or self.note.saisie
            self.touches |= {_acte(geste): bouton for geste, bouton in self.boutons.items()}
        colonne.addStretch(1)
        self.setLayout(colonne)

    def _pied_etroit(self, suite: textes.Geste, dit_note: NoteDuCas | None, aujourdhui: date) -> QWidget:
        pied = Colonne(self._theme, ecart=4)
        cadre = QWidget()
        cadre.setLayout(pied)
        if dit_note is not None:
            dit = Avis(self._theme)
            # In its place before it is shown: alone it would be a window.
            pied.addWidget(dit)
            dit.dire(textes.appel_note(dit_note, aujourdhui))
        if suite.acte == "appel":
            # The button alone does not say whom; the last act is far below, and some cases need no call.
            vers_la_note = Btn(self._theme, textes.VERS_LA_NOTE, genre="discret")
            vers_la_note.clicked.connect(lambda: self.note.saisie.setFocus(Qt.FocusReason.ShortcutFocusReason))
            rangee = Ligne(self._theme, ecart=16)
            rangee.addWidget(TexteElide(self._theme, suite.titre, "strong"), 1)
            rangee.addWidget(vers_la_note)
            self._vers_la_note = vers_la_note
            pied.addLayout(rangee)
        pied.addWidget(self.bouton)
        return cadre

    def _pied_large(self) -> QWidget:
        """The note and "C'est vu", which takes it along; only the acts above have numbers."""
        pied = Colonne(self._theme, ecart=4)
        pied.addWidget(trait())
        rangee = Ligne(self._theme, ecart=14)
        rangee.addWidget(self.note, 1)
        vu = list(self.boutons.values())[-1]
        vu.setMinimumWidth(self._theme.px(LARGEUR_BOUTON))
        rangee.addWidget(vu, 0, Qt.AlignmentFlag.AlignBottom)
        pied.addLayout(rangee)
        cadre = QWidget()
        cadre.setLayout(pied)
        return cadre

    def _bouton(self, geste: textes.Geste, suite: textes.Geste, *, etroite: bool) -> Btn:
        icone = {"vu": "check", "appel": "phone"}.get(geste.acte, "")
        if geste is suite:
            bouton = Btn(self._theme, "", genre="primaire", icone_nom=icone, touche="Ctrl+Entrée")
            bouton.montrer_touche(not etroite)
        else:
            bouton = Btn(self._theme, "")
        mots = textes.ENCORE if geste in self._faits else geste.bouton
        # The same words stand beside several acts.
        bouton.set_texte(mots, mots if geste.acte == "vu" else f"{mots}, {geste.titre}")
        bouton.clicked.connect(lambda: self._faire(geste))
        return bouton

    def _faire(self, geste: textes.Geste) -> None:
        if geste.acte == "vu":
            self.vu.emit(self.note.texte())
        elif geste.acte == "appel":
            self.appel.emit(textes.appel(str(geste.cible), self.note.texte()))
        else:
            self.mene.emit(geste)

    def apres_appel(self) -> Btn:
        """What is done after a call: the next one, or the act that follows; "C'est vu" is never pressed by the way."""
        gestes = list(self.boutons)
        dernier = max((gestes.index(geste) for geste in self._faits), default=-1)
        suivants = [g for g in gestes if g.acte == "appel" and g not in self._faits] or gestes[dernier + 1 : -1]
        return self.boutons[suivants[0]] if suivants else self.bouton

    def _notes(self, colonne: Colonne, aujourdhui: date) -> None:
        """What was written; a call is told beside its act, as long as the acts are shown."""
        for note in self.cas.notes:
            if not self.cas.traite and note in self._faits.values():
                continue
            qui = f"{note.agent}, {moment(note.quand, aujourdhui)}" if note.agent else moment(note.quand, aujourdhui)
            mots = Colonne(self._theme, ecart=0)
            mots.addWidget(WrapLabel(note.texte or textes.VU))
            mots.addWidget(WrapLabel(qui, "small"))
            colonne.addLayout(mots)


class DetailSuspens(Detail):
    """Acts that the Region keeps aside, said in words. `papier` asks for the sheet to call with."""

    papier = Signal()

    def __init__(
        self, theme: Theme, actes: Sequence[ActeEnSuspens], lu: AVerifier, aujourdhui: date, *, etroite: bool
    ) -> None:
        super().__init__()
        self.actes = tuple(actes)
        self.setAccessibleName(mots_cas.titre_suspens(actes))
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        colonne.addWidget(WrapLabel(mots_cas.titre_suspens(actes), "headline"))
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
        gestes = textes.gestes_suspens(actes, lu)
        imprimer = Btn(theme, textes.IMPRIMER, icone_nom="printer")
        imprimer.clicked.connect(self.papier)
        self.touches["papier"] = imprimer
        _gestes(theme, colonne, gestes, {gestes[-1]: imprimer}, etroite=etroite)
        colonne.addStretch(1)
        self.setLayout(colonne)


class DetailReglement(Detail):
    """A règlement that this desk does not apply: why, what is safe, whom to call. `papier` as above."""

    papier = Signal()

    def __init__(self, theme: Theme, ecarte: ReglementEcarte, lu: AVerifier, *, etroite: bool) -> None:
        super().__init__()
        self.ecarte = ecarte
        titre = mots_cas.titre_reglement(ecarte)
        self.setAccessibleName(titre)
        colonne = Colonne(theme, ecart=12, marges=(20, 8, 20, 8))
        colonne.addWidget(WrapLabel(titre, "headline"))
        colonne.addWidget(WrapLabel(textes.REGLEMENT_ECARTE.get(ecarte.raison, textes.REGLEMENT_DOUTEUX)))
        colonne.addLayout(_sur(theme, textes.REGLEMENT_SUR))
        colonne.addWidget(WrapLabel(textes.FAIRE, "h2"))
        gestes = textes.gestes_reglement(ecarte, lu)
        self.bouton = Btn(theme, textes.IMPRIMER, genre="primaire", icone_nom="printer", touche="Ctrl+Entrée")
        self.bouton.montrer_touche(not etroite)
        self.bouton.clicked.connect(self.papier)
        self.touches["papier"] = self.bouton
        if etroite:
            self.pied = QWidget()
            pied = Colonne(theme)
            pied.addWidget(self.bouton)
            self.pied.setLayout(pied)
        _gestes(theme, colonne, gestes, {} if etroite else {gestes[-1]: self.bouton}, etroite=etroite)
        colonne.addStretch(1)
        self.setLayout(colonne)


def _acte(geste: textes.Geste) -> tuple[str, str]:
    """Which one it is, whatever is said of it: a case may have several carnets, whose states change."""
    return geste.acte, geste.cible if isinstance(geste.cible, str) else geste.cible.serie


def _cote(theme: Theme, cote: textes.Cote, *, bas: bool) -> QFrame:
    bloc = QFrame()
    bloc.setProperty("role", "sunk")
    colonne = (
        Colonne(theme, ecart=0, marges=(14, 6, 14, 8)) if bas else Colonne(theme, ecart=2, marges=(16, 10, 16, 10))
    )
    colonne.addWidget(WrapLabel(cote.titre, "strong"))
    for rang, ligne in enumerate(cote.lignes):
        colonne.addWidget(WrapLabel(ligne, "small" if rang == 0 and len(cote.lignes) > 1 else "body"))
    colonne.addSpacing(theme.sp(4))
    badges = Flux(theme, ecart=8, interligne=4)
    badges.poser(*(Badge(theme, *badge) for badge in cote.badges))
    colonne.addWidget(badges)
    colonne.addStretch(1)
    bloc.setLayout(colonne)
    return bloc


def _cote_courte(theme: Theme, cote: textes.Cote) -> QFrame:
    """The same in two lines, where the text is large."""
    bloc = QFrame()
    bloc.setProperty("role", "sunk")
    colonne = Colonne(theme, ecart=0, marges=(12, 4, 12, 4))
    haut = Flux(theme, ecart=12, interligne=0)
    haut.poser(Texte(cote.titre, "strong"), *(Badge(theme, *badge) for badge in cote.badges))
    colonne.addWidget(haut)
    colonne.addWidget(WrapLabel(textes.SEPARE.join(cote.lignes), "small"))
    bloc.setLayout(colonne)
    return bloc


def _sur(theme: Theme, phrase: str) -> Ligne:
    ligne = Ligne(theme, ecart=12)
    ligne.addWidget(Icone(theme, "shield-check", "ok", 22), 0, Qt.AlignmentFlag.AlignTop)
    ligne.addWidget(WrapLabel(phrase), 1)
    return ligne


def _gestes(
    theme: Theme,
    colonne: Colonne,
    gestes: Sequence[textes.Geste],
    boutons: Mapping[textes.Geste, Btn] = MappingProxyType({}),
    note: Field | None = None,
    faits: Mapping[textes.Geste, str] = MappingProxyType({}),
    *,
    etroite: bool = False,
    bas: bool = False,
) -> None:
    """The buttons are as wide as the widest; where there is little room, each stands under its words.

    `note`: what is written before the last act. `faits`: the acts done, and how it is said.
    """
    grille = Grille(theme, ecart=3 if bas else 6, colonnes=14)
    grille.setColumnStretch(1, 1)
    if boutons and not etroite:
        grille.setColumnMinimumWidth(2, theme.px(LARGEUR_BOUTON))
    commune = max((bouton.sizeHint().width() for bouton in boutons.values()), default=0)
    for rang, geste in enumerate(gestes):
        ligne = 4 * rang
        if rang:
            grille.addWidget(trait(), ligne, 0, 1, 3)
        if note is not None and geste is gestes[-1]:
            grille.addWidget(note, ligne + 1, 0, 1, 3)
        mots = Colonne(theme, ecart=0)
        # Together, at mid-height of a button taller than them.
        mots.addStretch(1)
        mots.addWidget(WrapLabel(geste.titre, "strong"))
        fait = faits.get(geste)
        mots.addWidget(WrapLabel(geste.detail, "small") if fait is None else WrapLabel(fait, "small", "ok"))
        mots.addStretch(1)
        disque = Numero(theme, rang + 1) if fait is None else Disque(theme, "check", "ok", 32)
        haut = Qt.AlignmentFlag.AlignTop if etroite else Qt.AlignmentFlag.AlignVCenter
        grille.addWidget(disque, ligne + 2, 0, haut)
        bouton = boutons.get(geste)
        grille.addLayout(mots, ligne + 2, 1, 1, 1 if bouton is not None and not etroite else 2)
        if bouton is not None and etroite:
            bouton.setMinimumWidth(commune)
            grille.addWidget(bouton, ligne + 3, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        elif bouton is not None:
            grille.addWidget(bouton, ligne + 2, 2, Qt.AlignmentFlag.AlignVCenter)
    colonne.addLayout(grille)
