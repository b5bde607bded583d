"""The commune of the visit, found by name or postal code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from passdesk.domain.commune import Commune, Communes
from passdesk.domain.pays import AUTRE
from passdesk.domain.personne import texte_recherche
from passdesk.ui.composants import Field
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme
from passdesk.ui.visite import textes
from passdesk.ui.visite.saisies import est_cedex

LIMITE_COMMUNES = 12


class ChampCommune(Field):
    """The home: types a name, a postal code or a country, chooses from the list. `choisie`: the text, the INSEE code
    of the commune of today ("" while none is chosen) and its postal code ("" while several are possible).

    Leaving the field with a text that only one commune answers takes it; another text stays, with a sentence.
    """

    choisie = Signal(str, str, str)

    def __init__(self, theme: Theme, communes: Communes) -> None:
        super().__init__(theme, textes.CHAMPS["commune"], indication=textes.OU_PAYS)
        self._communes = communes
        self._code = ""
        self._tapee = ""
        self._proposees: list[Commune] = []
        self._modele = QStringListModel(self)
        self._liste = QCompleter(self._modele, self)
        self._liste.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._liste.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._liste.setMaxVisibleItems(8)
        self._ligne = self.saisie
        if isinstance(self._ligne, QLineEdit):
            self._ligne.setCompleter(self._liste)
            self._ligne.setMaxLength(120)
        self._fenetre: QListView | None = None
        self._liste.activated.connect(self._prendre_texte)
        self.modifie.connect(self._chercher)
        self.quitte.connect(self._quitter)

    def montrer(self, code: str, saisie: str, postal: str = "") -> None:
        """Fills the field from a draft: the commune chosen, or the text typed."""
        commune = self._communes.par_code(code) if code else None
        self._code = code
        self.set_texte(nom_et_postal(commune, postal) if commune else saisie)
        self.set_message("" if commune or not saisie else self._phrase(saisie))

    def eventFilter(self, objet: QObject, event: QEvent) -> bool:
        """Tab in the open list takes the line highlighted, as Enter does; without one, leaving the field decides."""
        liste = self._fenetre
        tab = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if tab and liste is not None:
            rang = liste.currentIndex().row()
            if rang >= 0:
                self._prendre(self._proposees[rang])
            liste.hide()
            self.saisie.setFocus()
            self.saisie.focusNextChild()
            return True
        return super().eventFilter(objet, event)

    def _ouvrir_liste(self) -> None:
        """With the first letter: most of the fields that are shown already say where."""
        self._fenetre = QListView()
        self._liste.setPopup(self._fenetre)
        # Of this field, which Qt took away from it: a window of its own would not be dressed as the others.
        self._fenetre.setParent(self, Qt.WindowType.Popup)
        self._fenetre.installEventFilter(self)

    def _chercher(self, texte: str) -> None:
        if self._fenetre is None:
            self._ouvrir_liste()
        self._code, self._tapee = "", texte
        self._proposees = list(self._communes.chercher(texte, LIMITE_COMMUNES)) if texte.strip() else []
        self._modele.setStringList([self._proposition(commune) for commune in self._proposees])
        self.set_message("")
        self.choisie.emit(texte, "", "")

    def _prendre_texte(self, texte: str) -> None:
        trouvee = next((c for c in self._proposees if self._proposition(c) == texte), None)
        if trouvee is not None:
            self._prendre(trouvee)

    def _prendre(self, commune: Commune) -> None:
        postal = code_postal(commune, self._tapee)
        actuelle = self._communes.actuelle(commune)
        self._code = actuelle.code
        self.set_texte(nom_et_postal(actuelle, postal))
        self.set_message("")
        self.choisie.emit(self.texte(), actuelle.code, postal)

    def _quitter(self) -> None:
        if self._code or not self.texte().strip():
            return
        cle = texte_recherche(self.texte())
        exactes = [c for c in self._proposees if cle in (texte_recherche(c.nom), texte_recherche(self._proposition(c)))]
        if len(exactes) == 1 or len(self._proposees) == 1:
            self._prendre((exactes or self._proposees)[0])
        else:
            self.set_message(self._phrase(self.texte()))

    def _proposition(self, commune: Commune) -> str:
        """A line of the list; a name of 2022 says what it has become."""
        devenue = f", aujourd’hui {self._communes.actuelle(commune).nom}" if commune.actuelle else ""
        if commune.pays is not None:
            return commune.nom if commune.code == AUTRE else f"{commune.nom} (pays)"
        postal = code_postal(commune, self._tapee)
        plusieurs = f" ({commune.codes_postaux[0]}…)" if commune.codes_postaux else ""
        return f"{commune.nom}{devenue}" + (f" ({postal})" if postal else plusieurs)

    def _phrase(self, texte: str) -> str:
        if est_cedex(texte):
            return str(message("commune_cedex"))
        postal = texte.strip()
        inconnu = len(postal) == 5 and postal.isdigit() and not self._communes.du_code_postal(postal)
        return str(message("code_postal_inconnu" if inconnu else "commune_inconnue"))


def code_postal(commune: Commune, tapee: str) -> str:
    """The postal code meant: the one typed, or the only one; "" while several are possible."""
    seul = commune.codes_postaux[0] if len(commune.codes_postaux) == 1 else ""
    return next((postal for postal in commune.codes_postaux if postal in tapee), seul)


def nom_et_postal(commune: Commune, postal: str = "") -> str:
    """ "Fourmies (59610)"; with several postal codes and none known, the first one and a mark that there are others.

    A country stands alone: its postal codes are those of its towns.
    """
    if commune.pays is not None:
        return commune.nom
    if postal or len(commune.codes_postaux) == 1:
        return f"{commune.nom} ({postal or commune.codes_postaux[0]})"
    return f"{commune.nom} ({commune.codes_postaux[0]}…)" if commune.codes_postaux else commune.nom
