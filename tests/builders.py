"""What tests start from: a Region with its server on loopback, and desks really enrolled with it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION, Campagne
from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import Horloge, HorlogeFixe, HorlogeSysteme
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.protocol.index_aveugle import ParametresIndex
from passdesk.server import enrolement
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.escrow import doter
from passdesk.server.postes import designer_poste
from passdesk.server.racine import Racine, nouvelle_racine
from passdesk.server.region import Region, initialiser, ouvrir_region
from passdesk.server.servir import Serveur, ouvrir_prise
from passdesk.services import enroler
from passdesk.services.poste import ADRESSE, Poste, creer_poste, ouvrir_avec_cle
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import ouvrir_visite
from passdesk.storage import poste as identite
from passdesk.storage.cles import Cout
from passdesk.sync.transport import HttpTransport, Reponse
from tests.e2e.processus import enfant
from tests.modele import Dossier, Modele, Registre

MIDI = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PHRASE = "quatre mots pour un essai"
INDEX_LEGER = ParametresIndex(memoire_kio=8, temps=1)
NOM = "Guichet d’essai"
STOCK = 5000
CARNETS = 20
"""Pass of the campaign, and carnets of each size that a desk is granted."""
PHRASE_LEGERE = Cout(memoire_kio=8, passes=1, voies=1)


def horloge_fixe() -> HorlogeFixe:
    """A clock that stands at noon of 23 November 2026, UTC."""
    return HorlogeFixe(MIDI)


def fin_prochaine(horloge: Horloge) -> date:
    """31 December of next year: a test on today's clock must still hold in years."""
    return date(horloge.aujourdhui().year + 1, 12, 31)


FIN_PROCHAINE = fin_prochaine(HorlogeSysteme()).isoformat()
"""The same on the computer's clock, as the commands read it."""


def campagne_de_test(numero: int = CAMPAGNE_DEMONSTRATION, horloge: Horloge | None = None) -> Campagne:
    """A campaign that ends on 31 December of next year, of 2027 on the tests' fixed clock."""
    return Campagne(numero, "Campagne d’essai", 1000, fin_prochaine(horloge or horloge_fixe()))


@dataclass(slots=True)
class Terrain:
    """A Region that answers at `adresse`, and the desks made on it."""

    dossier: Path
    region: Region
    racine: Racine
    horloge: Horloge
    adresse: str
    _ouverts: list[Poste] = field(default_factory=list)
    _modele: Modele | None = None
    _registre: Registre | None = None
    """Both None when this Region is no copy of the model."""

    def nouveau_poste(self, nom: str = NOM, *, carnets_5: int = CARNETS, carnets_10: int = CARNETS) -> Poste:
        """A desk with an agent, enrolled and granted lots, its first exchange done."""
        dossier = self.dossier / f"poste-{len(self._ouverts) + 1}"
        if self._modele is not None and self._neuf and (nom, carnets_5, carnets_10) == (NOM, CARNETS, CARNETS):
            poste = self._copier(self._modele, dossier)
        else:
            poste = self._enroler(dossier, nom, {5: carnets_5, 10: carnets_10})
        self._ouverts.append(poste)
        return poste

    @property
    def _neuf(self) -> bool:
        """True while nothing was done to this Region, and the clock has not moved."""
        intact = self._registre is not None and self._registre.intact and not self._ouverts
        return intact and self.horloge.maintenant() == MIDI

    def _enroler(self, dossier: Path, nom: str, lots: Mapping[int, int]) -> Poste:
        poste = creer_poste(
            dossier, PHRASE, "Claire Mabille", self.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
        )
        try:
            mots = enroler.demander(poste, self.adresse, enrolement.proposer_code(self.region, nom))
            (attente,) = enrolement.en_attente(self.region)
            assert attente.mots == mots
            enrolement.accepter(self.region, attente.identifiant)
            assert enroler.terminer(poste)
            for taille, nombre in lots.items():
                if nombre:
                    self.doter(nom, taille, nombre)
            assert synchroniser(poste).fin == "fini"
        except BaseException:
            poste.fermer()
            raise
        return poste

    def _copier(self, modele: Modele, dossier: Path) -> Poste:
        assert self._registre is not None
        modele.poste.poser(dossier)
        self._registre.remplacer(modele.registre)
        poste = ouvrir_avec_cle(dossier, modele.cle, modele.agent_id, self.horloge, cout_index=INDEX_LEGER)
        with poste.base.ecriture():
            identite.ecrire_texte(poste.base, ADRESSE, self.adresse)
        return poste

    def doter(self, nom: str, taille: int, carnets: int) -> None:
        """Grants a lot to a desk."""
        with self.region.magasin.ecrire() as tx:
            cible = designer_poste(tx, nom)
            doter(
                tx,
                device=cible.device,
                kid=cible.kid,
                campagne=campagne_de_test(horloge=self.horloge),
                pot="general",
                taille=taille,
                carnets=carnets,
                maintenant=self.region.maintenant(),
            )

    def adopter(self, ancien: Poste, remis: Poste) -> None:
        """The desk opened again in place of one that was closed."""
        self._ouverts[self._ouverts.index(ancien)] = remis

    def fermer(self) -> None:
        """Closes every desk."""
        for poste in self._ouverts:
            poste.fermer()
        if self._registre is not None:
            self._registre.fermer()


class Coupe(HttpTransport):
    """A line that drops after one answer."""

    _passees = 0

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        self._passees += 1
        if self._passees > 1:
            raise PanneAttendue("hors_ligne")
        return super().post(url, headers, body)


@contextmanager
def terrain(
    dossier: Path, horloge: Horloge | None = None, *, stock: int = STOCK, a_part: bool = False
) -> Iterator[Terrain]:
    """A Region with the demonstration campaign, served on loopback while the block runs.

    `a_part`: by a process of its own, on the tests' fixed clock, rather than by a thread of this one.
    """
    horloge = horloge or horloge_fixe()
    # A second Region beside the first is another one: it has keys of its own.
    comme_le_modele = not _terrains and stock == STOCK and isinstance(horloge, HorlogeFixe)
    modele = _modeles[-1] if _modeles and comme_le_modele and horloge.maintenant() == MIDI else None
    if modele is not None:
        modele.region.poser(dossier / "region")
        racine, region = modele.racine, ouvrir_region(dossier / "region", horloge)
    else:
        racine, region = _nouvelle_region(dossier / "region", horloge, stock)
    with serveur_a_part(dossier / "region") if a_part else serveur(region) as adresse:
        registre = None if modele is None else Registre(dossier / "region")
        lieu = Terrain(dossier, region, racine, horloge, adresse, _modele=modele, _registre=registre)
        _terrains.append(lieu)
        try:
            yield lieu
        finally:
            _terrains.remove(lieu)
            lieu.fermer()
    region.fermer()


_terrains: list[Terrain] = []
"""Those served now."""
_modeles: list[Modele] = []


def preparer_modele(chantier: Path) -> None:
    """From now on in this process, `terrain` copies the Region and the first desk that are made here, for good.

    Before any test: one that changes how something is done would leave its mark in the model.
    """
    horloge = horloge_fixe()
    racine, region = _nouvelle_region(chantier / "region", horloge, STOCK)
    region.fermer()
    vierge = Dossier.lire(chantier / "region")
    region = ouvrir_region(chantier / "region", horloge)
    with serveur(region) as adresse:
        poste = Terrain(chantier, region, racine, horloge, adresse)._enroler(
            chantier / "poste", NOM, {5: CARNETS, 10: CARNETS}
        )
        poste.fermer()
    region.fermer()
    registre = Registre(chantier / "region")
    _modeles.append(
        Modele(racine, vierge, Dossier.lire(chantier / "poste"), poste.cle, poste.agent_id, registre.copier())
    )
    registre.fermer()


def oublier_modele() -> None:
    """`terrain` makes everything again."""
    _modeles.pop().registre.close()


def _nouvelle_region(dossier: Path, horloge: Horloge, stock: int) -> tuple[Racine, Region]:
    racine = nouvelle_racine(demonstration=True)
    region = initialiser(dossier, racine, horloge)
    ouvrir_campagne(region, racine, campagne_de_test(horloge=horloge), stock=stock)
    return racine, region


TOURS_ACCUEIL = 6
"""Turns of the loop that asyncio takes, at most, from a connection accepted to one that the server knows."""


class ServeurEnFil(Serveur):
    """Ends as soon as it is asked to: uvicorn looks ten times a second, then sleeps a tenth, in each of a thousand
    tests. How the real one ends is tested from outside (`tests/server/test_serveur.py`).
    """

    def __init__(self, region: Region, pret: Callable[[], None]) -> None:
        super().__init__(region, pret)
        self._fin = asyncio.Event()
        self._boucle: asyncio.AbstractEventLoop | None = None

    def finir(self) -> None:
        """From any thread, once it was ready."""
        self.should_exit = True
        if self._boucle is not None:
            with suppress(RuntimeError):  # ended by itself
                self._boucle.call_soon_threadsafe(self._fin.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """The loop is known before anybody is told that it listens."""
        self._boucle = asyncio.get_running_loop()
        await super().startup(sockets=sockets)

    async def main_loop(self) -> None:
        """Uvicorn's own, woken at the end."""
        tour = 0
        while not await self.on_tick(tour):
            tour += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._fin.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Uvicorn's own, without its sleeps: nobody is heard any more, what was begun is answered."""
        for ecoute in (*self.servers, *(sockets or ())):
            ecoute.close()
        # A connection accepted at the last moment is made, then unmade, over a few turns of the loop.
        for _ in range(TOURS_ACCUEIL):
            await _tour()
            for connexion in list(self.server_state.connections):
                connexion.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks)
        while self.server_state.connections:
            await _tour()
        await _tour()
        for ecoute in self.servers:
            await ecoute.wait_closed()


async def _tour() -> None:
    """One turn of the loop."""
    tour = asyncio.Event()
    asyncio.get_running_loop().call_soon(tour.set)
    await tour.wait()


@contextmanager
def serveur(region: Region, port: int = 0) -> Iterator[str]:
    """The real server in a thread; gives its address."""
    prise = ouvrir_prise("127.0.0.1", port)
    pret = threading.Event()
    marche = ServeurEnFil(region, pret.set)
    fil = threading.Thread(target=marche.run, kwargs={"sockets": [prise]}, name="region")
    fil.start()
    try:
        assert pret.wait(20)
        yield f"http://127.0.0.1:{prise.getsockname()[1]}"
    finally:
        marche.finir()
        fil.join(20)
        prise.close()


@contextmanager
def serveur_a_part(dossier: Path) -> Iterator[str]:
    """The real server in a process of its own, killed at the end; gives its address."""
    prise = ouvrir_prise("127.0.0.1", 0)
    port = prise.getsockname()[1]
    prise.close()
    with enfant("enfant_region", "aucun", dossier, str(port)) as marche:
        assert marche.annonce() == {"point": "pret"}
        yield f"http://127.0.0.1:{port}"


@contextmanager
def poste_enrole(dossier: Path, horloge: Horloge | None = None, *, a_part: bool = False) -> Iterator[Poste]:
    """A desk ready to award; the Region's server (`a_part`: another process) stops when the block ends."""
    with terrain(dossier, horloge, a_part=a_part) as lieu:
        yield lieu.nouveau_poste()


def visite_accord(poste: Poste, **champs: object) -> Brouillon:
    """A complete visit that gets a carnet of 10: job seeker, accompanied, fresh proofs."""
    brouillon = replace(
        ouvrir_visite(poste),
        nom_naissance="Dufresnoy",
        prenoms="Maëlle",
        naissance="12/04/1987",
        commune="59249",
        telephone="06 39 98 00 12",
        public="demandeur_emploi",
        accompagnement=True,
        prescripteur="france_services",
        pieces=(
            PieceSaisie("piece_identite", vue=True),
            PieceSaisie("justificatif_domicile", vue=True, date="18/10/2026"),
            PieceSaisie("attestation_france_travail", vue=True, date="02/11/2026"),
        ),
    )
    return replace(brouillon, **champs)  # type: ignore[arg-type]
