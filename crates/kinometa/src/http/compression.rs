//! Gzip compression of text responses. Images and media are compressed already, and event streams must not be
//! buffered.

use axum::http::header;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// Minimum body size in bytes. Compressing smaller bodies saves nothing.
const MIN_SIZE: u64 = 860;

/// The compression middleware.
pub fn layer() -> CompressionLayer<IsText> {
    // On a small server, CPU time matters more than the last ten percent of the size.
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(IsText)
}

/// Predicate that selects text responses of at least `MIN_SIZE` bytes.
#[derive(Debug, Clone, Copy)]
pub struct IsText;

impl Predicate for IsText {
    fn should_compress<B>(&self, response: &axum::http::Response<B>) -> bool
    where
        B: axum::body::HttpBody,
    {
        let kind =
            response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let is_text = kind.starts_with("application/json")
            || (kind.starts_with("text/") && !kind.starts_with("text/event-stream"))
            || kind.starts_with("application/vnd.apple.mpegurl");
        is_text && response.body().size_hint().upper().is_none_or(|size| size >= MIN_SIZE)
    }
}
