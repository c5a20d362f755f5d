//! Live updates as server-sent events.

use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::StreamExt;
use futures::stream;
use tokio::sync::broadcast::Receiver;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts::{Caller, Generation};
use crate::app::App;
use crate::http::extract::SignedIn;
use crate::http::responses::SignedInErrors;
use crate::updates::Audience;
use api_types::events::ServerEvent;

/// Interval of keep-alive comments. Proxies often close connections that are idle for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Tells nginx not to buffer the stream.
const UNBUFFERED: [(&str, &str); 1] = [("x-accel-buffering", "no")];

/// Routes of this module.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Streams live updates as server-sent events, with the `event` of a `ServerEvent` as name and its `data` as JSON.
#[utoipa::path(
    get,
    path = "/api/events",
    tag = "events",
    responses((status = 200, description = "Event stream, until the client disconnects.", body = ServerEvent, content_type = "text/event-stream"), SignedInErrors)
)]
async fn events(State(app): State<App>, SignedIn(caller): SignedIn) -> impl IntoResponse {
    let stopping = app.stopping().clone().cancelled_owned();
    let listener =
        Listener { caller, updates: app.updates().subscribe(), checked: app.accounts().generation(), app };
    let events = stream::unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((to_sse(&event), listener))
    });
    let stream = Sse::new(events.take_until(stopping)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    (UNBUFFERED, stream)
}

struct Listener {
    caller: Caller,
    updates: Receiver<(Audience, ServerEvent)>,
    /// Generation at which the caller was last authenticated.
    checked: Generation,
    app: App,
}

impl Listener {
    /// The next update for this user. `None` ends the stream; the client then reconnects and reloads.
    async fn next(&mut self) -> Option<ServerEvent> {
        loop {
            // An error means that the listener fell too far behind and missed updates.
            let (audience, event) = self.updates.recv().await.ok()?;
            if audience.includes(self.caller.user_id) {
                return self.is_signed_in().await.then_some(event);
            }
        }
    }

    /// Whether the user is still signed in. Checked again only after someone may have been signed out.
    async fn is_signed_in(&mut self) -> bool {
        let generation = self.app.accounts().generation();
        if self.checked == generation {
            return true;
        }
        self.checked = generation;
        self.app.accounts().is_signed_in(self.caller).await.unwrap_or(false)
    }
}

fn to_sse(event: &ServerEvent) -> Result<Event, axum::Error> {
    let mut tagged = serde_json::to_value(event).map_err(axum::Error::new)?;
    let name = tagged["event"].as_str().unwrap_or_default().to_owned();
    Event::default().event(name).json_data(tagged["data"].take())
}
