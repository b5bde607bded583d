"""What operations do to persons: identity, merge, erasure."""

from __future__ import annotations

import json

from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.storage.pilote import Database
from passdesk.storage.projections import appels, rapprochements
from passdesk.storage.projections.decisions import oublier
from passdesk.storage.projections.lignes import ActeRefuse, Corps, changer, exiger
from passdesk.storage.recherche import chiffres_telephone, mots_personne

_TEXTES = (
    "lieu_naissance", "adresse", "complement_adresse", "code_postal", "courriel", "preference_contact", "langue",
    "note",
)  # fmt: skip
"""Fields of a person that are plain text, "" when nothing is known."""


def ecrire(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`personne.enregistrer` and `personne.modifier`: the whole identity, in place of what was there."""
    if corps is None:
        # Erased since: the row stays, empty, so that awards keep a subject; the erasure itself follows in the log.
        corps, efface = {}, 1
    else:
        efface = 0
    noms = [str(corps.get(cle) or "") for cle in ("nom_naissance", "prenoms", "nom_usage")]
    telephone = str(corps.get("telephone") or "")
    champs = {
        "nom_naissance": noms[0],
        "prenoms": noms[1],
        "nom_usage": noms[2],
        "naissance": corps.get("naissance"),
        "commune": corps.get("commune"),
        "telephone": telephone,
        "chiffres": chiffres_telephone(telephone),
        "recherche": mots_personne(noms, corps.get("naissance"), corps.get("commune")),
        "cle": corps.get("cle"),
        "efface": efface,
        "modifie": entete.wall,
        **{cle: str(corps.get(cle) or "") for cle in _TEXTES},
        "besoins": json.dumps(list(corps.get("besoins") or ())),
    }
    valeurs = list(champs.values())
    if entete.type == TypeOperation.PERSONNE_ENREGISTRER:
        colonnes = ", ".join(champs)
        marques = ", ".join("?" for _ in champs)
        db.execute(
            f"INSERT INTO personne (personne_id, cree, {colonnes}) VALUES (?, ?, {marques})",  # noqa: S608
            [entete.subject_id, entete.wall, *valeurs],
        )
        rapprochements.noter(db, entete.subject_id, corps)
        return
    affectations = ", ".join(f"{colonne} = ?" for colonne in champs)
    changer(
        db,
        f"UPDATE personne SET {affectations} WHERE personne_id = ?",  # noqa: S608
        [*valeurs, entete.subject_id],
        1,
    )
    rapprochements.noter(db, entete.subject_id, corps)
    appels.noter(db, entete, corps)


def fusionner(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`personne.fusionner` {absorbee}: what the absorbed person received now belongs to the subject.

    Raises ActeRefuse when the subject is itself merged into that person: an act of another branch, done anew, would
    leave two records that each stand for the other.
    """
    absorbee = exiger(corps)["absorbee"]
    if personne_gardee(db, entete.subject_id) == absorbee:
        raise ActeRefuse("already one, the other way round")
    for table in ("demande", "attribution", "carnet", "accompagnement"):
        sql = f"UPDATE {table} SET personne_id = ? WHERE personne_id = ?"  # noqa: S608
        db.execute(sql, [entete.subject_id, absorbee])
    sql = "UPDATE personne SET fusionnee_dans = ?, modifie = ? WHERE personne_id = ? AND fusionnee_dans IS NULL"
    changer(db, sql, [entete.subject_id, entete.wall, absorbee], 1)


def separer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`personne.fusionner` v2 {absorbee, annule}: the absorbed person takes back what it had before the merge.

    What came since was written for the subject, and stays with it.
    """
    absorbee = exiger(corps)["absorbee"]
    sql = "UPDATE personne SET fusionnee_dans = NULL, modifie = ? WHERE personne_id = ? AND fusionnee_dans = ?"
    changer(db, sql, [entete.wall, absorbee, entete.subject_id], 1)
    siennes = personnes_fusionnees(db, absorbee)
    marques = ", ".join("?" for _ in siennes)
    for table in ("demande", "attribution", "accompagnement"):
        sql = f"UPDATE {table} SET personne_id = ? WHERE origine IN ({marques})"  # noqa: S608
        db.execute(sql, [absorbee, *siennes])
    attributions = f"SELECT attribution_id FROM attribution WHERE origine IN ({marques})"  # noqa: S608
    sql = f"UPDATE carnet SET personne_id = ? WHERE attribution_id IN ({attributions})"  # noqa: S608
    db.execute(sql, [absorbee, *siennes])


def effacer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """`personne.effacer` {cle, litiges}: nothing that tells who it is stays; the blind key does, with the awards.

    `litiges`: cases about this person; what was noted on them goes too.
    """
    cle = (corps or {}).get("cle")
    concernees = personnes_fusionnees(db, entete.subject_id)
    marques = ", ".join("?" for _ in concernees)
    demandes = f"SELECT demande_id FROM demande WHERE personne_id IN ({marques})"  # noqa: S608
    db.execute(f"DELETE FROM accompagnement WHERE personne_id IN ({marques})", concernees)  # noqa: S608
    appels.oublier(db, concernees)
    db.execute(f"DELETE FROM numerisation WHERE demande_id IN ({demandes})", concernees)  # noqa: S608
    db.execute(f"DELETE FROM justificatif WHERE demande_id IN ({demandes})", concernees)  # noqa: S608
    db.execute(f"DELETE FROM demande WHERE personne_id IN ({marques})", concernees)  # noqa: S608
    oublier(db, concernees)
    for litige in (corps or {}).get("litiges", ()):
        db.execute("DELETE FROM litige_note WHERE litige_id = ?", [litige])
    for concernee in concernees:
        rapprochements.noter(db, concernee, {})
    vide = (
        "nom_naissance = '', prenoms = '', nom_usage = '', naissance = NULL, commune = NULL, telephone = '', "
        "chiffres = '', recherche = '', cle = NULL, efface = 1, modifie = ?, besoins = '[]', "
        + ", ".join(f"{champ} = ''" for champ in _TEXTES)
    )
    sql = f"UPDATE personne SET {vide} WHERE personne_id IN ({marques})"  # noqa: S608
    changer(db, sql, [entete.wall, *concernees], len(concernees))
    # The row (key, total) stays until the campaign closes (protocol §8).
    db.execute("UPDATE personne SET cle = ? WHERE personne_id = ?", [cle, entete.subject_id])


def personne_gardee(db: Database, personne_id: str) -> str:
    """The record that stands for this person: itself, or the one that it was merged into."""
    sql = (
        "WITH RECURSIVE f(id, pas) AS (SELECT ?, 0 UNION ALL SELECT fusionnee_dans, pas + 1 FROM personne "
        "JOIN f ON personne_id = f.id WHERE fusionnee_dans IS NOT NULL) SELECT id FROM f ORDER BY pas DESC LIMIT 1"
    )
    return str(db.execute(sql, [personne_id]).fetchone()[0])


def personnes_fusionnees(db: Database, personne_id: str) -> list[str]:
    """This person and everyone merged into it, nearest first."""
    sql = (
        "WITH RECURSIVE f(id) AS (SELECT ? UNION SELECT personne_id FROM personne JOIN f ON fusionnee_dans = f.id) "
        "SELECT id FROM f"
    )
    return [str(ligne[0]) for ligne in db.execute(sql, [personne_id])]
