"""One carnet as the Region knows it, said to a person before they void it or take a void back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.litiges import nom_du_poste
from passdesk.server.nullite import bits
from passdesk.server.region import Region


@dataclass(frozen=True, slots=True)
class CarnetRegion:
    """A carnet of some lot. `etat`: of its award by the desk of that lot, "" before any that the Region heard of; `le`:
    the day of that award; `nul`: the reasons for which it is void, a case not among them; `litige`: a case blocks some
    of its pass."""

    campagne: int
    carnet: int
    device: str
    poste: str
    taille: int
    etat: str
    le: date | None
    remis: bool
    nul: tuple[str, ...]
    litige: bool


def voir_carnet(region: Region, campagne: int, carnet: int) -> CarnetRegion:
    """A carnet, as far as the Region knows. Raises SaisieRefusee(carnet_jamais_donne)."""
    with region.magasin.lire() as tx:
        lot = tx.une(
            "SELECT device, taille FROM lot WHERE campagne = ? AND ? BETWEEN premier AND dernier", campagne, carnet
        )
        if lot is None:
            raise SaisieRefusee("carnet_jamais_donne", campagne=campagne, carnet=carnet)
        device, taille = str(lot[0]), int(lot[1])
        attribution = tx.une(
            "SELECT etat, le, remis FROM attribution WHERE campagne = ? AND carnet = ? AND device = ? "
            "ORDER BY CASE etat WHEN 'en_vigueur' THEN 0 ELSE 1 END, srv_seq DESC LIMIT 1",
            campagne,
            carnet,
            device,
        )
        etat, le, remis = attribution or ("", None, 0)
        raisons = tx.toutes(
            "SELECT raison, rangs FROM nul WHERE campagne = ? AND carnet = ? ORDER BY raison", campagne, carnet
        )
        # Of a carnet of 5 whose desk was stolen, ranks that it does not have are void too.
        nuls = [str(raison) for raison, champ in raisons if champ & bits(range(1, taille + 1))]
        return CarnetRegion(
            campagne,
            carnet,
            device,
            nom_du_poste(tx, device),
            taille,
            str(etat),
            date.fromisoformat(le) if le else None,
            bool(remis),
            tuple(raison for raison in nuls if raison != "litige"),
            "litige" in nuls,
        )
