//! `kinometa trakt connect|import|sync|status|disconnect`: a user's Trakt account, for servers without a browser.
//! The commands work on the server's database, whether or not the server is running.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};
use clock::{Clock, SystemClock};
use db::ids::UserId;
use db::kinds::SyncCategory;
use db::sync_changes::ChangeFilter;
use serde_json::json;
use sync::{AccountStatus, CategoryStatus, ConnectState, PullState};

use super::super::Failure;
use crate::accounts::AccountError;
use crate::app::App;
use crate::config::Config;
use crate::{messages, present};

/// How often progress is checked.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// How many changes are listed individually.
const MAX_LISTED: u64 = 20;

/// A command for a user's Trakt account.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Connect a user's Trakt account: shows a code and waits until it is entered
    Connect(UserArg),
    /// Import a user's Trakt history, and send the plays that only Kinometa has
    Import {
        #[command(flatten)]
        user_arg: UserArg,
        /// Show what an import would do, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Check Trakt for changes now, and send what is waiting
    Sync(UserArg),
    /// Show a user's connection and the state of their sync
    Status {
        #[command(flatten)]
        user_arg: UserArg,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Disconnect a user's Trakt account; everything in Kinometa stays
    Disconnect(UserArg),
}

/// Selects the user.
#[derive(Debug, Args)]
pub(in crate::cli) struct UserArg {
    /// User name [default: the only user]
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
}

/// Runs a command. A running server notices the change within seconds.
pub(super) async fn run(command: Command, config: Config) -> Result<ExitCode, Failure> {
    let app = App::open(config, Arc::new(SystemClock)).await?;
    let result = dispatch(&app, command).await;
    app.db().close().await?;
    result.map(|()| ExitCode::SUCCESS)
}

async fn dispatch(app: &App, command: Command) -> Result<(), Failure> {
    let user_arg = match &command {
        Command::Connect(user_arg) | Command::Sync(user_arg) | Command::Disconnect(user_arg) => user_arg,
        Command::Import { user_arg, .. } | Command::Status { user_arg, .. } => user_arg,
    };
    let user_id = find_user(app, user_arg).await?;
    let done = match command {
        Command::Connect(_) => connect(app, user_id).await,
        Command::Import { dry_run: true, .. } => preview(app, user_id).await,
        Command::Import { dry_run: false, .. } => import(app, user_id).await,
        Command::Sync(_) => sync(app, user_id).await,
        Command::Status { json, .. } => return status(app, user_id, json).await,
        Command::Disconnect(_) => disconnect(app, user_id).await,
    };
    app.engine().hand_over(user_id).await?;
    done
}

async fn find_user(app: &App, user_arg: &UserArg) -> Result<UserId, Failure> {
    let Some(name) = &user_arg.user else {
        return match app.accounts().users().await?.as_slice() {
            [only] => Ok(only.id),
            [] => Err("there is no user yet; add one with `kinometa user add NAME`".into()),
            _ => Err("there are several users: choose one with --user NAME".into()),
        };
    };
    match app.accounts().user_named(name).await {
        Ok(user) => Ok(user.id),
        Err(AccountError::NotFound(_)) => {
            Err(format!("there is no user named {name:?}; run `kinometa user list` to see all users").into())
        }
        Err(error) => Err(error.into()),
    }
}

async fn connect(app: &App, user_id: UserId) -> Result<(), Failure> {
    let engine = app.engine();
    let mut state = engine.start_connect(user_id).await.map_err(failure)?;
    if let ConnectState::Pending(code) = &state {
        println!("Open {} and enter the code {}", code.verification_url, code.user_code);
        println!("Waiting until {}. Press Ctrl-C to cancel.", code.expires_at.format("%H:%M UTC"));
    }
    while matches!(state, ConnectState::Pending(_)) {
        SystemClock.sleep(POLL_INTERVAL).await;
        state = engine.connect_state(user_id);
    }
    if state != ConnectState::Approved {
        return Err(messages::trakt::of_connect(&state).1.into());
    }
    let connection = app.trakt().connection(user_id).await?;
    match connection.username() {
        Some(name) => println!("Connected as {name}."),
        None => println!("Connected."),
    }
    println!(
        "Nothing is read from Trakt yet. To see what an import would do, run `kinometa trakt import --dry-run`."
    );
    Ok(())
}

async fn preview(app: &App, user_id: UserId) -> Result<(), Failure> {
    let preview = app.engine().preview_import(user_id).await.map_err(failure)?;
    println!(
        "On Trakt: {} watched movies, {} watched episodes, {} plays.",
        preview.movies, preview.episodes, preview.plays
    );
    println!("Plays that would be added here: {}", preview.add);
    println!("Plays that would be sent to Trakt: {}", preview.push);
    if preview.unmatched > 0 {
        println!("Plays that cannot be sent, because their titles are not matched: {}", preview.unmatched);
    }
    let others = [
        ("Ratings", preview.ratings),
        ("Watchlist items", preview.watchlist),
        ("Dropped shows", preview.dropped),
    ];
    for (category_name, forecast) in
        others.into_iter().filter(|(_, forecast)| forecast.add + forecast.push > 0)
    {
        println!(
            "{category_name}: {} would be imported from Trakt, {} sent to Trakt.",
            forecast.add, forecast.push
        );
    }
    if preview.collection > 0 {
        println!("Titles that would be sent to your collection on Trakt: {}", preview.collection);
    }
    if let Some(over) = preview.watchlist_limit {
        println!("{}", messages::trakt_sync::of_watchlist_limit(over));
    }
    if preview.is_fed_by_plex {
        println!("{}", messages::trakt_sync::PLEX_SYNC);
    }
    Ok(())
}

async fn import(app: &App, user_id: UserId) -> Result<(), Failure> {
    app.engine().begin_import(user_id, true).await.map_err(failure)?;
    let status = sync_until(app, user_id, |status| {
        !matches!(status.state, PullState::Importing | PullState::Skipping)
    })
    .await?;
    match status.state {
        PullState::Cancelled => Err("the import was cancelled; what was imported stays".into()),
        _ => {
            let plays = if status.done == 1 { "play is" } else { "plays are" };
            println!("Imported. {} {plays} in sync with Trakt.", status.done);
            Ok(())
        }
    }
}

async fn sync(app: &App, user_id: UserId) -> Result<(), Failure> {
    let began = app.now();
    if history(app, user_id).await?.state == PullState::Undecided {
        app.engine().drain(user_id).await.map_err(failure)?;
        return Err("nothing is read from Trakt until you decide: run `kinometa trakt import` first. Waiting changes \
                    were sent."
            .into());
    }
    app.engine().sync_now(user_id).await.map_err(failure)?;
    let status = sync_until(app, user_id, |status| status.last.is_some_and(|last| last >= began)).await?;
    let log = app.engine().sync_log(user_id, ChangeFilter::default(), 0, MAX_LISTED).await?;
    let changed: Vec<_> = log.changes.iter().filter(|change| change.changed_at.0 >= began).collect();
    let view = app.catalogue().view(user_id).await?;
    for change in changed.iter().rev() {
        let title = change.title_id.and_then(|id| view.card_of(id));
        let name = title.map(|card| format!("{}: ", card.name)).unwrap_or_default();
        println!("{name}{}", messages::trakt_log::of_change(change));
    }
    println!("{}", if changed.is_empty() { "Nothing has changed." } else { "Done." });
    if status.state == PullState::Waiting {
        println!("{}", messages::trakt_sync::of_category(&status));
    }
    Ok(())
}

/// Reads from Trakt and sends to it until `is_done`. If a server is running, it may do part of the work.
async fn sync_until(
    app: &App,
    user_id: UserId,
    is_done: impl Fn(&CategoryStatus) -> bool,
) -> Result<CategoryStatus, Failure> {
    let mut printed = String::new();
    loop {
        app.engine().pull(user_id).await.map_err(failure)?;
        app.engine().drain(user_id).await.map_err(failure)?;
        let status = history(app, user_id).await?;
        if is_done(&status) {
            return Ok(status);
        }
        match app.engine().account_status(user_id).await? {
            AccountStatus::Connected | AccountStatus::Troubled(_) => {}
            other => return Err(messages::trakt::of_status(other).0.into()),
        }
        if status.state == PullState::Off {
            return Err("syncing your watch history is switched off in the Trakt settings".into());
        }
        let message = messages::trakt_sync::of_category(&status);
        if message != printed {
            eprintln!("{message}");
            printed = message;
        }
        SystemClock.sleep(POLL_INTERVAL).await;
    }
}

async fn history(app: &App, user_id: UserId) -> Result<CategoryStatus, Failure> {
    let categories = app.engine().sync_status(user_id).await?;
    let history = categories.into_iter().find(|status| status.category == SyncCategory::History);
    Ok(history.ok_or("the state of the watch history cannot be read")?)
}

async fn status(app: &App, user_id: UserId, as_json: bool) -> Result<(), Failure> {
    let connection = app.trakt().connection(user_id).await?;
    let connection = present::trakt::connection(connection, app.trakt().queue_counts(user_id).await?);
    let categories = app.engine().sync_status(user_id).await?;
    let requests = app.engine().requests(user_id).await?;
    let sync = present::trakt_sync::sync(&categories, app.engine().sync_problems(user_id).await?, requests);
    if as_json {
        let body = json!({
            "connection": connection,
            "categories": sync.categories,
            "problems": sync.problems,
            "requests": sync.requests,
        });
        println!("{}", serde_json::to_string_pretty(&body)?);
        return Ok(());
    }
    println!("{}", connection.message);
    if let Some(action) = connection.action {
        println!("{action}");
    }
    println!("Waiting to be sent: {}. Rejected: {}.", connection.queue.pending, connection.queue.failed);
    if let Some(requests) = requests {
        println!("{}", messages::trakt_sync::of_requests(requests, app.now()));
    }
    for (category, shown) in categories.iter().zip(sync.categories) {
        println!("{}: {}", messages::trakt_sync::title_of(category.category), shown.message);
    }
    for problem in sync.problems {
        println!("{}: {} ({} not sent)", problem.category, problem.message, problem.left);
    }
    Ok(())
}

async fn disconnect(app: &App, user_id: UserId) -> Result<(), Failure> {
    app.trakt().disconnect(user_id).await?;
    println!("Disconnected. Everything in Kinometa stays.");
    Ok(())
}

/// An error of the engine as a message with advice.
fn failure(error: sync::Error) -> Failure {
    match error {
        sync::Error::NotConfigured => {
            "this server has no Trakt API application; an administrator adds one under Settings, Trakt".into()
        }
        sync::Error::NotConnected => {
            "no Trakt account is connected; run `kinometa trakt connect --user NAME` first".into()
        }
        sync::Error::Trakt(error) => {
            format!("Trakt cannot be reached right now ({error}); try again later").into()
        }
        other => other.into(),
    }
}
