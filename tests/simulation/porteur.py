"""Couriers on a stick: who carries them loses them, brings them twice, late, in another order, to another desk."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

from passdesk.domain.erreurs import KnownError, SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.signatures import HEADER_COUNTER
from passdesk.server import courrier as courrier_region
from passdesk.server.echange import HttpAnswer, HttpRequest
from passdesk.server.region import Region
from passdesk.services import courrier
from passdesk.services.poste import COURRIER_ATTENDU, ECART_HORLOGE
from passdesk.storage import poste as identite
from passdesk.storage.engine import Base
from passdesk.storage.pilote import dbapi
from tests.simulation.guichet import Guichet
from tests.simulation.invariants import juger_un_echange
from tests.simulation.temoin import Violation

if TYPE_CHECKING:
    from tests.simulation.monde import Monde

SORTS = {"passe": 50, "perdu": 12, "double": 14, "altere": 6, "mauvais_poste": 8, "tue": 10, "region_meurt": 6}
"""What becomes of a stick on one of its two ways, and how often."""
ROUTE_MAX = timedelta(days=45)
TARD = timedelta(days=14)
PETIT_LOT = 1500
"""Bytes of bodies a request aims at, when several are to go on one stick."""


@dataclass(frozen=True, slots=True)
class Cle:
    """A stick on its way. `rang`: which courier it carries, or answers; `remises`: how many times the desk that made
    it had been put back by then; `vie`: of the Region."""

    arrive: datetime
    part: datetime
    retour: bool
    rang: int
    device: str
    de: str
    remises: int
    vie: int
    octets: bytes = field(repr=False)
    sort: str = "passe"


@dataclass(slots=True)
class Porteur:
    """Everybody who carries sticks in one history. `calme`: they lose nothing any more."""

    monde: Monde
    alea: random.Random
    calme: bool = False
    en_route: list[Cle] = field(default_factory=list)
    demandes: dict[int, bytes] = field(default_factory=dict)
    """The requests of each courier. Two copies of a laptop that did nothing since make the same ones, word for word."""
    prises: set[tuple[str, int, bytes]] = field(default_factory=set)
    """(laptop, times it was put back, digest) of the answers taken."""
    entendus: dict[tuple[str, int], int] = field(default_factory=dict)
    """The latest courier made when (laptop, times it was put back) last heard the Region by the network."""
    arrivees: dict[str, int] = field(default_factory=dict)
    """The latest courier of each device that reached the Region."""
    _rang: int = 0

    # -- at the desk

    def partir(self, guichet: Guichet) -> str:
        """A desk makes a courier, and somebody takes it away."""
        poste, sort = guichet.ouvrir(), self._sort()
        self.monde.source.instant = guichet.horloge.maintenant
        self._rang += 1
        chemin = guichet.dossier.with_name(f"cle-{self._rang}.courrier")
        lot = PETIT_LOT if self.alea.random() < 0.5 else courrier.LOT_MAX
        with mock.patch.object(courrier, "LOT_MAX", lot):
            refus = self._faire(guichet, sort, lambda: courrier.preparer(poste, chemin))
        if isinstance(refus, str):
            return refus
        demandes = _demandes_attendues(poste.base)
        assert demandes is not None
        self.demandes[self._rang] = demandes
        self._envoyer(guichet.device, guichet.nom, self._rang, guichet.remises, chemin.read_bytes(), sort, retour=False)
        return "prepare"

    def entendre_le_reseau(self, guichet: Guichet) -> None:
        """The Region answered over the network: the couriers made before have nothing to say any more."""
        self.entendus[(guichet.nom, guichet.remises)] = self._rang

    def _envoyer(
        self, device: str, de: str, rang: int, remises: int, octets: bytes, sort: str, *, retour: bool
    ) -> None:
        """On its way, or lost on it."""
        if sort == "perdu":
            self.monde.vu("courrier.perdu")
            return
        ici, vie = self.monde.temps, self.monde.region.vie
        for _ in range(2 if sort == "double" else 1):
            arrive = ici + ROUTE_MAX * self.alea.random() ** 4
            self.en_route.append(Cle(arrive, ici, retour, rang, device, de, remises, vie, octets, sort))
        if sort == "double":
            self.monde.vu("courrier.double")

    def arriver(self, *, tous: bool = False) -> None:
        """The sticks whose day has come, each way."""
        while dues := [cle for cle in self.en_route if tous or cle.arrive <= self.monde.temps]:
            self.en_route = [cle for cle in self.en_route if cle not in dues]
            for cle in sorted(dues, key=lambda due: (due.arrive, due.rang)):
                if self.monde.temps - cle.part > TARD:
                    self.monde.vu("courrier.tard")
                if cle.sort == "altere":
                    place = self.alea.randrange(len(cle.octets))
                    abimes = bytearray(cle.octets)
                    abimes[place] ^= 1 << self.alea.randrange(8)
                    cle = replace(cle, octets=bytes(abimes))
                issue = self._au_poste(cle) if cle.retour else self._a_la_region(cle)
                self.monde.vu(f"courrier.{issue}")
                self.monde.tracer("courrier", cle.rang, cle.retour, cle.sort, issue)

    def _au_poste(self, cle: Cle) -> str:
        siens = [g for g in self.monde.guichets if (g.device == cle.device) == (cle.sort != "mauvais_poste")]
        if not siens:
            return "personne"
        guichet = self.alea.choice(siens)
        base = guichet.ouvrir().base
        self.monde.source.instant = guichet.horloge.maintenant
        if cle.remises != guichet.remises:
            self.monde.vu("courrier.d_avant_une_remise")
        attendu, ecart = _demandes_attendues(base), identite.lire_texte(base, ECART_HORLOGE)
        bilan = self._faire(guichet, cle.sort, lambda: courrier.recevoir(guichet.ouvrir(), cle.octets))
        guichet.relever()
        if not isinstance(bilan, str):
            self._juger_la_reponse(cle, guichet, attendu, ecart)
            if bilan.fin == "fourche":
                guichet.aveugle = False
                if not (guichet.recule or guichet.jumeau):
                    raise Violation("fourche_sans_cause", f"{guichet.nom} begins an epoch, and was never put back")
            bilan = f"reponse_{bilan.fin}" + (f"_{bilan.raison}" if bilan.fin == "refuse" else "")
        juger_un_echange(self.monde, guichet)
        return bilan

    def _juger_la_reponse(self, cle: Cle, guichet: Guichet, attendu: bytes | None, ecart: str | None) -> None:
        """It was taken: by its desk, once, the one that was awaited; and it says nothing of today's clock."""
        if cle.sort in ("altere", "mauvais_poste"):
            raise Violation("reponse_crue", f"{guichet.nom} takes an answer that is {cle.sort}")
        if self.demandes[cle.rang] != attendu:
            raise Violation("reponse_d_un_autre_courrier", f"{guichet.nom} takes {cle.rang}, which it did not wait for")
        if cle.rang <= self.entendus.get((guichet.nom, guichet.remises), 0):
            raise Violation("courrier_apres_le_reseau", f"{guichet.nom} takes {cle.rang}, and heard the Region since")
        prise = (guichet.nom, guichet.remises, hashlib.sha256(cle.octets).digest())
        if prise in self.prises:
            raise Violation("reponse_prise_deux_fois", f"{guichet.nom} takes the answer to {cle.rang} again")
        self.prises.add(prise)
        if identite.lire_texte(guichet.ouvrir().base, ECART_HORLOGE) != ecart:
            raise Violation("heure_d_un_courrier", f"{guichet.nom} sets its clock by an answer of another day")

    # -- at the Region

    def _a_la_region(self, cle: Cle) -> str:
        monde = self.monde
        if cle.rang < self.arrivees.get(cle.device, 0):
            monde.vu("courrier.en_desordre")
        self.arrivees[cle.device] = max(cle.rang, self.arrivees.get(cle.device, 0))
        if cle.vie != monde.region.vie:
            monde.vu("courrier.d_avant_une_autre_vie_de_la_region")
        if cle.device in monde.region.revoques:
            monde.vu("courrier.d_un_revoque")
        if sum(g.device == cle.device for g in monde.guichets) > 1:
            monde.vu("courrier.d_un_jumeau")
        monde.region.magasin.mourir = cle.sort == "region_meurt"
        try:
            with self._entendre(cle.device):
                recu = courrier_region.recevoir_courrier(monde.region.region, cle.octets)
        except SaisieRefusee as refus:
            if cle.sort != "altere":
                raise Violation("courrier_refuse", f"{cle.rang} of {cle.de}: {refus.code}") from None
            return refus.code
        except KnownError as panne:
            # Whoever has it in hand brings it again.
            self.en_route.append(replace(cle, arrive=monde.temps + timedelta(days=1), sort="passe"))
            return panne.code
        finally:
            monde.region.magasin.mourir = False
        if cle.sort == "altere":
            raise Violation("courrier_altere", f"{cle.rang} was changed on its way, and is read")
        monde.juger_la_region()
        sort = self._sort()
        self._envoyer(cle.device, cle.de, cle.rang, cle.remises, recu.reponse, sort, retour=True)
        return "refuse" if recu.refus else "deja_recu" if recu.deja else "recu"

    @contextmanager
    def _entendre(self, device: str) -> Iterator[None]:
        """Each request of a stick is told and judged as one that comes by the network."""
        vraie, reseau = courrier_region.traiter_sync, self.monde.reseau

        def entendue(region: Region, http: HttpRequest) -> HttpAnswer:
            reponse = vraie(region, http)
            self.monde.tracer("lettre", reponse.status, reponse.body)
            self.monde.juger_la_region()
            reseau.noter_la_reponse(device, http.headers[HEADER_COUNTER], reponse.status)
            return reponse

        with mock.patch.object(courrier_region, "traiter_sync", entendue):
            yield

    # -- both

    def _sort(self) -> str:
        return "passe" if self.calme else self.alea.choices(list(SORTS), list(SORTS.values()))[0]

    def _faire(self, guichet: Guichet, sort: str, quoi: Callable[[], Any]) -> Any:
        """Does it at the desk, or is killed somewhere in it; the code of what it met."""
        connexion, reste = guichet.ouvrir().base.db.conn, [self.alea.randint(1, 120)]

        def compter() -> int:
            reste[0] -= 1
            return int(reste[0] <= 0)

        connexion.set_progress_handler(compter if sort == "tue" else None, 30)
        try:
            return quoi()
        except KnownError as refus:
            return refus.code
        except dbapi.Error:
            if sort != "tue":
                raise
            guichet.tuer()
            return "tue"
        finally:
            if guichet.poste is None:
                guichet.ouvrir()
            else:
                connexion.set_progress_handler(None, 0)


def _demandes_attendues(base: Base) -> bytes | None:
    """The requests whose answer this desk waits for, None when it waits for none."""
    lu = identite.lire_octets(base, COURRIER_ATTENDU)
    return None if lu is None else canonique.encode(canonique.decode(lu)["demandes"])
