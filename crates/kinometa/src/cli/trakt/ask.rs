//! Asks the user for a new authorization: with a PIN from Trakt, or with a code to enter at Trakt.

use std::io::{BufRead, IsTerminal};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;
use trakt::auth::OUT_OF_BAND;
use trakt::{Client, Error, Token};

use super::super::Failure;
use crate::credentials::grants::{exchange, reason, wrong_key};

/// How long to wait for the PIN; as long as Kometa does.
const PIN_TIMEOUT: Duration = Duration::from_secs(300);

/// How the user authorizes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Method {
    /// The user opens a Trakt page and types the PIN it shows.
    Pin,
    /// The user enters a code on Trakt's activation page.
    Device,
}

impl Method {
    pub(super) fn from_flag(device: bool) -> Self {
        if device { Self::Device } else { Self::Pin }
    }
}

/// Requests a new token pair. `pin` is the PIN in the file, if there is one.
pub(super) async fn grant(
    client: &Client,
    method: Method,
    pin: Option<&SecretString>,
) -> Result<Token, Failure> {
    match (method, pin) {
        (Method::Device, _) => device(client).await,
        (Method::Pin, Some(pin)) => exchange(client, pin.expose_secret(), "the PIN in the file").await,
        (Method::Pin, None) => {
            let pin = typed_pin(client).await?;
            exchange(client, pin.expose_secret(), "the PIN").await
        }
    }
}

async fn device(client: &Client) -> Result<Token, Failure> {
    let flow = client.auth().device().await.map_err(reason)?;
    eprintln!("Open {} and enter {}", flow.code().verification_url, flow.code().user_code);
    match client.auth().wait_for_device(flow).await {
        Ok(token) => Ok(token?),
        Err(Error::ApplicationNotAllowed { status }) => Err(wrong_key(client, status).await),
        Err(error) => Err(reason(error)),
    }
}

async fn typed_pin(client: &Client) -> Result<SecretString, Failure> {
    eprintln!("Open {}", client.auth().authorize_url(OUT_OF_BAND, None));
    eprintln!("If Trakt shows an OAuth error there, the client_id is wrong.");
    let is_terminal = std::io::stdin().is_terminal();
    if is_terminal {
        eprint!("PIN: ");
    }
    match tokio::time::timeout(PIN_TIMEOUT, line()).await {
        Err(_) => Err("no PIN was entered within five minutes; start again".into()),
        Ok(Some(pin)) => Ok(pin.into()),
        Ok(None) if is_terminal => Err("no PIN was entered; start again, or use --device".into()),
        Ok(None) => Err("a PIN is needed, but there is no terminal to enter it in. Run the command in a terminal (`docker run -it`, `docker exec -it`), \
             pipe the PIN in, enter it as `pin:` in the file, or use --device"
            .into()),
    }
}

/// Reads one line from standard input. Uses a separate thread, so that a pending read does not prevent the program
/// from exiting.
async fn line() -> Option<String> {
    let (send, receive) = oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        let line = line.trim().to_owned();
        // After the timeout nothing receives the line.
        let _ = send.send(read.ok().filter(|_| !line.is_empty()).map(|_| line));
    });
    receive.await.ok().flatten()
}
