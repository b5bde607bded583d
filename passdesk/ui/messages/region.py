"""Sentences about the Region's side."""

from __future__ import annotations

from passdesk.ui.messages.modele import Message
from passdesk.ui.messages.region_litiges import ANNONCE_PRETE

_RIEN = "Rien n’a été changé."
_AIDE = "Voir l’aide : passdesk region --help."
_AUX_LIEUX = (
    "Les lieux ne le savent pas encore. « region servir --annonce FICHIER » l’écrit pour eux dans l’heure. Sinon, "
    "« region publier --out FICHIER », et donnez-leur ce fichier."
)

MESSAGES: dict[str, Message] = {
    "rien_change": Message(_RIEN),
    # Root key
    "racine_creee": Message(
        "La clé racine est dans « {fichier} », la clé publique dans « {publique} ».",
        "Elle ne s’ouvre qu’avec sa phrase secrète.",
        "Gardez-la hors ligne, en deux exemplaires ; donnez le fichier .pub aux lieux.",
    ),
    "racine_existante": Message(
        "« {fichier} » existe déjà, ou son fichier .pub.",
        "Une clé racine n’est jamais remplacée.",
        "Choisissez un autre nom.",
    ),
    "racine_absente": Message("Le fichier de la clé racine est introuvable.", _RIEN, "Vérifiez l’option --racine."),
    "cle_racine_illisible": Message(
        "Ce fichier n’est pas une clé racine, ou il est abîmé.", _RIEN, "Prenez l’autre exemplaire."
    ),
    "phrase_racine": Message(
        "Cette phrase secrète n’ouvre pas la clé racine.",
        _RIEN,
        "Vérifiez les majuscules et la disposition du clavier, puis recommencez.",
    ),
    "phrase_racine_courte": Message(
        "Cette phrase secrète est trop courte.", _RIEN, "Prenez-en une d’au moins {minimum} caractères."
    ),
    "racine_etrangere": Message(
        "Cette clé racine n’est pas celle de cette Région.", _RIEN, "Prenez celle qui a servi à l’initialiser."
    ),
    # The Region's folder
    "region_prete": Message(
        "La Région est prête ; sa clé de publication vaut jusqu’au {jour}.",
        "Ses clés sont dans ce dossier, dans un fichier que seul ce compte peut lire.",
        "Ouvrez une campagne, puis enrôlez les postes.",
    ),
    "region_cles_a_tous": Message(
        "Windows n’a pas pu garder le fichier des clés pour ce seul compte.",
        "Les clés n’y ont pas été écrites.",
        "Choisissez un dossier du disque de cet ordinateur (NTFS), ni une clé USB ni un partage, puis recommencez.",
    ),
    "region_deja_initialisee": Message(
        "Une Région existe déjà à cet endroit.",
        _RIEN,
        "Choisissez un autre dossier, ou une autre adresse pour les données.",
    ),
    "region_absente": Message(
        "Aucune Région dans ce dossier : il manque ses clés ou ses données.",
        _RIEN,
        "Vérifiez le dossier et l’adresse des données, ou lancez « passdesk region initialiser ».",
    ),
    "region_base_inconnue": Message(
        "Les données de type « {genre} » ne sont pas prises en charge.",
        _RIEN,
        "Donnez sqlite:///chemin/region.db ou postgresql://compte@machine/nom.",
    ),
    "region_base_mal_ecrite": Message(
        "L’adresse des données ne se lit pas.",
        _RIEN,
        "Écrivez sqlite:///chemin/region.db ou postgresql://compte@machine/nom.",
    ),
    "region_base_encodage": Message(
        "Ces données PostgreSQL ne sont pas en UTF-8 : des noms de postes s’y abîmeraient.",
        _RIEN,
        "Créez-les avec « createdb --encoding=UTF8 --template=template0 ».",
    ),
    "region_acces_refuse": Message(
        "PostgreSQL refuse l’accès : compte, mot de passe, nom ou droits.",
        _RIEN,
        "Vérifiez-les ; le mot de passe se donne par PGPASSWORD, .pgpass ou un service.",
    ),
    "region_injoignable": Message(
        "PostgreSQL ne répond pas.",
        "Ce qui était enregistré est là.",
        "Vérifiez qu’il est lancé, son adresse et son port, puis recommencez.",
    ),
    "region_illisible": Message(
        "Les données de la Région sont abîmées.",
        "Les postes gardent tout ce qu’ils ont envoyé.",
        "Gardez-les telles quelles et restaurez une sauvegarde.",
    ),
    "region_recente": Message(
        "Les données de la Région viennent d’un PassDesk plus récent.",
        "Elles sont intactes.",
        "Mettez PassDesk à jour.",
    ),
    "region_cles_illisibles": Message(
        "Le fichier des clés de la Région est abîmé, ou ne peut pas être lu.",
        "Les données sont intactes.",
        "Remettez la copie de ce fichier, et vérifiez les droits.",
    ),
    "region_cles_etrangeres": Message(
        "Ces clés et ces données ne vont pas ensemble.", _RIEN, "Remettez les fichiers d’une même Région."
    ),
    "region_changee": Message(
        "Le programme, les clés ou les données de la Région ont changé depuis qu’elle sert les postes.",
        "Les postes gardent tout ce qu’ils ont envoyé.",
        "Arrêtez « passdesk region servir », puis relancez-le.",
    ),
    "region_processus": Message(
        "Un des processus de la Région n’a pas pu démarrer.",
        _RIEN,
        "Vérifiez la mémoire de la machine, ou demandez moins de processus.",
    ),
    "region_occupee": Message(
        "Les données de la Région sont utilisées par un autre programme.",
        _RIEN,
        "Recommencez dans un instant.",
    ),
    "region_disque": Message(
        "Le disque ne répond pas, est plein, ou n’accepte pas d’écriture.",
        "Ce qui était enregistré est là.",
        "Vérifiez le disque et vos droits, puis recommencez.",
    ),
    "publication_expiree": Message(
        "La clé de publication a dépassé ses 90 jours.",
        "Les pass déjà imprimés restent valables.",
        "Lancez « passdesk region prolonger » avec la clé racine.",
    ),
    "publication_bientot": Message(
        "La clé de publication finit le {jour}.",
        "Ensuite, plus aucune annonce ne part, et aucun poste n’est accepté.",
        "Lancez avant ce jour « passdesk region prolonger » avec la clé racine.",
    ),
    "publication_vaut": Message("La clé de publication vaut jusqu’au {jour}."),
    "publication_prolongee": Message(
        "La clé de publication vaut jusqu’au {jour}.", faire="« passdesk region servir » l’emploie de lui-même."
    ),
    # Campaigns, lots
    "campagne_ouverte": Message("Campagne {campagne} ouverte : {stock} pass, et {reserve} pour les lycéens."),
    "campagne_stock": Message(
        "Campagne {campagne} : {stock} pass, dont {reste} à donner ; {reserve} pour les lycéens, dont {reste_lycee}."
    ),
    "campagnes_aucune": Message("Aucune campagne n’est ouverte."),
    "campagne_montree": Message("{campagne} · « {libelle} » · dernier jour le {jour}, remise jusqu’au {arret}."),
    "campagne_pot": Message("{nom}, en pass : {stock}. Confiés aux postes : {donne}. Reste à donner : {libre}."),
    "campagne_sans_numero": Message(
        "Il manque --numero.", _RIEN, "Sans aucune option, « region campagne » les montre."
    ),
    "campagne_incomplete": Message(
        "Pour ouvrir la campagne {campagne}, il faut --racine et --libelle ; pour changer son stock, --stock seul.",
        _RIEN,
        _AIDE,
    ),
    "stock_deja_donne": Message(
        "Les postes tiennent ou ont donné {minimum} pass ({pot}) : ce stock ne peut pas être moindre.",
        _RIEN,
        "Rappelez d’abord des lots, ou donnez un nombre plus grand.",
    ),
    "campagne_existante": Message("La campagne {campagne} est déjà ouverte.", _RIEN, "Prenez un autre numéro."),
    "campagne_inconnue": Message("La campagne {campagne} n’est pas ouverte ici.", _RIEN, "Vérifiez son numéro."),
    "campagne_pas_ouverte": Message(
        "Aucune campagne n’est ouverte.", _RIEN, "Ouvrez-en une avec « passdesk region campagne »."
    ),
    "campagne_refusee": Message(
        "La campagne {campagne} ne peut pas être ouverte : numéro, nom, valeur ou dernier jour.",
        _RIEN,
        "Donnez un numéro de 1 à 126 et un dernier jour à venir, avant mars 2036.",
    ),
    "jour_mal_ecrit": Message(
        "« {jour} » n’est pas un jour du calendrier.", _RIEN, "Écrivez-le année-mois-jour, comme 2027-12-31."
    ),
    "campagne_reservee": Message(
        "La campagne 127 est celle des démonstrations : une vraie racine ne la signe pas.",
        _RIEN,
        "Prenez un numéro de 1 à 126.",
    ),
    "campagne_demonstration_seule": Message(
        "Une racine de démonstration ne signe que la campagne 127.", _RIEN, "Prenez la vraie racine."
    ),
    "reserve_lycee_depassee": Message(
        "La réserve des lycéens est de {maximum} pass en tout : il en reste {reste}.",
        _RIEN,
        "Donnez un nombre plus petit, ou aucun.",
    ),
    "stock_refuse": Message("Ce stock n’en est pas un.", _RIEN, "Donnez un nombre de pass, zéro ou plus."),
    "lot_donne": Message("Carnets de {taille} donnés à « {poste} » : {carnets}, de {premier} à {dernier}."),
    "dotation_refusee": Message(
        "Ce lot ne se donne pas. La taille est 5 ou 10, --pot « general » ou « lycee », le lot de 1 à 2 000 carnets.",
        _RIEN,
        "Corrigez la demande.",
    ),
    "stock_insuffisant": Message(
        "Le stock ne suffit pas : {demande} pass demandés, {reste} disponibles.", _RIEN, "Demandez moins de carnets."
    ),
    "numeros_epuises": Message("Cette campagne n’a plus de numéros de carnet.", _RIEN, "Ouvrez une nouvelle campagne."),
    "carnet_annule": Message(
        "Le carnet {carnet}, de « {poste} », est annulé.",
        "Rien n’est définitif : avec « --retablir », il redevient bon.",
        _AUX_LIEUX,
    ),
    "carnet_retabli": Message(
        "Le carnet {carnet}, de « {poste} », n’est plus annulé.",
        faire=_AUX_LIEUX,
    ),
    "carnet_pas_vu_donner": Message(
        "Carnet {carnet} de {taille}, confié à « {poste} ». La Région ne l’a pas vu donner."
    ),
    "carnet_deja_annule": Message("Il est déjà annulé."),
    "carnet_pass_bloques": Message("Un litige bloque certains de ses pass."),
    "carnet_annuler_demande": Message("Ses pass seront refusés partout. Pour l’annuler, tapez « oui »."),
    "carnet_retablir_demande": Message("Ses pass seront repris partout. Pour le rétablir, tapez « oui »."),
    "carnet_pas_annule": Message(
        "Le carnet {carnet} de la campagne {campagne} n’est pas annulé.",
        _RIEN,
        "S’il est bloqué par un litige, tranchez ce litige.",
    ),
    "carnet_sorti": Message(
        "Son poste a déclaré le carnet {carnet} de la campagne {campagne} annulé, gâché, perdu, volé ou retourné.",
        _RIEN,
        "Ce carnet reste annulé : la personne peut en avoir reçu un autre à sa place.",
    ),
    "carnet_en_limbes": Message(
        "Le carnet {carnet} de la campagne {campagne} n’est attribué à personne, et son lot n’est plus à aucun poste.",
        _RIEN,
        "Ce numéro reste annulé.",
    ),
    "carnet_jamais_donne": Message(
        "Le carnet {carnet} de la campagne {campagne} n’a été donné à aucun poste.", _RIEN, "Vérifiez son numéro."
    ),
    "carnet_mal_ecrit": Message(
        "« {carnet} » n’est pas un numéro de carnet.", _RIEN, "Écrivez-le comme sur le papier : 012 0001234."
    ),
    # Desks
    "code_propose": Message(
        "{caracteres} : à donner au poste « {poste} », une seule fois.",
        "Il vaut 24 heures.",
        "Comparez ensuite les six mots, puis acceptez le poste.",
    ),
    "poste_attend": Message("{id} · « {poste} » attend. Ses six mots : {mots}."),
    "personne_n_attend": Message("Aucun poste n’attend."),
    "poste_accepte": Message("« {poste} » est enrôlé ({appareil}).", faire="Donnez-lui maintenant un lot."),
    "poste_continue_actif": Message(
        "Il continue « {poste} » ({appareil}), entendu la dernière fois le {vu_le}.",
        "L’ordinateur d’avant n’est pas révoqué : ses carnets non donnés resteraient bons.",
        "S’il a été volé, ou s’il est perdu, ajoutez --vole.",
    ),
    "poste_continue_revoque": Message("Il continue « {poste} » ({appareil}), révoqué, entendu le {vu_le}."),
    "poste_continue_inconnu": Message(
        "Il dit continuer le poste {appareil}, que la Région ne connaît pas.",
        "Elle a peut-être été remise à une sauvegarde d’avant.",
    ),
    "poste_continue_accepter": Message(
        "Si les mots sont les mêmes et que c’est bien lui : --accepter {id} --a-la-place-de {appareil}"
    ),
    "poste_repris": Message(
        "« {poste} » continue sous son identifiant ({appareil}).",
        "Ce qu’enverrait encore l’ordinateur d’avant sera gardé à part.",
        "Donnez-lui un lot : ceux qu’il avait ne servent plus. Après son envoi, publiez une annonce : les carnets "
        "qu’il avait donnés y redeviennent bons.",
    ),
    "poste_repris_sans_vol": Message(
        "Les carnets non donnés de l’ordinateur d’avant restent bons.",
        faire="Volé ou perdu : « region revoquer {appareil} --vole », puis reliez le poste encore.",
    ),
    "poste_repris_vole": Message(
        "« {poste} » continue sous son identifiant ({appareil}), et l’ordinateur d’avant est dit volé.",
        "Numéros non donnés, annulés : {carnets}. L’index est renouvelé.",
        f"Donnez-lui un lot. Après son envoi, les carnets qu’il avait donnés redeviennent bons. {ANNONCE_PRETE}",
    ),
    "suite_a_dire": Message(
        "Ce poste tient le journal de « {poste} » ({appareil}).",
        "Rien n’a changé : accepté comme un poste neuf, il ne serait plus chez lui avec ses propres personnes.",
        "Si c’est bien lui, sur cet ordinateur ou un autre, ajoutez --a-la-place-de {appareil}. Sinon, refusez-le.",
    ),
    "suite_non_montree": Message(
        "Ce poste n’a pas montré qu’il tient le journal de {appareil}.",
        "Rien n’a changé.",
        "« passdesk region enroler » montre le poste que chacun continue.",
    ),
    "poste_refuse": Message("Ce poste est refusé.", faire="S’il est bien des vôtres, recommencez l’enrôlement."),
    "poste_inconnu": Message("Aucun poste ne s’appelle « {poste} ».", _RIEN, "Vérifiez son nom."),
    "poste_ambigu": Message(
        "Plusieurs postes actifs s’appellent « {poste} » : {appareils}.",
        _RIEN,
        "Donnez l’identifiant du bon, à la place de son nom.",
    ),
    "poste_appareil": Message("{appareil}, enrôlé le {enrole_le}, dernier envoi le {vu_le}"),
    "poste_appareil_jamais_vu": Message("{appareil}, jamais entendu, enrôlé le {enrole_le}"),
    "poste_nom_pris": Message(
        "Un autre poste actif s’appelle déjà « {poste} » : {appareils}.",
        "Hors d’usage, volé ou perdu (--vole) : révoquez-le par cet identifiant.",
        "Si le nouveau le continue, acceptez-le par --a-la-place-de.",
    ),
    "nom_poste_refuse": Message("Il faut un nom de poste, de 120 caractères au plus.", _RIEN, "Corrigez ce nom."),
    "attente_inconnue": Message(
        "Aucun poste n’attend sous « {identifiant} ».",
        _RIEN,
        "Lancez « passdesk region enroler » pour voir qui attend.",
    ),
    "enroler_un_geste": Message(
        "--poste, --accepter et --refuser s’excluent ; --a-la-place-de suit --accepter, --vole suit --a-la-place-de.",
        _RIEN,
        _AIDE,
    ),
    # Publication, cases
    "annonce_publiee": Message(
        "Annonce n° {generation} écrite dans « {fichier} ».",
        "Les postes la recevront à leur prochain envoi.",
        "Donnez ce fichier aux lieux.",
    ),
    "annonce_ecrite": Message(
        "Annonce n° {generation}, la dernière, écrite dans « {fichier} ».", faire="Donnez ce fichier aux lieux."
    ),
    "annonce_absente": Message(
        "Aucune annonce n’a encore été publiée.",
        _RIEN,
        "Faites la première : « region publier --out », sans --derniere.",
    ),
    "annonce_plus_recente": Message(
        "« {fichier} » contient une annonce plus récente que la dernière de cette Région.",
        _RIEN,
        "Faites-en une nouvelle : « region publier --out », sans --derniere.",
    ),
    "publier_un_geste": Message(
        "Donnez --out (--derniere l’accompagne) pour l’annonce, ou --reglement pour un règlement.", _RIEN, _AIDE
    ),
    "reglement_publie": Message(
        "Règlement du {reglement} publié (n° {generation}), pour les demandes arrivées à partir du {executoire_le}.",
        faire="Les postes le recevront à leur prochain envoi.",
    ),
    "reglement_retroactif": Message(
        "Il s’applique depuis le {executoire_le}, déjà passé.",
        "Un poste qui a déjà répondu à une demande arrivée depuis ce jour ne l’appliquera pas.",
        "Il le montrera dans À vérifier.",
    ),
    "reglement_deja_publie": Message("Le règlement {reglement} est déjà connu des postes.", _RIEN),
    "reglement_adopte_avant": Message(
        "Le règlement {reglement} n’est pas adopté après {dernier}.",
        _RIEN,
        "Corrigez « id » : c’est le jour d’adoption.",
    ),
    "campagne_sans_jour_ni_stock": Message(
        "Il manque --dernier-jour ou --stock.", _RIEN, "Donnez-les, ou un règlement qui les porte."
    ),
    "aucun_litige": Message("Aucun litige."),
    "litige_plafond": Message("{litige} · {jour} · plafond de 10 dépassé de {excedent} pass."),
    "litige_homonyme": Message("{litige} · {jour} · homonyme noté, total dans la limite de 10 : aucun pass bloqué."),
    "litige_homonyme_identite_differente": Message(
        "Un responsable a noté un homonyme : justificatif d’identité différent."
    ),
    "litige_homonyme_jumeaux_ou_parents": Message("Un responsable a noté un homonyme : jumeaux ou parents."),
    "litige_homonyme_autre": Message("Un responsable a noté un homonyme : autre motif, écrit sur la fiche au poste."),
    "litige_homonyme_retire_meme_personne": Message("Le poste l’a retiré depuis : c’est une seule personne."),
    "litige_homonyme_retire_par_megarde": Message("Le poste l’a retiré depuis : il avait été noté par mégarde."),
    "litige_homonyme_retire_autre": Message("Le poste l’a retiré depuis."),
    "litige_repris": Message("Repris : ce qu’il laissait au-delà de 10 ne compte plus comme admis."),
    "litige_separe": Message(
        "Les deux fiches ont été séparées à nouveau au poste le {jour} : ce total n’est plus d’une seule personne."
    ),
    "litige_hors_lot": Message("{litige} · {jour} · carnet attribué en dehors des lots du poste."),
    "litige_numero_double": Message("{litige} · {jour} · numéro de carnet attribué deux fois."),
    "litige_fourche": Message("{litige} · {jour} · le journal d’un poste a deux suites."),
    "litige_poste": Message("« {poste} »."),
    "litige_carnet": Message("Carnet {carnet}, « {poste} »."),
    "litige_carnet_bloque": Message("Carnet {carnet}, « {poste} », pass bloqués : {rangs}."),
    "litige_clos": Message(
        "{litige} est clos, ses blocages sont levés.",
        faire=ANNONCE_PRETE,
    ),
    "litige_clos_sans_annonce": Message(
        "{litige} est clos, ses blocages sont levés.",
        "La clé de publication a dépassé ses 90 jours : les lieux ne le savent pas encore.",
        "Lancez « passdesk region prolonger », puis « passdesk region publier ».",
    ),
    "litige_deja_clos": Message("Clos : ses blocages sont levés."),
    "litige_inconnu": Message("Aucun litige ouvert ne s’appelle « {litige} ».", _RIEN, "Vérifiez son numéro."),
    # Serving
    "serveur_pret": Message("Région prête : {url}"),
    "adresse_occupee": Message(
        "Le port {port} de {adresse} est déjà pris.", _RIEN, "Arrêtez l’autre programme, ou prenez --port 0."
    ),
    "adresse_refusee": Message(
        "Impossible d’écouter sur {adresse}, port {port}.", _RIEN, "Vérifiez l’adresse et le port."
    ),
}
