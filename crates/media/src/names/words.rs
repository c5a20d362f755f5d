//! Words for seasons, episodes and parts in many languages, and numbers that are not digits.
//!
//! The constants are alternations for case-insensitive regular expressions.

/// "Season", before or after its number.
pub(super) const SEASON: &str = "season|series|staffel|saison|s[ée]rie|temporada|temp|tem|seizoen|stagione|säsong|sasong|sesong|sæson|kausi|sezonai|sezoni|sezonul|sezonas|sezona|sezon|sezóna|séria|řada|évad|evad|hooaeg|þáttaröð|denboraldia|sezono|musim|mùa|сезона|сезон|sez|σεζόν|σεζον|κύκλος|phần|cyfres|séasúr|mövsüm|seisoen|msimu|маусым|სეზონი|সিজন|சீசன்|సీజన్|ಸೀಸನ್|സീസൺ|ਸੀਜ਼ਨ|سیزن|ซีซั่นที่|ฤดูกาลที่|ฤดูกาล|시즌|シーズン|الموسم|موسم|עונה|فصل|सीज़न|ซีซั่น|ซีซัน";

/// Words for "season" that have other meanings, so they are recognised in folder names only.
pub(super) const SEASON_FOLDER_ONLY: &str = "book|volume|vol|part|livre|libro|buch|cour";

/// Words for "season" that always follow the number.
pub(super) const SEASON_AFTER: &str = "기|期|季";

/// "Episode", before its number.
pub(super) const EPISODE: &str = "episodes?|episodio|episódio|épisode|episod|epizoda|epizóda|epizode|epizód|epizod|episodul|epis|epi|eps|ep|folge|aflevering|afl|avsnitt|afsnit|jakso|odcinek|odc|bölüm|bolum|rész|capítulo|capitulo|capitol|cap|chapter|chap|chapitre|kapitel|kapitola|puntata|díl|þáttur|серия|серія|эпизод|епізод|епизод|επεισόδιο|에피소드|エピソード|الحلقة|حلقة|פרק|قسمت|tập|ตอนที่|ตอน|एपिसोड";

/// "Episode", after its number.
pub(super) const EPISODE_AFTER: &str = "話|话|集|回|화|회|серия|серии|серій|серія|сер|ser|seriya|seriia|serija|serii|serya|эпизод|епізод|bölüm|bolum|rész|díl|jakso|odcinek|folge|epizoda";

/// "Part", before its number.
pub(super) const PART: &str = "part|pt|teil|partie|parte|deel|del|часть|частина|część|osa|část";

/// A number after a word: digits, Roman numerals, English words, Chinese numerals.
pub(super) const NUMBER: &str = "\\d{1,4}|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[一二三四五六七八九十]{1,3}|الأول|الثاني|الثالث|الرابع|الخامس";

/// Numbers and ordinals in words, each list starting at one, in languages in which season folders spell them.
const SPELLED: [&str; 14] = [
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth \
     seventeenth eighteenth nineteenth twentieth",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "un deux trois quatre cinq six sept huit neuf dix",
    "première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "uno due tre quattro cinque sei sette otto nove dieci",
    "prima seconda terza quarta quinta sesta settima ottava nona decima",
    "um dois três quatro cinco seis sete oito nove dez",
    "primeira segunda terceira quarta quinta sexta sétima oitava nona décima",
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende",
    "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый",
];

/// Arabic ordinals, from first.
const ARABIC: [&str; 5] = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس"];

/// The value of a number matched by [`NUMBER`], or of a number or ordinal in words.
pub(super) fn number(text: &str) -> Option<u16> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let lower = text.to_lowercase();
    let spelled = |list: &&str| list.split_whitespace().position(|word| word == lower);
    SPELLED
        .iter()
        .find_map(spelled)
        .or_else(|| ARABIC.iter().position(|word| *word == lower))
        .and_then(|at| u16::try_from(at + 1).ok())
        .or_else(|| chinese(&lower))
        .or_else(|| roman(&lower))
}

/// Roman numerals up to 39 in canonical form: `iiii` is rejected.
fn roman(text: &str) -> Option<u16> {
    let digits: Vec<u16> = text
        .chars()
        .map(|digit| match digit {
            'i' => Some(1),
            'v' => Some(5),
            'x' => Some(10),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let mut value = 0;
    for (at, digit) in digits.iter().enumerate() {
        let before_larger = digits.get(at + 1).is_some_and(|next| next > digit);
        value = if before_larger { value - i32::from(*digit) } else { value + i32::from(*digit) };
    }
    let value = u16::try_from(value).ok().filter(|value| *value > 0)?;
    (as_roman(value) == text).then_some(value)
}

fn as_roman(mut value: u16) -> String {
    let mut text = String::new();
    for (amount, digits) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while value >= amount {
            text.push_str(digits);
            value -= amount;
        }
    }
    text
}

/// Chinese numerals from one to ninety-nine.
fn chinese(text: &str) -> Option<u16> {
    let digit =
        |c: char| "一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u16::try_from(at + 1).ok());
    let (tens, units) = match text.split_once('十') {
        Some((tens, units)) => (if tens.is_empty() { "一" } else { tens }, units),
        None => ("", text),
    };
    let one = |text: &str| {
        let mut digits = text.chars();
        match (digits.next(), digits.next()) {
            (None, _) => Some(0),
            (Some(only), None) => digit(only),
            _ => None,
        }
    };
    Some(one(tens)? * 10 + one(units)?).filter(|value| *value > 0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::number;

    #[rstest]
    #[case("07", Some(7))]
    #[case("IV", Some(4))]
    #[case("xii", Some(12))]
    #[case("iiii", None)]
    #[case("Two", Some(2))]
    #[case("third", Some(3))]
    #[case("twenty", Some(20))]
    #[case("Deuxième", Some(2))]
    #[case("третий", Some(3))]
    #[case("二", Some(2))]
    #[case("十", Some(10))]
    #[case("二十一", Some(21))]
    #[case("", None)]
    #[case("mild", None)]
    fn numbers_are_read_in_digits_words_and_other_numerals(
        #[case] text: &str,
        #[case] expected: Option<u16>,
    ) {
        assert_eq!(number(text), expected);
    }
}
