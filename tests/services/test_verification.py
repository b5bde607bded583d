"""Pass checked at the desk: what was scanned, typed or photographed, and the Region's list brought by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from passdesk.domain.carnet import Carnet
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.printing.carnet_pdf import render_carnet
from passdesk.protocol.certificat import signer_publication
from passdesk.protocol.confiance import lire_confiance, signer_confiance
from passdesk.protocol.evenements import CarnetBloque
from passdesk.protocol.serie import cle97
from passdesk.server.publication import annuler_carnet, publier
from passdesk.services import poste as noms
from passdesk.services.carnets import agir
from passdesk.services.impression import contenu_imprime, lancer_impression, repondre
from passdesk.services.poste import Poste, creer_poste
from passdesk.services.synchroniser import synchroniser
from passdesk.services.verification import (
    A_VENIR,
    ABSENTE,
    AGEE,
    FRAICHE,
    TROP_ANCIENNE,
    EtatListe,
    controler,
    etat_liste,
    lire_page,
    ouvrir_fichier,
    prendre_liste,
)
from passdesk.services.visite import attribuer
from passdesk.storage import evenements
from passdesk.storage import poste as identite
from passdesk.ui.messages import message
from passdesk.ui.verifier import textes
from passdesk.ui.verifier.textes import alerte
from tests.builders import INDEX_LEGER, PHRASE, PHRASE_LEGERE, Terrain, horloge_fixe, terrain, visite_accord

AZERTY = str.maketrans("0123456789", "à&é\"'(-è_ç")


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def poste(lieu: Terrain) -> Poste:
    return lieu.nouveau_poste()


@pytest.fixture
def carnet(poste: Poste) -> Carnet:
    return attribuer(poste, visite_accord(poste)).carnet


@pytest.fixture
def passes(poste: Poste, carnet: Carnet) -> list[str]:
    """What stands on the ten pass of the carnet."""
    return [un.qr_texte for un in contenu_imprime(poste, carnet).passes]


def avancer(poste: Poste, jours: int) -> None:
    horloge = poste.horloge
    assert isinstance(horloge, HorlogeFixe)
    horloge.instant += timedelta(days=jours)


def dits(poste: Poste, *tapes: str) -> list[tuple[str, str | None, bool]]:
    return [(c.verdict.verdict, c.verdict.raison, c.reserve) for c in controler(poste, tapes).controles]


def test_a_clock_that_is_behind_makes_nothing_good_again(lieu: Terrain, poste: Poste, passes: list[str]) -> None:
    region, fin = lieu.region, date(2028, 4, 6)
    racine = identite.lire_octets(poste.base, noms.RACINE)
    assert racine is not None
    lien = signer_publication(lieu.racine.cle, region.cles.lien_publication.cle, fin)
    contenu = replace(lire_confiance(publier(region), racine).contenu, faite_le=fin)
    prendre_liste(poste, signer_confiance(contenu, region.cles.publication, lien))
    assert etat_liste(poste) == EtatListe(A_VENIR, fin)
    assert dits(poste, passes[0]) == [("perime", None, False)], "judged on the day of the list"
    assert alerte(etat_liste(poste)) is not None
    assert "après la date de cet ordinateur" in textes.liste(etat_liste(poste))


def test_before_the_first_list_the_day_of_the_certificate_is_surely_past(poste: Poste, passes: list[str]) -> None:
    avancer(poste, -10 * 365)
    assert dits(poste, passes[0]) == [("valide", "sans_liste", True)], "not an unknown key"


def test_a_day_of_difference_is_a_time_zone(lieu: Terrain, poste: Poste, passes: list[str]) -> None:
    publier(lieu.region)
    synchroniser(poste)
    avancer(poste, -1)
    assert (etat_liste(poste).age, dits(poste, passes[0])) == (FRAICHE, [("valide", None, False)])
    avancer(poste, -1)
    assert dits(poste, passes[0]) == [("valide", None, True)], "amber: nobody knows how old the list is"


def test_the_age_of_the_list_decides_what_a_good_pass_is_worth(lieu: Terrain, poste: Poste, passes: list[str]) -> None:
    assert etat_liste(poste).age == ABSENTE
    # Its own certificate vouches for what it printed, with reserve.
    assert dits(poste, passes[0]) == [("valide", "sans_liste", True)]
    publier(lieu.region)
    synchroniser(poste)
    assert etat_liste(poste).age == FRAICHE
    assert dits(poste, passes[0]) == [("valide", None, False)]
    avancer(poste, 30)
    assert (etat_liste(poste).age, etat_liste(poste).jours) == (FRAICHE, 30)
    avancer(poste, 1)
    assert etat_liste(poste).age == AGEE
    assert dits(poste, passes[0]) == [("valide", None, True)]
    avancer(poste, 60)
    assert etat_liste(poste).age == TROP_ANCIENNE
    assert dits(poste, passes[0]) == [("inconnu", "liste_trop_ancienne", False)]


def test_what_a_reader_types_on_an_azerty_keyboard(lieu: Terrain, poste: Poste, passes: list[str]) -> None:
    publier(lieu.region)
    synchroniser(poste)
    assert dits(poste, passes[4].translate(AZERTY)) == [("valide", None, False)]
    (controle,) = controler(poste, (passes[4],)).controles
    assert (controle.verdict.rang, controle.verdict.sur, controle.campagne) == (5, 10, "Campagne d’essai")
    assert "verdict" in repr(controle) and passes[4] not in repr(controle)


def test_a_number_typed_is_no_answer_unless_it_is_void(lieu: Terrain, poste: Poste, carnet: Carnet) -> None:
    tape = f"{carnet.campagne:03d} {carnet.numero:07d} 03 {cle97(carnet.campagne, carnet.numero, 3)} ORPM0"
    publier(lieu.region)
    synchroniser(poste)
    (avant,) = controler(poste, (tape,)).controles
    assert (avant.verdict.raison, avant.annulation) == ("en_ligne_seulement", None)
    annuler_carnet(lieu.region, carnet.campagne, carnet.numero)
    prendre_liste(poste, publier(lieu.region))
    (apres,) = controler(poste, (tape,)).controles
    assert (apres.verdict.verdict, apres.annulation) == ("illisible", "annule")


def test_the_five_characters_are_held_against_the_desk_s_own_carnets(
    lieu: Terrain, poste: Poste, carnet: Carnet
) -> None:
    """Not against a list: they come from the signature, that only the desk which printed it can make again."""
    (bon,) = (un for un in contenu_imprime(poste, carnet).passes if un.rang == 3)
    numero = f"{bon.serie} {bon.cle}"
    faux = bon.code[:-1] + ("7" if bon.code[-1] != "7" else "8")

    def constat(tape: str, ici: Poste = poste) -> tuple[str, str | None, str, bool]:
        (controle,) = controler(ici, (tape,)).controles
        dit = controle.verdict
        return dit.verdict, dit.raison, controle.constat.code, controle.a_refuser

    seul = ("illisible", "en_ligne_seulement")
    assert constat(numero) == (*seul, "", False)
    assert constat(f"{numero} {bon.code}") == (*seul, "juste", False)
    assert constat(f"N° {numero} code {bon.code.lower()}") == (*seul, "juste", False)
    assert constat(f"{numero} {faux}") == (*seul, "faux", True)
    for autre in (un for un in contenu_imprime(poste, carnet).passes if un.rang != 3):
        assert constat(f"{numero} {autre.code}") == (*seul, "faux", True)
    # Another desk has neither the carnet nor the key: it cannot tell, and says no more than a place.
    voisin = lieu.nouveau_poste("Poste 2")
    assert constat(f"{numero} {faux}", voisin) == (*seul, "", False)


def test_a_rank_that_a_carnet_of_five_does_not_have(poste: Poste) -> None:
    petit = attribuer(poste, visite_accord(poste, nom_naissance="Walbecq", accompagnement=False)).carnet
    assert petit.taille == 5
    tape = f"{petit.campagne:03d} {petit.numero:07d} 07"
    (controle,) = controler(poste, (tape,)).controles
    assert (controle.constat.code, controle.a_refuser) == ("faux", True)


def test_what_was_voided_here_is_refused_before_the_list_says_so(
    lieu: Terrain, poste: Poste, carnet: Carnet, passes: list[str]
) -> None:
    publier(lieu.region)
    synchroniser(poste)
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    (avant,) = controler(poste, (passes[0],)).controles
    assert (avant.reserve, avant.a_refuser) == (False, False)
    agir(poste, carnet.campagne, carnet.numero, "carnet.declarer_vole")
    for tape in (passes[0], f"{carnet.campagne:03d} {carnet.numero:07d} 01"):
        (apres,) = controler(poste, (tape,)).controles
        assert apres.a_refuser
    (scanne,) = controler(poste, (passes[0],)).controles
    # A place would still say so: the verdict is the contract's, the desk adds what it knows.
    assert (scanne.verdict.verdict, scanne.reserve) == ("valide", True)


def test_a_right_number_is_no_longer_right_once_its_campaign_is_over_or_its_pass_blocked(
    lieu: Terrain, poste: Poste, carnet: Carnet, passes: list[str]
) -> None:
    """The square is dead, the number and its code are right: it was sent on to be scanned."""
    publier(lieu.region)
    synchroniser(poste)
    tapes = [f"{un.serie} {un.cle} {un.code}" for un in contenu_imprime(poste, carnet).passes if un.rang in (3, 8)]
    with poste.base.ecriture():
        evenements.appliquer(poste.base, 900, CarnetBloque(carnet.campagne, carnet.numero, (6, 7, 8, 9, 10), "litige"))
    libre, bloque = controler(poste, tapes).controles
    assert (textes.mine(libre), textes.mine(bloque)) == (textes.NUMERO_JUSTE, textes.MINES["annule"])
    assert textes.phrases(bloque) == message("verdict_annule_litige")
    scanne, scanne_bloque = controler(poste, (passes[2], passes[7])).controles
    assert (scanne.a_refuser, scanne_bloque.a_refuser, scanne_bloque.reserve) == (False, True, True)
    avancer(poste, 434)
    assert poste.horloge.aujourdhui() == date(2028, 1, 31), "the last day of the tolerance"
    assert textes.mine(controler(poste, tapes[:1]).controles[0]) is textes.NUMERO_JUSTE
    avancer(poste, 1)
    (fini,) = controler(poste, tapes[:1]).controles
    assert fini.a_refuser and textes.mine(fini) is textes.MINES["perime"]
    assert textes.phrases(fini) == message("verdict_perime")


def test_a_carnet_in_a_pdf_and_what_is_not_ours(
    poste: Poste, carnet: Carnet, passes: list[str], tmp_path: Path
) -> None:
    pdf = render_carnet(contenu_imprime(poste, carnet))
    (tmp_path / "sans-suffixe").write_bytes(pdf)
    fichier = ouvrir_fichier(tmp_path / "sans-suffixe")
    assert fichier.pages == 3
    lus = [code for page in range(fichier.pages) for code in lire_page(fichier, page)]
    recus = controler(poste, lus=lus)
    assert [c.verdict.code for c in recus.controles] == passes
    assert recus.couvertures == 1
    assert controler(poste, lus=("https://exemple.fr", "8012345678901")).controles == ()


@pytest.mark.parametrize("clavier", ["qwerty", "azerty"])
def test_a_cover_is_no_pass_even_spoiled_by_a_keyboard(poste: Poste, carnet: Carnet, clavier: str) -> None:
    couverture = contenu_imprime(poste, carnet).certificat_texte
    recus = controler(poste, (couverture if clavier == "qwerty" else couverture.translate(AZERTY),))
    assert (recus.controles, recus.couvertures) == ((), 1)


def test_a_list_brought_by_hand_is_taken_unless_it_is_older_or_not_ours(
    lieu: Terrain, poste: Poste, carnet: Carnet, passes: list[str], tmp_path: Path
) -> None:
    ancienne = publier(lieu.region)
    annuler_carnet(lieu.region, carnet.campagne, carnet.numero)
    cle_usb = tmp_path / "confiance.bin"
    publiee = publier(lieu.region)
    cle_usb.write_bytes(publiee)
    abimee = publiee[:-1] + bytes([publiee[-1] ^ 0x80])
    assert prendre_liste(poste, cle_usb).age == FRAICHE
    assert dits(poste, passes[0])[0][:2] == ("annule", "annule")
    for octets, code in (
        (ancienne, "liste_plus_ancienne"),
        (abimee, "liste_abimee"),
        (b"pas une liste", "liste_abimee"),
    ):
        with pytest.raises(SaisieRefusee) as refus:
            prendre_liste(poste, octets)
        assert refus.value.code == code
        assert message(code, **refus.value.faits).sur
    assert dits(poste, passes[0])[0][:2] == ("annule", "annule"), "the one held stays"
    # The same again changes nothing, and sending never brings an older one back.
    assert prendre_liste(poste, cle_usb).age == FRAICHE
    synchroniser(poste)
    assert dits(poste, passes[0])[0][:2] == ("annule", "annule")


def test_the_list_of_another_region_is_not_taken(poste: Poste, tmp_path: Path) -> None:
    with terrain(tmp_path / "ailleurs") as autre, pytest.raises(SaisieRefusee) as refus:
        prendre_liste(poste, publier(autre.region))
    assert refus.value.code == "liste_d_ailleurs"


def test_sending_does_not_undo_a_newer_list(lieu: Terrain, poste: Poste) -> None:
    region = lieu.region
    racine = identite.lire_octets(poste.base, noms.RACINE)
    assert racine is not None
    # The Region has already told the first; the second left by hand only.
    publiee = lire_confiance(publier(region), racine).contenu
    suivante = replace(publiee, generation=publiee.generation + 1)
    nouvelle = signer_confiance(suivante, region.cles.publication, region.cles.lien_publication)
    prendre_liste(poste, nouvelle)
    assert synchroniser(poste).fin == "fini"
    assert identite.lire_octets(poste.base, noms.CONFIANCE) == nouvelle


def test_before_enrolment_nothing_can_be_checked(tmp_path: Path) -> None:
    seul = creer_poste(
        tmp_path, PHRASE, "Claire Mabille", horloge_fixe(), cout_index=INDEX_LEGER, cout_phrase=PHRASE_LEGERE
    )
    for geste in (lambda: controler(seul, ("x",)), lambda: prendre_liste(seul, b"x")):
        with pytest.raises(SaisieRefusee) as refus:
            geste()
        assert refus.value.code == "verification_sans_region"
    assert etat_liste(seul).age == ABSENTE
    seul.fermer()
