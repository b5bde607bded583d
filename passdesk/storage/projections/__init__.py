"""What each operation does to the tables: one function a type; the same log always gives the same tables."""

from __future__ import annotations

from collections.abc import Callable

from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.storage.pilote import Database
from passdesk.storage.projections import attributions, demandes, personnes, poste
from passdesk.storage.projections.lignes import ActeRefuse, Corps
from passdesk.storage.projections.personnes import personnes_fusionnees

__all__ = ["EFFACABLES", "TABLES", "ActeRefuse", "OperationInconnue", "appliquer", "personnes_fusionnees"]

Projection = Callable[[Database, Entete, Corps | None], None]

TABLES = (
    "appel", "litige_note", "decision", "decision_faits", "carnet", "attribution", "justificatif", "demande",
    "rapprochement", "accompagnement", "personne", "lot", "agent",
)  # fmt: skip
"""Every table that the log alone fills, children first."""

EFFACABLES = ("personne.enregistrer", "personne.modifier", "demande.", "justificatif.", "accompagnement.")
"""Beginnings of the types whose bodies an erasure drops: identity, and the facts a decision used (protocol §4)."""


class OperationInconnue(Exception):
    """A type or a version that this program does not know: carried in the log, never applied."""


_T = TypeOperation
_TABLE: dict[str, Projection] = {
    _T.PERSONNE_ENREGISTRER: personnes.ecrire,
    _T.PERSONNE_MODIFIER: personnes.ecrire,
    _T.PERSONNE_FUSIONNER: personnes.fusionner,
    _T.PERSONNE_EFFACER: personnes.effacer,
    _T.DEMANDE_DEPOSER: demandes.deposer,
    _T.DEMANDE_COMPLETER: demandes.completer,
    _T.DEMANDE_ABANDONNER: demandes.abandonner,
    _T.JUSTIFICATIF_CONSTATER: demandes.constater,
    _T.ACCOMPAGNEMENT_NOTER: demandes.noter_accompagnement,
    _T.ATTRIBUTION_ACCORDER: attributions.accorder,
    _T.ATTRIBUTION_REFUSER: attributions.refuser,
    _T.ATTRIBUTION_ANNULER: attributions.annuler,
    _T.CARNET_IMPRESSION_LANCEE: attributions.avancer,
    _T.CARNET_IMPRESSION_FAITE: attributions.avancer,
    _T.CARNET_IMPRESSION_RATEE: attributions.avancer,
    _T.CARNET_GACHER: attributions.avancer,
    _T.CARNET_REMETTRE: attributions.avancer,
    _T.CARNET_DECLARER_PERDU: attributions.avancer,
    _T.CARNET_DECLARER_VOLE: attributions.avancer,
    _T.CARNET_RETOURNER: attributions.avancer,
    _T.LOT_RECEVOIR: attributions.recevoir,
    _T.LOT_RENDRE: attributions.rendre,
    _T.LITIGE_NOTER: poste.noter_litige,
    _T.AGENT_AJOUTER: poste.ajouter_agent,
    _T.AGENT_RETIRER: poste.retirer_agent,
    _T.POSTE_EPOQUE: poste.changer_epoque,
}

_PLUS_RECENTES: dict[tuple[str, int], Projection] = {
    (_T.PERSONNE_FUSIONNER, 2): personnes.separer,
    (_T.ATTRIBUTION_ACCORDER, 2): attributions.remplacer,
    (_T.CARNET_REMETTRE, 2): attributions.annuler_remise,
    (_T.LITIGE_NOTER, 2): poste.retirer_homonyme,
    (_T.POSTE_EPOQUE, 2): poste.changer_epoque,
}
"""Versions after the first: an earlier program would have read them as something else."""


def appliquer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """Applies one operation; `corps` is None once erased. Raises OperationInconnue, ActeRefuse, TransitionInterdite."""
    projection = _TABLE.get(entete.type) if entete.v == 1 else _PLUS_RECENTES.get((entete.type, entete.v))
    if projection is None:
        raise OperationInconnue(f"{entete.type} v{entete.v}")
    projection(db, entete, corps)
