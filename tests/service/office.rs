//! Sponsors and settings.

use marsai::api::sponsor::SponsorRow;
use marsai::api::{Answer, Failure, Reply, Request, Topic};
use marsai::domain::SponsorId;
use marsai::domain::rule::Rule;
use marsai::domain::sponsor::SponsorFields;
use uuid::Uuid;

use super::desk::{ANN, BEN, Desk, refused, undo, undone};
use super::support;

fn fields(name: &str) -> SponsorFields {
    SponsorFields { name: name.into(), logo: "logo.png".into(), url: None, category: Some(" gold ".into()) }
}

fn sponsor(answer: &Answer) -> &SponsorRow {
    match &answer.reply {
        Reply::Sponsor(row) => row,
        other => panic!("{other:?}"),
    }
}

async fn sponsors(desk: &Desk) -> Vec<SponsorRow> {
    match desk.ask(ANN, Request::Sponsors {}).await.unwrap().reply {
        Reply::Sponsors(rows) => rows,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_sponsor_comes_changes_goes_and_returns() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        desk.films().await;
        let mut news = desk.service.subscribe();
        let id = Uuid::new_v4();
        let made = desk.ask_as(ANN, Request::CreateSponsor { fields: fields(" Nimbus ") }, id).await.unwrap();
        let row = sponsor(&made).clone();
        assert_eq!((row.fields.name.as_str(), row.fields.category.as_deref()), ("Nimbus", Some("gold")));
        let told = news.recv().await.unwrap();
        assert_eq!((told.topic, told.ids), (Topic::Sponsors, Some(vec![row.id.0])));
        let again = desk.ask_as(ANN, Request::CreateSponsor { fields: fields(" Nimbus ") }, id).await.unwrap();
        assert!(again.repeated && sponsor(&again) == &row);
        let edit = |fields: SponsorFields, loaded: Option<SponsorFields>| Request::EditSponsor {
            sponsor: row.id,
            fields,
            loaded,
        };
        let edited = desk.ask(ANN, edit(fields("Cumulus"), Some(row.fields.clone()))).await.unwrap();
        let Err(Failure::Conflict(changes)) = desk.ask(BEN, edit(fields("Stratus"), Some(row.fields.clone()))).await
        else {
            panic!()
        };
        assert_eq!(
            changes.iter().map(|c| (c.field.as_str(), c.loaded.as_str(), c.now.as_str())).collect::<Vec<_>>(),
            [("name", "Nimbus", "Cumulus")]
        );
        let same = desk.ask(BEN, edit(fields("Cumulus"), None)).await.unwrap();
        assert!(same.operation.is_none());
        desk.ask(ANN, undo(&edited)).await.unwrap();
        assert_eq!(sponsors(&desk).await[1], row);
        let deleted = desk.ask(ANN, Request::DeleteSponsor { sponsor: row.id }).await.unwrap();
        assert_eq!(sponsors(&desk).await.len(), 1);
        assert_eq!(
            desk.ask(BEN, Request::DeleteSponsor { sponsor: row.id }).await.unwrap_err(),
            Failure::NotFound { what: "thing-sponsor", id: row.id.0 }
        );
        assert_eq!(undone(&desk.ask(ANN, undo(&deleted)).await.unwrap()).ids, [row.id.0]);
        assert_eq!(sponsors(&desk).await[1], row);
        desk.ask(ANN, undo(&made)).await.unwrap();
        assert_eq!(sponsors(&desk).await.len(), 1);
        assert_eq!(refused(desk.ask(ANN, Request::Undo { operation: None }).await), Rule::NothingToUndo);
    }
}

#[tokio::test]
async fn what_no_sponsor_is() {
    let desk = Desk::open().await;
    assert_eq!(refused(desk.ask(ANN, Request::CreateSponsor { fields: fields(" ") }).await), Rule::FieldNeeded);
    let edit = Request::EditSponsor { sponsor: SponsorId(99), fields: fields("X"), loaded: None };
    assert_eq!(desk.ask(ANN, edit).await.unwrap_err(), Failure::NotFound { what: "thing-sponsor", id: 99 });
    let deleted = desk.ask(ANN, Request::DeleteSponsor { sponsor: SponsorId(1) }).await.unwrap();
    desk.run("INSERT INTO sponsors (id_sponsor, name, logo, createdAt, updatedAt) VALUES (1, 'Other', 'o.png', '2026-01-01', '2026-01-01')").await;
    assert_eq!(refused(desk.ask(ANN, undo(&deleted)).await), Rule::ChangedSince);
    assert_eq!(desk.ledger_rows().await, 1);
}

#[tokio::test]
async fn a_deleted_sponsor_is_answered_when_asked_again() {
    let desk = Desk::open().await;
    let id = Uuid::new_v4();
    let first = desk.ask_as(ANN, Request::DeleteSponsor { sponsor: SponsorId(1) }, id).await.unwrap();
    let again = desk.ask_as(ANN, Request::DeleteSponsor { sponsor: SponsorId(1) }, id).await.unwrap();
    assert!(again.repeated && sponsor(&again) == sponsor(&first));
}

#[tokio::test]
async fn settings_are_held_to_what_they_take() {
    for kind in support::servers() {
        let desk = Desk::open_on(kind).await;
        let set = |name: &str, value: &str| Request::SetSetting { name: name.into(), value: value.into() };
        assert_eq!(refused(desk.ask(ANN, set("nonsense", "1")).await), Rule::UnknownSetting);
        assert_eq!(refused(desk.ask(ANN, set("jury.size", "many")).await), Rule::BadSetting);
        let answer = desk.ask(ANN, set("jury.size", " 05")).await.unwrap();
        let Reply::Setting(row) = &answer.reply else { panic!() };
        assert_eq!((row.value.as_str(), row.is_default), ("5", false));
        desk.ask(BEN, set("jury.size", "7")).await.unwrap();
        assert_eq!(refused(desk.ask(ANN, undo(&answer)).await), Rule::ChangedSince);
        desk.ask(BEN, Request::Undo { operation: None }).await.unwrap();
        desk.ask(ANN, undo(&answer)).await.unwrap();
        assert_eq!(desk.value("SELECT COUNT(*) FROM console_settings").await, "0");
        // What a later console wrote counts as the default here.
        desk.run("INSERT INTO console_settings VALUES ('jury.size', 'a few', UTC_TIMESTAMP(3), NULL)").await;
        let Reply::Settings(rows) = desk.ask(ANN, Request::Settings {}).await.unwrap().reply else { panic!() };
        assert!(rows.iter().all(|row| row.is_default));
    }
}
