//! Builds a client.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Client, Inner};
use crate::error::{Error, Result};

/// The requested response format. Any format is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Supported by every Plex server.
    #[default]
    Xml,
    /// Responses are about a third shorter.
    Json,
}

/// Configures a [`Client`].
pub struct ClientBuilder {
    url: String,
    token: SecretString,
    timeout: Duration,
    verify_ssl: bool,
    format: Format,
    page: usize,
    product: String,
    version: String,
    identifier: String,
    dry_run: bool,
}

impl ClientBuilder {
    pub(super) fn new(url: String, token: SecretString) -> Self {
        Self {
            url,
            token,
            timeout: Duration::from_secs(60),
            verify_ssl: true,
            format: Format::Xml,
            page: 500,
            product: "Kinometa".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            identifier: "kinometa".to_owned(),
            dry_run: false,
        }
    }

    /// The timeout of one request, including its response (default 60 s).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Whether the server's certificate must be valid (default true).
    pub fn verify_ssl(mut self, verify: bool) -> Self {
        self.verify_ssl = verify;
        self
    }

    /// The format of responses (default XML).
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// How many entries are requested per page (default 500).
    pub fn page_size(mut self, entries: usize) -> Self {
        self.page = entries.max(1);
        self
    }

    /// How Plex shows this client: product, version, and a stable id of this installation. The id must not be that of
    /// the server: that breaks remote access (Kometa issue 2894).
    pub fn product(
        mut self,
        product: impl Into<String>,
        version: impl Into<String>,
        identifier: impl Into<String>,
    ) -> Self {
        (self.product, self.version, self.identifier) = (product.into(), version.into(), identifier.into());
        self
    }

    /// With `true`, everything except reads fails with [`Error::DryRun`].
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }

    /// Creates the client.
    ///
    /// # Errors
    /// [`Error::Setup`] if the address or the token is invalid, or the system has no trusted certificates.
    pub fn build(self) -> Result<Client> {
        let base = Url::parse(self.url.trim()).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty()
        });
        let base = base.ok_or_else(|| {
            Error::Setup("the Plex address must look like http://192.168.1.5:32400".to_owned())
        })?;
        if self.token.expose_secret().trim().is_empty() {
            return Err(Error::Setup("no Plex token is given".to_owned()));
        }
        ensure_tls_provider();
        let mut http = reqwest::Client::builder()
            .default_headers(self.headers()?)
            .timeout(self.timeout)
            .connect_timeout(self.timeout.min(Duration::from_secs(10)))
            .redirect(reqwest::redirect::Policy::none());
        if base.scheme() == "http" {
            // Without HTTPS, no certificates are needed, so the system may have none.
            http = http.tls_certs_only([]);
        } else if !self.verify_ssl {
            http = http.tls_danger_accept_invalid_certs(true);
        }
        let http =
            http.build().map_err(|error| Error::Setup(format!("no HTTPS client can be made: {error}")))?;
        let host = base.host_str().unwrap_or_default();
        let server = base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let (timeout, page, dry_run) = (self.timeout, self.page, self.dry_run);
        Ok(Client { inner: Arc::new(Inner { http, base, server, timeout, page, dry_run }) })
    }

    fn headers(&self) -> Result<HeaderMap> {
        let value = |name: &str, text: &str| {
            HeaderValue::from_str(text.trim())
                .map_err(|_| Error::Setup(format!("the {name} holds characters that cannot be sent")))
        };
        let mut token = value("Plex token", self.token.expose_secret())?;
        token.set_sensitive(true);
        let accept = match self.format {
            Format::Xml => "application/xml",
            Format::Json => "application/json",
        };
        Ok(HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static(accept)),
            (HeaderName::from_static("x-plex-token"), token),
            (HeaderName::from_static("x-plex-product"), value("product", &self.product)?),
            (HeaderName::from_static("x-plex-version"), value("version", &self.version)?),
            (
                HeaderName::from_static("x-plex-client-identifier"),
                value("client identifier", &self.identifier)?,
            ),
        ]))
    }
}

/// Ensures that the process has a rustls provider, which reqwest needs. Keeps a provider that the program has
/// installed.
fn ensure_tls_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only if another thread has installed one in the meantime, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}
