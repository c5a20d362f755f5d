//! Checks of this machine: folders, database, tools.

use std::io::Write;
use std::path::Path;

use db::Db;
use secrecy::ExposeSecret;

use super::Outcome;
use crate::config::Config;
use playback::tools::Tools;

/// What has to fit into the data folder, in bytes: the database grows by less between two cleanings of its log.
const WRITTEN: usize = 4 * 1024 * 1024;

/// The data folder can be written to.
pub(super) fn data_dir(config: &Config) -> Outcome {
    let folder = config.data_dir.display();
    if !config.data_dir.exists() {
        let advice = "It is made when the server starts for the first time.";
        return Outcome::warning(format!("data folder: {folder} does not exist yet"), advice);
    }
    match write_a_little(&config.data_dir) {
        Ok(()) => Outcome::Fine(format!("data folder: {folder} can be written to")),
        Err(error) => Outcome::broken(
            format!("data folder: {folder} cannot be written to ({error})"),
            "Make room on its disk, give the user that runs Kinometa the right to write there, or choose another with \
             --data-dir.",
        ),
    }
}

/// More than a full disk has left: an empty file can be made on one.
fn write_a_little(folder: &Path) -> std::io::Result<()> {
    tempfile::tempfile_in(folder)?.write_all(&[0; WRITTEN])
}

/// The database opens and answers; then the folders of the libraries in it.
pub(super) async fn database(config: &Config) -> Vec<Outcome> {
    let url = config.database.expose_secret();
    if let Some(path) = url.strip_prefix("sqlite://")
        && !Path::new(path).exists()
    {
        let advice = "It is made when the server starts for the first time.";
        return vec![Outcome::warning("database: the SQLite file does not exist yet", advice)];
    }
    let broken = |error: db::Error| {
        let advice = "Look at --database, at the file's rights and at the space on its disk.";
        Outcome::broken(format!("database: {error}"), advice)
    };
    let db = match Db::connect(url).await {
        Ok(db) => db,
        Err(error) => return vec![broken(error)],
    };
    let mut outcomes = vec![match db.ping().await {
        Ok(()) => Outcome::Fine(format!("database: {} answers and is up to date", db.kind())),
        Err(error) => broken(error),
    }];
    match db::libraries::list(&db).await {
        Ok(libraries) if libraries.is_empty() && config.libraries.is_empty() => {
            let advice = "Add one with --library movies=/path or in Settings, Libraries.";
            outcomes.push(Outcome::warning("libraries: there are none", advice));
        }
        Ok(libraries) => {
            let known = libraries.iter().map(|library| (library.name.clone(), library.path.clone()));
            outcomes.extend(known.map(|(name, path)| library(&name, Path::new(&path))));
        }
        Err(error) => outcomes.push(broken(error)),
    }
    if let Err(error) = db.close().await {
        tracing::debug!(%error, "the database did not close well");
    }
    outcomes
}

fn library(name: &str, path: &Path) -> Outcome {
    let shown = path.display();
    match std::fs::read_dir(path).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Outcome::Fine(format!("library {name}: {shown} can be read")),
        Ok(false) => Outcome::warning(
            format!("library {name}: {shown} is empty"),
            "If it is a disk or a share, mount it. What is known of it is kept until then.",
        ),
        Err(error) => Outcome::warning(
            format!("library {name}: {shown} cannot be read ({error})"),
            "Mount the disk, or give the user that runs Kinometa the right to read there.",
        ),
    }
}

/// ffmpeg and ffprobe, which are used when they are there.
pub(super) async fn ffmpeg(config: &Config) -> Vec<Outcome> {
    let Some(tools) = Tools::find(config.ffmpeg.as_deref()).await else {
        return vec![Outcome::warning(
            "ffmpeg: not found",
            "Without it, files that the browser cannot play as they are do not play. Install the package ffmpeg.",
        )];
    };
    let mut outcomes = vec![if tools.encodes_h264 {
        Outcome::Fine(format!("ffmpeg: {}", tools.version))
    } else {
        let advice =
            "Files whose picture the browser cannot show do not play. Install an ffmpeg with libx264.";
        Outcome::warning(format!("ffmpeg: {} cannot encode H.264", tools.version), advice)
    }];
    outcomes.push(match tools.ffprobe {
        Some(_) => Outcome::Fine("ffprobe: found".to_owned()),
        None => Outcome::warning(
            "ffprobe: not found",
            "Containers other than MP4, MKV and WebM are listed without their details. It comes with ffmpeg.",
        ),
    });
    outcomes
}
