"""One page that does not decipher: what lies on it is told as such, and everything else goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.domain.erreurs import BaseFermee
from passdesk.services import visite
from passdesk.services.poste import Poste, creer_poste, ouvrir_poste
from passdesk.storage import lecture, personnes
from passdesk.storage.engine import FICHIER
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, visite_accord

SUR_LA_PAGE = "SELECT * FROM numerisation"


def _abimer(dossier: Path, table: str) -> None:
    """A new desk in this folder, where the rows of one table lie on a bad page."""
    neuf = creer_poste(dossier, PHRASE, "Claire", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE)
    racine = neuf.base.db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
    neuf.fermer()
    with (dossier / FICHIER).open("r+b") as fichier:
        fichier.seek((racine - 1) * 4096 + 700)
        octet = fichier.read(1)
        fichier.seek((racine - 1) * 4096 + 700)
        fichier.write(bytes([octet[0] ^ 1]))


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    """A desk whose scans lie on a bad page."""
    _abimer(tmp_path, "numerisation")
    poste = ouvrir_poste(tmp_path, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    yield poste
    poste.fermer()


def _noms(poste: Poste) -> list[str]:
    return sorted(p.nom_naissance for p in personnes.recentes(poste.base))


def _garder(poste: Poste, nom: str) -> None:
    assert visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=())) is not None


def test_what_is_recorded_after_it_was_met_is_recorded(poste: Poste) -> None:
    _garder(poste, "Alpha")
    for _ in range(2):
        with pytest.raises(BaseFermee) as fermee:
            lecture.lignes(poste.base, SUR_LA_PAGE)
        assert fermee.value.code == "page_illisible"
    _garder(poste, "Bravo")
    assert poste.base.db.execute("PRAGMA synchronous").fetchone()[0] == 2
    with pytest.raises(BaseFermee), poste.base.lecture() as db:
        db.execute(SUR_LA_PAGE).fetchall()
    assert _noms(poste) == ["Alpha", "Bravo"]
    autre = ouvrir_poste(poste.dossier, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    assert _noms(autre) == ["Alpha", "Bravo"]
    autre.fermer()


@pytest.mark.parametrize("avale", [False, True])
def test_an_act_that_meets_it_keeps_nothing_of_itself(poste: Poste, avale: bool) -> None:
    """Also when whoever reads passes over it: the rest of the act is not done outside its transaction."""
    _garder(poste, "Alpha")
    with pytest.raises(BaseFermee), poste.base.ecriture() as db:
        db.execute("UPDATE personne SET nom_naissance = 'Zoulou'")
        try:
            lecture.lignes(poste.base, SUR_LA_PAGE)
        except BaseFermee:
            if not avale:
                raise
        lecture.lignes(poste.base, "SELECT * FROM personne")
        db.execute("UPDATE personne SET nom_naissance = 'Yankee'")
    assert _noms(poste) == ["Alpha"]
    _garder(poste, "Bravo")
    assert _noms(poste) == ["Alpha", "Bravo"]


def test_met_while_opening_it_is_a_desk_that_does_not_open(tmp_path: Path) -> None:
    """A backup is offered there; while the rest can be read, nobody is told to leave everything."""
    _abimer(tmp_path, "operation")
    with pytest.raises(BaseFermee) as fermee:
        ouvrir_poste(tmp_path, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    assert fermee.value.code == "base_abimee"
