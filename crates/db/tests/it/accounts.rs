use std::collections::BTreeMap;

use db::{
    api_tokens,
    ids::UserId,
    kinds::AccountState,
    leases::{self, Hold},
    sessions, settings,
    testing::test_db,
    trakt_accounts::{self, Connection, Profile},
};
use serde_json::json;

use crate::support::{anna_and_a_movie, at};

fn sign_in(user_id: UserId, hash: &str) -> sessions::NewSession {
    sessions::NewSession { user_id, token_hash: hash.into(), user_agent: None, expires_at: at(100) }
}

#[tokio::test]
async fn a_sign_in_expires_later_when_it_is_used() {
    let db = test_db().await;
    let (anna, _) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let session = sessions::insert(&tx, sign_in(anna.id, "a"), at(10)).await.unwrap();
    tx.commit().await.unwrap();
    let (found, user) = sessions::find_valid(&*db, "a", at(99)).await.unwrap().unwrap();
    assert_eq!((found.id, user), (session.id, anna));
    assert!(sessions::find_valid(&*db, "a", at(100)).await.unwrap().is_none());
    assert!(sessions::find_valid(&*db, "b", at(10)).await.unwrap().is_none());

    let tx = db.begin().await.unwrap();
    sessions::touch(&tx, session.id, at(200), at(99)).await.unwrap();
    assert_eq!(sessions::delete_expired(&tx, at(150)).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert!(sessions::find_valid(&*db, "a", at(150)).await.unwrap().is_some());
}

#[tokio::test]
async fn signing_out_everywhere_keeps_the_current_sign_in() {
    let db = test_db().await;
    let (anna, _) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let kept = sessions::insert(&tx, sign_in(anna.id, "a"), at(10)).await.unwrap();
    sessions::insert(&tx, sign_in(anna.id, "b"), at(10)).await.unwrap();
    sessions::delete_for_user(&tx, anna.id, Some(kept.id)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(sessions::find_valid(&*db, "a", at(11)).await.unwrap().is_some());
    assert!(sessions::find_valid(&*db, "b", at(11)).await.unwrap().is_none());
}

#[tokio::test]
async fn an_api_token_is_found_by_its_hash_and_deleted_only_by_its_owner() {
    let db = test_db().await;
    let (anna, _) = anna_and_a_movie(&db).await;
    let new = api_tokens::NewApiToken {
        user_id: anna.id,
        name: "backup".into(),
        token_hash: "h".into(),
        prefix: "km_1234".into(),
    };
    let tx = db.begin().await.unwrap();
    let token = api_tokens::insert(&tx, new, at(10)).await.unwrap();
    api_tokens::touch(&tx, token.id, at(20)).await.unwrap();
    assert!(!api_tokens::delete(&tx, UserId(anna.id.0 + 1), token.id).await.unwrap());
    tx.commit().await.unwrap();
    let (found, user) = api_tokens::find(&*db, "h").await.unwrap().unwrap();
    assert_eq!((found.last_used_at, user.id), (Some(at(20)), anna.id));
    assert_eq!(api_tokens::list(&*db, anna.id).await.unwrap(), [found]);
}

#[tokio::test]
async fn a_setting_can_be_replaced_and_only_read_as_its_type() {
    let db = test_db().await;
    assert_eq!(settings::get::<u32>(&*db, "volume").await.unwrap(), None);
    for volume in [3_u32, 5] {
        let tx = db.begin().await.unwrap();
        settings::put(&tx, "volume", &volume).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(settings::get(&*db, "volume").await.unwrap(), Some(volume));
    }
    assert!(settings::get::<BTreeMap<String, String>>(&*db, "volume").await.is_err());
}

#[tokio::test]
async fn a_lease_has_one_holder_until_it_expires_or_is_released() {
    let db = test_db().await;
    let steps = [
        ("the first acquires it", "a", 10, 40, true),
        ("the second has to wait", "b", 20, 50, false),
        ("the first extends it", "a", 30, 60, true),
        ("the second still has to wait", "b", 59, 99, false),
        ("the second takes over once it has expired", "b", 60, 99, true),
        ("the first is too late", "a", 61, 99, false),
    ];
    for (step, holder, now, until, taken) in steps {
        let tx = db.begin().await.unwrap();
        assert_eq!(
            leases::acquire(&tx, "sync/1", holder, at(until), at(now)).await.unwrap(),
            taken,
            "{step}"
        );
        tx.commit().await.unwrap();
    }
    let tx = db.begin().await.unwrap();
    leases::release(&tx, "sync/1", "a").await.unwrap();
    assert!(
        !leases::acquire(&tx, "sync/1", "a", at(99), at(62)).await.unwrap(),
        "only the holder can release a lease"
    );
    leases::release(&tx, "sync/1", "b").await.unwrap();
    assert!(leases::acquire(&tx, "sync/1", "a", at(99), at(62)).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_lease_that_is_not_extended_gets_a_new_holder_and_epoch() {
    let db = test_db().await;
    let ttl = chrono::TimeDelta::seconds(40);
    let hold = async |holder: &str, stale: Option<Hold>, now: i64| {
        let tx = db.begin().await.unwrap();
        let result = leases::hold(&tx, "trakt/1", holder, ttl, stale, at(now)).await.unwrap();
        tx.commit().await.unwrap();
        result
    };
    let held = async |holder: &str, epoch: i64| {
        let tx = db.begin().await.unwrap();
        leases::is_held(&tx, "trakt/1", holder, epoch).await.unwrap()
    };
    assert_eq!(hold("a", None, 100).await, Hold::Held(1));
    assert_eq!(hold("a", None, 101).await, Hold::Held(1));
    let seen = hold("b", None, 102).await;
    assert!(matches!(seen, Hold::Taken { epoch: 1, .. }), "{seen:?}");
    assert!(held("a", 1).await && !held("b", 1).await);

    // `b` has observed that `a` did not extend the lease for its whole duration, so the clocks do not matter.
    assert_eq!(hold("b", Some(seen), 103).await, Hold::Held(2));
    assert!(!held("a", 1).await && held("b", 2).await);
    assert!(matches!(hold("a", Some(seen), 104).await, Hold::Taken { epoch: 2, .. }));

    let tx = db.begin().await.unwrap();
    assert_eq!(leases::extend_all(&tx, "trakt/", "b", ttl, at(105)).await.unwrap(), 1);
    leases::give_back(&tx, "trakt/1", "a").await.unwrap();
    tx.commit().await.unwrap();
    assert!(held("b", 2).await, "only the holder can release a lease");
    let tx = db.begin().await.unwrap();
    leases::give_back(&tx, "trakt/1", "b").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(hold("a", None, 106).await, Hold::Held(3));
}

#[tokio::test]
async fn a_connection_can_be_replaced_and_disconnected() {
    let db = test_db().await;
    let (anna, _) = anna_and_a_movie(&db).await;
    let profile = |name: &str| Profile {
        username: name.into(),
        slug: name.into(),
        name: None,
        avatar_url: None,
        is_vip: false,
        limits: json!({"list": {"count": 2}}),
    };
    let connection =
        |token: &[u8], name| Connection { user_id: anna.id, token: token.into(), profile: profile(name) };
    let account = async || trakt_accounts::find(&*db, anna.id).await.unwrap().unwrap();

    let tx = db.begin().await.unwrap();
    trakt_accounts::connect(&tx, connection(b"one", "anna"), at(10)).await.unwrap();
    trakt_accounts::set_state(&tx, anna.id, AccountState::Reconnect, at(20)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(account().await.state, AccountState::Reconnect);

    let tx = db.begin().await.unwrap();
    trakt_accounts::connect(&tx, connection(b"two", "anna2"), at(30)).await.unwrap();
    tx.commit().await.unwrap();
    let again = account().await;
    assert_eq!((again.state, again.token), (AccountState::Connected, Some(b"two".to_vec())));
    assert!(!format!("{:?}", account().await).contains("token"), "debug output must not contain tokens");

    let tx = db.begin().await.unwrap();
    trakt_accounts::set_state(&tx, anna.id, AccountState::ApplicationNotAllowed, at(40)).await.unwrap();
    assert_eq!(trakt_accounts::rearm(&tx, at(41)).await.unwrap(), [anna.id]);
    trakt_accounts::disconnect(&tx, anna.id, at(50)).await.unwrap();
    assert!(!trakt_accounts::set_token(&tx, anna.id, b"late".to_vec(), at(51)).await.unwrap());
    trakt_accounts::set_state(&tx, anna.id, AccountState::Reconnect, at(52)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((account().await.state, account().await.token), (AccountState::Disconnected, None));
    assert_eq!(trakt_accounts::list_with_token(&*db).await.unwrap(), []);
}
