"""The simulator itself: a history is told twice in the same bytes, every mutant finds the words that it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.attendus import jamais_vus
from tests.simulation.modele import Modele, batir
from tests.simulation.monde import jouer
from tests.simulation.mutants import MUTANTS, Mutant, attraper, muter


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Modele:
    return batir(tmp_path_factory.mktemp("modele"))


def test_a_history_is_played_again_byte_for_byte(modele: Modele, tmp_path: Path) -> None:
    une, autre, voisine = (jouer(graine, modele, tmp_path) for graine in (14, 14, 15))
    assert une.vus["ordinateur.relie"], "put back elsewhere, it makes what the program makes once a run"
    assert (une.violation, une.empreinte, une.vus) == (None, autre.empreinte, autre.vus)
    assert voisine.empreinte != une.empreinte
    assert jamais_vus(une.vus), "one history cannot meet everything"


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.nom)
def test_each_mutant_still_finds_the_words_that_it_changes(mutant: Mutant) -> None:
    with muter(mutant):
        pass


def test_a_mutant_is_caught_and_leaves_the_program_as_it_was(modele: Modele, tmp_path: Path) -> None:
    (disjoints, *_) = MUTANTS
    assert attraper(disjoints, modele, tmp_path) is not None
    assert jouer(4, modele, tmp_path).violation is None
