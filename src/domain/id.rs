//! Ids as the platform's tables have them: one type each, so that a film is never taken for a juror.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A film: `movies.id_movie`.
    FilmId;
    /// A person: `users.id_user`.
    UserId;
    /// A ballot: `votes.id_vote`.
    VoteId;
    /// A change of the web site's that staff are told of: `console_outside.id`.
    MarkId;
    /// An award: `awards.id_award`.
    AwardId;
    /// An event: `events.id_event`.
    EventId;
    /// A reservation: `reservations.id_reservation`.
    ReservationId;
    /// A category: `categories.id_categorie`.
    CategoryId;
    /// Somebody who worked on a film: `collaborators.id_collaborator`.
    CollaboratorId;
    /// A sponsor: `sponsors.id_sponsor`.
    SponsorId;
}
