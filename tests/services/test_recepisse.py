"""The receipt: what the desk knows of the hand-over, for a paper that came out, and nothing of it on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horloge import HorlogeFixe
from passdesk.printing.lecture import lire_pdf
from passdesk.services import impression, visite
from passdesk.services.poste import Poste
from passdesk.services.recepisse import dessiner_recepisse, numero_dossier, recepisse
from passdesk.services.remise import remettre
from tests.builders import MIDI, poste_enrole, visite_accord
from tests.printing.fabrique import textes_du_pdf

JOUR = date(2026, 11, 23)
Numero = tuple[int, int]


@pytest.fixture
def poste(tmp_path: Path) -> Iterator[Poste]:
    with poste_enrole(tmp_path) as ouvert:
        yield ouvert


@pytest.fixture
def numero(poste: Poste) -> Numero:
    carnet = visite.attribuer(poste, visite_accord(poste)).carnet
    impression.lancer_impression(poste, carnet.campagne, carnet.numero)
    return carnet.campagne, carnet.numero


def test_no_receipt_before_the_paper_is_known_to_be_good(poste: Poste, numero: Numero) -> None:
    for cible, code in ((numero, "carnet_non_imprime"), ((numero[0], 999), "carnet_inconnu")):
        with pytest.raises(SaisieRefusee) as refus:
            recepisse(poste, *cible, JOUR)
        assert refus.value.code == code


def test_before_the_hand_over_it_carries_the_day_asked_then_the_day_recorded(poste: Poste, numero: Numero) -> None:
    impression.repondre(poste, *numero, "tout")
    assert recepisse(poste, *numero, JOUR).remis_le == JOUR
    poste.horloge = HorlogeFixe(MIDI + timedelta(days=2))
    assert recepisse(poste, *numero, date(2026, 11, 24)).remis_le == date(2026, 11, 24)
    remettre(poste, *numero, JOUR)
    assert recepisse(poste, *numero, date(2026, 11, 24)).remis_le == JOUR


def test_before_the_hand_over_it_is_refused_the_days_that_the_hand_over_is(poste: Poste, numero: Numero) -> None:
    impression.repondre(poste, *numero, "tout")
    poste.horloge = HorlogeFixe(MIDI + timedelta(days=392))
    for jour, code in (
        (date(2026, 11, 22), "remise_trop_tot"),
        (date(2027, 12, 20), "remise_arretee"),
        (date(2028, 1, 1), "remise_dans_le_futur"),
    ):
        with pytest.raises(SaisieRefusee) as refus:
            recepisse(poste, *numero, jour)
        assert refus.value.code == code


def test_it_says_what_was_handed_over_and_why(poste: Poste, numero: Numero) -> None:
    impression.repondre(poste, *numero, "tout")
    contenu = recepisse(poste, *numero, JOUR)
    dessine = dessiner_recepisse(contenu)
    texte = " ".join(textes_du_pdf(dessine.papier.pdf)[0].split())
    assert "Maëlle Dufresnoy" in texte and "Guichet d’essai" in texte
    assert "n° 127 0000021, de 10 pass (n° 1 à 10)" in texte
    assert "février 2022 ; personne accompagnée : carnet de 10" in texte
    assert f"n° {contenu.dossier}" in texte
    assert texte.count("sans valeur") == 2
    assert dessine.apercu.image.startswith(b"P6\n900 ")
    # No pass on a receipt: it is not worth money.
    assert lire_pdf(dessine.papier.pdf) == []


def test_it_is_never_on_the_disk_and_its_name_says_nothing(poste: Poste, numero: Numero) -> None:
    impression.repondre(poste, *numero, "tout")
    avant = {fichier for fichier in poste.dossier.rglob("*") if fichier.is_file()}
    dessine = dessiner_recepisse(recepisse(poste, *numero, JOUR))
    assert {fichier for fichier in poste.dossier.rglob("*") if fichier.is_file()} == avant
    assert dessine.nom_fichier == "recepisse-127-0000021.pdf"
    assert "Dufresnoy" not in f"{dessine!r} {dessine.papier.titre}"


def test_a_file_number_is_short_stable_and_says_the_year() -> None:
    assert numero_dossier("0190a1b2-c3d4-7e5f-8a9b-0c1d3f2a91c4", JOUR) == "2026-3F2A-91C4"
