"""A passphrase: the field where it is typed, and the one where it is chosen, with how long it would hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from passdesk.services.phrase import FORCES, LONGUEUR_PHRASE, Force, peser_phrase
from passdesk.ui.composants import Banner, Case, Colonne, Field, Ligne, WrapLabel
from passdesk.ui.composants.bloc import Dessin, Icone, Ton
from passdesk.ui.messages import ouverture as textes
from passdesk.ui.theme import Theme

PAUSE_MS = 200
"""The phrase is weighed once the fingers rest."""
TONS: dict[Force, tuple[str, Ton]] = {
    "courte": ("hourglass", "warn"),
    "facile": ("alert-triangle", "warn"),
    "fragile": ("alert-triangle", "warn"),
    "bonne": ("check", "ok"),
    "forte": ("check", "ok"),
}


def champ_phrase(theme: Theme, etiquette: str, indication: str = "") -> Field:
    """A field whose letters are hidden, and which no keyboard assistant remembers."""
    saisie = QLineEdit()
    saisie.setEchoMode(QLineEdit.EchoMode.Password)
    saisie.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return Field(theme, etiquette, saisie=saisie, indication=indication)


class Jauge(Dessin):
    """As many filled parts as the phrase is worth, out of four; the words beside say it too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._force: Force = "courte"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_force(self, force: Force) -> None:
        """Another strength."""
        self._force = force
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        j = self._theme.jetons
        plein = QColor(j.couleur(TONS[self._force][1]))
        parts, ecart = len(FORCES) - 1, 4.0
        large = (self.width() - ecart * (parts - 1)) / parts
        peintre = QPainter(self)
        peintre.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rang in range(parts):
            rempli = rang < FORCES.index(self._force)
            peintre.setPen(QPen(plein if rempli else QColor(j.edge), 1.0))
            peintre.setBrush(plein if rempli else QColor(j.surface))
            peintre.drawRoundedRect(QRectF(rang * (large + ecart) + 0.5, 0.5, large - 1, self.height() - 1.0), 3, 3)
        peintre.end()


class NouvellePhrase(QWidget):
    """Chosen here: what losing it costs, the phrase, how strong it is, the phrase again. `validee`: Enter pressed.

    `connus` gives what anybody would try first; `avertissement`: what is said above the field; `etiquette`: whose it
    is, or that it replaces one.
    """

    validee = Signal()

    def __init__(
        self,
        theme: Theme,
        avertissement: tuple[str, str],
        connus: Callable[[], Sequence[str]],
        etiquette: str = textes.PHRASE_NOUVELLE,
    ) -> None:
        super().__init__()
        self._connus = connus
        self.avertissement = Banner(theme, "warn", "alert-triangle", *avertissement)
        self.phrase = champ_phrase(theme, etiquette, textes.PHRASE_INDICATION)
        self.encore = champ_phrase(theme, textes.PHRASE_ENCORE)
        self.montrer = Case(theme, textes.MONTRER)
        self.montrer.toggled.connect(self._montrer)
        self.jauge = Jauge(theme)
        self._icone = Icone(theme, "hourglass", "warn", 18)
        self.force = WrapLabel("", "small")
        self._bas = QWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._peser)
        self.phrase.modifie.connect(lambda _: self._bas.show())
        for champ in (self.phrase, self.encore):
            champ.modifie.connect(lambda _, c=champ: c.set_message(""))
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.returnPressed.connect(self.validee)
        self.phrase.modifie.connect(lambda _: self._pause.start(PAUSE_MS))
        self._monter(theme)
        self._peser()

    def texte(self) -> str:
        """What is typed, as typed."""
        return self.phrase.texte()

    def premier_a_revoir(self) -> Field | None:
        """The first field to mend, once it says why; None when the phrase may be used."""
        phrase = self.phrase.texte()
        force = self._peser()
        if force in textes.REFUS_PHRASE:
            self.phrase.set_message(textes.REFUS_PHRASE[force].format(minimum=LONGUEUR_PHRASE))
            # The field says it, and what to do: once is enough.
            self._bas.hide()
            return self.phrase
        if self.encore.texte() != phrase:
            self.encore.set_message(textes.PHRASES_DIFFERENTES)
            return self.encore
        return None

    def oublier(self) -> None:
        """The phrase does not outlive its use."""
        for champ in (self.phrase, self.encore):
            champ.set_texte("")
            champ.set_message("")
        self._peser()

    def bloquer(self, oui: bool) -> None:
        """While it is being used, it does not change."""
        for champ in (self.phrase, self.encore):
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.setReadOnly(oui)

    def _peser(self) -> Force:
        self._pause.stop()
        phrase = self.phrase.texte()
        force = peser_phrase(phrase, self._connus())
        self.jauge.set_force(force)
        self._icone.set_icone(*TONS[force])
        self.force.setText(textes.FORCES[force] if phrase else textes.FORCE_VIDE)
        self._icone.setVisible(bool(phrase))
        self.phrase.saisie.setAccessibleDescription(self.force.text())
        return force

    def _montrer(self, oui: bool) -> None:
        for champ in (self.phrase, self.encore):
            if isinstance(champ.saisie, QLineEdit):
                champ.saisie.setEchoMode(QLineEdit.EchoMode.Normal if oui else QLineEdit.EchoMode.Password)

    def _monter(self, theme: Theme) -> None:
        bas = Ligne(theme, ecart=6)
        bas.addWidget(self._icone, 0, Qt.AlignmentFlag.AlignTop)
        bas.addWidget(self.force, 1)
        self._bas.setLayout(bas)
        sous = Colonne(theme, ecart=8)
        for widget in (self.phrase, self.jauge, self._bas):
            sous.addWidget(widget)
        colonne = Colonne(theme, ecart=12)
        colonne.addWidget(self.avertissement)
        colonne.addLayout(sous)
        colonne.addWidget(self.encore)
        colonne.addWidget(self.montrer)
        self.setLayout(colonne)
