//! Finishes what a signed-in person asked for, even when their connection closes first.
//!
//! A handler is dropped when its connection closes, in the middle of whatever it awaits: a player's last report when
//! the tab is closed, or the step after a commit that tells everybody else about the change.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::errors::ApiError;
use crate::accounts::Caller;

/// Middleware that runs state-changing requests in a task of their own. Requests of strangers stay bound to their
/// connection, so that signing in again and again leaves no work behind.
pub async fn finish_writes(request: Request, next: Next) -> Response {
    if request.method().is_safe() || request.extensions().get::<Caller>().is_none() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            // Answered and logged by the layer that catches the panics of all handlers.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(error) => ApiError::internal(format!("a handler was stopped: {error}")).into_response(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::http::Method;
    use axum::middleware::from_fn;
    use axum::routing::any;
    use axum::{Extension, Router};
    use db::ids::{ApiTokenId, UserId};
    use hyper::service::Service;
    use hyper_util::service::TowerToHyperService;
    use tokio::sync::{Notify, mpsc};

    use super::*;
    use crate::accounts::Credential;

    /// Whether a handler reaches its end although the connection closes while it waits.
    async fn finishes(method: Method, caller: Option<Caller>) -> bool {
        let go_on = Arc::new(Notify::new());
        let (tell, mut told) = mpsc::unbounded_channel();
        let handler = {
            let go_on = Arc::clone(&go_on);
            move || async move {
                tell.send("started").unwrap();
                go_on.notified().await;
                tell.send("finished").unwrap();
            }
        };
        let mut router = Router::new().route("/", any(handler)).layer(from_fn(finish_writes));
        if let Some(caller) = caller {
            router = router.layer(Extension(caller));
        }
        let request = Request::builder().method(method).uri("/").body(Body::empty()).unwrap();
        let mut answer = Box::pin(TowerToHyperService::new(router).call(request));
        tokio::select! {
            _ = &mut answer => panic!("the handler waits"),
            started = told.recv() => assert_eq!(started, Some("started")),
        }
        drop(answer);
        go_on.notify_one();
        // The channel closes when the handler was dropped.
        told.recv().await == Some("finished")
    }

    fn caller() -> Option<Caller> {
        let credential = Credential::ApiToken(ApiTokenId(1));
        Some(Caller { user_id: UserId(1), is_admin: false, credential })
    }

    #[tokio::test]
    async fn only_changes_of_people_are_finished_without_their_connection() {
        assert!(finishes(Method::POST, caller()).await);
        assert!(finishes(Method::DELETE, caller()).await);
        assert!(!finishes(Method::GET, caller()).await);
        assert!(!finishes(Method::POST, None).await);
    }
}
