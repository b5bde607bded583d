"""Persons found by whatever one has of them, and what their page tells, on a real base."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.app import load_communes
from passdesk.domain.carnet import Carnet
from passdesk.domain.commune import Communes
from passdesk.protocol.pass_token import signer_pass
from passdesk.services.carnets import agir
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.personnes import LIMITE, chercher, fiche, reperes
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.visite import attribuer, garder, noter, ouvrir_visite
from passdesk.storage import carnets, index_regional, personnes, trouver
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, poste_enrole, visite_accord


@pytest.fixture(scope="module")
def communes() -> Communes:
    return load_communes()


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with two persons who have a carnet, at Fourmies and at Lille, and one without any."""
    with poste_enrole(tmp_path_factory.mktemp("modele")) as poste:
        attribuer(poste, visite_accord(poste))
        autre = visite_accord(
            poste, nom_naissance="Ó’Neil-Walbecq", prenoms="Éva", naissance="01/02/1990", commune="59350",
            telephone="03 53 01 00 47", accompagnement=False, prescripteur=None,
        )  # fmt: skip
        attribuer(poste, autre)
        seul = visite_accord(poste, nom_naissance="Dufresne", prenoms="Noé", naissance="05/05/2004", pieces=())
        garder(poste, seul)
        return poste.dossier


@pytest.fixture
def poste(tmp_path: Path, modele: Path) -> Iterator[Poste]:
    """A copy of its own."""
    shutil.copytree(modele, tmp_path / "poste")
    poste = ouvrir_poste(tmp_path / "poste", PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)
    yield poste
    poste.fermer()


@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("dufr", {"Maëlle Dufresnoy", "Noé Dufresne"}),
        ("maelle dufres", {"Maëlle Dufresnoy"}),
        ("oneil", {"Éva Ó’Neil-Walbecq"}),
        ("01/02/1990", {"Éva Ó’Neil-Walbecq"}),
        ("01021990", {"Éva Ó’Neil-Walbecq"}),
        ("walbecq 01021990", {"Éva Ó’Neil-Walbecq"}),
        ("dufresne 01 02 1990", set()),
        ("01 00 47", {"Éva Ó’Neil-Walbecq"}),
        ("lille", {"Éva Ó’Neil-Walbecq"}),
        ("59610", {"Maëlle Dufresnoy", "Noé Dufresne"}),
        ("noe fourmies", {"Noé Dufresne"}),
        ("dufresne 59610", {"Noé Dufresne"}),
        ("59610 dufresne", {"Noé Dufresne"}),
        ("noe 2004", {"Noé Dufresne"}),
        ("127 0000021", {"Maëlle Dufresnoy"}),
        ("n° 0000001", {"Éva Ó’Neil-Walbecq"}),
        ("walb", {"Éva Ó’Neil-Walbecq"}),
        ("walx", set()),
        ("' OR 1=1", set()),
    ],
)
def test_whatever_one_has_of_a_person_finds_them(poste: Poste, communes: Communes, texte: str, noms: set[str]) -> None:
    trouvees = chercher(poste, texte, communes).trouvees
    assert {trouvee.personne.nom_complet for trouvee in trouvees} == noms


def test_the_list_says_what_each_has_and_is_in_the_middle_of(poste: Poste, communes: Communes) -> None:
    trouvees = {t.personne.prenoms: t for t in chercher(poste, "", communes).trouvees}
    assert {nom: (t.pass_recus, t.en_cours) for nom, t in trouvees.items()} == {
        "Maëlle": (10, True), "Éva": (5, True), "Noé": (0, True),
    }  # fmt: skip
    (scanne,) = chercher(poste, "127 0000021 03", communes).trouvees
    assert scanne.serie == "127 0000021"


def test_a_scanned_pass_finds_its_person_and_a_cover_says_that_it_names_nobody(
    poste: Poste, communes: Communes
) -> None:
    carte = str.maketrans("0123456789", "à&é\"'(-è_ç")
    jeton = signer_pass(
        Ed25519PrivateKey.generate(), campagne=127, kid=1, carnet=21, taille=10, rang=3, dernier_jour=date(2027, 12, 31)
    ).texte
    couverture = "802" + "8K4$% %*+-./:" * 24
    for scanne in (jeton, jeton.translate(carte)):
        assert [t.personne.nom_complet for t in chercher(poste, scanne, communes).trouvees] == ["Maëlle Dufresnoy"]
    for scanne in (couverture, couverture.translate(carte)):
        assert chercher(poste, scanne, communes).couverture


def test_a_list_too_long_says_so(poste: Poste, communes: Communes) -> None:
    with poste.base.acte(poste.agent_id) as acte:
        for rang in range(LIMITE + 1):
            corps = {"nom_naissance": f"Zola{rang}", "prenoms": "A", "naissance": None, "telephone": "", "cle": None}
            acte.inscrire("personne.enregistrer", f"p{rang}", corps)
    longue = chercher(poste, "zola", communes)
    assert (len(longue.trouvees), longue.suite) == (LIMITE, True)


def test_a_page_tells_the_right_left_and_the_history_newest_first(poste: Poste) -> None:
    (eva,) = trouver.chercher(poste.base, "eva")
    (suivi,) = _suivis(poste, eva.personne_id)
    lancer_impression(poste, suivi.campagne, suivi.numero)
    repondre(poste, suivi.campagne, suivi.numero, "tout")
    remettre(poste, suivi.campagne, suivi.numero, poste.horloge.aujourdhui())
    lue = fiche(poste, eva.personne_id)
    assert lue is not None
    assert (lue.age, lue.recus, lue.ailleurs, lue.reste, lue.visite) == (36, 5, 0, 5, None)
    assert [fait.genre for fait in lue.histoire] == [
        "carnet.remettre", "carnet.impression_faite", "attribution.accorder", "demande.deposer", "personne.enregistrer",
    ]  # fmt: skip
    assert lue.histoire[0].faits["serie"] == "127 0000001"
    assert set(lue.histoire[3].faits["pieces"]) == {
        "piece_identite", "justificatif_domicile", "attestation_france_travail",
    }  # fmt: skip


def test_pass_of_other_desks_count_and_a_spoiled_carnet_does_not(poste: Poste) -> None:
    (eva,) = trouver.chercher(poste.base, "eva")
    cle = personnes.cle_de(poste.base, eva.personne_id)
    assert cle is not None
    with poste.base.ecriture():
        index_regional.ajouter(poste.base, 900, cle, 5, date(2026, 10, 1), "autre-poste")
    lue = fiche(poste, eva.personne_id)
    assert lue is not None and (lue.recus, lue.ailleurs, lue.reste) == (10, 5, 0)
    (carnet,) = _suivis(poste, eva.personne_id)
    agir(poste, carnet.campagne, carnet.numero, "carnet.gacher", "feuille déchirée")
    lue = fiche(poste, eva.personne_id)
    assert lue is not None and (lue.recus, lue.reste) == (5, 5)


def test_what_is_in_progress_can_be_taken_up_again(poste: Poste) -> None:
    etapes = {}
    for nom in ("Dufresnoy", "Dufresne"):
        (personne,) = trouver.chercher(poste.base, nom)
        lue = fiche(poste, personne.personne_id)
        assert lue is not None and lue.visite is not None
        etapes[nom] = lue.visite.etape
    assert etapes == {"Dufresnoy": "a_imprimer", "Dufresne": "a_completer"}
    assert fiche(poste, "inconnue") is None


def test_a_draft_for_a_person_shows_as_in_progress(poste: Poste, communes: Communes) -> None:
    (eva,) = trouver.chercher(poste.base, "eva")
    (carnet,) = _suivis(poste, eva.personne_id)
    agir(poste, carnet.campagne, carnet.numero, "carnet.gacher")
    assert not chercher(poste, "eva", communes).trouvees[0].en_cours
    noter(poste, ouvrir_visite(poste, eva.personne_id))
    assert chercher(poste, "eva", communes).trouvees[0].en_cours


@pytest.mark.parametrize(
    ("nom", "texte", "marques"),
    [
        ("Henri Walbecq", "wal", ["Wal"]),
        ("Éva Ó’Neil-Walbecq", "eva walb", ["Éva", "Walb"]),
        ("Maëlle Dufresnoy", "elle", []),
        ("Lœïc Straßer", "loei str", ["Lœï", "Str"]),
    ],
)
def test_what_was_searched_is_marked_where_it_stands(nom: str, texte: str, marques: list[str]) -> None:
    assert [nom[debut : debut + longueur] for debut, longueur in reperes(nom, texte)] == marques


def _suivis(poste: Poste, personne_id: str) -> list[Carnet]:
    return [suivi.carnet for suivi in carnets.par_personne(poste.base, personne_id)]
