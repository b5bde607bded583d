"""How a name sounds, as French ears at a desk write it down; and the plain letters that are compared.

Written for this program (decision 0020): rules for French first, then what names of Flemish, Polish, Arabic, Portuguese
or Turkish origin become under a French pen (Walbecq, Valbeck; Mohamed, Muhammad; Kowalski, Kovalsky).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from passdesk.domain.personne import texte_recherche

# Letters that Unicode does not decompose: a Vietnamese, Turkish, Polish or Danish name is typed here without them.
_SANS_SIGNE = str.maketrans(
    {"đ": "d", "Đ": "D", "ð": "d", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ħ": "h", "æ": "ae", "Æ": "AE"}
)

# In order. Upper case is a sound that no single letter writes: S (ch), G (hard g), U (ou), E (é), A I O (nasal vowels).
_CONSONNES = (
    (r"[^a-z]", ""),
    (r"(.)\1+", r"\1"),
    (r"(?<=[pkt])rz", "r"),
    (r"szcz|shch|stch|tsch|tch|sch|cz|sz|sh|tsh", "S"),
    (r"ch(?=[lrnt]|$)", "k"),
    (r"ch", "S"),
    (r"ph", "f"),
    (r"dj|dg(?=[ei])", "j"),
    (r"gh|gu(?=[eiy])", "G"),
    (r"h", ""),
    (r"w|bv", "v"),
    (r"qu?|ck|cq", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"ge(?=[aou])|g(?=[eiy])", "j"),
    (r"gn", "n"),
    (r"G", "g"),
    (r"x$", ""),
    (r"x", "ks"),
    (r"z", "s"),
    (r"y", "i"),
    (r"(.)\1+", r"\1"),
)
_VOYELLES_ET_FINS = (
    (r"(?<=[^aeou])(?:er|ers|ert|erts|es|et|ets)$", "E"),
    (r"aul(?=[tdx]|$)|eau|au", "o"),
    (r"ou|oo", "U"),
    (r"oi", "oa"),
    (r"(?:ie|ai|ei)n(?![aeiouU])", "I"),
    (r"ai|ei|ae|oe|eu", "e"),
    (r"[ae][nm](?![aeiouUEn])", "A"),
    (r"[iu][nm](?![aeiouUEn])", "I"),
    (r"o[nm](?![aeiouUEn])", "O"),
    (r"(?<=[^AIO].)e$", ""),
    (r"(?<=..)[stdp]+$", ""),
    (r"E", "e"),
    (r"(.)\1+", r"\1"),
)
# How the letters of other alphabets are put into ours: Abdelouahab and Abdelwahab, Djaouida and Jawida.
_TRANSCRIPTIONS = (
    (r"tch|tsh|sh", "ch"),
    (r"dj|dg(?=[ei])", "j"),
    (r"kh|ck|qu?|c(?=[aou])", "k"),
    (r"gh|gu(?=[ei])", "g"),
    (r"ph", "f"),
    (r"(?<!c)h", ""),
    (r"ou|oo|w", "u"),
    (r"ee|y", "i"),
    (r"e$", ""),
    (r"(.)\1+", r"\1"),
)
_VOYELLE = re.compile("[aeiouUE]")
_NASALES = str.maketrans({"A": "n", "I": "n", "O": "n"})


def _passer(mot: str, regles: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for motif, par in regles:
        mot = motif.sub(par, mot)
    return mot


_REGLES_CONSONNES = tuple((re.compile(motif), par) for motif, par in _CONSONNES)
_REGLES_TRANSCRIPTIONS = tuple((re.compile(motif), par) for motif, par in _TRANSCRIPTIONS)
_REGLES_VOYELLES = tuple((re.compile(motif), par) for motif, par in _VOYELLES_ET_FINS)


def replier(texte: str) -> str:
    """The words of a text, folded to plain lower-case letters and digits."""
    return texte_recherche(texte.translate(_SANS_SIGNE))


@lru_cache(maxsize=50_000)
def son(mot: str) -> str:
    """The sound of one folded word; two writings of a name that sound alike give the same. "" for a word of digits."""
    return _passer(_passer(mot, _REGLES_CONSONNES), _REGLES_VOYELLES)


@lru_cache(maxsize=50_000)
def transcription(mot: str) -> str:
    """One folded word as whoever put it into our letters may have written it: the same for the usual ways."""
    return _passer(mot, _REGLES_TRANSCRIPTIONS)


@lru_cache(maxsize=50_000)
def consonnes(mot: str) -> str:
    """The consonants of one folded word: what stays when a name of elsewhere is written with other vowels.

    A first vowel stays as "a", or "Ali" would have one letter.
    """
    return _ossature(_passer(mot, _REGLES_CONSONNES))


@lru_cache(maxsize=50_000)
def ossature(mot: str) -> str:
    """The consonants that are heard: the coarsest key of a word, the same for every writing that sounds alike."""
    return _ossature(son(mot).translate(_NASALES))


def _ossature(bruit: str) -> str:
    return ("a" if _VOYELLE.match(bruit) else "") + _VOYELLE.sub("", bruit)
