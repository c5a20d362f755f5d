//! Requests and responses as plain values: the core of the simulator does not use sockets.

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use crate::element::Element;

/// A request that was read completely.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub method: Method,
    pub path: String,
    pub body: Bytes,
    headers: HeaderMap,
    query: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn new(parts: Parts, body: Bytes) -> Self {
        let path = percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned();
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        Self { method: parts.method, path, body, headers: parts.headers, query: query.into_owned().collect() }
    }

    /// The segments of the path. Empty ones, such as after a trailing slash, are omitted.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// The query, decoded once, without the token.
    pub(crate) fn query_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        pairs.filter(|(name, _)| !name.eq_ignore_ascii_case("x-plex-token"))
    }

    /// A query parameter.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.query(name)?.parse().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.query(name) == Some("1")
    }

    /// A header, otherwise the query parameter with the same name: Plex accepts both.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.get(name).and_then(|value| value.to_str().ok());
        let query = || self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        header.or_else(|| query().map(|(_, value)| value.as_str()))
    }

    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }

    pub(crate) fn wants_json(&self) -> bool {
        self.header("accept").is_some_and(|accept| accept.contains("application/json"))
    }
}

/// The response of the core to a request.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A tree of elements, sent in the requested format.
    Tree(Element),
    /// Success, without a body.
    Done,
    /// An error: status and title.
    Rejected(u16, &'static str),
}

/// A response as it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: u16,
    pub content_type: Option<&'static str>,
    pub body: Bytes,
}

impl Reply {
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, content_type: None, body: Bytes::new() }
    }

    pub(crate) fn html(status: u16, title: &str) -> Self {
        let page =
            format!("<html><head><title>{title}</title></head><body><h1>{status} {title}</h1></body></html>");
        Self { content_type: Some("text/html"), body: page.into(), ..Self::empty(status) }
    }

    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self { content_type: Some("application/json"), body: body.to_string().into(), ..Self::empty(status) }
    }

    pub(crate) fn of(answer: Answer, json: bool) -> Self {
        match answer {
            Answer::Tree(tree) if json => Self::json(200, &tree.json()),
            Answer::Tree(tree) => Self {
                content_type: Some("text/xml;charset=utf-8"),
                body: tree.xml().into(),
                ..Self::empty(200)
            },
            Answer::Done => Self::empty(200),
            Answer::Rejected(status, title) => Self::html(status, title),
        }
    }
}
