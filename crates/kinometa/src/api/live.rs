//! From changes in the services to live updates for the people they concern.

use api_types::events::{LibraryChanged, PlaybackChanged, PreferencesChanged, Reload, ServerEvent};
use db::ids::{PlayId, UserId};
use model::events::Event;
use sync::SyncEvent;
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::collections::CollectionEvent;
use crate::present;
use crate::updates::Audience;

/// Runs until the server stops.
pub async fn forward(app: App) {
    let (mut services, mut engine) = (app.events().subscribe(), app.engine().subscribe());
    let mut collections = app.collections().subscribe();
    loop {
        tokio::select! {
            () = app.stopping().cancelled() => return,
            event = services.recv() => match event {
                Ok(event) => {
                    let (audience, event) = of_service(event);
                    app.updates().send(audience, event);
                }
                Err(error) if ends(&error) => return,
                Err(_) => {}
            },
            event = collections.recv() => match event {
                Ok(event) => {
                    let (audience, event) = of_collections(event);
                    app.updates().send(audience, event);
                }
                Err(error) if ends(&error) => return,
                Err(_) => {}
            },
            event = engine.recv() => match event {
                Ok(event) => announce(&app, event).await,
                Err(error) if ends(&error) => return,
                Err(_) => {}
            },
        }
    }
}

/// Whether there will be no more events. Some that were lost are only logged: pages load again when they come back.
fn ends(error: &RecvError) -> bool {
    match error {
        RecvError::Lagged(missed) => {
            tracing::warn!(missed, "live updates were lost");
            false
        }
        RecvError::Closed => true,
    }
}

/// Scans name folders and their problems, which only administrators see.
fn of_service(event: Event) -> (Audience, ServerEvent) {
    match event {
        Event::Scan(status) => (Audience::Administrators, ServerEvent::Scan(present::scan_status(status))),
        Event::LibraryChanged { revision, .. } => {
            let revision = i64::try_from(revision).unwrap_or(i64::MAX);
            (Audience::Everyone, ServerEvent::Library(LibraryChanged { revision }))
        }
    }
}

/// Runs name files, lists and their problems, which only administrators see.
fn of_collections(event: CollectionEvent) -> (Audience, ServerEvent) {
    match event {
        CollectionEvent::Run(progress) => {
            let progress = present::collections::progress(progress);
            (Audience::Administrators, ServerEvent::CollectionRun(progress))
        }
        CollectionEvent::Changed => (Audience::Everyone, ServerEvent::Collections(Reload {})),
    }
}

async fn announce(app: &App, event: SyncEvent) {
    let (user_id, event) = match event {
        SyncEvent::Scrobble { user_id, session_id, status } => (
            user_id,
            Some(ServerEvent::Playback(PlaybackChanged {
                id: session_id,
                scrobble: present::scrobble_status(status),
            })),
        ),
        SyncEvent::Connect { user_id, state } => {
            (user_id, Some(ServerEvent::Connect(present::trakt::connect(&state))))
        }
        SyncEvent::Account { user_id } | SyncEvent::Queue { user_id } => {
            (user_id, status(app, user_id).await)
        }
        SyncEvent::Pulled { user_id, new_titles } => {
            let app = app.clone();
            // The titles are read in the background: other updates do not wait for that.
            app.tasks().clone().spawn(async move { announce_pulled(&app, user_id, new_titles).await });
            return;
        }
        SyncEvent::Lists { user_id, new_titles } => {
            if new_titles {
                let app = app.clone();
                // As above.
                app.tasks().clone().spawn(async move {
                    app.catalogue().library_changed();
                    app.catalogue().refreshed().await;
                    app.updates().send(Audience::User(user_id), ServerEvent::Lists(Reload {}));
                });
                return;
            }
            (user_id, Some(ServerEvent::Lists(Reload {})))
        }
        SyncEvent::Preferences { user_id, title_ids } => {
            app.catalogue().person_titles_changed(user_id, title_ids.iter().copied());
            (user_id, Some(ServerEvent::Preferences(PreferencesChanged { title_ids })))
        }
        SyncEvent::Plays { user_id, play_ids } => {
            return announce_plays(app, user_id, &play_ids).await;
        }
    };
    if let Some(event) = event {
        app.updates().send(Audience::User(user_id), event);
    }
}

async fn status(app: &App, user_id: UserId) -> Option<ServerEvent> {
    match super::trakt::connection::status(app, user_id).await {
        Ok(status) => Some(ServerEvent::Trakt(status)),
        Err(error) => {
            tracing::warn!(%user_id, %error, "cannot read the state of a Trakt connection for a live update");
            None
        }
    }
}

/// Sent once the timeline shows the plays, those of new titles included.
async fn announce_pulled(app: &App, user_id: UserId, new_titles: bool) {
    app.catalogue().person_changed(user_id);
    if new_titles {
        app.catalogue().library_changed();
        app.catalogue().refreshed().await;
    }
    if let Some(event) = progress(app, user_id).await {
        app.updates().send(Audience::User(user_id), event);
    }
}

async fn progress(app: &App, user_id: UserId) -> Option<ServerEvent> {
    match super::trakt::sync::status(app, user_id).await {
        Ok(status) => Some(ServerEvent::Sync(status)),
        Err(error) => {
            tracing::warn!(%user_id, %error, "cannot read the progress of a sync for a live update");
            None
        }
    }
}

/// More plays than these are announced together: a page that shows them loads them again in any case.
const ONE_BY_ONE: usize = 10;

/// One update for each play that is still there, from one read of the library; one for all when they are many.
async fn announce_plays(app: &App, user_id: UserId, play_ids: &[PlayId]) {
    if play_ids.len() > ONE_BY_ONE {
        app.catalogue().person_changed(user_id);
        app.updates().send(Audience::User(user_id), ServerEvent::Plays(Reload {}));
        return;
    }
    let read = async {
        let rows = db::plays::find_many(app.db(), play_ids).await?;
        if rows.len() == play_ids.len() {
            app.catalogue().person_titles_changed(user_id, rows.iter().map(|row| row.title_id));
        } else {
            // Nobody can say any more of which titles the others were.
            app.catalogue().person_changed(user_id);
        }
        let view = app.catalogue().view(user_id).await?;
        catalogue::plays::show(app.db(), &view, rows).await
    };
    match read.await {
        Ok(plays) => {
            for play in plays {
                let event = ServerEvent::Play(Box::new(present::play(play)));
                app.updates().send(Audience::User(user_id), event);
            }
        }
        Err(error) => {
            tracing::warn!(%user_id, plays = play_ids.len(), %error, "cannot read plays for live updates");
        }
    }
}
