//! API tokens for scripts and other programs.

use db::ids::{ApiTokenId, UserId};
use db::rows::ApiToken;
use secrecy::{ExposeSecret, SecretString};

use super::cache::Credential;
use super::error::{AccountError, AccountResult};
use super::{Accounts, names, secret};

impl Accounts {
    /// The user's tokens, newest first.
    pub async fn api_tokens(&self, user_id: UserId) -> AccountResult<Vec<ApiToken>> {
        Ok(db::api_tokens::list(&self.db, user_id).await?)
    }

    /// Creates a token. The secret is not stored, so this is the only time it can be shown.
    pub async fn create_api_token(
        &self,
        user_id: UserId,
        name: &str,
    ) -> AccountResult<(ApiToken, SecretString)> {
        let name = names::validate("name", name)?;
        let token = secret::api_token();
        let new = db::api_tokens::NewApiToken {
            user_id,
            name,
            token_hash: secret::hash(token.expose_secret()),
            prefix: secret::shown_prefix(&token),
        };
        let tx = self.db.begin().await?;
        let row = db::api_tokens::insert(&tx, new, self.now().into()).await?;
        tx.commit().await?;
        Ok((row, token))
    }

    /// Revokes a token.
    pub async fn delete_api_token(&self, user_id: UserId, id: ApiTokenId) -> AccountResult<()> {
        let tx = self.db.begin().await?;
        if !db::api_tokens::delete(&tx, user_id, id).await? {
            return Err(AccountError::NotFound("token"));
        }
        tx.commit().await?;
        self.cache.invalidate(|caller| caller.credential == Credential::ApiToken(id));
        Ok(())
    }
}
