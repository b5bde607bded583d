"""A règlement published by the Region reaches the desks at sync, and is refused when it may not be trusted (§7)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.protocol.certificat import signer_publication
from passdesk.protocol.evenements import ReglementPublie
from passdesk.protocol.reglements import signer_reglement
from passdesk.server.diffusion import diffuser
from passdesk.server.reglements import publier_reglement
from passdesk.services import visite
from passdesk.services.litiges import a_verifier, compter_a_verifier
from passdesk.services.poste import ouvrir_poste
from passdesk.services.reglements import par_empreinte, recevoir, reglements, reprendre
from passdesk.services.reglements_connus import reglements_livres
from passdesk.services.synchroniser import synchroniser
from passdesk.storage import reglements as recus
from passdesk.storage.integrite import verifier_base
from tests.builders import INDEX_LEGER, PHRASE, Terrain, terrain, visite_accord
from tests.domain.dossiers import FICHIERS, texte_2


@pytest.fixture
def lieu(tmp_path: Path) -> Iterator[Terrain]:
    with terrain(tmp_path) as ouvert:
        yield ouvert


def texte(adopte: str = "2026-10-15", executoire: str = "2026-12-01", plafond: int = 10) -> bytes:
    return texte_2(
        ('id = "2022-02-01"', f'id = "{adopte}"'),
        ("executoire_le = { valeur = 2022-02-01", f"executoire_le = {{ valeur = {executoire}"),
        ("plafond = { valeur = 10", f"plafond = {{ valeur = {plafond}"),
    ).encode()


def publier(lieu: Terrain, octets: bytes) -> None:
    publier_reglement(lieu.region, octets, "essai.toml", reglements_livres())


def signe(lieu: Terrain, octets: bytes, **autrement: object) -> ReglementPublie:
    """What the Region would send, some of it otherwise."""
    faits: dict = {"reglement": "2026-10-15", "executoire_le": date(2026, 12, 1), "generation": 1} | autrement
    return signer_reglement(lieu.region.cles.publication, lieu.region.cles.lien_publication, octets=octets, **faits)


def test_a_reglement_published_reaches_every_desk_also_one_enrolled_later(lieu: Terrain) -> None:
    ancien = lieu.nouveau_poste("Ancien")
    publier(lieu, texte())
    publier(lieu, texte("2026-11-20", "2027-01-01"))
    assert synchroniser(ancien).fin == "fini"
    nouveau = lieu.nouveau_poste("Nouveau")
    for poste in (ancien, nouveau):
        ids = ["2020-07-01", "2022-02-01", "2026-10-15", "2026-11-20"]
        assert [r.id for r in reglements(poste)] == [r.id for r in poste.reglements] == ids
        assert compter_a_verifier(poste) == 0
        assert verifier_base(poste.base) == ()


def test_it_decides_for_the_requests_that_arrive_from_its_day_on_and_survives_reopening(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    second = poste.rouvrir()
    publier(lieu, texte(executoire="2026-11-23"))
    assert synchroniser(second).fin == "fini"
    arrives = {jour: visite.apprecier(poste, replace(visite_accord(poste), arrivee_le=jour)).decision
               for jour in ("22/11/2026", "23/11/2026")}  # fmt: skip
    assert [d.reglement for d in arrives.values() if d] == ["2022-02-01", "2026-10-15"]
    visite.attribuer(poste, visite_accord(poste))
    (empreinte,) = poste.base.db.execute("SELECT empreinte FROM attribution").fetchone()
    second.fermer()
    poste.fermer()
    encore = ouvrir_poste(poste.dossier, PHRASE, lieu.horloge, cout_index=INDEX_LEGER)
    lieu.adopter(poste, encore)
    lu = par_empreinte(encore, empreinte)
    assert lu is not None
    assert lu.id == "2026-10-15"


@pytest.mark.parametrize("decidee", ["accord", "refus", "incomplet"])
def test_one_that_would_change_a_decision_taken_here_is_refused_and_shown(lieu: Terrain, decidee: str) -> None:
    poste = lieu.nouveau_poste()
    if decidee == "accord":
        visite.attribuer(poste, visite_accord(poste))
    else:
        autrement = {"commune": "75056"} if decidee == "refus" else {"pieces": ()}
        visite.garder(poste, replace(visite_accord(poste), **autrement))  # type: ignore[arg-type]
    publier(lieu, texte(executoire="2026-11-23"))
    bilan = synchroniser(poste)
    assert (bilan.fin, bilan.restent) == ("fini", 0)
    assert [r.id for r in reglements(poste)] == ["2020-07-01", "2022-02-01"]
    (ecarte,) = a_verifier(poste).reglements
    assert (ecarte.reglement, ecarte.raison, compter_a_verifier(poste)) == ("2026-10-15", "decision_prise", 1)

    # The correction of the Region is taken, and the line goes away.
    publier(lieu, texte("2026-11-20", "2026-11-24"))
    assert synchroniser(poste).fin == "fini"
    assert reglements(poste)[-1].id == "2026-11-20"
    assert a_verifier(poste).reglements == ()


def test_what_does_not_come_from_the_region_is_refused_and_the_exchange_goes_on(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    etrangere = Ed25519PrivateKey.generate()
    lien = signer_publication(etrangere, etrangere.public_key().public_bytes_raw(), date(2027, 1, 1))
    bon = signe(lieu, texte())
    faux = {
        "cle_inconnue": signer_reglement(
            etrangere, lien, reglement="2026-10-15", octets=texte(), executoire_le=date(2026, 12, 1), generation=2
        ),
        "signature": replace(bon, generation=3),
        "empreinte": replace(signe(lieu, texte(), generation=4), octets=texte(plafond=15)),
        "discordant": signe(lieu, texte(), executoire_le=date(2026, 11, 30), generation=5),
        "reglement_illisible": signe(lieu, b"schema = 9\n", generation=6),
    }
    with lieu.region.magasin.ecrire() as tx:
        for evenement in faux.values():
            diffuser(tx, evenement)
    assert synchroniser(poste).fin == "fini"
    assert [e.raison for e in a_verifier(poste).reglements] == list(faux)
    assert len(reglements(poste)) == 2

    # The right one is taken all the same.
    publier(lieu, texte("2026-11-20", "2026-12-01"))
    with lieu.region.magasin.ecrire() as tx:
        diffuser(tx, signe(lieu, texte("2026-11-21", "2026-12-01"), reglement="2026-11-21", generation=7))
    assert synchroniser(poste).fin == "fini"
    assert reglements(poste)[-1].id == "2026-11-21"
    assert a_verifier(poste).reglements == ()


def test_generations_only_go_forward_and_the_same_told_again_changes_nothing(lieu: Terrain) -> None:
    poste, racine = lieu.nouveau_poste(), lieu.racine.publique
    premier, second = signe(lieu, texte()), signe(
        lieu, texte("2026-11-20", "2027-01-01"), reglement="2026-11-20", executoire_le=date(2027, 1, 1), generation=2
    )  # fmt: skip
    assert recevoir(poste, second, racine) is None
    assert recevoir(poste, premier, racine) == "generation"
    plus_tard = signe(lieu, texte("2026-11-21", "2027-02-01"), reglement="2026-11-21", executoire_le=date(2027, 2, 1))
    assert (plus_tard.generation, recevoir(poste, plus_tard, racine)) == (1, "generation")
    assert recevoir(poste, second, racine) is None
    assert recevoir(poste, replace(second, signature=bytes(64)), racine) is None
    assert [r.id for r in reglements(poste)] == ["2020-07-01", "2022-02-01", "2026-11-20"]


def test_an_id_already_known_never_gets_a_second_text(lieu: Terrain) -> None:
    poste = lieu.nouveau_poste()
    octets = texte("2022-02-01", "2022-02-01", plafond=5).replace(b"valeur = 10, motif", b"valeur = 5, motif")
    autre = signe(lieu, octets, reglement="2022-02-01", executoire_le=date(2022, 2, 1))
    assert recevoir(poste, autre, lieu.racine.publique) == "generation"


def test_a_text_that_an_older_program_could_not_read_is_read_by_the_newer_one(
    lieu: Terrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    poste = lieu.nouveau_poste()
    with monkeypatch.context() as ancien:
        ancien.setattr("passdesk.domain.lecture_reglement.SCHEMAS", (1, 3))
        # A text that no other test reads: what is read once is remembered.
        jamais_lu = signe(lieu, texte("2026-10-17"), reglement="2026-10-17")
        assert recevoir(poste, jamais_lu, lieu.racine.publique) == "reglement_illisible"
    reprendre(poste)
    assert reglements(poste)[-1].id == "2026-10-17"
    assert recus.refuses(poste.base) == ()


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"schema = 2\n", "reglement_illisible"),
        (texte(executoire="2026-10-01"), "reglement_contradictoire"),
        (texte("2022-02-01", "2026-12-01"), "reglement_adopte_avant"),
        (texte("2021-01-01", "2026-12-01"), "reglement_adopte_avant"),
        ((FICHIERS / "2022-02-01.toml").read_bytes(), "reglement_deja_publie"),
    ],
)  # fmt: skip
def test_the_region_publishes_nothing_that_does_not_hold(lieu: Terrain, octets: bytes, code: str) -> None:
    with pytest.raises(SaisieRefusee, match=code):
        publier(lieu, octets)
    base = sqlite3.connect(lieu.dossier / "region" / "region.db")
    assert base.execute("SELECT count(*) FROM reglement").fetchone() == (0,)
    assert base.execute("SELECT count(*) FROM evenement WHERE type = 'reglement'").fetchone() == (0,)
    base.close()
