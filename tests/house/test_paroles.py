"""What people are told: every code has its sentence, in the desk's words and in good French."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from string import Formatter

import pytest

from passdesk.ui.messages import FAMILLES, MESSAGES, Message, message
from tests.house.lecture import arbre, modules, nom, textes

MOTS_INTERDITS = re.compile(
    r"\b(erreurs?|échecs?|échoué\w*|invalides?|synchronis\w+|bases?|serveurs?|conflits?|versions?|null|codes?|oups|veuillez)\b",
    re.IGNORECASE,
)
PERMIS = re.compile(r"code postal|code QR|QR code|personne n['’]a fait d['’]erreur", re.IGNORECASE)
GENRE = re.compile(r"(?i:\bnée?s? (le|en|à)\b|\baccompagnée?s? (de|par)\b)|\(e\)|·e\b|\b(Madame|Monsieur|Mme)\b")
"""What would say whether a person is a woman or a man: it is not asked (guide §1)."""
MOTS_AU_PLUS = 20
ERREURS_CONNUES = {"KnownError", "SaisieRefusee", "PanneAttendue", "BaseFermee"}


def _codes_leves() -> Iterator[tuple[str, str]]:
    for module in modules():
        for noeud in ast.walk(arbre(module)):
            if isinstance(noeud, ast.Call) and noeud.args:
                fonction = noeud.func
                appele = fonction.id if isinstance(fonction, ast.Name) else getattr(fonction, "attr", "")
                premier = noeud.args[0]
                if appele in ERREURS_CONNUES and isinstance(premier, ast.Constant):
                    yield f"{nom(module)}:{noeud.lineno}", str(premier.value)


def _phrases() -> list[tuple[str, str, str]]:
    phrases = []
    for famille, messages in FAMILLES.items():
        for code, modele in messages.items():
            champs = {n: "x" for partie in _parties(modele) for _, n, _, _ in Formatter().parse(partie) if n}
            phrases += [(famille, code, partie) for partie in _parties(message(code, **champs)) if partie]
    return phrases


def _parties(texte: Message) -> tuple[str, str, str]:
    return texte.quoi, texte.sur, texte.faire


def test_every_known_trouble_has_its_sentence() -> None:
    sans = sorted({f"{code} ({ou})" for ou, code in _codes_leves() if code not in MESSAGES})
    assert sans == []


def test_no_code_belongs_to_two_families() -> None:
    assert sum(len(messages) for messages in FAMILLES.values()) == len(MESSAGES)


def test_sentences_use_the_words_of_the_desk() -> None:
    # The Region's agents run a server and a base: their own sentences may say so.
    fautes = [
        f"{code}: {phrase}"
        for famille, code, phrase in _phrases()
        if famille != "region" and MOTS_INTERDITS.search(PERMIS.sub("", phrase))
    ]
    assert fautes == []


def test_labels_of_the_screens_use_the_words_of_the_desk() -> None:
    fautes = [
        f"{nom(module)}:{ligne} {texte!r}"
        for module in modules("ui")
        for ligne, texte in textes(module)
        if " " in texte.strip() and texte.strip()[:1].isupper() and MOTS_INTERDITS.search(PERMIS.sub("", texte))
    ]
    assert fautes == []


def _etiquettes() -> list[tuple[str, str]]:
    """(where, text) of what the screens say beside the messages: several words that begin with a capital."""
    return [
        (f"{nom(module)}:{ligne}", texte)
        for module in modules("ui")
        for ligne, texte in textes(module)
        if " " in texte.strip() and texte.strip()[:1].isupper() and "{ " not in texte
    ]


def test_no_sentence_is_long() -> None:
    """Guide §6: under 15 words, 20 where three things must be named; a person reads them standing."""
    dites = [(f"{famille} {code}", phrase) for famille, code, phrase in _phrases()] + _etiquettes()
    longues = [
        f"{ou}: {phrase}"
        for ou, texte in dites
        for phrase in re.split(r"(?<=[.?…])\s+(?=[A-ZÀÉ«{])", texte)
        if len(re.findall(r"\S*\w\S*", phrase)) > MOTS_AU_PLUS
    ]
    assert longues == []


def test_nobody_is_shouted_at_nor_given_a_gender() -> None:
    dites = [(f"{famille} {code}", phrase) for famille, code, phrase in _phrases()] + _etiquettes()
    assert [f"{ou}: {texte}" for ou, texte in dites if GENRE.search(texte) or "!" in texte] == []


def test_sentences_are_well_written() -> None:
    fautes = []
    for _, code, phrase in _phrases():
        if re.search(r"[\u202f'!]|  |(?<![\u00a0\s])[;?»€%]|(?<=\w):(?=\s)| [:;?»€%]|«(?!\u00a0)", phrase):
            fautes.append(f"{code}: {phrase}")
        if not re.search(r"[.…?»]$|x$", phrase) or (phrase[0].islower() and not phrase.startswith("x")):
            fautes.append(f"{code} (début ou fin): {phrase}")
    assert fautes == []


def test_sentences_need_no_screen() -> None:
    programme = "import passdesk.ui.messages, sys; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0


@pytest.mark.parametrize("code", ["code_que_personne_n_a_ecrit"])
def test_an_unknown_code_still_speaks_calmly(code: str) -> None:
    phrase = str(message(code))
    assert phrase
    assert not MOTS_INTERDITS.search(phrase.replace(code, ""))
