//! Gzip for text. Pictures and media are compressed already, and event streams must not wait for a full block.

use axum::http::header;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// Below this, gzip gains nothing.
const SMALLEST: u64 = 860;

/// The layer to put around the routes.
pub fn layer() -> CompressionLayer<Text> {
    // On a small server the time to compress counts more than the last tenth of the size.
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(Text)
}

/// Compresses text of some size.
#[derive(Debug, Clone, Copy)]
pub struct Text;

impl Predicate for Text {
    fn should_compress<B>(&self, response: &axum::http::Response<B>) -> bool
    where
        B: axum::body::HttpBody,
    {
        let kind =
            response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let is_text = kind.starts_with("application/json")
            || (kind.starts_with("text/") && !kind.starts_with("text/event-stream"))
            || kind.starts_with("application/vnd.apple.mpegurl");
        is_text && response.body().size_hint().upper().is_none_or(|size| size >= SMALLEST)
    }
}
