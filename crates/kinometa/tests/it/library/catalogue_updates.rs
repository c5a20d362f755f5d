//! When changes in the library become visible in the catalogue.

use db::kinds::TitleKind;
use model::events::Event;

use crate::support::{TestApp, rows};

#[tokio::test]
async fn a_change_is_announced_once_it_is_visible() {
    let app = TestApp::start().await;
    let (catalogue, admin) = (app.state().catalogue(), app.admin().await.id());
    catalogue.view(admin).await.unwrap();
    let mut events = app.state().events().subscribe();
    let title = rows::movie(&app, "Metropolis", None).await;
    catalogue.library_changed();
    loop {
        if let Event::LibraryChanged { made_here, .. } = events.recv().await.unwrap() {
            assert!(made_here);
            break;
        }
    }
    let view = catalogue.view(admin).await.unwrap();
    assert_eq!(view.snapshot.get(title.id).unwrap().kind, TitleKind::Movie);
}

#[tokio::test]
async fn many_changes_are_loaded_and_announced_together() {
    let app = TestApp::start().await;
    let (catalogue, admin) = (app.state().catalogue(), app.admin().await.id());
    catalogue.view(admin).await.unwrap();
    let mut events = app.state().events().subscribe();
    let before = catalogue.view(admin).await.unwrap();
    for _ in 0..100 {
        catalogue.library_changed();
    }
    let during = catalogue.view(admin).await.unwrap();
    assert_eq!(during.stamp, before.stamp, "the previous state is shown while the library is reloaded");
    catalogue.refreshed().await;
    assert_ne!(catalogue.view(admin).await.unwrap().stamp, before.stamp);
    let mut announced = 0;
    while let Ok(event) = events.try_recv() {
        announced += u32::from(matches!(event, Event::LibraryChanged { .. }));
    }
    assert!((1..=2).contains(&announced), "{announced} announcements");
}

#[tokio::test]
async fn a_cancelled_read_does_not_lose_the_change() {
    let app = TestApp::start().await;
    let (catalogue, admin) = (app.state().catalogue(), app.admin().await.id());
    let title = rows::movie(&app, "Metropolis", None).await;
    catalogue.view(admin).await.unwrap();
    // A read that completes immediately cannot be cancelled. In that case, another one is tried.
    for stars in (1..=10).cycle().take(100) {
        let rating = sync::NewPreference::Rating(Some(stars));
        app.state().engine().set_preference(admin, title.id, rating).await.unwrap();
        catalogue.user_titles_changed(admin, [title.id]);
        let was_cancelled = tokio::select! {
            biased;
            _ = catalogue.view(admin) => false,
            () = std::future::ready(()) => true,
        };
        if was_cancelled {
            let view = catalogue.view(admin).await.unwrap();
            assert_eq!(view.user_data.preferences_of(title.id).rating, Some(i32::from(stars)));
            return;
        }
    }
    panic!("no read could be cancelled");
}
