"""Our own bugs: one report without personal data, one calm dialog, and never the same one over and over."""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from passdesk import __version__
from passdesk.domain.horloge import Horloge
from passdesk.services.departs import RAPPORTS
from passdesk.ui.composants import Btn, Dialogue
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme

COPIER, VOIR, REPRENDRE = "Copier le numéro", "Voir le diagnostic", "Reprendre"
MARGES = 60
"""Pixels at 100 % round the buttons of the dialog."""
FOIS = 2
"""Times that the same bug is told and reported; told at each tick of a clock, it would keep the agent from working."""
_journal = logging.getLogger(__name__)


class Imprevus:
    """The one place where our bugs are told. `voir`: shows the diagnostic."""

    def __init__(self, theme: Theme, dossier: Path, horloge: Horloge, voir: Callable[[], None]) -> None:
        self._theme, self._dossier, self._horloge, self._voir = theme, dossier, horloge, voir
        self._dits: Counter[str] = Counter()
        self._montre = False

    def dire(self, trouble: BaseException, parent: QWidget | None) -> None:
        """Reports it, and says so unless a dialog is open already. Raises nothing: all else has failed."""
        ou = "\n".join(traces(trouble))
        self._dits[ou] += 1
        if self._dits[ou] > FOIS:
            return
        numero = save_rapport(self._dossier, trouble, self._horloge)
        if self._montre:
            return
        self._montre = True
        try:
            if montrer_imprevu(self._theme, parent, numero):
                self._voir()
        except Exception:
            # A bug in telling a bug: it is in the log, and the program goes on.
            _journal.error("report %s: %s", numero, "Imprevus")
        finally:
            self._montre = False


def traces(trouble: BaseException) -> list[str]:
    """Where it happened (file, line, function, type), its causes after it; never values or messages."""
    lignes = []
    chaine: BaseException | None = trouble
    while chaine is not None:
        lignes.append(type(chaine).__qualname__)
        cadres = traceback.extract_tb(chaine.__traceback__)
        lignes.extend(f"  {Path(c.filename).name}:{c.lineno} {c.name}" for c in cadres)
        chaine = chaine.__cause__ or chaine.__context__
    return lignes


def save_rapport(dossier: Path, trouble: BaseException, horloge: Horloge) -> str:
    """Writes the report and returns its number, given also when the disk refuses it.

    The number is four characters; the file is `rapports/<day>-<number>.txt` under the base directory.
    """
    maintenant = horloge.maintenant()
    lignes = [f"PassDesk {__version__}", maintenant.isoformat(timespec="seconds"), *traces(trouble)]
    numero = f"{hash((tuple(lignes), maintenant.timestamp())) & 0xFFFF:04X}"
    with contextlib.suppress(OSError):
        rapports = dossier / RAPPORTS
        rapports.mkdir(parents=True, exist_ok=True)
        (rapports / f"{maintenant:%Y-%m-%d}-{numero}.txt").write_text("\n".join(lignes) + "\n", encoding="utf-8")
    _journal.error("report %s: %s", numero, type(trouble).__qualname__)
    return numero


def montrer_imprevu(theme: Theme, parent: QWidget | None, numero: str) -> bool:
    """The calm dialog: what is safe, what to do, the number to give; it can be copied. True: to the diagnostic."""
    phrases = message("imprevu", numero=numero)
    dialogue = Dialogue(
        theme, parent, phrases.quoi, f"{phrases.sur} {phrases.faire}", "alert-circle", "info", REPRENDRE
    )
    copier = Btn(theme, COPIER)
    copier.clicked.connect(lambda: QApplication.clipboard().setText(numero))
    voir = Btn(theme, VOIR)
    voir.clicked.connect(dialogue.accept)
    dialogue.boutons.insertWidget(1, copier)
    dialogue.boutons.insertWidget(2, voir)
    # Three buttons in a row: none is cut, whatever the size of the text.
    dialogue.setMinimumWidth(max(dialogue.minimumWidth(), dialogue.boutons.sizeHint().width() + theme.sp(MARGES)))
    vers_diagnostic = bool(dialogue.exec())
    dialogue.deleteLater()
    return vers_diagnostic
