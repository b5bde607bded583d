"""A desk put back from a copy, the Region ahead of it: nothing is lost, no number is printed twice, and it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.magasin import ecrire_reglage
from passdesk.services import visite
from passdesk.services.poste import Poste, etat_poste, ouvrir_poste
from passdesk.services.synchroniser import LOT_RETENU, synchroniser
from passdesk.storage import appareil, copie_laterale, engine, envoi
from passdesk.storage import poste as identite
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.sync.transport import HttpTransport, Reponse
from tests.builders import INDEX_LEGER, PHRASE, Coupe, Terrain, terrain, visite_accord

DOSSIER_ENTIER = (engine.FICHIER, appareil.FICHIER)


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


Recul = Callable[..., Poste]


@pytest.fixture
def remettre_la_copie(lieu: Terrain, tmp_path: Path) -> Recul:
    """Copies the desk, lets it work, puts the copy back (its base alone, or its keys too); gives it as it is then."""

    def remettre(
        poste: Poste, travailler: Callable[[], object], *, fichiers: tuple[str, ...] = DOSSIER_ENTIER
    ) -> Poste:
        poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copie = tmp_path / "copie"
        copie.mkdir()
        for nom in fichiers:
            shutil.copy(poste.dossier / nom, copie / nom)
        travailler()
        poste.fermer()
        # What the copy beside the base brings back has its own tests (`test_restauration`): here it is lost too.
        (poste.dossier / copie_laterale.FICHIER).unlink()
        for nom in fichiers:
            shutil.copy(copie / nom, poste.dossier / nom)
        remis = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
        lieu.adopter(poste, remis)
        return remis

    return remettre


def _garder(poste: Poste, nom: str, prenoms: str = "Maëlle") -> None:
    """Records somebody whose papers are missing: acts to send, no carnet."""
    assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, prenoms=prenoms, pieces=())) is not None


def _gardees(lieu: Terrain) -> int:
    """Acts that the Region holds, in the log or aside."""
    with lieu.region.magasin.lire() as tx:
        en_place, a_part = tx.une("SELECT count(*) FROM operation"), tx.une("SELECT count(*) FROM quarantaine")
    assert en_place is not None
    assert a_part is not None
    return int(en_place[0] + a_part[0])


def test_acts_recorded_after_the_copy_came_back_reach_the_region(lieu: Terrain, remettre_la_copie: Recul) -> None:
    ancien = lieu.nouveau_poste()

    def matinee() -> None:
        for nom in ("Alpha", "Bravo", "Charlie"):
            visite.attribuer(ancien, visite_accord(ancien, nom_naissance=nom))
        assert synchroniser(ancien).restent == 0

    poste = remettre_la_copie(ancien, matinee)
    assert synchroniser(poste).fin == "fourche"
    _garder(poste, "Delta")
    assert etat_poste(poste).actes_a_envoyer >= 3
    avant = _gardees(lieu)
    attendent = envoi.reste_a_envoyer(poste.base)
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent) == ("fini", 0)
    assert _gardees(lieu) == avant + attendent
    assert verifier_base(poste.base) == ()


def test_numbers_that_may_be_on_paper_are_not_awarded_again(lieu: Terrain, remettre_la_copie: Recul) -> None:
    ancien = lieu.nouveau_poste()
    imprimes: list[int] = []

    def matinee() -> None:
        imprimes.append(visite.attribuer(ancien, visite_accord(ancien)).carnet.numero)
        synchroniser(ancien)

    poste = remettre_la_copie(ancien, matinee)
    synchroniser(poste)
    with pytest.raises(SaisieRefusee) as refus:
        visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq"))
    assert refus.value.code == "reserve_epuisee_10"
    # What the Region gives from now on is new, and the desk works again.
    lieu.doter("Guichet d’essai", 10, 2)
    assert synchroniser(poste).fin == "fini"
    assert visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq")).carnet.numero not in imprimes
    assert synchroniser(poste).litiges == 0
    assert etat_poste(poste).carnets_10 == 1
    reconstruire_projections(poste.base)
    assert etat_poste(poste).carnets_10 == 1
    assert verifier_base(poste.base) == ()


@pytest.mark.parametrize("apres", [1, 60], ids=["shorter_than_the_region", "longer_than_one_batch"])
def test_two_branches_are_both_at_the_region_and_the_next_act_too(
    lieu: Terrain, remettre_la_copie: Recul, apres: int
) -> None:
    ancien = lieu.nouveau_poste(carnets_10=60)

    def matinee() -> None:
        for rang in range(4):
            visite.attribuer(ancien, visite_accord(ancien, nom_naissance="Ancien" + "abcd"[rang]))
        synchroniser(ancien)

    poste = remettre_la_copie(ancien, matinee)
    for rang in range(apres):
        nom = "Nouveau" + chr(ord("a") + rang % 26) * (1 + rang // 26)
        _garder(poste, nom, "x" * 400)
    avant, branche = _gardees(lieu), envoi.reste_a_envoyer(poste.base)
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent) == ("fourche", 0)
    # The whole branch, and the act that begins the new epoch.
    assert _gardees(lieu) == avant + branche + 1
    _garder(poste, "Suite")
    assert (synchroniser(poste).fin, envoi.reste_a_envoyer(poste.base)) == ("fini", 0)
    assert verifier_base(poste.base) == ()


def test_a_line_that_drops_once_two_branches_are_known_leaves_none_of_them_behind(
    lieu: Terrain, remettre_la_copie: Recul
) -> None:
    """The next exchange begins with what is left of a branch, in small batches, whatever the one before had learnt."""
    ancien = lieu.nouveau_poste()

    def matinee() -> None:
        for nom in ("Alpha", "Bravo"):
            visite.attribuer(ancien, visite_accord(ancien, nom_naissance=nom))
        synchroniser(ancien)

    poste = remettre_la_copie(ancien, matinee)
    for rang in range(26):
        _garder(poste, "Nouveau" + chr(ord("a") + rang), "x" * 2000)
    avant, branche = _gardees(lieu), envoi.reste_a_envoyer(poste.base)
    for _ in range(3):
        identite.ecrire_texte(poste.base, LOT_RETENU, "1")
        assert synchroniser(poste, Coupe).fin == "hors_ligne"
    assert envoi.reste_a_envoyer(poste.base) > 0
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent) == ("fourche", 0)
    assert _gardees(lieu) == avant + branche + 1
    assert synchroniser(poste).fin == "fini"
    assert verifier_base(poste.base) == ()


def test_what_the_lost_acts_gave_still_counts(lieu: Terrain, remettre_la_copie: Recul) -> None:
    ancien = lieu.nouveau_poste()

    def matinee() -> None:
        visite.attribuer(ancien, visite_accord(ancien))
        synchroniser(ancien)

    poste = remettre_la_copie(ancien, matinee)
    synchroniser(poste)
    apercu = visite.apprecier(poste, visite_accord(poste))
    assert apercu.pass_anterieurs == 10
    assert apercu.decision is not None
    assert [motif.code for motif in apercu.decision.motifs] == ["plafond_atteint"]


def test_a_counter_behind_what_the_region_saw_is_a_copy_put_back(lieu: Terrain, remettre_la_copie: Recul) -> None:
    """The acts done meanwhile never left: only the counter tells, and their carnets may be on paper."""
    ancien = lieu.nouveau_poste()

    def matinee() -> None:
        for _ in range(3):
            synchroniser(ancien)
        visite.attribuer(ancien, visite_accord(ancien))

    poste = remettre_la_copie(ancien, matinee)
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent) == ("fourche", 0)
    assert etat_poste(poste).carnets_10 == 0
    assert synchroniser(poste).fin == "fini"


def test_two_programs_on_one_base_are_not_a_copy_put_back(lieu: Terrain) -> None:
    """The window and the command send at once: the Region sees the second request first."""
    poste = lieu.nouveau_poste()
    autre = poste.rouvrir()
    vus: list[int] = []

    class Doublee:
        def __init__(self) -> None:
            self._vrai = HttpTransport()

        def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Reponse:
            if not vus:
                vus.append(1)
                assert synchroniser(autre).fin == "fini"
            return self._vrai.post(url, headers, body)

        def close(self) -> None:
            self._vrai.close()

    assert synchroniser(poste, Doublee).fin == "fini"  # type: ignore[arg-type]
    assert etat_poste(poste).carnets_10 == 20
    assert envoi.tete(poste.base).epoch == 1
    autre.fermer()


def test_a_copy_put_back_beside_its_keys_is_recognised_without_any_network(
    lieu: Terrain, remettre_la_copie: Recul
) -> None:
    """The carnet awarded since the copy is on paper, and nobody but this computer knows."""
    ancien = lieu.nouveau_poste()
    imprimes: list[int] = []

    def matinee() -> None:
        imprimes.append(visite.attribuer(ancien, visite_accord(ancien)).carnet.numero)

    poste = remettre_la_copie(ancien, matinee, fichiers=(engine.FICHIER,))
    with pytest.raises(SaisieRefusee) as refus:
        visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq"))
    assert refus.value.code == "cle_attendue"
    assert synchroniser(poste).restent == 0
    lieu.doter("Guichet d’essai", 10, 2)
    synchroniser(poste)
    assert visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq")).carnet.numero not in imprimes
    # Closed and opened again, it is the same desk: nothing more is left behind.
    poste.fermer()
    rouvert = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(poste, rouvert)
    assert etat_poste(rouvert).carnets_10 == 1
    assert verifier_base(rouvert.base) == ()


def test_what_the_side_copy_gave_back_is_marked_again_for_the_next_time_the_base_is_put_back(
    lieu: Terrain, tmp_path: Path
) -> None:
    poste = lieu.nouveau_poste(carnets_10=2)
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for nom in DOSSIER_ENTIER:
        shutil.copy(poste.dossier / nom, tmp_path / nom)
    imprime = visite.attribuer(poste, visite_accord(poste)).carnet.numero
    for fichiers in (DOSSIER_ENTIER, (engine.FICHIER,)):
        # The base and its mark first: the act beside them comes again, and leaves; then the base alone.
        poste.fermer()
        for nom in fichiers:
            shutil.copy(tmp_path / nom, poste.dossier / nom)
        remis = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
        lieu.adopter(poste, remis)
        poste = remis
        if fichiers == DOSSIER_ENTIER:
            assert synchroniser(poste).restent == 0
    with pytest.raises(SaisieRefusee):
        assert visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq")).carnet.numero != imprime


def test_an_epoch_begun_in_an_exchange_is_marked_for_the_next_time_the_base_is_put_back(
    lieu: Terrain, remettre_la_copie: Recul, tmp_path: Path
) -> None:
    ancien = lieu.nouveau_poste(carnets_10=2)

    def matinee() -> None:
        visite.attribuer(ancien, visite_accord(ancien))
        synchroniser(ancien)

    poste = remettre_la_copie(ancien, matinee)
    assert synchroniser(poste).fin == "fourche"
    poste.fermer()
    # The same old copy, of the base alone this time, and no network.
    shutil.copy(tmp_path / "copie" / engine.FICHIER, poste.dossier / engine.FICHIER)
    remis = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(poste, remis)
    with pytest.raises(SaisieRefusee):
        visite.attribuer(remis, visite_accord(remis, nom_naissance="Walbecq"))


def test_a_region_that_lost_acts_of_an_earlier_epoch_receives_them_again(
    lieu: Terrain, remettre_la_copie: Recul
) -> None:
    ancien = lieu.nouveau_poste()
    poste = remettre_la_copie(
        ancien, lambda: visite.attribuer(ancien, visite_accord(ancien)), fichiers=(engine.FICHIER,)
    )
    _garder(poste, "Delta")
    assert synchroniser(poste).restent == 0
    assert envoi.tete(poste.base).epoch == 2
    tous = poste.base.db.execute("SELECT count(*) FROM operation").fetchone()[0]
    assert _gardees(lieu) == tous
    with lieu.region.magasin.ecrire() as tx:
        for table in ("corps", "operation", "journal"):
            tx.faire(f"DELETE FROM {table}")
        ecrire_reglage(tx, "server_epoch", (1 << 52).to_bytes(8, "big"))
    assert synchroniser(poste).restent == 0
    assert _gardees(lieu) == tous


def test_a_restored_region_that_heard_a_twin_first_receives_again_what_it_had_of_this_one(
    lieu: Terrain, tmp_path: Path
) -> None:
    poste = lieu.nouveau_poste()
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(poste.dossier, tmp_path / "jumeau")
    _garder(poste, "Alpha")
    for _ in range(9):
        assert synchroniser(poste).restent == 0
    with lieu.region.magasin.ecrire() as tx:
        for table in ("corps", "operation", "journal"):
            tx.faire(f"DELETE FROM {table}")
        tx.faire("UPDATE poste SET compteur = 0")
        ecrire_reglage(tx, "server_epoch", (1 << 52).to_bytes(8, "big"))
    jumeau = ouvrir_poste(tmp_path / "jumeau", PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    _garder(jumeau, "Bravo")
    assert synchroniser(jumeau).restent == 0
    jumeau.fermer()
    assert (synchroniser(poste).fin, synchroniser(poste).fin) == ("fourche", "fini")
    with lieu.region.magasin.lire() as tx:
        la_bas = {bytes(h) for (h,) in tx.toutes("SELECT hash FROM operation UNION SELECT empreinte FROM quarantaine")}
    ici = {bytes(h) for (h,) in poste.base.db.execute("SELECT hash FROM operation").fetchall()}
    assert ici <= la_bas


@pytest.mark.parametrize("fichiers", [(engine.FICHIER,), DOSSIER_ENTIER], ids=["base", "base_and_keys"])
def test_numbers_of_a_lot_that_came_after_the_copy_are_not_awarded_again(
    lieu: Terrain, remettre_la_copie: Recul, fichiers: tuple[str, ...]
) -> None:
    """The copy knows nothing of that lot: the Region tells of it again, as if it were new."""
    ancien = lieu.nouveau_poste(carnets_10=0)
    imprimes: list[int] = []

    def matinee() -> None:
        lieu.doter("Guichet d’essai", 10, 3)
        synchroniser(ancien)
        imprimes.append(visite.attribuer(ancien, visite_accord(ancien)).carnet.numero)

    poste = remettre_la_copie(ancien, matinee, fichiers=fichiers)
    assert synchroniser(poste).restent == 0
    with pytest.raises(SaisieRefusee) as refus:
        visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq"))
    assert refus.value.code == "reserve_epuisee_10"
    lieu.doter("Guichet d’essai", 10, 2)
    assert synchroniser(poste).fin == "fini"
    assert visite.attribuer(poste, visite_accord(poste, nom_naissance="Walbecq")).carnet.numero not in imprimes
    assert verifier_base(poste.base) == ()
