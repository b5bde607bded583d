"""Persons from a spreadsheet, looked at before anything is written: each row gets a verdict and the reasons for it.

The work goes in short steps, so that the desk stays alive beside it: `Analyse.avancer` needs no base, `comparer` does.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from typing import TypeVar

from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.personne import Personne
from passdesk.domain.phonetique import replier
from passdesk.protocol.index_aveugle import cle_identite
from passdesk.services.fiche import cle_de
from passdesk.services.importer_colonnes import Colonnes
from passdesk.services.importer_communes import RepertoireCommunes
from passdesk.services.importer_lecture import Lecteur, Remarque, annee_de
from passdesk.services.poste import Poste
from passdesk.services.tableur import LigneLue, Tableau
from passdesk.storage import inventaire
from passdesk.storage.recherche import chiffres_telephone

PERSONNES_MAX = 2_000
"""Persons of one import. Each takes a tenth of a second for its blind key (protocol §6) and one operation to send."""

LIGNES_APPRISES = 500
"""Rows looked at first for what the whole column says of one cell."""

MEMES_MAX = 20
"""Rows of one key that the next ones are compared with: a file may hold the same name a hundred thousand times."""

PAS = 0.15
"""Seconds of one step."""

A_INSCRIRE, A_COMPLETER, RESSEMBLE, MEME_CLE, EFFACEE = "a_inscrire", "a_completer", "ressemble", "meme_cle", "effacee"
DEJA_INSCRITE, DOUBLON, ILLISIBLE, PLUS_TARD = "deja_inscrite", "doublon", "illisible", "plus_tard"
VERDICTS = (A_INSCRIRE, A_COMPLETER, RESSEMBLE, MEME_CLE, EFFACEE, DEJA_INSCRITE, DOUBLON, ILLISIBLE, PLUS_TARD)
"""What becomes of a row. `plus_tard`: it can be recorded, by another import after this one. `effacee`: a record of this
identity was erased here, its pass still count; nothing but the blind key is left to know it by. `meme_cle`: somebody
else has the same key (protocol §6) and other first names: a twin, a namesake or a slip, which a person tells."""

AUCUN, MEME, ABREGE, AUTRE = "", "meme", "abrege", "autre"
"""Who else has the key of a row: nobody, the same first names, these told in short or at length, other ones."""

_Cle = tuple[object, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LigneAnalysee:
    """A row and its verdict. `nom`: as read, to be shown; `personne`: to be recorded, None unless it is possible now.

    `autre`: the row of the same person (doublon), or of somebody with the same key (meme_cle; 0: somebody recorded
    here). `proche`: the name of somebody who may be the same person.
    """

    numero: int
    verdict: str
    nom: str = field(repr=False)
    remarques: tuple[Remarque, ...] = ()
    personne: Personne | None = field(default=None, repr=False)
    autre: int = 0
    proche: str = field(default="", repr=False)
    a_completer: bool = False
    """Something of it is still to be asked, whatever the verdict."""


class Reperes:
    """Who is recorded at this desk already, by identity: read once, in the thread of the base."""

    def __init__(self) -> None:
        self._exactes: dict[str, list[tuple[str, str]]] = {}
        self._sans_date: dict[_Cle, list[tuple[int | None, str, str]]] = {}
        self.vide = True
        self.effacees: frozenset[bytes] = frozenset()
        """Blind keys of the persons erased here who had pass (protocol §8)."""

    def noter(self, inscrite: inventaire.IdentiteInscrite) -> None:
        """Adds somebody recorded."""
        self.vide = False
        jour = date.fromisoformat(inscrite.naissance) if inscrite.naissance else None
        if jour is not None:
            cle = cle_identite(inscrite.nom_naissance, inscrite.prenoms, jour)
            self._exactes.setdefault(cle, []).append((inscrite.prenoms, inscrite.nom_naissance))
            return
        annee = annee_de(Personne("", "", "", note=inscrite.note))
        noms = (replier(inscrite.nom_naissance), replier(inscrite.prenoms))
        self._sans_date.setdefault(noms, []).append((annee, inscrite.chiffres, inscrite.courriel.casefold()))

    def trancher(self, personne: Personne, annee: int | None) -> tuple[str, str]:
        """What is known here of this identity, as `_trancher` tells it, and the name of whoever has the key."""
        if personne.naissance is None:
            _, *cle = _identite(personne, annee)
            memes = self._sans_date.get(tuple(cle[:2]), ())
            return (MEME if (annee, *_contacts(personne)) in memes else AUCUN), ""
        connus = self._exactes.get(cle_identite(personne.nom_naissance, personne.prenoms, personne.naissance), ())
        etat, qui = _trancher(personne.prenoms, [(prenoms, f"{prenoms} {nom}") for prenoms, nom in connus])
        return etat, qui or ""


def reperes(poste: Poste) -> Reperes:
    """Everybody recorded at this desk, as rows are compared with them."""
    lus = Reperes()
    for inscrite in inventaire.identites(poste.base):
        lus.noter(inscrite)
    lus.effacees = inventaire.cles_effacees(poste.base)
    return lus


class Analyse:
    """The dry run of one sheet: nothing is written. Call `avancer` until it is true, always in the same thread."""

    def __init__(
        self, tableau: Tableau, colonnes: Colonnes, connus: Reperes, communes: RepertoireCommunes, jour: date
    ) -> None:
        self.tableau, self.colonnes = tableau, colonnes
        self.lignes: list[LigneAnalysee] = []
        self.lues = 0
        """Rows read so far, empty ones too."""
        self._connus = connus
        self.effacees = connus.effacees
        self._lecteur = Lecteur(colonnes.champs, communes, jour)
        self._vues: dict[_Cle, list[tuple[str, tuple[int, str, str]]]] = {}
        self._possibles = 0
        self._suite: Iterator[LigneLue] = tableau.lignes()
        self._apprises = False

    def avancer(self, secondes: float = PAS) -> bool:
        """Looks at some rows; True once all are. Raises SaisieRefusee where the file stops being readable."""
        fin = time.monotonic() + secondes
        if not self._apprises:
            self._apprises = True
            premieres = list(islice(self._suite, self.colonnes.ligne_entete + LIGNES_APPRISES))
            self._lecteur.apprendre(premieres[self.colonnes.ligne_entete :])
            self._suite = chain(premieres, self._suite)
        for ligne in self._suite:
            self.lues = ligne.numero
            if ligne.numero > self.colonnes.ligne_entete and not ligne.vide:
                self.lignes.append(self._juger(ligne))
            if time.monotonic() > fin:
                return False
        return True

    def comptes(self) -> Counter[str]:
        """How many rows have each verdict."""
        return Counter(ligne.verdict for ligne in self.lignes)

    def _juger(self, ligne: LigneLue) -> LigneAnalysee:
        place = self._possibles < PERSONNES_MAX
        # Telephones are dear to read: not for rows that another import will look at again.
        lecture = self._lecteur.lire(ligne, telephones=place)
        personne = lecture.personne
        if personne is None:
            return LigneAnalysee(ligne.numero, ILLISIBLE, "", lecture.fautes)
        nom = personne.nom_courant
        ici, proche = self._connus.trancher(personne, lecture.annee)
        vues = self._vues.setdefault(_identite(personne, lecture.annee), [])
        deja, vue = _trancher(personne.prenoms, vues)
        if deja != MEME and len(vues) < MEMES_MAX:
            porte = personne.nom_usage or personne.nom_naissance
            vues.append((personne.prenoms, (ligne.numero, personne.prenoms, porte)))
        question = AUTRE in (ici, deja) and MEME not in (ici, deja)
        if ici == MEME or (ici == ABREGE and deja in (AUCUN, ABREGE)):
            return LigneAnalysee(ligne.numero, DEJA_INSCRITE, nom)
        if vue is not None and not question:
            return LigneAnalysee(ligne.numero, DOUBLON, nom, autre=vue[0])
        if not place:
            return LigneAnalysee(ligne.numero, PLUS_TARD, nom)
        self._possibles += 1
        remarques = (*lecture.manques, *lecture.doutes)
        manque = bool(lecture.manques)
        if question:
            autre = 0
            if ici != AUTRE and vue is not None:
                autre, *noms = vue
                proche = " ".join(noms)
            entier = personne.nom_complet
            return LigneAnalysee(ligne.numero, MEME_CLE, entier, remarques, personne, autre, proche, manque)
        verdict = A_COMPLETER if manque else A_INSCRIRE
        return LigneAnalysee(ligne.numero, verdict, nom, remarques, personne, a_completer=manque)


def comparer(poste: Poste, analyse: Analyse, depuis: int, secondes: float = PAS) -> int:
    """Looks for persons here who may be those of the rows that can be recorded; changes their verdict in place.

    A row that asks its question already (`meme_cle`) is left as it is. Where somebody was erased, each identity is
    compared by its blind key, a tenth of a second a row that the recording does not spend again. Starts at the rank
    `depuis`; returns the rank to go on from, the length of the list once all are compared.
    """
    fin = time.monotonic() + secondes
    rang, lignes = depuis, analyse.lignes
    while rang < len(lignes):
        ligne = lignes[rang]
        if ligne.personne is not None and ligne.verdict != MEME_CLE:
            proche = inventaire.proche(poste.base, ligne.personne)
            if analyse.effacees and cle_de(poste, ligne.personne) in analyse.effacees:
                lignes[rang] = replace(ligne, verdict=EFFACEE)
            elif proche is not None:
                lignes[rang] = replace(ligne, verdict=RESSEMBLE, proche=proche.nom_courant)
        rang += 1
        if time.monotonic() > fin:
            break
    return rang


def analyser(poste: Poste, tableau: Tableau, colonnes: Colonnes, communes: RepertoireCommunes) -> Analyse:
    """The whole dry run at once, for the command line. Raises SaisieRefusee."""
    if not colonnes.suffisantes:
        raise SaisieRefusee("colonnes_sans_nom")
    analyse = Analyse(tableau, colonnes, reperes(poste), communes, poste.horloge.aujourdhui())
    while not analyse.avancer():
        pass
    comparer(poste, analyse, 0, float("inf"))
    return analyse


def _trancher(prenoms: str, memes: Sequence[tuple[str, T]]) -> tuple[str, T | None]:
    """What those of one key are to whoever has these first names, and which of them: MEME, ABREGE, AUTRE or AUCUN.

    The key stops at the first of the first names (protocol §6), and a sheet often tells no more: "Zoë" is "Zoë, Ana".
    Where both tell more and differ (Mohamed Amine, Mohamed Ilyès), they may be twins.
    """
    if not memes:
        # Most rows of a long sheet.
        return AUCUN, None
    miens = replier(prenoms).split()
    lus = [(replier(autres).split(), qui) for autres, qui in memes]
    for autres, qui in lus:
        if "".join(autres) == "".join(miens):
            return MEME, qui
    for autres, qui in lus:
        if any(mien != sien for mien, sien in zip(miens, autres, strict=False)):
            return AUTRE, qui
    return ABREGE, lus[0][1]


def _identite(personne: Personne, annee: int | None) -> _Cle:
    """What two rows of the same person share; with a birth date, `_trancher` tells the rest."""
    if personne.naissance is not None:
        return ("dite", cle_identite(personne.nom_naissance, personne.prenoms, personne.naissance))
    noms = (replier(personne.nom_naissance or personne.nom_usage), replier(personne.prenoms))
    return ("sans", *noms, annee, *_contacts(personne))


def _contacts(personne: Personne) -> tuple[str, str]:
    return chiffres_telephone(personne.telephone), personne.courriel.casefold()
