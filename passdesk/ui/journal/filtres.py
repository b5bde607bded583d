"""What *Journal* keeps: who, which kind of act, about whom, and when; two dates when they are asked for."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from passdesk.domain.saisie_date import lire_date
from passdesk.services.journal import ChoixJournal, FiltreJournal
from passdesk.ui.champ_date import FORMAT_DATE, SaisieDate
from passdesk.ui.composants import Avis, ChampRecherche, Colonne, Combo, Field, Flexible, Ligne
from passdesk.ui.contexte import Contexte
from passdesk.ui.journal import textes
from passdesk.ui.messages import message
from passdesk.ui.saisie import Relecture, relire_date


class Filtres(QWidget):
    """`change` fires at each choice; a date that cannot be read, or an end before its beginning, is said under its
    field and keeps nothing out. A day to come is ordinary here: « du 1/1/26 au 31/12/26 » is the year under way.
    """

    change = Signal()

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self._contexte = contexte
        theme = contexte.theme
        self.champ = ChampRecherche(theme, textes.CHERCHER)
        self.agent = Combo(theme, [textes.TOUS_AGENTS], textes.AGENT)
        self.genre = Combo(theme, textes.GENRES, textes.GENRE)
        self.periode = Combo(theme, textes.PERIODES, textes.PERIODE)
        self.dates = {
            mots: Field(theme, mots, saisie=SaisieDate(theme, self._relire), exemple=FORMAT_DATE)
            for mots in (textes.DU, textes.AU)
        }
        self.champ.textChanged.connect(lambda _: self.change.emit())
        for combo in (self.agent, self.genre):
            combo.choisi.connect(lambda _: self.change.emit())
        self.periode.choisi.connect(lambda _: self._periode_choisie())
        for champ in self.dates.values():
            champ.quitte.connect(self._date_quittee)
        self._choix = Flexible(theme, ecart=12)
        self._choix.addWidget(self.champ, 2)
        combos = Ligne(theme, ecart=8)
        for combo in (self.agent, self.genre, self.periode):
            # Names are as long as people's: the three share their row, and a name too long ends with “…”.
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            combos.addWidget(combo, 1)
        self._choix.addLayout(combos, 3)
        self._entre = QWidget()
        self.a_corriger = Avis(theme, "warn")
        entre = Ligne(theme, ecart=16)
        for champ in self.dates.values():
            entre.addWidget(champ, 0, Qt.AlignmentFlag.AlignTop)
        # Beside the dates: at large text there is no line left under them.
        cote = Colonne(theme)
        cote.addWidget(self.a_corriger)
        cote.addStretch(1)
        entre.addLayout(cote, 1)
        self._entre.setLayout(entre)
        colonne = Colonne(theme, ecart=8)
        colonne.addLayout(self._choix)
        colonne.addWidget(self._entre)
        self.setLayout(colonne)
        self.periode.set_valeur(7)
        self._entre.hide()
        self._accorder()

    def disposer(self, etroite: bool) -> None:
        """The choices beside the search, or under it."""
        self._choix.empiler(etroite)

    def proposer(self, choix: ChoixJournal) -> None:
        """The agents to choose from; the one chosen stays so."""
        avant = self.agent.valeur()
        self.agent.set_choix([textes.TOUS_AGENTS, *choix.agents])
        self.agent.set_valeur(avant)
        if self.agent.currentIndex() < 0:
            self.agent.setCurrentIndex(0)

    def valeur(self) -> FiltreJournal:
        """What is chosen now."""
        du, au = self._jours()
        return FiltreJournal(str(self.agent.valeur() or ""), str(self.genre.valeur() or ""), self.champ.text(), du, au)

    def tout_montrer(self) -> None:
        """Nothing kept out; the keyboard in the search."""
        self.agent.setCurrentIndex(0)
        self.genre.set_valeur("")
        self.periode.set_valeur(None)
        self._entre.hide()
        self._accorder()
        self.champ.setFocus()
        self.champ.clear()
        self.change.emit()

    def _jours(self) -> tuple[date | None, date | None]:
        choix = self.periode.valeur()
        aujourdhui = self._contexte.horloge.aujourdhui()
        if isinstance(choix, int):
            return aujourdhui - timedelta(days=choix - 1), None
        if choix is None:
            return None, None
        du, au = self._entre_deux()
        return du, None if _a_l_envers(du, au) else au

    def _entre_deux(self) -> tuple[date | None, date | None]:
        """The two dates as typed."""
        aujourdhui = self._contexte.horloge.aujourdhui()
        du, au = (lire_date(champ.texte(), aujourdhui, passe=False).date for champ in self.dates.values())
        return du, au

    def _relire(self, texte: str) -> Relecture:
        return relire_date(texte, self._contexte.horloge.aujourdhui(), passe=False)

    def _periode_choisie(self) -> None:
        entre = self.periode.valeur() == textes.ENTRE
        self._entre.setVisible(entre)
        self._accorder()
        if entre:
            self.dates[textes.DU].saisie.setFocus()
        self.change.emit()

    def _accorder(self) -> None:
        """What is under a date that cannot be read is not what was asked for: it is said above it."""
        fausse = any(champ.message() for champ in self.dates.values())
        self.a_corriger.dire(textes.A_CORRIGER if fausse and self.periode.valeur() == textes.ENTRE else "")

    def _date_quittee(self) -> None:
        for champ in self.dates.values():
            if isinstance(champ.saisie, SaisieDate):
                erreur = champ.saisie.relire().erreur
                champ.set_message(f"{message(erreur).quoi} {textes.CORRIGER}" if erreur else "")
        if _a_l_envers(*self._entre_deux()):
            self.dates[textes.AU].set_message(f"{textes.FIN_AVANT} {textes.CORRIGER}")
        self._accorder()
        self.change.emit()


def _a_l_envers(du: date | None, au: date | None) -> bool:
    return du is not None and au is not None and au < du
