# Ce que les commandes demandent au terminal avant qu'un écran soit ouvert.

command-demo-place = démonstration
command-exported = { $count ->
    [one] Un film écrit
   *[other] { $count } films écrits
} dans { $path }.

first-welcome = Bienvenue dans marsai { $version }. Aucune base de données n’est encore configurée sur cet ordinateur.
first-join = Rejoindre la base du festival, celle du site web
first-private = Garder une base privée sur cet ordinateur (MariaDB, démarrée et arrêtée toute seule)
first-demo = Voir la démonstration : un festival inventé, effacé à la sortie
first-choice = Votre choix (1-3, Entrée pour quitter) :
first-no-choice = Tapez 1, 2 ou 3, ou seulement Entrée pour quitter.
first-preparing = Préparation de la base privée ; cela prend un instant, une seule fois…
first-url = Adresse de la base, comme mysql://utilisateur@hôte:3306/base (Entrée pour revenir) :
first-password = Mot de passe de { $user } (invisible ; Entrée s’il n’y en a pas) :
first-testing = Essai de { $place }…
first-reached = { $place } répond : { $version }.
first-ready = Elle est prête pour la console.
first-plan = Avant que la console puisse y travailler, voici ce qu’il faut faire. Rien de ce qu’utilise le site web n’est changé :
first-migrate = Le faire maintenant ? (oui ou non) :
first-later = Rien n’a été fait. Lancez « marsai migrate » le moment venu.
first-migrated = C’est fait : la base est prête.
first-kept = L’adresse est gardée dans { $path }, que vous seul pouvez lire.
first-by-hand = Le fichier de réglages { $path } n’a pas pu être modifié sans risque. Écrivez vous-même cette ligne sous [database] : url = "…"
first-yes = oui o yes y
