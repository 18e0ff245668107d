# Le cadre autour des écrans : en-tête, connexion, aide, palette, touches.

format-moment = %d/%m/%Y %H:%M
format-hour = %H:%M
example-moment = 30/11/2026 18:00
format-day = %d/%m %H:%M
opening = Ouverture…
too-small =
    Ce terminal est trop petit pour marsai :
    il faut au moins { $width } colonnes et { $height } lignes.
database-lost = base injoignable, nouvel essai en cours
database-back = La base est revenue ; tout ce qui s’affiche a été relu.
paste-cut = Seuls les 64 premiers ko du texte collé ont été pris.

undo-juror = Un vote déposé reste : un vote peut être changé une fois, si son film est discuté.
undo-let-stand = Vous avez maintenu ce vote : il reste tel quel et ne peut plus être changé.
undo-recused = Ce que vous avez dit sur un film que vous ne jugez pas est entre les mains du festival : si c’était une erreur, dites-le à l’équipe.
undo-promoted = Seule l’équipe du festival peut revenir sur une mise en lice : si c’était une erreur, dites-le-lui.
undo-nothing = Il ne reste rien à annuler de ce que vous avez modifié depuis votre connexion.
undo-progress = Annulation : { $done } sur { $total }…
undo-done = Annulé : { $action } ({ $count ->
    [one] une ligne
   *[other] { $count } lignes
} comme avant).
undo-done-setting = Annulé : « { $label } » est comme avant.
undo-partly = Annulé : { $action }, sauf { $left ->
    [one] une ligne modifiée
   *[other] { $left } lignes modifiées
} depuis ; { $count ->
    [one] une ligne est
   *[other] { $count } lignes sont
} comme avant.
undone-set-status = changement de statut
undone-set-statuses = changement de statut
undone-delete-film = suppression d’un film
undone-delete-films = suppression de films
undone-restore-film = restauration d’un film
undone-create-film = nouveau film
undone-edit-film = modification d’un film
undone-edit-films = modification de films
undone-set-categories = modification des catégories
undone-create-category = nouvelle catégorie
undone-add-category = catégorie donnée
undone-remove-category = catégorie retirée
undone-add-collaborator = ajout d’un collaborateur
undone-edit-collaborator = modification d’un collaborateur
undone-remove-collaborator = retrait d’un collaborateur
undone-look-outside = ce qui suit des changements du site
undone-settle-outside = décision sur une modification du site
undone-set-panel = changement de jury
undone-close-round = clôture d’un tour
undone-reopen-round = réouverture d’un tour
undone-reset-vote = changement rendu
undone-admit-vote = vote tardif admis
undone-delete-vote = suppression d’un vote
undone-delete-votes = suppression de votes
undone-open-votes = consultation des votes
undone-release-juror = libération d’un juré
undone-settle-recusal = réponse à un juré
undone-cast-vote = vote
undone-let-stand = vote maintenu
undone-promote = promotion
undone-recuse = récusation
undone-award = prix attribué
undone-take-back-award = prix retiré
undone-disable-user = compte désactivé
undone-set-role = changement de rôle
undone-create-sponsor = nouveau partenaire
undone-edit-sponsor = modification d’un partenaire
undone-delete-sponsor = suppression d’un partenaire
undone-extend-deadline = délai d’un juré
undone-set-setting = changement d’un réglage

failure-forbidden = Réservé au rôle « { $role } ». Rien n’a été modifié.
failure-sign-in-first = Connectez-vous d’abord. Rien n’a été modifié.
failure-conflict = Quelqu’un d’autre a modifié cela entre-temps ({ $fields }). Rien n’a été écrasé : regardez à nouveau, puis décidez.
failure-not-found = { $what } { $id } n’existe plus. Rien n’a été modifié.
thing-film = Le film
thing-event = L’événement
thing-category = La catégorie
thing-collaborator = Le collaborateur
thing-sponsor = Le partenaire
thing-user = Le compte
thing-vote = Le bulletin
thing-panel = Le jury du film
thing-award = Le prix
thing-deadline = La date limite
thing-mark = La modification du site
thing-key = La clé
thing-session = La session

role-admin = administration
role-jury = jury
role-producer = production

farewell-stopping = Le serveur s’arrête ; ce que vous aviez écrit est gardé.
farewell-late = Personne ne s’est identifié à temps, la connexion a donc été fermée. Reconnectez-vous quand vous serez prêt.
farewell-wrong-passwords = Trop de mots de passe faux, la connexion a donc été fermée.
farewell-replaced = Ce compte a été ouvert une fois de plus ailleurs. Il a droit à { $count ->
    [one] une console
   *[other] { $count } consoles
} au plus ; la plus longtemps délaissée a donc été fermée. Ce qui était enregistré est gardé.
farewell-fault = Cette console s’est arrêtée à cause d’une erreur du programme ; ce qui était enregistré est gardé.

gate-title = Connexion
gate-sign-in = Connexion à { $festival }
gate-locked = Verrouillé : tapez votre mot de passe pour reprendre où vous étiez
gate-first-title = Premier compte d’administration
gate-first = Ce festival n’a pas encore de compte d’administration. Créez le premier ici ; il sert aussitôt.
gate-email = Adresse e-mail
gate-password = Mot de passe
gate-password-again = Mot de passe encore
gate-first-name = Prénom
gate-last-name = Nom
gate-working = Vérification…
gate-different = Les deux mots de passe diffèrent.
session-was-ended = Un membre de l’administration a mis fin à cette session ; ce que vous aviez écrit est gardé.
session-account-changed = Votre compte a été modifié (mot de passe, rôle ou clés), donc cette session est terminée ; ce que vous aviez écrit est gardé.
gate-help-accounts = L’administration crée les comptes : marsai user add

help-title = Ce que font les touches ici
palette-title = Trouver une action
palette-prompt = Tapez quelques lettres
palette-none = Aucune action n’a ces lettres.

# Les touches telles qu’on les lit sur un clavier
key-ctrl = Ctrl
key-alt = Alt
key-shift = Maj
key-enter = Entrée
key-esc = Échap
key-tab = Tab
key-shift-tab = Maj-Tab
key-backspace = Retour
key-del = Suppr
key-ins = Inser
key-home = Origine
key-end = Fin
key-pgup = PgPréc
key-pgdn = PgSuiv
key-space = Espace

confirm-unsaved = Ce que vous avez tapé n’est pas encore enregistré
confirm-quit-unsaved = Quitter la console et le perdre ?
confirm-sign-out-unsaved = Se déconnecter et le perdre ?
confirm-begun = Des votes commencés ne sont pas déposés
confirm-quit-begun = { $count ->
    [one] Quitter sans déposer le brouillon sur { $names } ? Il est gardé, mais ce n’est pas un vote.
   *[other] Quitter sans déposer { $count } brouillons : { $names } ? Ils sont gardés, mais ce ne sont pas des votes.
}
confirm-sign-out-begun = { $count ->
    [one] Se déconnecter sans déposer le brouillon sur { $names } ? Il est gardé, mais ce n’est pas un vote.
   *[other] Se déconnecter sans déposer { $count } brouillons : { $names } ? Ils sont gardés, mais ce ne sont pas des votes.
}
confirm-discard = Abandonner
confirm-sign-out = Se déconnecter
confirm-leave = Quitter
confirm-keep = Y revenir
confirm-cancel = Retour

# Formulaires
form-same = Rien à enregistrer : rien n’a changé.
form-saving = Enregistrement…
reasoned-title = Un changement et sa raison
reasoned-why = Pourquoi · gardé au journal, pour l’équipe seulement
reasoned-needed = une raison est nécessaire
reasoned-optional = peut rester vide
reasoned-missing = Dites d’abord pourquoi : la raison reste au journal.
reasoned-unsaved = Rien n’a encore été changé.
form-again = { $key } essaie de nouveau.
form-dirty = pas encore enregistré
form-too-long-here = Ce texte est plus long qu’un formulaire ne peut contenir ; il reste tel quel.
form-unshowable = Contient des caractères qui ne peuvent être montrés ; ils disparaissent si vous changez le texte.
form-first = C’est le premier.
form-last = C’était le dernier.
form-outside = Quelqu’un d’autre a changé entre-temps : { $fields }. Continuez : en enregistrant, vous verrez les deux versions.
conflict-title = Quelqu’un d’autre a enregistré entre-temps
conflict-what = Rien n’a été écrasé. Choisissez pour chaque champ la version qui reste.
conflict-yours = la vôtre
conflict-theirs = l’autre
conflict-was = avant
conflict-untouched = vous n’y aviez pas touché
conflict-foot = { $turn } prend l’autre version · { $save } enregistre ce qui est choisi
conflict-later = Pas encore enregistré : quelqu’un d’autre l’a fait entre-temps. En enregistrant, vous choisirez à nouveau les versions qui restent.
picker-none = Rien ici n’a ces lettres.
picker-more = { $count } autres : tapez une lettre de ce que vous cherchez.
picker-left = et { $count } { $count ->
    [one] autre
   *[other] autres
}

context-global = Partout
context-list = Dans une liste
context-filter = En filtrant
context-film = Un film
context-mine = Mes films
context-discussion = Films en discussion
context-history = Ce que j’ai fait
context-account = Mon compte
context-ballot = Un bulletin
context-drafts = Brouillons
context-films = Films
context-trash = Corbeille
context-sponsors = Partenaires
context-visit = Une session
context-visits = Sessions
context-settings = Réglages
context-votes = Votes
context-jury = Jurys
context-ballots = Bulletins d’un film
context-detail = En lisant
context-pictures = Images d’un film
context-menu = En choisissant
context-dialog = En répondant
context-form = Dans un formulaire
context-series = L’un après l’autre
context-conflict = Deux versions
context-ticking = En cochant
context-people = L’équipe d’un film
context-advance = En faisant avancer un film
context-rationale = En écrivant le motif
context-gate = À la connexion

action-quit = quitter
action-help = aide
action-palette = trouver une action
action-next-tab = onglet suivant
action-previous-tab = onglet précédent
action-refresh = relire
action-undo = annuler
action-back = retour
action-sign-out = se déconnecter
action-lock = verrouiller
action-language = English / français
action-theme = sombre / clair
action-repaint = redessiner l’écran
action-up = monter
action-down = descendre
action-first = première ligne
action-last = dernière ligne
action-page-up = page précédente
action-page-down = page suivante
action-half-page-up = demi-page en arrière
action-half-page-down = demi-page en avant
action-left = à gauche
action-right = à droite
action-filter = filtrer
action-clear-filter = effacer le filtre
action-complete = compléter
action-complete-back = compléter, en arrière
action-filter-status = filtrer par statut
action-filter-todo = filtrer par ce qui reste à faire
action-save-search = garder la recherche
action-searches = recherches gardées
action-columns = choisir les colonnes
action-open = ouvrir
action-select = sélectionner
action-select-range = sélection d’une plage
action-select-all = tout sélectionner
action-sort = trier par la colonne suivante
action-sort-reverse = inverser l’ordre
action-advance = faire avancer
action-outside = ce que le site a modifié
action-panel = jury du film
action-release = libérer un juré
action-more-time = dates limites et délais
action-close-round = clore le tour
action-reopen-round = rouvrir un tour
action-reset-vote = rendre le changement
action-admit-vote = compter un vote tardif
action-open-votes = regarder les votes cachés
action-force = imposer un autre statut
action-review = relire
action-keep-private = qui le lira
action-pictures = images
action-next-picture = image suivante
action-previous-picture = image précédente
action-watch = regarder
action-history = ce que j’ai fait
action-account = mon compte
action-add-key = ajouter une clé
action-vote-yes = oui
action-vote-no = non
action-vote-discuss = à discuter
action-let-stand = mon vote tient
action-promote = mettre en lice
action-recuse = ne peux pas juger
action-next-film = film suivant
action-hand-in = déposer les brouillons
action-copy-text = copier le texte
action-copy-link = copier le lien
action-new = nouveau
action-edit = modifier
action-delete = supprimer
action-end-session = y mettre fin
action-ended = journal
action-trash = corbeille
action-restore = restaurer
action-next-field = champ suivant
action-previous-field = champ précédent
action-accept = continuer
action-save = enregistrer
action-categories = catégories
action-people = équipe
action-batch = plusieurs à la fois
action-save-next = enregistrer, puis le suivant
action-save-previous = enregistrer, puis le précédent
action-keep-mine = garder la vôtre
action-keep-theirs = garder l’autre
action-tab-1 = premier onglet
action-tab-2 = deuxième onglet
action-tab-3 = troisième onglet
action-tab-4 = quatrième onglet
action-tab-5 = cinquième onglet
action-tab-6 = sixième onglet
action-tab-7 = septième onglet
action-tab-8 = huitième onglet
action-tab-9 = neuvième onglet
palette-go-to = aller à { $tab }
