//! What stands above a juror's films: how far they are, until when, and how much there is to watch.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::api::{Failure, Rows};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::deadline::{Deadlines, VoteRound};
use crate::domain::film::FilmStatus;
use crate::screens::Canvas;
use crate::screens::sheet::Sheet;
use crate::screens::words::key_of;
use crate::widgets::bars;
use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row};

use super::standing::{MyFilm, Todo};

/// How wide the progress bar gets, and from where on it is drawn at all.
const BAR: u16 = 32;
const LEAST_BAR: u16 = 14;

/// How far a juror is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Far {
    /// Films that are left to do, by round.
    left: [usize; 2],
    /// Films that are done, or with which nothing can be done any more.
    done: usize,
    /// Those of them without a vote of this juror.
    unvoted: usize,
    /// Films that wait for an answer of staff, and those that are not open to votes yet.
    waiting: usize,
    early: usize,
    /// What is left to watch, in the festival's unit, and films whose length is not known.
    length: i64,
    unknown: usize,
}

impl Far {
    fn of(rows: &Rows<MyFilm>) -> Self {
        let mut far = Self::default();
        for row in rows.iter() {
            match row.todo() {
                Todo::Done => {
                    far.done += 1;
                    far.unvoted += usize::from(row.vote.is_none());
                }
                Todo::Waits => far.waiting += 1,
                Todo::Early => far.early += 1,
                todo @ (Todo::Vote | Todo::Reconsider) => {
                    far.left[usize::from(todo == Todo::Reconsider)] += 1;
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

    /// What is said where nothing is left to do, and whether that is the end of it.
    fn end(&self, rows: &Rows<MyFilm>) -> (&'static str, usize, bool) {
        let first = rows.iter().any(|row| row.film.status == FilmStatus::Assigned);
        match () {
            () if self.waiting > 0 => ("mine-finished-waiting", self.waiting, false),
            () if self.early > 0 && self.done == 0 => ("mine-nothing-yet", self.early, false),
            () if self.early > 0 => ("mine-finished-early", self.early, false),
            () if first && self.unvoted == 0 => ("mine-finished", self.done, true),
            () => ("mine-finished-all", self.done, true),
        }
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
        _ if hours == 0 => "mine-left-whole-days",
        _ => "mine-left-days",
    };
    session.tr_with(id, &args)
}

/// A moment by the festival's clock, and by the juror's own where that is another one.
pub(super) fn by_both_clocks(at: DateTime<Utc>, session: &Session) -> String {
    let moment = session.moment(at);
    if !session.elsewhere() {
        return moment;
    }
    let own = session.own_moment(at);
    format!("{moment} {}", session.tr_with("mine-deadline-own", &[("moment", (&own).into())]))
}

/// What a round's deadline says, the longest first.
fn deadline(round: VoteRound, at: DateTime<Utc>, session: &Session) -> (Style, Vec<String>) {
    let theme = &session.theme;
    let name = session.tr(match round {
        VoteRound::First => "mine-round-1",
        VoteRound::Second => "mine-round-2",
    });
    let until = at - session.now;
    let moments =
        [(session.moment(at), session.own_moment(at)), (session.short_moment(at), session.own_short_moment(at))];
    if until <= TimeDelta::zero() {
        let past = |id: &str, moment: &str, own: &str| {
            let args = [("round", (&name).into()), ("moment", moment.into()), ("own", own.into())];
            format!("{} {}", theme.signs.warning, session.tr_with(id, &args))
        };
        let mut texts: Vec<String> = Vec::new();
        for (moment, own) in &moments {
            let args = [("moment", moment.into()), ("own", own.into())];
            let both = if session.elsewhere() { session.tr_with("mine-deadline-both", &args) } else { moment.clone() };
            texts.push(past("mine-deadline-past", &both, own));
        }
        if session.elsewhere() {
            texts.push(past("mine-deadline-past-own", "", &moments[1].1));
        }
        return (theme.warning, texts);
    }
    let left = left(until, session);
    let says = |(moment, own): &(String, String)| {
        let args = [("round", (&name).into()), ("left", (&left).into()), ("moment", moment.into())];
        let text = session.tr_with("mine-deadline", &args);
        match session.elsewhere() {
            true => format!("{text} {}", session.tr_with("mine-deadline-own", &[("moment", own.into())])),
            false => text,
        }
    };
    let style = if until <= TimeDelta::days(1) { theme.warning } else { theme.text };
    (style, moments.iter().map(says).collect())
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

/// The sentences above the list, each with how it looks, the longest wording first.
fn lines(rows: &Rows<MyFilm>, drafts: usize, deadlines: &Deadlines, session: &Session) -> Vec<(Style, Vec<String>)> {
    let theme = &session.theme;
    let far = Far::of(rows);
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
        let (id, count, end) = far.end(rows);
        let (style, sign) = if end { (theme.ok, theme.signs.check) } else { (theme.dim, theme.signs.dot) };
        lines.push((style, vec![format!("{sign} {}", session.tr_with(id, &[("count", count.into())]))]));
    }
    if drafts > 0 {
        let key = key_of(session, &[Context::Film], Action::HandIn);
        let text = session.tr_with("mine-drafts", &[("count", drafts.into()), ("key", (&key).into())]);
        lines.push((theme.warning, vec![format!("{} {text}", theme.signs.draft)]));
    }
    lines
}

/// Draws why something did not come, and how to ask again; tells how many rows it took.
pub(super) fn draw_failure(failure: Option<&Failure>, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let Some(failure) = failure else { return 0 };
    let session = canvas.session;
    let theme = &session.theme;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let key = key_of(session, &[], Action::Refresh);
    let hint = session.tr_with("list-failed-hint", &[("key", (&key).into())]);
    let mut sheet = Sheet::new(inner.width);
    let sign = (theme.warning, theme.signs.warning.to_owned());
    sheet.signed(0, Some(sign), theme.warning, &sentence::failure(&session.lang, failure));
    sheet.text(0, theme.dim, &hint);
    let rows = u16::try_from(sheet.len()).unwrap_or(u16::MAX).min(inner.height);
    sheet.draw(Rect { height: rows, ..inner }, 0, canvas);
    rows
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
    let mut watch = to_watch(&Far::of(rows), session);
    // Rows of films are worth more than sentences on a small terminal.
    let most = area.height / 6;
    let mut taken = 0;
    for (y, (style, texts)) in (0..most.max(1)).zip(&lines) {
        let line = row(inner, y);
        let fits = |room: u16| texts.iter().find(|text| width16(text) <= room);
        let beside = watch.as_ref().and_then(|watch| fits(line.width.saturating_sub(width16(watch) + 3)));
        // What the sentence says is worth more than the minutes to watch, which go to the next line then.
        let Some(text) = beside.or_else(|| fits(line.width)).or(texts.last()) else { continue };
        Pen::new(line, canvas.buf, theme.signs.ellipsis).put(text, *style);
        if beside.is_some()
            && let Some(watch) = watch.take()
        {
            Pen::new(line, canvas.buf, "").put_right(&watch, theme.dim);
        }
        taken = y + 1;
    }
    if let Some(watch) = watch.filter(|_| taken == 0 || taken < most) {
        let line = row(inner, taken);
        Pen::new(line, canvas.buf, theme.signs.ellipsis).put(&watch, theme.dim);
        taken += 1;
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
            (86_400, "1 day"),
            (86_399, "1 day"),
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
