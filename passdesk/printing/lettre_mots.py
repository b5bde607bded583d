"""The words of the letters: what a decision says to the person it is about, in plain French, with "vous"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from passdesk.domain.examen import ExigenceExaminee
from passdesk.domain.francais import ESPACE, date_longue, euros, telephone, typographie
from passdesk.domain.motif import TOUS_INCOMPLET, TOUS_REFUS, Motif
from passdesk.domain.pays import pays_du_code
from passdesk.printing.flux import Phrase, grasse, simple
from passdesk.printing.lettre import BlocLettre, Courrier, Lettre, LigneLettre, TexteLettre

PREUVES: Mapping[str, str] = {
    "attestation_france_travail": "une attestation de France Travail",
    "attestation_stage": "une attestation de stage",
    "attestation_mission_locale": "une attestation de la mission locale qui vous accompagne",
    "justificatif_domicile": "un justificatif de domicile (par exemple une facture d’électricité)",
    "piece_identite": "une pièce d’identité (par exemple une carte d’identité, un passeport ou un titre de séjour)",
    "attestation_hebergement": "une attestation d’hébergement",
    "attestation_domiciliation": "une attestation de domiciliation",
    "certificat_scolarite": "un certificat de scolarité",
}
"""Each proof as one asks for it."""

INFORMATIONS: Mapping[str, str] = {
    "naissance": "Votre date de naissance",
    "commune": "La commune où vous habitez",
    "etablissement_manquant": "Le numéro de votre établissement scolaire",
    "foyer_manquant": "Les pass déjà reçus par les personnes qui vivent avec vous",
}

RAISONS: Mapping[str, str] = {
    "domicile_hors_region": "Le pass est pour les personnes qui habitent en Hauts-de-France. "
    "L’adresse donnée est {ou}.",
    "age_hors_public": "Pour cette situation, il faut avoir {ages} {quand}.",
    "public_ferme": "Le pass n’est pas ouvert aux personnes dans cette situation.",
    "plafond_atteint": "Vous avez déjà reçu {pass_recus} pass. Le maximum est de {plafond} par personne.",
    "complement_non_demande": "Vous avez déjà reçu {pass_recus} pass. Pour recevoir la suite, "
    "il faut faire une demande complémentaire.",
    "complement_sans_premier": "Vous avez fait une demande complémentaire. "
    "Mais nous ne trouvons pas de premier carnet à votre nom.",
    "reserve_epuisee": "Il n’y a plus assez de pass en ce moment : il en reste {stock}, il en faut {besoin}.",
    "accompagne_carnet_10": "Une structure vous accompagne dans cette demande : vous recevez {nombre} pass.",
    "autonome_carnet_5": "Vous faites cette demande sans accompagnement : vous recevez un premier carnet de 5 pass.",
    "complement_carnet_5": "C’est votre demande complémentaire : vous recevez un second carnet de 5 pass.",
    "domicile_hors_perimetre": "Le pass est pour les personnes qui habitent dans ce territoire : {perimetre}.",
    "etablissement_non_retenu": "Votre établissement ({etablissement}) ne fait pas partie de l’expérimentation.",
    "delai_non_ecoule": "Vos derniers pass ont moins de {mois} mois. Une demande sera possible le {possible_le}.",
    "plafond_foyer_atteint": "Votre foyer a déjà reçu {pass_recus} pass. Le maximum est de {plafond} par foyer.",
    "quantite_du_reglement": "Le règlement vous donne {nombre} pass.",
    "prescripteur_non_retenu": "La structure qui vous accompagne ne compte pas pour ce règlement.",
    "derogation": "Cette réponse est donnée par dérogation : {leves}.",
    "reglement_anterieur": "Votre demande est arrivée le {arrivee_le} : le règlement du {reglement} s’applique.",
}
"""The reasons of contracts §2 as a letter gives them; those of an incomplete file are told paper by paper."""

LEVES: Mapping[str, str] = {
    "domicile_hors_region": "votre adresse est hors des Hauts-de-France",
    "age_hors_public": "votre âge n’est pas celui prévu",
    "domicile_hors_perimetre": "votre adresse est hors du territoire prévu",
    "etablissement_non_retenu": "votre établissement ne fait pas partie de l’expérimentation",
    "delai_non_ecoule": "le délai depuis vos derniers pass n’était pas passé",
    "plafond_foyer_atteint": "votre foyer avait déjà reçu le maximum",
}
"""What a derogation lifts, said to the person."""

SUITES: Mapping[str, str] = {
    "domicile_hors_perimetre": "Si vous habitez dans ce territoire, apportez un papier avec votre adresse.",
    "etablissement_non_retenu": "Demandez à votre établissement si l’expérimentation s’ouvre.",
    "delai_non_ecoule": "Les pass que vous n’avez pas utilisés restent valables jusqu’à leur date.",
    "plafond_foyer_atteint": "Les pass que vous n’avez pas utilisés restent valables jusqu’à leur date.",
    "domicile_hors_region": "Si vous habitez en Hauts-de-France, apportez un papier avec votre adresse.",
    "age_hors_public": "Si vous êtes dans une autre situation, par exemple en recherche d’emploi, dites-le au guichet.",
    "public_ferme": "Demandez au guichet quand le pass ouvrira pour vous.",
    "plafond_atteint": "Les pass que vous n’avez pas utilisés restent valables jusqu’à leur date.",
    "complement_non_demande": "Demandez au guichet une demande complémentaire : vous pourrez recevoir d’autres pass.",
    "complement_sans_premier": "Vous pouvez faire une première demande, au même guichet.",
    "reserve_epuisee": "Votre demande est notée. Revenez quand le guichet aura de nouveaux pass.",
}
SANS_MOTIF = "Le règlement ne permet pas de donner des pass à cette demande."
DONNEES = "Vos données servent à traiter votre demande. Pour les voir ou les corriger{} : demandez au guichet."
A_CONFIRMER = "à confirmer par la Région"


def texte_lettre(lettre: Lettre) -> TexteLettre:
    """The letter of an award, of a refusal or of an incomplete file."""
    return {"accord": _accord, "refus": _refus, "incomplet": _incomplet}[lettre.decision.issue](lettre)


def phrase_de(motif: Motif) -> str:
    """A reason as the letter says it; calm and general for a reason that has no sentence here."""
    return " ".join(phrases_de(motif))


def phrases_de(motif: Motif) -> tuple[str, ...]:
    """The same, one idea each."""
    faits = {nom: _en_mots(valeur) for nom, valeur in motif.faits.items()}
    compte_au = faits.get("compte_au")
    faits["quand"] = f"le {compte_au}" if compte_au else "le jour de la demande"
    faits["ages"] = _ages(motif.faits.get("age_min"), motif.faits.get("age_max"))
    if "departement" in motif.faits:
        pays = pays_du_code(motif.faits.get("pays", motif.faits["departement"]))
        faits["ou"] = pays.ou if pays is not None else f"dans le département {motif.faits['departement']}"
    faits["leves"] = " ; ".join(LEVES.get(code, code) for code in motif.faits.get("leves", "").split())
    modele = RAISONS.get(motif.code, SANS_MOTIF)
    # Cut before the facts come in: a name may hold a full stop.
    idees = modele.replace(". ", ".\n").split("\n")
    return tuple(typographie(idee.format_map(_Faits(faits))) for idee in idees)


class _Faits(dict[str, str]):
    def __missing__(self, fait: str) -> str:
        return "…"


def _incomplet(lettre: Lettre) -> TexteLettre:
    manques = [examinee for examinee in lettre.examen if not examinee.remplie]
    if not manques:
        # The règlement is not at this desk: the proofs missing are known, not their dates.
        manques = [ExigenceExaminee(p, None, None, None, "", False) for p in lettre.decision.manquants]
    motifs = lettre.decision.motifs
    dits = {nom for motif in motifs for nom in (motif.code, *motif.faits.get("identite", "").split())}
    informations = [nom for champ, nom in INFORMATIONS.items() if champ in dits]
    nombre = len(manques) + len(informations)
    chose = "papier" if not informations else "information" if not manques else "élément"
    pluriel = "s" if nombre > 1 else ""
    arrivee = date_longue(lettre.arrivee_le)
    besoin = f"de ces {nombre} {chose}s" if nombre > 1 else f"de {'cet' if chose == 'élément' else 'ce'} {chose}"
    besoin = "de cette information" if nombre == 1 and chose == "information" else besoin
    cadres = [_a_apporter(rang, examinee) for rang, examinee in enumerate(manques, 1)]
    cadres += [
        BlocLettre((LigneLettre(grasse(nom), fort=True), LigneLettre(simple("À dire au guichet."))), "", rang, True)
        for rang, nom in enumerate(informations, len(manques) + 1)
    ]
    numero = telephone(lettre.telephone_aide)
    revenir = BlocLettre(
        (
            _fort("Revenez au guichet avec ", f"{'ces' if nombre > 1 else 'ce'} {chose}{pluriel}", ".")
            if chose == "papier"
            else _fort("Revenez au guichet avec ", "ce qui manque", "."),
            LigneLettre(simple(lettre.guichet)),
            phrase("Votre demande garde sa date d’arrivée : le ", (arrivee,), "."),
            *([phrase("La dérogation accordée est notée dans votre demande.")] if lettre.derogation else []),
        ),
        "calendrier",
    )
    rien_d_autre = phrase("Vous n’avez rien d’autre à refaire.")
    appel = phrase("Pour les horaires, ou une question, appelez le ", (numero,), ".")
    appeler = BlocLettre((appel, rien_d_autre), "telephone") if numero else BlocLettre((rien_d_autre,))
    pourquoi = [f"Papier{ESPACE}{rang} : {_source(e.article, e.a_confirmer)}" for rang, e in enumerate(manques, 1)]
    sources = [p for p in pourquoi if p[-2:] != ": "]
    pied = (f"Pourquoi ces papiers ? {'. '.join(sources)}.",) if sources else ()
    if len(manques) == 1 and sources:
        source = _source(manques[0].article, manques[0].a_confirmer)
        pied = (f"Pourquoi ce papier ? {source[0].upper()}{source[1:]}.",)
    return TexteLettre(
        titre=f"Il manque {nombre} {chose}{pluriel} à votre demande",
        blocs=(
            _bonjour(
                lettre,
                "Votre demande est bien enregistrée. Elle n’est pas refusée.",
                f"Pour décider, nous avons besoin {besoin} :",
            ),
            *cadres,
            revenir,
            appeler,
        ),
        pied=_pied(lettre, *pied),
    )


def _a_apporter(rang: int, examinee: ExigenceExaminee) -> BlocLettre:
    titre, dessin = _intitule(examinee)
    lignes = [LigneLettre(grasse(titre), fort=True)]
    piece = examinee.piece
    if piece is not None and piece.date is not None and examinee.etat == "perimee":
        lignes.append(phrase("Le vôtre est du ", (date_longue(piece.date),), f"{ESPACE}: il est trop ancien."))
    elif piece is not None and piece.date is not None and examinee.etat == "posterieure":
        lignes.append(
            phrase(
                "Sur le vôtre nous avons lu le ", (date_longue(piece.date),), f"{ESPACE}: cette date est à vérifier."
            )
        )
    elif examinee.etat == "sans_date":
        lignes.append(phrase("Nous n’avons pas noté sa date : rapportez-le."))
    if examinee.date_debut is not None:
        lignes.append(phrase("Il faut une date du ", (date_longue(examinee.date_debut),), " ou après."))
    preuves = [PREUVES.get(preuve, preuve) for preuve in examinee.preuves]
    if len(preuves) > 1:
        lignes.append(phrase(f"Un seul {'des deux' if len(preuves) == 2 else 'de ces papiers'} suffit :"))
    for place, preuve in enumerate(preuves, 1):
        fin: Phrase = (("," + " ", False), ("ou", True)) if place < len(preuves) else ((".", False),)
        lignes.append(LigneLettre(((typographie(preuve), False), *fin), case=True))
    return BlocLettre(tuple(lignes), dessin, rang, cadre=True)


def _intitule(examinee: ExigenceExaminee) -> tuple[str, str]:
    recent = " récent" if examinee.date_debut is not None else ""
    preuves = set(examinee.preuves)
    if preuves & {"justificatif_domicile", "attestation_hebergement", "attestation_domiciliation"}:
        return f"Un papier{recent} avec votre adresse", "maison"
    if "piece_identite" in preuves:
        return "Une pièce d’identité", "feuille"
    if "certificat_scolarite" in preuves:
        return f"Un papier{recent} sur votre scolarité", "feuille"
    return f"Un papier{recent} sur votre situation", "feuille"


def _refus(lettre: Lettre) -> TexteLettre:
    motifs = [m for m in lettre.decision.motifs if m.code not in TOUS_INCOMPLET]
    refusants = [m for m in motifs if m.code in TOUS_REFUS]
    suites = [SUITES[m.code] for m in refusants if m.code in SUITES]
    return TexteLettre(
        titre="Votre demande n’est pas acceptée",
        blocs=(
            _bonjour(lettre, "Nous ne pouvons pas vous donner de carnet. Voici pourquoi."),
            BlocLettre(
                tuple(ligne for m in motifs or [_general(lettre)] for ligne in _raison(m)), "feuille", cadre=True
            ),
            *(
                [
                    BlocLettre(
                        (titre_de_bloc("Ce que vous pouvez faire"), *(phrase(typographie(s)) for s in suites)), "aide"
                    )
                ]
                if suites
                else []
            ),
            _recours(lettre),
            question(lettre),
        ),
        pied=_pied(
            lettre,
            "Recours : code des relations entre le public et l’administration, et code de justice administrative "
            f"({A_CONFIRMER}).",
        ),
    )


def _recours(lettre: Lettre) -> BlocLettre:
    numero = telephone(lettre.telephone_aide)
    if lettre.adresse_recours:
        ou = tuple(LigneLettre(grasse(une)) for une in lettre.adresse_recours)
    elif numero:
        ou = (phrase("Demandez l’adresse au guichet, ou au ", (numero,), "."),)
    else:
        ou = (phrase("Demandez l’adresse au guichet."),)
    return BlocLettre(
        (
            titre_de_bloc("Vous n’êtes pas d’accord ?"),
            phrase("Vous avez ", ("deux mois",), " à partir du jour où vous recevez cette lettre."),
            phrase("Écrivez à la Région Hauts-de-France : demandez-lui de revoir cette réponse."),
            phrase("C’est gratuit. Cela s’appelle un ", ("recours gracieux",), ". Joignez cette lettre."),
            *ou,
            phrase("Ou adressez-vous au ", ("tribunal administratif",), ", dans le même délai."),
            phrase(
                "Si vous avez d’abord écrit à la Région : dans les deux mois après sa réponse, "
                "ou après deux mois sans réponse."
            ),
        ),
        cadre=True,
    )


def _accord(lettre: Lettre) -> TexteLettre:
    decision = lettre.decision
    nombre, valeur = decision.pass_accordes, lettre.valeur_cents
    carnets = " et ".join(f"un carnet de {taille}{ESPACE}pass" for taille in decision.carnets)
    total = f"{nombre} pass de {euros(valeur)}, soit {euros(nombre * valeur)}"
    recu = [LigneLettre(grasse(carnets[:1].upper() + carnets[1:]), fort=True), phrase(typographie(total) + ".")]
    if lettre.dernier_jour is not None:
        recu.append(phrase("Valable jusqu’au ", (date_longue(lettre.dernier_jour),), "."))
    suite = (
        f"Vous pourrez encore demander {decision.reste} pass, par une demande complémentaire."
        if decision.reste
        else "Vous avez maintenant le maximum de pass pour une personne."
    )
    return TexteLettre(
        titre=f"Vous recevez {nombre}{ESPACE}pass numériques",
        blocs=(
            _bonjour(lettre, "Votre demande est acceptée."),
            BlocLettre(tuple(recu), "coupon_donne", cadre=True),
            BlocLettre(
                (
                    titre_de_bloc("Pourquoi"),
                    *(ligne for m in decision.motifs for ligne in _raison(m)),
                    *([LigneLettre(_raison_ecrite(lettre.derogation))] if lettre.derogation else []),
                ),
                "feuille",
                cadre=False,
            ),
            BlocLettre((titre_de_bloc("Et ensuite ?"), phrase(suite)), "calendrier"),
            BlocLettre(
                (
                    titre_de_bloc("Comment utiliser vos pass ?"),
                    phrase("Choisissez un lieu près de chez vous."),
                    phrase("Téléphonez pour prendre rendez-vous."),
                    phrase("Apportez votre carnet. Donnez un pass."),
                ),
                "aide",
            ),
            question(lettre),
        ),
        pied=_pied(
            lettre,
            "Vous pensez que cette réponse n’est pas juste ? Vous avez deux mois pour écrire à la Région, "
            f"ou pour vous adresser au tribunal administratif ({A_CONFIRMER}).",
        ),
    )


def _bonjour(lettre: Lettre, *suite: str) -> BlocLettre:
    demande = phrase("Vous avez demandé des pass numériques le ", date_longue(lettre.arrivee_le), ".")
    return BlocLettre((phrase("Bonjour,"), demande, *(phrase(typographie(dite)) for dite in suite)))


def _raison(motif: Motif) -> tuple[LigneLettre, ...]:
    source = _source(motif.article, motif.a_confirmer)
    lignes = tuple(LigneLettre(simple(idee), fort=True) for idee in phrases_de(motif))
    return (*lignes, LigneLettre(simple(f"{source[:1].upper()}{source[1:]}."), petit=True)) if source else lignes


def _raison_ecrite(raison: str) -> Phrase:
    """What the agent wrote, as written."""
    return ((typographie("Raison de la dérogation : "), False), (raison, False))


def _general(lettre: Lettre) -> Motif:
    return Motif("", lettre.reglement, False)


def question(lettre: Courrier) -> BlocLettre:
    """Whom to ask, by telephone where there is one."""
    guichet = LigneLettre(simple(lettre.guichet))
    numero = telephone(lettre.telephone_aide)
    if not numero:
        return BlocLettre((phrase("Une question ? Venez au guichet."), guichet))
    return BlocLettre((phrase("Une question ? Appelez le ", (numero,), "."), guichet), "telephone")


def _pied(lettre: Lettre, *phrases: str) -> tuple[str, ...]:
    texte = lettre.reglement[:1].upper() + lettre.reglement[1:]
    ou_effacer = ", ou les faire effacer" if lettre.decision.issue != "incomplet" else ""
    return (
        *(typographie(dite) for dite in phrases),
        typographie(f"{texte}, contrôle {lettre.controle}. {DONNEES.format(ou_effacer)}"),
    )


def _source(article: str, a_confirmer: bool) -> str:
    return typographie(", ".join(partie for partie in (article, A_CONFIRMER if a_confirmer else "") if partie))


def titre_de_bloc(texte: str) -> LigneLettre:
    """The first line of a block, in the size of what matters."""
    return LigneLettre(grasse(typographie(texte)), fort=True)


def phrase(*morceaux: str | tuple[str]) -> LigneLettre:
    """A sentence; a piece in a tuple is bold. Only the words written here get their French spaces, data does not."""
    return LigneLettre(_phrase(morceaux))


def _fort(*morceaux: str) -> LigneLettre:
    """A sentence in the size of what matters, its second piece bold."""
    avant, gras, apres = morceaux
    return LigneLettre(((avant, False), (gras, True), (apres, False)), fort=True)


def _phrase(morceaux: Sequence[str | tuple[str]]) -> Phrase:
    return tuple((typographie(m), False) if isinstance(m, str) else (m[0], True) for m in morceaux)


def _en_mots(valeur: str) -> str:
    try:
        return date_longue(date.fromisoformat(valeur)) if len(valeur) == 10 else valeur
    except ValueError:
        return valeur


def _ages(minimum: str | None, maximum: str | None) -> str:
    if minimum and maximum:
        return f"de {minimum} à {maximum}{ESPACE}ans"
    return f"au moins {minimum}{ESPACE}ans" if minimum else f"{maximum}{ESPACE}ans au plus"
