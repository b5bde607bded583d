"""What is held on one person, in words: on paper and on the console alike, so nothing here knows about the window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from passdesk.domain.commune import Communes
from passdesk.domain.dossier_personne import DossierPapier, LigneDossier, Rubrique
from passdesk.domain.francais import date_longue, heure, telephone, typographie
from passdesk.domain.pays import pays_du_code
from passdesk.domain.personne import Personne
from passdesk.services.consultations import CARNET, COMPARAISON, DECISION, EXPORT, FICHE, SCAN_RETIRE, VISITE
from passdesk.services.decision import DecisionPrise
from passdesk.services.dossier_personne import DossierPersonne
from passdesk.ui import mots_cas
from passdesk.ui.etats import ETATS
from passdesk.ui.messages.fiche import BESOINS, CANAUX, PREFERENCES
from passdesk.ui.messages.motifs import PIECES, PUBLICS
from passdesk.ui.mots_accompagnement import THEMATIQUES, duree
from passdesk.ui.recits import MOTIFS, PRESCRIPTEURS, raconter

TITRE = "Ce que nous gardons sur vous"
INTRODUCTION = (
    "Vous avez demandé ce que le guichet du pass numérique garde sur vous. Tout est dans ces pages.",
    "Rien n’y est sur une autre personne, sauf le nom des agents qui vous ont reçu.",
)
PIED = (
    "Une information est fausse ? Demandez au guichet de la corriger. Vous pouvez aussi demander que tout soit effacé.",
    "La Région garde une copie de ces informations, chiffrée, pour tenir le compte des pass.",
)
RIEN = "Rien."
GESTES = {
    FICHE: "a ouvert votre fiche",
    EXPORT: "a préparé ces pages",
    VISITE: "a ouvert une visite pour vous",
    CARNET: "a regardé un de vos carnets",
    DECISION: "a relu une réponse qui vous a été donnée",
    COMPARAISON: "a comparé votre fiche à une autre",
    SCAN_RETIRE: "a retiré un scan qui était abîmé",
}
REPONSES = {"accord": "Accord", "refus": "Refus", "incomplet": "Papiers à apporter"}
ETATS_DEMANDE = {
    "ouverte": "en cours",
    "accordee": "accordée",
    "refusee": "refusée",
    "incomplete": "à compléter",
    "abandonnee": "abandonnée",
}


def dossier_papier(dossier: DossierPersonne, communes: Communes | None) -> DossierPapier:
    """The pages to hand over, in plain words. `communes`: to name the towns."""
    rubriques = (
        Rubrique("Vous", tuple(_identite(dossier.personne, communes))),
        *(Rubrique("Une autre fiche, réunie avec la vôtre", tuple(_identite(p, communes))) for p in dossier.reunies),
        Rubrique("Vos demandes", tuple(_demandes(dossier))),
        Rubrique("Les réponses", tuple(_decisions(dossier, communes))),
        Rubrique("Vos carnets", tuple(_carnets(dossier))),
        Rubrique("Le temps passé avec vous", tuple(_accompagnements(dossier))),
        Rubrique("En cours de saisie", tuple(_saisies(dossier, communes))),
        Rubrique("À vérifier avec la Région", tuple(_cas(dossier))),
        Rubrique("Ce qui s’est passé", tuple(_histoire(dossier))),
        Rubrique("Qui a regardé", tuple(_consultations(dossier))),
    )
    return DossierPapier(
        titre=TITRE,
        personne=dossier.personne.nom_complet,
        guichet=dossier.guichet,
        telephone_aide=dossier.telephone_aide,
        le=dossier.le,
        introduction=tuple(map(typographie, INTRODUCTION)),
        rubriques=tuple(_remplie(rubrique) for rubrique in rubriques),
        pied=tuple(map(typographie, PIED)),
        gros="gros_caracteres" in dossier.personne.besoins,
    )


def _remplie(rubrique: Rubrique) -> Rubrique:
    """A heading with nothing under it says so: nothing was left out."""
    return rubrique if rubrique.lignes else Rubrique(rubrique.titre, (LigneDossier("", RIEN),))


def _ligne(nom: str, valeur: str) -> Iterable[LigneDossier]:
    return [LigneDossier(nom, valeur)] if valeur else []


def _identite(personne: Personne, communes: Communes | None) -> Iterable[LigneDossier]:
    besoins = " · ".join(BESOINS[besoin] for besoin in personne.besoins if besoin in BESOINS)
    faits = (
        ("Nom de naissance", personne.nom_naissance),
        ("Prénoms", personne.prenoms),
        ("Nom d’usage", personne.nom_usage),
        ("Naissance", date_longue(personne.naissance) if personne.naissance else ""),
        ("Lieu de naissance", personne.lieu_naissance),
        ("Domicile", _commune(personne.commune, communes)),
        ("Adresse", " · ".join(m for m in (personne.adresse, personne.complement_adresse) if m)),
        ("Code postal", personne.code_postal),
        ("Téléphone", telephone(personne.telephone)),
        ("Adresse électronique", personne.courriel),
        ("Pour vous joindre", PREFERENCES.get(personne.preference_contact, "")),
        ("Pour vous aider", besoins),
        ("Langue", personne.langue),
        ("Note", personne.note),
    )
    for nom, valeur in faits:
        yield from _ligne(nom, valeur)


def _demandes(dossier: DossierPersonne) -> Iterable[LigneDossier]:
    gardes = {(scan.demande_id, scan.type): len(scan.pages) for scan in dossier.scans}
    for demande in dossier.demandes:
        arrivee = f"arrivée le {date_longue(demande.arrivee_le)}" if demande.arrivee_le else ""
        qui, par = PRESCRIPTEURS.get(demande.prescripteur or "", ""), CANAUX.get(demande.canal or "", "")
        mots = (
            PUBLICS.get(demande.public or "", ""),
            arrivee,
            par[:1].lower() + par[1:],
            "demande complémentaire" if demande.complementaire else "",
            f"avec {qui}" if qui else "sans accompagnement",
            f"établissement {demande.etablissement}" if demande.etablissement else "",
            f"foyer {demande.foyer}" if demande.foyer else "",
        )
        yield LigneDossier(f"Demande {ETATS_DEMANDE.get(demande.etat, '')}".strip(), _phrase(mots))
        for constat in demande.constats:
            pages = gardes.get((demande.demande_id, constat.piece.type), 0)
            vu = constat.piece.vu_le or constat.constate.astimezone().date()
            agent = dossier.noms.get(constat.vu_par, "")
            dits = (
                f"daté du {date_longue(constat.piece.date)}" if constat.piece.date else "",
                f"vu le {date_longue(vu)}{f' par {agent}' if agent else ''}",
                f"{pages}\u00a0page{'s' if pages > 1 else ''} numérisée{'s' if pages > 1 else ''}" if pages else "",
            )
            nom = PIECES.get(constat.piece.type, constat.piece.type)
            yield LigneDossier(nom[:1].upper() + nom[1:], _phrase(dits))


def _decisions(dossier: DossierPersonne, communes: Communes | None) -> Iterable[LigneDossier]:
    for prise in dossier.decisions:
        motifs = ", ".join(dict.fromkeys(MOTIFS[code] for code in prise.codes if code in MOTIFS))
        mots = (
            f"le {date_longue(prise.le)}",
            f"{prise.nombre}\u00a0pass" if prise.nombre else "",
            motifs,
            prise.titre,
            f"par {prise.agent}" if prise.agent else "",
        )
        yield LigneDossier(REPONSES.get(prise.issue, prise.issue), _phrase(mots))
        yield from _ligne("Faits utilisés", _faits(prise, communes))


def _faits(prise: DecisionPrise, communes: Communes | None) -> str:
    """What the answer was made of."""
    if prise.faits is None:
        return ""
    d = prise.faits.dossier
    recus = sum(anterieur.nombre for anterieur in d.anterieurs)
    mots = (
        f"naissance le {date_longue(d.naissance)}" if d.naissance else "",
        f"domicile : {_commune(d.commune, communes)}" if d.commune else "",
        PUBLICS.get(d.public, d.public),
        f"{recus}\u00a0pass reçus avant" if recus else "aucun pass reçu avant",
        f"papiers : {', '.join(PIECES.get(p.type, p.type) for p in d.justificatifs)}" if d.justificatifs else "",
        f"dérogation : {d.derogation.raison}" if d.derogation is not None else "",
    )
    return _phrase(mots)


def _carnets(dossier: DossierPersonne) -> Iterable[LigneDossier]:
    for serie, carnet in dossier.carnets:
        mots = (
            f"n°\u00a0{serie}",
            ETATS.get(carnet.etat, carnet.etat.value),
            f"remis le {date_longue(carnet.remis_le)}" if carnet.remis_le else "",
            f"valable jusqu’au {date_longue(carnet.dernier_jour)}",
            f"{len(carnet.rangs_bloques)}\u00a0pass bloqués" if carnet.rangs_bloques else "",
        )
        yield LigneDossier(f"Carnet de\u00a0{carnet.taille}", _phrase(mots))
    for recu in dossier.ailleurs:
        yield LigneDossier("À un autre poste", typographie(f"{recu.nombre}\u00a0pass, le {date_longue(recu.le)}"))
    if dossier.repere is not None:
        yield LigneDossier("Repère", f"{dossier.repere.hex()} : il évite de donner deux fois, sans porter votre nom")


def _accompagnements(dossier: DossierPersonne) -> Iterable[LigneDossier]:
    for fait in dossier.accompagnements:
        themes = ", ".join(THEMATIQUES.get(theme, theme) for theme in fait.thematiques)
        agent = dossier.noms.get(fait.agent_id, "")
        yield LigneDossier(date_longue(fait.le), _phrase((themes, duree(fait.duree), f"avec {agent}" if agent else "")))


def _saisies(dossier: DossierPersonne, communes: Communes | None) -> Iterable[LigneDossier]:
    for saisie in dossier.saisies:
        mots = (
            saisie.titre,
            saisie.naissance,
            _commune(saisie.commune, communes),
            saisie.telephone,
            saisie.adresse,
            saisie.courriel,
            saisie.note,
        )
        yield LigneDossier("Pas encore enregistré", " · ".join(mot for mot in mots if mot))


def _cas(dossier: DossierPersonne) -> Iterable[LigneDossier]:
    for cas in dossier.cas:
        yield LigneDossier("Dossier", typographie(f"{cas.litige_id}, reçu {_moment(cas.recu)}"))
        if cas.decision:
            yield LigneDossier("Décision de la Région", mots_cas.DECIDE.get(cas.decision, cas.decision))
        for quand, agent, texte in cas.notes:
            if texte:
                # Written by an agent: shown as it is.
                yield LigneDossier("Note", f"{texte} ({' '.join(m for m in (agent, _moment(quand)) if m)})")


def _histoire(dossier: DossierPersonne) -> Iterable[LigneDossier]:
    for fait in dossier.histoire:
        recit = raconter(fait)
        yield LigneDossier(_jour(fait.quand), " · ".join(mot for mot in (recit.titre, recit.detail) if mot))


def _consultations(dossier: DossierPersonne) -> Iterable[LigneDossier]:
    for vue in dossier.consultations:
        qui = vue.agent or "Un agent du poste"
        quand = f"{_jour(vue.quand)}, {heure(vue.quand.astimezone())}"
        yield LigneDossier(quand, f"{qui} {GESTES.get(vue.geste, vue.geste)}")


def _commune(code: str | None, communes: Communes | None) -> str:
    if not code:
        return ""
    pays = pays_du_code(code)
    if pays is not None:
        return pays.nom
    trouvee = communes.par_code(code) if communes is not None else None
    return trouvee.nom if trouvee is not None else code


def _phrase(mots: Iterable[str]) -> str:
    phrase = typographie(" · ".join(mot for mot in mots if mot))
    return phrase[:1].upper() + phrase[1:]


def _jour(quand: datetime) -> str:
    return date_longue(quand.astimezone().date())


def _moment(quand: datetime) -> str:
    return f"le {_jour(quand)}"
