//! How the dialog looks in each of its steps.

use ratatui::layout::Rect;

use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::film::{Ballots, FilmStatus, Ground};
use crate::domain::text::inert;
use crate::domain::{Param, Refusal, Rule};
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::sheet::{Sheet, Span};
use crate::screens::words::{few, ground, key_of, meaning, status, tally};
use crate::widgets::pen::{Pen, row};
use crate::widgets::table::draw_scrollbar;
use crate::widgets::wrap::wrapped;

use super::plan::Offer;
use super::{Advance, NAMED, Step};

/// How wide the dialog gets.
const WIDE: u16 = 78;
/// The most groups of reasons that are listed.
const GROUPS: usize = 4;

/// Draws the dialog over an area.
pub(super) fn draw(dialog: &Advance, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let title = match dialog.films.as_slice() {
        [film] => session.tr_with("advance-heading", &[("title", (&inert(&film.title).into_owned()).into())]),
        films => session.tr_with("advance-heading-many", &[("count", films.len().into())]),
    };
    // On a narrow screen nothing of the list is left beside the dialog.
    let width = if area.width < WIDE + 8 { area.width } else { WIDE };
    let inside = width.saturating_sub(4);
    let mut sheet = Sheet::new(inside);
    match dialog.step {
        Step::Target => {
            let places = targets(dialog, &mut sheet, session);
            let height = area.height.min(rows(sheet.len()).saturating_add(2));
            let body = panel(area, canvas, &title, width, height);
            scrolled(dialog, &sheet, body, &places, canvas);
        }
        Step::Reason => reason(dialog, area, &title, width, canvas),
        Step::Look => look(dialog, area, &title, width, canvas),
    }
}

fn rows(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// Draws a sheet so that the chosen lines are on the screen.
fn scrolled(dialog: &Advance, sheet: &Sheet, body: Rect, places: &[(usize, usize)], canvas: &mut Canvas<'_>) {
    let page = usize::from(body.height);
    let (from, to) = dialog.at.and_then(|at| places.get(at)).copied().unwrap_or_default();
    let most = sheet.len().saturating_sub(page);
    let first = dialog.first_line.get().max(to.saturating_sub(page)).min(from).min(most);
    // The first choice brings what stands above it.
    let first = if dialog.at.is_none_or(|at| at == 0) && to <= page { 0 } else { first };
    dialog.first_line.set(first);
    sheet.draw(body, first, canvas);
    let seen = |line: usize| line.checked_sub(first).filter(|line| *line < page).map(rows);
    let place = |(offer, (from, to)): (usize, &(usize, usize))| {
        let lines = (*from..*to).filter_map(seen).map(|y| row(body, y));
        lines.map(move |place| (place, offer)).collect::<Vec<_>>()
    };
    *dialog.places.borrow_mut() = places.iter().enumerate().flat_map(place).collect();
    if most > 0 {
        let bar = Rect { width: body.width + 1, ..body };
        draw_scrollbar(bar, canvas.buf, first, page, sheet.len(), &canvas.session.theme);
    }
}

fn problem(dialog: &Advance, sheet: &mut Sheet, session: &Session) {
    if let Some(problem) = &dialog.problem {
        let theme = &session.theme;
        sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, problem);
        sheet.gap();
    }
}

/// Warns of what the web site did to the films.
fn outside(dialog: &Advance, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let text = match (dialog.films.as_slice(), dialog.outside) {
        ([_], Some((from, to))) => {
            let (from, to) = (session.tr(from.message()), session.tr(to.message()));
            session.tr_with("advance-outside", &[("from", (&from).into()), ("to", (&to).into())])
        }
        ([_], None) => return,
        (films, _) => match films.iter().filter(|film| film.outside).count() {
            0 => return,
            count => session.tr_with("advance-outside-many", &[("count", count.into())]),
        },
    };
    sheet.signed(0, Some((theme.warning, theme.signs.warning.to_owned())), theme.warning, &text);
    sheet.gap();
}

/// Writes where films can go; tells which lines each target has.
fn targets(dialog: &Advance, sheet: &mut Sheet, session: &Session) -> Vec<(usize, usize)> {
    let theme = &session.theme;
    problem(dialog, sheet, session);
    outside(dialog, sheet, session);
    if let [film] = dialog.films.as_slice() {
        let now = session.tr(film.facts.status.message());
        let means = session.tr(meaning(film.facts.status));
        let args = [("status", (&now).into()), ("meaning", (&means).into())];
        sheet.text(0, theme.text, &session.tr_with("advance-now", &args));
        if film.facts.tally.total() > 0 {
            let [yes, no, discuss] = tally(theme, film.facts.tally);
            let gap = || (theme.text, "  ".to_owned());
            let args = [("voted", film.facts.voted.into()), ("active", film.facts.active.into())];
            let round = (theme.dim, session.tr_with("film-round", &args));
            sheet.line(0, vec![yes, gap(), no, gap(), discuss, gap(), round]);
        }
        sheet.gap();
    }
    let key = key_of(session, &[Context::Advance], Action::Force);
    if dialog.force {
        let sign = (theme.danger, theme.signs.warning.to_owned());
        sheet.signed(0, Some(sign), theme.danger, &session.tr("advance-force-warning"));
        sheet.gap();
    }
    if dialog.offers.is_empty() {
        let id = if dialog.force { "advance-force-none" } else { "advance-no-target" };
        sheet.text(0, theme.text, &session.tr(id));
    }
    let mut places = Vec::new();
    for (at, offer) in dialog.offers.iter().enumerate() {
        let from = sheet.len();
        let here = dialog.at == Some(at);
        head(dialog, offer, here, sheet, session);
        if dialog.films.len() == 1 {
            grounds(dialog, offer, sheet, session);
        } else if here {
            who(dialog, offer, sheet, session);
        }
        places.push((from, sheet.len()));
    }
    sheet.gap();
    let id = if dialog.force { "advance-force-back" } else { "advance-force-hint" };
    sheet.text(0, theme.dim, &session.tr_with(id, &[("key", (&key).into())]));
    places
}

/// The line of one target.
fn head(dialog: &Advance, offer: &Offer, here: bool, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let (style, name) = status(session, offer.to);
    let style = match (here, dialog.force) {
        (true, true) => theme.focus.patch(theme.danger),
        (true, false) => theme.focus,
        (false, true) => theme.danger,
        (false, false) => style,
    };
    let mut spans: Vec<Span> =
        vec![(theme.accent, format!("{} ", if here { theme.signs.cursor } else { " " })), (style, format!("{name} "))];
    let many = dialog.films.len() > 1;
    if offer.recommended {
        let id = if many { "advance-recommended-many" } else { "advance-recommended" };
        spans.push((theme.ok, format!("  {} {}", theme.signs.check, session.tr(id))));
    }
    if offer.wants_reason(&dialog.films) && !dialog.force {
        spans.push((theme.dim, format!("  {}", session.tr("advance-ground-wanted"))));
    }
    if many {
        let can = session.tr_with("advance-can-move", &[("can", offer.can.len().into())]);
        let cannot = session.tr_with("advance-cannot", &[("cannot", offer.left().into())]);
        spans.push((theme.dim, format!("  {can} {} {cannot}", theme.signs.dot)));
    }
    sheet.line(0, spans);
}

fn grounds(dialog: &Advance, offer: &Offer, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let veiled = dialog.films.iter().any(|film| film.veiled);
    // A tally that is kept from staff is not one without votes.
    let (kept, told): (Vec<Ground>, Vec<Ground>) =
        offer.grounds.iter().copied().partition(|fact| veiled && fact.tells_votes());
    if !kept.is_empty() {
        let sign = (theme.dim, theme.signs.dot.to_owned());
        sheet.signed(4, Some(sign), theme.dim, &session.tr("ground-hidden"));
    }
    for fact in &told {
        let sign = match fact.speaks_for(offer.to) {
            Some(true) => (theme.ok, theme.signs.check),
            Some(false) => (theme.warning, theme.signs.cross),
            None => (theme.dim, theme.signs.dot),
        };
        sheet.signed(4, Some((sign.0, sign.1.to_owned())), theme.dim, &ground(session, *fact));
    }
}

/// Who of a selection moves, who stays and why.
fn who(dialog: &Advance, offer: &Offer, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let titles: Vec<&str> = offer.movers(&dialog.films).map(|film| &*film.title).take(NAMED).collect();
    let names = few(session, &titles, offer.can.len());
    let sign = (theme.ok, theme.signs.check.to_owned());
    sheet.signed(4, Some(sign), theme.text, &session.tr_with("advance-will-move", &[("names", (&names).into())]));
    for (why, films) in offer.cannot.iter().take(GROUPS) {
        let titles = films.iter().filter_map(|at| dialog.films.get(*at)).map(|film| &*film.title);
        let names = few(session, &titles.take(NAMED).collect::<Vec<_>>(), films.len());
        let reason = short(why, session);
        let args = [("count", films.len().into()), ("reason", (&reason).into()), ("names", (&names).into())];
        let sign = (theme.warning, theme.signs.cross.to_owned());
        sheet.signed(4, Some(sign), theme.dim, &session.tr_with("advance-will-not", &args));
    }
}

/// Why a film stays, in a few words.
fn short(why: &Refusal, session: &Session) -> String {
    let id = match why.rule {
        Rule::SameStatus => "why-same-status",
        Rule::NotAllowed => {
            let from = why.params.iter().find_map(|(name, value)| match value {
                Param::Message(id) if *name == "from" => Some(session.tr(id)),
                _ => None,
            });
            return session.tr_with("why-not-allowed", &[("from", (&from.unwrap_or_default()).into())]);
        }
        Rule::NoPanel => "why-no-panel",
        Rule::HasPanelOrVotes => "why-has-panel-or-votes",
        Rule::NoAward => "why-no-award",
        Rule::HasAward => "why-has-award",
        _ => return session.lang.refusal(why),
    };
    session.tr(id)
}

/// From where to where.
fn arrow(dialog: &Advance, to: FilmStatus, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let mut spans = match dialog.films.as_slice() {
        [film] => vec![status(session, film.facts.status)],
        films => {
            let count = dialog.chosen().map_or(films.len(), |offer| offer.can.len());
            vec![(theme.text, session.tr_with("advance-look-many", &[("count", count.into())]))]
        }
    };
    spans.push((theme.dim, format!("  {}  ", theme.signs.arrow)));
    spans.push(status(session, to));
    sheet.line(0, spans);
}

/// Who will read the rationale and, while it is written, the key that changes that.
fn readers(dialog: &Advance, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let id = if dialog.private { "advance-readers-private" } else { "advance-readers-public" };
    let mut text = session.tr(id);
    if dialog.step == Step::Reason {
        let key = key_of(session, &[Context::Rationale], Action::KeepPrivate);
        text = format!("{text} {}", session.tr_with("advance-readers-toggle", &[("key", (&key).into())]));
    }
    sheet.text(0, theme.dim, &text);
}

fn reason(dialog: &Advance, area: Rect, title: &str, width: u16, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let Some(offer) = dialog.chosen() else { return };
    let inside = width.saturating_sub(4);
    let mut above = Sheet::new(inside);
    problem(dialog, &mut above, session);
    arrow(dialog, offer.to, &mut above, session);
    above.gap();
    let label = if dialog.wants_reason() { "advance-rationale-needed" } else { "advance-rationale" };
    above.text(0, if dialog.on_ballots { theme.text } else { theme.title.patch(theme.accent) }, &session.tr(label));
    let mut below = Sheet::new(inside);
    readers(dialog, &mut below, session);
    ballots(dialog, offer, &mut below, session);
    let text = area.height.saturating_sub(rows(above.len() + below.len()) + 2).clamp(1, 6);
    let body = panel(area, canvas, title, width, rows(above.len() + below.len()) + text + 2);
    above.draw(body, 0, canvas);
    let top = body.y + rows(above.len()).min(body.height);
    let room = body.bottom().saturating_sub(top);
    let bar = Rect { width: 1, y: top, height: text.min(room), ..body };
    for y in 0..bar.height {
        let sign = if dialog.on_ballots { theme.signs.track } else { theme.signs.cursor };
        let style = if dialog.on_ballots { theme.faint } else { theme.accent };
        Pen::new(row(bar, y), canvas.buf, "").put(sign, style);
    }
    let field = Rect { x: body.x + 2, width: body.width.saturating_sub(2), ..bar };
    if let Some(cursor) = dialog.reason.draw(field, canvas.buf, theme, !dialog.on_ballots) {
        canvas.cursor = Some(cursor);
    }
    let end = (top + text).min(body.bottom());
    below.draw(Rect { y: end, height: body.bottom() - end, ..body }, 0, canvas);
}

/// The question what becomes of the ballots.
fn ballots(dialog: &Advance, offer: &Offer, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let choices = dialog.ballot_choices();
    if choices.is_empty() {
        return;
    }
    sheet.gap();
    let question = match (dialog.films.as_slice(), offer.asks_about_ballots(&dialog.films)) {
        (_, 0) if !dialog.spenders.is_empty() => {
            let names: Vec<&str> = dialog.spenders.iter().map(String::as_str).collect();
            session.tr_with("advance-reset", &[("names", (&few(session, &names, names.len())).into())])
        }
        (films, 0) => session.tr_with("advance-reset-count", &[("count", offer.spent(films).into())]),
        ([film], _) => session.tr_with("advance-ballots", &[("count", film.facts.ballots.into())]),
        (_, count) => session.tr_with("advance-ballots-many", &[("count", count.into())]),
    };
    sheet.text(0, if dialog.on_ballots { theme.title.patch(theme.accent) } else { theme.text }, &question);
    for choice in choices {
        let on = *choice == dialog.ballots;
        let id = match choice {
            None => "advance-reset-leave",
            Some(Ballots::Keep) => "advance-ballots-keep",
            Some(Ballots::Strike) => "advance-ballots-strike",
            Some(Ballots::Reset) => "advance-reset-give",
        };
        let style = match (on, dialog.on_ballots) {
            (true, true) => theme.accent.patch(theme.title),
            (true, false) => theme.title,
            _ => theme.dim,
        };
        let sign = (style, theme.signs.radio[usize::from(!on)].to_owned());
        sheet.signed(1, Some(sign), style, &session.tr(id));
    }
}

fn look(dialog: &Advance, area: Rect, title: &str, width: u16, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let Some(offer) = dialog.chosen() else { return };
    let mut sheet = Sheet::new(width.saturating_sub(4));
    problem(dialog, &mut sheet, session);
    arrow(dialog, offer.to, &mut sheet, session);
    consequences(dialog, offer, &mut sheet, session);
    sheet.gap();
    let foot = dialog.last_look.height();
    let height = rows(sheet.len()).saturating_add(foot + 2).min(area.height);
    let body = panel(area, canvas, title, width, height);
    let text = body.height.saturating_sub(foot);
    sheet.draw(Rect { height: text, ..body }, 0, canvas);
    let foot = Rect { y: body.y + text, height: body.height - text, ..body };
    match &dialog.moving {
        Some(work) => {
            work.draw(["advance-moving", "advance-moving-many"], row(foot, foot.height.saturating_sub(1)), canvas);
        }
        None => dialog.last_look.draw(foot, canvas),
    }
}

/// Everything that the step does.
fn consequences(dialog: &Advance, offer: &Offer, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let forced = offer.forced;
    if forced > 0 {
        let text = match dialog.films.len() {
            1 => session.tr("advance-look-forced"),
            _ => session.tr_with("advance-look-forced-many", &[("count", forced.into())]),
        };
        sheet.signed(0, Some((theme.danger, theme.signs.warning.to_owned())), theme.danger, &text);
    }
    if offer.left() > 0 {
        who(dialog, offer, sheet, session);
    }
    sheet.gap();
    let written = dialog.reason.text();
    if written.trim().is_empty() {
        sheet.text(0, theme.dim, &session.tr("advance-look-no-reason"));
    } else {
        let room = usize::from(WIDE - 8);
        let lines: Vec<&str> = wrapped(written.trim(), room).collect();
        for line in lines.iter().take(5) {
            sheet.line(2, vec![(theme.text, (*line).to_owned())]);
        }
        if lines.len() > 5 {
            sheet.line(2, vec![(theme.dim, theme.signs.ellipsis.to_owned())]);
        }
        readers(dialog, sheet, session);
    }
    let ballots = match dialog.ballots.filter(|_| !dialog.ballot_choices().is_empty()) {
        Some(Ballots::Keep) => Some((theme.text, "advance-look-keep")),
        Some(Ballots::Strike) => Some((theme.danger, "advance-look-strike")),
        Some(Ballots::Reset) => Some((theme.warning, "advance-look-reset")),
        None => None,
    };
    if let Some((style, id)) = ballots {
        sheet.text(0, style, &session.tr(id));
    }
    sheet.text(0, theme.text, &session.tr("advance-look-shown"));
}
