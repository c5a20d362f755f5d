//! API tokens for scripts.

use db::ids::{ApiTokenId, UserId};
use db::rows::ApiToken;
use secrecy::{ExposeSecret, SecretString};

use super::cache::Proof;
use super::error::{AccountError, AccountResult};
use super::{Accounts, names, secret};

impl Accounts {
    /// A person's tokens, newest first.
    pub async fn api_tokens(&self, user_id: UserId) -> AccountResult<Vec<ApiToken>> {
        Ok(db::api_tokens::list(&self.db, user_id).await?)
    }

    /// Makes a token. The secret is not kept: this is the only time that it can be shown.
    pub async fn create_api_token(
        &self,
        user_id: UserId,
        name: &str,
    ) -> AccountResult<(ApiToken, SecretString)> {
        let name = names::checked("name", name)?;
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

    /// Takes a token back.
    pub async fn delete_api_token(&self, user_id: UserId, id: ApiTokenId) -> AccountResult<()> {
        let tx = self.db.begin().await?;
        if !db::api_tokens::delete(&tx, user_id, id).await? {
            return Err(AccountError::NotFound("token"));
        }
        tx.commit().await?;
        self.cache.forget(|caller| caller.proof == Proof::ApiToken(id));
        Ok(())
    }
}
