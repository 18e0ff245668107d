//! What a juror needs to judge a film, and what they did with films.

use marsai::api::juror::{Deed, FilmToJudge, HistoryLine};
use marsai::api::{Failure, Reply, Request};
use marsai::domain::film::FilmStatus;
use marsai::domain::jury::Why;
use marsai::domain::vote::Note;
use marsai::domain::{FilmId, UserId, VoteId};

use super::ballots::{cast, promote, setting, stand};
use super::desk::{ANN, Desk, JURORS, PRODUCER, undo};
use super::support;

const CLEO: UserId = JURORS[0];
const DAN: UserId = JURORS[1];
const EVE: UserId = JURORS[2];

async fn try_film(desk: &Desk, who: UserId, film: i32) -> Result<FilmToJudge, Failure> {
    match desk.ask(who, Request::MyFilm { film: FilmId(film) }).await?.reply {
        Reply::FilmToJudge(film) => Ok(*film),
        other => panic!("{other:?}"),
    }
}

async fn film(desk: &Desk, who: UserId, id: i32) -> FilmToJudge {
    try_film(desk, who, id).await.unwrap()
}

fn recuse(film: i32, why: Why) -> Request {
    Request::Recuse { film: FilmId(film), why }
}

#[tokio::test]
async fn a_film_tells_of_itself_and_of_nothing_that_anybody_thinks() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.run("UPDATE movies SET admin_comment = 'weak, says staff', jury_comment = 'loved by all', synopsis = 'Une lune.', \
            production = ' ', workshop = NULL, release_year = 2026, youtube_status = 'private' WHERE id_movie = 2").await;
        desk.run("INSERT INTO awards (id_movie, award_name, createdAt, updatedAt) VALUES (2, 'Grand Prix', '2026-03-01', '2026-03-01')").await;
        let two = film(&desk, DAN, 2).await;
        let texts = [
            ("title", "Two Moons"),
            ("synopsis", "Une lune."),
            ("nationality", "Ghana"),
            ("main_language", "English"),
            ("release_year", "2026"),
            ("categories", "Fiction"),
        ];
        let expected = FilmToJudge {
            film: FilmId(2),
            status: FilmStatus::Assigned,
            texts: texts.map(|(column, text)| (column.to_owned(), text.to_owned())).to_vec(),
            producer: "Gil Test".into(),
            team: vec![("Ida Noor".into(), "Sound".into())],
            duration: None,
            watch: None,
        };
        assert_eq!(two, expected);
        let line = serde_json::to_string(&two).unwrap();
        assert!(["weak", "loved", "Grand", "private", "@", "clear and brave"].iter().all(|word| !line.contains(word)));
    }
}

#[tokio::test]
async fn where_to_watch_it() {
    let desk = Desk::open().await;
    let put = async |link: &str, trailer: &str| {
        desk.run(&format!("UPDATE movies SET youtube_link = '{link}', trailer = '{trailer}' WHERE id_movie = 2")).await;
        film(&desk, DAN, 2).await.watch
    };
    assert_eq!(put("", "/uploads/moon 1.mp4").await, None);
    assert_eq!(put(" https://youtu.be/x?t=1 ", "moon.mp4").await.as_deref(), Some("https://youtu.be/x?t=1"));
    desk.ask(ANN, setting("site.media_url", "https://site.example/media")).await.unwrap();
    let address = Some("https://site.example/media/uploads/moon%201.mp4");
    assert_eq!(put("", "/uploads/moon 1.mp4").await.as_deref(), address);
    assert_eq!(put("not an address", "/uploads/moon 1.mp4").await.as_deref(), address);
    // A text that is no address is handed on as a text; whoever shows it looks again.
    assert_eq!(put("javascript:alert(1)", "../secret").await.as_deref(), Some("javascript:alert(1)"));
}

#[tokio::test]
async fn a_film_is_shown_to_its_panel_alone() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let gone = |id| Err(Failure::NotFound { what: "thing-film", id });
        assert_eq!(try_film(&desk, EVE, 3).await, gone(3));
        assert_eq!(try_film(&desk, EVE, 1).await, gone(1));
        assert_eq!(try_film(&desk, EVE, 99).await, gone(99));
        for who in [ANN, PRODUCER] {
            assert!(matches!(try_film(&desk, who, 2).await, Err(Failure::Forbidden { .. })));
        }
        // Who waits for an answer still has it; who declared a conflict has not.
        desk.ask(EVE, recuse(2, Why::Language)).await.unwrap();
        assert!(try_film(&desk, EVE, 2).await.is_ok());
        desk.ask(EVE, recuse(2, Why::Conflict)).await.unwrap();
        assert_eq!(try_film(&desk, EVE, 2).await, gone(2));
        desk.run("INSERT IGNORE INTO movies_juries (id_movie, id_user) VALUES (2, 5)").await;
        assert_eq!(try_film(&desk, EVE, 2).await, gone(2));
    }
}

async fn history(desk: &Desk, who: UserId) -> Vec<HistoryLine> {
    match desk.ask(who, Request::MyHistory {}).await.unwrap().reply {
        Reply::MyHistory(lines) => lines,
        other => panic!("{other:?}"),
    }
}

type Told = (i32, Deed, Option<Note>, Option<String>, String);

fn told(lines: &[HistoryLine]) -> Vec<Told> {
    let told = |line: &HistoryLine| (line.film.0, line.deed, line.note, line.comments.clone(), line.title.clone());
    lines.iter().map(told).collect()
}

fn line(film: i32, deed: Deed, note: Option<Note>, comments: Option<&str>, title: &str) -> Told {
    (film, deed, note, comments.map(str::to_owned), title.to_owned())
}

#[tokio::test]
async fn a_history_tells_what_one_did_wherever_one_did_it() {
    use Deed::{Changed, LetStand, Promoted, Recused, Voted};
    use Note::{No, ToDiscuss, Yes};
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        // What the web site wrote.
        let cleo = history(&desk, CLEO).await;
        let site = [
            line(3, Changed, Some(Yes), Some("after talking, yes"), "東京"),
            line(6, Voted, Some(No), Some("not for us"), "Six"),
            line(3, Voted, Some(ToDiscuss), Some("odd"), "東京"),
            line(2, Voted, Some(Yes), Some("clear and brave"), "Two Moons"),
        ];
        assert_eq!(told(&cleo), site);
        let moments: Vec<String> = cleo.iter().map(|line| line.at.unwrap().to_rfc3339()).collect();
        assert!(moments[0].starts_with("2026-02-03T10:00:00") && moments[3].starts_with("2026-02-01T10:00:00"));
        // What is done here, the second vote with what it was before.
        desk.ask(DAN, cast(2, "TO DISCUSS", "hm")).await.unwrap();
        desk.ask(EVE, cast(2, "YES", "yes")).await.unwrap();
        desk.ask(DAN, cast(2, "NO", "no, after all")).await.unwrap();
        desk.ask(DAN, stand(3)).await.unwrap();
        desk.ask(DAN, promote(3, Some("for the jury"))).await.unwrap();
        let mut dan = told(&history(&desk, DAN).await);
        // Within a second the order of what stands in two tables is not known.
        dan.sort_by_key(|(film, deed, note, ..)| (*film, *deed as u8, note.map(Note::index)));
        let expected = [
            line(2, Voted, Some(ToDiscuss), Some("hm"), "Two Moons"),
            line(2, Changed, Some(No), Some("no, after all"), "Two Moons"),
            line(3, Voted, Some(ToDiscuss), Some("let us talk"), "東京"),
            line(3, LetStand, Some(ToDiscuss), None, "東京"),
            line(3, Promoted, None, Some("for the jury"), "東京"),
            line(6, Voted, Some(Yes), Some("once I liked it"), "Six"),
            line(6, Changed, Some(No), Some("nor me"), "Six"),
        ];
        assert_eq!(dan, expected);
        assert_eq!(told(&history(&desk, CLEO).await), site);
        // Of a film that one cannot judge: that something was done.
        desk.ask(CLEO, recuse(2, Why::Conflict)).await.unwrap();
        let after = told(&history(&desk, CLEO).await);
        assert_eq!(after[0].clone(), line(2, Recused, None, None, ""));
        assert_eq!(after[4].clone(), line(2, Voted, None, None, ""));
        for who in [ANN, PRODUCER] {
            assert!(matches!(desk.ask(who, Request::MyHistory {}).await, Err(Failure::Forbidden { .. })));
        }
    }
}

#[tokio::test]
async fn what_staff_struck_was_done_all_the_same() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.ask(DAN, cast(2, "YES", "clear")).await.unwrap();
        let own = async || told(&history(&desk, DAN).await).into_iter().filter(|line| line.0 == 2).collect::<Vec<_>>();
        let cast = own().await;
        assert_eq!(cast, [line(2, Deed::Voted, Some(Note::Yes), Some("clear"), "Two Moons")]);
        let vote = desk.value("SELECT id_vote FROM votes WHERE id_movie = 2 AND id_user = 4").await.parse().unwrap();
        let strike = Request::DeleteVote { vote: VoteId(vote), reason: "x".into(), anyway: false, seen: None };
        let struck = desk.ask(ANN, strike).await.unwrap();
        assert_eq!(own().await, cast);
        desk.ask(ANN, undo(&struck)).await.unwrap();
        assert_eq!(own().await, cast);
        // A film that is gone has no title; nor has what was done with another film of its id.
        let away = Request::DeleteFilm { film: FilmId(2), reason: Some("x".into()) };
        desk.ask(ANN, away).await.unwrap();
        assert_eq!(own().await, [line(2, Deed::Voted, Some(Note::Yes), Some("clear"), "")]);
        desk.run(
            "INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) \
            VALUES (2, 'Another', 'submitted', 7, UTC_TIMESTAMP() + INTERVAL 1 HOUR, UTC_TIMESTAMP())",
        )
        .await;
        assert_eq!(own().await[0].4, "");
        // And what an account of before did is not told to the one of now.
        desk.run("UPDATE users SET createdAt = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE id_user = 4").await;
        assert_eq!(own().await, []);
    }
}

#[tokio::test]
async fn a_history_ends_after_a_thousand_lines() {
    let desk = Desk::open().await;
    desk.run("CREATE TABLE numbers AS WITH RECURSIVE n (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM n WHERE n < 1000) SELECT n FROM n; \
        INSERT INTO movies (id_movie, title, selection_status, id_user, createdAt, updatedAt) \
         SELECT n, n, 'assigned', 7, '2026-01-01', '2026-01-01' FROM numbers; \
        INSERT INTO votes (id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) \
         SELECT 5, n, 'YES', 'x', 1, '2026-02-01', '2026-02-02' FROM numbers; DROP TABLE numbers").await;
    let lines = history(&desk, EVE).await;
    assert_eq!(lines.len(), 1_000);
    // Changed without a trace: when it was is known, what it said before is not.
    assert!(lines[..901].iter().all(|line| line.deed == Deed::Changed && line.note == Some(Note::Yes)));
    assert!(lines[901..].iter().all(|line| line.deed == Deed::Voted && line.note.is_none() && line.comments.is_none()));
}
