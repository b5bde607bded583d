"""Back to a backup: told before, nothing lost that can be read, never the same number twice, erasures done again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.erreurs import BaseFermee, PanneAttendue, SaisieRefusee
from passdesk.server import enrolement
from passdesk.services import enroler, restauration, visite
from passdesk.services.effacement import effacer_personne, faire_le_menage
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.services.restauration import apercevoir, restaurer
from passdesk.services.sauvegarde import sauvegarder
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import cles, echange, envoi, journal, personnes, trouver
from passdesk.storage.appareil import FICHIER as FICHIER_APPAREIL
from passdesk.storage.copie_laterale import FICHIER as FICHIER_COPIE
from passdesk.storage.copie_laterale import CopieLaterale
from passdesk.storage.engine import DOSSIER_SAUVEGARDES, FICHIER, Base
from passdesk.storage.integrite import verifier_base
from passdesk.storage.noms import VERROU_DES_ACTES
from passdesk.storage.verrou import _prendre
from passdesk.ui.apercu_sauvegarde import lignes_apercu
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, Terrain, horloge_fixe, terrain, visite_accord
from tests.storage.pages import pages_en_clair

NOM = "Guichet d’essai"


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _attribuer(poste: Poste, nom: str) -> int:
    return visite.attribuer(poste, visite_accord(poste, nom_naissance=nom)).carnet.numero


def _rouvrir(lieu: Terrain, ancien: Poste) -> Poste:
    remis = ouvrir_poste(ancien.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(ancien, remis)
    assert verifier_base(remis.base) == ()
    return remis


def _noms(poste: Poste) -> list[str]:
    return sorted(p.nom_naissance for p in personnes.recentes(poste.base))


def _copie(poste: Poste, tmp_path: Path) -> Path:
    return sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin


def _disque(poste: Poste, *noms: str) -> dict[str, bytes]:
    """These files of the desk, as a copy of its disk has them; one that is not there is left out."""
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {nom: (poste.dossier / nom).read_bytes() for nom in noms if (poste.dossier / nom).exists()}


def _remettre(poste: Poste, fichiers: Mapping[str, bytes]) -> None:
    """Puts files of the desk back by hand, which closes it."""
    poste.fermer()
    for reste in poste.dossier.glob(f"{FICHIER}-*"):
        reste.unlink()
    for nom, octets in fichiers.items():
        (poste.dossier / nom).write_bytes(octets)


def test_a_damaged_base_comes_back_with_every_act_recorded_since(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    _attribuer(poste, "Alpha")
    fichier = _copie(poste, tmp_path)
    _attribuer(poste, "Bravo")
    assert synchroniser(poste).restent == 0
    numero = _attribuer(poste, "Charlie")
    tete, reste = envoi.tete(poste.base), envoi.reste_a_envoyer(poste.base)
    # Tables and index gone wrong: the log reads.
    with poste.base.ecriture() as db:
        db.execute("UPDATE personne SET nom_naissance = 'Zzz'")
        db.execute("DELETE FROM brouillon")
    assert verifier_base(poste.base) != ()
    poste.fermer()
    apercu = apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.personnes, apercu.carnets, apercu.non_envoyes, apercu.lisible) == (1, 2, reste, True)
    assert restaurer(poste.dossier, fichier, PHRASE, lieu.horloge) == apercu
    remis = _rouvrir(lieu, poste)
    assert (_noms(remis), envoi.tete(remis.base)) == (["Alpha", "Bravo", "Charlie"], tete)
    assert synchroniser(remis).fin == "fini"
    assert _attribuer(remis, "Delta") == numero + 1
    bilan = synchroniser(remis)
    assert (bilan.fin, bilan.restent, bilan.litiges) == ("fini", 0, 0)


def test_a_preview_changes_nothing(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    _attribuer(poste, "Alpha")
    poste.fermer()
    avant = {str(f): f.read_bytes() for f in sorted(poste.dossier.rglob("*")) if f.is_file()}
    apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert {str(f): f.read_bytes() for f in sorted(poste.dossier.rglob("*")) if f.is_file()} == avant


def test_a_base_that_does_not_open_any_more(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    imprime = _attribuer(poste, "Alpha")
    poste.fermer()
    (poste.dossier / FICHIER).write_bytes(b"\0" * 50_000)
    (poste.dossier / FICHIER_COPIE).unlink()
    apercu = restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.depuis, apercu.lisible, apercu.autre_ordinateur) == (None, False, False)
    remis = _rouvrir(lieu, poste)
    assert (_noms(remis), envoi.tete(remis.base).epoch) == ([], 2)
    # What was kept aside is what was there.
    (cote,) = (poste.dossier / DOSSIER_SAUVEGARDES).glob("*-remplacee.db")
    assert cote.read_bytes() == b"\0" * 50_000
    assert synchroniser(remis).fin == "fini"
    with pytest.raises(SaisieRefusee) as refus:
        _attribuer(remis, "Walbecq")
    assert refus.value.code == "reserve_epuisee_10"
    lieu.doter(NOM, 10, 2)
    assert synchroniser(remis).fin == "fini"
    assert _attribuer(remis, "Walbecq") != imprime
    assert synchroniser(remis).litiges == 0


def test_what_was_recorded_since_may_be_left_once_the_region_has_it(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    imprime = _attribuer(poste, "Alpha")
    poste.fermer()
    with pytest.raises(SaisieRefusee) as refus:
        restaurer(poste.dossier, fichier, PHRASE, lieu.horloge, suite=False)
    assert refus.value.code == "suite_non_envoyee"
    poste = _rouvrir(lieu, poste)
    assert _noms(poste) == ["Alpha"]
    assert synchroniser(poste).restent == 0
    poste.fermer()
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge, suite=False)
    remis = _rouvrir(lieu, poste)
    assert (_noms(remis), envoi.tete(remis.base).epoch) == ([], 2)
    synchroniser(remis)
    lieu.doter(NOM, 10, 2)
    assert synchroniser(remis).fin == "fini"
    assert _attribuer(remis, "Bravo") != imprime


@pytest.mark.parametrize("suite", [True, False])
def test_erasures_are_done_again_before_the_base_opens(lieu: Terrain, tmp_path: Path, suite: bool) -> None:
    poste = lieu.nouveau_poste()
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Xylokanari", pieces=())) is not None
    (personne,) = personnes.recentes(poste.base)
    fichier = _copie(poste, tmp_path)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne.personne_id, {"cle": None})
    assert synchroniser(poste).restent == 0
    poste.fermer()
    assert restaurer(poste.dossier, fichier, PHRASE, lieu.horloge, suite=suite).effacements == 1
    remis = _rouvrir(lieu, poste)
    assert personnes.get(remis.base, personne.personne_id) is None
    assert trouver.chercher(remis.base, "xylo") == ()
    vidage = "\n".join(
        repr(remis.base.db.execute(f'SELECT * FROM "{nom}"').fetchall()) for nom in remis.base.db.table_names()
    )
    assert "ylokanari" not in vidage
    assert synchroniser(remis).restent == 0


def test_the_agents_of_today_open_it_and_only_a_responsable_puts_it_back(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    cles.placer_phrase(poste.dossier, poste.cle, "agent-9", "une phrase de Paul Agent", cout=PHRASE_LEGERE)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", "agent-9", {"nom": "Paul Agent", "role": "mediateur"})
    fichier = _copie(poste, tmp_path)
    poste.fermer()
    with pytest.raises(SaisieRefusee) as refus:
        restaurer(poste.dossier, fichier, "une phrase de Paul Agent", lieu.horloge)
    assert refus.value.code == "restauration_reservee"
    cles.retirer_phrase(poste.dossier, "agent-9")
    with pytest.raises(BaseFermee) as fermee:
        apercevoir(poste.dossier, fichier, "une phrase de Paul Agent", lieu.horloge)
    assert fermee.value.code == "phrase_inconnue"
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert len(cles.agents_du_trousseau(poste.dossier)) == 1
    _rouvrir(lieu, poste)


def test_the_backup_of_another_desk_is_refused(lieu: Terrain, tmp_path: Path) -> None:
    poste = lieu.nouveau_poste()
    poste.fermer()
    autre = creer_poste(tmp_path / "autre", PHRASE, "Paul", horloge_fixe(), cout_phrase=PHRASE_LEGERE)
    fichier = _copie(autre, tmp_path)
    autre.fermer()
    avant = (poste.dossier / FICHIER).read_bytes()
    with pytest.raises(SaisieRefusee) as refus:
        restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert refus.value.code == "sauvegarde_autre_poste"
    assert (poste.dossier / FICHIER).read_bytes() == avant
    _rouvrir(lieu, poste)


def test_a_dead_base_comes_back_from_the_side_copy_as_if_nothing_had_happened(lieu: Terrain, tmp_path: Path) -> None:
    """Nothing was sent since the backup: each act is in the side copy, and the lots too."""
    poste = lieu.nouveau_poste()
    _attribuer(poste, "Alpha")
    fichier = _copie(poste, tmp_path)
    numero = _attribuer(poste, "Bravo")
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Charlie", pieces=())) is not None
    tete = envoi.tete(poste.base)
    poste.fermer()
    (poste.dossier / FICHIER).write_bytes(b"\0" * 50_000)
    apercu = apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.depuis, apercu.reviennent, apercu.carnets, apercu.lisible) == (
        apercu.reviennent,
        apercu.depuis,
        1,
        True,
    )
    assert apercu.depuis is not None and apercu.depuis > 5
    assert "Tout ce qui a été enregistré depuis est gardé" in " ".join(lignes_apercu(apercu))
    assert restaurer(poste.dossier, fichier, PHRASE, lieu.horloge) == apercu
    remis = _rouvrir(lieu, poste)
    assert (_noms(remis), envoi.tete(remis.base)) == (["Alpha", "Bravo", "Charlie"], tete)
    assert synchroniser(remis).fin == "fini"
    assert _attribuer(remis, "Delta") == numero + 1
    assert synchroniser(remis).litiges == 0


def test_acts_that_hang_on_what_only_the_region_has_are_done_anew_or_told(lieu: Terrain, tmp_path: Path) -> None:
    """Backup, then acts that the Region received, then acts that nobody has but the side copy."""
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    _attribuer(poste, "Alpha")
    assert synchroniser(poste).restent == 0
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    _attribuer(poste, "Charlie")
    seuls = envoi.reste_a_envoyer(poste.base)
    poste.fermer()
    (poste.dossier / FICHIER).unlink()
    apercu = apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.depuis, apercu.lisible) == (seuls, False)
    assert 0 < apercu.reviennent < seuls
    dits = " ".join(lignes_apercu(apercu))
    assert f"qui reviennent\u00a0: {apercu.reviennent}." in dits
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    remis = _rouvrir(lieu, poste)
    # Both persons; not Charlie's carnet, whose number waits for the Region.
    assert (_noms(remis), envoi.tete(remis.base).epoch) == (["Bravo", "Charlie"], 2)
    assert synchroniser(remis).restent == 0
    with pytest.raises(SaisieRefusee) as refus:
        _attribuer(remis, "Walbecq")
    assert refus.value.code == "reserve_epuisee_10"
    # What could not be done again is kept aside for a month.
    assert list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*-remplacee.db.actes"))
    assert verifier_base(remis.base) == ()


@pytest.mark.parametrize("mal", ["abimee", "etrangere"])
def test_a_side_copy_that_is_not_good_is_told(lieu: Terrain, tmp_path: Path, mal: str) -> None:
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    _attribuer(poste, "Alpha")
    tous = list(journal.operations(poste.base.db))
    poste.fermer()
    (poste.dossier / FICHIER).unlink()
    laterale = poste.dossier / FICHIER_COPIE
    if mal == "etrangere":
        CopieLaterale(poste.dossier, bytes(32)).refaire(tous)
    else:
        octets = bytearray(laterale.read_bytes())
        octets[-40] ^= 1
        laterale.write_bytes(octets)
    apercu = restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.copie, apercu.lisible) == (mal, False)
    assert ("abîmée" if mal == "abimee" else "autre poste") in " ".join(lignes_apercu(apercu))
    remis = _rouvrir(lieu, poste)
    assert envoi.tete(remis.base).epoch == 2
    assert _noms(remis) == (["Alpha"] if mal == "abimee" else [])
    assert synchroniser(remis).restent == 0


def test_a_base_put_back_by_hand_finds_its_unsent_acts_again(lieu: Terrain, tmp_path: Path) -> None:
    """Somebody copied yesterday's file over today's: no act is missing, and no number is given twice."""
    poste = lieu.nouveau_poste()
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ancienne = (poste.dossier / FICHIER).read_bytes()
    numero = _attribuer(poste, "Alpha")
    tete = envoi.tete(poste.base)
    poste.fermer()
    for reste in poste.dossier.glob(f"{FICHIER}-*"):
        reste.unlink()
    (poste.dossier / FICHIER).write_bytes(ancienne)
    remis = _rouvrir(lieu, poste)
    assert (_noms(remis), envoi.tete(remis.base)) == (["Alpha"], tete)
    assert _attribuer(remis, "Bravo") == numero + 1
    assert synchroniser(remis).fin == "fini"


@pytest.mark.parametrize("avec_la_marque", [False, True])
def test_a_base_put_back_by_hand_takes_again_what_hangs_on_acts_that_only_the_region_has(
    lieu: Terrain, avec_la_marque: bool
) -> None:
    """The unsent acts are beside the base, those before them are not: persons come back, no number is given twice."""
    poste = lieu.nouveau_poste(carnets_10=3)
    ancienne = _disque(poste, FICHIER, *((FICHIER_APPAREIL,) if avec_la_marque else ()))
    numeros = [_attribuer(poste, "Alpha")]
    assert synchroniser(poste).restent == 0
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    numeros.append(_attribuer(poste, "Charlie"))
    _remettre(poste, ancienne)
    remis = _rouvrir(lieu, poste)
    assert (_noms(remis), envoi.tete(remis.base).epoch) == (["Bravo", "Charlie"], 2)
    # What could not be done again is kept aside.
    assert list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*-actes.db.copie"))
    assert synchroniser(remis).restent == 0
    lieu.doter("Guichet d’essai", 10, 2)
    synchroniser(remis)
    assert _attribuer(remis, "Delta") not in numeros
    # Opened once more, nothing is said twice.
    tete = envoi.tete(remis.base)
    remis.fermer()
    remis = _rouvrir(lieu, remis)
    assert envoi.tete(remis.base) == tete
    assert verifier_base(remis.base) == ()


def test_acts_of_an_epoch_that_the_base_has_left_are_done_anew(lieu: Terrain) -> None:
    """The whole computer is put back and works; then somebody puts the newer base in its place."""
    poste = lieu.nouveau_poste()
    tout = _disque(poste, FICHIER, FICHIER_APPAREIL, FICHIER_COPIE)
    _attribuer(poste, "Alpha")
    (poste.dossier / FICHIER_COPIE).unlink()
    _remettre(poste, {FICHIER: tout[FICHIER]})
    poste = _rouvrir(lieu, poste)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    recente = _disque(poste, FICHIER)
    _remettre(poste, tout)
    poste = _rouvrir(lieu, poste)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Zoulou", pieces=())) is not None
    _remettre(poste, recente)
    poste = _rouvrir(lieu, poste)
    assert (_noms(poste), envoi.tete(poste.base).epoch) == (["Bravo", "Zoulou"], 3)
    assert synchroniser(poste).restent == 0
    assert verifier_base(poste.base) == ()


def test_a_base_on_another_branch_gives_no_number_that_may_be_on_paper(lieu: Terrain) -> None:
    """A copy that went on longer elsewhere comes back: it is ahead of the acts beside it, and does not know them."""
    poste = lieu.nouveau_poste(carnets_10=3)
    depart = _disque(poste, FICHIER, FICHIER_APPAREIL)
    numero = _attribuer(poste, "Alpha")
    ici = _disque(poste, FICHIER_APPAREIL, FICHIER_COPIE)
    (poste.dossier / FICHIER_COPIE).unlink()
    _remettre(poste, depart)
    poste = _rouvrir(lieu, poste)
    for nom in ("Bravo", "Charlie", "Delta"):
        assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None
    _remettre(poste, {**ici, **_disque(poste, FICHIER)})
    poste = _rouvrir(lieu, poste)
    assert (_noms(poste), envoi.tete(poste.base).epoch) == (["Alpha", "Bravo", "Charlie", "Delta"], 2)
    with pytest.raises(SaisieRefusee):
        _attribuer(poste, "Echo")
    assert synchroniser(poste).restent == 0
    lieu.doter("Guichet d’essai", 10, 2)
    synchroniser(poste)
    assert _attribuer(poste, "Echo") != numero


def test_an_identity_put_right_then_put_back_ends_as_it_was_said_last(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Alpha", pieces=())) is not None
    assert synchroniser(poste).restent == 0
    (fiche,) = personnes.recentes(poste.base)
    corps = next(o for o in journal.operations(poste.base.db) if o.entete.type == "personne.enregistrer").contenu()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", fiche.personne_id, corps)
    ancienne = _disque(poste, FICHIER)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    assert synchroniser(poste).restent == 0
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.modifier", fiche.personne_id, {**corps, "nom_naissance": "Faute"})
        acte.inscrire("personne.modifier", fiche.personne_id, corps)
    _remettre(poste, ancienne)
    assert _noms(_rouvrir(lieu, poste)) == ["Alpha"]


def test_what_the_region_acknowledged_leaves_the_side_copy(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    _attribuer(poste, "Alpha")
    assert len(poste.base.lire_copie().operations) == envoi.reste_a_envoyer(poste.base) > 0
    assert synchroniser(poste).restent == 0
    assert poste.base.lire_copie().operations == ()


@pytest.mark.parametrize("ailleurs", [True, False], ids=["another_computer", "base_lost_here"])
def test_an_erasure_that_only_the_region_knows_comes_with_the_first_exchange(
    lieu: Terrain, tmp_path: Path, ailleurs: bool
) -> None:
    poste = lieu.nouveau_poste()
    for nom in ("Xylokanari", "Temoinard"):
        assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None
    assert synchroniser(poste).restent == 0
    fichier = _copie(poste, tmp_path)
    (personne,) = [p for p in personnes.recentes(poste.base) if p.nom_naissance == "Xylokanari"]
    assert effacer_personne(poste, personne.personne_id)
    assert synchroniser(poste).restent == 0
    poste.fermer()
    dossier = tmp_path / "neuf" if ailleurs else poste.dossier
    if not ailleurs:
        (poste.dossier / FICHIER).unlink()
    restaurer(dossier, fichier, PHRASE, lieu.horloge)
    remis = ouvrir_poste(dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    try:
        # Nothing here tells of it yet.
        assert _noms(remis) == ["Temoinard", "Xylokanari"]
        if ailleurs:
            enroler.demander(remis, lieu.adresse, enrolement.proposer_code(lieu.region, "Guichet neuf"))
            (attente,) = enrolement.en_attente(lieu.region)
            suite = attente.suite
            assert suite is not None
            enrolement.accepter(lieu.region, attente.identifiant, a_la_place_de=suite.device)
            assert enroler.terminer(remis)
        assert synchroniser(remis).fin in ("fini", "fourche")
        assert _noms(remis) == ["Temoinard"]
        assert faire_le_menage(remis)
        clair = b"".join(pages_en_clair(dossier / FICHIER, remis.cle))
        assert b"ylokanari" not in clair and b"emoinard" in clair
        assert synchroniser(remis).restent == 0
        # Told once more to everybody, it changes nothing.
        avant = envoi.tete(remis.base)
        assert synchroniser(remis).fin == "fini"
        assert envoi.tete(remis.base) == avant and verifier_base(remis.base) == ()
    finally:
        remis.fermer()


def _deux_personnes(lieu: Terrain) -> tuple[Poste, str]:
    poste = lieu.nouveau_poste()
    for nom in ("Xylokanari", "Temoinard"):
        assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None
    assert synchroniser(poste).restent == 0
    (personne,) = [p for p in personnes.recentes(poste.base) if p.nom_naissance == "Xylokanari"]
    return poste, personne.personne_id


def test_an_erasure_of_another_branch_is_done_again_too(lieu: Terrain, tmp_path: Path) -> None:
    """Back to an old backup, an erasure, then back to a younger backup that the log of today does not go through."""
    poste, efface = _deux_personnes(lieu)
    ancienne = _copie(poste, tmp_path)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    assert synchroniser(poste).restent == 0
    jeune = sauvegarder(poste, tmp_path / "jeune.sauvegarde").chemin
    poste.fermer()
    restaurer(poste.dossier, ancienne, PHRASE, lieu.horloge, suite=False)
    poste = _rouvrir(lieu, poste)
    assert effacer_personne(poste, efface)
    assert synchroniser(poste).restent == 0
    poste.fermer()
    assert restaurer(poste.dossier, jeune, PHRASE, lieu.horloge).effacements == 1
    remis = _rouvrir(lieu, poste)
    assert _noms(remis) == ["Bravo", "Temoinard"]
    assert b"ylokanari" not in b"".join(pages_en_clair(poste.dossier / FICHIER, remis.cle))


def test_an_erasure_beyond_a_broken_act_is_done_again_too(lieu: Terrain, tmp_path: Path) -> None:
    poste, efface = _deux_personnes(lieu)
    fichier = _copie(poste, tmp_path)
    tete = envoi.tete(poste.base)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    assert effacer_personne(poste, efface)
    assert synchroniser(poste).restent == 0
    poste.base.db.execute("DROP TRIGGER operation_fige_update")
    with poste.base.ecriture() as db:
        db.execute("UPDATE operation SET hash = zeroblob(32) WHERE seq = ?", [tete.seq + 1])
    poste.fermer()
    apercu = restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert (apercu.reviennent, apercu.effacements) == (0, 1)
    assert _noms(_rouvrir(lieu, poste)) == ["Temoinard"]


@pytest.mark.parametrize("suite", [True, False])
def test_an_erasure_that_the_side_copy_alone_holds_is_done_again(lieu: Terrain, tmp_path: Path, suite: bool) -> None:
    """It hangs on acts that only the Region has, and what was recorded since is left on purpose."""
    poste, efface = _deux_personnes(lieu)
    fichier = _copie(poste, tmp_path)
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    assert synchroniser(poste).restent == 0
    assert effacer_personne(poste, efface)
    poste.fermer()
    (poste.dossier / FICHIER).unlink()
    (poste.dossier / FICHIER_APPAREIL).unlink()
    assert restaurer(poste.dossier, fichier, PHRASE, lieu.horloge, suite=suite).effacements == 1
    remis = _rouvrir(lieu, poste)
    assert _noms(remis) == ["Temoinard"]
    assert b"ylokanari" not in b"".join(pages_en_clair(poste.dossier / FICHIER, remis.cle))


def test_a_base_put_back_by_hand_does_not_bring_an_erased_person_back(lieu: Terrain) -> None:
    """The erasure was not sent, and hangs on acts that only the Region has: nobody else could tell it."""
    poste, efface = _deux_personnes(lieu)
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ancienne = (poste.dossier / FICHIER).read_bytes()
    assert visite.garder(poste, visite_accord(poste, nom_naissance="Bravo", pieces=())) is not None
    assert synchroniser(poste).restent == 0
    assert effacer_personne(poste, efface)
    poste.fermer()
    for reste in poste.dossier.glob(f"{FICHIER}-*"):
        reste.unlink()
    (poste.dossier / FICHIER).write_bytes(ancienne)
    remis = _rouvrir(lieu, poste)
    assert _noms(remis) == ["Temoinard"]
    assert synchroniser(remis).restent == 0
    assert _noms(remis) == ["Temoinard"]


def test_a_base_that_another_program_has_open_is_not_replaced(lieu: Terrain, tmp_path: Path) -> None:
    """An exchange begun before would go on in a file that nobody reads any more, under numbers given to other acts."""
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    _attribuer(poste, "Alpha")
    echange = poste.rouvrir()
    poste.fermer()
    avant = {nom: (poste.dossier / nom).stat().st_ino for nom in (FICHIER, FICHIER_COPIE)}
    with pytest.raises(PanneAttendue) as refus:
        restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert refus.value.code == "base_occupee"
    assert {nom: (poste.dossier / nom).stat().st_ino for nom in avant} == avant
    assert not list((poste.dossier / DOSSIER_SAUVEGARDES).glob("*-remplacee.db"))
    assert synchroniser(echange).restent == 0
    echange.fermer()
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    remis = _rouvrir(lieu, poste)
    assert _noms(remis) == ["Alpha"] and synchroniser(remis).fin == "fini"


def test_nobody_opens_the_base_between_the_two(lieu: Terrain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens the desk and who replaces its base hold the same lock, held until the base is in its place."""
    poste = lieu.nouveau_poste()
    fichier = _copie(poste, tmp_path)
    poste.fermer()
    verrou, pris = poste.dossier / VERROU_DES_ACTES, list[bool]()
    poser, ouvrir = echange.poser_la_base, Base.ouvrir

    def _noter() -> None:
        descripteur = os.open(verrou, os.O_RDWR)
        try:
            pris.append(not _prendre(descripteur))
        finally:
            os.close(descripteur)

    def posee(*args: Any, **options: Any) -> None:
        _noter()
        poser(*args, **options)
        _noter()

    def ouverte(*args: Any, **options: Any) -> Base:
        _noter()
        return ouvrir(*args, **options)

    with monkeypatch.context() as suivi:
        suivi.setattr(restauration, "poser_la_base", posee)
        restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    with monkeypatch.context() as suivi:
        suivi.setattr(Base, "ouvrir", ouverte)
        _rouvrir(lieu, poste)
    assert pris == [True, True, True]
