"""The label of a field that has none in sight: what it is for is said by its place, which nobody hears."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

MUETTE = "etiquette-muette"


def etiqueter(champ: QWidget) -> None:
    """Ties a label that is never shown to a field without one, with its accessible name as words.

    Under Linux a list is read by its label alone: Qt gives its present choice as its name.
    """
    parent = champ.parentWidget()
    if parent is None:
        return
    freres = (enfant for enfant in parent.children() if isinstance(enfant, QLabel))
    etiquette = next((frere for frere in freres if frere.buddy() is champ), None)
    if etiquette is None:
        etiquette = QLabel(parent)
        etiquette.setObjectName(MUETTE)
        etiquette.hide()
        etiquette.setBuddy(champ)
    if etiquette.objectName() == MUETTE:
        etiquette.setText(champ.accessibleName().replace("&", "&&"))
