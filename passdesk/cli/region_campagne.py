"""`passdesk region campagne`: a campaign that the root opens, the stock of one that is open, and those there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionRegion, dire, dire_publication, en_retrait, ouvrir
from passdesk.cli.region_reglement import defauts_de_campagne
from passdesk.cli.region_texte import annonce
from passdesk.cli.sortie import OptionJson, OptionPhrase, imprimer, imprimer_json, lire_phrase
from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION, Campagne
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import milliers
from passdesk.server import administration, racines
from passdesk.server.campagnes import changer_stock, ouvrir_campagne
from passdesk.server.escrow import EtatPot, etat_pots
from passdesk.server.racine import ouvrir_racine
from passdesk.server.region import Region
from passdesk.server.reprise import reprendre_les_lots
from passdesk.ui.messages.region_chiffres import MOTS


def campagne(
    numero: Annotated[
        int | None, typer.Option("--numero", metavar="N", help="Numéro, de 1 à 126 (127 : démonstration).")
    ] = None,
    racine: Annotated[
        Path | None, typer.Option("--racine", metavar="FICHIER", help="Clé racine, gardée hors ligne : pour ouvrir.")
    ] = None,
    libelle: Annotated[
        str | None, typer.Option("--libelle", metavar="TEXTE", help="Nom de la campagne : pour ouvrir.")
    ] = None,
    dernier_jour: Annotated[
        str | None, typer.Option("--dernier-jour", metavar="AAAA-MM-JJ", help="Dernier jour imprimé sur les pass.")
    ] = None,
    stock: Annotated[int | None, typer.Option("--stock", metavar="N", help="Stock général, en pass.")] = None,
    reserve_lycee: Annotated[
        int | None,
        typer.Option("--reserve-lycee", metavar="N", help="Réserve des lycéens, à part (sinon ce qu’il en reste)."),
    ] = None,
    valeur_cents: Annotated[
        int, typer.Option("--valeur-cents", metavar="N", help="Valeur d’un pass, en centimes.")
    ] = 1000,
    reglement: Annotated[
        Path | None,
        typer.Option("--reglement", metavar="FICHIER", help="Règlement d’où vient ce qui n’est pas donné."),
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> None:
    """Ouvre une campagne, signée par la racine, avec son stock.

    Sans --racine ni --libelle, change le stock d’une campagne ouverte (--stock, --reserve-lycee). Sans option, montre
    les campagnes, ce qui reste de leurs stocks, et jusqu’à quand vaut la clé de publication.
    """
    if numero is None:
        if any(donne is not None for donne in (racine, libelle, dernier_jour, stock, reserve_lycee, reglement)):
            raise SaisieRefusee("campagne_sans_numero")
        _montrer(base_dir, base, json=json)
        return
    defauts = defauts_de_campagne(reglement)
    if racine is None and libelle is None:
        if dernier_jour is not None or (stock is None and reserve_lycee is None):
            raise SaisieRefusee("campagne_incomplete", campagne=numero)
        with ouvrir(base_dir, base) as region:
            voulu = {"general": stock, "lycee": reserve_lycee}
            changer_stock(region, numero, voulu, reserve_totale=defauts.reserve_totale)
            pots = _pots(region, numero)
        stocks = {etat.pot: etat.stock for etat in pots}
        restes = {etat.pot: etat.disponible for etat in pots}
        dites = {"campagne": numero, "stock": stocks["general"], "reserve": stocks["lycee"]}
        phrase = annonce("campagne_stock", **dites, reste=restes["general"], reste_lycee=restes["lycee"])
        dire(json, {"campagne": numero, "stock": stocks, "disponible": restes}, phrase)
        return
    if racine is None or libelle is None:
        raise SaisieRefusee("campagne_incomplete", campagne=numero)
    stock = defauts.stock if stock is None else stock
    jour = defauts.dernier_jour if dernier_jour is None else _jour(dernier_jour)
    if jour is None or stock is None:
        raise SaisieRefusee("campagne_sans_jour_ni_stock")
    if not 1 <= numero <= CAMPAGNE_DEMONSTRATION or not libelle.strip() or len(libelle) > 120 or valeur_cents < 1:
        raise SaisieRefusee("campagne_refusee", campagne=numero)
    voulue = Campagne(numero, libelle.strip(), valeur_cents, jour, **defauts.delais)
    with ouvrir(base_dir, base) as region:
        racines.trouver(racine)
        ouverte = ouvrir_racine(racine, lire_phrase(phrase_file))
        ouvrir_campagne(
            region, ouverte, voulue, stock=stock, reserve_lycee=reserve_lycee, reserve_totale=defauts.reserve_totale
        )
        stocks = {etat.pot: etat.stock for etat in _pots(region, numero)}
    phrase = annonce("campagne_ouverte", campagne=numero, stock=stocks["general"], reserve=stocks["lycee"])
    dire(json, {"campagne": numero, "stock": stocks}, phrase)


def _pots(region: Region, numero: int) -> tuple[EtatPot, ...]:
    """The pots as they are once what waited for them was taken up."""
    reprendre_les_lots(region)
    with region.magasin.lire() as tx:
        return etat_pots(tx, numero)


def _montrer(base_dir: Path | None, base: str | None, *, json: bool) -> None:
    """The campaigns and the publication key."""
    with ouvrir(base_dir, base) as region:
        bilan = administration.bilan(region)
        jour = region.cles.lien_publication.dernier_jour
        cle = dire_publication(region)
    pots = {une.numero: [etat for etat in bilan.pots if etat.campagne == une.numero] for une in bilan.campagnes}
    if json:
        toutes = [_json(une, pots[une.numero]) for une in bilan.campagnes]
        imprimer_json({"campagnes": toutes, "publication_jusqu_au": jour.isoformat()})
        return
    for une in bilan.campagnes:
        for ligne in en_retrait(_lignes(une, pots[une.numero])):
            imprimer(ligne)
    if not bilan.campagnes:
        imprimer(annonce("campagnes_aucune"))
    imprimer(cle or annonce("publication_vaut", jour=jour))


def _json(une: Campagne, pots: Iterable[EtatPot]) -> dict[str, object]:
    return {
        "campagne": une.numero,
        "libelle": une.libelle,
        "dernier_jour": une.dernier_jour.isoformat(),
        "arret_remise": une.arret_remise.isoformat(),
        "pots": {
            etat.pot: {"stock": etat.stock, "donne": etat.accorde - etat.rendu, "libre": etat.disponible}
            for etat in pots
        },
    }


def _lignes(une: Campagne, pots: Iterable[EtatPot]) -> list[str]:
    jours = {"jour": une.dernier_jour, "arret": une.arret_remise}
    return [
        annonce("campagne_montree", campagne=une.numero, libelle=une.libelle, **jours),
        *(
            annonce(
                "campagne_pot",
                nom=MOTS[f"pot_{etat.pot}"],
                stock=milliers(etat.stock),
                donne=milliers(etat.accorde - etat.rendu),
                libre=milliers(etat.disponible),
            )
            for etat in pots
        ),
    ]


def _jour(texte: str) -> date:
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        raise SaisieRefusee("jour_mal_ecrit", jour=texte[:20]) from None
    if jour.isoformat() != texte:
        raise SaisieRefusee("jour_mal_ecrit", jour=texte[:20])
    return jour
