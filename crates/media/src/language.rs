//! Languages as files name them: two letters, three letters, or a word.

/// ISO 639-1 code, its three-letter codes, and the English and own names.
const LANGUAGES: [(&str, &[&str], &str, &[&str]); 58] = [
    ("ar", &["ara"], "Arabic", &[]),
    ("bg", &["bul"], "Bulgarian", &[]),
    ("bn", &["ben"], "Bengali", &[]),
    ("ca", &["cat"], "Catalan", &["català"]),
    ("cs", &["cze", "ces"], "Czech", &["čeština"]),
    ("cy", &["wel", "cym"], "Welsh", &["cymraeg"]),
    ("da", &["dan"], "Danish", &["dansk"]),
    ("de", &["ger", "deu"], "German", &["deutsch"]),
    ("el", &["gre", "ell"], "Greek", &[]),
    ("en", &["eng"], "English", &[]),
    ("es", &["spa"], "Spanish", &["español", "espanol", "castellano"]),
    ("et", &["est"], "Estonian", &[]),
    ("eu", &["baq", "eus"], "Basque", &[]),
    ("fa", &["per", "fas"], "Persian", &["farsi"]),
    ("fi", &["fin"], "Finnish", &["suomi"]),
    ("fr", &["fre", "fra"], "French", &["français", "francais", "vff", "vfq"]),
    ("ga", &["gle"], "Irish", &[]),
    ("gl", &["glg"], "Galician", &[]),
    ("he", &["heb"], "Hebrew", &["iw"]),
    ("hi", &["hin"], "Hindi", &[]),
    ("hr", &["hrv"], "Croatian", &["hrvatski"]),
    ("hu", &["hun"], "Hungarian", &["magyar"]),
    ("hy", &["arm", "hye"], "Armenian", &[]),
    ("id", &["ind"], "Indonesian", &[]),
    ("is", &["ice", "isl"], "Icelandic", &[]),
    ("it", &["ita"], "Italian", &["italiano"]),
    ("ja", &["jpn"], "Japanese", &["jp"]),
    ("ka", &["geo", "kat"], "Georgian", &[]),
    ("kn", &["kan"], "Kannada", &[]),
    ("ko", &["kor"], "Korean", &[]),
    ("la", &["lat"], "Latin", &[]),
    ("lt", &["lit"], "Lithuanian", &[]),
    ("lv", &["lav"], "Latvian", &[]),
    ("mk", &["mac", "mkd"], "Macedonian", &[]),
    ("ml", &["mal"], "Malayalam", &[]),
    ("mr", &["mar"], "Marathi", &[]),
    ("ms", &["may", "msa"], "Malay", &[]),
    ("nl", &["dut", "nld"], "Dutch", &["nederlands"]),
    ("no", &["nor", "nob", "nno"], "Norwegian", &["norsk", "nb", "nn"]),
    ("pa", &["pan"], "Punjabi", &[]),
    ("pl", &["pol"], "Polish", &["polski"]),
    ("pt", &["por"], "Portuguese", &["português", "portugues", "pob"]),
    ("ro", &["rum", "ron"], "Romanian", &[]),
    ("ru", &["rus"], "Russian", &["русский"]),
    ("sk", &["slo", "slk"], "Slovak", &[]),
    ("sl", &["slv"], "Slovenian", &[]),
    ("sq", &["alb", "sqi"], "Albanian", &[]),
    ("sr", &["srp"], "Serbian", &[]),
    ("sv", &["swe"], "Swedish", &["svenska"]),
    ("ta", &["tam"], "Tamil", &[]),
    ("te", &["tel"], "Telugu", &[]),
    ("th", &["tha"], "Thai", &[]),
    ("tl", &["tgl", "fil"], "Filipino", &["tagalog"]),
    ("tr", &["tur"], "Turkish", &["türkçe"]),
    ("uk", &["ukr"], "Ukrainian", &[]),
    ("ur", &["urd"], "Urdu", &[]),
    ("vi", &["vie"], "Vietnamese", &[]),
    ("zh", &["chi", "zho"], "Chinese", &["cn", "chs", "cht"]),
];

/// The code of a language in a container's header: two letters and perhaps a region (`pt-BR`). What is not known is
/// kept as written; `und` and the like are none.
pub fn normalise(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let lower = tag.to_lowercase();
    if matches!(lower.as_str(), "" | "und" | "unk" | "zxx" | "mul" | "mis" | "```" | "qaa") {
        return None;
    }
    let (base, region) = match tag.split_once(['-', '_']) {
        Some((base, region)) => (base, Some(region)),
        None => (tag, None),
    };
    let code = known(base).map_or_else(|| base.to_lowercase(), str::to_owned);
    Some(match region.filter(|region| region.len() == 2 || region.len() == 4) {
        Some(region) => format!("{code}-{}", capitalised(region)),
        None => code,
    })
}

/// The two-letter code of a language that is known by this code or name.
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

/// The English name of a language code, with its region behind it.
pub fn name(tag: &str) -> Option<String> {
    let (base, region) = tag.split_once('-').map_or((tag, None), |(base, region)| (base, Some(region)));
    let (_, _, name, _) = LANGUAGES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(base))?;
    Some(region.map_or_else(|| (*name).to_owned(), |region| format!("{name} ({region})")))
}

/// `br` is `BR`, `hans` is `Hans`.
fn capitalised(region: &str) -> String {
    if region.len() == 2 {
        return region.to_uppercase();
    }
    let mut letters = region.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
    })
}
