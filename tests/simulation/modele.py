"""Where every history starts: a Region with its pots and a règlement, eight desks enrolled, one device that turns bad.

Made once for a process, from its own seed; a history copies the files and goes on from there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from passdesk.domain.campagne import Campagne
from passdesk.domain.horloge import Horloge, HorlogeFixe
from passdesk.protocol.signatures import SignedRequest
from passdesk.server import echange, enrolement, inscription
from passdesk.server.administration import doter_poste
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.echange import HttpAnswer, HttpRequest
from passdesk.server.publication import publier
from passdesk.server.racine import Racine, nouvelle_racine
from passdesk.server.region import Region, initialiser
from passdesk.server.reglements import publier_reglement
from passdesk.services import enroler
from passdesk.services.poste import TELEPHONE_AIDE, Poste, creer_poste
from passdesk.services.reglements_connus import reglements_livres
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import engine, integrite, pilote, sauvegarde
from passdesk.storage import poste as identite
from passdesk.sync.transport import Reponse
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE
from tests.domain.dossiers import texte_2
from tests.server.poste_factice import PosteFactice
from tests.services.lyceens import OUVERTURE
from tests.simulation.alea import Source, semer

DEBUT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CAMPAGNE = Campagne(12, "Campagne simulée", 1000, date(2027, 12, 31))
STOCK, RESERVE = 760, 60
"""Pass of the general pot, and of the lycéens' (the rest of the 4 000 belongs to no campaign): little, to run out."""
POSTES = 8
ADRESSE = "http://127.0.0.1:9"
PIRATE = "Poste détourné"


@dataclass(frozen=True, slots=True)
class Modele:
    """The files of the model, and what opens them. `postes`: folder, data key, agent and device of each desk."""

    dossier: Path
    racine: Racine = field(repr=False)
    postes: tuple[tuple[str, bytes, str, str], ...] = field(repr=False)
    pirate: PosteFactice = field(repr=False)


@contextmanager
def en_clair() -> Iterator[None]:
    """The desks' bases without their cipher, tables and transactions as always: pages took half the time of a history,
    and the tests of crashes and of damage have the real ones."""

    def connecter(chemin: str, cle: bytes | None, *, attente_ms: int = 5000) -> pilote.Database:
        assert cle is None or len(cle) == 32
        return pilote.connecter(chemin, None, attente_ms=attente_ms)

    with mock.patch.object(engine, "connecter", connecter), mock.patch.object(sauvegarde, "connecter", connecter):
        yield


class Direct:
    """The way to the Region without a network: each request is served at once."""

    def __init__(self, region: Region) -> None:
        self._region = region

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """What the Region answers."""
        reponse = servir(self._region, url, headers, body)
        return Reponse(reponse.status, reponse.headers, reponse.body)

    def close(self) -> None:
        """Nothing is held."""


def servir(region: Region, url: str, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
    """The Region's own handlers, as its routes call them."""
    chemin = url.removeprefix(ADRESSE)
    routes = {
        "/v1/sync": echange.traiter_sync,
        "/v1/enrolement": inscription.traiter_demande,
        "/v1/enrolement/etat": inscription.traiter_etat,
    }
    return routes[chemin](region, HttpRequest("POST", f"http://region{chemin}", dict(headers), body))


def batir(dossier: Path, horloge: Horloge | None = None) -> Modele:
    """Makes the model in this folder."""
    horloge = horloge or HorlogeFixe(DEBUT)
    # Made once a run: by the first history that asks for it, it would take chance that the others do not.
    integrite._vierge().conn.close()
    source = Source("modele")
    with semer(source), en_clair():
        racine = nouvelle_racine()
        region = initialiser(dossier / "region", racine, horloge)
        ouvrir_campagne(region, racine, CAMPAGNE, stock=STOCK, reserve_lycee=RESERVE)
        livres = reglements_livres()
        publier_reglement(region, texte_2(*OUVERTURE).encode(), "2026-10-15.toml", livres)
        postes = []
        for rang in range(1, POSTES + 1):
            poste = _poste(dossier / f"poste-{rang}", region, f"Poste {rang}", horloge)
            device = identite.lire_texte(poste.base, "appareil")
            postes.append((f"poste-{rang}", poste.cle, poste.agent_id, device or ""))
            # Folded into one file, which is all that a history copies.
            poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            poste.fermer()
        pirate = _pirate(region, source)
        publier(region)
        region.fermer()
        shutil.rmtree(dossier / "poste-1" / "papier", ignore_errors=True)
    return Modele(dossier, racine, tuple(postes), pirate)


def _poste(dossier: Path, region: Region, nom: str, horloge: Horloge) -> Poste:
    poste = creer_poste(dossier, PHRASE, "Claire Mabille", horloge, cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)

    def relier() -> Direct:
        return Direct(region)

    enroler.demander(poste, ADRESSE, enrolement.proposer_code(region, nom), relier)
    (attente,) = enrolement.en_attente(region)
    enrolement.accepter(region, attente.identifiant)
    assert enroler.terminer(poste, relier)
    with poste.base.ecriture():
        identite.ecrire_texte(poste.base, TELEPHONE_AIDE, "03 53 01 00 00")
    for taille, carnets in ((5, 3), (10, 2)):
        doter_poste(region, nom, taille=taille, carnets=carnets)
    doter_poste(region, nom, taille=5, carnets=1, pot="lycee")
    assert synchroniser(poste, relier).fin == "fini"
    return poste


def _pirate(region: Region, source: Source) -> PosteFactice:
    """Enrolled as any other, and it holds lots."""

    def envoi(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        url = ADRESSE + demande.url.removeprefix("http://region.test")
        reponse = servir(region, url, demande.headers, demande.body)
        return reponse.status, reponse.headers, reponse.body

    pirate = PosteFactice(
        envoi,
        requete=Ed25519PrivateKey.from_private_bytes(source.octets(32)),
        passe=Ed25519PrivateKey.from_private_bytes(source.octets(32)),
        boite=X25519PrivateKey.from_private_bytes(source.octets(32)),
    )
    pirate.demander(enrolement.proposer_code(region, PIRATE))
    (attente,) = enrolement.en_attente(region)
    enrolement.accepter(region, attente.identifiant)
    pirate.ou_en_est()
    doter_poste(region, PIRATE, taille=5, carnets=3)
    return replace(pirate, counter=0)
