"""The manual as it lies in `resources/aide`: its pages in the order of `sommaire.md`, and the search over all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from passdesk.domain.francais import typographie
from passdesk.domain.phonetique import replier
from passdesk.ressources import chemin

DOSSIER, SOMMAIRE = "aide", "sommaire.md"
LIEN = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.md\)")
IMAGE = re.compile(r"^!\[([^\]]+)\]\(images/([\w-]+\.png)\)$", re.MULTILINE)
"""A picture stands alone on its line; what is between brackets is written under it."""
_MARQUES = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|^#+ |^\s*(?:[-*]|\d+\.) |^\|[-|: ]+\|$|[*`|]", re.MULTILINE)
EXTRAIT = 90
"""Signs shown of the place where a word was found, about."""


@dataclass(frozen=True, slots=True)
class PageManuel:
    """`nom`: the file's name without its end, which links and screens use; `texte`: Markdown, its title included."""

    nom: str
    titre: str
    section: str
    texte: str = field(repr=False)
    lu: str = field(repr=False)
    """The words alone, a line each."""

    @property
    def images(self) -> tuple[str, ...]:
        """Names of the files of its pictures."""
        return tuple(nom for _, nom in IMAGE.findall(self.texte))


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """A page that holds all the words; `extrait`: the first line that holds one of them, "" for the title."""

    page: PageManuel
    extrait: str


@dataclass(frozen=True, slots=True)
class Manuel:
    """Pages in their order."""

    pages: tuple[PageManuel, ...]

    def page(self, nom: str) -> PageManuel | None:
        """The page of that name."""
        return next((page for page in self.pages if page.nom == nom), None)

    def chercher(self, cherche: str) -> tuple[Trouvaille, ...]:
        """Pages where every word begins some word, accents and case aside; those that say it in their title first."""
        mots = replier(cherche).split()
        if not mots:
            return ()
        trouvees = [page for page in self.pages if _tous(mots, page.lu)]
        trouvees.sort(key=lambda page: (not _tous(mots, page.titre), not _l_un(mots, page.titre)))
        return tuple(Trouvaille(page, _extrait(page, mots)) for page in trouvees)


def load_manuel(dossier: Path | None = None) -> Manuel:
    """Reads every page that `sommaire.md` names. Raises OSError."""
    racine = dossier or chemin(DOSSIER)
    section, pages = "", []
    for ligne in (racine / SOMMAIRE).read_text(encoding="utf-8").splitlines():
        if ligne.startswith("## "):
            section = typographie(ligne[3:].strip())
        elif (lien := LIEN.search(ligne)) is not None:
            pages.append(_lire(racine / f"{lien[2]}.md", section))
    return Manuel(tuple(pages))


@cache
def manuel_livre() -> Manuel:
    """The manual of this program, read once: in a worker, before it is asked for. Raises OSError."""
    return load_manuel()


def _lire(fichier: Path, section: str) -> PageManuel:
    texte = "\n".join(typographie(ligne) for ligne in fichier.read_text(encoding="utf-8").splitlines())
    titre = texte.split("\n", 1)[0].removeprefix("# ").strip()
    mots = _MARQUES.sub(lambda m: m[1] or "", texte)
    lu = "\n".join(re.sub(" +", " ", ligne).strip() for ligne in mots.splitlines() if ligne.strip())
    return PageManuel(fichier.stem, titre, section, texte, lu)


@lru_cache(maxsize=8192)
def _plier(texte: str) -> str:
    """Each word after a space. Pages and lines are the same at every letter typed: folded once."""
    return f" {replier(texte)}"


def _tous(mots: list[str], texte: str) -> bool:
    return all(f" {mot}" in _plier(texte) for mot in mots)


def _l_un(mots: list[str], texte: str) -> bool:
    return any(f" {mot}" in _plier(texte) for mot in mots)


def _extrait(page: PageManuel, mots: list[str]) -> str:
    lignes = [ligne for ligne in page.lu.splitlines()[1:] if _l_un(mots, ligne)]
    if not lignes:
        return ""
    ligne = max(lignes, key=lambda ligne: sum(_l_un([mot], ligne) for mot in mots))
    if len(ligne) <= EXTRAIT:
        return ligne
    plie = [_l_un(mots, mot) for mot in ligne.split(" ")]
    morceaux = ligne.split(" ")
    debut = fin = plie.index(True) if True in plie else 0
    while len(" ".join(morceaux[debut:fin])) < EXTRAIT and (debut > 0 or fin < len(morceaux)):
        debut, fin = max(0, debut - 1), min(len(morceaux), fin + 1)
    tete, queue = "… " if debut else "", " …" if fin < len(morceaux) else ""
    return f"{tete}{' '.join(morceaux[debut:fin])}{queue}"
