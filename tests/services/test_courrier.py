"""A desk without a network hands its acts over on a stick: the same acts, once, whatever became of the stick."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.cli import executer
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.protocol.courrier import Lettre, ecrire_courrier, lire_courrier
from passdesk.protocol.signatures import HEADER_COUNTER
from passdesk.server.courrier import CourrierRecu, recevoir_courrier
from passdesk.server.magasin import ecrire_reglage
from passdesk.services import courrier, visite
from passdesk.services.courrier import ATTENTE, etat_courrier, preparer, recevoir, recevoir_fichier
from passdesk.services.poste import ECART_HORLOGE, Poste, nouvelle_epoque, ouvrir_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import envoi, lots
from passdesk.storage.appareil import FICHIER as CLES
from passdesk.storage.copie_laterale import FICHIER as COPIE
from passdesk.storage.engine import FICHIER as BASE
from passdesk.storage.integrite import verifier_base
from passdesk.storage.poste import lire_texte
from tests.builders import INDEX_LEGER, PHRASE, Terrain, terrain, visite_accord

_JOURS = timedelta(days=9)


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    """A desk with an award that the Region has not heard of."""
    poste = lieu.nouveau_poste()
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha"))
    return poste


def _porter(lieu: Terrain, poste: Poste, nom: str = "a.courrier") -> CourrierRecu:
    return recevoir_courrier(lieu.region, preparer(poste, lieu.dossier / nom).chemin.read_bytes())


def _recus(lieu: Terrain) -> tuple[int, int]:
    """(operations, distinct operations) that the Region holds."""
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*), count(DISTINCT hash) FROM operation")
    assert rangee is not None
    return int(rangee[0]), int(rangee[1])


def _code(faire: object, *avec: object) -> str:
    with pytest.raises(SaisieRefusee) as refus:
        faire(*avec)  # type: ignore[operator]
    return refus.value.code


def test_acts_go_and_lots_come_back_on_a_stick(lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    ecart = lire_texte(poste.base, ECART_HORLOGE)
    lieu.doter("Guichet d’essai", 10, 3)
    attendus, avant = envoi.reste_a_envoyer(poste.base), len(lots.lister(poste.base))
    # Nothing of it goes over a network.
    monkeypatch.setattr("passdesk.sync.transport.HttpTransport.post", lambda *_: pytest.fail("the network was used"))
    fait = preparer(poste, lieu.dossier / "a.courrier")
    assert (fait.actes, fait.restent) == (attendus, 0)
    assert envoi.reste_a_envoyer(poste.base) == attendus and etat_courrier(poste).prepare_le is not None
    octets = fait.chemin.read_bytes()
    assert not any(mot in octets for mot in (b"Alpha", b"ALPHA", poste.agent_id.encode(), b"personne."))
    recu = recevoir_courrier(lieu.region, octets)
    assert (recu.poste, recu.actes, recu.refus) == ("Guichet d’essai", attendus, None)
    lieu.horloge.instant += _JOURS  # type: ignore[attr-defined]
    bilan = recevoir(poste, recu.reponse)
    assert (bilan.fin, bilan.envoyes) == ("fini", attendus)
    assert len(lots.lister(poste.base)) == avant + 1
    # The lot received is an act in its turn; the answer is days old, and says nothing of the clock.
    assert bilan.restent == 1 and lire_texte(poste.base, ECART_HORLOGE) == ecart
    contact = envoi.etat(poste.base).contact
    assert contact is not None and lieu.horloge.maintenant() - contact >= _JOURS
    assert etat_courrier(poste).prepare_le is None and verifier_base(poste.base) == ()
    assert _recus(lieu) == (envoi.tete(poste.base).seq - 1,) * 2


def test_what_does_not_fit_in_one_request_goes_in_several(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nom in ("Bravo", "Charlie", "Delta"):
        visite.attribuer(poste, visite_accord(poste, nom_naissance=nom))
    monkeypatch.setattr("passdesk.services.synchroniser.OPERATIONS_PAR_ENVOI", 4)
    monkeypatch.setattr(courrier, "MESSAGES_MAX", 3)
    total = envoi.reste_a_envoyer(poste.base)
    fait = preparer(poste, lieu.dossier / "a.courrier")
    assert (fait.actes, fait.restent) == (12, total - 12)
    assert len(lire_courrier(fait.chemin.read_bytes(), lieu.region.cles.scellement)) == 3
    recu = recevoir_courrier(lieu.region, fait.chemin.read_bytes())
    assert recevoir(poste, recu.reponse).restent == total - 12
    monkeypatch.undo()
    assert synchroniser(poste).restent == 0
    assert _recus(lieu) == (envoi.tete(poste.base).seq,) * 2


def test_a_lost_stick_is_replaced_and_found_again_it_counts_once(lieu: Terrain, poste: Poste) -> None:
    perdue = preparer(poste, lieu.dossier / "perdue.courrier").chemin.read_bytes()
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Bravo"))
    recu = _porter(lieu, poste, "b.courrier")
    assert recevoir_courrier(lieu.region, perdue).deja
    assert recevoir(poste, recu.reponse).restent == 0
    assert _recus(lieu) == (envoi.tete(poste.base).seq,) * 2
    assert synchroniser(poste).fin == "fini"


def test_the_first_stick_arrives_after_all_and_its_answer_is_of_no_use(lieu: Terrain, poste: Poste) -> None:
    premiere = _porter(lieu, poste, "a.courrier")
    preparer(poste, lieu.dossier / "b.courrier")
    assert _code(recevoir, poste, premiere.reponse) == "courrier_autre"
    seconde = recevoir_courrier(lieu.region, (lieu.dossier / "b.courrier").read_bytes())
    assert recevoir(poste, seconde.reponse).restent == 0
    assert _recus(lieu) == (envoi.tete(poste.base).seq,) * 2


def _cle_pleine(*_: object) -> None:
    raise OSError(errno.ENOSPC, "")


def _base_muette(*_: object) -> None:
    raise PanneAttendue("disque_plein")


@pytest.mark.parametrize(
    ("objet", "nom", "panne"),
    [(os, "fsync", _cle_pleine), (courrier.identite, "ecrire_octets", _base_muette)],
    ids=["cle_pleine", "base_muette"],
)
def test_a_courier_that_could_not_be_written_spoils_nothing_of_the_one_on_its_way(
    lieu: Terrain, poste: Poste, objet: object, nom: str, panne: Callable[..., None]
) -> None:
    parti = _porter(lieu, poste)
    prepare_le = etat_courrier(poste).prepare_le
    lieu.horloge.instant += _JOURS  # type: ignore[attr-defined]
    autre = lieu.dossier / "b.courrier"
    voisin = lieu.dossier / "b.courrier.nouveau"
    voisin.write_text("à la personne")
    presents = set(lieu.dossier.iterdir())
    with pytest.MonkeyPatch.context() as pose, pytest.raises(PanneAttendue):
        pose.setattr(objet, nom, panne)
        preparer(poste, autre)
    assert set(lieu.dossier.iterdir()) == presents, "nobody would read its answer"
    assert etat_courrier(poste).prepare_le == prepare_le
    assert recevoir(poste, parti.reponse).fin == "fini"
    assert preparer(poste, autre).actes == 0
    assert voisin.read_text() == "à la personne"


def test_a_courier_brought_again_changes_nothing_and_its_answer_is_read_once(lieu: Terrain, poste: Poste) -> None:
    octets = preparer(poste, lieu.dossier / "a.courrier").chemin.read_bytes()
    recu = recevoir_courrier(lieu.region, octets)
    avant = _recus(lieu)
    encore = recevoir_courrier(lieu.region, octets)
    assert (encore.deja, encore.refus, _recus(lieu)) == (True, None, avant)
    recevoir(poste, recu.reponse)
    assert _code(recevoir, poste, recu.reponse) == "courrier_non_attendu"


def test_the_network_came_first(lieu: Terrain, poste: Poste) -> None:
    octets = preparer(poste, lieu.dossier / "a.courrier").chemin.read_bytes()
    assert synchroniser(poste).restent == 0
    assert etat_courrier(poste).prepare_le is None
    tete = envoi.tete(poste.base)
    # Its counter is behind: refused, and no act of it twice.
    assert recevoir_courrier(lieu.region, octets).deja
    assert _recus(lieu) == (tete.seq,) * 2
    assert synchroniser(poste).fin == "fini" and envoi.tete(poste.base) == tete


def test_the_answer_comes_after_the_network(lieu: Terrain, poste: Poste) -> None:
    recu = _porter(lieu, poste)
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Bravo"))
    assert synchroniser(poste).restent == 0
    etat = envoi.etat(poste.base)
    assert _code(recevoir, poste, recu.reponse) == "courrier_non_attendu"
    assert envoi.etat(poste.base) == etat


def test_a_file_cut_or_changed_is_refused_whole(lieu: Terrain, poste: Poste) -> None:
    octets = preparer(poste, lieu.dossier / "a.courrier").chemin.read_bytes()
    avant = _recus(lieu)
    for rang in (3, 40, len(octets) // 2, len(octets) - 1):
        abime = octets[:rang] + bytes([octets[rang] ^ 1]) + octets[rang + 1 :]
        assert _code(recevoir_courrier, lieu.region, abime) == "courrier_illisible"
    for morceau in (b"", octets[:30], octets[:-1], octets + b"x"):
        assert _code(recevoir_courrier, lieu.region, morceau) == "courrier_illisible"
    assert _recus(lieu) == avant
    recu = recevoir_courrier(lieu.region, octets)
    etat = envoi.etat(poste.base)
    for reponse in (recu.reponse[:-1], recu.reponse[:60] + b"\0" + recu.reponse[61:]):
        assert _code(recevoir, poste, reponse) == "courrier_illisible"
    assert _code(recevoir, poste, octets) == "courrier_aller"
    assert _code(recevoir_courrier, lieu.region, recu.reponse) == "courrier_reponse"
    assert envoi.etat(poste.base) == etat
    assert recevoir(poste, recu.reponse).restent == 0


def test_another_desk_reads_neither_and_gains_nothing(lieu: Terrain, poste: Poste) -> None:
    autre = lieu.nouveau_poste("Bavay")
    preparer(autre, lieu.dossier / "autre.courrier")
    recu = _porter(lieu, poste)
    assert _code(recevoir, autre, recu.reponse) == "courrier_illisible"
    # Who carries it may know the public keys, and nobody's secret: a name borrowed is refused, and so is a mixture.
    lettre = lire_courrier((lieu.dossier / "autre.courrier").read_bytes(), lieu.region.cles.scellement)[0]
    region = lieu.region.cles.scellement.public_key()
    faux = Lettre({**lettre.headers, "x-passdesk-device": _appareil(poste)}, lettre.body)
    avant = _recus(lieu)
    recu = recevoir_courrier(lieu.region, ecrire_courrier([faux], region))
    assert recu.refus == "signature_refusee"
    assert _code(recevoir_courrier, lieu.region, ecrire_courrier([lettre, faux], region)) == "courrier_illisible"
    inconnu = Lettre({**lettre.headers, "x-passdesk-device": "personne"}, lettre.body)
    assert _code(recevoir_courrier, lieu.region, ecrire_courrier([inconnu], region)) == "courrier_inconnu"
    assert _recus(lieu) == avant
    assert _code(recevoir, poste, recu.reponse) == "courrier_autre"


def test_a_desk_put_back_to_an_earlier_day_learns_it_from_the_answer(lieu: Terrain, poste: Poste) -> None:
    """Its counter is behind what the Region saw: the stick is refused, and says so to the desk, which begins anew."""
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ancien = {nom: (poste.dossier / nom).read_bytes() for nom in (BASE, CLES)}
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Bravo"))
    for _ in range(6):
        assert synchroniser(poste).fin == "fini"
    poste.fermer()
    for reste in (*poste.dossier.glob(f"{BASE}-*"), poste.dossier / COPIE):
        reste.unlink(missing_ok=True)
    for nom, octets in ancien.items():
        (poste.dossier / nom).write_bytes(octets)
    remis = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(poste, remis)
    visite.garder(remis, visite_accord(remis, nom_naissance="Delta", pieces=()))
    recu = _porter(lieu, remis)
    assert recu.deja and recevoir(remis, recu.reponse).fin == "fourche"
    recu = _porter(lieu, remis, "b.courrier")
    assert not recu.deja and recevoir(remis, recu.reponse).restent == 0
    assert _recus(lieu)[0] == _recus(lieu)[1]


@pytest.fixture
def en_deux_epoques(lieu: Terrain, poste: Poste) -> Poste:
    """Acts of two epochs to send: they go in two requests."""
    with poste.base.acte(poste.agent_id) as acte:
        nouvelle_epoque(poste, acte, 2)
    visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=()))
    return poste


def _tout_y_est(lieu: Terrain, poste: Poste) -> bool:
    with lieu.region.magasin.lire() as tx:
        la_bas = {bytes(h) for (h,) in tx.toutes("SELECT hash FROM operation UNION SELECT empreinte FROM quarantaine")}
    return {bytes(h) for (h,) in poste.base.db.execute("SELECT hash FROM operation").fetchall()} <= la_bas


def test_a_region_put_back_to_a_backup_receives_what_a_stick_of_before_did_not_carry(
    lieu: Terrain, en_deux_epoques: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request of the stick is answered; none but the first may say how far this Region is: it forgot the rest."""
    poste = en_deux_epoques
    assert synchroniser(poste).restent == 0
    for nom in ("Charlie", "Delta"):
        visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=()))
    monkeypatch.setattr("passdesk.services.synchroniser.OPERATIONS_PAR_ENVOI", 4)
    with lieu.region.magasin.ecrire() as tx:
        for table in ("corps", "operation", "journal"):
            tx.faire(f"DELETE FROM {table}")
        ecrire_reglage(tx, "server_epoch", (7).to_bytes(8, "big"))
    recu = _porter(lieu, poste)
    assert recu.refus is None
    bilan = recevoir(poste, recu.reponse)
    assert bilan.restent == envoi.compter_apres(poste.base, 1, 0)
    assert synchroniser(poste).restent == 0 and _tout_y_est(lieu, poste)


def test_a_request_of_a_stick_that_came_too_late_holds_back_those_after_it(
    lieu: Terrain, en_deux_epoques: Poste
) -> None:
    """Another laptop with this disk spoke first under the same counter: the second epoch alone was taken."""
    poste = en_deux_epoques
    avant = envoi.reste_a_envoyer(poste.base)
    octets = preparer(poste, lieu.dossier / "a.courrier").chemin.read_bytes()
    premiere, _ = lire_courrier(octets, lieu.region.cles.scellement)
    with lieu.region.magasin.ecrire() as tx:
        tx.faire("UPDATE poste SET compteur = ?", int(premiere.headers[HEADER_COUNTER]))
    bilan = recevoir(poste, recevoir_courrier(lieu.region, octets).reponse)
    assert (bilan.fin, bilan.restent) == ("fini", avant)
    assert synchroniser(poste).restent == 0 and _tout_y_est(lieu, poste)


def test_what_is_refused_before_anything_is_written(lieu: Terrain, poste: Poste) -> None:
    deja = lieu.dossier / "deja.courrier"
    deja.write_bytes(b"")
    assert _code(preparer, poste, deja) == "courrier_existe"
    assert _code(preparer, poste, lieu.dossier / "absent" / "a.courrier") == "courrier_dossier_absent"
    assert etat_courrier(poste).prepare_le is None


def test_it_is_offered_after_three_days_alone(lieu: Terrain, poste: Poste) -> None:
    assert not etat_courrier(poste).utile
    lieu.horloge.instant += ATTENTE  # type: ignore[attr-defined]
    etat = etat_courrier(poste)
    assert etat.utile and etat.a_envoyer == envoi.reste_a_envoyer(poste.base)
    assert _code(recevoir_fichier, poste, lieu.dossier / "absent.reponse") == "courrier_non_lu"


def test_the_two_commands_and_that_of_the_region(
    lieu: Terrain, poste: Poste, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSDESK_PHRASE", PHRASE)
    aller, retour = lieu.dossier / "a.courrier", lieu.dossier / "a.reponse"
    restent, dossier = envoi.reste_a_envoyer(poste.base), str(poste.dossier)
    poste.fermer()
    assert executer(["courrier", "preparer", str(aller), "--base-dir", dossier]) == 0
    assert f"Actes qu’il porte\u00a0: {restent}." in capsys.readouterr().out
    region = ["region", "courrier", "recevoir", str(aller), "--base-dir", str(lieu.dossier / "region")]
    assert executer(region) == 0
    assert retour.exists() and "Guichet d’essai" in capsys.readouterr().out
    assert executer(region) == 2
    assert executer([*region, "--out", str(lieu.dossier / "b.reponse"), "--json"]) == 1
    assert (lieu.dossier / "b.reponse").exists()
    capsys.readouterr()
    assert executer(["courrier", "recevoir", str(retour), "--base-dir", dossier, "--json"]) == 0
    lu = json.loads(capsys.readouterr().out)
    assert (lu["fin"], lu["envoyes"], lu["restent"]) == ("fini", restent, 0)
    assert executer(["courrier", "recevoir", str(retour), "--base-dir", dossier]) == 2


def _appareil(poste: Poste) -> str:
    return lire_texte(poste.base, "appareil") or ""
