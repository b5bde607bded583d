"""Which column of a spreadsheet is which field of a person: recognised by its header, corrected by hand, remembered."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from passdesk.domain.personne import texte_recherche
from passdesk.services.poste import Poste
from passdesk.services.tableur import LigneLue, Tableau
from passdesk.storage import poste as identite

CHAMPS = (
    "nom_naissance", "nom_usage", "prenoms", "nom_complet", "naissance", "annee_naissance", "lieu_naissance", "adresse",
    "complement_adresse", "code_postal", "commune", "code_insee", "pays", "telephone", "courriel", "langue", "note",
)  # fmt: skip
"""What a column can be. `nom_complet`: name and first names in one cell; `annee_naissance`: La Coop knows no more."""

RETENUES = "import_colonnes"
"""Where the desk keeps what was chosen for the header rows it has seen: their SHA-256 and field names, nothing else."""
ENTETES_RETENUS = 20
_HAUTEUR_ENTETE = 40
_APERCUS = 3

# Column names as they come, folded (no accents, no signs). La Coop de la médiation numérique: headers of its export of
# beneficiaries, and of its import sheet (coop-mediation-numerique, MIT, June 2026).
_NOMS: dict[str, tuple[str, ...]] = {
    "nom_naissance": (
        "nom", "noms", "nom de naissance", "nom naissance", "nom de famille", "nom patronymique", "nom de jeune fille",
        "patronyme", "nom du beneficiaire", "nom beneficiaire", "nom de la personne", "nom usager", "nom de l usager",
        "last name", "lastname",
    ),
    "nom_usage": (
        "nom d usage", "nom usage", "nom d epouse", "nom epouse", "nom marital", "nom d epoux", "nom de femme mariee",
    ),
    "prenoms": (
        "prenom", "prenoms", "prenom s", "prenom usuel", "premier prenom", "prenom du beneficiaire",
        "prenom de la personne", "first name", "firstname",
    ),
    "nom_complet": (
        "nom prenom", "nom prenoms", "nom et prenom", "nom et prenoms", "nom prenom s", "prenom nom", "prenom et nom",
        "nom complet", "identite", "beneficiaire", "personne", "usager",
    ),
    "naissance": (
        "date de naissance", "date naissance", "date naiss", "ddn", "dn", "naissance", "ne le", "nee le", "ne e le",
        "nee e le", "ne nee le", "date de nais", "birthdate",
    ),
    "annee_naissance": ("annee de naissance", "annee naissance", "annee naiss"),
    "lieu_naissance": (
        "lieu de naissance", "lieu naissance", "commune de naissance", "ville de naissance", "ne e a", "nee a", "ne a",
    ),
    "adresse": (
        "adresse", "adresse postale", "adresse 1", "adresse1", "adresse ligne 1", "rue", "voie", "numero et voie",
        "n et rue", "domicile", "adresse du domicile", "residence",
    ),
    "complement_adresse": (
        "complement", "complement adresse", "complement d adresse", "adresse 2", "adresse2", "adresse ligne 2",
        "batiment", "appartement",
    ),
    "code_postal": ("code postal", "cp", "codepostal", "code postal de residence"),
    "commune": (
        "commune", "ville", "nom de la commune", "nom commune", "commune de residence", "ville de residence",
        "localite", "commune du domicile", "cp ville", "code postal ville", "code postal et ville", "cp commune",
    ),
    "code_insee": ("code insee", "insee", "code commune", "code insee de la commune", "numero insee commune"),
    "pays": (
        "pays", "pays de residence", "pays du domicile", "pays de domicile", "pays d habitation", "pays adresse",
        "pays de l adresse", "country",
    ),
    "telephone": (
        "telephone", "tel", "n de telephone", "no de telephone", "numero de telephone", "numero telephone",
        "n telephone", "n tel", "portable", "mobile", "tel portable", "telephone portable", "telephone mobile",
        "tel mobile", "tel fixe", "telephone fixe", "fixe", "gsm", "phone", "tel 1", "tel 2", "telephone 1",
        "telephone 2",
    ),
    "courriel": (
        "mail", "e mail", "email", "courriel", "mel", "adresse mail", "adresse e mail", "adresse email",
        "adresse electronique", "adresse courriel", "courrier electronique",
    ),
    "langue": ("langue", "langue parlee", "langue maternelle"),
    "note": (
        "note", "notes", "notes supplementaires", "commentaire", "commentaires", "remarque", "remarques", "observation",
        "observations", "infos", "informations", "informations complementaires",
    ),
}  # fmt: skip
_CHAMP_DU_NOM = {nom: champ for champ, noms in _NOMS.items() for nom in noms}
_PARENTHESES = re.compile(r"\((?!(?:s|e|es)\))[^)]*\)|\[[^\]]*\]")
_PAR_DEBUT = (
    ("date de naissance", "naissance"), ("annee de naissance", "annee_naissance"),
    ("nom de naissance", "nom_naissance"), ("nom d usage", "nom_usage"), ("adresse electronique", "courriel"),
    ("adresse mail", "courriel"), ("code postal", "code_postal"), ("telephone", "telephone"), ("tel ", "telephone"),
    ("numero de telephone", "telephone"), ("commentaire", "note"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: its header as written ("" without one), the first things under it, the field it is ("": left out)."""

    titre: str = field(repr=False)
    apercus: tuple[str, ...] = field(repr=False)
    champ: str = ""


@dataclass(frozen=True, slots=True)
class Colonnes:
    """How a sheet is to be read. `ligne_entete`: number of the header row, 0 when there is none."""

    ligne_entete: int
    colonnes: tuple[Colonne, ...]

    def avec(self, rang: int, champ: str) -> Colonnes:
        """The same, with another field for one column."""
        choisies = list(self.colonnes)
        choisies[rang] = replace(choisies[rang], champ=champ)
        return replace(self, colonnes=tuple(choisies))

    @property
    def champs(self) -> tuple[str, ...]:
        """The field of each column."""
        return tuple(colonne.champ for colonne in self.colonnes)

    @property
    def suffisantes(self) -> bool:
        """True when a name can be read: without it no row is anybody."""
        return bool({"nom_naissance", "nom_usage", "nom_complet"} & set(self.champs))

    @property
    def signature(self) -> str:
        """What the desk remembers these headers by; it tells nothing of them."""
        titres = json.dumps([texte_recherche(colonne.titre) for colonne in self.colonnes])
        return hashlib.sha256(titres.encode()).hexdigest()


def champ_du_titre(titre: str) -> str:
    """The field that a header means, "" when it is none of ours."""
    simple = texte_recherche(_PARENTHESES.sub(" ", titre))
    if simple in _CHAMP_DU_NOM:
        return _CHAMP_DU_NOM[simple]
    return next((champ for debut, champ in _PAR_DEBUT if simple.startswith(debut)), "")


def proposer_colonnes(tableau: Tableau) -> Colonnes:
    """The columns as their headers tell; a title or filters may stand above the header row.

    Raises SaisieRefusee where the file cannot be read.
    """
    haut = list(islice(tableau.lignes(), _HAUTEUR_ENTETE))
    entete = _ligne_entete(haut)
    titres = entete.cellules if entete else ()
    dessous = [ligne for ligne in haut if ligne.numero > (entete.numero if entete else 0) and not ligne.vide]
    largeur = max([len(titres), *(len(ligne.cellules) for ligne in dessous)], default=0)
    colonnes = []
    for rang in range(largeur):
        titre = " ".join(titres[rang].split()) if rang < len(titres) else ""
        valeurs = (ligne.cellules[rang].strip() for ligne in dessous if rang < len(ligne.cellules))
        apercus = tuple(islice((valeur for valeur in valeurs if valeur), _APERCUS))
        if titre or apercus or rang < len(titres):
            colonnes.append(Colonne(titre, apercus, champ_du_titre(titre)))
        else:
            colonnes.append(Colonne("", ()))
    return Colonnes(entete.numero if entete else 0, _sans_doubles(colonnes))


def _ligne_entete(haut: Sequence[LigneLue]) -> LigneLue | None:
    """The row with the most headers that we know, two at least, a name among them; the first of equals."""
    meilleure, mieux = None, 1
    for ligne in haut:
        reconnus = {champ for cellule in ligne.cellules if (champ := champ_du_titre(cellule))}
        if len(reconnus) > mieux and reconnus & {"nom_naissance", "nom_usage", "nom_complet", "prenoms"}:
            meilleure, mieux = ligne, len(reconnus)
    return meilleure


def _sans_doubles(colonnes: Sequence[Colonne]) -> tuple[Colonne, ...]:
    """Several telephones and notes are all kept; of any other field, the first column."""
    vus: set[str] = set()
    gardees = []
    for colonne in colonnes:
        double = colonne.champ in vus and colonne.champ not in ("telephone", "note")
        gardees.append(replace(colonne, champ="") if double else colonne)
        vus.add(colonne.champ)
    return tuple(gardees)


def colonnes_retenues(poste: Poste, proposees: Colonnes) -> Colonnes:
    """The columns as they were chosen the last time at this desk for the same header row; else as proposed."""
    champs = _retenues(poste).get(proposees.signature)
    if proposees.ligne_entete == 0 or champs is None or len(champs) != len(proposees.colonnes):
        return proposees
    connus = (champ if champ in CHAMPS else "" for champ in champs)
    choisies = (replace(colonne, champ=champ) for colonne, champ in zip(proposees.colonnes, connus, strict=True))
    return replace(proposees, colonnes=tuple(choisies))


def retenir_colonnes(poste: Poste, colonnes: Colonnes) -> None:
    """Remembers what was chosen for this header row."""
    if colonnes.ligne_entete:
        retenues = _retenues(poste)
        retenues.pop(colonnes.signature, None)
        retenues[colonnes.signature] = list(colonnes.champs)
        dernieres = dict(list(retenues.items())[-ENTETES_RETENUS:])
        identite.ecrire_texte(poste.base, RETENUES, json.dumps(dernieres))


def _retenues(poste: Poste) -> dict[str, list[str]]:
    lues: dict[str, list[str]] = json.loads(identite.lire_texte(poste.base, RETENUES) or "{}")
    return lues
