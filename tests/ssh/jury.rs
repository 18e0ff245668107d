//! A jury at work: two jurors, a film in each round.

use sqlx::AssertSqlSafe;

use super::festival::{FILM, Festival, PASSWORD, TITLE};
use super::terminal::Client;

pub(crate) const BEN: &str = "ben@example.org";
pub(crate) const BENS_NAME: &str = "Ben Vidal";
pub(crate) const CLEO: &str = "cleo@example.org";

/// The film of the second round, on which both have voted.
pub(crate) const DISCUSSED: i32 = 1;

/// Adds the jurors with a film to judge and one to discuss.
pub(crate) async fn convene(festival: &Festival) {
    let hash = bcrypt::hash(PASSWORD, 4).unwrap();
    let at = "'2026-01-10 09:00:00', '2026-01-10 09:00:00'";
    let rows = format!(
        "INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES
         (3, 'Ben', 'Vidal', '{BEN}', '{hash}', 'JURY', {at}), (4, 'Cleo', 'Sy', '{CLEO}', '{hash}', 'JURY', {at});
         INSERT INTO movies_juries (id_movie, id_user, createdAt, updatedAt) VALUES
         ({FILM}, 3, {at}), ({FILM}, 4, {at}), ({DISCUSSED}, 3, {at}), ({DISCUSSED}, 4, {at});
         UPDATE movies SET selection_status = 'assigned' WHERE id_movie = {FILM};
         UPDATE movies SET selection_status = 'to_discuss' WHERE id_movie = {DISCUSSED};
         INSERT INTO votes (id_user, id_movie, note, comments, modification_count, createdAt, updatedAt) VALUES
         (3, {DISCUSSED}, 'TO DISCUSS', 'Too early to say.', 0, {at}), (4, {DISCUSSED}, 'YES', 'Lovely.', 0, {at})"
    );
    sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut festival.database.connect().await).await.unwrap();
}

/// The vote of Ben on a film: note, comment, changes.
pub(crate) async fn bens_vote(festival: &Festival, film: i32) -> Option<(String, String, i32)> {
    let sql = "SELECT CAST(note AS CHAR), comments, modification_count FROM votes WHERE id_user = 3 AND id_movie = ?";
    sqlx::query_as(sql).bind(film).fetch_optional(&mut festival.database.connect().await).await.unwrap()
}

/// Puts the cursor on a film among the juror's.
pub(crate) async fn find(client: &mut Client, part: &str, other: &'static str) {
    client.press(&format!("/{part}\r"));
    client.until("the one film", |screen| !screen.contents().contains(other)).await;
}

/// Opens the ballot of the film of the first round and types a comment.
pub(crate) async fn comment(client: &mut Client, text: &str) {
    client.reads(TITLE).await;
    find(client, "fin", "Two Moons").await;
    client.press("y");
    client.reads("My comment").await;
    client.press(text);
    client.reads(text.trim_end()).await;
}
