//! Stores the images found next to videos in the rows of their titles.

use db::rows::Title;

use super::scanned_file::LocalPictures;
use catalogue::pictures::{LocalPicture, Pictures};
use model::title::ImageKind;

/// Sets the images of a movie or show.
pub(super) fn set_work(row: &mut Title, local: &LocalPictures) {
    change(row, |pictures| {
        pictures.set_local(ImageKind::Poster, local.poster.clone());
        pictures.set_local(ImageKind::Backdrop, local.backdrop.clone());
        pictures.set_local(ImageKind::Logo, local.logo.clone());
        pictures.set_local(ImageKind::Thumb, local.thumb.clone());
    });
}

/// Sets the still of an episode.
pub(super) fn set_still(row: &mut Title, still: Option<&LocalPicture>) {
    change(row, |pictures| pictures.set_local(ImageKind::Still, still.cloned()));
}

/// Sets the poster of a season, if it belongs to this season.
pub(super) fn set_season(row: &mut Title, poster: Option<&(u16, LocalPicture)>) {
    let poster = poster.filter(|(season, _)| row.season_number == Some(i32::from(*season)));
    let poster = poster.map(|(_, poster)| poster.clone());
    change(row, |pictures| pictures.set_local(ImageKind::Poster, poster));
}

fn change(row: &mut Title, edit: impl FnOnce(&mut Pictures)) {
    let mut pictures = Pictures::from_json(row.images.take());
    edit(&mut pictures);
    row.images = pictures.to_json();
}
