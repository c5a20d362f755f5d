//! The server's Trakt API application: checked when it is saved, shown without its secret.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sync::{ApplicationCheck, check_application};

use super::{InvalidKey, KeyField, Trakt, TraktError, TraktResult};

/// Key of the setting that stores when Trakt last accepted the application.
const CHECKED: &str = "trakt.application.checked";

/// Maximum length of a key. Trakt's keys have 64 hexadecimal digits; this allows for longer ones.
const MAX_KEY_LENGTH: usize = 128;

#[derive(Serialize, Deserialize)]
struct Checked {
    at: DateTime<Utc>,
}

/// The saved application without its secret.
#[derive(Debug, Clone)]
pub struct SavedApplication {
    /// Client ID.
    pub client_id: String,
    /// Whether a Client Secret is saved.
    pub has_secret: bool,
    /// When Trakt last accepted the application.
    pub checked_at: Option<DateTime<Utc>>,
    /// Whether Trakt currently rejects the application.
    pub is_refused: bool,
}

impl Trakt {
    /// The saved application without its secret; `None` if none is saved.
    pub async fn application(&self) -> TraktResult<Option<SavedApplication>> {
        let Ok(client) = self.engine.public_client() else { return Ok(None) };
        let application = client.application();
        let checked: Option<Checked> = db::settings::get(&self.db, CHECKED).await?;
        Ok(Some(SavedApplication {
            client_id: application.client_id.clone(),
            has_secret: application.client_secret.is_some(),
            checked_at: checked.map(|checked| checked.at),
            is_refused: self.is_refused().await?,
        }))
    }

    /// Checks an application with Trakt and saves it. Nothing is saved when Trakt rejects it or does not respond.
    pub async fn save_application(
        &self,
        client_id: &str,
        client_secret: Option<SecretString>,
    ) -> TraktResult<Option<SavedApplication>> {
        let client_id = checked_key(KeyField::ClientId, client_id)?;
        let client_secret = match client_secret.filter(|secret| !secret.expose_secret().trim().is_empty()) {
            Some(secret) => SecretString::from(checked_key(KeyField::ClientSecret, secret.expose_secret())?),
            None => self.saved_secret(&client_id)?,
        };
        let candidate = self.engine.client_for(&client_id, client_secret.clone())?;
        match check_application(&candidate).await {
            ApplicationCheck::Good => {}
            ApplicationCheck::NotAllowed => return Err(invalid(KeyField::ClientId, InvalidKey::Refused)),
            ApplicationCheck::WrongSecret => {
                return Err(invalid(KeyField::ClientSecret, InvalidKey::Refused));
            }
            ApplicationCheck::Unreachable => return Err(TraktError::Unreachable),
        }
        self.engine.set_application(&client_id, client_secret).await?;
        let tx = self.db.begin().await?;
        db::settings::put(&tx, CHECKED, &Checked { at: self.clock.now() }).await?;
        tx.commit().await?;
        self.application().await
    }

    /// Removes the application. Connections and queues are kept for the next application.
    pub async fn remove_application(&self) -> TraktResult<()> {
        self.engine.remove_application().await?;
        let tx = self.db.begin().await?;
        db::settings::delete(&tx, CHECKED).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The saved Client Secret, if it belongs to this Client ID. It need not be entered again.
    fn saved_secret(&self, client_id: &str) -> TraktResult<SecretString> {
        let saved = self.engine.public_client().ok();
        saved
            .filter(|client| client.application().client_id == client_id)
            .and_then(|client| client.application().client_secret.clone())
            .ok_or_else(|| invalid(KeyField::ClientSecret, InvalidKey::Missing))
    }

    /// Whether Trakt rejects the application. If one account is rejected for this reason, all are.
    async fn is_refused(&self) -> TraktResult<bool> {
        let accounts = db::trakt_accounts::list_with_token(&self.db).await?;
        Ok(accounts.iter().any(|account| account.state == db::kinds::AccountState::ApplicationNotAllowed))
    }
}

fn invalid(field: KeyField, why: InvalidKey) -> TraktError {
    TraktError::InvalidKey { field, why }
}

/// Validates and trims a key. Copied keys often have spaces around them.
fn checked_key(field: KeyField, key: &str) -> TraktResult<String> {
    let key = key.trim();
    if key.is_empty() {
        return Err(invalid(field, InvalidKey::Missing));
    }
    if key.len() > MAX_KEY_LENGTH || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid(field, InvalidKey::Malformed));
    }
    Ok(key.to_owned())
}
