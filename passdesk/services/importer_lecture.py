"""One row of a spreadsheet read as a person: what is understood, what is missing, what cannot be read and where."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.personne import Personne, texte_recherche
from passdesk.domain.saisie_date import age_a_confirmer, age_le
from passdesk.services.importer_communes import RepertoireCommunes
from passdesk.services.importer_domicile import lire_domicile
from passdesk.services.importer_naissance import INDECIS, lire_naissance_ecrite, sens_des_nombres
from passdesk.services.importer_noms import lire_noms
from passdesk.services.tableur import LigneLue
from passdesk.services.telephone import Telephone, lire_telephone

LONGUEUR_MAX = 200
"""Letters of any field but the note."""
LONGUEUR_NOTE_MAX = 2000

_RIEN = frozenset({
    "", "n a", "nc", "n c", "nr", "n r", "non renseigne", "non renseignee", "non communique", "non communiquee",
    "inconnu", "inconnue", "ne sait pas",
})  # fmt: skip
"""What stands for nothing, folded; also signs alone: La Coop's export writes a dash."""
_RIEN_SAUF_NOMS = frozenset({"aucun", "aucune", "neant", "non", "sans"})
"""The same where it can be neither a name nor a place (Aucun is a commune), nor an answer."""
_LONGUEUR_RIEN = 20
_DEBUTS_DE_RIEN = frozenset({"0", *(rien[:1] for rien in _RIEN | _RIEN_SAUF_NOMS)})
"""Longer than that, or beginning otherwise, a cell says something: most are not folded, and a sheet may have millions.
"""
_CHAMPS_SURS = frozenset(
    (
        "naissance",
        "annee_naissance",
        "code_postal",
        "code_insee",
        "pays",
        "telephone",
        "courriel",
        "langue",
        "nom_usage",
    )
)
_ANNEE = re.compile(r"(1[89]|20)\d\d")
_FORMULE = re.compile(r"[=@]|[+\-](?!\d)")
_ADRESSE_ENTIERE = re.compile(r"^(?P<rue>.+?)[,\s]+(?P<postal>\d{5})[,\s]+(?P<ville>[^\d,;]+?)(?:[,\s]+france)?$", re.I)
_COURRIEL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_INVISIBLES = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True, slots=True)
class Remarque:
    """Something about a row: a code of `ui/messages/importer.py`, and the cell it is about ("C12"; "": the row)."""

    code: str
    cellule: str = ""


@dataclass(frozen=True, slots=True)
class Lecture:
    """A row read. `personne`: None when it cannot be anybody; its id is "" until it is recorded.

    `annee`: the birth year where that is all the sheet tells. `manques`: what is still to be asked; `doutes`: kept as
    written, to be looked at; `fautes`: why the row cannot be taken.
    """

    personne: Personne | None = field(repr=False)
    annee: int | None = field(default=None, repr=False)
    manques: tuple[Remarque, ...] = ()
    doutes: tuple[Remarque, ...] = ()
    fautes: tuple[Remarque, ...] = ()


class Lecteur:
    """Reads rows by the columns chosen. `jour`: today, after which nobody was born."""

    def __init__(self, champs: Sequence[str], communes: RepertoireCommunes, jour: date) -> None:
        self._champs, self._communes, self._jour = tuple(champs), communes, jour
        self._sens = INDECIS

    def apprendre(self, lignes: Iterable[LigneLue]) -> None:
        """Looks at rows for what each of them cannot tell alone: what bare numbers are, among the birth dates."""
        if "naissance" in self._champs:
            rang = self._champs.index("naissance")
            cellules = (ligne.cellules[rang] for ligne in lignes if rang < len(ligne.cellules))
            self._sens = sens_des_nombres(cellules, self._jour)

    def lire(self, ligne: LigneLue, *, telephones: bool = True) -> Lecture:
        """What a row says of a person. `telephones` false: numbers are left as they are written."""
        valeurs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        fautes: list[Remarque] = []
        for rang, champ in enumerate(self._champs):
            if not champ or rang >= len(ligne.cellules):
                continue
            ou = f"{lettres_colonne(rang)}{ligne.numero}"
            texte = _nettoyer(ligne.cellules[rang], champ)
            faute = _faute(texte, champ)
            if faute:
                fautes.append(Remarque(faute, ou))
            elif texte:
                valeurs[champ].append((texte, ou))
        return self._composer(valeurs, fautes, telephones)

    def _composer(self, valeurs: dict[str, list[tuple[str, str]]], fautes: list[Remarque], telephones: bool) -> Lecture:
        def texte(champ: str) -> str:
            return valeurs[champ][0][0] if valeurs.get(champ) else ""

        def ou(champ: str) -> str:
            return valeurs[champ][0][1] if valeurs.get(champ) else ""

        manques: list[Remarque] = []
        doutes: list[Remarque] = []
        notes = [valeur for valeur, _ in valeurs.get("note", ())]
        noms = lire_noms(texte("nom_naissance"), texte("nom_usage"), texte("prenoms"), texte("nom_complet"))
        nom, prenoms = noms.naissance, noms.prenoms
        notes += noms.notes
        for liste, lues in ((fautes, noms.fautes), (doutes, noms.doutes)):
            liste += [Remarque(code, ou(champ)) for code, champ in lues]
        if not (nom or prenoms or noms.usage):
            fautes.append(Remarque("nom_absent"))
        lue = lire_naissance_ecrite(texte("naissance"), self._jour, self._sens)
        naissance, annee = lue.date, lue.annee
        if lue.erreur is not None:
            fautes.append(Remarque(lue.erreur, ou("naissance")))
        if naissance is None and annee is None:
            annee = self._annee(texte("annee_naissance"), ou("annee_naissance"), doutes)
        if self._a_relire(naissance, annee):
            doutes.append(Remarque("naissance_a_relire", ou("naissance") or ou("annee_naissance")))
        adresse, postal, ville = texte("adresse"), texte("code_postal").replace(" ", ""), texte("commune")
        if adresse and not postal and not ville and (entiere := _ADRESSE_ENTIERE.match(adresse)):
            adresse, postal, ville = entiere["rue"], entiere["postal"], entiere["ville"]
        domicile = lire_domicile(
            ville, texte("code_postal") or postal, texte("pays"), texte("code_insee"), self._communes
        )
        # A town abroad has no field of its own: it stands with the street.
        adresse = ", ".join(partie for partie in (adresse, domicile.ville) if partie)
        if domicile.doute:
            doutes.append(Remarque(domicile.doute, ou("pays")))
        notes += domicile.notes
        numeros: dict[str, None] = {}
        for valeur, place in valeurs.get("telephone", ()):
            numero = lire_telephone(_zero_rendu(valeur)) if telephones else Telephone(_zero_rendu(valeur))
            if any(signe.isdigit() for signe in valeur):
                numeros[numero.texte] = None
            else:
                # "Chez sa fille" is no number: kept as one, the person would count among those who can be called.
                notes.append(f"Téléphone : {valeur}")
            if numero.erreur:
                doutes.append(Remarque(numero.erreur, place))
        if texte("courriel") and not _COURRIEL.fullmatch(texte("courriel")):
            doutes.append(Remarque("courriel_douteux", ou("courriel")))
        for champ, vaut in (("nom_naissance", nom), ("prenoms", prenoms)):
            if not vaut:
                manques.append(Remarque(f"{champ}_absent"))
        if naissance is None:
            manques.append(
                Remarque("annee_seule", ou("annee_naissance") or ou("naissance"))
                if annee
                else Remarque("naissance_absente")
            )
        if domicile.manque:
            place = ou("commune") or ou("code_postal") or ou("code_insee")
            manques.append(Remarque(domicile.manque, ou("pays") if domicile.manque == "pays_a_choisir" else place))
        # Nothing that the sheet tells is lost: what has no field yet stands in the note.
        notes += [f"Autre téléphone : {numero}" for numero in list(numeros)[1:]]
        if annee is not None:
            notes.append(f"{ANNEE_DANS_LA_NOTE}{annee}")
        note = "\n".join(notes)
        if len(note) > LONGUEUR_NOTE_MAX:
            fautes.append(Remarque("cellule_trop_longue", ou("note")))
        langue = "" if texte_recherche(texte("langue")) in ("francais", "french", "fr") else texte("langue")
        personne = Personne(
            "", nom, prenoms, naissance, domicile.commune or None, next(iter(numeros), ""), noms.usage,
            texte("lieu_naissance"), adresse, texte("complement_adresse"), domicile.postal, texte("courriel"),
            langue=langue, note=note,
        )  # fmt: skip
        return Lecture(None if fautes else personne, annee, tuple(manques), tuple(doutes), tuple(fautes))

    def _a_relire(self, naissance: date | None, annee: int | None) -> bool:
        """True when the age is to be looked at; of a year alone, when both ages that it may mean are."""
        if naissance is not None:
            return age_a_confirmer(age_le(naissance, self._jour))
        return annee is not None and all(age_a_confirmer(self._jour.year - annee - avant) for avant in (0, 1))

    def _annee(self, texte: str, ou: str, doutes: list[Remarque]) -> int | None:
        if not texte:
            return None
        if _ANNEE.fullmatch(texte) and self._jour.year - 120 <= int(texte) <= self._jour.year:
            return int(texte)
        doutes.append(Remarque("annee_douteuse", ou))
        return None


ANNEE_DANS_LA_NOTE = "Année de naissance : "
"""Before the year, in the note of a person whose birth date is not known: it tells namesakes apart the next time."""


def annee_de(personne: Personne) -> int | None:
    """The birth year of a person: of the birth date, or as an import noted it."""
    if personne.naissance is not None:
        return personne.naissance.year
    trouvee = re.search(re.escape(ANNEE_DANS_LA_NOTE) + r"(\d{4})", personne.note)
    return int(trouvee[1]) if trouvee else None


def lettres_colonne(rang: int) -> str:
    """The name of a column as a spreadsheet shows it: A, B… Z, AA."""
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def _nettoyer(cellule: str, champ: str) -> str:
    texte = cellule if cellule.isascii() else unicodedata.normalize("NFC", cellule.translate(_INVISIBLES))
    if champ == "note":
        texte = "\n".join(" ".join(ligne.split()) for ligne in texte.splitlines()).strip()
    else:
        texte = " ".join(texte.split())
    if not texte or (texte[0].isalnum() and texte[0].casefold() not in _DEBUTS_DE_RIEN):
        return texte
    if texte[-1:].isdigit() or len(texte) > _LONGUEUR_RIEN:
        return "" if texte == "0" and champ in _CHAMPS_SURS else texte
    simple = texte_recherche(texte)
    return "" if simple in _RIEN or (simple in _RIEN_SAUF_NOMS and champ in _CHAMPS_SURS) else texte


def _faute(texte: str, champ: str) -> str | None:
    if "\ufffd" in texte or not texte.replace("\n", " ").isprintable():
        return "lettre_illisible"
    if len(texte) > (LONGUEUR_NOTE_MAX if champ == "note" else LONGUEUR_MAX):
        return "cellule_trop_longue"
    if champ != "note" and texte and _FORMULE.match(texte):
        return "formule"
    return None


def _zero_rendu(texte: str) -> str:
    """A number typed in a number cell has lost its zero: 612345678 was 06 12 34 56 78."""
    chiffres = texte.replace(" ", "")
    return f"0{chiffres}" if re.fullmatch("[1-9][0-9]{8}", chiffres) else texte
