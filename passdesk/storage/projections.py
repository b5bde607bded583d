"""What each operation does to the tables: one function a type; the same log always gives the same tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from passdesk.domain.carnet import Etat, suivant
from passdesk.protocol.operations import Entete, TypeOperation
from passdesk.storage.pilote import Database
from passdesk.storage.recherche import chiffres_telephone, mots_indexes

Corps = Mapping[str, Any]
Projection = Callable[[Database, Entete, Corps | None], None]

TABLES = ("litige_note", "carnet", "attribution", "justificatif", "demande", "personne", "lot", "agent")
"""Every table that the log alone fills, children first."""

EFFACABLES = ("personne.enregistrer", "personne.modifier", "demande.", "justificatif.", "accompagnement.")
"""Beginnings of the types whose bodies an erasure drops: identity, and the facts a decision used (protocol §4)."""


class OperationInconnue(Exception):
    """A type or a version that this program does not know: carried in the log, never applied."""


class ActeRefuse(Exception):
    """A bug: an act that the tables cannot bear (number used twice or not ours, unknown row)."""


def appliquer(db: Database, entete: Entete, corps: Corps | None) -> None:
    """Applies one operation; `corps` is None once erased. Raises OperationInconnue, ActeRefuse, TransitionInterdite."""
    if entete.v != 1 or entete.type not in _TABLE:
        raise OperationInconnue(f"{entete.type} v{entete.v}")
    _TABLE[TypeOperation(entete.type)](db, entete, corps)


def _changer(db: Database, sql: str, valeurs: list[Any], lignes: int | None = None) -> int:
    """Runs a change; with `lignes`, exactly so many rows must have changed. Raises ActeRefuse."""
    changees = int(db.execute(sql, valeurs).rowcount)
    if lignes is not None and changees != lignes:
        raise ActeRefuse(f"{changees} rows instead of {lignes}")
    return changees


def _une(db: Database, sql: str, valeurs: list[Any]) -> tuple[Any, ...]:
    ligne = db.execute(sql, valeurs).fetchone()
    if ligne is None:
        raise ActeRefuse("no such row")
    return tuple(ligne)


def _jour(entete: Entete) -> str:
    """The UTC day of the operation, where the body gives no day."""
    return datetime.fromtimestamp(entete.wall / 1000, UTC).date().isoformat()


# -- persons ---------------------------------------------------------------------------------------------------


def _personne(db: Database, entete: Entete, corps: Corps | None) -> None:
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
        "recherche": mots_indexes(*noms),
        "cle": corps.get("cle"),
        "efface": efface,
        "modifie": entete.wall,
    }
    valeurs = list(champs.values())
    if entete.type == TypeOperation.PERSONNE_ENREGISTRER:
        colonnes = ", ".join(champs)
        marques = ", ".join("?" for _ in champs)
        db.execute(
            f"INSERT INTO personne (personne_id, cree, {colonnes}) VALUES (?, ?, {marques})",  # noqa: S608
            [entete.subject_id, entete.wall, *valeurs],
        )
        return
    affectations = ", ".join(f"{colonne} = ?" for colonne in champs)
    _changer(
        db,
        f"UPDATE personne SET {affectations} WHERE personne_id = ?",  # noqa: S608
        [*valeurs, entete.subject_id],
        1,
    )


def _personne_fusionner(db: Database, entete: Entete, corps: Corps | None) -> None:
    absorbee = _exiger(corps)["absorbee"]
    for table in ("demande", "attribution", "carnet"):
        sql = f"UPDATE {table} SET personne_id = ? WHERE personne_id = ?"  # noqa: S608
        db.execute(sql, [entete.subject_id, absorbee])
    sql = "UPDATE personne SET fusionnee_dans = ?, modifie = ? WHERE personne_id = ? AND fusionnee_dans IS NULL"
    _changer(db, sql, [entete.subject_id, entete.wall, absorbee], 1)


def _personne_effacer(db: Database, entete: Entete, corps: Corps | None) -> None:
    cle = (corps or {}).get("cle")
    concernees = personnes_fusionnees(db, entete.subject_id)
    marques = ", ".join("?" for _ in concernees)
    demandes = f"SELECT demande_id FROM demande WHERE personne_id IN ({marques})"  # noqa: S608
    db.execute(f"DELETE FROM justificatif WHERE demande_id IN ({demandes})", concernees)  # noqa: S608
    db.execute(f"DELETE FROM demande WHERE personne_id IN ({marques})", concernees)  # noqa: S608
    vide = (
        "nom_naissance = '', prenoms = '', nom_usage = '', naissance = NULL, commune = NULL, telephone = '', "
        "chiffres = '', recherche = '', cle = NULL, efface = 1, modifie = ?"
    )
    sql = f"UPDATE personne SET {vide} WHERE personne_id IN ({marques})"  # noqa: S608
    _changer(db, sql, [entete.wall, *concernees], len(concernees))
    # The row (key, total) stays until the campaign closes (protocol §8).
    db.execute("UPDATE personne SET cle = ? WHERE personne_id = ?", [cle, entete.subject_id])


def personnes_fusionnees(db: Database, personne_id: str) -> list[str]:
    """This person and everyone merged into it, nearest first."""
    sql = (
        "WITH RECURSIVE f(id) AS (SELECT ? UNION SELECT personne_id FROM personne JOIN f ON fusionnee_dans = f.id) "
        "SELECT id FROM f"
    )
    return [str(ligne[0]) for ligne in db.execute(sql, [personne_id])]


def _exiger(corps: Corps | None) -> Corps:
    """The body of a type that is never erased."""
    if corps is None:
        raise ActeRefuse("body missing")
    return corps


# -- requests --------------------------------------------------------------------------------------------------

_CHAMPS_DEMANDE = (
    "public", "prescripteur", "arrivee_le", "complementaire", "commune", "naissance", "etablissement", "foyer",
)  # fmt: skip


def _demande_deposer(db: Database, entete: Entete, corps: Corps | None) -> None:
    if corps is None:
        return
    valeurs = [corps.get(champ) for champ in _CHAMPS_DEMANDE]
    valeurs[3] = int(bool(valeurs[3]))
    db.execute(
        "INSERT INTO demande (demande_id, personne_id, public, prescripteur, arrivee_le, complementaire, commune, "
        "naissance, etablissement, foyer, etat, motifs, cree, modifie) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ouverte', '[]', ?, ?)",
        [corps["demande"], entete.subject_id, *valeurs, entete.wall, entete.wall],
    )


def _demande_completer(db: Database, entete: Entete, corps: Corps | None) -> None:
    if corps is None:
        return
    champs = {champ: corps[champ] for champ in _CHAMPS_DEMANDE if champ in corps}
    if "complementaire" in champs:
        champs["complementaire"] = int(bool(champs["complementaire"]))
    affectations = "".join(f"{champ} = ?, " for champ in champs)
    sql = f"UPDATE demande SET {affectations}modifie = ? WHERE demande_id = ?"  # noqa: S608
    _changer(db, sql, [*champs.values(), entete.wall, corps["demande"]], 1)


def _demande_abandonner(db: Database, entete: Entete, corps: Corps | None) -> None:
    if corps is not None:
        sql = "UPDATE demande SET etat = 'abandonnee', modifie = ? WHERE demande_id = ?"
        _changer(db, sql, [entete.wall, corps["demande"]], 1)


def _justificatif_constater(db: Database, entete: Entete, corps: Corps | None) -> None:
    if corps is None:
        return
    db.execute(
        "INSERT INTO justificatif (demande_id, type, date, vu_le) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (demande_id, type) DO UPDATE SET date = excluded.date, vu_le = excluded.vu_le",
        [corps["demande"], corps["type"], corps.get("date"), corps.get("vu_le")],
    )
    db.execute("UPDATE demande SET modifie = ? WHERE demande_id = ?", [entete.wall, corps["demande"]])


def _accompagnement_noter(db: Database, entete: Entete, corps: Corps | None) -> None:
    if corps is not None:
        sql = "UPDATE demande SET prescripteur = ?, modifie = ? WHERE demande_id = ?"
        _changer(db, sql, [corps.get("prescripteur"), entete.wall, corps["demande"]], 1)


# -- awards ----------------------------------------------------------------------------------------------------


def _decider(db: Database, entete: Entete, corps: Corps, etat: str) -> None:
    """Notes the outcome on the request; none is left to note on once its person was erased."""
    db.execute(
        "UPDATE demande SET etat = ?, motifs = ?, reglement = ?, modifie = ? WHERE demande_id = ?",
        [etat, json.dumps(list(corps["motifs"])), corps["reglement"], entete.wall, corps["demande"]],
    )


def _attribution_accorder(db: Database, entete: Entete, corps: Corps | None) -> None:
    corps = _exiger(corps)
    db.execute(
        "INSERT INTO attribution (attribution_id, demande_id, personne_id, pass, reste, motifs, reglement, empreinte, "
        "le, etat, wall) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'en_vigueur', ?)",
        [
            corps["attribution"], corps["demande"], entete.subject_id, corps["pass"], corps["reste"],
            json.dumps(list(corps["motifs"])), corps["reglement"], corps["empreinte"],
            corps.get("le") or _jour(entete), entete.wall,
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
    _decider(db, entete, corps, "accordee")


def _consommer(db: Database, carnet: Corps) -> None:
    """Takes this very number out of a lot of this desk. Raises ActeRefuse when it is not there, or was taken."""
    numero = carnet["numero"]
    sql = (
        "UPDATE lot SET suivant = ? + 1 WHERE campagne = ? AND pot = ? AND taille = ? AND rendu = 0 "
        "AND ? BETWEEN suivant AND dernier"
    )
    _changer(db, sql, [numero, carnet["campagne"], carnet["pot"], carnet["taille"], numero], 1)


def _attribution_refuser(db: Database, entete: Entete, corps: Corps | None) -> None:
    corps = _exiger(corps)
    _decider(db, entete, corps, {"refus": "refusee", "incomplet": "incomplete"}[corps["issue"]])


def _attribution_annuler(db: Database, entete: Entete, corps: Corps | None) -> None:
    corps = _exiger(corps)
    sql = "UPDATE attribution SET etat = 'annulee' WHERE attribution_id = ? AND etat = 'en_vigueur'"
    _changer(db, sql, [corps["attribution"]], 1)
    sql = "SELECT campagne, numero FROM carnet WHERE attribution_id = ? ORDER BY campagne, numero"
    for campagne, numero in db.execute(sql, [corps["attribution"]]).fetchall():
        _faire_avancer(db, entete, campagne, numero, motif=corps.get("motif"))
    # A void award leaves the request open again: the person is still entitled to it.
    sql = (
        "UPDATE demande SET etat = 'ouverte', modifie = ? WHERE demande_id = "
        "(SELECT demande_id FROM attribution WHERE attribution_id = ?)"
    )
    db.execute(sql, [entete.wall, corps["attribution"]])


# -- carnets ---------------------------------------------------------------------------------------------------


def _faire_avancer(
    db: Database, entete: Entete, campagne: int, numero: int, *, motif: str | None = None, remis_le: str | None = None
) -> None:
    """The act's transition in the table of states. Raises TransitionInterdite, ActeRefuse for an unknown carnet."""
    (etat,) = _une(db, "SELECT etat FROM carnet WHERE campagne = ? AND numero = ?", [campagne, numero])
    db.execute(
        "UPDATE carnet SET etat = ?, depuis = ?, motif = coalesce(?, motif), remis_le = coalesce(?, remis_le) "
        "WHERE campagne = ? AND numero = ?",
        [suivant(Etat(etat), entete.type).value, entete.wall, motif, remis_le, campagne, numero],
    )


def _carnet(db: Database, entete: Entete, corps: Corps | None) -> None:
    corps = _exiger(corps)
    remis_le = corps["le"] if entete.type == TypeOperation.CARNET_REMETTRE else None
    _faire_avancer(db, entete, corps["campagne"], corps["numero"], motif=corps.get("motif"), remis_le=remis_le)


# -- lots, cases, agents, epochs -------------------------------------------------------------------------------


def _lot_recevoir(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    corps = _exiger(corps)
    bornes = [corps["lot"], corps["campagne"], corps["dernier"], corps["premier"]]
    sql = "SELECT 1 FROM lot WHERE lot_id <> ? AND campagne = ? AND premier <= ? AND dernier >= ?"
    if corps["premier"] > corps["dernier"] or db.execute(sql, bornes).fetchone():
        raise ActeRefuse("the lot overlaps another")
    # Received again (lease renewed): same numbers, and those already used stay used.
    changees = _changer(
        db,
        "INSERT INTO lot (lot_id, campagne, pot, taille, premier, dernier, suivant, bail_jusqu_au, kid, rendu) "
        "VALUES (:lot, :campagne, :pot, :taille, :premier, :dernier, :premier, :bail_jusqu_au, :kid, 0) "
        "ON CONFLICT (lot_id) DO UPDATE SET bail_jusqu_au = excluded.bail_jusqu_au "
        "WHERE (campagne, pot, taille, premier, dernier) = "
        "(excluded.campagne, excluded.pot, excluded.taille, excluded.premier, excluded.dernier)",
        dict(corps),  # type: ignore[arg-type]
    )
    if changees != 1:
        raise ActeRefuse("the lot changed")


def _lot_rendre(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    _changer(db, "UPDATE lot SET rendu = 1 WHERE lot_id = ? AND rendu = 0", [_exiger(corps)["lot"]], 1)


def _litige_noter(db: Database, entete: Entete, corps: Corps | None) -> None:
    corps = _exiger(corps)
    db.execute(
        "INSERT INTO litige_note (op_id, litige_id, texte, traite, agent_id, wall) VALUES (?, ?, ?, ?, ?, ?)",
        [
            entete.op_id, corps["litige"], str(corps.get("texte") or ""), int(bool(corps.get("traite"))),
            entete.agent_id, entete.wall,
        ],
    )  # fmt: skip


def _agent_ajouter(db: Database, entete: Entete, corps: Corps | None) -> None:
    corps = _exiger(corps)
    db.execute(
        "INSERT INTO agent (agent_id, nom, role, actif, depuis) VALUES (?, ?, ?, 1, ?) "
        "ON CONFLICT (agent_id) DO UPDATE SET nom = excluded.nom, role = excluded.role, actif = 1",
        [entete.subject_id, corps["nom"], corps.get("role") or "mediateur", entete.wall],
    )


def _agent_retirer(db: Database, entete: Entete, corps: Corps | None) -> None:  # noqa: ARG001
    _changer(db, "UPDATE agent SET actif = 0 WHERE agent_id = ?", [entete.subject_id], 1)


def _poste_epoque(db: Database, entete: Entete, corps: Corps | None) -> None:
    """A new epoch starts a new chain; no table shows it: the log itself does."""


_T = TypeOperation
_TABLE: dict[str, Projection] = {
    _T.PERSONNE_ENREGISTRER: _personne,
    _T.PERSONNE_MODIFIER: _personne,
    _T.PERSONNE_FUSIONNER: _personne_fusionner,
    _T.PERSONNE_EFFACER: _personne_effacer,
    _T.DEMANDE_DEPOSER: _demande_deposer,
    _T.DEMANDE_COMPLETER: _demande_completer,
    _T.DEMANDE_ABANDONNER: _demande_abandonner,
    _T.JUSTIFICATIF_CONSTATER: _justificatif_constater,
    _T.ACCOMPAGNEMENT_NOTER: _accompagnement_noter,
    _T.ATTRIBUTION_ACCORDER: _attribution_accorder,
    _T.ATTRIBUTION_REFUSER: _attribution_refuser,
    _T.ATTRIBUTION_ANNULER: _attribution_annuler,
    _T.CARNET_IMPRESSION_LANCEE: _carnet,
    _T.CARNET_IMPRESSION_FAITE: _carnet,
    _T.CARNET_IMPRESSION_RATEE: _carnet,
    _T.CARNET_GACHER: _carnet,
    _T.CARNET_REMETTRE: _carnet,
    _T.CARNET_DECLARER_PERDU: _carnet,
    _T.CARNET_DECLARER_VOLE: _carnet,
    _T.CARNET_RETOURNER: _carnet,
    _T.LOT_RECEVOIR: _lot_recevoir,
    _T.LOT_RENDRE: _lot_rendre,
    _T.LITIGE_NOTER: _litige_noter,
    _T.AGENT_AJOUTER: _agent_ajouter,
    _T.AGENT_RETIRER: _agent_retirer,
    _T.POSTE_EPOQUE: _poste_epoque,
}
