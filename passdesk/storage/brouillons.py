"""Visits as typed so far: not operations, kept in a table of their own (protocol §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from passdesk.domain.derogation import DerogationAccordee
from passdesk.domain.homonyme import Homonyme
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.protocol import canonique
from passdesk.storage.engine import Base
from passdesk.storage.lecture import Ligne, instant, jour, ligne, lignes, maintenant_ms


@dataclass(frozen=True, slots=True)
class BrouillonGarde:
    """A draft, and when it was begun and last touched."""

    brouillon: Brouillon
    cree: datetime
    modifie: datetime


def _plat(valeur: Any) -> Any:
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, (PieceSaisie, Homonyme, DerogationAccordee)):
        return {champ.name: _plat(getattr(valeur, champ.name)) for champ in fields(valeur)}
    if isinstance(valeur, str):
        # Half of a surrogate pair can come from a keyboard and has no UTF-8 writing.
        return valeur.encode("utf-8", "replace").decode()
    return [_plat(element) for element in valeur] if isinstance(valeur, tuple) else valeur


def encoder(brouillon: Brouillon) -> bytes:
    """The bytes of a draft, as kept."""
    return canonique.encode({champ.name: _plat(getattr(brouillon, champ.name)) for champ in fields(brouillon)})


def decoder(octets: bytes) -> Brouillon:
    """Reads by field: what an older program did not write takes its default, what a newer one adds is left out."""
    lu = canonique.decode(octets)
    champs = {champ.name: lu[champ.name] for champ in fields(Brouillon) if champ.name in lu}
    champs["pieces"] = tuple(_piece(piece) for piece in champs.get("pieces", ()))
    for liste in ("autre_personne", "besoins"):
        champs[liste] = tuple(champs.get(liste, ()))
    dit = champs.get("homonyme")
    champs["homonyme"] = Homonyme(**{c.name: dit[c.name] for c in fields(Homonyme)}) if dit else None
    accordee = champs.get("derogation")
    champs["derogation"] = _derogation(accordee) if accordee else None
    return Brouillon(**champs)


def _derogation(lue: Mapping[str, Any]) -> DerogationAccordee:
    champs = {champ.name: lue[champ.name] for champ in fields(DerogationAccordee) if champ.name in lue}
    listes = {liste: tuple(champs.get(liste, ())) for liste in ("leves", "sur")}
    return DerogationAccordee(**champs | listes)


def _piece(lue: Mapping[str, Any]) -> PieceSaisie:
    champs = {champ.name: lue[champ.name] for champ in fields(PieceSaisie) if champ.name in lue}
    return PieceSaisie(**champs | {"vu_le": jour(champs.get("vu_le"))})


def _garde(champs: Ligne) -> BrouillonGarde:
    return BrouillonGarde(decoder(champs["octets"]), instant(champs["cree"]), instant(champs["modifie"]))


def enregistrer(base: Base, brouillon: Brouillon) -> None:
    """Keeps the draft as it is now, in place of what was kept under its id."""
    octets = encoder(brouillon)
    maintenant = maintenant_ms(base)
    with base.ecriture() as db:
        db.execute(
            "INSERT INTO brouillon (brouillon_id, octets, cree, modifie) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (brouillon_id) DO UPDATE SET octets = excluded.octets, modifie = excluded.modifie",
            [brouillon.brouillon_id, octets, maintenant, maintenant],
        )


def get(base: Base, brouillon_id: str) -> Brouillon | None:
    """The draft with this id, or None."""
    trouve = ligne(base, "SELECT octets FROM brouillon WHERE brouillon_id = ?", [brouillon_id])
    return decoder(trouve["octets"]) if trouve else None


def modifie_le(base: Base, brouillon_id: str) -> datetime | None:
    """When the draft with this id was last touched, or None."""
    trouve = ligne(base, "SELECT modifie FROM brouillon WHERE brouillon_id = ?", [brouillon_id])
    return instant(trouve["modifie"]) if trouve else None


def lister(base: Base) -> tuple[BrouillonGarde, ...]:
    """All drafts, last touched first."""
    sql = "SELECT * FROM brouillon ORDER BY modifie DESC, brouillon_id DESC"
    return tuple(_garde(champs) for champs in lignes(base, sql))


def supprimer(base: Base, brouillon_id: str) -> None:
    """Drops a draft; nothing happens when there is none."""
    with base.ecriture() as db:
        db.execute("DELETE FROM brouillon WHERE brouillon_id = ?", [brouillon_id])
