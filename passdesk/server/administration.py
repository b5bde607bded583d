"""What the Region's people do from the command line: grants, and the figures they look at."""

from __future__ import annotations

from dataclasses import dataclass

from passdesk.domain.campagne import Campagne, Lot
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.campagnes import campagnes, designer_campagne
from passdesk.server.cles_poste import poste_a_jour
from passdesk.server.escrow import EtatPot, doter, etat_pots
from passdesk.server.litiges import Litige, cles_du_litige, clore_litige, lister_litiges
from passdesk.server.postes import designer_poste
from passdesk.server.publication import annoncer
from passdesk.server.recharge import bail_neuf
from passdesk.server.region import Region
from passdesk.server.restauration import suite_attendue
from passdesk.server.settlement import regler_plafond


@dataclass(frozen=True, slots=True)
class Bilan:
    """The campaigns, by number, and the pots of each."""

    campagnes: tuple[Campagne, ...]
    pots: tuple[EtatPot, ...]


@dataclass(frozen=True, slots=True)
class Cloture:
    """A case closed without a decision. `publiee`: a bundle says that its pass are good again."""

    litige: str
    publiee: bool


def doter_poste(
    region: Region, poste: str, *, taille: int, carnets: int, pot: str = "general", campagne: int | None = None
) -> Lot:
    """Grants a lot to a desk, named by its name or its device id.

    Raises SaisieRefusee: poste_inconnu, poste_ambigu, campagne_inconnue, campagne_pas_ouverte, dotation_refusee,
    stock_insuffisant, numeros_epuises, dotations_suspendues, publication_expiree (the key of the desk's new epoch
    cannot be certified: it would leave this lot).
    """
    with region.magasin.ecrire() as tx:
        designe = designer_poste(tx, poste)
        trouve = poste_a_jour(region, tx, designe)
        if trouve is None and suite_attendue(tx, designe.device):
            raise SaisieRefusee("dotations_suspendues", postes=1)
        if trouve is None:
            raise SaisieRefusee("publication_expiree")
        choisie = designer_campagne(tx, region.cles.racine, campagne)
        return doter(
            tx,
            device=trouve.device,
            kid=trouve.kid,
            campagne=choisie,
            pot=pot,
            taille=taille,
            carnets=carnets,
            maintenant=region.maintenant(),
            bail=bail_neuf(tx, choisie, region.horloge.aujourdhui()),
        )


def litiges(region: Region, *, tous: bool = False) -> tuple[Litige, ...]:
    """The open cases, oldest first."""
    with region.magasin.lire() as tx:
        return lister_litiges(tx, tous=tous)


def clore(region: Region, litige: str) -> Cloture | None:
    """Closes a case, lifts its blocks, and publishes a bundle that says so (protocol §5). None when none such is open.

    Of a merge that was undone, nothing is admitted above the cap: what was given meanwhile is settled again.
    """
    with region.magasin.ecrire() as tx:
        if not clore_litige(tx, litige):
            return None
        for cle in cles_du_litige(tx, litige):
            regler_plafond(tx, region.maintenant(), cle)
        return Cloture(litige, annoncer(tx, region))


def bilan(region: Region) -> Bilan:
    """What was opened, and what is left to grant. Raises SaisieRefusee(confiance_illisible)."""
    with region.magasin.lire() as tx:
        ouvertes = tuple(signee.campagne for signee in campagnes(tx, region.cles.racine))
        return Bilan(ouvertes, tuple(pot for une in ouvertes for pot in etat_pots(tx, une.numero)))
