"""The Region of the demonstration: its own root, campaign 127, and a server started as a child on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION, Campagne
from passdesk.domain.commune import lire_communes
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import Horloge
from passdesk.protocol.index_aveugle import ARGON2_INDEX, ParametresIndex
from passdesk.ressources import chemin
from passdesk.server import enrolement
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.escrow import doter
from passdesk.server.postes import Poste as PosteConnu
from passdesk.server.racine import nouvelle_racine
from passdesk.server.region import Region, initialiser
from passdesk.services import enroler
from passdesk.services.lieux import regler_position
from passdesk.services.lieux_importer import enregistrer, preparer_analyse
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage.cles import PLANCHER

STOCK = 2000
POSITION = "50,12 ; 3,93"
"""Where both desks stand, near the made-up places of `resources/demo/lieux.csv`."""
ANNONCE = "Région prête"
ARRET_S = 15


def campagne_de_demonstration(aujourdhui: date) -> Campagne:
    """Campaign 127, until 31 December of next year (protocol §2)."""
    return Campagne(CAMPAGNE_DEMONSTRATION, "Démonstration, sans valeur", 1000, date(aujourdhui.year + 1, 12, 31))


def preparer_region(dossier: Path, horloge: Horloge) -> Region:
    """A new Region in `dossier`. Its root serves this once and is never written down."""
    racine = nouvelle_racine(demonstration=True)
    region = initialiser(dossier, racine, horloge)
    ouvrir_campagne(region, racine, campagne_de_demonstration(horloge.aujourdhui()), stock=STOCK)
    return region


@contextmanager
def region_servie(dossier: Path) -> Iterator[str]:
    """The server of that Region as a child process; gives its address, and stops it when the block ends.

    Raises PanneAttendue("region_muette") when it does not start.
    """
    commande = [sys.executable, "-m", "passdesk", "region", "servir", "--base-dir", str(dossier), "--port", "0"]
    # Holding its input open is the child's life line: when this process ends, even killed, so does the server.
    commande.append("--tant-que-entree")
    environnement = {nom: valeur for nom, valeur in os.environ.items() if nom != "PASSDESK_PHRASE"}
    environnement["PYTHONPATH"] = os.pathsep.join(filter(None, [_paquet(), environnement.get("PYTHONPATH")]))
    enfant = subprocess.Popen(  # noqa: S603 (our own program, our own arguments)
        commande,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.PIPE,
        env=environnement,
        text=True,
        encoding="utf-8",
    )
    try:
        yield _adresse(enfant)
    finally:
        enfant.terminate()
        try:
            enfant.wait(ARRET_S)
        except subprocess.TimeoutExpired:
            enfant.kill()
            enfant.wait()
        for flux in (enfant.stdin, enfant.stdout):
            if flux is not None:
                flux.close()


def _paquet() -> str:
    """The folder that holds the package: the child runs the same program, whatever the current folder."""
    return str(Path(__file__).resolve().parents[2])


def _adresse(enfant: subprocess.Popen[str]) -> str:
    for ligne in enfant.stdout or ():
        if ligne.startswith(ANNONCE):
            return ligne.rsplit(" ", 1)[-1].strip()
    raise PanneAttendue("region_muette")


def poste_de_demonstration(
    dossier: Path,
    region: Region,
    adresse: str,
    nom: str,
    agent: str,
    phrase: str,
    horloge: Horloge,
    *,
    carnets: dict[int, int],
    cout_index: ParametresIndex = ARGON2_INDEX,
) -> Poste:
    """A desk created, enrolled through the real exchange, and granted `carnets` (size → number)."""
    poste = creer_poste(dossier, phrase, agent, horloge, cout_index=cout_index, cout_phrase=PLANCHER)
    mots = enroler.demander(poste, adresse, enrolement.proposer_code(region, nom))
    attente = next(a for a in enrolement.en_attente(region) if a.mots == mots)
    connu = enrolement.accepter(region, attente.identifiant)
    enroler.terminer(poste)
    doter_poste(region, connu, horloge, carnets)
    synchroniser(poste)
    _connaitre_les_lieux(poste)
    return poste


def _connaitre_les_lieux(poste: Poste) -> None:
    """Takes the made-up list of places, as the desk takes a real one."""
    communes = lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))
    analyse = preparer_analyse(poste, chemin("demo", "lieux.csv"), communes)
    while not analyse.avancer():
        pass
    enregistrer(poste, analyse)
    regler_position(poste, POSITION)


def doter_poste(region: Region, connu: PosteConnu, horloge: Horloge, carnets: dict[int, int]) -> None:
    """Grants lots of the general pot."""
    campagne = campagne_de_demonstration(horloge.aujourdhui())
    with region.magasin.ecrire() as tx:
        for taille, nombre in carnets.items():
            doter(
                tx,
                device=connu.device,
                kid=connu.kid,
                campagne=campagne,
                pot="general",
                taille=taille,
                carnets=nombre,
                maintenant=region.maintenant(),
            )
