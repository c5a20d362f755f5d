//! Converts between the details of a plan and the state of a collection on Plex.

use std::path::{Path, PathBuf};

use collections::options::{Details, Image, Mode, ShownOrder, SmartLabel};
use plex::Picture;
use plex::models::{Collection, Kind, Mode as PlexMode, Sort};
use plex::target::{Desired, Existing, KOMETA_LABELS, LABEL, Labels, Members, Visibility};

use crate::loaded_library::LoadedLibrary;

/// The existing details of a collection for planning, without the labels that mark its owner.
pub(crate) fn details(loaded: &LoadedLibrary, collection: &Collection) -> Details {
    let (library, home, shared) = loaded
        .library
        .hub(collection.key)
        .map_or((false, false, false), |hub| (hub.library, hub.home, hub.shared));
    Details {
        summary: collection.summary.clone(),
        sort_title: collection.sort_title.clone(),
        content_rating: collection.content_rating.clone(),
        mode: Some(match collection.mode {
            PlexMode::Default => Mode::Default,
            PlexMode::Hide => Mode::Hide,
            PlexMode::HideItems => Mode::HideItems,
            PlexMode::ShowItems => Mode::ShowItems,
        }),
        order: Some(match collection.sort {
            Sort::Release => ShownOrder::Release,
            Sort::Alpha => ShownOrder::Alpha,
            Sort::Custom => ShownOrder::Custom,
        }),
        visible_library: Some(library),
        visible_home: Some(home),
        visible_shared: Some(shared),
        labels: collection.labels.iter().filter(|label| !is_owner_label(label)).cloned().collect(),
        ..Details::default()
    }
}

/// Whether a label marks Kinometa or Kometa as the owner of a collection.
pub(crate) fn is_owner_label(label: &str) -> bool {
    KOMETA_LABELS.iter().chain([&LABEL]).any(|known| known.eq_ignore_ascii_case(label))
}

/// The desired state of a collection. Images that cannot be read are omitted and reported in the notes.
pub(crate) fn desired(
    loaded: &mut LoadedLibrary,
    folder: &Path,
    title: &str,
    existing: Option<&Existing>,
    members: Members,
    kind: Kind,
    details: &Details,
) -> Desired {
    let mut desired = Desired::new(title, kind, members);
    desired.blank = details.blank;
    // The plan has checked who created the existing collection, and the user has confirmed it if necessary. One that
    // is created manually in the meantime is not adopted.
    desired.adopt = existing.is_some();
    desired.sort = details.order.map(|order| match order {
        ShownOrder::Release => Sort::Release,
        ShownOrder::Alpha => Sort::Alpha,
        ShownOrder::Custom => Sort::Custom,
    });
    desired.mode = details.mode.map(|mode| match mode {
        Mode::Default => PlexMode::Default,
        Mode::Hide => PlexMode::Hide,
        Mode::HideItems => PlexMode::HideItems,
        Mode::ShowItems => PlexMode::ShowItems,
    });
    desired.summary.clone_from(&details.summary);
    desired.sort_title.clone_from(&details.sort_title);
    desired.content_rating.clone_from(&details.content_rating);
    let wanted =
        |label: &String| details.labels.iter().any(|known| known.to_lowercase() == label.to_lowercase());
    let current = existing.map(|existing| existing.collection.labels.as_slice()).unwrap_or_default();
    desired.labels = Labels {
        add: details.labels.clone(),
        remove: current.iter().filter(|label| !wanted(label) && !is_owner_label(label)).cloned().collect(),
        sync: false,
        kometa: details.kometa_label,
    };
    desired.visibility = Visibility {
        library: details.visible_library,
        home: details.visible_home,
        shared: details.visible_shared,
    };
    let mut picture = |image: &Option<Image>, name: &str| {
        let read = image.as_ref().map(|image| read_picture(folder, image))?;
        read.map_err(|error| loaded.notes.push(format!("{title}: {name}: {error}"))).ok()
    };
    desired.poster = picture(&details.poster, "poster");
    desired.background = picture(&details.background, "background");
    desired
}

fn read_picture(folder: &Path, image: &Image) -> Result<Picture, String> {
    let path = match image {
        Image::Url(url) => return Ok(Picture::Url(url.clone())),
        Image::File(path) => resolve(folder, path),
    };
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let length = std::fs::metadata(&path).map_err(unreadable)?.len();
    if length >= plex::LARGEST_IMAGE as u64 {
        return Err(format!("{} has {length} bytes; Plex takes fewer than 10 MB", path.display()));
    }
    std::fs::read(&path).map(|bytes| Picture::Bytes(bytes.into())).map_err(unreadable)
}

/// Resolves a relative path like those of collection files: from the parent of the folder of config.yml, otherwise
/// from the folder itself.
fn resolve(folder: &Path, written: &str) -> PathBuf {
    let parent = folder.parent().map(|parent| parent.join(written)).filter(|path| path.is_file());
    parent.unwrap_or_else(|| folder.join(written))
}

/// The sort parameter for the filter of a smart collection; `None` for Plex's default.
pub(crate) fn smart_sort(smart: &SmartLabel) -> Option<String> {
    let SmartLabel::Sorted(written) = smart else { return None };
    let (name, direction) = match written.strip_suffix(".desc") {
        Some(name) => (name, ":desc"),
        None => (written.strip_suffix(".asc").unwrap_or(written), ""),
    };
    let field = match name {
        "title" | "alpha" => "titleSort",
        "year" => "year",
        "release" | "originally_available" => "originallyAvailableAt",
        "critic_rating" => "rating",
        "audience_rating" => "audienceRating",
        "user_rating" => "userRating",
        "content_rating" => "contentRating",
        "duration" => "duration",
        "progress" => "viewOffset",
        "plays" => "viewCount",
        "added" => "addedAt",
        "viewed" => "lastViewedAt",
        "resolution" => "mediaHeight",
        "bitrate" => "mediaBitrate",
        "unplayed" => "unviewedLeafCount",
        "episode_added" => "episode.addedAt",
        "episode_release" | "episode_originally_available" => "episode.originallyAvailableAt",
        "random" => "random",
        _ => return None,
    };
    // Percent-encoded once, as Plex stores it.
    Some(format!("sort={field}{}", direction.replace(':', "%3A")))
}
