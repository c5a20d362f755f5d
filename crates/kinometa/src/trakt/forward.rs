//! From the engine's changes to live updates for the people they concern.

use db::ids::{PlayId, UserId};
use sync::SyncEvent;
use tokio::sync::broadcast::error::RecvError;

use super::connect;
use crate::app::App;
use crate::events::Audience;
use crate::model::event::{PlaybackChanged, ServerEvent};
use crate::playback;
use crate::timeline;

/// Runs until the server stops.
pub async fn forward(app: App) {
    let mut changes = app.engine().subscribe();
    loop {
        let change = tokio::select! {
            () = app.stopping().cancelled() => return,
            change = changes.recv() => change,
        };
        match change {
            Ok(change) => announce(&app, change).await,
            // Too many at once: the pages load afresh when they come back to life.
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "live updates were lost"),
            Err(RecvError::Closed) => return,
        }
    }
}

async fn announce(app: &App, change: SyncEvent) {
    let (user_id, event) = match change {
        SyncEvent::Scrobble { user_id, session_id, status } => (
            user_id,
            Some(ServerEvent::Playback(PlaybackChanged {
                id: session_id,
                scrobble: playback::dot::show(status),
            })),
        ),
        SyncEvent::Connect { user_id, state } => {
            (user_id, Some(ServerEvent::Connect(connect::shown(&state))))
        }
        SyncEvent::Account { user_id } | SyncEvent::Queue { user_id } => {
            (user_id, status(app, user_id).await)
        }
        SyncEvent::Plays { user_id, play_ids } => {
            return announce_plays(app, user_id, &play_ids).await;
        }
    };
    if let Some(event) = event {
        app.events().send(Audience::User(user_id), event);
    }
}

async fn status(app: &App, user_id: UserId) -> Option<ServerEvent> {
    match app.trakt().status(user_id).await {
        Ok(status) => Some(ServerEvent::Trakt(status)),
        Err(error) => {
            tracing::warn!(user_id = user_id.0, %error, "the state of a Trakt connection could not be told");
            None
        }
    }
}

/// One update for each play that is still there, from one look at the library.
async fn announce_plays(app: &App, user_id: UserId, play_ids: &[PlayId]) {
    app.catalogue().person_changed(user_id);
    let read = async {
        let rows = db::plays::find_many(app.db(), play_ids).await?;
        let view = app.catalogue().view(user_id).await?;
        timeline::plays::show(app.db(), &view, rows).await
    };
    match read.await {
        Ok(plays) => {
            for play in plays {
                app.events().send(Audience::User(user_id), ServerEvent::Play(Box::new(play)));
            }
        }
        Err(error) => {
            tracing::warn!(user_id = user_id.0, plays = play_ids.len(), %error, "plays could not be announced");
        }
    }
}
