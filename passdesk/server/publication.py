"""The trust bundle: made, signed, told to every desk, handed out to the places; what was voided before hand-over goes
back to its pot once they can know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.confiance import ClePoste, ContenuConfiance, Plage, lire_confiance, signer_confiance
from passdesk.protocol.evenements import CarnetBloque, ConfiancePubliee
from passdesk.server.campagnes import campagnes
from passdesk.server.cles_poste import liens
from passdesk.server.diffusion import diffuser, remplacer
from passdesk.server.escrow import rendre_valeur
from passdesk.server.limbes import rendre_les_limbes
from passdesk.server.litiges import nom_du_poste
from passdesk.server.lots import NUMEROS_UTILISES, LotRegion, reprendre_valeur, trouver_lot
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage, prochain
from passdesk.server.nullite import ATTEND, RENDUE, SANS_OBJET, annuler, liste, retablir
from passdesk.server.quarantaine import purger_les_revoques
from passdesk.server.region import Region
from passdesk.server.restauration import envois_attendus

_CONFIANCE = "confiance"
_PUBLIEE_LE = "confiance_le"
_REMISE = "confiance_remise"
RYTHME_MS = 3_600_000
"""Between two bundles that nobody asked for: every desk receives each, and every place."""
AGE_MAX = timedelta(days=7)
"""Of the last one, when nothing has changed: who holds it knows that it is of these days."""


def publier(region: Region, ecrire: Callable[[bytes], None] | None = None) -> bytes:
    """A new trust bundle, generation + 1, told to every desk, and for the places: `ecrire` hands it out, or the caller.

    Raises SaisieRefusee(publication_expiree), and what `ecrire` does: published then, and not handed out.
    """
    if not _cle_valable(region):
        raise SaisieRefusee("publication_expiree")
    with region.magasin.ecrire() as tx:
        contenu = _publier(tx, region)
        octets = confiance(tx)
    if ecrire is not None:
        ecrire(octets)
    _remettre(region, contenu)
    return octets


def remettre(region: Region, octets: bytes) -> None:
    """Notes that the places can have this bundle: what it says void is refused everywhere from now on.

    That value comes back, or its quarantine begins (`limbes`). Of a bundle that no place has, nothing may: its numbers
    would be spent, and their value given once more.
    """
    _remettre(region, lire_confiance(octets, region.cles.racine).contenu)


def _remettre(region: Region, contenu: ContenuConfiance) -> None:
    nuls = {(nul.campagne, nul.carnet) for nul in contenu.annulations if nul.rang == 0}
    with region.magasin.ecrire() as tx:
        ecrire_reglage(tx, _REMISE, str(contenu.generation).encode())
        _rendre_les_annules(tx, nuls)
        rendre_les_limbes(tx, nuls, region.maintenant())


def remise(tx: Transaction) -> int:
    """The generation of the last bundle handed out, 0 for none."""
    return int(lire_reglage(tx, _REMISE) or 0)


def annoncer(tx: Transaction, region: Region) -> bool:
    """The same in the transaction of what made it necessary: both are there, or neither, and it can be done again.

    False when the publication key is past its days: what was decided stands, and no place hears of it.
    """
    if not _cle_valable(region):
        return False
    _publier(tx, region)
    return True


def publier_si_besoin(region: Region) -> bool:
    """What a server does by itself: a bundle when what it says has changed since the last one, or that one is a week
    old. At most one an hour, whoever made the last one, and whichever of the processes of a Region looks. True when it
    published. A Region put back to a backup does not before it heard its desks: it would forget lots and voids."""
    with region.magasin.lire() as tx:
        if not _cle_valable(region) or not _permis(tx, region) or envois_attendus(tx) or _dit(tx, region):
            return False
    with region.magasin.ecrire() as tx:
        # Another process looked at the same time.
        return _permis(tx, region) and annoncer(tx, region)


def _permis(tx: Transaction, region: Region) -> bool:
    """An hour since the last one; or before it, by a clock that was put right."""
    derniere = lire_reglage(tx, _PUBLIEE_LE)
    return derniere is None or not 0 <= region.maintenant() - int(derniere) < RYTHME_MS


def _dit(tx: Transaction, region: Region) -> bool:
    """True when the last bundle still says what there is to say, by the same key."""
    octets = confiance(tx)
    if not octets:
        return False
    tenue = lire_confiance(octets, region.cles.racine).contenu
    if region.horloge.aujourdhui() - tenue.faite_le >= AGE_MAX:
        return False
    memes = replace(_contenu(tx, region, tenue.generation), faite_le=tenue.faite_le)
    return signer_confiance(memes, region.cles.publication, region.cles.lien_publication) == octets


def _cle_valable(region: Region) -> bool:
    return region.horloge.aujourdhui() <= region.cles.lien_publication.dernier_jour


def _publier(tx: Transaction, region: Region) -> ContenuConfiance:
    contenu = _contenu(tx, region, prochain(tx, "generation"))
    octets = signer_confiance(contenu, region.cles.publication, region.cles.lien_publication)
    ecrire_reglage(tx, _CONFIANCE, octets)
    ecrire_reglage(tx, _PUBLIEE_LE, str(region.maintenant()).encode())
    remplacer(tx, ConfiancePubliee(octets))
    purger_les_revoques(tx, region.maintenant())
    return contenu


def _contenu(tx: Transaction, region: Region, generation: int) -> ContenuConfiance:
    return ContenuConfiance(
        faite_le=region.horloge.aujourdhui(),
        generation=generation,
        cles=tuple(ClePoste(lien.kid, lien.cle, lien.premier_jour, lien.dernier_jour) for _, lien in liens(tx)),
        plages=plages(tx),
        campagnes=campagnes(tx, region.cles.racine),
        annulations=liste(tx),
    )


def confiance(tx: Transaction) -> bytes:
    """The last bundle published; empty before the first."""
    return lire_reglage(tx, _CONFIANCE) or b""


def annuler_carnet(region: Region, campagne: int, carnet: int) -> str:
    """The Region voids a carnet: void list, and its desk is told; the name of that desk.

    Raises SaisieRefusee(carnet_jamais_donne).
    """
    with region.magasin.ecrire() as tx:
        lot = _lot_de(tx, campagne, carnet)
        annuler(tx, campagne, carnet, "annule")
        diffuser(tx, CarnetBloque(campagne, carnet, tuple(range(1, lot.taille + 1)), "annule"), device=lot.device)
        return nom_du_poste(tx, lot.device)


def retablir_carnet(region: Region, campagne: int, carnet: int) -> str:
    """Takes back what made a carnet void, whoever said it: the next bundle takes it again, and its desk is told. The
    name of that desk. What a case blocks stays so: cases are decided (`trancher`).

    Raises SaisieRefusee: carnet_jamais_donne, carnet_pas_annule, carnet_sorti (its own desk said that it left
    circulation), carnet_en_limbes (nobody answers for its number any more, or its value went back to the stock).
    """
    with region.magasin.ecrire() as tx:
        lot = _lot_de(tx, campagne, carnet)
        etats = tx.toutes(
            "SELECT etat FROM attribution WHERE campagne = ? AND carnet = ? AND device = ? ORDER BY srv_seq",
            campagne,
            carnet,
            lot.device,
        )
        if any(etat != "en_vigueur" for (etat,) in etats):
            # The person may hold another in its place, and its value may be another's.
            raise SaisieRefusee("carnet_sorti", campagne=campagne, carnet=carnet)
        if (lot.etat == "limbes" or lot.valeur is not None) and not tx.toutes(
            NUMEROS_UTILISES, campagne, carnet, carnet, lot.device, campagne, carnet, carnet, lot.device
        ):
            raise SaisieRefusee("carnet_en_limbes", campagne=campagne, carnet=carnet)
        if not retablir(tx, campagne, carnet, lot.taille):
            raise SaisieRefusee("carnet_pas_annule", campagne=campagne, carnet=carnet)
        diffuser(tx, CarnetBloque(campagne, carnet, (), "annule"), device=lot.device)
        return nom_du_poste(tx, lot.device)


def _lot_de(tx: Transaction, campagne: int, carnet: int) -> LotRegion:
    rangee = tx.une("SELECT lot FROM lot WHERE campagne = ? AND ? BETWEEN premier AND dernier", campagne, carnet)
    lot = trouver_lot(tx, str(rangee[0])) if rangee else None
    if lot is None:
        raise SaisieRefusee("carnet_jamais_donne", campagne=campagne, carnet=carnet)
    return lot


def _rendre_les_annules(tx: Transaction, nuls: Collection[tuple[int, int]]) -> None:
    """Voided before hand-over, and from now on refused everywhere (`nuls`: campaign and number): the value can be
    granted again (protocol §3).

    The value that was granted, once a number: a laptop that lies of its size, that awards it twice or that never held
    it gets nothing for it.
    """
    lui = "campagne = ? AND carnet = ? AND device = ?"
    condition = f"valeur_rendue = {ATTEND} AND (etat IN ('annule', 'gache') OR (etat = 'retourne' AND remis = 0))"
    for campagne, carnet, device in tx.toutes(
        f"SELECT DISTINCT campagne, carnet, device FROM attribution WHERE {condition} "  # noqa: S608
        "ORDER BY campagne, carnet, device"
    ):
        numero = (campagne, carnet, device)
        lot = tx.une(
            "SELECT pot, taille FROM lot WHERE campagne = ? AND ? BETWEEN premier AND dernier AND device = ?", *numero
        )
        rendue = tx.une(f"SELECT 1 FROM attribution WHERE {lui} AND valeur_rendue = {RENDUE} LIMIT 1", *numero)  # noqa: S608
        if (campagne, carnet) not in nuls and lot is not None:
            continue
        issue = SANS_OBJET
        if lot is not None and rendue is None:
            issue = RENDUE
            rendre_valeur(tx, int(campagne), str(lot[0]), int(lot[1]))
        tx.faire(f"UPDATE attribution SET valeur_rendue = {issue} WHERE {lui} AND {condition}", *numero)  # noqa: S608
    # A pot that had nothing left to take back from may have it now.
    reprendre_valeur(tx)


def plages(tx: Transaction) -> tuple[Plage, ...]:
    """By campaign and number. Once the value of a lot went back to its pot, it is good for what was awarded only.

    Numbers in limbo stay: the void list says why they are refused.
    """
    rangees = tx.toutes(
        "SELECT campagne, kid, premier, dernier, device, valeur IS NOT NULL AND etat <> 'limbes' FROM lot "
        "ORDER BY campagne, premier"
    )
    toutes: list[Plage] = []
    for campagne, kid, premier, dernier, device, rendue in rangees:
        if not rendue:
            toutes.append(Plage(campagne, kid, premier, dernier))
            continue
        bornes = (campagne, premier, dernier, device)
        utilises = sorted(int(numero) for (numero,) in tx.toutes(NUMEROS_UTILISES, *bornes, *bornes))
        toutes += [Plage(campagne, kid, debut, fin) for debut, fin in _suites(utilises)]
    return tuple(toutes)


def _suites(numeros: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers, as (first, last)."""
    debut = fin = None
    for numero in numeros:
        if debut is None or fin is None or numero != fin + 1:
            if debut is not None and fin is not None:
                yield debut, fin
            debut = numero
        fin = numero
    if debut is not None and fin is not None:
        yield debut, fin
