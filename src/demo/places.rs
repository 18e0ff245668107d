//! Where films come from: countries with their cities, their language and the names people have there.

use super::tongues::{self as t, Tongue};

/// First and last names of one part of the world, in the letters that a form in Marseille takes.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) first: &'static [&'static str],
    pub(super) last: &'static [&'static str],
}

/// A country.
#[derive(Debug)]
pub(super) struct Country {
    /// In French.
    pub(super) name: &'static str,
    /// How many of a hundred or so films come from there.
    weight: u32,
    pub(super) tongue: &'static Tongue,
    pub(super) names: &'static Names,
    pub(super) cities: &'static [&'static str],
    /// International dialling prefix.
    pub(super) prefix: &'static str,
}

macro_rules! names {
    ($($id:ident: $first:expr, $last:expr;)*) => {$(
        static $id: Names = Names { first: &$first, last: &$last };
    )*};
}

names! {
    FRANCOPHONE:
        ["Léa", "Élodie", "Maëlle", "Anaïs", "Inès", "Chloé", "Solène", "Hugo", "Théo", "Rémi", "Loïc", "Gaël", "François", "Noé", "Jérôme", "Zoé"],
        ["Garnier", "Lefèvre", "Bonnet", "Mercier", "Fabre", "Rousseau", "Delmas", "Castagnet", "Périer", "Vidal", "Meunier", "Arnaud", "D'Amico", "Béranger", "Le Goff", "Sauvage"];
    MAGHREB:
        ["Yasmine", "Amina", "Salma", "Nour", "Karim", "Mehdi", "Sofiane", "Rachid", "Leïla", "Ilyes"],
        ["Benali", "El Idrissi", "Bouzid", "Haddad", "Cherif", "Mansouri", "Aït Ali", "Ben Salah", "Ziani", "Tazi"];
    LEVANT:
        ["Rania", "Mariam", "Hoda", "Tarek", "Omar", "Nadine", "Youssef", "Karma"],
        ["Khoury", "El-Masri", "Abdelrahman", "Haddad", "Sabbagh", "Farouk", "Nassar", "Gemayel-Aoun"];
    WEST_AFRICA:
        ["Awa", "Fatou", "Mariama", "Cheikh", "Ousmane", "Ibrahima", "Ngozi", "Chidi"],
        ["Diop", "Ndiaye", "Sarr", "Fall", "Sow", "Okafor", "Adeyemi", "Eze"];
    ANGLOPHONE:
        ["Emily", "Grace", "Olivia", "Harper", "Jack", "Liam", "Noah", "Siobhán", "Zoë", "Mason"],
        ["Whitfield", "Carver", "O'Brien", "Hollis", "Ashdown", "Prescott", "Lindqvist", "Marlowe", "Tran", "Bexley"];
    JAPAN: ["Misaki", "Haruka", "Aoi", "Yūki", "Ren", "Sōta", "Kaede", "Daichi"], ["Satō", "Takahashi", "Itō", "Kobayashi", "Yamamoto", "Ōno", "Fujita", "Mori"];
    CHINA: ["Xiaoyu", "Mei", "Jing", "Lan", "Wei", "Hao", "Zihan", "Yichen"], ["Zhang", "Lin", "Chen", "Huang", "Zhao", "Lü", "Sun", "Guo"];
    KOREA: ["Ji-woo", "Seo-yeon", "Ha-eun", "Min-jun", "Do-yun", "Su-bin", "Ye-jin", "Tae-ho"], ["Kim", "Park", "Choi", "Jung", "Kang", "Yoon", "Lim", "Han"];
    INDIA: ["Ananya", "Priya", "Kavya", "Diya", "Arjun", "Rohan", "Vikram", "Ishaan"], ["Sharma", "Iyer", "Banerjee", "Reddy", "Kulkarni", "Mehta", "Nair", "Chatterjee"];
    GREECE: ["Eleni", "Katerina", "Sofia", "Nikos", "Giorgos", "Dimitra"], ["Papadaki", "Ioannidis", "Vlachou", "Makris", "Economou", "Stathaki"];
    UKRAINE: ["Olena", "Daria", "Iryna", "Mykola", "Ostap", "Solomiya"], ["Kovalenko", "Shevchuk", "Bondar", "Melnyk", "Tkachenko", "Hnatiuk"];
    RUSSIA: ["Anastasia", "Vera", "Polina", "Ilya", "Matvei", "Timur"], ["Loginenko", "Sokolovich", "Zorich", "Ershenko", "Vetrik", "Rodich"];
    POLAND: ["Piotr", "Łukasz", "Małgorzata", "Zofia", "Jagoda", "Wojciech"], ["Wójcik", "Żak", "Lis", "Mazur", "Pająk", "Gąsior"];
    LUSOPHONE: ["João", "Beatriz", "Conceição", "Inês", "Thiago", "Luísa", "Caio", "Marília"], ["Gonçalves", "Araújo", "Figueiredo", "Magalhães", "Assunção", "Prado", "Leitão", "Queirós"];
    ISRAEL: ["Noa", "Tamar", "Yael", "Eitan", "Omer", "Shira"], ["Ben-David", "Levi", "Mizrahi", "Shalev", "Peretz", "Golan"];
    THAILAND: ["Ploy", "Nattaya", "Siriporn", "Anan", "Kittisak", "Chaiya"], ["Srisuk", "Wongchai", "Thongdee", "Boonmee", "Rattanakul", "Saelim"];
    HISPANIC: ["Lucía", "Sofía", "Iñaki", "Martín", "Ximena", "Joaquín", "Begoña", "Mateo"], ["Núñez", "Ibáñez", "Peña", "Echeverría", "Cárdenas", "Ocampo", "Villalobos", "Agüero"];
    GERMANIC: ["Jürgen", "Käthe", "Anneliese", "Felix", "Björn", "Lena", "Matthias", "Greta"], ["Müller", "Schröder", "Voß", "Köhler", "Brandt", "Hölzl", "Winkler", "Strauß"];
    ITALY: ["Chiara", "Giulia", "Niccolò", "Matteo", "Ludovica", "Elia"], ["Esposito", "De Santis", "Moretti-Valle", "Ferrari", "D'Angelo", "Bellini"];
    TURKEY: ["Elif", "Ayşe", "Gökçe", "Emre", "Çağla", "Ömer"], ["Yılmaz", "Öztürk", "Şahin", "Aydın", "Çelik", "Koç"];
    VIETNAM: ["Thảo", "Lan Anh", "Minh", "Quỳnh", "Đức", "Hà"], ["Nguyễn", "Trần", "Phạm", "Đặng", "Võ", "Bùi"];
}

macro_rules! countries {
    ($($name:literal $weight:literal $tongue:ident $names:ident $prefix:literal $cities:expr;)*) => {
        /// The countries.
        pub(super) static COUNTRIES: &[Country] = &[$(
            Country { name: $name, weight: $weight, tongue: &t::$tongue, names: &$names, cities: &$cities, prefix: $prefix },
        )*];
    };
}

countries! {
    "France" 30 FRENCH FRANCOPHONE "+33 6" ["Marseille", "Aix-en-Provence", "Paris", "Lyon", "Toulouse", "Saint-Étienne", "La Ciotat"];
    "Belgique" 3 FRENCH FRANCOPHONE "+32 47" ["Bruxelles", "Liège"];
    "Canada" 3 FRENCH FRANCOPHONE "+1 514" ["Montréal", "Trois-Rivières"];
    "Suisse" 2 FRENCH FRANCOPHONE "+41 78" ["Genève", "Neuchâtel"];
    "Sénégal" 3 FRENCH WEST_AFRICA "+221 77" ["Dakar", "Saint-Louis"];
    "Maroc" 4 ARABIC MAGHREB "+212 6" ["Casablanca", "Tanger"];
    "Algérie" 3 ARABIC MAGHREB "+213 5" ["Alger", "Oran"];
    "Tunisie" 3 ARABIC MAGHREB "+216 2" ["Tunis", "Sfax"];
    "Égypte" 2 ARABIC LEVANT "+20 10" ["Le Caire", "Alexandrie"];
    "Liban" 2 ARABIC LEVANT "+961 3" ["Beyrouth", "Tripoli"];
    "États-Unis" 8 ENGLISH ANGLOPHONE "+1 323" ["Los Angeles", "Brooklyn", "Austin"];
    "Royaume-Uni" 5 ENGLISH ANGLOPHONE "+44 77" ["Londres", "Bristol", "Glasgow"];
    "Nigeria" 2 ENGLISH WEST_AFRICA "+234 80" ["Lagos", "Abuja"];
    "Japon" 5 JAPANESE JAPAN "+81 90" ["Tokyo", "Kyoto", "Sapporo"];
    "Chine" 4 CHINESE CHINA "+86 13" ["Shanghai", "Chengdu"];
    "Taïwan" 1 CHINESE CHINA "+886 9" ["Taipei", "Tainan"];
    "Corée du Sud" 4 KOREAN KOREA "+82 10" ["Séoul", "Busan"];
    "Inde" 4 HINDI INDIA "+91 98" ["Mumbai", "Jaipur", "Bangalore"];
    "Grèce" 2 GREEK GREECE "+30 69" ["Athènes", "Thessalonique"];
    "Russie" 1 RUSSIAN RUSSIA "+7 91" ["Saint-Pétersbourg", "Kazan"];
    "Ukraine" 2 UKRAINIAN UKRAINE "+380 67" ["Kyiv", "Lviv"];
    "Brésil" 4 PORTUGUESE LUSOPHONE "+55 11" ["São Paulo", "Recife"];
    "Portugal" 2 PORTUGUESE LUSOPHONE "+351 91" ["Lisbonne", "Porto"];
    "Israël" 1 HEBREW ISRAEL "+972 54" ["Tel-Aviv", "Haïfa"];
    "Thaïlande" 2 THAI THAILAND "+66 8" ["Bangkok", "Chiang Mai"];
    "Espagne" 3 SPANISH HISPANIC "+34 61" ["Barcelone", "Bilbao"];
    "Mexique" 2 SPANISH HISPANIC "+52 55" ["Mexico", "Guadalajara"];
    "Argentine" 2 SPANISH HISPANIC "+54 11" ["Buenos Aires", "Córdoba"];
    "Allemagne" 3 GERMAN GERMANIC "+49 17" ["Berlin", "Cologne"];
    "Italie" 4 ITALIAN ITALY "+39 33" ["Turin", "Naples", "Gênes"];
    "Pologne" 2 POLISH POLAND "+48 60" ["Łódź", "Cracovie"];
    "Turquie" 2 TURKISH TURKEY "+90 53" ["Istanbul", "Izmir"];
    "Viêt Nam" 1 VIETNAMESE VIETNAM "+84 9" ["Hué", "Hanoï"];
}

/// A country by chance, the frequent ones more often.
pub(super) fn country(dice: &mut super::dice::Dice) -> &'static Country {
    let all: u32 = COUNTRIES.iter().map(|country| country.weight).sum();
    let mut left = dice.number(0, i64::from(all) - 1);
    for country in COUNTRIES {
        left -= i64::from(country.weight);
        if left < 0 {
            return country;
        }
    }
    &COUNTRIES[0]
}

/// A country by its French name; France where there is no such.
pub(super) fn named(name: &str) -> &'static Country {
    COUNTRIES.iter().find(|country| country.name == name).unwrap_or(&COUNTRIES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_spoken_somewhere_and_every_title_is_different() {
        let mut titles = std::collections::BTreeSet::new();
        for tongue in t::ALL {
            assert!(COUNTRIES.iter().any(|country| std::ptr::eq(country.tongue, *tongue)), "{}", tongue.name);
            for n in 0..t::WORDS * t::WORDS {
                assert!(titles.insert((tongue.name, tongue.title(n / t::WORDS, n % t::WORDS))), "{} {n}", tongue.name);
            }
        }
    }
}
