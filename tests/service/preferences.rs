//! What somebody keeps for themselves.

use marsai::api::setting::PreferenceRow;
use marsai::api::{Failure, Reply, Request};
use marsai::domain::UserId;
use marsai::domain::rule::Rule;

use super::desk::{ANN, BEN, Desk, JURORS, PRODUCER, refused};
use super::support;

async fn kept(desk: &Desk, who: UserId) -> Vec<(String, String)> {
    match desk.ask(who, Request::Preferences {}).await.unwrap().reply {
        Reply::Preferences(rows) => rows.into_iter().map(|row| (row.name, row.value.unwrap())).collect(),
        other => panic!("{other:?}"),
    }
}

fn keep(name: &str, value: Option<&str>) -> Request {
    Request::SetPreference { name: name.into(), value: value.map(str::to_owned) }
}

#[tokio::test]
async fn everybody_keeps_their_own_and_the_ledger_does_not_hear_of_it() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let before = desk.ledger_rows().await;
        let made = desk.ask(ANN, keep(" films.search.Été 🎬 ", Some("country:FR"))).await.unwrap();
        let row = PreferenceRow { name: "films.search.Été 🎬".into(), value: Some("country:FR".into()) };
        assert!(matches!(&made.reply, Reply::Preference(made) if *made == row) && made.operation.is_none());
        desk.ask(ANN, keep("films.search.ete", Some("x"))).await.unwrap();
        desk.ask(ANN, keep("films.search.ete", Some("y"))).await.unwrap();
        desk.ask(JURORS[0], keep("mine.columns", Some(""))).await.unwrap();
        let own = [("films.search.ete", "y"), ("films.search.Été 🎬", "country:FR")];
        let mut found = kept(&desk, ANN).await;
        found.sort();
        assert_eq!(found.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>(), own);
        assert_eq!(kept(&desk, BEN).await, []);
        desk.ask(ANN, keep("films.search.ete", None)).await.unwrap();
        desk.ask(BEN, keep("films.search.Été 🎬", None)).await.unwrap();
        assert_eq!(kept(&desk, ANN).await.len(), 1);
        assert_eq!(kept(&desk, JURORS[0]).await.len(), 1);
        assert_eq!(desk.ledger_rows().await, before);
    }
}

#[tokio::test]
async fn nothing_endless_is_kept_and_nothing_for_strangers() {
    let desk = Desk::open().await;
    assert_eq!(refused(desk.ask(ANN, keep("  ", Some("x"))).await), Rule::FieldNeeded);
    assert_eq!(refused(desk.ask(ANN, keep(&"n".repeat(121), Some("x"))).await), Rule::TooLong);
    assert_eq!(refused(desk.ask(ANN, keep("n", Some(&"é".repeat(4_001)))).await), Rule::TooLong);
    assert!(desk.ask(ANN, keep(&"é".repeat(120), Some(&"🎬".repeat(4_000)))).await.is_ok());
    assert!(matches!(desk.ask(PRODUCER, Request::Preferences {}).await, Err(Failure::Forbidden { .. })));
}
