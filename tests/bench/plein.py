"""A desk at work for years, and its Region: many people, carnets in every state, cases, acts that are still to be sent.

Made once in the system's temporary folder; each use has its copy.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from passdesk.domain.carnet import Carnet
from passdesk.services.carnets import PERTES, agir
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import ADRESSE, Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer, garder
from passdesk.storage import litiges
from passdesk.storage import poste as identite
from tests.bench.peuple import COMMUNES, Tirage, empreinte, remplir
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, serveur_a_part, terrain, visite_accord

VISITES = 240
"""People served by this desk itself, each with all the acts of a visit."""
LITIGES = 12
GRAINE = 7
NULLE_PART = "http://127.0.0.1:9"
"""Nobody answers there: the desk is cut off."""


@dataclass(frozen=True, slots=True)
class Monde:
    """The folders of a desk and of its Region."""

    poste: Path
    region: Path

    @contextmanager
    def en_ligne(self) -> Iterator[None]:
        """The Region answers, from another process, while the block runs."""
        poste = ouvrir_poste(self.poste, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
        try:
            with serveur_a_part(self.region) as adresse:
                identite.ecrire_texte(poste.base, ADRESSE, adresse)
                yield
        finally:
            identite.ecrire_texte(poste.base, ADRESSE, NULLE_PART)
            poste.fermer()


def copier(personnes: int, cible: Path) -> Monde:
    """A copy of the desk with so many people, and of its Region, under `cible`."""
    shutil.copytree(_modele(personnes), cible)
    return Monde(cible / "poste-1", cible / "region")


def _modele(personnes: int) -> Path:
    dossier = Path(tempfile.gettempdir()) / f"passdesk-bench-plein-{empreinte()}-{personnes}"
    pret = dossier / "pret"
    if not pret.exists():
        shutil.rmtree(dossier, ignore_errors=True)
        with terrain(dossier) as lieu:
            poste = lieu.nouveau_poste(carnets_5=20, carnets_10=VISITES)
            poste.base.db.execute("PRAGMA synchronous = OFF")
            poste.base.db.execute("PRAGMA cache_size = -400000")
            remplir(poste.base, personnes)
            _travailler(poste)
            identite.ecrire_texte(poste.base, ADRESSE, NULLE_PART)
        pret.touch()
    return dossier


def _travailler(poste: Poste) -> None:
    tirage, hasard = Tirage(GRAINE), random.Random(GRAINE)
    remis = []
    for rang in range(VISITES):
        visite = visite_accord(
            poste,
            nom_naissance=tirage.nom(),
            prenoms=tirage.prenom(),
            naissance=tirage.naissance().replace(year=1960 + rang % 40).strftime("%d/%m/%Y"),
            commune=hasard.choice(COMMUNES),
            telephone=tirage.telephone(),
        )
        if rang % 10 == 9:
            garder(poste, replace(visite, pieces=()))
        else:
            carnet = _imprimer(poste, attribuer(poste, visite).carnet, hasard.random())
            if carnet is not None:
                remis.append(carnet)
    for carnet, acte in zip(remis, PERTES * 3, strict=False):
        agir(poste, carnet.campagne, carnet.numero, acte)
    with poste.base.ecriture():
        for rang, carnet in enumerate(remis[-LITIGES:], 901):
            litiges.ouvrir(
                poste.base, srv_seq=rang, litige_id=f"L{rang:06d}", sujet=carnet.personne_id, campagne=carnet.campagne,
                carnets=(carnet.numero, 2000 + rang), excedent=5, postes=("Guichet d’essai", "Bus de l’Avesnois"),
            )  # fmt: skip


def _imprimer(poste: Poste, carnet: Carnet, sort: float) -> Carnet | None:
    """Handed over, nine times out of ten; else it stays at one step of the paper."""
    if sort < 0.03:
        return None
    lancer_impression(poste, carnet.campagne, carnet.numero)
    if sort < 0.06:
        return None
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    if sort < 0.1:
        return None
    return remettre(poste, carnet.campagne, carnet.numero, date(2026, 11, 23))
