//! The jury: who there is for a panel, what each has to do, and who may be somebody of a film.

use super::ask::Ask;
use crate::api::jury::JurorRow;
use crate::api::{Answer, Failure, Reply};
use crate::domain::jury::{Somebody, may_be_one};
use crate::domain::user::Role;
use crate::domain::{FilmId, UserId};
use crate::store::films::Which;
use crate::store::people::Account;
use crate::store::{collaborators, films, people, tx};

/// Everybody of the jury, by name.
pub(super) async fn jurors(ask: &Ask<'_>, film: Option<FilmId>) -> Result<Answer, Failure> {
    let rows = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let accounts = people::list(&mut *conn, shape, false).await?;
            let work = people::work(&mut *conn, shape).await?;
            let mut crew = Vec::new();
            if let Some(film) = film {
                let found = films::lines(&mut *conn, shape, Which::Ids(&[film.0])).await?;
                let Some(line) = found.first() else {
                    return Err(Failure::NotFound { what: "thing-film", id: film.0 });
                };
                crew.extend(people::find(&mut *conn, shape, UserId(line.producer)).await?.as_ref().map(somebody));
                let others = collaborators::of_film(&mut *conn, shape, film).await?;
                crew.extend(others.into_iter().map(|one| {
                    let name = format!("{} {}", one.first_name, one.last_name);
                    Somebody { name: name.trim().to_owned(), email: one.email }
                }));
            }
            let jury = accounts.into_iter().filter(|account| account.role == Role::Jury);
            let mut rows: Vec<JurorRow> = jury
                .map(|account| {
                    let work = work.get(&account.id.0).copied().unwrap_or_default();
                    let one = somebody(&account);
                    let resembles = crew.iter().find(|other| may_be_one(&one, other));
                    JurorRow {
                        juror: account.id,
                        name: account.name(),
                        resembles: resembles.map(called),
                        enabled: account.enabled,
                        films: work.films,
                        voted: work.voted,
                        email: account.email,
                    }
                })
                .collect();
            rows.sort_by_cached_key(|row| crate::domain::text::fold(&row.name));
            Ok(rows)
        })
    });
    Ok(Reply::Jurors(rows.await?).into())
}

/// Their own name only: an email in its place would make people equal who are not.
pub(super) fn somebody(account: &Account) -> Somebody {
    let name = format!("{} {}", account.first, account.last);
    Somebody { name: name.trim().to_owned(), email: account.email.clone() }
}

/// What somebody is called: their name, or the email where there is none.
pub(super) fn called(somebody: &Somebody) -> String {
    if somebody.name.is_empty() { somebody.email.clone() } else { somebody.name.clone() }
}
