//! Converts a plan's details to Plex's desired state.

use std::path::{Path, PathBuf};

use collections::options::{Details, Image, Mode, ShownOrder, SmartLabel};
use plex::Picture;
use plex::models::{Collection, Kind, Mode as PlexMode, Sort};
use plex::target::{Desired, Existing, KOMETA_LABELS, LABEL, Labels, Members, Placement};

use crate::shelf::Shelf;

/// The details of a collection for plans, without the labels that mark its owner.
pub(crate) fn details(shelf: &Shelf, collection: &Collection) -> Details {
    let (library, home, shared) = shelf
        .library
        .row(collection.key)
        .map_or((false, false, false), |row| (row.library, row.home, row.shared));
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
        labels: collection.labels.iter().filter(|label| !says_who(label)).cloned().collect(),
        ..Details::default()
    }
}

/// Whether a label marks the owner of a collection.
pub(crate) fn says_who(label: &str) -> bool {
    KOMETA_LABELS.iter().chain([&LABEL]).any(|known| known.eq_ignore_ascii_case(label))
}

/// The desired state of a collection. Images that cannot be read are left out, and noted.
pub(crate) fn desired(
    shelf: &mut Shelf,
    folder: &Path,
    title: &str,
    existing: Option<&Existing>,
    members: Members,
    kind: Kind,
    details: &Details,
) -> Desired {
    let mut desired = Desired::new(title, kind, members);
    desired.blank = details.blank;
    // The plan has seen who keeps it, and a person has agreed. One that somebody makes meanwhile is not taken over.
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
    let wanted = |label: &String| details.labels.iter().any(|one| one.to_lowercase() == label.to_lowercase());
    let here = existing.map(|existing| existing.collection.labels.as_slice()).unwrap_or_default();
    desired.labels = Labels {
        add: details.labels.clone(),
        remove: here.iter().filter(|label| !wanted(label) && !says_who(label)).cloned().collect(),
        sync: false,
        kometa: details.kometa_label,
    };
    desired.placement = Placement {
        library: details.visible_library,
        home: details.visible_home,
        shared: details.visible_shared,
    };
    let mut picture = |image: &Option<Image>, what: &str| {
        let read = image.as_ref().map(|image| picture(folder, image))?;
        read.map_err(|why| shelf.notes.push(format!("{title}: {what}: {why}"))).ok()
    };
    desired.poster = picture(&details.poster, "poster");
    desired.background = picture(&details.background, "background");
    desired
}

fn picture(folder: &Path, image: &Image) -> Result<Picture, String> {
    let path = match image {
        Image::Url(url) => return Ok(Picture::Url(url.clone())),
        Image::File(path) => found(folder, path),
    };
    let told = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let length = std::fs::metadata(&path).map_err(told)?.len();
    if length >= plex::LARGEST_IMAGE as u64 {
        return Err(format!("{} has {length} bytes; Plex takes fewer than 10 MB", path.display()));
    }
    std::fs::read(&path).map(|bytes| Picture::Bytes(bytes.into())).map_err(told)
}

/// Relative paths are resolved like those of files: from the parent of the folder of config.yml, then from that folder.
fn found(folder: &Path, written: &str) -> PathBuf {
    let parent = folder.parent().map(|parent| parent.join(written)).filter(|path| path.is_file());
    parent.unwrap_or_else(|| folder.join(written))
}

/// The sort part of a smart collection's filter; `None` for Plex's default.
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
    // Encoded once, as Plex keeps it.
    Some(format!("sort={field}{}", direction.replace(':', "%3A")))
}
