//! How a ballot looks: the film, what stands already, the note, the comment and who will read it; and the last look.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::api::vote::VoteRow;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::session::Session;
use crate::domain::film::FilmStatus;
use crate::domain::round::{Cast, Rules};
use crate::domain::rule::Rule;
use crate::domain::text::{filled, inert_lines};
use crate::domain::vote::Note;
use crate::screens::Canvas;
use crate::screens::films::cells::title_of;
use crate::screens::mine::drafts::Kept;
use crate::screens::mine::handing::WIDE;
use crate::screens::mine::standing::MyFilm;
use crate::screens::sheet::Sheet;
use crate::screens::words::{key_of, meaning, note, status};
use crate::widgets::glyph::width16;
use crate::widgets::pen::{Pen, row};
use crate::widgets::wrap::{truncate, wrapped};

use super::versions;
use super::{Ballot, Step};

/// How wide a ballot gets.
const WIDEST: u16 = 110;
/// From this width on the first vote stands beside the second one.
const BESIDE: u16 = 100;
/// How much of a title a line of news shows.
const TITLE_CELLS: usize = 28;
/// Most lines of a comment in the last look.
const LOOK_LINES: usize = 5;
/// Most lines of the first vote's comment above the second one's.
const BEFORE_LINES: usize = 3;
/// Rows that the comment keeps, however small the terminal is.
const TEXT_ROWS: u16 = 2;

/// A film's title, short enough for a line of news.
pub(crate) fn short_title(film: &MyFilm, session: &Session) -> String {
    truncate(&title_of(&film.film, session), TITLE_CELLS, session.theme.signs.ellipsis).into_owned()
}

/// A vote of one's own: the note, when it was cast, and the first lines of its comment.
pub(crate) fn own_vote(vote: &VoteRow, lines: usize, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let (style, said) = note(session, vote.note);
    let mut spans = vec![(style, said)];
    if let Some(at) = vote.updated.or(vote.created) {
        spans.push((theme.dim, format!("  {}", session.moment(at))));
    }
    sheet.styled(0, (theme.dim, format!("{}  ", session.tr("ballot-first"))), spans);
    match filled(vote.comments.as_deref()) {
        Some(comment) => quote(comment, lines, sheet, session),
        None => sheet.text(2, theme.faint, &session.tr("votes-no-comment")),
    }
}

/// The first lines of a comment.
fn quote(comment: &str, lines: usize, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let text = inert_lines(comment);
    let room = sheet.room(2);
    let mut all = wrapped(&text, room);
    for line in all.by_ref().take(lines) {
        sheet.line(2, vec![(theme.text, line.to_owned())]);
    }
    if all.next().is_some() {
        sheet.line(2, vec![(theme.dim, theme.signs.ellipsis.to_owned())]);
    }
}

/// Draws the ballot, and the last look over it.
pub(super) fn draw(ballot: &Ballot, area: Rect, canvas: &mut Canvas<'_>) {
    page(ballot, area, canvas);
    match (ballot.step, ballot.elsewhere()) {
        (Step::Look, _) => {
            canvas.cursor = None;
            look(ballot, area, canvas);
        }
        (Step::Versions, Some(theirs)) => {
            canvas.cursor = None;
            versions::draw(ballot, &theirs, area, canvas);
        }
        _ => {}
    }
}

fn page(ballot: &Ballot, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let now = ballot.now();
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(WIDEST), ..area };
    let (style, word) = status(session, now.film.status);
    let round = format!("{word} ({})", session.tr(meaning(now.film.status)));
    let line = row(inner, 0);
    Pen::new(line, canvas.buf, theme.signs.ellipsis).put(&title_of(&now.film, session), theme.title);
    Pen::new(row(inner, 1), canvas.buf, theme.signs.ellipsis).put(&round, style);
    let body = Rect { y: inner.y + 3, height: inner.height.saturating_sub(3), ..inner };
    let body = if inner.height < 16 { Rect { y: inner.y + 2, height: inner.height - 2, ..inner } } else { body };
    match now.vote.as_deref() {
        Some(vote) if area.width >= BESIDE => {
            let half = body.width * 2 / 5;
            let left = Rect { width: half, ..body };
            let mut sheet = Sheet::new(half);
            own_vote(vote, usize::from(body.height.saturating_sub(2)), &mut sheet, session);
            sheet.draw(left, 0, canvas);
            for y in 0..body.height {
                let bar = Rect { x: left.right() + 1, width: 1, ..row(body, y) };
                Pen::new(bar, canvas.buf, "").put(theme.signs.track, theme.border);
            }
            let x = left.right() + 3;
            let right = Rect { x, width: body.right().saturating_sub(x), ..body };
            form(ballot, &now, Sheet::new(right.width), right, canvas);
        }
        vote => {
            let mut above = Sheet::new(body.width);
            if let Some(vote) = vote {
                own_vote(vote, 2, &mut above, session);
                above.gap();
            }
            form(ballot, &now, above, body, canvas);
        }
    }
}

/// Everything that is filled in, below what stands above it.
fn form(ballot: &Ballot, now: &MyFilm, above: Sheet, body: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let mut news = Sheet::new(body.width);
    say(ballot, now, &mut news, session);
    let mut below = Sheet::new(body.width);
    readers(&session.festival.voting, now, &mut below, session);
    let rows = |sheet: &Sheet| u16::try_from(sheet.len()).unwrap_or(u16::MAX);
    // The comment keeps its rows: what stands above gives way first, then who reads it.
    let fixed = 3 + TEXT_ROWS;
    let room = body.height.saturating_sub(fixed);
    let news_rows = rows(&news).min(room);
    let above_rows = rows(&above).min(room - news_rows);
    let spare = room - news_rows - above_rows;
    // Half of who reads it would say something else.
    let below_rows = if spare < rows(&below) { 0 } else { (rows(&below) + 1).min(spare) };
    let part = |y: u16, height: u16| Rect { y: body.y + y, height, ..body };
    news.draw(part(0, news_rows), 0, canvas);
    above.draw(part(news_rows, above_rows), 0, canvas);
    let top = news_rows + above_rows;
    notes(ballot, row(part(top, 1), 0), canvas);
    comment_label(ballot, row(part(top + 2, 1), 0), canvas);
    let text_rows = body.height.saturating_sub(top + 3 + below_rows);
    text(ballot, part(top + 3, text_rows), canvas);
    let foot = part(top + 3 + text_rows, below_rows);
    if ballot.handing.busy() && ballot.step == Step::Write {
        ballot.handing.draw_busy(row(foot, 0), canvas);
    } else {
        let skip = below_rows.saturating_sub(rows(&below));
        below.draw(Rect { y: foot.y + skip, height: below_rows - skip, ..foot }, 0, canvas);
    }
}

/// What has to be said first: what went wrong, what has changed, what this vote is.
fn say(ballot: &Ballot, now: &MyFilm, sheet: &mut Sheet, session: &Session) {
    let theme = &session.theme;
    let rules = &session.festival.voting;
    let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
    let written = !ballot.comment.is_empty();
    let judged = now.cast(rules);
    if let Some(problem) = ballot.problem.as_ref().filter(|_| ballot.step == Step::Write) {
        sheet.signed(0, warning(), theme.warning, problem);
    }
    if ballot.lost() {
        if ballot.problem.is_none() {
            sheet.signed(0, warning(), theme.warning, &session.lang.refusal(&Rule::NotAssigned.into()));
        }
        if written {
            let key = key_of(session, &[Context::Ballot], Action::CopyText);
            sheet.text(2, theme.text, &session.tr_with("ballot-lost", &[("key", (&key).into())]));
        }
        return sheet.gap();
    }
    if ballot.problem.is_none() && ballot.film.film.status != now.film.status {
        let name = |status: FilmStatus| session.tr(status.message());
        let (loaded, now) = (name(ballot.film.film.status), name(now.film.status));
        let args = [("loaded", (&loaded).into()), ("now", (&now).into())];
        let text = format!("{} {}", session.tr_with("handing-status", &args), session.tr("handing-kept"));
        sheet.signed(0, warning(), theme.warning, &text);
    }
    match &judged {
        Ok(Cast::Second(_)) => {
            let sentence = session.tr("ballot-only-change");
            sheet.signed(0, warning(), theme.warning, &sentence);
            let keys = [
                ("tab", key_of(session, &[Context::Ballot], Action::NextField)),
                ("key", key_of(session, &[Context::Ballot], Action::LetStand)),
            ];
            let args = keys.each_ref().map(|(name, key)| (*name, key.into()));
            sheet.text(2, theme.dim, &session.tr_with("ballot-or-stands", &args));
        }
        Ok(Cast::First) => {}
        Err(refusal) => {
            let sentence = session.lang.refusal(refusal);
            if !ballot.problem.as_ref().is_some_and(|problem| problem.starts_with(&sentence)) {
                sheet.signed(0, warning(), theme.warning, &sentence);
            }
            if written {
                let keys = [
                    ("tab", key_of(session, &[Context::Ballot], Action::NextField)),
                    ("key", key_of(session, &[Context::Ballot], Action::CopyText)),
                ];
                let args = keys.each_ref().map(|(name, key)| (*name, key.into()));
                sheet.text(2, theme.dim, &session.tr_with("ballot-keeps", &args));
            }
        }
    }
    if ballot.elsewhere().is_some() {
        let key = key_of(session, &[Context::Ballot], Action::Review);
        sheet.signed(0, warning(), theme.warning, &session.tr_with("ballot-elsewhere", &[("key", (&key).into())]));
    }
    if let Some(before) = ballot.drafted {
        let said = note(session, Some(before)).1;
        let sign = Some((theme.info, theme.signs.draft.to_owned()));
        sheet.signed(0, sign, theme.dim, &session.tr_with("ballot-draft-said", &[("note", (&said).into())]));
    }
    sheet.gap();
}

/// The note as a choice of three.
fn notes(ballot: &Ballot, line: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let mut places = ballot.places.borrow_mut();
    places.clear();
    let label = if ballot.on_note { theme.title.patch(theme.accent) } else { theme.text };
    let mut pen = Pen::new(line, canvas.buf, theme.signs.ellipsis);
    pen.put(&session.tr("ballot-note"), label).put("  ", theme.text);
    for choice in Note::ALL {
        let on = Some(choice) == ballot.note;
        let (style, said) = note(session, Some(choice));
        let style = match (on, ballot.on_note) {
            (true, true) => style.patch(theme.focus),
            (true, false) => style.add_modifier(Modifier::BOLD),
            (false, _) => theme.dim,
        };
        let x = pen.x();
        pen.put(&format!(" {} {said} ", theme.signs.radio[usize::from(!on)]), style);
        places.push((Rect { x, width: pen.x() - x, ..line }, choice));
        pen.put(" ", theme.text);
    }
}

/// The label of the comment, and how much more it may hold once that matters.
fn comment_label(ballot: &Ballot, line: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let rules = &session.festival.voting;
    let id = if rules.require_comment { "ballot-comment" } else { "ballot-comment-free" };
    let style = if ballot.on_note { theme.text } else { theme.title.patch(theme.accent) };
    let (count, max) = (ballot.comment.count(), rules.comment_max);
    let (kept, kept_tone) = saved(ballot, session);
    let (text, tone) = match max.checked_sub(count) {
        None => (session.tr_with("ballot-too-long", &[("count", (count - max).into())]), theme.danger),
        Some(left) if left * 10 <= max => (session.tr_with("ballot-left", &[("count", left.into())]), theme.warning),
        Some(_) => (kept, kept_tone),
    };
    let room = line.width.saturating_sub(width16(&text) + 1);
    Pen::new(Rect { width: room, ..line }, canvas.buf, theme.signs.ellipsis).put(&session.tr(id), style);
    Pen::new(line, canvas.buf, "").put_right(&text, tone);
}

/// How safe what is written is.
fn saved(ballot: &Ballot, session: &Session) -> (String, Style) {
    let theme = &session.theme;
    match ballot.desk.kept(ballot.film.id()) {
        None => (String::new(), theme.dim),
        Some(Kept::Saved) => (format!("{} {}", theme.signs.check, session.tr("ballot-saved")), theme.dim),
        Some(Kept::Saving) => (session.tr("ballot-saving"), theme.dim),
        Some(Kept::NotSaved(why)) => {
            let why = why.map_or_else(|| session.tr("ballot-not-saved"), |why| refused_saving(&why, session));
            (format!("{} {why}", theme.signs.warning), theme.warning)
        }
        Some(Kept::Elsewhere(_)) => {
            (format!("{} {}", theme.signs.warning, session.tr("ballot-two-versions")), theme.warning)
        }
    }
}

/// Why a draft is not saved, in the refusal's own words.
fn refused_saving(why: &str, session: &Session) -> String {
    session.tr_with("ballot-not-saved-why", &[("why", why.into())])
}

fn text(ballot: &Ballot, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = &canvas.session.theme;
    let writes = ballot.writes();
    for y in 0..area.height {
        let (sign, style) = if writes { (theme.signs.cursor, theme.accent) } else { (theme.signs.track, theme.faint) };
        Pen::new(Rect { width: 1, ..row(area, y) }, canvas.buf, "").put(sign, style);
    }
    let field = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
    ballot.text_place.replace(field);
    if let Some(cursor) = ballot.comment.draw(field, canvas.buf, theme, writes) {
        canvas.cursor = Some(cursor);
    }
}

/// Who will read the comment.
fn readers(rules: &Rules, now: &MyFilm, sheet: &mut Sheet, session: &Session) {
    let panel = match now.film.status {
        FilmStatus::ToDiscuss => "ballot-readers-second",
        _ => "ballot-readers-first",
    };
    let staff = if rules.staff_see_always { "ballot-readers-staff" } else { "ballot-readers-staff-later" };
    let text = format!("{} {}", session.tr(staff), session.tr(panel));
    sheet.text(0, session.theme.dim, &text);
}

/// The last look: what is handed in, and what that means.
fn look(ballot: &Ballot, area: Rect, canvas: &mut Canvas<'_>) {
    let session = canvas.session;
    let theme = &session.theme;
    let second = ballot.film.vote.as_ref();
    let wide = if second.is_some() && area.width >= BESIDE { WIDEST.min(area.width) } else { WIDE };
    let inside = wide.min(area.width).saturating_sub(4);
    let mut sheet = Sheet::new(inside);
    let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
    if let Some(problem) = &ballot.problem {
        sheet.signed(0, warning(), theme.warning, problem);
        sheet.gap();
    }
    sheet.text(0, theme.title, &title_of(&ballot.film.film, session));
    let (style, said) = note(session, ballot.note);
    let now = |width| {
        let mut now = Sheet::new(width);
        let label = if second.is_some() { "ballot-now" } else { "ballot-note" };
        now.styled(0, (theme.dim, format!("{}  ", session.tr(label))), vec![(style, said.clone())]);
        match ballot.comment.text() {
            text if text.trim().is_empty() => now.text(2, theme.faint, &session.tr("votes-no-comment")),
            text => quote(text.trim(), LOOK_LINES, &mut now, session),
        }
        now
    };
    match second {
        Some(vote) if wide > WIDE => {
            let half = inside / 2;
            let mut before = Sheet::new(half.saturating_sub(2));
            own_vote(vote, LOOK_LINES, &mut before, session);
            sheet.gap();
            sheet.beside(before, now(half.saturating_sub(2)), half);
        }
        Some(vote) => {
            own_vote(vote, BEFORE_LINES, &mut sheet, session);
            sheet.append(now(inside));
        }
        None => sheet.append(now(inside)),
    }
    sheet.gap();
    match second {
        Some(vote) => {
            sheet.signed(0, warning(), theme.warning, &session.tr("ballot-means-second"));
            if vote.note.is_some() && vote.note == ballot.note {
                sheet.text(2, theme.text, &session.tr("ballot-means-same"));
            }
        }
        None if ballot.film.film.status == FilmStatus::Assigned => {
            sheet.text(0, theme.text, &session.tr("ballot-means-first"));
        }
        None => sheet.text(0, theme.text, &session.tr("ballot-means-late-first")),
    }
    readers(&session.festival.voting, &ballot.film, &mut sheet, session);
    sheet.gap();
    ballot.handing.draw_in(wide, &session.tr("ballot-look-title"), &sheet, &ballot.look, area, canvas);
}
