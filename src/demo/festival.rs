//! A whole festival as rows, film by film: pure, and the same for the same options.

use super::films::{self, NextIds, Setting};
use super::rows::{Collaborator, Event, FilmFile, Reservation, Sponsor, Subscriber, User};
use super::stories::{self, BLOCK, Story};
use super::{Options, people, programme, synopses};

/// From so many films on the festival is a large one, with larger panels.
const LARGE: usize = 5_000;

/// How many there are of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Films.
    pub films: usize,
    /// Active jurors.
    pub jurors: usize,
    /// Jurors on an ordinary panel.
    pub panel: usize,
    /// Producers.
    pub producers: usize,
    /// People in the crews.
    pub collaborators: usize,
    /// Readers of the newsletter.
    pub subscribers: usize,
}

impl Scale {
    /// What fits so many films.
    pub fn of(films: u32) -> Self {
        let films = usize::try_from(films).unwrap_or(usize::MAX);
        Self {
            films,
            jurors: (films / 333).clamp(9, 300),
            panel: if films < LARGE { 3 } else { 6 },
            producers: films.div_ceil(3).max(1),
            collaborators: (films / 2).max(12),
            subscribers: 60 + films / 10,
        }
    }

    /// Accounts in all.
    pub fn users(&self) -> usize {
        self.first_producer() + self.producers
    }

    /// `id_user` of the first juror; the two administrators stand before.
    pub fn first_juror(&self) -> i32 {
        people::id(2)
    }

    /// `id_user` of the juror whose account is disabled.
    pub fn disabled_juror(&self) -> i32 {
        people::id(2 + self.jurors)
    }

    /// `id_user` of the one who was a juror once.
    pub fn former_juror(&self) -> i32 {
        people::id(3 + self.jurors)
    }

    /// Position of the first producer among the users.
    pub(super) fn first_producer(&self) -> usize {
        4 + self.jurors
    }
}

/// A festival that is ready to be written somewhere.
#[derive(Debug)]
pub struct Draft {
    options: Options,
    /// How many there are of what.
    pub scale: Scale,
    /// Everybody with an account, by id.
    pub users: Vec<User>,
    /// Names of the categories; their ids count from 1.
    pub categories: &'static [&'static str],
    /// The events.
    pub events: Vec<Event>,
    /// Their reservations.
    pub reservations: Vec<Reservation>,
    /// The sponsors.
    pub sponsors: Vec<Sponsor>,
    /// The readers of the newsletter.
    pub subscribers: Vec<Subscriber>,
}

/// Makes up a festival. Films and crews are many: they come one at a time.
pub fn generate(options: &Options) -> Draft {
    let scale = Scale::of(options.films);
    Draft {
        options: *options,
        scale,
        users: people::users(options, &scale),
        categories: synopses::CATEGORIES,
        events: programme::events(options),
        reservations: programme::reservations(options),
        sponsors: programme::sponsors(),
        subscribers: programme::subscribers(options, scale.subscribers),
    }
}

impl Draft {
    /// The crews, by id.
    pub fn collaborators(&self) -> impl Iterator<Item = Collaborator> + use<> {
        people::collaborators(&self.options, &self.scale)
    }

    /// Where chance began.
    pub(super) fn seed(&self) -> u64 {
        self.options.seed
    }

    /// The films, by id.
    pub fn films(&self) -> impl Iterator<Item = FilmFile> + '_ {
        let setting = Setting { options: &self.options, scale: &self.scale, users: &self.users };
        let in_time = films::in_time(self.scale.films);
        let mut next = NextIds::default();
        let mut block = Vec::new();
        (0..self.scale.films).map(move |index| {
            if index < in_time && index % BLOCK == 0 {
                let films = BLOCK.min(in_time - index);
                block = stories::block(self.options.seed, people::number(index / BLOCK), films);
            }
            let story = if index < in_time { block.get(index % BLOCK) } else { None };
            setting.film(index, *story.unwrap_or(&Story::Received), &mut next)
        })
    }
}
