"""All the words of *Personnes*, in one place."""

from __future__ import annotations

from passdesk.domain.commune import Communes
from passdesk.domain.francais import milliers, telephone, typographie
from passdesk.domain.personne import Personne, premier_prenom, texte_recherche
from passdesk.services.personnes import PersonneTrouvee, Recherche, reperes
from passdesk.ui.composants import Rangee, Ton
from passdesk.ui.messages.fiche import BESOINS, PREFERENCES
from passdesk.ui.navigation import LIEUX
from passdesk.ui.saisie import date_chiffres

TITRE = "Personnes"
NOUVELLE = "Nouvelle personne"
CHERCHER = "Chercher une personne"
AIDE = "Cherchez aussi par date de naissance, téléphone, commune ou code postal, ou scannez un pass."
RETOUR = "Revenir aux résultats"
DEMANDE = "Nouvelle demande"
HISTOIRE = "Histoire"
RECENTES = "Les dernières fiches ouvertes"
VIDE = "Aucune fiche pour l’instant"
VIDE_SUITE = "La fiche se crée avec la première visite."
ESSAYER = "Essayez le début du nom, une date de naissance, ou scannez un carnet."
COUVERTURE = "La couverture ne dit pas à qui est le carnet."
SCAN_D_AILLEURS = "Ce pass n’est d’aucun carnet de ce poste."
SCAN_D_AILLEURS_SUITE = "PassDesk peut dire s’il est bon, sans dire à qui il est."
VERIFIER_SCAN = "Vérifier ce pass"
COUVERTURE_SUITE = "Scannez plutôt l’un des pass du carnet."
REPRENDRE = "Reprendre la visite"
VISITE_EN_COURS = "Une visite est en cours"
AUTRES_ACTES = "Autres actes"
MODIFIER_FICHE = "Modifier la fiche"
ENREGISTRER_FICHE = "Enregistrer la fiche"
LAISSER_FICHE = "Laisser comme avant"
FICHE_GARDEE = "Gardé"
FICHE_SANS_NOM = "Fiche sans nom"
FICHE_RIEN_PERDU = "Ce qui est tapé est gardé. La fiche s’enregistre aussi quand la page se ferme."
A_CORRIGER = "Une correction n’est pas finie"
A_CORRIGER_SUITE = "Ce qui était tapé est gardé. La fiche est encore comme avant."
REPRENDRE_CORRECTION = "Reprendre la correction"
REUNIR = "Réunir deux fiches…"
DROITS = "Droits de la personne…"
LIMITEE = "Fiche limitée à la demande de la personne"
LIMITEE_SUITE = "Rien ne s’y ajoute. La limitation se lève dans Droits de la personne."
ABSENTE = "Cette fiche n’est plus au poste."
LONGUEUR_BOUTON = 24
"""Letters of a name in a button: a window does not get wider for a long one."""


def pluriel(nombre: int, mot: str) -> str:
    """ "1 personne", "4 personnes"."""
    return f"{milliers(nombre)}\u00a0{mot}{'s' if nombre > 1 else ''}"


def annonce(recherche: Recherche) -> str:
    """How many were found, as shown and as told to assistive tools."""
    texte = recherche.texte.strip()
    if not texte:
        return RECENTES if recherche.trouvees else VIDE
    if recherche.couverture:
        return COUVERTURE
    combien = pluriel(len(recherche.trouvees), "personne")
    if recherche.suite:
        return typographie(f"Plus de {combien} pour « {texte} » : ajoutez une lettre.")
    return typographie(f"{combien if recherche.trouvees else 'Aucune fiche'} pour « {texte} »")


def autres_reponses(recherche: Recherche) -> list[tuple[str, str]]:
    """What else the text may mean when nobody was found: the key of a place of the window, and the words that lead
    there."""
    debut = texte_recherche(recherche.texte)
    reponses = [
        (cle, f"Aller à {mots}")
        for cle, mots, _, _ in LIEUX
        if len(debut) > 2 and texte_recherche(mots).startswith(debut)
    ]
    if recherche.lieux:
        lieux = "lieux" if recherche.lieux > 1 else "lieu"
        reponses.append(("lieux", f"Voir {milliers(recherche.lieux)}\u00a0{lieux} de la liste"))
    return reponses


def titre_vide(texte: str) -> str:
    """What is so when nobody was found."""
    return typographie(f"Aucune fiche pour « {texte.strip()} »")


def nom_a_inscrire(texte: str) -> str:
    """The name to start a visit with: what was searched, if it looks like a name."""
    propre = " ".join(texte.split())
    return propre[:1].upper() + propre[1:] if propre and not any(signe.isdigit() for signe in propre) else ""


def inscrire(texte: str) -> str:
    """The one useful button when nobody was found; of a long name, the beginning."""
    nom = texte.strip()
    court = nom if len(nom) <= LONGUEUR_BOUTON else f"{nom[:LONGUEUR_BOUTON].rstrip()}…"
    return typographie(f"Inscrire « {court} »") if nom_a_inscrire(texte) else NOUVELLE


def nom_affiche(personne: Personne) -> str:
    """The first first name, the name in use, and the birth name when it is another one."""
    nom = personne.nom_courant
    return f"{nom} ({personne.nom_naissance})" if personne.nom_usage else nom


def nom_commune(code: str | None, communes: Communes) -> str:
    """The commune's name, or its number when the list does not know it."""
    commune = communes.par_code(code) if code else None
    return commune.nom if commune else code or ""


def faits_personne(personne: Personne, communes: Communes, age: int | None = None) -> str:
    """ "17/08/1954 · 71 ans · Fourmies", as far as it is known."""
    naissance = date_chiffres(personne.naissance) if personne.naissance else ""
    ans = f"{age}\u00a0ans" if age is not None and age > 1 else ""
    mots = (naissance, ans, nom_commune(personne.commune, communes))
    return " · ".join(mot for mot in mots if mot) or "Identité à compléter"


def pass_attribues(recus: int, plafond: int) -> str:
    """ "5 pass"; "10 pass, le maximum" says why nothing more can be asked."""
    combien = f"{recus}\u00a0pass" if recus else "Aucun pass"
    if not recus or recus < plafond:
        return combien
    return f"{combien}, {'le maximum' if recus == plafond else f'pour {plafond} au plus'}"


def titre_fiche(nom: str) -> str:
    """ "Fiche : Maëlle Dufresnoy", as the navigation shows it: "de" would have to become "d’" before some names."""
    return f"Fiche\u00a0: {nom}" if nom else FICHE_SANS_NOM


def coordonnees(personne: Personne, communes: Communes) -> tuple[tuple[str, str], ...]:
    """What the file says beside name, birth and telephone: (label, value), only what is filled."""
    ville = " ".join(mot for mot in (personne.code_postal, nom_commune(personne.commune, communes)) if mot)
    rue = " · ".join(mot for mot in (personne.adresse, personne.complement_adresse) if mot)
    faits = (
        # The title bears the first one alone.
        ("Prénoms", personne.prenoms if premier_prenom(personne.prenoms) != personne.prenoms.strip() else ""),
        ("Lieu de naissance", personne.lieu_naissance),
        ("Adresse", f"{rue}, {ville}" if rue else ""),
        ("Adresse électronique", personne.courriel),
        ("Pour joindre la personne", PREFERENCES.get(personne.preference_contact, "")),
        ("Pour aider", " · ".join(BESOINS[besoin] for besoin in personne.besoins if besoin in BESOINS)),
        ("Langue", personne.langue),
        ("Note", personne.note),
    )
    return tuple((nom, valeur) for nom, valeur in faits if valeur)


def rangee(trouvee: PersonneTrouvee, texte: str, communes: Communes) -> Rangee:
    """The line of the list: what was searched is marked, and told when it is not in the name."""
    personne = trouvee.personne
    nom = nom_affiche(personne)
    detail = faits_personne(personne, communes)
    if trouvee.serie:
        detail += f" · carnet {trouvee.serie.replace(' ', chr(0xA0))}"
    elif trouvee.reunie:
        detail += f" · fiche réunie avec {trouvee.reunie}"
    elif len(reperes(personne.prenoms, texte)) > len(reperes(premier_prenom(personne.prenoms), texte)):
        detail += f" · prénoms {personne.prenoms}"
    elif _par_telephone(personne, texte):
        detail += f" · {telephone(personne.telephone)}"
    badge, ton, icone = _etat(trouvee)
    return Rangee(personne.personne_id, nom, detail, badge, ton, icone, reperes=reperes(nom, texte))


def _par_telephone(personne: Personne, texte: str) -> bool:
    chiffres = "".join(signe for signe in texte if signe.isdigit())
    return len(chiffres) >= 4 and chiffres in "".join(signe for signe in personne.telephone if signe.isdigit())


def _etat(trouvee: PersonneTrouvee) -> tuple[str, Ton, str]:
    if trouvee.en_cours:
        return "En cours", "warn", "hourglass"
    return (f"{trouvee.pass_recus}\u00a0pass" if trouvee.pass_recus else "Aucun pass"), "neutre", ""
