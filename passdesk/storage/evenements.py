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
    entendre_evenement,
)
from passdesk.storage import envoi, index_regional, litiges, nouvelles, poste
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes

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
                    {"srv_seq": srv_seq, "type": evenement.type, "octets": evenement.octets}, replace=True
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


def reentendre_les_inconnus(base: Base) -> None:
    """What was kept without being read, and this program reads: the Region is asked to tell it again.

    With all that came after it, in its order: a decision of today is not written over by one of last month.
    """
    sql = "SELECT srv_seq, type, octets FROM evenement_inconnu ORDER BY srv_seq"
    connus = [
        ligne["srv_seq"]
        for ligne in lignes(base, sql)
        if not isinstance(entendre_evenement(ligne["type"], ligne["octets"]), EvenementInconnu)
    ]
    if connus:
        avant = min(connus[0] - 1, envoi.etat(base).cursor)
        with base.ecriture() as db:
            nouvelles.oublier(base, avant)
            envoi.noter_curseur(base, avant)
            db.execute("DELETE FROM evenement_inconnu WHERE srv_seq > ?", [avant])


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
