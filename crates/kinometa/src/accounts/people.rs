//! Making, changing and removing people.

use db::Conflict;
use db::ids::UserId;
use db::rows::User;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::Accounts;
use super::cache::{Caller, Proof};
use super::error::{AccountError, AccountResult};
use super::limiter::Key;
use super::names::checked;

/// Most that a client may keep here, in bytes of JSON.
const LARGEST_PREFERENCES: usize = 16 * 1024;

/// A person to make.
pub struct NewPerson {
    /// Name to sign in with.
    pub username: String,
    /// Password.
    pub password: SecretString,
    /// Name to show; the user name when left out.
    pub display_name: Option<String>,
    /// May change the server's settings and people.
    pub is_admin: bool,
}

/// What to change about a person.
#[derive(Default)]
pub struct PersonPatch {
    /// Name to show.
    pub display_name: Option<String>,
    /// May change the server's settings and people.
    pub is_admin: Option<bool>,
    /// New password; signs the person out everywhere.
    pub password: Option<SecretString>,
    /// Client preferences: each key replaces the stored one, null removes it.
    pub preferences: Option<Map<String, Value>>,
}

impl Accounts {
    /// Makes the first administrator. Of several at once one wins.
    pub async fn create_administrator(&self, new: NewPerson) -> AccountResult<User> {
        if !self.setup_required().await? {
            return Err(AccountError::AlreadySetUp);
        }
        let row = self.checked(NewPerson { is_admin: true, ..new }).await?;
        let tx = self.db.begin().await?;
        let user = db::users::insert_first(&tx, row, self.now().into()).await?;
        let user = user.ok_or(AccountError::AlreadySetUp)?;
        tx.commit().await?;
        Ok(user)
    }

    /// Adds a person.
    pub async fn create(&self, new: NewPerson) -> AccountResult<User> {
        let row = self.checked(new).await?;
        let tx = self.db.begin().await?;
        let user = db::users::insert(&tx, row, self.now().into()).await.map_err(name_taken)?;
        tx.commit().await?;
        Ok(user)
    }

    /// Everybody, by name.
    pub async fn people(&self) -> AccountResult<Vec<User>> {
        Ok(db::users::list(&self.db).await?)
    }

    /// One person.
    pub async fn person(&self, id: UserId) -> AccountResult<User> {
        db::users::find(&self.db, id).await?.ok_or(AccountError::NotFound("person"))
    }

    /// One person by the name to sign in with.
    pub async fn person_named(&self, username: &str) -> AccountResult<User> {
        db::users::find_by_username(&self.db, username).await?.ok_or(AccountError::NotFound("person"))
    }

    /// Changes a person.
    pub async fn update(&self, id: UserId, patch: PersonPatch) -> AccountResult<User> {
        let display_name = patch.display_name.map(|name| checked("display_name", &name)).transpose()?;
        let password_hash = match patch.password {
            Some(password) => Some(self.passwords.hash(password).await?),
            None => None,
        };
        let tx = self.db.begin().await?;
        let administrators = db::users::lock_administrators(&tx).await?;
        let mut user = db::users::lock(&tx, id).await?.ok_or(AccountError::NotFound("person"))?;
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
        }
        let user = db::users::update(&tx, user).await?;
        tx.commit().await?;
        self.cache.forget(|caller| caller.user_id == id);
        Ok(user)
    }

    /// Whether a person can be removed, before anything of theirs is touched.
    pub async fn check_removable(&self, id: UserId) -> AccountResult<()> {
        let people = self.people().await?;
        let person = people.iter().find(|person| person.id == id).ok_or(AccountError::NotFound("person"))?;
        let administrators = people.iter().filter(|person| person.is_admin).count();
        if person.is_admin && administrators == 1 { Err(AccountError::LastAdministrator) } else { Ok(()) }
    }

    /// Removes a person with everything that is theirs.
    pub async fn remove(&self, id: UserId) -> AccountResult<()> {
        let tx = self.db.begin().await?;
        if db::users::lock_administrators(&tx).await? == [id] {
            return Err(AccountError::LastAdministrator);
        }
        if !db::users::delete(&tx, id).await? {
            return Err(AccountError::NotFound("person"));
        }
        tx.commit().await?;
        self.cache.forget(|caller| caller.user_id == id);
        Ok(())
    }

    /// Changes one's own password and signs every other session out. Guessing the old one is slowed down too:
    /// somebody at an open browser must not find the password out.
    pub async fn change_password(
        &self,
        caller: Caller,
        current: SecretString,
        new: SecretString,
        address: &str,
    ) -> AccountResult<()> {
        let user = self.person(caller.user_id).await?;
        let keys = Key::of(&user.username_key, address);
        let attempt = self.limiter().attempt(&keys, self.now());
        attempt.map_err(AccountError::TooManyAttempts)?;
        if !self.passwords.verify(current, Some(user.password_hash)).await? {
            return Err(AccountError::WrongCurrentPassword);
        }
        self.limiter().succeeded(&keys);
        let password_hash = self.passwords.hash(new).await.map_err(of_field("new"))?;
        let kept = match caller.proof {
            Proof::Session(id) => Some(id),
            Proof::ApiToken(_) => None,
        };
        let tx = self.db.begin().await?;
        let user = db::users::lock(&tx, caller.user_id).await?.ok_or(AccountError::NotFound("person"))?;
        db::users::update(&tx, User { password_hash, ..user }).await?;
        db::sessions::delete_for_user(&tx, caller.user_id, kept).await?;
        tx.commit().await?;
        self.cache.forget(|other| other.user_id == caller.user_id);
        Ok(())
    }

    async fn checked(&self, new: NewPerson) -> AccountResult<db::users::NewUser> {
        let username = checked("username", &new.username)?;
        let display_name = match new.display_name.filter(|name| !name.trim().is_empty()) {
            Some(name) => checked("display_name", &name)?,
            None => username.clone(),
        };
        let password_hash = self.passwords.hash(new.password).await?;
        Ok(db::users::NewUser { username, display_name, password_hash, is_admin: new.is_admin })
    }
}

/// The same refusal, for a form that names the field otherwise.
fn of_field(name: &'static str) -> impl Fn(AccountError) -> AccountError {
    move |error| match error {
        AccountError::Invalid { message, .. } => AccountError::Invalid { field: name, message },
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
    if all.to_string().len() > LARGEST_PREFERENCES {
        let message = format!("Preferences are kept up to {} KiB.", LARGEST_PREFERENCES / 1024);
        return Err(AccountError::Invalid { field: "preferences", message });
    }
    Ok(all)
}
