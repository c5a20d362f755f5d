//! The client of one server.

mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::LOCATION;
use reqwest::{Method, StatusCode};
use secrecy::SecretString;
use url::Url;

use crate::error::{Error, Result};
use crate::node::Node;
use crate::query::Query;

pub use builder::{ClientBuilder, Format};

/// How many times a list is read if it changes in between.
const ATTEMPTS: u32 = 3;

/// A client for one Plex Media Server. Clones share its connections.
///
/// ```no_run
/// # async fn run() -> plex::Result<()> {
/// let client = plex::Client::builder("http://192.168.1.5:32400", "token").build()?;
/// let movies = client.section("Movies").await?;
/// println!("{} movies", client.items(&movies, plex::models::Kind::Movie).await?.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: reqwest::Client,
    base: Url,
    server: String,
    timeout: Duration,
    page: usize,
    dry_run: bool,
}

impl Client {
    /// Configures a client for the server at `url`, with the token of its owner.
    pub fn builder(url: impl Into<String>, token: impl Into<SecretString>) -> ClientBuilder {
        ClientBuilder::new(url.into(), token.into())
    }

    /// Host and port, for messages.
    pub fn server_address(&self) -> &str {
        &self.inner.server
    }

    /// Whether this client never writes.
    pub fn is_dry_run(&self) -> bool {
        self.inner.dry_run
    }

    pub(crate) async fn get(&self, path: &str, query: Query) -> Result<Node> {
        self.call(Method::GET, path, query, None, None).await
    }

    pub(crate) async fn put(&self, path: &str, query: Query) -> Result<Node> {
        self.call(Method::PUT, path, query, None, None).await
    }

    pub(crate) async fn post(&self, path: &str, query: Query, body: Option<Bytes>) -> Result<Node> {
        self.call(Method::POST, path, query, body, None).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Result<Node> {
        self.call(Method::DELETE, path, Query::new(), None, None).await
    }

    /// Reads a complete list, page by page. `read` extracts the entries of a page; `identity` returns the key of an
    /// entry.
    ///
    /// If the list changes in between (duplicate entries, a different total, a short page), it is read again from the
    /// start.
    pub(crate) async fn read_all<T>(
        &self,
        path: &str,
        query: Query,
        read: impl Fn(&Node) -> Vec<T>,
        identity: impl Fn(&T) -> u64,
    ) -> Result<Vec<T>> {
        let (mut expected, mut seen) = (0, 0);
        for _ in 0..ATTEMPTS {
            let mut entries = Vec::new();
            let mut keys = std::collections::HashSet::new();
            let mut total = None;
            loop {
                let start = entries.len();
                let page = self.call(Method::GET, path, query.clone(), None, Some(start)).await?;
                let listed = read(&page);
                let announced: usize =
                    page.number("totalSize").or_else(|| page.number("size")).unwrap_or(listed.len());
                let total_changed = total.replace(announced).is_some_and(|before| before != announced);
                keys.extend(listed.iter().map(&identity));
                let ended = listed.is_empty() || total_changed;
                entries.extend(listed);
                if ended || entries.len() >= announced {
                    break;
                }
            }
            (expected, seen) = (total.unwrap_or(0), keys.len());
            if entries.len() == expected && seen == expected {
                return Ok(entries);
            }
        }
        Err(Error::Incomplete { expected, read: seen, attempts: ATTEMPTS })
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        query: Query,
        body: Option<Bytes>,
        page: Option<usize>,
    ) -> Result<Node> {
        let inner = &*self.inner;
        if inner.dry_run && method != Method::GET {
            return Err(Error::DryRun);
        }
        let mut url = inner.base.clone();
        url.set_path(&format!("{}{path}", inner.base.path().trim_end_matches('/')));
        url.set_query(query.text().as_deref());
        let mut request = inner.http.request(method, url);
        if let Some(start) = page {
            request =
                request.header("X-Plex-Container-Start", start).header("X-Plex-Container-Size", inner.page);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await.map_err(|error| self.transport_error(error))?;
        self.check_status(&response, path)?;
        let body = response.bytes().await.map_err(|error| self.transport_error(error))?;
        Node::parse(&body).map_err(|what| Error::Protocol { server: inner.server.clone(), what })
    }

    fn transport_error(&self, error: reqwest::Error) -> Error {
        match error.is_timeout() {
            true => Error::Timeout(self.inner.timeout),
            false => Error::Unreachable {
                server: self.inner.server.clone(),
                source: Box::new(error.without_url()),
            },
        }
    }

    fn check_status(&self, response: &reqwest::Response, path: &str) -> Result<()> {
        match response.status() {
            status if status.is_success() => Ok(()),
            StatusCode::UNAUTHORIZED => Err(Error::InvalidToken),
            StatusCode::FORBIDDEN => Err(Error::ReadOnlyToken),
            StatusCode::NOT_FOUND => Err(Error::NotFound(path.to_owned())),
            StatusCode::SERVICE_UNAVAILABLE => Err(Error::Maintenance),
            status if status.is_redirection() => {
                let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
                let to = to.and_then(|to| self.inner.base.join(to).ok());
                let to =
                    to.map_or_else(|| "another address".to_owned(), |to| to.origin().ascii_serialization());
                Err(Error::Redirected { server: self.inner.server.clone(), to })
            }
            status if status.is_server_error() => Err(Error::Server(status.as_u16())),
            status => Err(Error::Refused(status.as_u16())),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("server", &self.inner.server).finish_non_exhaustive()
    }
}
