"""`passdesk region …`: the Region's side, from the root key to the server (contracts §1)."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated

import typer

from passdesk.cli import (
    region_annuler,
    region_campagne,
    region_chiffres,
    region_courrier,
    region_litiges,
    region_lots,
    region_postes,
)
from passdesk.cli.region_acces import (
    OptionBase,
    OptionCampagne,
    OptionRegion,
    adresse_region,
    avec_l_attente,
    dire,
    dossier_region,
    ouvrir,
)
from passdesk.cli.region_postes import dire_homonymes
from passdesk.cli.region_reglement import dire_reglement
from passdesk.cli.region_texte import annonce, jour_de
from passdesk.cli.sortie import OptionJson, OptionPhrase, imprimer, imprimer_json, lire_phrase
from passdesk.domain.campagne import POTS, TAILLES
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeSysteme
from passdesk.protocol.confiance import lire_confiance
from passdesk.protocol.serie import serie_carnet
from passdesk.server import administration, racines
from passdesk.server.annonce import ecrire_la_derniere, publier_dans
from passdesk.server.enrolement import (
    Attente,
    accepter,
    accepter_apres_un_vol,
    en_attente,
    proposer_code,
    refuser_poste,
)
from passdesk.server.fichiers import verifier_ecriture
from passdesk.server.gardes import ouvrir_les_anciens
from passdesk.server.racine import ouvrir_racine
from passdesk.server.rappel import montrer_lots
from passdesk.server.region import Region, initialiser, prolonger
from passdesk.server.reprise import reprendre_si_neuf
from passdesk.server.suite import Suite

OptionRacine = Annotated[Path, typer.Option("--racine", metavar="FICHIER", help="Clé racine, gardée hors ligne.")]


def enregistrer(app: typer.Typer) -> None:
    """Adds the commands."""
    region = typer.Typer(help="Le côté de la Région : clés, campagnes, postes, lots, litiges, annonces.")
    for nom, commande in (
        ("racine", racine),
        ("initialiser", initialiser_region),
        ("prolonger", prolonger_publication),
        ("campagne", region_campagne.campagne),
        ("enroler", enroler),
        ("doter", doter),
        ("publier", publier),
        ("annuler", region_annuler.annuler),
        ("servir", servir_region),
        *region_litiges.COMMANDES,
        *region_lots.COMMANDES,
        *region_postes.COMMANDES,
        *region_chiffres.COMMANDES,
    ):
        region.command(nom)(commande)
    region.add_typer(region_courrier.groupe(), name="courrier")
    app.add_typer(region, name="region")


def racine(
    out: Annotated[Path, typer.Option("--out", metavar="FICHIER", help="Clé racine à écrire (et FICHIER.pub).")],
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Racine de démonstration : ne signe que la campagne 127.")
    ] = False,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
    base_dir: OptionRegion = None,  # noqa: ARG001 (every command takes it; the root is kept apart)
) -> None:
    """Crée la clé racine de la Région, fermée par une phrase secrète.

    À faire sur un ordinateur à part ; FICHIER.pub contient la clé publique que gardent les lieux.
    """
    racines.libre(out)
    publique = racines.creer(out, lire_phrase(phrase_file, nouvelle=True), demonstration=demonstration)
    if json:
        imprimer_json({"racine": str(out), "publique": str(racines.fichier_public(out)), "cle": publique.hex()})
    else:
        imprimer(annonce("racine_creee", fichier=out.name, publique=racines.fichier_public(out).name))


def initialiser_region(
    racine: OptionRacine,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> None:
    """Crée les données et les clés de la Région, certifiées par la racine pour 90 jours."""
    dossier = dossier_region(base_dir)
    racines.absente(dossier)
    adresse = adresse_region(base)
    racines.trouver(racine)
    ouverte = ouvrir_racine(racine, lire_phrase(phrase_file))
    region = initialiser(dossier, ouverte, HorlogeSysteme(), adresse=adresse)
    jour = region.cles.lien_publication.dernier_jour
    region.fermer()
    if json:
        imprimer_json({"racine": ouverte.publique.hex(), "publication_jusqu_au": jour.isoformat()})
    else:
        imprimer(annonce("region_prete", jour=jour))


def prolonger_publication(
    racine: OptionRacine,
    base_dir: OptionRegion = None,
    phrase_file: OptionPhrase = None,
    json: OptionJson = False,
) -> None:
    """Prolonge de 90 jours la clé de publication, avec la racine. « region servir » le voit de lui-même."""
    dossier = dossier_region(base_dir)
    racines.presente(dossier)
    racines.trouver(racine)
    jour = prolonger(dossier, ouvrir_racine(racine, lire_phrase(phrase_file)), HorlogeSysteme())
    dire(json, {"publication_jusqu_au": jour.isoformat()}, annonce("publication_prolongee", jour=jour))


def enroler(
    poste: Annotated[str | None, typer.Option("--poste", metavar="NOM", help="Donne un code pour ce poste.")] = None,
    accepter_id: Annotated[
        str | None, typer.Option("--accepter", metavar="ID", help="Accepte ce poste : les six mots sont les mêmes.")
    ] = None,
    refuser_id: Annotated[
        str | None, typer.Option("--refuser", metavar="ID", help="Refuse ce poste : les six mots diffèrent.")
    ] = None,
    a_la_place_de: Annotated[
        str | None,
        typer.Option(
            "--a-la-place-de",
            metavar="APPAREIL",
            help="Avec --accepter : le poste que celui-ci continue, révoqué par erreur ou sur un autre ordinateur.",
        ),
    ] = None,
    vole: Annotated[
        bool,
        typer.Option(
            "--vole",
            help="Avec --a-la-place-de : l’ordinateur d’avant a été volé, ou est perdu. Ses carnets non donnés sont "
            "annulés.",
        ),
    ] = False,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Enrôle un poste : code à usage unique, six mots à comparer, acceptation.

    Sans option, montre les postes qui attendent, leurs six mots, et le poste que chacun continue. Celui-là garde son
    identifiant : ses personnes et ses carnets restent les siens. L’ordinateur d’avant n’est plus écouté.
    """
    if sum(option is not None for option in (poste, accepter_id, refuser_id)) > 1:
        raise SaisieRefusee("enroler_un_geste")
    if (a_la_place_de is not None and accepter_id is None) or (vole and a_la_place_de is None):
        raise SaisieRefusee("enroler_un_geste")
    with ouvrir(base_dir, base) as region:
        if poste is not None:
            code = proposer_code(region, poste)
            phrase = annonce("code_propose", caracteres=code, poste=poste)
            dire_homonymes(region, {"poste": poste, "code": code}, phrase, poste, json=json)
        elif accepter_id is not None and a_la_place_de is not None and vole:
            repris = accepter_apres_un_vol(region, accepter_id, a_la_place_de)
            accepte = repris.poste
            faits: dict[str, object] = {"poste": accepte.nom, "appareil": accepte.device, "kid": accepte.kid}
            dit = annonce("poste_repris_vole", poste=accepte.nom, appareil=accepte.device, carnets=repris.carnets)
            phrase = avec_l_attente(region, dit)
            if repris.index is None:
                phrase += "\n" + annonce("poste_revoque_index_plein")
            faits |= {"carnets_annules": repris.carnets, "index": repris.index}
            dire_homonymes(region, faits, phrase, accepte.nom, json=json, sauf=accepte.device)
        elif accepter_id is not None:
            accepte = accepter(region, accepter_id, a_la_place_de=a_la_place_de)
            faits = {"poste": accepte.nom, "appareil": accepte.device, "kid": accepte.kid}
            code = "poste_accepte" if a_la_place_de is None else "poste_repris"
            phrase = annonce(code, poste=accepte.nom, appareil=accepte.device)
            if a_la_place_de is not None and _des_numeros_bons(region, accepte.device):
                phrase += "\n" + annonce("poste_repris_sans_vol", appareil=accepte.device)
            dire_homonymes(region, faits, phrase, accepte.nom, json=json, sauf=accepte.device)
        elif refuser_id is not None:
            refuser_poste(region, refuser_id)
            dire(json, {"refuse": refuser_id}, annonce("poste_refuse"))
        else:
            attentes = en_attente(region)
            if json:
                imprimer_json([_attente_json(attente) for attente in attentes])
            for attente in () if json else attentes:
                imprimer(
                    annonce("poste_attend", id=attente.identifiant, poste=attente.nom, mots=" ".join(attente.mots))
                )
                if attente.suite is not None:
                    imprimer(_suite(attente.identifiant, attente.suite))
            if not attentes and not json:
                imprimer(annonce("personne_n_attend"))


def _des_numeros_bons(region: Region, device: str) -> bool:
    """True when the computer that this desk left could still print carnets that places take."""
    lots = [lu.lot for lu in montrer_lots(region, device)]
    return any(lot.restants and lot.etat != "limbes" and lot.valeur is None for lot in lots)


def _attente_json(attente: Attente) -> dict[str, object]:
    suite = attente.suite
    continue_ = None if suite is None else {"appareil": suite.device, "poste": suite.nom, "etat": suite.etat}
    return {"id": attente.identifiant, "poste": attente.nom, "mots": list(attente.mots), "continue": continue_}


def _suite(identifiant: str, suite: Suite) -> str:
    dit = annonce(f"poste_continue_{suite.etat}", poste=suite.nom, appareil=suite.device, vu_le=jour_de(suite.vu_le))
    return f"{dit}\n{annonce('poste_continue_accepter', id=identifiant, appareil=suite.device)}"


def doter(
    poste: Annotated[str, typer.Option("--poste", metavar="ID", help="Nom du poste, ou son identifiant.")],
    taille: Annotated[int, typer.Option("--taille", metavar="5|10", help="Pass par carnet.")],
    carnets: Annotated[int, typer.Option("--carnets", metavar="N", help="Nombre de carnets.")],
    pot: Annotated[
        str, typer.Option("--pot", metavar="POT", help="general (stock général) ou lycee (réserve des lycéens).")
    ] = POTS[0],
    campagne: OptionCampagne = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Donne à un poste un lot de carnets, pris sur le stock."""
    if taille not in TAILLES:
        raise SaisieRefusee("dotation_refusee")
    with ouvrir(base_dir, base) as region:
        lot = administration.doter_poste(region, poste, taille=taille, carnets=carnets, pot=pot, campagne=campagne)
    if json:
        imprimer_json(
            {
                "lot": lot.lot_id,
                "campagne": lot.campagne,
                "pot": lot.pot,
                "taille": lot.taille,
                "premier": lot.premier,
                "dernier": lot.dernier,
                "bail_jusqu_au": lot.bail_jusqu_au.isoformat(),
            }
        )
    else:
        premier, dernier = (serie_carnet(lot.campagne, numero) for numero in (lot.premier, lot.dernier))
        imprimer(annonce("lot_donne", carnets=carnets, taille=taille, poste=poste, premier=premier, dernier=dernier))


def publier(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FICHIER", help="Annonce à écrire, pour les lieux.")
    ] = None,
    derniere: Annotated[
        bool, typer.Option("--derniere", help="Avec --out : écrit la dernière annonce, sans en faire une autre.")
    ] = False,
    reglement: Annotated[
        Path | None, typer.Option("--reglement", metavar="FICHIER", help="Règlement à publier, en TOML.")
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
    json: OptionJson = False,
) -> None:
    """Signe et publie l’annonce (clés des postes, lots, campagnes, pass annulés) ou un règlement, pour chaque poste.

    Les postes l’ont de leurs envois ; les lieux, du fichier que vous leur donnez, ou de « region servir --annonce ».
    Essayez d’abord un règlement avec « regles simuler » : une fois publié, il ne se modifie plus.
    """
    if (out is None) == (reglement is None) or (derniere and out is None):
        raise SaisieRefusee("publier_un_geste")
    if reglement is not None:
        with ouvrir(base_dir, base) as region:
            dire_reglement(region, reglement, json=json)
        return
    assert out is not None
    # Said before anything is published: an announcement that nobody can hand out must not look undone.
    verifier_ecriture(out)
    with ouvrir(base_dir, base) as region:
        octets = (ecrire_la_derniere if derniere else publier_dans)(region, out)
        contenu = lire_confiance(octets, region.cles.racine).contenu
    if json:
        imprimer_json(
            {
                "fichier": str(out),
                "generation": contenu.generation,
                "postes": len(contenu.cles),
                "annulations": len(contenu.annulations),
            }
        )
    else:
        code = "annonce_ecrite" if derniere else "annonce_publiee"
        imprimer(annonce(code, fichier=out.name, generation=contenu.generation))


def servir_region(
    adresse: Annotated[str, typer.Option("--adresse", metavar="ADRESSE", help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="Port ; 0 : un port libre.")] = 8127,
    tant_que_entree: Annotated[
        bool,
        typer.Option("--tant-que-entree", help="S’arrête aussi quand l’entrée standard se ferme."),
    ] = False,
    journal: Annotated[
        Path | None,
        typer.Option("--journal", metavar="FICHIER", help="Écrit une ligne JSON par échange, sans le nom de personne."),
    ] = None,
    processus: Annotated[
        int,
        typer.Option(
            "--processus",
            metavar="N",
            min=1,
            max=32,
            help="Processus qui jugent les envois en même temps : le nombre de cœurs, pour une région entière.",
        ),
    ] = 1,
    annonce_out: Annotated[
        Path | None,
        typer.Option(
            "--annonce",
            metavar="FICHIER",
            help="Tient dans ce fichier la dernière annonce, pour les lieux : un serveur web ou un dossier partagé la "
            "leur donne.",
        ),
    ] = None,
    base_dir: OptionRegion = None,
    base: OptionBase = None,
) -> None:
    """Sert les postes jusqu’à l’arrêt (Ctrl-C) ; /v1/sante dit que tout va bien.

    Derrière un relais TLS en production : les postes refusent une adresse http:// ailleurs que sur cet ordinateur.
    """
    # Only this command pays for the web server.
    from passdesk.server.ateliers import Ateliers
    from passdesk.server.servir import ouvrir_prise, servir
    from passdesk.server.suivi import ecrire_le_journal, fermer_le_journal
    from passdesk.server.trousseau import Trousseau

    if annonce_out is not None:
        verifier_ecriture(annonce_out)
    # The address first: a server that cannot listen changes nothing.
    with ouvrir(base_dir, base) as region, closing(ouvrir_prise(adresse, port)) as prise:
        sortie = ecrire_le_journal(journal)
        try:
            ouvrir_les_anciens(region, noter=True)
            reprendre_si_neuf(region)
            with ExitStack() as pile:
                ateliers = None
                if processus > 1:
                    # This one, which listens, is none of them.
                    ateliers = Ateliers(processus, dossier_region(base_dir), adresse_region(base))
                    pile.callback(ateliers.fermer)
                servir(
                    region,
                    prise,
                    lambda url: print(annonce("serveur_pret", url=url), flush=True),
                    entree=sys.stdin.buffer if tant_que_entree else None,
                    ateliers=ateliers,
                    presente=Trousseau(region, dossier_region(base_dir)).region,
                    annonce=annonce_out,
                )
        finally:
            fermer_le_journal(sortie)
