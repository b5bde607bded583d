"""SIGKILL by another process at named points: what was said recorded is there once, and the paper is asked about."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from passdesk.domain.carnet import Etat
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.server.region import Region, ouvrir_region
from passdesk.services import impression, visite
from passdesk.services.poste import ADRESSE, Poste, etat_poste, ouvrir_poste
from passdesk.services.remise import remettre
from passdesk.services.synchroniser import BilanEnvoi, synchroniser
from passdesk.storage import carnets, copie_laterale, engine, envoi
from passdesk.storage import poste as identite
from passdesk.storage.appareil import lire_appareil
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, horloge_fixe, serveur, terrain, visite_accord
from tests.e2e.enfant_guichet import NOMS, brouillon_numero
from tests.e2e.processus import Enfant, enfant

JOUR = date(2026, 11, 23)


@dataclass
class Lieu:
    """An enrolled desk and its Region, both closed; the Region answers at `port` when it is served."""

    dossier: Path
    guichet: Path
    port: int

    def rouvrir(self) -> Poste:
        return ouvrir_poste(self.guichet, PHRASE, horloge_fixe(), cout_index=INDEX_LEGER)

    def region(self) -> Region:
        return ouvrir_region(self.dossier / "region", horloge_fixe())


@pytest.fixture
def lieu(tmp_path: Path) -> Lieu:
    with terrain(tmp_path) as ouvert:
        poste = ouvert.nouveau_poste()
        port = urlsplit(identite.lire_texte(poste.base, ADRESSE) or "").port
        assert port is not None
        return Lieu(tmp_path, poste.dossier, port)


@contextmanager
def repris(lieu: Lieu) -> Iterator[Poste]:
    """The desk opened again after the cut, found sound; and found sound again at the end."""
    poste = lieu.rouvrir()
    try:
        assert verifier_base(poste.base) == ()
        yield poste
        assert verifier_base(poste.base) == ()
    finally:
        poste.fermer()


def envoyer(lieu: Lieu, poste: Poste) -> BilanEnvoi:
    """An exchange with a server started anew on the same database."""
    region = lieu.region()
    try:
        with serveur(region, lieu.port):
            return synchroniser(poste)
    finally:
        region.fermer()


def compter(lieu: Lieu, sql: str) -> Any:
    """One figure of the Region's database."""
    region = lieu.region()
    with region.magasin.lire() as tx:
        rangee = tx.une(sql)
    region.fermer()
    assert rangee is not None
    return rangee[0]


def a_la_region(lieu: Lieu, poste: Poste, pass_attribues: int) -> None:
    """The Region holds each operation of this desk once, in the same order, and each pass once."""
    ici = [h for (h,) in poste.base.db.execute("SELECT hash FROM operation ORDER BY epoch, seq")]
    region = lieu.region()
    with region.magasin.lire() as tx:
        labas = [bytes(h) for (h,) in tx.toutes("SELECT hash FROM operation ORDER BY epoch, seq")]
    region.fermer()
    assert labas == ici
    assert compter(lieu, "SELECT coalesce(sum(taille), 0) FROM attribution") == pass_attribues
    assert compter(lieu, "SELECT count(*) FROM attribution") == compter(
        lieu, "SELECT count(DISTINCT carnet) FROM attribution"
    )
    assert compter(lieu, "SELECT count(*) FROM evenement WHERE type = 'index.ajout'") == pass_attribues // 10
    assert compter(lieu, "SELECT count(*) FROM litige") == 0
    assert compter(lieu, "SELECT count(*) FROM quarantaine") == 0


def servir_jusqu_au_bout(poste: Poste, campagne: int, numero: int) -> None:
    """The rest of the visit, as a mediator does it."""
    travail = impression.lancer_impression(poste, campagne, numero)
    papier = impression.mettre_sur_papier(travail, impression.ImprimanteFichier(poste.dossier / "papier"))
    assert papier.read_bytes().rstrip().endswith(b"%%EOF")
    impression.repondre(poste, campagne, numero, "tout")
    assert remettre(poste, campagne, numero, JOUR).etat is Etat.REMIS
    assert list((poste.dossier / "papier").iterdir()) == []


def test_killed_between_the_key_of_a_new_epoch_and_its_act(lieu: Lieu) -> None:
    poste = lieu.rouvrir()
    visite.attribuer(poste, visite_accord(poste))
    poste.base.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    octets = (lieu.guichet / engine.FICHIER).read_bytes()
    visite.attribuer(poste, visite_accord(poste, nom_naissance=NOMS[1]))
    poste.fermer()
    (lieu.guichet / copie_laterale.FICHIER).unlink()
    (lieu.guichet / engine.FICHIER).write_bytes(octets)
    with enfant("enfant_guichet", "epoque", lieu.guichet) as guichet:
        assert guichet.annonce() == {"point": "cle"}
        assert guichet.tuer() == []
    lues = lire_appareil(lieu.guichet, poste.cle)
    assert lues is not None
    assert [epoch for epoch, _ in lues.attendues] == [2]
    with repris(lieu) as poste:
        assert (envoi.tete(poste.base).epoch, lire_appareil(lieu.guichet, poste.cle).attendues) == (2, lues.attendues)
        assert envoyer(lieu, poste).restent == 0
        assert not etat_poste(poste).cle_attendue


def test_killed_right_after_an_award(lieu: Lieu) -> None:
    with enfant("enfant_guichet", "attribue", lieu.guichet) as guichet:
        dits = [guichet.annonce() for _ in NOMS]
        assert guichet.tuer() == []
    numeros = [(dit["campagne"], dit["numero"]) for dit in dits]
    assert len(set(numeros)) == len(NOMS)
    with repris(lieu) as poste:
        gardes = carnets.par_etat(poste.base, Etat.ATTRIBUE)
        assert sorted((g.carnet.campagne, g.carnet.numero) for g in gardes) == sorted(numeros)
        assert envoi.tete(poste.base).seq == dits[-1]["seq"]
        assert etat_poste(poste).carnets_10 == 20 - len(NOMS)
        ouvertes = visite.visites_ouvertes(poste)
        assert sorted((v.etape, v.titre) for v in ouvertes) == sorted(("a_imprimer", f"Maëlle {nom}") for nom in NOMS)
        suivant = visite.attribuer(poste, visite_accord(poste, nom_naissance="Leleu")).carnet
        assert (suivant.campagne, suivant.numero) not in numeros
        # The person served before the cut is known: nothing more is given.
        apercu = visite.apprecier(poste, visite_accord(poste, nom_naissance=NOMS[0]))
        assert apercu.pass_anterieurs == 10
        for numero in (*numeros, (suivant.campagne, suivant.numero)):
            servir_jusqu_au_bout(poste, *numero)
        assert (envoyer(lieu, poste).fin, envoi.reste_a_envoyer(poste.base)) == ("fini", 0)
        a_la_region(lieu, poste, 40)


@pytest.mark.parametrize(("point", "reponse"), [("papier", "tout"), ("fichier", "rien")])
def test_killed_between_the_intention_and_the_paper(lieu: Lieu, point: str, reponse: impression.Sortie) -> None:
    with enfant("enfant_guichet", point, lieu.guichet) as guichet:
        lance = guichet.annonce()
        assert guichet.annonce()["point"] == point
        assert guichet.tuer() == []
    numero = (lance["campagne"], lance["numero"])
    # Whatever was being written is not there as a PDF that somebody could take for the carnet.
    assert list(lieu.guichet.rglob("*.pdf")) == []
    with repris(lieu) as poste:
        assert envoi.tete(poste.base).seq == lance["seq"]
        (ouverte,) = visite.visites_ouvertes(poste)
        assert (ouverte.etape, ouverte.titre) == ("a_confirmer", "Maëlle Dufresnoy")
        assert ouverte.carnet is not None
        assert (ouverte.carnet.campagne, ouverte.carnet.numero) == numero
        with pytest.raises(SaisieRefusee) as refus:
            impression.lancer_impression(poste, *numero)
        assert refus.value.code == "papier_a_confirmer"
        with pytest.raises(SaisieRefusee) as refus:
            remettre(poste, *numero, JOUR)
        assert refus.value.code == "carnet_non_imprime"
        a_refaire = impression.repondre(poste, *numero, reponse)
        assert a_refaire == (() if reponse == "tout" else (1, 2, 3))
        servir_jusqu_au_bout(poste, *numero)
        assert len(carnets.par_etat(poste.base, *Etat)) == 1
        assert envoyer(lieu, poste).fin == "fini"
        a_la_region(lieu, poste, 10)


@pytest.mark.parametrize(("point", "recues"), [("requete", False), ("reponse", True), ("corps", True)])
def test_the_server_killed_around_its_commit(lieu: Lieu, point: str, recues: bool) -> None:
    with repris(lieu) as poste:
        carnet = visite.attribuer(poste, visite_accord(poste)).carnet
        avant, tete = envoi.reste_a_envoyer(poste.base), envoi.tete(poste.base).seq
        acquit, curseur = envoi.etat(poste.base).acked_seq, envoi.etat(poste.base).cursor
        with enfant("enfant_region", point, lieu.dossier / "region", str(lieu.port)) as region:
            assert region.annonce() == {"point": "pret"}
            coupe = threading.Thread(target=_tuer_au_point, args=(region, point))
            coupe.start()
            bilan = synchroniser(poste)
            coupe.join()
        assert (bilan.fin, bilan.raison, bilan.envoyes, bilan.restent) == ("hors_ligne", "hors_ligne", 0, avant)
        assert (envoi.etat(poste.base).acked_seq, envoi.etat(poste.base).cursor) == (acquit, curseur)
        assert compter(lieu, "SELECT count(*) FROM operation") == (tete if recues else acquit)

        # Work goes on meanwhile, and what is new goes with what is sent again.
        servir_jusqu_au_bout(poste, carnet.campagne, carnet.numero)
        bilan = envoyer(lieu, poste)
        assert (bilan.fin, bilan.restent, bilan.litiges) == ("fini", 0, 0)
        a_la_region(lieu, poste, 10)
        assert etat_poste(poste).actes_a_envoyer == 0


def _tuer_au_point(region: Enfant, point: str) -> None:
    assert region.annonce()["point"] == point
    region.tuer()


def test_the_desk_killed_with_the_answer_in_its_hands(lieu: Lieu) -> None:
    region = lieu.region()
    with serveur(region, lieu.port), enfant("enfant_guichet", "reponse", lieu.guichet) as guichet:
        dit = guichet.annonce()
        assert guichet.annonce() == {"point": "reponse", "statut": 200}
        guichet.tuer()
    region.fermer()
    assert compter(lieu, "SELECT count(*) FROM operation") == dit["seq"]
    with repris(lieu) as poste:
        assert envoi.tete(poste.base).seq == dit["seq"]
        assert etat_poste(poste).actes_a_envoyer > 0
        assert envoyer(lieu, poste).fin == "fini"
        a_la_region(lieu, poste, 10)


def test_killed_while_typing(lieu: Lieu) -> None:
    """The last draft said saved is there, whole: that one or the next, never a mixture, never less."""
    with enfant("enfant_guichet", "brouillon", lieu.guichet) as guichet:
        modele_id = guichet.annonce()["brouillon"]
        while guichet.annonce()["numero"] < 60:
            pass
        restes = guichet.tuer()
    dernier = restes[-1]["numero"] if restes else 60
    with repris(lieu) as poste:
        garde = visite.reprendre(poste, modele_id)
        assert garde is not None
        attendus = [brouillon_numero(visite_accord(poste, brouillon_id=modele_id), n) for n in (dernier, dernier + 1)]
        assert garde in attendus
        assert [v.etape for v in visite.visites_ouvertes(poste)] == ["saisie"]
