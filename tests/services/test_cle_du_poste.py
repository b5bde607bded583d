"""Another data key: who left opens nothing more, nothing recorded is lost, a cut leaves the one desk or the other."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.services import agents, cle_du_poste, secours, visite
from passdesk.services.cle_du_poste import changer_la_cle, etat_de_la_cle, verifier_le_changement
from passdesk.services.poste import Poste, ouvrir_avec_cle, ouvrir_poste
from passdesk.services.restauration import apercevoir, restaurer
from passdesk.services.sauvegarde import nom_de_sauvegarde, sauvegarder, sauvegarder_au_poste, sauvegardes_de
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import cles, echange, envoi, journal, trouver
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.copie_laterale import CopieLaterale
from passdesk.storage.echange import achever_un_changement, oublier_une_preparation
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, Base
from passdesk.storage.integrite import verifier_base
from passdesk.ui.apercu_sauvegarde import lignes_apercu
from passdesk.ui.messages import message
from tests.builders import INDEX_LEGER, PHRASE, Terrain, horloge_fixe, terrain, visite_accord

DE_SAM, AUTRE = "violon rouge mardi cascade", "lampe rivage moulin tambour"


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    """Linked, with a colleague, a recovery sheet, an award that the Region has and one that it has not."""
    poste = lieu.nouveau_poste()
    agents.ajouter_agent(poste, "Sam Petit", agents.MEDIATEUR, DE_SAM)
    secours.retenir_feuille(poste, secours.tirer_feuille(poste))
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha"))
    assert synchroniser(poste).fin == "fini"
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Beta"))
    return poste


def actes(poste: Poste) -> list[bytes]:
    with poste.base.lecture() as db:
        return [operation.entete.hash for operation in journal.operations(db)]


def qui_ouvre(dossier: Path, phrase: str) -> str:
    try:
        poste = ouvrir_poste(dossier, phrase, horloge_fixe(), cout_index=INDEX_LEGER)
    except BaseFermee as fermee:
        return fermee.code
    poste.fermer()
    return poste.agent_id


def rouvrir(lieu: Terrain, ancien: Poste) -> Poste:
    remis = ouvrir_poste(ancien.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(ancien, remis)
    assert verifier_base(remis.base) == ()
    return remis


def test_nothing_is_lost_and_who_left_opens_nothing(lieu: Terrain, poste: Poste, tmp_path: Path) -> None:
    avant, ancienne, dossier = actes(poste), poste.cle, poste.dossier
    assert etat_de_la_cle(poste).changee_le is None
    shutil.copyfile(dossier / cles.FICHIER, tmp_path / "copie.cles")
    poste.fermer()
    changer_la_cle(dossier, PHRASE, lieu.horloge)

    remis = rouvrir(lieu, poste)
    assert actes(remis) == avant and remis.cle != ancienne
    assert etat_de_la_cle(remis).changee_le == lieu.horloge.aujourdhui()
    assert [agent.a_une_phrase for agent in agents.agents_du_poste(remis)] == [True, False]
    assert secours.etat_secours(remis).faite_le is None, "the sheet of before opens nothing"
    assert qui_ouvre(dossier, DE_SAM) == "phrase_inconnue"
    # The key of before, as a copy of the key file gives it, opens nothing of what is here.
    for lire in (lambda: Base.ouvrir(dossier, ancienne, lieu.horloge), lambda: lire_appareil(dossier, ancienne)):
        with pytest.raises(BaseFermee):
            lire()
    assert CopieLaterale(dossier, ancienne).lire().etat == "etrangere"
    assert len(CopieLaterale(dossier, remis.cle).lire().operations) == len(avant) - _connus(remis)
    # The desk works on: colleagues come back in person, carnets are awarded, the Region gets everything.
    agents.donner_phrase(remis, agents.agents_du_poste(remis)[1].agent_id, AUTRE)
    assert qui_ouvre(dossier, AUTRE) != "phrase_inconnue"
    assert [p.nom_naissance for p in trouver.chercher(remis.base, "beta")] == ["Beta"]
    visite.attribuer(remis, visite_accord(remis, nom_naissance="Gamma"))
    assert synchroniser(remis).fin == "fini"
    assert envoi.reste_a_envoyer(remis.base) == 0
    assert not (dossier / "cle-neuve").exists() and not (dossier / "cle-neuve.partiel").exists()


def _connus(poste: Poste) -> int:
    """How many acts the Region has."""
    acquis = envoi.etat(poste.base)
    with poste.base.lecture() as db:
        return sum(
            (o.entete.epoch, o.entete.seq) <= (acquis.acked_epoch, acquis.acked_seq) for o in journal.operations(db)
        )


def test_a_change_that_is_not_decided_leaves_no_backup_that_nobody_opens(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    avant, cle = actes(poste), poste.cle
    poste.fermer()

    def muet(_: Path) -> None:
        raise PanneAttendue("disque_muet")

    with monkeypatch.context() as pose, pytest.raises(PanneAttendue, match="disque_muet"):
        pose.setattr(cle_du_poste, "decider_le_changement", muet)
        changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    assert list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde")) == []
    remis = rouvrir(lieu, poste)
    assert remis.cle == cle and actes(remis) == avant


@pytest.mark.parametrize("fois", [1, 2])
def test_a_backup_of_before_still_comes_back(lieu: Terrain, poste: Poste, tmp_path: Path, fois: int) -> None:
    copie = sauvegarder(poste, tmp_path / "avant.sauvegarde").chemin
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Gamma"))
    avant = actes(poste)
    poste.fermer()
    for _ in range(fois):
        changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    # Also by a passphrase that the backup never knew.
    remis = rouvrir(lieu, poste)
    agents.changer_phrase(remis, PHRASE, AUTRE)
    cle = remis.cle
    remis.fermer()
    restaurer(poste.dossier, copie, AUTRE, lieu.horloge)
    revenu = ouvrir_poste(poste.dossier, AUTRE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(remis, revenu)
    assert revenu.cle == cle and actes(revenu) == avant
    assert qui_ouvre(poste.dossier, DE_SAM) == "phrase_inconnue"


def _perdre_les_cles(dossier: Path) -> None:
    (dossier / cles.FICHIER).unlink()


def test_a_lost_key_file_and_a_backup_of_before_come_back_under_the_key_of_today(
    lieu: Terrain, poste: Poste, tmp_path: Path
) -> None:
    # The backup that was made with the change knows the key of before; what followed is read with it.
    copie = sauvegarder(poste, tmp_path / "avant.sauvegarde").chemin
    poste.fermer()
    changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    remis = rouvrir(lieu, poste)
    visite.attribuer(remis, visite_accord(remis, nom_naissance="Gamma"))
    cle, avant = remis.cle, actes(remis)
    remis.fermer()
    _perdre_les_cles(poste.dossier)
    apercu = restaurer(poste.dossier, copie, PHRASE, lieu.horloge)
    assert apercu.lisible and not apercu.cle_d_avant and not apercu.autre_ordinateur
    revenu = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(remis, revenu)
    assert revenu.cle == cle and actes(revenu) == avant
    assert etat_de_la_cle(revenu).changee_le == lieu.horloge.aujourdhui()
    assert qui_ouvre(poste.dossier, DE_SAM) == "phrase_inconnue"


def test_on_another_computer_the_backups_beside_it_know_the_key_of_today(
    lieu: Terrain, poste: Poste, tmp_path: Path
) -> None:
    cle_usb = tmp_path / "cle"
    cle_usb.mkdir()
    avant = sauvegarder(poste, cle_usb / nom_de_sauvegarde(poste.base)).chemin
    ancienne = poste.cle
    poste.fermer()
    changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    lieu.horloge.instant += timedelta(days=1)
    remis = rouvrir(lieu, poste)
    sauvegarder(remis, cle_usb / nom_de_sauvegarde(remis.base))
    ailleurs = tmp_path / "ailleurs"
    apercu = restaurer(ailleurs, avant, PHRASE, lieu.horloge)
    assert apercu.autre_ordinateur and not apercu.cle_d_avant
    revenu = ouvrir_poste(ailleurs, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    try:
        assert revenu.cle == remis.cle != ancienne
    finally:
        revenu.fermer()
    assert qui_ouvre(ailleurs, DE_SAM) == "phrase_inconnue"


def test_a_key_of_before_that_comes_back_is_told_until_it_is_changed(
    lieu: Terrain, poste: Poste, tmp_path: Path
) -> None:
    copie = sauvegarder(poste, tmp_path / "avant.sauvegarde").chemin
    ancienne = poste.cle
    poste.fermer()
    changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    remis = rouvrir(lieu, poste)
    agents.changer_phrase(remis, PHRASE, AUTRE)
    lieu.horloge.instant += timedelta(hours=1)
    sauvegarder_au_poste(remis)
    (plus_loin, *_) = sauvegardes_de(poste.dossier / DOSSIER_SAUVEGARDES)
    remis.fermer()
    _perdre_les_cles(poste.dossier)
    apercu = restaurer(poste.dossier, copie, PHRASE, lieu.horloge)
    assert apercu.cle_d_avant
    assert "Changez-la de nouveau ensuite, dans Réglages, Agents." in "\n".join(lignes_apercu(apercu))
    revenu = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    assert revenu.cle == ancienne and etat_de_la_cle(revenu).d_avant
    # Of this desk all the same: it opens with the passphrase of its day, where there are no other keys.
    with pytest.raises(SaisieRefusee, match="sauvegarde_autre_cle"):
        apercevoir(poste.dossier, plus_loin, PHRASE, lieu.horloge)
    revenu.fermer()
    changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    change = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    assert not etat_de_la_cle(change).d_avant
    change.fermer()


def test_what_is_said_of_the_keys_does_not_go_back_with_the_data(lieu: Terrain, poste: Poste, tmp_path: Path) -> None:
    copie = sauvegarder(poste, tmp_path / "avant.sauvegarde").chemin
    poste.fermer()
    changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    remis = rouvrir(lieu, poste)
    assert synchroniser(remis).fin == "fini"
    remis.fermer()
    restaurer(poste.dossier, copie, PHRASE, lieu.horloge, suite=False)
    revenu = rouvrir(lieu, remis)
    assert etat_de_la_cle(revenu).changee_le == lieu.horloge.aujourdhui()


COUPER = """
import os, sys
from pathlib import Path
from passdesk.services.cle_du_poste import changer_la_cle
from passdesk.ui.messages import message
from tests.builders import horloge_fixe
vrai = Path.replace
def couper(dossier, reste):
    def replace(ici, vers):
        nonlocal reste
        reste -= 1
        if reste < 0:
            os._exit(9)
        return vrai(ici, vers)
    Path.replace = replace
    changer_la_cle(dossier, sys.argv[1], horloge_fixe())
    os._exit(0)
for rang, dossier in enumerate(sys.argv[2:]):
    enfant = os.fork() or couper(Path(dossier), rang)
    print(os.waitstatus_to_exitcode(os.waitpid(enfant, 0)[1]))
"""
"""Changes the key of each folder, and dies at the first, the second… file that takes its name."""
POINTS = 16


def test_cut_at_any_step_the_desk_is_the_one_or_the_other(lieu: Terrain, poste: Poste, tmp_path: Path) -> None:
    avant = actes(poste)
    poste.fermer()
    dossiers = [tmp_path / f"coupe-{rang}" for rang in range(POINTS)]
    for dossier in dossiers:
        shutil.copytree(poste.dossier, dossier)
    lance = subprocess.run(
        [sys.executable, "-c", COUPER, PHRASE, *map(str, dossiers)], check=True, capture_output=True, text=True
    )
    codes = lance.stdout.split()
    assert codes[-1] == "0" and set(codes) == {"0", "9"}, "every step was met"
    trouves: list[str] = []
    for dossier in dossiers:
        oublier_une_preparation(dossier)
        rouvert = ouvrir_poste(dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
        try:
            assert actes(rouvert) == avant and verifier_base(rouvert.base) == ()
            assert lire_appareil(dossier, rouvert.cle) is not None
            assert len(CopieLaterale(dossier, rouvert.cle).lire().operations) == len(avant) - _connus(rouvert)
            # All of it is under one key: the colleague's passphrase goes with the key of before.
            neuve = rouvert.cle != poste.cle
            assert qui_ouvre(dossier, DE_SAM) == ("phrase_inconnue" if neuve else _id_de_sam(rouvert))
        finally:
            rouvert.fermer()
        assert not list(dossier.glob("cle-neuve*"))
        # The backup that is made before the decision is there with it, and is of no other desk.
        copies = list((dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde"))
        assert len(copies) == neuve
        for copie in copies:
            assert apercevoir(dossier, copie, PHRASE, lieu.horloge).depuis == 0
        trouves.append("neuve" if neuve else "ancienne")
    assert trouves == sorted(trouves), "the one desk before the step that decides, the other after"
    assert trouves.count("ancienne") >= 3 and codes.count("9") - trouves.count("ancienne") >= 4


def _id_de_sam(poste: Poste) -> str:
    return agents.agents_du_poste(poste)[1].agent_id


def test_while_somebody_has_the_base_open_nothing_changes(lieu: Terrain, poste: Poste) -> None:
    avant, cle = actes(poste), poste.cle
    with pytest.raises(PanneAttendue, match="base_occupee"):
        changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    assert actes(poste) == avant
    visite.attribuer(poste, visite_accord(poste, nom_naissance="Gamma"))
    poste.fermer()
    remis = rouvrir(lieu, poste)
    assert remis.cle == cle and len(actes(remis)) > len(avant)
    assert qui_ouvre(poste.dossier, DE_SAM) == _id_de_sam(remis)


@pytest.mark.parametrize("quand", ["decide", "acheve"])
def test_a_command_that_read_the_key_before_writes_nothing_to_the_base_of_before(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch, quand: str
) -> None:
    avant, cle, agent_id, dossier = actes(poste), poste.cle, poste.agent_id, poste.dossier
    poste.fermer()
    dits: list[str] = []

    def entre_temps(ou: Path) -> None:
        if quand == "acheve":
            achever_un_changement(ou)
        with pytest.raises(PanneAttendue) as refus:
            ouvrir_avec_cle(dossier, cle, agent_id, lieu.horloge, cout_index=INDEX_LEGER)
        dits.append(refus.value.code)
        achever_un_changement(ou)

    with monkeypatch.context() as pose:
        pose.setattr(cle_du_poste, "achever_un_changement", entre_temps)
        changer_la_cle(dossier, PHRASE, lieu.horloge)
    assert dits == ["base_occupee"]
    assert actes(rouvrir(lieu, poste)) == avant


def test_a_change_that_the_disk_does_not_finish_is_told_as_done(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    avant, cle = actes(poste), poste.cle
    poste.fermer()

    def muet(_: Path) -> None:
        raise PanneAttendue("disque_muet")

    with monkeypatch.context() as pose, pytest.raises(PanneAttendue, match="cle_a_achever"):
        pose.setattr(cle_du_poste, "achever_un_changement", muet)
        changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    assert str(message("cle_a_achever")).startswith("La clé du poste est changée")
    remis = rouvrir(lieu, poste)
    assert remis.cle != cle and actes(remis) == avant


def test_a_folder_that_does_not_go_away_keeps_nobody_out(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On Windows, what looks at a file keeps its folder: an antivirus, a window of the explorer.
    avant, cle = actes(poste), poste.cle
    poste.fermer()
    with monkeypatch.context() as pose:
        pose.setattr(echange.shutil, "rmtree", lambda *_, **__: None)
        changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
        assert (poste.dossier / "cle-neuve").exists()
        remis = rouvrir(lieu, poste)
        assert remis.cle != cle and actes(remis) == avant
    cles.agents_du_trousseau(poste.dossier)
    assert not (poste.dossier / "cle-neuve").exists()


def test_a_backup_under_the_new_key_is_there_when_the_change_is(lieu: Terrain, poste: Poste) -> None:
    avant = actes(poste)
    poste.fermer()
    changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    cle = rouvrir(lieu, poste).cle
    lieu.fermer()
    # The key file is lost before anything else was backed up.
    (poste.dossier / cles.FICHIER).unlink()
    (copie,) = (poste.dossier / DOSSIER_SAUVEGARDES).glob("*.sauvegarde")
    apercu = restaurer(poste.dossier, copie, PHRASE, lieu.horloge)
    assert apercu.lisible
    revenu = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    try:
        assert revenu.cle == cle and actes(revenu)[: len(avant)] == avant
    finally:
        revenu.fermer()


def test_a_disk_that_fills_leaves_the_desk_as_it_was(
    lieu: Terrain, poste: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    avant, cle = actes(poste), poste.cle
    poste.fermer()

    def plein(*_: object) -> None:
        raise PanneAttendue("disque_plein")

    with monkeypatch.context() as pose:
        pose.setattr("passdesk.storage.rechiffrement._exporter", plein)
        with pytest.raises(PanneAttendue, match="disque_plein"):
            changer_la_cle(poste.dossier, PHRASE, lieu.horloge)
    assert not (poste.dossier / "cle-neuve.partiel").exists()
    remis = rouvrir(lieu, poste)
    assert remis.cle == cle and actes(remis) == avant


def test_it_is_for_a_responsable_who_knows_the_passphrase(lieu: Terrain, poste: Poste) -> None:
    with pytest.raises(SaisieRefusee, match="ancienne_phrase_autre"):
        verifier_le_changement(poste, AUTRE)
    verifier_le_changement(poste, PHRASE)
    cle = poste.cle
    poste.fermer()
    with pytest.raises(SaisieRefusee, match="agents_reserve"):
        changer_la_cle(poste.dossier, DE_SAM, lieu.horloge)
    assert rouvrir(lieu, poste).cle == cle
