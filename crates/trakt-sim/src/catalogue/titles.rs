//! Invents plausible titles: a few grammars over word lists, chosen by genre.

use super::random::Random;

const ADJECTIVES: &[&str] = &[
    "Silent",
    "Broken",
    "Golden",
    "Hollow",
    "Crimson",
    "Last",
    "Distant",
    "Paper",
    "Quiet",
    "Burning",
    "Hidden",
    "Northern",
    "Secret",
    "Wild",
    "Velvet",
    "Pale",
    "Borrowed",
    "Second",
    "Electric",
    "Endless",
    "Lonely",
    "Bitter",
    "Glass",
    "Iron",
    "Lost",
    "Perfect",
    "Restless",
    "Sleeping",
    "Stolen",
    "Tender",
    "Wandering",
    "Midnight",
];

const NOUNS: &[&str] = &[
    "River",
    "Harbour",
    "Garden",
    "Witness",
    "Orchard",
    "Horizon",
    "Lantern",
    "Winter",
    "Mirror",
    "Kingdom",
    "Letter",
    "Station",
    "Summer",
    "Bridge",
    "Season",
    "Map",
    "Island",
    "Shore",
    "Tower",
    "Crossing",
    "Passenger",
    "Promise",
    "Silence",
    "Valley",
    "Hotel",
    "Theatre",
    "Carousel",
    "Lighthouse",
    "Stranger",
    "Field",
    "Window",
    "Clockmaker",
];

const PLACES: &[&str] = &[
    "Lisbon",
    "Trieste",
    "Halifax",
    "Montreal",
    "Antwerp",
    "Osaka",
    "Bergen",
    "Tangier",
    "Galway",
    "Savannah",
    "Rotterdam",
    "Valparaíso",
    "Ghent",
    "Kyoto",
    "Marseille",
    "Reykjavík",
    "Duluth",
    "Salamanca",
    "Leith",
    "Odense",
];

pub(super) const NAMES: &[&str] = &[
    "Clara", "Ines", "Marlow", "Agnes", "Tomas", "Juno", "Edith", "Mateo", "Hana", "Otis", "Vera", "Anselm",
    "Noor", "Ruth", "Caspar", "Lena", "Solveig", "Piet", "Amara", "Felix", "Iris", "Jonas", "Mila", "Theo",
];

/// Words typical of a genre: (an object, a deed or a state).
const COLOURS: &[(&str, &[&str])] = &[
    ("horror", &["Cellar", "Séance", "Drowned", "Hunger", "Asylum", "Revenant", "Hexwood", "Black Chapel"]),
    (
        "science-fiction",
        &["Signal", "Orbit", "Perihelion", "Colony", "Android", "Zero Hour", "Dark Matter", "Relay"],
    ),
    (
        "western",
        &["Dust", "Stagecoach", "Outrider", "Prairie", "Silver Spur", "Canyon", "Homestead", "Bounty"],
    ),
    ("crime", &["Alibi", "Ledger", "Heist", "Informant", "Verdict", "Payday", "Wire", "Double Cross"]),
    (
        "mystery",
        &["Riddle", "Footprints", "Inquest", "Cipher", "Vanishing", "Locked Room", "Clue", "Masquerade"],
    ),
    (
        "thriller",
        &[
            "Pursuit",
            "Blackout",
            "Deadline",
            "Surveillance",
            "Getaway",
            "Countdown",
            "Fugitive",
            "Safe House",
        ],
    ),
    (
        "comedy",
        &["Wedding", "Mix-Up", "Holiday", "Understudy", "Roommate", "Misadventure", "Honeymoon", "Fiasco"],
    ),
    (
        "romance",
        &["Waltz", "Serenade", "Valentine", "Rendezvous", "Moonlight", "Love Letters", "Rosewater", "Kiss"],
    ),
    (
        "fantasy",
        &["Dragon", "Spellbook", "Enchanter", "Thornwood", "Oracle", "Moon Court", "Griffin", "Runestone"],
    ),
    ("war", &["Battalion", "Armistice", "Front Line", "Convoy", "Trenches", "Dispatch", "Foxhole", "Sortie"]),
    ("animation", &["Firefly", "Robot", "Bear", "Balloon", "Penguin", "Snail", "Kite", "Little Comet"]),
    (
        "documentary",
        &["Glaciers", "Wolves", "Archive", "Migration", "Workshop", "Deep Sea", "Orchestra", "Coast"],
    ),
    (
        "adventure",
        &["Expedition", "Treasure", "Caravan", "Compass", "Jungle", "Summit", "Voyage", "Lost Valley"],
    ),
];

const EPISODE_THINGS: &[&str] = &[
    "Arrival",
    "Old Wounds",
    "The Visitor",
    "Homecoming",
    "Under Pressure",
    "A Fine Line",
    "Ghosts",
    "The Offer",
    "Blind Spot",
    "Low Tide",
    "The Long Way Round",
    "Second Chances",
    "Open Water",
    "Cold Front",
    "Inheritance",
    "The Understanding",
    "Static",
    "Nightfall",
    "The Wager",
    "Small Mercies",
    "Fault Lines",
    "Afterglow",
    "Exit Wounds",
    "The Toast",
    "Holding Pattern",
    "Common Ground",
    "A Room with a Door",
    "The Favour",
    "Blackbird",
    "House Rules",
];

fn colour(random: &mut Random, genre: &str) -> &'static str {
    match COLOURS.iter().find(|(known, _)| *known == genre) {
        Some((_, words)) => random.pick(words),
        None => random.pick(NOUNS),
    }
}

/// Invents the title of a movie or a show.
pub(super) fn work(random: &mut Random, genre: &str) -> String {
    let adjective = random.pick(ADJECTIVES);
    let noun = random.pick(NOUNS);
    let place = random.pick(PLACES);
    let name = random.pick(NAMES);
    let colour = colour(random, genre);
    match random.below(14) {
        0 => format!("The {adjective} {noun}"),
        1 => format!("The {adjective} {colour}"),
        2 => format!("{adjective} {colour}"),
        3 => format!("{colour} in {place}"),
        4 => format!("A {noun} for {name}"),
        5 => format!("{name} and the {colour}"),
        6 => format!("The {colour} of {place}"),
        7 => format!("{name}'s {noun}"),
        8 => format!("Before the {noun}"),
        9 => format!("{noun} of {place}"),
        10 => format!("The {colour}"),
        11 => format!("{adjective} {noun}"),
        12 => format!("The {noun} and the {colour}"),
        _ => format!("Return to {place}"),
    }
}

/// Invents the title of an episode.
pub(super) fn episode(random: &mut Random, genre: &str) -> String {
    match random.below(6) {
        0 => format!("The {} {}", random.pick(ADJECTIVES), random.pick(NOUNS)),
        1 => format!("The {}", colour(random, genre)),
        2 => random.pick(PLACES).to_string(),
        _ => random.pick(EPISODE_THINGS).to_string(),
    }
}

/// Returns the readable ID of a title: lowercase ASCII letters and digits, joined by hyphens.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for letter in title.chars().map(fold) {
        match letter {
            'A'..='Z' | 'a'..='z' | '0'..='9' => slug.push(letter.to_ascii_lowercase()),
            '\'' | '.' => {}
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Returns the letter without its accent, for the accents used in the catalogue.
fn fold(letter: char) -> char {
    match letter {
        'á' | 'à' | 'ä' | 'â' | 'å' => 'a',
        'é' | 'è' | 'ë' | 'ê' | 'É' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'ø' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

pub(super) fn place(random: &mut Random) -> &'static str {
    random.pick(PLACES)
}

pub(super) fn name(random: &mut Random) -> &'static str {
    random.pick(NAMES)
}
