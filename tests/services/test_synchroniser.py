"""The exchange on a bad day: nobody, somebody else, an old answer, a cut, a wrong clock; nothing lost or twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.domain.visite import Brouillon
from passdesk.protocol import evenements
from passdesk.protocol.evenements import IndexAjout, LitigeOuvert, LotAttribue, encode_evenement
from passdesk.protocol.messages import Event, SyncAnswer, SyncRequest, decode_answer, decode_request, encode_answer
from passdesk.protocol.signatures import sign_answer
from passdesk.server.magasin import ecrire_reglage
from passdesk.services import visite
from passdesk.services.avancement import Progres
from passdesk.services.diagnostic import diagnostiquer
from passdesk.services.poste import Poste, etat_poste, nouvelle_epoque
from passdesk.services.synchroniser import LOT_RETENU, BilanEnvoi, synchroniser
from passdesk.storage import envoi, index_regional, lots
from passdesk.storage.copie_laterale import CopieLaterale
from passdesk.storage.evenements import reentendre_les_inconnus
from passdesk.storage.integrite import verifier_base
from passdesk.storage.poste import lire_texte
from passdesk.sync.cycle import Cycle
from passdesk.sync.transport import HttpTransport, Reponse
from tests.builders import MIDI, Terrain, terrain, visite_accord

PORTAIL = b"<!DOCTYPE html><title>Wifi gratuit</title>"
Passage = Callable[[HttpTransport, str, Mapping[str, str], bytes], Reponse]


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@dataclass
class Reseau:
    """A network between the desk and the real server: `passage` decides what goes through, and what comes back."""

    passage: Passage
    demandes: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)
    reponses: list[Reponse] = field(default_factory=list)

    def __call__(self) -> Reseau:
        self._vrai = HttpTransport()
        return self

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        self.demandes.append((url, headers, body))
        reponse = self.passage(self._vrai, url, headers, body)
        self.reponses.append(reponse)
        return reponse

    def close(self) -> None:
        self._vrai.close()


def _passer(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    return vrai.post(url, headers, body)


def _etat(poste: Poste) -> tuple[Any, ...]:
    """All that an exchange may change at the desk, except the counter, which only goes up."""
    etat = envoi.etat(poste.base)
    return (
        replace(etat, counter=0),
        envoi.tete(poste.base),
        envoi.reste_a_envoyer(poste.base),
        poste.base.db.execute("SELECT count(*) FROM lot").fetchone(),
        poste.base.db.execute("SELECT count(*) FROM index_regional").fetchone(),
        poste.base.db.execute("SELECT count(*) FROM litige").fetchone(),
    )


def _a_la_region(lieu: Terrain) -> tuple[int, int, int]:
    """(operations, distinct operations, pass awarded) that the Region holds."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*), count(DISTINCT hash) FROM operation")
        attribues = tx.une("SELECT coalesce(sum(taille), 0) FROM attribution")
    assert rangee is not None
    assert attribues is not None
    return rangee[0], rangee[1], attribues[0]


def _lourde(poste: Poste, rang: int, prenoms: str = "x" * 4000) -> Brouillon:
    """A visit of the `rang`-th of many people, long enough for them not to fit in one exchange."""
    nom = "Nom" + chr(ord("a") + rang % 26) * (1 + rang // 26)
    return visite_accord(poste, nom_naissance=nom, prenoms=prenoms)


def _tout_est_arrive(lieu: Terrain, poste: Poste, bilan: BilanEnvoi, pass_attribues: int) -> None:
    assert (bilan.fin, bilan.raison, bilan.restent, bilan.litiges) == ("fini", None, 0, 0)
    tete = envoi.tete(poste.base).seq
    assert _a_la_region(lieu) == (tete, tete, pass_attribues)
    assert verifier_base(poste.base) == ()


def _dire(statut: int, corps: bytes, **entetes: str) -> Passage:
    return lambda vrai, url, headers, body: Reponse(statut, {"content-type": "text/html", **entetes}, corps)


def _autre_cle(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    """A forger who saw the real answer, changes it and signs with a key of their own."""
    vraie = vrai.post(url, headers, body)
    lue = decode_answer(vraie.body)
    assert isinstance(lue, SyncAnswer)
    corps = encode_answer(replace(lue, cursor=lue.cursor + 1000))
    entetes = sign_answer(
        Ed25519PrivateKey.generate(), status=200, body=corps, request_method="POST", request_url=url,
        request_headers=headers,
    )  # fmt: skip
    return Reponse(200, entetes, corps)


def _sans_signature(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    vraie = vrai.post(url, headers, body)
    return Reponse(200, {n: v for n, v in vraie.headers.items() if not n.startswith("signature")}, vraie.body)


def _corps_change(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    vraie = vrai.post(url, headers, body)
    change = bytearray(vraie.body)
    change[len(change) // 2] ^= 1
    return Reponse(vraie.status, vraie.headers, bytes(change))


def _statut_change(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    vraie = vrai.post(url, headers, body)
    return Reponse(503, vraie.headers, vraie.body)


def _coupe_avant(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    raise PanneAttendue("hors_ligne")


def _coupe_apres(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
    vrai.post(url, headers, body)
    raise PanneAttendue("hors_ligne")


@pytest.mark.parametrize(
    ("passage", "raison"),
    [
        (_dire(200, PORTAIL), "reponse_etrangere"),
        (_dire(302, b"", location="https://portail.exemple/"), "reponse_etrangere"),
        (_dire(511, PORTAIL), "reponse_etrangere"),
        (_dire(200, b""), "reponse_etrangere"),
        (_dire(500, b"oops"), "reponse_etrangere"),
        (_sans_signature, "reponse_etrangere"),
        (_autre_cle, "reponse_etrangere"),
        (_corps_change, "reponse_etrangere"),
        (_statut_change, "reponse_etrangere"),
        (_coupe_avant, "hors_ligne"),
        (_coupe_apres, "hors_ligne"),
    ],
    ids=["portail", "redirection", "portail_511", "vide", "500", "sans_signature", "autre_cle", "corps_change",
         "statut_change", "coupe_avant", "coupe_apres"],
)  # fmt: skip
def test_no_believable_answer_changes_nothing_and_loses_nothing(lieu: Terrain, passage: Passage, raison: str) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    avant, attendent = _etat(poste), etat_poste(poste).actes_a_envoyer
    bilan = synchroniser(poste, Reseau(passage))
    assert (bilan.fin, bilan.raison) == ("hors_ligne", raison)
    assert (bilan.envoyes, bilan.restent, bilan.recus) == (0, attendent, 0)
    assert _etat(poste) == avant
    # Work goes on, and the next good exchange counts each act once, whatever the server had already.
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq"))
    _tout_est_arrive(lieu, poste, synchroniser(poste), 20)


def test_an_answer_to_another_request_is_not_believed(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    premier = Reseau(_passer)
    assert synchroniser(poste, premier).fin == "fini"
    visite.attribuer(poste, visite_accord(poste))
    avant = _etat(poste)
    rejoue = Reseau(lambda vrai, url, headers, body: premier.reponses[-1])
    bilan = synchroniser(poste, rejoue)
    assert (bilan.fin, bilan.raison, bilan.envoyes) == ("hors_ligne", "reponse_etrangere", 0)
    assert _etat(poste) == avant
    _tout_est_arrive(lieu, poste, synchroniser(poste), 10)


def test_an_answer_meant_for_another_desk_is_not_believed(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    for _ in range(3):
        synchroniser(un)
    ecoute = Reseau(_passer)
    synchroniser(un, ecoute)
    avant = _etat(deux)
    bilan = synchroniser(deux, Reseau(lambda vrai, url, headers, body: ecoute.reponses[-1]))
    assert bilan.raison == "reponse_etrangere"
    assert _etat(deux) == avant


def test_a_request_that_arrives_twice_counts_once(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))

    def deux_fois(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        premiere = vrai.post(url, headers, body)
        vrai.post(url, headers, body)
        return premiere

    _tout_est_arrive(lieu, poste, synchroniser(poste, Reseau(deux_fois)), 10)


def test_a_network_that_repeats_the_request_and_gives_the_second_answer(lieu: Terrain) -> None:
    """A proxy tries again after a cut: the answer the desk sees is the refusal of a replay, and the cycle heals."""
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    repetees = []

    def rejouer(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        reponse = vrai.post(url, headers, body)
        if repetees:
            return reponse
        repetees.append(1)
        return vrai.post(url, headers, body)

    _tout_est_arrive(lieu, poste, synchroniser(poste, Reseau(rejouer)), 10)


@pytest.mark.parametrize("coupe", [_coupe_avant, _coupe_apres], ids=["avant", "apres"])
def test_a_cut_in_the_middle_of_a_long_exchange(lieu: Terrain, coupe: Passage) -> None:
    """Sixty visits at the first connection of the day, and a network that drops every second request."""
    poste = lieu.nouveau_poste(carnets_10=60)
    for rang in range(60):
        visite.attribuer(poste, _lourde(poste, rang))
    vus: list[int] = []

    def une_sur_deux(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        vus.append(len(body))
        return (coupe if len(vus) % 2 == 0 else _passer)(vrai, url, headers, body)

    bilan = synchroniser(poste, Reseau(une_sur_deux))
    assert len(vus) > 3
    while bilan.fin != "fini":
        bilan = synchroniser(poste, Reseau(une_sur_deux))
    _tout_est_arrive(lieu, poste, bilan, 600)


@pytest.mark.parametrize("epoque", [False, True], ids=["epoque_en_cours", "epoque_d_avant"])
def test_a_link_that_drops_every_few_seconds_lets_everything_leave_in_the_end(lieu: Terrain, epoque: bool) -> None:
    """What is longer than it bears never arrives: batches become smaller from one exchange to the next."""
    poste = lieu.nouveau_poste(carnets_10=40)
    for rang in range(40):
        visite.attribuer(poste, _lourde(poste, rang, "".join(random.Random(rang).choices(ascii_lowercase, k=4000))))
    if epoque:
        with poste.base.acte(poste.agent_id) as acte:
            nouvelle_epoque(poste, acte, 2)

    def courte(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        if len(body) > 12_000:
            raise PanneAttendue("hors_ligne", entame=True)
        return vrai.post(url, headers, body)

    for _ in range(8):
        bilan = synchroniser(poste, Reseau(courte))
    assert (bilan.fin, bilan.restent) == ("fini", 0)
    actes = poste.base.db.execute("SELECT count(*) FROM operation").fetchone()[0]
    assert _a_la_region(lieu) == (actes, actes, 400)
    # Once a link is good, the usual size is back by itself.
    for _ in range(4):
        synchroniser(poste)
    assert lire_texte(poste.base, LOT_RETENU) is None


@pytest.mark.parametrize("annee", [2016, 2036])
def test_a_clock_ten_years_off_locks_nobody_out(lieu: Terrain, annee: int) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    poste.horloge = poste.base.horloge = HorlogeFixe(datetime(annee, 11, 23, 12, tzinfo=UTC))
    garde = visite.garder(poste, visite_accord(poste, nom_naissance="Walbecq", pieces=()))
    assert garde is not None
    _tout_est_arrive(lieu, poste, synchroniser(poste), 10)
    poste.horloge = poste.base.horloge = HorlogeFixe(MIDI)
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Leleu"))
    _tout_est_arrive(lieu, poste, synchroniser(poste), 20)


def _truquer(lieu: Terrain, evenements: tuple[Event, ...]) -> Passage:
    """The Region's own key signs events that its root or the format do not allow: a server taken over."""

    def passer(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        lue = decode_answer(vrai.post(url, headers, body).body)
        assert isinstance(lue, SyncAnswer)
        corps = encode_answer(replace(lue, events=(*lue.events, *evenements), cursor=lue.cursor + len(evenements)))
        entetes = sign_answer(
            lieu.region.cles.reponse, status=200, body=corps, request_method="POST", request_url=url,
            request_headers=headers,
        )  # fmt: skip
        return Reponse(200, entetes, corps)

    return passer


LOT_A_L_ENVERS = {"lot": "L", "campagne": 127, "pot": "general", "taille": 10, "premier": 9, "dernier": 2,
                  "bail_jusqu_au": MIDI.date(), "kid": 1}  # fmt: skip


@pytest.mark.parametrize(
    "evenement",
    [
        ("confiance", b"\xa1foctetsDabcd"),
        ("campagne", b"\xa2ecarteA\xa0isignatureX@" + bytes(64)),
    ],
    ids=["confiance", "campagne"],
)
def test_an_event_that_does_not_hold_is_not_applied_and_nothing_with_it(
    lieu: Terrain, evenement: tuple[str, bytes]
) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    avant = _etat(poste)
    bon = Event(10_000, *encode_evenement(IndexAjout(b"k" * 16, 10, MIDI.date(), "ailleurs")))
    truque = Reseau(_truquer(lieu, (bon, Event(10_001, *evenement))))
    try:
        bilan = synchroniser(poste, truque)
        assert bilan.fin != "fini"
    except SaisieRefusee:
        pass
    assert _etat(poste) == avant
    assert index_regional.anterieurs(poste.base, b"k" * 16, sauf_poste=None) == ()
    _tout_est_arrive(lieu, poste, synchroniser(poste), 10)


@pytest.mark.parametrize(
    "evenement",
    [
        encode_evenement(LotAttribue(**LOT_A_L_ENVERS)),  # type: ignore[arg-type]
        encode_evenement(LitigeOuvert("L000012", "p1", 127, tuple(range(1, 200)), 10, ("Lens",))),
        ("index.ajout", b"\xff"),
        ("carnet.bloque", b"\xa0"),
    ],
    ids=["lot", "litige", "index", "bloque"],
)
def test_an_event_that_cannot_be_read_is_kept_and_the_rest_goes_on(lieu: Terrain, evenement: tuple[str, bytes]) -> None:
    """Else the same one comes back for ever, and the desk never hears anything again."""
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    bon = Event(10_001, *encode_evenement(IndexAjout(b"k" * 16, 10, MIDI.date(), "ailleurs")))
    bilan = synchroniser(poste, Reseau(_truquer(lieu, (Event(10_000, *evenement), bon))))
    assert bilan.fin == "fini"
    assert len(index_regional.anterieurs(poste.base, b"k" * 16, sauf_poste=None)) == 1
    (garde,) = poste.base.db.execute("SELECT srv_seq, type, octets FROM evenement_inconnu").fetchall()
    assert tuple(garde) == (10_000, *evenement)
    assert dict(diagnostiquer(poste.dossier, poste.horloge, poste).nombres or ())["table evenement_inconnu"] == 1
    # It is no better read the next time: nothing is asked again for it.
    curseur = envoi.etat(poste.base).cursor
    reentendre_les_inconnus(poste.base)
    assert envoi.etat(poste.base).cursor == curseur
    _tout_est_arrive(lieu, poste, bilan, 10)


def test_what_a_program_could_not_read_is_asked_for_once_another_can(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste = lieu.nouveau_poste()
    large = encode_evenement(LitigeOuvert("L000012", "p1", 127, tuple(range(1, 200)), 10, ("Lens",)))
    assert synchroniser(poste, Reseau(_truquer(lieu, (Event(10_000, *large),)))).fin == "fini"
    curseur = envoi.etat(poste.base).cursor
    monkeypatch.setattr(evenements, "CONCERNES_MAX", 1000)
    reentendre_les_inconnus(poste.base)
    assert envoi.etat(poste.base).cursor == min(curseur, 9_999)
    assert poste.base.db.execute("SELECT count(*) FROM evenement_inconnu").fetchone() == (0,)


def test_an_event_of_a_newer_region_is_kept_and_the_rest_goes_on(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    bilan = synchroniser(poste, Reseau(_truquer(lieu, (Event(10_000, "avenir.inconnu", b"\xff\x00"),))))
    assert bilan.fin == "fini"
    (garde,) = poste.base.db.execute("SELECT type, octets FROM evenement_inconnu").fetchall()
    assert tuple(garde) == ("avenir.inconnu", b"\xff\x00")


def test_a_lot_arrives_once_even_when_its_answer_is_lost(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste("Un", carnets_10=2)
    lieu.doter("Un", 10, 3)
    assert synchroniser(poste, Reseau(_coupe_apres)).fin == "hors_ligne"
    assert etat_poste(poste).carnets_10 == 2
    assert synchroniser(poste).fin == "fini"
    assert synchroniser(poste).fin == "fini"
    assert etat_poste(poste).carnets_10 == 5
    assert lots.restants(poste.base, 127, "general", MIDI.date())[10] == 5
    assert verifier_base(poste.base) == ()


def test_the_acts_beside_the_base_are_not_written_again_for_each_batch(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste = lieu.nouveau_poste(carnets_10=30)
    for rang in range(30):
        visite.attribuer(poste, _lourde(poste, rang))
    monkeypatch.setattr("passdesk.sync.cycle.LOT_MAX", 4096)
    monkeypatch.setattr("passdesk.services.synchroniser.Cycle", partial(Cycle, lot=4096))
    a_envoyer = len(poste.base.lire_copie().operations)
    ecrits: list[int] = []
    sceller = CopieLaterale._sceller
    monkeypatch.setattr(CopieLaterale, "_sceller", lambda copie, acte: ecrits.append(1) or sceller(copie, acte))
    assert synchroniser(poste).fin == "fini"
    assert len(ecrits) < a_envoyer
    assert poste.base.lire_copie().operations == ()


def test_a_desk_that_was_stopped_keeps_what_was_acknowledged(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste(carnets_10=30)
    for rang in range(30):
        visite.attribuer(poste, _lourde(poste, rang))
    dits: list[Progres] = []
    bilan = synchroniser(poste, avancement=dits.append, arreter=lambda: len(dits) == 2)
    assert bilan.fin == "arrete"
    assert 0 < bilan.envoyes == dits[1].fait < dits[1].total
    assert dits[0].octets == 0 < dits[1].octets < dits[1].octets_total
    assert _a_la_region(lieu)[0] == envoi.etat(poste.base).acked_seq
    _tout_est_arrive(lieu, poste, synchroniser(poste), 300)


def test_a_desk_that_is_not_enrolled_says_so(tmp_path: Path) -> None:
    from passdesk.services.poste import creer_poste
    from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe

    poste = creer_poste(tmp_path, PHRASE, "C", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)
    with pytest.raises(SaisieRefusee) as refus:
        synchroniser(poste)
    poste.fermer()
    assert refus.value.code == "poste_non_enrole"


def test_a_disk_that_refuses_is_not_told_as_a_lost_network(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    avant = _etat(poste)
    poste.base.db.execute("PRAGMA query_only = ON")
    with pytest.raises(PanneAttendue) as panne:
        synchroniser(poste)
    poste.base.db.execute("PRAGMA query_only = OFF")
    assert (panne.value.code, _etat(poste)) == ("disque_muet", avant)
    _tout_est_arrive(lieu, poste, synchroniser(poste), 10)


def test_numbers_given_twice_are_refused_and_told(lieu: Terrain) -> None:
    """A Region restored without care gives again numbers that this desk holds, under another lot."""
    poste = lieu.nouveau_poste(carnets_5=0, carnets_10=4)
    visite.attribuer(poste, visite_accord(poste))
    avant = _etat(poste)
    (lot,) = lots.lister(poste.base)
    double = LotAttribue("autre", 127, "general", 10, lot.lot.dernier, lot.lot.dernier + 5, lot.lot.bail_jusqu_au, 1)
    bilan = synchroniser(poste, Reseau(_truquer(lieu, (Event(10_000, *encode_evenement(double)),))))
    assert (bilan.fin, bilan.raison) == ("refuse", "lot_refuse")
    assert _etat(poste) == avant
    _tout_est_arrive(lieu, poste, synchroniser(poste), 10)


def test_why_the_region_keeps_an_act_aside_is_kept_here(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire(
            "lot.rendre", lots.lister(poste.base)[0].lot.lot_id, {"lot": lots.lister(poste.base)[0].lot.lot_id}
        )
    with lieu.region.magasin.ecrire() as tx:
        tx.faire("UPDATE lot SET rendu = 1")
    assert synchroniser(poste).en_attente == 1
    (issue,) = envoi.en_suspens(poste.base)
    assert (issue.resultat, issue.raison) == ("en_attente", "inapplicable")


def test_a_region_that_was_restored_tells_again_and_nothing_counts_twice_or_is_forgotten(lieu: Terrain) -> None:
    un, deux = lieu.nouveau_poste("Un"), lieu.nouveau_poste("Deux")
    visite.attribuer(un, visite_accord(un, accompagnement=False, prescripteur=None))
    synchroniser(un)
    synchroniser(deux)
    # An award that the restored Region has lost, known here only; its number in the order is given to another event.
    cle = deux.cle_de_la_personne("Perdue", "Maëlle", date(1987, 4, 12))
    assert cle is not None
    index_regional.ajouter(deux.base, 1, cle, 10, MIDI.date(), "ailleurs")
    with lieu.region.magasin.ecrire() as tx:
        ecrire_reglage(tx, "server_epoch", (1 << 52).to_bytes(8, "big"))
    for _ in range(2):
        assert synchroniser(deux).fin == "fini"
        assert visite.apprecier(deux, visite_accord(deux)).pass_anterieurs == 5
        assert visite.apprecier(deux, visite_accord(deux, nom_naissance="Perdue")).pass_anterieurs == 10
    # Its desk sends it again: the same award, told under a new number.
    index_regional.ajouter(deux.base, 5000, cle, 10, MIDI.date(), "ailleurs")
    assert visite.apprecier(deux, visite_accord(deux, nom_naissance="Perdue")).pass_anterieurs == 10


def test_acts_recorded_while_an_exchange_is_on_its_way_go_with_the_next_one(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    synchroniser(poste)
    passes: list[int] = []

    def travailler(vrai: HttpTransport, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
        if not passes:
            visite.attribuer(poste, visite_accord(poste))
        passes.append(1)
        return vrai.post(url, headers, body)

    _tout_est_arrive(lieu, poste, synchroniser(poste, Reseau(travailler)), 10)
    assert len(passes) == 2


def _headers(reseau: Reseau) -> list[tuple[bool, int]]:
    """Of each request sent: True when its headers travelled short, and how many of them."""
    lues = [decode_request(corps) for _, _, corps in reseau.demandes]
    return [(lue.entieres is not None, len(lue.headers)) for lue in lues]


def test_acts_travel_short_and_the_region_holds_the_very_same(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    reseau = Reseau(_passer)
    bilan = synchroniser(poste, reseau)
    assert _headers(reseau) == [(True, bilan.envoyes)]
    _tout_est_arrive(lieu, poste, bilan, 10)
    with lieu.region.magasin.lire() as tx:
        la_bas = [bytes(hash_) for (hash_,) in tx.toutes("SELECT hash FROM operation ORDER BY srv_seq")]
    assert la_bas == [o.entete.hash for o in envoi.operations_apres(poste.base, 1, 0)]


def test_a_region_of_before_gets_the_headers_whole(lieu: Terrain, monkeypatch: pytest.MonkeyPatch) -> None:
    def d_avant(octets: bytes) -> SyncRequest:
        lue = decode_request(octets)
        if lue.entieres is not None:
            raise SaisieRefusee("version_recente")
        return lue

    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    monkeypatch.setattr("passdesk.server.echange.decode_request", d_avant)
    reseau = Reseau(_passer)
    bilan = synchroniser(poste, reseau)
    assert _headers(reseau) == [(True, bilan.envoyes), (False, bilan.envoyes)]
    _tout_est_arrive(lieu, poste, bilan, 10)


def test_bodies_that_do_not_open_are_kept_aside_and_the_headers_come_whole(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ferme(*_: object, **__: object) -> None:
        raise SaisieRefusee("message_illisible")

    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste))
    monkeypatch.setattr("passdesk.server.corps.open_bodies", ferme)
    reseau = Reseau(_passer)
    bilan = synchroniser(poste, reseau)
    assert _headers(reseau) == [(True, bilan.envoyes), (False, bilan.envoyes)]
    assert (bilan.fin, bilan.restent) == ("fini", 0)
    with lieu.region.magasin.lire() as tx:
        gardes = tx.toutes("SELECT raison FROM quarantaine ORDER BY numero")
    assert [raison for (raison,) in gardes] == ["bloc_illisible", "bloc_illisible"]
