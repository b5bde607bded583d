"""How a decision as taken is told: what was answered, why, on what, and what can still be done. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from passdesk.domain.commune import Communes
from passdesk.domain.demande import Dossier
from passdesk.domain.evaluation import age_le
from passdesk.domain.examen import ExigenceExaminee
from passdesk.domain.francais import ESPACE, date_longue, typographie
from passdesk.domain.motif import TOUS_INCOMPLET, TOUS_REFUS
from passdesk.domain.pays import pays_du_code
from passdesk.domain.reglement import Reglement
from passdesk.services.decision import DecisionPrise, Explication
from passdesk.ui.decision import textes
from passdesk.ui.messages import phrase_motif
from passdesk.ui.messages.motifs import PIECES
from passdesk.ui.recits import MOTIFS, PRESCRIPTEURS
from passdesk.ui.visite import paroles
from passdesk.ui.visite.reponse import EtatDroit, Ligne, Section
from passdesk.ui.visite.textes import PAR_DEROGATION, age_en_mots, carnets_en_mots, nombre_pass


@dataclass(frozen=True, slots=True)
class RecitDecision:
    """All that the page shows. `sections` stand at the left, `verifications` beside the answer."""

    nom: str = field(repr=False)
    etat: EtatDroit
    surtitre: str = field(repr=False)
    titre: str
    sens: str
    sections: tuple[Section, ...] = field(repr=False)
    verifications: tuple[Section, ...] = field(repr=False)
    imprimable: bool


def raconter_decision(explication: Explication, communes: Communes) -> RecitDecision:
    """The decision in plain French, for the screen."""
    prise = explication.prise
    titre, sens = _titre(prise)
    sections = [Section(textes.POURQUOI, tuple(_pourquoi(prise)))]
    if prise.faits is not None:
        dossier = prise.faits.dossier
        verifie = (
            *_personne(dossier, communes, explication.reglement),
            *_derogation(prise),
            *(_papier(e, dossier.arrivee_le) for e in explication.examen),
        )
        sections.append(Section(textes.VERIFIE, verifie))
        sections.append(Section(textes.RECU, tuple(_recus(dossier))))
    sections += [
        Section(textes.POSSIBLE, tuple(_possible(prise))),
        Section(textes.CONTESTER, _recours()),
    ]
    icone, ton, phrase = textes.REJEU[explication.rejeu.etat]
    refaite = [Ligne(icone, ton, typographie(phrase))]
    if explication.suivantes:
        refaite.append(Ligne("info-circle", "info", textes.PLUS_RECENTE))
    par = f"\npar {prise.agent}" if prise.agent else ""
    return RecitDecision(
        nom=prise.personne.nom_courant if prise.personne is not None else textes.SANS_NOM,
        etat=prise.issue,  # type: ignore[arg-type]
        surtitre=f"Réponse du {date_longue(prise.le)}{par}",
        titre=titre,
        sens=sens,
        sections=tuple(section for section in sections if section.lignes),
        verifications=(
            Section(textes.REGLEMENT, (_reglement(prise),)),
            Section(textes.ENCORE, tuple(refaite)),
        ),
        imprimable=prise.faits is not None and prise.personne is not None,
    )


def _recours() -> tuple[Ligne, ...]:
    dits = zip(textes.RECOURS, textes.RECOURS_REFERENCES, strict=True)
    return tuple(Ligne(icone, "info", phrase, reference) for (icone, phrase), reference in dits)


def _titre(prise: DecisionPrise) -> tuple[str, str]:
    if prise.issue == "accord":
        par = f"{PAR_DEROGATION} · " if "derogation" in prise.codes else ""
        return carnets_en_mots(prise.carnets), f"{par}{nombre_pass(prise.nombre)} attribués"
    if prise.issue == "incomplet":
        manquants = len(prise.faits.decision.manquants) if prise.faits is not None else 0
        if manquants > 1:
            return f"Encore {manquants} pièces", "Demande gardée, à compléter"
        return "Encore une pièce", "Demande gardée, à compléter"
    refusant = next((code for code in prise.codes if code in TOUS_REFUS), "")
    return paroles.titre_refus(refusant)


def _pourquoi(prise: DecisionPrise) -> Iterator[Ligne]:
    if prise.faits is not None:
        for motif in prise.faits.decision.motifs:
            yield Ligne(*_signe(motif.code, prise.issue), phrase_motif(motif), paroles.reference(motif))
        return
    for code in prise.codes:
        yield Ligne(*_signe(code, prise.issue), _phrase(MOTIFS.get(code, "raison du règlement")))


def _signe(code: str, issue: str) -> tuple[str, str]:
    """Icon and tone of a reason: a paper not there yet is never red, even beside a refusal."""
    if code == "derogation":
        return "key", "info"
    if code in TOUS_INCOMPLET:
        return "hourglass", "warn"
    return ("ban", "bad") if code in TOUS_REFUS else ("check", "ok") if issue == "accord" else ("calendar", "info")


def _reglement(prise: DecisionPrise) -> Ligne:
    nom = prise.titre or f"règlement du {date_longue(date.fromisoformat(prise.reglement))}"
    controle = f"Contrôle {prise.empreinte.hex()[:8].upper()}"
    if prise.faits is None or prise.executoire_le is None:
        return Ligne("scale", "info", _phrase(nom), controle)
    arrivee, depuis = prise.faits.dossier.arrivee_le, prise.executoire_le
    if arrivee < depuis:
        raison = f"La demande est arrivée le {date_longue(arrivee)}, avant tous les règlements{ESPACE}: le plus ancien."
    else:
        raison = f"La demande est arrivée le {date_longue(arrivee)}. Il s’applique depuis le {date_longue(depuis)}."
    return Ligne("scale", "info", _phrase(nom), f"{raison} {controle}")


def _personne(dossier: Dossier, communes: Communes, reglement: Reglement | None) -> Iterator[Ligne]:
    """What was declared, as the decision used it: neutral facts, judged by the reasons alone."""
    situation = textes.SITUATIONS.get(dossier.public, dossier.public)
    if dossier.naissance is not None:
        situation += f" · {_age(dossier.naissance, dossier.arrivee_le, reglement)}"
    yield Ligne("user", "info", situation, f"Arrivée le {date_longue(dossier.arrivee_le)}")
    if dossier.commune is not None:
        trouvee = communes.par_code(dossier.commune)
        pays = pays_du_code(dossier.commune)
        ville = f"Domicile{ESPACE}: {trouvee.nom if trouvee else dossier.commune}"
        yield Ligne("home", "info", f"Habite {pays.ou}" if pays is not None else ville)
    qui = PRESCRIPTEURS.get(dossier.prescripteur or "", "")
    yield Ligne("users", "info", f"Avec {qui}" if qui else "Sans accompagnement")
    if dossier.complementaire:
        yield Ligne("plus", "info", "Demande complémentaire")


def _derogation(prise: DecisionPrise) -> Iterator[Ligne]:
    """Who granted it, when, and what they wrote."""
    faits = prise.faits
    if faits is None or faits.dossier.derogation is None:
        return
    par = f" par {prise.derogation_agent}" if prise.derogation_agent else ""
    quand = f", le {date_longue(date.fromisoformat(faits.derogation_le))}" if faits.derogation_le else ""
    yield Ligne("key", "info", f"Dérogation accordée{par}{quand}", faits.dossier.derogation.raison)


def _age(naissance: date, arrivee: date, reglement: Reglement | None) -> str:
    """ "60 ans au jour d’arrivée", or on the day that the règlement counts it."""
    jour = reglement.jour_de_l_age(arrivee) if reglement is not None else arrivee
    quand = "au jour d’arrivée" if jour == arrivee else f"le {date_longue(jour)}"
    regle = (reglement.anniversaire_29_fevrier.valeur,) if reglement is not None else ()
    return f"{age_en_mots(age_le(naissance, jour, *regle))} {quand}"


def _papier(examinee: ExigenceExaminee, arrivee: date) -> Ligne:
    """One requirement: the paper that met it, or what was wrong."""
    piece = examinee.piece
    noms = " ou ".join(PIECES.get(preuve, preuve) for preuve in examinee.preuves)
    if piece is None:
        texte = f"Aucun papier montré{ESPACE}: {noms}"
    else:
        nom = _phrase(PIECES.get(piece.type, piece.type))
        datee = f"{nom} du {date_longue(piece.date)}" if piece.date is not None else f"{nom}, sans date"
        defauts = {
            "perimee": f"{datee}{ESPACE}: trop ancien",
            "posterieure": f"{datee}{ESPACE}: cette date suit le jour où il a été vu",
            "sans_date": f"{nom}{ESPACE}: sa date manque",
        }
        texte = defauts.get(examinee.etat or "", datee if piece.date is not None else nom)
    details = []
    if examinee.date_debut is not None:
        details.append(f"Date demandée{ESPACE}: à partir du {date_longue(examinee.date_debut)}")
    if piece is not None and piece.vu_le is not None and piece.vu_le != arrivee:
        details.append(f"vu le {date_longue(piece.vu_le)}")
    if examinee.article:
        details.append(typographie(examinee.article))
    if examinee.a_confirmer:
        details.append(paroles.A_CONFIRMER)
    icone, ton = textes.ETATS_PIECE[examinee.etat]
    return Ligne(icone, ton, texte, _phrase(" · ".join(details)))


def _recus(dossier: Dossier) -> Iterator[Ligne]:
    if not dossier.anterieurs:
        yield Ligne("ticket", "info", "Aucun pass reçu avant ce jour", "Fiches du poste et liste régionale")
    for anterieur in dossier.anterieurs:
        yield Ligne("ticket", "info", f"{nombre_pass(anterieur.nombre)} le {date_longue(anterieur.le)}")


def _possible(prise: DecisionPrise) -> Iterator[Ligne]:
    if prise.issue == "accord":
        if prise.reste:
            yield Ligne("ticket", "info", f"Encore {nombre_pass(prise.reste)}, sur demande complémentaire.")
        else:
            yield Ligne("ticket", "info", "Plus rien à demander\u00a0: le maximum par personne est atteint.")
    elif prise.issue == "incomplet":
        if prise.faits is not None:
            for preuves in prise.faits.decision.manquants:
                noms = " ou ".join(PIECES.get(preuve, preuve) for preuve in preuves)
                yield Ligne("hourglass", "warn", f"À apporter{ESPACE}: {noms}")
            arrivee = date_longue(prise.faits.dossier.arrivee_le)
            yield Ligne("shield-check", "info", f"Le dossier garde sa date d’arrivée, le {arrivee}.")
    else:
        motifs = prise.faits.decision.motifs if prise.faits is not None else ()
        dits: dict[str, Mapping[str, str] | None] = dict.fromkeys(prise.codes)
        dits |= {motif.code: motif.faits for motif in motifs}
        for code, faits in dits.items():
            for icone, texte in paroles.du_motif(code, faits):
                yield Ligne(icone, "info", texte)
        if "complement_non_demande" in prise.codes:
            yield Ligne("ticket", "info", "La suite peut être donnée sur demande complémentaire.")


def _phrase(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
