"""Eight threads at once, on both stores: desks that serve and sync, people who grant, call back, publish and settle."""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.evenements import IndexAjout, LotAttribue, lire_evenement
from passdesk.protocol.messages import SyncAnswer
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.administration import clore, doter_poste, litiges
from passdesk.server.echange import HttpRequest, traiter_sync
from passdesk.server.nullite import rangs_nuls
from passdesk.server.publication import publier
from passdesk.server.rappel import rappeler, relancer
from passdesk.server.recharge import Recharge, regler_recharge
from passdesk.server.region import Region
from passdesk.server.settlement import PLAFOND, compte
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]
TOURS = 12
PERSONNES = 9


class _Guichet:
    """A desk that keeps its word: awards only from lots it holds and may use, records what it hears, misses nothing."""

    def __init__(self, poste: PosteFactice, hasard: random.Random) -> None:
        self.poste, self.hasard = poste, hasard
        self.lots: dict[str, LotAttribue] = {}
        self.suivants: dict[str, int] = {}
        self.envoyees = 0
        self.inscrites: set[int] = set()
        self.entendus: list[int] = []
        self.index: Counter[bytes] = Counter()

    def servir(self) -> None:
        """One award, to one of a few persons that all desks know."""
        libres = [
            lot
            for lot in self.lots.values()
            if lot.bail_jusqu_au.year > 2000 and self.suivants.setdefault(lot.lot, lot.premier) <= lot.dernier
        ]
        if not libres:
            return
        lot, qui = self.hasard.choice(libres), self.hasard.randrange(PERSONNES)
        if qui not in self.inscrites:
            self.inscrites.add(qui)
            self.poste.inscrire(f"p{qui}", bytes([qui]) * 16)
        numero = self.suivants[lot.lot]
        self.suivants[lot.lot] += 1
        self.poste.accorder(f"p{qui}", numero, lot.taille)
        if self.hasard.random() < 0.2:
            self.poste.ecrire("carnet.gacher", f"p{qui}", {"campagne": 12, "numero": numero, "motif": ""})

    def envoyer(self) -> None:
        """One exchange; sometimes the answer is lost, and everything is sent again."""
        answer = self.poste.envoyer(self.poste.preparer(self.poste.log[self.envoyees :]))
        assert isinstance(answer, SyncAnswer), answer
        if self.hasard.random() < 0.2:
            return
        assert all(outcome.result in ("appliquee", "litige") for outcome in answer.outcomes)
        self.envoyees = answer.have.seq
        assert all(self.poste.cursor < event.srv_seq <= answer.cursor for event in answer.events)
        self.entendus += [event.srv_seq for event in answer.events]
        self.poste.cursor = answer.cursor
        for event in answer.events:
            lu = lire_evenement(event.type, event.payload)
            if isinstance(lu, LotAttribue):
                self.lots[lu.lot] = lu
                noms = ("lot", "campagne", "pot", "taille", "premier", "dernier", "kid")
                corps = {**{nom: getattr(lu, nom) for nom in noms}, "bail_jusqu_au": lu.bail_jusqu_au.isoformat()}
                self.poste.ecrire("lot.recevoir", lu.lot, corps)
            elif isinstance(lu, IndexAjout):
                self.index[lu.cle] += lu.passes


@pytest.mark.parametrize("graine", range(3))
def test_whatever_happens_at_once_the_invariants_hold(region: Region, enroler: Enroler, graine: int) -> None:
    guichets = [_Guichet(enroler(f"Poste {rang}"), random.Random(f"{graine}/{rang}")) for rang in range(4)]

    def direct(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        entetes = {nom.lower(): valeur for nom, valeur in demande.headers.items()}
        reponse = traiter_sync(region, HttpRequest(demande.method, demande.url, entetes, demande.body))
        return reponse.status, reponse.headers, reponse.body

    with region.magasin.ecrire() as tx:
        regler_recharge(tx, Recharge(12, "general", 5, 1, 10))
    for guichet in guichets:
        guichet.poste.envoi = direct
        doter_poste(region, guichet.poste.device, taille=5, carnets=3)
    depart = Barrier(8)

    def tenir_un_guichet(guichet: _Guichet) -> None:
        depart.wait()
        for _ in range(TOURS):
            for _ in range(guichet.hasard.randrange(4)):
                guichet.servir()
            guichet.envoyer()

    def agir(nom: str) -> None:
        hasard = random.Random(f"{graine}/{nom}")
        depart.wait()
        for _ in range(TOURS):
            device = hasard.choice(guichets).poste.device
            try:
                if nom == "doter":
                    doter_poste(region, device, taille=hasard.choice((5, 10)), carnets=hasard.randrange(1, 6))
                elif nom == "publier":
                    publier(region)
                elif nom == "rappeler":
                    hasard.choice((rappeler, relancer))(region, device)
                else:
                    for litige in litiges(region)[:1]:
                        clore(region, litige.litige)
            except SaisieRefusee as refus:
                assert refus.code in ("stock_insuffisant", "lot_inconnu")

    with ThreadPoolExecutor(8) as fils:
        taches = [fils.submit(tenir_un_guichet, guichet) for guichet in guichets]
        taches += [fils.submit(agir, nom) for nom in ("doter", "publier", "rappeler", "trancher")]
        for tache in taches:
            tache.result()
    doter_poste(region, guichets[0].poste.device, taille=5, carnets=1)
    rappeler(region, guichets[0].poste.device)
    for guichet in guichets:
        while guichet.envoyees < len(guichet.poste.log):
            guichet.envoyer()
    # One more for those that spoke before the last: whatever was lost on the way is heard now.
    for guichet in guichets:
        for _ in range(20):
            guichet.envoyer()
    _verifier(region, guichets)


def _verifier(region: Region, guichets: list[_Guichet]) -> None:
    with region.magasin.lire() as tx:
        lots = tx.toutes("SELECT premier, dernier, taille, valeur FROM lot ORDER BY premier")
        assert all(avant[1] < apres[0] for avant, apres in itertools.pairwise(lots)), "a number given twice"
        # A run that saw none of it would prove nothing.
        vus = tx.une("SELECT count(valeur), sum(automatique), (SELECT count(*) FROM litige) FROM lot")
        assert vus is not None and all(vus), vus
        stock, accorde, rendu = tx.une("SELECT stock, accorde, rendu FROM pot WHERE pot = 'general'") or (0, 0, 0)
        assert accorde == sum(taille * (dernier - premier + 1) for premier, dernier, taille, _ in lots)
        annules = tx.une("SELECT coalesce(sum(taille), 0) FROM attribution WHERE valeur_rendue = 1") or (0,)
        assert rendu == sum(valeur or 0 for *_, valeur in lots) + annules[0]
        assert accorde - rendu <= stock
        # What was awarded is inside what was granted and not given back: the stock holds on paper too.
        remis = tx.toutes("SELECT carnet, taille, etat, remis, cle FROM attribution")
        en_vigueur = [ligne for ligne in remis if compte(ligne[2], ligne[3])]
        assert sum(ligne[1] for ligne in en_vigueur) <= accorde - rendu + annules[0]
        assert len({ligne[0] for ligne in remis}) == len(remis), "a carnet awarded twice"
        par_cle: defaultdict[bytes, list[int]] = defaultdict(list)
        for carnet, taille, _, _, cle in en_vigueur:
            par_cle[bytes(cle)].append(taille - rangs_nuls(tx, 12, carnet, "litige").bit_count())
        for cle, restants in par_cle.items():
            admis = tx.une(
                "SELECT coalesce(sum(excedent), 0) FROM litige WHERE cle = ? AND etat = 'clos' AND repris = 0", cle
            )
            assert sum(restants) <= PLAFOND + (admis[0] if admis else 0), "an excess that nobody looks at"
        totaux = Counter({bytes(cle): 0 for cle in par_cle})
        for _, taille, etat, fait, cle in remis:
            totaux[bytes(cle)] += taille if compte(etat, fait) else 0
        for guichet in guichets:
            device = guichet.poste.device
            dits = tx.toutes(
                "SELECT srv_seq FROM evenement WHERE (device IS NULL OR device = ?) AND type <> 'confiance' "
                "ORDER BY srv_seq",
                device,
            )
            connus = set(guichet.entendus)
            assert [seq for (seq,) in dits if seq not in connus] == [], "an event that the cursor passed"
            assert +guichet.index == +totaux
            fin = tx.une("SELECT seq FROM journal WHERE device = ? AND epoch = 1", device)
            assert fin == (len(guichet.poste.log),)
            recues = tx.une("SELECT count(*), count(DISTINCT seq) FROM operation WHERE device = ?", device)
            assert recues == (len(guichet.poste.log), len(guichet.poste.log))
