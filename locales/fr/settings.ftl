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
settings-now-value = actuel : { $value }
settings-button = Changer
settings-saved = « { $label } » est maintenant : { $value }.
settings-unsaved = Le réglage n’a pas encore été changé.
settings-moved = Quelqu’un d’autre l’a changé entre-temps ; il est maintenant : { $value }
settings-help = { $takes } Par défaut : { $default }.
settings-takes-number = Un nombre entier de { $min } à { $max }.
settings-takes-text = Au moins un caractère et au plus { $max }.
settings-takes-address = Une adresse qui commence par https:// ou http://, sans point d’interrogation ; ou rien.
settings-takes-moment = Jour et heure du festival, comme { $example } ; ou rien.
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
setting-jury-size = Taille d’un jury
setting-jury-size-about = Un jury qui compte moins de jurés pouvant voter est signalé dans l’onglet Jury. Rien n’est refusé pour autant.
setting-site-media-url = Adresse des fichiers du site
setting-site-media-url-about = Là où le site web sert les images des films : elles peuvent alors être montrées ici et leurs liens copiés. Vide : pas d’images.
setting-voting-advance = Ce que fait une majorité de oui
setting-voting-advance-about = Décide qui met un film en lice quand son tour s’achève sur une majorité de oui. Ne pas retenir un film est toujours la décision d’une personne.
setting-voting-advance-is-propose = une proposition
setting-voting-advance-is-propose-about = Le film attend sous « prêt à être en lice » qu’un administrateur confirme.
setting-voting-advance-is-automatic = elle met le film en lice
setting-voting-advance-is-automatic-about = Le dernier vote du tour fait avancer le film, et le site web le montre aussitôt.
setting-voting-comment-max = Longueur d’un commentaire
setting-voting-comment-max-about = Un commentaire plus long est refusé, et son texte gardé dans le bulletin. Comptée en caractères ; les commentaires existants restent.
setting-voting-deadline-1 = Date limite du 1er tour
setting-voting-deadline-1-about = Jusqu’à quand les jurés sont priés de rendre leur premier vote, à l’heure du festival. Elle rappelle et ne refuse rien ; l’équipe clôt un tour. Vide : pas de date limite.
setting-voting-deadline-2 = Date limite du 2e tour
setting-voting-deadline-2-about = Jusqu’à quand les jurés sont priés de changer un vote ou de le maintenir. Elle rappelle et ne refuse rien ; l’équipe clôt un tour. Vide : pas de date limite.
setting-voting-open-discussion = Quand un film passe au 2e tour
setting-voting-open-discussion-about = Décide quand une demande de discussion ouvre le 2e tour. Une fois ouvert, il ne prend plus de premier vote, sauf si cela est dit ici.
setting-voting-open-discussion-is-round-complete = quand le 1er tour est complet
setting-voting-open-discussion-is-round-complete-about = Le film attend tous ses jurés, pour que personne ne soit privé de son premier vote.
setting-voting-open-discussion-is-first-request = à la première demande
setting-voting-open-discussion-is-first-request-about = Le premier vote « à discuter » fait avancer le film ; qui n’a pas encore voté le peut encore pendant la discussion.
setting-voting-open-discussion-is-manual = à la main
setting-voting-open-discussion-is-manual-about = Aucun vote ne fait avancer un film : un administrateur le fait, depuis la file des films à discuter.
setting-voting-promote = Promotion par les jurés
setting-voting-promote-about = Décide si un juré peut mettre en lice un film en discussion sans attendre la fin du 2e tour.
setting-voting-promote-is-any-juror = par tout juré de son jury
setting-voting-promote-is-any-juror-about = Un seul juré suffit ; il apprend qui peut encore changer son vote, et le journal dit qui l’a fait.
setting-voting-promote-is-off = désactivée
setting-voting-promote-is-off-about = Les films sont mis en lice par leurs votes et par les administrateurs seulement.
setting-voting-quorum = Votes pour clore un tour
setting-voting-quorum-about = Un tour peut être clos avec des votes manquants seulement si autant de votes sont là. Avec moins, il reste ouvert, ou le jury change.
setting-voting-quorum-is-half = plus de la moitié du jury
setting-voting-quorum-is-half-about = Deux sur trois, trois sur cinq : le nombre suit la taille de chaque jury.
setting-voting-quorum-is-number = un nombre de votes
setting-voting-quorum-is-number-about = Le même pour tous les jurys. Un jury plus petit ne peut clore que si tous ont voté.
setting-voting-require-comment = Commentaires
setting-voting-require-comment-about = Décide si un vote sans commentaire est pris. Les votes existants restent.
setting-voting-require-comment-is-true = obligatoires
setting-voting-require-comment-is-true-about = Un vote sans commentaire est refusé ; le commentaire dit pourquoi aux autres jurés du film.
setting-voting-require-comment-is-false = facultatifs
setting-voting-require-comment-is-false-about = Un vote est pris aussi sans commentaire.
setting-voting-staff-see = Quand l’équipe voit les votes
setting-voting-staff-see-about = Décide si les administrateurs voient notes et commentaires pendant qu’un tour est ouvert.
setting-voting-staff-see-is-always = toujours
setting-voting-staff-see-is-always-about = Chaque vote est vu dès qu’il est donné.
setting-voting-staff-see-is-complete = quand le tour est complet
setting-voting-staff-see-is-complete-about = D’ici là l’équipe voit qui a voté, pas quoi. Qui doit regarder plus tôt le peut, avec une raison gardée au journal.
