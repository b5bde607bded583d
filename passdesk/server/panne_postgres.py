"""What PostgreSQL complains of, as the troubles that have a sentence; its own words are never passed on."""

from __future__ import annotations

import re
from typing import Any

import psycopg

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee

# SQLSTATE, or its first two characters (PostgreSQL's manual, appendix A).
_OCCUPEE = {"40", "55", "57014", "25P03"}
_DISQUE = {"53100", "58", "25006"}
_ACCES = {"28", "42501"}
_ILLISIBLE = {"XX001", "XX002", "42P01", "42703"}
_INJOIGNABLE = {"08", "53", "57"}

# A connection that fails has no SQLSTATE, only words, in the database's language.
_REFUSE = re.compile(
    r"does not exist|n['’]existe pas|pg_hba\.conf|password authentication|authentification|permission denied for data",
)


def traduire(trouble: psycopg.Error) -> Exception:
    """The trouble with a name; an unforeseen one comes back as it is."""
    etat = trouble.sqlstate
    if etat is None:
        if not isinstance(trouble, psycopg.OperationalError):
            return trouble
        return BaseFermee("region_acces_refuse") if _est_un_refus(trouble) else PanneAttendue("region_injoignable")
    cles = {etat, etat[:2]}
    if cles & _DISQUE:
        return PanneAttendue("region_disque")
    if cles & _OCCUPEE:
        return PanneAttendue("region_occupee")
    if cles & _INJOIGNABLE:
        return PanneAttendue("region_injoignable")
    if cles & _ACCES:
        return BaseFermee("region_acces_refuse")
    if cles & _ILLISIBLE:
        return BaseFermee("region_illisible")
    if etat == "42P07":
        # Another program's table stands where one of ours would go.
        return SaisieRefusee("region_deja_initialisee")
    return trouble


def est_coupee(trouble: psycopg.Error, connexion: psycopg.Connection[Any]) -> bool:
    """True when the connection is what failed, and not what was asked."""
    return connexion.closed or (trouble.sqlstate or "").startswith(("57P", "08"))


def _est_un_refus(trouble: psycopg.OperationalError) -> bool:
    """PostgreSQL is there and says no: account, password or name of the database."""
    pgconn = trouble.pgconn
    sans_mot_de_passe = pgconn is not None and pgconn.needs_password
    return sans_mot_de_passe or ("FATAL" in str(trouble) and _REFUSE.search(str(trouble)) is not None)
