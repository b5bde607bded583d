"""Our own bugs: one report without personal data, one calm dialog."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from passdesk import __version__
from passdesk.domain.horloge import Horloge
from passdesk.ui.composants import Btn, Dialogue
from passdesk.ui.messages import message
from passdesk.ui.theme import Theme

RAPPORTS = "rapports"
_journal = logging.getLogger(__name__)


def save_rapport(dossier: Path, trouble: BaseException, horloge: Horloge) -> str:
    """Writes where it happened (file, line, function, type), never values or messages, and returns its number.

    The number is four characters; the file is `rapports/<day>-<number>.txt` under the base directory.
    """
    maintenant = horloge.maintenant()
    lignes = [f"PassDesk {__version__}", maintenant.isoformat(timespec="seconds")]
    chaine: BaseException | None = trouble
    while chaine is not None:
        lignes.append(type(chaine).__qualname__)
        cadres = traceback.extract_tb(chaine.__traceback__)
        lignes.extend(f"  {Path(c.filename).name}:{c.lineno} {c.name}" for c in cadres)
        chaine = chaine.__cause__ or chaine.__context__
    numero = f"{hash((tuple(lignes), maintenant.timestamp())) & 0xFFFF:04X}"
    rapports = dossier / RAPPORTS
    rapports.mkdir(parents=True, exist_ok=True)
    (rapports / f"{maintenant:%Y-%m-%d}-{numero}.txt").write_text("\n".join(lignes) + "\n", encoding="utf-8")
    _journal.error("report %s: %s", numero, type(trouble).__qualname__)
    return numero


def montrer_imprevu(theme: Theme, parent: QWidget | None, numero: str) -> None:
    """The calm dialog: what is safe, what to do, the number to give; it can be copied."""
    phrases = message("imprevu", numero=numero)
    dialogue = Dialogue(
        theme, parent, phrases.quoi, f"{phrases.sur} {phrases.faire}", "alert-circle", "info", "Reprendre"
    )
    copier = Btn(theme, "Copier le numéro")
    copier.clicked.connect(lambda: QApplication.clipboard().setText(numero))
    dialogue.boutons.insertWidget(1, copier)
    dialogue.exec()
    dialogue.deleteLater()
