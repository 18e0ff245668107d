//! What the made-up rows hold, without a database.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use super::festival::{Draft, generate};
use super::rows::FilmFile;
use super::*;
use crate::domain::consensus::{Majority, Tally};
use crate::domain::film::{FilmFacts, FilmStatus};
use crate::domain::text::is_unsafe;
use crate::domain::user::{Role, check_email, email_key};
use crate::domain::vote::{Ballot, Closings, Note, Panelist, count};
use crate::domain::{UserId, VoteId, sponsor};

fn options(films: u32) -> Options {
    let now = DateTime::parse_from_rfc3339("2026-03-14T10:37:12.345Z").unwrap().to_utc();
    Options { films, ..Options::new(now) }
}

fn facts(draft: &Draft, file: &FilmFile) -> FilmFacts {
    let active = |id: i32| {
        draft.users.iter().any(|user| user.id == id && user.role == Role::Jury) && id != draft.scale.disabled_juror()
    };
    let ballots: Vec<Ballot> = file
        .votes
        .iter()
        .map(|vote| Ballot {
            id: VoteId(vote.id),
            juror: UserId(vote.juror),
            note: Some(vote.note),
            modification_count: vote.modification_count,
        })
        .collect();
    let panelist = |id: &i32| Panelist { id: UserId(*id), active: active(*id), stands: None };
    let panel: Vec<Panelist> = file.panel.iter().map(panelist).collect();
    let count = count(&ballots, &panel, &Closings::default());
    assert!(count.set_aside.is_empty(), "film {}: {:?}", file.film.id, count.set_aside);
    let small = |n: usize| u16::try_from(n).unwrap();
    FilmFacts {
        status: file.film.status,
        panel: small(panel.len()),
        active: count.active,
        voted: count.voted,
        changed: count.changed,
        decided: count.decided,
        closed: false,
        first_votes_open: false,
        ballots: small(ballots.len()),
        tally: count.tally,
        awards: small(file.awards.len()),
    }
}

#[test]
fn the_first_rows_look_like_a_festival() {
    let draft = generate(&options(120));
    let mut text = String::new();
    for user in draft.users.iter().take(17) {
        writeln!(
            text,
            "{} {} {} <{}> {:?}, {}",
            user.id,
            user.first_name,
            user.last_name,
            user.email,
            user.role,
            user.country.unwrap()
        )
        .unwrap();
    }
    for file in draft.films().take(14) {
        let film = &file.film;
        writeln!(
            text,
            "\n{} {} | {} | {} | {:?} | {} | {} | {}\n  {}\n  {}",
            film.id,
            film.title,
            film.country,
            film.language,
            film.duration,
            film.status,
            film.created.format("%F %T"),
            film.ai_tool.as_deref().unwrap_or("-"),
            film.synopsis.as_deref().unwrap_or("-"),
            film.synopsis_english.as_deref().unwrap_or("-"),
        )
        .unwrap();
        for vote in &file.votes {
            writeln!(text, "  {} of {}: {}", vote.note.as_sql(), vote.juror, vote.comment.as_deref().unwrap_or("-"))
                .unwrap();
        }
        for earlier in &file.earlier {
            writeln!(text, "  was {}: {}", earlier.note.as_sql(), earlier.comment.as_deref().unwrap_or("-")).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_same_seed_makes_the_same_films_and_another_makes_others() {
    let make = |options: Options| generate(&options).films().take(50).collect::<Vec<_>>();
    assert_eq!(make(options(120)), make(options(120)));
    assert_ne!(make(options(120)), make(Options { seed: 2, ..options(120) }));
}

#[test]
fn every_status_agrees_with_its_ballots() {
    let draft = generate(&options(400));
    let mut seen: BTreeMap<FilmStatus, Vec<FilmFacts>> = BTreeMap::new();
    for file in draft.films() {
        let facts = facts(&draft, &file);
        let asked =
            file.votes.iter().map(|v| v.note).chain(file.earlier.iter().map(|e| e.note)).any(|n| n == Note::ToDiscuss);
        let title = &file.film.title;
        assert_eq!(facts.status == FilmStatus::Awarded, facts.awards > 0, "{title}");
        assert_eq!(usize::from(facts.ballots), file.votes.len());
        let changed = file.votes.iter().filter(|vote| vote.modification_count == 1).count();
        assert_eq!(changed, file.earlier.len(), "{title}");
        match facts.status {
            FilmStatus::Submitted => assert_eq!(facts.ballots, 0, "{title}"),
            FilmStatus::Assigned => assert_eq!(facts.changed, 0, "{title}"),
            FilmStatus::ToDiscuss => assert!(asked && facts.missing() == 0 && facts.ballots > 1, "{title}"),
            FilmStatus::Candidate | FilmStatus::Awarded | FilmStatus::Selected | FilmStatus::Finalist => {
                assert_eq!(facts.tally.majority(), Majority::Yes, "{title}");
            }
            FilmStatus::Refused => assert_ne!(facts.tally.majority(), Majority::Yes, "{title}"),
            FilmStatus::Unknown => panic!("{title}"),
        }
        seen.entry(facts.status).or_default().push(facts);
    }
    assert_eq!(seen.len(), FilmStatus::ALL.len());
    let assigned = &seen[&FilmStatus::Assigned];
    assert!(assigned.iter().any(|f| f.panel == 0) && assigned.iter().any(|f| f.panel == 2));
    assert!(assigned.iter().any(|f| f.active < f.panel));
    assert!(assigned.iter().any(|f| f.panel == 3 && f.ballots == 0));
    assert!(assigned.iter().any(|f| f.ballots > 0 && f.missing() > 0));
    for recommended in [FilmStatus::ToDiscuss, FilmStatus::Candidate] {
        assert!(assigned.iter().any(|f| f.recommended() == Some(recommended)), "{recommended}");
    }
    let discussed = &seen[&FilmStatus::ToDiscuss];
    assert!(discussed.iter().any(|f| f.changed == 0));
    assert!(discussed.iter().any(|f| f.changed > 0 && !f.round_two_over()));
    assert!(discussed.iter().any(|f| f.recommended() == Some(FilmStatus::Candidate)));
    assert!(seen[&FilmStatus::Submitted].iter().any(|f| f.recommended() == Some(FilmStatus::Assigned)));
    assert!(seen[&FilmStatus::Awarded].iter().any(|f| f.awards == 2));
}

#[test]
fn time_runs_forwards_and_ends_now() {
    let options = options(300);
    let draft = generate(&options);
    let mut before = DateTime::<Utc>::MIN_UTC;
    for file in draft.films() {
        let film = &file.film;
        assert!(before <= film.created && film.created <= film.updated && film.updated < options.now, "{}", film.title);
        before = film.created;
        for vote in &file.votes {
            assert!(film.created < file.panel_made && file.panel_made < vote.created && vote.created <= vote.updated);
            assert!(vote.updated < options.now && (vote.modification_count == 0 || vote.created < vote.updated));
            let juror = draft.users.iter().find(|user| user.id == vote.juror).unwrap();
            assert!(juror.created < vote.created);
        }
        let producer = draft.users.iter().find(|user| user.id == film.producer).unwrap();
        assert!(producer.role == Role::Producer && producer.created < film.created);
    }
    let ended = |end: Option<DateTime<Utc>>| end.is_some_and(|end| end <= options.now);
    assert!(draft.events.iter().any(|event| ended(event.end)));
    assert!(
        draft.events.iter().any(|event| event.start <= options.now && event.end.is_some_and(|end| end > options.now))
    );
    assert!(draft.events.iter().any(|event| event.start > options.now));
    assert!(draft.events.is_sorted_by_key(|event| (event.start - options.now).num_days()));
    assert!(draft.reservations.iter().all(|r| r.created < options.now));
    assert!(draft.subscribers.iter().all(|s| s.since < options.now));
}

#[test]
fn texts_are_harmless_and_addresses_sound_and_unique() {
    let draft = generate(&options(600));
    let mut emails = HashSet::new();
    for user in &draft.users {
        assert!(check_email(&user.email).is_ok() && user.email.is_ascii(), "{}", user.email);
        assert!(emails.insert(email_key(&user.email)), "{}", user.email);
    }
    assert!(draft.users.iter().any(|user| user.email.chars().any(char::is_uppercase)));
    let ids: Vec<i32> = draft.users.iter().map(|user| user.id).collect();
    assert_eq!(ids, (1..=i32::try_from(draft.scale.users()).unwrap()).collect::<Vec<_>>());
    for sponsor in &draft.sponsors {
        let fields = sponsor::SponsorFields {
            name: sponsor.name.into(),
            logo: sponsor.logo.into(),
            url: sponsor.url.map(Into::into),
            category: sponsor.category.map(Into::into),
        };
        assert_eq!(sponsor::check(&fields).unwrap(), fields);
    }
    let mut booked = HashSet::new();
    for reservation in &draft.reservations {
        assert!(reservation.seats.is_none_or(|seats| (1..=6).contains(&seats)));
        assert!(booked.insert((reservation.event, &reservation.email)), "{}", reservation.email);
    }
    assert!(draft.reservations.iter().any(|reservation| reservation.seats.is_none()));
    let mut without_comment = 0;
    for file in draft.films() {
        let film = &file.film;
        assert!(!film.title.chars().any(is_unsafe) && film.title.chars().count() <= 255, "{}", film.title);
        assert!(film.duration.is_none_or(|seconds| (40..=120).contains(&seconds)));
        assert!(film.video.as_ref().is_none_or(|code| code.len() == 11));
        without_comment += file.votes.iter().filter(|vote| vote.comment.is_none()).count();
    }
    assert!(without_comment > 0);
}

#[test]
fn jurors_do_not_repeat_themselves() {
    let draft = generate(&options(120));
    let mut said: HashMap<String, u32> = HashMap::new();
    let mut tally = Tally::default();
    for vote in draft.films().flat_map(|file| file.votes) {
        tally.add(vote.note);
        *said.entry(vote.comment.unwrap_or_default()).or_default() += 1;
    }
    assert!(tally.total() > 150 && tally.yes > tally.no && tally.no > tally.to_discuss, "{tally:?}");
    assert!(said.len() > 130, "{} different comments of {}", said.len(), tally.total());
}

#[test]
fn a_festival_of_any_size_can_be_made() {
    for films in [0, 1, 2, 3, 7, 25, 63] {
        let draft = generate(&options(films));
        let files: Vec<_> = draft.films().collect();
        assert_eq!(files.len(), usize::try_from(films).unwrap());
        for file in &files {
            facts(&draft, file);
        }
    }
}
