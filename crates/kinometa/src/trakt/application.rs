//! The server's application key: checked when it is saved, shown without its secret.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sync::{ApplicationCheck, check_application};

use super::{Trakt, TraktError, TraktResult};
use api_types::trakt::TraktApplication;

/// Setting that says when Trakt last accepted the application.
const CHECKED: &str = "trakt.application.checked";

/// Longest that Trakt's own keys are, with room: they are 64 hexadecimal digits.
const LONGEST_KEY: usize = 128;

#[derive(Serialize, Deserialize)]
struct Checked {
    at: DateTime<Utc>,
}

impl Trakt {
    /// The application without its secret.
    pub async fn application(&self) -> TraktResult<TraktApplication> {
        let Ok(client) = self.engine.public_client() else {
            return Ok(TraktApplication::default());
        };
        let application = client.application();
        let checked: Option<Checked> = db::settings::get(&self.db, CHECKED).await?;
        Ok(TraktApplication {
            configured: true,
            client_id: Some(application.client_id.clone()),
            has_secret: application.client_secret.is_some(),
            checked_at: checked.map(|checked| checked.at),
            problem: self.application_problem().await?,
        })
    }

    /// Checks an application at Trakt and saves it. Nothing is saved when Trakt refuses it or does not answer.
    pub async fn save_application(
        &self,
        client_id: &str,
        client_secret: Option<SecretString>,
    ) -> TraktResult<TraktApplication> {
        let client_id = checked_key("client_id", "Client ID", client_id)?;
        let client_secret = match client_secret.filter(|secret| !secret.expose_secret().trim().is_empty()) {
            Some(secret) => {
                SecretString::from(checked_key("client_secret", "Client Secret", secret.expose_secret())?)
            }
            None => self.saved_secret(&client_id)?,
        };
        let candidate = self.engine.client_for(&client_id, client_secret.clone())?;
        match check_application(&candidate).await {
            ApplicationCheck::Good => {}
            ApplicationCheck::NotAllowed => return Err(invalid("client_id", NOT_ALLOWED)),
            ApplicationCheck::WrongSecret => return Err(invalid("client_secret", WRONG_SECRET)),
            ApplicationCheck::Unreachable => return Err(TraktError::Unreachable),
        }
        self.engine.set_application(&client_id, client_secret).await?;
        let tx = self.db.begin().await?;
        db::settings::put(&tx, CHECKED, &Checked { at: self.clock.now() }).await?;
        tx.commit().await?;
        self.application().await
    }

    /// Forgets the application. Connections and queues stay for the next one.
    pub async fn remove_application(&self) -> TraktResult<()> {
        self.engine.remove_application().await?;
        let tx = self.db.begin().await?;
        db::settings::delete(&tx, CHECKED).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The secret need not be entered again for the same Client ID.
    fn saved_secret(&self, client_id: &str) -> TraktResult<SecretString> {
        let saved = self.engine.public_client().ok();
        saved
            .filter(|client| client.application().client_id == client_id)
            .and_then(|client| client.application().client_secret.clone())
            .ok_or_else(|| invalid("client_secret", "Enter the Client Secret too."))
    }

    /// One refused account means that the application is refused for everybody.
    async fn application_problem(&self) -> TraktResult<Option<String>> {
        let accounts = db::trakt_accounts::list_with_token(&self.db).await?;
        let refused = |account: &db::rows::TraktAccount| {
            account.state == db::kinds::AccountState::ApplicationNotAllowed
        };
        Ok(accounts.iter().any(refused).then(|| NOT_ALLOWED.to_owned()))
    }
}

const NOT_ALLOWED: &str = "Trakt does not accept this application. It was deleted, is not approved, or the Client ID \
                           is not complete. Look at it on trakt.tv under Settings, Your API Apps, or register a new \
                           one and enter it here.";

const WRONG_SECRET: &str = "Trakt knows this Client ID, but the Client Secret does not belong to it. Copy it again from \
                            the application's page at trakt.tv.";

fn invalid(field: &'static str, message: &str) -> TraktError {
    TraktError::Invalid { field, message: message.to_owned() }
}

/// Copied keys come with blanks around them.
fn checked_key(field: &'static str, name: &str, key: &str) -> TraktResult<String> {
    let key = key.trim();
    if key.is_empty() {
        return Err(invalid(field, &format!("Enter the {name}.")));
    }
    if key.len() > LONGEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid(field, &format!("This is no {name} of Trakt's: copy it again.")));
    }
    Ok(key.to_owned())
}
