//! Connecting an account: device flow, PIN, authorization code, refresh, revoke.
//!
//! ```no_run
//! # async fn run(client: trakt::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let flow = client.auth().device().await?;
//! println!("Open {} and enter {}", flow.code().verification_url, flow.code().user_code);
//! let token = client.auth().wait_for_device(flow).await??;
//! client.connect(token).await?;
//! # Ok(())
//! # }
//! ```

mod device;
mod flow;

use url::Url;

use crate::client::Client;
use crate::error::Result;
use crate::token::Token;

pub use crate::client::OUT_OF_BAND;
pub use device::{DeviceCode, DevicePoll};
pub use flow::{DeviceFailure, DeviceFlow, DeviceStep};

/// The calls of the OAuth host; see [`Client::auth`].
#[derive(Debug, Clone)]
pub struct Auth {
    pub(crate) client: Client,
}

impl Client {
    /// Connecting, renewing and revoking.
    pub fn auth(&self) -> Auth {
        Auth { client: self.clone() }
    }
}

impl Auth {
    /// The page on which the user approves the application; with [`OUT_OF_BAND`], it shows a PIN at the end.
    pub fn authorize_url(&self, redirect_uri: &str, state: Option<&str>) -> Url {
        let mut url = self.client.oauth_url(&["oauth", "authorize"]);
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client.application().client_id)
            .append_pair("redirect_uri", redirect_uri)
            .extend_pairs(state.map(|state| ("state", state)));
        url
    }

    /// Exchanges the PIN that was shown to the user. A PIN is valid for about ten minutes and works once; a wrong one
    /// is [`Error::Validation`](crate::Error::Validation).
    pub async fn exchange_pin(&self, pin: &str) -> Result<Token> {
        self.exchange_code(pin.trim(), OUT_OF_BAND).await
    }

    /// Exchanges the code that was sent to `redirect_uri`, which must be the one passed to [`Auth::authorize_url`].
    pub async fn exchange_code(&self, code: &str, redirect_uri: &str) -> Result<Token> {
        self.client.redeem_code(code, redirect_uri).await
    }

    /// Redeems the refresh token of `token` for a new pair, without touching the token store. **The old pair is invalid
    /// afterwards**: store the new one. Calls of a connected [`Client`] do this automatically, in the right order.
    pub async fn refresh(&self, token: &Token) -> Result<Token> {
        self.client.redeem_refresh(token).await
    }

    /// Revokes the connected account's token on Trakt, then deletes it here. Trakt responds with 200 to anything, so
    /// success does not prove that the token was valid. If Trakt cannot be reached, nothing is deleted.
    pub async fn revoke(&self) -> Result<()> {
        if let Some(token) = self.client.token().await? {
            self.client.revoke_token(&token).await?;
        }
        self.client.forget_token().await
    }

    /// Deletes the pair here, without revoking it on Trakt.
    pub async fn forget(&self) -> Result<()> {
        self.client.forget_token().await
    }
}
