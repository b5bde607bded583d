"""What this desk knows by itself of a pass that is shown to it: its own carnets, and the code typed beside a number."""

from __future__ import annotations

from dataclasses import dataclass

from passdesk.domain.carnet import Carnet, Etat
from passdesk.protocol.serie import SerieLue, code_controle
from passdesk.services.poste import Poste
from passdesk.services.signature import cle_du_carnet, signer
from passdesk.storage import carnets

FAUX, JUSTE = "faux", "juste"
SORTIS = frozenset({Etat.ANNULE, Etat.GACHE, Etat.PERDU, Etat.VOLE, Etat.RETOURNE})
"""States after which no pass of a carnet is worth anything, even before the list says so."""


@dataclass(frozen=True, slots=True)
class Constat:
    """`code`: JUSTE or FAUX, "" when it was not typed or cannot be held against anything here.

    `sorti`: the carnet was voided at this desk; `bloque`: the Region told this desk that it blocks this pass.
    """

    code: str = ""
    sorti: bool = False
    bloque: bool = False


INCONNU_ICI = Constat()


def constater(poste: Poste, campagne: int, numero: int, rang: int, serie: SerieLue | None = None) -> Constat:
    """What is known here of the pass `rang` of this carnet; `serie`: what was typed, when it was not scanned."""
    carnet = carnets.get(poste.base, campagne, numero)
    if carnet is None:
        return INCONNU_ICI
    code = _code(poste, carnet, serie) if serie is not None else ""
    return Constat(code, carnet.etat in SORTIS, rang in carnet.rangs_bloques)


def _code(poste: Poste, carnet: Carnet, serie: SerieLue) -> str:
    """The five characters come from the signature, which the desk that printed the carnet can make again."""
    if serie.rang > carnet.taille:
        return FAUX
    cle = cle_du_carnet(poste, carnet) if serie.code else None
    if cle is None:
        return ""
    return JUSTE if code_controle(signer(cle, carnet, serie.rang).signature) == serie.code else FAUX
