"""The small log of accompaniments: noted, corrected, taken back, merged, erased, and counted without a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.accompagnement import THEMATIQUES, Accompagnement, ChoixAccompagnement
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services import visite
from passdesk.services.accompagnements import derniers_choix, noter, pour_chiffres, retirer
from passdesk.services.personnes import fiche
from passdesk.services.poste import Poste
from passdesk.services.synchroniser import synchroniser
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from passdesk.ui.mots_accompagnement import THEMATIQUES as LIBELLES
from passdesk.ui.mots_accompagnement import duree
from tests.builders import poste_enrole, visite_accord

JOUR = date(2026, 11, 20)
TOUT = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        yield ouvert


def _personne(poste: Poste, nom: str = "Dufresnoy") -> str:
    garde = visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=()))
    assert garde is not None and garde.personne_id is not None
    return garde.personne_id


def _un(personne_id: str, **champs: object) -> Accompagnement:
    return replace(Accompagnement("", personne_id, JOUR, 30, "lieu_activite", ("email",)), **champs)  # type: ignore[arg-type]


def _liste(poste: Poste, personne_id: str) -> tuple[Accompagnement, ...]:
    lue = fiche(poste, personne_id)
    assert lue is not None
    return lue.accompagnements


def test_noted_then_corrected_then_taken_back(poste: Poste) -> None:
    personne_id = _personne(poste)
    note = noter(poste, _un(personne_id))
    assert _liste(poste, personne_id) == (note,)
    assert note.agent_id == poste.agent_id
    corrige = noter(poste, replace(note, duree=75, type_lieu="domicile", thematiques=("email", "email", "justice")))
    assert _liste(poste, personne_id) == (corrige,)
    assert (corrige.commune, corrige.thematiques) == ("59249", ("email", "justice"))
    assert derniers_choix(poste) == ChoixAccompagnement("domicile", 75, ("email", "justice"))
    retirer(poste, corrige)
    assert _liste(poste, personne_id) == ()
    assert derniers_choix(poste) == ChoixAccompagnement()
    assert verifier_base(poste.base) == ()
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    # The Region keeps them as it keeps every act, and nothing waits in a corner.
    assert synchroniser(poste).restent == 0


@pytest.mark.parametrize(
    "champs",
    [
        {"le": date(2026, 11, 24)},
        {"duree": 0},
        {"duree": 721},
        {"type_lieu": "cafe"},
        {"thematiques": ()},
        {"thematiques": ("tricot",)},
    ],
)
def test_what_cannot_be_is_refused(poste: Poste, champs: dict[str, object]) -> None:
    personne_id = _personne(poste)
    with pytest.raises(SaisieRefusee) as refus:
        noter(poste, _un(personne_id, **champs))
    assert refus.value.code == "accompagnement_a_revoir"
    assert _liste(poste, personne_id) == ()


def test_figures_name_nobody_and_tell_the_first_time(poste: Poste) -> None:
    une, autre = _personne(poste), _personne(poste, "Benali")
    noter(poste, _un(une, le=date(2025, 12, 31)))
    noter(poste, _un(autre, le=date(2026, 3, 2), duree=120))
    noter(poste, _un(une, le=date(2026, 3, 3), type_lieu="a_distance"))
    lignes = pour_chiffres(poste, *TOUT)
    assert [(li.le.day, li.duree, li.type_lieu, li.rang_personne, li.premier) for li in lignes] == [
        (2, 120, "lieu_activite", 1, True),
        (3, 30, "a_distance", 2, False),
    ]
    assert {(li.commune, li.annee_naissance) for li in lignes} == {("59249", 1987)}
    assert "Dufresnoy" not in repr(lignes) and "59249" not in repr(lignes)


def test_a_merge_brings_them_and_an_erasure_takes_them(poste: Poste) -> None:
    garde, absorbee = _personne(poste), _personne(poste, "Dufresnois")
    noter(poste, _un(absorbee))
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.fusionner", garde, {"absorbee": absorbee})
    (venu,) = _liste(poste, garde)
    corrige = noter(poste, replace(venu, duree=45))
    assert _liste(poste, garde) == (corrige,)
    assert verifier_base(poste.base) == ()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", garde, {"cle": b"k" * 16})
    assert pour_chiffres(poste, *TOUT) == ()
    assert verifier_base(poste.base) == ()
    with pytest.raises(SaisieRefusee) as refus:
        noter(poste, corrige)
    assert refus.value.code == "personne_absente"


def test_every_theme_of_la_coop_has_its_words() -> None:
    assert set(LIBELLES) == set(THEMATIQUES) and len(THEMATIQUES) == 30
    assert [duree(minutes) for minutes in (15, 60, 75, 120)] == [
        "15\u00a0min",
        "1\u00a0h",
        "1\u00a0h\u00a015",
        "2\u00a0h",
    ]
