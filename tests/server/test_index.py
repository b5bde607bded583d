"""The index renewed after a theft: the Region and each desk change together, and nobody is forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from passdesk.protocol.evenements import Evenement, IndexAjout, IndexRenouvele
from passdesk.protocol.index_renouvele import cle_renouvelee, ouvrir_suite
from passdesk.protocol.messages import SyncAnswer
from passdesk.server.administration import doter_poste, litiges
from passdesk.server.index_region import renouveler_index
from passdesk.server.region import Region
from passdesk.server.revocation import revoquer
from tests.server.poste_factice import PosteFactice

Enroler = Callable[[str], PosteFactice]
CLE = b"k" * 16


def _entendre(poste: PosteFactice, cursor: int | None = None) -> list[Evenement]:
    """Everything after a cursor, in the order in which it is told."""
    poste.cursor = poste.cursor if cursor is None else cursor
    return poste.ecouter()


def _suite(poste: PosteFactice, entendus: list[Evenement]) -> tuple[bytes, ...]:
    dites = [e for e in entendus if isinstance(e, IndexRenouvele)]
    return ouvrir_suite(dites[0].scelle, poste.requete, poste.device) if dites else ()


def _totaux(entendus: list[Evenement]) -> dict[bytes, int]:
    totaux: dict[bytes, int] = {}
    for e in entendus:
        if isinstance(e, IndexAjout):
            totaux[e.cle] = totaux.get(e.cle, 0) + e.passes
    return totaux


def test_desks_are_told_the_secret_first_and_the_same_totals_under_other_keys(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, deux = dotes
    un.inscrire("p1", CLE)
    un.accorder("p1", 21, 5)
    un.synchroniser()
    assert _totaux(_entendre(deux)) == {CLE: 5}
    assert renouveler_index(region) == 2
    # Behind, or from the beginning: what comes first is how to read the rest.
    depuis_le_debut = _entendre(deux, 0)
    suite = _suite(deux, depuis_le_debut)
    assert isinstance(depuis_le_debut[0], IndexRenouvele)
    assert len(suite) == 1
    assert suite[0] != un.index_secret
    neuve = cle_renouvelee(CLE, suite)
    assert _totaux(depuis_le_debut) == {neuve: 5}
    assert {e.version for e in depuis_le_debut if isinstance(e, IndexAjout)} == {2}
    # A desk that has not heard writes the first key in its acts, as all do: it is the same person.
    un.inscrire("p2", CLE)
    un.accorder("p2", 22, 5)
    deux.inscrire("p3", CLE)
    deux.accorder("p3", 11, 10)
    assert un.synchroniser(3).outcomes[-1].result == "appliquee"
    assert deux.synchroniser().outcomes[-1].result == "litige"
    assert [litige.excedent for litige in litiges(region)] == [10]
    assert _totaux(_entendre(un, 0)) == {neuve: 20}


def test_it_is_told_once_and_each_version_replaces_the_last(region: Region, enroler: Enroler) -> None:
    un = enroler("Lens")
    assert _suite(un, _entendre(un)) == ()
    renouveler_index(region)
    premiere = _suite(un, _entendre(un))
    assert [e for e in _entendre(un) if isinstance(e, IndexRenouvele)] == []
    assert renouveler_index(region) == 3
    entendus = _entendre(un, 0)
    assert sum(isinstance(e, IndexRenouvele) for e in entendus) == 1
    suite = _suite(un, entendus)
    assert (suite[:1], len(suite)) == (premiere, 2)


def test_a_desk_enrolled_later_is_told_and_a_revoked_one_never(region: Region, enroler: Enroler) -> None:
    vole = enroler("Lens")
    revoquer(region, vole.device, vol=True)
    assert not isinstance(vole.envoyer(vole.preparer([])), SyncAnswer)
    neuf = enroler("Creil")
    doter_poste(region, neuf.device, taille=10, carnets=1)
    assert len(_suite(neuf, _entendre(neuf))) == 1
    with region.magasin.lire() as tx:
        assert tx.toutes("SELECT device FROM index_dit") == [(neuf.device,)]


def test_the_secret_comes_first_on_each_page_until_it_is_heard(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passdesk.server.diffusion.EVENTS_BATCH", 3)
    un, deux = dotes
    for rang in range(8):
        un.inscrire(f"p{rang}", bytes([rang]) * 16)
        un.accorder(f"p{rang}", 21 + rang, 5)
    un.synchroniser()
    renouveler_index(region)
    pages: list[list[str]] = []
    cursor, more = 0, True
    while more:
        deux.cursor = cursor
        answer = deux.envoyer(deux.preparer([]))
        assert isinstance(answer, SyncAnswer)
        pages.append([e.type for e in answer.events])
        assert all(e.srv_seq <= answer.cursor for e in answer.events if e.type != "index.renouvele")
        cursor, more = answer.cursor, answer.more
    assert len(pages) > 3
    assert all(page[0] == "index.renouvele" for page in pages)
    assert sum(page.count("index.ajout_renouvele") for page in pages) == 8


def test_nothing_that_the_first_secret_explains_is_left_in_the_tables(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, deux = dotes
    for poste, numero in ((un, 1), (deux, 11)):
        poste.inscrire("p1", CLE)
        poste.accorder("p1", numero, 10)
        poste.synchroniser()
    # Erased: no name is left to compute a key from, and the total stays.
    un.ecrire("personne.effacer", "p1", {"cle": CLE, "motif": "demande", "litiges": []})
    un.synchroniser(3)
    renouveler_index(region)
    with region.magasin.lire() as tx:
        for table, colonne in (("sujet", "cle"), ("attribution", "cle"), ("litige", "cle")):
            cles = [bytes(cle) for (cle,) in tx.toutes(f"SELECT {colonne} FROM {table}")]
            assert cles
            assert CLE not in cles
        assert not any(CLE in bytes(octets) for (octets,) in tx.toutes("SELECT octets FROM evenement"))
        assert len({bytes(cle) for (cle,) in tx.toutes("SELECT cle FROM attribution")}) == 1
