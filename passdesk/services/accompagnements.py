"""The small log of accompaniments: noted in a few keys, corrected, handed on as figures without a name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from passdesk.domain.accompagnement import DUREE_MAX, THEMATIQUES, TYPES_LIEU, Accompagnement, ChoixAccompagnement
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.services.fiche import refuser_si_limitee
from passdesk.services.poste import Poste
from passdesk.storage import accompagnements, personnes


@dataclass(frozen=True, slots=True)
class LigneAccompagnement:
    """One accompaniment for figures, in the words of La Coop and without anything that names the person.

    `rang_personne` numbers the persons of the list from 1. `premier`: the first one this desk knows of that person.
    `commune`: INSEE code of the home. `annee_naissance`: None when it is not known.
    """

    le: date
    duree: int
    type_lieu: str
    thematiques: tuple[str, ...]
    rang_personne: int
    premier: bool
    commune: str | None = field(repr=False)
    annee_naissance: int | None = field(repr=False)


def noter(poste: Poste, accompagnement: Accompagnement) -> Accompagnement:
    """Records an accompaniment; with an id that is known, in place of what was said of it. Returns it as recorded.

    Raises SaisieRefusee: "personne_absente", "accompagnement_a_revoir" (day to come, duration, place or theme),
    "fiche_limitee".
    """
    personne = personnes.get(poste.base, accompagnement.personne_id)
    if personne is None:
        raise SaisieRefusee("personne_absente")
    refuser_si_limitee(poste, personne.personne_id)
    juste = (
        accompagnement.le <= poste.horloge.aujourdhui()
        and 0 < accompagnement.duree <= DUREE_MAX
        and accompagnement.type_lieu in TYPES_LIEU
        and accompagnement.thematiques
        and set(accompagnement.thematiques) <= set(THEMATIQUES)
    )
    if not juste:
        raise SaisieRefusee("accompagnement_a_revoir")
    note = replace(
        accompagnement,
        accompagnement_id=accompagnement.accompagnement_id or poste.base.nouvel_id(),
        personne_id=personne.personne_id,
        thematiques=tuple(dict.fromkeys(accompagnement.thematiques)),
        commune=personne.commune if accompagnement.type_lieu == "domicile" else None,
        agent_id=poste.agent_id,
    )
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire(
            "accompagnement.noter",
            accompagnements.origine(poste.base, note.accompagnement_id) or note.personne_id,
            {
                "accompagnement": note.accompagnement_id,
                "le": note.le.isoformat(),
                "duree": note.duree,
                "type_lieu": note.type_lieu,
                "thematiques": list(note.thematiques),
                "commune": note.commune,
            },
        )
    return note


def retirer(poste: Poste, accompagnement: Accompagnement) -> None:
    """Takes back one noted by mistake; the log keeps both. Raises SaisieRefusee("fiche_limitee")."""
    refuser_si_limitee(poste, accompagnement.personne_id)
    with poste.base.acte(poste.agent_id) as acte:
        acte.inscrire(
            "accompagnement.noter",
            accompagnements.origine(poste.base, accompagnement.accompagnement_id) or accompagnement.personne_id,
            {"accompagnement": accompagnement.accompagnement_id, "retire": True},
        )


def derniers_choix(poste: Poste) -> ChoixAccompagnement:
    """What to offer first: the place, the duration and the themes noted last here."""
    dernier = accompagnements.dernier(poste.base)
    if dernier is None:
        return ChoixAccompagnement()
    return ChoixAccompagnement(dernier.type_lieu, dernier.duree, dernier.thematiques)


def pour_chiffres(poste: Poste, debut: date, fin: date) -> tuple[LigneAccompagnement, ...]:
    """The accompaniments of a period, both days included, ready to be counted or written to a table."""
    numeros: dict[str, int] = {}
    lignes = []
    for accompagnement in accompagnements.entre(poste.base, debut, fin):
        personne_id = accompagnement.personne_id
        personne = personnes.get(poste.base, personne_id)
        siens = accompagnements.par_personne(poste.base, personne_id)
        naissance = personne.naissance if personne else None
        lignes.append(
            LigneAccompagnement(
                accompagnement.le,
                accompagnement.duree,
                accompagnement.type_lieu,
                accompagnement.thematiques,
                numeros.setdefault(personne_id, len(numeros) + 1),
                siens[-1].accompagnement_id == accompagnement.accompagnement_id,
                personne.commune if personne else None,
                naissance.year if naissance else None,
            )
        )
    return tuple(lignes)
