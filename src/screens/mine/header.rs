//! What stands above a juror's films: how far they are, until when, and how much there is to watch.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::api::Rows;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::deadline::{Deadlines, VoteRound};
use crate::screens::Canvas;
use crate::screens::words::key_of;
use crate::widgets::bars;
use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row};

use super::standing::MyFilm;

/// How wide the progress bar gets, and from where on it is drawn at all.
const BAR: u16 = 32;
const LEAST_BAR: u16 = 14;

/// How far a juror is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Far {
    /// Films that are left to do, by round.
    left: [usize; 2],
    /// Films that were ever to be voted on by this juror and are done.
    done: usize,
    /// What is left to watch, in the festival's unit, and films whose length is not known.
    length: i64,
    unknown: usize,
}

impl Far {
    fn of(rows: &Rows<MyFilm>) -> Self {
        let mut far = Self::default();
        for row in rows.iter() {
            match row.standing.todo() {
                2 if row.vote.is_some() => far.done += 1,
                2 => {}
                round => {
                    far.left[round] += 1;
                    match row.film.duration.filter(|duration| *duration > 0) {
                        Some(duration) => far.length += i64::from(duration),
                        None => far.unknown += 1,
                    }
                }
            }
        }
        far
    }

    fn all(&self) -> usize {
        self.done + self.left.iter().sum::<usize>()
    }
}

/// The rounds in which something is left to do, with their deadlines.
fn rounds(far: &Far, deadlines: &Deadlines) -> impl Iterator<Item = (VoteRound, Option<DateTime<Utc>>)> {
    let left = far.left;
    let deadlines = *deadlines;
    let open = VoteRound::ALL.into_iter().zip(left).filter(|(_, left)| *left > 0);
    open.map(move |(round, _)| (round, deadlines.of(round)))
}

/// When what is shown here says something else: time left is told to the hour, and to the minute on the last day.
pub(super) fn changes_at(rows: &Rows<MyFilm>, deadlines: &Deadlines, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let far = Far::of(rows);
    let next = |at: DateTime<Utc>| {
        let left = at - now;
        let unit = if left > TimeDelta::days(1) { TimeDelta::hours(1) } else { TimeDelta::minutes(1) };
        let units = (left.num_milliseconds() - 1).div_euclid(unit.num_milliseconds());
        at - unit * i32::try_from(units).unwrap_or_default()
    };
    rounds(&far, deadlines).filter_map(|(_, at)| at.filter(|at| *at > now)).map(next).min()
}

/// The time until a moment: days and hours, on the last day hours and minutes. A begun minute counts.
fn left(until: TimeDelta, session: &Session) -> String {
    let minutes = (until.num_seconds() + 59) / 60;
    let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
    let args = [("days", days.into()), ("hours", hours.into()), ("minutes", (minutes % 60).into())];
    let id = match (days, minutes / 60) {
        (0, 0) => "mine-left-minutes",
        (0, _) => "mine-left-hours",
        _ => "mine-left-days",
    };
    session.tr_with(id, &args)
}

/// What a round's deadline says, in full and where there is little room.
fn deadline(round: VoteRound, at: DateTime<Utc>, session: &Session) -> (Style, [String; 2]) {
    let theme = &session.theme;
    let name = session.tr(match round {
        VoteRound::First => "mine-round-1",
        VoteRound::Second => "mine-round-2",
    });
    let until = at - session.now;
    let moment = session.moment(at);
    let own = (session.zone.is_some_and(|zone| zone != session.festival.zone)).then(|| session.own_moment(at));
    if until <= TimeDelta::zero() {
        let args = [("round", (&name).into()), ("moment", (&moment).into())];
        let text = format!("{} {}", theme.signs.warning, session.tr_with("mine-deadline-past", &args));
        return (theme.warning, [text.clone(), text]);
    }
    let left = left(until, session);
    let args = [("round", (&name).into()), ("left", (&left).into()), ("moment", (&moment).into())];
    let short = session.tr_with("mine-deadline", &args);
    let full = match &own {
        Some(own) => format!("{short} {}", session.tr_with("mine-deadline-own", &[("moment", own.into())])),
        None => short.clone(),
    };
    let style = if until <= TimeDelta::days(1) { theme.warning } else { theme.text };
    (style, [full, short])
}

/// What is left to watch.
fn to_watch(far: &Far, session: &Session) -> Option<String> {
    let minutes = if session.festival.minutes { far.length } else { (far.length + 59) / 60 };
    let args = [("minutes", minutes.into()), ("unknown", far.unknown.into())];
    match (minutes, far.unknown) {
        (0, _) => None,
        (_, 0) => Some(session.tr_with("mine-watch", &args)),
        _ => Some(session.tr_with("mine-watch-unknown", &args)),
    }
}

/// The sentences above the list, each with how it looks, in full and short.
fn lines(rows: &Rows<MyFilm>, drafts: usize, deadlines: &Deadlines, session: &Session) -> Vec<(Style, [String; 2])> {
    let theme = &session.theme;
    let far = Far::of(rows);
    let plain = |style, text: String| (style, [text.clone(), text]);
    let mut lines = Vec::new();
    if rows.is_empty() {
        return lines;
    }
    for (round, at) in rounds(&far, deadlines) {
        if let Some(at) = at {
            lines.push(deadline(round, at, session));
        }
    }
    if far.left == [0, 0] {
        let waiting = rows.iter().any(|row| row.film.status == crate::domain::film::FilmStatus::Assigned);
        let id = match (far.done, waiting) {
            (0, _) => "mine-nothing-yet",
            (_, true) => "mine-finished",
            (_, false) => "mine-finished-all",
        };
        let sign = if far.done > 0 { theme.signs.check } else { theme.signs.dot };
        lines.push(plain(if far.done > 0 { theme.ok } else { theme.dim }, format!("{sign} {}", session.tr(id))));
    }
    if drafts > 0 {
        let key = key_of(session, &[Context::Film], Action::HandIn);
        let text = session.tr_with("mine-drafts", &[("count", drafts.into()), ("key", (&key).into())]);
        lines.push(plain(theme.warning, format!("{} {text}", theme.signs.draft)));
    }
    lines
}

/// Draws what stands above the list; tells how many rows it took.
pub(super) fn draw(
    rows: &Rows<MyFilm>,
    drafts: usize,
    deadlines: &Deadlines,
    area: Rect,
    canvas: &mut Canvas<'_>,
) -> u16 {
    let session = canvas.session;
    let theme = &session.theme;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let lines = lines(rows, drafts, deadlines, session);
    let watch = to_watch(&Far::of(rows), session).unwrap_or_default();
    // Rows of films are worth more than sentences on a small terminal.
    let most = usize::from(area.height / 6).max(1);
    let mut taken = 0;
    for (y, (style, [full, short])) in (0..).zip(lines.iter().take(most)) {
        let line = row(inner, y);
        let aside = if y == 0 { width16(&watch) } else { 0 };
        let room = line.width.saturating_sub(if aside > 0 { aside + 3 } else { 0 });
        let text = if width16(full) <= room { full } else { short };
        // The time left is worth more than the minutes to watch.
        let fits = width16(text) <= room;
        let place = if fits { Rect { width: room, ..line } } else { line };
        Pen::new(place, canvas.buf, theme.signs.ellipsis).put(text, *style);
        if y == 0 && fits {
            Pen::new(line, canvas.buf, "").put_right(&watch, theme.dim);
        }
        taken = y + 1;
    }
    if lines.is_empty() && !watch.is_empty() {
        Pen::new(row(inner, 0), canvas.buf, theme.signs.ellipsis).put(&watch, theme.dim);
        taken = 1;
    }
    taken
}

/// Draws the progress bar at the right end of the figures, if there is room behind `used` cells.
pub(super) fn draw_bar(rows: &Rows<MyFilm>, used: u16, line: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let far = Far::of(rows);
    let all = u64::try_from(far.all()).unwrap_or(u64::MAX);
    let room = line.width.saturating_sub(used + 4);
    if room < LEAST_BAR || all == 0 {
        return;
    }
    let cells = room.min(BAR);
    let place = Rect { x: line.right().saturating_sub(cells + 1), width: cells, ..line };
    let done = u64::try_from(far.done).unwrap_or(all);
    bars::progress(&mut Pen::new(place, canvas.buf, ""), done, all, theme);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::harness::{Harness, noon};
    use crate::app::lang::Language;
    use crate::domain::user::Role;

    #[test]
    fn the_time_left_is_told_to_the_hour_and_on_the_last_day_to_the_minute() {
        let h = Harness::signed_in(Language::En, Role::Jury);
        for (seconds, says) in [
            (3 * 86_400 + 4 * 3_600 + 59, "3 days 4 h"),
            (86_400, "1 day 0 h"),
            (86_399, "1 day 0 h"),
            (86_340, "23 h 59 min"),
            (3_600, "1 h 0 min"),
            (3_540, "59 min"),
            (61, "2 min"),
            (1, "1 min"),
        ] {
            assert_eq!(left(TimeDelta::seconds(seconds), h.app.session()), says, "{seconds}");
        }
    }

    #[test]
    fn it_changes_when_the_next_unit_is_over() {
        use crate::screens::tests::fixtures::hidden;
        let row = MyFilm::new(hidden(1).into(), None, &crate::domain::round::Rules::default());
        let rows: Rows<MyFilm> = [row].into_iter().collect();
        let now = noon();
        for (left, changes) in [
            (TimeDelta::minutes(90), Some(TimeDelta::minutes(1))),
            (TimeDelta::seconds(90), Some(TimeDelta::seconds(30))),
            (TimeDelta::minutes(36 * 60 + 10), Some(TimeDelta::minutes(10))),
            (TimeDelta::seconds(0), None),
            (TimeDelta::seconds(-5), None),
        ] {
            let deadlines = Deadlines { first: Some(now + left), second: None };
            assert_eq!(changes_at(&rows, &deadlines, now), changes.map(|after| now + after), "{left}");
        }
        let second = Deadlines { first: None, second: Some(now + TimeDelta::minutes(9)) };
        assert_eq!(changes_at(&rows, &second, now), None, "nothing is left to do in that round");
    }
}
