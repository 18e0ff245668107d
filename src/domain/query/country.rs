//! Countries as people write them: by code or by name, in English, French or their own words.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::text::fold;

/// A line for each country of ISO 3166-1: its codes of two and three letters, its names in English and French, and other
/// names that people write.
const COUNTRIES: &str = include_str!("countries.txt");

/// The code of two letters by every code and name, folded.
static CODES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut codes = HashMap::new();
    for line in COUNTRIES.lines() {
        let code = line.split('|').next().unwrap_or_default();
        for name in line.split('|') {
            codes.entry(key(name)).or_insert(code);
        }
    }
    codes
});

/// A name as it is looked up: folded, without what people leave out.
fn key(name: &str) -> String {
    let plain = |c: char| if matches!(c, '-' | '\'' | '’' | '.' | ',') { ' ' } else { c };
    fold(name).chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ISO code of two letters of a country, by its code or one of its names.
pub fn country_code(name: &str) -> Option<&'static str> {
    CODES.get(&key(name)).copied()
}

/// Whether a country is the one that is looked for: made once for each value of a query, asked once for each text that
/// occurs in the rows.
#[derive(Clone, Debug)]
pub struct CountryTest {
    folded: String,
    code: Option<&'static str>,
}

impl CountryTest {
    /// For a value as typed.
    pub fn new(value: &str) -> Self {
        Self { folded: fold(value.trim()), code: country_code(value) }
    }

    /// Whether a country (as the database has it) is the one that the value names or is the code of.
    pub fn is_same(&self, country: &str) -> bool {
        self.code.is_some() && self.code == country_code(country)
    }

    /// Whether a country (as the database has it) is meant: it has the same code, or the value stands in its name. Two
    /// letters that are a code are nothing else: `FR` is not in "South Africa".
    pub fn holds(&self, country: &str) -> bool {
        if self.folded.is_empty() {
            return country.trim().is_empty();
        }
        let code = self.code.is_some() && self.folded.len() == 2;
        self.is_same(country) || (!code && fold(country).contains(&self.folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_find_each_other() {
        for (value, country, holds) in [
            ("FR", "France", true),
            ("fr", "FR", true),
            ("FR", "South Africa", false),
            ("france", "FRA", true),
            ("Allemagne", "Germany", true),
            ("us", "États-Unis", true),
            ("USA", "Etats Unis", true),
            ("GB", "Royaume-Uni", true),
            ("Corée du Sud", "KR", true),
            ("cote d'ivoire", "CÔTE D’IVOIRE", true),
            ("TW", "Taïwan", true),
            ("vn", "Viêt Nam", true),
            ("fran", "France", true),
            ("unis", "États-Unis", true),
            ("zz", "Brazzaville", true),
            ("", "  ", true),
            ("", "France", false),
            ("NE", "Nigeria", false),
        ] {
            assert_eq!(CountryTest::new(value).holds(country), holds, "{value} {country}");
        }
    }

    #[test]
    fn every_country_is_known_by_all_its_names() {
        assert_eq!(COUNTRIES.lines().count(), 249);
        for line in COUNTRIES.lines() {
            let code = line.split('|').next();
            for name in line.split('|') {
                assert_eq!(country_code(name), code, "{name}");
            }
        }
    }
}
