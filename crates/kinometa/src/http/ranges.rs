//! A file as it is, in ranges (RFC 9110, section 14).

use std::io::{self, SeekFrom};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use media::formats::content_type;
use playback::DirectFile;

/// Bytes read at a time.
const CHUNK: usize = 128 * 1024;

/// Which part of a file a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// All of it.
    Whole,
    /// From the first to the last byte, both included.
    Part(u64, u64),
    /// A part that the file does not have.
    Nothing,
}

/// Answers a request for a file. The body is read from disk while it is sent.
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
        // The file may change, and others must not get it from a shared cache.
        .header(header::CACHE_CONTROL, "private, no-cache")
        .header(header::CONTENT_TYPE, container.as_deref().map_or("application/octet-stream", content_type));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| lists(known, &tag)) {
        return finish(response.status(StatusCode::NOT_MODIFIED), Body::empty());
    }
    let (status, first, count) = match asked(headers, size, &tag, modified) {
        Asked::Nothing => {
            response = response.header(header::CONTENT_RANGE, format!("bytes */{size}"));
            return finish(response.status(StatusCode::RANGE_NOT_SATISFIABLE), Body::empty());
        }
        Asked::Whole => (StatusCode::OK, 0, size),
        Asked::Part(first, last) => {
            response = response.header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}"));
            (StatusCode::PARTIAL_CONTENT, first, last - first + 1)
        }
    };
    file.seek(SeekFrom::Start(first)).await?;
    let body = Body::from_stream(ReaderStream::with_capacity(file.take(count), CHUNK));
    finish(response.status(status).header(header::CONTENT_LENGTH, count), body)
}

fn finish(response: axum::http::response::Builder, body: Body) -> io::Result<Response> {
    response.body(body).map_err(|error| io::Error::other(error))
}

/// What the range headers ask for. A range that is not understood, or several at once, get the whole file, as the RFC
/// allows.
fn asked(headers: &HeaderMap, size: u64, tag: &str, modified: DateTime<Utc>) -> Asked {
    let Some(range) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else {
        return Asked::Whole;
    };
    if let Some(condition) = headers.get(header::IF_RANGE) {
        let same = condition == tag || condition.to_str().is_ok_and(|date| date == http_date(modified));
        if !same {
            return Asked::Whole;
        }
    }
    parse(range, size)
}

fn parse(range: &str, size: u64) -> Asked {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return Asked::Whole;
    };
    if last.contains(',') {
        return Asked::Whole;
    }
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (first.trim().is_empty(), last.trim().is_empty()) {
        // The last so many bytes.
        (true, false) => match number(last) {
            Some(0) => Asked::Nothing,
            Some(_) if size == 0 => Asked::Nothing,
            Some(count) => Asked::Part(size.saturating_sub(count), size - 1),
            None => Asked::Whole,
        },
        (false, open) => match (number(first), if open { Some(u64::MAX) } else { number(last) }) {
            (Some(first), Some(last)) if first <= last => {
                if first < size {
                    Asked::Part(first, last.min(size - 1))
                } else {
                    Asked::Nothing
                }
            }
            _ => Asked::Whole,
        },
        (true, true) => Asked::Whole,
    }
}

fn lists(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// The date format of HTTP.
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("bytes=0-99", Asked::Part(0, 99))]
    #[case("bytes=0-", Asked::Part(0, 999))]
    #[case("bytes=900-5000", Asked::Part(900, 999))]
    #[case("bytes=999-999", Asked::Part(999, 999))]
    #[case("bytes=-100", Asked::Part(900, 999))]
    #[case("bytes=-5000", Asked::Part(0, 999))]
    #[case("bytes=1000-", Asked::Nothing)]
    #[case("bytes=-0", Asked::Nothing)]
    #[case("bytes=5-2", Asked::Whole)]
    #[case("bytes=0-1,5-6", Asked::Whole)]
    #[case("bytes=-", Asked::Whole)]
    #[case("bytes=a-b", Asked::Whole)]
    #[case("lines=0-1", Asked::Whole)]
    fn ranges_are_read_as_the_rfc_says(#[case] range: &str, #[case] expected: Asked) {
        assert_eq!(parse(range, 1000), expected);
    }

    #[test]
    fn an_empty_file_has_no_parts() {
        assert_eq!(parse("bytes=0-", 0), Asked::Nothing);
        assert_eq!(parse("bytes=-5", 0), Asked::Nothing);
    }
}
