//! What a juror needs to judge a film, and what they did with films.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use sqlx::MySqlConnection;
use url::Url;

use super::ask::Ask;
use super::settings;
use crate::api::juror::{Deed, FilmToJudge, HistoryLine};
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::may_judge;
use crate::domain::picture::media_address;
use crate::domain::vote::Note;
use crate::domain::watching::{Watching, watching};
use crate::domain::{FilmId, UserId, VoteId, setting};
use crate::store::judging::Remembered;
use crate::store::ledger::Line;
use crate::store::votes::{Earlier, Filter, FullBallot};
use crate::store::{Shape, StoreError, categories, collaborators, judging, ledger, people, tx, votes};

/// Lines of a history.
const LINES: u32 = 1_000;

/// A film of one's own panel, without anything of what anybody thinks of it.
pub(super) async fn my_film(ask: &Ask<'_>, id: FilmId) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let film = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let desk = judging::desk(&mut *conn, shape, id, me).await?;
            let desk = desk.filter(|desk| may_judge(desk.on_panel, desk.recusal).is_ok());
            // To whom it is not assigned, it is not there.
            let gone = || Failure::NotFound { what: "thing-film", id: id.0 };
            let status = desk.and_then(|desk| desk.film).ok_or_else(gone)?.status;
            let told = judging::told(&mut *conn, shape, id).await?.ok_or_else(gone)?;
            let mut texts = told.texts;
            let names: Vec<String> =
                categories::of_film(&mut *conn, shape, id).await?.into_iter().map(|category| category.name).collect();
            if !names.is_empty() {
                texts.push(("categories".to_owned(), names.join(", ")));
            }
            let team = collaborators::credits(&mut *conn, shape, id).await?;
            let producer = people::names(&mut *conn, shape, Some(&[told.producer])).await?.remove(&told.producer);
            let media = settings::rows(conn).await?.into_iter().find(|row| row.name == setting::MEDIA_URL);
            let media = media.and_then(|row| media_address(&row.value));
            Ok(FilmToJudge {
                film: id,
                status,
                texts,
                producer: producer.map(|name| name.full()).unwrap_or_default(),
                team,
                duration: told.duration,
                watch: watch(&told.link, &told.trailer, media.as_ref()),
            })
        })
    });
    Ok(Reply::FilmToJudge(Box::new(film.await?)).into())
}

/// Where a film can be watched: at its own address, else where the web site serves its file. What is no sound address is
/// told as it is stored.
fn watch(link: &str, trailer: &str, media: Option<&Url>) -> Option<String> {
    match watching(link, trailer, media) {
        Watching::At(address) => Some(address.into()),
        Watching::Unsound(text) => Some(text),
        Watching::Nothing => None,
    }
}

/// What a juror does with films and the ledger tells of.
const DEEDS: [&str; 4] = ["cast_vote", "let_stand", "promote", "recuse"];

/// Where a line comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// A ballot that is there, with its film.
    Votes,
    /// The ledger, which outlives films.
    Ledger,
}

/// What is known of the films in a juror's history.
struct Films {
    there: HashMap<FilmId, Remembered>,
    /// Those that they judge no more.
    barred: HashSet<FilmId>,
}

/// One's own acts on films, wherever they were done, the newest first.
pub(super) async fn my_history(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let me = ask.me()?.id;
    let lines = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let filter = Filter { film: None, juror: Some(me) };
            let ballots = votes::list(&mut *conn, shape, filter).await?;
            let mut histories = votes::histories(&mut *conn, shape, filter).await?;
            let there: HashSet<VoteId> = ballots.iter().map(|full| full.ballot.id).collect();
            let mut lines = Vec::new();
            for full in ballots {
                let earlier = histories.remove(&full.ballot.id).unwrap_or_default();
                of_ballot(full, earlier, &mut lines);
            }
            // An id may have been somebody else's before.
            let since = people::find(&mut *conn, shape, me).await?.and_then(|account| account.created);
            let told = ledger::by_actor(&mut *conn, me, &DEEDS, LINES).await?;
            let own = told.into_iter().filter(|line| since.is_none_or(|since| line.at >= since));
            let own = own.filter_map(|line| of_ledger(&line, me, &there)).map(|line| (line, From::Ledger));
            let mut lines: Vec<_> = own.chain(lines.into_iter().map(|line| (line, From::Votes))).collect();
            // The newest first; of one moment what came last.
            lines.sort_by_key(|(line, _)| std::cmp::Reverse(line.at));
            lines.truncate(LINES as usize);
            let films = known(conn, shape, me, &lines).await?;
            Ok(lines.into_iter().map(|(line, from)| films.shown(line, from)).collect())
        })
    });
    Ok(Reply::MyHistory(lines.await?).into())
}

/// A ballot and what it said before: the first vote, and each change.
fn of_ballot(full: FullBallot, earlier: Vec<Earlier>, lines: &mut Vec<HistoryLine>) {
    let FullBallot { film, ballot, comments, created, updated } = full;
    let line = |at, deed, note, comments| HistoryLine { at, film, title: String::new(), deed, note, comments };
    let mut said: Vec<(Option<Note>, Option<String>)> = Vec::new();
    let mut moments = vec![created];
    for Earlier { note, comments, at } in earlier {
        said.push((note, comments));
        moments.push(at.or(updated));
    }
    // Changed without a trace: what it said first is not known.
    if said.is_empty() && ballot.modification_count > 0 {
        said.push((None, None));
        moments.push(updated);
    }
    said.push((ballot.note, comments));
    let deeds = std::iter::once(Deed::Voted).chain(std::iter::repeat(Deed::Changed));
    let all = moments.into_iter().zip(deeds).zip(said);
    let all: Vec<HistoryLine> = all.map(|((at, deed), (note, comments))| line(at, deed, note, comments)).collect();
    lines.extend(all.into_iter().rev());
}

/// What the ledger tells of: of ballots only those that are not there any more.
fn of_ledger(line: &Line, me: UserId, there: &HashSet<VoteId>) -> Option<HistoryLine> {
    let after = line.entry.after.as_ref()?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let note = |value: Option<&Value>| value.and_then(|value| serde_json::from_value::<Note>(value.clone()).ok());
    let (deed, note, comments) = match line.entry.action.as_str() {
        "cast_vote" => {
            let vote = after.get("vote")?;
            let id: VoteId = serde_json::from_value(vote.get("id_vote")?.clone()).ok()?;
            if there.contains(&id) {
                return None;
            }
            let first = vote.get("modification_count").and_then(Value::as_i64).unwrap_or(0) == 0;
            let deed = if first { Deed::Voted } else { Deed::Changed };
            (deed, note(vote.get("note")), text(vote.get("comments")))
        }
        "let_stand" => {
            let stands = after.get("jurors").and_then(|jurors| jurors.get(me.to_string())?.get("stands"));
            (Deed::LetStand, note(stands.and_then(|stands| stands.get("note"))), None)
        }
        "promote" => (Deed::Promoted, None, text(after.get("jury_comment"))),
        "recuse" => (Deed::Recused, None, None),
        _ => return None,
    };
    let film = FilmId(line.entry.subject?);
    Some(HistoryLine { at: Some(line.at), film, title: String::new(), deed, note, comments })
}

async fn known(
    conn: &mut MySqlConnection,
    shape: &Shape,
    me: UserId,
    lines: &[(HistoryLine, From)],
) -> Result<Films, StoreError> {
    let ids: Vec<i32> = lines.iter().map(|(line, _)| line.film.0).collect::<HashSet<_>>().into_iter().collect();
    let there = judging::remembered(&mut *conn, shape, &ids).await?;
    let barred = judging::recusals(conn, shape, me).await?;
    Ok(Films {
        there: there.into_iter().map(|film| (film.film, film)).collect(),
        barred: barred.into_iter().filter(|(_, recusal)| recusal.bars()).map(|(film, _)| film).collect(),
    })
}

impl Films {
    /// A line with what may be shown of its film: of one that is not theirs to judge any more only that something was done.
    fn shown(&self, line: HistoryLine, from: From) -> HistoryLine {
        if self.barred.contains(&line.film) {
            return HistoryLine { note: None, comments: None, ..line };
        }
        // Ids come again: what was done before a film came in was done with another one.
        let same = |film: &&Remembered| match (from, film.created, line.at) {
            (From::Ledger, Some(created), Some(at)) => created <= at,
            _ => true,
        };
        let title = self.there.get(&line.film).filter(same).map(|film| film.title.clone()).unwrap_or_default();
        HistoryLine { title, ..line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_film_is_watched() {
        let media = media_address("https://site.example/media");
        for (link, trailer, expected) in [
            ("https://youtu.be/abc?t=3", "film.mp4", Some("https://youtu.be/abc?t=3")),
            (" http://example.org/a ", "", Some("http://example.org/a")),
            ("", "film.mp4", Some("https://site.example/media/film.mp4")),
            ("", "/uploads/été 1.mp4", Some("https://site.example/media/uploads/%C3%A9t%C3%A9%201.mp4")),
            ("", "https://files.example/film.mp4", Some("https://files.example/film.mp4")),
            ("javascript:alert(1)", "film.mp4", Some("https://site.example/media/film.mp4")),
            ("youtu.be/abc", "../../etc/passwd", Some("https://youtu.be/abc")),
            // No address, but shown as the text that it is.
            ("https://user:word@example.org/a", "file:///etc/passwd", Some("https://user:word@example.org/a")),
            ("https://example.org/\u{1b}[2J", "a\u{0}b", Some("https://example.org/\u{1b}[2J")),
            ("", "", None),
        ] {
            assert_eq!(watch(link, trailer, media.as_ref()).as_deref(), expected, "{link:?} {trailer:?}");
        }
        assert_eq!(watch("", "film.mp4", None), None);
    }
}
