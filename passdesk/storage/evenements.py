"""What the Region tells, written to the tables that are not in this desk's log."""

from __future__ import annotations

import json

from passdesk.protocol.evenements import (
    ActeRepris,
    CampagneOuverte,
    CarnetBloque,
    CleCertifiee,
    ConfiancePubliee,
    Evenement,
    EvenementInconnu,
    IndexAjout,
    IndexRenouvele,
    LitigeOuvert,
    LitigeTranche,
    LotAttribue,
    PersonneEffacee,
    ReglementPublie,
)
from passdesk.storage import envoi, index_regional, litiges, poste
from passdesk.storage.engine import Base

CONFIANCE = "confiance"
"""Name of the trust bundle among the values of the desk."""


def appliquer(base: Base, srv_seq: int, evenement: Evenement) -> bool:
    """Writes one event; applied again, it changes nothing. To be called in the transaction that moves the cursor.

    False for what the caller must do: a lot and an erasure are operations of this desk; a campaign, a règlement and a
    certificate need their signature checked; what is sealed to this desk needs its key.
    """
    match evenement:
        case IndexAjout():
            index_regional.ajouter(
                base,
                srv_seq,
                evenement.cle,
                evenement.passes,
                evenement.le,
                evenement.poste,
                version=evenement.version,
            )
        case CarnetBloque():
            _bloquer(base, srv_seq, evenement)
        case LitigeOuvert():
            litiges.ouvrir(
                base,
                srv_seq=srv_seq,
                litige_id=evenement.litige,
                sujet=evenement.sujet,
                campagne=evenement.campagne,
                carnets=evenement.carnets,
                excedent=evenement.excedent,
                postes=evenement.postes,
            )
        case LitigeTranche():
            litiges.trancher(base, evenement.litige, evenement.decision)
        case ConfiancePubliee():
            poste.ecrire_octets(base, CONFIANCE, evenement.octets)
        case ActeRepris():
            issue = envoi.Issue(evenement.epoch, evenement.seq, evenement.resultat, evenement.litige, evenement.raison)
            envoi.noter_issues(base, [issue])
        case EvenementInconnu():
            with base.ecriture() as db:
                db.table("evenement_inconnu").insert(
                    {"srv_seq": srv_seq, "type": evenement.type, "octets": evenement.octets}, ignore=True
                )
        case (
            LotAttribue()
            | CampagneOuverte()
            | ReglementPublie()
            | PersonneEffacee()
            | IndexRenouvele()
            | CleCertifiee()
        ):
            return False
    return True


def _bloquer(base: Base, srv_seq: int, evenement: CarnetBloque) -> None:
    """Replaces the ranks blocked on this carnet for this reason; no rank: the block is lifted."""
    champs = [evenement.campagne, evenement.carnet, evenement.raison]
    with base.ecriture() as db:
        db.execute("DELETE FROM carnet_bloque WHERE (campagne, numero, raison) = (?, ?, ?)", champs)
        if evenement.rangs:
            db.execute(
                "INSERT INTO carnet_bloque (campagne, numero, raison, rangs, srv_seq) VALUES (?, ?, ?, ?, ?)",
                [*champs, json.dumps(list(evenement.rangs)), srv_seq],
            )
