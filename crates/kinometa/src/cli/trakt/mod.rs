//! `kinometa trakt`: users' Trakt accounts, and authorization of the `trakt` block in Kometa's config.yml.

mod account;
mod ask;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};
use clock::{Clock, SystemClock};
use kometa::config::TraktBlock;
use kometa::edit;
use secrecy::{ExposeSecret, SecretString};
use trakt::{Client, Error, Remedy, RetryPolicy, Token, TokenStore};

use super::Failure;
use crate::config::Config;
use crate::credentials::clients::{REJECTION_HINT, catch_up, client_of, renew};
use crate::credentials::grants::reason;
use crate::credentials::{ConfigStore, authorization};
use ask::Method;

/// `kinometa trakt …`
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Authorize a Kometa config.yml: check its tokens, renew them, or request new ones
    Auth(Auth),
    #[command(flatten)]
    Account(account::Command),
}

#[derive(Debug, Args)]
pub(super) struct Auth {
    /// Kometa's config.yml, in which the token pair is read and updated
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the finished `trakt` block with a new token pair, without writing anything
    #[arg(long)]
    print: bool,
    /// Show a code to enter at trakt.tv/activate instead of asking for a PIN
    #[arg(long)]
    device: bool,
    /// Client ID of the Trakt application [default: the one in the file]
    #[arg(long, env = "KINOMETA_TRAKT_CLIENT_ID", value_name = "ID", hide_env_values = true)]
    client_id: Option<SecretString>,
    /// Client Secret of the Trakt application [default: the one in the file]
    #[arg(long, env = "KINOMETA_TRAKT_CLIENT_SECRET", value_name = "SECRET", hide_env_values = true)]
    client_secret: Option<SecretString>,
}

/// Runs the command.
pub(super) async fn run(command: Command, config: Config) -> Result<ExitCode, Failure> {
    match command {
        Command::Auth(options) => auth(options, &config).await,
        Command::Account(command) => account::run(command, config).await,
    }
}

async fn auth(options: Auth, config: &Config) -> Result<ExitCode, Failure> {
    match (&options.config, options.print) {
        (None, false) => {
            Err("pass the file with --config FILE, or use --print to get a block to paste".into())
        }
        (Some(path), false) => {
            let store = Arc::new(ConfigStore::open(path, config)?);
            in_file(&store, &options, config).await
        }
        (path, true) => {
            let block = match path {
                Some(path) => Some(ConfigStore::open(path, config)?.trakt()?),
                None => None,
            };
            print_block(block.as_ref(), &options, config).await
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// A client for the Trakt application given by the options, or by the file.
fn client(
    block: Option<&TraktBlock>,
    options: &Auth,
    config: &Config,
    store: Arc<dyn TokenStore>,
) -> Result<Client, Failure> {
    let option_or_file = |option: &Option<SecretString>, file: Option<&SecretString>| {
        option.as_ref().or(file).map(|secret| secret.expose_secret().trim().to_owned())
    };
    let id = option_or_file(&options.client_id, block.and_then(|block| block.client_id.as_ref()))
        .filter(|id| !id.is_empty())
        .ok_or("there is no client_id: register an application at https://developer.trakt.tv and put its Client ID into the trakt block, or pass --client-id")?;
    let secret = option_or_file(&options.client_secret, block.and_then(|block| block.client_secret.as_ref()));
    // The user is waiting: temporary failures are reported immediately instead of retried.
    let builder = client_of(&id, secret.as_deref(), config, Arc::new(SystemClock), store);
    Ok(builder.retries(RetryPolicy::NONE).max_wait(Duration::from_secs(10)).build()?)
}

async fn print_block(block: Option<&TraktBlock>, options: &Auth, config: &Config) -> Result<(), Failure> {
    let client = client(block, options, config, Arc::new(trakt::MemoryTokenStore::new()))?;
    let token = ask::grant(&client, Method::from_flag(options.device), None).await?;
    let application = client.application();
    let secret = application.client_secret.as_ref().map(|secret| secret.expose_secret());
    print!("{}", edit::block(&application.client_id, secret, &authorization(&token)));
    Ok(())
}

/// Makes sure that the file's token pair is valid, and prints what was done.
async fn in_file(store: &Arc<ConfigStore>, options: &Auth, config: &Config) -> Result<(), Failure> {
    catch_up(store, &mut |message| eprintln!("{message}")).await?;
    let block = store.trakt()?;
    for finding in store.findings()? {
        eprintln!("{finding}");
    }
    let client = client(Some(&block), options, config, store.clone())?;
    let done = match store.load().await? {
        Some(token) => check(&client, store, &block, token).await?,
        None => None,
    };
    match done {
        Some(done) => println!("{done}"),
        None => {
            // An unwritable file must be noticed before the PIN, which can be used only once, is exchanged.
            store.probe().await?;
            if let Some(reason) = store.write_error() {
                eprintln!("{reason}");
            }
            let token = ask::grant(&client, Method::from_flag(options.device), block.pin.as_ref()).await?;
            client.connect(token).await.map_err(reason)?;
            println!("Authorized. {}", saved_message(store));
        }
    }
    print_account(&client).await;
    Ok(())
}

/// Checks the file's token pair, and renews it if `force_refresh` is set or the renewal is due. Returns `None`
/// when the user has to authorize again.
async fn check(
    client: &Client,
    store: &Arc<ConfigStore>,
    block: &TraktBlock,
    token: Token,
) -> Result<Option<String>, Failure> {
    if block.force_refresh {
        return match renew(client, store).await {
            Ok(()) => Ok(Some(format!("Renewed because of force_refresh. {}", saved_message(store)))),
            Err(error) if needs_grant(&error) => check_without_force(client, store, &token).await,
            Err(error) => Err(reason(error)),
        };
    }
    check_without_force(client, store, &token).await
}

/// Checks the file's token pair without forcing a renewal.
async fn check_without_force(
    client: &Client,
    store: &Arc<ConfigStore>,
    token: &Token,
) -> Result<Option<String>, Failure> {
    match client.users().check_token().await {
        Ok(()) => {
            let current = store.load().await?;
            let renewed = current.is_some_and(|current| !current.same_pair(token));
            Ok(Some(if renewed {
                format!("Renewed. {}", saved_message(store))
            } else {
                format!("The authorization in {} is valid; nothing was changed.", store.path().display())
            }))
        }
        Err(error) if needs_grant(&error) => {
            eprintln!("{error}");
            eprintln!("{REJECTION_HINT}");
            Ok(None)
        }
        Err(error) => Err(reason(error)),
    }
}

/// The message that says where the new token pair is stored.
fn saved_message(store: &ConfigStore) -> String {
    match store.write_error() {
        None => format!("The token pair is saved in {}.", store.path().display()),
        Some(reason) => format!(
            "The token pair is kept in Kinometa's database, because {} could not be written, and Kometa cannot use the pair \
             there: {reason}",
            store.path().display()
        ),
    }
}

/// Whether Trakt itself rejected the token pair. All other errors are temporary, and the pair is kept.
fn needs_grant(error: &Error) -> bool {
    matches!(error.remedy(), Remedy::Reconnect)
}

/// Prints the account name. The token pair is already saved, so a failure is only reported.
async fn print_account(client: &Client) {
    match client.users().settings().await {
        Ok(settings) => println!("Trakt account: {}.", settings.user.username),
        Err(error) => eprintln!("The account name could not be read ({error}). The token pair is kept."),
    }
    if let Ok(Some(token)) = client.token().await {
        let left = token.expires_at() - SystemClock.now();
        println!("The access token is valid for {} more hours.", left.num_hours().max(0));
    }
}
