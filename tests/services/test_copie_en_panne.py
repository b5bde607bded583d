"""The second copy of the acts, when it does not read for a while, or leaves a doubt: nothing that it holds is lost."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.protocol.evenements import PersonneEffacee
from passdesk.server.diffusion import diffuser
from passdesk.services import visite
from passdesk.services.poste import Poste, nouvelle_epoque, ouvrir_poste
from passdesk.services.restauration import apercevoir, restaurer
from passdesk.services.sauvegarde import sauvegarder
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import envoi, personnes
from passdesk.storage.appareil import FICHIER as CLES
from passdesk.storage.copie_laterale import FICHIER as COPIE
from passdesk.storage.engine import FICHIER as BASE
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, Terrain, terrain, visite_accord


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _inscrire(poste: Poste, nom: str) -> None:
    assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None


def _noms(poste: Poste) -> list[str]:
    return sorted(p.nom_naissance for p in personnes.recentes(poste.base))


def _image(poste: Poste, *noms: str) -> dict[str, bytes]:
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {nom: (poste.dossier / nom).read_bytes() for nom in noms if (poste.dossier / nom).exists()}


def _remettre(poste: Poste, image: dict[str, bytes]) -> None:
    poste.fermer()
    for reste in poste.dossier.glob(f"{BASE}-*"):
        reste.unlink()
    for nom, octets in image.items():
        (poste.dossier / nom).write_bytes(octets)


def _rouvrir(lieu: Terrain, ancien: Poste) -> Poste:
    remis = ouvrir_poste(ancien.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(ancien, remis)
    return remis


@pytest.fixture
def muet(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The disk, or another program, does not give the side copy until this is undone."""
    vraie = Path.read_bytes

    def lire(chemin: Path) -> bytes:
        if chemin.name == COPIE:
            raise OSError(errno.EIO, "I/O error")
        return vraie(chemin)

    with monkeypatch.context() as panne:
        panne.setattr(Path, "read_bytes", lire)
        yield panne


def test_a_copy_that_does_not_read_for_a_while_is_left_as_it_is(lieu: Terrain, muet: pytest.MonkeyPatch) -> None:
    """Yesterday's base, and beside it acts that are nowhere else: the desk works, exchanges, and finds them again."""
    poste = lieu.nouveau_poste()
    ancienne = _image(poste, BASE)
    _inscrire(poste, "Alpha")
    _remettre(poste, ancienne)
    poste = _rouvrir(lieu, poste)
    assert _noms(poste) == []
    # In the same places of the log as those that could not be read.
    _inscrire(poste, "Bravo")
    # It reads again, in the middle of a day; the exchange has a connection of its own.
    muet.undo()
    reseau = poste.rouvrir()
    assert synchroniser(reseau).restent == 0
    reseau.fermer()
    poste.base.refaire_copie()
    assert len(poste.base.actes_detaches()) > 0
    poste.fermer()
    poste = _rouvrir(lieu, poste)
    assert _noms(poste) == ["Alpha", "Bravo"]
    assert synchroniser(poste).restent == 0 and verifier_base(poste.base) == ()
    with lieu.region.magasin.lire() as tx:
        ecrites = tx.une("SELECT count(DISTINCT sujet) FROM operation WHERE type = 'personne.enregistrer'")
    assert ecrites == (2,)


def test_who_was_erased_elsewhere_meanwhile_does_not_come_back_with_the_copy(
    lieu: Terrain, muet: pytest.MonkeyPatch
) -> None:
    """Told while this base had nobody of that name: the copy that reads again would bring the person back for good."""
    poste = lieu.nouveau_poste()
    ancienne = _image(poste, BASE)
    _inscrire(poste, "Alpha")
    (alpha,) = personnes.recentes(poste.base)
    _remettre(poste, ancienne)
    poste = _rouvrir(lieu, poste)
    _inscrire(poste, "Bravo")
    with lieu.region.magasin.ecrire() as tx:
        diffuser(tx, PersonneEffacee(alpha.personne_id))
    assert synchroniser(poste).restent == 0
    muet.undo()
    poste.fermer()
    poste = _rouvrir(lieu, poste)
    assert synchroniser(poste).restent == 0
    assert _noms(poste) == ["Bravo"] and verifier_base(poste.base) == ()
    with lieu.region.magasin.lire() as tx:
        sql = (
            "SELECT count(*) FROM corps c JOIN operation o ON o.device = c.device AND o.epoch = c.epoch "
            "AND o.seq = c.seq WHERE o.sujet = ? AND o.type = 'personne.enregistrer'"
        )
        assert tx.une(sql, alpha.personne_id) == (0,)


def test_a_copy_that_reads_again_is_cut_as_before(lieu: Terrain, muet: pytest.MonkeyPatch) -> None:
    poste = lieu.nouveau_poste()
    _inscrire(poste, "Alpha")
    poste.fermer()
    poste = _rouvrir(lieu, poste)
    assert (poste.base.lire_copie().etat, _noms(poste)) == ("illisible", ["Alpha"])
    muet.undo()
    assert synchroniser(poste).restent == 0
    assert (poste.base.lire_copie().etat, poste.base.lire_copie().operations) == ("bonne", ())


def test_nobody_goes_back_to_a_backup_while_the_copy_does_not_read(
    lieu: Terrain, muet: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was told would be wrong, and the copy would leave with the base that is replaced."""
    poste = lieu.nouveau_poste()
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    _inscrire(poste, "Alpha")
    poste.fermer()
    (poste.dossier / BASE).unlink()
    with pytest.raises(PanneAttendue) as panne:
        restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert panne.value.code == "disque_muet"
    muet.undo()
    assert apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge).lisible
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    assert _noms(_rouvrir(lieu, poste)) == ["Alpha"]


def test_a_later_epoch_does_not_hide_what_only_the_region_has_of_the_one_before(lieu: Terrain, tmp_path: Path) -> None:
    """Backup; acts that the Region received; then another epoch, unsent. Nothing here says what misses between."""
    poste = lieu.nouveau_poste(carnets_10=3)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    numero = visite.attribuer(poste, visite_accord(poste, nom_naissance="Alpha")).carnet.numero
    assert synchroniser(poste).restent == 0
    with poste.base.acte(poste.agent_id) as acte:
        nouvelle_epoque(poste, acte, 2)
    _inscrire(poste, "Bravo")
    poste.fermer()
    (poste.dossier / BASE).unlink()
    assert not apercevoir(poste.dossier, fichier, PHRASE, lieu.horloge).lisible
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    poste = _rouvrir(lieu, poste)
    assert (_noms(poste), envoi.tete(poste.base).epoch) == (["Bravo"], 3)
    assert synchroniser(poste).restent == 0
    lieu.doter("Guichet d’essai", 10, 2)
    synchroniser(poste)
    assert visite.attribuer(poste, visite_accord(poste, nom_naissance="Charlie")).carnet.numero != numero
    assert synchroniser(poste).restent == 0 and verifier_base(poste.base) == ()


def test_acts_beside_the_base_come_back_on_a_backup_of_another_branch_that_went_further(
    lieu: Terrain, tmp_path: Path
) -> None:
    poste = lieu.nouveau_poste()
    depart = _image(poste, BASE, CLES, COPIE)
    for nom in ("Bravo", "Charlie"):
        _inscrire(poste, nom)
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    _remettre(poste, depart)
    poste = _rouvrir(lieu, poste)
    _inscrire(poste, "Alpha")
    poste.fermer()
    (poste.dossier / BASE).unlink()
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge)
    poste = _rouvrir(lieu, poste)
    assert (_noms(poste), envoi.tete(poste.base).epoch) == (["Alpha", "Bravo", "Charlie"], 2)
    assert synchroniser(poste).restent == 0 and verifier_base(poste.base) == ()
