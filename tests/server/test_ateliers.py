"""A server of several processes: judged elsewhere, counted once, and none of them outlives it or loses an act."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from litestar.testing import TestClient

from passdesk.domain.erreurs import BaseFermee, PanneAttendue
from passdesk.domain.horloge import Horloge, HorlogeFixe, HorlogeSysteme
from passdesk.protocol.messages import Refusal, SyncAnswer
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.adresse import Adresse
from passdesk.server.ateliers import Ateliers, ImprevuError
from passdesk.server.cles import NOM, creer_cles, remplacer_cles
from passdesk.server.debit import SYNC, Cadence
from passdesk.server.echange import HttpRequest
from passdesk.server.magasin import dernier
from passdesk.server.migrations import VERSION_SCHEMA
from passdesk.server.postes import trouver_poste
from passdesk.server.racine import Racine
from passdesk.server.region import Region, prolonger
from passdesk.server.routes import creer_application
from tests.server.poste_factice import URL, Envoi, PosteFactice
from tests.server.test_serveur import PROGRAMME, _environnement

Dotes = tuple[PosteFactice, PosteFactice]


@pytest.fixture
def horloge() -> Horloge:
    """Today's: the other processes have no other."""
    return HorlogeSysteme()


@pytest.fixture
def ateliers(region: Region, tmp_path: Path, adresse: Adresse) -> Iterator[Ateliers]:
    ateliers = Ateliers(2, tmp_path / "region", adresse)
    yield ateliers
    tous = [atelier for atelier in ateliers._vivants if atelier.returncode is None]
    ateliers.fermer()
    assert {atelier.returncode for atelier in tous} <= {0}


def _servie(region: Region, ateliers: Ateliers, cadence: Cadence = SYNC) -> tuple[TestClient, Envoi]:
    client = TestClient(creer_application(region, ateliers=ateliers, sync=cadence))

    def envoyer(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
        chemin = demande.url.removeprefix(URL)
        reponse = client.request(demande.method, chemin, headers=dict(demande.headers), content=demande.body)
        return reponse.status_code, reponse.headers, reponse.content

    return client, envoyer


def _visite(poste: PosteFactice, numero: int) -> None:
    poste.inscrire(f"p{numero}", numero.to_bytes(16, "big"))
    poste.accorder(f"p{numero}", numero, 10)


def test_desks_at_once_are_judged_elsewhere_in_one_order_of_the_world(
    region: Region, dotes: Dotes, ateliers: Ateliers
) -> None:
    client, envoyer = _servie(region, ateliers)
    with client:
        for premier, poste in zip((1, 11), dotes, strict=True):
            poste.envoi = envoyer
            for numero in range(premier, premier + 10):
                _visite(poste, numero)
        with ThreadPoolExecutor(2) as fils:
            recues = list(fils.map(lambda poste: poste.synchroniser(), dotes))
        assert [{issue.result for issue in recue.outcomes} for recue in recues] == [{"appliquee"}] * 2
        assert [recue.have.seq for recue in recues] == [20, 20]
        compteurs = client.get("/v1/sante").json()["compteurs"]
        assert (compteurs["/v1/sync 200"], compteurs["operations"]) == (2, 40)
    with region.magasin.lire() as tx:
        ordres = [ordre for (ordre,) in tx.toutes("SELECT srv_seq FROM operation ORDER BY srv_seq")]
        assert len(set(ordres)) == 40
        assert tx.une("SELECT count(*) FROM attribution") == (20,)


def test_a_rate_is_counted_once_however_many_processes(region: Region, dotes: Dotes, ateliers: Ateliers) -> None:
    client, envoyer = _servie(region, ateliers, Cadence(1, 3))
    poste = dotes[0]
    poste.envoi = envoyer
    with client:
        reponses = [poste.envoyer(poste.preparer([])) for _ in range(5)]
    assert [isinstance(reponse, SyncAnswer) for reponse in reponses] == [True, True, True, False, False]


def _tuer(ateliers: Ateliers) -> None:
    for atelier in list(ateliers._vivants):
        atelier.kill()
        atelier.wait(15)


def test_one_that_dies_is_replaced_and_its_desk_comes_back(region: Region, dotes: Dotes, ateliers: Ateliers) -> None:
    client, envoyer = _servie(region, ateliers)
    poste = dotes[0]
    poste.envoi = envoyer
    _visite(poste, 1)
    with client:
        assert poste.synchroniser().have.seq == 2
        _tuer(ateliers)
        _visite(poste, 2)
        assert poste.synchroniser().have.seq == 4, "what died with nothing to do goes unseen"
        _visite(poste, 3)
        with ThreadPoolExecutor(1) as fils, region.magasin.ecrire():
            # At work, behind this writer.
            envoi = fils.submit(poste.envoyer, poste.preparer(poste.log))
            while ateliers._libres.qsize() == ateliers.nombre:
                threading.Event().wait(0.01)
            _tuer(ateliers)
            refus = envoi.result(15)
        assert isinstance(refus, Refusal)
        assert refus.code == "region_indisponible"
        assert poste.synchroniser().have.seq == 6
        assert client.get("/v1/sante").json()["compteurs"]["/v1/sync region_indisponible"] == 1


def test_those_that_hang_are_killed_in_time_and_whoever_waits_behind_them_is_told(
    region: Region, dotes: Dotes, ateliers: Ateliers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client, envoyer = _servie(region, ateliers)
    poste = dotes[0]
    poste.envoi = envoyer
    _visite(poste, 1)
    demandes = [poste.preparer([]) for _ in range(4)]
    with client, monkeypatch.context() as court, ThreadPoolExecutor(len(demandes)) as fils:
        court.setattr("passdesk.server.ateliers.DELAI_S", 3.0)
        court.setattr("passdesk.server.routes.ATTENTE_S", 0.2)
        for atelier in ateliers._vivants:
            atelier.send_signal(signal.SIGSTOP)
        refus = list(fils.map(poste.envoyer, demandes))
        assert {getattr(lu, "code", "") for lu in refus} == {"region_indisponible"}
        perdus = [lu.faits for lu in caplog.records if lu.msg == "atelier perdu" and isinstance(lu.faits, dict)]
        assert [(lu["raison"], lu["appareil"]) for lu in perdus] == [("delai", poste.device)] * 2
        court.undo()
        # Others took their place.
        assert poste.synchroniser().have.seq == 2


def test_one_whose_answer_could_not_be_read_is_never_lent_again(
    region: Region, dotes: Dotes, ateliers: Ateliers
) -> None:
    poste = dotes[0]
    with region.magasin.lire() as tx:
        connu = trouver_poste(tx, poste.device)
    assert connu is not None
    avant = set(ateliers._vivants)
    for atelier in avant:
        assert atelier.stdout is not None
        atelier.stdout.close()
    for _ in avant:
        demande = poste.preparer([])
        with pytest.raises(ValueError, match="closed file"):
            ateliers.traiter(region, HttpRequest("POST", demande.url, dict(demande.headers), demande.body), connu, 1)
    assert not avant & ateliers._vivants
    client, poste.envoi = _servie(region, ateliers)
    with client:
        assert isinstance(poste.envoyer(poste.preparer([])), SyncAnswer)


def test_a_bug_elsewhere_says_where_without_the_values(region: Region, dotes: Dotes, ateliers: Ateliers) -> None:
    poste = dotes[0]
    with region.magasin.lire() as tx:
        connu = trouver_poste(tx, poste.device)
    assert connu is not None
    demande = poste.preparer([])
    http = HttpRequest(demande.method, demande.url, dict(demande.headers), demande.body)
    with pytest.raises(ImprevuError) as imprevu:
        ateliers.traiter(region, http, replace(connu, device="un mot privé\0"), 1)
    assert imprevu.value.faits["bug"] == "RegleRompueError"
    assert any("echange.py" in pas for pas in imprevu.value.faits["ou"])
    assert "privé" not in repr(imprevu.value.faits)


def test_one_that_would_not_open_the_same_region_is_refused_and_the_health_says_it(
    region: Region,
    dotes: Dotes,
    ateliers: Ateliers,
    racine: Racine,
    horloge: Horloge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("passdesk.server.suivi._SANTE_S", 0.0)
    client, envoyer = _servie(region, ateliers)
    poste = dotes[0]
    poste.envoi = envoyer
    cles = tmp_path / "region" / NOM
    avant = cles.read_bytes()

    def essayer() -> tuple[str, int]:
        recue = poste.envoyer(poste.preparer([]))
        return getattr(recue, "code", "reçu"), client.get("/v1/sante").status_code

    with client:
        _tuer(ateliers)
        assert essayer() == ("reçu", 200)
        prolonger(tmp_path / "region", racine, HorlogeFixe(horloge.maintenant() + timedelta(days=1)))
        _tuer(ateliers)
        assert essayer() == ("reçu", 200), "the same keys, for longer"
        remplacer_cles(cles, creer_cles(racine, horloge.aujourdhui()))
        _tuer(ateliers)
        assert essayer() == ("region_indisponible", 503)
        cles.write_bytes(avant)
        assert essayer() == ("reçu", 200)
        _tuer(ateliers)
        with monkeypatch.context() as autre:
            autre.setattr("passdesk.server.ateliers.PROGRAMME", ("0.0.1", VERSION_SCHEMA))
            assert essayer() == ("region_indisponible", 503)
        # A health that is asked starts what is missing.
        assert client.get("/v1/sante").status_code == 200


def test_one_that_cannot_be_replaced_stops_nobody(
    region: Region, dotes: Dotes, ateliers: Ateliers, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, envoyer = _servie(region, ateliers)
    poste = dotes[0]
    poste.envoi = envoyer
    _, _, premier = ateliers._libres.queue[0]
    assert premier is not None
    premier.kill()
    premier.wait(15)
    monkeypatch.setattr("passdesk.server.ateliers.PROGRAMME", ("0.0.1", VERSION_SCHEMA))
    with client:
        recues = [getattr(poste.envoyer(poste.preparer([])), "code", "reçu") for _ in range(3)]
        assert recues == ["region_indisponible", "reçu", "reçu"]
        assert client.get("/v1/sante").status_code == 200
        with ateliers._un_libre("", 60):
            assert ateliers.repond(), "one is left, and at work"


def test_a_server_whose_processes_do_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BaseFermee) as absente:
        Ateliers(2, tmp_path / "ailleurs", None)
    assert absente.value.code == "region_absente"
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(PanneAttendue) as mort:
        Ateliers(2, tmp_path / "ailleurs", None)
    assert mort.value.code == "region_processus"


def test_a_desk_believed_by_one_is_known_to_all(region: Region, dotes: Dotes, ateliers: Ateliers) -> None:
    client, envoyer = _servie(region, ateliers)
    poste = dotes[0]
    poste.envoi = envoyer
    with region.magasin.lire() as tx:
        poste.cursor = dernier(tx, "srv_seq") + 1_000_000
    with client:
        vie = poste.envoyer(poste.preparer([]))
        assert isinstance(vie, SyncAnswer)
        assert poste.enrolled is not None
        assert vie.server_epoch != poste.enrolled.server_epoch
        # Both processes refuse what one of them believed.
        redites = [poste.envoyer(poste.preparer([], server_epoch=vie.server_epoch)) for _ in range(4)]
    assert {getattr(redite, "code", "") for redite in redites} == {"region_indisponible"}


@pytest.mark.parametrize("adresse", ["sqlite"], indirect=True)
def test_a_server_that_is_killed_leaves_no_process_behind(region: Region, tmp_path: Path) -> None:
    commande = ["region", "servir", "--port", "0", "--processus", "2", "--base-dir", str(tmp_path / "region")]
    with subprocess.Popen(
        [*PROGRAMME, *commande], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=_environnement()
    ) as enfant:
        assert enfant.stdout is not None
        assert enfant.stdout.readline().startswith("Région prête")
        enfant.kill()
        # Whoever is left would hold this end of it.
        assert enfant.communicate(timeout=15)[1] == ""
