//! Stores colours and sizes of decoded images, and removes unused images from the cache.

use std::collections::HashSet;
use std::sync::PoisonError;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::service::Artwork;
use crate::about::Related;
use catalogue::pictures::{DecodedPicture, Picture, Pictures};

/// Colours and sizes are written in batches this often.
const WRITE_EVERY: Duration = Duration::from_secs(2);
/// How often unused images are removed.
const SWEEP_EVERY: Duration = Duration::from_secs(24 * 3600);

impl Artwork {
    /// Stores colours and sizes, and removes unused images, until the server stops.
    pub async fn run(self, stopping: CancellationToken) {
        let receiver = self.inner.learning.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut receiver) = receiver else { return };
        let mut sweep = std::pin::pin!(self.inner.clock.sleep(Duration::from_secs(60)));
        loop {
            let first = tokio::select! {
                () = stopping.cancelled() => return,
                () = &mut sweep => {
                    self.sweep().await;
                    sweep.set(self.inner.clock.sleep(SWEEP_EVERY));
                    continue;
                }
                Some(first) = receiver.recv() => first,
            };
            tokio::select! {
                () = stopping.cancelled() => {}
                () = self.inner.clock.sleep(WRITE_EVERY) => {}
            }
            let mut batch = vec![first];
            while let Ok(next) = receiver.try_recv() {
                batch.push(next);
            }
            if let Err(error) = self.write(batch).await {
                tracing::warn!(%error, "colours and sizes of pictures could not be saved");
            }
        }
    }

    async fn write(&self, batch: Vec<DecodedPicture>) -> db::Result<()> {
        let tx = self.inner.db.begin().await?;
        for DecodedPicture { title_id, kind, look } in batch {
            let Some(mut row) = db::titles::find(&tx, title_id).await? else { continue };
            let mut pictures = Pictures::from_json(row.images.take());
            if let Some(picture) = pictures.slot(kind) {
                picture.look = Some(look);
            }
            row.images = pictures.to_json();
            db::titles::update(&tx, row).await?;
        }
        tx.commit().await?;
        self.inner.catalogue.library_changed();
        Ok(())
    }

    /// The versions of all images in use: those of titles and collections, portraits, posters of related
    /// titles, and frames that replace missing artwork.
    async fn used(&self) -> db::Result<HashSet<String>> {
        let db = &self.inner.db;
        let titles = db::titles::catalogue(db).await?.into_iter().map(|row| Pictures::from_json(row.images));
        let collections = db::collection_images::versions(db).await?;
        let mut used: HashSet<String> =
            titles.flat_map(|pictures| pictures.versions()).chain(collections).collect();
        let related = db::title_abouts::all_related(db).await?.into_iter().flat_map(Related::from_json);
        let remote =
            db::people::photos(db).await?.into_iter().chain(related.filter_map(|title| title.poster));
        used.extend(remote.filter_map(|url| Picture::remote(url).version()));
        used.extend(self.inner.catalogue.frames().await?);
        Ok(used)
    }

    async fn sweep(&self) {
        let Ok(used) = self.used().await else { return };
        let cache = self.inner.cache.clone();
        match spawn_blocking(move || cache.sweep(&used)).await {
            Ok(Ok(removed)) if removed > 0 => {
                tracing::info!(removed, "unused pictures removed")
            }
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the picture cache could not be cleaned up"),
            Err(error) => tracing::warn!(%error, "the picture cache could not be cleaned up"),
        }
    }
}
