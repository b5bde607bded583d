"""What an erasure would drop, counted before it is done; and whether the file still has to be rewritten after one."""

from __future__ import annotations

import json

from passdesk.domain.effacement import ContenuEffacable
from passdesk.storage import attributions, personnes, poste
from passdesk.storage.effacement import MENAGE, brouillons_de
from passdesk.storage.engine import Base
from passdesk.storage.lecture import lignes, nombre
from passdesk.storage.projections import personnes_fusionnees


def contenu(base: Base, personne_id: str) -> ContenuEffacable:
    """Counts what `effacer` and its projection would drop. Changes nothing."""
    with base.lecture() as db:
        concernees = personnes_fusionnees(db, personne_id)
        brouillons = brouillons_de(db, concernees)
    marques = ", ".join("?" for _ in concernees)
    siennes = f"SELECT demande_id FROM demande WHERE personne_id IN ({marques})"  # noqa: S608
    scans = f"SELECT count(*) FROM numerisation WHERE demande_id IN ({siennes})"  # noqa: S608
    saisies = f"SELECT count(*) FROM fiche_en_saisie WHERE personne_id IN ({marques})"  # noqa: S608
    en_brouillon = ", ".join("?" for _ in brouillons)
    autres = f"SELECT count(*) FROM numerisation WHERE demande_id IN ({en_brouillon})"  # noqa: S608
    deja = nombre(base, f"{autres} AND demande_id IN ({siennes})", [*brouillons, *concernees])
    temps = f"SELECT count(*) FROM accompagnement WHERE personne_id IN ({marques})"  # noqa: S608
    cas = litiges_de(base, personne_id)
    dits = ", ".join("?" for _ in cas)
    return ContenuEffacable(
        fiches=len(concernees),
        demandes=nombre(base, f"SELECT count(*) FROM ({siennes})", concernees),  # noqa: S608
        justificatifs=nombre(base, f"SELECT count(*) FROM justificatif WHERE demande_id IN ({siennes})", concernees),  # noqa: S608
        pages=nombre(base, scans, concernees) + nombre(base, autres, brouillons) - deja,
        accompagnements=nombre(base, temps, concernees),
        saisies=len(brouillons) + nombre(base, saisies, concernees),
        notes=nombre(base, f"SELECT count(*) FROM litige_note WHERE litige_id IN ({dits}) AND texte <> ''", cas),  # noqa: S608
    )


def concernees(base: Base, personne_id: str) -> list[str]:
    """This person and everyone merged into it: they are erased together."""
    with base.lecture() as db:
        return personnes_fusionnees(db, personne_id)


def cle_gardee(base: Base, personne_id: str) -> bytes | None:
    """The key that stays with the total (protocol §8): none when no pass was ever awarded here."""
    fiches = personnes.fiches_de(base, personne_id)
    if not attributions.pass_emis(base, fiches):
        return None
    cles = (personnes.cle_de(base, fiche) for fiche in (personne_id, *sorted(fiches)))
    return next((cle for cle in cles if cle), None)


def litiges_de(base: Base, personne_id: str) -> list[str]:
    """The cases about this person, or about a carnet awarded to them here, oldest first."""
    with base.lecture() as db:
        concernees = personnes_fusionnees(db, personne_id)
    marques = ", ".join("?" for _ in concernees)
    sql = f"SELECT campagne, numero FROM carnet WHERE personne_id IN ({marques})"  # noqa: S608
    leurs = {(champs["campagne"], champs["numero"]) for champs in lignes(base, sql, concernees)}
    return [
        cas["litige_id"]
        for cas in lignes(base, "SELECT litige_id, sujet, campagne, carnets FROM litige ORDER BY recu, litige_id")
        if cas["sujet"] in concernees or leurs & {(cas["campagne"], numero) for numero in json.loads(cas["carnets"])}
    ]


def menage_a_faire(base: Base) -> bool:
    """True while free pages may still hold what was erased."""
    return bool(poste.lire_texte(base, MENAGE))


def menage_fait(base: Base) -> None:
    """The file was rewritten since the last erasure."""
    poste.ecrire_texte(base, MENAGE, None)
