//! Creating, changing and removing user accounts.

use db::Conflict;
use db::ids::UserId;
use db::rows::User;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::Accounts;
use super::cache::{Caller, Credential};
use super::error::{AccountError, AccountResult, InvalidValue};
use super::limiter::Key;
use super::names::{appearance, validate, validate_username};
use super::queue::Origin;

/// Maximum size of a user's preferences in bytes of JSON.
const MAX_PREFERENCES: usize = 16 * 1024;

/// A user account to create.
pub struct NewAccount {
    /// User name for signing in.
    pub username: String,
    /// Password in plain text.
    pub password: SecretString,
    /// Display name; defaults to the user name.
    pub display_name: Option<String>,
    /// Whether the user is an administrator.
    pub is_admin: bool,
}

/// Changes to a user account. Fields that are `None` stay unchanged.
#[derive(Default)]
pub struct AccountPatch {
    /// New display name.
    pub display_name: Option<String>,
    /// Whether the user is an administrator.
    pub is_admin: Option<bool>,
    /// New password. Signs the user out everywhere.
    pub password: Option<SecretString>,
    /// Whether a new password also revokes the user's API tokens.
    pub revoke_api_tokens: bool,
    /// Client preferences to merge into the stored ones. A null value removes the key.
    pub preferences: Option<Map<String, Value>>,
}

/// A change of the caller's own password.
pub struct PasswordChange {
    /// Current password in plain text.
    pub current: SecretString,
    /// New password in plain text.
    pub new: SecretString,
    /// Whether to revoke the user's API tokens as well.
    pub revoke_api_tokens: bool,
}

impl Accounts {
    /// Creates the first administrator. Of concurrent requests, exactly one succeeds.
    pub async fn create_administrator(&self, new: NewAccount) -> AccountResult<User> {
        if !self.setup_required().await? {
            return Err(AccountError::AlreadySetUp);
        }
        let row = self.validated(NewAccount { is_admin: true, ..new }).await?;
        let tx = self.db.begin().await?;
        let user = db::users::insert_first(&tx, row, self.now().into()).await?;
        let user = user.ok_or(AccountError::AlreadySetUp)?;
        tx.commit().await?;
        Ok(user)
    }

    /// Creates a user account.
    pub async fn create(&self, new: NewAccount) -> AccountResult<User> {
        let row = self.validated(new).await?;
        self.check_appearance(&row.username).await?;
        let tx = self.db.begin().await?;
        let user = db::users::insert(&tx, row, self.now().into()).await.map_err(name_taken)?;
        tx.commit().await?;
        Ok(user)
    }

    /// All users, ordered by name.
    pub async fn users(&self) -> AccountResult<Vec<User>> {
        Ok(db::users::list(&self.db).await?)
    }

    /// The user with this id.
    pub async fn user(&self, id: UserId) -> AccountResult<User> {
        db::users::find(&self.db, id).await?.ok_or(AccountError::NotFound("user"))
    }

    /// The user with this user name.
    pub async fn user_named(&self, username: &str) -> AccountResult<User> {
        db::users::find_by_username(&self.db, username).await?.ok_or(AccountError::NotFound("user"))
    }

    /// Changes a user account.
    pub async fn update(&self, id: UserId, patch: AccountPatch) -> AccountResult<User> {
        let display_name = patch.display_name.map(|name| validate("display_name", &name)).transpose()?;
        let password_hash = match patch.password {
            Some(password) => Some(self.passwords.hash(password).await?),
            None => None,
        };
        let tx = self.db.begin().await?;
        let administrators = db::users::lock_administrators(&tx).await?;
        let mut user = db::users::lock(&tx, id).await?.ok_or(AccountError::NotFound("user"))?;
        if patch.is_admin == Some(false) && administrators == [id] {
            return Err(AccountError::LastAdministrator);
        }
        user.display_name = display_name.unwrap_or(user.display_name);
        user.is_admin = patch.is_admin.unwrap_or(user.is_admin);
        if let Some(changes) = patch.preferences {
            user.preferences = merged(user.preferences, changes)?;
        }
        if let Some(hash) = password_hash {
            user.password_hash = hash;
            db::sessions::delete_for_user(&tx, id, None).await?;
            if patch.revoke_api_tokens {
                db::api_tokens::delete_for_user(&tx, id).await?;
            }
        }
        let user = db::users::update(&tx, user).await?;
        tx.commit().await?;
        self.cache.invalidate(|caller| caller.user_id == id);
        Ok(user)
    }

    /// Checks that a user can be removed, without changing anything.
    pub async fn check_removable(&self, id: UserId) -> AccountResult<()> {
        let users = self.users().await?;
        let user = users.iter().find(|user| user.id == id).ok_or(AccountError::NotFound("user"))?;
        let administrators = users.iter().filter(|user| user.is_admin).count();
        if user.is_admin && administrators == 1 { Err(AccountError::LastAdministrator) } else { Ok(()) }
    }

    /// Removes a user together with their timeline, sessions and tokens.
    pub async fn remove(&self, id: UserId) -> AccountResult<()> {
        let tx = self.db.begin().await?;
        if db::users::lock_administrators(&tx).await? == [id] {
            return Err(AccountError::LastAdministrator);
        }
        if !db::users::delete(&tx, id).await? {
            return Err(AccountError::NotFound("user"));
        }
        tx.commit().await?;
        self.cache.invalidate(|caller| caller.user_id == id);
        Ok(())
    }

    /// Changes the caller's own password and ends all their other sessions. API tokens stay valid unless the change
    /// revokes them.
    ///
    /// Attempts are limited per account, so that somebody with access to an unlocked browser cannot guess the
    /// password.
    pub async fn change_password(&self, caller: Caller, change: PasswordChange) -> AccountResult<()> {
        let user = self.user(caller.user_id).await?;
        let keys = [Key::Account(user.id)];
        let attempt = self.limiter().attempt(&keys, self.now());
        attempt.map_err(AccountError::TooManyAttempts)?;
        let origin = Origin::Device(format!("account {}", user.id));
        if !self.passwords.verify(change.current, Some(user.password_hash), origin).await? {
            return Err(AccountError::WrongCurrentPassword);
        }
        self.limiter().succeeded(&keys);
        let password_hash = self.passwords.hash(change.new).await.map_err(for_field("new"))?;
        let current_session = match caller.credential {
            Credential::Session(id) => Some(id),
            Credential::ApiToken(_) => None,
        };
        let tx = self.db.begin().await?;
        let user = db::users::lock(&tx, caller.user_id).await?.ok_or(AccountError::NotFound("user"))?;
        db::users::update(&tx, User { password_hash, ..user }).await?;
        db::sessions::delete_for_user(&tx, caller.user_id, current_session).await?;
        if change.revoke_api_tokens {
            db::api_tokens::delete_for_user(&tx, caller.user_id).await?;
        }
        tx.commit().await?;
        self.cache.invalidate(|other| other.user_id == caller.user_id);
        Ok(())
    }

    /// Rejects a user name that looks like an existing one.
    async fn check_appearance(&self, username: &str) -> AccountResult<()> {
        let (key, looks) = (db::users::username_key(username), appearance(username));
        let users = self.users().await?;
        let same = users.iter().find(|user| user.username_key != key && appearance(&user.username) == looks);
        match same {
            Some(user) => Err(AccountError::Invalid {
                field: "username",
                why: InvalidValue::UsernameAlike(user.username.clone()),
            }),
            None => Ok(()),
        }
    }

    async fn validated(&self, new: NewAccount) -> AccountResult<db::users::NewUser> {
        let username = validate_username(&new.username)?;
        let display_name = match new.display_name.filter(|name| !name.trim().is_empty()) {
            Some(name) => validate("display_name", &name)?,
            None => username.clone(),
        };
        let password_hash = self.passwords.hash(new.password).await?;
        Ok(db::users::NewUser { username, display_name, password_hash, is_admin: new.is_admin })
    }
}

/// Renames the field of a validation error, for requests that use another name.
fn for_field(name: &'static str) -> impl Fn(AccountError) -> AccountError {
    move |error| match error {
        AccountError::Invalid { why, .. } => AccountError::Invalid { field: name, why },
        other => other,
    }
}

fn name_taken(error: db::Error) -> AccountError {
    match error {
        db::Error::Conflict(Conflict::Username) => AccountError::UsernameTaken,
        other => other.into(),
    }
}

fn merged(stored: Value, changes: Map<String, Value>) -> AccountResult<Value> {
    let mut all = match stored {
        Value::Object(all) => all,
        _ => Map::new(),
    };
    for (key, value) in changes {
        if value.is_null() {
            all.remove(&key);
        } else {
            all.insert(key, value);
        }
    }
    let all = Value::Object(all);
    if all.to_string().len() > MAX_PREFERENCES {
        let why = InvalidValue::PreferencesTooLarge(MAX_PREFERENCES / 1024);
        return Err(AccountError::Invalid { field: "preferences", why });
    }
    Ok(all)
}
