"""First shape of the base: the log, its projections, and what is not in the log (drafts, sync, regional facts)."""

from __future__ import annotations

from typing import Any

from passdesk.storage.pilote import Database

_T, _I, _B = str, int, bytes


def _table(
    db: Database,
    nom: str,
    colonnes: dict[str, Any],
    pk: Any,
    *,
    libres: tuple[str, ...] = (),
    liens: list[tuple[str, str, str]] | None = None,
) -> None:
    """A STRICT table; every column is NOT NULL but those in `libres`."""
    obligatoires = {colonne for colonne in colonnes if colonne not in libres}
    db.table(nom).create(colonnes, pk=pk, not_null=obligatoires, foreign_keys=liens or [], strict=True)


def appliquer(db: Database) -> None:
    """Creates every table, index and trigger."""
    _journal(db)
    _projections(db)
    _hors_journal(db)


def _journal(db: Database) -> None:
    _table(
        db,
        "operation",
        {
            "epoch": _I, "seq": _I, "op_id": _T, "type": _T, "v": _I, "agent_id": _T, "subject_id": _T, "wall": _I,
            "commitment": _B, "prev_hash": _B, "hash": _B,
        },
        ("epoch", "seq"),
    )  # fmt: skip
    db.table("operation").create_index(["op_id"], unique=True)
    db.table("operation").create_index(["subject_id"])
    _table(db, "corps", {"op_id": _T, "sel": _B, "octets": _B}, "op_id", liens=[("op_id", "operation", "op_id")])
    for table, acte in (("operation", "UPDATE"), ("operation", "DELETE"), ("corps", "UPDATE")):
        db.execute(
            f"CREATE TRIGGER {table}_fige_{acte.lower()} BEFORE {acte} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END"
        )


def _projections(db: Database) -> None:
    # An explicit integer key: VACUUM renumbers the hidden one, and the full-text index hangs on it.
    _table(
        db,
        "personne",
        {
            "rang": _I, "personne_id": _T, "nom_naissance": _T, "prenoms": _T, "nom_usage": _T, "naissance": _T,
            "commune": _T, "telephone": _T, "chiffres": _T, "recherche": _T, "cle": _B, "efface": _I,
            "fusionnee_dans": _T, "cree": _I, "modifie": _I,
        },
        "rang",
        libres=("rang", "naissance", "commune", "cle", "fusionnee_dans"),
    )  # fmt: skip
    personne = db.table("personne")
    personne.create_index(["personne_id"], unique=True)
    personne.create_index(["naissance"])
    personne.create_index(["cle"])
    personne.enable_fts(["recherche"], tokenize="unicode61 remove_diacritics 2", create_triggers=True)
    db.execute("INSERT INTO personne_fts(personne_fts, rank) VALUES('secure-delete', 1)")
    vers_personne = [("personne_id", "personne", "personne_id")]
    _table(
        db,
        "demande",
        {
            "demande_id": _T, "personne_id": _T, "public": _T, "prescripteur": _T, "arrivee_le": _T,
            "complementaire": _I, "commune": _T, "naissance": _T, "etablissement": _T, "foyer": _T, "etat": _T,
            "motifs": _T, "reglement": _T, "cree": _I, "modifie": _I,
        },
        "demande_id",
        libres=("public", "prescripteur", "arrivee_le", "commune", "naissance", "etablissement", "foyer", "reglement"),
        liens=vers_personne,
    )  # fmt: skip
    db.table("demande").create_index(["personne_id"])
    _table(
        db,
        "justificatif",
        {"demande_id": _T, "type": _T, "date": _T, "vu_le": _T},
        ("demande_id", "type"),
        libres=("date", "vu_le"),
        liens=[("demande_id", "demande", "demande_id")],
    )
    _table(
        db,
        "attribution",
        {
            "attribution_id": _T, "demande_id": _T, "personne_id": _T, "pass": _I, "reste": _I, "motifs": _T,
            "reglement": _T, "empreinte": _B, "le": _T, "etat": _T, "wall": _I,
        },
        "attribution_id",
        liens=vers_personne,
    )  # fmt: skip
    db.table("attribution").create_index(["personne_id"])
    _table(
        db,
        "carnet",
        {
            "campagne": _I, "numero": _I, "taille": _I, "dernier_jour": _T, "kid": _I, "pot": _T, "etat": _T,
            "personne_id": _T, "attribution_id": _T, "remis_le": _T, "motif": _T, "depuis": _I,
        },
        ("campagne", "numero"),
        libres=("remis_le", "motif"),
        liens=[*vers_personne, ("attribution_id", "attribution", "attribution_id")],
    )  # fmt: skip
    for colonne in ("etat", "personne_id", "attribution_id"):
        db.table("carnet").create_index([colonne])
    _table(
        db,
        "lot",
        {
            "lot_id": _T, "campagne": _I, "pot": _T, "taille": _I, "premier": _I, "dernier": _I, "suivant": _I,
            "bail_jusqu_au": _T, "kid": _I, "rendu": _I,
        },
        "lot_id",
    )  # fmt: skip
    _table(
        db,
        "litige_note",
        {"op_id": _T, "litige_id": _T, "texte": _T, "traite": _I, "agent_id": _T, "wall": _I},
        "op_id",
    )
    _table(db, "agent", {"agent_id": _T, "nom": _T, "role": _T, "actif": _I, "depuis": _I}, "agent_id")


def _hors_journal(db: Database) -> None:
    _table(
        db,
        "index_regional",
        {"srv_seq": _I, "cle": _B, "pass": _I, "le": _T, "poste": _T},
        "srv_seq",
    )
    db.table("index_regional").create_index(["cle"])
    _table(
        db,
        "carnet_bloque",
        {"campagne": _I, "numero": _I, "rangs": _T, "raison": _T, "srv_seq": _I},
        ("campagne", "numero", "raison"),
    )
    _table(
        db,
        "litige",
        {
            "litige_id": _T, "sujet": _T, "campagne": _I, "carnets": _T, "excedent": _I, "postes": _T, "srv_seq": _I,
            "recu": _I,
        },
        "litige_id",
        libres=("sujet",),
    )  # fmt: skip
    _table(
        db,
        "campagne",
        {
            "numero": _I, "libelle": _T, "valeur_cents": _I, "dernier_jour": _T, "tolerance_mois": _I,
            "arret_remise_jours": _I, "alerte_jours": _I, "octets": _B,
        },
        "numero",
        libres=("octets",),
    )  # fmt: skip
    _table(db, "brouillon", {"brouillon_id": _T, "octets": _B, "cree": _I, "modifie": _I}, "brouillon_id")
    _table(
        db,
        "envoi",
        {
            "id": _I, "server_epoch": _I, "cursor": _I, "acked_epoch": _I, "acked_seq": _I, "counter": _I,
            "contact": _I,
        },
        "id",
        libres=("contact",),
    )  # fmt: skip
    db.table("envoi").insert({"id": 1, "server_epoch": 0, "cursor": 0, "acked_epoch": 1, "acked_seq": 0, "counter": 0})
    _table(
        db,
        "issue",
        {"epoch": _I, "seq": _I, "resultat": _T, "litige_id": _T, "raison": _T},
        ("epoch", "seq"),
        libres=("litige_id", "raison"),
    )
    _table(db, "evenement_inconnu", {"srv_seq": _I, "type": _T, "octets": _B}, "srv_seq")
    _table(db, "poste", {"nom": _T, "texte": _T, "octets": _B}, "nom", libres=("texte", "octets"))
