"""What a list of persons says beside each name, for all its lines in a few queries."""

from __future__ import annotations

from collections.abc import Collection

from passdesk.domain.carnet import Etat
from passdesk.protocol.index_renouvele import cle_renouvelee
from passdesk.storage import index_regional
from passdesk.storage.attributions import COMPTES
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes


def avec_carnet(base: Base, personnes_id: Collection[str], etats: Collection[Etat]) -> frozenset[str]:
    """Those of these persons who have a carnet in one of these states."""
    sql = (
        f"SELECT DISTINCT personne_id FROM carnet WHERE personne_id IN ({_marques(personnes_id)}) "  # noqa: S608
        f"AND etat IN ({_marques(etats)})"
    )
    return frozenset(c["personne_id"] for c in lignes(base, sql, [*personnes_id, *(etat.value for etat in etats)]))


def pass_sans_detour(base: Base, personnes_id: Collection[str], appareil: str | None) -> dict[str, int]:
    """Pass received, for those of these persons whose awards of this desk tell everything.

    The others are left out: merged, sharing a blind key, ever recorded under another identity, recorded before the desk
    was linked and so without a key, or known to the index by more than this desk (`appareil`, its device) has in its
    log.
    """
    suite = index_regional.suite(base)
    cles = [
        (c["cle"], cle_renouvelee(c["cle"], suite))
        for c in lignes(
            base,
            f"SELECT DISTINCT cle FROM personne WHERE personne_id IN ({_marques(personnes_id)}) AND cle IS NOT NULL",  # noqa: S608
            [*personnes_id],
        )
    ]
    # The key that the index goes by is not the one that the file bears, once it was renewed.
    dites = ", ".join("(?, ?)" for _ in cles) or "(NULL, NULL)"
    sql = (
        f"WITH dite (cle, region) AS (VALUES {dites}) "  # noqa: S608
        f"SELECT p.personne_id, coalesce((SELECT sum({COMPTES}) FROM attribution a "
        "WHERE a.personne_id = p.personne_id AND a.etat = 'en_vigueur'), 0) AS recus FROM personne p "
        "LEFT JOIN dite d ON d.cle = p.cle "
        f"WHERE p.personne_id IN ({_marques(personnes_id)}) AND p.fusionnee_dans IS NULL "
        "AND (p.cle IS NOT NULL OR p.naissance IS NULL OR ? IS NULL) "
        "AND NOT EXISTS (SELECT 1 FROM personne m WHERE m.fusionnee_dans = p.personne_id) "
        "AND NOT EXISTS (SELECT 1 FROM personne m WHERE m.cle = p.cle AND m.personne_id <> p.personne_id) "
        "AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.subject_id = p.personne_id "
        "AND o.type = 'personne.modifier') "
        "AND NOT EXISTS (SELECT 1 FROM index_regional i WHERE i.cle = d.region AND i.poste IS NOT ?) "
        "AND coalesce((SELECT sum(i.pass) FROM index_regional i WHERE i.cle = d.region AND i.pass > 0), 0) "
        "<= coalesce((SELECT sum(a.pass) FROM attribution a WHERE a.personne_id = p.personne_id), 0)"
    )
    return {
        c["personne_id"]: c["recus"]
        for c in lignes(base, sql, [*(valeur for paire in cles for valeur in paire), *personnes_id, appareil, appareil])
    }


def _marques(valeurs: Collection[object]) -> str:
    return ", ".join("?" for _ in valeurs)
