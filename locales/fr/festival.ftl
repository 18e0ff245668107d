# Le festival lui-même : statuts, règles, ennuis, et les écrans des films, des jurys, des votes, des événements et des partenaires.

# Les statuts, et ce qu’ils veulent dire
status-submitted = soumis
status-assigned = 1er tour
status-to-discuss = 2e tour
status-candidate = en lice
status-awarded = primé
status-refused = non retenu
status-selected = sélectionné
status-finalist = finaliste
status-unknown = inconnu
meaning-submitted = reçu, en attente d’un jury
meaning-assigned = son jury vote
meaning-to-discuss = son jury en discute
meaning-candidate = en lice pour un prix
meaning-awarded = a reçu un prix
meaning-refused = pas dans la sélection
meaning-selected = un ancien statut, gardé tel quel
meaning-finalist = un ancien statut, gardé tel quel
meaning-unknown = la base contient un statut que cette console ne connaît pas

note-yes = oui
note-no = non
note-to-discuss = à discuter
note-unknown = inconnu
set-aside-not-on-panel = non compté : cette personne n’est pas du jury de ce film
set-aside-duplicate = non compté : la même personne a un autre vote, qui compte
set-aside-unknown-note = non compté : ce n’est ni oui, ni non, ni à discuter
set-aside-late = non compté : arrivé après la clôture du tour

share-of-yes = part de oui
no-votes = aucun vote
number = { $n }
percent = { $n } %

# Les refus : une phrase chacun. Rien n’a été écrit.
rule-film-gone = Ce film n’est plus là. Rien n’a été changé.
rule-unknown-dependent = Ce film ne peut pas être supprimé : des lignes de la table « { $table } » en dépendent, et la console ne la connaît pas. Les responsables du site doivent d’abord les retirer.
rule-too-large-to-keep = Ce film ne peut pas être supprimé : avec tout ce qui en dépend, il fait { $size } Mo, et la base prend { $max } Mo d’un bloc. Augmentez-y d’abord max_allowed_packet.
rule-not-in-trash = Ce film n’est plus dans la corbeille. Rien n’a été changé.
rule-film-id-taken = Ce film ne peut pas revenir : « { $title } » porte désormais son numéro { $id }.
rule-row-id-taken = Ce film ne peut pas revenir : une autre ligne de « { $table } » porte désormais le numéro { $id }.
rule-producer-gone = Ce film ne peut pas revenir : le compte de sa production, { $name }, n’existe plus.
rule-voter-gone = Ce film ne peut pas revenir : le compte { DE($name) }, qui a voté, n’existe plus.
rule-does-not-fit = Ce qui était là n’entre plus dans « { $table } ».
rule-would-leave-out = Rien n’est annulé : { $name } n’existe plus, et le film reviendrait sans. La corbeille le restaure ainsi.
rule-same-status = Le film est déjà à ce statut : { $to }.
rule-not-allowed = Un film ne passe pas de « { $from } » à « { $to } ». L’administration peut l’imposer, avec un motif écrit.
rule-no-panel = Ce film n’a pas encore de jury. Donnez-lui d’abord au moins une personne.
rule-has-panel-or-votes = Ce film a déjà un jury ou des votes ({ $panel ->
    [one] { $panel } personne
   *[other] { $panel } personnes
}, { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
}) : il ne peut pas redevenir « soumis ».
rule-no-award = Ce film n’a pas encore de prix. Donnez-lui-en un d’abord : même imposer le statut ne le remplace pas.
rule-has-award = Ce film a encore { $awards ->
    [one] un prix
   *[other] { $awards } prix
}. Retirez-le d’abord : même imposer le statut ne passe pas outre.
rule-reason-needed = Cette étape demande un motif écrit.
rule-ballots-undecided = Ce film a { $votes ->
    [one] un vote
   *[other] { $votes } votes
}. Dites d’abord si on les garde ou si on les retire.
rule-too-many-films = C’est trop de films d’un coup. On peut en déplacer { $max } à la fois au plus.
rule-bad-note = Un vote est YES, NO ou TO DISCUSS, écrit exactement ainsi ; « { $note } » n’en est pas un.
rule-too-many-drafts = Vous gardez { $max } brouillons, c’est le maximum : déposez-en ou supprimez-en.
rule-comment-needed = Un vote demande un commentaire : dites pourquoi, avec vos mots.
rule-comment-too-long = Le commentaire est trop long ({ $length } caractères), il en tient { $max } au plus.
rule-not-assigned = Ce film ne vous est pas confié.
rule-recused = Vous avez dit ne pas pouvoir juger ce film : vous n’y votez donc pas.
rule-voting-closed = Le vote sur ce film est clos : il est maintenant « { $status } ».
rule-round-closed = Le festival a clos ce tour de vote.
rule-already-voted = Vous avez voté sur ce film. Le vote peut être changé une fois, quand le film est discuté.
rule-no-first-vote = Le film est au 2e tour : seules les personnes qui ont voté au 1er tour peuvent changer leur vote.
rule-change-spent = Vous avez déjà changé ce vote, c’était la seule fois possible.
rule-vote-stands = Vous avez maintenu ce vote : il reste tel quel. Adressez-vous au festival s’il faut le rouvrir.
rule-not-in-discussion = C’est réservé aux films du 2e tour ; celui-ci est « { $status } ».
rule-promotion-off = Dans ce festival, le jury ne fait pas passer de film lui-même.
rule-not-a-juror = { $name } n’est pas du jury. Seuls les comptes du rôle JURY peuvent juger un film.
rule-juror-disabled = Le compte { DE($name) } est désactivé. Réactivez-le d’abord, ou choisissez quelqu’un d’autre.
rule-conflict-declared = { $name } a dit ne pas pouvoir juger ce film et ne peut donc pas être de son jury.
rule-own-film = { $name } a déposé ce film et ne peut donc pas le juger.
rule-juror-has-voted = { $name } a voté sur ce film. Libérez cette personne ou supprimez le vote ; la retirer du jury ne suffit pas.
rule-discussion-begun = { $name } ne pourrait jamais voter sur ce film : le 1er tour est passé. Rouvrez plutôt le 1er tour pour cette personne.
rule-quorum-missing = Trop peu de votes pour clore le tour : { $votes } sur les { $needed } qu’il faut.
rule-round-open = Ce tour est ouvert.
rule-nothing-to-reopen = { $name } a voté sur ce film : il n’y a rien à rouvrir.
rule-nothing-to-reset = Ce vote n’a été ni changé ni maintenu : il n’y a rien à rendre.
rule-vote-gone = Votre vote a été enregistré, mais il a été supprimé depuis.
rule-came-late = Ce vote est arrivé après la clôture du tour et ne compte pas : son changement ne peut être rendu. Faites-le d’abord compter, ou laissez-le.
rule-not-late = Ce vote n’est pas arrivé en retard, ou il compte déjà.
rule-admit-instead = Il n’y a rien à remettre. Pour que ce vote en retard compte, admettez-le dans l’onglet Votes.
rule-could-not-vote-again = Le film est au 2e tour : sans ce vote, { $name } ne pourrait plus voter. Rendez-lui plutôt le changement ou rouvrez le 1er tour pour cette personne, ou supprimez quand même.
rule-no-seats = { $name } n’est du jury d’aucun film encore à juger.
rule-own-replacement = { $name } quitte le jury : il faut quelqu’un d’autre à sa place.
rule-nothing-to-settle = { $name } n’attend pas de réponse pour ce film.
rule-vote-undecided = { $name } a voté sur ce film. Dites si le vote reste ou s’il est supprimé.
rule-juror-on-panels = { $name } a { $films ->
    [one] { $films } film
   *[other] { $films } films
} à juger. Dites ce que deviennent ses votes : gardés ou supprimés.
rule-has-this-award = Ce film a déjà le prix « { $award } ».
rule-not-this-award = Ce film n’a pas le prix « { $award } ».
rule-nothing-to-undo = Il n’y a plus rien de vous à annuler.
rule-changed-since = { $what } a été modifié depuis par quelqu’un ; ceci écraserait son travail. Rien n’a été changé.
rule-field-needed = Il manque : { $field }.
rule-too-long = { $field } : trop long ({ $length } caractères), il en tient { $max } au plus.
rule-too-many-bytes = { $field } : trop long, { $length } octets ; { $max } au plus (une lettre accentuée en prend deux, un émoji quatre).
rule-bad-text = { $field } contient un caractère de contrôle. Retapez le texte au lieu de le coller.
rule-bad-character = { $field } contient « { $character } », que cette base ne peut pas garder à cet endroit.
rule-bad-number = { $field } : un nombre entier de { $min } à { $max }.
rule-bad-choice = { $field } : l’une de ces valeurs : { $expected }.
rule-unknown-field = Il n’y a pas de champ { $name } utilisable ici.
rule-column-needed = Cette base demande aussi { $name }, que cette console ne connaît pas. Passez par le site.
rule-not-here = { $what } : cette base n’a rien de tel.
rule-producer-on-panel = { $name } siège au jury du film et ne peut donc pas le produire. Retirez d’abord cette personne du jury.
rule-category-taken = Il y a déjà une catégorie { $name }.
rule-on-film-already = { $name } figure déjà sur ce film.
rule-bad-url = { $field } : ce n’est pas une adresse web. Elle commence par https:// ou http://.
rule-bad-email = Ce n’est pas une adresse e-mail.
rule-email-taken = Il y a déjà un compte avec l’adresse { $email }.
rule-password-too-short = Le mot de passe est trop court. Il en faut au moins { $min } caractères.
rule-password-too-long = Le mot de passe est trop long. On peut en garder { $max } octets au plus (une lettre accentuée en prend deux).
rule-last-administrator = C’est le dernier compte d’administration. Donnez d’abord ce rôle à quelqu’un d’autre.
rule-administrator-exists = Il y a déjà un compte d’administration. Connectez-vous, ou demandez-lui un accès.
rule-wrong-password = L’adresse ou le mot de passe est faux.
rule-password-wrong = Ce n’est pas votre mot de passe actuel.
rule-too-many-keys = Un compte peut avoir au plus { $max } clés SSH : retirez-en une d’abord.
rule-session-over = Cette session est déjà terminée.
rule-bad-moment = « { $given } » n’est pas une date. Écrivez par exemple { example-moment }.
rule-not-more-time = Ce n’est pas un délai : écrivez un moment après le { $until }.
rule-no-deadline = Le { $round ->
    [1] 1er
   *[other] 2e
} tour n’a pas de date limite : fixez-la d’abord dans les Réglages.
rule-too-many-attempts = Trop de mots de passe faux. Réessayez dans { $seconds ->
    [one] { $seconds } seconde
   *[other] { $seconds } secondes
}.
rule-account-disabled = Ce compte est désactivé. Adressez-vous à l’administration du festival.
rule-producers-outside = La production passe par le site du festival. Cette console est pour l’équipe et le jury.
rule-bad-key = Ce n’est pas une clé publique OpenSSH. C’est la seule ligne d’un fichier qui finit par .pub.
rule-key-taken = Le compte { $email } se connecte déjà avec cette clé.
account-of-somebody = d’une autre personne
rule-unknown-setting = Il n’y a pas de réglage { $name }.
rule-bad-setting = Le réglage { $name } n’accepte pas cette valeur. Il accepte : { $expected }.
rule-request-id-taken = Une autre demande porte déjà ce numéro, celle-ci n’a donc pas été faite. Rien n’a été changé.

# Les ennuis de la base
trouble-lost = La base ne répond pas en ce moment. Rien n’a été changé, rien de ce que vous avez tapé n’est perdu.
trouble-unknown = La connexion s’est coupée pendant l’enregistrement : c’est fait, ou pas. Regardez de nouveau quand la base sera revenue.
trouble-busy = D’autres ont modifié les mêmes lignes trop longtemps. Rien n’a été écrit ; réessayez.
trouble-read-only = La base n’accepte pas de changement en ce moment. Rien n’a été changé, rien de ce que vous avez tapé n’est perdu.
trouble-privilege = Le compte de cette console n’a pas ce droit dans la base. Rien n’a été écrit ; marsai doctor dit ce qui lui manque.
trouble-shape = Il manque une table ou une colonne dans la base. Rien n’a été écrit ; lancez marsai migrate.
trouble-full = Le disque de la base est plein. Rien n’a été changé, rien de ce que vous avez tapé n’est perdu.
trouble-cancelled = Arrêté, comme demandé.
trouble-other = La base n’a pas pu le faire. Rien n’a été changé ; le journal en dit plus.

# Toutes les listes
list-filter = Filtre :
list-filter-hint = des mots, ou { $key } pour les champs
list-wrong-field = aucun champ « { $typed } »
list-wrong-field-near = pas de champ « { $typed } » : { $name } ?
list-wrong-choice = { $name } n’est jamais « { $typed } »
list-wrong-choice-near = pas de « { $typed } » : { $name } ?
list-wrong-number = « { $typed } » n’est pas un nombre
list-wrong-compared = { $name } n’a pas de nombres
list-wrong-backwards = « { $typed } » finit avant de commencer
list-wrong-value = { $name } : et ensuite ?
list-wrong-quote = le guillemet reste ouvert
list-choose-status = Films par statut
list-choose-hint = Espace : plusieurs · Entrée : un seul
list-columns = Colonnes
list-columns-hint = Espace affiche ou cache · ← → déplace
list-columns-keys = 0 comme au départ · Entrée garde
list-search-name = Garder cette recherche
list-search-name-hint = Un nom pour elle ; Entrée la garde.
list-search-kept = Gardée sous « { $name } ».
list-search-nothing = Rien à garder : le filtre est vide.
list-search-forget = Oublier une recherche
list-search-forget-body = « { $name } » : { $line }
list-search-forget-button = Oublier
list-search-forgotten = « { $name } » est oubliée.
list-searches = Recherches gardées
list-searches-none = Vous ne gardez encore aucune recherche.
list-searches-hint = Tapez un filtre avec /, puis Ctrl-s le garde.
list-searches-keys = Entrée applique · d oublie
list-loading = chargement
list-waiting = Chargement…
list-arranging = mise en ordre
list-reading-synopses = lecture des synopsis, { $percent } %
list-selected = { $count ->
    [one] { $count } choisi
   *[other] { $count } choisis
}
list-selecting = choix d’une suite
list-sorted = par { $column }
list-changed = { $count ->
    [one] { $count } modifié depuis
   *[other] { $count } modifiés depuis
} · { $key } remet en ordre
list-stale = modifié depuis · { $key } relit
list-failed-hint = { $key } réessaie.
list-filter-wrong = Un mot du filtre n’est pas compris : corrigez celui qui est marqué ou enlevez-le (Échap vide la ligne).
list-no-match = Sur { $total } lignes, aucune ne contient « { $filter } ».
list-no-match-hint = Raccourcissez le filtre, ou Échap pour tout revoir.
list-untitled = (sans titre)
page-place = { $at } sur { $total }
page-loading = Chargement…
page-no-link = Il n’y a pas de lien à copier ici.
page-copied = Copié : { $link }
page-empty = (vide)
page-changed = modifié entre-temps
links-title = Copier quel lien ?

# Images des films
picture-title = Images
picture-size = { $width } × { $height } pixels
picture-terminal = Ce terminal n’affiche pas d’images : il y faut UTF-8 et des couleurs.
picture-none = Ce film n’a pas d’images.
picture-unsound = Ce que la base contient n’est pas un nom de fichier que la console puisse suivre.
picture-no-address = Images introuvables : l’administration doit régler site.media_url, l’adresse des fichiers du site.
picture-elsewhere = Elle se trouve sur un autre hôte que les fichiers du festival (site.media_url) et n’est donc pas chargée.
picture-missing = Elle n’est pas parmi les fichiers du site.
picture-too-large = Elle est trop grande pour être affichée ici.
picture-broken = Ce n’est pas une image affichable (JPEG, PNG, WebP ou GIF).
picture-unreachable = Le serveur des images ne répond pas pour le moment.

# Colonnes
column-status = statut
column-title = titre
column-country = pays
column-language = langue
column-duration = durée
column-year = an
column-tool = outil IA
column-producer = production
column-panel-size = jury
column-votes = votes
column-share = part de oui
column-panel = jury
column-jurors = nombre
column-voted = votes
column-flag = à voir
column-yes = oui
column-no = non
column-discuss = disc.
column-changed = changés
column-my-vote = mon vote
column-round = tour
column-standing = état
column-name = nom
column-type = genre
column-start = début
column-when = quand
column-location = lieu
column-reservations = résa.
column-seats = places
column-tier = niveau
column-web = site web
column-logo = logo
column-role = rôle
column-from = d’où
column-since = depuis
column-idle = inactif
column-way = connexion par
column-what = quoi
column-until = jusqu’au

# Films
films-title = Films
films-shown = { $shown } sur { $total } films
films-empty = Aucun film n’a encore été soumis.
films-empty-hint = Les films arrivent par le site du festival et apparaissent ici tout seuls ; { $key } regarde de nouveau.

film-title = Film
film-group-film = Le film
film-group-texts = Textes
film-group-people = Les gens
film-group-votes = Votes
film-group-links = Fichiers et liens
film-group-comments = Commentaires
film-group-other = Autres champs
film-group-story = Son histoire
film-no-panel = pas encore de jury
film-no-story = Rien n’a encore été fait pour ce film dans cette console.
film-round = votes : { $voted } sur { $active }
film-juror-inactive = { $name } (ne peut pas voter)
film-story-status = { $from } → { $to }
film-story-forced = imposé
film-story-private = gardé dans la console
film-story-change = { $field } : { $before } → { $after }
film-comments-readers = Le site montre ces commentaires à tout le monde, production comprise.

film-group-making = Sa fabrication
film-group-film-note = le site montre tout cela
film-group-links-note = noms de fichiers du site, ou https://…
unit-minutes = minutes
unit-seconds = secondes
film-readers-everybody = Tout le monde le lit sur le site.
film-readers-published = Tout le monde peut le lire : le site le publie.
film-readers-machinery = Lu par les programmes du site.
film-form-title = Film
film-form-readers = Le site montre aussitôt ce qui est enregistré.
film-new = Nouveau film
film-edit = Modifier « { $title } »
film-unsaved = Abandonner ce que vous avez tapé sur ce film ?
film-created = « { $title } » est ajouté comme soumis, sur le site aussi.
film-saved = « { $title } » est enregistré, sur le site aussi.
film-producer-help = Tapez une partie du nom ou du courriel.
film-pick-producer = Qui l’a soumis ?

# Catégories et équipe d’un film
categories-title = Catégories
categories-heading = Catégories de « { $title } »
categories-films = { $count ->
    [one] { $count } film
   *[other] { $count } films
}
categories-new = Nouvelle catégorie « { $name } »
categories-foot = { $turn } ou un espace coche · { $save } enregistre, site compris
categories-saved = Catégories désormais : { $names }
categories-unsaved = Abandonner ce que vous avez coché ?
categories-conflict = Quelqu’un d’autre a changé ces catégories entre-temps. Les siennes et les vôtres sont réunies ci-dessous ; enregistrer encore les garde ainsi.
categories-none-here = Cette base n’a pas de catégories de films.
people-title = Équipe
people-heading = L’équipe de « { $title } »
people-new = Quelqu’un de nouveau
people-pick = Qui y a travaillé ?
people-nameless = (sans nom)
people-others = { $count ->
    [one] sur un autre film aussi
   *[other] sur { $count } autres films aussi
}
people-empty = Personne n’est encore nommé pour ce film.
people-empty-hint = Tapez { $key } pour nommer la première personne.
people-none-here = Cette base ne garde personne qui ait travaillé sur un film.
people-added = { $name } figure maintenant sur ce film.
people-saved = { $name } : enregistré.
people-removed = { $name } ne figure plus sur ce film ; ailleurs, rien ne change.
people-unsaved = Abandonner ce que vous avez tapé sur cette personne ?
people-readers = Le site montre noms et métiers avec le film.
people-shared = { $count ->
    [one] Aussi sur un autre film : le changement s’y voit également.
   *[other] Aussi sur { $count } autres films : le changement s’y voit également.
}

# Plusieurs films à la fois
batch-title = Plusieurs films
batch-heading = Agir sur { $count } films
batch-heading-one = Agir sur « { $title } »
batch-edit = Changer un champ
batch-edit-about = la même valeur pour tous
batch-give = Donner une catégorie
batch-give-about = existante ou nouvelle
batch-take = Retirer une catégorie
batch-take-about = là où un film l’a
batch-export = Exporter
batch-export-about = en fichier pour un tableur ou un programme
batch-advance = Faire avancer
batch-advance-about = vers un autre statut
batch-delete = Supprimer
batch-delete-about = vers la corbeille, d’où ils peuvent revenir
batch-pick-field = Quel champ ?
batch-empty-help = Laissez vide pour vider le champ dans tous les films.
batch-value-foot = Vous pourrez relire avant que rien ne change.
batch-looking = Tous sont examinés…
batch-changes = { $count ->
    [0] Rien ne changerait.
    [one] Un film change.
   *[other] { $count } films changent.
}
batch-overwrites = { $count ->
    [one] L’un d’eux contient autre chose, qui est remplacé.
   *[other] { $count } d’entre eux contiennent autre chose, qui est remplacé.
}
batch-same = { $count ->
    [one] Un l’est déjà.
   *[other] { $count } le sont déjà.
}
batch-button = { $count ->
    [0] Ne rien changer
    [one] Changer un film
   *[other] Changer { $count } films
}
batch-working = En cours…
batch-working-many = Fait : { $done } sur { $total }
batch-left = Ces films restent comme ils étaient
batch-done = { $count ->
    [0] Aucun film n’a changé
    [one] Un film a changé, sur le site aussi
   *[other] { $count } films ont changé, sur le site aussi
}{ $same ->
    [0] {""}
   *[other] { " " }· { $same } déjà ainsi
}{ $refused ->
    [0] .
   *[other] { " " }· { $refused } n’ont pas pu l’être.
}
batch-stopped = { $count ->
    [0] Arrêté avant le premier film.
    [one] Arrêté : un film a changé, les autres sont comme avant.
   *[other] Arrêté : { $count } films ont changé, les autres sont comme avant.
}

# Les films en fichier
export-title = Export
export-heading = Exporter { $count ->
    [one] un film
   *[other] { $count } films
}
export-heading-all = Exporter tous les films
export-name = Fichier
export-name-help = Là où vous avez lancé marsai, ou un chemin ; ~/ est votre dossier. Rien n’est écrasé.
export-name-missing = Un fichier doit avoir un nom.
export-format = Format
export-csv = CSV, pour un tableur
export-json = JSON, pour un programme
export-columns = Colonnes
export-columns-help = Un espace coche ou décoche.
export-columns-missing = Choisissez au moins une colonne.
export-private = Ces fichiers contiennent des données personnelles : vous seul pouvez les lire.
export-making = Lecture des films…
export-making-many = Lu : { $done } sur { $total }
export-saved = { $count ->
    [one] Un film est
   *[other] { $count } films sont
} dans { $path }
export-exists = { $path } existe déjà et reste tel quel. Choisissez un autre nom.
export-failed = { $path } n’a pas pu être écrit ({ $why }). Choisissez un autre endroit.
export-elsewhere = Par SSH, aucun fichier ne peut être écrit sur votre ordinateur : une console lancée chez vous le fait. De petites listes peuvent aller dans le presse-papiers.
export-ready = { $count ->
    [one] Un film, { $kb } ko
   *[other] { $count } films, { $kb } ko
} : { $key } les copie dans le presse-papiers.
export-too-long = { $count } films, c’est trop pour le presse-papiers. Choisissez moins de colonnes ou de films, ou lancez une console sur votre ordinateur.
export-copied = { $count ->
    [one] Un film est
   *[other] { $count } films sont
} dans votre presse-papiers.

# What the web site changed
outside-title = Modifié sur le site
outside-heading = Le site a modifié « { $title } »
outside-count = { $count ->
    [one] { $count } modifié sur le site ({ $key })
   *[other] { $count } modifiés sur le site ({ $key })
}
outside-count-short = { $count } par le site ({ $key })
outside-notice = Le site a modifié ce film : { $key } montre quoi.
outside-ours = Ce que nous savions
outside-site = Sur le site maintenant
outside-duplicate = 2e bulletin, { $name }
outside-overwritten = Bulletin, { $name }
outside-late = Vote tardif, { $name }
outside-counts = Celui-ci compte
outside-aside = Mis de côté
outside-film = Le film
outside-deleted = supprimé
outside-found = Vu le { $when }.
outside-hint-status = La console n’y est pour rien. Notre version remise se voit aussitôt sur le site ; l’un et l’autre s’annulent.
outside-hint-value = Modifié après le premier vote. Notre version remise se voit aussitôt sur le site ; l’un et l’autre s’annulent.
outside-hint-gone = Son producteur l’y a supprimé, avec ses votes et ses prix. La console ne peut pas le ramener.
outside-hint-duplicate = Le site a pris un deuxième bulletin de cette personne. Un seul compte : le plus modifié, puis le plus ancien. Un bulletin rayé reste dans le registre.
outside-hint-overwritten = Le site a écrit par-dessus ce bulletin sans rien garder. Remettre notre version se voit aussitôt sur le site ; l’un et l’autre peuvent être annulés.
outside-hint-late = Le site a pris ce vote après la clôture du tour. Il ne compte que si vous le dites parmi les bulletins du film (Votes).
outside-keep = Garder la version du site
outside-put-back = Remettre notre version
outside-leave = Laisser de côté
outside-strike = Rayer
outside-noted = Noté
outside-later = Plus tard
outside-close = Fermer
outside-none = Le site n’a rien modifié qui reste à régler.
outside-done-kept = « { $title } », { $what } : la version du site reste.
outside-done-put-back = « { $title } », { $what } : la nôtre est remise, sur le site aussi.
outside-done-struck = « { $title } », { $what } : rayé, sur le site aussi.
outside-done-left = « { $title } », { $what } : reste de côté.
outside-done-noted = « { $title } » n’existe plus ; c’est noté.
advance-outside = Le site a changé son statut de lui-même : { $from } → { $to }. Décider maintenant repart de là.
advance-outside-many = { $count ->
    [one] Un de ces films a été modifié par le site
   *[other] { $count } de ces films ont été modifiés par le site
}, et personne ne l’a réglé.

# Jurys
jury-title = Jury
jury-shown = { $shown } sur { $total } jurys
jury-empty = Il n’y a pas encore de films, donc pas de jurys.
jury-empty-hint = Les films arrivent par le site du festival ; { $key } regarde de nouveau.
jury-count-empty = { $count } sans jury
jury-count-small = { $count } à moins de { $size }
jury-count-inactive = { $count } avec un membre inactif
jury-count-jurors = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
}
jury-count-fine = tous les jurys sont complets
jury-flag-empty = personne
jury-flag-small = trop peu
jury-flag-inactive = inactif
juror-load = { $films ->
    [0] aucun film
    [one] { $voted } film jugé sur { $films }
   *[other] { $voted } jugés sur { $films } films
}
juror-disabled = désactivé
panel-title = Jury
panel-heading = Jury de « { $title } »
panel-size = { $count } jurés sur { $size }
panel-foot = Espace ou { $turn } coche · { $save } continue
panel-button = Fixer le jury
panel-unsaved = Le jury n’a pas encore été changé.
panel-saved = Le jury de « { $title } » compte maintenant { $count ->
    [0] zéro juré
    [one] { $count } juré
   *[other] { $count } jurés
}.
panel-conflict = Quelqu’un d’autre a aussi changé ce jury. Vos coches sont réunies aux siennes ; regardez encore avant d’enregistrer.
panel-leaving = Sortent : { $names }
panel-joining = Entrent : { $names }
panel-empty = Il ne reste personne pour juger le film.
panel-resembles = { $name } pourrait être { $other }, qui est de ce film.
panel-flag-own = a soumis ce film
panel-flag-not-jury = n’est pas du jury
panel-flag-resembles = pourrait être { $other }, qui est de ce film
panel-flag-voted = a voté sur ce film
panel-flag-ballot = a un vote sur ce film qui ne compte pas
more-time-title = Délais
more-time-heading = Dates limites, et jurés avec un délai
more-time-round = { $round ->
    [1] 1er tour
   *[other] 2e tour
}
more-time-somebody = Accorder un délai à un juré pour le { $round ->
    [1] 1er
   *[other] 2e
} tour
more-time-all = Tous ont jusqu’au { $at }.
more-time-none = Ce tour n’a pas de date limite. Fixez-la d’abord : Réglages.
more-time-given = Ont un délai
more-time-nobody = Personne n’a de délai.
more-time-whom = Délai pour le { $round ->
    [1] 1er
   *[other] 2e
} tour, accordé à
more-time-idle = sans effet
more-time-help = À l’heure du festival ({ $zone }), comme { $example } ; un jour seul dure jusqu’à 23:59. Laissé vide, le juré a le même temps que tous.
more-time-saved = { $name } a jusqu’au { $until } pour le { $round ->
    [1] 1er
   *[other] 2e
} tour.
more-time-taken-back = { $name } a le même temps que tout le monde pour le { $round ->
    [1] 1er
   *[other] 2e
} tour.
more-time-unsaved = La date limite n’a pas encore été changée.
release-title = Libérer un juré
release-whom = Libérer qui de tous ses films
release-heading = Libérer { $name }
release-keep = Ses votes restent
release-keep-about = Ce qui a été voté compte toujours, et cette personne ne voit plus les films.
release-strike = Ses votes sont supprimés
release-strike-about = Rien de ce qui a été voté ne compte ; le journal le garde. Il faut une raison.
release-replace = Qui prend sa place là où il manque un vote ? Plusieurs se relaient ; personne est possible aussi.
release-vote-stays = vote gardé
release-vote-goes = vote supprimé
release-nobody = un juré de moins
release-moves = puis { $status }
release-count-kept = { $count ->
    [one] { $count } vote reste
   *[other] { $count } votes restent
}
release-count-struck = { $count ->
    [one] { $count } vote est supprimé
   *[other] { $count } votes sont supprimés
}
release-count-replaced = { $count ->
    [one] { $count } film reçoit quelqu’un d’autre
   *[other] { $count } films reçoivent quelqu’un d’autre
}
release-count-smaller = { $count ->
    [one] { $count } film a un juré de moins
   *[other] { $count } films ont un juré de moins
}
release-count-moves = { $count ->
    [one] { $count } film avance, car son tour est alors complet
   *[other] { $count } films avancent, car leur tour est alors complet
}
release-button = Libérer
release-doing = Libération…
release-doing-many = Libération : { $done } films sur { $total }
release-done = { $name } est libéré de { $count ->
    [one] { $count } film
   *[other] { $count } films
}.
release-stopped = Arrêté : { $name } est libéré de { $count ->
    [one] { $count } film
   *[other] { $count } films
} jusqu’ici.
release-left = { $count ->
    [one] { $count } film n’a pas pu être traité
   *[other] { $count } films n’ont pas pu être traités
} :

# Votes
votes-title = Votes
votes-shown = { $shown } sur { $total } films
votes-empty = Il n’y a pas encore de films, donc pas de votes.
votes-empty-hint = Les films arrivent par le site du festival ; { $key } regarde de nouveau.
votes-hidden = caché jusqu’à la fin du tour
votes-recusals = { $count } à traiter
votes-closed = tour clos
votes-set-aside = { $count ->
    [one] { $count } non compté
   *[other] { $count } non comptés
}
votes-choose-queue = Les films selon leurs votes
queue-candidate = à mettre en lice
queue-refused = à ne pas retenir
queue-discuss = à discuter
queue-chair = la présidence décide
queue-waiting = en attente
votes-detail-title = Votes
votes-ballot-changed = changé
votes-ballot-before = avant : { $note }
votes-no-comment = (sans commentaire)
proposal-waiting = Le tour est encore ouvert.
proposal-candidate = Prêt à être en lice : plus de la moitié dit oui.
proposal-refused = Prêt à être écarté : plus de la moitié dit non. Ne pas retenir un film est la décision d’une personne.
proposal-discussion = Prêt pour la discussion.
proposal-chair = Pas de majorité : la présidence décide.
voting-missing = Doivent encore voter : { $names }
voting-closed = clos par le festival
voting-hidden = Le festival montre notes et commentaires quand le tour est complet.
voting-hidden-note = caché
voting-nobody = Ce film n’a encore ni jury ni vote.
voting-stands = maintenu
voting-not-yet = n’a pas encore voté
voting-reopened = le 1er tour lui est rouvert
voting-released = libéré, le vote reste
voting-off-panel = n’est plus du jury de ce film
voting-inactive = ne peut pas voter : compte désactivé, ou plus du jury
voting-recusal-waits = { $name } { $why } et attend votre réponse : { $key }
voting-recusal-settled = { $name } { $why }
voting-choose-a-vote = Placez d’abord le curseur sur un bulletin.
voting-moved = Le film est maintenant : { $status }.
recusal-conflict = a un conflit d’intérêts
recusal-cannot-watch = ne peut pas voir le film
recusal-language = ne connaît pas sa langue
recusal-heading = { $name } ne peut pas juger ce film
recusal-says = { $name } { $why }. Le tour attend votre réponse.
recusal-agree = Libérer { $name } de ce film
recusal-agree-about = Le jury compte un juré de moins ; choisissez-en un autre dans l’onglet Jury s’il devient trop petit.
recusal-keep = Libérer { $name }, le vote reste
recusal-keep-about = Le vote continue de compter ; { $name } ne voit plus le film.
recusal-strike = Libérer { $name } et supprimer le vote
recusal-strike-about = Le vote ne compte plus ; le journal le garde.
recusal-refuse = { $name } reste du jury
recusal-refuse-about = Le film est tout de même à juger ; le tour attend ce vote.
recusal-mistaken = { $name } peut finalement juger le film
recusal-mistaken-about = Ce qui a été dit est retiré. La personne ne revient pas d’elle-même au jury ; vous pouvez ensuite l’y remettre.
recusal-button = Répondre
recusal-settled = { $name } a une réponse.
vote-delete-heading = Supprimer le vote { DE($name) }
vote-delete-kept = Le journal garde note, commentaire et historique ; le site web n’a plus le vote.
vote-delete-discussion = Le film est en discussion : sans ce vote, { $name } ne pourrait plus voter.
vote-delete-button = Supprimer le vote
vote-deleted = Le vote { DE($name) } est supprimé.
vote-way-reset = Rendre plutôt le changement
vote-way-reset-about = Le vote reste, et { $name } peut le changer encore une fois.
vote-way-reopen = Le supprimer et rouvrir le 1er tour pour { $name }
vote-way-reopen-about = Le film revient au 1er tour jusqu’au nouveau vote { DE($name) } ; les autres votes restent.
vote-way-anyway = Le supprimer quand même
vote-way-anyway-about = { $name } n’a alors plus de vote sur ce film, et ne peut plus en donner.
vote-reset-heading = Rendre le changement à { $name }
vote-reset-about = Ce que disait le vote reste dans son historique ; { $name } peut le changer encore une fois pendant la discussion.
vote-reset-stands = { $name } a maintenu son vote. Il pourra être changé une fois pendant la discussion.
vote-reset-button = Rendre
vote-reset = { $name } peut changer son vote encore une fois.
vote-admit-heading = Compter le vote { DE($name) }
vote-admit-about = Le site web l’a pris après la clôture du tour. S’il compte, le décompte change ; le tour reste clos.
vote-admit-button = Compter
vote-admitted = Le vote { DE($name) } compte maintenant.
votes-open-heading = Regarder les votes maintenant
votes-open-about = Le festival les montre quand le tour est complet. Que vous avez regardé plus tôt, et pourquoi, reste au journal.
votes-open-button = Montrer les votes
votes-opened = Les votes de ce film sont maintenant montrés.
votes-open-already = Les votes sont déjà montrés.
round-none = Ce film n’est dans aucun tour de vote.
round-close-heading = Clore le tour
round-close-nobody = Personne ne manque.
round-close-missing = Sans vote : { $names }
round-close-unchanged = Pourraient encore changer leur vote : { $names }
round-close-quorum = { $votes ->
    [one] { $votes } vote est là
   *[other] { $votes } votes sont là
} ; il en faut { $needed }.
round-close-then = Ensuite : { $then }
round-close-about = Plus personne ne peut y voter, tant que vous ne le rouvrez pas. Ce que le site web prend encore est gardé comme tardif et ne compte pas.
round-close-button = Clore le tour
round-closed = Le tour est clos.
round-reopen-heading = Rouvrir le tour
round-reopen-about = Qui n’a pas voté peut de nouveau voter ; les votes tardifs ne comptent que si vous le dites.
round-reopen-button = Rouvrir
round-reopened = Le tour est rouvert.
round-reopen-whom = Rouvrir le 1er tour pour
round-reopen-for-heading = Rouvrir le 1er tour pour { $name }
round-reopen-for-about = { $name } entre au jury s’il le faut. Le film revient au 1er tour avec tous ses votes, jusqu’à ce vote.
round-reopen-for-back = Puis il revient en discussion, quoi que disent les votes.
round-reopen-for-button = Rouvrir
round-reopened-for = Le 1er tour est rouvert pour { $name }.

# Événements
events-title = Événements
events-shown = { $shown } sur { $total } événements
events-empty = Il n’y a pas encore d’événements.
events-empty-hint = On les crée sur le site du festival et ils apparaissent ici tout seuls ; { $key } regarde de nouveau.
events-count-upcoming = { $count } à venir
events-count-running = { $count } en cours
events-count-past = { $count ->
    [one] { $count } passé
   *[other] { $count } passés
}
events-count-undated = { $count } sans date
events-count-seats = { $count ->
    [one] { $count } place réservée
   *[other] { $count } places réservées
}
event-upcoming = à venir
event-running = en cours
event-past = passé
event-undated = sans date
event-title = Événement
event-group-event = L’événement
event-group-reservations = Réservations
event-no-reservations = Personne n’a encore réservé.
event-seats = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
event-booked = { $count ->
    [one] { $count } réservation
   *[other] { $count } réservations
}, { $seats ->
    [one] { $seats } place
   *[other] { $seats } places
}

# Supprimer des films, et la corbeille
delete-title = Supprimer
delete-heading = Supprimer « { $title } » ?
delete-heading-many = Supprimer { $count } films ?
delete-alone = Rien n’en dépend : ni votes, ni prix, ni jury.
delete-hangs = Partent avec : { $what }.
delete-web-site = { $count ->
    [one] Le site ne le montrera plus, ni rien de tout cela, dès cet instant.
   *[other] Le site ne les montrera plus, ni rien de tout cela, dès cet instant.
}
delete-kept = { $count ->
    [one] La corbeille ({ $key }) garde tout, et le remet sous son numéro.
   *[other] La corbeille ({ $key }) garde tout, et les remet sous leurs numéros.
}
delete-reason = Pourquoi ? Cela reste dans la console.
delete-reason-empty = peut rester vide
delete-keep = Garder
delete-button = Supprimer
delete-doing = Suppression…
delete-doing-many = { $done } supprimés sur { $total }…
delete-done = « { $title } » est supprimé.
delete-done-with = « { $title } » est supprimé, avec { $what }.
delete-done-many = { $count ->
    [0] Aucun film n’est supprimé.
    [one] Un film est supprimé.
   *[other] { $count } films sont supprimés.
}
delete-left = { $count ->
    [one] Un ne l’est pas :
   *[other] { $count } ne le sont pas :
} { $why }
delete-cancelled = Le reste demeure.
hung-votes = { $count ->
    [one] un vote
   *[other] { $count } votes
}
hung-histories = { $count ->
    [one] un vote antérieur
   *[other] { $count } votes antérieurs
}
hung-awards = { $count ->
    [one] un prix
   *[other] { $count } prix
}
hung-panel = { $count ->
    [one] une place au jury
   *[other] { $count } places au jury
}
hung-categories = { $count ->
    [one] une catégorie
   *[other] { $count } catégories
}
hung-people = { $count ->
    [one] une personne de l’équipe
   *[other] { $count } personnes de l’équipe
}
trash-title = Corbeille
trash-group = Dans la corbeille
trash-shown = { $shown } sur { $total } films supprimés
trash-empty = La corbeille est vide.
trash-empty-hint = Un film supprimé dans la liste reste ici jusqu’à ce qu’on le restaure.
trash-no-reason = aucun n’a été donné
trash-nothing-hung = rien
column-deleted = supprimé
column-who = par
column-hung = ce qui en dépendait
column-why = motif
restore-title = Restaurer
restore-heading = Restaurer « { $title } » ?
restore-alone = Il revient sous son numéro { $id }.
restore-with = Il revient sous son numéro { $id }, avec { $what }.
restore-web-site = Le site le montre de nouveau aussitôt.
restore-button = Restaurer
restore-seen = Fermer
restore-doing = Restauration…
restore-done = « { $title } » est de retour, sur le site aussi.
restore-left-out = Il est de retour. Ceci n’a pas pu revenir avec lui :
left-out-juror = { $name }, du jury : le compte n’existe plus
left-out-category = catégorie { $name } : elle n’existe plus
left-out-collaborator = { $name }, de l’équipe : la fiche n’existe plus
left-out-pointer = { $name } : ce qui était désigné n’existe plus
left-out-column = { $name } : la colonne n’existe plus
left-out-new-column = { $name } : nouvelle colonne, à sa valeur par défaut
left-out-table = { $name } : la table n’existe plus

# Partenaires
sponsors-title = Partenaires
sponsors-shown = { $shown } sur { $total } partenaires
sponsors-empty = Il n’y a pas encore de partenaires.
sponsors-empty-hint = Appuyez sur { $key } pour ajouter le premier.
sponsors-no-tier = sans niveau
sponsor-title = Partenaire
sponsor-group = Le partenaire
sponsor-new = Nouveau partenaire
sponsor-edit = Partenaire « { $name } »
sponsor-created = « { $name } » est ajouté, sur le site aussi.
sponsor-saved = « { $name } » est enregistré, sur le site aussi.
sponsor-delete-question = Supprimer « { $name } » ?
sponsor-delete-body = Le site ne le montrera plus. Vous pourrez annuler.
sponsor-delete-button = Supprimer
sponsor-deleted = « { $name } » est supprimé.

visits-title = Personnes
sessions-shown = { $shown } sessions sur { $total }
sessions-log-shown = { $shown } lignes sur { $total } au journal
sessions-empty = Personne n’est connecté.
sessions-empty-hint = Qui se connecte apparaît ici de soi-même ; { $key } regarde de nouveau.
sessions-count-on = { $count } en ligne
sessions-count-ssh = { $count } par SSH
sessions-count-ended = { $count ->
    [one] { $count } terminée
   *[other] { $count } terminées
}
sessions-count-refused = { $count ->
    [one] { $count } refus
   *[other] { $count } refus
}
session-title = Session
session-own = vous
session-on = en ligne
session-ending = se ferme…
session-idle-no = active
session-idle-minutes = { $count } min
session-idle-hours = { $hours } h { $minutes }
session-way-password = mot de passe
session-way-keyboard = mot de passe SSH
session-way-key = clé SSH
session-way-forced = OpenSSH
session-way-token = poste connu
session-way-first = créé ici
session-way-demo = démo
session-way-call = script
session-end-quit = a quitté
session-end-signed-out = s’est déconnecté
session-end-lost = connexion perdue
session-end-locked = verrouillée, puis quittée
session-end-stopped = console ou serveur arrêté
session-end-ended = terminée par l’administration
session-ended-by = terminée par { $name }
session-end-account = compte modifié
session-end-fault = défaut du programme
session-end-silent = plus de nouvelles
session-refused-password = mot de passe faux
session-refused-attempts = trop d’essais
session-refused-disabled = compte désactivé
session-refused-producer = producteurs : pas d’accès
session-refused-more = { $why } (+{ $count })
session-over = Cette session est déjà terminée.
session-end-question = Mettre fin à la session de { $name } ?
session-end-body = Sa console ({ $from }) se ferme d’ici une ou deux secondes et dit que l’administration y a mis fin. Ce qui est en train d’être écrit est gardé. Une nouvelle connexion est possible, mais plus aucun ordinateur ne reconnaît cette personne.
session-end-own-body = C’est la session où vous êtes ({ $from }) : votre console se ferme. Ce que vous écrivez est gardé, et plus aucun ordinateur ne vous reconnaît.
session-end-button = Y mettre fin
session-end-done = La session de { $name } se termine.
session-group = Session
session-group-refused = Connexion refusée
visit-state = état
visit-name = nom
visit-tried = essayé comme
visit-role = rôle
visit-from = d’où
visit-way = connexion par
visit-own = la vôtre
visit-own-yes = c’est la session où vous êtes
visit-since = depuis
visit-when = quand
visit-active = dernière touche
visit-ended = fin
visit-ended-by = fin demandée par
visit-left-out = autres, non gardés
visit-id = numéro
sponsor-unsaved = Abandonner ce que vous avez tapé sur ce partenaire ?
sponsor-readers = Tout le monde : le site montre les partenaires aussitôt.
sponsor-logo-help = chemin ou adresse de l’image
sponsor-url-help = https://…, peut rester vide
sponsor-category-help = or, argent… ; peut rester vide

# Champs de la plateforme
field-required = à remplir
field-title = Titre
field-status = Statut
field-film = film
field-hung = Avec lui
field-comments = Le commentaire
field-reason = Motif
field-origin = Depuis
field-who = Par
field-deleted = Supprimé
field-selection-status = Statut
field-nationality = Pays
field-main-language = Langue
field-duration = Durée
field-release-year = Année
field-ai-tool = Outil IA
field-description = Description
field-synopsis = Synopsis (français)
field-synopsis-anglais = Synopsis (anglais)
field-production = Production
field-workshop = Atelier
field-translation = Traduction
field-subtitle = Sous-titres
field-youtube-link = YouTube
field-youtube-status = Statut YouTube
field-youtube-movie-id = Numéro YouTube
field-trailer = Bande-annonce
field-thumbnail = Vignette
field-display-picture = Affiche
field-picture1 = Image 1
field-picture2 = Image 2
field-picture3 = Image 3
field-admin-comment = De l’administration
field-jury-comment = Du jury
field-producer = Soumis par
field-email = E-mail
field-panel = Jury
field-collaborator = Collaborateur
field-collaborators = Équipe
field-job = Fonction
field-id-user = Soumis par
field-crew = Équipe
field-categories = Catégories
field-awards = Prix
field-award = Prix
field-tally = Décompte
field-round = Où en est le vote
field-created = Soumis le
field-updated = Modifié le
field-createdAt = Soumis le
field-updatedAt = Modifié le
field-id-movie = Numéro
field-producer-name = Nom de qui soumet
field-producer-email = E-mail de qui soumet
field-voted = Votes
field-yes = Votes : OUI
field-no = Votes : NON
field-to-discuss = Votes : à discuter
field-share-of-yes = Part de oui
field-id = Numéro
field-my-vote = Mon vote
field-my-comment = Mon commentaire
field-my-history = Avant
field-cast = Voté le
field-value = Valeur
field-name = Nom
field-logo = Logo
field-url = Site web
field-category = Niveau
field-first-name = Prénom
field-last-name = Nom
field-when = Quand
field-until = Jusqu’au
field-start = Début
field-end = Fin
field-location = Lieu
field-event-type = Genre
field-reservations = Réservé

# Mes films
mine-title = Mes films
mine-shown = { $shown } sur { $total } films
mine-empty = Aucun film ne vous est encore confié.
mine-empty-hint = L’équipe du festival confie les films au jury ; les vôtres apparaîtront ici. { $key } regarde de nouveau.
mine-count-to-vote = à voter : { $count }
mine-count-to-reconsider = à revoir : { $count }
mine-count-done = fait : { $count }
mine-count-waiting = attend l’équipe : { $count }
mine-count-early = pas encore ouvert : { $count }
mine-todo-title = Ce qui reste à faire
mine-todo-to-vote = à voter
mine-todo-to-reconsider = à revoir : au 2e tour, votre changement est possible
mine-todo-done = fait, ou rien à faire
mine-todo-waiting = en attente d’une réponse de l’équipe
mine-todo-early = pas encore ouvert au vote
mine-not-yet = pas encore
mine-back-gone = Le film qui était ouvert n’est plus à vous.
mine-back-closed = Le bulletin de « { $title } » était ouvert ; ce n’est plus possible : { $why }
mine-greeting = { $count ->
    [one] Un brouillon n’a jamais été déposé : { $names }. { $key } le dépose.
   *[other] { $count } brouillons n’ont jamais été déposés : { $names }. { $key } les dépose.
}
mine-drafts = { $count ->
    [one] Un brouillon n’est pas déposé et ne compte pas encore : { $key }
   *[other] { $count } brouillons ne sont pas déposés et ne comptent pas encore : { $key }
}
mine-round-1 = 1er tour
mine-round-2 = 2e tour
mine-left-days = { $days ->
    [one] 1 jour { $hours } h
   *[other] { $days } jours { $hours } h
}
mine-left-whole-days = { $days ->
    [one] 1 jour
   *[other] { $days } jours
}
mine-left-hours = { $hours } h { $minutes } min
mine-left-minutes = { $minutes } min
mine-deadline = { $round } : encore { $left }, jusqu’au { $moment }
mine-deadline-own = (chez vous { $moment })
mine-deadline-past = { $round } : date limite dépassée ({ $moment }) ; vous pouvez encore voter.
mine-deadline-both = { $moment }, chez vous { $own }
mine-deadline-past-own = { $round } : délai dépassé (chez vous { $own }) ; vous pouvez encore voter.
mine-watch = { $minutes } min à voir
mine-watch-unknown = { $minutes } min à voir, { $unknown } de durée inconnue
mine-nothing-yet = Aucun de vos films n’est encore ouvert au vote.
mine-finished-waiting = { $count ->
    [one] Le reste est fait : un film attend la réponse du festival.
   *[other] Le reste est fait : { $count } films attendent la réponse du festival.
}
mine-finished-early = { $count ->
    [one] Le reste est fait : un film n’est pas encore ouvert au vote.
   *[other] Le reste est fait : { $count } films ne sont pas encore ouverts au vote.
}
mine-finished = Tous vos films ont votre vote. Ceux qu’on discute reviendront ici.
mine-finished-all = Tout est fait : aucun de vos films n’attend un vote.
mine-next-only = C’est le dernier film qui reste à faire.
mine-next-none = Plus rien à faire : tous vos films ouverts au vote ont votre vote.
mine-next-title = film suivant : { $title }
mine-detail-title = Film
mine-group-vote = Mon vote
mine-no-vote = Vous n’avez pas voté pour ce film.
mine-waits = Vous avez dit ne pas pouvoir juger ce film ; le festival n’a pas encore répondu. Vous pouvez encore voter.
mine-draft = Vous avez commencé un vote sans le déposer : { $note }.
mine-people-conflict = Si vous connaissez l’une de ces personnes au point que cela puisse peser, { $key } le signale.
mine-state-to-vote = On attend votre vote : { $yes } oui, { $no } non, { $discuss } à discuter.
mine-state-to-reconsider = Le film est au 2e tour : vous pouvez changer votre vote une fois ({ $yes }, { $no }, { $discuss }), ou le maintenir ({ $stands }).
mine-state-voted = Voté. Si le film est discuté, vous pourrez changer ce vote une fois.
mine-state-changed = Vous avez déjà changé ce vote : il reste tel quel.
mine-state-stands = Vous avez maintenu ce vote : il reste tel quel.
mine-state-missed = Le film est au 2e tour : seules les personnes qui ont voté au 1er tour peuvent changer leur vote.
mine-state-round-closed = Le festival a clos ce tour de vote.
mine-state-early = Le vote sur ce film n’a pas commencé.
mine-state-over = Le vote sur ce film est clos.
mine-group-panel = Ce que dit le jury
mine-panel-silent = Personne d’autre dans le jury n’a de vote sur ce film.
mine-panel-hidden = Vous verrez ce que dit le jury une fois le film départagé : vous n’avez pas voté au 1er tour.
mine-panel-first-only = Ce sont les premiers votes. Vous verrez qui a changé son vote quand vous aurez changé ou maintenu le vôtre.
mine-holders = Peuvent encore changer
mine-may-promote = { $key } met le film en lice.

# Les films en discussion
discussion-back-gone = Le film qui était ouvert n’est plus en discussion.
discussion-title = Discussion
discussion-shown = { $shown } sur { $total } films en discussion
discussion-empty = Aucun de vos films n’est en discussion.
discussion-empty-hint = Un film arrive ici quand son 1er tour est terminé et que quelqu’un a demandé à en discuter. { $key } regarde de nouveau.

# Regarder un film
watch-title = Regarder
watch-waiting = On cherche où le regarder…
watch-scan = Visez le code avec l’appareil photo de votre téléphone.
watch-copy = { $key } copie l’adresse.
watch-click = Beaucoup de terminaux l’ouvrent par Ctrl et un clic (Cmd sur Mac).
watch-no-room = Le code ne tient pas dans cette fenêtre : agrandissez-la, ou prenez l’adresse.
watch-too-long = L’adresse est trop longue pour un code.
watch-ascii = Ce terminal n’affiche que des caractères simples, et aucun appareil ne lirait un code fait ainsi : prenez l’adresse.
watch-unsound = Ce qui est enregistré ici n’est pas une adresse qu’on puisse ouvrir sans risque ; c’est montré comme un texte. Demandez à l’équipe du festival.
watch-nothing = On ne sait pas où regarder ce film. Demandez à l’équipe du festival.
watch-no-lock = La console ne se verrouille pas avant { $until }.
watch-address = À regarder ici

# Ce qu’a fait un membre du jury
history-title = Ce que j’ai fait
history-shown = { $count ->
    [one] une étape, la plus récente d’abord · Entrée la montre en entier
   *[other] { $count } étapes, les plus récentes d’abord · Entrée en montre une en entier
}
history-empty = Vous n’avez encore voté pour aucun film.
history-empty-hint = Chaque vote, chaque changement et tout ce que vous faites d’autre avec un film figurera ici.
history-film-gone = (un film qui ne vous est plus confié)
history-no-date = (sans date)
history-deed = Quoi
history-voted = voté
history-changed = vote changé
history-let-stand = vote maintenu
history-promoted = mis en lice
history-recused = dit ne pas pouvoir juger
history-said = { $deed } : { $note }

# Son propre compte
account-title = Mon compte
account-group-sign-in = Connexion
account-group-keys = Clés SSH
account-group-console = Cette console
account-group-work = Mon travail
account-password = Changer de mot de passe
account-password-about = Les ordinateurs qui vous reconnaissent demanderont le nouveau.
account-password-title = Changer de mot de passe
account-password-how = Dix caractères au moins. Quelques mots faciles à retenir valent mieux qu’un seul avec des signes étranges.
account-password-current = Le mot de passe actuel
account-password-new = Le nouveau mot de passe
account-password-again = Le nouveau, encore une fois
account-password-readers = Personne ne peut le lire, l’équipe du festival non plus.
account-password-changed = Votre mot de passe est changé. Cette session continue.
account-key-add = Ajouter une clé…
account-key-about = Qui arrive par SSH avec l’une de ces clés entre sans mot de passe.
account-key-add-title = Ajouter une clé SSH
account-key-how = Sur votre ordinateur, tapez ceci et collez la ligne qui s’affiche :
account-key-none = S’il répond que ce fichier n’existe pas, créez d’abord une clé :
account-key-line = La ligne de la clé publique
account-key-readers = La moitié publique seulement : la privée reste chez vous.
account-key-private = C’est la moitié privée, que personne d’autre ne doit jamais voir. Elle n’a pas été gardée, mais elle a pu quitter votre ordinateur : créez une nouvelle paire de clés, puis collez la ligne du fichier qui finit par .pub.
account-key-added = La clé { $fingerprint } permet maintenant de vous connecter.
account-key-added-plain = La clé permet maintenant de vous connecter.
account-key-since = depuis le { $at }
account-key-remove = Retirer cette clé ?
account-key-remove-body = Cette clé ne permettra plus de se connecter : « { $name } » ({ $fingerprint }).
account-key-remove-more = Vous pourrez toujours vous connecter avec vos autres clés et avec votre mot de passe.
account-key-remove-last = C’est votre dernière clé : ensuite, vous vous connecterez avec votre mot de passe.
account-key-remove-button = Retirer la clé
account-key-removed = La clé « { $name } » est retirée.
account-language = Langue
account-language-en = English
account-language-fr = français
account-theme = Couleurs
account-theme-dark = pour un fond sombre
account-theme-light = pour un fond clair
account-zone = Fuseau horaire
account-zone-about = Vos échéances se lisent aussi à cette heure ; tout le reste suit celle du festival.
account-zone-festival = celui du festival : { $zone }
account-zone-pick = Dans quel fuseau horaire êtes-vous ?
account-zone-set = Votre fuseau horaire est maintenant { $zone }.
account-history-about = Chaque vote tel que vous l’avez déposé, avec vos commentaires.

standing-to-vote = à voter
standing-to-reconsider = à revoir
standing-voted = voté
standing-changed = changé
standing-stands = maintenu
standing-missed = sans 1er vote
standing-round-closed = tour clos
standing-early = pas encore ouvert
standing-over = vote clos
standing-waits = attend l’équipe
standing-draft = brouillon { $note }

# Un bulletin
ballot-title = Voter
ballot-note = Mon vote
ballot-first = Mon premier vote
ballot-comment = Mon commentaire (nécessaire)
ballot-comment-free = Mon commentaire
ballot-left = { $count ->
    [one] encore un caractère
   *[other] encore { $count } caractères
}
ballot-too-long = { $count ->
    [one] un caractère de trop
   *[other] { $count } caractères de trop
}
ballot-only-change = 2e tour : c’est le seul changement de votre vote. Il est consommé même si vous redites la même chose.
ballot-or-stands = { $tab }, puis { $key } : mon vote tient, sans rien consommer.
ballot-readers-staff = Lu par l’équipe du festival, ici et sur le site,
ballot-readers-staff-later = Lu par l’équipe du festival, ici une fois le tour complet et sur le site,
ballot-readers-first = et par le jury du film s’il est discuté.
ballot-readers-second = et par les membres du jury qui ont changé ou maintenu leur propre vote.
ballot-draft-said = Votre brouillon disait : { $note }.
ballot-keeps = Ce que vous avez écrit reste en brouillon. { $tab }, puis { $key } le copie.
ballot-lost = Ce vote ne peut plus être déposé. Ce que vous avez écrit est encore là : { $key } le copie.
ballot-kept = Gardé en brouillon : « { $title } ». Pas encore déposé : ne compte pas.
ballot-kept-both = Gardé comme brouillon : « { $title } », les deux textes l’un sous l’autre. Pas encore déposé : ne compte pas.
ballot-both-too-long = Les deux textes ensemble sont plus longs qu’un brouillon ne peut l’être. Prenez-en un ; l’autre va dans le presse-papiers.
ballot-discard = Ce film n’est plus à vous, et ce que vous avez écrit n’a pas été copié.
ballot-saved = brouillon enregistré
ballot-saving = enregistrement…
ballot-not-saved = pas encore enregistré : base injoignable
ballot-not-saved-why = pas enregistré : { $why }
ballot-two-versions = deux versions
ballot-now = Mon changement
ballot-elsewhere = Ce brouillon a aussi été écrit ailleurs. { $key } montre les deux textes.
ballot-versions-title = Deux versions de ce brouillon
ballot-versions = Écrites ici et ailleurs en même temps. L’une devient votre brouillon ; rien n’est déposé.
ballot-versions-keys = m la mienne   t l’autre   Espace les deux, l’une sous l’autre   Échap plus tard. Ce qui n’est pas pris va au presse-papiers.
ballot-version-mine = La mienne, ici
ballot-version-theirs = L’autre
ballot-took-mine = La vôtre continue. L’autre texte est dans le presse-papiers.
ballot-took-theirs = L’autre continue. Votre texte est dans le presse-papiers.
ballot-took-both = Les deux textes sont dans le brouillon, l’un sous l’autre.
ballot-copied = Votre texte est copié.
ballot-nothing-to-copy = Rien n’est encore écrit.
ballot-look-title = Déposer ce vote ?
ballot-button = Déposer mon vote
ballot-means-first = Votre vote sur ce film au 1er tour. Il pourra être changé une fois, si le film est discuté.
ballot-means-late-first = Votre premier vote sur ce film, déjà au 2e tour. Il pourra être changé une fois.
ballot-means-second = C’est le seul changement : ensuite le vote reste tel quel.
ballot-means-same = Il dit la même chose qu’avant, et le changement est consommé quand même.
ballot-done = Voté sur « { $title } » : { $note }.
ballot-done-second = Vote changé sur « { $title } » : { $note }.
ballot-done-moved = Voté sur « { $title } » : { $note }. Le film est maintenant : { $status }.
ballot-done-plain = Votre vote est déposé.
look-back = Retour

# Déposer plusieurs brouillons
hand-in-title = Brouillons non déposés
hand-in-count = { $ticked } sur { $ready } cochés ; { $all ->
    [one] un brouillon
   *[other] { $all } brouillons
} en tout.
hand-in-empty = Il n’y a pas de brouillon : y, n ou d sur un film en commence un.
hand-in-note-missing = sans avis
hand-in-no-note = L’avis manque : ouvrez le brouillon et choisissez-en un.
hand-in-gone = Ce film n’est plus à vous. Le texte peut encore être lu et copié.
hand-in-only-change = 2e tour : c’est le seul changement de ce vote.
hand-in-two = Deux versions : ouvrez-le et prenez-en une.
hand-in-differs = Ce n’est plus ce que vous avez relu. Relisez-le.
hand-in-drop = { $key } encore une fois jette ce brouillon pour de bon.
hand-in-more = { $count ->
    [one] et un de plus, coché dans la liste
   *[other] et { $count } de plus, cochés dans la liste
}
hand-in-none = Rien de coché ne peut être déposé.
hand-in-look-title = Déposer ces votes ?
hand-in-look-first = { $count ->
    [one] Un vote au 1er tour. Il pourra être changé une fois, si le film est discuté.
   *[other] { $count } votes au 1er tour. Chacun pourra être changé une fois, si son film est discuté.
}
hand-in-look-second = { $count ->
    [one] Un changement au 2e tour. C’est le seul : ensuite le vote reste tel quel.
   *[other] { $count } changements au 2e tour. Chacun est le seul : ensuite le vote reste tel quel.
}
hand-in-button = { $count ->
    [one] Déposer un vote
   *[other] Déposer { $count } votes
}
hand-in-working = Dépôt des votes
hand-in-stops = { $key } arrête avant le suivant.
hand-in-stopping = Arrêt après celui-ci…
hand-in-stop = S’arrêter là
hand-in-again = Redemander
hand-in-moved = (le film est maintenant : { $status })
hand-in-ends = Ce qu’ils sont devenus
hand-in-done = { $cast ->
    [one] { $cast } vote déposé
   *[other] { $cast } votes déposés
} sur { $all }.
hand-in-kept = Les brouillons des autres sont gardés.

handing-sending = Dépôt en cours…
handing-asking = On demande si c’est fait…
handing-unsure = La connexion s’est rompue à cet instant précis : c’est fait, ou non. Vous le saurez dès que la base répond, ou par le bouton ; rien ne se fait deux fois.
handing-was-done = C’était fait dès la première fois ; rien n’a été fait deux fois.
handing-done-now = La première fois, ce n’était pas fait.
handing-kept = Ce que vous avez écrit est gardé.
handing-status = Le film a changé de statut entre-temps : { $loaded } avant, { $now } maintenant.
handing-note = Votre vote a été changé ailleurs, peut-être sur le site : { $loaded } avant, { $now } maintenant.
handing-voted = Vous avez voté ailleurs entre-temps, peut-être sur le site : { $now }.
handing-vote-gone = Votre vote sur ce film a été supprimé entre-temps.
handing-count-back = Le festival vous a rendu le changement de votre vote.
handing-count = Votre seul changement a été consommé ailleurs, peut-être sur le site.

# Mon vote tient
stand-title = Maintenir mon vote ?
stand-means = Votre premier vote reste tel quel, définitivement. Votre changement n’est pas consommé, mais vous ne pourrez plus changer ce vote, sauf si le festival le rouvre.
stand-drops-draft = Le brouillon commencé sur ce film disparaît avec.
stand-button = Maintenir
stand-done = Votre vote sur « { $title } » est maintenu.

# Mettre un film en lice
promote-title = Mettre en lice
promote-means = Le film passe en lice tout de suite et le vote y est clos. Le site le montre.
promote-holders = { $count ->
    [one] { $names } pourrait encore changer son vote, et ne le pourra plus.
   *[other] { $count } personnes pourraient encore changer leur vote, et ne le pourront plus : { $names }.
}
promote-holders-none = Plus personne ne peut changer son vote.
promote-holders-unknown = On ne sait pas qui pourrait encore changer son vote.
promote-comment = Un commentaire du jury, si vous voulez
promote-readers = Lu par l’équipe du festival, et publié par le site. Laissé vide, celui qui s’y trouve reste.
promote-no-comment = Sans commentaire.
promote-button = Mettre en lice
promote-done = « { $title } » est maintenant en lice.
promote-discard = Le film n’est pas encore en lice, et ce que vous avez tapé serait perdu.

# Ne pas juger un film
recuse-title = Je ne peux pas juger ce film
recuse-conflict = J’ai un conflit d’intérêts
recuse-cannot-watch = Je ne peux pas le voir
recuse-language = Je ne connais pas sa langue
recuse-conflict-follows = Le film vous est retiré aussitôt et vous ne le voyez plus. Seul le festival pourrait vous le rendre.
recuse-conflict-voted-follows = Le film vous est retiré aussitôt et vous ne le voyez plus. Le festival décide si votre vote reste ou est supprimé.
recuse-waits-follows = Le festival répond ; d’ici là le tour vous attend, et vous pouvez encore voter.
recuse-waits-already = Vous l’avez déjà dit pour ce film ; le festival n’a pas encore répondu.
recuse-voted = Vous avez voté pour ce film : cela ne peut plus se dire.
recuse-discussed = Son 1er tour est terminé : cela ne peut plus se dire.
recuse-only-conflict = Pour ce film, seul un conflit d’intérêts peut encore être signalé.
recuse-button = Le signaler
recuse-done = « { $title } » vous est retiré. Cela ne compte pas comme un vote.
recuse-done-voted = « { $title } » vous est retiré ; le festival décide de votre vote.
recuse-done-waits = C’est dit pour « { $title } » ; le festival répond.

# Faire avancer
advance-title = Faire avancer
advance-heading = Faire avancer « { $title } »
advance-heading-many = Faire avancer { $count } films
advance-now = Maintenant : { $status }, { $meaning }
advance-recommended = conseillé par les votes
advance-recommended-many = conseillé
advance-no-target = D’ici, il n’y a pas d’étape suivante.
advance-force-hint = { $key } montre les étapes qu’on peut imposer.
advance-force-none = On ne peut pas non plus l’imposer.
advance-force-back = { $key } revient aux étapes ordinaires.
advance-force-warning = Étape imposée : les règles du jury ne la prévoient pas. Il faut un motif, qui est gardé.
advance-can-move = { $can ->
    [one] { $can } film peut avancer
   *[other] { $can } films peuvent avancer
}
advance-cannot = { $cannot ->
    [0] aucun ne reste
    [one] { $cannot } ne peut pas
   *[other] { $cannot } ne peuvent pas
}
advance-will-move = Avancent : { $names }
advance-will-not = { $count ->
    [one] { $count } reste
   *[other] { $count } restent
} : { $reason } ({ $names })
look-type-count = Tapez { $count } pour confirmer :
work-stop-hint = { $key } arrête après les films en cours.
work-stopping = Arrêt…
why-same-status = déjà à ce statut
why-not-allowed = pas d’étape depuis « { $from } »
why-no-panel = pas encore de jury
why-has-panel-or-votes = un jury ou des votes
why-no-award = pas encore de prix
why-has-award = encore un prix
advance-and-more = { $names } et { $more } { $more ->
    [one] autre
   *[other] autres
}
advance-ground-wanted = demande un motif
advance-rationale = Pourquoi ? (peut rester vide)
advance-rationale-needed = Pourquoi ? (nécessaire)
advance-readers-public = Qui le lira : la production et le site le montrent.
advance-readers-private = Qui le lira : gardé dans la console, pour l’équipe seulement.
advance-readers-toggle = { $key } change cela.
advance-ballots = Ce film a { $count ->
    [one] un vote
   *[other] { $count } votes
}. Qu’en fait-on ?
advance-ballots-many = { $count ->
    [one] Un des films a
   *[other] { $count } des films ont
} des votes. Qu’en fait-on ?
advance-ballots-keep = les garder tels quels
advance-ballots-strike = les retirer : ils restent lisibles dans le registre, et le jury vote de nouveau
advance-reset = Seconds votes utilisés : { $names }
advance-reset-count = { $count ->
    [one] Un second vote est utilisé.
   *[other] { $count } seconds votes sont utilisés.
}
advance-reset-leave = les laisser utilisés
advance-reset-give = les rendre : ces personnes pourront changer leur vote encore une fois
advance-look-many = { $count ->
    [one] un film
   *[other] { $count } films
}
advance-look-no-reason = Sans motif.
advance-look-shown = Le site le montre aussitôt.
advance-look-forced = Imposé.
advance-look-forced-many = { $count ->
    [one] Dont un imposé.
   *[other] Dont { $count } imposés.
}
advance-look-keep = Les votes restent.
advance-look-strike = Les votes sont retirés.
advance-look-reset = Les seconds votes sont rendus.
advance-button-move = Avancer
advance-button-back = Retour
advance-discard = Abandonner le motif que vous avez écrit ?
advance-moving = En cours…
advance-moving-many = En cours : { $done } sur { $total }
advance-conflict = Quelqu’un d’autre a fait avancer ce film entre-temps : il était « { $loaded } », il est « { $now } ». Rien n’a été changé ; ce que vous avez tapé est gardé.
advance-conflict-other = Quelqu’un d’autre a modifié ce film entre-temps. Rien n’a été changé ; ce que vous avez tapé est gardé.
meanwhile-status = Le film a bougé entre-temps : il était { $loaded }, il est maintenant { $now }.
meanwhile-note = Ce vote a changé entre-temps : c’était { $loaded }, c’est maintenant { $now }.
meanwhile-voted = Un vote est arrivé entre-temps : { $now }.
meanwhile-gone = Ce vote a été supprimé entre-temps.
meanwhile-count = L’unique modification de ce vote a été utilisée entre-temps.
meanwhile-count-back = La modification de ce vote a été rendue entre-temps.
meanwhile-kept = Rien n’a été changé ; regardez à nouveau, puis décidez. Ce que vous avez tapé est gardé.
advance-done = « { $title } » : { $status }, sur le site aussi.
advance-done-many = { $count ->
    [0] Aucun film n’a avancé
    [one] { $count } film est maintenant « { $status } »
   *[other] { $count } films sont maintenant « { $status } »
}{ $left ->
    [0] .
   *[other] { " " }· { $left } n’ont pas pu : { $names }
}
advance-done-stopped = { $count ->
    [0] Arrêté avant qu’un film avance.
    [one] Arrêté : { $count } film est maintenant « { $status } », les autres sont comme avant.
   *[other] Arrêté : { $count } films sont maintenant « { $status } », les autres sont comme avant.
}

# Ce qui parle pour et contre une étape
ground-majority-yes = { $yes } votes sur { $total } disent oui
ground-majority-no = { $no } votes sur { $total } disent non
ground-no-majority = pas de majorité : { $yes } oui, { $no } non, { $discuss } à discuter
ground-no-votes = personne n’a voté
ground-hidden = les votes sont cachés tant que le tour n’est pas complet
ground-discussion-asked = { $count ->
    [one] une personne demande à en discuter
   *[other] { $count } personnes demandent à en discuter
}
ground-no-discussion-asked = personne ne demande à en discuter
ground-round-complete = tout le jury a voté
ground-votes-missing = { $missing ->
    [0] il n’y a personne pour voter
    [one] { $missing } sur { $active } n’a pas voté et ne le pourrait plus
   *[other] { $missing } sur { $active } n’ont pas voté et ne le pourraient plus
}
ground-changes-unspent = { $count ->
    [one] { $count } sur { $voted } peut encore changer son vote
   *[other] { $count } sur { $voted } peuvent encore changer leur vote
}
ground-panel-ready = { $count ->
    [one] une personne dans le jury
   *[other] { $count } personnes dans le jury
}
ground-awards = { $count ->
    [one] il a un prix
   *[other] il a { $count } prix
}
ground-wants-reason = demande un motif écrit
