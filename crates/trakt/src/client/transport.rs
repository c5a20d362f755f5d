//! One HTTP exchange: the headers of every call, and how far the exchange got if it failed.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::application::{Application, Endpoints};
use crate::error::{Error, Result, Stage};

/// A complete response.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

const NO_CERTIFICATES: &str = "no HTTPS client can be made: this system has no trusted certificates \
     (on most Linux systems the package ca-certificates installs them)";

pub(super) struct Transport {
    http: reqwest::Client,
}

impl Transport {
    pub(super) fn new(
        application: &Application,
        endpoints: &Endpoints,
        timeout: Duration,
        connect_timeout: Duration,
    ) -> Result<Self> {
        ensure_tls_provider();
        let mut http = reqwest::Client::builder()
            .default_headers(standard_headers(application)?)
            .user_agent(&application.user_agent)
            .timeout(timeout)
            .connect_timeout(connect_timeout)
            .redirect(reqwest::redirect::Policy::none());
        if [&endpoints.api, &endpoints.auth].iter().all(|host| host.scheme() == "http") {
            // A simulator needs no certificates: it works on a machine that has none, and starts sooner.
            http = http.tls_certs_only([]);
        }
        let http = http.build().map_err(|_| Error::Setup(NO_CERTIFICATES))?;
        Ok(Self { http })
    }

    /// Sends and reads the whole response. An error says how far the exchange got.
    pub(super) async fn exchange(
        &self,
        method: Method,
        url: Url,
        body: Option<&Value>,
        token: Option<&SecretString>,
    ) -> Result<Reply> {
        let mut request = self.http.request(method, url);
        if let Some(token) = token {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(|error| {
            let stage = if error.is_connect() { Stage::Connect } else { Stage::Request };
            Error::Transport { stage, source: Box::new(error.without_url()) }
        })?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(|error| Error::Transport {
            stage: Stage::Response,
            source: Box::new(error.without_url()),
        })?;
        Ok(Reply { status, headers, body })
    }
}

/// Makes sure that the process has a rustls provider, which reqwest needs. A provider that the program has chosen is
/// kept; otherwise ring is used, which needs no CMake to build. Programs that create their own HTTP clients call this
/// first.
pub fn ensure_tls_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Losing the race against another thread is fine: then there is a provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

fn standard_headers(application: &Application) -> Result<HeaderMap> {
    let mut key = HeaderValue::from_str(&application.client_id)
        .map_err(|_| Error::Setup("the client id holds characters that cannot be sent"))?;
    key.set_sensitive(true);
    Ok(HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (HeaderName::from_static("trakt-api-version"), HeaderValue::from_static("2")),
        (HeaderName::from_static("trakt-api-key"), key),
    ]))
}

/// Appends `segments` and `query` to `base`. If `base` has a path, it is kept.
pub(super) fn join(base: &Url, segments: &[String], query: &[(&'static str, String)]) -> Result<Url> {
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| Error::Setup("the host is not an http address"))?
        .pop_if_empty()
        .extend(segments);
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_segments_are_escaped() {
        let base = Url::parse("http://127.0.0.1:8899/").unwrap();
        let url = join(&base, &["movies".into(), "a/../b?x".into()], &[("extended", "full,images".into())])
            .unwrap();
        assert_eq!(url.as_str(), "http://127.0.0.1:8899/movies/a%2F..%2Fb%3Fx?extended=full%2Cimages");
    }

    #[test]
    fn the_path_of_the_base_url_is_kept() {
        let base = Url::parse("https://proxy.example/trakt").unwrap();
        assert_eq!(join(&base, &["genres".into()], &[]).unwrap().path(), "/trakt/genres");
    }

    #[test]
    fn https_works_without_a_provider_chosen_by_the_program() {
        let application = Application::new("key", "Test/1.0");
        let endpoints = Endpoints::default();
        let transport =
            Transport::new(&application, &endpoints, Duration::from_secs(1), Duration::from_secs(1));
        assert!(transport.is_ok());
    }
}
