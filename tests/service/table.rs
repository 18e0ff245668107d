//! Every combination of a film's status, its panel, a juror's own vote and a request: what it is answered with, and what it
//! leaves behind, on each shape of the platform's database.

use std::fmt;

use marsai::api::{Answer, Failure, Reply, Request};
use marsai::domain::film::FilmStatus::{self, Assigned, Candidate, Finalist, Selected, Submitted, ToDiscuss};
use marsai::domain::jury::Why;
use marsai::domain::{FilmId, UserId, VoteId};

use sqlx::{AssertSqlSafe, MySqlConnection};

use super::desk::Desk;
use super::support::{self, Kind, fixtures};

/// The film that everything is tried on, and who has to do with it.
const FILM: FilmId = FilmId(500);
const ADMIN: UserId = UserId(1);
/// The juror whose vote is looked at.
const ME: UserId = UserId(501);
/// On the panel as well: has voted YES, and has not voted yet.
const VOTER: UserId = UserId(502);
const SILENT: UserId = UserId(503);
/// Of the jury, and on no panel.
const NEWCOMER: UserId = UserId(504);
const MINE: VoteId = VoteId(900);

/// What the juror did so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Own {
    Nothing,
    First,
    Changed,
    Stands,
}

/// One combination.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Case {
    status: FilmStatus,
    on_panel: bool,
    own: Own,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.status, if self.on_panel { "on the panel" } else { "not on it" }, self.own)
    }
}

impl Case {
    fn all() -> impl Iterator<Item = Case> {
        let owns = [Own::Nothing, Own::First, Own::Changed, Own::Stands];
        let statuses = FilmStatus::ALL.into_iter();
        statuses.flat_map(move |status| {
            [true, false]
                .into_iter()
                .flat_map(move |on_panel| owns.into_iter().map(move |own| Case { status, on_panel, own }))
        })
    }

    /// Votes are cast in round 1, changed in round 2.
    fn in_a_round(self) -> bool {
        matches!(self.status, Assigned | ToDiscuss)
    }
}

/// A request with what it is answered in each case: the name of a rule, `not found`, or `ok`.
struct Column {
    name: &'static str,
    by: UserId,
    request: fn() -> Request,
    expected: fn(Case) -> &'static str,
    /// What the tables hold afterwards, where it was done: statements that answer 1.
    leaves: fn(Case) -> Vec<&'static str>,
}

fn why() -> String {
    "as the table says".to_owned()
}

fn cast() -> Request {
    Request::CastVote { film: FILM, note: "NO".into(), comments: Some(" because ".into()), seen: None, draft: None }
}

fn if_voted(own: Own, otherwise: &'static str) -> &'static str {
    if own == Own::Nothing { "not found" } else { otherwise }
}

const COLUMNS: &[Column] = &[
    Column {
        name: "cast_vote",
        by: ME,
        request: cast,
        expected: |case| match (case.on_panel, case.status, case.own) {
            (false, ..) => "not_assigned",
            (_, Assigned, Own::Nothing) => "ok",
            (_, Assigned, _) => "already_voted",
            (_, ToDiscuss, Own::Nothing) => "no_first_vote",
            (_, ToDiscuss, Own::First) => "ok",
            (_, ToDiscuss, Own::Changed) => "change_spent",
            (_, ToDiscuss, Own::Stands) => "vote_stands",
            _ => "voting_closed",
        },
        leaves: |case| match case.status {
            Assigned => vec![
                "SELECT COUNT(*) = 1 FROM {votes} WHERE id_movie = 500 AND id_user = 501 AND note = 'NO' AND comments = 'because' AND modification_count = 0",
                "SELECT COUNT(*) = 0 FROM {history} WHERE id_movie = 500",
                "SELECT selection_status = 'assigned' FROM {movies} WHERE id_movie = 500",
            ],
            _ => vec![
                "SELECT COUNT(*) = 1 FROM {votes} WHERE id_vote = 900 AND note = 'NO' AND comments = 'because' AND modification_count = 1",
                "SELECT COUNT(*) = 1 FROM {history} WHERE id_vote = 900 AND note = 'TO DISCUSS' AND comments = 'first'",
            ],
        },
    },
    Column {
        name: "let_stand",
        by: ME,
        request: || Request::LetStand { film: FILM, seen: None, draft: None },
        expected: |case| match (case.on_panel, case.status, case.own) {
            (false, ..) => "not_assigned",
            (_, ToDiscuss, Own::Nothing) => "no_first_vote",
            (_, ToDiscuss, Own::First) => "ok",
            (_, ToDiscuss, Own::Changed) => "change_spent",
            (_, ToDiscuss, Own::Stands) => "vote_stands",
            _ => "not_in_discussion",
        },
        leaves: |_| {
            vec![
                "SELECT COUNT(*) = 1 FROM {votes} WHERE id_vote = 900 AND note = 'TO DISCUSS' AND modification_count = 0",
                "SELECT stands_vote = 900 FROM console_seats WHERE id_movie = 500 AND id_user = 501",
            ]
        },
    },
    Column {
        name: "promote",
        by: ME,
        request: || Request::Promote { film: FILM, jury_comment: Some(" ours ".into()), seen: None },
        expected: |case| match (case.on_panel, case.status) {
            (false, _) => "not_assigned",
            (_, ToDiscuss) => "ok",
            _ => "not_in_discussion",
        },
        leaves: |_| {
            vec!["SELECT selection_status = 'candidate' AND jury_comment = 'ours' FROM {movies} WHERE id_movie = 500"]
        },
    },
    Column {
        name: "recuse (conflict)",
        by: ME,
        request: || Request::Recuse { film: FILM, why: Why::Conflict },
        expected: |case| if case.on_panel { "ok" } else { "not_assigned" },
        leaves: |case| match case.own {
            Own::Nothing => vec!["SELECT COUNT(*) = 0 FROM movies_juries WHERE id_movie = 500 AND id_user = 501"],
            _ => vec![
                "SELECT COUNT(*) = 1 FROM movies_juries WHERE id_movie = 500 AND id_user = 501",
                "SELECT COUNT(*) = 1 FROM {votes} WHERE id_vote = 900",
                "SELECT recusal_waiting FROM console_seats WHERE id_movie = 500 AND id_user = 501",
            ],
        },
    },
    Column {
        name: "recuse (language)",
        by: ME,
        request: || Request::Recuse { film: FILM, why: Why::Language },
        expected: |case| match case {
            Case { on_panel: false, .. } => "not_assigned",
            Case { own: Own::First | Own::Changed | Own::Stands, .. } => "already_voted",
            case if case.in_a_round() => "ok",
            _ => "voting_closed",
        },
        leaves: |_| vec!["SELECT recusal_waiting FROM console_seats WHERE id_movie = 500 AND id_user = 501"],
    },
    Column {
        name: "delete_vote",
        by: ADMIN,
        request: || Request::DeleteVote { vote: MINE, reason: why(), anyway: false, seen: None },
        expected: |case| match case {
            Case { on_panel: true, status: ToDiscuss, own } => if_voted(own, "could_not_vote_again"),
            case => if_voted(case.own, "ok"),
        },
        leaves: |_| {
            vec![
                "SELECT COUNT(*) = 0 FROM {votes} WHERE id_vote = 900",
                "SELECT COUNT(*) = 0 FROM {history} WHERE id_vote = 900",
            ]
        },
    },
    Column {
        name: "delete_vote (anyway)",
        by: ADMIN,
        request: || Request::DeleteVote { vote: MINE, reason: why(), anyway: true, seen: None },
        expected: |case| if_voted(case.own, "ok"),
        leaves: |_| vec!["SELECT COUNT(*) = 0 FROM {votes} WHERE id_vote = 900"],
    },
    Column {
        name: "delete_vote (no reason)",
        by: ADMIN,
        request: || Request::DeleteVote { vote: MINE, reason: " \u{3000}".into(), anyway: true, seen: None },
        expected: |_| "reason_needed",
        leaves: |_| Vec::new(),
    },
    Column {
        name: "delete_votes (anyway)",
        by: ADMIN,
        request: || Request::DeleteVotes { film: FILM, reason: why(), anyway: true, seen: None },
        expected: |_| "ok",
        leaves: |_| vec!["SELECT COUNT(*) = 0 FROM {votes} WHERE id_movie = 500"],
    },
    Column {
        name: "reset_vote",
        by: ADMIN,
        request: || Request::ResetVote { vote: MINE, reason: why(), seen: None },
        expected: |case| match case.own {
            Own::Nothing => "not found",
            Own::First => "nothing_to_reset",
            Own::Changed | Own::Stands => "ok",
        },
        leaves: |_| {
            vec![
                "SELECT modification_count = 0 FROM {votes} WHERE id_vote = 900",
                "SELECT COUNT(*) = 0 FROM console_seats WHERE id_movie = 500 AND id_user = 501 AND stands_vote IS NOT NULL",
            ]
        },
    },
    Column {
        name: "admit_vote",
        by: ADMIN,
        request: || Request::AdmitVote { vote: MINE, reason: why(), seen: None },
        expected: |case| if_voted(case.own, "not_late"),
        leaves: |_| Vec::new(),
    },
    Column {
        name: "set_panel (without me)",
        by: ADMIN,
        request: || Request::SetPanel { film: FILM, jurors: vec![VOTER, SILENT], loaded: None },
        expected: |case| match case {
            Case { on_panel: true, own: Own::First | Own::Changed | Own::Stands, .. } => "juror_has_voted",
            _ => "ok",
        },
        leaves: |_| vec!["SELECT COUNT(*) = 2 FROM movies_juries WHERE id_movie = 500"],
    },
    Column {
        name: "set_panel (one more)",
        by: ADMIN,
        request: || Request::SetPanel { film: FILM, jurors: vec![ME, VOTER, SILENT, NEWCOMER], loaded: None },
        expected: |case| match case.status {
            Submitted | Assigned => "ok",
            _ => "discussion_begun",
        },
        leaves: |_| {
            vec![
                "SELECT COUNT(*) = 4 FROM movies_juries WHERE id_movie = 500",
                "SELECT selection_status = 'assigned' FROM {movies} WHERE id_movie = 500",
            ]
        },
    },
    Column {
        name: "close_round",
        by: ADMIN,
        request: || Request::CloseRound { film: FILM, reason: Some(why()), seen: None },
        expected: |case| match case {
            case if !case.in_a_round() => "voting_closed",
            Case { on_panel: true, own: Own::First | Own::Changed | Own::Stands, .. } => "ok",
            _ => "quorum_missing",
        },
        leaves: |case| match case.status {
            // Its request to discuss is among the votes, so that the closed round leads there.
            Assigned => vec!["SELECT selection_status = 'to_discuss' FROM {movies} WHERE id_movie = 500"],
            _ => vec!["SELECT closed_second IS NOT NULL FROM console_rounds WHERE id_movie = 500"],
        },
    },
    Column {
        name: "reopen_round (for me)",
        by: ADMIN,
        request: || Request::ReopenRound { film: FILM, juror: Some(ME), reason: why(), seen: None },
        expected: |case| match (case.status, case.own) {
            (ToDiscuss, Own::Nothing) => "ok",
            (ToDiscuss, _) => "nothing_to_reopen",
            _ => "not_in_discussion",
        },
        leaves: |_| {
            vec![
                "SELECT selection_status = 'assigned' FROM {movies} WHERE id_movie = 500",
                "SELECT COUNT(*) = 3 FROM movies_juries WHERE id_movie = 500",
                "SELECT COUNT(*) = 1 FROM {votes} WHERE id_movie = 500",
            ]
        },
    },
    Column {
        name: "reopen_round",
        by: ADMIN,
        request: || Request::ReopenRound { film: FILM, juror: None, reason: why(), seen: None },
        expected: |case| if case.in_a_round() { "round_open" } else { "voting_closed" },
        leaves: |_| Vec::new(),
    },
    Column {
        name: "release_juror",
        by: ADMIN,
        request: || Request::ReleaseJuror { juror: ME, kept: true, replacements: Vec::new(), reason: None },
        expected: |case| match case {
            Case { on_panel: true, status: Submitted | Assigned | ToDiscuss, .. } => "ok",
            _ => "no_seats",
        },
        leaves: |case| {
            let mut left = vec!["SELECT COUNT(*) = 0 FROM movies_juries WHERE id_movie = 500 AND id_user = 501"];
            if case.own != Own::Nothing {
                left.push("SELECT COUNT(*) = 1 FROM {votes} WHERE id_vote = 900");
                left.push("SELECT kept FROM console_seats WHERE id_movie = 500 AND id_user = 501");
            }
            left
        },
    },
    Column {
        name: "settle_recusal",
        by: ADMIN,
        request: || Request::SettleRecusal {
            film: FILM,
            juror: ME,
            agree: true,
            kept: Some(true),
            reason: None,
            seen: None,
        },
        expected: |_| "nothing_to_settle",
        leaves: |_| Vec::new(),
    },
    Column {
        name: "award",
        by: ADMIN,
        request: || Request::Award { film: FILM, award: "Grand Prix".into(), seen: None },
        expected: |case| match case.status {
            Candidate | Selected | Finalist | FilmStatus::Awarded => "ok",
            _ => "not_allowed",
        },
        leaves: |_| {
            vec![
                "SELECT selection_status = 'awarded' FROM {movies} WHERE id_movie = 500",
                "SELECT COUNT(*) = 1 FROM {awards} WHERE id_movie = 500 AND award_name = 'Grand Prix'",
            ]
        },
    },
    Column {
        name: "take_back_award",
        by: ADMIN,
        request: || Request::TakeBackAward { film: FILM, award: "Grand Prix".into() },
        expected: |_| "not_this_award",
        leaves: |_| Vec::new(),
    },
];

/// A festival on one of the fixtures, with the names of its tables.
struct Festival {
    desk: Desk,
    name: &'static str,
    tables: Vec<(&'static str, String)>,
    dated_panels: bool,
    /// Asked so often that it is kept.
    conn: tokio::sync::Mutex<MySqlConnection>,
    /// The query that answers everything that a request could leave a trace in.
    traces: String,
}

impl Festival {
    async fn open(kind: Kind, name: &'static str) -> Self {
        let database = support::database_on(kind).await;
        fixtures::load(&database, fixtures::named(name)).await;
        let desk = Desk::on(database).await;
        let mut tables = Vec::new();
        for (key, known) in [
            ("{movies}", "'movies'"),
            ("{users}", "'users'"),
            ("{votes}", "'votes'"),
            ("{awards}", "'awards'"),
            ("{history}", "'vote_history', 'vote_histories', 'votehistories'"),
        ] {
            let query = format!(
                "SELECT MIN(t.table_name) FROM information_schema.tables t \
                 WHERE t.table_schema = DATABASE() AND LOWER(t.table_name) IN ({known})"
            );
            tables.push((key, desk.value(&query).await));
        }
        let dated = "SELECT COUNT(*) FROM information_schema.columns c WHERE c.table_schema = DATABASE() \
                     AND c.table_name = 'movies_juries' AND c.column_name = 'createdAt'";
        let dated_panels = desk.value(dated).await == "1";
        let conn = tokio::sync::Mutex::new(desk.connect().await);
        let mut festival = Festival { desk, name, tables, dated_panels, conn, traces: String::new() };
        festival.traces = festival.tracing().await;
        let people: Vec<String> = [ME, VOTER, SILENT, NEWCOMER]
            .map(|id| {
                format!("({id}, 'J', '{id}', 'juror{id}@example.org', 'none', 'JURY', '2026-01-01', '2026-01-01')")
            })
            .to_vec();
        let columns = "id_user, first_name, last_name, email, password, role, createdAt, updatedAt";
        festival.run(&format!("INSERT INTO {{users}} ({columns}) VALUES {}", people.join(","))).await;
        festival
    }

    /// A statement with this festival's names of the tables.
    fn render(&self, sql: &str) -> String {
        let float = self.name == "float_history";
        let mut sql = sql.to_owned();
        if float && sql.contains("{history}") {
            // An old FLOAT takes the index of the word.
            sql = sql.replace("note = 'TO DISCUSS'", "note = 3");
        }
        self.tables.iter().fold(sql, |sql, (key, name)| sql.replace(key, &format!("`{name}`")))
    }

    async fn run(&self, sql: &str) {
        let sql = AssertSqlSafe(self.render(sql));
        sqlx::raw_sql(sql).execute(&mut *self.conn.lock().await).await.unwrap();
    }

    /// One value as text; NULL as `NULL`.
    async fn value(&self, sql: &str) -> String {
        let sql = AssertSqlSafe(format!("SELECT COALESCE(CAST(({}) AS CHAR), 'NULL')", self.render(sql)));
        sqlx::query_scalar(sql).fetch_one(&mut *self.conn.lock().await).await.unwrap()
    }

    /// Makes the film anew as the case has it.
    async fn set(&self, case: Case) {
        let mut sql = "DELETE FROM {movies} WHERE id_movie = 500; DELETE FROM console_seats WHERE id_movie = 500;
            DELETE FROM console_rounds WHERE id_movie = 500; DELETE FROM movies_juries WHERE id_movie = 500;"
            .to_owned();
        sql += &format!(
            "INSERT INTO {{movies}} (id_movie, title, selection_status, id_user, createdAt, updatedAt)
             VALUES (500, 'Case', '{}', 5, '2026-01-01 10:00:00', '2026-01-01 10:00:00');",
            case.status
        );
        let panel = if case.on_panel { vec![ME, VOTER, SILENT] } else { vec![VOTER, SILENT] };
        let (columns, dates) = match self.dated_panels {
            true => (", createdAt, updatedAt", ", '2026-01-02', '2026-01-02'"),
            false => ("", ""),
        };
        let seats: Vec<String> = panel.iter().map(|id| format!("(500, {id}{dates})")).collect();
        sql += &format!("INSERT INTO movies_juries (id_movie, id_user{columns}) VALUES {};", seats.join(","));
        let mut votes = vec!["(899, 502, 500, 'YES', 'fine', 0, '2026-01-03', '2026-01-03')".to_owned()];
        if case.own != Own::Nothing {
            let changed = i32::from(case.own == Own::Changed);
            votes.push(format!("(900, 501, 500, 'TO DISCUSS', 'first', {changed}, '2026-01-03', '2026-01-03')"));
        }
        sql += &format!(
            "INSERT INTO {{votes}} (id_vote, id_user, id_movie, note, comments, modification_count, createdAt, updatedAt)
             VALUES {};",
            votes.join(",")
        );
        if case.own == Own::Stands {
            sql += "INSERT INTO console_seats (id_movie, id_user, born, stands_vote, stands_note, stands_count, changed_at)
                    SELECT 500, 501, CAST(createdAt AS CHAR), 900, 'TO DISCUSS', 0, UTC_TIMESTAMP(3)
                    FROM {movies} WHERE id_movie = 500;";
        }
        self.run(&sql).await;
    }

    /// The query that answers everything that a request could leave a trace in.
    async fn tracing(&self) -> String {
        let mut parts = vec!["(SELECT COUNT(*) FROM console_ledger)".to_owned()];
        for table in ["{movies}", "{votes}", "{history}", "movies_juries", "console_seats", "console_rounds"] {
            let columns = format!(
                "SELECT GROUP_CONCAT('COALESCE(HEX(`', c.column_name, '`),1)' ORDER BY c.ordinal_position) \
                 FROM information_schema.columns c WHERE c.table_schema = DATABASE() AND c.table_name = '{}'",
                self.render(table).trim_matches('`')
            );
            let columns = self.value(&columns).await;
            parts.push(format!(
                "(SELECT GROUP_CONCAT(CONCAT_WS('|', {columns}) ORDER BY 1) FROM {table} WHERE id_movie = 500)"
            ));
        }
        format!("SELECT CONCAT_WS(';', {})", parts.join(", "))
    }

    async fn try_one(&self, column: &Column, case: Case) -> bool {
        let expected = (column.expected)(case);
        let about = format!("{} on {}: {case:?}", column.name, self.name);
        let before = match expected {
            "ok" => String::new(),
            _ => self.value(&self.traces).await,
        };
        let outcome = self.desk.ask(column.by, (column.request)()).await;
        assert_eq!(told(&outcome), expected, "{about}: {outcome:?}");
        if expected != "ok" {
            assert_eq!(self.value(&self.traces).await, before, "{about}: a refusal left a trace");
            return false;
        }
        for sql in (column.leaves)(case) {
            assert_eq!(self.value(sql).await, "1", "{about}: {sql}");
        }
        true
    }
}

fn told(outcome: &Result<Answer, Failure>) -> &'static str {
    match outcome {
        Ok(Answer { reply: Reply::Released(released), .. }) => match released.refused.first() {
            Some((_, refusal)) => refusal.rule.name(),
            None => "ok",
        },
        Ok(_) => "ok",
        Err(Failure::Rule(refusal)) => refusal.rule.name(),
        Err(Failure::NotFound { .. }) => "not found",
        Err(other) => other.kind(),
    }
}

/// Tries everything on one fixture. What is refused leaves the film as it was, so that it need not be made anew.
async fn whole_table(name: &'static str) {
    for kind in support::servers() {
        let festival = Festival::open(kind, name).await;
        for case in Case::all() {
            festival.set(case).await;
            for column in COLUMNS {
                if festival.try_one(column, case).await {
                    festival.set(case).await;
                }
            }
        }
    }
}

macro_rules! tables {
    ($($test:ident = $name:literal,)*) => {$(
        #[tokio::test]
        async fn $test() {
            whole_table($name).await;
        }
    )*};
}

tables! {
    every_combination_as_the_document_has_it = "document",
    every_combination_with_a_float_history = "float_history",
    every_combination_with_bare_panels = "bare_panels",
    every_combination_on_the_running_site = "running_site",
    every_combination_under_other_names = "plural_names",
    every_combination_among_strangers = "strangers",
    every_combination_beside_odd_values = "odd_values",
}

#[tokio::test]
async fn a_site_without_panels_and_history_refuses_by_name() {
    for kind in support::servers() {
        let database = support::database_on(kind).await;
        fixtures::load(&database, fixtures::named("core_only")).await;
        let desk = Desk::on(database).await;
        let juror = UserId(2);
        let film = FilmId(2);
        let vote =
            Request::CastVote { film, note: "YES".into(), comments: Some("fine".into()), seen: None, draft: None };
        assert_eq!(told(&desk.ask(juror, vote).await), "not_assigned");
        let panel = Request::SetPanel { film, jurors: vec![juror], loaded: None };
        assert_eq!(told(&desk.ask(ADMIN, panel).await), "not_here");
        let award = Request::Award { film, award: "Prix".into(), seen: None };
        assert!(matches!(told(&desk.ask(ADMIN, award).await), "not_here" | "not_allowed"));
    }
}
