use chrono::DateTime;
use db::{Conflict, Error, Millis, testing::test_db, users};

fn at(seconds: i64) -> Millis {
    Millis::from(DateTime::from_timestamp(seconds, 0).unwrap())
}

fn anna() -> users::NewUser {
    users::NewUser {
        username: "Anna".into(),
        display_name: "Anna".into(),
        password_hash: "secret-hash".into(),
        is_admin: true,
    }
}

#[tokio::test]
async fn user_names_are_unique_in_any_case() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    let added = users::insert(&tx, anna(), at(10)).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(users::find_by_username(&*db, " ANNA").await.unwrap().unwrap(), added);
    let tx = db.begin().await.unwrap();
    let again = users::insert(&tx, users::NewUser { username: "aNNa".into(), ..anna() }, at(11)).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::Username))), "{again:?}");
    assert!(!format!("{added:?}").contains("secret-hash"));
}

#[tokio::test]
async fn a_dropped_transaction_is_undone() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    users::insert(&tx, anna(), at(10)).await.unwrap();
    drop(tx);
    assert_eq!(users::list(&*db).await.unwrap(), []);
}

#[tokio::test]
async fn concurrent_writers_queue_instead_of_failing() {
    let db = test_db().await;
    let writers = (0..40).map(|n| {
        let db = db.handle();
        tokio::spawn(async move {
            let tx = db.begin().await?;
            let name = format!("person {n}");
            users::list(&tx).await?;
            users::insert(&tx, users::NewUser { username: name, ..anna() }, at(n)).await?;
            tx.commit().await
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(users::list(&*db).await.unwrap().len(), 40);
}
