"""Acts in plain order, applied together: the Region then holds what it would hold had each been applied by itself."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from passdesk.domain.horloge import HorlogeFixe
from passdesk.server.administration import doter_poste
from passdesk.server.campagnes import ouvrir_campagne
from passdesk.server.corps import decrypt
from passdesk.server.echange import HttpRequest, traiter_sync
from passdesk.server.enrolement import accepter, proposer_code
from passdesk.server.inscription import traiter_demande, traiter_etat
from passdesk.server.magasin import RegleRompueError
from passdesk.server.ordinaires import Ordinaires
from passdesk.server.racine import Racine
from passdesk.server.region import Region, initialiser, ouvrir_region
from tests.builders import fin_prochaine
from tests.server.modele import CAMPAGNE
from tests.server.poste_factice import URL, PosteFactice

GRAINES = range(16)
TABLES = (
    "region", "compteur", "pot", "poste", "journal", "operation", "corps", "quarantaine", "sujet", "lot", "attribution",
    "nul", "litige", "litige_carnet", "evenement", "etat_bloc",
)  # fmt: skip
CLES = [bytes([rang]) * 16 for rang in range(5)]
CHEMINS = {"/v1/sync": traiter_sync, "/v1/enrolement": traiter_demande, "/v1/enrolement/etat": traiter_etat}
Seuls = Callable[[pytest.MonkeyPatch], None]


def _traiter(region: Region, demande: Any) -> tuple[int, Any, bytes]:
    http = HttpRequest(demande.method, demande.url, demande.headers, demande.body)
    reponse = CHEMINS[demande.url.removeprefix(URL)](region, http)
    return reponse.status, reponse.headers, reponse.body


@pytest.fixture
def depart(tmp_path: Path, racine: Racine, horloge: HorlogeFixe) -> tuple[Path, list[PosteFactice]]:
    """A Region to begin with, and two of its desks, with lots."""
    region = initialiser(tmp_path / "depart", racine, horloge)
    ouvrir_campagne(region, racine, replace(CAMPAGNE, dernier_jour=fin_prochaine(horloge)), stock=1000)
    postes = []
    for nom in ("Lens", "Creil"):
        poste = PosteFactice(lambda demande: _traiter(region, demande))
        code = proposer_code(region, nom)
        poste.demander(code)
        accepter(region, code[:4])
        poste.ou_en_est()
        postes.append(poste)
    for taille in (10, 5):
        for poste in postes:
            doter_poste(region, poste.device, taille=taille, carnets=10)
    region.fermer()
    return tmp_path / "depart", postes


def _un_acte(alea: random.Random, poste: PosteFactice, rang: int) -> None:
    """An act of a desk: plain most of the time, else anything that may follow."""
    sujet = f"p{alea.randrange(6)}"
    numero, taille = alea.choice([(alea.randrange(1, 21), 10), (alea.randrange(21, 41), 5)])
    carnet = {"campagne": 12, "numero": numero}
    gestes: list[tuple[int, Callable[[], object]]] = [
        (8, lambda: poste.inscrire(sujet, alea.choice([*CLES, None]))),
        (4, lambda: poste.inscrire(f"q{rang}", rang.to_bytes(16, "big"))),
        (8, lambda: poste.accorder(sujet, numero, taille)),
        (4, lambda: poste.accorder(f"q{rang - 1}", numero, taille)),
        (1, lambda: poste.accorder(sujet, numero, taille, homonyme="jumeaux")),
        (1, lambda: poste.accorder(sujet, numero, taille, v=2, remplace={"campagne": 12, "numero": numero - 1})),
        (1, lambda: poste.accorder(sujet, numero, 15 - taille)),
        (6, lambda: poste.ecrire("carnet.remettre", sujet, carnet, v=alea.choice([1, 1, 2]))),
        (6, lambda: poste.ecrire("demande.deposer", sujet, {"note": "suite"})),
        (2, lambda: poste.ecrire("justificatif.constater", sujet, b"\xff")),
        (1, lambda: poste.ecrire("demain.inconnu", sujet, {})),
        (1, lambda: poste.ecrire("personne.modifier", sujet, {"cle": alea.choice(CLES)})),
        (1, lambda: poste.ecrire("personne.modifier", sujet, {"cle": b"court"})),
        (1, lambda: poste.ecrire("personne.fusionner", sujet, {"absorbee": f"p{alea.randrange(6)}"})),
        (1, lambda: poste.ecrire("personne.fusionner", sujet, {"absorbee": "p1", "annule": True}, v=2)),
        (1, lambda: poste.ecrire("personne.effacer", sujet, {"cle": None})),
        (2, lambda: poste.ecrire("carnet.declarer_perdu", sujet, carnet)),
        (2, lambda: poste.ecrire("carnet.gacher", sujet, carnet)),
        (1, lambda: poste.ecrire("attribution.annuler", sujet, {"attribution": f"attribution-{numero}"})),
        (1, lambda: poste.ecrire("poste.epoque", "poste", {"epoch": 1})),
    ]  # fmt: skip
    alea.choices([geste for _, geste in gestes], [poids for poids, _ in gestes])[0]()


def _contenu(region: Region) -> dict[str, list[tuple[object, ...]]]:
    """Every row; sealed bytes as what they hold."""
    lu: dict[str, list[tuple[object, ...]]] = {}
    with region.magasin.lire() as tx:
        for table in TABLES:
            lu[table] = sorted(tx.toutes(f"SELECT * FROM {table}"), key=repr)
    cle = region.cles.corps
    lu["corps"] = [(d, e, s, decrypt(cle, scelle, d, e, s)) for d, e, s, scelle in lu["corps"]]  # type: ignore[arg-type]
    lu["region"] = [rangee for rangee in lu["region"] if rangee[0] != "menage"]
    return lu


def _un_par_un(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ordinaires, "prendre", lambda *_: False)


def _refuses_ensemble(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(self: Ordinaires, attente: object) -> None:
        self._tx.faire("INSERT INTO sujet (device, sujet) VALUES ('refuse', 'avec le reste')")
        raise RegleRompueError

    monkeypatch.setattr(Ordinaires, "_ecrire", refuser)


@pytest.mark.parametrize("autrement", [_un_par_un, _refuses_ensemble])
def test_together_or_one_by_one_the_region_holds_the_same(
    depart: tuple[Path, list[PosteFactice]], horloge: HorlogeFixe, autrement: Seuls
) -> None:
    pris: Counter[bool] = Counter()
    vrai = Ordinaires.prendre

    def compter(self: Ordinaires, rang: int) -> bool:
        ordinaire = vrai(self, rang)
        pris[ordinaire] += 1
        return ordinaire

    for graine in GRAINES:
        alea = random.Random(graine)
        dossier, postes = depart[0].with_name(f"region-{graine}"), [replace(poste, log=[]) for poste in depart[1]]
        une, autre = (
            ouvrir_region(Path(shutil.copytree(depart[0], dossier.with_name(f"{dossier.name}-{nom}"))), horloge)
            for nom in ("une", "autre")
        )
        for poste in postes * 2:
            premier = len(poste.log)
            for _ in range(25):
                _un_acte(alea, poste, len(poste.log))
            demande = poste.preparer(poste.log[premier:])
            with pytest.MonkeyPatch.context() as ensemble:
                ensemble.setattr(Ordinaires, "prendre", compter)
                poste.envoi = lambda demande, region=une: _traiter(region, demande)
                attendu = poste.envoyer(demande)
            with pytest.MonkeyPatch.context() as seuls:
                autrement(seuls)
                poste.envoi = lambda demande, region=autre: _traiter(region, demande)
                assert poste.envoyer(demande) == attendu
            assert _contenu(une) == _contenu(autre), graine
        une.fermer()
        autre.fermer()
    assert min(pris.values()) > 200, "both ways were taken"
