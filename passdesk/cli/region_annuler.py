"""`passdesk region annuler`: one carnet void, or good again when it was a mistake; said first, asked where one can."""

from __future__ import annotations

from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionCampagne, OptionRegion, avec_l_attente, dire, ouvrir
from passdesk.cli.region_demande import OptionEssai, OptionOui, retenu
from passdesk.cli.region_texte import annonce
from passdesk.cli.sortie import OptionJson
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.serie import serie_carnet
from passdesk.server.campagnes import designer_campagne
from passdesk.server.carnet_region import CarnetRegion, voir_carnet
from passdesk.server.publication import annuler_carnet, retablir_carnet


def annuler(
    carnet: Annotated[str, typer.Argument(metavar="CARNET", help="Numéro imprimé (012 0001234) ou numéro du carnet.")],
    retablir: Annotated[
        bool, typer.Option("--retablir", help="Revient sur l’annulation : le carnet redevient bon.")
    ] = False,
    essai: OptionEssai = False,
    oui: OptionOui = False,
    campagne: OptionCampagne = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> int:
    """Annule un carnet, ou revient sur son annulation ; la prochaine annonce le dit aux lieux.

    Dit d’abord de quel carnet il s’agit. Dans un terminal, demande ensuite ; ailleurs, la commande vaut ordre : --essai
    dit avant ce qu’elle ferait. Répond 1 si rien n’est changé. --retablir ne rend pas ce que le poste a sorti lui-même.
    """
    lue, numero = _carnet(carnet)
    with ouvrir(base_dir, base) as region:
        if lue is None:
            with region.magasin.lire() as tx:
                lue = designer_campagne(tx, region.cles.racine, campagne).numero
        vu = voir_carnet(region, lue, numero)
        demande = annonce("carnet_retablir_demande" if retablir else "carnet_annuler_demande")
        code = retenu(_lignes(vu), demande, _json(vu), essai=essai, oui=oui, json=json)
        if code is not None:
            return code
        poste = (retablir_carnet if retablir else annuler_carnet)(region, lue, numero)
        fait = "carnet_retabli" if retablir else "carnet_annule"
        phrase = avec_l_attente(region, annonce(fait, carnet=serie_carnet(lue, numero), poste=poste))
    dire(json, {**_json(vu), "change": True}, phrase)
    return 0


def _json(vu: CarnetRegion) -> dict[str, object]:
    """What it was before."""
    return {
        "campagne": vu.campagne,
        "carnet": vu.carnet,
        "poste": vu.poste,
        "appareil": vu.device,
        "taille": vu.taille,
        "etat": vu.etat or None,
        "attribue_le": vu.le.isoformat() if vu.le else None,
        "remis": vu.remis,
        "annule": list(vu.nul),
        "litige": vu.litige,
    }


def _lignes(vu: CarnetRegion) -> list[str]:
    numero = serie_carnet(vu.campagne, vu.carnet)
    if vu.le is None:
        lignes = [annonce("carnet_pas_vu_donner", carnet=numero, taille=vu.taille, poste=vu.poste)]
    else:
        code = "litige_attribution_remise" if vu.remis else "litige_attribution"
        etat = annonce(f"litige_etat_{vu.etat}")
        lignes = [annonce(code, carnet=numero, poste=vu.poste, taille=vu.taille, jour=vu.le, etat=etat)]
    lignes += [annonce("carnet_deja_annule")] if vu.nul else []
    return lignes + ([annonce("carnet_pass_bloques")] if vu.litige else [])


def _carnet(texte: str) -> tuple[int | None, int]:
    """(campaign or None, carnet) of a printed serial or of a bare number."""
    chiffres = "".join(texte.split())
    if not (chiffres.isascii() and chiffres.isdigit()) or len(chiffres) not in (*range(1, 8), 10):
        raise SaisieRefusee("carnet_mal_ecrit", carnet=texte[:20])
    return (int(chiffres[:3]), int(chiffres[3:])) if len(chiffres) == 10 else (None, int(chiffres))
