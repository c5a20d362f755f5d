//! Posters and backgrounds of collections. New ones are copied from URLs, files and asset folders into the
//! database.

mod fetch;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use collections::options::{Assets, Details, Image};
use db::collection_images::CollectionImageFacts;
use db::ids::CollectionId;
use db::kinds::CollectionImageKind;
use db::rows::CollectionImage;
use db::{Tx, collection_images};
use library::artwork::{Unreadable, normalise};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use fetch::{Fetch, FetchError, MAX_BYTES};

/// File extensions that Kometa looks for in asset folders.
const EXTENSIONS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// Why a picture cannot be used.
#[derive(Debug, thiserror::Error)]
enum ImageError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("{} cannot be read: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("{} is larger than 10 MB", .0.display())]
    TooLarge(PathBuf),
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("it could not be processed")]
    Interrupted,
}

/// Finds the pictures of collections for one run.
pub(super) struct Images {
    /// The folder of config.yml, to which paths are relative.
    folder: PathBuf,
    fetch: Fetch,
    /// Messages about pictures that could not be used, by library and collection.
    failures: Mutex<HashMap<(String, String), Vec<String>>>,
}

/// Changes to the pictures of a collection.
#[derive(Default)]
pub(super) struct Changes {
    taken: Vec<NewImage>,
    removed: Vec<CollectionImageKind>,
}

struct NewImage {
    kind: CollectionImageKind,
    source: String,
    version: String,
    picture: library::artwork::NormalisedImage,
}

impl Changes {
    /// The changes as messages; empty when nothing changes.
    pub(super) fn messages(&self) -> Vec<String> {
        let taken = self.taken.iter().map(|taken| format!("{} taken", taken.kind));
        taken.chain(self.removed.iter().map(|kind| format!("{kind} removed"))).collect()
    }

    /// Writes the changes to the database.
    pub(super) async fn write(self, tx: &Tx, id: CollectionId) -> db::Result<()> {
        for kind in self.removed {
            collection_images::remove(tx, id, kind).await?;
        }
        for NewImage { kind, source, version, picture } in self.taken {
            let pixels = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
            let row = CollectionImage {
                collection_id: id,
                kind,
                source,
                version,
                color: picture.color,
                width: pixels(picture.width),
                height: pixels(picture.height),
                bytes: picture.bytes,
            };
            collection_images::put(tx, row).await?;
        }
        Ok(())
    }
}

impl Images {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), fetch: Fetch::new(), failures: Mutex::default() }
    }

    /// The source of a stored picture, as a definition gives it. `None` when the file has changed since.
    pub(super) async fn stored_source(&self, facts: &CollectionImageFacts) -> Option<Image> {
        let image = from_source(&facts.source)?;
        let Image::File(path) = &image else { return Some(image) };
        let read = self.file(path).await.ok()?;
        (version(&read) == facts.version).then_some(image)
    }

    /// Determines the changes to a collection's pictures. A picture from the same URL is not fetched again. When a
    /// picture cannot be fetched or read, the failure is recorded and the stored picture is kept.
    pub(super) async fn changes(
        &self,
        key: (&str, &str),
        stored: &[CollectionImageFacts],
        details: &Details,
    ) -> Changes {
        let (mut changes, mut failures) = (Changes::default(), Vec::new());
        for kind in CollectionImageKind::ALL.iter().copied() {
            let stored = stored.iter().find(|facts| facts.kind == kind);
            let Some(wanted) = self.wanted(kind, details) else {
                changes.removed.extend(stored.map(|_| kind));
                continue;
            };
            match self.new_image(kind, &wanted, stored).await {
                Ok(taken) => changes.taken.extend(taken),
                Err(error) => failures.push(format!("{kind} from {}: {error}", shown(&wanted))),
            }
        }
        let key = (key.0.to_owned(), key.1.to_owned());
        self.failures.lock().await.insert(key, failures);
        changes
    }

    /// Removes and returns the messages about a collection's pictures that could not be used.
    pub(super) async fn failures(&self, library: &str, name: &str) -> Vec<String> {
        let key = (library.to_owned(), name.to_owned());
        self.failures.lock().await.remove(&key).unwrap_or_default()
    }

    fn wanted(&self, kind: CollectionImageKind, details: &Details) -> Option<Image> {
        let named = match kind {
            CollectionImageKind::Poster => details.poster.clone(),
            CollectionImageKind::Background => details.background.clone(),
        };
        let asset = || details.assets.as_ref().and_then(|assets| self.asset(kind, assets));
        match &details.assets {
            Some(assets) if assets.first => asset().or(named),
            _ => named.or_else(asset),
        }
    }

    fn asset(&self, kind: CollectionImageKind, assets: &Assets) -> Option<Image> {
        let stem = match (kind, assets.folders) {
            (CollectionImageKind::Poster, true) => format!("{}/poster", assets.name),
            (CollectionImageKind::Background, true) => format!("{}/background", assets.name),
            (CollectionImageKind::Poster, false) => assets.name.clone(),
            (CollectionImageKind::Background, false) => format!("{}_background", assets.name),
        };
        let written = assets.directories.iter().flat_map(|folder| {
            EXTENSIONS.iter().map(|extension| format!("{folder}/{stem}.{extension}")).collect::<Vec<_>>()
        });
        let mut found = written.flat_map(|path| kometa::collections::candidates(&path, &self.folder));
        found.find(|path| path.is_file()).map(|path| Image::File(path.display().to_string()))
    }

    async fn new_image(
        &self,
        kind: CollectionImageKind,
        wanted: &Image,
        stored: Option<&CollectionImageFacts>,
    ) -> Result<Option<NewImage>, ImageError> {
        let source = to_source(wanted);
        let same = stored.filter(|stored| stored.source == source);
        let bytes = match wanted {
            Image::Url(_) if same.is_some() => return Ok(None),
            Image::Url(address) => self.fetch.get(address).await?,
            Image::File(path) => self.file(path).await?,
        };
        let version = version(&bytes);
        if same.is_some_and(|stored| stored.version == version) {
            return Ok(None);
        }
        let width = match kind {
            CollectionImageKind::Poster => 960,
            CollectionImageKind::Background => 1920,
        };
        let picture = spawn_blocking(move || normalise(&bytes, width)).await;
        let picture = picture.map_err(|_| ImageError::Interrupted)??;
        Ok(Some(NewImage { kind, source, version, picture }))
    }

    async fn file(&self, written: &str) -> Result<Vec<u8>, ImageError> {
        let places = kometa::collections::candidates(written, &self.folder);
        let first = places.first().cloned().unwrap_or_default();
        let path = places.into_iter().find(|path| path.is_file()).unwrap_or(first);
        let failed = |source| ImageError::File { path: path.clone(), source };
        let length = tokio::fs::metadata(&path).await.map_err(failed)?.len();
        if length > MAX_BYTES as u64 {
            return Err(ImageError::TooLarge(path));
        }
        tokio::fs::read(&path).await.map_err(failed)
    }
}

/// The version of a picture with these bytes. Has the same form as the versions of other pictures, because it
/// becomes part of URLs and file names.
fn version(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn to_source(image: &Image) -> String {
    match image {
        Image::Url(address) => format!("url {address}"),
        Image::File(path) => format!("file {path}"),
    }
}

fn from_source(source: &str) -> Option<Image> {
    let (kind, rest) = source.split_once(' ')?;
    match kind {
        "url" => Some(Image::Url(rest.to_owned())),
        "file" => Some(Image::File(rest.to_owned())),
        _ => None,
    }
}

/// The source for messages, without the parts of a URL that may contain a secret.
fn shown(image: &Image) -> &str {
    match image {
        Image::Url(address) => {
            address.split(['?', '#']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default()
        }
        Image::File(path) => path,
    }
}
