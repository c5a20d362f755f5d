//! Turns events of the services into live updates for the users they concern.

use api_types::events::{LibraryChanged, PlaybackChanged, PreferencesChanged, Reload, ServerEvent};
use db::ids::{PlayId, UserId};
use model::events::Event;
use sync::SyncEvent;
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::collections::CollectionEvent;
use crate::present;
use crate::updates::Audience;

/// Forwards events until the server stops.
pub async fn forward(app: App) {
    let (mut services, mut engine) = (app.events().subscribe(), app.engine().subscribe());
    let mut collections = app.collections().subscribe();
    loop {
        tokio::select! {
            () = app.stopping().cancelled() => return,
            event = services.recv() => match event {
                Ok(event) => {
                    let (audience, event) = service_update(event);
                    app.updates().send(audience, event);
                }
                Err(error) if is_closed(&error) => return,
                Err(_) => {}
            },
            event = collections.recv() => match event {
                Ok(event) => {
                    let (audience, event) = collection_update(event);
                    app.updates().send(audience, event);
                }
                Err(error) if is_closed(&error) => return,
                Err(_) => {}
            },
            event = engine.recv() => match event {
                Ok(event) => announce(&app, event).await,
                Err(error) if is_closed(&error) => return,
                Err(_) => {}
            },
        }
    }
}

/// Whether there will be no more events. If events were lost, this is only logged: pages load current data when
/// they are opened again.
fn is_closed(error: &RecvError) -> bool {
    match error {
        RecvError::Lagged(missed) => {
            tracing::warn!(missed, "live updates were lost");
            false
        }
        RecvError::Closed => true,
    }
}

/// Updates about scans contain folders and their problems, so only administrators get them.
fn service_update(event: Event) -> (Audience, ServerEvent) {
    match event {
        Event::Scan(status) => (Audience::Administrators, ServerEvent::Scan(present::scan_status(status))),
        Event::LibraryChanged { revision, .. } => {
            let revision = i64::try_from(revision).unwrap_or(i64::MAX);
            (Audience::Everyone, ServerEvent::Library(LibraryChanged { revision }))
        }
    }
}

/// Updates about runs contain files, lists and their problems, so only administrators get them.
fn collection_update(event: CollectionEvent) -> (Audience, ServerEvent) {
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
            // New titles are loaded in the background, so that other updates do not have to wait.
            app.tasks().clone().spawn(async move { announce_pulled(&app, user_id, new_titles).await });
            return;
        }
        SyncEvent::Lists { user_id, new_titles } => {
            if new_titles {
                let app = app.clone();
                // In the background, for the same reason as above.
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
            app.catalogue().user_titles_changed(user_id, title_ids.iter().copied());
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

/// Announces a finished read from Trakt, once the timeline contains all plays, including those of new titles.
async fn announce_pulled(app: &App, user_id: UserId, new_titles: bool) {
    app.catalogue().user_changed(user_id);
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

/// Maximum number of plays with an update each. More plays are announced together, and pages reload them.
const MAX_SINGLE_UPDATES: usize = 10;

/// Sends one update for each play that still exists, or a single one if there are many.
async fn announce_plays(app: &App, user_id: UserId, play_ids: &[PlayId]) {
    if play_ids.len() > MAX_SINGLE_UPDATES {
        app.catalogue().user_changed(user_id);
        app.updates().send(Audience::User(user_id), ServerEvent::Plays(Reload {}));
        return;
    }
    let read = async {
        let rows = db::plays::find_many(app.db(), play_ids).await?;
        if rows.len() == play_ids.len() {
            app.catalogue().user_titles_changed(user_id, rows.iter().map(|row| row.title_id));
        } else {
            // The titles of deleted plays are no longer known, so everything is reloaded.
            app.catalogue().user_changed(user_id);
        }
        let view = app.catalogue().view(user_id).await?;
        catalogue::plays::from_rows(app.db(), &view, rows).await
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
