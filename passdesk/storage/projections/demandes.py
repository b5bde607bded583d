"""What operations do to requests and proofs; nothing once the bodies were erased.

A request may be gone while something said of it under another record stays: gone on with there on a base put back, it
went with whoever had made it (decision 0054). The log alone still tells of it then.
"""

from __future__ import annotations

import json

from passdesk.protocol.operations import Entete
from passdesk.storage.pilote import Database
from passdesk.storage.projections.decisions import garder_faits
from passdesk.storage.projections.lignes import Corps
from passdesk.storage.projections.personnes import personne_gardee

_CHAMPS_DEMANDE = (
    "public", "prescripteur", "arrivee_le", "complementaire", "commune", "naissance", "etablissement", "foyer",
    "canal",
)  # fmt: skip


def deposer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`demande.deposer`: a new request, open."""
    if corps is None:
        return
    valeurs = [corps.get(champ) for champ in _CHAMPS_DEMANDE]
    valeurs[3] = int(bool(valeurs[3]))
    db.execute(
        "INSERT INTO demande (demande_id, personne_id, public, prescripteur, arrivee_le, complementaire, commune, "
        "naissance, etablissement, foyer, canal, etat, motifs, cree, modifie, origine) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ouverte', '[]', ?, ?, ?)",
        [corps["demande"], entete.subject_id, *valeurs, entete.wall, entete.wall, entete.subject_id],
    )
    garder_faits(db, entete, corps)


def completer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`demande.completer`: only the fields given change."""
    if corps is None:
        return
    champs = {champ: corps[champ] for champ in _CHAMPS_DEMANDE if champ in corps}
    if "complementaire" in champs:
        champs["complementaire"] = int(bool(champs["complementaire"]))
    affectations = "".join(f"{champ} = ?, " for champ in champs)
    sql = f"UPDATE demande SET {affectations}modifie = ? WHERE demande_id = ?"  # noqa: S608
    db.execute(sql, [*champs.values(), entete.wall, corps["demande"]])
    garder_faits(db, entete, corps)


def abandonner(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`demande.abandonner`: the person will not go on."""
    if corps is not None:
        sql = "UPDATE demande SET etat = 'abandonnee', modifie = ? WHERE demande_id = ?"
        db.execute(sql, [entete.wall, corps["demande"]])


def constater(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`justificatif.constater`: what was seen last of this type of proof; its scan stays at the desk, beside."""
    if corps is None:
        return
    scan = corps.get("numerisation") or {}
    db.execute(
        "INSERT INTO justificatif (demande_id, type, date, vu_le, vu_par, constate, numerisation, pages) "
        "SELECT demande_id, ?, ?, ?, ?, ?, ?, ? FROM demande WHERE demande_id = ? "
        "ON CONFLICT (demande_id, type) DO UPDATE SET date = excluded.date, vu_le = excluded.vu_le, "
        "vu_par = excluded.vu_par, constate = excluded.constate, numerisation = excluded.numerisation, "
        "pages = excluded.pages",
        [
            corps["type"], corps.get("date"), corps.get("vu_le"), entete.agent_id, entete.wall,
            bytes(scan.get("empreinte", b"")).hex(), int(scan.get("pages", 0)), corps["demande"],
        ],
    )  # fmt: skip
    db.execute("UPDATE demande SET modifie = ? WHERE demande_id = ?", [entete.wall, corps["demande"]])


def noter_accompagnement(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`accompagnement.noter` {demande, prescripteur}: who accompanies the person, None for nobody.

    {accompagnement, le, duree…}: a time spent with the person, in place of what was said of it; {retire}: taken back.
    Its subject stays the one that it was first noted for, even merged: erasing either then forgets it whole.
    """
    if corps is None:
        return
    if "accompagnement" not in corps:
        sql = "UPDATE demande SET prescripteur = ?, modifie = ? WHERE demande_id = ?"
        db.execute(sql, [corps.get("prescripteur"), entete.wall, corps["demande"]])
    elif corps.get("retire"):
        db.execute("DELETE FROM accompagnement WHERE accompagnement_id = ?", [corps["accompagnement"]])
    else:
        db.execute(
            "INSERT OR REPLACE INTO accompagnement (accompagnement_id, personne_id, le, duree, type_lieu, "
            "thematiques, commune, agent_id, wall, origine) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                corps["accompagnement"], personne_gardee(db, entete.subject_id), corps["le"], corps["duree"],
                corps["type_lieu"],
                json.dumps(list(corps["thematiques"])), corps.get("commune"), entete.agent_id, entete.wall,
                entete.subject_id,
            ],
        )  # fmt: skip
