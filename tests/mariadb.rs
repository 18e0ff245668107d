//! The private MariaDB on real servers in temporary directories.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use marsai::mariadb::Server;
use sqlx::{Connection, MySqlConnection};

/// A connection as a console makes it.
async fn connect(server: &Server) -> MySqlConnection {
    MySqlConnection::connect_with(&server.connect_options()).await.unwrap()
}

#[tokio::test]
async fn the_last_one_out_stops_the_server_and_the_data_stays() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("private");
    let first = Server::open(&directory).await.unwrap();
    let second = Server::open(&directory).await.unwrap();
    let mut connection = connect(&first).await;
    sqlx::raw_sql("CREATE DATABASE kept").execute(&mut connection).await.unwrap();
    drop(connection);

    first.leave().await.unwrap();
    let mut connection = connect(&second).await;
    connection.ping().await.unwrap();
    drop(connection);
    let options = second.connect_options();
    second.leave().await.unwrap();
    assert!(MySqlConnection::connect_with(&options).await.is_err());

    let again = Server::open(&directory).await.unwrap();
    let mut connection = connect(&again).await;
    sqlx::raw_sql("USE kept").execute(&mut connection).await.unwrap();
    drop(connection);
    again.leave().await.unwrap();
}

#[tokio::test]
async fn every_test_has_a_database_of_its_own() {
    for kind in support::servers() {
        let (one, two) = (support::database_on(kind).await, support::database_on(kind).await);
        assert_ne!(one.name(), two.name());
        let mut connection = one.connect().await;
        let (name, charset): (String, String) =
            sqlx::query_as("SELECT DATABASE(), @@character_set_database").fetch_one(&mut connection).await.unwrap();
        assert_eq!((name.as_str(), charset.as_str()), (one.name(), "utf8mb4"));
    }
}
