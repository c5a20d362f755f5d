//! A server with responses chosen by the test, for responses that the simulator does not send. It records the requests.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use trakt::{Application, Client, Endpoints, MemoryTokenStore, RetryPolicy, Token, TokenParts};

/// The headers that identify Trakt's own responses.
pub(crate) const TRAKT_HEADERS: &str = "x-request-id: 1\r\nx-runtime: 0.01\r\n";

pub(crate) struct Canned {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Canned {
    /// Answers every request with this status, these header lines and this body.
    pub(crate) async fn new(status: u16, headers: &str, body: &str) -> Self {
        let answer = (status, headers.to_owned(), body.to_owned());
        Self::answering(move |_| answer.clone()).await
    }

    /// Answers each request with what `answer` returns: status, header lines, body.
    pub(crate) async fn answering(
        answer: impl Fn(&str) -> (u16, String, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = received.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                let (status, headers, body) = answer(&request);
                log.lock().unwrap().push(request);
                let reply = format!(
                    "HTTP/1.1 {status} x\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                // The client may have closed the connection.
                let _ = stream.write_all(reply.as_bytes()).await;
            }
        });
        Self { url, received }
    }

    /// The requests as received over the wire.
    pub(crate) fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    /// A connected client that never retries.
    pub(crate) fn client(&self) -> Client {
        self.client_of(Application::new("the-client-id", "TraktTests/1.0").secret("the-client-secret"))
    }

    /// A connected client of `application` that never retries.
    pub(crate) fn client_of(&self, application: Application) -> Client {
        Client::builder(application)
            .endpoints(Endpoints::single(self.url.parse().unwrap()))
            .token_store(MemoryTokenStore::holding(token()))
            .retries(RetryPolicy::NONE)
            .build()
            .unwrap()
    }
}

/// A pair that does not expire during a test.
pub(crate) fn token() -> Token {
    Token::from(TokenParts {
        access_token: "the-access-token".into(),
        token_type: "bearer".into(),
        expires_in: u64::from(u32::MAX),
        refresh_token: "the-refresh-token".into(),
        scope: "public".into(),
        created_at: 1_760_000_000,
    })
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = stream.read(&mut chunk).await.unwrap_or(0);
        bytes.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let complete = text.split_once("\r\n\r\n").is_some_and(|(head, body)| body.len() >= length(head));
        if count == 0 || complete {
            return text;
        }
    }
}

fn length(head: &str) -> usize {
    let line =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:").map(str::to_owned));
    line.and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}
