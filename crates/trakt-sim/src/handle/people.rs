//! Users, their connections, and the applications that they connect.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::SimHandle;
use crate::control;
use crate::demo::DEMO_CLIENT_ID;
use crate::seed::Person;
use crate::state::{AccountStatus, ApplicationStatus, Consent};

/// A token pair, for tests that put it into a client without a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenPair {
    /// Used in `Authorization: Bearer`.
    pub access_token: String,
    /// Can be used once.
    pub refresh_token: String,
    /// Lifetime of the access token in seconds.
    pub expires_in: i64,
    /// Unix seconds.
    pub created_at: i64,
}

/// The response to a call made as another device.
#[derive(Debug, Clone, PartialEq)]
pub struct Acted {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body; `Null` if there is none.
    pub body: Value,
}

impl SimHandle {
    /// Adds a user, with data generated from the seed.
    pub fn add_person(&self, person: &Person) {
        self.shared.store().add_person(person);
    }

    /// Issues a token pair for a user and the demo application, without a login.
    pub fn issue_token(&self, username: &str) -> TokenPair {
        self.issue_token_for(username, DEMO_CLIENT_ID)
    }

    /// Issues a token pair for a user and any application, without a login.
    pub fn issue_token_for(&self, username: &str, client_id: &str) -> TokenPair {
        let token = self.shared.store().issue_token(username, client_id);
        TokenPair {
            expires_in: (token.expires_at - token.created_at).num_seconds(),
            created_at: token.created_at.timestamp(),
            access_token: token.access,
            refresh_token: token.refresh,
        }
    }

    /// Ends all connections of a user.
    pub fn revoke_tokens(&self, username: &str) {
        control::revoke_tokens(&mut self.shared.store(), username);
    }

    /// Returns the codes that are waiting on `/activate`, newest last.
    pub fn waiting_codes(&self) -> Vec<String> {
        control::waiting_codes(&self.shared.store())
    }

    /// Approves a code, as a user does on `/activate`. Returns `false` if it is not waiting.
    pub fn approve(&self, user_code: &str, username: &str) -> bool {
        let decision = Consent::Approved { username: username.to_owned() };
        control::decide_device(&mut self.shared.store(), user_code, decision)
    }

    /// Denies a code. Returns `false` if it is not waiting.
    pub fn deny(&self, user_code: &str) -> bool {
        control::decide_device(&mut self.shared.store(), user_code, Consent::Denied)
    }

    /// Opens, locks or deactivates an account.
    pub fn set_account_status(&self, username: &str, status: AccountStatus) {
        if let Some(user) = self.shared.store().user_mut(username) {
            user.status = status;
        }
    }

    /// Connects or disconnects Trakt's own import from Plex, which is a second source of plays.
    pub fn set_plex_connected(&self, username: &str, connected: bool) {
        if let Some(user) = self.shared.store().user_mut(username) {
            user.plex_connected = connected;
        }
    }

    /// Starts or ends a VIP membership.
    pub fn set_vip(&self, username: &str, vip: bool) {
        if let Some(user) = self.shared.store().user_mut(username) {
            user.vip = vip;
        }
    }

    /// Allows or disallows an application.
    pub fn set_application_status(&self, client_id: &str, status: ApplicationStatus) {
        let mut store = self.shared.store();
        let applications = &mut store.access.applications;
        if let Some(application) =
            applications.iter_mut().find(|application| application.client_id == client_id)
        {
            application.status = status;
        }
    }

    /// Calls the API as another of the user's devices: no token, no limits, no faults, no record.
    pub fn act(&self, username: &str, method: &str, uri: &str, body: Option<&Value>) -> Acted {
        let reply = control::act(&mut self.shared.store(), username, method, uri, body);
        Acted { status: reply.status, body: serde_json::from_slice(&reply.body).unwrap_or(Value::Null) }
    }
}
