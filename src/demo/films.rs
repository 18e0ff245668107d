//! A film with its panel, its ballots in both rounds and what came of them.

use chrono::{DateTime, Datelike, Utc};

use super::dice::{Dice, Part};
use super::festival::Scale;
use super::people::{id, number, studio};
use super::places;
use super::rows::{EarlierVote, Film, FilmFile, User, Vote};
use super::stories::{Guest, Story};
use super::tongues::WORDS;
use super::{Options, remarks, synopses, titles};
use crate::domain::film::FilmStatus;

const DAY: i64 = 86_400;
/// Days before now, and what happened between them.
const OPENED: i64 = 160 * DAY;
const CLOSED: i64 = 45 * DAY;
const PANELS: (i64, i64) = (38 * DAY, 44 * DAY);
const FIRST_VOTES: (i64, i64) = (14 * DAY, 37 * DAY);
const SECOND_VOTES: (i64, i64) = (3 * DAY, 12 * DAY);
const DECISIONS: (i64, i64) = (3_600, 3 * DAY);

/// Of so many films the last one came after the closing date.
const LATE: usize = 25;

/// What making a film needs to know of everything else.
pub(super) struct Setting<'a> {
    pub(super) options: &'a Options,
    pub(super) scale: &'a Scale,
    pub(super) users: &'a [User],
}

/// The next free ids of what hangs on films.
#[derive(Clone, Copy, Debug)]
pub(super) struct NextIds {
    pub(super) vote: i32,
    pub(super) earlier: i32,
    pub(super) award: i32,
}

impl Default for NextIds {
    fn default() -> Self {
        Self { vote: 1, earlier: 1, award: 1 }
    }
}

/// Films that came in time; the others are still without a panel.
pub(super) fn in_time(films: usize) -> usize {
    films - films / LATE
}

impl Setting<'_> {
    /// The film at this position.
    pub(super) fn film(&self, index: usize, story: Story, next: &mut NextIds) -> FilmFile {
        let mut dice = Dice::new(self.options.seed, Part::Film, number(index));
        let created = self.submitted(index, &mut dice);
        let film = self.written(index, story, created, &mut dice);
        let panel = self.panel(story, &mut dice);
        let made = self.between(PANELS, &mut dice);
        let mut file = FilmFile {
            film,
            categories: Vec::new(),
            collaborators: Vec::new(),
            panel_made: made,
            votes: Vec::new(),
            earlier: Vec::new(),
            awards: Vec::new(),
            panel,
        };
        self.vote(&mut file, story, next, &mut dice);
        self.decide(&mut file, story, next, &mut dice);
        let (categories, crew) = (dice.pick(&[0, 1, 1, 1, 2]), dice.pick(&[0, 1, 1, 2, 3, 4]));
        file.categories = dice.ids(1, synopses::CATEGORIES.len(), categories);
        file.collaborators = dice.ids(1, self.scale.collaborators, crew);
        file
    }

    /// When it was submitted: later films later, and more of them towards the closing date.
    fn submitted(&self, index: usize, dice: &mut Dice) -> DateTime<Utc> {
        let (films, jitter) = (self.scale.films, dice.number(0, 999) as f64 / 1000.0);
        let in_time = in_time(films);
        let (position, of) = if index < in_time { (index, in_time) } else { (index - in_time, films - in_time) };
        let left = 1.0 - (position as f64 + jitter) / of.max(1) as f64;
        let ago = if index < in_time {
            CLOSED + ((OPENED - CLOSED) as f64 * left * left) as i64
        } else {
            1_800 + ((CLOSED - DAY - 1_800) as f64 * left) as i64
        };
        self.options.ago(ago)
    }

    /// What its makers wrote into the form.
    fn written(&self, index: usize, story: Story, created: DateTime<Utc>, dice: &mut Dice) -> Film {
        let special = (index % 3 == 1).then(|| titles::SPECIALS.get(index / 3)).flatten();
        let producer = if special.is_some() { index / 3 } else { dice.count(0, self.scale.producers - 1) };
        let producer = &self.users[self.scale.first_producer() + producer];
        let country = places::named(special.map_or(producer.country.unwrap_or("France"), |(_, country)| country));
        let (head, tail) = (dice.count(0, WORDS - 1), dice.count(0, WORDS - 1));
        let title = match special {
            Some((title, _)) => (*title).to_owned(),
            None => numbered(country.tongue.title(head, tail), index, dice),
        };
        let (fr, en) = synopses::synopsis(dice, head, tail);
        let french = country.tongue.name == "Français";
        let file = dice.code(8).to_lowercase().replace(['_', '-'], "0");
        let still = |n: usize, there: bool| there.then(|| format!("still-{file}-{n}.jpg"));
        let video = dice.chance(92).then(|| dice.code(11));
        Film {
            id: id(index),
            title,
            description: dice.chance(55).then(|| dice.pick(synopses::DESCRIPTIONS).to_owned()),
            // One film in fifty came without its length; none is longer than the rules allow.
            duration: (index % 50 != 17)
                .then(|| dice.pick(&[40, 48, 55, 58, 59, 60, 60, 60, 60, 61, 75, 90, 118, 120])),
            language: if dice.chance(12) { "Sans dialogue" } else { country.tongue.name },
            year: if dice.chance(75) { created.year() } else { created.year() - 1 },
            country: country.name,
            files: [
                Some(format!("poster-{file}.jpg")),
                still(1, true),
                still(2, dice.chance(60)),
                still(3, dice.chance(30)),
                Some(format!("film-{file}.mp4")),
                Some(format!("thumb-{file}.webp")),
            ],
            video_status: video.as_ref().map(|_| dice.pick(synopses::VIDEO_STATUSES)),
            video,
            production: dice.chance(70).then(|| studio(dice)),
            workshop: dice.chance(20).then(|| dice.pick(synopses::WORKSHOPS)),
            translation: (!french).then_some("Français"),
            synopsis: dice.chance(95).then_some(fr),
            synopsis_english: dice.chance(88).then_some(en),
            subtitle: dice.chance(80).then_some(if french { "Anglais" } else { "Français, Anglais" }),
            ai_tool: dice.chance(97).then(|| synopses::tools(dice)),
            admin_comment: None,
            jury_comment: None,
            status: story.status(),
            producer: producer.id,
            created,
            updated: created,
        }
    }

    fn panel(&self, story: Story, dice: &mut Dice) -> Vec<i32> {
        let size = story.panel(self.scale.panel, dice);
        let mut panel = dice.ids(self.scale.first_juror(), self.scale.jurors, size);
        if let (Some(guest), Some(seat)) = (story.guest(), panel.first_mut()) {
            *seat = match guest {
                Guest::Disabled => self.scale.disabled_juror(),
                Guest::Gone => self.scale.former_juror(),
            };
        }
        panel
    }

    fn vote(&self, file: &mut FilmFile, story: Story, next: &mut NextIds, dice: &mut Dice) {
        let ballots = story.ballots(file.panel.len(), dice);
        for (juror, (first, second)) in file.panel.iter().copied().zip(ballots) {
            let Some(first) = first else { continue };
            let french = juror % 3 != 1;
            let cast = self.between(FIRST_VOTES, dice);
            let said = Some(remarks::comment(dice, french, first, false));
            // The web site once took a vote without a word.
            let said = said.filter(|_| next.vote % 211 != 9);
            let mut vote = Vote {
                id: next.vote,
                juror,
                film: file.film.id,
                note: first,
                comment: said,
                modification_count: 0,
                created: cast,
                updated: cast,
            };
            next.vote += 1;
            if let Some(second) = second {
                let changed = self.between(SECOND_VOTES, dice);
                file.earlier.push(EarlierVote {
                    id: next.earlier,
                    vote: vote.id,
                    juror,
                    film: vote.film,
                    note: vote.note,
                    comment: vote.comment.take(),
                    created: changed,
                });
                next.earlier += 1;
                vote.note = second;
                vote.comment = Some(remarks::comment(dice, french, second, true));
                vote.modification_count = 1;
                vote.updated = changed;
            }
            file.votes.push(vote);
        }
    }

    fn decide(&self, file: &mut FilmFile, story: Story, next: &mut NextIds, dice: &mut Dice) {
        for _ in 0..story.awards() {
            let name = synopses::AWARDS[usize::try_from(next.award - 1).unwrap_or(0) % synopses::AWARDS.len()];
            file.awards.push((next.award, name));
            next.award += 1;
        }
        let film = &mut file.film;
        let decided = self.between(DECISIONS, dice);
        film.admin_comment = match story {
            Story::Ineligible => Some(dice.pick(remarks::INELIGIBLE)),
            Story::Refused | Story::RefusedLate => Some(dice.pick(remarks::REFUSED)),
            Story::Chosen | Story::Selected | Story::Finalist | Story::Awarded | Story::AwardedTwice => {
                Some(dice.pick(remarks::TAKEN))
            }
            _ => dice.chance(8).then(|| dice.pick(remarks::NOTES)),
        };
        let promoted = matches!(story, Story::Promoted | Story::AwardedTwice);
        film.jury_comment = promoted.then(|| dice.pick(remarks::PROMOTIONS));
        film.updated = match film.status {
            FilmStatus::Submitted if file.panel.is_empty() => film.created,
            FilmStatus::Submitted => decided,
            FilmStatus::Assigned => file.panel_made,
            FilmStatus::ToDiscuss => self.options.ago(dice.number(SECOND_VOTES.1, FIRST_VOTES.0)),
            _ => decided,
        };
    }

    fn between(&self, (latest, earliest): (i64, i64), dice: &mut Dice) -> DateTime<Utc> {
        self.options.ago(dice.number(latest, earliest))
    }
}

/// Past the first hundred or so, titles repeat; many then carry a year or a number.
fn numbered(title: String, index: usize, dice: &mut Dice) -> String {
    match dice.number(0, if index < 120 { 40 } else { 5 }) {
        0 => format!("{title} {}", dice.number(2027, 2199)),
        1 if index >= 120 => format!("{title} n° {}", dice.number(2, 99)),
        2 if index >= 120 => format!("{title} ({})", dice.pick(&["II", "III", "IV", "V", "remix", "director's cut"])),
        _ => title,
    }
}
