"""A second copy of each act that the Region does not have: sealed, whole at each moment, and nothing more."""

from __future__ import annotations

import errno
import io
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.erreurs import PanneAttendue
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.operations import Tete
from passdesk.storage import copie_laterale, envoi, journal
from passdesk.storage.copie_laterale import FICHIER, CopieLaterale, suite_de
from passdesk.storage.engine import Base
from tests.storage.gestes import AGENT, CLE, IDENTITE, enregistrer, recevoir, servir


def _hashs(base: Base) -> list[bytes]:
    return [operation.entete.hash for operation in base.lire_copie().operations]


def _journal(base: Base, apres: int = 0) -> list[bytes]:
    return [operation.entete.hash for operation in journal.operations(base.db, apres=(1, apres))]


def test_each_act_is_in_it_once_committed_and_none_that_was_not(base: Base, tmp_path: Path) -> None:
    recevoir(base)
    servir(base)
    assert _hashs(base) == _journal(base)
    with pytest.raises(ZeroDivisionError), base.acte(AGENT) as acte:
        enregistrer(acte, "p9")
        raise ZeroDivisionError
    assert _hashs(base) == _journal(base)
    lues = base.lire_copie()
    assert lues.etat == "bonne"
    # Whole: what it gives is what the log has, salts and bodies too.
    assert list(lues.operations) == list(journal.operations(base.db))
    fichier = tmp_path / FICHIER
    assert fichier.stat().st_mode & 0o777 == 0o600
    octets = fichier.read_bytes()
    for mot in (IDENTITE["nom_naissance"], IDENTITE["prenoms"], IDENTITE["naissance"], "personne.enregistrer"):
        assert mot.encode() not in octets and mot.encode("utf-16-le") not in octets


def test_it_is_cut_at_each_acknowledgement(base: Base, tmp_path: Path) -> None:
    recevoir(base)
    servir(base)
    plein = (tmp_path / FICHIER).stat().st_size
    envoi.noter_acquit(base, 1, 3)
    base.refaire_copie()
    assert _hashs(base) == _journal(base, 3) and (tmp_path / FICHIER).stat().st_size < plein
    envoi.noter_acquit(base, 1, envoi.tete(base).seq)
    base.refaire_copie()
    assert (_hashs(base), base.lire_copie().etat) == ([], "bonne")
    # The Region was put back: it must have them again.
    envoi.noter_acquit(base, 1, 2)
    base.refaire_copie()
    assert _hashs(base) == _journal(base, 2)


def test_an_erasure_leaves_it_too(base: Base) -> None:
    recevoir(base)
    servir(base)
    with base.acte(AGENT) as acte:
        acte.inscrire("personne.effacer", "p1", {"cle": None})
    lues = base.lire_copie().operations
    assert [operation.entete.hash for operation in lues] == _journal(base)
    assert [o.efface for o in lues if o.entete.type == "personne.enregistrer"] == [True]


def test_two_connections_write_it_in_turn(base: Base, tmp_path: Path, horloge: HorlogeFixe) -> None:
    recevoir(base)
    autre = Base.ouvrir(tmp_path, CLE, horloge)
    for rang in range(1, 6):
        servir(base if rang % 2 else autre, f"p{rang}", rang)
    autre.fermer()
    assert _hashs(base) == _journal(base)


def test_a_disk_that_refuses_it_does_not_undo_the_act(base: Base, tmp_path: Path) -> None:
    recevoir(base)
    (tmp_path / FICHIER).unlink()
    (tmp_path / FICHIER).mkdir()
    servir(base)
    assert len(_journal(base)) == 5 and base.lire_copie().etat == "absente"
    with pytest.raises(PanneAttendue):
        CopieLaterale(tmp_path, CLE).ajouter(journal.operations(base.db))
    (tmp_path / FICHIER).rmdir()
    base.accorder_copie()
    assert _hashs(base) == _journal(base)


@pytest.mark.parametrize("reste", range(1, 60, 7))
def test_what_a_power_cut_left_unfinished_hides_nothing_else(base: Base, tmp_path: Path, reste: int) -> None:
    recevoir(base)
    servir(base)
    fichier = tmp_path / FICHIER
    entier = _hashs(base)
    fichier.write_bytes(fichier.read_bytes()[:-reste])
    assert base.lire_copie().etat == "bonne" and _hashs(base) == entier[:-1]
    base.accorder_copie()
    assert _hashs(base) == entier


def test_a_damaged_or_foreign_one_is_told_and_put_aside(base: Base, tmp_path: Path) -> None:
    recevoir(base)
    servir(base)
    fichier, entier = tmp_path / FICHIER, _hashs(base)
    octets = bytearray(fichier.read_bytes())
    octets[len(octets) // 2] ^= 1
    fichier.write_bytes(octets)
    lue = base.lire_copie()
    assert lue.etat == "abimee"
    assert [operation.entete.hash for operation in lue.operations] == [h for h in entier if h in _hashs(base)]
    assert len(lue.operations) == len(entier) - 1
    assert base.actes_detaches() == ()
    base.accorder_copie()
    assert (base.lire_copie().etat, _hashs(base)) == ("bonne", entier)
    (cote,) = (tmp_path / "sauvegardes").glob("*actes*")
    assert cote.read_bytes() == bytes(octets)
    CopieLaterale(tmp_path, bytes(32)).refaire(journal.operations(base.db))
    assert (base.lire_copie().etat, _hashs(base)) == ("etrangere", [])
    fichier.write_bytes(b"autre chose")
    assert base.lire_copie().etat == "abimee"
    fichier.write_bytes(b"")
    assert base.lire_copie().etat == "bonne"


def test_nothing_is_written_over_a_copy_that_could_not_be_kept_beside(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recevoir(base)
    servir(base)
    fichier = tmp_path / FICHIER
    octets = bytearray(fichier.read_bytes())
    octets[len(octets) // 2] ^= 1
    fichier.write_bytes(octets)

    def plein(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disque:
        disque.setattr(copie_laterale, "copier", plein)
        base.actes_detaches()
        base.accorder_copie()
        assert fichier.read_bytes() == bytes(octets)
    base.accorder_copie()
    assert base.lire_copie().etat == "bonne"
    (cote,) = (tmp_path / "sauvegardes").glob("*actes*")
    assert cote.read_bytes() == bytes(octets)


def test_only_what_follows_the_chain_continues_a_log(base: Base) -> None:
    recevoir(base)
    for rang in range(1, 4):
        servir(base, f"p{rang}", rang)
    toutes = list(journal.operations(base.db))
    tete = copie_laterale.tete_apres(toutes[3].entete)
    assert [o.entete.seq for o in suite_de(tete, toutes)] == [o.entete.seq for o in toutes[4:]]
    assert suite_de(tete, toutes[:4]) == ()
    assert suite_de(tete, toutes[6:]) == ()
    assert suite_de(tete, [*toutes[4:6], *toutes[7:]]) == tuple(toutes[4:6])
    assert suite_de(Tete(1, 4, bytes(32)), toutes) == ()


class _PresquePlein(io.FileIO):
    """The system writes what it still can and says how much, without any error; then refuses."""

    place = 50

    def write(self, octets: Any, /) -> int:
        if not self.place:
            raise OSError(errno.ENOSPC, "")
        ecrits = super().write(octets[: self.place])
        self.place -= ecrits
        return ecrits


def test_a_disk_that_takes_half_of_a_record_hides_nothing_else(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recevoir(base)
    taille = (tmp_path / FICHIER).stat().st_size
    with monkeypatch.context() as plein:
        plein.setattr(CopieLaterale, "_ouvrir", lambda _: _PresquePlein(tmp_path / FICHIER, "ab"))
        with pytest.raises(PanneAttendue) as panne:
            CopieLaterale(tmp_path, CLE).ajouter(journal.operations(base.db))
    assert panne.value.code == "disque_plein"
    assert (tmp_path / FICHIER).stat().st_size == taille
    servir(base)
    assert (base.lire_copie().etat, _hashs(base)) == ("bonne", _journal(base))
