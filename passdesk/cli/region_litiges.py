"""`passdesk region litiges`: the cases, one of them in full, and what a person decides of it."""

from __future__ import annotations

from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionRegion, avec_l_attente, dire, en_retrait, lister, ouvrir
from passdesk.cli.region_demande import OptionEssai, OptionOui, retenu
from passdesk.cli.region_texte import annonce, instant_de, jour_de
from passdesk.cli.sortie import OptionJson, imprimer, imprimer_json
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.serie import serie_carnet
from passdesk.server import administration
from passdesk.server.litiges import CarnetEnLitige, Litige
from passdesk.server.region import Region
from passdesk.server.trancher import DECISIONS, LitigeDetaille, montrer_litige, trancher

_CHOIX = tuple(decision.replace("_", "-") for decision in DECISIONS)


def litiges(
    litige: Annotated[
        str | None, typer.Argument(metavar="LITIGE", help="Un seul litige, avec ses attributions et ses notes.")
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(
            "--trancher",
            metavar="|".join(_CHOIX),
            help="Ce que vous décidez. homonyme, erreur (d’un poste) : tous les pass sont bons. meme-personne : ce qui "
            "dépasse reste annulé. fraude : les carnets qui dépassent sont annulés en entier.",
        ),
    ] = None,
    tous: Annotated[bool, typer.Option("--tous", help="Montre aussi ceux qui sont clos.")] = False,
    clore: Annotated[
        str | None,
        typer.Option("--clore", metavar="ID", help="Clôt ce litige, lève ses blocages et fait l’annonce qui le dit."),
    ] = None,
    essai: OptionEssai = False,
    oui: OptionOui = False,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> int:
    """Montre les litiges et les tranche : plafond dépassé, numéro donné deux fois, poste dont le journal a deux suites.

    Une décision fait aussitôt l’annonce qui la dit ; donnez-la aux lieux (« region publier --derniere --out », ou
    « region servir --annonce »). Prise contre la personne, elle peut encore être revue.
    Dit d’abord le litige. Dans un terminal, demande ensuite ; ailleurs, la commande vaut ordre : --essai dit avant ce
    qu’elle ferait. Répond 1 si rien n’est changé.
    """
    if (decision is not None and litige is None) or (clore is not None and (litige or decision)):
        raise SaisieRefusee("litiges_un_geste")
    with ouvrir(base_dir, base) as region:
        if clore is not None:
            return _clore(region, clore, essai=essai, oui=oui, json=json)
        if litige is not None and decision is not None:
            return _trancher(region, litige, decision, essai=essai, oui=oui, json=json)
        if litige is not None:
            _montrer(montrer_litige(region, litige), json=json)
            return 0
        ouverts = administration.litiges(region, tous=tous)
    lister(json, ouverts, litige_json, litige_lignes, annonce("aucun_litige"))
    return 0


COMMANDES = (("litiges", litiges),)
"""What `region` adds of this module: name, function."""


def _clore(region: Region, litige: str, *, essai: bool, oui: bool, json: bool) -> int:
    detail = montrer_litige(region, litige)
    vu = detail.litige
    if vu.etat != "ouvert":
        raise SaisieRefusee("litige_inconnu", litige=vu.litige)
    demande = annonce("litige_clore_demande")
    code = retenu(_lignes(detail), demande, litige_json(vu), essai=essai, oui=oui, json=json)
    if code is not None:
        return code
    clos = administration.clore(region, vu.litige)
    if clos is None:
        raise SaisieRefusee("litige_inconnu", litige=vu.litige)
    phrase = annonce("litige_clos" if clos.publiee else "litige_clos_sans_annonce", litige=vu.litige)
    faits: dict[str, object] = {"clos": vu.litige, "annonce_publiee": clos.publiee, "change": True}
    dire(json, {**faits, "carnets": _carnets_json(vu)}, avec_l_attente(region, _en_lignes(phrase, vu)))
    return 0


def _trancher(region: Region, litige: str, decision: str, *, essai: bool, oui: bool, json: bool) -> int:
    if decision not in _CHOIX:
        raise SaisieRefusee("litige_decision_refusee", litige=litige[:20])
    prise = decision.replace("-", "_")
    detail = montrer_litige(region, litige, prise)
    demande = annonce(f"litige_trancher_{prise}_demande")
    avant = litige_json(detail.litige)
    code = retenu(_lignes(detail), demande, avant, essai=essai, oui=oui, json=json)
    if code is not None:
        return code
    fait = trancher(region, detail.litige.litige, prise)
    phrases = [annonce(f"litige_tranche_{prise}", litige=fait.litige)]
    phrases += [] if fait.publiee else [annonce("litige_sans_annonce")]
    phrases += [annonce("litige_suite", litige=fait.suite)] if fait.suite else []
    faits: dict[str, object] = {
        "litige": fait.litige,
        "decision": decision,
        "leves": fait.leves,
        "annules": fait.annules,
        "annonce_publiee": fait.publiee,
        "suite": fait.suite,
        "carnets": _carnets_json(detail.litige),
        "change": True,
    }
    dire(json, faits, avec_l_attente(region, _en_lignes(" ".join(phrases), detail.litige)))
    return 0


def _en_lignes(phrase: str, litige: Litige) -> str:
    """What was done, then the carnets and the desks that it is about."""
    return "\n".join(en_retrait([phrase, *(_carnet(carnet) for carnet in litige.carnets)]))


def _carnet(carnet: CarnetEnLitige) -> str:
    if carnet.carnet == 0:
        return annonce("litige_poste", poste=carnet.poste)
    return annonce("litige_carnet", carnet=serie_carnet(carnet.campagne, carnet.carnet), poste=carnet.poste)


def _montrer(detail: LitigeDetaille, *, json: bool) -> None:
    if json:
        attributions = [
            {
                "poste": a.poste,
                "campagne": a.campagne,
                "carnet": a.carnet,
                "taille": a.taille,
                "le": a.le.isoformat(),
                "etat": a.etat,
                "remis": a.remis,
            }
            for a in detail.attributions
        ]
        notes = [{"poste": note.poste, "texte": note.texte} for note in detail.notes]
        imprimer_json({**litige_json(detail.litige), "attributions": attributions, "notes": notes})
        return
    for ligne in _lignes(detail):
        imprimer(ligne)


def _lignes(detail: LitigeDetaille) -> list[str]:
    """A case with what helps to decide it."""
    lignes = litige_lignes(detail.litige)
    for a in detail.attributions:
        numero = serie_carnet(a.campagne, a.carnet)
        lignes.append(
            annonce(
                "litige_attribution_remise" if a.remis else "litige_attribution",
                carnet=numero,
                poste=a.poste,
                taille=a.taille,
                jour=a.le,
                etat=annonce(f"litige_etat_{a.etat}"),
            )
        )
    lignes += [annonce("litige_note", poste=note.poste, texte=note.texte) for note in detail.notes]
    return en_retrait(lignes)


def litige_json(litige: Litige) -> dict[str, object]:
    """A case for another program."""
    return {
        "litige": litige.litige,
        "genre": litige.genre,
        "campagne": litige.campagne,
        "excedent": litige.excedent,
        "homonyme": litige.homonyme or None,
        "homonyme_retire": litige.homonyme_retire or None,
        "etat": litige.etat,
        "decision": litige.decision.replace("_", "-") or None,
        "decide_le": instant_de(litige.decide_le).isoformat(timespec="seconds") if litige.decide_le else None,
        "ouvert_le": instant_de(litige.ouvert_le).isoformat(timespec="seconds"),
        "separe_le": instant_de(litige.separe_le).isoformat(timespec="seconds")
        if litige.separe_le is not None
        else None,
        "carnets": _carnets_json(litige),
    }


def _carnets_json(litige: Litige) -> list[dict[str, object]]:
    return [
        {"campagne": c.campagne, "carnet": c.carnet, "poste": c.poste, "sujet": c.sujet, "rangs": list(c.rangs)}
        for c in litige.carnets
    ]


def litige_lignes(litige: Litige) -> list[str]:
    """A case for a person: what it is, then its carnets."""
    jour = jour_de(litige.ouvert_le)
    code = "litige_homonyme" if litige.homonyme and not litige.excedent else f"litige_{litige.genre}"
    lignes = [annonce(code, litige=litige.litige, jour=jour, excedent=litige.excedent)]
    if litige.homonyme:
        lignes.append(annonce(f"litige_homonyme_{litige.homonyme}"))
    if litige.homonyme_retire:
        lignes.append(annonce(f"litige_homonyme_retire_{litige.homonyme_retire}"))
    clos = litige.etat == "clos"
    if litige.separe_le is not None:
        lignes.append(annonce("litige_separe", jour=jour_de(litige.separe_le)))
    if clos:
        code = f"litige_decide_{litige.decision}" if litige.decision else "litige_deja_clos"
        lignes.append(annonce("litige_repris" if litige.repris else code, jour=jour_de(litige.decide_le or 0)))
    for carnet in litige.carnets:
        if carnet.carnet and carnet.rangs and not clos:
            rangs = ", ".join(str(rang) for rang in carnet.rangs)
            numero = serie_carnet(carnet.campagne, carnet.carnet)
            lignes.append(annonce("litige_carnet_bloque", carnet=numero, poste=carnet.poste, rangs=rangs))
        else:
            lignes.append(_carnet(carnet))
    return lignes
