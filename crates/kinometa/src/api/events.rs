//! Live updates as server-sent events.

use std::collections::VecDeque;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use futures::stream;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;

use crate::accounts::{Caller, Generation};
use crate::app::App;
use crate::http::extract::{Query, SignedIn};
use crate::http::handler::routes;
use crate::http::responses::{InvalidError, SignedInErrors};
use crate::updates::{Audience, InvalidCursor, Missed, Update};
use api_types::events::{Reload, ServerEvent};

/// Interval of keep-alive comments. Proxies often close connections that are idle for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Header that makes nginx send the stream unbuffered.
const UNBUFFERED: [(&str, &str); 1] = [("x-accel-buffering", "no")];

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Where the stream starts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EventsQuery {
    /// `live_cursor` of the session, or the `id` of the last event received: the stream starts after it, or with
    /// `missed` if that is no longer known. Without it, the stream starts with the next update.
    after: Option<String>,
}

/// Streams live updates as server-sent events, with the `event` of a `ServerEvent` as name, its `data` as JSON,
/// and a cursor as `id`.
#[utoipa::path(
    get,
    path = "/api/events",
    tag = "events",
    params(EventsQuery),
    responses((status = 200, description = "Event stream, until the client disconnects.", body = ServerEvent, content_type = "text/event-stream"), SignedInErrors, InvalidError)
)]
async fn events(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let stopping = app.stopping().clone().cancelled_owned();
    // A browser that reconnects automatically repeats the URL, and sends the latest cursor in this header.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let after = last.or(query.after).map(|text| text.parse());
    let (missed, updates) = match after {
        // An invalid cursor may come from another version, so the client has to reload everything.
        Some(Err(InvalidCursor)) => {
            let (_, updates) = app.updates().subscribe(None);
            (Missed::Unknown(app.updates().cursor()), updates)
        }
        Some(Ok(cursor)) => app.updates().subscribe(Some(cursor)),
        None => app.updates().subscribe(None),
    };
    let missed = match missed {
        Missed::Updates(missed) => missed,
        Missed::Unknown(cursor) => {
            vec![Update {
                cursor,
                audience: Audience::User(caller.user_id),
                event: ServerEvent::Missed(Reload {}),
            }]
        }
    };
    let checked = app.accounts().generation();
    let listener = Listener { caller, missed: missed.into(), updates, checked, app };
    let events = stream::unfold(listener, |mut listener| async {
        let update = listener.next().await?;
        Some((to_sse(&update), listener))
    });
    let stream = Sse::new(events.take_until(stopping)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    (UNBUFFERED, stream)
}

struct Listener {
    caller: Caller,
    /// Updates that the client missed before this stream. They are sent first.
    missed: VecDeque<Update>,
    updates: Receiver<Update>,
    /// Generation at which the caller was last authenticated.
    checked: Generation,
    app: App,
}

impl Listener {
    /// The next update for this user. `None` ends the stream; the client then reconnects with its latest cursor.
    async fn next(&mut self) -> Option<Update> {
        loop {
            let update = match self.missed.pop_front() {
                Some(update) => update,
                // An error means that the listener fell too far behind and missed updates.
                None => self.updates.recv().await.ok()?,
            };
            if update.audience.includes(self.caller) {
                return self.is_signed_in().await.then_some(update);
            }
        }
    }

    /// Whether the user is still signed in. Queries the database only if any user may have been signed out since
    /// the last check.
    async fn is_signed_in(&mut self) -> bool {
        let generation = self.app.accounts().generation();
        if self.checked == generation {
            return true;
        }
        self.checked = generation;
        self.app.accounts().is_signed_in(self.caller).await.unwrap_or(false)
    }
}

fn to_sse(update: &Update) -> Result<Event, axum::Error> {
    let mut tagged = serde_json::to_value(&update.event).map_err(axum::Error::new)?;
    let name = tagged["event"].as_str().unwrap_or_default().to_owned();
    Event::default().id(update.cursor.to_string()).event(name).json_data(tagged["data"].take())
}
