"""The desks that the Region knows: devices, keys, counters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.certificat import LienPoste
from passdesk.server.magasin import Transaction


@dataclass(frozen=True, slots=True)
class Poste:
    """A device. `kid`, `lien`: the pass key of its present epoch; `compteur`: highest request counter seen;
    `fourche`: last epoch whose log was found with two branches; `vu_le`: last request, ms UTC, 0 for never; `octets`:
    what came from it on day `octets_jour` (since 1970, UTC)."""

    device: str
    nom: str
    kid: int
    cle_requete: bytes
    lien: LienPoste = field(repr=False)
    etat: str
    compteur: int
    cursor: int
    fourche: int
    vu_le: int
    octets: int
    octets_jour: int


_COLONNES = (
    "device, nom, kid, cle_requete, premier_jour, dernier_jour, cle_pass, lien, "
    "etat, compteur, cursor, fourche, vu_le, octets, octets_jour"
)


def _poste(rangee: tuple[object, ...]) -> Poste:
    device, nom, kid, cle_requete, premier, dernier, cle_pass, lien, *suite = rangee
    assert isinstance(kid, int) and isinstance(cle_requete, bytes) and isinstance(cle_pass, bytes)
    assert isinstance(lien, bytes)
    lien_poste = LienPoste(kid, date.fromisoformat(str(premier)), date.fromisoformat(str(dernier)), cle_pass, lien)
    etat, *autres = suite
    entiers = [valeur for valeur in autres if isinstance(valeur, int)]
    return Poste(str(device), str(nom), kid, cle_requete, lien_poste, str(etat), *entiers)


def trouver_poste(tx: Transaction, device: str) -> Poste | None:
    """The device of this id, or None."""
    rangee = tx.une(f"SELECT {_COLONNES} FROM poste WHERE device = ?", device)  # noqa: S608
    return _poste(rangee) if rangee else None


def lister_postes(tx: Transaction) -> tuple[Poste, ...]:
    """All devices, in the order of their enrolment, by the least number that a key of theirs ever had."""
    ordre = (
        "(SELECT min(k.kid) FROM (SELECT poste.kid AS kid UNION ALL "
        "SELECT a.kid FROM cle_ancienne a WHERE a.device = poste.device) k)"
    )
    return tuple(_poste(r) for r in tx.toutes(f"SELECT {_COLONNES} FROM poste ORDER BY {ordre}"))  # noqa: S608


def designer_poste(tx: Transaction, identifiant: str) -> Poste:
    """The active device named by its id, or by its desk's name when it is the only active one of that name.

    Raises SaisieRefusee(poste_inconnu, poste_ambigu): a laptop that was stolen and the one in its place often have the
    same name, and only a person knows which is meant.
    """
    voulu = identifiant.strip().casefold()
    actifs = [poste for poste in lister_postes(tx) if poste.etat == "actif"]
    trouves = [poste for poste in actifs if poste.device.casefold() == voulu] or du_nom(actifs, identifiant)
    if not trouves:
        raise SaisieRefusee("poste_inconnu", poste=identifiant)
    if len(trouves) > 1:
        appareils = ", ".join(poste.device for poste in trouves)
        raise SaisieRefusee("poste_ambigu", poste=trouves[-1].nom, appareils=appareils)
    return trouves[0]


def du_nom(postes: Iterable[Poste], nom: str) -> list[Poste]:
    """The active ones among these desks that have this name."""
    return [poste for poste in postes if poste.etat == "actif" and porte(poste, nom)]


def porte(poste: Poste, nom: str) -> bool:
    """True when this is the desk's name, whatever its capitals and spaces."""
    return poste.nom.casefold() == " ".join(nom.split()).casefold()


def enrole_le(tx: Transaction, poste: Poste) -> date:
    """The day it was accepted: the first of its first key."""
    rangee = tx.une("SELECT min(premier_jour) FROM cle_ancienne WHERE device = ?", poste.device)
    ancien = date.fromisoformat(str(rangee[0])) if rangee and rangee[0] else poste.lien.premier_jour
    return min(ancien, poste.lien.premier_jour)
