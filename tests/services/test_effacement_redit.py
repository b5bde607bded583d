"""An erasure that comes back to a base put back from before it: that person goes, and nobody whom a merge of then held.

Each history begins with a backup that holds a merge made by mistake, undone since, and the erasure of one of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from passdesk.protocol.evenements import PersonneEffacee
from passdesk.server.diffusion import diffuser
from passdesk.services import visite
from passdesk.services.effacement import effacer_personne
from passdesk.services.fusion import defaire, fusionner, fusions_de
from passdesk.services.impression import lancer_impression, repondre
from passdesk.services.poste import Poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.restauration import restaurer
from passdesk.services.sauvegarde import sauvegarder
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import envoi, personnes
from passdesk.storage.copie_laterale import FICHIER as COPIE
from passdesk.storage.engine import FICHIER
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, Terrain, terrain, visite_accord


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def _servir(poste: Poste, nom: str) -> str:
    """Somebody served, the carnet handed over: no paper stands in the way of an erasure."""
    carnet = visite.attribuer(poste, visite_accord(poste, nom_naissance=nom)).carnet
    lancer_impression(poste, carnet.campagne, carnet.numero)
    repondre(poste, carnet.campagne, carnet.numero, "tout")
    remettre(poste, carnet.campagne, carnet.numero, poste.horloge.aujourdhui())
    return carnet.personne_id


def _rouvrir(lieu: Terrain, ancien: Poste) -> Poste:
    remis = ouvrir_poste(ancien.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(ancien, remis)
    assert verifier_base(remis.base) == ()
    return remis


def _noms(poste: Poste) -> list[str]:
    return sorted(p.nom_naissance for p in personnes.recentes(poste.base))


def _defaire_tout(poste: Poste, garde: str) -> None:
    for fusion in fusions_de(poste, garde):
        defaire(poste, fusion.acte, garde)


def _corps_a_la_region(lieu: Terrain, sujet: str) -> int:
    with lieu.region.magasin.lire() as tx:
        sql = (
            "SELECT count(*) FROM corps c JOIN operation o ON o.device = c.device AND o.epoch = c.epoch "
            "AND o.seq = c.seq WHERE o.sujet = ? AND (o.type IN ('personne.enregistrer', 'personne.modifier') "
            "OR o.type LIKE 'demande.%' OR o.type LIKE 'justificatif.%')"
        )
        rangee = tx.une(sql, sujet)
    assert rangee is not None
    return int(rangee[0])


def _en_attente(lieu: Terrain) -> int:
    with lieu.region.magasin.lire() as tx:
        rangee = tx.une("SELECT count(*) FROM operation WHERE resultat = 'en_attente'")
    assert rangee is not None
    return int(rangee[0])


def _rien_ne_reste(poste: Poste, sujet: str) -> bool:
    tables = ("demande", "accompagnement")
    comptes = [poste.base.db.execute(f"SELECT count(*) FROM {t} WHERE origine = ?", [sujet]).fetchone() for t in tables]
    return personnes.telle(poste.base, sujet) is None and comptes == [(0,), (0,)]


@pytest.mark.parametrize("gardee", ["Bravo", "Alpha"])
@pytest.mark.parametrize("perdu", ["tout", "laisse", "rien"])
def test_who_was_made_one_with_the_person_by_mistake_stays(
    lieu: Terrain, tmp_path: Path, gardee: str, perdu: str
) -> None:
    """Alpha is erased, once apart from Bravo. `perdu`: the log and its copy; left on purpose; or not even sent."""
    poste = lieu.nouveau_poste()
    alpha, bravo = _servir(poste, "Alpha"), _servir(poste, "Bravo")
    garde, absorbee = (bravo, alpha) if gardee == "Bravo" else (alpha, bravo)
    fusionner(poste, garde, absorbee)
    if perdu != "rien":
        assert synchroniser(poste).restent == 0
    fichier = sauvegarder(poste, tmp_path / "copie.sauvegarde").chemin
    _defaire_tout(poste, garde)
    effacer_personne(poste, alpha)
    if perdu != "rien":
        assert synchroniser(poste).restent == 0
    avant = _corps_a_la_region(lieu, bravo)
    poste.fermer()
    if perdu == "tout":
        (poste.dossier / FICHIER).unlink()
        (poste.dossier / COPIE).unlink()
    restaurer(poste.dossier, fichier, PHRASE, lieu.horloge, suite=perdu != "laisse")
    remis = _rouvrir(lieu, poste)
    bilan = synchroniser(remis)
    assert (bilan.fin, bilan.restent, bilan.en_attente, _en_attente(lieu)) == ("fini", 0, 0, 0)
    assert _noms(remis) == ["Bravo"] and _rien_ne_reste(remis, alpha)
    assert verifier_base(remis.base) == ()
    assert _corps_a_la_region(lieu, alpha) == 0
    assert _corps_a_la_region(lieu, bravo) >= max(avant, 1)
    assert synchroniser(remis).recus == 0


@pytest.mark.parametrize("seconde_copie", [True, False])
def test_an_erasure_beside_a_base_put_back_by_hand_is_of_who_it_named(lieu: Terrain, seconde_copie: bool) -> None:
    """The undoing is the Region's alone; the erasure that follows is in the copy of the acts, or nowhere here."""
    poste = lieu.nouveau_poste()
    alpha, bravo, charlie = (_servir(poste, nom) for nom in ("Alpha", "Bravo", "Charlie"))
    fusionner(poste, alpha, charlie)
    fusionner(poste, bravo, alpha)
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    lundi = (poste.dossier / FICHIER).read_bytes()
    (fusion,) = (f for f in fusions_de(poste, bravo) if f.absorbee.personne_id == alpha)
    defaire(poste, fusion.acte, bravo)
    assert synchroniser(poste).restent == 0
    effacer_personne(poste, alpha)
    if not seconde_copie:
        assert synchroniser(poste).restent == 0
    poste.fermer()
    for reste in poste.dossier.glob(f"{FICHIER}-*"):
        reste.unlink()
    (poste.dossier / FICHIER).write_bytes(lundi)
    remis = _rouvrir(lieu, poste)
    if seconde_copie:
        assert _noms(remis) == ["Bravo"], "before any exchange"
    assert synchroniser(remis).restent == 0
    assert synchroniser(remis).en_attente == _en_attente(lieu) == 0
    # Charlie was one with Alpha on the day of the erasure: both asked for it.
    assert _noms(remis) == ["Bravo"] and _rien_ne_reste(remis, alpha) and _rien_ne_reste(remis, charlie)
    assert verifier_base(remis.base) == ()
    assert [_corps_a_la_region(lieu, qui) for qui in (alpha, charlie)] == [0, 0] and _corps_a_la_region(lieu, bravo)


def test_a_merge_made_on_a_base_put_back_takes_nobody_along(lieu: Terrain) -> None:
    """The Region's word is about the records that it names, in whatever order they stand here."""
    poste = lieu.nouveau_poste()
    alpha, bravo, charlie = (_servir(poste, nom) for nom in ("Alpha", "Bravo", "Charlie"))
    fusionner(poste, bravo, charlie)
    fusionner(poste, alpha, bravo)
    with lieu.region.magasin.ecrire() as tx:
        for sujet in (bravo, alpha):
            diffuser(tx, PersonneEffacee(sujet))
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent, bilan.en_attente) == ("fini", 0, 0)
    assert _noms(poste) == ["Charlie"] and verifier_base(poste.base) == ()
    assert envoi.reste_a_envoyer(poste.base) == 0 and _corps_a_la_region(lieu, charlie)
