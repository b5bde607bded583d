"""Sentences about backups: making one, where it goes, reading it back."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_INTACT = "Rien n’a été changé."

MESSAGES: dict[str, Message] = {
    "sauvegarde_faite": Message("La sauvegarde est écrite, relue et vérifiée : {actes} actes.", "", ""),
    "sauvegarde_existe": Message(
        "« {fichier} » existe déjà.", "Une sauvegarde n’en remplace jamais une autre.", "Donnez un autre nom."
    ),
    "sauvegarde_non_bonne": Message(
        "La sauvegarde ne se relit pas comme elle a été écrite.",
        "Elle n’a pas été gardée. Les données du poste n’ont pas changé.",
        "Recommencez ailleurs ; si cela dure, prévenez votre responsable.",
    ),
    "base_non_copiee": Message(
        "Les données ne se relisent pas comme elles ont été récrites.",
        "Rien n’a été changé : la clé du poste est celle d’avant.",
        "Vérifiez les données dans Réglages, puis recommencez ; si cela dure, prévenez votre responsable.",
    ),
    "cle_a_achever": Message(
        "La clé du poste est changée, mais un fichier n’a pas encore pris sa place.",
        "Rien n’est perdu ; votre phrase est la seule qui ouvre.",
        "Fermez les autres programmes qui tiennent ce dossier, puis rouvrez le poste : il finit seul.",
    ),
    "sauvegarde_illisible": Message(
        "Ce fichier n’est pas une sauvegarde de PassDesk.", _INTACT, "Vérifiez que c’est le bon fichier."
    ),
    "sauvegarde_non_lue": Message(
        "Cette sauvegarde ne se lit pas : le fichier, la clé ou le disque ne répond pas.",
        _INTACT,
        "Rebranchez la clé, ou prenez une autre copie.",
    ),
    "sauvegarde_abimee": Message(
        "Cette sauvegarde est abîmée : elle n’est pas comme elle a été écrite.",
        _INTACT,
        "Prenez la précédente, ou une autre copie du fichier.",
    ),
    "sauvegarde_plus_recente": Message(
        "Cette sauvegarde vient d’un PassDesk plus récent que celui-ci.",
        _INTACT,
        "Mettez PassDesk à jour sur cet ordinateur.",
    ),
    "sauvegarde_copie_impossible": Message(
        "La copie n’a pas pu être faite : ce dossier n’est pas là, ou n’accepte pas d’écriture.",
        "La sauvegarde est sur cet ordinateur.",
        "Branchez la clé ; la copie se fera seule dans l’heure.",
    ),
    "sauvegarde_dossier_absent": Message(
        "Ce dossier n’est pas là.", _INTACT, "Branchez la clé, ou choisissez un autre dossier."
    ),
    "sauvegarde_dossier_du_poste": Message(
        "Ce dossier est dans celui du poste : les deux copies se perdraient ensemble.",
        _INTACT,
        "Choisissez une clé USB, ou un autre disque.",
    ),
    "sauvegarde_reservee": Message(
        "Un responsable du poste peut changer l’endroit des sauvegardes.",
        _INTACT,
        "Demandez-lui d’ouvrir les réglages.",
    ),
    "sauvegarde_autre_poste": Message(
        "Cette sauvegarde est celle d’un autre poste.", _INTACT, "Choisissez-en une de ce poste."
    ),
    "sauvegarde_autre_cle": Message(
        "Cette sauvegarde est de ce poste, sous une clé que cet ordinateur n’a pas.",
        _INTACT,
        "Prenez-en une autre. Celle-ci s’ouvre sur un ordinateur neuf, avec la phrase de son jour.",
    ),
    "sauvegarde_autre_feuille": Message(
        "Cette sauvegarde ne connaît pas cette feuille de secours : elle est d’avant, ou d’une autre feuille.",
        _INTACT,
        "Prenez une sauvegarde plus récente, ou la feuille qui allait avec celle-ci.",
    ),
    "restauration_reservee": Message(
        "Un responsable du poste peut revenir à une sauvegarde.", _INTACT, "Demandez-lui de le faire."
    ),
    "suite_non_envoyee": Message(
        "Des actes enregistrés depuis ne sont pas encore à la Région : {nombre}.",
        _INTACT,
        "Envoyez-les d’abord, ou revenez à la sauvegarde avec la suite.",
    ),
    "restauration_faite": Message(
        "Le poste est revenu à cette sauvegarde. Les données remplacées sont gardées un mois à côté.", "", ""
    ),
    "apercu_sauvegarde": Message("Sauvegarde du {jour}. Actes : {actes}. Personnes : {personnes}.", "", ""),
    "apercu_rien_depuis": Message("Rien n’a été enregistré depuis.", "", ""),
    "apercu_repris": Message(
        "Tout ce qui a été enregistré depuis est gardé.",
        "Actes repris : {depuis} ; carnets attribués : {carnets}.",
        "",
    ),
    "apercu_en_partie": Message(
        "Une partie de ce qui a été enregistré depuis ne se lit plus.",
        "Actes enregistrés : {depuis} ; qui reviennent : {reviennent}. Ce qui était envoyé est à la Région. "
        "Aucun numéro ne sera donné deux fois.",
        "La Région donnera de nouveaux carnets au prochain échange.",
    ),
    "apercu_laisse": Message(
        "Ce qui a été enregistré depuis est laissé de côté.",
        "Actes : {depuis} ; carnets attribués : {carnets}. Leurs numéros ne seront plus donnés. "
        "Effacements refaits : {effacements}.",
        "La Région donnera de nouveaux carnets au prochain échange.",
    ),
    "apercu_inconnu": Message(
        "Ce qui a été enregistré depuis ne se lit plus.",
        "Ce qui était envoyé est à la Région. Aucun numéro ne sera donné deux fois.",
        "La Région donnera de nouveaux carnets au prochain échange.",
    ),
    "apercu_copie_abimee": Message(
        "La seconde copie des actes récents est abîmée.", "Ce qui s’y lit encore est repris.", ""
    ),
    "apercu_copie_etrangere": Message(
        "La seconde copie des actes récents est celle d’un autre poste : elle n’est pas employée.", "", ""
    ),
    "apercu_cle_d_avant": Message(
        "La clé du poste a été changée depuis cette sauvegarde, et celle d’avant revient avec elle.",
        "",
        "Changez-la de nouveau ensuite, dans Réglages, Agents.",
    ),
    "apercu_autre_ordinateur": Message(
        "Cet ordinateur n’a pas les clés du poste.", "", "Reliez-le de nouveau à la Région après."
    ),
    "verification_a_regarder": Message(
        "La vérification des données a trouvé quelque chose qui ne va pas.",
        "Ce qui a été envoyé à la Région y est.",
        "Réparez-le avant la prochaine visite.",
    ),
    "place_basse": Message(
        "Il ne reste que {megaoctets}\u00a0Mo sur le disque de cet ordinateur.",
        "Tout ce qui est enregistré est là.",
        "Libérez de la place avant que le disque soit plein : sans place, plus rien ne s’enregistre.",
    ),
    "place_ailleurs_basse": Message(
        "Il ne reste que {megaoctets}\u00a0Mo là où va la copie.",
        "La dernière copie y est, entière.",
        "Libérez-y de la place, ou choisissez un autre dossier.",
    ),
    "sauvegarde_en_retard": Message(
        "Aucune sauvegarde n’a pu être gardée depuis {jours} jours.",
        "Tout est là, mais sur cet ordinateur seulement.",
        "Si la copie va sur une clé, branchez-la d’abord.",
    ),
}
