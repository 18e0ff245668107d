//! What hangs on a film, in words.

use crate::api::trash::Hung;
use crate::app::session::Session;

/// Everything that hangs on a film as one list of words; empty where nothing does.
pub(crate) fn hung_words(session: &Session, hung: &Hung) -> String {
    let parts = [
        ("hung-votes", hung.votes),
        ("hung-histories", hung.histories),
        ("hung-awards", hung.awards),
        ("hung-panel", hung.panel),
        ("hung-categories", hung.categories),
        ("hung-people", hung.people),
    ];
    let some = parts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(id, count)| session.tr_with(id, &[("count", count.into())])).collect::<Vec<_>>().join(", ")
}
