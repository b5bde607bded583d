"""The receipt of a hand-over on screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from passdesk.services.recepisse import RecepisseDessine
from passdesk.ui.contexte import Contexte
from passdesk.ui.papier.dialogue import DialoguePapier, FeuillesNommees, MotsPapier
from passdesk.ui.remise import textes

MOTS = MotsPapier(
    textes.RECEPISSE,
    textes.RECEPISSE_DETAIL,
    textes.RECEPISSE_ENVOYE,
    textes.RECEPISSE_ENREGISTRE,
    "recepisse",
    "recepisse_non_ecrit",
)


class DialogueRecepisse(DialoguePapier):
    """The sheet cut in two, printed or saved."""

    def __init__(self, contexte: Contexte, parent: QWidget, dessine: RecepisseDessine) -> None:
        avis = "nom_sans_dessin" if dessine.nom_a_la_main else ""
        feuilles = FeuillesNommees(dessine.nom_fichier, dessine.papier, (dessine.apercu.image,), avis)
        super().__init__(contexte, parent, MOTS, feuilles)
