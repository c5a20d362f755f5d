//! A plain HTTP client, like curl: the only things it knows about Trakt are the required headers and
//! pagination.

use std::sync::Once;

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, SimHandle};

/// A response with its complete body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the value of a numeric header.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.header(name).expect("the header").parse().expect("a number")
    }

    pub(crate) fn items(&self) -> &[Value] {
        self.body.as_array().expect("an array")
    }
}

/// A client of the simulator, with or without a token.
pub(crate) struct Device {
    pub http: reqwest::Client,
    pub url: String,
    pub token: Option<String>,
    pub client_id: String,
}

impl Device {
    /// Creates a device without a token.
    pub(crate) fn anonymous(sim: &SimHandle) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            rustls::crypto::ring::default_provider()
                .install_default()
                .expect("no other provider was installed");
        });
        let http = reqwest::Client::builder()
            .user_agent("trakt-sim-tests/1.0")
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { http, url: sim.url().to_owned(), token: None, client_id: DEMO_CLIENT_ID.to_owned() }
    }

    /// Creates a device that is connected to this user.
    pub(crate) fn of(sim: &SimHandle, username: &str) -> Self {
        Self { token: Some(sim.issue_token(username).access_token), ..Self::anonymous(sim) }
    }

    pub(crate) fn demo(sim: &SimHandle) -> Self {
        Self::of(sim, DEMO_USER)
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .header("trakt-api-version", "2")
            .header("trakt-api-key", &self.client_id);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        read(self.request(Method::GET, path)).await.expect("an answer")
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        read(self.request(Method::POST, path).json(&body)).await.expect("an answer")
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        read(self.request(Method::PUT, path).json(&body)).await.expect("an answer")
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        read(self.request(Method::DELETE, path)).await.expect("an answer")
    }

    /// Submits an HTML form, like a browser.
    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        read(self.http.post(format!("{}{path}", self.url)).form(fields)).await.expect("an answer")
    }

    /// Returns the items of all pages of a list.
    pub(crate) async fn walk(&self, path: &str, limit: usize) -> Vec<Value> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut all = Vec::new();
        for page in 1.. {
            let answer = self.get(&format!("{path}{joint}page={page}&limit={limit}")).await;
            all.extend_from_slice(answer.items());
            if page >= answer.count("x-pagination-page-count") {
                break;
            }
        }
        all
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> Answer {
        let body = json!({"client_id": self.client_id, "client_secret": DEMO_CLIENT_SECRET, "grant_type": "refresh_token",
            "redirect_uri": "urn:ietf:wg:oauth:2.0:oob", "refresh_token": refresh_token});
        self.post("/oauth/token", body).await
    }

    /// Requests a device code and returns the response.
    pub(crate) async fn device_code(&self) -> Value {
        self.post("/oauth/device/code", json!({"client_id": self.client_id})).await.body
    }

    pub(crate) async fn poll(&self, code: &Value) -> Answer {
        let body = json!({"code": code["device_code"], "client_id": self.client_id, "client_secret": DEMO_CLIENT_SECRET});
        self.post("/oauth/device/token", body).await
    }
}

/// Sends a request and reads the response. Fails if the connection breaks.
pub(crate) async fn read(request: RequestBuilder) -> Result<Answer, reqwest::Error> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await?;
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Answer { status, headers, text, body })
}

/// Returns the Trakt numbers of the items of a list; `member` is `movie`, `show` ...
pub(crate) fn numbers(items: &[Value], member: &str) -> Vec<u64> {
    items.iter().map(|item| item[member]["ids"]["trakt"].as_u64().expect("a Trakt number")).collect()
}
