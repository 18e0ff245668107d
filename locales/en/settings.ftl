# The festival's settings: the screen, and for each setting what it is called, what it decides, and what follows from each option.

settings-title = Settings
settings-intro = They hold for everybody who works on this festival.
settings-changed = { $count ->
    [one] Somebody else has just changed one setting: it is marked.
   *[other] Somebody else has just changed { $count } settings: they are marked.
}
settings-value-default = { $value } · default
settings-default = default
settings-now = now
settings-now-value = now: { $value }
settings-button = Change it
settings-saved = “{ $label }” is now: { $value }.
settings-unsaved = The setting has not been changed yet.
settings-moved = Somebody else has changed it meanwhile; now it is: { $value }
settings-help = { $takes } Default: { $default }.
settings-takes-number = A whole number from { $min } to { $max }.
settings-takes-text = At least one and at most { $max } characters.
settings-takes-address = An address that begins with https:// or http://, without a question mark; or nothing.
settings-takes-moment = Day and time of the festival, like { $example }; or nothing.
settings-takes-one = One of those that are listed.
settings-for-all = It holds at once for everybody who works on this festival, and it can be undone.
settings-no-votes-running = No votes are under way at the moment.
settings-votes-running = Votes are under way: { $first ->
    [one] one film in round 1
   *[other] { $first } films in round 1
}, { $second ->
    [one] one in round 2
   *[other] { $second } in round 2
}. The change holds for them too; votes that were cast stay as they are.
settings-votes-may-run = Votes may be under way. The change holds for them too; votes that were cast stay as they are.

# Areas
settings-area-jury = Jury
settings-area-voting = Voting
settings-area-festival = Festival
settings-area-films = Films
settings-area-site = Web site
settings-area-accounts = Accounts

# Settings
setting-auth-lock-after-minutes = Minutes until a console locks
setting-auth-lock-after-minutes-about = After so many minutes without a key the console asks for the password again. What was typed is kept behind the lock.
setting-auth-scheme = How new passwords are kept
setting-auth-scheme-about = Decides whether somebody who gets a new password here can still sign in on the web site. Passwords that are there already stay as they are.
setting-auth-scheme-is-auto = as this database needs it
setting-auth-scheme-is-auto-about = bcrypt where the web site uses this database too, so that both sign-ins work; argon2id on a database of its own.
setting-auth-scheme-is-argon2id = argon2id
setting-auth-scheme-is-argon2id-about = The strongest. The web site cannot read it: whoever gets a new password here could no longer sign in there.
setting-auth-scheme-is-bcrypt = bcrypt
setting-auth-scheme-is-bcrypt-about = What the web site uses: a new password works in both places. It may have at most 72 bytes.
setting-festival-name = Name of the festival
setting-festival-name-about = Stands at the top of every console of this festival.
setting-festival-time-zone = Time zone
setting-festival-time-zone-about = In this zone every console shows times, wherever it is used. What the database holds does not change.
setting-films-duration-unit = Unit of durations
setting-films-duration-unit-about = Decides how the lengths of films are read: the database holds only a number. The numbers themselves do not change.
setting-films-duration-unit-is-seconds = seconds
setting-films-duration-unit-is-seconds-about = A 90 is one and a half minutes, as on the web site of a festival of very short films.
setting-films-duration-unit-is-minutes = minutes
setting-films-duration-unit-is-minutes-about = A 90 is an hour and a half.
setting-jury-size = Jurors per panel
setting-jury-size-about = A panel with fewer jurors who can vote is marked on the Jury tab. Nothing is refused because of it.
setting-site-media-url = Address of the site’s files
setting-site-media-url-about = Where the web site serves the pictures of films: with it they can be shown here and their links copied. Empty: no pictures.
setting-voting-advance = What a majority YES does
setting-voting-advance-about = Decides who makes a film a candidate once its round has ended with a majority YES. Refusing is always a person’s decision.
setting-voting-advance-is-propose = it is proposed
setting-voting-advance-is-propose-about = The film stands under “ready for candidate” until an administrator confirms it.
setting-voting-advance-is-automatic = it makes the film a candidate
setting-voting-advance-is-automatic-about = The last vote of the round moves the film, and the web site shows it at once.
setting-voting-comment-max = Longest comment
setting-voting-comment-max-about = A longer comment of a vote is refused, with its text kept in the ballot. Counted in characters; comments that are there stay.
setting-voting-deadline-1 = Deadline of round 1
setting-voting-deadline-1-about = Until when jurors are asked for their first votes, in the festival’s time. It reminds and refuses nothing; staff close a round. Empty: no deadline.
setting-voting-deadline-2 = Deadline of round 2
setting-voting-deadline-2-about = Until when jurors are asked to change a vote or let it stand. It reminds and refuses nothing; staff close a round. Empty: no deadline.
setting-voting-open-discussion = When a film goes to discussion
setting-voting-open-discussion-about = Decides when a request to discuss opens round 2. Once it is open, no first vote is taken unless it says so here.
setting-voting-open-discussion-is-round-complete = when round 1 is complete
setting-voting-open-discussion-is-round-complete-about = The film waits for all its jurors, so that nobody is locked out of their first vote.
setting-voting-open-discussion-is-first-request = at the first request
setting-voting-open-discussion-is-first-request-about = The first vote TO DISCUSS moves the film; who has not voted yet may still do so in discussion.
setting-voting-open-discussion-is-manual = by hand
setting-voting-open-discussion-is-manual-about = No vote moves a film: an administrator does, from the queue of films to discuss.
setting-voting-promote = Promotion by jurors
setting-voting-promote-about = Decides whether a juror can make a film that is in discussion a candidate without waiting for round 2 to end.
setting-voting-promote-is-any-juror = by any juror of its panel
setting-voting-promote-is-any-juror-about = One juror is enough; they are told who still holds a change, and the ledger says who did it.
setting-voting-promote-is-off = off
setting-voting-promote-is-off-about = Films become candidates by their votes and by administrators only.
setting-voting-quorum = Votes to close a round
setting-voting-quorum-about = A round can be closed with votes missing only once so many votes are there. With fewer it stays open, or the panel changes.
setting-voting-quorum-is-half = more than half of the panel
setting-voting-quorum-is-half-about = Two of three, three of five: it follows the size of each panel.
setting-voting-quorum-is-number = a number of votes
setting-voting-quorum-is-number-about = The same for every panel. One that is smaller can be closed only when all have voted.
setting-voting-require-comment = Comments
setting-voting-require-comment-about = Decides whether a vote without a comment is taken. Votes that are there stay.
setting-voting-require-comment-is-true = required
setting-voting-require-comment-is-true-about = A vote without a comment is refused; the comment tells the others of the panel why.
setting-voting-require-comment-is-false = optional
setting-voting-require-comment-is-false-about = A vote is taken without a comment too.
setting-voting-staff-see = When staff see the votes
setting-voting-staff-see-about = Decides whether administrators see notes and comments while a round is still open.
setting-voting-staff-see-is-always = always
setting-voting-staff-see-is-always-about = Every vote is seen as soon as it is cast.
setting-voting-staff-see-is-complete = when the round is complete
setting-voting-staff-see-is-complete-about = Until then staff see who has voted, not what. Somebody who must look earlier can, with a reason that stands in the ledger.
