"""People from a spreadsheet: what each row becomes, and that nothing is ever half recorded."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.services import fiche, importer, importer_actes, visite
from passdesk.services.anterieurs import pass_recus
from passdesk.services.importer import Analyse, LigneAnalysee
from passdesk.services.importer_actes import Suivi, dernier_import, inscrire, preparer, reprendre_import
from passdesk.services.importer_colonnes import colonnes_retenues, proposer_colonnes, retenir_colonnes
from passdesk.services.importer_communes import RepertoireCommunes
from passdesk.services.importer_lecture import Remarque
from passdesk.services.importer_noms import separer_nom
from passdesk.services.importer_rapport import ecrire_rapport, rapport_csv
from passdesk.services.personnes import chercher
from passdesk.services.personnes import fiche as fiche_de
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.services.tableur import ouvrir_tableau
from passdesk.storage import envoi, index_regional, personnes
from passdesk.storage.integrite import verifier_base
from passdesk.ui.messages import MESSAGES, message
from passdesk.ui.messages.importer import VERDICTS, raison
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, horloge_fixe, terrain, visite_accord
from tests.e2e.canaris import fichiers, motif_binaire
from tests.services.classeurs import ods, xlsx
from tests.ui.guichet import communes

COOP = [
    ["Modèle d’import des bénéficiaires"], [],
    ["Nom*", "Prénom*", "Année de naissance", "Nom de la commune", "Code INSEE", "Code postal", "N° de téléphone",
     "E-mail", "Genre", "Notes supplémentaires"],
    ["Delattre", "Léa", "1970", "Maubeuge", "59392", "59600", "612345678", "lea@exemple.fr", "Féminin", "À rappeler"],
    ["Delattre", "Léa", "1985", "-", "-", "-", "-", "-", "Féminin", ""],
    ["Carlier", "Noé", "-", "Saint-Quentin", "-", "02100", "-", "-", "Masculin", ""],
]  # fmt: skip


@pytest.fixture(scope="module")
def repertoire() -> RepertoireCommunes:
    return RepertoireCommunes(communes())


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    poste = creer_poste(
        tmp_path / "poste", PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    yield poste
    poste.fermer()


def tableau(dossier: Path, texte: str) -> Path:
    fichier = dossier / "personnes.csv"
    fichier.write_text(texte, encoding="utf-8")
    return fichier


def essai(poste: Poste, fichier: Path, repertoire: RepertoireCommunes) -> Analyse:
    lu = ouvrir_tableau(fichier)
    return importer.analyser(poste, lu, proposer_colonnes(lu), repertoire)


def inscrire_tout(poste: Poste, analyse: Analyse) -> int:
    choisies = [ligne for ligne in analyse.lignes if ligne.verdict in ("a_inscrire", "a_completer")]
    return inscrire(poste, analyse.tableau, choisies, Suivi(threading.Event()))


def dits(ligne: LigneAnalysee) -> list[tuple[str, str]]:
    return [(remarque.code, remarque.cellule) for remarque in ligne.remarques]


def toutes(poste: Poste) -> list[Personne]:
    return sorted(personnes.recentes(poste.base, 100), key=lambda p: (p.nom_naissance, p.prenoms, p.note))


TOUT = (
    "Nom de naissance;Nom d’usage;Prénom(s);Né(e) le;Lieu de naissance;Adresse;Complément;CP;Ville;Tél.;Mail;Notes\n"
    "Dupont;Martin;Zoë, Ana;12 avril 1987;Lille;12 rue du Four;Bât. B;59600;MAUBEUGE cedex;0612345678;z@ex.fr;à 10 h\n"
)


def test_every_field_of_the_sheet_reaches_the_file_of_the_person(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    analyse = essai(poste, tableau(tmp_path, TOUT), repertoire)
    assert [(ligne.numero, ligne.verdict, dits(ligne)) for ligne in analyse.lignes] == [(2, "a_inscrire", [])]
    assert toutes(poste) == [], "a dry run writes nothing"
    assert inscrire_tout(poste, analyse) == 1
    (inscrite,) = toutes(poste)
    assert inscrite == Personne(
        inscrite.personne_id, "Dupont", "Zoë, Ana", date(1987, 4, 12), "59392", "06 12 34 56 78", "Martin", "Lille",
        "12 rue du Four", "Bât. B", "59600", "z@ex.fr", note="à 10 h",
    )  # fmt: skip
    assert verifier_base(poste.base) == ()


@pytest.mark.parametrize("fabrique", [ods, xlsx])
def test_the_sheet_of_la_coop_is_understood_as_it_is(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, fabrique: type
) -> None:
    fichier = tmp_path / "import-beneficiaires"
    fichier.write_bytes(fabrique({"Lisez-moi": [["Bonjour"]], "Bénéficiaires": COOP}))
    analyse = essai(poste, fichier, repertoire)
    assert [(ligne.numero, ligne.verdict) for ligne in analyse.lignes] == [
        (4, "a_completer"), (5, "a_completer"), (6, "a_completer"),
    ], "two namesakes told apart by the year, as the sheet advises"  # fmt: skip
    assert [dits(ligne) for ligne in analyse.lignes] == [
        [("annee_seule", "C4")],
        [("annee_seule", "C5"), ("commune_absente", "")],
        [("naissance_absente", "")],
    ]
    assert inscrire_tout(poste, analyse) == 3
    carlier, *delattre = toutes(poste)
    assert (carlier.commune, carlier.note) == ("02691", "")
    assert {(p.commune, p.telephone, p.courriel, p.note) for p in delattre} == {
        ("59392", "06 12 34 56 78", "lea@exemple.fr", "À rappeler\nAnnée de naissance : 1970"),
        (None, "", "", "Année de naissance : 1985"),
    }
    assert [ligne.verdict for ligne in essai(poste, fichier, repertoire).lignes] == ["deja_inscrite"] * 3


def test_the_export_of_la_coop_has_titles_and_filters_above_its_columns(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    entetes = ["Nom", "Prénom", "Année de naissance", "Nom de la commune", "Code INSEE", "Code postal",
               "N° de téléphone", "E-mail", "Genre", "Tranche d’âge", "Statut", "Nombre d’accompagnements",
               "Notes supplémentaires"]  # fmt: skip
    valeurs = ["Dubois", "Ana", 1966, "-", "-", "-", "-", "-", "Non communiqué", "60 - 69 ans", "Retraité", 3, ""]
    haut = [["Export généré le", "12/06/2026"], ["Filtres"], ["Recherche", "-"], [], [""]]
    fichier = tmp_path / "export.xlsx"
    fichier.write_bytes(xlsx({"Bénéficiaires": [*haut, entetes, list(map(str, valeurs))]}))
    colonnes = proposer_colonnes(ouvrir_tableau(fichier))
    assert colonnes.ligne_entete == 6
    assert colonnes.champs == (
        "nom_naissance", "prenoms", "annee_naissance", "commune", "code_insee", "code_postal", "telephone", "courriel",
        "", "", "", "", "note",
    ), "neither gender nor status is taken: nobody needs them here"  # fmt: skip
    (ligne,) = essai(poste, fichier, repertoire).lignes
    assert (ligne.numero, ligne.verdict) == (7, "a_completer")


LIGNES = """Nom;Prénom;Date de naissance;Commune;Code postal;Téléphone;Mail
Leleu;Zoë;12/04/1987;Maubeuge;59600;0612345678;z@ex.fr
LELEU;Zoe;12-4-87;;;;
Leroy;;03/03/1950;Saint-Martin;;;
=1+1;Ana;01/01/1980;;;;
Petit;Ana;31/02/1980;Maubeuge;;;
;;;;;0612;
Durand;Ana;01/02/1980;Maubeuge;59600;06 12;sans-arobase
"""


def test_each_row_is_told_what_becomes_of_it_and_why(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    analyse = essai(poste, tableau(tmp_path, LIGNES), repertoire)
    assert [(ligne.numero, ligne.verdict, dits(ligne)) for ligne in analyse.lignes] == [
        (2, "a_inscrire", []),
        (3, "doublon", []),
        (4, "a_completer", [("prenoms_absent", ""), ("commune_a_choisir", "D4")]),
        (5, "illisible", [("formule", "A5")]),
        (6, "illisible", [("date_fevrier_31", "C6")]),
        (7, "illisible", [("nom_absent", "")]),
        (8, "a_inscrire", [("telephone_incomplet", "F8"), ("courriel_douteux", "G8")]),
    ]
    assert analyse.lignes[1].autre == 2
    assert all(code in MESSAGES for ligne in analyse.lignes for code, _ in dits(ligne))
    assert inscrire_tout(poste, analyse) == 3
    assert {p.nom_naissance: p.note for p in toutes(poste)}["Leroy"] == "Commune à préciser : Saint-Martin"


def test_who_is_here_already_is_not_recorded_again_and_who_looks_alike_waits(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    visite.garder(poste, visite_accord(poste, pieces=()))
    texte = (
        "Nom;Prénom;Date de naissance\nDUFRESNOY;maelle;12/04/1987\nDufrénoy;Maëlle;12/04/1987\nLeleu;Ana;01/01/1990\n"
    )
    analyse = essai(poste, tableau(tmp_path, texte), repertoire)
    assert [ligne.verdict for ligne in analyse.lignes] == ["deja_inscrite", "ressemble", "a_completer"]
    assert analyse.lignes[1].proche == "Maëlle Dufresnoy"
    assert "Dufr" not in repr(analyse.lignes), "nobody can be read in a trace"


JUMEAUX = """Nom;Prénom;Date de naissance;Commune;Code postal
BENALI;Mohamed Amine;12/04/2004;Maubeuge;59600
BENALI;Mohamed Ilyès;12/04/2004;Maubeuge;59600
Benali;Mohamed-Amine;12/04/2004;;
Benali;Mohamed;12/04/2004;;
Benali;MOHAMED ILYES;12/04/2004;;
"""


def test_twins_with_one_key_are_a_question_and_whoever_is_told_in_short_is_not_a_third(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    fichier = tableau(tmp_path, JUMEAUX)
    analyse = essai(poste, fichier, repertoire)
    assert [(ligne.numero, ligne.verdict, ligne.autre) for ligne in analyse.lignes] == [
        (2, "a_inscrire", 0), (3, "meme_cle", 2), (4, "doublon", 2), (5, "doublon", 2), (6, "doublon", 3),
    ]  # fmt: skip
    jumeau = analyse.lignes[1]
    assert (jumeau.nom, jumeau.proche) == ("Mohamed Ilyès BENALI", "Mohamed Amine BENALI"), "told apart by all of it"
    assert inscrire_tout(poste, analyse) == 1, "the question waits"
    analyse = essai(poste, fichier, repertoire)
    assert [(ligne.verdict, ligne.autre, ligne.proche) for ligne in analyse.lignes[:2]] == [
        ("deja_inscrite", 0, ""), ("meme_cle", 0, "Mohamed Amine BENALI"),
    ]  # fmt: skip
    assert inscrire(poste, analyse.tableau, analyse.lignes[1:2], Suivi(threading.Event())) == 1
    assert {p.prenoms for p in toutes(poste)} == {"Mohamed Amine", "Mohamed Ilyès"}
    assert [ligne.verdict for ligne in essai(poste, fichier, repertoire).lignes] == ["deja_inscrite"] * 5


def test_one_name_all_along_a_file_is_compared_with_few_of_its_rows(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, monkeypatch: pytest.MonkeyPatch
) -> None:
    pliees: list[str] = []
    monkeypatch.setattr(importer, "replier", lambda texte: pliees.append(texte) or texte.casefold())
    rangees = "".join(f"Dupont;Ana {chr(97 + n % 26) * (n // 26 + 1)};12/04/1987\n" for n in range(300))
    analyse = essai(poste, tableau(tmp_path, "Nom;Prénom;DDN\n" + rangees), repertoire)
    assert analyse.comptes() == {"a_completer": 1, "meme_cle": 299}
    assert len(pliees) < 300 * (importer.MEMES_MAX + 2)


def test_a_namesake_recorded_between_the_look_and_the_recording_is_asked_about(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    analyse = essai(poste, tableau(tmp_path, JUMEAUX), repertoire)
    autre = visite_accord(poste, nom_naissance="Benali", prenoms="Mohamed Karim", naissance="12/04/2004", pieces=())
    visite.garder(poste, autre)
    with pytest.raises(SaisieRefusee) as refus:
        inscrire_tout(poste, analyse)
    assert refus.value.code == "import_a_revoir"


def test_first_names_told_in_short_or_at_length_are_one_person_whichever_comes_first(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    visite.garder(poste, visite_accord(poste, pieces=(), prenoms="Maëlle"))
    texte = (
        "Nom;Prénom;Date de naissance\nDufresnoy;Maëlle, Anne;12/04/1987\nDelattre;Luc;01/02/1961\n"
        "Delattre;Luc Jean;01/02/1961\nDelattre;Luc-Marc;01/02/1961\n"
    )
    analyse = essai(poste, tableau(tmp_path, texte), repertoire)
    assert [(ligne.verdict, ligne.autre) for ligne in analyse.lignes] == [
        ("deja_inscrite", 0), ("a_completer", 0), ("doublon", 3), ("meme_cle", 4),
    ], "the third Delattre is no double of the first: another row says that Luc is Luc Jean"  # fmt: skip


@pytest.mark.parametrize(
    ("ecrite", "jour"),
    [
        ("12/04/1987", (1987, 4, 12)), ("12-04-87", (1987, 4, 12)), ("1987-04-12", (1987, 4, 12)),
        ("12 avril 1987", (1987, 4, 12)), ("12.04.1987 00:00", (1987, 4, 12)), ("31879", (1987, 4, 12)),
        ("12041987", (1987, 4, 12)), ("1987", None), ("-", None),
    ],
)  # fmt: skip
def test_birth_dates_in_all_usual_forms(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, ecrite: str, jour: tuple[int, int, int] | None
) -> None:
    (ligne,) = essai(poste, tableau(tmp_path, f"Nom;Prénom;DDN\nLeleu;Ana;{ecrite}\n"), repertoire).lignes
    assert ligne.personne is not None
    assert ligne.personne.naissance == (date(*jour) if jour else None)


@pytest.mark.parametrize(
    ("titre", "ecrite", "dit"),
    [
        ("DDN", "12/04/2019", True), ("DDN", "2019", True), ("Année de naissance", "2019", True),
        ("DDN", "12/04/1987", False), ("Année de naissance", "1987", False), ("DDN", "", False),
    ],
)  # fmt: skip
def test_an_age_that_nobody_has_at_a_desk_is_to_be_looked_at_and_taken_all_the_same(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, titre: str, ecrite: str, dit: bool
) -> None:
    (ligne,) = essai(poste, tableau(tmp_path, f"Nom;Prénom;{titre}\nLeleu;Ana;{ecrite}\n"), repertoire).lignes
    assert ligne.personne is not None
    assert (Remarque("naissance_a_relire", "C2") in ligne.remarques) is dit


@pytest.mark.parametrize(
    ("nom", "postal", "insee", "code"),
    [
        ("Maubeuge", "", "", "59392"), ("maubeuge", "59600", "", "59392"), ("59600 Maubeuge", "", "", "59392"),
        ("St Quentin", "2100", "", "02691"), ("Lille Cedex 9", "59033", "", "59350"), ("", "", "2691", "02691"),
        ("", "59600", "", ""), ("Saint-Martin", "", "", ""), ("Nulle-Part", "59600", "", ""),
        ("Ath (Belgique)", "", "", "99131"), ("Suisse", "", "", ""), ("Suisse", "57340", "", "57662"),
        ("Fourmies", "59610", "99999", "59249"),
    ],
)  # fmt: skip
def test_communes_by_name_by_postal_code_or_by_number_and_a_doubt_is_left_to_a_person(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, nom: str, postal: str, insee: str, code: str
) -> None:
    texte = f"Nom;Prénom;Commune;Code postal;INSEE\nLeleu;Ana;{nom};{postal};{insee}\n"
    (ligne,) = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    assert ligne.personne is not None
    assert (ligne.personne.commune or "") == code
    assert code or any(remarque.code.startswith("commune_") for remarque in ligne.remarques)


@pytest.mark.parametrize(
    ("entier", "separes"),
    [
        ("DUPONT Marie", ("DUPONT", "Marie")), ("Jean-Paul DE LA TOUR", ("DE LA TOUR", "Jean-Paul")),
        ("Dupont, Marie Ana", ("Dupont", "Marie Ana")), ("Dupont Marie", None), ("DUPONT MARIE", None),
        ("MARTIN née DUPONT Marie", ("MARTIN née DUPONT", "Marie")), ("DUPONT Marie épouse MARTIN", None),
    ],
)  # fmt: skip
def test_name_and_first_name_in_one_cell_are_parted_only_when_it_is_clear(
    entier: str, separes: tuple[str, str] | None
) -> None:
    assert separer_nom(entier) == separes


@pytest.mark.parametrize(
    ("cellules", "noms", "remarques"),
    [
        # Nom, Nom d’usage, Prénom, Nom et prénom
        (("", "", "", "MME DUPONT Marie"), ("DUPONT", "", "Marie"), []),
        (("", "", "", "Mme DUPONT Marie"), ("DUPONT", "", "Marie"), []),
        (("", "", "", "M. DUPONT Jean"), ("DUPONT", "", "Jean"), []),
        (("", "", "", "M.DUPONT Jean"), ("DUPONT", "", "Jean"), []),
        (("", "", "", "MLLE LE GALL Anne"), ("LE GALL", "", "Anne"), []),
        (("", "", "", "M DUPONT Jean"), ("DUPONT", "", "Jean"), ["civilite_douteuse"]),
        (("", "", "", "DUPONT, Mme Marie"), ("DUPONT", "", "Marie"), []),
        (("Madame Dupont", "Mme Martin", "Mme Marie", ""), ("Dupont", "Martin", "Marie"), []),
        (("M. Dupont", "", "M. Jean", ""), ("Dupont", "", "M. Jean"), ["prenom_initiale"]),
        (("Mmelle", "", "Marie", ""), ("Mmelle", "", "Marie"), []),
        (("", "", "", "DUPONT (MARTIN) Marie"), ("DUPONT", "MARTIN", "Marie"), ["deux_noms"]),
        (("", "", "", "Mme MARTIN née DUPONT Marie"), ("DUPONT", "MARTIN", "Marie"), []),
        (("MARTIN (née DUPONT)", "", "Marie", ""), ("DUPONT", "MARTIN", "Marie"), []),
        (("Dupont ép. Martin", "", "Marie", ""), ("Dupont", "Martin", "Marie"), []),
        (("Dupont", "épouse Martin", "Marie", ""), ("Dupont", "Martin", "Marie"), []),
        (("", "Martin née Dupont", "Marie", ""), ("Dupont", "Martin", "Marie"), []),
        (("née Dupont", "Martin", "Marie", ""), ("Dupont", "Martin", "Marie"), []),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_makes_nobody_else_of_the_person(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, cellules: tuple[str, ...],
    noms: tuple[str, str, str], remarques: list[str],
) -> None:  # fmt: skip
    texte = f"Nom;Nom d’usage;Prénom;Nom et prénom;DDN;CP;Ville\n{';'.join(cellules)};12/04/1987;59600;Maubeuge\n"
    (ligne,) = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    lue = ligne.personne
    assert lue is not None
    assert (lue.nom_naissance, lue.nom_usage, lue.prenoms, lue.note) == (*noms, "")
    assert [code for code, _ in dits(ligne)] == remarques and all(code in MESSAGES for code in remarques)


def test_a_cell_of_two_persons_is_to_be_mended_and_words_that_are_no_name_go_to_the_note(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    texte = (
        "Nom;Nom d’usage;Prénom\nM. et Mme Dupont;;Jean\nPetit (sous tutelle);;Noé\nLeroy (Caron);Blanc;Ana\n"
        "M’Barek;;Ali\nDupont;;M.\n"
    )
    deux, petit, leroy, barek, initiale = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    assert (deux.verdict, dits(deux)) == ("illisible", [("deux_personnes", "A2")])
    assert petit.personne is not None and leroy.personne is not None and barek.personne is not None
    assert (petit.personne.nom_naissance, petit.personne.nom_usage, petit.personne.note) == (
        "Petit",
        "",
        "sous tutelle",
    )
    assert (leroy.personne.nom_usage, leroy.personne.note) == ("Blanc", "Autre nom : Caron")
    assert ("deux_noms", "A4") in dits(leroy)
    assert barek.personne.nom_naissance == "M’Barek"
    assert ("prenom_initiale", "C6") in dits(initiale)


def dates_lues(poste: Poste, dossier: Path, repertoire: RepertoireCommunes, dates: list[str]) -> list[str]:
    """Each birth date as read, or the code of the remark that stands for it."""
    texte = "Nom;Prénom;DDN\n" + "".join(f"Nom{chr(97 + n)};Ana;{ecrite}\n" for n, ecrite in enumerate(dates))
    return [
        ligne.personne.naissance.isoformat() if ligne.personne and ligne.personne.naissance else dits(ligne)[0][0]
        for ligne in essai(poste, tableau(dossier, texte), repertoire).lignes
    ]


def test_a_bare_number_is_read_as_its_column_says_and_asked_where_nothing_tells(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    def lues(*dates: str) -> list[str]:
        return dates_lues(poste, tmp_path, repertoire, list(dates))

    assert lues("10287") == ["date_deux_lectures"], "29 February 1928, or 1 February 1987"
    assert lues("10287", "120487") == ["1987-02-01", "1987-04-12"], "typed as 010287: the cell dropped the zero"
    assert lues("10287", "31879", "24990") == ["1928-02-29", "1987-04-12", "1968-06-01"], "days counted"
    assert lues("10287", "31879", "120487") == ["date_deux_lectures", "1987-04-12", "1987-04-12"]
    assert lues("10287", "11187", "31879") == ["date_deux_lectures", "date_deux_lectures", "1987-04-12"], "too few tell"
    assert lues("1021987", "1204") == ["1987-02-01", "date_incomplete"], "1204 was a man of 123"
    assert lues("9800", "31879") == ["1926-10-30", "1987-04-12"]
    assert "date_deux_lectures" in MESSAGES


def test_what_a_column_says_holds_for_a_long_file_read_in_steps(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    texte = "Liste\n\nNom;Prénom;DDN\n" + "Leleu;Ana;10287\n" * 40 + "Petit;Noé;120487\n"
    lu = ouvrir_tableau(tableau(tmp_path, texte))
    analyse = Analyse(lu, proposer_colonnes(lu), importer.reperes(poste), repertoire, poste.horloge.aujourdhui())
    tours = 0
    while not analyse.avancer(0.0):
        tours += 1
    assert tours > 1 and len(analyse.lignes) == 41
    assert analyse.lignes[0].personne is not None
    assert analyse.lignes[0].personne.naissance == date(1987, 2, 1)


def test_columns_corrected_by_hand_are_remembered_for_the_same_headers(poste: Poste, tmp_path: Path) -> None:
    fichier = tableau(tmp_path, "Nom;Prénom;Contact\nLeleu;Ana;0612345678\n")
    proposees = proposer_colonnes(ouvrir_tableau(fichier))
    assert proposees.champs == ("nom_naissance", "prenoms", "")
    choisies = proposees.avec(2, "telephone")
    retenir_colonnes(poste, choisies)
    assert colonnes_retenues(poste, proposees) == choisies
    autres = proposer_colonnes(ouvrir_tableau(tableau(tmp_path, "Nom;Prénom;Contacts\nLeleu;Ana;0612345678\n")))
    assert colonnes_retenues(poste, autres).champs[2] == ""
    valeur = poste.base.db.execute("SELECT texte FROM poste WHERE nom = 'import_colonnes'").fetchone()[0]
    assert not any(mot in valeur for mot in ("Leleu", "Contact", "0612345678"))


def test_a_sheet_without_headers_is_read_by_the_columns_one_says(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    lu = ouvrir_tableau(tableau(tmp_path, "Leleu;Ana;12/04/1987\nPetit;Noé;01/01/1990\n"))
    colonnes = proposer_colonnes(lu)
    assert (colonnes.ligne_entete, colonnes.champs) == (0, ("", "", ""))
    with pytest.raises(SaisieRefusee) as refus:
        importer.analyser(poste, lu, colonnes, repertoire)
    assert refus.value.code == "colonnes_sans_nom"
    for rang, champ in enumerate(("nom_naissance", "prenoms", "naissance")):
        colonnes = colonnes.avec(rang, champ)
    assert [ligne.numero for ligne in importer.analyser(poste, lu, colonnes, repertoire).lignes] == [1, 2]


def test_a_long_file_is_recorded_in_several_times_without_being_cut(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "PERSONNES_MAX", 3)
    noms = ("Carlier", "Delattre", "Vasseur", "Lheureux", "Bouchez", "Godin", "Pruvost")
    texte = "Nom;Prénom;DDN\n" + "".join(f"{nom};{nom[::-1]};0{n + 1}/0{n + 1}/196{n}\n" for n, nom in enumerate(noms))
    fichier = tableau(tmp_path, texte)
    faits = []
    for _ in range(3):
        analyse = essai(poste, fichier, repertoire)
        faits.append((inscrire_tout(poste, analyse), analyse.comptes()["plus_tard"]))
    assert faits == [(3, 4), (3, 1), (1, 0)]
    assert personnes.compter(poste.base) == 7


def test_an_import_that_cannot_end_leaves_nothing(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, monkeypatch: pytest.MonkeyPatch
) -> None:
    fichier = tableau(tmp_path, LIGNES)
    analyse = essai(poste, fichier, repertoire)
    possibles = [ligne for ligne in analyse.lignes if ligne.personne is not None]

    def refus(lignes: list[LigneAnalysee], suivi: Suivi | None = None) -> str:
        with pytest.raises(SaisieRefusee) as trouble:
            inscrire(poste, analyse.tableau, lignes, suivi or Suivi(threading.Event()))
        assert trouble.value.code in MESSAGES
        return trouble.value.code

    arrete = Suivi(threading.Event())
    vrai = importer_actes.cle_de

    def arreter_a_la_deuxieme(poste: Poste, personne: Personne) -> bytes | None:
        if arrete.fait == 1:
            arrete.arret.set()
        return vrai(poste, personne)

    monkeypatch.setattr(importer_actes, "cle_de", arreter_a_la_deuxieme)
    assert refus(possibles, arrete) == "import_arrete"
    monkeypatch.undo()
    assert refus([]) == "import_vide"
    visite.garder(poste, visite_accord(poste, nom_naissance="Durand", prenoms="Ana", naissance="01/02/1980", pieces=()))
    avant = poste.base.db.execute("SELECT count(*) FROM operation").fetchone()[0]
    assert refus(possibles) == "import_a_revoir", "somebody was served between the look and the recording"
    fichier.write_text(LIGNES + "Un;Autre;;;;;\n")
    assert refus(possibles[:1]) == "import_fichier_change"
    assert poste.base.db.execute("SELECT count(*) FROM operation").fetchone()[0] == avant
    assert [p.nom_naissance for p in toutes(poste)] == ["Durand"]


def test_an_import_is_taken_back_but_for_those_who_were_used(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    assert dernier_import(poste) is None
    inscrire_tout(poste, essai(poste, tableau(tmp_path, LIGNES), repertoire))
    fait = dernier_import(poste)
    assert fait is not None
    assert (fait.inscrites, fait.intactes, fait.le) == (3, 3, horloge_fixe().maintenant())
    durand, leleu, tiers = toutes(poste)
    visite.garder(poste, visite.adopter(visite_accord(poste, pieces=()), durand))
    visite.noter(poste, visite.adopter(visite_accord(poste), leleu))
    fait = dernier_import(poste)
    assert fait is not None
    assert (fait.inscrites, fait.intactes) == (3, 1)
    # The third file is being corrected, and cannot be recorded yet: what is typed there is used too.
    ouverte = fiche.ouvrir(poste, tiers.personne_id)
    assert ouverte is not None
    fiche.garder(poste, replace(ouverte.brouillon, naissance="31/02/1990", adresse="14 rue Neuve"))
    with pytest.raises(SaisieRefusee, match="import_sans_reprise"):
        reprendre_import(poste)
    fiche.laisser(poste, tiers.personne_id)
    assert reprendre_import(poste) == 1
    assert {p.personne_id for p in toutes(poste)} == {durand.personne_id, leleu.personne_id}
    assert dernier_import(poste) is None
    with pytest.raises(SaisieRefusee) as refus:
        reprendre_import(poste)
    assert refus.value.code == "import_sans_reprise"
    assert verifier_base(poste.base) == ()


def test_an_import_is_taken_back_by_a_responsable_or_by_whoever_made_it(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    def nouvel_agent(nom: str, role: str) -> Poste:
        with poste.base.acte(poste.agent_id) as acte:
            agent = acte.nouvel_id()
            acte.inscrire("agent.ajouter", agent, {"nom": nom, "role": role})
        return replace(poste, agent_id=agent)

    sam, lou = nouvel_agent("Sam Leroy", "mediateur"), nouvel_agent("Lou Petit", "mediateur")
    inscrire_tout(sam, essai(sam, tableau(tmp_path, LIGNES), repertoire))
    vus = [dernier_import(qui) for qui in (sam, lou, poste)]
    assert [(vu.par, vu.permis) for vu in vus if vu] == [("Sam Leroy", True), ("Sam Leroy", False), ("Sam Leroy", True)]
    with pytest.raises(SaisieRefusee) as refus:
        reprendre_import(lou)
    assert refus.value.code == "import_reprise_reservee" and len(toutes(poste)) == 3
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire("agent.ajouter", lou.agent_id, {"nom": "Lou Petit", "role": "responsable"})
    assert reprendre_import(lou) == 3
    inscrire_tout(sam, essai(sam, tableau(tmp_path, LIGNES), repertoire))
    assert reprendre_import(sam) == 3


def test_somebody_erased_here_is_known_again_by_the_key_that_stays_and_by_nothing_else(
    tmp_path: Path, repertoire: RepertoireCommunes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lignes = "Nom;Prénom;DDN\nDUFRESNOY;Maelle;12/04/1987\nDufrénoy;Maëlle;12/04/1987\nPetit;Noé;01/01/1990\n"
    fichier = tableau(tmp_path, lignes)
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        servie = visite.attribuer(poste, visite_accord(poste)).personne
        inconnue = visite.garder(poste, visite_accord(poste, nom_naissance="Petit", prenoms="Noé", pieces=()))
        assert inconnue is not None and inconnue.personne_id is not None
        calculees: list[str] = []
        vrai = importer.cle_de
        monkeypatch.setattr(importer, "cle_de", lambda p, qui: calculees.append(qui.nom_naissance) or vrai(p, qui))
        essai(poste, fichier, repertoire)
        assert calculees == [], "no key is computed where nobody was erased"
        cle = personnes.cle_de(poste.base, servie.personne_id)
        with poste.base.acte(poste.agent_id) as acte:
            acte.inscrire("personne.effacer", servie.personne_id, {"cle": cle})
            # Never served: no key stays, and nothing is kept to know them by.
            acte.inscrire("personne.effacer", inconnue.personne_id, {"cle": None})
        analyse = essai(poste, fichier, repertoire)
        assert [ligne.verdict for ligne in analyse.lignes] == ["effacee", "a_completer", "a_completer"]
        inscrire_tout(poste, analyse)
        assert {p.nom_naissance for p in toutes(poste)} == {"Dufrénoy", "Petit"}
        # Taken all the same, the pass had before still count.
        inscrire(poste, analyse.tableau, analyse.lignes[:1], Suivi(threading.Event()))
        (revenue,) = (p for p in toutes(poste) if p.nom_naissance == "DUFRESNOY")
        lue = fiche_de(poste, revenue.personne_id)
        assert lue is not None and lue.recus == 10


def test_nobody_imported_is_missed_by_the_index_whenever_the_desk_was_linked(
    tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    fichier = tableau(tmp_path, "Nom;Prénom;DDN\nLeleu;Ana;12/04/1987\nPetit;Noé;01/01/1990\n")
    with terrain(tmp_path) as lieu:
        relie = lieu.nouveau_poste()
        analyse = essai(relie, fichier, repertoire)
        assert preparer(relie, analyse.lignes, 0, float("inf")) == 2
        inscrire_tout(relie, analyse)
        cle = relie.cle_de_la_personne("Leleu", "Ana", date(1987, 4, 12))
        assert cle is not None
        index_regional.ajouter(relie.base, 900, cle, 10, date(2026, 11, 20), "ailleurs")
        leleu = next(p for p in toutes(relie) if p.nom_naissance == "Leleu")
        assert personnes.cle_de(relie.base, leleu.personne_id) == cle, "written with the person, for every other part"
        (trouvee,) = chercher(relie, "leleu", communes()).trouvees
        lue = fiche_de(relie, leleu.personne_id)
        assert lue is not None
        assert (trouvee.pass_recus, lue.recus, lue.reste) == (10, 10, 0)
        # As if it had been recorded before the desk was linked to the Region: without its key.
        relie.base.db.execute("UPDATE personne SET cle = NULL")
        relie.base.db.execute("DELETE FROM corps")
        assert pass_recus(relie, leleu.personne_id, None).ailleurs[0].nombre == 10
        (trouvee,) = chercher(relie, "leleu", communes()).trouvees
        assert trouvee.pass_recus == 10


def test_an_import_reaches_the_region_and_so_does_its_taking_back(
    tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    noms = "".join(f"Nom{n};Ana{n};{n % 28 + 1}/0{n % 9 + 1}/19{n % 70 + 10}\n" for n in range(120))
    fichier = tableau(tmp_path, "Nom;Prénom;DDN\n" + noms)
    with terrain(tmp_path) as lieu:
        poste = lieu.nouveau_poste()
        analyse = essai(poste, fichier, repertoire)
        choisies = [ligne for ligne in analyse.lignes if ligne.personne is not None]
        assert inscrire(poste, analyse.tableau, choisies, Suivi(threading.Event())) == 120
        assert (synchroniser(poste).fin, envoi.reste_a_envoyer(poste.base)) == ("fini", 0)
        assert reprendre_import(poste) == 120
        assert (synchroniser(poste).fin, envoi.reste_a_envoyer(poste.base)) == ("fini", 0)
        with lieu.region.magasin.lire() as tx:
            rangee = tx.une("SELECT count(*) FROM operation WHERE type LIKE 'personne.%'")
        assert rangee is not None and rangee[0] == 240


def test_the_report_holds_rows_and_sentences_and_nobody(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    analyse = essai(poste, tableau(tmp_path, LIGNES), repertoire)
    sortie = tmp_path / "rapport.csv"
    ecrire_rapport(sortie, rapport_csv(analyse.lignes, VERDICTS, raison, lambda code: message(code).quoi))
    octets = sortie.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    rangees = list(csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rangees[0] == ["Ligne", "Réponse", "Case", "Explication"]
    assert [int(rangee[0]) for rangee in rangees[1:]] == [2, 3, 4, 4, 5, 6, 7, 8, 8]
    assert rangees[2] == ["3", VERDICTS["doublon"], "", "Même personne que la ligne 2."]
    assert not any(mot in octets.decode() for mot in ("Leleu", "Zoë", "Leroy", "Durand", "1987", "0612", "ex.fr"))
    jumeaux = essai(poste, tableau(tmp_path, JUMEAUX), repertoire).lignes
    texte = rapport_csv(jumeaux, VERDICTS, raison, lambda code: message(code).quoi)
    assert '3;Homonyme possible;;"Même nom, premier prénom et naissance que la ligne\u00a02.' in texte
    assert "Prenez la ligne si c’est une autre personne" in texte and "Benali" not in texte.title()


def test_nothing_of_the_file_lands_outside_the_encrypted_base(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporaires = tmp_path / "temporaires"
    temporaires.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporaires))
    ailleurs = tmp_path / "cle-usb"
    ailleurs.mkdir()
    fichier = ailleurs / "personnes.ods"
    rangees = [["Nom", "Prénom", "Date de naissance", "Tél", "Mail", "Adresse", "Note"],
               ["Vanhoutte", "Wilhelmine", "17/08/1954", "0639980012", "wilhelmine@exemple.fr",
                "14 ruelle des Aubépines", "Préfère le mardi matin"]]  # fmt: skip
    fichier.write_bytes(ods({"Bénéficiaires": rangees}))
    inscrire_tout(poste, essai(poste, fichier, repertoire))
    mots = ["Vanhoutte", "Wilhelmine", "1954-08-17", "17/08/1954", "0639980012", "06 39 98 00 12", "Aubépines",
            "wilhelmine@", "mardi matin"]  # fmt: skip
    cherche = motif_binaire(mots)
    assert (poste.dossier / "poste.db-wal").stat().st_size > 0
    lus = list(fichiers(poste.dossier, temporaires))
    assert {(f.name, vu.group()) for f in lus for vu in cherche.finditer(f.read_bytes())} == set()
    assert list(ailleurs.iterdir()) == [fichier], "nothing is left beside the file either"
    assert reprendre_import(poste) == 1
    reste = list(poste.base.db.execute("SELECT octets FROM corps"))
    assert not any(cherche.search(octets) for (octets,) in reste), "taken back: no body tells who it was"


@pytest.mark.parametrize(
    ("cellules", "commune", "adresse", "postal", "note"),
    [
        # Ville, CP, INSEE, Pays, Adresse
        (("Belgique", "", "", "", ""), "99131", "", "", ""),
        (("BELGIQUE", "7700", "", "", "12 rue de Tournai"), "99131", "12 rue de Tournai", "7700", ""),
        (("Mouscron", "7700", "", "Belgique", "12 rue de Tournai"), "99131", "12 rue de Tournai, Mouscron", "7700", ""),
        (("Comines", "", "", "BE", ""), "99131", "Comines", "", ""),
        (("Comines", "59560", "", "France", ""), "59152", "", "59560", ""),
        (("Tournai, Belgique", "", "", "", ""), "99131", "Tournai", "", ""),
        (("Mouscron", "", "99131", "", ""), "99131", "Mouscron", "", ""),
        (("Alger", "16000", "", "Autre pays", ""), "99999", "Alger", "16000", ""),
        (("Alger", "16000", "", "à l’étranger", ""), "99999", "Alger", "16000", ""),
        (
            ("Aachen", "", "", "Allemagne", "Hauptstr 1, 52062 Aachen"),
            "99109",
            "Hauptstr 1, 52062 Aachen, Aachen",
            "",
            "",
        ),
        (("Robert-Espagne", "", "", "", ""), "55435", "", "", ""),
        (("Mouscron", "7700", "", "", ""), None, "", "07700", "Commune à préciser\u00a0: Mouscron"),
    ],
)
def test_a_home_outside_france_is_its_country_and_the_town_is_not_lost(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, cellules: tuple[str, ...],
    commune: str | None, adresse: str, postal: str, note: str,
) -> None:  # fmt: skip
    texte = "Nom;Prénom;Commune;Code postal;INSEE;Pays;Adresse\nLeleu;Ana;" + ";".join(cellules) + "\n"
    (ligne,) = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    lue = ligne.personne
    assert lue is not None
    assert (lue.commune, lue.adresse, lue.code_postal, lue.note.replace(" :", "\u00a0:")) == (
        commune, adresse, postal, note,
    )  # fmt: skip


@pytest.mark.parametrize(
    "pays",
    ["F", "F.", "FRANCE", "Française", "France (métropole)", "FR-France", "Hauts-de-France", "100", "FRA", "0", "NR",
     "Non renseigné", "Inconnu", "aucun"],
)  # fmt: skip
def test_a_country_that_says_france_or_nothing_sends_nobody_abroad(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, pays: str
) -> None:
    texte = f"Nom;Prénom;DDN;Commune;Code postal;Pays\nLeleu;Ana;12/04/1987;Maubeuge;59600;{pays}\n"
    (ligne,) = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    assert ligne.personne is not None
    assert (ligne.verdict, ligne.personne.commune, dits(ligne), ligne.personne.note) == ("a_inscrire", "59392", [], "")


@pytest.mark.parametrize(
    ("cellules", "commune", "remarque", "note"),
    [
        # Ville, CP, INSEE, Pays
        (("Maubeuge", "59600", "", "Maroc"), "59392", ("pays_contredit", "G2"), "Pays : Maroc"),
        (("59600 Maubeuge", "", "", "Nord"), "59392", ("pays_contredit", "G2"), "Pays : Nord"),
        (("", "", "59392", "Belgique"), "59392", ("pays_contredit", "G2"), "Pays : Belgique"),
        (("Saint-Quentin", "2100", "", "59"), "02691", ("pays_contredit", "G2"), "Pays : 59"),
        (("Alger", "16000", "", "Algérie"), None, ("pays_a_choisir", "G2"),
         "Pays à préciser : Algérie\nCommune à préciser : Alger"),
        (("Maubeuge", "", "", "Sambre"), None, ("pays_a_choisir", "G2"),
         "Pays à préciser : Sambre\nCommune à préciser : Maubeuge"),
    ],
)  # fmt: skip
def test_a_country_not_understood_or_contradicted_is_for_a_person_to_tell(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes, cellules: tuple[str, ...],
    commune: str | None, remarque: tuple[str, str], note: str,
) -> None:  # fmt: skip
    texte = "Nom;Prénom;DDN;Commune;Code postal;INSEE;Pays\nLeleu;Ana;12/04/1987;" + ";".join(cellules) + "\n"
    (ligne,) = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    assert ligne.personne is not None
    assert (ligne.personne.commune, dits(ligne), ligne.personne.note) == (commune, [remarque], note)
    assert ligne.verdict == ("a_inscrire" if commune else "a_completer")


def test_words_are_no_telephone_and_what_says_nothing_is_nothing(
    poste: Poste, tmp_path: Path, repertoire: RepertoireCommunes
) -> None:
    texte = (
        "Nom;Prénom;DDN;Lieu de naissance;Commune;CP;Tél;Mail\n"
        "Leleu;Ana;inconnue;Aucun;Maubeuge;59600;Non renseigné;néant\n"
        "Petit;Noé;12/04/1987;?;Maubeuge;59600;chez Ana;…\n"
    )
    leleu, petit = essai(poste, tableau(tmp_path, texte), repertoire).lignes
    assert leleu.personne is not None and petit.personne is not None
    assert (leleu.personne.telephone, leleu.personne.courriel, dits(leleu)) == ("", "", [("naissance_absente", "")])
    assert leleu.personne.lieu_naissance == "Aucun", "a commune of the Pyrenees"
    assert (petit.personne.telephone, petit.personne.note) == ("", "Téléphone : chez Ana")
    assert dits(petit) == [("telephone_incompris", "G3")]
