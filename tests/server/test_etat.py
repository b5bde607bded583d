"""The Region's digest is that of what it would tell, desk by desk, however it came to add it up."""

from __future__ import annotations

from datetime import date

import pytest

from passdesk.protocol.etat import BLOC, TYPES_A_PART, Bloc, bloc_de, rang_de
from passdesk.protocol.evenements import ConfiancePubliee, IndexAjout, PersonneEffacee
from passdesk.server import etat
from passdesk.server.diffusion import diffuser, evenements_apres, remplacer
from passdesk.server.index_region import renouveler_index
from passdesk.server.magasin import Transaction, avancer, dernier
from passdesk.server.region import Region


def ajout(rang: int) -> IndexAjout:
    return IndexAjout(rang.to_bytes(16, "big"), 5, date(2026, 11, 23), "un")


def attendu(tx: Transaction, device: str, cursor: int, largeur: int) -> list[Bloc]:
    """What a desk that heard everything one by one would add up."""
    vus: list[list[int]] = [[] for _ in range(-(-cursor // largeur))]
    depuis, encore = 0, True
    while encore:
        lus, depuis, encore = evenements_apres(tx, device, depuis)
        for lu in lus:
            if lu.type not in TYPES_A_PART:
                vus[rang_de(lu.srv_seq, largeur)].append(etat.empreinte_dite(lu.srv_seq, lu.type, lu.payload))
    return [bloc_de(v) for v in vus]


def test_it_is_the_sum_of_what_is_told_to_this_desk(region: Region) -> None:
    with region.magasin.ecrire() as tx:
        for rang in range(700):
            diffuser(tx, ajout(rang), device=None if rang % 7 else ("un", "deux")[rang % 2])
            if rang == 300:
                # Places taken by acts received, which nobody is told of.
                avancer(tx, "srv_seq", 9_000)
    for tour in range(3):
        with region.magasin.ecrire() as tx:
            cursor = dernier(tx, "srv_seq")
            for device in ("un", "deux", "trois"):
                lu = etat.etat_a(tx, device, cursor)
                assert lu is not None
                assert lu.largeur > BLOC
                assert list(lu.blocs) == attendu(tx, device, cursor, lu.largeur)
            diffuser(tx, PersonneEffacee(f"p{tour}"), device="un")
            diffuser(tx, ajout(5_000 + tour))


def test_a_trust_bundle_replaces_the_one_before_and_is_named_apart(region: Region) -> None:
    with region.magasin.ecrire() as tx:
        avant = etat.etat_a(tx, "un", dernier(tx, "srv_seq"))
        remplacer(tx, ConfiancePubliee(b"une"))
        etat.etat_a(tx, "un", dernier(tx, "srv_seq"))
        place = remplacer(tx, ConfiancePubliee(b"deux"))
        apres = etat.etat_a(tx, "un", dernier(tx, "srv_seq"))
    assert avant is not None
    assert apres is not None
    assert apres.confiance == place > avant.confiance
    assert apres.blocs == avant.blocs


def test_a_region_that_never_added_anything_gets_there_little_by_little(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(etat, "EVENEMENTS_MAX", 40)
    with region.magasin.ecrire() as tx:
        for rang in range(100):
            diffuser(tx, ajout(rang))
    lus = []
    for _ in range(4):
        with region.magasin.ecrire() as tx:
            cursor = dernier(tx, "srv_seq")
            lus.append(etat.etat_a(tx, "un", cursor))
    assert lus[0] is None
    assert lus[1] is None
    assert lus[-1] is not None
    with region.magasin.lire() as tx:
        assert list(lus[-1].blocs) == attendu(tx, "un", cursor, lus[-1].largeur)


def test_an_index_renewed_is_added_up_by_its_new_keys(region: Region) -> None:
    with region.magasin.ecrire() as tx:
        for rang in range(300):
            diffuser(tx, ajout(rang))
        avant = etat.etat_a(tx, "un", dernier(tx, "srv_seq"))
    renouveler_index(region)
    with region.magasin.ecrire() as tx:
        cursor = dernier(tx, "srv_seq")
        apres = etat.etat_a(tx, "un", cursor)
        assert avant is not None
        assert apres is not None
        assert list(apres.blocs) == attendu(tx, "un", cursor, apres.largeur)
        assert apres.blocs != avant.blocs


def test_an_exchange_given_up_adds_nothing(region: Region) -> None:
    with pytest.raises(ZeroDivisionError), region.magasin.ecrire() as tx:
        diffuser(tx, ajout(1))
        etat.etat_a(tx, "un", dernier(tx, "srv_seq"))
        raise ZeroDivisionError
    with region.magasin.ecrire() as tx:
        diffuser(tx, ajout(2))
        cursor = dernier(tx, "srv_seq")
        lu = etat.etat_a(tx, "un", cursor)
        assert lu is not None
        assert list(lu.blocs) == attendu(tx, "un", cursor, lu.largeur)
