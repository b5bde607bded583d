"""A règlement that contradicts itself is refused with both of its lines."""

from __future__ import annotations

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import typographie
from passdesk.domain.lecture_reglement import lire_reglement
from passdesk.ui.messages import message
from passdesk.ui.messages.commun import RAISONS
from tests.domain.dossiers import texte_2

OUVERT = ("ouvert = { valeur = false", "ouvert = { valeur = true")
LYCEE = "[publics.lyceen]\n"

CAS = [
    # (changes, what is added at the end, a piece of each of the two lines, what is wrong)
    ([("age_min = { valeur = 18", "age_min = { valeur = 28")], "", "valeur = 28", "age_max = {", "bornes"),
    ([("premier = { valeur = 10", "premier = { valeur = 15")], "", "plafond = {", "valeur = 15", "au_dela_du_plafond"),
    ([("plafond = { valeur = 10", "plafond = { valeur = 12")], "", "carnets = {", "valeur = 12", "pas_en_carnets"),
    ([('nom = "identite"', 'nom = "domicile"')], "", 'nom = "domicile"', None, "double"),
    ([("valeur = 2022-02-01", "valeur = 2022-01-15")], "", 'id = "', "2022-01-15", "avant_adoption"),
    ([(LYCEE, f'{LYCEE}etablissements = {{ valeur = ["0590001F"], a_confirmer = true }}\n')],
     "", "etablissements", "ouvert = { valeur = false", "public_ferme_servi"),
    ([('publics = ["jeune_insertion"]', 'publics = ["lyceen"]')],
     "", "ouvert = { valeur = false", 'publics = ["lyceen"]', "public_ferme_servi"),
    ([("premier = { valeur = 5,", "premier = { valeur = 10,"), ('motif = "autonome_carnet_5", ', ""),
      ("plafond = {", "delai_mois = { valeur = 6, a_confirmer = true }\nplafond = {")],
     "", "delai_mois", "plafond = {", "pas_de_second"),
    ([("plafond = {", "stock = { valeur = 3000, a_confirmer = true }\nplafond = {")],
     "", "stock = {", "reserve = { valeur = 4000", "reserve_au_dela"),
    ([OUVERT, ("reserve = {", "reserve_par_etablissement = { valeur = 4005, a_confirmer = true }\nreserve = {")],
     "", "reserve_par_etablissement", "reserve = { valeur = 4000", "reserve_au_dela"),
    ([("plafond = {", "plafond_foyer = { valeur = 5, a_confirmer = true }\nplafond = {")],
     "", "plafond_foyer", "plafond = {", "foyer_sous_personne"),
    ([('["naissance", "commune"]', '["commune"]')], "", '["commune"]', "age_min = { valeur = 18", "age_sans_naissance"),
    ([("plafond = {", 'delivrance = { valeur = "pass", a_confirmer = true }\nplafond = {')],
     "", "delivrance", "premier = { valeur = 10", "motif_de_carnet"),
    ([], '[[perimetres]]\nnom = "Pacte"\ncommunes = ["59392", "75056"]\na_confirmer = true\n',
     "departements = {", '"75056"', "hors_departements"),
    ([], '[derogation]\nmotifs = { valeur = ["plafond_atteint"], a_confirmer = true }\n'
         'accordee_par = { valeur = "responsable", a_confirmer = true }\n',
     "plafond = {", '"plafond_atteint"', "non_derogeable"),
    ([], "[validite]\ndernier_jour = { valeur = 2021-12-31, a_confirmer = true }\n",
     "executoire_le", "2021-12-31", "validite_passee"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "fin", "une", "autre", "raison"), CAS, ids=lambda valeur: str(valeur)[:25])
def test_both_lines_are_named(
    changes: list[tuple[str, str]], fin: str, une: str, autre: str | None, raison: str
) -> None:
    texte = texte_2(*changes, fin=fin)
    with pytest.raises(SaisieRefusee) as refus:
        lire_reglement(texte.encode(), "essai.toml")
    assert refus.value.code == "reglement_contradictoire"
    assert refus.value.faits["raison"] == raison
    lignes = [numero for numero, ligne in enumerate(texte.splitlines(), 1) for p in (une, autre) if p and p in ligne]
    assert {refus.value.faits["ligne"], refus.value.faits["ligne2"]} <= set(lignes)
    assert int(refus.value.faits["ligne"]) < int(refus.value.faits["ligne2"])
    phrase = str(message(refus.value.code, **refus.value.faits))
    assert f"lignes {refus.value.faits['ligne']} et {refus.value.faits['ligne2']}" in phrase
    assert typographie(RAISONS[raison]) in phrase


@pytest.mark.parametrize(
    ("changes", "fin", "detail", "raison"),
    [
        ([], '[[perimetres]]\nnom = "Rien"\na_confirmer = true\n', "perimetres.1.nom", "perimetre_vide"),
        ([], '[[perimetres]]\nnom = "Rien"\ncommunes = []\na_confirmer = true\n', "perimetres.1.communes", "liste"),
        ([], '[[perimetres]]\nnom="x"\ncommunes = ["Lens"]\na_confirmer = true\n', "perimetres.1.communes", "commune"),
        ([], '[accompagnement]\nprescripteurs = { valeur = ["mairie"], a_confirmer = true }\n',
         "accompagnement.prescripteurs.valeur", "hors_liste"),
        ([OUVERT, (LYCEE, f'{LYCEE}etablissements = {{ valeur = ["0590001A"], a_confirmer = true }}\n')], "",
         "publics.lyceen.etablissements.valeur", "uai"),
        ([("premier = { valeur = 5,", "premier = { valeur = 10,")], "", "quantite.seul.premier.motif", "motif_de_cinq"),
        ([("plafond = {", "delai_mois = { valeur = 6 }\nplafond = {")], "",
         "quantite.delai_mois.source", "source_absente"),
        ([], "[derogation]\nmotifs = { valeur = ['tout'], a_confirmer = true }\n", "derogation.motifs.valeur",
         "hors_liste"),
        ([], "[validite]\nfin = 3\n", "validite.fin", "cle_inconnue"),
    ],
)  # fmt: skip
def test_what_is_wrong_by_itself_names_its_line(
    changes: list[tuple[str, str]], fin: str, detail: str, raison: str
) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_reglement(texte_2(*changes, fin=fin).encode(), "essai.toml")
    assert (refus.value.code, refus.value.faits["detail"], refus.value.faits["raison"]) == (
        "reglement_illisible", detail, raison,
    )  # fmt: skip


@pytest.mark.parametrize(
    "ajout", ["[validite]\n", '[accompagnement]\nprescripteurs = { valeur = ["autre"], a_confirmer = true }\n']
)
def test_schema_1_knows_nothing_of_what_schema_2_adds(ajout: str) -> None:
    texte = texte_2(fin=ajout).replace("schema = 2", "schema = 1")
    with pytest.raises(SaisieRefusee) as refus:
        lire_reglement(texte.encode(), "essai.toml")
    assert refus.value.faits["raison"] == "cle_inconnue"
