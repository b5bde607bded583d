"""A paper that is drawn before it is shown: where another is under way, a word says so at once, and Escape gives up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from passdesk.domain.erreurs import KnownError
from passdesk.ui.composants import Dialogue, annoncer
from passdesk.ui.contexte import Contexte
from passdesk.ui.papier import textes


class AttentePapier(Dialogue):
    """Says what the paper waits for, until it is drawn."""

    def __init__(self, contexte: Contexte, page: QWidget, titre: str, dit: str) -> None:
        super().__init__(contexte.theme, page, titre, dit, "hourglass", "info", textes.RENONCER)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        annoncer(self.corps, self.corps.text())


def dessiner_papier(
    contexte: Contexte,
    page: QWidget,
    titre: str,
    fonction: Callable[..., Any],
    *args: Any,
    apres: Callable[[Any], None],
    sur_panne: Callable[[KnownError], None] | None = None,
    renonce: Callable[[], None] | None = None,
) -> None:
    """Runs `fonction(*args)` where papers are made, then `apres(result)`, as long as `page` is open.

    Behind a carnet it takes seconds, in which nothing would show that the key was heard. `renonce`: called instead of
    `apres` when the agent does not wait for it.
    """
    taches = contexte.taches
    dit = textes.ATTENTES.get(taches.devant("rendu"), "")
    if not dit:
        taches.lancer("rendu", fonction, *args, apres=apres, sur_panne=sur_panne, ecran=page)
        return
    attente = AttentePapier(contexte, page, titre, dit)

    def finir(suite: Callable[[Any], None], recu: Any) -> None:
        attente.accept()
        suite(recu)

    def renoncer() -> None:
        taches.oublier(attente)
        if renonce is not None:
            renonce()

    attente.rejected.connect(renoncer)
    suivre = sur_panne or taches.panne_non_suivie
    taches.lancer(
        "rendu", fonction, *args, apres=lambda fait: finir(apres, fait),
        sur_panne=lambda trouble: finir(suivre, trouble),
        sur_imprevu=attente.accept if sur_panne is None else None, ecran=attente,
    )  # fmt: skip
    attente.open()
