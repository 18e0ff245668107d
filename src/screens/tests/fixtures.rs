//! A small festival for tests of screens.

use std::sync::Arc;

use chrono::TimeDelta;
use uuid::Uuid;

use crate::api::draft::DraftRow;
use crate::api::event::{EventRow, ReservationRow};
use crate::api::film::{AwardGiven, FilmDetail, FilmList, FilmRow, Juror, StoryChange, StoryLine};
use crate::api::film_form::{Category, Collaborator, EditPreview, Export, FilmCategory, FilmForm, Producer};
use crate::api::juror::{AllDeadlines, ExtensionRow};
use crate::api::jury::JurorRow;
use crate::api::outside::OutsideRow;
use crate::api::picture::{Found, PictureSeen, PictureTrouble, Pixels};
use crate::api::session::SessionRow;
use crate::api::setting::SettingRow;
use crate::api::sponsor::SponsorRow;
use crate::api::synopses::{Packer, Synopses};
use crate::api::trash::{Hung, Load, TrashRow};
use crate::api::vote::{Cast, Discussion, FilmVotes, ReleaseStep, SeatRow, VoteHistoryRow, VoteRow};
use crate::api::{Reply, Request};
use crate::app::harness::{Harness, noon};
use crate::app::lang::Language;
use crate::domain::consensus::Tally;
use crate::domain::deadline::{Deadlines, VoteRound};
use crate::domain::film::FilmStatus;
use crate::domain::film_field::{COLLABORATOR_FIELDS, FIELDS, FieldLimit, FilmField, Kind};
use crate::domain::jury::{Recusal, Why};
use crate::domain::outside::What;
use crate::domain::picture::Picture;
use crate::domain::rule::Rule;
use crate::domain::setting::{LOCK_AFTER, SETTINGS, Setting};
use crate::domain::sponsor::SponsorFields;
use crate::domain::user::Role;
use crate::domain::visit::{self, Way};
use crate::domain::vote::{Note, SetAside};
use crate::domain::{CategoryId, CollaboratorId, EventId, FilmId, MarkId, ReservationId, SponsorId, UserId, VoteId};

pub(super) use super::own_fixtures::{LONG, history, keys, to_judge};

/// Title, country, language, tool, status, panel, tally, changed.
type Seed = (&'static str, &'static str, &'static str, &'static str, FilmStatus, &'static [i32], (u16, u16, u16), u16);

use FilmStatus::{Assigned, Awarded, Candidate, Finalist, Refused, Submitted, ToDiscuss, Unknown};

const SEEDS: &[Seed] = &[
    ("Le Dernier Été de l’IA", "France", "français", "Runway Gen-4", Submitted, &[], (0, 0, 0), 0),
    ("東京の夜に", "日本", "日本語", "Kling 2.1", Assigned, &[11, 12, 13], (2, 0, 0), 0),
    ("Harbour of Machines 🌊", "Ireland", "English", "Sora", Assigned, &[11, 12, 13], (3, 0, 0), 0),
    ("سلام يا قمر", "Maroc", "العربية", "Veo 3", ToDiscuss, &[11, 12, 14], (1, 1, 1), 2),
    ("Ctrl\u{1b}[31mred\u{202e}dlrow", "Brasil", "português", "Pika", Assigned, &[12], (0, 1, 0), 0),
    ("Ångström", "Sverige", "svenska", "Midjourney + Suno", Candidate, &[11, 12, 13], (3, 0, 0), 1),
    (
        "A very long title that goes on and on, because nobody told its author that posters are narrow",
        "Canada",
        "English",
        "Luma Dream Machine",
        Candidate,
        &[11, 13],
        (1, 1, 0),
        0,
    ),
    ("Ceux qui restent", "France", "français", "Runway Gen-4", Awarded, &[11, 12, 13], (3, 0, 0), 0),
    ("Vieux port", "France", "français", "", Refused, &[11, 12, 13], (0, 3, 0), 0),
    ("Old List", "Italia", "italiano", "Veo 3", Finalist, &[], (0, 0, 0), 0),
    ("", "", "", "", Unknown, &[], (0, 0, 0), 0),
    ("Sans jury", "France", "français", "Sora", Assigned, &[], (0, 0, 0), 0),
];

/// A film of the seeds.
pub(super) fn film(at: usize) -> FilmRow {
    let (title, country, language, tool, status, panel, (yes, no, to_discuss), changed) = SEEDS[at];
    let voted = yes + no + to_discuss;
    let active = panel.iter().filter(|id| **id != 14).count() as u16;
    let producer: Arc<str> = ["Léa Martin", "Tom O’Neill", "Ada Ndiaye"][at % 3].into();
    FilmRow {
        id: FilmId(200 - at as i32),
        status,
        title: title.into(),
        country: country.into(),
        language: language.into(),
        duration: (at != 10).then_some(60 + at as i32 * 3),
        year: (at != 10).then_some(2025),
        ai_tool: tool.into(),
        producer: UserId(50 + at as i32 % 3),
        producer_name: Arc::clone(&producer),
        panel: panel.iter().copied().map(UserId).collect(),
        active,
        voted: voted.min(active),
        changed,
        decided: changed,
        closed: false,
        first_votes_open: false,
        veiled: false,
        recusals: 0,
        ballots: voted + u16::from(at == 2),
        tally: Tally { yes, no, to_discuss },
        awards: u16::from(status == Awarded),
        outside: false,
    }
}

/// Every film of the seeds.
pub(super) fn films() -> FilmList {
    let rows: Vec<FilmRow> = (0..SEEDS.len()).map(film).collect();
    list(rows)
}

/// A whole list of these films.
pub(super) fn list(rows: Vec<FilmRow>) -> FilmList {
    let juror = |id, name: &str, active| Juror { id: UserId(id), name: name.into(), active };
    let jurors = [
        juror(11, "Amina Benali", true),
        juror(12, "Bruno Costa", true),
        juror(13, "Chiara D’Amico", true),
        juror(14, "Dr Évariste Ô", false),
    ];
    FilmList {
        total: rows.len() as u32,
        rows: rows.into_iter().collect(),
        complete: true,
        gone: 0,
        jurors: jurors.into(),
    }
}

/// The list again, with two films that the web site changed and one that it deleted.
pub(super) fn marked(harness: &mut Harness) {
    let mut rows: Vec<FilmRow> = (0..SEEDS.len()).map(film).collect();
    for at in [2, 4] {
        rows[at].outside = true;
    }
    harness.press("r");
    harness.answer("films", Reply::Films(FilmList { gone: 1, ..list(rows) }));
}

/// What the web site changed: of one film, or of all.
pub(super) fn outside(of: Option<i32>) -> Vec<OutsideRow> {
    let row = |mark, film: i32, title: &str, what, before: Option<&str>, after: Option<&str>| OutsideRow {
        mark: MarkId(mark),
        film: FilmId(film),
        title: title.into(),
        what,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        ballots: None,
        found: noon() - TimeDelta::hours(2),
        settled: None,
    };
    let here = film(2);
    let long = "https://www.youtube.com/watch?v=the-second-cut-with-the-new-ending-and-music";
    let all = vec![
        row(1, 198, &here.title, What::Status, Some("candidate"), Some("assigned")),
        row(2, 198, &here.title, What::YoutubeLink, Some("https://www.youtube.com/watch?v=abc123"), Some(long)),
        row(3, 196, &film(4).title, What::Duration, Some("61"), Some("118")),
        row(4, 150, "Gone Girl Machine", What::Gone, Some("to_discuss"), None),
    ];
    all.into_iter().filter(|row| of.is_none_or(|film| row.film.0 == film)).collect()
}

/// Everything about a film.
fn collaborator(id: i32, first: &str, last: &str, job: &str) -> Collaborator {
    Collaborator {
        id: CollaboratorId(id),
        first_name: first.into(),
        last_name: last.into(),
        email: if job.is_empty() { String::new() } else { "ines@example.org".into() },
        job: job.into(),
        films: 1,
    }
}

pub(super) fn detail(at: usize) -> FilmDetail {
    let row = film(at);
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    FilmDetail {
        fields: vec![
            field("title", &row.title),
            field(
                "description",
                "A city under water, told by the lighthouse that nobody visits any more.\nSecond line.",
            ),
            field("youtube_link", "https://www.youtube.com/watch?v=abc123"),
            field("trailer", "javascript:alert(1)"),
            field("youtube_movie_id", "dQw4w9WgXcQ"),
            field("workshop", "Atelier IA, Friche la Belle de Mai"),
            field("admin_comment", "Seen twice; the sound is better than the picture."),
        ],
        categories: [(1, "Fiction"), (2, "One minute")]
            .map(|(id, name)| FilmCategory { id: CategoryId(id), name: name.into() })
            .to_vec(),
        collaborators: vec![collaborator(1, "Inès", "Roy", "Sound"), collaborator(2, "Noé", "Petit", "")],
        awards_given: match row.awards {
            0 => vec![],
            _ => vec![AwardGiven { name: "Grand Prix".into(), at: Some(noon()) }],
        },
        producer_email: "producer@example.org".into(),
        created: Some(noon() - TimeDelta::days(30)),
        updated: None,
        story: vec![
            StoryLine {
                at: noon() - TimeDelta::days(2),
                who: "Camille Roux".into(),
                action: "set_status".into(),
                from: Some(Submitted),
                to: Some(row.status),
                reason: Some("The panel is complete.".into()),
                forced: true,
                origin: "ssh 192.0.2.7".into(),
                private: true,
                changes: Vec::new(),
            },
            StoryLine {
                at: noon() - TimeDelta::days(3),
                who: "console".into(),
                action: "undo".into(),
                from: None,
                to: None,
                reason: None,
                forced: false,
                origin: "console".into(),
                private: false,
                changes: vec![
                    StoryChange {
                        field: "title".into(),
                        before: Some("Harbor\nof machines".into()),
                        after: Some(row.title.to_string()),
                    },
                    StoryChange { field: "synopsis".into(), before: None, after: Some("A city under water…".into()) },
                ],
            },
        ],
        row,
    }
}

/// The ballots of a film: changed, duplicated, unknown.
pub(super) fn votes(film: FilmId) -> Vec<VoteRow> {
    let vote = |id, juror, name: &str, note, comments: Option<&str>, changed| VoteRow {
        vote: VoteId(id),
        film,
        juror: UserId(juror),
        juror_name: name.into(),
        note,
        comments: comments.map(str::to_owned),
        modification_count: changed,
        set_aside: None,
        stands: false,
        hidden: false,
        created: Some(noon() - TimeDelta::days(9)),
        updated: Some(noon() - TimeDelta::days(1)),
        history: Vec::new(),
    };
    let history = VoteHistoryRow { note: None, comments: Some("I was unsure.".into()), at: Some(noon()) };
    vec![
        VoteRow {
            history: vec![history],
            ..vote(1, 11, "Amina Benali", Some(Note::Yes), Some("Bold, and it breathes.\nLet us take it."), 1)
        },
        vote(2, 12, "Bruno Costa", Some(Note::ToDiscuss), None, 0),
        VoteRow {
            set_aside: Some(SetAside::Duplicate),
            ..vote(3, 12, "Bruno Costa", Some(Note::No), Some("twice"), 0)
        },
    ]
}

/// The signed-in juror's own vote on a film.
pub(super) fn my_vote(film: i32, note: Note, comment: &str, changed: i32) -> VoteRow {
    VoteRow {
        vote: VoteId(1000 + film),
        film: FilmId(film),
        juror: UserId(2),
        juror_name: "Jun Sato".into(),
        note: Some(note),
        comments: Some(comment.into()),
        modification_count: changed,
        set_aside: None,
        stands: false,
        hidden: false,
        created: Some(noon() - TimeDelta::days(9)),
        updated: Some(noon() - TimeDelta::days(9)),
        history: Vec::new(),
    }
}

/// The signed-in juror's votes: one in round 1, one that can be changed, one that was.
pub(super) fn my_votes() -> Vec<VoteRow> {
    let before = "The sound is a rough cut.\nI want to hear what the others made of the ending.";
    let history =
        VoteHistoryRow { note: Some(Note::ToDiscuss), comments: Some("Who is the narrator?".into()), at: Some(noon()) };
    vec![
        my_vote(198, Note::Yes, "It knows what it wants.", 0),
        my_vote(197, Note::ToDiscuss, before, 0),
        VoteRow { history: vec![history], ..my_vote(195, Note::Yes, "The others convinced me.", 1) },
    ]
}

/// What the signed-in juror sees of a film that is discussed, and of others.
pub(super) fn discussion(film: FilmId) -> Discussion {
    let own = my_votes().into_iter().filter(|vote| vote.film == film);
    let discussed = film.0 == 197;
    let others = votes(film).into_iter().take(2).map(|vote| VoteRow { history: Vec::new(), ..vote });
    Discussion {
        film,
        status: if discussed { ToDiscuss } else { Assigned },
        votes: own.chain(others.filter(|_| discussed)).collect(),
        holders: if discussed { vec!["Bruno Costa".into(), "Jun Sato".into()] } else { Vec::new() },
        jury_comment: None,
        promotion: true,
    }
}

/// Until when the signed-in juror is asked to vote.
pub(super) fn my_deadlines() -> Deadlines {
    let (first, second) = (noon() + TimeDelta::minutes(3 * 24 * 60 + 245), noon() + TimeDelta::days(20));
    Deadlines { first: Some(first), second: Some(second) }
}

/// A draft of the signed-in juror's as it is kept.
pub(in crate::screens) fn draft(film: i32, title: &str, note: Option<Note>, comments: &str, revision: i64) -> DraftRow {
    let caret = u32::try_from(comments.chars().count()).unwrap();
    DraftRow { film: FilmId(film), title: title.into(), note, comments: comments.into(), caret, revision, at: noon() }
}

/// A vote as it was cast.
pub(super) fn cast(vote: VoteRow, status: FilmStatus, moved: bool) -> Reply {
    Reply::Cast(Box::new(Cast { vote, status, moved }))
}

/// What hangs on a film.
pub(super) fn load(film: FilmId) -> Load {
    let hung = Hung { votes: 4, histories: 2, awards: 1, panel: 3, categories: 2, people: 2 };
    Load { film, title: String::new(), hung, unknown: None }
}

/// Some films in the trash.
pub(super) fn trash() -> Vec<TrashRow> {
    let row = |film, title: &str, hours, reason: Option<&str>, hung| TrashRow {
        film: FilmId(film),
        title: title.into(),
        at: noon() - TimeDelta::hours(hours),
        who: "Camille Roux".into(),
        origin: "terminal camille@laptop".into(),
        reason: reason.map(str::to_owned),
        hung,
        operation: Uuid::from_u128(0x1000 + film as u128),
        sequence: 0,
    };
    let hung = Hung { votes: 3, histories: 1, awards: 0, panel: 3, categories: 1, people: 2 };
    vec![
        row(190, "東京の夜に", 2, Some("Sent twice: the other one is the right one.\nSee the mail of Monday."), hung),
        row(12, "", 30, None, Hung::default()),
        row(190, "Ctrl\u{1b}[31mred", 300, Some("spam"), Hung { votes: 1, ..Hung::default() }),
    ]
}

/// Some events.
pub(super) fn events() -> Vec<EventRow> {
    let event = |id, name: &str, hours: Option<i64>, long, place: &str, kind: &str, seats| EventRow {
        id: EventId(id),
        name: name.into(),
        description: "Doors open half an hour before.".into(),
        start: hours.map(|hours| noon() + TimeDelta::hours(hours)),
        end: hours.zip(long).map(|(hours, long): (i64, i64)| noon() + TimeDelta::hours(hours + long)),
        location: place.into(),
        event_type: kind.into(),
        reservations: seats / 2,
        seats,
    };
    vec![
        event(1, "Opening night", Some(30), Some(3), "Le Gyptis", "SCREENING", 180),
        event(2, "Table ronde : l’IA et le son", Some(-1), Some(2), "Friche la Belle de Mai", "CONFERENCE", 42),
        event(3, "Workshop", Some(-50), None, "", "WORKSHOP", 12),
        event(4, "", None, None, "Mucem", "", 0),
    ]
}

/// The reservations of an event.
pub(super) fn reservations(event: EventId) -> Vec<ReservationRow> {
    let of = |id, first: &str, last: &str, seats| ReservationRow {
        reservation: ReservationId(id),
        event,
        email: format!("guest{id}@example.org"),
        first_name: first.into(),
        last_name: last.into(),
        seats,
        at: Some(noon() - TimeDelta::days(4)),
    };
    vec![of(1, "Zoé", "Lambert", 2), of(2, "", "", 1)]
}

/// Who is on; with those who were and who were refused.
pub(super) fn sessions(ended: bool) -> Vec<SessionRow> {
    let session = |id: u128, name: &str, role, origin: &str, way: Way, since: i64, idle: i64| SessionRow {
        session: Uuid::from_u128(id << 64 | id),
        user: Some(UserId(i32::try_from(id).unwrap())),
        name: name.into(),
        role: Some(role),
        origin: origin.into(),
        method: way.name().into(),
        opened: noon() - TimeDelta::minutes(since),
        active: noon() - TimeDelta::minutes(idle),
        ended: None,
        why: None,
        ended_by: None,
        left_out: 0,
        own: false,
    };
    let over = |row: SessionRow, why: visit::Why, ago: i64| SessionRow {
        ended: Some(noon() - TimeDelta::minutes(ago)),
        why: Some(why.name().into()),
        ..row
    };
    let refused = |id: u128, name: &str, rule: Rule, ago: i64, left_out| SessionRow {
        user: None,
        role: None,
        method: "refused".into(),
        ended: Some(noon() - TimeDelta::minutes(ago)),
        why: Some(rule.name().into()),
        left_out,
        ..session(id, name, Role::Jury, "ssh 203.0.113.66", Way::Password, ago, ago)
    };
    let camille = session(1, "Camille Roux", Role::Admin, "terminal camille@regie", Way::Token, 3, 0);
    let mut rows = vec![
        SessionRow { own: true, ..camille },
        session(2, "Jun Sato", Role::Jury, "ssh 192.0.2.17", Way::Key, 42, 12),
        session(3, "Amina Benali", Role::Jury, "ssh 2001:db8:85a3::8a2e:370:7334", Way::Keyboard, 200, 95),
        SessionRow {
            ended_by: Some("Camille Roux".into()),
            ..session(4, "Bruno \u{1b}[31mCosta", Role::Jury, "ssh 192.0.2.99", Way::Forced, 1_500, 400)
        },
    ];
    if ended {
        let by = Some("Camille Roux".to_owned());
        let bruno = session(9, "Bruno Costa", Role::Jury, "ssh 192.0.2.99", Way::Password, 2_100, 1_900);
        rows.extend([
            refused(5, "root", Rule::WrongPassword, 1_520, 36),
            over(
                session(6, "Chiara D’Amico", Role::Jury, "ssh 198.51.100.4", Way::Key, 1_600, 1_560),
                visit::Why::Lost,
                1_555,
            ),
            over(session(7, "Jun Sato", Role::Jury, "ssh 192.0.2.17", Way::Key, 1_700, 1_690), visit::Why::Quit, 1_690),
            over(
                session(8, "Camille Roux", Role::Admin, "call camille@regie", Way::Call, 2_000, 2_000),
                visit::Why::Quit,
                2_000,
            ),
            SessionRow { ended_by: by, ..over(bruno, visit::Why::Ended, 1_890) },
            refused(10, "paz@marsai.example", Rule::ProducersOutside, 2_200, 0),
            refused(11, "chiara@marsai.example", Rule::TooManyAttempts, 2_300, 0),
        ]);
    }
    rows
}

/// Some sponsors.
pub(super) fn sponsors() -> Vec<SponsorRow> {
    let sponsor = |id, name: &str, url: Option<&str>, tier: Option<&str>| SponsorRow {
        id: SponsorId(id),
        fields: SponsorFields {
            name: name.into(),
            logo: format!("/logos/{id}.png"),
            url: url.map(str::to_owned),
            category: tier.map(str::to_owned),
        },
    };
    vec![
        sponsor(1, "Ville de Marseille", Some("https://www.marseille.fr"), Some("Or")),
        sponsor(2, "Café de la Friche", None, None),
        sponsor(3, "Studio Calanque", Some("https://calanque.example"), Some("or")),
    ]
}

/// The pictures of a film: one has three, of which one cannot be shown; the others have none.
pub(super) fn picture(film: FilmId, which: Option<Picture>, size: (u16, u16)) -> PictureSeen {
    let names = [(Picture::Poster, "uploads/affiche été.jpg"), (Picture::First, "still-1.jpg")];
    let names = names.into_iter().chain([(Picture::Thumbnail, "https://example.org/\u{202e}thumb.webp")]);
    let all: Vec<_> = names.filter(|_| film.0 == 199).map(|(picture, name)| (picture, name.to_owned())).collect();
    let which = which.or(all.last().map(|(picture, _)| *picture));
    let there = all.iter().any(|(picture, _)| Some(*picture) == which);
    let found = match which {
        _ if !there => Err(PictureTrouble::None),
        Some(Picture::First) => Err(PictureTrouble::Missing),
        _ => Ok(Found { pixels: Arc::new(poster(size)), original: (1200, 1600) }),
    };
    PictureSeen { film, all, which, found }
}

/// A poster of three colours that fits: a sky, a sun, the sea.
fn poster((width, height): (u16, u16)) -> Pixels {
    let (width, height) = if width * 4 / 3 <= height { (width, width * 4 / 3) } else { (height * 3 / 4, height) };
    let (width, height) = (width.max(1), height.max(1));
    let colour = |x: u16, y: u16| {
        let (dx, dy) = (i32::from(x) - i32::from(width) / 2, i32::from(y) - i32::from(height) / 2);
        let sun = dx * dx + dy * dy < (i32::from(width) / 4).pow(2);
        match y > height * 3 / 5 {
            true => [20, 60, 120],
            false if sun => [250, 200, 80],
            false => [240, 120, 90],
        }
    };
    let (width, height) = (width.max(1), height.max(1));
    let rgb: Vec<u8> = (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect();
    Pixels::new(u64::from(width), width, height, rgb.into()).unwrap()
}

/// A console with somebody signed in and the first tab's rows there.
pub(super) fn console(language: Language, role: Role) -> Harness {
    let mut harness = Harness::signed_in(language, role);
    answer_all(&mut harness);
    harness
}

/// What a small festival answers; `None` for changes.
pub(super) fn reply_to(request: &Request) -> Option<Reply> {
    let at = |film: FilmId| usize::try_from(200 - film.0).unwrap_or(0).min(SEEDS.len() - 1);
    Some(match request {
        Request::Films { .. } => Reply::Films(films()),
        Request::MyFilms { .. } => Reply::Films(list((1..6).map(hidden).collect())),
        Request::Film { film } => Reply::Film(Box::new(detail(at(*film)))),
        Request::Picture { film, which, width, height } => Reply::Picture(picture(*film, *which, (*width, *height))),
        Request::Votes { film } => Reply::Votes(votes(film.unwrap_or(FilmId(199)))),
        Request::Drafts {} => Reply::Drafts(Vec::new()),
        Request::MyDeadlines {} => Reply::MyDeadlines(my_deadlines()),
        Request::MyVotes {} => Reply::Votes(my_votes()),
        Request::MyVote { film } => Reply::Vote(my_votes().into_iter().find(|vote| vote.film == *film).map(Box::new)),
        Request::Discussion { film } => Reply::Discussion(discussion(*film)),
        Request::MyFilm { film } => Reply::FilmToJudge(Box::new(to_judge(*film))),
        Request::MyHistory {} => Reply::MyHistory(history()),
        Request::MyKeys {} => Reply::Keys(keys()),
        Request::Synopses { .. } => Reply::Synopses(synopses()),
        Request::HangsOn { film } => Reply::Load(load(*film)),
        Request::Trash {} => Reply::Trash(trash()),
        Request::Outside { film } => Reply::Outside(outside(film.map(|film| film.0))),
        Request::Events {} => Reply::Events(events()),
        Request::Reservations { event } => Reply::Reservations(reservations(*event)),
        Request::Sponsors {} => Reply::Sponsors(sponsors()),
        Request::Sessions { ended } => Reply::Sessions(sessions(*ended)),
        Request::Voting { film } => Reply::Voting(Box::new(voting(at(*film)))),
        Request::PreviewRelease { kept, replacements, .. } => Reply::ReleasePlan(release(*kept, replacements)),
        Request::Jurors { .. } => Reply::Jurors(jurors()),
        Request::Deadlines {} => Reply::Deadlines(deadlines()),
        Request::Settings {} => Reply::Settings(settings()),
        Request::Preferences {} => Reply::Preferences(Vec::new()),
        Request::FilmForm {} => Reply::FilmForm(Box::new(film_form())),
        Request::Collaborators {} => Reply::Collaborators(collaborators()),
        Request::PreviewEditFilms { films, .. } | Request::PreviewCategory { films, .. } => {
            let all = u32::try_from(films.len()).unwrap_or_default();
            let (unchanged, overwrite) = (all / 4, all / 3);
            Reply::EditPreview(EditPreview { change: all - unchanged, overwrite, unchanged, refused: Vec::new() })
        }
        Request::ExportFilms { films, .. } => Reply::Export(Export {
            name: "films.csv".into(),
            films: films.as_ref().map_or(12, |films| u32::try_from(films.len()).unwrap_or_default()),
            contents: "id_movie,title\n200,Le Dernier Été de l’IA\n".into(),
        }),
        _ => return None,
    })
}

/// Everything about a film's votes: somebody voted twice, somebody is silent, somebody waits for an answer.
pub(super) fn voting(at: usize) -> FilmVotes {
    let film = FilmRow { recusals: 1, ..film(at) };
    let seat = |id, name: &str, voted, changed| SeatRow {
        juror: UserId(id),
        name: name.into(),
        on_panel: true,
        active: true,
        voted,
        changed,
        stands: false,
        kept: false,
        reopened: false,
        recusal: None,
    };
    let waits = Some(Recusal { why: Why::Language, waiting: true });
    let conflict = Some(Recusal { why: Why::Conflict, waiting: false });
    FilmVotes {
        proposal: film.facts().proposal(),
        jurors: vec![
            seat(11, "Amina Benali", true, true),
            seat(12, "Bruno Costa", true, false),
            SeatRow { recusal: waits, ..seat(13, "Chiara D’Amico", false, false) },
            SeatRow { active: false, on_panel: false, recusal: conflict, ..seat(14, "Dr Évariste Ô", false, false) },
        ],
        votes: votes(film.id),
        quorum: 2,
        closed: false,
        hidden: false,
        moved: false,
        film,
    }
}

/// What releasing a juror would do to some films.
pub(super) fn release(kept: bool, replacements: &[UserId]) -> Vec<ReleaseStep> {
    let step = |at: usize| {
        let film = film(at);
        let voted = at % 2 == 1;
        ReleaseStep {
            film: film.id,
            title: film.title.to_string(),
            status: film.status,
            voted,
            kept: voted && kept,
            replacement: replacements.first().copied().filter(|_| !voted),
            moves_to: (at == 2).then_some(ToDiscuss),
        }
    };
    [1, 2, 3, 4, 11].map(step).to_vec()
}

/// The jury: somebody resembles the producer, somebody is disabled.
pub(super) fn jurors() -> Vec<JurorRow> {
    let juror = |id, name: &str, films, voted| JurorRow {
        juror: UserId(id),
        name: name.into(),
        email: format!("juror{id}@example.org"),
        enabled: id != 14,
        films,
        voted,
        resembles: (id == 15).then(|| "Tom O’Neill".to_owned()),
    };
    vec![
        juror(11, "Amina Benali", 5, 4),
        juror(12, "Bruno Costa", 6, 2),
        juror(13, "Chiara D’Amico", 4, 0),
        juror(14, "Dr Évariste Ô", 1, 0),
        juror(16, "Noé Petit", 0, 0),
        juror(15, "Tom ONeill", 1, 1),
    ]
}

/// A deadline of round 1, and two jurors with more time, one of them in a round that has none.
pub(super) fn deadlines() -> AllDeadlines {
    let at = |day: u32| chrono::TimeZone::with_ymd_and_hms(&chrono::Utc, 2026, 5, day, 16, 0, 0).single();
    let given =
        |juror, name: &str, round, day| ExtensionRow { juror: UserId(juror), name: name.into(), round, until: at(day) };
    AllDeadlines {
        festival: Deadlines { first: at(20), second: None },
        extensions: vec![
            given(11, "Amina Benali", VoteRound::Second, 30),
            given(13, "Chiara D’Amico", VoteRound::First, 22),
        ],
    }
}

/// The festival's settings, one of them not the default.
pub(super) fn settings() -> Vec<SettingRow> {
    let row = |setting: &Setting| {
        let value = if setting.name == LOCK_AFTER { "45" } else { setting.default };
        SettingRow {
            name: setting.name.into(),
            value: value.into(),
            is_default: value == setting.default,
            expected: setting.expected(),
        }
    };
    SETTINGS.iter().map(row).collect()
}

/// The synopsis of one film.
pub(super) fn synopses() -> Synopses {
    let mut packer = Packer::default();
    packer.add(FilmId(197), "a lighthouse that nobody visits");
    packer.finish()
}

/// What a form of films needs, as the platform's document has the columns.
pub(super) fn film_form() -> FilmForm {
    let limit = |field: &FilmField| {
        let mut limit = FieldLimit::new(field);
        match field.kind {
            Kind::Text => limit.max_bytes = Some(65_535),
            Kind::Number | Kind::Person => {}
            _ => limit.max_chars = Some(255),
        }
        limit.required = matches!(field.column, "title" | "id_user");
        limit
    };
    let producer = |id, name: &str, email: &str| Producer { id: UserId(id), name: name.into(), email: email.into() };
    let category = |id, name: &str, films| Category { id: CategoryId(id), name: name.into(), films };
    FilmForm {
        fields: FIELDS.iter().map(limit).collect(),
        collaborator_fields: COLLABORATOR_FIELDS.iter().map(limit).collect(),
        has_categories: true,
        categories: vec![
            category(3, "Documentary", 4),
            category(4, "Experimental", 0),
            category(1, "Fiction", 7),
            category(2, "One minute", 1),
            category(5, "Science fiction", 2),
        ],
        producers: [
            producer(52, "Ada Ndiaye", "ada@studio.example"),
            producer(50, "Léa Martin", "lea@martin.example"),
            producer(51, "Tom O’Neill", "tom@oneill.example"),
        ]
        .into(),
    }
}

/// Everybody who worked on a film.
pub(super) fn collaborators() -> Vec<Collaborator> {
    let mut all = detail(2).collaborators;
    all.push(collaborator(3, "Zoé", "Lambert", "Editing"));
    all
}

/// A film as a juror gets it: nothing of what others voted.
pub(in crate::screens) fn hidden(at: usize) -> FilmRow {
    FilmRow {
        tally: Tally::default(),
        ballots: 0,
        decided: 0,
        voted: 0,
        changed: 0,
        active: 0,
        panel: Box::new([]),
        ..film(at)
    }
}

/// Answers every question that only reads.
pub(super) fn answer_all(harness: &mut Harness) {
    while let Some((name, reply)) =
        harness.calls.iter().find_map(|(_, request)| Some((request.entry().name, reply_to(request)?)))
    {
        let reply = if name == "drafts" { Reply::Drafts(harness.drafts.clone()) } else { reply };
        harness.answer(name, reply);
    }
}

/// Opens the change of a setting on the tab of the settings.
pub(super) fn to_setting(harness: &mut Harness, name: &str) {
    harness.press("7");
    answer_all(harness);
    // The cursor goes down until the setting's own dialog opens.
    let label = harness.app.session().tr(&format!("setting-{}", name.replace(['.', '_'], "-")));
    for _ in 0..SETTINGS.len() {
        let screen = harness.screen();
        if screen.lines().any(|line| line.contains('▌') && line.contains(&label)) {
            harness.press("Enter");
            answer_all(harness);
            return;
        }
        harness.press("Down");
    }
    panic!("{name} is not among the settings");
}

/// Whether these words stand on the screen one after the other.
pub(super) fn in_order(screen: &str, words: &[&str]) -> bool {
    let mut rest = screen;
    words.iter().all(|word| match rest.split_once(word) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}
