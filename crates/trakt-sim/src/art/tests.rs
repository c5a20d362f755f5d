use super::*;

fn request(kind: Kind, motif: Option<&str>) -> ArtRequest {
    ArtRequest {
        kind,
        title: "The Séance of Valparaíso".into(),
        subtitle: None,
        key: "the-seance-of-valparaiso".into(),
        genres: vec!["mystery"],
        year: Some(1931),
        motif: motif.map(str::to_owned),
        width: 100,
        height: 150,
    }
}

fn decoded(file: &[u8]) -> image::DynamicImage {
    image::load_from_memory(file).expect("a picture")
}

#[test]
fn same_request_gives_same_bytes_and_another_key_gives_another_picture() {
    let wanted = request(Kind::Poster, None);
    let other = ArtRequest { key: "something-else".into(), ..wanted.clone() };
    assert_eq!(render(&wanted), render(&wanted));
    assert_ne!(render(&wanted), render(&other));
}

#[test]
fn every_kind_has_the_requested_size() {
    for kind in [Kind::Poster, Kind::Fanart, Kind::Thumb, Kind::Banner, Kind::Logo, Kind::Headshot] {
        let picture = decoded(&render(&request(kind, None)));
        assert_eq!((picture.width(), picture.height()), (100, 150), "{kind:?}");
    }
}

#[test]
fn logos_are_lettering_on_a_transparent_background() {
    let picture = decoded(&render(&request(Kind::Logo, None))).to_rgba8();
    let clear = picture.pixels().filter(|pixel| pixel[3] == 0).count();
    assert!(clear > 0 && clear < picture.pixels().len());
}

#[test]
fn every_scene_paints_the_whole_picture() {
    for (index, scene) in Scene::ALL.iter().enumerate() {
        let frame = Frame { x: 50.0, y: 60.0, unit: 100.0 };
        let mut canvas = Canvas::new(100, 150, frame);
        let mut random = Random::stream(index as u64, 0);
        let palette = Mood::Drama.palette(&mut random);
        scene.draw(&mut canvas, &palette, &mut random);
        assert!(
            canvas.pixels.pixels().iter().all(|pixel| pixel.is_opaque()),
            "{scene:?} leaves transparent pixels"
        );
    }
}

#[test]
fn every_motif_of_the_demo_titles_is_a_scene() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let options = crate::catalogue::CatalogueOptions { seed: 1, movies: 0, shows: 0, today };
    let catalogue = crate::catalogue::Catalogue::generate(&options);
    let movies = catalogue.movies().iter().map(|movie| &movie.facts);
    let all: Vec<_> = movies.chain(catalogue.shows().iter().map(|show| &show.facts)).collect();
    assert!(all.len() > 20, "{} demo titles", all.len());
    for facts in all {
        let motif = facts.motif.as_deref().expect("demo titles have a motif");
        assert!(Scene::named(motif).is_some(), "{}: {motif}", facts.title);
    }
}
