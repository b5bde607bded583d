"""Everything held on one person is handed over, on paper and as JSON; nothing of anybody else is in it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.commune import Communes, lire_communes
from passdesk.domain.erreurs import PanneAttendue, SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import LitigeOuvert
from passdesk.ressources import chemin
from passdesk.services import visite
from passdesk.services.consultations import FICHE, REPOS, noter
from passdesk.services.dossier_personne import dossier_personne, en_json, exporter
from passdesk.services.effacement import effacer_personne
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.homonyme import declarer_homonyme
from passdesk.services.litiges import noter_appel
from passdesk.services.poste import Poste
from passdesk.storage import consultations, evenements
from passdesk.ui.mots_dossier import dossier_papier
from tests.builders import MIDI, poste_enrole, visite_accord
from tests.e2e.canaris import canaris, motif_texte
from tests.e2e.pleine import MOTS, NOTE_DU_CAS, TEMOIN, personne_pleine, servir
from tests.printing.fabrique import textes_du_pdf


@pytest.fixture
def horloge() -> HorlogeFixe:
    return HorlogeFixe(MIDI)


@pytest.fixture
def poste(tmp_path: Path, horloge: HorlogeFixe) -> Iterator[Poste]:
    with poste_enrole(tmp_path, horloge) as ouvert:
        yield ouvert


@pytest.fixture(scope="module")
def communes() -> Communes:
    return lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))


def _pages(poste: Poste, personne_id: str, communes: Communes) -> str:
    """The words of the paper, as one reads them in the file written."""
    dossier = dossier_personne(poste, personne_id)
    pdf, *_ = exporter(dossier, dossier_papier(dossier, communes), poste.dossier.parent / "remis")
    return " ".join(" ".join(textes_du_pdf(pdf.read_bytes())).split())


def _json(poste: Poste, personne_id: str) -> dict[str, Any]:
    lu: dict[str, Any] = json.loads(en_json(dossier_personne(poste, personne_id)))
    return lu


def test_tout_ce_qui_est_garde_s_y_lit(poste: Poste, tmp_path: Path, communes: Communes) -> None:
    identite = personne_pleine()
    personne_id = servir(poste, tmp_path, identite, tout=True)
    noter(poste, personne_id)
    page, lu = _pages(poste, personne_id, communes), _json(poste, personne_id)
    texte = json.dumps(lu, ensure_ascii=False)
    # Every field of the identity, but the address, which was corrected: that of before stands in the acts.
    for champ in (
        "nom_naissance",
        "prenoms",
        "nom_usage",
        "lieu_naissance",
        "courriel",
        "langue",
        "complement_adresse",
    ):
        if identite.get(champ):
            assert identite[champ] in page and identite[champ] in texte, champ
    assert identite["adresse"] in texte
    for mot in (*MOTS, NOTE_DU_CAS):
        assert mot in page and mot in texte, mot
    for dit in (
        "12 avril 1988", "Fourmies", "Justificatif de domicile", "1 page numérisée", "avec accompagnement",
        "Remis", "Courrier électronique", "Claire Mabille a ouvert votre fiche", "06 39 98 00 99",
            "remis le 23 novembre",
        "Fiche modifiée", "10 pass", "règlement du 1er février 2022",
    ):  # fmt: skip
        assert dit in page.replace("\u00a0", " ").replace("1 er ", "1er "), dit
    assert lu["format"] == "passdesk-personne/1"
    assert [acte["acte"] for acte in lu["actes"]][:3] == [
        "personne.enregistrer", "demande.deposer", "justificatif.constater",
    ]  # fmt: skip
    (decision,) = lu["decisions"]
    assert decision["faits"]["dossier"]["naissance"] == "1988-04-12" and decision["agent"] == "Claire Mabille"
    assert (len(lu["saisies_en_cours"]), len(lu["accompagnements"]), len(lu["carnets"])) == (2, 1, 1)
    assert {vue["geste"] for vue in lu["consultations"]} == {"fiche", "export", "visite"}
    assert len(lu["repere"]) == 32


def test_rien_d_une_autre_personne_n_y_est(poste: Poste, tmp_path: Path, communes: Communes) -> None:
    personne_id = servir(poste, tmp_path, personne_pleine(), tout=False)
    autre = servir(poste, tmp_path, TEMOIN, tout=False)
    # They were one by mistake, then two again; a case is about both, and its note names the other.
    fusionner(poste, personne_id, autre)
    defaire(poste, fusions_de(poste, personne_id)[0].acte, personne_id)
    numeros = tuple(carnet.numero for p in (personne_id, autre) for _, carnet in dossier_personne(poste, p).carnets)
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 901, LitigeOuvert("L000043", personne_id, 127, numeros, 5, ()))
    noter_appel(poste, "L000043", "Temoinard appelé, il habite Maubeuge")
    # A homonym is told apart by words about somebody else.
    double = visite_accord(poste, **TEMOIN)
    dit = declarer_homonyme(poste, double, "autre", "Temoinard est né à Creil")
    troisieme = visite.attribuer(poste, dit).personne.personne_id

    page, lu = _pages(poste, personne_id, communes), en_json(dossier_personne(poste, personne_id))
    cherche = motif_texte(canaris([{**personne_pleine(), **TEMOIN}]) - canaris([personne_pleine()]))
    assert cherche.findall(page) == [] and cherche.findall(lu) == []
    assert autre not in lu
    assert "Dossier" in page and "L000043" in lu
    du_double = en_json(dossier_personne(poste, troisieme))
    assert "né à Creil" not in du_double and '"motif": "autre"' in du_double
    assert autre not in du_double


def test_qui_regarde_est_note_une_fois_la_demi_heure_et_part_avec_la_personne(
    poste: Poste, tmp_path: Path, horloge: HorlogeFixe
) -> None:
    personne_id = servir(poste, tmp_path, TEMOIN, tout=False)
    for minutes in (0, 10, 29, 31):
        horloge.instant = MIDI + timedelta(minutes=minutes)
        noter(poste, personne_id)
    with poste.base.acte(poste.agent_id) as acte:
        sam = acte.nouvel_id()
        acte.inscrire("agent.ajouter", sam, {"nom": "Sam Leroy", "role": "mediateur"})
    noter(replace(poste, agent_id=sam), personne_id)
    vues = consultations.par_personne(poste.base, personne_id)
    assert [(vue.agent_id == sam, vue.geste) for vue in vues] == [(False, FICHE), (False, FICHE), (True, FICHE)]
    assert vues[1].quand - vues[0].quand >= REPOS
    effacer_personne(poste, personne_id)
    assert consultations.par_personne(poste.base, personne_id) == ()
    with pytest.raises(SaisieRefusee, match="personne_absente"):
        dossier_personne(poste, personne_id)


def test_les_fichiers_sont_a_leur_proprietaire_seul_et_les_scans_joints(
    poste: Poste, tmp_path: Path, communes: Communes
) -> None:
    personne_id = servir(poste, tmp_path, personne_pleine(), tout=True)
    dossier = dossier_personne(poste, personne_id)
    contenu = dossier_papier(dossier, communes)
    fichiers = exporter(dossier, contenu, tmp_path / "remis")
    assert [f.suffix for f in fichiers] == [".pdf", ".json", ".jpg"]
    assert fichiers[2].read_bytes()[:3] == b"\xff\xd8\xff"
    assert all(stat.S_IMODE(f.stat().st_mode) == 0o600 for f in fichiers)
    assert sorted((tmp_path / "remis").iterdir()) == sorted(fichiers)
    # Nothing in a name of file, nor in the title of the PDF, names anybody.
    dits = " ".join(f.name for f in fichiers)
    assert motif_texte(canaris([personne_pleine()])).findall(dits) == []
    bloque = tmp_path / "bloque"
    bloque.write_text("un fichier à cette place")
    with pytest.raises(PanneAttendue, match="ecriture_impossible"):
        exporter(dossier, contenu, bloque)
