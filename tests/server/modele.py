"""The Region that most of these tests start from, alone or with two desks: made once in a run, then copied into each.

What a test does to its copy is seen by no other. How a Region is made is tested by those that make their own
(`test_region.py`), and how a desk joins it by those that enrol one (`test_enrolement.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from litestar.testing import TestClient

from passdesk.domain.campagne import Campagne
from passdesk.domain.horloge import Horloge, HorlogeFixe
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.administration import doter_poste
from passdesk.server.adresse import Adresse, AdresseSqlite, lire_adresse
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.racine import Racine
from passdesk.server.region import NOM_BASE, Region, initialiser, ouvrir_region
from passdesk.server.routes import creer_application
from tests.builders import fin_prochaine
from tests.modele import Dossier
from tests.server.grappe import Grappe
from tests.server.poste_factice import Envoi, PosteFactice

CAMPAGNE = Campagne(12, "Pass 2026", 1000, date(2027, 12, 31))
HEURE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Where the clock of these tests stands."""

Dotes = tuple[PosteFactice, PosteFactice]


def faire_region(dossier: Path, racine: Racine, horloge: Horloge, adresse: Adresse) -> Region:
    """A Region with its campaign, and no desk."""
    region = initialiser(dossier, racine, horloge, adresse=adresse)
    ouvrir_campagne(
        region, racine, replace(CAMPAGNE, dernier_jour=fin_prochaine(horloge)), stock=1000, reserve_lycee=100
    )
    return region


@contextmanager
def joindre(region: Region) -> Iterator[Envoi]:
    """The wire to this Region, while the block runs."""
    with TestClient(creer_application(region)) as client:

        def envoyer(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
            chemin = demande.url.removeprefix("http://region.test")
            reponse = client.request(demande.method, chemin, headers=dict(demande.headers), content=demande.body)
            return reponse.status_code, reponse.headers, reponse.content

        yield envoyer


def enroler_poste(region: Region, envoi: Envoi, nom: str) -> PosteFactice:
    """A desk that asked through the wire, and was accepted."""
    poste = PosteFactice(envoi)
    code = proposer_code(region, nom)
    poste.demander(code)
    accepter(region, code[:4])
    assert poste.ou_en_est().etat == "accepte"
    return poste


def doter_deux(region: Region, enroler: Callable[[str], PosteFactice]) -> Dotes:
    """Two desks; the first holds carnets 1–10 of ten pass and 21–30 of five, the second 11–20 and 31–40."""
    un, deux = enroler("Maison France services de Lens"), enroler("Mission locale de Creil")
    for taille in (10, 5):
        for poste in (un, deux):
            doter_poste(region, poste.device, taille=taille, carnets=10)
    return un, deux


@dataclass(frozen=True, slots=True)
class Modele:
    """A Region as it was left: its folder, in this cluster the database of this name, and its desks, if it has two."""

    dossier: Dossier
    grappe: Grappe | None
    base: str
    dotes: Dotes | None

    def copier(self, dossier: Path, horloge: Horloge) -> Region:
        """The same one, in a folder that does not exist yet and in the database of the tests."""
        self.dossier.poser(dossier)
        adresse = None if self.grappe is None else lire_adresse(self.grappe.copier(self.base))
        return ouvrir_region(dossier, horloge, adresse=adresse)

    def postes(self, envoi: Envoi) -> Dotes:
        """Its desks, that nobody has used."""
        assert self.dotes is not None
        un, deux = (replace(poste, envoi=envoi, log=[], ids=itertools.count()) for poste in self.dotes)
        return un, deux


class Modeles:
    """Those of one process, each made when a test first asks for it."""

    def __init__(self, racine: Racine, chantier: Path) -> None:
        self._racine = racine
        self._chantier = chantier
        self._faits: dict[str, Modele] = {}

    def modele(self, grappe: Grappe | None, *, dotee: bool) -> Modele:
        """In SQLite, or in this cluster; `dotee`: with two desks that hold lots."""
        nom = f"modele_{'sqlite' if grappe is None else 'postgresql'}_{'dotee' if dotee else 'seule'}"
        if nom not in self._faits:
            self._faits[nom] = self._faire(nom, grappe, dotee)
        return self._faits[nom]

    def _faire(self, nom: str, grappe: Grappe | None, dotee: bool) -> Modele:
        dossier = self._chantier / nom
        adresse = AdresseSqlite(dossier / NOM_BASE) if grappe is None else lire_adresse(grappe.neuve(nom))
        region = faire_region(dossier, self._racine, HorlogeFixe(HEURE), adresse)
        dotes = None
        if dotee:
            with joindre(region) as envoi:
                dotes = doter_deux(region, lambda lieu: enroler_poste(region, envoi, lieu))
        region.fermer()
        return Modele(Dossier.lire(dossier), grappe, nom, dotes)


def continuer_ailleurs(region: Region, poste: PosteFactice, nom: str) -> tuple[PosteFactice, str]:
    """The log of this desk on another computer, which asks to go on with it; under which code."""
    neuf = PosteFactice(poste.envoi, log=[*poste.log], ids=poste.ids, epoch=poste.epoch)
    code = proposer_code(region, nom)
    neuf.demander(code, poste.suite)
    return neuf, code[:4]
