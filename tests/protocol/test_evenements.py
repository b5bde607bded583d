"""Events: typed, bounded, and a newer one does not stop the cursor."""

from __future__ import annotations

from datetime import date

import pytest

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol import canonique
from passdesk.protocol.certificat import LienPublication
from passdesk.protocol.evenements import (
    ActeRepris,
    CampagneOuverte,
    CarnetBloque,
    ConfiancePubliee,
    Evenement,
    EvenementInconnu,
    IndexAjout,
    IndexRenouvele,
    LitigeOuvert,
    LitigeTranche,
    LotAttribue,
    PersonneEffacee,
    ReglementPublie,
    encode_evenement,
    lire_evenement,
)

TOUS: list[Evenement] = [
    LotAttribue("lot-1", 12, "lycee", 5, 1, 20, date(2027, 12, 16), 3),
    IndexAjout(b"k" * 16, -10, date(2026, 11, 23), "poste-1"),
    IndexAjout(b"k" * 16, 5, date(2026, 11, 23), "poste-1", 2),
    IndexRenouvele(2, b"scelle"),
    ActeRepris(1, 12, "litige", "L000012", None),
    ActeRepris(2, 1, "en_attente", None, "version_recente"),
    CarnetBloque(12, 7, (6, 7, 8, 9, 10), "litige"),
    CarnetBloque(12, 7, (), "litige"),
    LitigeOuvert("L000012", "p1", 12, (1, 11), 10, ("Lens", "Creil")),
    LitigeOuvert("L000012", None, 12, (), 0, ()),
    LitigeTranche("L000012", "homonyme"),
    LitigeTranche("L000012", "une_sorte_de_demain"),
    ConfiancePubliee(b"annonce"),
    CampagneOuverte(b"carte", b"s" * 64),
    PersonneEffacee("01a217c3-bccc-76d3-aaf6-b3e65a213651"),
    ReglementPublie(
        "2026-10-15",
        1,
        date(2026, 12, 1),
        b"e" * 32,
        b"schema = 2",
        LienPublication(b"c" * 32, date(2027, 1, 1), b"r" * 64),
        b"s" * 64,
    ),
]


@pytest.mark.parametrize("evenement", TOUS)
def test_an_event_is_read_as_it_was_written(evenement: Evenement) -> None:
    assert lire_evenement(*encode_evenement(evenement)) == evenement


@pytest.mark.parametrize("evenement", TOUS)
def test_an_event_with_a_field_more_or_less_is_refused(evenement: Evenement) -> None:
    type_, octets = encode_evenement(evenement)
    carte = canonique.decode(octets)
    for autre in ({**carte, "surplus": 1}, dict(list(carte.items())[1:])):
        with pytest.raises(SaisieRefusee):
            lire_evenement(type_, canonique.encode(autre))


@pytest.mark.parametrize(
    ("type_", "champ", "valeur"),
    [
        ("lot.attribue", "taille", 7),
        ("lot.attribue", "dernier", 0),
        ("lot.attribue", "pot", "secours"),
        ("lot.attribue", "bail_jusqu_au", "20271216"),
        ("index.ajout", "cle", b"k" * 15),
        ("index.ajout", "le", "2026-02-30"),
        ("carnet.bloque", "rangs", [11]),
        ("carnet.bloque", "raison", "humeur"),
        ("litige.ouvert", "carnets", list(range(101))),
        ("reglement", "generation", 0),
        ("reglement", "executoire_le", "2026-13-01"),
        ("reglement", "empreinte", b"e" * 31),
        ("reglement", "octets", b"#" * (256 * 1024 + 1)),
    ],
)
def test_an_event_out_of_bounds_is_refused(type_: str, champ: str, valeur: object) -> None:
    octets = next(octets for genre, octets in map(encode_evenement, TOUS) if genre == type_)
    with pytest.raises(SaisieRefusee):
        lire_evenement(type_, canonique.encode({**canonique.decode(octets), champ: valeur}))


def test_an_event_of_a_newer_region_is_carried_whole() -> None:
    assert lire_evenement("pass.rever", b"\xff") == EvenementInconnu("pass.rever", b"\xff")


def test_a_blind_key_stays_out_of_sight() -> None:
    assert "kkkk" not in repr(TOUS[1])
