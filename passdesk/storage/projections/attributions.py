"""What operations do to awards, carnets and the numbers of the lots."""

from __future__ import annotations

import json

from passdesk.domain.carnet import REMPLACABLES, Etat, suivant
from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.storage.pilote import Database
from passdesk.storage.projections import decisions
from passdesk.storage.projections.lignes import ActeRefuse, Corps, changer, exiger, jour_utc, une_ligne


def _decider(db: Database, entete: Entete, corps: Corps, etat: str) -> None:
    """Notes the outcome on the request; none is left to note on once its person was erased."""
    db.execute(
        "UPDATE demande SET etat = ?, motifs = ?, reglement = ?, modifie = ? WHERE demande_id = ?",
        [etat, json.dumps(list(corps["motifs"])), corps["reglement"], entete.wall, corps["demande"]],
    )


def accorder(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`attribution.accorder`: the award, its carnets, and the numbers they take out of the lots."""
    corps = exiger(corps)
    _attribuer(db, entete, corps)
    _decider(db, entete, corps, "accordee")
    decisions.noter(db, entete, corps)


def remplacer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`attribution.accorder` v2 {remplace: {campagne, numero}}: another carnet for one that is void; counts 0.

    The request keeps its answer: nothing was decided again. Raises ActeRefuse when that carnet is not one to replace.
    """
    corps = exiger(corps)
    ancien = [corps["remplace"]["campagne"], corps["remplace"]["numero"]]
    etat, personne, remis_le = une_ligne(
        db, "SELECT etat, personne_id, remis_le FROM carnet WHERE campagne = ? AND numero = ?", ancien
    )
    rendu_avant = etat == Etat.RETOURNE.value and remis_le is None
    if corps["pass"] != 0 or personne != entete.subject_id or Etat(etat) not in REMPLACABLES or rendu_avant:
        raise ActeRefuse("this carnet is not to be replaced")
    _attribuer(db, entete, corps)


def _attribuer(db: Database, entete: Entete, corps: Corps) -> None:
    """The award and its carnets, whose numbers leave the lots."""
    ancien = corps.get("remplace") or {}
    db.execute(
        "INSERT INTO attribution (attribution_id, demande_id, personne_id, pass, reste, motifs, reglement, empreinte, "
        "le, etat, wall, origine, remplace_campagne, remplace_numero) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'en_vigueur', ?, ?, ?, ?)",
        [
            corps["attribution"], corps["demande"], entete.subject_id, corps["pass"], corps["reste"],
            json.dumps(list(corps["motifs"])), corps["reglement"], corps["empreinte"],
            corps.get("le") or jour_utc(entete), entete.wall, entete.subject_id,
            ancien.get("campagne"), ancien.get("numero"),
        ],
    )  # fmt: skip
    for carnet in corps["carnets"]:
        _consommer(db, carnet)
        db.execute(
            "INSERT INTO carnet (campagne, numero, taille, dernier_jour, kid, pot, etat, personne_id, attribution_id, "
            "depuis) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                carnet["campagne"], carnet["numero"], carnet["taille"], carnet["dernier_jour"], carnet["kid"],
                carnet["pot"], suivant(Etat.RESERVE, entete.type).value, entete.subject_id, corps["attribution"],
                entete.wall,
            ],
        )  # fmt: skip


def _consommer(db: Database, carnet: Corps) -> None:
    """Takes this very number out of a lot of this desk. Raises ActeRefuse when it is not there, or was taken."""
    numero = carnet["numero"]
    sql = (
        "UPDATE lot SET suivant = ? + 1 WHERE campagne = ? AND pot = ? AND taille = ? AND rendu = 0 "
        "AND ? BETWEEN suivant AND dernier"
    )
    changer(db, sql, [numero, carnet["campagne"], carnet["pot"], carnet["taille"], numero], 1)


def refuser(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`attribution.refuser` {issue}: refus or incomplet, on the request."""
    corps = exiger(corps)
    _decider(db, entete, corps, {"refus": "refusee", "incomplet": "incomplete"}[corps["issue"]])
    decisions.noter(db, entete, corps)


def annuler(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`attribution.annuler`: before hand-over only; every carnet of the award is void."""
    corps = exiger(corps)
    sql = "UPDATE attribution SET etat = 'annulee' WHERE attribution_id = ? AND etat = 'en_vigueur'"
    changer(db, sql, [corps["attribution"]], 1)
    sql = "SELECT campagne, numero FROM carnet WHERE attribution_id = ? ORDER BY campagne, numero"
    for campagne, numero in db.execute(sql, [corps["attribution"]]).fetchall():
        _faire_avancer(db, entete, campagne, numero, motif=corps.get("motif"))
    # A void award leaves the request open again: the person is still entitled to it. Not a replacement's request:
    # what it gave once stays given.
    sql = (
        "UPDATE demande SET etat = 'ouverte', modifie = ? WHERE demande_id = "
        "(SELECT demande_id FROM attribution WHERE attribution_id = ? AND remplace_numero IS NULL)"
    )
    db.execute(sql, [entete.wall, corps["attribution"]])


def _faire_avancer(
    db: Database, entete: Entete, campagne: int, numero: int, *, motif: str | None = None, remis_le: str | None = None
) -> None:
    """The act's transition in the table of states. Raises TransitionInterdite, ActeRefuse for an unknown carnet."""
    (etat,) = une_ligne(db, "SELECT etat FROM carnet WHERE campagne = ? AND numero = ?", [campagne, numero])
    db.execute(
        "UPDATE carnet SET etat = ?, depuis = ?, motif = coalesce(?, motif), remis_le = coalesce(?, remis_le) "
        "WHERE campagne = ? AND numero = ?",
        [suivant(Etat(etat), entete.type).value, entete.wall, motif, remis_le, campagne, numero],
    )


def avancer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`carnet.*`: one step in the table of states."""
    corps = exiger(corps)
    remis_le = corps["le"] if entete.type == TypeOperation.CARNET_REMETTRE else None
    _faire_avancer(db, entete, corps["campagne"], corps["numero"], motif=corps.get("motif"), remis_le=remis_le)


def annuler_remise(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`carnet.remettre` v2: the hand-over recorded by mistake did not take place."""
    corps = exiger(corps)
    ou = [corps["campagne"], corps["numero"]]
    (etat,) = une_ligne(db, "SELECT etat FROM carnet WHERE campagne = ? AND numero = ?", ou)
    sql = "UPDATE carnet SET etat = ?, depuis = ?, remis_le = NULL WHERE campagne = ? AND numero = ?"
    db.execute(sql, [suivant(Etat(etat), "remise.annuler").value, entete.wall, *ou])


def recevoir(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    """`lot.recevoir`: numbers granted here, or their lease renewed."""
    corps = exiger(corps)
    bornes = [corps["lot"], corps["campagne"], corps["dernier"], corps["premier"]]
    sql = "SELECT 1 FROM lot WHERE lot_id <> ? AND campagne = ? AND premier <= ? AND dernier >= ?"
    if corps["premier"] > corps["dernier"] or db.execute(sql, bornes).fetchone():
        raise ActeRefuse("the lot overlaps another")
    # Received again (lease renewed): same numbers, and those already used stay used.
    changees = changer(
        db,
        "INSERT INTO lot (lot_id, campagne, pot, taille, premier, dernier, suivant, bail_jusqu_au, kid, rendu) "
        "VALUES (:lot, :campagne, :pot, :taille, :premier, :dernier, :premier, :bail_jusqu_au, :kid, 0) "
        "ON CONFLICT (lot_id) DO UPDATE SET bail_jusqu_au = excluded.bail_jusqu_au, kid = excluded.kid "
        "WHERE (campagne, pot, taille, premier, dernier) = "
        "(excluded.campagne, excluded.pot, excluded.taille, excluded.premier, excluded.dernier)",
        dict(corps),
    )
    if changees != 1:
        raise ActeRefuse("the lot changed")


def rendre(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    """`lot.rendre`: its numbers are never awarded here any more."""
    changer(db, "UPDATE lot SET rendu = 1 WHERE lot_id = ? AND rendu = 0", [exiger(corps)["lot"]], 1)
