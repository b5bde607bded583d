"""A person stops the lots of a desk, calls them back, or lets them go on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.campagnes import designer_campagne
from passdesk.server.limbes import mettre_en_limbes
from passdesk.server.lots import LotRegion, arreter_lot, lots_de, relancer_lot
from passdesk.server.magasin import Transaction
from passdesk.server.postes import designer_poste, lister_postes
from passdesk.server.recharge import bail_neuf
from passdesk.server.region import Region


@dataclass(frozen=True, slots=True)
class LotDuPoste:
    """A lot and the name of its desk."""

    poste: str
    lot: LotRegion


def montrer_lots(region: Region, poste: str | None = None) -> tuple[LotDuPoste, ...]:
    """The lots of a desk, or of all desks, revoked ones too. Raises SaisieRefusee(poste_inconnu, poste_ambigu)."""
    with region.magasin.lire() as tx:
        postes = lister_postes(tx) if poste is None else (designer_poste(tx, poste),)
        return tuple(LotDuPoste(p.nom, lot) for p in postes for lot in lots_de(tx, p.device))


def rappeler(
    region: Region, poste: str, *, lot: str | None = None, pot: str | None = None, etat: str = "rappele"
) -> tuple[LotRegion, ...]:
    """Calls back the lots of a desk, or freezes them (`etat` "gele"): all with numbers left, one of them, or a pot's.

    What is called back gives its value when the desk's next exchange says that it stopped; what is frozen keeps it.
    Raises SaisieRefusee: poste_inconnu, poste_ambigu, lot_inconnu (nothing to stop).
    """

    def arreter(tx: Transaction, lu: LotRegion) -> None:
        arreter_lot(tx, lu, etat, region.maintenant())

    # Frozen, then called back: told again, so that the desk answers to this very call.
    return _chaque(region, poste, lot, pot, {"actif", "gele"} - {etat}, arreter)


def relancer(region: Region, poste: str, *, lot: str | None = None, pot: str | None = None) -> tuple[LotRegion, ...]:
    """Lets a desk award again from lots that were stopped, and not closed yet; or gives the others a whole new lease.

    Raises SaisieRefusee: poste_inconnu, poste_ambigu, lot_inconnu.
    """

    def lever(tx: Transaction, lu: LotRegion) -> None:
        campagne = designer_campagne(tx, region.cles.racine, lu.campagne)
        relancer_lot(tx, lu, bail_neuf(tx, campagne, region.horloge.aujourdhui()), region.maintenant())

    return _chaque(region, poste, lot, pot, {"actif", "gele", "rappele"}, lever)


def abandonner(region: Region, poste: str, *, lot: str | None = None) -> int:
    """Gives up the numbers that a desk put back to a copy left: void everywhere, their value back after the quarantine.

    How many there are; the next bundle says so. Raises SaisieRefusee: poste_inconnu, poste_ambigu, lot_inconnu.
    """
    with region.magasin.ecrire() as tx:
        trouve = designer_poste(tx, poste)
        laisses = [lu for lu in lots_de(tx, trouve.device) if lu.etat == "laisse" and lot in (None, lu.lot)]
        if not laisses:
            raise SaisieRefusee("lot_inconnu", poste=trouve.nom)
        return sum(mettre_en_limbes(tx, lu, "annule", region.maintenant()) for lu in laisses)


def _chaque(
    region: Region,
    poste: str,
    lot: str | None,
    pot: str | None,
    etats: Collection[str],
    agir: Callable[[Transaction, LotRegion], None],
) -> tuple[LotRegion, ...]:
    with region.magasin.ecrire() as tx:
        trouve = designer_poste(tx, poste)
        choisis = tuple(
            lu
            for lu in lots_de(tx, trouve.device, vivants=True)
            if lu.etat in etats and lu.restants and lot in (None, lu.lot) and pot in (None, lu.pot)
        )
        if not choisis:
            raise SaisieRefusee("lot_inconnu", poste=trouve.nom)
        for lu in choisis:
            agir(tx, lu)
        return choisis
