"""An exchange when nothing is new, and one of 10 000 acts, as the Region and the desk fill up.

A real desk and a real Region on SQLite, in this process, without a network: what is timed is their work. The Region is
filled with the rows that visits leave, by the desks of others, and this desk hears of every award. Beside it, in turn
with it, another desk and another Region, which stay small.

Python's collector is as the Region's server sets it (that of a desk waits for the window to be idle). As Python comes,
it went through every object of this process a few times in 10 000 acts and, as a rule, not once in 1 000: a sixth of
their time, which was neither the desk's nor the Region's.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from passdesk.domain.personne import Personne
from passdesk.protocol.evenements import IndexAjout, encode_evenement
from passdesk.server.echange import HttpRequest, traiter_sync
from passdesk.server.magasin import avancer
from passdesk.server.ramassage import rarefier_le_ramassage
from passdesk.server.region import Region
from passdesk.services.fiche import corps_personne
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage.engine import uuid7
from passdesk.sync.transport import Reponse
from tests.bench import Mesure
from tests.builders import Terrain, terrain

DEPART = 1_000
"""Acts of the small one."""
FOIS = 25
"""Exchanges timed of each, at each size."""
VISITE = 10
"""Acts of a visit: one of them is an award that every desk hears of."""
PAR_BLOC = 10_000
PLAT = 1.5
"""Nothing-new exchange at the largest size over the same at the smallest: told apart from noise, and no more."""
DIX_FOIS = 11.0
LE = date(2026, 11, 2)
NOTE = "ce que la personne dit de sa situation, en une phrase ou deux"


class Direct:
    """The way to the Region without a network; `secondes`: what it took there, since the last time it was read."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self.secondes = 0.0

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        """What the Region answers."""
        debut = time.perf_counter()
        reponse = traiter_sync(self._region, HttpRequest("POST", url, headers, body))
        self.secondes += time.perf_counter() - debut
        return Reponse(reponse.status, reponse.headers, reponse.body)

    def close(self) -> None:
        """Nothing is held."""


def mesurer(bref: bool) -> Iterator[Mesure]:
    """From 10³ to 10⁶ acts at the Region, then 1 000 and 10 000 sent (10⁵, then 300 and 3 000, when brief)."""
    with ExitStack() as pile:
        lieu = Path(pile.enter_context(TemporaryDirectory(prefix="passdesk-bench-")))
        pile.enter_context(_comme_servie())
        petite, grande = (_Cote(pile.enter_context(terrain(lieu / nom))) for nom in ("petite", "grande"))
        petite.remplir(DEPART)
        suite: list[Echange] = []
        for taille in (DEPART, 10_000, 100_000) if bref else (DEPART, 10_000, 100_000, 1_000_000):
            grande.remplir(taille)
            ici, la = _cote_a_cote(petite, grande)
            suite.append(la)
        for nom, depart, grandes in (
            ("region", ici.region, [echange.region for echange in suite]),
            ("poste_et_region", ici.total, [echange.total for echange in suite]),
        ):
            ratio = grandes[-1] / depart
            dites = ", ".join(f"{1000 * duree:.1f}" for duree in grandes)
            yield Mesure(
                f"croissance_rien_{nom}", grandes[-1] * 1000, "ms",
                f"one of 10³ acts in turn with it, {1000 * depart:.1f}; this one as it grew tenfold: {dites}", ratio,
                f"<= {PLAT}", ratio <= PLAT,
            )  # fmt: skip
        petit, grand = (300, 3_000) if bref else (1_000, 10_000)
        poste, chemin = grande.poste, grande.chemin
        ratio = _envoyer(poste, chemin, grand) / min(_envoyer(poste, chemin, petit) for _ in range(3))
        yield Mesure(
            "croissance_envoi", ratio, "times", f"{petit} acts in the same run, for {grand}", ratio, f"<= {DIX_FOIS}",
            ratio <= DIX_FOIS,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Echange:
    """Seconds of one exchange: at the Region, and in all."""

    region: float
    total: float


class _Cote:
    """A Region, and a desk that has heard all that it tells."""

    def __init__(self, ici: Terrain) -> None:
        self._ici, self._actes = ici, 0
        self.poste, self.chemin = ici.nouveau_poste(), Direct(ici.region)

    def remplir(self, jusqu_a: int) -> None:
        """Up to so many acts."""
        _remplir(self._ici.region, self._actes, jusqu_a)
        self._actes = jusqu_a
        assert synchroniser(self.poste, lambda: self.chemin).fin == "fini"

    def rien_de_neuf(self) -> Echange:
        """One exchange."""
        self.chemin.secondes = 0.0
        debut = time.perf_counter()
        fini = synchroniser(self.poste, lambda: self.chemin)
        secondes = time.perf_counter() - debut
        assert (fini.fin, fini.envoyes, fini.recus) == ("fini", 0, 0), fini
        return Echange(self.chemin.secondes, secondes)


def _cote_a_cote(*cotes: _Cote) -> tuple[Echange, ...]:
    """The quickest exchange of each, in turn: whatever else this machine does only makes one longer, and does it to
    both. Measured a few minutes apart, one of them told how busy the machine was by then."""
    tours = [[cote.rien_de_neuf() for cote in cotes] for _ in range(FOIS)]
    return tuple(
        Echange(min(e.region for e in siens), min(e.total for e in siens)) for siens in zip(*tours, strict=True)
    )


@contextmanager
def _comme_servie() -> Iterator[None]:
    """The collector as `region servir` sets it."""
    seuils = gc.get_threshold()
    rarefier_le_ramassage()
    try:
        yield
    finally:
        gc.set_threshold(*seuils)
        gc.unfreeze()


def _envoyer(poste: Poste, chemin: Direct, nombre: int) -> float:
    """Seconds of work to send so many acts, written just before: of the processor, which both sides have to themselves
    here, for an exchange this long meets whatever else the machine does."""
    for _ in range(nombre):
        with poste.base.acte(poste.agent_id) as acte:
            personne = Personne(uuid7(), "Dufresnoy", "Maëlle", telephone="06 39 98 00 12", note=NOTE)
            cle = hashlib.sha256(personne.personne_id.encode()).digest()[:16]
            acte.inscrire("personne.enregistrer", personne.personne_id, corps_personne(personne, cle))
    debut = time.process_time()
    fini = synchroniser(poste, lambda: chemin)
    assert (fini.fin, fini.envoyes) == ("fini", nombre), fini
    return time.process_time() - debut


def _remplir(region: Region, depuis: int, jusqu_a: int) -> None:
    """The rows of the visits of three hundred other desks, up to so many acts."""
    for debut in range(depuis // VISITE, jusqu_a // VISITE, PAR_BLOC // VISITE):
        visites = range(debut, min(debut + PAR_BLOC // VISITE, jusqu_a // VISITE))
        actes = [
            (visite, f"ailleurs-{visite % 300}", f"personne-{visite}", rang)
            for visite in visites
            for rang in range(VISITE)
        ]
        with region.magasin.ecrire() as tx:
            premier = avancer(tx, "srv_seq", len(actes) + len(visites))
            tx.inserer(
                "operation",
                "device, epoch, seq, srv_seq, hash, entete, type, sujet, resultat, recu_le",
                [
                    (
                        device,
                        1,
                        VISITE * visite + rang,
                        premier + place,
                        bytes(32),
                        bytes(140),
                        "note",
                        sujet,
                        "appliquee",
                        1,
                    )
                    for place, (visite, device, sujet, rang) in enumerate(actes)
                ],
            )
            tx.inserer(
                "corps",
                "device, epoch, seq, scelle",
                [(device, 1, VISITE * visite + rang, bytes(180)) for visite, device, _, rang in actes],
            )
            cles = {visite: hashlib.sha256(str(visite).encode()).digest()[:16] for visite in visites}
            gens = [(visite, device, sujet) for visite, device, sujet, rang in actes if rang == 0]
            tx.inserer("sujet", "device, sujet, cle", [(device, sujet, cles[visite]) for visite, device, sujet in gens])
            tx.inserer(
                "attribution",
                "srv_seq, campagne, carnet, device, sujet, attribution, cle, taille, pot, le",
                [
                    (
                        premier + place,
                        126,
                        visite,
                        device,
                        sujet,
                        f"a-{visite}",
                        cles[visite],
                        10,
                        "general",
                        LE.isoformat(),
                    )
                    for place, (visite, device, sujet) in enumerate(gens)
                ],
            )
            dits = [encode_evenement(IndexAjout(cles[visite], 10, LE, device)) for visite, device, _ in gens]
            tx.inserer(
                "evenement",
                "srv_seq, type, octets",
                [(premier + len(actes) + place, *dit) for place, dit in enumerate(dits)],
            )
