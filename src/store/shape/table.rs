//! The platform's tables and the names that they were seen under.

macro_rules! tables {
    ($($(#[$doc:meta])* $variant:ident = $($name:literal)+;)*) => {
        /// A table of the platform.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table { $($(#[$doc])* $variant,)* }

        impl Table {
            /// Every table.
            pub const ALL: [Table; tables!(@count $($variant)*)] = [$(Table::$variant,)*];

            /// The names it was seen under, the document's first.
            fn names(self) -> &'static [&'static str] {
                match self { $(Table::$variant => &[$($name,)+],)* }
            }
        }
    };
    (@count $($variant:ident)*) => { [$(Table::$variant),*].len() };
}

tables! {
    /// Accounts.
    Users = "users" "user";
    /// Films.
    Movies = "movies" "movie";
    /// Ballots.
    Votes = "votes" "vote";
    /// Earlier notes and comments of changed ballots.
    VoteHistory = "vote_histories" "vote_history" "votes_history" "votes_histories";
    /// Awards.
    Awards = "awards" "award";
    /// Events.
    Events = "events" "event";
    /// Reservations.
    Reservations = "reservations" "reservation";
    /// Categories of films.
    Categories = "categories" "categorie" "category";
    /// Crew.
    Collaborators = "collaborators" "collaborator";
    /// Sponsors.
    Sponsors = "sponsors" "sponsor";
    /// Newsletter subscribers.
    Newsletter = "newsletter_subscribers" "newsletter_subscriber" "newsletters" "newsletter";
    /// Which film is of which category.
    MoviesCategories = "movies_categories" "movie_categories" "movies_category" "movie_category";
    /// Who worked on which film.
    CollaboratorsMovies = "collaborators_movies" "collaborator_movies" "collaborators_movie" "collaborator_movie";
    /// The panels: which juror has which film.
    MoviesJuries = "movies_juries" "movie_juries" "movies_jury" "movie_jury";
}

impl Table {
    /// Its name in the platform's document.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// Columns without which a table of this name is not the platform's.
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Table::Users => &["id_user", "email", "password", "role"],
            Table::Movies => &["id_movie", "title", "selection_status", "id_user"],
            Table::Votes => &["id_vote", "id_user", "id_movie", "note"],
            Table::MoviesJuries => &["id_user", "id_movie"],
            _ => &[],
        }
    }

    /// Which of these names is this table: the document's name first, then its variants, as they are spelled or as
    /// Sequelize spells a model's plural (`NewsletterSubscribers`).
    pub(crate) fn find<'n>(self, names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
        for wanted in self.names() {
            if let Some(exact) = names.clone().find(|name| name == wanted) {
                return Some(exact);
            }
            let folded = fold(wanted);
            if let Some(alike) = names.clone().find(|name| fold(name) == folded) {
                return Some(alike);
            }
        }
        None
    }
}

/// Case and underscores do not matter.
fn fold(name: &str) -> String {
    name.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names_in_every_spelling_that_was_seen() {
        let cases: [(Table, &[&str], Option<&str>); 7] = [
            (Table::VoteHistory, &["vote_history", "votes"], Some("vote_history")),
            (Table::VoteHistory, &["vote_history", "vote_histories"], Some("vote_histories")),
            (Table::Newsletter, &["NewsletterSubscribers"], Some("NewsletterSubscribers")),
            (Table::Categories, &["Categories", "movies_categories"], Some("Categories")),
            (Table::Users, &["Users", "users"], Some("users")),
            (Table::Movies, &["films"], None),
            (Table::MoviesJuries, &["MoviesJuries"], Some("MoviesJuries")),
        ];
        for (table, names, expected) in cases {
            assert_eq!(table.find(names.iter().copied()), expected, "{table:?} in {names:?}");
        }
    }
}
