"""How a decision becomes the panel beside the form: four states, reasons, and the one next step. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from passdesk.domain.carnet import Carnet
from passdesk.domain.evaluation import TOUS_REFUS, Decision, Motif
from passdesk.domain.francais import date_longue, euros
from passdesk.domain.pays import pays_du_code
from passdesk.domain.saisie_date import lire_date
from passdesk.domain.visite import Apercu, Brouillon, CarnetRecu, Ressemblance
from passdesk.services.dossier import inconnu
from passdesk.services.visite import ETAPES
from passdesk.ui.messages import message, phrase_motif
from passdesk.ui.visite import paroles, textes
from passdesk.ui.visite.pieces import date_demandee, presenter_pieces
from passdesk.ui.visite.reponse import Action, Droit, Ligne, Section

REGLES = ("reglement_anterieur", "prescripteur_non_retenu", "derogation")


@dataclass(frozen=True, slots=True)
class Faits:
    """What the panel tells beside the decision.

    `valeur_cents`: value of one pass; `commune`: its name; `ensuite`: carnets an incomplete request will give, when
    known; `gardee`: the request as shown was just recorded; `papier_attendu`: and its paper, asked for, has not gone.
    `lieux`: names of the nearest places, "" while they are not known.
    """

    aujourdhui: date
    valeur_cents: int = 1000
    commune: str = ""
    ensuite: tuple[int, ...] = ()
    gardee: bool = False
    papier_attendu: bool = False
    lieux: str = ""


def presenter_droit(brouillon: Brouillon, apercu: Apercu, faits: Faits) -> Droit:
    """The panel for a draft and what is known of it."""
    arrivee = lire_date(brouillon.arrivee_le, faits.aujourdhui).date or faits.aujourdhui
    vue = _Vue(f"Droit au {date_longue(arrivee)}", arrivee, brouillon, apercu, faits)
    decision = apercu.decision
    if decision is None:
        return _a_remplir(vue)
    a_revoir = [champ for champ, _ in apercu.erreurs if champ != "telephone"]
    if a_revoir:
        return _a_revoir(vue, a_revoir)
    decisive = decisive_ressemblance(apercu)
    if decisive is not None:
        return _a_decider(vue, decisive)
    refusants = tuple(m for m in decision.motifs if m.code in TOUS_REFUS)
    if [m.code for m in refusants] == ["complement_non_demande"] and not (faits.gardee or brouillon.complement_refuse):
        return _complement(vue, refusants)
    if decision.issue == "accord":
        return _accord(vue, decision)
    if decision.issue == "incomplet":
        return _incomplet(vue, decision)
    # Who is here has no claim on the carnet of the one they are said not to be.
    attend = carnet_a_servir(apercu, sauf=brouillon.autre_personne)
    if attend is not None and not faits.gardee and {m.code for m in refusants} == {"plafond_atteint"}:
        return _servir(vue, attend, refusants)
    return _refus(vue, decision, refusants)


@dataclass(frozen=True, slots=True)
class _Vue:
    surtitre: str
    arrivee: date
    brouillon: Brouillon
    apercu: Apercu
    faits: Faits


def decisive_ressemblance(apercu: Apercu) -> Ressemblance | None:
    """The look-alike whose answer may change the right: somebody who already received pass.

    Of a file with the same names and birth date, the pass count already; another person at the desk is then a
    homonym, and a *responsable* may say so.
    """
    return next((r for r in apercu.ressemblances if r.pass_recus or (r.exacte and apercu.pass_anterieurs)), None)


def carnet_a_servir(apercu: Apercu, sauf: Sequence[str] = ()) -> CarnetRecu | None:
    """The oldest carnet awarded here that the person does not hold yet; `sauf`: ids of whose it may not be."""
    attendent = (r for r in apercu.recus if r.carnet is not None and r.carnet.etat in ETAPES)
    return next((r for r in attendent if r.carnet is not None and r.carnet.personne_id not in sauf), None)


def carnet_servi(apercu: Apercu, carnet: Carnet) -> bool:
    """True once nothing waits any more for the holder of this carnet, who has what was to be given: not when it was
    voided instead, which gives the right back."""
    siens = [r.carnet for r in apercu.recus if r.carnet is not None and r.carnet.personne_id == carnet.personne_id]
    return bool(siens) and all(autre.etat not in ETAPES for autre in siens)


def _ligne(motif: Motif, icone: str, ton: str) -> Ligne:
    phrase = phrase_motif(motif)
    # A fact of the list has no full stop, two sentences keep theirs.
    return Ligne(icone, ton, phrase if ". " in phrase else phrase.removesuffix("."), paroles.reference(motif))


def _a_remplir(vue: _Vue) -> Droit:
    questions = vue.apercu.questions
    lignes = tuple(Ligne("pencil", "info", textes.QUESTIONS[q]) for q in questions)
    return Droit(
        "question",
        vue.surtitre,
        "Encore une réponse" if len(questions) == 1 else f"Encore {len(questions)} réponses",
        "Le droit s’affiche ensuite",
        (Section("Il reste à indiquer", lignes),) if lignes else (),
        ("Tout ce qui est tapé est gardé.",),
        Action("aller", textes.REMPLIR, "pencil", questions[0] if questions else "nom_naissance"),
    )


def _a_revoir(vue: _Vue, champs: list[str]) -> Droit:
    noms = {f"piece.{type_piece}": nom for type_piece, nom in textes.PIECES.items()} | textes.QUESTIONS
    attendues = {
        f"piece.{t}": date_demandee(g, vue.apercu.exigences, vue.arrivee) for g, _ in vue.apercu.exigences for t in g
    }
    lignes = tuple(
        Ligne("pencil", "info", noms.get(champ, champ), precision=attendues.get(champ, "")) for champ in champs
    )
    titre = "Une date à revoir" if len(champs) == 1 else f"{len(champs)} dates à revoir"
    return Droit(
        "question",
        vue.surtitre,
        titre,
        "Le droit s’affiche ensuite",
        (Section("À revoir", lignes),),
        ("Tout ce qui est tapé est gardé.",),
        Action("aller", textes.REMPLIR, "pencil", champs[0]),
    )


def _a_decider(vue: _Vue, ressemblance: Ressemblance) -> Droit:
    if ressemblance.exacte:
        recus = textes.nombre_pass(vue.apercu.pass_anterieurs)
        qui, effet = f"Mêmes noms et même naissance\u00a0: {recus} déjà reçus", textes.SI_HOMONYME
    else:
        qui, effet = "Une fiche ressemblante a déjà reçu des pass", textes.SI_MEME
    lignes = (Ligne("users", "info", qui), Ligne("info-circle", "info", effet))
    return _question(
        vue, "Est-ce la même personne\u00a0?", lignes, Action("aller", textes.REPONDRE, "users", "ressemblance")
    )


def _complement(vue: _Vue, refusants: tuple[Motif, ...]) -> Droit:
    lignes = tuple(_ligne(m, "question-mark", "info") for m in refusants)
    action = Action("aller", textes.REPONDRE, "question-mark", "complementaire")
    return _question(vue, textes.EST_COMPLEMENTAIRE, lignes, action)


def _question(vue: _Vue, sens: str, lignes: tuple[Ligne, ...], action: Action) -> Droit:
    pourquoi = (Section("Pourquoi", lignes),)
    return Droit("question", vue.surtitre, "À décider d’abord", sens, pourquoi, (), action)


def _accord(vue: _Vue, decision: Decision) -> Droit:
    lignes = [*_regle(decision)]
    lignes += [_ligne(m, "check", "ok") for m in decision.motifs if m.code not in REGLES]
    lignes += _constats(vue, decision)
    carnets, valeur = textes.carnets_en_mots(decision.carnets), vue.faits.valeur_cents
    par = f"{textes.PAR_DEROGATION} · " if leves(vue.apercu) else ""
    if vue.apercu.empechement is not None:
        gain = f"{par}{carnets}, soit {euros(decision.pass_accordes * valeur)}"
        return _retenu(vue, gain, vue.apercu.empechement, tuple(lignes))
    return Droit(
        "accord",
        vue.surtitre,
        carnets,
        par + textes.valeur_en_mots(decision.pass_accordes, valeur),
        (Section("Pourquoi", tuple(lignes)),),
        (
            "Encore modifiable jusqu’à l’impression.",
            paroles.ensuite_il_reste(decision.reste),
            *paroles.derniere_remise(vue.apercu.derniere_remise, vue.faits.aujourdhui),
            *_stock(decision, vue.apercu),
        ),
        Action("attribuer", textes.ATTRIBUER, "printer"),
        # Letters, places, name: for who wants to choose them before the sheets go.
        discretes=(Action("attribuer_seul", textes.ATTRIBUER_SEUL, ""),),
    )


def _retenu(vue: _Vue, gain: str, empechement: str, pourquoi: tuple[Ligne, ...]) -> Droit:
    """The right is there, the carnets are not: both in the headline, what keeps them and what to do before the rest."""
    raison = message(empechement)
    obstacle = [Ligne("alert-triangle", "warn", raison.quoi.removesuffix("."))]
    if raison.faire:
        obstacle.append(Ligne("info-circle", "info", raison.faire.removesuffix(".")))
    return Droit(
        "accord",
        vue.surtitre,
        textes.SANS_CARNET,
        gain,
        (Section(textes.PAS_DE_CARNET, tuple(obstacle)), Section(textes.DROIT_ACQUIS, pourquoi)),
        (raison.sur,) if raison.sur else (),
        Action("attendre", textes.PLUS_TARD, "clock"),
        retenu=True,
    )


def leves(apercu: Apercu) -> frozenset[str]:
    """Codes of the refusals that a derogation lifts now."""
    possible = apercu.derogation
    en_effet = possible is not None and possible.accordee is not None
    return frozenset(m.code for m in possible.refus) if possible is not None and en_effet else frozenset()


def _regle(decision: Decision) -> tuple[Ligne, ...]:
    """What is said of the règlement itself, whatever the answer."""
    dessins = {"derogation": "key"}
    return tuple(
        _ligne(motif, dessins.get(motif.code, "calendar"), "info") for motif in decision.motifs if motif.code in REGLES
    )


def _constats(vue: _Vue, decision: Decision) -> list[Ligne]:
    """What was checked and holds, beside the reasons of the règlement."""
    brouillon, apercu = vue.brouillon, vue.apercu
    source = f"Règlement du {date_longue(date.fromisoformat(decision.reglement))}"
    groupes = presenter_pieces(
        apercu.exigences, brouillon, vue.arrivee, vue.faits.aujourdhui, jusqu_au=apercu.dates_jusqu_au
    )
    lignes = []
    situation = paroles.situation(brouillon.public, apercu.age, apercu.age_au)
    # What a derogation lifts does not hold: it is not ticked.
    if situation and not decision.manquants and "age_hors_public" not in leves(apercu):
        lignes.append(Ligne("check", "ok", situation, source))
    if vue.faits.commune and "domicile_hors_region" not in leves(apercu):
        pays = pays_du_code(brouillon.commune)
        ou = pays.ou if pays is not None else f"{vue.faits.commune}, en Hauts-de-France"
        lignes.append(Ligne("check", "ok", f"Habite {ou}", source))
    vues = [ligne.nom for groupe in groupes for ligne in groupe.lignes if ligne.verdict.bonne]
    if decision.manquants and vues:
        lignes.append(Ligne("check", "ok", paroles.enumeration(vues)))
    # Without a birth date, nothing was looked for in the list of the Region.
    if apercu.pass_anterieurs or not inconnu(brouillon, "naissance"):
        recus = paroles.deja_recus(apercu.pass_anterieurs)
        lignes.append(Ligne("check", "ok", recus, "Fiches du poste et liste régionale"))
    return lignes


def _stock(decision: Decision, apercu: Apercu) -> tuple[str, ...]:
    stock = dict(apercu.stock)
    return tuple(
        phrase
        for taille in sorted(set(decision.carnets))
        if (phrase := paroles.reste_au_poste(taille, stock.get(taille, 0) - decision.carnets.count(taille)))
    )


def _incomplet(vue: _Vue, decision: Decision) -> Droit:
    gardee = vue.faits.gardee
    vues = {piece.type for piece in vue.brouillon.pieces if piece.vue}
    manque = tuple(
        Ligne("hourglass", "warn", *paroles.manque(types, vues, decision.motifs, vue.arrivee, vue.apercu.exigences))
        for types in decision.manquants
    )
    dites = tuple(nom for motif in decision.motifs for nom in motif.faits.get("identite", "").split())
    manque += tuple(Ligne("hourglass", "warn", textes.INFORMATIONS[nom], textes.A_LA_PERSONNE) for nom in dites)
    nombre = len(manque)
    imprimer = Action("garder", textes.IMPRIMER_LISTE, "printer")
    # Nothing was looked at yet: that comes before a list of what is missing, which the same key would record.
    vu = any(piece.vue or piece.date.strip() for piece in vue.brouillon.pieces)
    regarder = None if vu else Action("aller", textes.VOIR_PIECES, "clipboard-check", "justificatifs")
    rassurance: tuple[str, ...] = (
        f"Le dossier garde sa date d’arrivée, le\u00a0{paroles.jour_et_mois(vue.arrivee, vue.faits.aujourdhui)}.",
        "Rien ne sera à refaire.",
    )
    return Droit(
        "incomplet",
        vue.surtitre,
        paroles.encore(len(decision.manquants), len(dites)),
        paroles.ensuite(vue.faits.ensuite),
        (
            Section("À apporter" if gardee else "Il manque", manque),
            # What is to bring is in sight whole, before what is done with.
            Section("Déjà acquis", (*_regle(decision), *_constats(vue, decision)), repliee=nombre > 1),
        ),
        ("Demande gardée.", *rassurance) if gardee else rassurance,
        _apres(vue.faits, regarder or imprimer, textes.IMPRIMER_LISTE),
        discretes=((imprimer,) if regarder and not gardee else ())
        + _discretes(vue.faits, Action("garder_seul", textes.GARDER, ""), textes.IMPRIMER_LISTE),
    )


def _refus(vue: _Vue, decision: Decision, refusants: tuple[Motif, ...]) -> Droit:
    gardee = vue.faits.gardee
    titre, sens = paroles.titre_refus(refusants[0].code)
    imprimer = Action("noter", textes.IMPRIMER_REPONSE, "printer")
    champ = paroles.A_REVOIR.get(refusants[0].code) if len(refusants) == 1 else None
    revoir = Action("aller", textes.REVOIR[champ], "pencil", champ) if champ and not gardee else None
    a_dire = paroles.a_dire(refusants, vue.apercu.recus, vue.faits.aujourdhui, vue.faits.lieux)
    return Droit(
        "refus",
        vue.surtitre,
        titre,
        sens,
        (
            Section("Pourquoi", (*(_ligne(m, "ban", "bad") for m in refusants), *_levable(vue), *_regle(decision))),
            Section("À dire à la personne", tuple(Ligne(i, "info", t, gras=g) for i, t, g in a_dire)),
        ),
        ("La demande et la réponse sont gardées.",) if gardee else ("La demande et la réponse seront gardées.",),
        # A paper that refuses is not what comes next while another answer may give pass.
        _apres(vue.faits, revoir or imprimer, textes.IMPRIMER_REPONSE),
        discretes=_deroger(vue)
        + ((imprimer,) if revoir else ())
        + _discretes(vue.faits, Action("noter_seul", textes.NOTER, ""), textes.IMPRIMER_REPONSE),
    )


def _servir(vue: _Vue, attend: CarnetRecu, refusants: tuple[Motif, ...]) -> Droit:
    """Nobody leaves with a refusal for pass that are still at the desk."""
    assert attend.carnet is not None
    libelle, icone = textes.SERVIR[attend.carnet.etat]
    carnet = f"Carnet de\u00a0{attend.nombre}, attribué le {date_longue(attend.le)}"
    reste = textes.PAS_REMIS[attend.carnet.etat]
    pourquoi = (
        Ligne("ticket", "info", f"{carnet}\u00a0: {reste}", gras=carnet),
        *(_ligne(m, "info-circle", "info") for m in refusants),
        *_levable(vue),
    )
    return Droit(
        "servir",
        vue.surtitre,
        textes.CARNET_ATTEND,
        textes.SANS_NOUVEAU,
        (Section("Pourquoi", pourquoi),),
        (textes.SERVIR_SANS_COMPTER,),
        Action("servir", libelle, icone, carnet=attend.carnet),
        discretes=(
            *_deroger(vue),
            Action("noter", textes.IMPRIMER_REPONSE, ""),
            Action("abandonner", textes.TERMINER_SANS_NOTER, ""),
        ),
    )


def _levable(vue: _Vue) -> tuple[Ligne, ...]:
    """Who may lift this refusal, when it is not the agent at work."""
    possible = vue.apercu.derogation
    if possible is None or vue.faits.gardee or _deroger(vue):
        return ()
    phrase = textes.LEVABLE_ICI if possible.par == "responsable" else textes.LEVABLE_A_LA_REGION
    return (Ligne("key", "info", phrase, paroles.reference(possible.motif)),)


def _deroger(vue: _Vue) -> tuple[Action, ...]:
    """The quiet way to lift it, for a *responsable* of this desk."""
    possible = vue.apercu.derogation
    if possible is None or vue.faits.gardee or possible.par != "responsable" or not possible.peut_dire:
        return ()
    return (Action("deroger", textes.DEROGER, ""),)


def en_derogation(droit: Droit) -> Droit:
    """The same refusal while a derogation is being written: to grant it is the next step, the answer is a rarer one."""
    if droit.etat not in ("refus", "servir"):
        return droit
    discretes = tuple(action for action in droit.discretes if action.cle != "deroger")
    return replace(
        droit,
        action=Action("accorder_derogation", textes.DEROGATION_ACCORDER, "key"),
        discretes=(droit.action, *discretes),
    )


def _apres(faits: Faits, action: Action, imprimer: str) -> Action:
    """The paper asked for comes before the end of the visit: nobody leaves without it by one key too many."""
    if not faits.gardee:
        return action
    if faits.papier_attendu:
        return Action("imprimer", imprimer, "printer")
    return Action("terminer", textes.TERMINER, "check")


def _discretes(faits: Faits, seul: Action, reimprimer: str) -> tuple[Action, ...]:
    """Before the answer is recorded: recording it without paper; afterwards: its paper again, and its reasons."""
    if not faits.gardee:
        return (seul,)
    encore = () if faits.papier_attendu else (Action("imprimer", reimprimer, ""),)
    return (*encore, Action("expliquer", textes.EXPLIQUER, ""))
