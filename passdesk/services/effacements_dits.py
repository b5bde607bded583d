"""What the Region tells of persons erased: whoever of them came back with this base is erased again, nobody else."""

from __future__ import annotations

from collections.abc import Collection

from passdesk.domain.effacement import DEMANDE
from passdesk.services.effacement import corps_effacement
from passdesk.services.poste import Poste
from passdesk.storage import personnes
from passdesk.storage.acte import Acte


def entendre(poste: Poste, acte: Acte, sujet: str, effacees: Collection[str]) -> None:
    """Erases this very record if it is here, which it is on a base put back from before its erasure alone.

    The Region names every record that went, the one that stood for them first; `effacees`: those that it names now. A
    merge that this base still holds with any other was undone since, and is undone here first: who was made one with
    this person by mistake is erased neither here nor, by our act, at the Region.
    """
    if personnes.telle(poste.base, sujet) is not None:
        acte.mettre_a_part(sujet, effacees)
        acte.inscrire("personne.effacer", sujet, corps_effacement(poste.base, sujet, DEMANDE))
