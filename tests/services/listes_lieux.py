"""Made-up lists of places, with the defects met in real ones. Every place, telephone and person in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

ENTETE_FS = (
    "id_fs", "insee_dep", "lib_fs", "adresse", "complement_adresse", "insee_com", "code_postal", "lib_com", "latitude",
    "longitude", "mail", "telephone", "h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi",
    "commentaire", "itinerance", "format_fs", "groupe", "labellisation",
)  # fmt: skip
ENTETE_V1 = (
    "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse", "latitude",
    "longitude", "typologie", "telephone", "courriels", "site_web", "horaires", "presentation_resume",
    "presentation_detail", "source", "itinerance", "structure_parente", "date_maj", "services",
    "publics_specifiquement_adresses", "prise_en_charge_specifique", "frais_a_charge",
    "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels", "modalites_acces",
    "modalites_accompagnement", "fiche_acces_libre", "prise_rdv",
)  # fmt: skip
ENTETE_V01 = (
    "id", "nom", "services", "pivot", "commune", "code_postal", "adresse", "latitude", "longitude",
    "publics_accueillis", "conditions_acces", "modalites_accompagnement", "horaires", "source", "date_maj",
    "telephone", "courriel", "site_web", "labels_nationaux",
)  # fmt: skip

FS = {
    "id_fs": "1", "insee_dep": "59", "lib_fs": "France services d’Exemple", "adresse": "2 Rue du Modèle",
    "insee_com": "59331", "code_postal": "59550", "lib_com": "Landrecies", "latitude": "50.124", "longitude": "3.697",
    "mail": "exemple@exemple.fr", "telephone": "03 53 01 00 01", "h_lundi": "09:00 - 12:00 / 13:30 - 17:00",
    "h_mardi": "09:00 - 12:00 / 13:30 - 17:00", "h_mercredi": "09:00 - 12:00", "itinerance": "Non",
}  # fmt: skip
V1 = {
    "id": "structure-1", "pivot": "00000000000000", "nom": "Atelier numérique du Moulin", "commune": "Maubeuge",
    "code_postal": "59600", "code_insee": "59392", "adresse": "12 BIS RUE DE L'EXEMPLE", "latitude": "50.2775",
    "longitude": "3.9734", "telephone": "+33353010002", "courriels": "un@exemple.fr|deux@exemple.fr",
    "horaires": "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", "source": "Hub d’exemple", "date_maj": "2024-04-02",
    "frais_a_charge": "Gratuit sous condition|Payant", "modalites_acces": "Se présenter;Téléphoner",
    "itinerance": "Itinérant",
}  # fmt: skip
V01 = {
    "id": "7", "nom": "Espace Public Numérique", "commune": "MAUBEUGE", "code_postal": "59600", "pivot": "0" * 14,
    "adresse": "4 rue Modèle", "latitude": "50.28", "longitude": "3.97", "source": "Hub d’exemple",
    "conditions_acces": "Gratuit : Je peux accéder gratuitement au lieu et à ses services;Accepte le Pass numérique : "
    "Il est possible d'utiliser un Pass numérique pour accéder au lieu",
    "horaires": "Tu-Fr 09:00-12:00", "date_maj": "2021-06-07",
}  # fmt: skip


def liste(entete: Sequence[str], *lignes: dict[str, str]) -> str:
    """A CSV of these rows; a column that a row does not name is empty."""
    sortie = io.StringIO()
    redaction = csv.DictWriter(sortie, entete, restval="")
    redaction.writeheader()
    redaction.writerows(lignes)
    return sortie.getvalue()


def france_services(*lignes: dict[str, str]) -> str:
    """A France services list: each row is FS with these changes."""
    return liste(ENTETE_FS, *(FS | ligne for ligne in lignes))


def lamednum(*lignes: dict[str, str], entete: Sequence[str] = ENTETE_V1) -> str:
    """A LaMednum 1.0 list: each row is V1 with these changes."""
    return liste(entete, *(V1 | ligne for ligne in lignes))


def lamednum_01(*lignes: dict[str, str]) -> str:
    """A LaMednum 0.1 list: each row is V01 with these changes."""
    return liste(ENTETE_V01, *(V01 | ligne for ligne in lignes))
