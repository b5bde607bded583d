"""What each gesture of the form does to the draft. Pure: a draft goes in, a draft comes out, nothing typed is lost."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any, Literal

from passdesk.domain.commune import Communes
from passdesk.domain.fusion import IDENTITE
from passdesk.domain.pays import pays_du_code
from passdesk.domain.personne import BESOINS, Personne, texte_recherche
from passdesk.domain.saisie_date import lire_date
from passdesk.domain.visite import Brouillon, PieceSaisie
from passdesk.ui.saisie import date_chiffres

ChampTexte = Literal[
    "nom_naissance", "prenoms", "nom_usage", "naissance", "telephone", "lieu_naissance", "adresse",
    "complement_adresse", "code_postal", "courriel", "langue", "note", "arrivee_le", "etablissement",
]  # fmt: skip
_POSTAL = re.compile(r"\d{5}", re.ASCII)


def ecrire(brouillon: Brouillon, champ: ChampTexte, texte: str) -> Brouillon:
    """A text field as it stands, half a word included.

    Another name or birth date is another identity: who was said not to be the former one is asked about again.
    """
    changement: dict[str, Any] = {champ: texte}
    if champ in IDENTITE and _signes(texte) != _signes(getattr(brouillon, champ)):
        changement["autre_personne"] = ()
    if champ == "naissance" and texte.strip():
        changement["naissance_inconnue"] = False
    return replace(brouillon, **changement)


def ignorer(brouillon: Brouillon, champ: Literal["naissance", "commune"]) -> Brouillon:
    """Nobody here knows it: the request is kept without it, until it is typed."""
    if champ == "naissance":
        return replace(brouillon, naissance_inconnue=True)
    return replace(brouillon, commune_inconnue=True)


def _signes(texte: str) -> str:
    """Letters and digits alone: 12041987 and 12/04/1987 are one day."""
    return texte_recherche(texte).replace(" ", "")


def ecrire_commune(brouillon: Brouillon, texte: str, code: str = "", postal: str = "") -> Brouillon:
    """The commune as typed; `code` (INSEE) once one of the list is chosen, empty while it is not.

    `postal` fills the postal code; the one typed before stays while nothing is chosen. That of a country is written as
    people write it there: only a French one goes.
    """
    garde = brouillon.code_postal if not code else postal
    if pays_du_code(code) is not None and _POSTAL.fullmatch(brouillon.code_postal.strip()) is None:
        garde = brouillon.code_postal
    inconnue = brouillon.commune_inconnue and not texte.strip()
    return replace(brouillon, commune_saisie=texte, commune=code, code_postal=garde, commune_inconnue=inconnue)


def juger_postal(brouillon: Brouillon, communes: Communes) -> tuple[str, str, str] | None:
    """What is doubtful in the postal code typed: the code of its sentence, the commune and its postal codes."""
    postal = brouillon.code_postal.strip()
    if not postal or pays_du_code(brouillon.commune) is not None:
        return None
    if est_cedex(postal):
        return "commune_cedex", "", ""
    if _POSTAL.fullmatch(postal) is None or not communes.du_code_postal(postal):
        return "code_postal_inconnu", "", ""
    commune = communes.par_code(brouillon.commune) if brouillon.commune else None
    if commune is None:
        return "code_postal_partage", "", ""
    if commune.codes_postaux and postal not in commune.codes_postaux:
        return "code_postal_autre", commune.nom, " ou ".join(commune.codes_postaux)
    return None


def est_cedex(texte: str) -> bool:
    """True for the address of an organisation: nobody lives at a CEDEX."""
    return "cedex" in texte_recherche(texte).split()


def preferer(brouillon: Brouillon, preference: str) -> Brouillon:
    """How the person wishes to be reached; "" is no preference."""
    return replace(brouillon, preference_contact=preference)


def aider(brouillon: Brouillon, besoin: str, oui: bool) -> Brouillon:
    """A need, or one less; kept in the order of BESOINS."""
    voulus = {*brouillon.besoins, besoin} if oui else {*brouillon.besoins} - {besoin}
    return replace(brouillon, besoins=tuple(b for b in BESOINS if b in voulus))


def choisir_public(brouillon: Brouillon, public: str) -> Brouillon:
    """The situation declared; proofs already ticked stay, they may serve again."""
    return replace(brouillon, public=public)


def choisir_accompagnement(brouillon: Brouillon, accompagne: bool) -> Brouillon:
    """With or without a prescripteur; the one chosen before is remembered, and counts only when accompanied."""
    return replace(brouillon, accompagnement=accompagne)


def choisir_prescripteur(brouillon: Brouillon, prescripteur: str | None) -> Brouillon:
    """Who accompanies; naming somebody answers the question before it."""
    return replace(brouillon, prescripteur=prescripteur, accompagnement=True)


def choisir_canal(brouillon: Brouillon, canal: str) -> Brouillon:
    """How the request arrived (one of CANAUX); it changes no right."""
    return replace(brouillon, canal=canal)


def demander_complement(brouillon: Brouillon, complementaire: bool) -> Brouillon:
    """Is this the request for a second carnet of 5?"""
    return replace(brouillon, complementaire=complementaire, complement_refuse=not complementaire)


def piece(brouillon: Brouillon, type_piece: str) -> PieceSaisie:
    """The proof as it stands in the draft."""
    return next((p for p in brouillon.pieces if p.type == type_piece), PieceSaisie(type_piece))


def cocher(brouillon: Brouillon, type_piece: str, vue: bool, aujourdhui: date) -> Brouillon:
    """Ticks a proof, seen today; unticking keeps the date that was typed."""
    avant = piece(brouillon, type_piece)
    vu_le = (avant.vu_le or aujourdhui) if vue else None
    return _poser(brouillon, replace(avant, vue=vue, vu_le=vu_le))


def dater(brouillon: Brouillon, type_piece: str, texte: str, aujourdhui: date) -> Brouillon:
    """The date written on a proof; typing one ticks the box (guide §4), erasing it leaves the box.

    A paper dated after the day another was seen is not that one: it is seen today.
    """
    avant = piece(brouillon, type_piece)
    if not texte.strip() or texte == avant.date:
        return _poser(brouillon, replace(avant, date=texte))
    ecrite, vu_le = lire_date(texte, aujourdhui, passe=False).date, avant.vu_le or aujourdhui
    if ecrite is not None and ecrite > vu_le:
        vu_le = aujourdhui
    return _poser(brouillon, replace(avant, date=texte, vue=True, vu_le=vu_le))


def joindre(brouillon: Brouillon, type_piece: str, cle: str, pages: int, aujourdhui: date) -> Brouillon:
    """A scan joined to a proof: it was seen, today unless it was before."""
    avant = piece(brouillon, type_piece)
    vue = replace(avant, numerisation=cle, pages=pages, vue=True, vu_le=avant.vu_le or aujourdhui)
    return _poser(brouillon, vue)


def retirer_scan(brouillon: Brouillon, type_piece: str) -> Brouillon:
    """The scan taken off; the proof stays seen."""
    return _poser(brouillon, replace(piece(brouillon, type_piece), numerisation="", pages=0))


def c_est_la_meme(brouillon: Brouillon, personne: Personne) -> Brouillon:
    """Adopts somebody recorded already: their identity replaces what was typed, an answer missing there stays typed.

    What is typed of the home, the contact and the rest counts first; a home in another commune is kept whole.
    """
    demenage = bool(brouillon.commune) and brouillon.commune != personne.commune
    return replace(
        brouillon,
        personne_id=personne.personne_id,
        homonyme=None,
        nom_naissance=personne.nom_naissance,
        prenoms=personne.prenoms,
        nom_usage=personne.nom_usage or brouillon.nom_usage,
        naissance=date_chiffres(personne.naissance) if personne.naissance else brouillon.naissance,
        commune=brouillon.commune or personne.commune or "",
        commune_saisie=brouillon.commune_saisie if brouillon.commune else "",
        telephone=brouillon.telephone or personne.telephone,
        lieu_naissance=brouillon.lieu_naissance or personne.lieu_naissance,
        adresse=brouillon.adresse if demenage else brouillon.adresse or personne.adresse,
        complement_adresse=(
            brouillon.complement_adresse if demenage else brouillon.complement_adresse or personne.complement_adresse
        ),
        code_postal=brouillon.code_postal if demenage else brouillon.code_postal or personne.code_postal,
        courriel=brouillon.courriel or personne.courriel,
        preference_contact=brouillon.preference_contact or personne.preference_contact,
        besoins=brouillon.besoins or personne.besoins,
        langue=brouillon.langue or personne.langue,
        note=brouillon.note or personne.note,
    )


def ce_n_est_pas_elle(brouillon: Brouillon, avant: Brouillon, adopte: Brouillon) -> Brouillon:
    """Takes `c_est_la_meme` back, which made `adopte` of `avant`: what was typed before is there again, what was typed
    since stays, and that person is somebody else."""
    rendus = {
        champ.name: getattr(avant, champ.name)
        for champ in fields(Brouillon)
        if getattr(brouillon, champ.name) == getattr(adopte, champ.name)
    }
    return c_est_une_autre(replace(brouillon, **rendus), adopte.personne_id or "")


def c_est_une_autre(brouillon: Brouillon, personne_id: str) -> Brouillon:
    """Notes that a look-alike is somebody else: it is not asked again."""
    if personne_id in brouillon.autre_personne:
        return brouillon
    return replace(brouillon, autre_personne=(*brouillon.autre_personne, personne_id))


def homonyme(brouillon: Brouillon, note: Brouillon) -> Brouillon:
    """Takes what a *responsable* said of a homonym in `note`; the rest stays as typed."""
    return replace(brouillon, homonyme=note.homonyme, autre_personne=note.autre_personne)


def derogation(brouillon: Brouillon, note: Brouillon) -> Brouillon:
    """Takes the derogation of `note`, granted or withdrawn; the rest stays as typed."""
    return replace(brouillon, derogation=note.derogation)


def _poser(brouillon: Brouillon, nouvelle: PieceSaisie) -> Brouillon:
    autres = tuple(p for p in brouillon.pieces if p.type != nouvelle.type)
    if len(autres) == len(brouillon.pieces):
        # A date left empty says nothing of a proof that nobody has shown.
        dite = nouvelle != PieceSaisie(nouvelle.type)
        return replace(brouillon, pieces=(*autres, nouvelle)) if dite else brouillon
    return replace(brouillon, pieces=tuple(nouvelle if p.type == nouvelle.type else p for p in brouillon.pieces))
