//! A client that sends requests as a certain user, and the responses.

use db::ids::UserId;
use reqwest::header::{self, HeaderMap};
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

/// Sends requests: anonymously, with a session cookie, or with an API token.
#[derive(Clone)]
pub struct Actor {
    client: reqwest::Client,
    url: String,
    proof: Option<(header::HeaderName, String)>,
    user_id: Option<UserId>,
}

/// A response whose body has been read completely.
#[derive(Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: bytes::Bytes,
}

impl Actor {
    /// Returns an actor who is not signed in, for the server at this address.
    pub fn at(url: &str) -> Self {
        trakt::ensure_tls_provider();
        let url = url.to_owned();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { client, url, proof: None, user_id: None }
    }

    pub(super) fn with_session(mut self, user_id: UserId, session: &SecretString) -> Self {
        self.user_id = Some(user_id);
        self.with_cookie(&format!("kinometa_session={}", session.expose_secret()))
    }

    /// Returns the same actor with this cookie.
    pub fn with_cookie(mut self, cookie: &str) -> Self {
        self.proof = Some((header::COOKIE, cookie.to_owned()));
        self
    }

    /// Returns the same actor with this API token.
    pub fn with_bearer(mut self, token: &str) -> Self {
        self.proof = Some((header::AUTHORIZATION, format!("Bearer {token}")));
        self
    }

    /// Creates an API token, and returns the same user with that token instead of the session.
    pub async fn token(&self) -> Self {
        let created = self.post("/api/me/tokens", json!({"name": "script"})).await.good(StatusCode::CREATED);
        self.clone().with_bearer(created["token"].as_str().unwrap())
    }

    /// Returns the user's ID.
    pub fn id(&self) -> UserId {
        self.user_id.expect("an anonymous actor has no ID")
    }

    /// Builds a request as a browser sends it from Kinometa's own pages. It can be changed before it is
    /// passed to [`send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method.clone(), format!("{}{path}", self.url));
        let request = match &self.proof {
            Some((name, value)) => request.header(name, value),
            None => request,
        };
        if method.is_safe() { request } else { request.header(header::ORIGIN, &self.url) }
    }

    /// Sends a GET request.
    pub async fn get(&self, path: &str) -> Response {
        send(self.request(Method::GET, path)).await
    }

    /// Sends a POST request with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Response {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// Sends a PUT request with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Response {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    /// Sends a PATCH request with a JSON body.
    pub async fn patch(&self, path: &str, body: Value) -> Response {
        send(self.request(Method::PATCH, path).json(&body)).await
    }

    /// Sends a DELETE request.
    pub async fn delete(&self, path: &str) -> Response {
        send(self.request(Method::DELETE, path)).await
    }
}

/// Sends a request and reads the complete response.
pub async fn send(request: RequestBuilder) -> Response {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Response { status, headers, bytes: response.bytes().await.unwrap() }
}

impl Response {
    /// Returns the body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{} is not JSON: {text}", self.status))
    }

    /// Checks the status and returns the body as JSON (`Null` if it is empty).
    #[track_caller]
    pub fn good(&self, status: StatusCode) -> Value {
        self.check(status);
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// Checks the status and returns the error's code.
    #[track_caller]
    pub fn error(&self, status: StatusCode) -> String {
        self.check(status);
        self.json()["error"]["code"].as_str().expect("an error has a code").to_owned()
    }

    #[track_caller]
    fn check(&self, status: StatusCode) {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
    }

    /// Returns the session's `Set-Cookie` value. A response can set other cookies too, in any order.
    pub fn session_cookie(&self) -> &str {
        let mut lines = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.find(|line| line.starts_with("kinometa_session=")).unwrap()
    }

    /// Returns a header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}
