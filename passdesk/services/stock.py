"""What this desk can award today, pot by pot: the general one, and the reserve of a public that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from passdesk.domain.campagne import TAILLES
from passdesk.domain.reglement import choisir
from passdesk.services.lien import retire
from passdesk.services.poste import POT, Poste, campagne_courante, campagnes_ouvertes, stock_total
from passdesk.services.reglements import reglements
from passdesk.storage import cle_pass, lots


@dataclass(frozen=True, slots=True)
class StockPot:
    """One pot. `carnets`: (size, how many can be awarded today), largest first; a reserve names the sizes it ever had.

    `en_attente`: carnets that wait for the Region, their lease is over. `arretee`: hand-over has stopped for good.
    `derniere_remise`: the last day to hand over, once it is near. `cle_attendue`: none until the Region has certified
    the desk's new key.
    """

    pot: str
    carnets: tuple[tuple[int, int], ...]
    en_attente: int = 0
    arretee: bool = False
    cle_attendue: bool = False
    derniere_remise: date | None = None


def derniere_remise(poste: Poste, pot: str = POT, carnets: Sequence[int] = ()) -> date | None:
    """The last day to hand over what is awarded today, once it is near; None before, and without a campaign."""
    campagne = campagne_courante(poste, pot, carnets)
    proche = campagne is not None and campagne.etape(poste.horloge.aujourdhui()) == "bientot"
    return campagne.arret_remise if campagne is not None and proche else None


def stocks(poste: Poste) -> tuple[StockPot, ...]:
    """The general pot, then each reserve whose public is open today and served at desks."""
    regle = choisir(reglements(poste), poste.horloge.aujourdhui())
    servis = (p.nom for p in regle.publics if p.ouvert.valeur and regle.tenu_au_guichet(p.nom))
    pots = dict.fromkeys((POT, *(regle.pot(nom) for nom in servis)))
    return tuple(_stock(poste, pot) for pot in pots)


def _stock(poste: Poste, pot: str) -> StockPot:
    aujourdhui, ouvertes = poste.horloge.aujourdhui(), campagnes_ouvertes(poste)
    eues = {lu.lot.taille for lu in lots.lister(poste.base) if lu.lot.pot == pot and not lu.rendu}
    tailles = [taille for taille in sorted(TAILLES, reverse=True) if pot == POT or taille in eues]
    servies = [campagne.numero for campagne in ouvertes if aujourdhui <= campagne.arret_remise]
    # Of a desk that the Region revoked, all are void.
    restants = stock_total(poste, pot) if not retire(poste.base) else dict.fromkeys(TAILLES, 0)
    tous = sum(sum(lots.restants(poste.base, numero, pot).values()) for numero in servies)
    return StockPot(
        pot,
        tuple((taille, restants[taille]) for taille in tailles),
        en_attente=tous - sum(restants.values()) if not retire(poste.base) else 0,
        arretee=bool(ouvertes) and not servies,
        cle_attendue=cle_pass.en_attente(poste.base),
        derniere_remise=derniere_remise(poste, pot),
    )
