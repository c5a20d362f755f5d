//! Recognises languages in file names and headers, as two- or three-letter codes or words.

/// ISO 639-1 code, ISO 639-2 codes, English name, and other names and tags.
const LANGUAGES: [(&str, &[&str], &str, &[&str]); 58] = [
    ("ar", &["ara"], "Arabic", &["العربية"]),
    ("bg", &["bul"], "Bulgarian", &["български"]),
    ("bn", &["ben"], "Bengali", &["বাংলা"]),
    ("ca", &["cat"], "Catalan", &["català"]),
    ("cs", &["cze", "ces"], "Czech", &["čeština", "cestina", "česky", "cz"]),
    ("cy", &["wel", "cym"], "Welsh", &["cymraeg"]),
    ("da", &["dan"], "Danish", &["dansk"]),
    ("de", &["ger", "deu"], "German", &["deutsch"]),
    ("el", &["gre", "ell"], "Greek", &["ελληνικά", "gr"]),
    ("en", &["eng"], "English", &[]),
    ("es", &["spa"], "Spanish", &["español", "espanol", "castellano"]),
    ("et", &["est"], "Estonian", &["eesti"]),
    ("eu", &["baq", "eus"], "Basque", &["euskara"]),
    ("fa", &["per", "fas"], "Persian", &["farsi", "فارسی"]),
    ("fi", &["fin"], "Finnish", &["suomi"]),
    ("fr", &["fre", "fra"], "French", &["français", "francais", "vff", "vfq", "vostfr"]),
    ("ga", &["gle"], "Irish", &["gaeilge"]),
    ("gl", &["glg"], "Galician", &["galego"]),
    ("he", &["heb"], "Hebrew", &["iw", "עברית"]),
    ("hi", &["hin"], "Hindi", &["हिन्दी", "हिंदी"]),
    ("hr", &["hrv"], "Croatian", &["hrvatski"]),
    ("hu", &["hun"], "Hungarian", &["magyar"]),
    ("hy", &["arm", "hye"], "Armenian", &["հայերեն"]),
    ("id", &["ind"], "Indonesian", &["bahasa indonesia", "indonesia"]),
    ("is", &["ice", "isl"], "Icelandic", &["íslenska"]),
    ("it", &["ita"], "Italian", &["italiano"]),
    ("ja", &["jpn"], "Japanese", &["jp", "日本語"]),
    ("ka", &["geo", "kat"], "Georgian", &["ქართული"]),
    ("kn", &["kan"], "Kannada", &["ಕನ್ನಡ"]),
    ("ko", &["kor"], "Korean", &["한국어", "한글"]),
    ("la", &["lat"], "Latin", &[]),
    ("lt", &["lit"], "Lithuanian", &["lietuvių"]),
    ("lv", &["lav"], "Latvian", &["latviešu"]),
    ("mk", &["mac", "mkd"], "Macedonian", &["македонски"]),
    ("ml", &["mal"], "Malayalam", &["മലയാളം"]),
    ("mr", &["mar"], "Marathi", &["मराठी"]),
    ("ms", &["may", "msa"], "Malay", &["bahasa melayu", "melayu"]),
    ("nl", &["dut", "nld"], "Dutch", &["nederlands"]),
    ("no", &["nor", "nob", "nno"], "Norwegian", &["norsk", "nb", "nn"]),
    ("pa", &["pan"], "Punjabi", &["ਪੰਜਾਬੀ"]),
    ("pl", &["pol"], "Polish", &["polski"]),
    ("pt", &["por"], "Portuguese", &["português", "portugues"]),
    ("ro", &["rum", "ron"], "Romanian", &["română", "romana"]),
    ("ru", &["rus"], "Russian", &["русский"]),
    ("sk", &["slo", "slk"], "Slovak", &["slovenčina", "slovensky"]),
    ("sl", &["slv"], "Slovenian", &["slovenščina"]),
    ("sq", &["alb", "sqi"], "Albanian", &["shqip"]),
    ("sr", &["srp"], "Serbian", &["српски", "srpski"]),
    ("sv", &["swe"], "Swedish", &["svenska", "se"]),
    ("ta", &["tam"], "Tamil", &["தமிழ்"]),
    ("te", &["tel"], "Telugu", &["తెలుగు"]),
    ("th", &["tha"], "Thai", &["ไทย"]),
    ("tl", &["tgl", "fil"], "Filipino", &["tagalog"]),
    ("tr", &["tur"], "Turkish", &["türkçe", "turkce"]),
    ("uk", &["ukr"], "Ukrainian", &["українська", "ua"]),
    ("ur", &["urd"], "Urdu", &["اردو"]),
    ("vi", &["vie"], "Vietnamese", &["tiếng việt"]),
    ("zh", &["chi", "zho"], "Chinese", &["cn", "中文"]),
];

/// Tags of subtitle files that mean a language with a region or script.
const VARIANTS: [(&str, &str); 22] = [
    ("pb", "pt-BR"),
    ("pob", "pt-BR"),
    ("ptbr", "pt-BR"),
    ("brazilian", "pt-BR"),
    ("brasileiro", "pt-BR"),
    ("latino", "es-419"),
    ("spl", "es-419"),
    ("es-la", "es-419"),
    ("es_la", "es-419"),
    ("chs", "zh-Hans"),
    ("sc", "zh-Hans"),
    ("zhs", "zh-Hans"),
    ("gb", "zh-Hans"),
    ("简体", "zh-Hans"),
    ("简体中文", "zh-Hans"),
    ("cht", "zh-Hant"),
    ("tc", "zh-Hant"),
    ("zht", "zh-Hant"),
    ("big5", "zh-Hant"),
    ("繁體", "zh-Hant"),
    ("繁体", "zh-Hant"),
    ("繁體中文", "zh-Hant"),
];

/// The code of a language in a container's header: two letters and perhaps a region or script (`pt-BR`,
/// `es-419`, `zh-Hans`). An unknown code is kept as written; `None` for `und` and the like.
pub fn normalise(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let lower = tag.to_lowercase();
    if matches!(lower.as_str(), "" | "und" | "unk" | "zxx" | "mul" | "mis" | "```" | "qaa") {
        return None;
    }
    if let Some((_, full)) = VARIANTS.iter().find(|(variant, _)| *variant == lower) {
        return Some((*full).to_owned());
    }
    let mut subtags = tag.split(['-', '_']);
    let base = subtags.next().unwrap_or(tag);
    let code = known(base).map_or_else(|| base.to_lowercase(), str::to_owned);
    Some(match subtags.next().filter(|subtag| is_region_or_script(subtag)) {
        Some(subtag) => format!("{code}-{}", capitalised(subtag)),
        None => code,
    })
}

/// A tag of a known language, with its region or script if it has one: `pt_BR`, `English`, `chs`, but not
/// `forced`.
pub fn of_tag(tag: &str) -> Option<String> {
    let lower = tag.to_lowercase();
    if VARIANTS.iter().any(|(variant, _)| *variant == lower) {
        return normalise(tag);
    }
    let mut subtags = tag.split(['-', '_']);
    known(subtags.next()?)?;
    subtags.all(is_region_or_script).then(|| normalise(tag)).flatten()
}

/// Words next to a language that name its region or script: `Portuguese (Brazil)`, `Simplified Chinese`.
const QUALIFIERS: [(&str, &str, &[&str]); 4] = [
    ("pt", "pt-BR", &["brazil", "brasil", "brazilian", "brasileiro"]),
    ("es", "es-419", &["latinoamérica", "latinoamerica", "latam", "latin", "lat", "america"]),
    ("zh", "zh-Hans", &["simplified", "simp", "简体", "简体中文"]),
    ("zh", "zh-Hant", &["traditional", "trad", "繁體", "繁体", "繁體中文"]),
];

/// Adds the region or script that `words` name to a language. Returns the words that are left.
pub(crate) fn with_qualifiers(code: String, words: Vec<&str>) -> (String, Vec<&str>) {
    let found = QUALIFIERS
        .iter()
        .find(|(base, _, names)| *base == code && words.iter().any(|word| names.contains(word)));
    match found {
        Some((_, full, names)) => {
            ((*full).to_owned(), words.into_iter().filter(|word| !names.contains(word)).collect())
        }
        None => (code, words),
    }
}

/// Whether a subtag is a region (two letters or three digits) or a script (four letters).
fn is_region_or_script(subtag: &str) -> bool {
    let letters = subtag.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = subtag.bytes().all(|b| b.is_ascii_digit());
    (letters && matches!(subtag.len(), 2 | 4)) || (digits && subtag.len() == 3)
}

/// The two-letter code of the language with this code or name.
pub fn known(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let found = LANGUAGES.iter().find(|(code, long, name, others)| {
        *code == word
            || long.contains(&word.as_str())
            || name.to_lowercase() == word
            || others.contains(&word.as_str())
    });
    found.map(|(code, ..)| *code)
}

/// The English name of a language code, followed by its region in brackets.
pub fn name(tag: &str) -> Option<String> {
    let (base, region) = tag.split_once('-').map_or((tag, None), |(base, region)| (base, Some(region)));
    let (_, _, name, _) = LANGUAGES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(base))?;
    Some(region.map_or_else(|| (*name).to_owned(), |region| format!("{name} ({region})")))
}

/// Writes a region or script in its usual case: `BR`, `Hans`.
fn capitalised(region: &str) -> String {
    if region.len() == 2 {
        return region.to_uppercase();
    }
    let mut letters = region.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
    })
}
