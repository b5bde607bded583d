"""Sentences about sending to the Region, and about linking a desk to it."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message

_REPRISE = "L’envoi reprendra seul."
_GARDE = "Tout est gardé ici."

MESSAGES: dict[str, Message] = {
    "hors_ligne": Message("La Région n’a pas répondu.", _GARDE, _REPRISE),
    "reponse_etrangere": Message(
        "Une autre page a répondu à la place de la Région.",
        "Rien n’a été envoyé ni changé.",
        "Le wifi demande peut-être une connexion : ouvrez un navigateur, puis réessayez.",
    ),
    "certificat_refuse": Message(
        "La Région n’a pas pu prouver que c’est elle.",
        "Rien n’a été envoyé ni changé.",
        "Vérifiez la date de cet ordinateur. Si elle est bonne, quelque chose lit ce qui passe : appelez votre "
        "informatique.",
    ),
    "proxy_mot_de_passe": Message(
        "Le proxy de ce réseau demande un mot de passe.",
        "Rien n’a été envoyé ni changé.",
        "PassDesk n’en donne pas : demandez à votre informatique de laisser passer l’adresse de la Région.",
    ),
    "proxy_refuse": Message(
        "Le proxy de ce réseau ne laisse pas passer.",
        "Rien n’a été envoyé ni changé.",
        "Demandez à votre informatique de laisser passer l’adresse de la Région.",
    ),
    "proxy_muet": Message(
        "Le proxy de ce réseau n’a pas répondu.",
        _GARDE,
        "Si cela dure, vérifiez son adresse dans Réglages, Ce poste, Détails.",
    ),
    "proxy_illisible": Message(
        "Cette adresse n’est pas celle d’un proxy.", "Rien n’a changé.", "Elle s’écrit comme proxy.mairie.exemple:8080."
    ),
    "proxy_avec_mot_de_passe": Message(
        "PassDesk ne garde pas de mot de passe de proxy.",
        "Rien n’a changé.",
        "Donnez l’adresse seule, et demandez à votre informatique de laisser passer celle de la Région.",
    ),
    "adresse_illisible": Message(
        "Cette adresse n’est pas celle d’un site.", "", "Elle commence par https://, comme https://pass.exemple.fr."
    ),
    "adresse_non_protegee": Message(
        "Cette adresse n’est pas protégée.", "Rien n’a été envoyé.", "Demandez à la Région l’adresse en https://."
    ),
    "deja_enrole": Message(
        "Ce poste est déjà relié à la Région.",
        "Rien n’a changé.",
        "Si elle l’a retiré, envoyez d’abord : la réponse le dira, et il pourra être relié de nouveau.",
    ),
    "enrolement_non_demande": Message(
        "Ce poste n’a pas encore demandé à rejoindre la Région.",
        "",
        "Donnez l’adresse et les dix caractères reçus de la Région.",
    ),
    "enrolement_refuse": Message(
        "La Région n’a pas accepté ce poste.", "Ce qui est saisi ici est gardé.", "Appelez la Région."
    ),
    "region_inattendue": Message(
        "La Région qui répond n’est pas celle qui a donné ces caractères.",
        "Rien n’a été transmis.",
        "Vérifiez l’adresse, puis appelez la Région.",
    ),
    "code_enrolement_mal_ecrit": Message(
        "Il faut dix caractères, lettres et chiffres.", "", "Recopiez ceux que la Région a donnés."
    ),
    "code_refuse": Message(
        "La Région ne reconnaît pas ces dix caractères.",
        "Rien n’a changé.",
        "Ils servent une fois, pendant 24 heures. Demandez-en d’autres à la Région.",
    ),
    "appareil_inconnu": Message(
        "La Région ne reconnaît plus ce poste.",
        _GARDE,
        "Appelez-la : elle donne un numéro d’inscription. Une fois le poste relié, tout part.",
    ),
    "appareil_revoque": Message(
        "La Région a retiré ce poste.",
        f"{_GARDE} Les carnets qui lui restaient ne valent plus rien.",
        "Appelez-la : si c’est une méprise, elle donne un numéro d’inscription. Une fois le poste relié, tout part.",
    ),
    "signature_refusee": Message(
        "La Région n’a pas reconnu la signature de ce poste.",
        _GARDE,
        "Si elle le redit, appelez-la : elle donne un numéro d’inscription. Une fois le poste relié, tout part.",
    ),
    "version_recente": Message(
        "La Région parle déjà le langage d’un PassDesk plus récent.", _GARDE, "Demandez la mise à jour de PassDesk."
    ),
    "bloc_illisible": Message("La Région n’a pas pu ouvrir ce que ce poste envoie.", _GARDE, "Appelez la Région."),
    "message_illisible": Message("Un message de la Région n’a pas pu être lu.", _GARDE, _REPRISE),
    "region_indisponible": Message("La Région est occupée pour le moment.", _GARDE, _REPRISE),
    "fourche": Message(
        "La Région a reçu deux suites différentes de ce poste.",
        "Les deux sont gardées, rien n’est perdu.",
        "Ce poste a sans doute été copié ou remis à un état ancien. Appelez la Région.",
    ),
    "lot_refuse": Message(
        "La Région a envoyé des numéros de carnets que ce poste a déjà.",
        "Ils ne sont pas repris : aucun numéro ne sort deux fois.",
        "Appelez la Région.",
    ),
    "reponse_sans_suite": Message("La Région répond, mais l’envoi n’avance plus.", _GARDE, "Appelez la Région."),
    "bilan_fini": Message("En ligne : tout est envoyé.", "", ""),
    "bilan_arrete": Message("L’envoi s’est arrêté en route.", "{restent} actes attendent ici.", _REPRISE),
}
