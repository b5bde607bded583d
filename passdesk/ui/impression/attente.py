"""What waits for the button that prints: a carnet, or some of its sheets, and why. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from passdesk.domain.carnet import Carnet, Etat
from passdesk.domain.gabarit import Gabarit
from passdesk.domain.tirage import Sortie, Tirage
from passdesk.services.tirages import feuilles_qui_manquent
from passdesk.ui.impression import textes
from passdesk.ui.impression.reponses import noms_feuilles


@dataclass(frozen=True, slots=True)
class Attente:
    """`seules`: the only sheets that go, () for the whole carnet; `couverture`: because the cover changes.

    `sortie`: what came of the last printing, None before the first. `sur_papier`: what goes would double sheets that
    are out.
    """

    seules: tuple[int, ...] = ()
    couverture: bool = False
    sortie: Sortie | None = None
    sur_papier: bool = False

    @property
    def en_partie(self) -> bool:
        """True when the sheets that do not go are good, and on the table."""
        return bool(self.seules) and not self.couverture

    @property
    def dite(self) -> tuple[str, str]:
        """What stands above the button, and its detail."""
        if self.couverture:
            return textes.PRET_COUVERTURE, textes.PRET_COUVERTURE_DETAIL
        if self.seules:
            manque = textes.MANQUE if len(self.seules) == 1 else textes.MANQUENT
            return manque.format(feuilles=noms_feuilles(self.seules)), textes.MANQUE_DETAIL
        if self.sur_papier:
            return textes.PRET_ENCORE, textes.PRET_ENCORE_DETAIL
        details: dict[Sortie | None, str] = {None: textes.PRET_DETAIL, "illisible": textes.PRET_ILLISIBLE}
        return textes.PRET, details.get(self.sortie, textes.PRET_RIEN)

    def entiere(self) -> Attente:
        """The sheets told to be good are not there any more: the whole carnet goes."""
        return replace(self, seules=(), sur_papier=True)


def attente(carnet: Carnet, gabarit: Gabarit, tirage: Tirage | None, *, couverture: bool) -> Attente:
    """What waits of a carnet as it stands. `couverture`: of one on paper, its cover alone."""
    sortie, sur_papier = tirage.sortie if tirage is not None else None, carnet.etat is Etat.IMPRIME
    if couverture and sur_papier:
        return Attente(gabarit.feuilles_du_nom(carnet.taille), couverture=True, sortie=sortie)
    # An answer given, then a cut: the sheets that came out good are on the table, and are not made twice.
    manquent = feuilles_qui_manquent(tirage, carnet.taille) if carnet.etat is Etat.ATTRIBUE else ()
    return Attente(manquent, sortie=sortie, sur_papier=sur_papier)
