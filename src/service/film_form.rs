//! One film's fields: what a form needs, a new film, a changed one.

use serde_json::{Value, json};

use super::ask::Ask;
use super::films::detail;
use crate::api::failure::FieldChange;
use crate::api::film::FilmDetail;
use crate::api::film_form::{FilmForm, Producer};
use crate::api::{Answer, Failure, Reply, Topic};
use crate::domain::film_field::{self, FieldLimit, FilmValues, Kind, PRODUCER, same};
use crate::domain::outside::What;
use crate::domain::rule::{Param, Refusal, Rule};
use crate::domain::{CategoryId, FilmId, UserId};
use crate::store::films::Which;
use crate::store::{Shape, Table, Tx, categories, collaborators, film_form as store, films, outside, people, tx};

/// What a form needs.
pub(super) async fn form(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let form = tx::read(&ask.inner.db, |reader| {
        Box::pin(async move {
            let (conn, shape) = (&mut *reader.conn, &*reader.shape);
            let has_collaborators = collaborators::present(shape);
            let producers = people::producers(&mut *conn, shape).await?.into_iter();
            let producer = |(id, name, email)| Producer { id, name, email };
            Ok(FilmForm {
                fields: store::limits(shape),
                collaborator_fields: if has_collaborators { store::collaborator_limits(shape) } else { Vec::new() },
                has_categories: categories::present(shape),
                categories: categories::list(conn, shape).await?,
                producers: producers.map(producer).collect(),
            })
        })
    });
    Ok(Reply::FilmForm(Box::new(form.await?)).into())
}

/// The first of what is wrong: the others are found by the form itself.
pub(super) fn first(wrong: Vec<Refusal>) -> Failure {
    wrong.into_iter().next().unwrap_or_else(|| Rule::UnknownField.into()).into()
}

/// Values as the ledger keeps them.
pub(super) fn state(values: &FilmValues) -> Value {
    json!({ "values": values })
}

/// What a column takes, by its name.
pub(super) fn kind_of(limits: &[FieldLimit]) -> impl Fn(&str) -> Kind {
    |column| limits.iter().find(|limit| limit.column == column).map_or(Kind::Line, |limit| limit.kind)
}

/// The film as it now is.
pub(super) async fn now(tx: &mut Tx<'_>, film: FilmId) -> Result<FilmDetail, Failure> {
    Ok(detail(&mut tx.conn, &tx.shape, film).await?.ok_or(Rule::FilmGone)?)
}

/// The answer that shows a film; a film that has gone since it was changed by a request that is repeated can't be shown.
pub(super) fn shown(film: Option<FilmDetail>) -> Reply {
    film.map_or(Reply::Done, |film| Reply::Film(Box::new(film)))
}

/// Whether somebody can be the producer of films: there, and on the panel of none of them.
pub(super) async fn check_producer(tx: &mut Tx<'_>, values: &FilmValues, films: &[i32]) -> Result<(), Failure> {
    let Some(id) = values.get(PRODUCER).and_then(|id| id.parse().ok()) else { return Ok(()) };
    let found = people::find(&mut tx.conn, &tx.shape, UserId(id)).await?;
    let account = found.ok_or(Failure::NotFound { what: "thing-user", id })?;
    let seats = films::seats(&mut tx.conn, &tx.shape, Which::Ids(films)).await?;
    match seats.iter().any(|seat| seat.user == id) {
        true => Err(Refusal::new(Rule::ProducerOnPanel).with("name", account.name()).into()),
        false => Ok(()),
    }
}

/// A film that somebody wants to add.
#[derive(Debug)]
pub(super) struct NewFilm {
    pub(super) fields: FilmValues,
    pub(super) producer: UserId,
    pub(super) categories: Vec<CategoryId>,
}

pub(super) async fn create(ask: &Ask<'_>, new: &NewFilm) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (film, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            ask.still_allowed(tx).await?;
            if let Some(line) = ask.done_before(tx).await?.first() {
                let id = FilmId(line.entry.subject.unwrap_or_default());
                return Ok((detail(&mut tx.conn, &tx.shape, id).await?, true));
            }
            let mut values = new.fields.clone();
            values.set(PRODUCER, Some(new.producer.to_string()));
            let limits = store::limits(&tx.shape);
            let values = film_field::check_new(&values, &limits).map_err(first)?;
            check_columns(&tx.shape, Table::Movies)?;
            if !new.categories.is_empty() {
                check_columns(&tx.shape, Table::MoviesCategories)?;
            }
            check_producer(tx, &values, &[]).await?;
            let categories = super::categories::known(tx, &new.categories).await?;
            let id = store::insert(&mut tx.conn, &tx.shape, &values).await?;
            let links: Vec<(i32, i32)> = categories.iter().map(|category| (id.0, *category)).collect();
            categories::link(&mut tx.conn, &tx.shape, &links).await?;
            let mut entry = ask.entry(Topic::Films, Some(id.0));
            let digest = super::trash::digest(tx, id).await?;
            // What was left empty has the column's default.
            let columns: Vec<&str> = values.iter().map(|(column, _)| column).collect();
            let values = store::values(&mut tx.conn, &tx.shape, &[id.0], &columns, false).await?.pop();
            let values = values.map(|(_, values)| values).unwrap_or_default();
            entry.after = Some(json!({ "values": values, "categories": categories, "digest": digest }));
            tx.record(entry);
            Ok((Some(now(tx, id).await?), false))
        })
    })
    .await?;
    ask.published().await;
    Ok(ask.undoable(shown(film), again))
}

/// A table that wants more than we know of its rows can't be given one.
pub(super) fn check_columns(shape: &Shape, table: Table) -> Result<(), Refusal> {
    let fields = match table {
        Table::Movies => film_field::FIELDS,
        Table::Collaborators => film_field::COLLABORATOR_FIELDS,
        Table::Categories => film_field::CATEGORY_FIELDS,
        _ => &[],
    };
    let own = ["id_movie", "id_categorie", "id_collaborator", "id_user", "selection_status", "award_name"];
    let known = fields.iter().map(|field| field.column).chain(own).chain(["createdAt", "updatedAt"]);
    let known: Vec<&str> = known.collect();
    match store::unknown_needed(shape, table, &known) {
        Some(column) => {
            let table = shape.name(table).unwrap_or(table.name());
            Err(Refusal::new(Rule::ColumnNeeded).with("name", format!("{table}.{column}")))
        }
        None => Ok(()),
    }
}

/// The values that would change something, judged; what stays as it is may be as odd as it is.
pub(super) fn wanted(fields: &FilmValues, now: &FilmValues, limits: &[FieldLimit]) -> Result<FilmValues, Failure> {
    let kind = kind_of(limits);
    let unlike = |column: &str, value: Option<&str>| !now.names(column) || !same(kind(column), value, now.get(column));
    let differing: FilmValues = fields.iter().filter(|(column, value)| unlike(column, *value)).collect();
    let clean = film_field::check(&differing, limits).map_err(first)?;
    Ok(clean.iter().filter(|(column, value)| unlike(column, *value)).collect())
}

/// What somebody else changed since it was loaded, if that concerns a column that is to be written.
pub(super) fn conflict(
    wanted: &FilmValues,
    loaded: Option<&FilmValues>,
    now: &FilmValues,
    limits: &[FieldLimit],
) -> Result<(), Failure> {
    let Some(loaded) = loaded else { return Ok(()) };
    let kind = kind_of(limits);
    let moved =
        |(column, value): &(&str, Option<&str>)| now.names(column) && !same(kind(column), *value, now.get(column));
    let changes: Vec<FieldChange> = loaded
        .iter()
        .filter(moved)
        .map(|(column, value)| FieldChange {
            field: column.to_owned(),
            loaded: value.unwrap_or_default().to_owned(),
            now: now.get(column).unwrap_or_default().to_owned(),
        })
        .collect();
    match changes.iter().any(|change| wanted.names(&change.field)) {
        true => Err(Failure::Conflict(changes)),
        false => Ok(()),
    }
}

/// The named ones of some values, to the last blank.
pub(super) fn only(values: &FilmValues, of: &FilmValues) -> FilmValues {
    of.iter().map(|(column, _)| (column, values.0.get(column).cloned().flatten())).collect()
}

pub(super) async fn edit(
    ask: &Ask<'_>,
    film: FilmId,
    fields: &FilmValues,
    loaded: Option<&FilmValues>,
) -> Result<Answer, Failure> {
    ask.inner.baseline().await?;
    let (film, changed, again) = tx::write(&ask.inner.db, |tx| {
        Box::pin(async move {
            let limits = store::limits(&tx.shape);
            let columns: Vec<&str> = limits.iter().map(|limit| limit.column).collect();
            let locked = store::values(&mut tx.conn, &tx.shape, &[film.0], &columns, true).await?.pop();
            ask.still_allowed(tx).await?;
            if !ask.done_before(tx).await?.is_empty() {
                return Ok((detail(&mut tx.conn, &tx.shape, film).await?, true, true));
            }
            let (_, before) = locked.ok_or(Rule::FilmGone)?;
            let wanted = wanted(fields, &before, &limits)?;
            conflict(&wanted, loaded, &before, &limits)?;
            if wanted.is_empty() {
                return Ok((Some(now(tx, film).await?), false, false));
            }
            check_producer(tx, &wanted, &[film.0]).await?;
            let written = store::update(&mut tx.conn, &tx.shape, &[film.0], &wanted).await?;
            let watched: Vec<What> = wanted.0.keys().filter_map(|column| What::from_name(column)).collect();
            outside::decide(&mut tx.conn, &[film.0], &watched, ask.user(), ask.id).await?;
            let mut entry = ask.entry(Topic::Films, Some(film.0));
            (entry.before, entry.after) = (Some(state(&only(&before, &wanted))), Some(state(&written)));
            tx.record(entry);
            Ok((Some(now(tx, film).await?), true, false))
        })
    })
    .await?;
    let reply = shown(film);
    if !changed {
        return Ok(reply.into());
    }
    ask.published().await;
    Ok(ask.undoable(reply, again))
}

/// This database has no categories, or no collaborators.
pub(super) fn not_here(what: &str) -> Failure {
    Refusal::new(Rule::NotHere).with("what", Param::Message(what.to_owned())).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn limits() -> Vec<FieldLimit> {
        film_field::FIELDS.iter().map(FieldLimit::new).collect()
    }

    fn values(values: &[(&str, &str)]) -> FilmValues {
        values.iter().map(|(column, value)| (*column, Some(*value))).collect()
    }

    #[test]
    fn what_stays_as_it_is_may_be_odd() {
        let now = values(&[("youtube_link", "not an address"), ("duration", "-5"), ("title", "A")]);
        let clean = wanted(&values(&[("youtube_link", "not an address"), ("title", "B")]), &now, &limits()).unwrap();
        assert_eq!(clean, values(&[("title", "B")]));
        assert!(wanted(&values(&[("youtube_link", "another")]), &now, &limits()).is_err());
        assert!(wanted(&values(&[("rank", "1")]), &now, &limits()).is_err());
    }

    #[test]
    fn only_what_is_to_be_written_can_be_in_conflict() {
        let (loaded, now) =
            (values(&[("title", "A"), ("ai_tool", "Veo")]), values(&[("title", "A2"), ("ai_tool", "Sora")]));
        assert!(conflict(&values(&[("workshop", "W")]), Some(&loaded), &now, &limits()).is_ok());
        assert!(conflict(&values(&[("title", "B")]), None, &now, &limits()).is_ok());
        let Err(Failure::Conflict(changes)) = conflict(&values(&[("title", "B")]), Some(&loaded), &now, &limits())
        else {
            panic!("no conflict")
        };
        let fields: Vec<_> = changes.iter().map(|c| (c.field.as_str(), c.loaded.as_str(), c.now.as_str())).collect();
        assert_eq!(fields, [("ai_tool", "Veo", "Sora"), ("title", "A", "A2")]);
    }
}
