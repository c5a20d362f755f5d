//! Invents overviews and taglines.

use super::model::Show;
use super::random::Random;
use super::titles;

const PEOPLE: &[&str] = &[
    "a retired cartographer",
    "a young violin maker",
    "a ferry captain",
    "an insurance clerk",
    "a radio operator",
    "a night nurse",
    "a disgraced journalist",
    "a village schoolteacher",
    "a travelling projectionist",
    "a forger with a conscience",
    "an exhausted detective",
    "a botanist",
    "a widowed baker",
    "a rookie pilot",
    "a court interpreter",
    "a piano tuner",
    "a lighthouse keeper's daughter",
    "an unlucky gambler",
];

const EVENTS: &[&str] = &[
    "receives a letter that was posted forty years ago",
    "is the only witness of a crime nobody believes in",
    "inherits a house that is not on any map",
    "agrees to one last favour",
    "finds a suitcase on the night train",
    "is mistaken for somebody far more dangerous",
    "has three days to find a missing brother",
    "discovers that the town has been lying to itself",
    "answers an advertisement and cannot leave",
    "hears a voice on a frequency that should be empty",
    "takes in a stranger during the worst storm in decades",
    "wakes up in the wrong city with the right name",
];

const TURNS: &[&str] = &[
    "What begins as a small kindness becomes the start of something nobody can stop.",
    "Soon the past is knocking on every door in the street.",
    "As the days grow shorter, loyalty turns out to be the most expensive thing of all.",
    "Between old friends and new enemies, the truth keeps changing its address.",
    "But every answer has a price, and someone else has already paid it once.",
    "Only an unlikely friendship stands between the two of them and the sea.",
    "By the time the snow melts, nothing is where it was.",
];

const TAGLINES: &[&str] = &[
    "Some doors open only once.",
    "Nobody leaves by the way they came.",
    "Every map leaves something out.",
    "The night has a long memory.",
    "Tell no one. Trust one.",
    "It was never about the money.",
    "The shortest way home is the longest story.",
    "Listen carefully.",
    "What the river takes, it keeps.",
    "One summer. One secret.",
    "The truth travels by night.",
    "Before the end, a beginning.",
];

const EPISODE_EVENTS: &[&str] = &[
    "an old debt is called in",
    "a visitor asks the one question that nobody wants to answer",
    "the evidence points the wrong way",
    "a celebration ends early",
    "a storm keeps everybody in one room",
    "a promise made in the first week has to be kept",
    "someone who was thought gone comes back",
    "two plans collide",
    "a small lie grows",
    "the road is closed and the phone is dead",
];

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Invents the paragraph about a movie or a show.
pub(super) fn work(random: &mut Random) -> String {
    let place = titles::place(random);
    let who = capitalised(random.pick(PEOPLE));
    let event = random.pick(EVENTS);
    let turn = random.pick(TURNS);
    match random.below(3) {
        0 => format!("In {place}, {} {event}. {turn}", who.to_lowercase()),
        1 => format!("{who} from {place} {event}. {turn}"),
        _ => {
            let name = titles::name(random);
            format!("{who} {event}. With the help of {name}, the trail leads to {place}. {turn}")
        }
    }
}

/// Invents the tagline on the poster; two titles in three have one.
pub(super) fn tagline(random: &mut Random) -> Option<String> {
    random.percent(66).then(|| random.pick(TAGLINES).to_string())
}

/// Invents the paragraph about an episode.
pub(super) fn episode(random: &mut Random, title: &str, show: &Show) -> String {
    let event = capitalised(random.pick(EPISODE_EVENTS));
    let other = random.pick(EPISODE_EVENTS);
    match random.below(2) {
        0 => format!("{event}, and {other}. “{title}” is an episode of {}.", show.facts.title),
        _ => format!("{event}. Meanwhile, {other}."),
    }
}
