# Les réglages du festival : l’écran, et pour chaque réglage son nom, ce qu’il décide, et ce qui suit de chaque option.

settings-title = Réglages
settings-intro = Ils valent pour tous ceux qui travaillent à ce festival.
settings-changed = { $count ->
    [one] Quelqu’un d’autre vient de changer un réglage : il est marqué.
   *[other] Quelqu’un d’autre vient de changer { $count } réglages : ils sont marqués.
}
settings-value-default = { $value } · par défaut
settings-default = par défaut
settings-now = actuel
settings-button = Changer
settings-saved = « { $label } » est maintenant : { $value }.
settings-unsaved = Le réglage n’a pas encore été changé.
settings-moved = Quelqu’un d’autre l’a changé entre-temps ; il est maintenant : { $value }
settings-help = { $takes } Par défaut : { $default }.
settings-takes-number = Un nombre entier de { $min } à { $max }.
settings-takes-word-or-number = « { $word } », ou un nombre entier de { $min } à { $max }.
settings-takes-text = Au moins un caractère et au plus { $max }.
settings-takes-address = Une adresse qui commence par https:// ou http://, sans point d’interrogation ; ou rien.
settings-takes-one = Une des valeurs de la liste.
settings-for-all = Il vaut aussitôt pour tous ceux qui travaillent à ce festival, et peut être annulé.
settings-no-votes-running = Aucun vote n’est en cours en ce moment.
settings-votes-running = Des votes sont en cours : { $first ->
    [one] { $first } film au 1er tour
   *[other] { $first } films au 1er tour
}, { $second } au 2e tour. Le changement vaut aussi pour eux ; les votes déjà donnés restent tels quels.
settings-votes-may-run = Des votes sont peut-être en cours. Le changement vaut aussi pour eux ; les votes déjà donnés restent tels quels.

# Domaines
settings-area-jury = Jury
settings-area-voting = Votes
settings-area-festival = Festival
settings-area-films = Films
settings-area-site = Site web
settings-area-accounts = Comptes

# Réglages
setting-auth-lock-after-minutes = Minutes avant le verrouillage
setting-auth-lock-after-minutes-about = Après autant de minutes sans une touche, la console redemande le mot de passe. Ce qui était saisi est gardé derrière le verrou.
setting-auth-scheme = Forme des nouveaux mots de passe
setting-auth-scheme-about = Décide si quelqu’un qui reçoit ici un nouveau mot de passe peut encore se connecter au site web. Les mots de passe existants restent tels quels.
setting-auth-scheme-is-auto = selon la base
setting-auth-scheme-is-auto-about = bcrypt là où le site web utilise aussi cette base, pour que les deux connexions marchent ; argon2id sur une base à part.
setting-auth-scheme-is-argon2id = argon2id
setting-auth-scheme-is-argon2id-about = Le plus sûr. Le site web ne sait pas le lire : qui reçoit ici un nouveau mot de passe ne pourrait plus s’y connecter.
setting-auth-scheme-is-bcrypt = bcrypt
setting-auth-scheme-is-bcrypt-about = Ce qu’utilise le site web : un nouveau mot de passe marche aux deux endroits. Il peut avoir 72 octets au plus.
setting-festival-name = Nom du festival
setting-festival-name-about = Se lit en haut de chaque console de ce festival.
setting-festival-time-zone = Fuseau horaire
setting-festival-time-zone-about = Chaque console montre les heures dans ce fuseau, où qu’elle soit. Ce que contient la base ne change pas.
setting-films-duration-unit = Unité des durées
setting-films-duration-unit-about = Décide comment se lit la durée d’un film : la base ne contient qu’un nombre. Les nombres eux-mêmes ne changent pas.
setting-films-duration-unit-is-seconds = secondes
setting-films-duration-unit-is-seconds-about = 90 veut dire une minute et demie, comme sur le site d’un festival de films très courts.
setting-films-duration-unit-is-minutes = minutes
setting-films-duration-unit-is-minutes-about = 90 veut dire une heure et demie.
setting-jury-size = Jurés d’un jury
setting-jury-size-about = Un jury qui compte moins de jurés pouvant voter est signalé dans l’onglet Jury. Rien n’est refusé pour autant.
setting-site-media-url = Adresse des fichiers du site
setting-site-media-url-about = Là où le site web sert les images des films : elles peuvent alors être montrées ici et leurs liens copiés. Vide : pas d’images.
