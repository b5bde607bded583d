"""The desks that the Region knows: devices, keys, counters."""

from __future__ import annotations

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
    """All devices, in the order of their enrolment: a later epoch gives a desk another key number."""
    ordre = "coalesce((SELECT min(a.kid) FROM cle_ancienne a WHERE a.device = poste.device), poste.kid)"
    return tuple(_poste(r) for r in tx.toutes(f"SELECT {_COLONNES} FROM poste ORDER BY {ordre}"))  # noqa: S608


def designer_poste(tx: Transaction, identifiant: str) -> Poste:
    """The active device named by its id, or by its desk's name (the newest device of that desk).

    Raises SaisieRefusee(poste_inconnu).
    """
    for poste in reversed(lister_postes(tx)):
        if poste.etat == "actif" and identifiant.casefold() in (poste.device.casefold(), poste.nom.casefold()):
            return poste
    raise SaisieRefusee("poste_inconnu", poste=identifiant)
