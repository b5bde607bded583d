"""Erasing a person: who may, what must be settled first, what no open page may write back, and a file that is busy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from passdesk.domain.effacement import DEMANDE, MOTIFS
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.visite import CarnetAttribue
from passdesk.services import fiche, visite
from passdesk.services.effacement import apercu_effacement, effacer_personne, faire_le_menage
from passdesk.services.fusion import fusionner
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste
from passdesk.services.remise import remettre
from passdesk.storage import brouillons, consultation, fiches, personnes
from passdesk.storage.engine import FICHIER, Base
from passdesk.storage.integrite import verifier_base
from tests.builders import poste_enrole, visite_accord
from tests.storage.pages import pages_en_clair


@pytest.fixture(scope="module")
def poste(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Poste]:
    with poste_enrole(tmp_path_factory.mktemp("effacement")) as ouvert:
        yield ouvert


def _attribue(poste: Poste, nom: str, **champs: object) -> CarnetAttribue:
    return visite.attribuer(poste, visite_accord(poste, nom_naissance=nom, **champs))


def _servie(poste: Poste, nom: str, **champs: object) -> str:
    carnet = _attribue(poste, nom, **champs).carnet
    numero = carnet.campagne, carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    return carnet.personne_id


def _inscrite(poste: Poste, nom: str) -> str:
    garde = visite.garder(poste, visite_accord(poste, nom_naissance=nom, pieces=()))
    assert garde is not None and garde.personne_id is not None
    return garde.personne_id


def _dans_le_fichier(poste: Poste, texte: str) -> bool:
    return texte.encode() in b"".join(pages_en_clair(poste.dossier / FICHIER, poste.cle))


def test_un_mediateur_voit_ce_qui_partirait_et_ne_peut_pas_effacer(poste: Poste) -> None:
    personne_id = _inscrite(poste, "Mediard")
    with poste.base.acte(poste.agent_id) as acte:
        agent = acte.nouvel_id()
        acte.inscrire("agent.ajouter", agent, {"nom": "Sam Leroy", "role": "mediateur"})
    mediateur = replace(poste, agent_id=agent)
    vu = apercu_effacement(mediateur, personne_id)
    assert vu is not None and (vu.obstacle, vu.parts.demandes) == ("effacement_reserve", 1)
    with pytest.raises(SaisieRefusee, match="effacement_reserve"):
        effacer_personne(mediateur, personne_id)
    with pytest.raises(SaisieRefusee, match="effacement_sans_motif"):
        effacer_personne(poste, personne_id, "parce que")
    assert personnes.get(poste.base, personne_id) is not None


def test_un_papier_en_attente_se_regle_d_abord(poste: Poste) -> None:
    attribue = _attribue(poste, "Papyrard")
    personne_id = attribue.personne.personne_id
    vu = apercu_effacement(poste, personne_id)
    assert vu is not None and (vu.obstacle, vu.valables) == ("effacement_papier", 0)
    with pytest.raises(SaisieRefusee, match="effacement_papier"):
        effacer_personne(poste, personne_id)
    numero = attribue.carnet.campagne, attribue.carnet.numero
    lancer_impression(poste, *numero)
    repondre(poste, *numero, "tout")
    remettre(poste, *numero, poste.horloge.aujourdhui())
    assert effacer_personne(poste, personne_id)
    assert apercu_effacement(poste, personne_id) is None
    with pytest.raises(SaisieRefusee, match="personne_absente"):
        effacer_personne(poste, personne_id)


def test_une_page_restee_ouverte_n_ecrit_plus_rien_de_la_personne(poste: Poste) -> None:
    personne_id = _servie(poste, "Revenante")
    ouverte = replace(visite.ouvrir_visite(poste, personne_id), note="Xylokanari")
    correction = fiche.ouvrir(poste, personne_id)
    assert correction is not None
    effacer_personne(poste, personne_id)
    visite.noter(poste, ouverte)
    fiche.garder(poste, correction.brouillon)
    fiche.enregistrer_ou_garder(poste, correction.brouillon)
    complete = visite_accord(poste, personne_id=personne_id, nom_naissance="Revenante", complementaire=True)
    for geste in (visite.attribuer, visite.garder):
        with pytest.raises(SaisieRefusee, match="personne_absente"):
            geste(poste, complete)
    assert brouillons.get(poste.base, ouverte.brouillon_id) is None
    assert fiches.get(poste.base, personne_id) is None
    assert personnes.get(poste.base, personne_id) is None
    assert not _dans_le_fichier(poste, "Revenante")


def test_la_cle_ne_reste_que_la_ou_il_y_a_eu_des_pass(poste: Poste) -> None:
    servie, inscrite = _servie(poste, "Clefmann"), _inscrite(poste, "Sanspassard")
    cle = personnes.cle_de(poste.base, servie)
    vue = apercu_effacement(poste, inscrite)
    assert vue is not None and (vue.passes, vue.cle_jusqu_au) == (0, None)
    effacer_personne(poste, inscrite, "par_megarde")
    assert personnes.cle_de(poste.base, inscrite) is None
    effacer_personne(poste, servie)
    assert cle is not None and personnes.cle_de(poste.base, servie) == cle
    motifs = [consultation.actes_sur(poste.base, qui)[-1].contenu()["motif"] for qui in (inscrite, servie)]
    assert motifs == ["par_megarde", DEMANDE] and set(motifs) < set(MOTIFS)


def test_revenue_sous_ses_noms_la_personne_n_a_pas_dix_pass_de_plus(poste: Poste) -> None:
    effacer_personne(poste, _servie(poste, "Dixpassard"))
    vu = visite.apprecier(poste, visite_accord(poste, nom_naissance="Dixpassard"))
    assert vu.pass_anterieurs == 10
    assert vu.decision is not None and vu.decision.issue == "refus"


def test_deux_fiches_reunies_partent_ensemble_et_la_cle_de_l_une_suffit(poste: Poste) -> None:
    # The record kept has no birth date: only the other one has a key.
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.enregistrer", "sans-date", {"nom_naissance": "Jumelard", "prenoms": "Maëlle"})
    autre = _servie(poste, "Jumelardin")
    cle = personnes.cle_de(poste.base, autre)
    fusionner(poste, "sans-date", autre)
    vu = apercu_effacement(poste, "sans-date")
    assert vu is not None and (vu.parts.fiches, vu.passes, vu.fiches) == (2, 10, {"sans-date", autre})
    effacer_personne(poste, autre)
    assert personnes.get(poste.base, autre) is None and personnes.get(poste.base, "sans-date") is None
    assert cle is not None and personnes.cle_de(poste.base, "sans-date") == cle
    assert not _dans_le_fichier(poste, "Jumelard")
    assert verifier_base(poste.base) == ()


def test_un_fichier_occupe_se_nettoie_a_la_prochaine_ouverture(poste: Poste) -> None:
    personne_id = _servie(poste, "Occupard")
    lecteur = Base.ouvrir(poste.dossier, poste.cle, poste.horloge)
    lecteur.db.execute("BEGIN")
    lecteur.db.execute("SELECT count(*) FROM personne").fetchone()
    try:
        assert effacer_personne(poste, personne_id) is False
        assert personnes.get(poste.base, personne_id) is None, "the act is recorded all the same"
        assert _dans_le_fichier(poste, "Occupard"), "the log still holds former pages"
    finally:
        lecteur.db.rollback()
        lecteur.fermer()
    assert faire_le_menage(poste) is True
    assert not _dans_le_fichier(poste, "Occupard")
    assert faire_le_menage(poste) is True


def test_l_acte_coupe_avant_le_nettoyage_se_finit_de_lui_meme(poste: Poste, tmp_path: Path) -> None:
    personne_id = _servie(poste, "Coupetard")
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("personne.effacer", personne_id, {"cle": None})
    # Power went before the pages were rewritten; the desk opens again.
    rouvert = poste.rouvrir()
    try:
        assert faire_le_menage(rouvert)
    finally:
        rouvert.fermer()
    assert not _dans_le_fichier(poste, "Coupetard")
