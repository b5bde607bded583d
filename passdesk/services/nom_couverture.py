"""Whose carnet it is, on its cover: only when somebody asks for it, and only a name that the paper can write."""

from __future__ import annotations

from dataclasses import dataclass, field

from passdesk.domain.carnet import Carnet
from passdesk.printing.nom_imprime import lettres_sans_dessin, tient_sur_couverture
from passdesk.services.poste import Poste
from passdesk.services.tirages import dernier_tirage
from passdesk.storage import personnes


@dataclass(frozen=True, slots=True)
class NomCouverture:
    """What the cover of a carnet may say. `nom`: "" once the person is erased; `imprime`: its last printing bears it.

    `obstacle`: the code of why it cannot ("nom_sans_dessin", "nom_trop_long"), "" when it can.
    """

    nom: str = field(repr=False)
    imprime: bool
    obstacle: str = ""


def nom_de_couverture(poste: Poste, carnet: Carnet) -> NomCouverture:
    """The name as the record says it now: one that was mended since the last printing is printed as mended."""
    personne = personnes.get(poste.base, carnet.personne_id)
    nom = personne.nom_complet if personne is not None else ""
    dernier = dernier_tirage(poste, carnet)
    return NomCouverture(nom, dernier is not None and dernier.nom, _obstacle(nom))


def nom_imprime(poste: Poste, carnet: Carnet, voulu: bool | None) -> str | None:
    """The name to print, None for the line left to the person. `voulu`: None, as it was printed last."""
    dit = nom_de_couverture(poste, carnet)
    imprime = dit.imprime if voulu is None else voulu
    return dit.nom if imprime and dit.nom and not dit.obstacle else None


def _obstacle(nom: str) -> str:
    if lettres_sans_dessin(nom):
        return "nom_sans_dessin"
    return "" if tient_sur_couverture(nom) else "nom_trop_long"
