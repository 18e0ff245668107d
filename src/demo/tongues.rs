//! Languages, and how a title is said in each: something *of* something.

/// How many things there are on either side of a title.
pub(super) const WORDS: usize = 10;

/// A language with the words of its titles. The words stand in the same order in every language.
#[derive(Debug)]
pub(super) struct Tongue {
    /// Its name in French, as the web site's form has it.
    pub(super) name: &'static str,
    /// Memory, dream, song, silence, garden, shadow, light, letters, echo, map.
    pub(super) heads: [&'static str; WORDS],
    /// Of the sea, machines, city, night, stars, rain, my grandmother, wind, mirrors, moon.
    pub(super) tails: [&'static str; WORDS],
    /// What stands between the two.
    glue: &'static str,
    /// Whether the head comes first.
    head_first: bool,
}

impl Tongue {
    /// The title made of two words.
    pub(super) fn title(&self, head: usize, tail: usize) -> String {
        let (head, tail) = (self.heads[head % WORDS], self.tails[tail % WORDS]);
        let (first, second) = if self.head_first { (head, tail) } else { (tail, head) };
        format!("{first}{}{second}", self.glue)
    }
}

macro_rules! tongues {
    ($($id:ident = $name:literal, $glue:literal, $head_first:literal, $heads:expr, $tails:expr;)*) => {
    $(
        pub(super) static $id: Tongue = Tongue { name: $name, heads: $heads, tails: $tails, glue: $glue, head_first: $head_first };
    )*
        /// Every language.
        #[cfg(test)]
        pub(super) static ALL: &[&Tongue] = &[$(&$id),*];
    };
}

tongues! {
    FRENCH = "Français", " ", true,
        ["La mémoire", "Le rêve", "La chanson", "Le silence", "Le jardin", "L'ombre", "La lumière", "Les lettres", "L'écho", "La carte"],
        ["de la mer", "des machines", "de la ville", "de la nuit", "des étoiles", "de la pluie", "de ma grand-mère", "du vent", "des miroirs", "de la lune"];
    ENGLISH = "Anglais", " ", true,
        ["The Memory", "The Dream", "The Song", "The Silence", "The Garden", "The Shadow", "The Light", "The Letters", "The Echo", "The Map"],
        ["of the Sea", "of the Machines", "of the City", "of the Night", "of the Stars", "of the Rain", "of My Grandmother", "of the Wind", "of the Mirrors", "of the Moon"];
    ARABIC = "Arabe", " ", true,
        ["ذاكرة", "حلم", "أغنية", "صمت", "حديقة", "ظل", "ضوء", "رسائل", "صدى", "خريطة"],
        ["البحر", "الآلات", "المدينة", "الليل", "النجوم", "المطر", "جدتي", "الريح", "المرايا", "القمر"];
    JAPANESE = "Japonais", "の", false,
        ["記憶", "夢", "歌", "静寂", "庭", "影", "光", "手紙", "こだま", "地図"],
        ["海", "機械", "都市", "夜", "星々", "雨", "祖母", "風", "鏡", "月"];
    CHINESE = "Chinois", "的", false,
        ["记忆", "梦", "歌", "寂静", "花园", "影子", "光", "信", "回声", "地图"],
        ["海", "机器", "城市", "夜晚", "群星", "雨", "外婆", "风", "镜子", "月亮"];
    KOREAN = "Coréen", "의 ", false,
        ["기억", "꿈", "노래", "침묵", "정원", "그림자", "빛", "편지", "메아리", "지도"],
        ["바다", "기계", "도시", "밤", "별들", "비", "할머니", "바람", "거울", "달"];
    HINDI = "Hindi", " ", false,
        ["की स्मृति", "का सपना", "का गीत", "का मौन", "का बगीचा", "की परछाईं", "की रोशनी", "के पत्र", "की गूँज", "का नक्शा"],
        ["समुद्र", "मशीनों", "शहर", "रात", "तारों", "बारिश", "दादी", "हवा", "आईनों", "चाँद"];
    GREEK = "Grec", " ", true,
        ["Η μνήμη", "Το όνειρο", "Το τραγούδι", "Η σιωπή", "Ο κήπος", "Η σκιά", "Το φως", "Τα γράμματα", "Η ηχώ", "Ο χάρτης"],
        ["της θάλασσας", "των μηχανών", "της πόλης", "της νύχτας", "των άστρων", "της βροχής", "της γιαγιάς μου", "του ανέμου", "των καθρεφτών", "του φεγγαριού"];
    RUSSIAN = "Russe", " ", true,
        ["Память", "Сон", "Песня", "Тишина", "Сад", "Тень", "Свет", "Письма", "Эхо", "Карта"],
        ["моря", "машин", "города", "ночи", "звёзд", "дождя", "моей бабушки", "ветра", "зеркал", "луны"];
    UKRAINIAN = "Ukrainien", " ", true,
        ["Пам’ять", "Сон", "Пісня", "Тиша", "Сад", "Тінь", "Світло", "Листи", "Відлуння", "Мапа"],
        ["моря", "машин", "міста", "ночі", "зірок", "дощу", "моєї бабусі", "вітру", "дзеркал", "місяця"];
    PORTUGUESE = "Portugais", " ", true,
        ["A memória", "O sonho", "A canção", "O silêncio", "O jardim", "A sombra", "A luz", "As cartas", "O eco", "O mapa"],
        ["do mar", "das máquinas", "da cidade", "da noite", "das estrelas", "da chuva", "da minha avó", "do vento", "dos espelhos", "da lua"];
    HEBREW = "Hébreu", " ", true,
        ["זיכרון", "חלום", "שיר", "שתיקת", "גן", "צל", "אור", "מכתבי", "הד", "מפת"],
        ["הים", "המכונות", "העיר", "הלילה", "הכוכבים", "הגשם", "סבתא", "הרוח", "המראות", "הירח"];
    THAI = "Thaï", "ของ", true,
        ["ความทรงจำ", "ความฝัน", "บทเพลง", "ความเงียบ", "สวน", "เงา", "แสง", "จดหมาย", "เสียงสะท้อน", "แผนที่"],
        ["ทะเล", "เครื่องจักร", "เมือง", "ราตรี", "ดวงดาว", "สายฝน", "คุณยาย", "สายลม", "กระจก", "ดวงจันทร์"];
    SPANISH = "Espagnol", " ", true,
        ["La memoria", "El sueño", "La canción", "El silencio", "El jardín", "La sombra", "La luz", "Las cartas", "El eco", "El mapa"],
        ["del mar", "de las máquinas", "de la ciudad", "de la noche", "de las estrellas", "de la lluvia", "de mi abuela", "del viento", "de los espejos", "de la luna"];
    GERMAN = "Allemand", " ", true,
        ["Das Gedächtnis", "Der Traum", "Das Lied", "Die Stille", "Der Garten", "Der Schatten", "Das Licht", "Die Briefe", "Das Echo", "Die Karte"],
        ["des Meeres", "der Maschinen", "der Stadt", "der Nacht", "der Sterne", "des Regens", "meiner Großmutter", "des Windes", "der Spiegel", "des Mondes"];
    ITALIAN = "Italien", " ", true,
        ["La memoria", "Il sogno", "La canzone", "Il silenzio", "Il giardino", "L'ombra", "La luce", "Le lettere", "L'eco", "La mappa"],
        ["del mare", "delle macchine", "della città", "della notte", "delle stelle", "della pioggia", "di mia nonna", "del vento", "degli specchi", "della luna"];
    POLISH = "Polonais", " ", true,
        ["Pamięć", "Sen", "Pieśń", "Cisza", "Ogród", "Cień", "Światło", "Listy", "Echo", "Mapa"],
        ["morza", "maszyn", "miasta", "nocy", "gwiazd", "deszczu", "mojej babci", "wiatru", "luster", "księżyca"];
    TURKISH = "Turc", " ", false,
        ["Hafızası", "Rüyası", "Şarkısı", "Sessizliği", "Bahçesi", "Gölgesi", "Işığı", "Mektupları", "Yankısı", "Haritası"],
        ["Denizin", "Makinelerin", "Şehrin", "Gecenin", "Yıldızların", "Yağmurun", "Büyükannemin", "Rüzgârın", "Aynaların", "Ayın"];
    VIETNAMESE = "Vietnamien", " của ", true,
        ["Ký ức", "Giấc mơ", "Bài ca", "Sự im lặng", "Khu vườn", "Chiếc bóng", "Ánh sáng", "Những lá thư", "Tiếng vọng", "Tấm bản đồ"],
        ["biển", "cỗ máy", "thành phố", "màn đêm", "những vì sao", "cơn mưa", "bà tôi", "ngọn gió", "những tấm gương", "mặt trăng"];
}
