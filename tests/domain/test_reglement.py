"""Règlements as data: what is shipped, what a change of a value does, and what is refused with its line."""

from __future__ import annotations

import codecs
import hashlib
import tomllib
from datetime import date

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.evaluation import evaluer
from passdesk.domain.francais import typographie
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.domain.reglement import Reglement, choisir
from passdesk.ui.messages import message
from passdesk.ui.messages.commun import RAISONS
from tests.domain.dossiers import FICHIERS, REGLEMENTS, codes, dossier

TEXTE = (FICHIERS / "2022-02-01.toml").read_text(encoding="utf-8")


def change(avant: str, apres: str, texte: str = TEXTE) -> Reglement:
    """The règlement of 2022 with one thing written otherwise."""
    assert texte.count(avant) >= 1, avant
    return lire_reglement(texte.replace(avant, apres, 1).encode(), "essai.toml")


def test_every_parameter_shipped_says_where_it_comes_from() -> None:
    def sans_provenance(valeur: object, ici: str) -> list[str]:
        if isinstance(valeur, list):
            return [nom for rang, v in enumerate(valeur) for nom in sans_provenance(v, f"{ici}[{rang}]")]
        if not isinstance(valeur, dict):
            return []
        feuille = "valeur" in valeur or "preuves" in valeur
        seul = [ici] if feuille and not (valeur.get("source") or valeur.get("a_confirmer") is True) else []
        return seul + [nom for cle, v in valeur.items() for nom in sans_provenance(v, f"{ici}.{cle}")]

    fichiers = sorted(FICHIERS.glob("*.toml"))
    assert [fichier.stem for fichier in fichiers] == ["2020-07-01", "2022-02-01"]
    for fichier in fichiers:
        assert sans_provenance(tomllib.loads(fichier.read_text(encoding="utf-8")), fichier.stem) == []


def test_the_id_is_the_file_name_and_the_print_is_that_of_its_bytes() -> None:
    for reglement in REGLEMENTS:
        octets = (FICHIERS / f"{reglement.id}.toml").read_bytes()
        assert reglement.empreinte == hashlib.sha256(octets).digest()


def test_the_enforceable_day_decides_wherever_the_reglement_stands_in_the_list() -> None:
    assert choisir(REGLEMENTS[::-1], date(2022, 1, 31)).id == "2020-07-01"
    assert choisir(REGLEMENTS[::-1], date(2022, 2, 1)).id == "2022-02-01"


def test_the_region_may_move_the_enforceable_day() -> None:
    plus_tard = change("valeur = 2022-02-01", "valeur = 2022-02-17")
    assert choisir((REGLEMENTS[0], plus_tard), date(2022, 2, 16)).id == "2020-07-01"
    assert choisir((REGLEMENTS[0], plus_tard), date(2022, 2, 17)).id == "2022-02-01"


@pytest.mark.parametrize(
    ("avant", "apres", "faits", "motifs"),
    [
        # Each parameter that is data changes the answer when the Region changes it.
        ('["02", "59", "60", "62", "80"]', '["02"]', {}, ["domicile_hors_region"]),
        ("moins_de_mois = 3", "moins_de_mois = 0", {}, ["justificatif_perime"]),
        ("plafond = { valeur = 10", "plafond = { valeur = 15", {"recus": (10,), "prescripteur": "autre"}, None),
        ("age_min = { valeur = 60", "age_min = { valeur = 75", {"public": "senior"}, ["age_hors_public"]),
        ("age_max = { valeur = 25", "age_max = { valeur = 19", {"public": "jeune_insertion"}, ["age_hors_public"]),
        ("ouvert = { valeur = false", "ouvert = { valeur = true", {"public": "lyceen"}, ["autonome_carnet_5"]),
        ("suite_sur_demande = { valeur = true", "suite_sur_demande = { valeur = false", {"recus": (5,)}, None),
        ("sans_premier = { valeur = false", "sans_premier = { valeur = true", {"complementaire": True}, None),
        ("premier = { valeur = 10", "premier = { valeur = 5", {"prescripteur": "autre"}, ["accompagne_carnet_10"]),
        ("par_le_stock = { valeur = true", "par_le_stock = { valeur = false", {"stock": 0}, ["autonome_carnet_5"]),
        ("anterieur = { valeur = false", "anterieur = { valeur = true", {},
         ["autonome_carnet_5", "reglement_anterieur"]),
        ('["naissance", "commune"]', '["commune"]', {"naissance": None}, ["autonome_carnet_5"]),
        ("la_suite = { valeur = true", "la_suite = { valeur = false",
         {"recus": (5,), "complementaire": True, "justificatifs": ()}, ["complement_carnet_5"]),
        ('"1er mars"', '"28 février"',
         {"public": "jeune_insertion", "naissance": date(2004, 2, 29), "arrivee_le": date(2022, 2, 28)}, None),
    ],
)  # fmt: skip
def test_a_parameter_changed_in_the_file_changes_the_decision(
    avant: str, apres: str, faits: dict, motifs: list[str] | None
) -> None:
    decision = evaluer(dossier(**faits), (change(avant, apres),))
    assert decision.issue == "accord" if motifs is None else codes(decision) == motifs
    assert evaluer(dossier(**faits), (REGLEMENTS[1],)) != decision


def test_pass_of_other_reglements_may_be_left_out_of_the_count() -> None:
    seul = change("autres_reglements = { valeur = true", "autres_reglements = { valeur = false")
    cas = dossier(prescripteur="autre", anterieurs=dossier(recus=(10,)).anterieurs)
    assert codes(evaluer(cas, (REGLEMENTS[0], seul))) == ["plafond_atteint"]
    avant = tuple(type(a)(a.nombre, date(2021, 1, 1)) for a in cas.anterieurs)
    ancien = dossier(prescripteur="autre", anterieurs=avant)
    assert evaluer(ancien, (REGLEMENTS[0], seul)).carnets == (10,)


def test_papers_dated_after_the_arrival_may_be_refused() -> None:
    strict = change('"jour_vu"', '"arrivee"')
    cas = dossier(arrivee_le=date(2022, 3, 1))
    tard = tuple(type(p)(p.type, date(2022, 3, 5), date(2022, 3, 9)) for p in cas.justificatifs)
    plus_tard = type(cas)(**{**_champs(cas), "justificatifs": tard})
    assert evaluer(plus_tard, (REGLEMENTS[1],)).issue == "accord"
    assert set(codes(evaluer(plus_tard, (strict,)))) == {"justificatif_posterieur"}


def _champs(cas: object) -> dict:
    return {nom: getattr(cas, nom) for nom in type(cas).__dataclass_fields__}


REFUS = [
    # (what is written, what is written instead, path of the key, what is wrong)
    ("plafond = {", "plafon = {", "quantite.plafond", "cle_absente"),
    ("plafond = {", "plafond2 = { valeur = 1, a_confirmer = true }\nplafond = {", "quantite.plafond2", "cle_inconnue"),
    ("plafond = { valeur = 10", "plafond = { valeur = '10'", "quantite.plafond.valeur", "entier_positif"),
    ("plafond = { valeur = 10", "plafond = { valeur = true", "quantite.plafond.valeur", "entier_positif"),
    ("plafond = { valeur = 10", "plafond = { valeur = 10, unite = 'pass'", "quantite.plafond.unite", "cle_inconnue"),
    ("carnets = { valeur = [10, 5]", "carnets = { valeur = [10, 5, 10]", "quantite.carnets.valeur", "double"),
    ("carnets = { valeur = [10, 5]", "carnets = { valeur = [10, 4]", "quantite.carnets.valeur", "cinq_ou_dix"),
    ("carnets = { valeur = [10, 5]", "carnets = { valeur = []", "quantite.carnets.valeur", "liste"),
    ("premier = { valeur = 10", "premier = { valeur = 0", "quantite.accompagne.premier.valeur", "zero"),
    ("moins_de_mois = 3", "moins_de_mois = 99999", "exigences.1.moins_de_mois", "entier_trop_grand"),
    ('"62", "80"]', '"62", "Somme"]', "departements.valeur", "departement"),
    ('id = "2022-02-01"', 'id = "fevrier"', "id", "date"),
    ('motif = "autonome_carnet_5"', 'motif = "bonus"', "quantite.seul.premier.motif", "hors_liste"),
    ("valeur = 2022-02-01", "valeur = '2022-02-01'", "executoire_le.valeur", "date"),
    ("valeur = 2022-02-01", "valeur = 2022-02-01T08:00:00", "executoire_le.valeur", "date"),
    ("compte_au = { valeur = \"arrivee\"", "compte_au = { valeur = \"depot\"", "age.compte_au.valeur", "hors_liste"),
    ("cumul_des_publics = { valeur = false", "cumul_des_publics = { valeur = true",
     "cumul_des_publics.valeur", "hors_liste"),
    ("identite = { valeur = [\"naissance\", \"commune\"], a_confirmer = true }",
     "identite = { valeur = [\"naissance\", \"commune\"], a_confirmer = false }", "identite.source", "source_absente"),
    ("[publics.senior]", "[publics.retraite]", "publics.senior", "cle_absente"),
    ('pot = { valeur = "lycee"', 'pot = { valeur = "caisse"', "publics.lyceen.pot.valeur", "hors_liste"),
    ('preuves = ["piece_identite"]', 'preuves = ["passeport"]', "exigences.2.preuves", "hors_liste"),
    ('preuves = ["piece_identite"]', "preuves = [1]", "exigences.2.preuves", "texte"),
    ('nom = "identite"', 'nom = " "', "exigences.2.nom", "texte_vide"),
    ("moins_de_mois = 3", "moins_de_mois = -3", "exigences.1.moins_de_mois", "entier_positif"),
    ("schema = 1", "schema = 3", "schema", "version"),
    ("schema = 1", "", "schema", "cle_absente"),
    ("[age]", "[ages]", "age", "cle_absente"),
]  # fmt: skip


@pytest.mark.parametrize(("avant", "apres", "detail", "raison"), REFUS, ids=lambda valeur: str(valeur)[:30])
def test_a_file_that_is_not_exactly_right_is_refused_with_its_key(
    avant: str, apres: str, detail: str, raison: str
) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        change(avant, apres)
    assert refus.value.code == "reglement_illisible"
    assert (refus.value.faits["detail"], refus.value.faits["raison"]) == (detail, raison)
    phrase = str(message(refus.value.code, **refus.value.faits))
    assert detail in phrase
    assert raison not in phrase or raison in ("date", "quantite", "texte", "liste", "double", "departement", "zero")


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("plafond = { valeur = 10", "plafond = { valeur = '10'"),
        ('preuves = ["piece_identite"]', 'preuves = ["passeport"]'),
        ("[publics.senior]", "[publics.senior"),
    ],
)
def test_a_refusal_names_the_line(avant: str, apres: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        change(avant, apres)
    assert refus.value.faits["ligne"] == TEXTE[: TEXTE.index(avant)].count("\n") + 1


@pytest.mark.parametrize("texte", ["", "schema = ", "id = 3", "= 1", "[a\n", 'a = "\x00"'])
def test_what_is_no_reglement_at_all_is_refused(texte: str) -> None:
    with pytest.raises(SaisieRefusee, match="reglement_illisible"):
        lire_reglement(texte.encode(), "essai.toml")


@pytest.mark.parametrize(
    ("octets", "ligne", "raison"),
    [
        (TEXTE.encode("cp1252"), 1, "encodage"),
        (b"# a\n# b\nid = '\xe9'\n", 3, "encodage"),
        (codecs.BOM_UTF8 + TEXTE.encode(), 1, "marque_bom"),
        (TEXTE.encode("utf-16"), 1, "encodage"),
        (b"# a\nid = 'x\0'\n", 2, "caractere_nul"),
        (b"a = " + b"[" * 100_000 + b"]" * 100_000, 1, "trop_profond"),
        (TEXTE.encode() + b"#" * (1 << 20), 1, "trop_long"),
        (b"schema = " + b"9" * 5000, 1, "nombre_demesure"),
    ],
    ids=lambda valeur: str(valeur)[:12],
)
def test_a_hostile_file_gets_a_plain_sentence(octets: bytes, ligne: int, raison: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_reglement(octets, "essai.toml")
    assert (refus.value.faits["ligne"], refus.value.faits["raison"]) == (ligne, raison)
    assert typographie(RAISONS[raison]) in str(message(refus.value.code, **refus.value.faits))


def test_of_two_reglements_enforceable_from_the_same_day_the_one_adopted_last_applies() -> None:
    modifie = change('id = "2022-02-01"', 'id = "2022-01-15"')
    dernier = REGLEMENTS[1]
    for ordre in ((dernier, modifie), (modifie, dernier)):
        assert choisir(ordre, date(2022, 3, 1)).id == "2022-02-01"


def test_no_quantity_written_in_the_file_gets_past_its_cap() -> None:
    genereux = change(
        'suite = { valeur = 5, motif = "accompagne_carnet_10"', 'suite = { valeur = 10, motif = "accompagne_carnet_10"'
    )
    decision = evaluer(dossier(recus=(5,), prescripteur="autre"), (genereux,))
    assert (decision.pass_accordes, decision.carnets, decision.reste) == (5, (5,), 0)
