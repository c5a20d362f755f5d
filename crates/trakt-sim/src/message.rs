//! Requests and responses as plain values: the simulator's core never sees a socket.

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

/// Which of Trakt's two hosts a port represents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// `api.trakt.tv`, which also serves the old `/oauth/*` paths.
    Api,
    /// `auth.trakt.tv`: only OAuth and the activation page.
    Auth,
}

/// A request that was read completely.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub method: Method,
    pub path: String,
    pub query_text: String,
    pub body: Bytes,
    /// The host that was called; `None` if one port serves both.
    pub host: Option<Host>,
    /// Whether it was made by the control API for another device, and not sent by the client under test.
    pub is_internal: bool,
    headers: HeaderMap,
    query: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn new(parts: Parts, body: Bytes, host: Option<Host>) -> Self {
        let path = percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned();
        let query_text = parts.uri.query().unwrap_or_default().to_owned();
        let query = form_urlencoded::parse(query_text.as_bytes()).into_owned().collect();
        Self {
            method: parts.method,
            path,
            query_text,
            body,
            host,
            is_internal: false,
            headers: parts.headers,
            query,
        }
    }

    /// Creates a request that was not read from a socket, for the control API.
    pub(crate) fn internal(method: &str, uri: &str, body: Option<&serde_json::Value>) -> Option<Self> {
        let (path, query_text) = uri.split_once('?').unwrap_or((uri, ""));
        Some(Self {
            method: Method::from_bytes(method.as_bytes()).ok()?,
            path: path.to_owned(),
            query_text: query_text.to_owned(),
            body: body.map(|body| body.to_string().into()).unwrap_or_default(),
            host: None,
            is_internal: true,
            headers: HeaderMap::new(),
            query: form_urlencoded::parse(query_text.as_bytes()).into_owned().collect(),
        })
    }

    /// Returns the request as it is routed: HEAD is supported wherever GET is.
    pub(crate) fn as_get(&self) -> Self {
        let method = if self.method == Method::HEAD { Method::GET } else { self.method.clone() };
        Self { method, ..self.clone() }
    }

    /// Returns the segments of the path, without empty ones (a trailing slash).
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// Returns a query parameter that is present and not empty.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.query(name).is_some_and(|value| matches!(value, "true" | "1"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ").map(str::trim).filter(|token| !token.is_empty())
    }

    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }

    /// Returns whether the path belongs to Trakt's API, rather than to a page, an image or the control API.
    pub(crate) fn is_api(&self) -> bool {
        let first = self.segments().first().copied().unwrap_or_default();
        !matches!(first, "" | "_sim" | "images" | "activate" | "profile" | "favicon.ico")
    }

    /// Returns a field of an HTML form; empty if missing.
    pub(crate) fn field(&self, name: &str) -> String {
        let field = self.form().into_iter().find(|(key, _)| key == name);
        field.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    }

    /// Returns the fields of an HTML form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    #[cfg(test)]
    pub(crate) fn test(method: &str, uri: &str) -> Self {
        Self::internal(method, uri, None).expect("a valid method")
    }
}

/// A response. Trakt's own include `x-request-id` and `x-runtime`; those of the edge in front of it do not.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub content_type: Option<&'static str>,
    pub body: Bytes,
    pub edge: bool,
}

impl Reply {
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), content_type: None, body: Bytes::new(), edge: false }
    }

    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("views serialise without errors: their keys are strings");
        Self {
            content_type: Some("application/json; charset=utf-8"),
            body: body.into(),
            ..Self::empty(status)
        }
    }

    pub(crate) fn html(status: u16, page: String) -> Self {
        Self { content_type: Some("text/html; charset=utf-8"), body: page.into(), ..Self::empty(status) }
    }

    pub(crate) fn image(content_type: &'static str, body: Bytes) -> Self {
        Self { content_type: Some(content_type), body, ..Self::empty(200) }
            .header("Cache-Control", "max-age=86400")
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::empty(303).header("Location", to)
    }

    /// Returns the edge's HTML page for a status.
    pub(crate) fn edge(status: u16, retry_after: Option<u64>) -> Self {
        let title = match status {
            400 => "Bad Request",
            403 => "Attention Required!",
            404 => "Not Found",
            405 => "Not Allowed",
            408 => "Request Timeout",
            413 => "Request Entity Too Large",
            429 => "Too Many Requests",
            520 => "Web server is returning an unknown error",
            521 => "Web server is down",
            522 => "Connection timed out",
            _ => "Error",
        };
        let page = format!(
            "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>Error {status}</h1><p>{title}</p></body></html>"
        );
        let reply = Self::html(status, page).at_the_edge().header("Server", "edge");
        match retry_after {
            Some(seconds) => reply.header("Retry-After", seconds.to_string()),
            None => reply,
        }
    }

    pub(crate) fn at_the_edge(mut self) -> Self {
        self.edge = true;
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
