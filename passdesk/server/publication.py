"""The trust bundle: made, signed, told to every desk; what was voided before hand-over then goes back to its pot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.confiance import ClePoste, ContenuConfiance, Plage, signer_confiance
from passdesk.protocol.evenements import CarnetBloque, ConfiancePubliee
from passdesk.server.campagnes import campagnes
from passdesk.server.cles_poste import liens
from passdesk.server.diffusion import diffuser, remplacer
from passdesk.server.escrow import rendre_valeur
from passdesk.server.limbes import rendre_les_limbes
from passdesk.server.lots import NUMEROS_UTILISES, reprendre_valeur
from passdesk.server.magasin import Transaction, ecrire_reglage, lire_reglage, prochain
from passdesk.server.nullite import ATTEND, RENDUE, SANS_OBJET, annuler, liste
from passdesk.server.region import Region

_CONFIANCE = "confiance"


def publier(region: Region) -> bytes:
    """A new trust bundle, generation + 1, told to every desk. Raises SaisieRefusee(publication_expiree)."""
    jour = region.horloge.aujourdhui()
    if jour > region.cles.lien_publication.dernier_jour:
        raise SaisieRefusee("publication_expiree")
    with region.magasin.ecrire() as tx:
        contenu = ContenuConfiance(
            faite_le=jour,
            generation=prochain(tx, "generation"),
            cles=tuple(ClePoste(lien.kid, lien.cle, lien.premier_jour, lien.dernier_jour) for _, lien in liens(tx)),
            plages=plages(tx),
            campagnes=campagnes(tx, region.cles.racine),
            annulations=liste(tx),
        )
        octets = signer_confiance(contenu, region.cles.publication, region.cles.lien_publication)
        ecrire_reglage(tx, _CONFIANCE, octets)
        remplacer(tx, ConfiancePubliee(octets))
        _rendre_les_annules(tx)
        rendre_les_limbes(tx, region.maintenant())
    return octets


def confiance(tx: Transaction) -> bytes:
    """The last bundle published; empty before the first."""
    return lire_reglage(tx, _CONFIANCE) or b""


def annuler_carnet(region: Region, campagne: int, carnet: int) -> None:
    """The Region voids a carnet: void list, and its desk is told. Raises SaisieRefusee(carnet_jamais_donne)."""
    with region.magasin.ecrire() as tx:
        lot = tx.une(
            "SELECT device, taille FROM lot WHERE campagne = ? AND ? BETWEEN premier AND dernier", campagne, carnet
        )
        if lot is None:
            raise SaisieRefusee("carnet_jamais_donne", campagne=campagne, carnet=carnet)
        device, taille = lot
        annuler(tx, campagne, carnet, "annule")
        diffuser(tx, CarnetBloque(campagne, carnet, tuple(range(1, taille + 1)), "annule"), device=device)


def _rendre_les_annules(tx: Transaction) -> None:
    """Voided before hand-over, and from now on refused everywhere: the value can be granted again (protocol §3).

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
