"""Strict reading of a TOML file: each key is asked for by name and type, whatever is left over is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from passdesk.domain.erreurs import SaisieRefusee

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_CLE = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_LIGNE = re.compile(r"line (\d+)")

Chemin = tuple[str | int, ...]

ENTIER_MAX = 100_000_000


class Table:
    """One table of the file, emptied key by key; `fermer` refuses the keys nobody asked for."""

    def __init__(self, fichier: Fichier, chemin: Chemin, valeurs: Mapping[str, Any]) -> None:
        self._fichier = fichier
        self._chemin = chemin
        self._reste = dict(valeurs)

    def __contains__(self, cle: str) -> bool:
        return cle in self._reste

    def refuser(self, cle: str, raison: str) -> SaisieRefusee:
        """The refusal to raise about a key of this table, or a path below it ("a.b"); `raison` is a code."""
        return self._fichier.refuser(self._vers(cle), raison)

    def texte(self, cle: str, liste: Sequence[str] | None = None) -> str:
        """A text that is not empty, one of `liste` when given. Raises SaisieRefusee."""
        valeur = self._prendre(cle)
        if not isinstance(valeur, str):
            raise self.refuser(cle, "texte")
        if not valeur.strip():
            raise self.refuser(cle, "texte_vide")
        if liste is not None and valeur not in liste:
            raise self.refuser(cle, "hors_liste")
        return valeur

    def contredire(self, cle: str, autre: str, raison: str) -> SaisieRefusee:
        """The refusal to raise about two keys of the file that cannot stand together, each with its path from here."""
        return self._fichier.contredire(self._vers(cle), self._vers(autre), raison)

    def _vers(self, cle: str) -> Chemin:
        return (*self._chemin, *(int(partie) - 1 if partie.isdecimal() else partie for partie in cle.split(".")))

    def entier(self, cle: str, maxi: int = ENTIER_MAX) -> int:
        """A whole number from zero to `maxi`. Raises SaisieRefusee."""
        valeur = self._prendre(cle)
        if isinstance(valeur, bool) or not isinstance(valeur, int) or valeur < 0:
            raise self.refuser(cle, "entier_positif")
        if valeur > maxi:
            raise self.refuser(cle, "entier_trop_grand")
        return valeur

    def booleen(self, cle: str) -> bool:
        """True or false. Raises SaisieRefusee."""
        valeur = self._prendre(cle)
        if not isinstance(valeur, bool):
            raise self.refuser(cle, "booleen")
        return valeur

    def jour(self, cle: str) -> date:
        """A day, written as a TOML date. Raises SaisieRefusee."""
        valeur = self._prendre(cle)
        if not isinstance(valeur, date) or isinstance(valeur, datetime):
            raise self.refuser(cle, "date")
        return valeur

    def est_un_jour(self, cle: str) -> bool:
        """True when the value is a TOML date; it stays to be asked for."""
        return isinstance(self._reste.get(cle), date)

    def textes(self, cle: str, liste: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of different texts, at least one, all of `liste` when given. Raises SaisieRefusee."""
        valeurs = self._liste(cle)
        textes = tuple(valeur for valeur in valeurs if isinstance(valeur, str) and valeur.strip())
        if len(textes) != len(valeurs):
            raise self.refuser(cle, "texte")
        if liste is not None and not set(textes) <= set(liste):
            raise self.refuser(cle, "hors_liste")
        return textes

    def entiers(self, cle: str) -> tuple[int, ...]:
        """A list of different whole numbers above zero, at least one. Raises SaisieRefusee."""
        valeurs = self._liste(cle)
        entiers = tuple(v for v in valeurs if isinstance(v, int) and not isinstance(v, bool) and v > 0)
        if len(entiers) != len(valeurs):
            raise self.refuser(cle, "entier_positif")
        return entiers

    def table(self, cle: str) -> Table:
        """A table inside this one. Raises SaisieRefusee."""
        valeur = self._prendre(cle)
        if not isinstance(valeur, dict):
            raise self.refuser(cle, "table")
        return Table(self._fichier, (*self._chemin, cle), valeur)

    def tables(self, cle: str) -> tuple[Table, ...]:
        """The tables of a list of tables, at least one, in the order of the file. Raises SaisieRefusee."""
        valeurs = self._prendre(cle)
        if not isinstance(valeurs, list) or not valeurs or not all(isinstance(v, dict) for v in valeurs):
            raise self.refuser(cle, "table")
        return tuple(Table(self._fichier, (*self._chemin, cle, rang), v) for rang, v in enumerate(valeurs))

    def fermer(self) -> None:
        """Raises SaisieRefusee for the first key that was never asked for."""
        for cle in self._reste:
            raise self.refuser(cle, "cle_inconnue")

    def _liste(self, cle: str) -> list[Any]:
        valeurs = self._prendre(cle)
        if not isinstance(valeurs, list) or not valeurs:
            raise self.refuser(cle, "liste")
        textes = [repr(valeur) for valeur in valeurs]
        if len(set(textes)) != len(textes):
            raise self.refuser(cle, "double")
        return valeurs

    def _prendre(self, cle: str) -> Any:
        if cle not in self._reste:
            raise self.refuser(cle, "cle_absente")
        return self._reste.pop(cle)


class Fichier:
    """A TOML text and where its keys stand, so that a refusal names the key and the line."""

    def __init__(self, texte: str, nom: str, code: str, contradiction: str) -> None:
        """`nom` is shown to people; `code` and `contradiction` are those of the refusals, about one key or two.

        Raises SaisieRefusee when it is not TOML.
        """
        self.nom = nom
        self._code, self._contradiction = code, contradiction
        self._texte = texte
        try:
            valeurs = tomllib.loads(texte)
        except tomllib.TOMLDecodeError as trouble:
            trouve = _LIGNE.search(str(trouble))
            ligne = int(trouve[1]) if trouve else texte.count("\n") + 1
            raise SaisieRefusee(code, nom=nom, ligne=ligne, detail=nom, raison="syntaxe") from None
        except RecursionError:
            raise SaisieRefusee(code, nom=nom, ligne=1, detail=nom, raison="trop_profond") from None
        except ValueError:
            # Only a number of thousands of digits is left here: Python refuses to convert it.
            raise SaisieRefusee(code, nom=nom, ligne=1, detail=nom, raison="nombre_demesure") from None
        self.racine = Table(self, (), valeurs)

    def refuser(self, chemin: Chemin, raison: str) -> SaisieRefusee:
        """The refusal of a key: its path ("quantite.plafond"), the line of the nearest key that is in the file."""
        ligne, detail = self._ligne(chemin), _ecrire(chemin)
        return SaisieRefusee(self._code, nom=self.nom, ligne=ligne, detail=detail, raison=raison)

    def contredire(self, chemin: Chemin, autre: Chemin, raison: str) -> SaisieRefusee:
        """The refusal of two keys that contradict each other, in the order of the file."""
        (ligne, detail), (ligne2, detail2) = sorted((self._ligne(c), _ecrire(c)) for c in (chemin, autre))
        faits: dict[str, str | int] = {"ligne": ligne, "detail": detail, "ligne2": ligne2, "detail2": detail2}
        return SaisieRefusee(self._contradiction, nom=self.nom, raison=raison, **faits)

    def _ligne(self, chemin: Chemin) -> int:
        places = self._places()
        for longueur in range(len(chemin), 0, -1):
            if chemin[:longueur] in places:
                return places[chemin[:longueur]]
        return 1

    def _places(self) -> dict[Chemin, int]:
        """The line of each table header and of each key that begins a line."""
        places: dict[Chemin, int] = {}
        table: Chemin = ()
        rangs: dict[str, int] = {}
        for numero, ligne in enumerate(self._texte.splitlines(), start=1):
            if entete := _TABLE.match(ligne):
                table = tuple(partie.strip().strip('"') for partie in entete[2].split("."))
                if entete[1] == "[[":
                    rangs[entete[2]] = rangs.get(entete[2], -1) + 1
                    places.setdefault(table, numero)
                    table = (*table, rangs[entete[2]])
                places.setdefault(table, numero)
            elif cle := _CLE.match(ligne):
                places.setdefault((*table, cle[1]), numero)
        return places


def _ecrire(chemin: Chemin) -> str:
    return ".".join(str(partie + 1) if isinstance(partie, int) else partie for partie in chemin)
