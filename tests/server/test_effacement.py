"""What an erasure leaves at the Region, read with its own keys: nothing that tells who the person was (protocol §8)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.protocol.evenements import IndexAjout, PersonneEffacee
from passdesk.protocol.messages import SyncAnswer
from passdesk.protocol.scellement import Corps
from passdesk.server import diffusion
from passdesk.server.adresse import Adresse, AdresseSqlite
from passdesk.server.corps import decrypt
from passdesk.server.magasin import dernier
from passdesk.server.menage import faire_le_menage
from passdesk.server.region import Region
from passdesk.server.veille import veiller
from tests.server.poste_factice import PosteFactice

CLE = b"k" * 16
CANARIS = ("Zyxwéniaville", "1931-02-03", "Qwertzuiop")
IDENTITE = {"nom_naissance": CANARIS[0], "prenoms": "Awa", "naissance": CANARIS[1], "cle": CLE}


def _en_clair(region: Region) -> bytes:
    """Every body kept, in its place or set aside, opened."""
    with region.magasin.lire() as tx:
        scelles = tx.toutes("SELECT device, epoch, seq, scelle FROM corps")
        scelles += tx.toutes("SELECT device, epoch, seq, scelle FROM quarantaine")
    cle = region.cles.corps
    return b"\n".join(decrypt(cle, bytes(s), str(d), int(e), int(q)) for d, e, q, s in scelles)


def _scelles(region: Region) -> set[bytes]:
    with region.magasin.lire() as tx:
        return {bytes(scelle) for (scelle,) in tx.toutes("SELECT scelle FROM corps")}


def test_nothing_of_the_person_is_left_in_any_body(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], adresse: Adresse
) -> None:
    un, deux = dotes
    deux.ecrire("personne.enregistrer", "p1", {**IDENTITE, "nom_naissance": "Temoinard", "naissance": "1950-01-01"})
    deux.synchroniser()
    un.ecrire("personne.enregistrer", "p1", IDENTITE)
    un.ecrire("type.inconnu", "p1", IDENTITE)
    un.ecrire("personne.modifier", "p1", {**IDENTITE, "cle": "pas une clé"})
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": CANARIS[2], "traite": True})
    un.ecrire("litige.noter", "L000002", {"litige": "L000002", "texte": "un autre cas", "traite": False})
    un.accorder("p1", 1, 10)
    un.synchroniser()
    # The other branch of a fork, set aside; then the desk goes on in a new epoch.
    branche = un.log[:1]
    un.log, gardes = branche, un.log
    un.ecrire("demande.deposer", "p1", {"demande": "d1", "naissance": CANARIS[1]})
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": CANARIS[2]})
    assert un.synchroniser().fork
    un.log = gardes
    assert all(canari.encode() in _en_clair(region) for canari in CANARIS)
    avant = _scelles(region)

    un.epoch = 2
    un.ecrire("poste.epoque", "e2", {"epoch": 2})
    un.ecrire("personne.effacer", "p1", {"cle": CLE, "litiges": ["L000001"], "motif": "demande_personne"})
    answer = un.synchroniser()
    assert {o.result for o in answer.outcomes} == {"appliquee"}
    reste = _en_clair(region)
    assert not any(canari.encode() in reste for canari in CANARIS)
    assert b"Temoinard" in reste and b"un autre cas" in reste and b"accompagne_carnet_10" in reste
    with region.magasin.lire() as tx:
        assert tx.une("SELECT sum(taille) FROM attribution WHERE cle = ?", CLE) == (10,)
        assert tx.une("SELECT count(*) FROM operation WHERE device = ?", un.device) == (8,)
    if isinstance(adresse, AdresseSqlite):
        # Not even sealed: the pages of what was dropped are overwritten, and the log of writes is gone.
        partis = avant - _scelles(region)
        assert len(partis) == 4
        region.magasin.fermer()
        octets = adresse.fichier.read_bytes()
        assert not any(scelle[-64:] in octets for scelle in partis)


def test_an_erasure_on_a_branch_set_aside_erases_all_the_same_and_is_told(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, deux = dotes
    un.ecrire("personne.enregistrer", "p1", IDENTITE)
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": CANARIS[2]})
    un.synchroniser()
    deux.ecouter()
    # A copy of that laptop, which stood one act earlier.
    del un.log[1:]
    un.ecrire("personne.modifier", "p1", {**IDENTITE, "prenoms": "Ewa"})
    un.ecrire("personne.effacer", "p1", {"cle": CLE, "litiges": ["L000001"], "motif": "demande_personne"})
    assert un.synchroniser().fork
    reste = _en_clair(region)
    assert not any(canari.encode() in reste for canari in CANARIS)
    assert deux.ecouter() == [PersonneEffacee("p1")]
    un.synchroniser()
    assert deux.ecouter() == []


def test_each_record_that_goes_is_named_the_one_that_stood_for_them_first_and_nobody_who_was_apart_again(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, deux = dotes
    for sujet in ("p1", "a2", "z3"):
        un.ecrire("personne.enregistrer", sujet, {**IDENTITE, "prenoms": f"Prénom de {sujet}"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "z3"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "a2"})
    un.ecrire("personne.fusionner", "p1", {"absorbee": "a2", "annule": True}, v=2)
    # As a desk put back to the day of the merge says it again, before it erases.
    un.ecrire("personne.fusionner", "p1", {"absorbee": "a2", "annule": True}, v=2)
    un.ecrire("personne.effacer", "p1", {"cle": CLE, "litiges": [], "motif": "demande", "fiches": ["p1", "z3"]})
    assert {o.result for o in un.synchroniser().outcomes} == {"appliquee"}
    dites = [evenement for evenement in deux.ecouter() if isinstance(evenement, PersonneEffacee)]
    assert dites == [PersonneEffacee("p1"), PersonneEffacee("z3")]
    reste = _en_clair(region).decode(errors="replace")
    assert [f"Prénom de {sujet}" in reste for sujet in ("p1", "a2", "z3")] == [False, True, False]


@pytest.mark.parametrize(
    ("par_page", "pages"), [(3, [2, 3]), (4, [2, 3]), (5, [5]), (2, [2, 2, 1]), (1, [1, 1, 1, 1, 1])]
)
def test_those_who_go_together_are_named_in_one_answer(
    region: Region,
    dotes: tuple[PosteFactice, PosteFactice],
    monkeypatch: pytest.MonkeyPatch,
    par_page: int,
    pages: list[int],
) -> None:
    """A desk put back to an earlier day would take the rest of them for others, merged by mistake and apart since."""
    monkeypatch.setattr(diffusion, "EVENTS_BATCH", par_page)
    with region.magasin.ecrire() as tx:
        curseur = dernier(tx, "srv_seq")
        for cle in (b"a" * 16, b"b" * 16):
            diffusion.diffuser(tx, IndexAjout(cle, 5, date(2026, 11, 23), "un"))
        for sujet in ("p1", "p2", "p3"):
            diffusion.diffuser(tx, PersonneEffacee(sujet))
        lues, reste = list[int](), True
        while reste:
            evenements, curseur, reste = diffusion.evenements_apres(tx, dotes[1].device, curseur)
            lues.append(len(evenements))
    assert lues == pages


@pytest.mark.parametrize("sur_une_branche", [False, True])
def test_a_branch_that_comes_after_the_erasure_brings_nobody_back(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], sur_une_branche: bool
) -> None:
    un, _ = dotes
    un.ecrire("personne.enregistrer", "p1", IDENTITE)
    un.synchroniser()
    depart = list(un.log)
    if sur_une_branche:
        un.ecrire("agent.ajouter", "a2", {"nom": "Une autre"})
        un.synchroniser()
        un.log = list(depart)
    un.ecrire("personne.effacer", "p1", {"cle": CLE, "litiges": [], "motif": "demande_personne"})
    assert un.synchroniser().fork is sur_une_branche
    # Another copy of that laptop, heard for the first time since.
    un.log = list(depart)
    un.ecrire("personne.modifier", "p1", {**IDENTITE, "prenoms": "Ewa"})
    un.ecrire("personne.enregistrer", "p2", {**IDENTITE, "nom_naissance": "Temoinard", "naissance": "1950-01-01"})
    assert un.synchroniser().fork
    reste = _en_clair(region)
    assert not any(canari.encode() in reste for canari in CANARIS)
    assert b"Temoinard" in reste


def _fichiers_des_tables(adresse: Adresse) -> bytes:
    """All that the tables of this PostgreSQL hold on the disk, dead rows too."""
    assert not isinstance(adresse, AdresseSqlite)
    with psycopg.connect(adresse.conninfo, autocommit=True) as connexion:
        connexion.execute("CHECKPOINT")
        (ou,) = connexion.execute("SHOW data_directory").fetchone() or ("",)
        (base,) = connexion.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone() or (0,)
    return b"".join(f.read_bytes() for f in sorted((Path(ou) / "base" / str(base)).iterdir()) if f.is_file())


@pytest.mark.parametrize("adresse", ["postgresql"], indirect=True)
def test_what_was_dropped_leaves_the_files_of_postgresql_too(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], adresse: Adresse
) -> None:
    un, _ = dotes
    # Somebody comes after: the rows dropped are not at the end of the file, which PostgreSQL would cut off.
    for qui in ("p1", "p2"):
        un.ecrire("personne.enregistrer", qui, {**IDENTITE, "cle": qui[-1:].encode() * 16, "note": "x" * 9000})
    un.synchroniser()
    avant = _scelles(region)
    assert all(scelle[-64:] in _fichiers_des_tables(adresse) for scelle in avant)
    un.ecrire("personne.effacer", "p1", {"cle": None, "litiges": [], "motif": "demande_personne"})
    with region.magasin.lire() as regard:
        assert regard.une("SELECT count(*) FROM operation") is not None
        # Somebody may still see the row: it is not rewritten now, and that it must be is not forgotten.
        un.synchroniser()
        (parti,) = avant - _scelles(region)
        assert parti[-64:] in _fichiers_des_tables(adresse)
    un.synchroniser()
    octets = _fichiers_des_tables(adresse)
    assert parti[-64:] not in octets and parti[:64] not in octets
    assert all(scelle[-64:] in octets for scelle in avant - {parti})
    assert faire_le_menage(region)


@pytest.fixture
def reecritures(region: Region, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """When the tables were rewritten (ms UTC)."""
    faites: list[int] = []

    def reecrire(tables: Sequence[str]) -> bool:
        faites.append(region.maintenant())
        return True

    monkeypatch.setattr(region.magasin, "reecrire", reecrire)
    return faites


def test_an_erasure_of_nobody_makes_nobody_wait(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], reecritures: list[int]
) -> None:
    """The rewriting of the tables stops whoever sends: it is done for what was dropped, and for nothing else."""
    un, _ = dotes
    for rang in range(3):
        un.ecrire("personne.effacer", f"jamais-vu-{rang}", {"cle": None, "litiges": [], "motif": "demande_personne"})
        un.synchroniser(rang + 1)
    assert faire_le_menage(region)
    assert reecritures == []


def _un_regard(region: Region) -> None:
    tours: list[float] = []

    async def attendre(duree: float) -> None:
        tours.append(duree)
        if len(tours) == 2:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(veiller(lambda: region, attendre))


def test_one_erasure_after_another_is_done_away_with_once_an_hour(
    region: Region, dotes: tuple[PosteFactice, PosteFactice], reecritures: list[int], horloge: HorlogeFixe
) -> None:
    un, _ = dotes
    for rang in range(4):
        un.ecrire("personne.enregistrer", f"p{rang}", IDENTITE)
        un.ecrire("personne.effacer", f"p{rang}", {"cle": CLE, "litiges": [], "motif": "demande_personne"})
        un.synchroniser(2 * rang + 1)
        horloge.instant += timedelta(minutes=10)
    debut = reecritures[0]
    assert reecritures == [debut]
    assert not faire_le_menage(region), "it is not forgotten"
    horloge.instant += timedelta(minutes=30)
    assert faire_le_menage(region)
    assert reecritures == [debut, region.maintenant()]
    # Nobody sends any more that evening: the server's own look, at night, does it.
    un.ecrire("personne.enregistrer", "p8", IDENTITE)
    un.ecrire("personne.effacer", "p8", {"cle": CLE, "litiges": [], "motif": "demande_personne"})
    un.synchroniser(9)
    assert reecritures == [debut, faite := region.maintenant()]
    horloge.instant += timedelta(minutes=61)
    _un_regard(region)
    assert reecritures == [debut, faite, region.maintenant()]
    # A clock put back keeps nothing for ever.
    un.ecrire("personne.enregistrer", "p9", IDENTITE)
    un.ecrire("personne.effacer", "p9", {"cle": CLE, "litiges": [], "motif": "demande_personne"})
    horloge.instant -= timedelta(days=400)
    un.synchroniser(11)
    assert len(reecritures) == 4


def test_a_desk_rebuilt_from_its_log_may_send_what_was_erased_without_its_body(
    region: Region, dotes: tuple[PosteFactice, PosteFactice]
) -> None:
    un, _ = dotes
    un.ecrire("personne.enregistrer", "p1", IDENTITE)
    un.ecrire("litige.noter", "L000001", {"litige": "L000001", "texte": CANARIS[2], "traite": True})
    un.ecrire("personne.effacer", "p1", {"cle": None, "litiges": ["L000001"]})
    answer = un.envoyer(un.preparer(un.log, corps=[None, None, *_corps(un)[2:]]))
    assert isinstance(answer, SyncAnswer)
    assert [outcome.result for outcome in answer.outcomes] == ["appliquee"] * 3
    assert not any(canari.encode() in _en_clair(region) for canari in CANARIS)


def _corps(poste: PosteFactice) -> list[Corps | None]:
    return [Corps(o.sel, o.corps) for o in poste.log if o.sel and o.corps]
