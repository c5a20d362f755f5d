//! `kinometa user`: people, from the machine that the server runs on.

use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use clock::SystemClock;
use secrecy::{ExposeSecret, SecretString};

use super::Failure;
use crate::accounts::{AccountError, NewPerson, PersonPatch};
use crate::app::App;
use crate::config::Config;

/// `kinometa user …`
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a person; the password is asked for, or read from standard input.
    Add(Add),
    /// List everybody.
    List,
    /// Give somebody a new password and sign them out everywhere.
    ResetPassword {
        /// The person's user name.
        username: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Name to sign in with.
    username: String,
    /// Name to show; the user name when left out.
    #[arg(long)]
    display_name: Option<String>,
    /// May change the server's settings and people.
    #[arg(long)]
    admin: bool,
}

/// Runs the command on the database itself; a running server notices within a minute.
pub(super) async fn run(command: Command, config: Config) -> Result<ExitCode, Failure> {
    let app = App::open(config, Arc::new(SystemClock)).await?;
    let result = match command {
        Command::Add(add) => add_person(&app, add).await,
        Command::List => list(&app).await,
        Command::ResetPassword { username } => reset_password(&app, &username).await,
    };
    app.db().close().await?;
    result.map(|()| ExitCode::SUCCESS)
}

async fn add_person(app: &App, add: Add) -> Result<(), Failure> {
    let person = NewPerson {
        username: add.username,
        password: read_password()?,
        display_name: add.display_name,
        is_admin: add.admin,
    };
    let user = app.accounts().create(person).await?;
    println!("Added {} ({}).", user.username, role(user.is_admin));
    Ok(())
}

async fn list(app: &App) -> Result<(), Failure> {
    for user in app.accounts().people().await? {
        let since = user.created_at.0.format("%Y-%m-%d");
        println!("{}\t{}\t{}\tsince {since}", user.username, user.display_name, role(user.is_admin));
    }
    Ok(())
}

async fn reset_password(app: &App, username: &str) -> Result<(), Failure> {
    let user = match app.accounts().person_named(username).await {
        Err(AccountError::NotFound(_)) => {
            return Err(
                format!("nobody here is called {username:?}; `kinometa user list` shows everybody").into()
            );
        }
        other => other?,
    };
    let patch = PersonPatch { password: Some(read_password()?), ..PersonPatch::default() };
    app.accounts().update(user.id, patch).await?;
    println!("{} has a new password and is signed out everywhere.", user.username);
    Ok(())
}

fn role(is_admin: bool) -> &'static str {
    if is_admin { "administrator" } else { "user" }
}

/// From the terminal twice and unseen, from a pipe once.
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
    if ask("Again: ")?.expose_secret() != password.expose_secret() {
        return Err("the two passwords differ; nothing was changed".into());
    }
    Ok(password)
}
