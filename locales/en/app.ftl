# The frame around the screens: header, sign-in, help, palette, keys.

format-moment = %d %b %Y %H:%M
format-hour = %H:%M
example-moment = 30 Nov 2026 18:00
format-day = %d %b %H:%M
opening = Opening…
too-small =
    This terminal is too small for marsai:
    it needs at least { $width } columns and { $height } rows.
database-lost = database out of reach, trying again
database-back = The database is back; everything shown has been read again.
paste-cut = Only the first 64 kB of the pasted text were taken.

undo-juror = What you handed in stays: a vote can be changed once, if its film is discussed.
undo-let-stand = You let the vote stand: it stays as it is and cannot be changed any more.
undo-recused = What you said of not judging a film is with the festival: if it was a mistake, tell its staff.
undo-promoted = Only the festival’s staff can take a promotion back: if it was a mistake, tell them.
undo-nothing = There is nothing left to undo of what you changed since you signed in.
undo-progress = Undoing: { $done } of { $total }…
undo-done = Undone: { $action } ({ $count ->
    [one] one row
   *[other] { $count } rows
} as before).
undo-done-setting = Undone: “{ $label }” is as before.
undo-partly = Undone: { $action }, except { $left ->
    [one] one row that has
   *[other] { $left } rows that have
} been changed since; { $count ->
    [one] one row is
   *[other] { $count } rows are
} as before.
undone-set-status = change of status
undone-set-statuses = change of status
undone-delete-film = deletion of a film
undone-delete-films = deletion of films
undone-restore-film = restoring of a film
undone-create-film = new film
undone-edit-film = change of a film
undone-edit-films = change of films
undone-set-categories = change of categories
undone-create-category = new category
undone-add-category = category given
undone-remove-category = category taken away
undone-add-collaborator = collaborator added
undone-edit-collaborator = change of a collaborator
undone-remove-collaborator = collaborator taken off
undone-look-outside = what follows from the web site’s changes
undone-settle-outside = settling of the web site’s change
undone-set-panel = change of a panel
undone-close-round = closing of a round
undone-reopen-round = reopening of a round
undone-reset-vote = change given back
undone-admit-vote = late vote that counts
undone-delete-vote = deletion of a vote
undone-delete-votes = deletion of votes
undone-open-votes = look at the votes
undone-release-juror = release of a juror
undone-settle-recusal = answer to a juror
undone-cast-vote = vote
undone-let-stand = vote that stands
undone-promote = promotion
undone-recuse = recusal
undone-award = award
undone-take-back-award = award taken back
undone-disable-user = account disabled
undone-set-role = change of a role
undone-create-sponsor = new sponsor
undone-edit-sponsor = change of a sponsor
undone-delete-sponsor = deletion of a sponsor
undone-set-setting = change of a setting
undone-extend-deadline = more time for a juror

failure-forbidden = Only { $role } may do that. Nothing was changed.
failure-sign-in-first = Sign in first. Nothing was changed.
failure-conflict = Somebody else has changed this meanwhile ({ $fields }). Nothing was overwritten: look at it again, then decide.
failure-not-found = { $what } { $id } is not there any more. Nothing was changed.
thing-film = The film
thing-event = The event
thing-category = The category
thing-collaborator = The collaborator
thing-sponsor = The sponsor
thing-user = The account
thing-vote = The ballot
thing-panel = The panel
thing-award = The award
thing-deadline = The deadline
thing-mark = The web site’s change
thing-key = The key
thing-session = The session

role-admin = administrator
role-jury = juror
role-producer = producer

# Sign-in, lock, first administrator
farewell-stopping = The server is stopping; what you had written is kept.
farewell-late = Nobody signed in in time, so the connection was closed. Connect again when you are ready.
farewell-wrong-passwords = Too many wrong passwords, so the connection was closed.
farewell-replaced = This account was opened once more elsewhere. { $count ->
    [one] One console is
   *[other] { $count } consoles are
} the most it may have, so the one left alone the longest was closed; what was saved is kept.
farewell-fault = This console ended because of a fault; what was saved is kept.

gate-title = Sign in
gate-sign-in = Sign in to { $festival }
gate-locked = Locked: type your password to go on where you were
gate-first-title = First administrator
gate-first = This festival has no administrator yet. Create the first one here; they can sign in at once.
gate-email = Email
gate-password = Password
gate-password-again = Password again
gate-first-name = First name
gate-last-name = Last name
gate-working = Checking…
gate-different = The two passwords differ.
session-was-ended = An administrator ended this session; what you had written is kept.
session-account-changed = Your account was changed (password, role or keys), so this session has ended; what you had written is kept.
gate-help-accounts = An administrator can create accounts: marsai user add

# Help and palette
help-title = What the keys do here
palette-title = Find an action
palette-prompt = Type a few letters
palette-none = No action has these letters.

# Keys as they are named on a keyboard
key-ctrl = Ctrl
key-alt = Alt
key-shift = Shift
key-enter = Enter
key-esc = Esc
key-tab = Tab
key-shift-tab = Shift-Tab
key-backspace = Backspace
key-del = Del
key-ins = Ins
key-home = Home
key-end = End
key-pgup = PgUp
key-pgdn = PgDn
key-space = Space

# Questions
confirm-unsaved = Something you typed is not saved yet
confirm-quit-unsaved = Leave the console and lose it?
confirm-sign-out-unsaved = Sign out and lose it?
confirm-begun = Votes that you have begun are not handed in
confirm-quit-begun = { $count ->
    [one] Leave without handing in the draft on { $names }? It is kept, but it is not a vote.
   *[other] Leave without handing in { $count } drafts: { $names }? They are kept, but they are not votes.
}
confirm-sign-out-begun = { $count ->
    [one] Sign out without handing in the draft on { $names }? It is kept, but it is not a vote.
   *[other] Sign out without handing in { $count } drafts: { $names }? They are kept, but they are not votes.
}
confirm-discard = Discard
confirm-sign-out = Sign out
confirm-leave = Leave
confirm-keep = Go back to it
confirm-cancel = Cancel

# Forms
form-same = Nothing to save: it is as it was.
form-saving = Saving…
reasoned-title = A change with its reason
reasoned-why = Why · kept in the ledger, for staff only
reasoned-needed = a reason is needed
reasoned-optional = may be left empty
reasoned-missing = Say why first: the reason stands in the ledger.
reasoned-unsaved = Nothing has been changed yet.
form-again = { $key } tries again.
form-dirty = not saved yet
form-too-long-here = This text is longer than a form can hold; it is left as it is.
form-unshowable = Holds characters that cannot be shown; they go when you change the text.
form-first = This is the first one.
form-last = This was the last one.
form-outside = Somebody else has changed { $fields } meanwhile. Go on: when you save, you see both versions.
conflict-title = Somebody else has saved this meanwhile
conflict-what = Nothing was overwritten. Choose for each field which version stays.
conflict-yours = yours
conflict-theirs = theirs
conflict-was = it was
conflict-untouched = you left it as it was
conflict-foot = { $turn } takes the other version · { $save } saves what is chosen
conflict-later = Not saved yet: somebody else has saved meanwhile. When you save, you are asked again which versions stay.
picker-none = Nothing here has these letters.
picker-more = { $count } more: type a letter of what you look for.
picker-left = and { $count } more

context-global = Everywhere
context-list = In a list
context-filter = While filtering
context-film = A film
context-mine = My films
context-discussion = Films in discussion
context-history = What I did
context-account = My account
context-ballot = A ballot
context-drafts = Drafts
context-films = Films
context-trash = Trash
context-sponsors = Sponsors
context-visit = A session
context-visits = Sessions
context-settings = Settings
context-votes = Votes
context-jury = Panels
context-ballots = Ballots of a film
context-detail = Reading
context-pictures = A film’s pictures
context-menu = Choosing
context-dialog = Answering
context-form = In a form
context-series = One after the other
context-conflict = Two versions
context-ticking = Ticking
context-people = People of a film
context-advance = Advancing a film
context-rationale = Saying why
context-gate = Signing in

action-quit = quit
action-help = help
action-palette = find an action
action-next-tab = next tab
action-previous-tab = previous tab
action-refresh = read again
action-undo = undo
action-back = back
action-sign-out = sign out
action-lock = lock
action-language = français / English
action-theme = dark / light
action-repaint = redraw the screen
action-up = up
action-down = down
action-first = first row
action-last = last row
action-page-up = page up
action-page-down = page down
action-half-page-up = half a page up
action-half-page-down = half a page down
action-left = left
action-right = right
action-filter = filter
action-clear-filter = clear the filter
action-complete = complete
action-complete-back = complete, backwards
action-filter-status = filter by status
action-filter-todo = filter by what is left to do
action-save-search = keep the search
action-searches = kept searches
action-columns = choose columns
action-open = open
action-select = select
action-select-range = select a range
action-select-all = select all shown
action-sort = sort by the next column
action-sort-reverse = turn the order around
action-advance = advance
action-outside = what the web site changed
action-panel = the film’s panel
action-release = release a juror
action-more-time = deadlines and more time
action-close-round = close the round
action-reopen-round = open a round again
action-reset-vote = give the change back
action-admit-vote = count a late vote
action-open-votes = look at hidden votes
action-force = other statuses, by force
action-review = last look
action-keep-private = who will read it
action-pictures = pictures
action-next-picture = next picture
action-previous-picture = picture before
action-watch = watch
action-history = what I did
action-account = my account
action-add-key = add a key
action-vote-yes = yes
action-vote-no = no
action-vote-discuss = to discuss
action-let-stand = my vote stands
action-promote = promote
action-recuse = cannot judge
action-next-film = next film
action-hand-in = hand in drafts
action-copy-text = copy the text
action-copy-link = copy the link
action-new = new
action-edit = edit
action-delete = delete
action-end-session = end it
action-ended = log
action-trash = trash
action-restore = restore
action-next-field = next field
action-previous-field = previous field
action-accept = go on
action-save = save
action-categories = categories
action-people = people
action-batch = many at once
action-save-next = save, and the next one
action-save-previous = save, and the one before
action-keep-mine = keep yours
action-keep-theirs = keep theirs
action-tab-1 = first tab
action-tab-2 = second tab
action-tab-3 = third tab
action-tab-4 = fourth tab
action-tab-5 = fifth tab
action-tab-6 = sixth tab
action-tab-7 = seventh tab
action-tab-8 = eighth tab
action-tab-9 = ninth tab
palette-go-to = go to { $tab }
