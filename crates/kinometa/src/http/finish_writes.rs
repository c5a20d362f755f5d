//! Completes the state-changing requests of signed-in users, even if their connection closes first.
//!
//! A handler is dropped at its current await when its connection closes. This would lose a player's last report
//! when the tab is closed, or the announcement of a change that was just committed.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::errors::ApiError;
use crate::accounts::Caller;

/// Middleware that runs state-changing requests in separate tasks. Requests without a signed-in user remain bound
/// to their connection, so that a client that keeps signing in and disconnecting does not pile up work.
pub async fn finish_writes(request: Request, next: Next) -> Response {
    if request.method().is_safe() || request.extensions().get::<Caller>().is_none() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            // The panic is logged, and the response sent, by the layer that catches the panics of all handlers.
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

    /// Whether a handler finishes although its connection closes while it waits.
    async fn finishes(method: Method, caller: Option<Caller>) -> bool {
        let go_on = Arc::new(Notify::new());
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let handler = {
            let go_on = Arc::clone(&go_on);
            move || async move {
                sender.send("started").unwrap();
                go_on.notified().await;
                sender.send("finished").unwrap();
            }
        };
        let mut router = Router::new().route("/", any(handler)).layer(from_fn(finish_writes));
        if let Some(caller) = caller {
            router = router.layer(Extension(caller));
        }
        let request = Request::builder().method(method).uri("/").body(Body::empty()).unwrap();
        let mut response = Box::pin(TowerToHyperService::new(router).call(request));
        tokio::select! {
            _ = &mut response => panic!("the handler must wait"),
            started = receiver.recv() => assert_eq!(started, Some("started")),
        }
        drop(response);
        go_on.notify_one();
        // The channel closes when the handler is dropped.
        receiver.recv().await == Some("finished")
    }

    fn caller() -> Option<Caller> {
        let credential = Credential::ApiToken(ApiTokenId(1));
        Some(Caller { user_id: UserId(1), is_admin: false, credential })
    }

    #[tokio::test]
    async fn only_state_changing_requests_of_signed_in_users_outlive_their_connection() {
        assert!(finishes(Method::POST, caller()).await);
        assert!(finishes(Method::DELETE, caller()).await);
        assert!(!finishes(Method::GET, caller()).await);
        assert!(!finishes(Method::POST, None).await);
    }
}
