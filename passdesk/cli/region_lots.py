"""`passdesk region lots/rappeler/regler`: what desks hold, what is taken back, what is topped up."""

from __future__ import annotations

from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionCampagne, OptionRegion, dire, en_retrait, lister, ouvrir
from passdesk.cli.region_demande import OptionEssai, OptionOui, retenu
from passdesk.cli.region_texte import annonce, jour_de
from passdesk.cli.sortie import OptionJson, imprimer, imprimer_json
from passdesk.domain.campagne import POTS
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.serie import serie_carnet
from passdesk.server import rappel
from passdesk.server.campagnes import designer_campagne
from passdesk.server.limbes import quarantaine, regler_quarantaine
from passdesk.server.rappel import LotDuPoste
from passdesk.server.recharge import Recharge, baux, recharges, regler_bail, regler_recharge

_LOT = typer.Option("--lot", metavar="LOT", help="Un seul lot (« region lots » les montre).")
_POT = typer.Option("--pot", metavar="POT", help="general (stock général) ou lycee (réserve des lycéens).")


def lots(
    poste: Annotated[str | None, typer.Option("--poste", metavar="ID", help="Un seul poste.")] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Montre les lots confiés aux postes, et ce qu’il en reste."""
    with ouvrir(base_dir, base) as region:
        tous = rappel.montrer_lots(region, poste)
    lister(json, tous, _json, _lignes, annonce("lots_aucun"))


def rappeler(
    poste: Annotated[str, typer.Option("--poste", metavar="ID", help="Nom du poste, ou son identifiant.")],
    lot: Annotated[str | None, _LOT] = None,
    pot: Annotated[str | None, _POT] = None,
    geler: Annotated[
        bool, typer.Option("--geler", help="Les arrête seulement : leur valeur ne revient pas au stock.")
    ] = False,
    relancer: Annotated[
        bool, typer.Option("--relancer", help="Rend au poste des lots arrêtés, ou prolonge leur bail.")
    ] = False,
    laisses: Annotated[
        bool,
        typer.Option("--laisses", help="Renonce aux numéros laissés par un poste remis à une copie : annulés partout."),
    ] = False,
    essai: OptionEssai = False,
    oui: OptionOui = False,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> int:
    """Rappelle les lots d’un poste : il n’en attribue plus, et leur valeur revient au stock dès qu’il a répondu.

    Rien ne se perd de ce qui a déjà été attribué. Seul --laisses est sans retour : il dit d’abord de quels lots il
    s’agit, demande dans un terminal, et répond 1 si rien n’est changé ; --essai les dit seulement.
    """
    if geler + relancer + laisses > 1 or (laisses and pot is not None) or (essai and not laisses):
        raise SaisieRefusee("rappeler_un_geste")
    with ouvrir(base_dir, base) as region:
        if laisses:
            vus = [
                lu for lu in rappel.montrer_lots(region, poste) if lu.lot.etat == "laisse" and lot in (None, lu.lot.lot)
            ]
            lignes = [ligne for lu in vus for ligne in en_retrait(_lignes(lu))]
            faits: dict[str, object] = {"poste": poste, "lots": [lu.lot.lot for lu in vus]}
            # None: refused below, before anything is asked.
            code = (
                retenu(lignes, annonce("lots_laisses_demande"), faits, essai=essai, oui=oui, json=json) if vus else None
            )
            if code is not None:
                return code
            nombre = rappel.abandonner(region, poste, lot=lot)
            phrase = annonce("lots_abandonnes", poste=poste, carnets=nombre)
            dire(json, {**faits, "carnets": nombre, "change": True}, phrase)
            return 0
        if relancer:
            touches = rappel.relancer(region, poste, lot=lot, pot=pot)
        else:
            touches = rappel.rappeler(region, poste, lot=lot, pot=pot, etat="gele" if geler else "rappele")
        baux_neufs = {lu.lot.lot: lu.lot.bail for lu in rappel.montrer_lots(region, poste)}
    fait = "lots_relances" if relancer else "lots_geles" if geler else "lots_rappeles"
    carnets = sum(lu.restants for lu in touches)
    jour = max(baux_neufs[lu.lot] for lu in touches)
    dire(
        json,
        {"poste": poste, "lots": [lu.lot for lu in touches], "carnets": carnets},
        annonce(fait, poste=poste, carnets=carnets, jour=jour),
    )
    return 0


def regler(
    campagne: OptionCampagne = None,
    pot: Annotated[str, _POT] = POTS[0],
    taille: Annotated[int | None, typer.Option("--taille", metavar="5|10", help="Pass par carnet.")] = None,
    seuil: Annotated[
        int | None, typer.Option("--seuil", metavar="N", help="Quand il reste N carnets ou moins à un poste…")
    ] = None,
    carnets: Annotated[
        int | None, typer.Option("--carnets", metavar="N", help="… lui en donner N de plus (0 : ne plus recharger).")
    ] = None,
    bail_jours: Annotated[
        int | None,
        typer.Option("--bail-jours", metavar="N", help="Durée d’un bail (0 : jusqu’à l’arrêt de la remise)."),
    ] = None,
    quarantaine_jours: Annotated[
        int | None,
        typer.Option(
            "--quarantaine-jours", metavar="N", help="Attente avant de rendre la valeur de numéros sans réponse (60)."
        ),
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Règle la recharge des postes, la durée des baux, la quarantaine ; sans option, montre ce qui est réglé.

    Un poste est rechargé sur le stock d’où vient son premier lot, à l’envoi même qui montre qu’il en manque.
    La réserve des lycéens l’est par deux carnets, et autant reste à la Région qu’il en dort dans les postes.
    """
    demandes = (taille, seuil, carnets)
    if any(d is not None for d in demandes) and any(d is None for d in demandes):
        raise SaisieRefusee("regler_incomplet")
    dits: list[str] = []
    with ouvrir(base_dir, base) as region:
        if taille is not None or bail_jours is not None:
            with region.magasin.ecrire() as tx:
                numero = designer_campagne(tx, region.cles.racine, campagne).numero
                if taille is not None and seuil is not None and carnets is not None:
                    regler_recharge(tx, Recharge(numero, pot, taille, seuil, carnets))
                    if carnets == 0:
                        dits.append(annonce("recharge_arretee", campagne=numero, pot=pot, taille=taille))
                if bail_jours is not None:
                    regler_bail(tx, numero, bail_jours)
                    if bail_jours == 0:
                        dits.append(annonce("bail_sans_limite", campagne=numero))
        if quarantaine_jours is not None:
            with region.magasin.ecrire() as tx:
                regler_quarantaine(tx, quarantaine_jours)
        with region.magasin.lire() as tx:
            voulues, durees, attente = recharges(tx), baux(tx), quarantaine(tx)
    if json:
        imprimer_json(
            {
                "recharges": [
                    {"campagne": r.campagne, "pot": r.pot, "taille": r.taille, "seuil": r.seuil, "carnets": r.carnets}
                    for r in voulues
                ],
                "baux": [{"campagne": numero, "jours": jours} for numero, jours in sorted(durees.items())],
                "quarantaine_jours": attente,
            }
        )
        return
    dits += [
        annonce("recharge_reglee", campagne=r.campagne, pot=r.pot, taille=r.taille, seuil=r.seuil, carnets=r.carnets)
        for r in voulues
    ]
    dits += [annonce("bail_regle", campagne=numero, jours=jours) for numero, jours in sorted(durees.items())]
    for dit in [*(dits or [annonce("reglages_aucun")]), annonce("quarantaine_reglee", jours=attente)]:
        imprimer(dit)


COMMANDES = (("lots", lots), ("rappeler", rappeler), ("regler", regler))
"""What `region` adds of this module: name, function."""


def _json(lu: LotDuPoste) -> dict[str, object]:
    lot = lu.lot
    return {
        "lot": lot.lot,
        "poste": lu.poste,
        "appareil": lot.device,
        "campagne": lot.campagne,
        "pot": lot.pot,
        "taille": lot.taille,
        "premier": lot.premier,
        "dernier": lot.dernier,
        "restants": 0 if lot.rendu else lot.restants,
        "etat": "rendu" if lot.rendu else lot.etat,
        "bail_jusqu_au": lot.bail.isoformat() if lot.etat == "actif" else None,
        "pass_rendus": lot.valeur,
    }


def _lignes(lu: LotDuPoste) -> list[str]:
    lot = lu.lot
    premier, dernier = (serie_carnet(lot.campagne, numero) for numero in (lot.premier, lot.dernier))
    rendu = "lot_rendu" if lot.valeur is not None else "lot_rendu_en_attente"
    return [
        annonce(
            "lot_du_poste",
            lot=lot.lot,
            poste=lu.poste,
            premier=premier,
            dernier=dernier,
            taille=lot.taille,
            pot=lot.pot,
        ),
        annonce(
            rendu if lot.rendu else f"lot_{lot.etat}",
            restants=lot.restants,
            carnets=lot.dernier - lot.premier + 1,
            jour=lot.bail,
            depuis=jour_de(lot.etat_le),
            valeur=lot.valeur or 0,
        ),
    ]
