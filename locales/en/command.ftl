# What commands ask at a terminal before a screen is open.

command-demo-place = demonstration
command-exported = { $count ->
    [one] One film
   *[other] { $count } films
} written to { $path }.

first-welcome = Welcome to marsai { $version }. No database is configured on this computer yet.
first-join = Join the festival's database, the one that the web site uses
first-private = Keep a private database on this computer (MariaDB, started and stopped by itself)
first-demo = Look at the demo: a made-up festival that is gone when you leave
first-choice = Your choice (1-3, Enter to leave):
first-no-choice = Type 1, 2 or 3, or only Enter to leave.
first-preparing = Preparing the private database; this takes a moment, once only…
first-url = Address of the database, as mysql://user@host:3306/database (Enter to go back):
first-password = Password of { $user } (not shown; Enter for none):
first-testing = Trying { $place }…
first-reached = { $place } answers: { $version }.
first-ready = It is ready for the console.
first-plan = Before the console can work there, this has to be done. Nothing that the web site uses is changed:
first-migrate = Do it now? (yes or no):
first-later = Nothing was done. Run “marsai migrate” when the time has come.
first-migrated = Done: the database is ready.
first-kept = The address is kept in { $path }, which only you can read.
first-by-hand = The settings file { $path } could not be changed safely. Write this line under [database] yourself: url = "…"
first-yes = yes y
