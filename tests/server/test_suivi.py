"""What the server lets through, and what it tells of itself: enough to run it, never who came to a desk."""

from __future__ import annotations

import errno
import io
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from litestar.testing import TestClient

from passdesk.domain.erreurs import PanneAttendue
from passdesk.protocol.messages import Refusal, SyncAnswer
from passdesk.protocol.signatures import SignedRequest
from passdesk.server.debit import CONNUS_MAX, Cadence, Debit
from passdesk.server.enrolement import proposer_code
from passdesk.server.region import Region
from passdesk.server.routes import creer_application
from passdesk.server.suivi import Suivi, ecrire_le_journal, fermer_le_journal
from tests.server.poste_factice import URL, Envoi, PosteFactice, RefusRegion

# Other ones than those looked for in the files: here they also stand where the tables keep things in clear.
CANARIS = ("Vhkoumérange", "Jfdsqlmpoi", "1929-07-08", "0611223344", "un mot tout à fait privé")


@contextmanager
def _servie(region: Region, **cadences: Cadence) -> Iterator[tuple[TestClient, Envoi]]:
    with TestClient(creer_application(region, **cadences)) as client:

        def envoyer(demande: SignedRequest) -> tuple[int, Mapping[str, str], bytes]:
            chemin = demande.url.removeprefix(URL)
            reponse = client.request(demande.method, chemin, headers=dict(demande.headers), content=demande.body)
            return reponse.status_code, reponse.headers, reponse.content

        yield client, envoyer


def test_a_bucket_fills_with_time_and_each_caller_has_its_own() -> None:
    instant = [0.0]
    debit = Debit(Cadence(60, 2), lambda: instant[0])
    assert [debit.prendre("a") for _ in range(3)] == [True, True, False]
    assert debit.prendre("b")
    instant[0] += 1
    assert [debit.prendre("a") for _ in range(2)] == [True, False]
    instant[0] += 3600
    assert [debit.prendre("a") for _ in range(3)] == [True, True, False]


def test_a_crowd_of_callers_takes_a_bounded_place_and_frees_nobody_who_waits() -> None:
    instant = [0.0]
    debit = Debit(Cadence(60, 1), lambda: instant[0])
    assert debit.prendre("pressé")
    assert debit.prendre("tranquille")
    instant[0] += 1
    assert debit.prendre("pressé")
    for rang in range(CONNUS_MAX - 2):
        assert debit.prendre(f"poste {rang}")
    instant[0] += 0.5
    # Only the one whose bucket is full again is forgotten.
    assert debit.prendre("un de plus")
    assert not debit.prendre("pressé")
    assert not debit.prendre("poste 3")
    assert len(debit._seaux) == CONNUS_MAX


def test_a_desk_that_asks_without_end_waits_and_loses_nothing(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, deux = dotes
    with _servie(region, sync=Cadence(1, 2)) as (client, envoyer):
        un.envoi = deux.envoi = envoyer
        un.inscrire("p1", b"k" * 16)
        for _ in range(2):
            assert isinstance(un.envoyer(un.preparer([])), SyncAnswer)
        refus = un.envoyer(un.preparer(un.log))
        assert isinstance(refus, Refusal)
        assert refus.code == "region_indisponible"
        # Somebody who only writes this desk's name in a header takes nothing from it, nor from another.
        demande = deux.preparer([])
        for _ in range(5):
            assert client.post("/v1/sync", headers=dict(demande.headers), content=b"x").status_code == 401
        assert isinstance(deux.envoyer(demande), SyncAnswer)
    with _servie(region) as (_, envoyer):
        un.envoi = envoyer
        assert [o.result for o in un.synchroniser().outcomes] == ["appliquee"]


def _montrer(envoyer: Envoi, code: str) -> str:
    """What a new desk that shows this code is answered."""
    try:
        return "pris" if PosteFactice(envoyer).demander(code).ticket else ""
    except RefusRegion as refus:
        return str(refus)


def _inconnu(code: str) -> str:
    """A code of this Region that nobody was given."""
    return ("A" if code[0] != "A" else "B") + code[1:]


def test_codes_are_not_tried_by_the_thousand(region: Region) -> None:
    bon = proposer_code(region, "Lens")
    with _servie(region, recherche=Cadence(1, 3)) as (_, envoyer):
        assert [_montrer(envoyer, _inconnu(bon)) for _ in range(3)] == ["code_refuse"] * 3
        assert _montrer(envoyer, bon) == "region_indisponible"
    with _servie(region) as (_, envoyer):
        assert _montrer(envoyer, bon) == "pris"


def test_a_stranger_closes_the_door_to_nobody_who_has_a_code(region: Region) -> None:
    """Nothing is taken by what is not signed, by keys that nobody holds, nor by a code that is nobody's."""
    bon = proposer_code(region, "Lens")
    with _servie(region, recherche=Cadence(1, 4), demande=Cadence(1, 1)) as (client, envoyer):
        for _ in range(5):
            client.post("/v1/enrolement", content=b"x")
        voleur = PosteFactice(envoyer)
        voleur.passe = SansLaCle()  # type: ignore[assignment]
        for _ in range(5):
            with pytest.raises(RefusRegion, match="code_refuse"):
                voleur.demander(bon)
        assert [_montrer(envoyer, _inconnu(bon)) for _ in range(3)] == ["code_refuse"] * 3
        assert _montrer(envoyer, bon) == "pris"


class SansLaCle:
    """Shows a key, and signs with another."""

    def public_key(self) -> Ed25519PublicKey:
        return Ed25519PrivateKey.generate().public_key()

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.generate().sign(message)


def test_who_tries_one_code_takes_nothing_from_another(region: Region) -> None:
    lens, creil = proposer_code(region, "Lens"), proposer_code(region, "Creil")
    faux = lens[:4] + ("AA" if lens[4:6] != "AA" else "BB") + lens[6:]
    with _servie(region, demande=Cadence(1, 3)) as (_, envoyer):
        assert [_montrer(envoyer, faux) for _ in range(4)] == ["code_refuse"] * 3 + ["region_indisponible"]
        assert _montrer(envoyer, creil) == "pris"
    with _servie(region) as (_, envoyer):
        assert _montrer(envoyer, lens) == "pris", "what was not looked at costs no try"


def test_a_desk_that_asks_all_the_time_where_it_stands_keeps_no_other_waiting(region: Region) -> None:
    with _servie(region, attente=Cadence(1, 2)) as (_, envoyer):
        un, deux = PosteFactice(envoyer), PosteFactice(envoyer)
        for poste in (un, deux):
            poste.demander(proposer_code(region, "Lens"))
        for _ in range(2):
            assert un.ou_en_est().etat == "en_attente"
        with pytest.raises(RefusRegion, match="region_indisponible"):
            un.ou_en_est()
        un.ticket = b"t" * 16
        for _ in range(5):
            with pytest.raises(RefusRegion, match="code_refuse"):
                un.ou_en_est()
        curieux = PosteFactice(envoyer)
        curieux.ticket, curieux.region = deux.ticket, un.region
        for _ in range(5):
            with pytest.raises(RefusRegion, match="signature_refusee"):
                curieux.ou_en_est()
        assert deux.ou_en_est().etat == "en_attente"


def test_the_health_says_that_it_answers_and_how_much_was_done(region: Region, envoi: Envoi) -> None:
    with _servie(region) as (client, _):
        dite = client.get("/v1/sante")
        assert (dite.status_code, dite.headers["cache-control"]) == (200, "no-store")
        lue = dite.json()
        assert (lue["etat"], lue["compteurs"]) == ("bon", {})
        client.post("/v1/sync", content=b"x")
        assert client.get("/v1/sante").json()["compteurs"]["/v1/sync signature_refusee"] == 1
        assert client.post("/v1/sante").status_code == 405


class _Muet:
    """A database that is not there; how often it was asked."""

    def __init__(self) -> None:
        self.demandes = 0

    @contextmanager
    def lire(self) -> Iterator[None]:
        self.demandes += 1
        raise PanneAttendue("region_injoignable")
        yield


def test_the_health_tells_an_outage_and_asks_the_database_now_and_then(region: Region) -> None:
    muet, instant = _Muet(), [0.0]
    suivi = Suivi(replace(region, magasin=muet), lambda: instant[0])  # type: ignore[arg-type]
    for _ in range(5):
        bonne, dite = suivi.sante()
        assert (bonne, json.loads(dite)["etat"]) == (False, "indisponible")
    assert muet.demandes == 1
    instant[0] += 3
    suivi.sante()
    assert muet.demandes == 2


class DisquePlein(io.StringIO):
    """What a journal is on a full disk."""

    def write(self, _texte: str) -> int:
        raise OSError(errno.ENOSPC, "")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "")


def test_a_full_disk_loses_lines_of_the_journal_and_shows_nobody_a_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sortie = ecrire_le_journal(tmp_path / "journal.jsonl")
    assert isinstance(sortie, logging.FileHandler)
    sortie.stream.close()
    sortie.stream = DisquePlein()  # type: ignore[assignment]
    try:
        logging.getLogger("passdesk.region").warning("slow")
    finally:
        fermer_le_journal(sortie)
    assert capsys.readouterr() == ("", "")


def test_the_journal_is_json_and_names_nobody(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], tmp_path: Path
) -> None:
    fichier = tmp_path / "journal.jsonl"
    sortie = ecrire_le_journal(fichier)
    un, deux = dotes
    try:
        with _servie(region) as (client, envoyer):
            un.envoi = deux.envoi = envoyer
            for poste, numero in ((un, 1), (deux, 11)):
                poste.inscrire("p1", b"k" * 16, CANARIS[0])
                poste.ecrire("accompagnement.noter", CANARIS[3], {"note": CANARIS[4]})
                poste.accorder("p1", numero, 10)
                poste.ecrire(CANARIS[1], "p1", {"nom": CANARIS[0]})
                poste.synchroniser()
            # Wherever a stranger can write: a path, a header, a body, a device that is none.
            client.post(f"/v1/{CANARIS[1]}", content=CANARIS[0].encode())
            client.post("/v1/sync?nom=" + CANARIS[1], headers={"x-device": CANARIS[1]}, content=CANARIS[4].encode())
            client.post("/v1/enrolement", content=CANARIS[0].encode())
        logging.getLogger("uvicorn.error").warning("Invalid %s", CANARIS[0])
        try:
            raise ValueError(CANARIS[1])
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    finally:
        fermer_le_journal(sortie)
    texte = fichier.read_text(encoding="utf-8")
    lignes = [json.loads(ligne) for ligne in texte.splitlines()]
    assert not [canari for canari in CANARIS if canari in texte or json.dumps(canari)[1:-1] in texte]
    faits = [ligne for ligne in lignes if ligne["quoi"] == "echange"]
    assert [(f["appareil"], f["operations"], f["en_attente"], f["litiges"]) for f in faits[:2]] == [
        (un.device, 4, 1, 0),
        (deux.device, 4, 1, 1),
    ]
    assert [f.get("refus") for f in faits[2:]] == ["signature_refusee", "message_illisible"]
    assert all({"quand", "niveau", "route", "statut", "ms", "octets"} <= set(f) for f in faits)
    assert (lignes[-1]["bug"], lignes[-1]["quoi"]) == ("ValueError", "Exception in ASGI application")
    assert "test_suivi.py" in lignes[-1]["ou"][-1]
