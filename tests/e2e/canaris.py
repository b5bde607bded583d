"""How a person of the demonstration would show in bytes or in a text: names, birth date, phone and commune."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from passdesk.demonstration.visites import lire_visites
from passdesk.domain.commune import Communes, lire_communes
from passdesk.domain.francais import date_longue
from passdesk.domain.personne import texte_recherche
from passdesk.ressources import chemin

ENTIERS = ("lieu_naissance", "adresse", "complement_adresse", "courriel", "langue", "note")
"""What is looked for as a whole: its words alone are everybody's."""

COURT = 5
"""Bytes from which a word is looked for as it is: a shorter one turns up by chance in what is encrypted."""


def identites() -> list[Mapping[str, Any]]:
    """Everybody in the script of the demonstration, dates set around today."""
    visites = lire_visites(datetime.now().astimezone().date())
    return list({visite.identite["nom_naissance"]: visite.identite for visite in visites}.values())


def _sans_accents(texte: str) -> str:
    decompose = unicodedata.normalize("NFD", texte)
    return "".join(signe for signe in decompose if not unicodedata.combining(signe))


def _noms(texte: str) -> set[str]:
    """A name as typed, without accents, in capitals, decomposed, and each word of it."""
    morceaux = {texte, texte.replace("’", "'"), *re.split(r"[\s,]+", texte)}
    return {forme for morceau in morceaux for forme in _formes(morceau)} | {texte_recherche(texte)}


def _formes(texte: str) -> set[str]:
    """As typed, without accents, decomposed, in capitals and in small letters."""
    formes = {texte, _sans_accents(texte), unicodedata.normalize("NFD", texte)}
    return {f for forme in formes for f in (forme, forme.upper(), forme.lower())}


def _dates(texte: str) -> set[str]:
    jour = datetime.strptime(texte, "%d/%m/%Y").date()  # noqa: DTZ007 (a day)
    modeles = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y%m%d", "%d%m%Y", "%d/%m/%y")
    return {jour.strftime(modele) for modele in modeles} | {date_longue(jour)}


def _telephones(texte: str) -> set[str]:
    if not texte:
        return set()
    chiffres = re.sub(r"\D", "", texte)
    national = chiffres.removeprefix("33") if texte.startswith("+33") else chiffres.removeprefix("0")
    formes = {texte, chiffres, f"0{national}", f"+33{national}", f"0033{national}", f"33{national}"}
    paires = re.findall("..", chiffres)
    return formes | {separateur.join(paires) for separateur in (" ", ".", "-", "\u00a0", "\u202f")}


@cache
def _communes() -> Communes:
    return lire_communes(chemin("communes", "communes.csv").read_text(encoding="utf-8"))


def nom_de_commune(insee: str) -> str:
    """The commune's name: that of the list shipped, or of the one home out of the region."""
    trouvee = _communes().par_code(insee)
    return trouvee.nom if trouvee else {"75056": "Paris"}[insee]


def canaris(personnes: Iterable[Mapping[str, Any]] | None = None) -> set[str]:
    """Everything that must be read nowhere, in many spellings."""
    trouves: set[str] = set()
    for identite in personnes if personnes is not None else identites():
        trouves |= _noms(identite["nom_naissance"]) | _noms(identite["prenoms"])
        trouves |= _dates(identite["naissance"]) | _telephones(identite["telephone"])
        trouves |= _noms(identite.get("nom_usage", ""))
        trouves |= {forme for champ in ENTIERS for forme in _formes(identite.get(champ, ""))}
        commune = nom_de_commune(identite["commune"])
        trouves |= {commune, commune.upper(), _sans_accents(commune), _sans_accents(commune).upper()}
    return {canari for canari in trouves if len(canari) > 2}


def tus_sur_une_lettre() -> set[str]:
    """What a letter says of nobody: it shows a name and, where there is a street, the address."""
    trouves: set[str] = set()
    for identite in identites():
        trouves |= _dates(identite["naissance"]) | _telephones(identite["telephone"])
        trouves |= {
            f for champ in ("lieu_naissance", "courriel", "langue", "note") for f in _formes(identite.get(champ, ""))
        }
    return {canari for canari in trouves if len(canari) > 2}


def insee(personnes: Iterable[Mapping[str, Any]] | None = None) -> set[str]:
    """The INSEE numbers of their homes."""
    return {identite["commune"] for identite in (personnes if personnes is not None else identites())}


def postaux() -> set[str]:
    """Their postal codes; a cover may bear one, as that of a place nearby."""
    return {identite["code_postal"] for identite in identites() if "code_postal" in identite}


def motif_binaire(mots: Iterable[str]) -> re.Pattern[bytes]:
    """Finds the words in raw bytes: UTF-8, Latin-1, UTF-16; a short word as JSON or CBOR would write it.

    In CBOR three letters are four bytes, which two megabytes of encrypted pages hold by chance once in three hundred
    runs: they count behind the end of a field's name, where what is written in clear has them.
    """
    formes: set[bytes] = set()
    champs: set[bytes] = set()
    for mot in mots:
        for codage in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
            try:
                octets = mot.encode(codage)
            except UnicodeEncodeError:
                continue
            if len(octets) >= COURT:
                formes.add(octets)
        court = mot.encode()
        if len(court) < COURT:
            (champs if len(court) < COURT - 1 else formes).add(bytes([0x60 + len(court)]) + court)
            formes |= {b'"' + court + b'"', b" " + court + b" "}
    motifs = [re.escape(forme) for forme in sorted(formes, key=len, reverse=True)]
    return re.compile(b"|".join(motifs + [b"(?<=[a-z_]{2})" + re.escape(champ) for champ in sorted(champs)]))


def motif_texte(mots: Iterable[str]) -> re.Pattern[str]:
    """Finds the words in a text, whole."""
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(m) for m in sorted(mots, key=len, reverse=True)) + r")(?!\w)")


def fichiers(*dossiers: Path) -> Iterator[Path]:
    """Every file below."""
    for dossier in dossiers:
        yield from (chemin for chemin in sorted(dossier.rglob("*")) if chemin.is_file())
