//! From changes in the services to live updates for the people they concern.

use api_types::events::{LibraryChanged, PlaybackChanged, ServerEvent};
use db::ids::{PlayId, UserId};
use model::events::Event;
use sync::SyncEvent;
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::present;
use crate::updates::Audience;

/// Runs until the server stops.
pub async fn forward(app: App) {
    let (mut services, mut engine) = (app.events().subscribe(), app.engine().subscribe());
    loop {
        tokio::select! {
            () = app.stopping().cancelled() => return,
            event = services.recv() => match event {
                Ok(event) => app.updates().send(Audience::Everyone, of_service(event)),
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

fn of_service(event: Event) -> ServerEvent {
    match event {
        Event::Scan(status) => ServerEvent::Scan(present::scan_status(status)),
        Event::LibraryChanged { revision } => {
            ServerEvent::Library(LibraryChanged { revision: i64::try_from(revision).unwrap_or(i64::MAX) })
        }
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

/// One update for each play that is still there, from one read of the library.
async fn announce_plays(app: &App, user_id: UserId, play_ids: &[PlayId]) {
    app.catalogue().person_changed(user_id);
    let read = async {
        let rows = db::plays::find_many(app.db(), play_ids).await?;
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
