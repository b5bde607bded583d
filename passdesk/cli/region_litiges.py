"""`passdesk region litiges`: the cases, one of them in full, and what a person decides of it."""

from __future__ import annotations

from typing import Annotated

import typer

from passdesk.cli.region_acces import OptionBase, OptionRegion, dire, ouvrir
from passdesk.cli.region_texte import annonce, instant_de, jour_de
from passdesk.cli.sortie import OptionJson, imprimer, imprimer_json
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.serie import serie_carnet
from passdesk.server import administration
from passdesk.server.litiges import Litige
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
        typer.Option("--clore", metavar="ID", help="Clôt ce litige, lève ses blocages et publie l’annonce qui le dit."),
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Montre les litiges et les tranche : plafond dépassé, numéro donné deux fois, poste dont le journal a deux suites.

    Une décision publie aussitôt l’annonce qui la dit aux lieux. Prise contre la personne, elle peut encore être revue.
    """
    if (decision is not None and litige is None) or (clore is not None and (litige or decision)):
        raise SaisieRefusee("litiges_un_geste")
    with ouvrir(base_dir, base) as region:
        if clore is not None:
            clos = administration.clore(region, clore)
            if clos is None:
                raise SaisieRefusee("litige_inconnu", litige=clore)
            code = "litige_clos" if clos.publiee else "litige_clos_sans_annonce"
            dire(json, {"clos": clore, "annonce_publiee": clos.publiee}, annonce(code, litige=clore))
            return
        if litige is not None and decision is not None:
            if decision not in _CHOIX:
                raise SaisieRefusee("litige_decision_refusee", litige=litige[:20])
            fait = trancher(region, litige, decision.replace("-", "_"))
            phrase = annonce(f"litige_tranche_{decision.replace('-', '_')}", litige=fait.litige)
            suites = [] if fait.publiee else [annonce("litige_sans_annonce")]
            suites += [annonce("litige_suite", litige=fait.suite)] if fait.suite else []
            faits = {"litige": fait.litige, "decision": decision, "leves": fait.leves, "annules": fait.annules}
            dire(json, {**faits, "annonce_publiee": fait.publiee, "suite": fait.suite}, " ".join([phrase, *suites]))
            return
        if litige is not None:
            _montrer(montrer_litige(region, litige), json=json)
            return
        ouverts = administration.litiges(region, tous=tous)
    if json:
        imprimer_json([litige_json(lu) for lu in ouverts])
        return
    for lu in ouverts:
        for ligne in litige_lignes(lu):
            imprimer(ligne)
    if not ouverts:
        imprimer(annonce("aucun_litige"))


COMMANDES = (("litiges", litiges),)
"""What `region` adds of this module: name, function."""


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
    for ligne in litige_lignes(detail.litige):
        imprimer(ligne)
    for a in detail.attributions:
        numero = serie_carnet(a.campagne, a.carnet)
        imprimer(
            annonce(
                "litige_attribution_remise" if a.remis else "litige_attribution",
                carnet=numero,
                poste=a.poste,
                taille=a.taille,
                jour=a.le,
                etat=annonce(f"litige_etat_{a.etat}"),
            )
        )
    for note in detail.notes:
        imprimer(annonce("litige_note", poste=note.poste, texte=note.texte))


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
        "carnets": [
            {"campagne": c.campagne, "carnet": c.carnet, "poste": c.poste, "sujet": c.sujet, "rangs": list(c.rangs)}
            for c in litige.carnets
        ],
    }


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
        if carnet.carnet == 0:
            lignes.append(annonce("litige_poste", poste=carnet.poste))
        elif carnet.rangs and not clos:
            rangs = ", ".join(str(rang) for rang in carnet.rangs)
            numero = serie_carnet(carnet.campagne, carnet.carnet)
            lignes.append(annonce("litige_carnet_bloque", carnet=numero, poste=carnet.poste, rangs=rangs))
        else:
            numero = serie_carnet(carnet.campagne, carnet.carnet)
            lignes.append(annonce("litige_carnet", carnet=numero, poste=carnet.poste))
    return lignes
