//! Serves files with support for range requests (RFC 9110, section 14).

use std::io::{self, SeekFrom};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use media::formats::content_type;
use playback::DirectFile;

/// Size of the read buffer in bytes.
const CHUNK: usize = 128 * 1024;

/// The part of a file that a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RequestedRange {
    /// The whole file.
    Full,
    /// First and last byte, inclusive.
    Bytes(u64, u64),
    /// A range outside the file; the response has status 416.
    Unsatisfiable,
}

/// Responds to a request for a file. The body is streamed from disk.
///
/// # Errors
/// When the file cannot be read.
pub async fn serve(direct: DirectFile, headers: &HeaderMap) -> io::Result<Response> {
    let DirectFile { mut file, container } = direct;
    let metadata = file.metadata().await?;
    let size = metadata.len();
    let modified = DateTime::<Utc>::from(metadata.modified()?);
    let tag = format!("\"{size:x}-{:x}\"", modified.timestamp_millis());
    let mut response = Response::builder()
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, &tag)
        .header(header::LAST_MODIFIED, http_date(modified))
        // The file may change, and shared caches must not serve it to other users.
        .header(header::CACHE_CONTROL, "private, no-cache")
        .header(header::CONTENT_TYPE, container.as_deref().map_or("application/octet-stream", content_type));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| contains_tag(known, &tag)) {
        return finish(response.status(StatusCode::NOT_MODIFIED), Body::empty());
    }
    let (status, first, count) = match requested_range(headers, size, &tag, modified) {
        RequestedRange::Unsatisfiable => {
            response = response.header(header::CONTENT_RANGE, format!("bytes */{size}"));
            return finish(response.status(StatusCode::RANGE_NOT_SATISFIABLE), Body::empty());
        }
        RequestedRange::Full => (StatusCode::OK, 0, size),
        RequestedRange::Bytes(first, last) => {
            response = response.header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}"));
            (StatusCode::PARTIAL_CONTENT, first, last - first + 1)
        }
    };
    file.seek(SeekFrom::Start(first)).await?;
    let body = Body::from_stream(ReaderStream::with_capacity(file.take(count), CHUNK));
    finish(response.status(status).header(header::CONTENT_LENGTH, count), body)
}

fn finish(response: axum::http::response::Builder, body: Body) -> io::Result<Response> {
    response.body(body).map_err(io::Error::other)
}

/// Evaluates `Range` and `If-Range`. Invalid and multiple ranges get the whole file, as the RFC allows.
fn requested_range(headers: &HeaderMap, size: u64, tag: &str, modified: DateTime<Utc>) -> RequestedRange {
    let Some(range) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else {
        return RequestedRange::Full;
    };
    if let Some(condition) = headers.get(header::IF_RANGE) {
        let same = condition == tag || condition.to_str().is_ok_and(|date| date == http_date(modified));
        if !same {
            return RequestedRange::Full;
        }
    }
    parse(range, size)
}

fn parse(range: &str, size: u64) -> RequestedRange {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return RequestedRange::Full;
    };
    if last.contains(',') {
        return RequestedRange::Full;
    }
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (first.trim().is_empty(), last.trim().is_empty()) {
        // Suffix range: the last `count` bytes.
        (true, false) => match number(last) {
            Some(0) => RequestedRange::Unsatisfiable,
            Some(_) if size == 0 => RequestedRange::Unsatisfiable,
            Some(count) => RequestedRange::Bytes(size.saturating_sub(count), size - 1),
            None => RequestedRange::Full,
        },
        (false, open) => match (number(first), if open { Some(u64::MAX) } else { number(last) }) {
            (Some(first), Some(last)) if first <= last => {
                if first < size {
                    RequestedRange::Bytes(first, last.min(size - 1))
                } else {
                    RequestedRange::Unsatisfiable
                }
            }
            _ => RequestedRange::Full,
        },
        (true, true) => RequestedRange::Full,
    }
}

fn contains_tag(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// Formats a time as an HTTP date.
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("bytes=0-99", RequestedRange::Bytes(0, 99))]
    #[case("bytes=0-", RequestedRange::Bytes(0, 999))]
    #[case("bytes=900-5000", RequestedRange::Bytes(900, 999))]
    #[case("bytes=999-999", RequestedRange::Bytes(999, 999))]
    #[case("bytes=-100", RequestedRange::Bytes(900, 999))]
    #[case("bytes=-5000", RequestedRange::Bytes(0, 999))]
    #[case("bytes=1000-", RequestedRange::Unsatisfiable)]
    #[case("bytes=-0", RequestedRange::Unsatisfiable)]
    #[case("bytes=5-2", RequestedRange::Full)]
    #[case("bytes=0-1,5-6", RequestedRange::Full)]
    #[case("bytes=-", RequestedRange::Full)]
    #[case("bytes=a-b", RequestedRange::Full)]
    #[case("lines=0-1", RequestedRange::Full)]
    fn ranges_are_parsed_as_in_the_rfc(#[case] range: &str, #[case] expected: RequestedRange) {
        assert_eq!(parse(range, 1000), expected);
    }

    #[test]
    fn an_empty_file_has_no_satisfiable_range() {
        assert_eq!(parse("bytes=0-", 0), RequestedRange::Unsatisfiable);
        assert_eq!(parse("bytes=-5", 0), RequestedRange::Unsatisfiable);
    }
}
