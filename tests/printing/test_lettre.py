"""The letters: plain words, a concrete date for each paper, nothing cut or touching, one page where it can be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise

import pypdfium2
import pytest

from passdesk.domain.demande import TYPES_JUSTIFICATIF, Dossier
from passdesk.domain.dessin import Cadre, Chemin, Page, Texte
from passdesk.domain.evaluation import evaluer
from passdesk.domain.examen import examiner
from passdesk.domain.motif import CODES_MOTIF, DEROGEABLES, TOUS_INCOMPLET, TOUS_REFUS, Motif
from passdesk.printing.lettre import AIRS, GAUCHE, Lettre, lignes_adresse, pages_lettre, papier_lettre
from passdesk.printing.lettre_mots import LEVES, PREUVES, RAISONS, SUITES, phrase_de, texte_lettre
from tests.domain.dossiers import REGLEMENTS, avec_papier, decider, dossier, reglement_2, sans_papier
from tests.printing.fabrique import boite, textes, textes_du_pdf

ARRIVEE = date(2026, 11, 17)
NOM_63 = "Zoé-Éloïse Łucja Nguyễn d’Œuvrard-Lœuillet Çağla Ñuñez-Großmann"
HOSTILE = "<b>O'Neil & fils</b> 😀 {0} %s \\ ) ("


def lettre(cas: Dossier, **autres: object) -> Lettre:
    """The letter of what is decided on a dossier."""
    reglement = REGLEMENTS[1]
    modele = Lettre(
        destinataire=("Maëlys MODÈLE", "Chez Ulysse TÉMOIN", "14 RUE DES PEUPLIERS", "59000 SAINT-ESSAI"),
        dossier="2026-3F2A-91C4",
        guichet="France services de Villetémoin",
        telephone_aide="0300000010",
        agent="Camille Exemple",
        le=date(2026, 11, 19),
        arrivee_le=cas.arrivee_le,
        decision=decider(cas),
        examen=examiner(cas, reglement),
        pass_recus=sum(a.nombre for a in cas.anterieurs),
        reglement=reglement.titre,
        controle="3C56A069",
        dernier_jour=date(2027, 12, 31),
    )
    return replace(modele, **autres)  # type: ignore[arg-type]


def jeune(**faits: object) -> Dossier:
    return dossier(
        "jeune_insertion", arrivee_le=ARRIVEE, naissance=date(2005, 1, 1), prescripteur="mission_locale", **faits
    )


DEUX = avec_papier(sans_papier(jeune(), "attestation_stage"), "justificatif_domicile", date(2026, 6, 3))
AU_PLAFOND = dossier("senior", arrivee_le=ARRIVEE, recus=(5, 5))
CAS = {
    "deux papiers": lettre(DEUX),
    "tous les papiers": lettre(replace(jeune(), justificatifs=())),
    "un papier sans téléphone": lettre(sans_papier(jeune(), "attestation_stage"), telephone_aide="", agent=""),
    "identité": lettre(replace(jeune(), naissance=None, commune=None)),
    "refus": lettre(AU_PLAFOND),
    "refus partout": lettre(
        dossier("lyceen", arrivee_le=ARRIVEE, commune="75056", recus=(5, 5), justificatifs=(), naissance=ARRIVEE)
    ),
    "refus avec adresse": lettre(AU_PLAFOND, adresse_recours=("Région d’essai", "1 rue de l’Exemple", "59000 LILLE")),
    "accord": lettre(jeune()),
    "accord ancien": lettre(dossier("senior", arrivee_le=date(2022, 1, 5)), sans_valeur=True),
}
CAS |= {
    f"{nom}, noms longs": replace(
        CAS[nom],
        destinataire=(NOM_63 * 2, NOM_63, NOM_63, "59000 " + "W" * 60),
        guichet=NOM_63 * 3,
        agent=NOM_63 * 2,
        sans_valeur=True,
    )
    for nom in ("deux papiers", "refus", "accord")
} | {
    "hostile": replace(
        CAS["refus"], destinataire=(HOSTILE,), guichet=HOSTILE, agent=HOSTILE, adresse_recours=(HOSTILE,)
    )
}
TOUTES = {**CAS, **{f"{nom}, gros": replace(une, gros=True) for nom, une in CAS.items()}}


def pages(une: Lettre) -> tuple[Page, ...]:
    return pages_lettre(une, texte_lettre(une))


def lue(une: Lettre) -> str:
    """What a person reads, page after page."""
    ecrits = [t.texte for page in pages(une) for t in textes(page.elements) if isinstance(t, Texte)]
    return " ".join(" ".join(ecrits).replace("1 er ", "1er ").replace("\u00a0", " ").split())


def test_an_incomplete_file_gives_the_list_to_bring_with_concrete_dates() -> None:
    texte = lue(CAS["deux papiers"])
    for phrase in (
        "Il manque 2 papiers à votre demande",
        "Vous avez demandé des pass numériques le 17 novembre 2026.",
        "Elle n’est pas refusée.",
        "Un papier récent avec votre adresse Le vôtre est du 3 juin 2026 : il est trop ancien.",
        "Il faut une date du 18 août 2026 ou après.",
        "une attestation d’hébergement, ou",
        "Un papier sur votre situation Un seul des deux suffit : une attestation de stage, ou une attestation de la "
        "mission locale qui vous accompagne.",
        "Revenez au guichet avec ces papiers . France services de Villetémoin",
        "Votre demande garde sa date d’arrivée : le 17 novembre 2026 .",
        "appelez le 03 00 00 00 10",
    ):  # fmt: skip
        assert phrase in texte
    assert "mois" not in texte


def test_one_missing_paper_is_said_in_the_singular_and_missing_facts_are_listed_too() -> None:
    assert "Il manque 1 papier à votre demande" in lue(CAS["un papier sans téléphone"])
    assert "besoin de ce papier :" in lue(CAS["un papier sans téléphone"])
    assert "appelez" not in lue(CAS["un papier sans téléphone"])
    assert "Pourquoi ce papier ? Délibération" in lue(CAS["un papier sans téléphone"])
    assert "Pourquoi ces papiers ? Papier 1 : " in lue(CAS["deux papiers"])
    identite = lue(CAS["identité"])
    assert "Il manque 2 informations à votre demande" in identite
    assert "Votre date de naissance" in identite and "La commune où vous habitez" in identite


def test_without_the_reglement_the_list_still_names_each_paper() -> None:
    texte = lue(replace(CAS["deux papiers"], examen=()))
    assert "Il manque 2 papiers" in texte and "une attestation de stage, ou" in texte


def test_a_refusal_says_why_what_is_left_and_how_to_contest() -> None:
    texte = lue(CAS["refus"])
    for phrase in (
        "Votre demande n’est pas acceptée",
        "Vous avez déjà reçu 10 pass. Le maximum est de 10 par personne.",
        "Délibération du 1er février 2022, 1er tiret, à confirmer par la Région.",
        "Les pass que vous n’avez pas utilisés restent valables jusqu’à leur date.",
        "Vous avez deux mois à partir du jour où vous recevez cette lettre.",
        "recours gracieux",
        "tribunal administratif",
    ):
        assert phrase in texte


def test_a_refusal_for_age_says_the_day_on_which_the_reglement_counts_it() -> None:
    senior = dossier("senior", arrivee_le=ARRIVEE, naissance=date(1970, 1, 1))
    assert "il faut avoir au moins 60 ans le jour de la demande." in lue(lettre(senior))
    au_31 = reglement_2(('compte_au = { valeur = "arrivee"', 'compte_au = { valeur = "31 décembre"'))
    refusee = lue(lettre(senior, decision=evaluer(senior, (au_31,)), examen=examiner(senior, au_31)))
    assert "il faut avoir au moins 60 ans le 31 décembre 2026." in refusee
    assert "le jour de la demande" not in refusee


def test_the_address_to_write_to_is_given_or_nowhere() -> None:
    assert "Demandez l’adresse au guichet, ou au 03 00 00 00 10 ." in lue(CAS["refus"])
    assert "Région d’essai 1 rue de l’Exemple 59000 LILLE" in lue(CAS["refus avec adresse"])
    assert "Demandez l’adresse au guichet." in lue(replace(CAS["refus"], telephone_aide=""))


def test_an_award_says_what_is_given_until_when_and_why() -> None:
    texte = lue(CAS["accord"])
    for phrase in (
        "Vous recevez 10 pass numériques",
        "Un carnet de 10 pass 10 pass de 10 €, soit 100 €.",
        "Valable jusqu’au 31 décembre 2027",
        "Une structure vous accompagne dans cette demande : vous recevez 10 pass.",
        "Vous avez maintenant le maximum de pass pour une personne.",
        "deux mois pour écrire à la Région",
    ):
        assert phrase in texte
    ancien = lue(CAS["accord ancien"])
    assert "Vous pourrez encore demander 5 pass" in ancien and "le règlement du 1er juillet 2020 s’applique" in ancien
    assert "EXEMPLE" in ancien and "EXEMPLE" not in texte


def test_what_a_derogation_lifts_has_its_words() -> None:
    assert set(LEVES) == set(DEROGEABLES)


@pytest.mark.parametrize("code", CODES_MOTIF)
def test_every_reason_has_its_plain_words(code: str) -> None:
    if code in TOUS_INCOMPLET:
        assert code not in RAISONS  # told paper by paper
        return
    faits = {
        "departement": "75", "age_min": "18", "age_max": "25", "pass_recus": "5", "plafond": "10", "stock": "0",
        "besoin": "5", "nombre": "10", "arrivee_le": "2022-01-05", "reglement": "2020-07-01",
        "perimetre": "l’Avesnois", "etablissement": "0590117H", "mois": "6", "possible_le": "2027-01-05",
    }  # fmt: skip
    phrase = phrase_de(Motif(code, "", False, faits))
    assert phrase.endswith(".") and "…" not in phrase and "'" not in phrase
    assert code not in TOUS_REFUS or code in SUITES


def test_a_reason_of_a_later_program_is_still_a_sentence() -> None:
    assert (
        phrase_de(Motif("raison_nouvelle", "", False))
        == "Le règlement ne permet pas de donner des pass à cette demande."
    )


def test_every_proof_is_asked_for_in_words() -> None:
    assert set(PREUVES) == set(TYPES_JUSTIFICATIF)


@pytest.mark.parametrize("cas", TOUTES)
def test_nothing_touches_and_nothing_goes_out(cas: str) -> None:
    for page in pages(TOUTES[cas]):
        boites = [boite(texte) for texte in textes(page.elements) if texte.texte.strip()]  # type: ignore[union-attr]
        assert [(a.nom, b.nom) for a, b in combinations(boites, 2) if a.touche(b, -0.02)] == []
        for b in boites:
            assert b.x1 >= GAUCHE - 0.01 and b.x2 <= 200.01 and b.y1 > 10 and b.y2 < 291, b.nom
        for cadre in (boite(e) for e in page.elements if isinstance(e, Cadre)):
            for b in boites:
                dedans = cadre.x1 < b.x1 and b.x2 < cadre.x2 and cadre.y1 < b.y1 and b.y2 < cadre.y2
                assert dedans or not cadre.touche(b), b.nom
        for dessin in (boite(e) for e in page.elements if isinstance(e, Chemin)):
            assert [b.nom for b in boites if b.touche(dessin) and not b.nom.isdecimal()] == []


@pytest.mark.parametrize("cas", TOUTES)
def test_no_word_is_lost_and_what_matters_is_large(cas: str) -> None:
    une = TOUTES[cas]
    mots = texte_lettre(une)
    copie = lue(une).replace(" ", "")
    for bloc in mots.blocs:
        for ligne in bloc.lignes:
            entiere = "".join(texte for texte, _ in ligne.phrase).replace("\u00a0", "")
            assert "".join(entiere.split()) in copie
    corps = {
        t.corps for page in pages(une) for t in textes(page.elements)
        if isinstance(t, Texte) and 92 < t.y < 250 and t.texte != "er"
    }  # fmt: skip
    assert min(corps) >= (14 if une.gros else 10)
    assert (20 if une.gros else 13) in corps


@pytest.mark.parametrize("cas", ["deux papiers", "refus", "accord", "un papier sans téléphone", "refus avec adresse"])
def test_the_usual_letters_are_one_page(cas: str) -> None:
    assert len(pages(CAS[cas])) == 1
    assert "Page 1" not in lue(CAS[cas])


def test_more_papers_take_more_pages_never_smaller_type() -> None:
    trois = CAS["tous les papiers"]
    assert len(pages(trois)) == 2 and "Page 2 sur 2" in lue(trois)
    deux = CAS["deux papiers"]
    assert len(pages(deux)) == 1 < len(pages(replace(deux, gros=True)))


def test_the_address_fits_the_window_of_an_envelope() -> None:
    for lignes in (("Maëlys MODÈLE",), (NOM_63 * 2, NOM_63, NOM_63, "59000 LILLE"), ("W" * 100, "1 RUE")):
        posees = lignes_adresse(lignes)
        assert len(posees) <= 6 and max(map(len, posees)) <= 38
    assert lignes_adresse((NOM_63, "1 rue", "59000 LILLE")) == (
        "Zoé-Éloïse Łucja Nguyễn", "d’Œuvrard-Lœuillet Çağla", "Ñuñez-Großmann", "1 rue", "59000 LILLE",
    )  # fmt: skip


def test_same_letter_same_bytes_and_no_name_around_it() -> None:
    temoin = replace(CAS["refus"], destinataire=("Zzyzx QWFP",), agent="Zzyzx")
    papier = papier_lettre(temoin, texte_lettre(temoin))
    assert papier.pdf == papier_lettre(replace(temoin), texte_lettre(temoin)).pdf
    assert "Zzyzx QWFP" in textes_du_pdf(papier.pdf)[0]
    with pypdfium2.PdfDocument(papier.pdf) as document:
        assert "Zzyzx" not in "".join(document.get_metadata_dict().values())
    assert papier.titre.isascii()
    assert "Zzyzx" not in f"{papier!r} {temoin!r} {texte_lettre(temoin)!r} {papier.pages!r}"


@pytest.mark.parametrize("nom", ["Nguyễn Thị PHƯỢNG", "Şükrü IŞIĞIOĞLU", "Ольга ПЕТРОВА"])
def test_names_of_other_scripts_are_printed_whole(nom: str) -> None:
    une = replace(CAS["accord"], destinataire=(nom,))
    copie = textes_du_pdf(papier_lettre(une, texte_lettre(une)).pdf)[0]
    assert nom in " ".join(copie.split())


def test_letters_never_speak_of_gender() -> None:
    for une in CAS.values():
        assert not {"seul(e)", "accompagné", "accompagnée", "né", "née", "inscrit"} & set(lue(une).split())


def test_a_page_with_room_lets_its_blocks_breathe() -> None:
    """The frames of the letter that fills its page are closer, and no page is added for the sake of the air."""

    def ecart(courrier: Lettre) -> float:
        (page,) = pages_lettre(courrier, texte_lettre(courrier))
        cadres = sorted((e for e in page.elements if isinstance(e, Cadre) and e.rayon), key=lambda cadre: cadre.y)
        return min(bas.y - haut.y - haut.hauteur for haut, bas in pairwise(cadres))

    assert ecart(CAS["identité"]) == pytest.approx(AIRS[0])
    assert ecart(CAS["deux papiers"]) == pytest.approx(AIRS[2])
