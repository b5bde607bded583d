"""`passdesk region postes/revoquer/suspens`: the desks, the one heard no more, what they sent that waits."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli.region_acces import (
    OptionBase,
    OptionRegion,
    avec_l_attente,
    dire,
    dire_appareils,
    dire_publication,
    dire_suspension,
    lister,
    ouvrir,
)
from passdesk.cli.region_demande import OptionEssai, OptionOui, retenu
from passdesk.cli.region_texte import annonce, instant_de, jour_de
from passdesk.cli.sortie import OptionJson, imprimer, imprimer_json
from passdesk.protocol.serie import serie_carnet
from passdesk.server import gardes, reprise
from passdesk.server.index_region import renouveler_index as renouveler
from passdesk.server.postes import du_nom, lister_postes
from passdesk.server.region import Region
from passdesk.server.restauration import (
    Attente,
    LotDit,
    attente,
    dernier_instant,
    lots_dits,
    lots_non_comptes,
    noter_restauration,
    postes_attendus,
    reprendre_les_dotations,
    vies_redites,
)
from passdesk.server.revocation import ARevoquer, PosteRegion, montrer_postes, voir_a_revoquer
from passdesk.server.revocation import revoquer as revoquer_poste


def postes(base_dir: OptionRegion = None, base: OptionBase = None, json: OptionJson = False) -> None:
    """Montre les postes : dernier envoi, carnets qui leur restent, messages gardés à part.

    Dit aussi, quatorze jours avant, que la clé de publication finit, et, remise à une sauvegarde, pourquoi la Région
    ne donne plus aucun lot.
    """
    with ouvrir(base_dir, base) as region:
        tous = montrer_postes(region)
        with region.magasin.lire() as tx:
            attendus = attente(tx)
        cle = dire_publication(region)
    lister(json, tous, partial(_json, attendus), partial(_lignes, attendus), annonce("postes_aucun"))
    for dite in () if json else (*dire_suspension(attendus, tous), *([cle] if cle else [])):
        imprimer(dite)


def revoquer(
    poste: Annotated[str, typer.Argument(metavar="POSTE", help="Nom du poste, ou son identifiant.")],
    vole: Annotated[bool, typer.Option("--vole", help="L’ordinateur a été volé, ou est perdu.")] = False,
    essai: OptionEssai = False,
    oui: OptionOui = False,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> int:
    """Révoque un poste, tout de suite et sans retour : sa clé, ses carnets non donnés, et une annonce qui le dit.

    Les carnets dont la Région connaît l’attribution restent valables. Révoqué par erreur, ou remis sur un autre
    ordinateur, le poste se relie et reste le même : « region enroler » le montre.
    Par son identifiant, un poste déjà révoqué l’est encore : pour dire ensuite qu’il a été volé, par exemple.
    Dit d’abord de quel poste il s’agit. Dans un terminal, demande ensuite ; ailleurs, la commande vaut ordre : --essai
    dit avant ce qu’elle ferait. Répond 1 si rien n’est changé.
    """
    with ouvrir(base_dir, base) as region:
        vu = voir_a_revoquer(region, poste)
        demande = annonce("poste_revoquer_vole_demande" if vole else "poste_revoquer_demande")
        retenue = retenu([_ligne_a_revoquer(vu)], demande, _a_revoquer_json(vu), essai=essai, oui=oui, json=json)
        if retenue is not None:
            return retenue
        # The desk that was named, should another take its name meanwhile.
        faite = revoquer_poste(region, vu.poste.device, vol=vole)
        code = "poste_revoque" if faite.publiee else "poste_revoque_sans_annonce"
        dit = annonce(code, poste=faite.poste.nom, appareil=faite.poste.device, carnets=faite.carnets)
        phrase = avec_l_attente(region, dit)
    if vole and faite.index is None:
        phrase += "\n" + annonce("poste_revoque_index_plein")
    dire(
        json,
        {
            "poste": faite.poste.nom,
            "appareil": faite.poste.device,
            "carnets_annules": faite.carnets,
            "annonce_publiee": faite.publiee,
            "index": faite.index,
            "change": True,
        },
        phrase,
    )
    return 0


def renouveler_index(base_dir: OptionRegion = None, base: OptionBase = None, json: OptionJson = False) -> None:
    """Renouvelle le secret par lequel les postes reconnaissent une personne ; « revoquer --vole » le fait déjà.

    À faire aussi quand les données de la Région ont été remises à une sauvegarde d’avant un vol.
    """
    with ouvrir(base_dir, base) as region:
        version = renouveler(region)
    dire(json, {"version": version}, annonce("index_renouvele", rang=version))


def suspens(
    reprendre: Annotated[
        bool, typer.Option("--reprendre", help="Les essaie de nouveau ; « servir » le fait après une mise à jour.")
    ] = False,
    appareil: Annotated[
        str | None,
        typer.Option(
            "--gardes",
            metavar="APPAREIL",
            help="Les messages d’un appareil révoqué, ou d’un ordinateur que son poste a quitté. Avec --reprendre, ils "
            "s’appliquent : seulement s’ils viennent bien de vos agents.",
        ),
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Montre les actes que la Région garde sans les appliquer : d’un programme plus récent, ou illisibles."""
    if appareil is not None:
        _gardes(appareil, base_dir, base, reprendre=reprendre, json=json)
        return
    with ouvrir(base_dir, base) as region:
        issues = reprise.reprendre(region) if reprendre else None
        restent = reprise.en_suspens(region)
        with region.magasin.lire() as tx:
            lots = dict.fromkeys(lots_non_comptes(tx)) | {
                (lot.device, lot.epoch, lot.seq): lot for lot in lots_dits(tx, region.cles.corps)
            }
            arretent, redites = attente(tx).lots, vies_redites(tx)
            noms = {poste.device: poste.nom for poste in lister_postes(tx)} if redites else {}
    if json:
        actes = [
            {
                "appareil": acte.device,
                "poste": acte.poste,
                "epoque": acte.epoch,
                "rang": acte.seq,
                "type": acte.type or None,
                "raison": acte.raison,
                "recu_le": instant_de(acte.recu_le).isoformat(timespec="seconds"),
                "lot": None if lot is None else {nom: getattr(lot, nom) for nom in _LOT},
                "arrete_les_dotations": acte.cle in arretent,
            }
            for acte, lot in ((acte, lots.get(acte.cle)) for acte in restent)
        ]
        repris = None if issues is None else issues["appliquee"] + issues["litige"]
        imprimer_json({"repris": repris, "actes": actes, "vies_redites": sorted(redites)})
        return
    if issues is not None:
        imprimer(annonce("suspens_repris", faits=issues["appliquee"], litiges=issues["litige"]))
    for acte in restent:
        dit = annonce(
            "suspens_acte",
            poste=acte.poste,
            epoque=acte.epoch,
            rang=acte.seq,
            genre=acte.type or "…",
            jour=jour_de(acte.recu_le),
        )
        raison = annonce(f"suspens_{acte.raison}")
        imprimer(f"{dit} {_lot_dit(lots[acte.cle], raison) if acte.cle in lots else raison}")
    for device, le in redites.items():
        imprimer(annonce("suspens_vie_redite", poste=noms[device], appareil=device, jour=jour_de(le)))
    if not restent and not redites:
        imprimer(annonce("suspens_aucun"))
    if arretent:
        imprimer(annonce("suspens_arrete"))


def _lot_dit(lot: LotDit | None, raison: str) -> str:
    if lot is None:
        return f"{raison} {annonce('suspens_lot_impossible')}"
    premier, fin = (serie_carnet(lot.campagne, numero) for numero in (lot.premier, lot.dernier))
    return annonce("suspens_lot", premier=premier, dernier=fin, taille=lot.taille, pot=lot.pot)


def _gardes(appareil: str, base_dir: Path | None, base: str | None, *, reprendre: bool, json: bool) -> None:
    with ouvrir(base_dir, base) as region:
        repris = gardes.reprendre_gardes(region, appareil) if reprendre else None
        restent = gardes.montrer_gardes(region, appareil)
    if json:
        messages = [
            {
                "recu_le": instant_de(garde.recu_le).isoformat(timespec="seconds"),
                "epoque": garde.epoch,
                "premier": garde.premier,
                "actes": garde.actes,
            }
            for garde in restent
        ]
        imprimer_json({"repris": None if repris is None else repris.messages, "messages": messages})
        return
    if repris is not None:
        faits, litiges = repris.issues["appliquee"], repris.issues["litige"]
        imprimer(annonce("gardes_repris", pris=repris.messages, faits=faits, litiges=litiges, restent=len(restent)))
    for garde in restent:
        code = "garde_illisible" if garde.epoch is None else "garde_message"
        faits_du_message = {"actes": garde.actes, "epoque": garde.epoch or 0, "premier": garde.premier}
        imprimer(annonce(code, jour=jour_de(garde.recu_le), **faits_du_message))
    if not restent:
        imprimer(annonce("gardes_aucun"))


def restaurer(
    doter: Annotated[
        bool, typer.Option("--doter", help="Donne de nouveau des lots sans attendre les postes qui manquent.")
    ] = False,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """À lancer quand les données de la Région viennent d’être remises à une sauvegarde.

    Les postes redisent ce qui manque. Aucun lot n’est donné avant que presque tous aient été entendus. Ce qui a été
    décidé à la Région depuis cette sauvegarde est à reprendre : la commande dit de quand elle date.
    """
    with ouvrir(base_dir, base) as region:
        with region.magasin.ecrire() as tx:
            if doter:
                reprendre_les_dotations(tx, region.cles.corps)
            else:
                noter_restauration(tx, region.maintenant())
            attendus, jusqu_au = postes_attendus(tx), dernier_instant(tx)
        if doter:
            reprise.reprendre_les_lots(region)
    phrase = annonce("dotations_reprises" if doter else "restauree", postes=attendus)
    if jusqu_au is not None and not doter:
        phrase += "\n" + annonce("restauree_a_reprendre", jour=jour_de(jusqu_au))
    dit = instant_de(jusqu_au).isoformat(timespec="seconds") if jusqu_au is not None else None
    dire(json, {"postes_attendus": attendus, "jusqu_au": dit}, phrase)


def dire_homonymes(
    region: Region, faits: dict[str, object], phrase: str, nom: str, *, json: bool, sauf: str = ""
) -> None:
    """Tells an act about the desk `nom`, then which other active desks have that name already (`sauf`: itself)."""
    autres = [lu for lu in montrer_postes(region) if du_nom([lu.poste], nom) and lu.poste.device != sauf]
    if autres:
        phrase += "\n" + annonce("poste_nom_pris", poste=autres[0].poste.nom, appareils=dire_appareils(autres))
    dire(json, {**faits, "meme_nom": [lu.poste.device for lu in autres]}, phrase)


_LOT = ("campagne", "pot", "taille", "premier", "dernier")
"""What is said of a lot that waits."""
COMMANDES = (
    ("restaurer", restaurer),
    ("postes", postes),
    ("revoquer", revoquer),
    ("renouveler-index", renouveler_index),
    ("suspens", suspens),
)
"""What `region` adds of this module: name, function."""


def _lots_de(attendus: Attente, device: str) -> int:
    """How many lots of this desk stop the grants."""
    return sum(acte[0] == device for acte in attendus.lots)


def _json(attendus: Attente, lu: PosteRegion) -> dict[str, object]:
    return {
        "appareil": lu.poste.device,
        "poste": lu.poste.nom,
        "etat": lu.poste.etat,
        "enrole_le": lu.enrole_le.isoformat(),
        "vu_le": jour_de(lu.poste.vu_le).isoformat() if lu.poste.vu_le else None,
        "restants": lu.restants,
        "messages_gardes": lu.gardes,
        "envoi_attendu": lu.poste.device in attendus.envois,
        "lots_en_attente": _lots_de(attendus, lu.poste.device),
        "vie_redite": lu.poste.device in attendus.vies,
    }


def _a_revoquer_json(vu: ARevoquer) -> dict[str, object]:
    return {
        "poste": vu.poste.nom,
        "appareil": vu.poste.device,
        "etat": vu.poste.etat,
        "enrole_le": vu.enrole_le.isoformat(),
        "vu_le": jour_de(vu.poste.vu_le).isoformat() if vu.poste.vu_le else None,
        "carnets_a_annuler": vu.carnets,
    }


def _ligne_a_revoquer(vu: ARevoquer) -> str:
    etat = "deja" if vu.poste.etat != "actif" else "actif" if vu.poste.vu_le else "jamais_vu"
    faits: dict[str, str | int] = {"poste": vu.poste.nom, "appareil": vu.poste.device, "carnets": vu.carnets}
    return annonce(f"poste_a_revoquer_{etat}", **faits, enrole_le=vu.enrole_le, vu_le=jour_de(vu.poste.vu_le))


def _lignes(attendus: Attente, lu: PosteRegion) -> list[str]:
    etat = "poste_est_revoque" if lu.poste.etat != "actif" else "poste_actif" if lu.poste.vu_le else "poste_jamais_vu"
    faits: dict[str, str | int] = {"appareil": lu.poste.device, "poste": lu.poste.nom, "restants": lu.restants}
    lignes = [annonce(etat, **faits, enrole_le=lu.enrole_le, vu_le=jour_de(lu.poste.vu_le))]
    if lu.gardes:
        lignes.append(annonce("poste_messages_gardes", gardes=lu.gardes))
    if lu.poste.device in attendus.envois:
        lignes.append(annonce("poste_envoi_attendu"))
    lots = _lots_de(attendus, lu.poste.device)
    if lots:
        lignes.append(annonce("poste_lots_en_attente", lots=lots))
    if lu.poste.device in attendus.vies:
        lignes.append(annonce("poste_vie_redite"))
    return lignes
