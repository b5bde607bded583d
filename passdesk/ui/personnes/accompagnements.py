"""The accompaniments of a person: noted in a few keys with the last choices, listed, corrected in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.domain.accompagnement import (
    DUREES,
    DUREES_LONGUES,
    THEMATIQUES,
    TYPES_LIEU,
    Accompagnement,
    ChoixAccompagnement,
)
from passdesk.domain.erreurs import KnownError
from passdesk.services.accompagnements import noter, retirer
from passdesk.ui import mots_accompagnement as mots
from passdesk.ui.champ_date import FORMAT_DATE, SaisieDate
from passdesk.ui.composants import Btn, Colonne, Combo, Field, Grille, Ligne, Texte, WrapLabel
from passdesk.ui.contexte import Contexte
from passdesk.ui.messages import message
from passdesk.ui.saisie import Relecture, date_chiffres, relire_date
from passdesk.ui.theme import Theme

RANGEES = ((3, 2), (3, 1, 1), (2, 1, 1, 1))
"""How many fields a row, in the order in which they are tried; a theme is long, and takes a whole row where it can."""


class _Champs(QWidget):
    """The fields of the form, in as few rows as the width allows; never wider than its place."""

    def __init__(self, theme: Theme, champs: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme, self._champs = theme, champs
        self._grille = Grille(theme, ecart=12)
        for colonne in range(6):
            self._grille.setColumnStretch(colonne, 1)
        self.setLayout(self._grille)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._ranger(RANGEES[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        larges = [champ.minimumSizeHint().width() + self._theme.sp(12) for champ in self._champs]
        tiennent = (rangees for rangees in RANGEES if self._tient(rangees, larges))
        self._ranger(next(tiennent, RANGEES[-1]))

    def _tient(self, rangees: tuple[int, ...], larges: Sequence[int]) -> bool:
        debuts = list(accumulate(rangees, initial=0))
        return all(n * max(larges[debuts[r] : debuts[r + 1]]) <= self.width() for r, n in enumerate(rangees))

    def _ranger(self, rangees: tuple[int, ...]) -> None:
        places = [(ligne, rang * 6 // n, 6 // n) for ligne, n in enumerate(rangees) for rang in range(n)]
        for champ, (ligne, colonne, large) in zip(self._champs, places, strict=True):
            self._grille.addWidget(champ, ligne, colonne, 1, large, Qt.AlignmentFlag.AlignTop)


class BlocAccompagnements(QWidget):
    """`enregistre` fires once something is recorded: the record is to be read again. `saisie`: the form opens, or
    closes."""

    enregistre = Signal()
    saisie = Signal(bool)

    def __init__(
        self,
        contexte: Contexte,
        personne_id: str,
        accompagnements: Sequence[Accompagnement],
        choix: ChoixAccompagnement,
    ) -> None:
        super().__init__()
        self._contexte, self._personne_id, self._choix = contexte, personne_id, choix
        self._corrige: Accompagnement | None = None
        theme = contexte.theme
        self.bouton = Btn(theme, mots.NOTER, icone_nom="plus")
        self.bouton.set_texte(mots.NOTER, mots.NOTER_LONG)
        self.bouton.clicked.connect(self.noter)
        self._formulaire = self._monter_formulaire()
        haut = Ligne(theme, ecart=12)
        haut.addWidget(Texte(mots.TITRE, "h2"), 1)
        haut.addWidget(self.bouton)
        colonne = Colonne(theme, ecart=8)
        colonne.addLayout(haut)
        colonne.addWidget(self._formulaire)
        for accompagnement in accompagnements:
            colonne.addWidget(self._rang(accompagnement))
        if not accompagnements:
            colonne.addWidget(WrapLabel(mots.AUCUN, "body", "ink2"))
        self.setLayout(colonne)
        self._formulaire.hide()

    @property
    def en_saisie(self) -> bool:
        """True while something is being typed: the record must not be drawn again under the hand."""
        return not self._formulaire.isHidden()

    def noter(self) -> None:
        """Opens the form for a new one."""
        self._ouvrir(None)

    def _monter_formulaire(self) -> QWidget:
        theme = self._contexte.theme
        self.le = Field(theme, mots.LE, saisie=SaisieDate(theme, self._relire), exemple=FORMAT_DATE)
        self.le.quitte.connect(self._quitter_date)
        self.duree = Combo(theme, (), mots.DUREE)
        self.lieu = Combo(theme, [(lieu, mots.LIEUX[lieu]) for lieu in TYPES_LIEU], mots.LIEU)
        themes = [(theme_, mots.THEMATIQUES[theme_]) for theme_ in THEMATIQUES]
        self.theme = Combo(theme, themes, mots.THEME)
        self.theme.setPlaceholderText(mots.CHOISIR_THEME)
        self.autre = Combo(theme, [("", mots.AUCUN_AUTRE), *themes], mots.AUTRE_THEME)
        self.garder = Btn(theme, mots.ENREGISTRER)
        self.garder.clicked.connect(self._garder)
        self.fermer = Btn(theme, mots.FERMER, genre="discret")
        self.fermer.clicked.connect(self._fermer)
        self.oter = Btn(theme, mots.RETIRER, genre="discret")
        self.oter.clicked.connect(self._retirer)
        self._phrase = WrapLabel("", "small", "bad")
        champs = [
            self.le,
            Field(theme, mots.DUREE, saisie=self.duree),
            Field(theme, mots.LIEU, saisie=self.lieu),
            Field(theme, mots.THEME, saisie=self.theme),
            Field(theme, mots.AUTRE_THEME, saisie=self.autre),
        ]
        grille = _Champs(theme, champs)
        for combo, lettres in ((self.duree, 5), (self.lieu, 5), (self.theme, 8), (self.autre, 8)):
            # A long theme must not push the page wider than its place.
            combo.setMinimumContentsLength(lettres)
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        actes = Ligne(theme, ecart=16)
        actes.addWidget(self.garder)
        actes.addWidget(self.fermer)
        actes.addStretch(1)
        actes.addWidget(self.oter)
        bloc = QWidget()
        corps = Colonne(theme, ecart=8)
        corps.addWidget(grille)
        corps.addWidget(self._phrase)
        corps.addLayout(actes)
        bloc.setLayout(corps)
        self._phrase.hide()
        for saisie in (self.le.saisie, self.theme, self.garder):
            # Where it opens, its buttons are in sight too.
            saisie.bloc_a_voir = bloc  # type: ignore[attr-defined]
        return bloc

    def _rang(self, accompagnement: Accompagnement) -> QWidget:
        theme = self._contexte.theme
        titre, detail = mots.raconter(accompagnement)
        rang = QWidget()
        ligne = Ligne(theme, ecart=12)
        textes = Colonne(theme, ecart=0)
        textes.addWidget(WrapLabel(titre, "strong"))
        textes.addWidget(WrapLabel(detail, "small"))
        corriger = Btn(theme, mots.CORRIGER, genre="discret")
        corriger.set_texte(mots.CORRIGER, f"{mots.CORRIGER}\u00a0: {titre}, {detail}")
        corriger.clicked.connect(lambda: self._ouvrir(accompagnement))
        ligne.addLayout(textes, 1)
        ligne.addWidget(corriger, 0, Qt.AlignmentFlag.AlignTop)
        rang.setLayout(ligne)
        return rang

    def _ouvrir(self, corrige: Accompagnement | None) -> None:
        self._corrige = corrige
        depart = corrige or self._choix
        jour = corrige.le if corrige else self._aujourdhui
        self.le.set_texte(date_chiffres(jour))
        self.le.set_message("")
        self.duree.set_choix(
            [(minutes, mots.duree(minutes)) for minutes in sorted({*DUREES, *DUREES_LONGUES, depart.duree})]
        )
        self.duree.set_valeur(depart.duree)
        self.lieu.set_valeur(depart.type_lieu)
        themes = (*depart.thematiques, "", "")
        self.theme.set_valeur(themes[0] or None)
        self.autre.set_valeur(themes[1])
        self.oter.setVisible(corrige is not None)
        self._dire("")
        self.saisie.emit(True)
        self._formulaire.show()
        self.bouton.hide()
        # With the last choices in place, noting the same again is one key.
        premier = self.garder if corrige is None and themes[0] else self.theme if corrige is None else self.le.saisie
        premier.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fermer(self) -> None:
        self._formulaire.hide()
        self.saisie.emit(False)
        self.bouton.show()
        self.bouton.setFocus(Qt.FocusReason.OtherFocusReason)

    def _garder(self) -> None:
        lecture = relire_date(self.le.texte(), self._aujourdhui)
        themes = tuple(str(t) for t in (self.theme.valeur(), self.autre.valeur()) if t)
        duree = self.duree.valeur()
        if lecture.erreur or not self.le.texte().strip() or not themes or not isinstance(duree, int):
            self._dire(str(message(lecture.erreur or "accompagnement_a_revoir")))
            fautif = self.le.saisie if lecture.erreur or themes else self.theme
            fautif.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        jour, mois, annee = (int(partie) for partie in lecture.texte.split("/"))
        base = self._corrige or Accompagnement("", self._personne_id, self._aujourdhui, duree, TYPES_LIEU[0], themes)
        # What the form does not show of a longer list of themes stays.
        suite = self._corrige.thematiques[2:] if self._corrige else ()
        voulu = replace(
            base,
            le=date(annee, mois, jour),
            duree=duree,
            type_lieu=str(self.lieu.valeur()),
            thematiques=(*themes, *suite),
        )
        self._contexte.lancer(noter, voulu, apres=lambda _: self._enregistre(), sur_panne=self._refuse)

    def _retirer(self) -> None:
        if self._corrige is not None:
            self._contexte.lancer(retirer, self._corrige, apres=lambda _: self._enregistre(), sur_panne=self._refuse)

    def _enregistre(self) -> None:
        self._fermer()
        self.enregistre.emit()

    def _refuse(self, trouble: KnownError) -> None:
        self._dire(str(message(trouble.code, **trouble.faits)))

    def _dire(self, phrase: str) -> None:
        self._phrase.setText(phrase)
        self._phrase.setVisible(bool(phrase))

    def _quitter_date(self) -> None:
        if isinstance(self.le.saisie, SaisieDate):
            relecture = self.le.saisie.relire()
            self.le.set_message(str(message(relecture.erreur)) if relecture.erreur else "")

    def _relire(self, texte: str) -> Relecture:
        return relire_date(texte, self._aujourdhui)

    @property
    def _aujourdhui(self) -> date:
        return self._contexte.horloge.aujourdhui()
