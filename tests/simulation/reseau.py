"""The network of a history: each exchange has its fate, drawn from the seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from passdesk.domain.erreurs import PanneAttendue
from passdesk.protocol.operations import Operation
from passdesk.protocol.signatures import HEADER_COUNTER
from passdesk.storage import envoi as echanges
from passdesk.storage.copie_laterale import FICHIER
from passdesk.sync.transport import Reponse
from tests.simulation.temoin import Violation

if TYPE_CHECKING:
    from tests.simulation.guichet import Guichet
    from tests.simulation.monde import Monde

SORTS = {
    "passe": 46,
    "lente": 6,
    "requete_perdue": 8,
    "reponse_perdue": 9,
    "double": 5,
    "retard": 6,
    "vieille_reponse": 3,
    "portail": 3,
    "requete_alteree": 2,
    "reponse_alteree": 3,
    "serveur_meurt": 3,
    "mort_avant": 2,
    "mort_apres": 3,
    "mort_avant_de_couper": 2,
    "mort_en_coupant": 2,
    "entrelacee": 6,
}
"""Fates and their weights. All but the first are faults."""
RETARD_MAX = timedelta(days=30)


class Mort(BaseException):
    """The program of this desk was killed here; nothing after it runs."""


@dataclass(frozen=True, slots=True)
class Envoi:
    """A request on its way, or kept by the network."""

    device: str
    url: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(slots=True)
class Reseau:
    """What every desk sends through. `calme`: no fault any more."""

    monde: Monde
    alea: random.Random
    calme: bool = False
    retenus: list[tuple[datetime, Envoi]] = field(default_factory=list)
    anciennes: dict[str, list[Reponse]] = field(default_factory=dict)
    acceptes: set[tuple[int, str, bytes, str]] = field(default_factory=set)
    """(life of the Region, device, key that it listens to, counter) of the requests that it took."""
    passes: list[Envoi] = field(default_factory=list)
    """Requests seen on the wire: what somebody who listens can play again."""

    def relier(self, guichet: Guichet) -> Callable[[], Lien]:
        """The way from this desk."""
        return lambda: Lien(self, guichet)

    def acheminer(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        """One exchange. Raises PanneAttendue("hors_ligne"), Mort."""
        sort = "passe" if self.calme else self.alea.choices(list(SORTS), list(SORTS.values()))[0]
        if sort == "vieille_reponse" and not self.anciennes.get(envoi.device):
            sort = "passe"
        if sort != "passe":
            self.monde.vu(f"faute.{sort}")
        self.monde.tracer("envoi", guichet.nom, sort, envoi.body)
        self.monde.source.chrono += 12.0 if sort == "lente" else 0.8
        if len(self.passes) < 40:
            self.passes.append(envoi)
        return getattr(self, f"_{sort}")(guichet, envoi)

    def livrer(self, envoi: Envoi) -> Reponse:
        """The request reaches the Region, which is judged at once."""
        reponse = self.monde.region.repondre(envoi.url, dict(envoi.headers), envoi.body)
        self.monde.tracer("reponse", reponse.status, reponse.body)
        self.monde.juger_la_region()
        self.noter_la_reponse(envoi.device, envoi.headers[HEADER_COUNTER], reponse.status)
        recue = Reponse(reponse.status, reponse.headers, reponse.body)
        gardees = self.anciennes.setdefault(envoi.device, [])
        gardees.append(recue)
        del gardees[:-6]
        return recue

    def noter_la_reponse(self, device: str, compteur: str, status: int) -> None:
        """What the Region made of a request, whichever way it came. Raises Violation when it took it before."""
        region = self.monde.region
        requete = (region.vie, device, region.ecoutes[device], compteur)
        if status == 200 and requete in self.acceptes:
            raise Violation("rejeu", f"request {requete} is taken twice")
        if status == 200:
            self.acceptes.add(requete)

    def livrer_les_retards(self, *, tous: bool = False) -> None:
        """What the network kept arrives, its day come; nobody waits for the answers any more."""
        dus = [garde for garde in self.retenus if tous or garde[0] <= self.monde.temps]
        self.retenus = [garde for garde in self.retenus if garde not in dus]
        for _, envoi in dus:
            self.monde.vu("faute.arrivee_en_retard")
            self.livrer(envoi)

    # -- fates

    def _passe(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        return self.livrer(envoi)

    _lente = _passe

    def _requete_perdue(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        raise PanneAttendue("hors_ligne")

    def _reponse_perdue(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        self.livrer(envoi)
        raise PanneAttendue("hors_ligne")

    def _double(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        return self.alea.choice([self.livrer(envoi), self.livrer(envoi)])

    def _retard(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        self.retenus.append((self.monde.temps + RETARD_MAX * self.alea.random() ** 3, envoi))
        raise PanneAttendue("hors_ligne")

    def _vieille_reponse(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        ancienne = self.alea.choice(self.anciennes[envoi.device])
        if self.alea.random() < 0.5:
            self.livrer(envoi)
        return ancienne

    def _portail(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        return Reponse(200, {"content-type": "text/html"}, b"<html>Bienvenue ! Acceptez les conditions.</html>")

    def _requete_alteree(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        return self.livrer(Envoi(envoi.device, envoi.url, envoi.headers, self._abimer(envoi.body)))

    def _reponse_alteree(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        reponse = self.livrer(envoi)
        return Reponse(reponse.status, reponse.headers, self._abimer(reponse.body))

    def _serveur_meurt(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        self.monde.region.magasin.mourir = True
        try:
            return self.livrer(envoi)
        finally:
            self.monde.region.magasin.mourir = False

    def _mort_avant(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        raise Mort

    def _mort_apres(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        self.livrer(envoi)
        raise Mort

    def _mort_avant_de_couper(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        return self._mourir_a_la_copie(guichet, envoi, a_moitie=False)

    def _mort_en_coupant(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        return self._mourir_a_la_copie(guichet, envoi, a_moitie=True)

    def _mourir_a_la_copie(self, guichet: Guichet, envoi: Envoi, *, a_moitie: bool) -> Reponse:
        """Killed once the answer is applied, when the acts that it acknowledges are to leave the side copy."""

        def refaire(operations: Iterable[Operation]) -> None:
            if a_moitie:
                (guichet.dossier / f"{FICHIER}.nouveau").write_bytes(b"".join(o.corps or b"" for o in operations))
            raise Mort

        guichet.ouvrir().base._copie.refaire = refaire  # type: ignore[method-assign]
        return self.livrer(envoi)

    def _entrelacee(self, guichet: Guichet, envoi: Envoi) -> Reponse:
        """Others act between the sending and the arrival, and again before the answer."""
        self.monde.pendant(guichet)
        reponse = self.livrer(envoi)
        self.monde.pendant(guichet)
        return reponse

    def _abimer(self, octets: bytes) -> bytes:
        place = self.alea.randrange(len(octets))
        return octets[:place] + bytes([octets[place] ^ 1 << self.alea.randrange(8)]) + octets[place + 1 :]


class Lien:
    """The transport of one desk for one cycle."""

    def __init__(self, reseau: Reseau, guichet: Guichet) -> None:
        self._reseau, self._guichet = reseau, guichet
        self._curseur, self._tombe = 0, False

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """See `Transport`."""
        avant, self._curseur = self._curseur, echanges.etat(self._guichet.ouvrir().base).cursor
        if self._guichet.ligne_fragile and self._curseur < avant:
            # The answer before was the first page of what is told again.
            self._tombe = True
            self._reseau.monde.vu("faute.coupe_entre_deux_pages")
        if self._tombe:
            raise PanneAttendue("hors_ligne")
        return self._reseau.acheminer(self._guichet, Envoi(self._guichet.device, url, dict(headers), body))

    def close(self) -> None:
        """Nothing is held."""
