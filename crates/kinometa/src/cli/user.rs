//! `kinometa user`: manages user accounts directly in the database.

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use clock::SystemClock;
use secrecy::{ExposeSecret, SecretString};

use super::Failure;
use crate::accounts::{AccountError, AccountPatch, NewAccount};
use crate::app::App;
use crate::config::Config;

/// `kinometa user …`
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a user; prompts for the password, or reads it from standard input
    Add(Add),
    /// List all users
    List,
    /// Set a new password for a user and sign them out everywhere
    ResetPassword {
        /// User name
        username: String,
        /// Revoke the user's API tokens, too
        #[arg(long)]
        revoke_api_tokens: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// User name for signing in
    username: String,
    /// Display name [default: the user name]
    #[arg(long)]
    display_name: Option<String>,
    /// Make the user an administrator
    #[arg(long)]
    admin: bool,
}

/// Runs the command on the database. A running server picks up the change within a minute.
pub(super) async fn run(command: Command, config: Config) -> Result<ExitCode, Failure> {
    let app = App::open(config, Arc::new(SystemClock)).await?;
    let result = match command {
        Command::Add(add) => add_user(&app, add).await,
        Command::List => list(&app).await,
        Command::ResetPassword { username, revoke_api_tokens } => {
            reset_password(&app, &username, revoke_api_tokens).await
        }
    };
    app.db().close().await?;
    result.map(|()| ExitCode::SUCCESS)
}

async fn add_user(app: &App, add: Add) -> Result<(), Failure> {
    let account = NewAccount {
        username: add.username,
        password: read_password()?,
        display_name: add.display_name,
        is_admin: add.admin,
    };
    let user = app.accounts().create(account).await?;
    println!("Added {} ({}).", user.username, role(user.is_admin));
    Ok(())
}

async fn list(app: &App) -> Result<(), Failure> {
    for user in app.accounts().users().await? {
        let since = user.created_at.0.format("%Y-%m-%d");
        println!("{}\t{}\t{}\tsince {since}", user.username, user.display_name, role(user.is_admin));
    }
    Ok(())
}

async fn reset_password(app: &App, username: &str, revoke_api_tokens: bool) -> Result<(), Failure> {
    let user = match app.accounts().user_named(username).await {
        Err(AccountError::NotFound(_)) => {
            return Err(format!(
                "there is no user named {username:?}; run `kinometa user list` to see all users"
            )
            .into());
        }
        other => other?,
    };
    let patch =
        AccountPatch { password: Some(read_password()?), revoke_api_tokens, ..AccountPatch::default() };
    app.accounts().update(user.id, patch).await?;
    let tokens = if revoke_api_tokens {
        "Their API tokens are revoked."
    } else {
        "Their API tokens stay valid; --revoke-api-tokens revokes them."
    };
    println!("Changed the password of {} and signed them out everywhere. {tokens}", user.username);
    Ok(())
}

fn role(is_admin: bool) -> &'static str {
    if is_admin { "administrator" } else { "user" }
}

/// Prompts for the password twice without echo, or reads one line when standard input is not a terminal.
fn read_password() -> Result<SecretString, Failure> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(SecretString::from(line.trim_end_matches(['\r', '\n'])));
    }
    let ask = |prompt: &str| -> Result<SecretString, Failure> {
        std::io::stdout().flush()?;
        Ok(SecretString::from(rpassword::prompt_password(prompt)?))
    };
    let password = ask("Password: ")?;
    if ask("Repeat password: ")?.expose_secret() != password.expose_secret() {
        return Err("the passwords do not match; nothing was changed".into());
    }
    Ok(password)
}
