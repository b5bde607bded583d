"""The whole main job without a screen: two desks, their people, the paper, the exchange, a case settled."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from passdesk.demonstration.region import poste_de_demonstration, preparer_region, region_servie
from passdesk.demonstration.visites import Deroulement, jouer, lire_visites
from passdesk.domain.carnet import Carnet
from passdesk.domain.commune import lire_communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import Horloge
from passdesk.protocol.serie import serie_carnet
from passdesk.ressources import chemin
from passdesk.server.litiges import lister_litiges
from passdesk.server.publication import publier
from passdesk.server.region import Region
from passdesk.services.decision import derniere_decision
from passdesk.services.impression import ImprimanteFichier
from passdesk.services.lettre import dessiner_lettre, lettre
from passdesk.services.phrase import LONGUEUR_PHRASE
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import BilanEnvoi, synchroniser
from passdesk.storage import carnets, envoi, personnes

PHRASE_PUBLIQUE = "démonstration sans valeur"
"""Opens the bases of the demonstration, unless PASSDESK_PHRASE or --phrase-file gives another: nobody real is there."""

MANIFESTE = ".demonstration"
_DU_POSTE = ("poste.db*", "*.cles", "*.cles.nouveau", "papier/carnet-*", "sauvegardes/poste-*.db")
DOSSIERS = {
    "carnets": ("carnet-*.pdf", "carnet-*.partiel"),
    "litige": ("carnet-*.pdf",),
    "lettres": ("lettre-*.pdf",),
    "poste-1": _DU_POSTE,
    "poste-2": _DU_POSTE,
    "region": ("region.db*", "serveur.cles"),
}
"""The folders, and in each the files that a demonstration makes: somebody else's file beside them stays."""
FICHIERS = ("confiance.bin", "racine.pub", "bilan.json")
LOTS = {5: 10, 10: 10}
POSTES = (
    ("Maison de l’Exemple, Avesnois", "Claire Mabille"),
    ("Bus de l’Avesnois (exemple)", "Rachid Lenoir"),
)

Dire = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Resultat:
    """Where things are, and the figures written to `bilan.json`."""

    dossier: Path
    bilan: dict[str, object]


def derouler(dossier: Path, phrase: str, horloge: Horloge, dire: Dire) -> Resultat:
    """Runs everything into `dossier`; a second run replaces only what the first one made.

    Raises SaisieRefusee("dossier_demo_occupe") when something there is not of a demonstration, PanneAttendue.
    """
    if len(phrase) < LONGUEUR_PHRASE:
        # Said before anything of an earlier run is removed.
        raise SaisieRefusee("phrase_trop_courte", minimum=LONGUEUR_PHRASE)
    _faire_place(dossier)
    dire("La Région ouvre une campagne de démonstration, sans valeur.")
    region = preparer_region(dossier / "region", horloge)
    (dossier / "racine.pub").write_text(region.cles.racine.hex() + "\n", encoding="ascii")
    with region_servie(dossier / "region") as adresse:
        ouverts: list[Poste] = []
        try:
            for rang, (nom, agent) in enumerate(POSTES, 1):
                dire(f"Le poste {rang} rejoint la Région et reçoit des carnets.")
                ouverts.append(
                    poste_de_demonstration(
                        dossier / f"poste-{rang}", region, adresse, nom, agent, phrase, horloge, carnets=LOTS
                    )
                )
            return _journee(dossier, region, ouverts, horloge, dire)
        finally:
            for poste in ouverts:
                poste.fermer()
            region.fermer()


def _journee(dossier: Path, region: Region, postes: list[Poste], horloge: Horloge, dire: Dire) -> Resultat:
    imprimante = ImprimanteFichier(dossier / "carnets")
    joues: list[Deroulement] = []
    for scene in lire_visites(horloge.aujourdhui()):
        joues.append(jouer(postes[scene.poste - 1], scene, imprimante))
    dire(f"{len(joues)} visites aux deux postes, hors ligne.")
    envois = [synchroniser(poste) for poste in postes]
    dire("Les deux postes retrouvent le réseau et envoient tout.")
    (dossier / "confiance.bin").write_bytes(publier(region))
    envois += [synchroniser(poste) for poste in postes]
    _ranger(dossier, postes)
    _ecrire_lettres(dossier / "lettres", postes, joues)
    bilan = _bilan(region, postes, joues, envois)
    (dossier / "bilan.json").write_text(json.dumps(bilan, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Resultat(dossier, bilan)


def _faire_place(dossier: Path) -> None:
    """Removes what an earlier run made, by its manifest; refuses to touch anything else."""
    manifeste = dossier / MANIFESTE
    deja = [dossier / nom for nom in (*DOSSIERS, *FICHIERS) if (dossier / nom).exists()]
    if deja and not manifeste.is_file():
        raise SaisieRefusee("dossier_demo_occupe", fichier=deja[0].name)
    for nom, motifs in DOSSIERS.items():
        for motif in motifs:
            for fait in (dossier / nom).glob(motif):
                fait.unlink()
    for nom in FICHIERS:
        (dossier / nom).unlink(missing_ok=True)
    dossier.mkdir(parents=True, exist_ok=True)
    manifeste.write_text("\n".join((*DOSSIERS, *FICHIERS)) + "\n", encoding="utf-8")
    for nom in ("carnets", "litige", "lettres"):
        (dossier / nom).mkdir(exist_ok=True)


def _ecrire_lettres(dossier: Path, postes: list[Poste], joues: list[Deroulement]) -> None:
    """What the people who got no carnet take home: what to bring, or why not. They carry names, all made up."""
    communes = lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))
    for joue in joues:
        if joue.carnet is None:
            poste = postes[joue.visite.poste - 1]
            contenu = lettre(poste, derniere_decision(poste, joue.demande_id), communes)
            dessinee = dessiner_lettre(contenu)
            (dossier / dessinee.nom_fichier).write_bytes(dessinee.papier.pdf)


def _ranger(dossier: Path, postes: list[Poste]) -> None:
    """Carnets on which the Region blocks pass are no longer in force: their paper goes apart."""
    for poste in postes:
        for suivi in carnets.bloques(poste.base):
            nom = _nom_pdf(suivi.carnet)
            (dossier / "carnets" / nom).replace(dossier / "litige" / nom)


def _nom_pdf(carnet: Carnet) -> str:
    return f"carnet-{serie_carnet(carnet.campagne, carnet.numero).replace(' ', '-')}.pdf"


def _bilan(
    region: Region, postes: list[Poste], joues: list[Deroulement], envois: list[BilanEnvoi]
) -> dict[str, object]:
    """Figures only: nobody can be recognised in them."""
    imprimes = [joue.carnet for joue in joues if joue.carnet is not None]
    motifs = Counter(motif.code for joue in joues for motif in joue.decision.motifs)
    tailles = Counter(carnet.taille for carnet in imprimes)
    with region.magasin.lire() as tx:
        litiges = lister_litiges(tx, tous=True)
    return {
        "personnes": sum(personnes.compter(poste.base) for poste in postes),
        "demandes": len(joues),
        "decisions": dict(sorted(Counter(joue.decision.issue for joue in joues).items())),
        "motifs": dict(sorted(motifs.items())),
        "doublons_reconnus": sum(joue.personne_connue for joue in joues),
        "carnets": {str(taille): nombre for taille, nombre in sorted(tailles.items())},
        "pass": sum(carnet.taille for carnet in imprimes),
        "pass_bloques": sum(len(suivi.carnet.rangs_bloques) for p in postes for suivi in carnets.bloques(p.base)),
        "operations": {
            "envoyees": sum(envoi.tete(poste.base).seq for poste in postes),
            "acquittees": sum(envoi.etat(poste.base).acked_seq for poste in postes),
            "en_attente": sum(envoye.en_attente for envoye in envois),
        },
        "litiges": len(litiges),
    }
