"""What tests start from: a Region with its server on loopback, and desks really enrolled with it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from passdesk.domain.campagne import CAMPAGNE_DEMONSTRATION, Campagne
from passdesk.domain.horloge import Horloge, HorlogeFixe, HorlogeSysteme
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.protocol.index_aveugle import ParametresIndex
from passdesk.server import enrolement
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.escrow import doter
from passdesk.server.postes import designer_poste
from passdesk.server.racine import Racine, nouvelle_racine
from passdesk.server.region import Region, initialiser
from passdesk.server.servir import Serveur, ouvrir_prise
from passdesk.services import enroler
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.services.visite import ouvrir_visite
from passdesk.storage.cles import Cout
from tests.e2e.processus import enfant

MIDI = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PHRASE = "quatre mots pour un essai"
INDEX_LEGER = ParametresIndex(memoire_kio=8, temps=1)
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

    def nouveau_poste(self, nom: str = "Guichet d’essai", *, carnets_5: int = 20, carnets_10: int = 20) -> Poste:
        """A desk with an agent, enrolled and granted lots, its first exchange done."""
        dossier = self.dossier / f"poste-{len(self._ouverts) + 1}"
        poste = creer_poste(
            dossier, PHRASE, "Claire Mabille", self.horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
        )
        self._ouverts.append(poste)
        mots = enroler.demander(poste, self.adresse, enrolement.proposer_code(self.region, nom))
        (attente,) = enrolement.en_attente(self.region)
        assert attente.mots == mots
        enrolement.accepter(self.region, attente.identifiant)
        assert enroler.terminer(poste)
        for taille, nombre in ((5, carnets_5), (10, carnets_10)):
            if nombre:
                self.doter(nom, taille, nombre)
        assert synchroniser(poste).fin == "fini"
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
            )

    def adopter(self, ancien: Poste, remis: Poste) -> None:
        """The desk opened again in place of one that was closed."""
        self._ouverts[self._ouverts.index(ancien)] = remis

    def fermer(self) -> None:
        """Closes every desk."""
        for poste in self._ouverts:
            poste.fermer()


@contextmanager
def terrain(
    dossier: Path, horloge: Horloge | None = None, *, stock: int = 5000, a_part: bool = False
) -> Iterator[Terrain]:
    """A Region with the demonstration campaign, served on loopback while the block runs.

    `a_part`: by a process of its own, on the tests' fixed clock, rather than by a thread of this one.
    """
    horloge = horloge or horloge_fixe()
    racine = nouvelle_racine(demonstration=True)
    region = initialiser(dossier / "region", racine, horloge)
    ouvrir_campagne(region, racine, campagne_de_test(horloge=horloge), stock=stock)
    with serveur_a_part(dossier / "region") if a_part else serveur(region) as adresse:
        lieu = Terrain(dossier, region, racine, horloge, adresse)
        try:
            yield lieu
        finally:
            lieu.fermer()
    region.fermer()


@contextmanager
def serveur(region: Region, port: int = 0) -> Iterator[str]:
    """The real server in a thread; gives its address."""
    prise = ouvrir_prise("127.0.0.1", port)
    pret = threading.Event()
    marche = Serveur(region, pret.set)
    fil = threading.Thread(target=marche.run, kwargs={"sockets": [prise]}, name="region")
    fil.start()
    try:
        assert pret.wait(20)
        yield f"http://127.0.0.1:{prise.getsockname()[1]}"
    finally:
        marche.should_exit = True
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
