//! What sessions hear of other consoles and of the database, on a real one.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use marsai::api::{Reply, Request, Topic};
use marsai::domain::sponsor::SponsorFields;
use marsai::domain::{FilmId, UserId};
use marsai::mariadb::Server;
use marsai::run::feed::Live;
use marsai::run::host::{News, Service as _};
use marsai::service::{Caller, NoObserver, Origin, Service};
use marsai::store::connect::{self, PoolSettings, Target};
use marsai::store::{Shape, migrate};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::ConnectOptions as _;
use tokio::sync::broadcast::{self, Receiver};

/// A console's service on a database that has its shape.
async fn live(target: &Target) -> (Live, Service) {
    let pool = connect::pool(target, PoolSettings::default());
    let shape = Shape::read(&mut pool.acquire().await.unwrap()).await.unwrap();
    let service = Service::new(pool, shape);
    (Live::new(service.clone()), service)
}

/// Waits for news that a test is about.
async fn hears(news: &mut Receiver<News>, about: impl Fn(&News) -> bool) {
    let wanted = async { while !about(&news.recv().await.unwrap()) {} };
    tokio::time::timeout(Duration::from_secs(60), wanted).await.expect("the news in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_console_hears_what_one_of_them_changes() {
    let database = support::database().await;
    let mut conn = database.connect().await;
    migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
    let user = "INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES \
                (1, 'Ann', 'Test', 'ann@example.org', '', 'ADMIN', '2025-12-01 08:00:00', '2025-12-01 08:00:00')";
    sqlx::raw_sql(user).execute(&mut conn).await.unwrap();
    let target = Target::parse(database.url()).unwrap();
    let ((here, _), (there, service)) = (live(&target).await, live(&target).await);
    let (mut here_news, mut there_news) = (here.news(), there.news());
    // Its first look lies before the change.
    service.poll_changes().await.unwrap();
    let caller = |user| Caller { user, ..Caller::nobody(Origin::Console) };
    let fields =
        SponsorFields { name: "Lumière".to_owned(), logo: "lumiere.png".to_owned(), ..SponsorFields::default() };
    let user = Some(UserId(1));
    here.call(caller(user), Request::CreateSponsor { fields }, None, Arc::new(NoObserver)).await.unwrap();
    let sponsors = |news: &News| matches!(news, News::Changed(changed) if changed.topic == Topic::Sponsors);
    hears(&mut here_news, sponsors).await;
    hears(&mut there_news, sponsors).await;
}

/// Two jurors on a film in round one, and an administrator.
const FESTIVAL: &str = "
INSERT INTO users (id_user, first_name, last_name, email, password, role, createdAt, updatedAt) VALUES
 (1, 'Ann', 'Test', 'ann@example.org', '', 'ADMIN', '2025-12-01 08:00:00', '2025-12-01 08:00:00'),
 (2, 'Cleo', 'Test', 'cleo@example.org', '', 'JURY', '2025-12-01 08:00:00', '2025-12-01 08:00:00'),
 (3, 'Dan', 'Test', 'dan@example.org', '', 'JURY', '2025-12-01 08:00:00', '2025-12-01 08:00:00');
INSERT INTO movies (id_movie, title, id_user, selection_status, createdAt, updatedAt) VALUES
 (1, 'Red', 1, 'assigned', '2025-12-01 08:00:00', '2025-12-01 08:00:00'),
 (2, 'Blue', 1, 'assigned', '2025-12-01 08:00:00', '2025-12-01 08:00:00');
INSERT INTO movies_juries (id_movie, id_user) VALUES (1, 2), (1, 3), (2, 2), (2, 3);
";

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_appears_in_the_lists_of_every_session_here_and_elsewhere() {
    let database = support::database().await;
    let mut conn = database.connect().await;
    migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
    sqlx::raw_sql(FESTIVAL).execute(&mut conn).await.unwrap();
    let target = Target::parse(database.url()).unwrap();
    let ((_here, near), (there, far)) = (live(&target).await, live(&target).await);
    let caller = |user| Caller { user: Some(UserId(user)), ..Caller::nobody(Origin::Console) };
    let list = async |service: &Service| {
        let films = Request::Films { fresh: false };
        match service.call(&caller(1), films, None, &NoObserver).await.unwrap().reply {
            Reply::Films(list) => list.rows.iter().map(|row| (row.id.0, row.voted, row.tally.no)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    for service in [&near, &far] {
        assert_eq!(list(service).await, [(2, 0, 0), (1, 0, 0)]);
        service.poll_changes().await.unwrap();
    }
    // Another session of the same process, and a session of another one.
    let (mut beside, mut elsewhere) = (near.subscribe(), there.news());
    let vote = |film, note: &str| {
        let (note, comments) = (note.to_owned(), Some("so it is".to_owned()));
        Request::CastVote { film: FilmId(film), note, comments, seen: None, draft: None }
    };
    near.call(&caller(2), vote(1, "NO"), None, &NoObserver).await.unwrap();
    // When its juror is answered, everybody here has been told, and the list shows it.
    let told = beside.try_recv().unwrap();
    assert_eq!((told.topic, told.ids), (Topic::Films, Some(vec![1])));
    assert_eq!(list(&near).await, [(2, 0, 0), (1, 1, 1)]);
    let about = |film: i32| move |news: &News| matches!(news, News::Changed(changed) if changed.topic == Topic::Films && changed.ids == Some(vec![film]));
    // Elsewhere too the list is there before the news of it.
    hears(&mut elsewhere, about(1)).await;
    assert_eq!(list(&far).await, [(2, 0, 0), (1, 1, 1)]);
    far.call(&caller(3), vote(2, "NO"), None, &NoObserver).await.unwrap();
    hears(&mut elsewhere, about(2)).await;
    assert_eq!(list(&far).await, [(2, 1, 1), (1, 1, 1)]);
    near.poll_changes().await.unwrap();
    assert_eq!(list(&near).await, [(2, 1, 1), (1, 1, 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn losing_the_database_and_finding_it_again_is_told() {
    let home = tempfile::tempdir().unwrap();
    let server = Server::open(home.path()).await.unwrap();
    let mut conn = server.connect_options().connect().await.unwrap();
    sqlx::raw_sql("CREATE DATABASE marsai CHARACTER SET utf8mb4; USE marsai").execute(&mut conn).await.unwrap();
    migrate::apply(&mut conn, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
    drop(conn);
    let (live, _) = live(&Target::private(server.connect_options(), "marsai")).await;
    // A console opens its service before anybody listens to it.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut news = live.news();
    let pid: i32 = fs::read_to_string(server.directory().join("server.pid")).unwrap().trim().parse().unwrap();
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    hears(&mut news, |news| matches!(news, News::Database(false))).await;
    server.revive().await.unwrap();
    hears(&mut news, |news| matches!(news, News::Database(true))).await;
    drop(live);
    server.leave().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_web_site_writes_is_found_and_told() {
    let database = support::database().await;
    let mut site = database.connect().await;
    migrate::apply(&mut site, migrate::Options::default(), &mut |_, _, _| {}).await.unwrap();
    let rows = "INSERT INTO users (id_user, first_name, last_name, email, password, createdAt, updatedAt) VALUES \
                (1, 'Gil', 'Test', 'gil@example.org', '', '2025-12-01 08:00:00', '2025-12-01 08:00:00'); \
                INSERT INTO movies (id_movie, title, id_user, createdAt, updatedAt) VALUES \
                (1, 'Red', 1, '2025-12-01 08:00:00', '2025-12-01 08:00:00')";
    sqlx::raw_sql(rows).execute(&mut site).await.unwrap();
    let (_, service) = live(&Target::parse(database.url()).unwrap()).await;
    // What is there now is no news.
    service.poll_changes().await.unwrap();
    let live = Live::beside_a_site(service);
    let mut news = live.news();
    let films = |news: &News| matches!(news, News::Changed(changed) if changed.topic == Topic::Films);
    // First everything is taken as it is, which is no news.
    let known = async {
        let seen = "SELECT COUNT(*) FROM console_seen";
        while sqlx::query_scalar::<_, i64>(seen).fetch_one(&mut site).await.unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), known).await.expect("a first look in time");
    assert!(matches!(news.try_recv(), Err(broadcast::error::TryRecvError::Empty)));
    sqlx::raw_sql("UPDATE movies SET selection_status = 'refused'").execute(&mut site).await.unwrap();
    hears(&mut news, films).await;
    let marked = "SELECT COUNT(*) FROM console_outside WHERE settled_at IS NULL";
    assert_eq!(sqlx::query_scalar::<_, i64>(marked).fetch_one(&mut site).await.unwrap(), 1);
    live.leave().await;
    let free = "SELECT COUNT(*) FROM console_leases WHERE until < UTC_TIMESTAMP(3)";
    assert_eq!(sqlx::query_scalar::<_, i64>(free).fetch_one(&mut site).await.unwrap(), 1);
}
