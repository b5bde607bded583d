"""One row of a spreadsheet read as a person: what is understood, what is missing, what cannot be read and where."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from passdesk.domain.commune import Commune, Communes
from passdesk.domain.pays import pays_nomme
from passdesk.domain.personne import Personne, texte_recherche
from passdesk.domain.saisie_date import lire_naissance
from passdesk.services.importer_domicile import lire_ailleurs
from passdesk.services.tableur import LigneLue
from passdesk.services.telephone import Telephone, lire_telephone

LONGUEUR_MAX = 200
"""Letters of any field but the note."""
LONGUEUR_NOTE_MAX = 2000

RETENUES_MAX = 10_000
"""Answers about communes kept at hand: a list of persons names few of them, again and again."""

_RIEN = ("-", "–", "—", "/", "?", "n/a", "nc", "n.c.")
"""What stands for nothing: La Coop's export writes a dash."""
_HEURE = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SERIE = re.compile(r"\d{4,5}")
_ANNEE = re.compile(r"(1[89]|20)\d\d")
_ZERO_EXCEL = date(1899, 12, 30)
_FORMULE = re.compile(r"[=@]|[+\-](?!\d)")
_POSTAL = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_CEDEX = re.compile(r"\s+cedex\b.*$", re.IGNORECASE)
_ADRESSE_ENTIERE = re.compile(r"^(?P<rue>.+?)[,\s]+(?P<postal>\d{5})[,\s]+(?P<ville>[^\d,;]+?)(?:[,\s]+france)?$", re.I)
_COURRIEL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_INVISIBLES = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ABREGES = {"st": "saint", "ste": "sainte"}


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


class RepertoireCommunes:
    """The communes of the list by whole name and by postal code, as spreadsheets write them."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes
        self._par_nom: dict[str, list[Commune]] = defaultdict(list)
        self._par_postal: dict[str, list[Commune]] = defaultdict(list)
        self._deja: dict[tuple[str, str, str], tuple[str, str]] = {}
        for commune in communes:
            self._par_nom[_nom_de_commune(commune.nom)].append(commune)
            for postal in commune.codes_postaux:
                self._par_postal[postal].append(commune)

    def connait(self, nom: str) -> bool:
        """True for the whole name of a commune of France."""
        return _nom_de_commune(nom) in self._par_nom

    def trouver(self, nom: str, postal: str, insee: str) -> tuple[str, str]:
        """(INSEE code, "") or ("", code of what is missing): by INSEE code, else by name and postal code together.

        A name that several communes have is taken only where the postal code tells which; a postal code alone only
        where it has one commune. A name that is also that of a country needs its postal code.
        """
        demande = (nom, postal, insee)
        if demande not in self._deja:
            if len(self._deja) >= RETENUES_MAX:
                self._deja.clear()
            self._deja[demande] = self._trouver(*demande)
        return self._deja[demande]

    def _trouver(self, nom: str, postal: str, insee: str) -> tuple[str, str]:
        connue = self._communes.par_code(insee.upper().rjust(5, "0")) if insee else None
        if connue is not None and connue.pays is None:
            return connue.code, ""
        if dedans := _POSTAL.search(nom):
            postal = postal or dedans[1]
            nom = nom.replace(dedans[1], " ")
        if not nom.strip() and not postal:
            return "", "commune_absente"
        nommees = self._par_nom.get(_nom_de_commune(_CEDEX.sub("", nom)), []) if nom.strip() else []
        ici = self._par_postal.get(postal, [])
        if nommees:
            candidates = [c for c in nommees if postal in c.codes_postaux] or [
                c for c in nommees if postal and c.departement == postal[: len(c.departement)]
            ]
            candidates = candidates or ([] if postal else nommees)
        else:
            candidates = [] if nom.strip() else ici
        if len({c.code for c in candidates}) == 1 and (postal or pays_nomme(nom) is None):
            return candidates[0].code, ""
        # Former communes of one commune of today are no choice to make.
        actuelles = {self._communes.actuelle(c).code for c in candidates}
        if len(actuelles) == 1 and len(candidates) > 1:
            return actuelles.pop(), ""
        return "", "commune_a_choisir" if candidates or nommees or ici else "commune_non_trouvee"


def _nom_de_commune(nom: str) -> str:
    return " ".join(_ABREGES.get(mot, mot) for mot in texte_recherche(nom).split())


class Lecteur:
    """Reads rows by the columns chosen. `jour`: today, after which nobody was born."""

    def __init__(self, champs: Sequence[str], communes: RepertoireCommunes, jour: date) -> None:
        self._champs, self._communes, self._jour = tuple(champs), communes, jour

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
        nom, prenoms = texte("nom_naissance"), texte("prenoms")
        if texte("nom_complet") and not nom:
            separes = separer_nom(texte("nom_complet"))
            if separes is None and not prenoms:
                fautes.append(Remarque("nom_a_separer", ou("nom_complet")))
            nom, prenoms = separes if separes and not prenoms else (texte("nom_complet"), prenoms)
        if not (nom or prenoms or texte("nom_usage")):
            fautes.append(Remarque("nom_absent"))
        naissance, annee = self._naissance(texte("naissance"), ou("naissance"), fautes)
        if naissance is None and annee is None:
            annee = self._annee(texte("annee_naissance"), ou("annee_naissance"), doutes)
        adresse, postal, ville = texte("adresse"), texte("code_postal").replace(" ", ""), texte("commune")
        if adresse and not postal and not ville and (entiere := _ADRESSE_ENTIERE.match(adresse)):
            adresse, postal, ville = entiere["rue"], entiere["postal"], entiere["ville"]
        ailleurs = lire_ailleurs(ville, texte("pays"), texte("code_insee"), self._communes.connait)
        if ailleurs is not None:
            # The town has no field of its own: it stands with the street, and the postal code as people write it there.
            adresse = ", ".join(partie for partie in (adresse, ailleurs.ville) if partie)
            postal, commune, sans_commune = texte("code_postal"), ailleurs.pays.code, ""
            notes += [ailleurs.note] if ailleurs.note else []
        else:
            if postal.isdigit() and len(postal) == 4:
                # A spreadsheet drops the zero of 02100.
                postal = "0" + postal
            commune, sans_commune = self._communes.trouver(
                ville, postal if _POSTAL.fullmatch(postal) else "", texte("code_insee")
            )
        numeros: dict[str, None] = {}
        for valeur, place in valeurs.get("telephone", ()):
            numero = lire_telephone(_zero_rendu(valeur)) if telephones else Telephone(_zero_rendu(valeur))
            numeros[numero.texte] = None
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
        if sans_commune:
            manques.append(Remarque(sans_commune, ou("commune") or ou("code_postal") or ou("code_insee")))
        # Nothing that the sheet tells is lost: what has no field yet stands in the note.
        notes += [f"Autre téléphone : {numero}" for numero in list(numeros)[1:]]
        if annee is not None:
            notes.append(f"{ANNEE_DANS_LA_NOTE}{annee}")
        if sans_commune and ville:
            notes.append(f"Commune à préciser : {ville}")
        note = "\n".join(notes)
        if len(note) > LONGUEUR_NOTE_MAX:
            fautes.append(Remarque("cellule_trop_longue", ou("note")))
        langue = "" if texte_recherche(texte("langue")) in ("francais", "french", "fr") else texte("langue")
        personne = Personne(
            "", nom, prenoms, naissance, commune or None, next(iter(numeros), ""), texte("nom_usage"),
            texte("lieu_naissance"), adresse, texte("complement_adresse"), postal, texte("courriel"),
            langue=langue, note=note,
        )  # fmt: skip
        return Lecture(None if fautes else personne, annee, tuple(manques), tuple(doutes), tuple(fautes))

    def _naissance(self, texte: str, ou: str, fautes: list[Remarque]) -> tuple[date | None, int | None]:
        """The birth date, or the year when that is all there is."""
        texte = _HEURE.sub("", texte)
        if not texte:
            return None, None
        if _ANNEE.fullmatch(texte) and int(texte) <= self._jour.year:
            return None, int(texte)
        if _SERIE.fullmatch(texte):
            texte = (_ZERO_EXCEL + timedelta(days=int(texte))).isoformat()
        lue = lire_naissance(texte, self._jour)
        if lue.erreur is not None:
            fautes.append(Remarque(lue.erreur, ou))
        return lue.date, None

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


def separer_nom(texte: str) -> tuple[str, str] | None:
    """(name, first names) of "DUPONT Marie", "Marie DUPONT" or "Dupont, Marie"; None when the case does not tell."""
    if texte.count(",") == 1:
        nom, prenoms = (partie.strip() for partie in texte.split(","))
        return (nom, prenoms) if nom and prenoms else None
    mots = texte.split()
    grands = [len(mot) > 1 and mot == mot.upper() and mot != mot.lower() for mot in mots]
    combien = sum(grands)
    if 0 < combien < len(mots) and (all(grands[:combien]) or all(grands[-combien:])):
        noms = " ".join(mot for mot, grand in zip(mots, grands, strict=True) if grand)
        return noms, " ".join(mot for mot, grand in zip(mots, grands, strict=True) if not grand)
    return None


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
    return "" if texte.casefold() in _RIEN else texte


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
