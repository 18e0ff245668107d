# The festival itself: statuses, rules, troubles, and the screens that show films, panels, votes, events and sponsors.

# Statuses by the platform's own names, and what they mean
status-submitted = submitted
status-assigned = assigned
status-to-discuss = to discuss
status-candidate = candidate
status-awarded = awarded
status-refused = refused
status-selected = selected
status-finalist = finalist
status-unknown = unknown
meaning-submitted = received, waiting for a panel
meaning-assigned = round 1: its panel votes
meaning-to-discuss = round 2: its panel talks it over
meaning-candidate = in the running for an award
meaning-awarded = has an award
meaning-refused = not taken
meaning-selected = an older status, kept as it is
meaning-finalist = an older status, kept as it is
meaning-unknown = the database holds a status that this console does not know

note-yes = yes
note-no = no
note-to-discuss = to discuss
note-unknown = unknown
set-aside-not-on-panel = not counted: this juror is not on the panel
set-aside-duplicate = not counted: the same juror has another ballot that counts
set-aside-unknown-note = not counted: the note is none of yes, no, to discuss
set-aside-late = not counted: it came after the round was closed

share-of-yes = share of YES
no-votes = no votes
number = { $n }
percent = { $n }%

# Refusals: one sentence each. Nothing was written.
rule-film-gone = This film is not there any more. Nothing was changed.
rule-unknown-dependent = The film can't be deleted: rows of the table “{ $table }” hang on it, and the console does not know that table. Whoever runs the web site has to take them away first.
rule-too-large-to-keep = The film can't be deleted: with all that hangs on it, it is { $size } MB, and the database takes { $max } MB in one piece. Raise max_allowed_packet there first.
rule-not-in-trash = This film is not in the trash any more. Nothing was changed.
rule-film-id-taken = The film can't come back: “{ $title }” has its number { $id } now.
rule-row-id-taken = The film can't come back: another row of “{ $table }” has the number { $id } now.
rule-producer-gone = The film can't come back: the account of its producer, { $name }, is gone.
rule-voter-gone = The film can't come back: the account of { $name }, who voted on it, is gone.
rule-does-not-fit = What was there does not fit into “{ $table }” any more.
rule-would-leave-out = Not undone: { $name } is gone since, and the film would come back without. The trash restores it so.
rule-same-status = The film is { $to } already.
rule-not-allowed = A film cannot go from { $from } to { $to }. An administrator may force it, with a written reason.
rule-no-panel = The film has no panel yet. Put at least one juror on it first.
rule-has-panel-or-votes = The film has a panel or votes already ({ $panel ->
    [one] one juror
   *[other] { $panel } jurors
}, { $votes ->
    [one] one vote
   *[other] { $votes } votes
}), so it cannot go back to submitted.
rule-no-award = The film has no award yet. Give it one first; even force does not replace it.
rule-has-award = The film still has { $awards ->
    [one] an award
   *[other] { $awards } awards
}. Take it back first; even force does not pass over it.
rule-reason-needed = This step needs a written reason.
rule-ballots-undecided = The film has { $votes ->
    [one] one vote
   *[other] { $votes } votes
}. Say first whether to keep or to strike them.
rule-too-many-films = These are too many films for one go. At most { $max } can be moved at once.
rule-bad-note = A vote is YES, NO or TO DISCUSS, spelled just so; “{ $note }” is none of them.
rule-too-many-drafts = You keep { $max } drafts, and there can’t be more: hand some in, or drop some.
rule-comment-needed = A vote needs a comment: say in your own words why.
rule-comment-too-long = The comment is too long: { $length } characters, at most { $max } fit.
rule-not-assigned = This film is not assigned to you.
rule-recused = You said that you cannot judge this film, so it is not yours to vote on.
rule-voting-closed = Voting on this film is closed: it is { $status } now.
rule-round-closed = The festival has closed this round of votes.
rule-already-voted = You have voted on this film. The vote can be changed once, when the film is discussed.
rule-no-first-vote = The film is in discussion now, and only those who voted in round 1 can change their vote.
rule-change-spent = Your one change of this vote is spent.
rule-vote-stands = You let this vote stand, so it stays as it is. Ask the festival if it has to be reopened.
rule-not-in-discussion = That is for films in discussion only; this one is { $status }.
rule-promotion-off = At this festival jurors do not promote films.
rule-not-a-juror = { $name } is not of the jury. Only accounts of the role JURY can be on a panel.
rule-juror-disabled = The account of { $name } is disabled. Enable it first, or choose somebody else.
rule-conflict-declared = { $name } said that they cannot judge this film, so they cannot be on its panel.
rule-own-film = { $name } submitted this film, so they cannot judge it.
rule-juror-has-voted = { $name } has voted on this film. Release them or delete the vote; they are not simply taken off the panel.
rule-discussion-begun = { $name } could never vote on this film: round 1 is over. Reopen round 1 for them instead.
rule-quorum-missing = Too few votes to close the round: { $votes } of the { $needed } that it takes.
rule-round-open = This round is open.
rule-nothing-to-reopen = { $name } has voted on this film, so nothing has to be reopened for them.
rule-nothing-to-reset = This vote has neither been changed nor let stand, so there is nothing to give back.
rule-vote-gone = Your vote was cast, but it has been deleted since.
rule-came-late = This vote came after its round was closed and does not count, so its change can’t be given back. Let it count first, or leave it.
rule-not-late = This vote did not come late, or it counts already.
rule-admit-instead = There is nothing to put back. To let this late vote count, admit it on the Votes tab.
rule-could-not-vote-again = The film is in discussion: without this vote { $name } could not vote again. Give the change back or reopen round 1 for them instead, or delete it anyway.
rule-no-seats = { $name } is on no panel of a film that is still judged.
rule-own-replacement = { $name } is being released, so somebody else has to take their place.
rule-nothing-to-settle = { $name } waits for no answer about this film.
rule-vote-undecided = { $name } has voted on this film. Say whether the vote stays or is struck.
rule-juror-on-panels = { $name } is to judge { $films ->
    [one] one film
   *[other] { $films } films
}. Say what becomes of their votes there: kept or struck.
rule-has-this-award = The film has the award “{ $award }” already.
rule-not-this-award = The film does not have the award “{ $award }”.
rule-nothing-to-undo = There is nothing of yours left to undo.
rule-changed-since = { $what } was changed by somebody since, and this would overwrite their work. Nothing was changed.
rule-field-needed = { $field } is missing.
rule-too-long = { $field } is too long: { $length } characters, at most { $max } fit.
rule-too-many-bytes = { $field } is too long: { $length } bytes, at most { $max } fit (an accented letter takes two, an emoji four).
rule-bad-text = { $field } holds a control character. Type it again rather than paste it.
rule-bad-character = { $field } holds “{ $character }”, which this database cannot keep there.
rule-bad-number = { $field } takes a whole number from { $min } to { $max }.
rule-bad-choice = { $field } takes one of these: { $expected }.
rule-unknown-field = There is no field { $name } that can be used here.
rule-column-needed = This database also needs { $name }, which this console does not know. Do this on the web site instead.
rule-not-here = { $what }: this database has no such thing.
rule-producer-on-panel = { $name } sits on the film’s panel, so they cannot be its producer. Take them off the panel first.
rule-category-taken = There is a category { $name } already.
rule-on-film-already = { $name } is on this film already.
rule-bad-url = { $field } is no web address. It begins with https:// or http://.
rule-bad-email = This is no email address.
rule-email-taken = There is an account with the email { $email } already.
rule-password-too-short = The password is too short. Use at least { $min } characters.
rule-password-too-long = The password is too long. At most { $max } bytes can be kept (an accented letter takes two).
rule-last-administrator = This is the last administrator. Make somebody else one first.
rule-administrator-exists = There is an administrator already. Sign in, or ask them for an account.
rule-wrong-password = Email or password is wrong.
rule-password-wrong = That is not the password that you have now.
rule-too-many-keys = An account can have at most { $max } SSH keys: take one away first.
rule-session-over = This session has ended already.
rule-bad-moment = “{ $given }” is not a date. Write for example { example-moment }.
rule-not-more-time = That is not more time: write a moment after { $until }.
rule-no-deadline = Round { $round } has no deadline: set it first in Settings.
rule-too-many-attempts = Too many wrong passwords. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
rule-account-disabled = This account is disabled. Ask an administrator of the festival.
rule-producers-outside = Producers use the festival’s web site. This console is for staff and jurors.
rule-bad-key = This is not an OpenSSH public key. It is the one line of a file that ends in .pub.
rule-key-taken = The account { $email } signs in with this key already.
account-of-somebody = of somebody else
rule-unknown-setting = There is no setting { $name }.
rule-bad-setting = The setting { $name } does not take this value. It takes: { $expected }.
rule-request-id-taken = Another request was made under this number before, so this one was not done. Nothing was changed.

# The database's troubles
trouble-lost = The database cannot be reached at the moment. Nothing was changed, and nothing you typed is lost.
trouble-unknown = The connection broke while saving, so it may be done or not. Look at it again once the database is back.
trouble-busy = Others were changing the same rows for too long. Nothing was written; try again.
trouble-read-only = The database takes no changes at the moment. Nothing was changed, and nothing you typed is lost.
trouble-privilege = The database account of this console may not do that. Nothing was written; marsai doctor names what it lacks.
trouble-shape = A table or column is missing in the database. Nothing was written; run marsai migrate.
trouble-full = The disk of the database is full. Nothing was changed, and nothing you typed is lost.
trouble-cancelled = Stopped, as you asked.
trouble-other = The database could not do it. Nothing was changed; the log says more.

# Every list
list-filter = Filter:
list-filter-hint = words, or { $key } for fields
list-wrong-field = no field is called “{ $typed }”
list-wrong-field-near = no field “{ $typed }”: { $name }?
list-wrong-choice = { $name } is never “{ $typed }”
list-wrong-choice-near = no “{ $typed }”: { $name }?
list-wrong-number = “{ $typed }” is not a number
list-wrong-compared = { $name } has no numbers
list-wrong-backwards = “{ $typed }” ends before it begins
list-wrong-value = { $name }: and then?
list-wrong-quote = the quotation mark is open
list-choose-status = Films by status
list-choose-hint = Space chooses several · Enter takes one
list-columns = Columns
list-columns-hint = Space shows or hides · ← → moves
list-columns-keys = 0 as they come · Enter keeps
list-search-name = Keep this search
list-search-name-hint = A name for it; Enter keeps it.
list-search-kept = Kept as “{ $name }”.
list-search-nothing = There is nothing to keep: the filter is empty.
list-search-forget = Forget a search
list-search-forget-body = “{ $name }”: { $line }
list-search-forget-button = Forget it
list-search-forgotten = “{ $name }” is forgotten.
list-searches = Kept searches
list-searches-none = You keep no search yet.
list-searches-hint = Type a filter with /, then Ctrl-s keeps it.
list-searches-keys = Enter applies · d forgets
list-loading = loading
list-waiting = Loading…
list-arranging = putting in order
list-reading-synopses = reading the synopses, { $percent } %
list-selected = { $count } selected
list-selecting = selecting a range
list-sorted = by { $column }
list-changed = { $count } changed since · { $key } puts them in order
list-stale = changed since · { $key } reads again
list-failed-hint = { $key } tries again.
list-filter-wrong = A word of the filter can’t be read: correct the marked one or take it out (Esc empties the line).
list-no-match = None of the { $total } rows has “{ $filter }”.
list-no-match-hint = Type less, or press Esc to see all of them again.
list-untitled = (no title)
page-place = { $at } of { $total }
page-loading = Loading…
page-no-link = There is no link here to copy.
page-copied = Copied: { $link }
page-empty = (empty)
page-changed = changed meanwhile
links-title = Copy which link?

# Films' pictures
picture-title = Pictures
picture-size = { $width } × { $height } pixels
picture-terminal = This terminal shows no pictures: they need UTF-8 and colours.
picture-none = This film has no pictures.
picture-unsound = What the database has for it is no file name that the console follows.
picture-no-address = Pictures cannot be found: an administrator has to set site.media_url, the address of the web site’s files.
picture-elsewhere = It is on another host than the festival’s files (site.media_url), so it is not fetched.
picture-missing = It is not where the web site’s files are.
picture-too-large = It is too large to be shown here.
picture-broken = It is not a picture that can be shown (JPEG, PNG, WebP or GIF).
picture-unreachable = The pictures’ server does not answer at the moment.

# Columns
column-status = status
column-title = title
column-country = country
column-language = language
column-duration = length
column-year = year
column-tool = AI tool
column-producer = producer
column-panel-size = panel
column-votes = votes
column-share = share of YES
column-panel = panel
column-jurors = jurors
column-voted = voted
column-flag = look at
column-yes = yes
column-no = no
column-discuss = disc.
column-changed = changed
column-my-vote = my vote
column-round = round
column-standing = state
column-name = name
column-type = type
column-start = begins
column-when = when
column-location = place
column-reservations = booked
column-seats = seats
column-tier = tier
column-web = web site
column-logo = logo
column-role = role
column-from = from
column-since = since
column-idle = idle
column-way = signed in with
column-what = what
column-until = until

# Films
films-title = Films
films-shown = { $shown } of { $total } films
films-empty = No film has been submitted yet.
films-empty-hint = Films come from the festival’s web site and appear here by themselves; { $key } looks again.

film-title = Film
film-group-film = The film
film-group-texts = Texts
film-group-people = People
film-group-votes = Votes
film-group-links = Files and links
film-group-comments = Comments
film-group-other = More
film-group-story = What happened to it
film-no-panel = no panel yet
film-no-story = Nothing was done to it in this console yet.
film-round = { $voted } of { $active } jurors have voted
film-juror-inactive = { $name } (may not vote)
film-story-status = { $from } → { $to }
film-story-forced = by force
film-story-private = kept in the console
film-story-change = { $field }: { $before } → { $after }
film-comments-readers = The web site shows these comments to everybody, the producer too.

film-group-making = How it was made
film-group-film-note = the web site shows all of this
film-group-links-note = names of files on the web site, or https://…
unit-minutes = minutes
unit-seconds = seconds
film-readers-everybody = Everybody reads this on the web site.
film-readers-published = Everybody can read this: the web site publishes it.
film-readers-machinery = Read by the programs of the web site.
film-form-title = Film
film-form-readers = The web site shows at once what is saved.
film-new = New film
film-edit = Edit “{ $title }”
film-unsaved = Discard what you typed about this film?
film-created = “{ $title }” is added as submitted, on the web site too.
film-saved = “{ $title }” is saved, on the web site too.
film-producer-help = Type a part of the name or the email.
film-pick-producer = Who submitted it?

# Categories and people of a film
categories-title = Categories
categories-heading = Categories of “{ $title }”
categories-films = { $count ->
    [one] one film
   *[other] { $count } films
}
categories-new = New category “{ $name }”
categories-foot = { $turn } or a blank ticks · { $save } saves, on the web site too
categories-saved = Categories now: { $names }
categories-unsaved = Discard what you ticked?
categories-conflict = Somebody else changed these categories meanwhile. Theirs and yours are put together below; saving again keeps them so.
categories-none-here = This database has no categories of films.
people-title = People
people-heading = People of “{ $title }”
people-new = Somebody new
people-pick = Who worked on it?
people-nameless = (no name)
people-others = { $count ->
    [one] on another film too
   *[other] on { $count } other films too
}
people-empty = Nobody is named for this film yet.
people-empty-hint = Press { $key } to name the first one.
people-none-here = This database keeps nobody who worked on a film.
people-added = { $name } is on this film now.
people-saved = { $name } is saved.
people-removed = { $name } is off this film; on other films nothing changes.
people-unsaved = Discard what you typed about this person?
people-readers = The web site shows names and jobs with the film.
people-shared = { $count ->
    [one] Also on another film: a change shows there too.
   *[other] Also on { $count } other films: a change shows there too.
}

# Many films at once
batch-title = Many films
batch-heading = What to do with { $count } films
batch-heading-one = What to do with “{ $title }”
batch-edit = Change one field
batch-edit-about = the same value for all of them
batch-give = Give a category
batch-give-about = one that is there, or a new one
batch-take = Take a category away
batch-take-about = where a film has it
batch-export = Export
batch-export-about = as a file for a spreadsheet or a program
batch-advance = Advance
batch-advance-about = to another status
batch-delete = Delete
batch-delete-about = into the trash, from which they can be restored
batch-pick-field = Which field?
batch-empty-help = Leave it empty to empty the field in all of them.
batch-value-foot = Next comes a last look; nothing is changed before.
batch-looking = Looking at all of them…
batch-changes = { $count ->
    [0] Nothing would change.
    [one] One film changes.
   *[other] { $count } films change.
}
batch-overwrites = { $count ->
    [one] One of them holds something else now, which is replaced.
   *[other] { $count } of them hold something else now, which is replaced.
}
batch-same = { $count ->
    [one] One is so already.
   *[other] { $count } are so already.
}
batch-button = { $count ->
    [0] Change nothing
    [one] Change one film
   *[other] Change { $count } films
}
batch-working = Changing…
batch-working-many = Changing: { $done } of { $total }
batch-left = These films stay as they were
batch-done = { $count ->
    [0] No film was changed
    [one] One film is changed, on the web site too
   *[other] { $count } films are changed, on the web site too
}{ $same ->
    [0] {""}
   *[other] { " " }· { $same } so already
}{ $refused ->
    [0] .
   *[other] { " " }· { $refused } could not be.
}
batch-stopped = { $count ->
    [0] Stopped before any film was changed.
    [one] Stopped: one film is changed, the others are as before.
   *[other] Stopped: { $count } films are changed, the others are as before.
}

# Films as a file
export-title = Export
export-heading = Export { $count ->
    [one] one film
   *[other] { $count } films
}
export-heading-all = Export all films
export-name = File
export-name-help = Where you started marsai, or a path; ~/ is your home. Nothing is overwritten.
export-name-missing = A file needs a name.
export-format = Format
export-csv = CSV, for a spreadsheet
export-json = JSON, for a program
export-columns = Columns
export-columns-help = A blank turns one on or off.
export-columns-missing = Choose at least one column.
export-private = Such files hold personal data: only you can read them.
export-making = Reading the films…
export-making-many = Reading: { $done } of { $total }
export-saved = { $count ->
    [one] One film is
   *[other] { $count } films are
} in { $path }
export-exists = { $path } is there already and stays as it is. Choose another name.
export-failed = { $path } could not be written ({ $why }). Choose another place.
export-elsewhere = Over SSH no file can be written on your computer: a console started there does that. Small lists can go to your clipboard.
export-ready = { $count ->
    [one] One film, { $kb } kB
   *[other] { $count } films, { $kb } kB
}: { $key } copies them to your clipboard.
export-too-long = { $count } films are too much for the clipboard. Choose fewer columns or films, or start a console on your own computer.
export-copied = { $count ->
    [one] One film is
   *[other] { $count } films are
} in your clipboard.

# What the web site changed
outside-title = Changed on the web site
outside-heading = The web site changed “{ $title }”
outside-count = { $count } changed on the web site ({ $key })
outside-count-short = { $count } by the site ({ $key })
outside-notice = The web site changed this film: { $key } shows what.
outside-ours = As we knew it
outside-site = On the web site now
outside-duplicate = Second ballot, { $name }
outside-overwritten = Ballot, { $name }
outside-late = Late vote, { $name }
outside-counts = This one counts
outside-aside = Set aside
outside-film = The film
outside-deleted = deleted
outside-found = Found { $when }.
outside-hint-status = The console did not do this. Putting ours back shows on the web site at once; either can be undone.
outside-hint-value = It was changed after the first vote. Putting ours back shows on the web site at once; either can be undone.
outside-hint-gone = Its producer deleted it there, with its votes and awards. The console cannot bring it back.
outside-hint-duplicate = The site took a second ballot of this juror. One counts: the one changed more often, then the older. A struck one is kept in the ledger.
outside-hint-overwritten = The site wrote over this ballot and kept nothing of what it said. Putting ours back shows on the web site at once; either can be undone.
outside-hint-late = The site took this vote after the round was closed. It counts only once you say so among the film’s ballots (Votes).
outside-keep = Keep the site’s
outside-put-back = Put ours back
outside-leave = Leave it aside
outside-strike = Strike it
outside-noted = Noted
outside-later = Later
outside-close = Close
outside-none = The web site changed nothing that is left to settle.
outside-done-kept = “{ $title }”, { $what }: the web site’s stays.
outside-done-put-back = “{ $title }”, { $what }: ours is back, on the web site too.
outside-done-struck = “{ $title }”, { $what }: struck, on the web site too.
outside-done-left = “{ $title }”, { $what }: stays set aside.
outside-done-noted = “{ $title }” is gone; that is noted.
advance-outside = The web site changed its status by itself: { $from } → { $to }. Deciding now goes on from there.
advance-outside-many = { $count ->
    [one] One of these films was changed by the web site
   *[other] { $count } of these films were changed by the web site
}, and nobody has settled it.

# Panels
jury-title = Jury
jury-shown = { $shown } of { $total } panels
jury-empty = There are no films yet, so there are no panels.
jury-empty-hint = Films come from the festival’s web site; { $key } looks again.
jury-count-empty = { $count } without a panel
jury-count-small = { $count } below { $size }
jury-count-inactive = { $count } with an inactive juror
jury-count-jurors = { $count ->
    [one] one juror
   *[other] { $count } jurors
}
jury-count-fine = every panel is complete
jury-flag-empty = nobody
jury-flag-small = too few
jury-flag-inactive = inactive
juror-load = { $films ->
    [0] no films
    [one] { $voted } of one film judged
   *[other] { $voted } of { $films } films judged
}
juror-disabled = disabled
panel-title = Panel
panel-heading = Panel of “{ $title }”
panel-size = { $count } of { $size } jurors
panel-foot = Space or { $turn } ticks · { $save } goes on
panel-button = Set the panel
panel-unsaved = The panel has not been changed yet.
panel-saved = The panel of “{ $title }” has { $count ->
    [0] nobody now
    [one] one juror now
   *[other] { $count } jurors now
}.
panel-conflict = Somebody else changed this panel too. Your ticks are put together with theirs; look again before it is saved.
panel-leaving = Leaving: { $names }
panel-joining = Joining: { $names }
panel-empty = Nobody is left to judge the film.
panel-resembles = { $name } may be { $other }, who is of this film.
panel-flag-own = submitted this film
panel-flag-not-jury = not of the jury
panel-flag-resembles = may be { $other }, who is of this film
panel-flag-voted = has voted on this film
panel-flag-ballot = has a vote on this film that does not count
more-time-title = More time
more-time-heading = Deadlines, and jurors with more time
more-time-round = round { $round }
more-time-somebody = Give a juror more time in round { $round }
more-time-all = Everybody has until { $at }.
more-time-none = This round has no deadline. Set it first: Settings.
more-time-given = More time has
more-time-nobody = Nobody was given more time.
more-time-whom = More time in round { $round } for
more-time-idle = no effect
more-time-help = In the festival’s time ({ $zone }), like { $example }; a day alone lasts until 23:59. Left empty, the juror has as long as everybody.
more-time-saved = { $name } has until { $until } in round { $round }.
more-time-taken-back = { $name } has as long as everybody in round { $round }.
more-time-unsaved = The deadline has not been changed yet.
release-title = Release a juror
release-whom = Release whom from all films
release-heading = Release { $name }
release-keep = Their votes stay
release-keep-about = What they voted counts on, and they see no more of the films.
release-strike = Their votes are deleted
release-strike-about = Nothing they voted counts; the ledger keeps it. This needs a reason.
release-replace = Who takes their place where they have not voted? Several take turns; nobody is possible too.
release-vote-stays = vote stays
release-vote-goes = vote deleted
release-nobody = one juror fewer
release-moves = then { $status }
release-count-kept = { $count ->
    [one] One vote stays
   *[other] { $count } votes stay
}
release-count-struck = { $count ->
    [one] One vote is deleted
   *[other] { $count } votes are deleted
}
release-count-replaced = { $count ->
    [one] One film gets somebody else
   *[other] { $count } films get somebody else
}
release-count-smaller = { $count ->
    [one] One film has one juror fewer
   *[other] { $count } films have one juror fewer
}
release-count-moves = { $count ->
    [one] One film moves on, because its round is complete then
   *[other] { $count } films move on, because their round is complete then
}
release-button = Release
release-doing = Releasing…
release-doing-many = Releasing: { $done } of { $total } films
release-done = { $name } is released from { $count ->
    [one] one film
   *[other] { $count } films
}.
release-stopped = Stopped: { $name } is released from { $count ->
    [one] one film
   *[other] { $count } films
} so far.
release-left = { $count ->
    [one] One film could not be done
   *[other] { $count } films could not be done
}:

# Votes
votes-title = Votes
votes-shown = { $shown } of { $total } films
votes-empty = There are no films yet, so there are no votes.
votes-empty-hint = Films come from the festival’s web site; { $key } looks again.
votes-hidden = hidden until the round is complete
votes-recusals = { $count } to answer
votes-closed = round closed
votes-set-aside = { $count } not counted
votes-choose-queue = Films by what their votes propose
queue-candidate = ready for candidate
queue-refused = ready for refused
queue-discuss = to discuss
queue-chair = chair decides
queue-waiting = waiting
votes-detail-title = Ballots
votes-ballot-changed = changed
votes-ballot-before = before: { $note }
votes-no-comment = (no comment)
proposal-waiting = The round is still open.
proposal-candidate = Ready for candidate: more than half say YES.
proposal-refused = Ready for refused: more than half say NO. Refusing is a person’s decision.
proposal-discussion = Ready for discussion.
proposal-chair = No majority: the chair decides.
voting-missing = Still to vote: { $names }
voting-closed = closed by the festival
voting-hidden = The festival shows notes and comments when the round is complete.
voting-hidden-note = hidden
voting-nobody = This film has no panel and no votes yet.
voting-stands = stands
voting-not-yet = has not voted yet
voting-reopened = round 1 is open again for them
voting-released = released, the vote stays
voting-off-panel = no longer on the panel
voting-inactive = may not vote: disabled, or no longer of the jury
voting-recusal-waits = { $name } { $why } and waits for your answer: { $key }
voting-recusal-settled = { $name } { $why }
voting-choose-a-vote = Put the cursor on a ballot first.
voting-moved = The film is { $status } now.
recusal-conflict = has a conflict of interest
recusal-cannot-watch = cannot watch the film
recusal-language = does not know its language
recusal-heading = { $name } cannot judge this film
recusal-says = { $name } { $why }. The round waits for your answer.
recusal-agree = Release { $name } from the film
recusal-agree-about = The panel is one juror smaller; choose another one on the Jury tab if it is too small then.
recusal-keep = Release { $name }, the vote stays
recusal-keep-about = The vote counts on; { $name } sees no more of the film.
recusal-strike = Release { $name } and delete the vote
recusal-strike-about = The vote counts no more; the ledger keeps it.
recusal-refuse = { $name } stays on the panel
recusal-refuse-about = They are to judge the film after all; the round waits for their vote.
recusal-mistaken = { $name } can judge the film after all
recusal-mistaken-about = What they said is taken back. They are not put on the panel by that; you can do so then.
recusal-button = Answer
recusal-settled = { $name } has an answer.
vote-delete-heading = Delete the vote of { $name }
vote-delete-kept = The ledger keeps note, comment and history; the web site no longer has the vote.
vote-delete-discussion = The film is in discussion: without this vote { $name } could not vote again.
vote-delete-button = Delete the vote
vote-deleted = The vote of { $name } is deleted.
vote-way-reset = Give the change back instead
vote-way-reset-about = The vote stays, and { $name } can change it once more.
vote-way-reopen = Delete it and open round 1 again for { $name }
vote-way-reopen-about = The film goes back to round 1 until { $name } has voted anew; the other votes stay.
vote-way-anyway = Delete it anyway
vote-way-anyway-about = { $name } has no vote on this film then, and cannot cast one.
vote-reset-heading = Give { $name } the change back
vote-reset-about = What the vote said before stays in its history; { $name } can change it once more while the film is in discussion.
vote-reset-stands = { $name } let the vote stand. It can be changed once again while the film is in discussion.
vote-reset-button = Give it back
vote-reset = { $name } can change the vote once more.
vote-admit-heading = Count the vote of { $name }
vote-admit-about = The web site took it after the round was closed. If it counts, the tally changes; the round stays closed.
vote-admit-button = Count it
vote-admitted = The vote of { $name } counts now.
votes-open-heading = Look at the votes now
votes-open-about = The festival shows them when the round is complete. That you looked earlier, and why, stands in the ledger.
votes-open-button = Show the votes
votes-opened = The votes of this film are shown now.
votes-open-already = The votes are shown already.
round-none = This film is in no round of votes.
round-close-heading = Close the round
round-close-nobody = Nobody is missing.
round-close-missing = Without a vote: { $names }
round-close-unchanged = Could still change their vote: { $names }
round-close-quorum = { $votes ->
    [one] One vote is there
   *[other] { $votes } votes are there
}; it takes { $needed }.
round-close-then = Then: { $then }
round-close-about = Nobody can vote in it any more, until you open it again. What the web site still takes is kept as late and does not count.
round-close-button = Close the round
round-closed = The round is closed.
round-reopen-heading = Open the round again
round-reopen-about = Who has not voted can vote again; votes that were late count only once you say so.
round-reopen-button = Open it
round-reopened = The round is open again.
round-reopen-whom = Open round 1 again for
round-reopen-for-heading = Open round 1 again for { $name }
round-reopen-for-about = { $name } joins the panel if need be. The film goes back to round 1 with all its votes until they have voted.
round-reopen-for-back = Then it returns to discussion, whatever the votes say.
round-reopen-for-button = Open round 1
round-reopened-for = Round 1 is open again for { $name }.

# Events
events-title = Events
events-shown = { $shown } of { $total } events
events-empty = There are no events yet.
events-empty-hint = They are made on the festival’s web site and appear here by themselves; { $key } looks again.
events-count-upcoming = { $count } upcoming
events-count-running = { $count } running
events-count-past = { $count } past
events-count-undated = { $count } without a date
events-count-seats = { $count ->
    [one] one seat booked
   *[other] { $count } seats booked
}
event-upcoming = upcoming
event-running = running
event-past = past
event-undated = no date
event-title = Event
event-group-event = The event
event-group-reservations = Reservations
event-no-reservations = Nobody has booked yet.
event-seats = { $count ->
    [one] one seat
   *[other] { $count } seats
}
event-booked = { $count ->
    [one] one reservation
   *[other] { $count } reservations
}, { $seats ->
    [one] one seat
   *[other] { $seats } seats
}

# Deleting films, and the trash
delete-title = Delete
delete-heading = Delete “{ $title }”?
delete-heading-many = Delete { $count } films?
delete-alone = Nothing hangs on it: no ballots, no awards, no panel.
delete-hangs = With it go: { $what }.
delete-web-site = { $count ->
    [one] The web site will no longer show it, nor anything of this, from this moment on.
   *[other] The web site will no longer show them, nor anything of this, from this moment on.
}
delete-kept = { $count ->
    [one] The trash ({ $key }) keeps everything, and puts it back under its number.
   *[other] The trash ({ $key }) keeps everything, and puts them back under their numbers.
}
delete-reason = Why? It stays in the console.
delete-reason-empty = may stay empty
delete-keep = Keep
delete-button = Delete
delete-doing = Deleting…
delete-doing-many = Deleted { $done } of { $total }…
delete-done = “{ $title }” is deleted.
delete-done-with = “{ $title }” is deleted, with { $what }.
delete-done-many = { $count ->
    [0] No film is deleted.
    [one] One film is deleted.
   *[other] { $count } films are deleted.
}
delete-left = { $count ->
    [one] One is not:
   *[other] { $count } are not:
} { $why }
delete-cancelled = The rest stays.
hung-votes = { $count ->
    [one] one ballot
   *[other] { $count } ballots
}
hung-histories = { $count ->
    [one] one earlier ballot
   *[other] { $count } earlier ballots
}
hung-awards = { $count ->
    [one] one award
   *[other] { $count } awards
}
hung-panel = { $count ->
    [one] one panel seat
   *[other] { $count } panel seats
}
hung-categories = { $count ->
    [one] one category
   *[other] { $count } categories
}
hung-people = { $count ->
    [one] one collaborator
   *[other] { $count } collaborators
}
trash-title = Trash
trash-group = In the trash
trash-shown = { $shown } of { $total } deleted films
trash-empty = The trash is empty.
trash-empty-hint = A film that is deleted in the list stands here until it is restored.
trash-no-reason = none was given
trash-nothing-hung = nothing
column-deleted = deleted
column-who = by
column-hung = what hung on it
column-why = why
restore-title = Restore
restore-heading = Restore “{ $title }”?
restore-alone = It comes back under its number, { $id }.
restore-with = It comes back under its number, { $id }, with { $what }.
restore-web-site = The web site shows it again at once.
restore-button = Restore
restore-seen = Close
restore-doing = Restoring…
restore-done = “{ $title }” is back, on the web site too.
restore-left-out = It is back. This could not come back with it:
left-out-juror = { $name }, of its panel: the account is gone
left-out-category = category { $name }: gone
left-out-collaborator = { $name }, who worked on it: gone
left-out-pointer = { $name }: what it pointed to is gone
left-out-column = { $name }: the column is gone
left-out-new-column = { $name }: a new column, which has its default now
left-out-table = { $name }: the table is gone

# Sponsors
sponsors-title = Sponsors
sponsors-shown = { $shown } of { $total } sponsors
sponsors-empty = There are no sponsors yet.
sponsors-empty-hint = Press { $key } to add the first one.
sponsors-no-tier = no tier
sponsor-title = Sponsor
sponsor-group = The sponsor
sponsor-new = New sponsor
sponsor-edit = Sponsor “{ $name }”
sponsor-created = “{ $name }” is added, on the web site too.
sponsor-saved = “{ $name }” is saved, on the web site too.
sponsor-delete-question = Delete “{ $name }”?
sponsor-delete-body = The web site will not show it any more. You can undo this.
sponsor-delete-button = Delete
sponsor-deleted = “{ $name }” is deleted.

visits-title = People
sessions-shown = { $shown } of { $total } sessions
sessions-log-shown = { $shown } of { $total } lines in the log
sessions-empty = Nobody is on.
sessions-empty-hint = Whoever signs in appears here by themselves; { $key } looks again.
sessions-count-on = { $count } on
sessions-count-ssh = { $count } over SSH
sessions-count-ended = { $count } ended
sessions-count-refused = { $count } refused
session-title = Session
session-own = you
session-on = on
session-ending = ending…
session-idle-no = active
session-idle-minutes = { $count } min
session-idle-hours = { $hours } h { $minutes }
session-way-password = password
session-way-keyboard = password (SSH)
session-way-key = SSH key
session-way-forced = OpenSSH
session-way-token = known computer
session-way-first = made here
session-way-demo = demo
session-way-call = script
session-end-quit = left
session-end-signed-out = signed out
session-end-lost = connection lost
session-end-locked = locked, and left
session-end-stopped = console or server stopped
session-end-ended = ended by staff
session-ended-by = ended by { $name }
session-end-account = account changed
session-end-fault = a fault of the program
session-end-silent = nothing heard any more
session-refused-password = wrong password
session-refused-attempts = too many attempts
session-refused-disabled = account is disabled
session-refused-producer = producers stay outside
session-refused-more = { $why } (+{ $count })
session-over = This session has ended already.
session-end-question = End the session of { $name }?
session-end-body = Their console ({ $from }) closes within a second or two and says that an administrator ended it. What they are writing is kept. They can sign in again, but no computer remembers them any more.
session-end-own-body = This is the session that you are in ({ $from }): your console closes. What you are writing is kept, and no computer remembers you any more.
session-end-button = End it
session-end-done = The session of { $name } is being ended.
session-group = Session
session-group-refused = Refused sign-in
visit-state = state
visit-name = name
visit-tried = tried as
visit-role = role
visit-from = from
visit-way = signed in with
visit-own = yours
visit-own-yes = this is the session that you are in
visit-since = since
visit-when = when
visit-active = last key
visit-ended = ended
visit-ended-by = end asked by
visit-left-out = more of these, not kept
visit-id = number
sponsor-unsaved = Discard what you typed about this sponsor?
sponsor-readers = Everybody: the web site shows sponsors at once.
sponsor-logo-help = path or address of the picture
sponsor-url-help = https://…, may stay empty
sponsor-category-help = gold, silver, …; may stay empty

# Fields of the platform
field-required = needed
field-title = Title
field-status = Status
field-film = film
field-hung = With it
field-comments = The comment
field-reason = Why
field-origin = From
field-who = By
field-deleted = Deleted
field-selection-status = Status
field-nationality = Country
field-main-language = Language
field-duration = Length
field-release-year = Year
field-ai-tool = AI tool
field-description = Description
field-synopsis = Synopsis (French)
field-synopsis-anglais = Synopsis (English)
field-production = Production
field-workshop = Workshop
field-translation = Translation
field-subtitle = Subtitles
field-youtube-link = YouTube
field-youtube-status = YouTube status
field-youtube-movie-id = YouTube id
field-trailer = Trailer
field-thumbnail = Thumbnail
field-display-picture = Poster
field-picture1 = Picture 1
field-picture2 = Picture 2
field-picture3 = Picture 3
field-admin-comment = From the administrators
field-jury-comment = From the jury
field-producer = Producer
field-email = Email
field-panel = Panel
field-collaborator = Collaborator
field-collaborators = Crew
field-job = Job
field-id-user = Producer
field-crew = Crew
field-categories = Categories
field-awards = Awards
field-award = Award
field-tally = Tally
field-round = Votes so far
field-created = Submitted
field-updated = Last changed
field-createdAt = Submitted
field-updatedAt = Last changed
field-id-movie = Number
field-producer-name = Producer’s name
field-producer-email = Producer’s email
field-voted = Ballots
field-yes = Votes: YES
field-no = Votes: NO
field-to-discuss = Votes: to discuss
field-share-of-yes = Share of YES
field-id = Number
field-my-vote = My vote
field-my-comment = My comment
field-my-history = Before
field-cast = Cast
field-value = Value
field-name = Name
field-logo = Logo
field-url = Web site
field-category = Tier
field-first-name = First name
field-last-name = Last name
field-when = When
field-until = Until
field-start = Begins
field-end = Ends
field-location = Place
field-event-type = Type
field-reservations = Booked

# My films
mine-title = My films
mine-shown = { $shown } of { $total } films
mine-empty = No film is assigned to you yet.
mine-empty-hint = The festival’s staff assign films to jurors; yours will appear here. { $key } looks again.
mine-count-to-vote = to vote: { $count }
mine-count-to-reconsider = to reconsider: { $count }
mine-count-done = done: { $count }
mine-count-waiting = asked the staff: { $count }
mine-count-early = not open yet: { $count }
mine-todo-title = What is left to do
mine-todo-to-vote = to vote
mine-todo-to-reconsider = to reconsider: in discussion, your change is open
mine-todo-done = done, or nothing to do
mine-todo-waiting = waiting for the staff’s answer
mine-todo-early = not open to votes yet
mine-not-yet = not yet
mine-back-gone = The film that was open is not yours any more.
mine-back-closed = The ballot on “{ $title }” was open; it cannot be any more: { $why }
mine-greeting = { $count ->
    [one] A draft was never handed in: { $names }. { $key } hands it in.
   *[other] { $count } drafts were never handed in: { $names }. { $key } hands them in.
}
mine-drafts = { $count ->
    [one] One draft is not handed in and does not count yet: { $key }
   *[other] { $count } drafts are not handed in and do not count yet: { $key }
}
mine-round-1 = Round 1
mine-round-2 = Round 2
mine-left-days = { $days ->
    [one] 1 day { $hours } h
   *[other] { $days } days { $hours } h
}
mine-left-whole-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
mine-left-hours = { $hours } h { $minutes } min
mine-left-minutes = { $minutes } min
mine-deadline = { $round }: { $left } left, until { $moment }
mine-deadline-own = (for you { $moment })
mine-deadline-past = { $round }: deadline passed ({ $moment }); you can still vote.
mine-deadline-both = { $moment }, for you { $own }
mine-deadline-past-own = { $round }: deadline passed (for you { $own }); you can still vote.
mine-watch = { $minutes } min to watch
mine-watch-unknown = { $minutes } min to watch, { $unknown } of unknown length
mine-nothing-yet = None of your films is open to votes yet.
mine-finished-waiting = { $count ->
    [one] All else is done: one film waits for the festival’s answer.
   *[other] All else is done: { $count } films wait for the festival’s answer.
}
mine-finished-early = { $count ->
    [one] All else is done: one film is not open to votes yet.
   *[other] All else is done: { $count } films are not open to votes yet.
}
mine-finished = You have voted on every film. Discussed ones come back here.
mine-finished-all = Everything is done: no film of yours waits for a vote.
mine-next-only = This is the last film that is left to do.
mine-next-none = Nothing is left to do: every film of yours that can be voted on has your vote.
mine-next-title = next film: { $title }
mine-detail-title = Film
mine-group-vote = My vote
mine-no-vote = You have not voted on this film.
mine-waits = You said that you cannot judge this film; the festival has not answered yet. You can still vote.
mine-draft = You have begun a vote and not handed it in: { $note }.
mine-people-conflict = If you know one of them well enough that it could sway you, { $key } says so.
mine-state-to-vote = Your vote is awaited: { $yes } yes, { $no } no, { $discuss } to discuss.
mine-state-to-reconsider = The film is in discussion: you may change your vote once ({ $yes }, { $no }, { $discuss }), or let it stand ({ $stands }).
mine-state-voted = Voted. If the film is discussed, you may change the vote once.
mine-state-changed = Your one change is spent: the vote stays as it is.
mine-state-stands = You let this vote stand: it stays as it is.
mine-state-missed = The film is in discussion, and only those who voted in round 1 can change their vote.
mine-state-round-closed = The festival has closed this round of votes.
mine-state-early = Voting on this film has not begun.
mine-state-over = Voting on this film is closed.
mine-group-panel = What the panel said
mine-panel-silent = Nobody else on the panel has a vote on this film.
mine-panel-hidden = You see what the panel said once the film is decided: you have no first vote on it.
mine-panel-first-only = These are first votes. Who has changed theirs is shown once you have changed yours or let it stand.
mine-holders = May still change
mine-may-promote = { $key } promotes the film to candidate.

# Films in discussion
discussion-back-gone = The film that was open is not in discussion any more.
discussion-title = Discussion
discussion-shown = { $shown } of { $total } films in discussion
discussion-empty = None of your films is in discussion.
discussion-empty-hint = A film comes here when its first round is over and somebody asked to discuss it. { $key } looks again.

# Watching a film
watch-title = Watch
watch-waiting = Asking where it can be watched…
watch-scan = Point your phone’s camera at the code.
watch-copy = { $key } copies the address.
watch-click = Many terminals open it with Ctrl and a click (Cmd on a Mac).
watch-no-room = The code does not fit into this window: make it larger, or use the address.
watch-too-long = The address is too long for a code.
watch-ascii = This terminal shows plain characters only, and no camera could read a code made of them: use the address.
watch-unsound = What is stored here is no address that can be opened safely; it is shown as a text. Ask the festival’s staff.
watch-nothing = Where this film can be watched is not known. Ask the festival’s staff.
watch-no-lock = The console does not lock before { $until }.
watch-address = Watch it at

# What a juror did
history-title = What I did
history-shown = { $count ->
    [one] one step, the newest first · Enter shows it whole
   *[other] { $count } steps, the newest first · Enter shows one whole
}
history-empty = You have not voted on any film yet.
history-empty-hint = Each vote, each change and everything else that you do with a film will stand here.
history-film-gone = (a film that is yours no more)
history-no-date = (no date)
history-deed = What
history-voted = voted
history-changed = changed the vote
history-let-stand = let the vote stand
history-promoted = promoted
history-recused = said: cannot judge it
history-said = { $deed }: { $note }

# One's own account
account-title = My account
account-group-sign-in = Signing in
account-group-keys = SSH keys
account-group-console = This console
account-group-work = My work
account-password = Change the password
account-password-about = Computers that remember you will ask for the new one.
account-password-title = Change the password
account-password-how = Ten characters or more. A few words that you can remember do better than one with odd signs.
account-password-current = The password that you have now
account-password-new = The new password
account-password-again = The new password again
account-password-readers = Nobody can read it, the festival’s staff neither.
account-password-changed = Your password is changed. This session goes on.
account-key-add = Add a key…
account-key-about = Whoever comes by SSH with one of these keys is let in without a password.
account-key-add-title = Add an SSH key
account-key-how = On your own computer, type this and paste the line that it prints:
account-key-none = If it says that there is no such file, make a key first:
account-key-line = The line of the public key
account-key-readers = The public half only: the private one never leaves your computer.
account-key-private = This is the private half, which nobody else may ever see. It was not kept, but it may have left your computer: make a new key pair, and paste the line of the file that ends in .pub.
account-key-added = The key { $fingerprint } lets you in from now on.
account-key-added-plain = The key lets you in from now on.
account-key-since = since { $at }
account-key-remove = Remove this key?
account-key-remove-body = “{ $name }” ({ $fingerprint }) will let nobody in any more.
account-key-remove-more = You can still sign in with your other keys and with your password.
account-key-remove-last = It is your last key: from then on you sign in with your password.
account-key-remove-button = Remove the key
account-key-removed = The key “{ $name }” is removed.
account-language = Language
account-language-en = English
account-language-fr = français
account-theme = Colours
account-theme-dark = for a dark background
account-theme-light = for a light background
account-zone = Time zone
account-zone-about = Your own deadlines are also said in this time; everything else goes by the festival’s.
account-zone-festival = the festival’s: { $zone }
account-zone-pick = In which time zone are you?
account-zone-set = Your time zone is now { $zone }.
account-history-about = Every vote as you cast it, with your comments.

standing-to-vote = to vote
standing-to-reconsider = to reconsider
standing-voted = voted
standing-changed = changed
standing-stands = stands
standing-missed = no first vote
standing-round-closed = round closed
standing-early = not open yet
standing-over = voting closed
standing-waits = asked the staff
standing-draft = draft: { $note }

# A ballot
ballot-title = Vote
ballot-note = My vote
ballot-first = My first vote
ballot-comment = My comment (needed)
ballot-comment-free = My comment
ballot-left = { $count ->
    [one] one character left
   *[other] { $count } characters left
}
ballot-too-long = { $count ->
    [one] one character too many
   *[other] { $count } characters too many
}
ballot-only-change = Round 2: this is the only change of your vote. It is spent even if it says the same.
ballot-or-stands = { $tab }, then { $key }: my vote stands, which spends nothing.
ballot-readers-staff = Read by the festival’s staff, here and on the web site,
ballot-readers-staff-later = Read by the festival’s staff, here once the round is complete and on the web site,
ballot-readers-first = and by the film’s panel if it is discussed.
ballot-readers-second = and by those of the panel who have changed their own vote or let it stand.
ballot-draft-said = Your draft said: { $note }.
ballot-keeps = What you wrote is kept as a draft. { $tab }, then { $key } copies it.
ballot-lost = It cannot be handed in any more. What you wrote is still here: { $key } copies it.
ballot-kept = Kept as a draft: “{ $title }”. It is not handed in.
ballot-kept-both = Kept as a draft: “{ $title }”, both texts, one below the other. It is not handed in.
ballot-both-too-long = The two texts together are longer than a draft can be. Take one; the other goes to the clipboard.
ballot-discard = The film is not yours to vote on any more, and what you wrote has not been copied.
ballot-saved = draft saved
ballot-saving = saving…
ballot-not-saved = not saved yet: no database
ballot-not-saved-why = not saved: { $why }
ballot-two-versions = two versions
ballot-now = My change
ballot-elsewhere = This draft was also written somewhere else. { $key } shows both texts.
ballot-versions-title = Two versions of this draft
ballot-versions = Written here and somewhere else meanwhile. One goes on as your draft; nothing is handed in.
ballot-versions-keys = m mine   t the other   Space both, one below the other   Esc later. What is not taken goes to the clipboard.
ballot-version-mine = Mine, here
ballot-version-theirs = The other
ballot-took-mine = Yours goes on. The other text is in the clipboard.
ballot-took-theirs = The other goes on. Your text is in the clipboard.
ballot-took-both = Both texts stand in the draft, one below the other.
ballot-copied = Copied what you wrote.
ballot-nothing-to-copy = Nothing is written yet.
ballot-look-title = Cast this vote?
ballot-button = Cast my vote
ballot-means-first = Your vote on this film for round 1. It can be changed once, if the film is discussed.
ballot-means-late-first = Your first vote on this film, which is in discussion already. It can be changed once.
ballot-means-second = This is the only change: after it the vote stays as it is.
ballot-means-same = It says the same as before and spends the change all the same.
ballot-done = Voted on “{ $title }”: { $note }.
ballot-done-second = Changed your vote on “{ $title }”: { $note }.
ballot-done-moved = Voted on “{ $title }”: { $note }. The film is now: { $status }.
ballot-done-plain = Your vote is cast.
look-back = Back

# Handing in several drafts
hand-in-title = Drafts that are not handed in
hand-in-count = { $ticked } of { $ready } ticked; { $all ->
    [one] one draft
   *[other] { $all } drafts
} in all.
hand-in-empty = There is no draft: y, n or d on a film begins one.
hand-in-note-missing = no note
hand-in-no-note = The note is missing: open the draft and choose one.
hand-in-gone = The film is not yours to vote on any more. The text can still be read and copied.
hand-in-only-change = Round 2: this is the only change of that vote.
hand-in-two = Two versions: open it and take one.
hand-in-differs = It is not what you looked at any more. Look at it once more.
hand-in-drop = { $key } once more throws this draft away for good.
hand-in-more = { $count ->
    [one] and one more, as ticked in the list
   *[other] and { $count } more, as ticked in the list
}
hand-in-none = Nothing is ticked that could be handed in.
hand-in-look-title = Cast these votes?
hand-in-look-first = { $count ->
    [one] One vote of round 1. It can be changed once, if the film is discussed.
   *[other] { $count } votes of round 1. Each can be changed once, if its film is discussed.
}
hand-in-look-second = { $count ->
    [one] One change in round 2. It is the only one: after it the vote stays as it is.
   *[other] { $count } changes in round 2. Each is the only one: after it the vote stays as it is.
}
hand-in-button = { $count ->
    [one] Cast one vote
   *[other] Cast { $count } votes
}
hand-in-working = Handing in
hand-in-stops = { $key } stops before the next one.
hand-in-stopping = Stopping after this one…
hand-in-stop = Stop here
hand-in-again = Ask again
hand-in-moved = (the film is now: { $status })
hand-in-ends = What became of them
hand-in-done = { $all ->
    [one] { $cast } of one vote is cast.
   *[other] { $cast } of { $all } votes are cast.
}
hand-in-kept = The drafts of the others are kept.

handing-sending = Handing it in…
handing-asking = Asking whether it was done…
handing-unsure = The connection broke at that very moment: it is done or not. You are told which as soon as the database answers, or press the button; nothing is done twice.
handing-was-done = It had been done the first time; nothing was done twice.
handing-done-now = The first time it had not been done.
handing-kept = What you wrote is kept.
handing-status = The film has moved meanwhile: it was { $loaded }, now it is { $now }.
handing-note = Your vote was changed elsewhere, perhaps on the web site: it was { $loaded }, now it is { $now }.
handing-voted = You have voted elsewhere meanwhile, perhaps on the web site: { $now }.
handing-vote-gone = Your vote on this film was deleted meanwhile.
handing-count-back = The festival has given you the change of your vote back.
handing-count = Your one change was spent elsewhere, perhaps on the web site.

# My vote stands
stand-title = Let my vote stand?
stand-means = Your first vote stays as it is, for good. Your change is not spent, but you cannot change the vote any more unless the festival reopens it.
stand-drops-draft = The draft that you have begun on this film is thrown away with it.
stand-button = My vote stands
stand-done = Your vote on “{ $title }” stands.

# Promoting a film
promote-title = Promote to candidate
promote-means = The film becomes a candidate at once, and voting on it ends. The web site shows it.
promote-holders = { $count ->
    [one] { $names } could still change their vote, and then no longer can.
   *[other] { $count } jurors could still change their votes, and then no longer can: { $names }.
}
promote-holders-none = Nobody holds a change of their vote any more.
promote-holders-unknown = It is not known who could still change their vote.
promote-comment = A comment of the jury, if you like
promote-readers = Read by the festival’s staff, and the web site publishes it. Left empty, the one that is there stays.
promote-no-comment = Without a comment.
promote-button = Promote
promote-done = “{ $title }” is now a candidate.
promote-discard = The film is not promoted yet, and what you typed would be lost.

# Not judging a film
recuse-title = I cannot judge this film
recuse-conflict = I have a conflict of interest
recuse-cannot-watch = I cannot watch it
recuse-language = I do not know its language
recuse-conflict-follows = The film is taken from you at once and you do not see it any more. Only the festival could give it back.
recuse-conflict-voted-follows = The film is taken from you at once and you do not see it any more. The festival decides whether your vote stays or is struck.
recuse-waits-follows = The festival answers; until then the round waits for you, and you can still vote.
recuse-waits-already = You have said so of this film already; the festival has not answered yet.
recuse-voted = You have voted on it, so this cannot be said any more.
recuse-discussed = Its first round is over, so this cannot be said any more.
recuse-only-conflict = Only a conflict of interest can still be said of this film.
recuse-button = Say so
recuse-done = “{ $title }” is taken from you. Nothing counts as a vote.
recuse-done-voted = “{ $title }” is taken from you; the festival decides about your vote.
recuse-done-waits = Said of “{ $title }”; the festival answers.

# Advancing
advance-title = Advance
advance-heading = Advance “{ $title }”
advance-heading-many = Advance { $count } films
advance-now = Now: { $status }, { $meaning }
advance-recommended = recommended by the votes
advance-recommended-many = recommended
advance-no-target = There is no next step from here.
advance-force-hint = { $key } shows what only force can reach.
advance-force-none = Not even force can move it from here.
advance-force-back = { $key } shows the ordinary steps again.
advance-force-warning = By force: the rules of the jury have no such step. It needs a reason, which is kept.
advance-can-move = { $can ->
    [one] one film can move
   *[other] { $can } films can move
}
advance-cannot = { $cannot ->
    [0] none stays behind
    [one] one cannot
   *[other] { $cannot } cannot
}
advance-will-move = Will move: { $names }
advance-will-not = { $count ->
    [one] One stays
   *[other] { $count } stay
}: { $reason } ({ $names })
look-type-count = Type { $count } to confirm:
work-stop-hint = { $key } stops after the films under way.
work-stopping = Stopping…
why-same-status = already there
why-not-allowed = no such step from { $from }
why-no-panel = no panel yet
why-has-panel-or-votes = has a panel or votes
why-no-award = no award yet
why-has-award = still has an award
advance-and-more = { $names } and { $more } more
advance-ground-wanted = needs a reason
advance-rationale = Why? (may stay empty)
advance-rationale-needed = Why? (needed)
advance-readers-public = Who reads it: producers and the web site show this.
advance-readers-private = Who reads it: kept to the console, staff only.
advance-readers-toggle = { $key } changes that.
advance-ballots = The film has { $count ->
    [one] one vote
   *[other] { $count } votes
}. What becomes of them?
advance-ballots-many = { $count ->
    [one] One of the films has
   *[other] { $count } of the films have
} votes. What becomes of them?
advance-ballots-keep = keep them as they are
advance-ballots-strike = strike them: they stay readable in the ledger, and jurors vote anew
advance-reset = Second votes are spent: { $names }
advance-reset-count = { $count ->
    [one] One second vote is spent.
   *[other] { $count } second votes are spent.
}
advance-reset-leave = leave them spent
advance-reset-give = give them back: these jurors may change their vote once more
advance-look-many = { $count ->
    [one] one film
   *[other] { $count } films
}
advance-look-no-reason = No rationale.
advance-look-shown = The web site shows it at once.
advance-look-forced = By force.
advance-look-forced-many = { $count ->
    [one] One of them by force.
   *[other] { $count } of them by force.
}
advance-look-keep = The votes stay.
advance-look-strike = The votes are struck.
advance-look-reset = The second votes are given back.
advance-button-move = Move
advance-button-back = Go back
advance-discard = Discard the rationale that you wrote?
advance-moving = Moving…
advance-moving-many = Moving: { $done } of { $total }
advance-conflict = Somebody else moved this film meanwhile: it was { $loaded }, now it is { $now }. Nothing was changed; what you typed is kept.
advance-conflict-other = Somebody else changed this film meanwhile. Nothing was changed; what you typed is kept.
meanwhile-status = The film has moved meanwhile: it was { $loaded }, now it is { $now }.
meanwhile-note = This vote has changed meanwhile: it was { $loaded }, now it is { $now }.
meanwhile-voted = Somebody has voted meanwhile: { $now }.
meanwhile-gone = This vote was deleted meanwhile.
meanwhile-count = The one change of this vote was spent meanwhile.
meanwhile-count-back = The change of this vote was given back meanwhile.
meanwhile-kept = Nothing was changed; look at it again, then decide. What you typed is kept.
advance-done = “{ $title }” is now { $status }, on the web site too.
advance-done-many = { $count ->
    [0] No film moved
    [one] One film is now { $status }
   *[other] { $count } films are now { $status }
}{ $left ->
    [0] .
   *[other] { " " }· { $left } could not move: { $names }
}
advance-done-stopped = { $count ->
    [0] Stopped before any film moved.
    [one] Stopped: one film is now { $status }, the others are as before.
   *[other] Stopped: { $count } films are now { $status }, the others are as before.
}

# What speaks for and against a step
ground-majority-yes = { $yes } of { $total } votes say yes
ground-majority-no = { $no } of { $total } votes say no
ground-no-majority = no majority: { $yes } yes, { $no } no, { $discuss } to discuss
ground-no-votes = nobody has voted
ground-hidden = the votes are hidden until the round is complete
ground-discussion-asked = { $count ->
    [one] one juror asks to discuss it
   *[other] { $count } jurors ask to discuss it
}
ground-no-discussion-asked = nobody asked to discuss it
ground-round-complete = every juror has voted
ground-votes-missing = { $missing ->
    [0] nobody is there to vote
    [one] one of { $active } jurors has not voted and could not any more
   *[other] { $missing } of { $active } jurors have not voted and could not any more
}
ground-changes-unspent = { $count ->
    [one] one of { $voted } jurors may still change their vote
   *[other] { $count } of { $voted } jurors may still change their vote
}
ground-panel-ready = { $count ->
    [one] one juror is on the panel
   *[other] { $count } jurors are on the panel
}
ground-awards = { $count ->
    [one] it has an award
   *[other] it has { $count } awards
}
ground-wants-reason = needs a written reason
