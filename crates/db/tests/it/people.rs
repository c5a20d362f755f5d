//! Cast, crew and related titles.

use db::{
    Json,
    ids::{PersonId, TitleId},
    kinds::CreditKind,
    people,
    rows::{Credit, Person, TitleAbout},
    testing::test_db,
    title_abouts, titles,
};
use serde_json::json;

use crate::support::{add_title, at, movie};

fn new_person(id: i64, name: &str) -> Person {
    Person {
        id: PersonId(id),
        slug: None,
        name: name.into(),
        folded: name.to_lowercase(),
        photo: None,
        biography: None,
        birthday: None,
        death: None,
        birthplace: None,
        titles: json!([]),
        read_at: None,
    }
}

fn role(title_id: TitleId, position: i64, person: i64) -> Credit {
    let person_id = PersonId(person);
    Credit { title_id, position, person_id, kind: CreditKind::Cast, part: Some("Ellen".into()) }
}

fn about(title_id: TitleId, seconds: i64) -> TitleAbout {
    TitleAbout { title_id, votes: json!([]), related: json!([]), read_at: at(seconds) }
}

#[tokio::test]
async fn additional_data_read_again_replaces_the_previous_data() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    let film = add_title(&tx, movie("Nosferatu")).await.id;
    let first = vec![new_person(1, "Greta"), new_person(2, "Max")];
    title_abouts::replace(&tx, about(film, 10), first, vec![role(film, 0, 1), role(film, 1, 2)])
        .await
        .unwrap();
    let votes: Json = json!([0, 1, 2]);
    let again = TitleAbout { votes: votes.clone(), ..about(film, 20) };
    title_abouts::replace(&tx, again, vec![new_person(2, "Max S.")], vec![role(film, 0, 2)]).await.unwrap();

    let found = title_abouts::find(&tx, film).await.unwrap().unwrap();
    assert_eq!((found.votes, found.read_at), (votes, at(20)));
    assert_eq!(title_abouts::credits(&tx, film).await.unwrap(), [role(film, 0, 2)]);
    assert_eq!(people::find(&tx, PersonId(2)).await.unwrap().unwrap().name, "Max S.");
    assert_eq!(people::credits(&tx, &[PersonId(1), PersonId(2)]).await.unwrap(), [role(film, 0, 2)]);
}

#[tokio::test]
async fn details_of_a_person_missing_from_a_title_are_kept() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    people::note(&tx, vec![new_person(1, "Greta")]).await.unwrap();
    let known = people::find(&tx, PersonId(1)).await.unwrap().unwrap();
    let detailed = Person {
        biography: Some("An actor.".into()),
        photo: Some("https://media.trakt.tv/a.webp".into()),
        read_at: Some(at(5)),
        ..known
    };
    people::update(&tx, detailed.clone()).await.unwrap();
    people::note(&tx, vec![Person { birthplace: Some("Bremen".into()), ..new_person(1, "Greta S.") }])
        .await
        .unwrap();

    let found = people::find(&tx, PersonId(1)).await.unwrap().unwrap();
    let expected = Person {
        name: "Greta S.".into(),
        folded: "greta s.".into(),
        birthplace: Some("Bremen".into()),
        ..detailed
    };
    assert_eq!(found, expected);
}

#[tokio::test]
async fn people_are_found_by_parts_of_their_names() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    people::note(&tx, vec![new_person(1, "Greta Schröder"), new_person(2, "Max Schreck")]).await.unwrap();
    let found = async |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let found = people::named(&tx, &words, 10).await.unwrap();
        found.into_iter().map(|person| person.id.0).collect::<Vec<_>>()
    };
    assert_eq!(found(&["schr"]).await, [1, 2]);
    assert_eq!(found(&["schreck", "max"]).await, [2]);
    assert_eq!(found(&["nobody"]).await, [0; 0]);
    assert_eq!(people::names(&tx, 1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn only_old_data_of_titles_without_files_is_deleted() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    let owned = add_title(&tx, movie("Owned")).await.id;
    let old = add_title(&tx, movie("Old")).await.id;
    let fresh = add_title(&tx, movie("Fresh")).await.id;
    for (title, person, read) in [(owned, 1, 10), (old, 2, 10), (fresh, 3, 100)] {
        title_abouts::replace(
            &tx,
            about(title, read),
            vec![new_person(person, "A")],
            vec![role(title, 0, person)],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    for sql in [
        "INSERT INTO library (name, kind, path, state, created_at) VALUES ('Movies', 'movies', '/m', 'ok', 1)",
        "INSERT INTO media_file (library_id, path, size, modified_at, state, probe_state, audio, subtitles, parsed, \
         added_at, updated_at) VALUES (1, 'a.mkv', 1, 1, 'present', 'probed', '[]', '[]', '{}', 1, 1)",
    ] {
        db.execute(sql).await.unwrap();
    }
    db.execute(&format!("INSERT INTO file_title (file_id, title_id, ordinal) VALUES (1, {owned}, 0)"))
        .await
        .unwrap();

    let tx = db.begin().await.unwrap();
    title_abouts::forget(&tx, at(50)).await.unwrap();
    let known = title_abouts::read_at(&tx).await.unwrap();
    assert_eq!(known.get(&old), None);
    assert_eq!((known.get(&owned), known.get(&fresh)), (Some(&at(10)), Some(&at(100))));
    assert_eq!(people::find(&tx, PersonId(2)).await.unwrap(), None);
    assert!(people::find(&tx, PersonId(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn merging_keeps_the_additional_data_of_the_remaining_title() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    let (from, into) = (add_title(&tx, movie("A")).await.id, add_title(&tx, movie("B")).await.id);
    for (title, person) in [(from, 1), (into, 2)] {
        title_abouts::replace(
            &tx,
            about(title, person),
            vec![new_person(person, "A")],
            vec![role(title, 0, person)],
        )
        .await
        .unwrap();
    }
    titles::merge(&tx, from, into).await.unwrap();
    assert_eq!(title_abouts::credits(&tx, into).await.unwrap(), [role(into, 0, 2)]);
    assert_eq!(title_abouts::find(&tx, into).await.unwrap().unwrap().read_at, at(2));
}
