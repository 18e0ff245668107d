//! How a film's ballots are shown: what stands above them, and each one with its flags.

use crate::api::vote::{SeatRow, VoteRow};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::text::{filled, inert, inert_lines};
use crate::screens::films::cells;
use crate::screens::sheet::Sheet;
use crate::screens::words::{self, few, key_of, meaning, note, proposal, set_aside, share};
use crate::widgets::menu::MenuItem;
use crate::widgets::wrap::wrapped;

use super::acts;
use super::ballots::{Line, State};

/// How wide the page gets; longer lines are hard to read.
pub(super) const WIDEST: u16 = 110;
/// What stands left of a comment, and right of it where the list scrolls.
const INDENT: u16 = 6;
/// How much of a comment is shown in the list; all of it stands in its own box.
const COMMENT_LINES: usize = 4;
const EARLIER_LINES: usize = 2;
/// Names that are said before a number stands for the rest.
const NAMED: usize = 4;

/// The film with its round, and what its votes propose.
pub(super) fn head(state: &State, asking: bool, width: u16, session: &Session) -> Sheet {
    let theme = &session.theme;
    let mut sheet = Sheet::new(width);
    let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
    let Some(film) = state.film() else { return sheet };
    let (at, total) = state.route.place();
    let place = session.tr_with("page-place", &[("at", at.into()), ("total", total.into())]);
    let mut title =
        vec![(theme.title, inert(&cells::title_of(film, session)).into_owned()), (theme.dim, format!("  {place}"))];
    if state.marked {
        title.push((theme.warning, format!("  {} {}", theme.signs.changed, session.tr("page-changed"))));
    }
    sheet.line(0, title);
    let (style, status) = words::status(session, film.status);
    let mut line = vec![(style, status), (theme.dim, format!(" ({})  ", session.tr(meaning(film.status))))];
    if !film.veiled {
        for (style, text) in words::tally(theme, film.tally) {
            line.extend([(style, text), (theme.text, "  ".to_owned())]);
        }
        line.push((theme.dim, share(session, film.tally)));
    }
    sheet.line(0, line);
    if let Some(failure) = &state.failed {
        sheet.signed(0, warning(), theme.warning, &sentence::failure(&session.lang, failure));
        let key = key_of(session, &[], Action::Refresh);
        sheet.text(0, theme.dim, &session.tr_with("list-failed-hint", &[("key", (&key).into())]));
    }
    let Some(voting) = &state.voting else {
        if asking {
            sheet.text(0, theme.dim, &session.tr("page-loading"));
        }
        sheet.gap();
        return sheet;
    };
    let args = [("voted", film.voted.into()), ("active", film.active.into())];
    let mut round = session.tr_with("film-round", &args);
    if voting.closed {
        round = format!("{round} · {}", session.tr("voting-closed"));
    }
    sheet.text(0, theme.text, &round);
    let missing = acts::missing(voting);
    // In discussion nobody votes for the first time.
    if !missing.is_empty() && film.status != FilmStatus::ToDiscuss {
        let names: Vec<&str> = missing.iter().take(NAMED).map(|seat| seat.name.as_str()).collect();
        let names = few(session, &names, missing.len());
        sheet.text(0, theme.dim, &session.tr_with("voting-missing", &[("names", (&names).into())]));
    }
    if voting.hidden {
        sheet.signed(0, warning(), theme.text, &session.tr("voting-hidden"));
    } else if let Some((style, text)) = proposal(session, voting.proposal) {
        sheet.line(0, vec![(style, text)]);
    }
    sheet.gap();
    if voting.votes.is_empty() && voting.jurors.is_empty() {
        sheet.text(0, theme.dim, &session.tr("voting-nobody"));
    }
    sheet
}

/// One line of the list.
pub(super) fn item(line: Line, state: &State, width: u16, session: &Session) -> MenuItem {
    match line {
        Line::Vote(id) => match state.vote(id) {
            Some(vote) => ballot(vote, state.seat(vote.juror), width, session),
            None => MenuItem::default(),
        },
        Line::Seat(id) => {
            let discussed = state.film().is_some_and(|film| film.status == FilmStatus::ToDiscuss);
            state.seat(id).map(|seat| silent(seat, discussed, width, session)).unwrap_or_default()
        }
    }
}

/// At most so many lines of a text, wrapped under a ballot.
fn under(mut item: MenuItem, text: &str, most: usize, width: u16, session: &Session) -> MenuItem {
    let room = usize::from(width.saturating_sub(INDENT).max(1));
    let lines: Vec<&str> = wrapped(text, room).take(most + 1).collect();
    for line in lines.iter().take(most) {
        item = item.detail(*line);
    }
    if let Some(last) = item.details.last_mut().filter(|_| lines.len() > most) {
        *last = format!("{last} {}", session.theme.signs.ellipsis);
    }
    item
}

/// What is special about a ballot, behind the juror's name.
fn remarks(vote: &VoteRow, session: &Session) -> String {
    let mut remarks = Vec::new();
    if vote.modification_count > 0 {
        remarks.push(session.tr("votes-ballot-changed"));
    }
    if vote.stands {
        remarks.push(session.tr("voting-stands"));
    }
    remarks.extend(vote.updated.or(vote.created).map(|at| session.moment(at)));
    remarks.join(" · ")
}

fn ballot(vote: &VoteRow, seat: Option<&SeatRow>, width: u16, session: &Session) -> MenuItem {
    let theme = &session.theme;
    let (style, word) = match vote.hidden {
        true => (theme.faint, session.tr("voting-hidden-note")),
        false => note(session, vote.note),
    };
    let style = if vote.set_aside.is_some() { theme.faint } else { style };
    let mut item = MenuItem::new(inert(&vote.juror_name)).lead(style, word).aside(remarks(vote, session));
    let flag = |text: String| format!("{} {text}", theme.signs.warning);
    if let Some(why) = vote.set_aside {
        item = under(item, &flag(session.tr(set_aside(why))), EARLIER_LINES, width, session);
    }
    if let Some(text) = seat.filter(|_| vote.set_aside.is_none()).and_then(|seat| recusal(seat, session)) {
        item = under(item, &flag(text), EARLIER_LINES, width, session);
    }
    if !vote.hidden {
        let comment = filled(vote.comments.as_deref()).map(inert_lines);
        let comment = comment.map_or_else(|| session.tr("votes-no-comment"), Into::into);
        item = under(item, &comment, COMMENT_LINES, width, session);
        for before in vote.history.iter().rev() {
            let (_, word) = note(session, before.note);
            let mut text = session.tr_with("votes-ballot-before", &[("note", (&word).into())]);
            if let Some(comment) = filled(before.comments.as_deref()) {
                text = format!("{text} · {}", inert_lines(comment).replace('\n', " "));
            }
            item = under(item, &text, EARLIER_LINES, width, session);
        }
    }
    item
}

/// What somebody said of not judging the film, and whether they wait for an answer.
fn recusal(seat: &SeatRow, session: &Session) -> Option<String> {
    let recusal = seat.recusal?;
    let (why, name) = (session.tr(acts::why(recusal.why)), inert(&seat.name).into_owned());
    let key = key_of(session, &[Context::Ballots], Action::Open);
    let id = if recusal.waiting { "voting-recusal-waits" } else { "voting-recusal-settled" };
    Some(session.tr_with(id, &[("why", (&why).into()), ("name", (&name).into()), ("key", (&key).into())]))
}

/// Somebody without a ballot; where the film is `discussed` they could not vote any more.
fn silent(seat: &SeatRow, discussed: bool, width: u16, session: &Session) -> MenuItem {
    let theme = &session.theme;
    let standing = match () {
        () if seat.kept => Some("voting-released"),
        () if !seat.on_panel => Some("voting-off-panel"),
        () if !seat.active && seat.recusal.is_none() => Some("voting-inactive"),
        () if seat.reopened => Some("voting-reopened"),
        () if seat.active && discussed => Some("standing-missed"),
        () if seat.active => Some("voting-not-yet"),
        () => None,
    };
    let waits = seat.recusal.is_some_and(|recusal| recusal.waiting);
    let (style, sign) = if waits { (theme.warning, theme.signs.warning) } else { (theme.faint, theme.signs.dot) };
    let standing = standing.map(|id| session.tr(id)).unwrap_or_default();
    let item = MenuItem::new(inert(&seat.name)).lead(style, sign).aside(standing);
    match recusal(seat, session) {
        Some(text) => under(item, &text, EARLIER_LINES, width, session),
        None => item,
    }
}
