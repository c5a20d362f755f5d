//! Assigns an id to every request, logs one line per request, and adds the id to error bodies.

use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use super::errors::{ErrorBody, ErrorCause, ErrorDetail};

/// Response header with the request id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Middleware that opens a log span with the request's id and logs the outcome.
pub async fn log_request(request: Request, next: Next) -> Response {
    let id = format!("{:016x}", rand::random::<u64>());
    let method = request.method().clone();
    // The query is not logged, because it may contain search terms.
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id, %method, path);
    let started = Instant::now();
    async {
        let mut response = next.run(request).await;
        log(&response, started, path.starts_with("/api/"));
        response = with_id_in_error(response, &id);
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}

fn log(response: &Response, started: Instant, is_api: bool) {
    let status = response.status().as_u16();
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    let cause = response.extensions().get::<ErrorCause>().map(|cause| describe(&*cause.0));
    match cause {
        Some(cause) => tracing::error!(status, milliseconds, cause, "request failed"),
        None if response.status() == StatusCode::SERVICE_UNAVAILABLE => {
            tracing::warn!(status, milliseconds, "request failed: unavailable");
        }
        None if is_api => tracing::info!(status, milliseconds, "request finished"),
        None => tracing::debug!(status, milliseconds, "request finished"),
    }
}

/// Formats an error with its chain of sources.
fn describe(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

fn with_id_in_error(mut response: Response, id: &str) -> Response {
    let Some(mut detail) = response.extensions_mut().remove::<ErrorDetail>() else { return response };
    detail.request_id = Some(id.to_owned());
    let (parts, _) = response.into_parts();
    let mut rendered = (parts.status, axum::Json(ErrorBody { error: detail })).into_response();
    for (name, value) in &parts.headers {
        // The new body has another length and is not compressed.
        if name != header::CONTENT_LENGTH && name != header::CONTENT_ENCODING {
            rendered.headers_mut().insert(name, value.clone());
        }
    }
    rendered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::errors::ApiError;

    #[tokio::test]
    async fn a_compressed_error_is_sent_uncompressed_with_its_id() {
        let mut compressed = ApiError::not_found("title").into_response();
        compressed.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        let response = with_id_in_error(compressed, "abc");
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert!(String::from_utf8_lossy(&body).contains(r#""request_id":"abc""#));
    }
}
