"""Two records that are one person: looked at side by side, made one, and two again if it was a mistake."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from passdesk.domain.commune import Communes
from passdesk.domain.erreurs import SaisieRefusee
from passdesk.domain.francais import date_longue
from passdesk.domain.fusion import completer
from passdesk.domain.personne import Personne
from passdesk.services.anterieurs import pass_recus
from passdesk.services.consultations import COMPARAISON, noter
from passdesk.services.fiche import cle_de, refuser_si_limitee, suivre
from passdesk.services.personnes import FichePersonne, Recherche, chercher, fiche, lignes_trouvees
from passdesk.services.poste import Poste
from passdesk.storage import fusions, personnes, proches
from passdesk.storage.fusions import Fusion

__all__ = ["ApercuFusion", "Fusion", "apercu", "candidates", "defaire", "fusionner", "fusions_de"]


@dataclass(frozen=True, slots=True)
class ApercuFusion:
    """What a merge would do: `garde` keeps its values and receives what `absorbee` had; nothing is changed yet.

    `reunie`: the person as shown then, what is blank in `garde` told by `absorbee`.
    `ensemble`: pass of both together, counted once; `plafond`: pass that one person may have.
    `obstacle`: why it cannot be done now, a code of the messages, or "".
    """

    garde: FichePersonne = field(repr=False)
    absorbee: FichePersonne = field(repr=False)
    reunie: Personne = field(repr=False)
    ensemble: int
    plafond: int
    obstacle: str = ""

    @property
    def depasse(self) -> bool:
        """True when both together had more than one person may have: the Region will open a case."""
        return self.ensemble > self.plafond


def candidates(poste: Poste, personne_id: str, texte: str, communes: Communes) -> Recherche:
    """The other records to choose from: what a text finds; nothing typed, those that look most like this one."""
    if texte.strip():
        trouvees = chercher(poste, texte, communes)
        autres = tuple(t for t in trouvees.trouvees if t.personne.personne_id != personne_id)
        return replace(trouvees, trouvees=autres)
    personne = personnes.get(poste.base, personne_id)
    semblables = proches.proches(poste.base, personne) if personne is not None else ()
    return Recherche(texte, lignes_trouvees(poste, [(proche.personne, "") for proche in semblables]), False)


def apercu(poste: Poste, garde_id: str, absorbee_id: str) -> ApercuFusion:
    """Both records as they stand. Raises SaisieRefusee: "personne_absente", "fusion_meme_fiche"."""
    garde, absorbee = fiche(poste, garde_id), fiche(poste, absorbee_id)
    if garde is None or absorbee is None:
        raise SaisieRefusee("personne_absente")
    if garde.personne.personne_id == absorbee.personne.personne_id:
        raise SaisieRefusee("fusion_meme_fiche")
    ids = garde.personne.personne_id, absorbee.personne.personne_id
    for ident in ids:
        noter(poste, ident, COMPARAISON)
    reunie = completer(garde.personne, absorbee.personne, personnes.ecartes_de(poste.base, ids[0]))
    cle = personnes.cle_de(poste.base, ids[0]) or cle_de(poste, reunie)
    ensemble = sum(a.nombre for a in pass_recus(poste, ids[0], cle, avec=ids[1]).tous)
    # What is typed for the absorbed record would have no record left to go to.
    obstacle = "fusion_visite_ouverte" if absorbee.visite or absorbee.a_corriger else ""
    return ApercuFusion(garde, absorbee, reunie, ensemble, garde.plafond, obstacle)


def fusionner(poste: Poste, garde_id: str, absorbee_id: str) -> None:
    """Makes the two records one. Raises what `apercu` raises, and SaisieRefusee: "fusion_visite_ouverte",
    "fiche_limitee"."""
    with poste.base.acte(poste.agent_id) as acte:
        vu = apercu(poste, garde_id, absorbee_id)
        if vu.obstacle:
            raise SaisieRefusee(vu.obstacle)
        garde = vu.garde.personne
        refuser_si_limitee(poste, garde.personne_id, vu.absorbee.personne.personne_id)
        acte.inscrire("personne.fusionner", garde.personne_id, {"absorbee": vu.absorbee.personne.personne_id})
        suivre(poste, garde, vu.reunie)


def defaire(poste: Poste, acte_id: str, garde_id: str) -> None:
    """Undoes the merge that this operation made: each record has again what was its own; what came since stays.

    Raises SaisieRefusee: "fusion_defaite" (undone or erased meanwhile), "fusion_melee" (a request of the absorbed
    record was gone on with under the other; `jour`: that day), "fiche_limitee" (one of the two would be no more).
    """
    with poste.base.acte(poste.agent_id) as acte:
        refuser_si_limitee(poste, garde_id)
        fusion = next((f for f in fusions_de(poste, garde_id) if f.acte == acte_id), None)
        if fusion is None:
            raise SaisieRefusee("fusion_defaite")
        absorbee_id = fusion.absorbee.personne_id
        melee = fusions.melee(poste.base, garde_id, absorbee_id)
        if melee is not None:
            raise SaisieRefusee("fusion_melee", jour=date_longue(melee.astimezone().date()))
        avant = personnes.get(poste.base, garde_id)
        acte.inscrire("personne.fusionner", garde_id, {"absorbee": absorbee_id, "annule": True}, v=2)
        apres = personnes.get(poste.base, garde_id)
        if avant is not None and apres is not None:
            # What is being typed shows the other record no more.
            suivre(poste, avant, apres)


def fusions_de(poste: Poste, personne_id: str) -> tuple[Fusion, ...]:
    """The merges in force in this record, the latest first."""
    return fusions.par_personne(poste.base, personne_id)
