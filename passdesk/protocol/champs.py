"""Strict, bounded reading of CBOR messages: any surprise is one refusal, `message_illisible`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from passdesk.domain.erreurs import SaisieRefusee

T = TypeVar("T")

ENTIER_MAX = 2**63 - 1


def illisible(detail: str) -> SaisieRefusee:
    """The refusal of a message; `detail` names the field for a developer, never its content."""
    return SaisieRefusee("message_illisible", detail=detail)


class Champs:
    """The fields of one map, each read once with its type and bounds; `fin` refuses what nobody asked for."""

    __slots__ = ("_restants",)

    def __init__(self, valeur: object) -> None:
        if not isinstance(valeur, dict) or not set(map(type, valeur)) <= {str}:
            raise illisible("carte")
        self._restants: dict[str, object] = dict(valeur)

    def _prendre(self, nom: str) -> object:
        if nom not in self._restants:
            raise illisible(nom)
        return self._restants.pop(nom)

    def entier(self, nom: str, mini: int = 0, maxi: int = ENTIER_MAX) -> int:
        """A whole number within the bounds, both included."""
        return _entier(self._prendre(nom), nom, mini, maxi)

    def octets(self, nom: str, taille: int | None = None, maxi: int = 64) -> bytes:
        """A byte string of exactly `taille` bytes, or at most `maxi`."""
        valeur = self._prendre(nom)
        if not isinstance(valeur, bytes) or (len(valeur) != taille if taille is not None else len(valeur) > maxi):
            raise illisible(nom)
        return valeur

    def texte(self, nom: str, maxi: int = 64) -> str:
        """A text of at most `maxi` characters."""
        valeur = self._prendre(nom)
        if not isinstance(valeur, str) or len(valeur) > maxi:
            raise illisible(nom)
        return valeur

    def texte_ou_rien(self, nom: str, maxi: int = 64) -> str | None:
        """A text of at most `maxi` characters, or null."""
        if self._restants.get(nom, "") is None:
            del self._restants[nom]
            return None
        return self.texte(nom, maxi)

    def texte_si_ecrit(self, nom: str, maxi: int = 64) -> str:
        """A text of at most `maxi` characters; "" when the key is not there."""
        return self.texte(nom, maxi) if nom in self._restants else ""

    def textes_si_ecrits(self, nom: str, maxi: int = 64) -> tuple[str, ...]:
        """A list of texts of at most `maxi` characters; none when the key is not there."""
        valeur = self._restants.pop(nom, [])
        if not isinstance(valeur, list) or not all(isinstance(v, str) and len(v) <= maxi for v in valeur):
            raise illisible(nom)
        return tuple(valeur)

    def octets_ou_rien(self, nom: str, taille: int) -> bytes | None:
        """A byte string of exactly `taille` bytes, or null, or nothing at all."""
        if self._restants.get(nom) is None:
            self._restants.pop(nom, None)
            return None
        return self.octets(nom, taille)

    def choix(self, nom: str, permis: tuple[str, ...]) -> str:
        """One of the texts of a closed list."""
        valeur = self.texte(nom)
        if valeur not in permis:
            raise illisible(nom)
        return valeur

    def vrai(self, nom: str) -> bool:
        """A boolean."""
        valeur = self._prendre(nom)
        if not isinstance(valeur, bool):
            raise illisible(nom)
        return valeur

    def jour(self, nom: str) -> date:
        """A calendar day written AAAA-MM-JJ."""
        texte = self.texte(nom, 10)
        try:
            jour = date.fromisoformat(texte)
        except ValueError:
            raise illisible(nom) from None
        if jour.isoformat() != texte:
            raise illisible(nom)
        return jour

    def liste(self, nom: str, lire: Callable[[object], T], maxi: int) -> tuple[T, ...]:
        """A list of at most `maxi` members, each read by `lire`."""
        valeur = self._prendre(nom)
        if not isinstance(valeur, list) or len(valeur) > maxi:
            raise illisible(nom)
        return tuple(lire(membre) for membre in valeur)

    def rangee(self, nom: str, taille: int) -> Champs:
        """A nested list of exactly `taille` members, read as fields named "0", "1", …"""
        return _rangee(self._prendre(nom), taille)

    def rangee_si_ecrite(self, nom: str, taille: int) -> Champs | None:
        """The same; None when the key is not there."""
        return self.rangee(nom, taille) if nom in self._restants else None

    def rangees(self, nom: str, taille: int, maxi: int) -> tuple[Champs, ...]:
        """A list of at most `maxi` rows of `taille` members."""
        return self.liste(nom, lambda membre: _rangee(membre, taille), maxi)

    def cartes(self, nom: str, maxi: int) -> tuple[Champs, ...]:
        """A list of at most `maxi` maps."""
        return self.liste(nom, Champs, maxi)

    def carte(self, nom: str) -> Champs:
        """A nested map."""
        return Champs(self._prendre(nom))

    def rien(self, nom: str) -> bool:
        """True for null, which is then read."""
        if self._restants.get(nom, "") is not None:
            return False
        del self._restants[nom]
        return True

    def carte_ou_rien(self, nom: str) -> Champs | None:
        """A nested map, or null."""
        valeur = self._prendre(nom)
        return None if valeur is None else Champs(valeur)

    def fin(self) -> None:
        """Refuses fields that nobody read: a newer message says so by its version."""
        if self._restants:
            raise illisible("champ_inconnu")


def _rangee(valeur: object, taille: int) -> Champs:
    if not isinstance(valeur, list) or len(valeur) != taille:
        raise illisible("liste")
    return Champs({str(rang): membre for rang, membre in enumerate(valeur)})


def _entier(valeur: object, nom: str, mini: int, maxi: int) -> int:
    if not isinstance(valeur, int) or isinstance(valeur, bool) or not mini <= valeur <= maxi:
        raise illisible(nom)
    return valeur


def entier_entre(mini: int, maxi: int) -> Callable[[object], int]:
    """A reader of list members that are whole numbers within bounds."""
    return lambda valeur: _entier(valeur, "liste", mini, maxi)


def texte_court(valeur: object) -> str:
    """A reader of list members that are texts of at most 120 characters."""
    if not isinstance(valeur, str) or len(valeur) > 120:
        raise illisible("liste")
    return valeur


def octets_bornes(maxi: int) -> Callable[[object], bytes]:
    """A reader of list members that are byte strings of at most `maxi` bytes."""

    def lire(valeur: object) -> bytes:
        if not isinstance(valeur, bytes) or len(valeur) > maxi:
            raise illisible("liste")
        return valeur

    return lire
