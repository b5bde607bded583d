"""Every sentence of the visit's screens: French typography, the desk's words, nothing gendered or technical."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import passdesk.ui
from passdesk.domain import noms_compares, ressemblance
from passdesk.domain.demande import PRESCRIPTEURS, PUBLICS, TYPES_JUSTIFICATIF
from passdesk.domain.naissances import Ecart
from passdesk.domain.ressemblance import Indice
from passdesk.domain.saisie_date import CODES_DATE
from passdesk.services.telephone import CODES_TELEPHONE
from passdesk.ui.messages import MESSAGES, message
from passdesk.ui.messages import visite as messages_visite
from passdesk.ui.visite import textes
from passdesk.ui.visite.raisons import raisons

RACINE = Path(passdesk.ui.__file__).parent
INTERDITS = re.compile(
    r"\b(erreur|échec|invalide|synchronisation|serveur|conflit|version|null|code(?! posta)|veuillez|oups|"
    r"née?|accompagnée?)\b",
    re.I,
)


def phrases(dossier: str) -> Iterator[str]:
    """The string constants of the screens, docstrings left out: those with a space or an accent are for people."""
    for fichier in sorted((RACINE / dossier).glob("*.py")):
        arbre = ast.parse(fichier.read_text(encoding="utf-8"))
        docs = {
            id(n.body[0].value)
            for n in ast.walk(arbre)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef) and n.body and isinstance(n.body[0], ast.Expr)
        }
        docs |= {id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
        for noeud in ast.walk(arbre):
            if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in docs:
                yield noeud.value


@pytest.mark.parametrize("dossier", ["visite", "impression", "remise"])
def test_la_typographie_est_francaise(dossier: str) -> None:
    fautives = [p for p in phrases(dossier) if re.search(r" [:;?!»€%]|« |'|\u202f|\d (ans|pass|mois)\b", p)]
    assert fautives == []


@pytest.mark.parametrize("dossier", ["visite", "impression", "remise"])
def test_les_mots_sont_ceux_du_guichet(dossier: str) -> None:
    longues = [p for p in phrases(dossier) if " " in p.strip() or "\u00a0" in p]
    assert len(longues) > 5
    assert [p for p in longues if INTERDITS.search(p) or "!" in p] == []


def test_les_phrases_de_la_visite_sont_courtes_et_sans_jargon() -> None:
    for code in messages_visite.MESSAGES:
        phrase = str(message(code, taille=5))
        assert not INTERDITS.search(phrase), phrase
        assert all(len(morceau.split()) <= 15 for morceau in re.split(r"[.?]", phrase)), phrase


def test_chaque_mot_du_domaine_a_son_libelle() -> None:
    assert set(textes.PUBLICS) == set(PUBLICS)
    assert set(textes.PRESCRIPTEURS) == set(PRESCRIPTEURS)
    assert set(textes.PIECES) == set(TYPES_JUSTIFICATIF)
    assert {*CODES_DATE, *CODES_TELEPHONE} <= set(MESSAGES)


def test_chaque_raison_d_une_ressemblance_a_sa_phrase() -> None:
    dites = set(re.findall(r'Indice\("(\w+)"', inspect.getsource(ressemblance)))
    prenoms = set(re.findall(r'Degre\([^"]*"(\w+)"\)', inspect.getsource(noms_compares)))
    assert {"nom_change", "nom_usage_seul"} <= dites and {"autrement", "abrege", "forme"} <= prenoms
    for code in {*dites, *(f"prenom_{raison}" for raison in prenoms), *(ecart.code for ecart in Ecart)}:
        assert raisons([Indice(code)]).endswith("."), code


@pytest.mark.parametrize(
    ("indice", "phrase"),
    [
        (Indice("prenom_forme", "Khaled", "Khalid"), "Deux formes d’un prénom\u00a0: Khaled / Khalid."),
        (Indice("nom_change", "Delobel", "Caby"), "Nom différent, changé peut-être\u00a0: Delobel / Caby."),
        (
            Indice("nom_usage_seul", "Delobel", "Caby"),
            "Même nom d’usage, noms de naissance différents\u00a0: Delobel / Caby.",
        ),
        (Indice("naissance_premier_janvier"), "Même année de naissance, 1er janvier sur l’une des fiches."),
        (Indice("naissance_voisine"), "Dates de naissance voisines."),
    ],
)
def test_une_raison_dit_ce_qui_differe(indice: Indice, phrase: str) -> None:
    assert raisons([indice]) == phrase
