"""Two records of one person, on a desk really enrolled: seen side by side, made one, and two again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.app import load_communes
from passdesk.domain.accompagnement import THEMATIQUES, Accompagnement
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.accompagnements import noter
from passdesk.services.fusion import apercu, candidates, defaire, fusionner, fusions_de
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.personnes import fiche
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer
from passdesk.storage import brouillons, personnes
from passdesk.storage.integrite import reconstruire_projections, verifier_base
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, poste_enrole, visite_accord

THEME = (next(iter(THEMATIQUES)),)


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk where one person has two files, with a carnet of 10 handed over under each."""
    with poste_enrole(tmp_path_factory.mktemp("modele")) as poste:
        for nom in ("Walbecq", "Valbeck"):
            carnet = attribuer(poste, visite_accord(poste, nom_naissance=nom, prenoms="Henri")).carnet
            numero = carnet.campagne, carnet.numero
            lancer_impression(poste, *numero)
            repondre(poste, *numero, "tout")
            remettre(poste, *numero, poste.horloge.aujourdhui())
        return poste.dossier


@pytest.fixture
def poste(tmp_path: Path, modele: Path) -> Iterator[Poste]:
    shutil.copytree(modele, tmp_path / "poste")
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    yield poste
    poste.fermer()


@pytest.fixture
def paire(poste: Poste) -> tuple[str, str]:
    """Ids of Walbecq and of Valbeck."""
    ids = {personne.nom_naissance: personne.personne_id for personne in personnes.recentes(poste.base, 5)}
    return ids["Walbecq"], ids["Valbeck"]


def _recus(poste: Poste, personne_id: str) -> int:
    lue = fiche(poste, personne_id)
    assert lue is not None
    return lue.recus


def _code(refus: pytest.ExceptionInfo[SaisieRefusee]) -> str:
    return refus.value.code


def test_looked_at_before_anything_changes_and_warned_above_ten(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    (semblable,) = candidates(poste, garde, "", load_communes()).trouvees
    assert semblable.personne.personne_id == autre
    assert [t.personne.personne_id for t in candidates(poste, garde, "henri", load_communes()).trouvees] == [autre]
    vu = apercu(poste, garde, autre)
    assert (vu.garde.recus, vu.absorbee.recus, vu.ensemble, vu.depasse, vu.obstacle) == (10, 10, 20, True, "")
    assert fusions_de(poste, garde) == ()
    assert _recus(poste, garde) == 10


def test_undone_each_has_its_own_again(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    fusionner(poste, garde, autre)
    assert _recus(poste, autre) == _recus(poste, garde) == 20
    (fusion,) = fusions_de(poste, garde)
    assert fusion.absorbee.nom_naissance == "Valbeck" and "Valbeck" not in repr(fusion)
    depuis = noter(poste, Accompagnement("", garde, date(2026, 11, 23), 30, "lieu_activite", THEME))
    defaire(poste, fusion.acte, garde)
    assert fusions_de(poste, garde) == ()
    for personne_id in paire:
        assert _recus(poste, personne_id) == 10
    lue = fiche(poste, garde)
    assert lue is not None and lue.accompagnements == (depuis,), "what came since stays"
    with pytest.raises(SaisieRefusee) as refus:
        defaire(poste, fusion.acte, garde)
    assert _code(refus) == "fusion_defaite"
    reconstruire_projections(poste.base)
    assert verifier_base(poste.base) == ()
    fusionner(poste, autre, garde)
    assert [f.absorbee.nom_naissance for f in fusions_de(poste, autre)] == ["Walbecq"]


def test_an_accompaniment_corrected_while_merged_goes_back_whole(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    note = noter(poste, Accompagnement("", autre, date(2026, 11, 23), 30, "lieu_activite", THEME))
    fusionner(poste, garde, autre)
    noter(poste, replace(note, personne_id=garde, duree=45))
    defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", garde, {"cle": b"k" * 16})
    lue = fiche(poste, autre)
    assert lue is not None and [a.duree for a in lue.accompagnements] == [45]
    assert verifier_base(poste.base) == ()


def test_what_cannot_be_merged_says_why(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    with pytest.raises(SaisieRefusee) as refus:
        apercu(poste, garde, garde)
    assert _code(refus) == "fusion_meme_fiche"
    brouillons.enregistrer(poste.base, replace(visite_accord(poste), personne_id=autre))
    assert apercu(poste, autre, garde).obstacle == "", "the record kept may have a visit open"
    assert apercu(poste, garde, autre).obstacle == "fusion_visite_ouverte"
    with pytest.raises(SaisieRefusee) as refus:
        fusionner(poste, garde, autre)
    assert _code(refus) == "fusion_visite_ouverte"
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", autre, {"cle": b"k" * 16})
    with pytest.raises(SaisieRefusee) as refus:
        fusionner(poste, garde, autre)
    assert _code(refus) == "personne_absente"


def test_a_request_gone_on_with_under_the_other_keeps_them_together(poste: Poste, paire: tuple[str, str]) -> None:
    garde, autre = paire
    fusionner(poste, garde, autre)
    (demande,) = poste.base.db.execute("SELECT demande_id FROM demande WHERE origine = ?", [autre]).fetchone()
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("demande.completer", garde, {"demande": demande, "prescripteur": None})
    with pytest.raises(SaisieRefusee) as refus:
        defaire(poste, fusions_de(poste, garde)[0].acte, garde)
    assert _code(refus) == "fusion_melee"
    assert _recus(poste, garde) == 20
