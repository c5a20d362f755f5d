//! Artwork by the naming conventions of Kodi, Plex and Jellyfin.

use std::path::{Path, PathBuf};

use super::{Sidecars, parent, stem};

const IMAGES: [&str; 5] = ["jpg", "jpeg", "png", "webp", "tbn"];
const POSTERS: [&str; 5] = ["poster", "folder", "cover", "movie", "default"];
const BACKDROPS: [&str; 5] = ["fanart", "backdrop", "background", "art", "backdrop1"];
const LOGOS: [&str; 2] = ["clearlogo", "logo"];
const THUMBS: [&str; 2] = ["landscape", "thumb"];

/// The artwork of one title, relative to the library's root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artwork {
    /// Portrait artwork.
    pub poster: Option<PathBuf>,
    /// Landscape artwork without text.
    pub backdrop: Option<PathBuf>,
    /// The title on a transparent background.
    pub logo: Option<PathBuf>,
    /// Landscape artwork with text, or a still of an episode.
    pub thumb: Option<PathBuf>,
}

impl Sidecars {
    /// A film's artwork: `<file>-poster.jpg`, and in the film's own folder also `poster.jpg`.
    pub fn movie_artwork(&self, video: &Path, own_folder: bool) -> Artwork {
        let (folder, stem) = (parent(video), stem(video));
        let pick = |kinds: &[&str]| {
            let beside = kinds.iter().find_map(|kind| self.find(folder, &format!("{stem}-{kind}"), &IMAGES));
            beside.or_else(|| self.first(folder, kinds).filter(|_| own_folder)).map(Path::to_owned)
        };
        let same_name = self.find(folder, &stem, &IMAGES).map(Path::to_owned);
        Artwork {
            poster: pick(&POSTERS).or(same_name),
            backdrop: pick(&BACKDROPS),
            logo: pick(&LOGOS),
            thumb: pick(&THUMBS),
        }
    }

    /// The artwork in a show's folder.
    pub fn show_artwork(&self, folder: &Path) -> Artwork {
        let pick = |kinds: &[&str]| self.first(folder, kinds).map(Path::to_owned);
        Artwork {
            poster: pick(&["poster", "folder", "cover", "show", "default"]),
            backdrop: pick(&BACKDROPS),
            logo: pick(&LOGOS),
            thumb: pick(&THUMBS),
        }
    }

    /// The poster of a season: `season01-poster.jpg` in the show's folder (`season-specials-poster.jpg` for
    /// season 0), or `poster.jpg` in the season's folder.
    pub fn season_poster(
        &self,
        show_folder: &Path,
        season_folder: Option<&Path>,
        season: u16,
    ) -> Option<PathBuf> {
        let mut names = vec![
            format!("season{season:02}-poster"),
            format!("season{season:02}"),
            format!("season{season}"),
        ];
        if season == 0 {
            names.splice(0..0, ["season-specials-poster".to_owned(), "season-specials".to_owned()]);
        }
        let in_show = names.iter().find_map(|name| self.find(show_folder, name, &IMAGES));
        let folder = season_folder.filter(|folder| *folder != show_folder);
        let in_season = || {
            let folder = folder?;
            let named = names.iter().find_map(|name| self.find(folder, name, &IMAGES));
            named.or_else(|| self.first(folder, &["poster", "folder", "cover"]))
        };
        in_show.or_else(in_season).map(Path::to_owned)
    }

    /// The still of an episode: `<file>-thumb.jpg` or `<file>.jpg`, also in a `metadata` folder next to it.
    pub fn episode_thumb(&self, video: &Path) -> Option<PathBuf> {
        let (folder, stem) = (parent(video), stem(video));
        let beside = self
            .find(folder, &format!("{stem}-thumb"), &IMAGES)
            .or_else(|| self.find(folder, &stem, &IMAGES));
        beside.or_else(|| self.find(&folder.join("metadata"), &stem, &IMAGES)).map(Path::to_owned)
    }

    fn first(&self, folder: &Path, names: &[&str]) -> Option<&Path> {
        names.iter().find_map(|name| self.find(folder, name, &IMAGES))
    }
}
