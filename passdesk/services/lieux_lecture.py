"""One row of a list of places, LaMednum or France Services, read as a place: understood, mended, or refused and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from passdesk.domain.commune import Commune, Communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.horaires import JOURS, Horaires, Journee, lire_journee, semaine
from passdesk.domain.lieu import Lieu, Position
from passdesk.domain.personne import texte_recherche
from passdesk.services import lieux_champs as champs
from passdesk.services.importer_lecture import Remarque, lettres_colonne
from passdesk.services.lieux_horaires import lire_osm
from passdesk.services.tableur import LigneLue, Tableau
from passdesk.services.telephone import lire_telephone

LAMEDNUM, FRANCE_SERVICES = "lamednum", "france-services"
LU, REPARE, REFUSE = "lu", "repare", "refuse"
VERDICTS = (LU, REPARE, REFUSE)
"""What became of a row. `repare`: taken, with something changed from what the list says."""

_HAUTEUR_ENTETE = 10
_RECONNUES: Mapping[str, frozenset[str]] = {
    FRANCE_SERVICES: frozenset({"id fs", "lib fs"}),
    LAMEDNUM: frozenset({"id", "nom", "commune"}),
}
_INDISPENSABLES = ("id", "nom", "id fs", "lib fs")
"""Cells without which the row is nothing; any other that cannot be taken is left out, and told."""
# Our own columns, beside those of the standard (contracts §4).
_ACCEPTE = ("accepte pass numerique", "accepte le pass numerique", "accepte pass", "accepte le pass", "pass numerique")


@dataclass(frozen=True, slots=True)
class FormeLieux:
    """Which list it is, where its headers stand, and the rank of each column by its folded header."""

    genre: str
    ligne_entete: int
    colonnes: Mapping[str, int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LectureLieu:
    """A row read. `lieu` is None when it is refused; each remark is a code of `ui/messages/lieux.py` and its cell."""

    numero: int
    verdict: str
    nom: str
    lieu: Lieu | None
    remarques: tuple[Remarque, ...] = ()

    @property
    def par_code(self) -> Mapping[str, str]:
        """Each remark once, with its cells: {"lieu_horaires_repares": "M2, N2"}."""
        cases: dict[str, list[str]] = {}
        for remarque in self.remarques:
            cases.setdefault(remarque.code, []).append(remarque.cellule)
        return {code: ", ".join(filter(None, dites)) for code, dites in cases.items()}


def reconnaitre(tableau: Tableau) -> FormeLieux:
    """Which list this file is, by its headers. Raises SaisieRefusee("lieux_liste_inconnue")."""
    for ligne in islice(tableau.lignes(), _HAUTEUR_ENTETE):
        colonnes: dict[str, int] = {}
        for rang, titre in enumerate(ligne.cellules):
            colonnes.setdefault(texte_recherche(titre), rang)
        for genre, voulues in _RECONNUES.items():
            if voulues <= colonnes.keys():
                return FormeLieux(genre, ligne.numero, colonnes)
    raise SaisieRefusee("lieux_liste_inconnue", fichier=tableau.chemin.name)


class LecteurLieux:
    """Reads the rows of one list."""

    def __init__(self, forme: FormeLieux, communes: Communes) -> None:
        self._forme, self._communes = forme, communes
        self._par_postal: dict[str, tuple[Commune, ...]] = {}

    def lire(self, ligne: LigneLue) -> LectureLieu:
        """What a row says of a place."""
        rangee = _Rangee(ligne, self._forme.colonnes)
        lieu = self._france_services(rangee) if self._forme.genre == FRANCE_SERVICES else self._lamednum(rangee)
        lieu = self._adresser(rangee, lieu)
        if not lieu.lieu_id.rpartition(":")[2]:
            rangee.fautes.append(Remarque("lieu_sans_identifiant"))
        if not lieu.nom:
            rangee.fautes.append(Remarque("lieu_sans_nom"))
        elif lieu.position is None and not lieu.commune:
            rangee.fautes.append(Remarque("lieu_introuvable"))
        if rangee.fautes:
            return LectureLieu(ligne.numero, REFUSE, lieu.nom, None, tuple(rangee.fautes))
        for champ, code in (("position", "lieu_sans_position"), ("rue", "lieu_sans_adresse"),
                            ("telephone", "lieu_sans_telephone")):  # fmt: skip
            if not getattr(lieu, champ):
                rangee.doutes.append(Remarque(code))
        if not lieu.recoit_public:
            rangee.doutes.append(Remarque("lieu_sans_public"))
        verdict = REPARE if rangee.reparations else LU
        return LectureLieu(ligne.numero, verdict, lieu.nom, lieu, (*rangee.reparations, *rangee.doutes))

    def _lamednum(self, r: _Rangee) -> Lieu:
        frais, accepte = _frais(r)
        acces, recoit = _acces(r)
        dit = next((champs.oui_non(valeur) for titre in _ACCEPTE if (valeur := r.texte(titre))), None)
        itinerance = [texte_recherche(valeur) for valeur in champs.multiples(r.texte("itinerance"))]
        prises = [
            texte_recherche(valeur)
            for valeur in champs.multiples(r.texte("prise en charge specifique", champs.LONGUEUR_NOTE_MAX))
        ]
        accessible = champs.oui_non(r.texte("accessible"))
        return Lieu(
            lieu_id=f"{LAMEDNUM}:{texte_recherche(r.texte('source'))}:{r.texte('id')}",
            nom=r.texte("nom"),
            position=_position(r),
            telephone=_telephone(r),
            courriel=next(iter(champs.multiples(r.texte("courriels") or r.texte("courriel"))), ""),
            site_web=next(iter(champs.multiples(r.texte("site web"))), "").partition(",")[0],
            horaires=_horaires_osm(r),
            accepte_pass=accepte if dit is None else dit,
            itinerant=("itinerant" in itinerance) if itinerance else None,
            accessible=True if accessible is None and "handicaps moteurs" in prises else accessible,
            recoit_public=recoit,
            frais=frais,
            acces=acces,
            note=r.texte("presentation resume", champs.LONGUEUR_NOTE_MAX),
            date_maj=_date(r.texte("date maj")),
        )

    def _france_services(self, r: _Rangee) -> Lieu:
        return Lieu(
            lieu_id=f"{FRANCE_SERVICES}:{r.texte('id fs')}",
            nom=r.texte("lib fs"),
            position=_position(r),
            telephone=_telephone(r),
            courriel=r.texte("mail"),
            horaires=_horaires_par_jour(r),
            itinerant=champs.oui_non(r.texte("itinerance")),
            note=r.texte("commentaire", champs.LONGUEUR_NOTE_MAX),
        )

    def _adresser(self, r: _Rangee, lieu: Lieu) -> Lieu:
        """The same with its address: the commune by its code, its postal code mended where only one can be meant."""
        adresse, complement = r.texte("adresse"), r.texte("complement adresse")
        nom = r.texte("commune") or r.texte("lib com")
        postal = r.texte("code postal").replace(" ", "")
        if postal.isdigit() and len(postal) == 4:
            # A spreadsheet drops the zero of 02100.
            postal = "0" + postal
        commune = self._commune(r.texte("code insee") or r.texte("insee com"), nom, postal)
        if commune is not None:
            nommee = not nom or texte_recherche(nom) == texte_recherche(commune.nom)
            nom = commune.nom if nommee else nom
            if postal not in commune.codes_postaux:
                seul = nommee and len(commune.codes_postaux) == 1
                (r.reparations if seul else r.doutes).append(
                    Remarque("lieu_code_postal_repare" if seul else "lieu_code_postal_douteux", r.ou("code postal"))
                )
                postal = commune.codes_postaux[0] if seul else postal
        entiere = champs.sans_ville(adresse, postal or r.texte("code postal"))
        if entiere != adresse:
            r.reparations.append(Remarque("lieu_adresse_reparee", r.ou("adresse")))
        return replace(
            lieu,
            adresse=champs.en_minuscules(entiere),
            complement=champs.en_minuscules(complement),
            code_postal=postal,
            commune=nom,
            code_insee=commune.code if commune is not None else "",
        )

    def _commune(self, insee: str, nom: str, postal: str) -> Commune | None:
        """The commune of an INSEE code, else that of this name with this postal code."""
        trouvee = self._communes.par_code(insee.upper().rjust(5, "0")) if insee else None
        if trouvee is not None:
            return trouvee
        if postal not in self._par_postal:
            self._par_postal[postal] = self._communes.du_code_postal(postal)
        voulu = texte_recherche(nom)
        return next((c for c in self._par_postal[postal] if texte_recherche(c.nom) == voulu), None)


class _Rangee:
    """The cells of a row by header, and what was found on the way."""

    def __init__(self, ligne: LigneLue, colonnes: Mapping[str, int]) -> None:
        self._ligne, self._colonnes = ligne, colonnes
        self._lus: dict[str, str] = {}
        self.reparations: list[Remarque] = []
        self.doutes: list[Remarque] = []
        self.fautes: list[Remarque] = []

    def texte(self, titre: str, longueur: int = champs.LONGUEUR_MAX) -> str:
        """A cell, clean; "" when the list has no such column. Letters broken by a wrong code are mended."""
        if titre in self._lus:
            return self._lus[titre]
        rang = self._colonnes.get(titre)
        if rang is None or rang >= len(self._ligne.cellules):
            return ""
        texte, repare = champs.nettoyer(self._ligne.cellules[rang])
        if repare:
            self.reparations.append(Remarque("lieu_lettres_reparees", self.ou(titre)))
        faute = champs.faute(texte, longueur)
        if faute:
            (self.fautes if titre in _INDISPENSABLES else self.doutes).append(Remarque(faute, self.ou(titre)))
        self._lus[titre] = "" if faute else texte
        return self._lus[titre]

    def ou(self, titre: str) -> str:
        """The cell as a spreadsheet names it."""
        rang = self._colonnes.get(titre)
        return "" if rang is None else f"{lettres_colonne(rang)}{self._ligne.numero}"


def _frais(r: _Rangee) -> tuple[tuple[str, ...], bool | None]:
    """What it costs, and True when it says that it takes the pass (LaMednum 0.1; 1.0 has no word for it)."""
    frais: list[str] = []
    accepte = None
    for titre in ("frais a charge", "conditions acces"):
        for valeur in champs.multiples(r.texte(titre, champs.LONGUEUR_NOTE_MAX)):
            code = champs.FRAIS_DITS.get(texte_recherche(valeur.partition(":")[0]))
            if code == champs.PASS_ACCEPTE:
                accepte = True
            elif code is None:
                r.doutes.append(Remarque("lieu_valeur_inconnue", r.ou(titre)))
            elif code not in frais:
                frais.append(code)
    return tuple(frais), accepte


def _acces(r: _Rangee) -> tuple[tuple[str, ...], bool]:
    """How to come, and False when nobody is received."""
    acces: list[str] = []
    recoit = True
    for valeur in champs.multiples(r.texte("modalites acces", champs.LONGUEUR_NOTE_MAX)):
        code = champs.ACCES_DITS.get(texte_recherche(valeur))
        if code == champs.SANS_PUBLIC:
            recoit = False
        elif code is None:
            r.doutes.append(Remarque("lieu_valeur_inconnue", r.ou("modalites acces")))
        elif code not in acces:
            acces.append(code)
    return tuple(acces), recoit


def _position(r: _Rangee) -> Position | None:
    textes = r.texte("latitude"), r.texte("longitude")
    if not any(textes):
        return None
    position, remarque = champs.lire_position(*textes)
    if remarque:
        (r.reparations if position else r.doutes).append(Remarque(remarque, r.ou("latitude")))
    return position


def _telephone(r: _Rangee) -> str:
    lu = lire_telephone(champs.zero_rendu(r.texte("telephone")))
    if lu.erreur:
        r.doutes.append(Remarque(lu.erreur, r.ou("telephone")))
    return lu.texte


def _horaires_osm(r: _Rangee) -> Horaires | None:
    expression = r.texte("horaires", champs.LONGUEUR_NOTE_MAX)
    if not expression:
        return None
    horaires, remarque = lire_osm(expression)
    if remarque:
        r.doutes.append(Remarque(remarque, r.ou("horaires")))
    return horaires


def _horaires_par_jour(r: _Rangee) -> Horaires | None:
    """France Services: a column a day. One day that cannot be read, and none of the week is told."""
    jours: list[Journee] = []
    for jour in JOURS:
        titre = f"h {jour}"
        lue = lire_journee(r.texte(titre))
        if lue is None:
            r.doutes.append(Remarque("lieu_horaires_illisibles", r.ou(titre)))
            return None
        if lue[1]:
            r.reparations.append(Remarque("lieu_horaires_repares", r.ou(titre)))
        jours.append(lue[0])
    return semaine(jours)


def _date(texte: str) -> date | None:
    try:
        return date.fromisoformat(texte[:10])
    except ValueError:
        return None
